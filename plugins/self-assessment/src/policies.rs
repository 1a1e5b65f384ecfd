//! Policies (制度) and pledges (承诺书).

use huizong_sdk::{Date, DocNumber};
use serde::Deserialize;

use crate::day;

/// A policy.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PolicyDocument<'a> {
    /// Its title.
    pub title: Option<&'a str>,
    /// Its document number.
    #[serde(borrow)]
    pub doc_number: Option<DocNumber<'a>>,
    /// Whose it is; the institution's own where it says nothing.
    pub level: Option<PolicyLevel>,
    /// What happened to it in the period.
    pub action: Option<PolicyAction>,
    /// Whether it is new in the period.
    pub new_this_year: Option<bool>,
    /// The day of issue.
    #[serde(deserialize_with = "day::optional")]
    pub issued_on: Option<Date>,
    /// What it is about, by the code of a duty.
    pub topic_code: Option<&'a str>,
    /// Whether it is in force.
    pub status: Option<PolicyStatus>,
}

impl PolicyDocument<'_> {
    /// Whether it is the institution's own.
    pub fn is_own(&self) -> bool {
        matches!(self.level, None | Some(PolicyLevel::Own))
    }

    /// Whether it can be relied on: neither repealed nor a draft.
    pub fn is_in_force(&self) -> bool {
        matches!(self.status, None | Some(PolicyStatus::InForce))
    }

    /// Whether it was made or changed in the period.
    pub fn is_new_or_revised(&self) -> bool {
        self.new_this_year == Some(true) || matches!(self.action, Some(PolicyAction::New | PolicyAction::Revised))
    }
}

/// Whose policy it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyLevel {
    /// 本级
    Own,
    /// 省联社
    Province,
    /// 监管
    Regulator,
}

/// What happened to a policy in the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyAction {
    /// 新增
    New,
    /// 修订
    Revised,
    /// 沿用
    CarriedOver,
}

/// Whether a policy is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyStatus {
    /// 现行
    InForce,
    /// 废止
    Repealed,
    /// 拟定中
    Draft,
}

/// A pledge that staff signed.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pledge<'a> {
    /// Its title.
    pub title: Option<&'a str>,
    /// How many signed.
    pub signed: Option<i64>,
    /// How many should have.
    pub scope_total: Option<i64>,
}

//! What the institution says of itself: its own score by item, its claims, problems and plans.

use huizong_sdk::{Date, Decimal};
use serde::Deserialize;

use crate::day;

/// One item of the self-score (自评逐项得分): points earned, or points lost as a negative number.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SelfScoreItem<'a> {
    /// The criterion.
    pub criterion_id: Option<&'a str>,
    /// The points.
    pub points: Option<Decimal>,
    /// Why.
    pub reason: Option<&'a str>,
}

/// A claim of success (成效表述).
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Claim<'a> {
    /// What it is about, by code: `satisfaction`, `repeat_complaint`.
    pub metric: Option<&'a str>,
    /// The claim in the text's words.
    pub raw_text: Option<&'a str>,
    /// The number that is claimed.
    pub value: Option<i64>,
    /// How many were asked.
    pub sample_size: Option<i64>,
    /// How.
    pub method: Option<&'a str>,
}

/// A problem that the institution names (存在问题).
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Issue<'a> {
    /// Identifier, for rectifications.
    pub id: Option<&'a str>,
    /// What it is about, by code.
    pub category: Option<&'a str>,
    /// The problem, in the words of the narrative.
    pub raw_text: Option<&'a str>,
    /// The problem, as entered.
    pub text: Option<&'a str>,
    /// Who found it, by code.
    pub found_by: Option<&'a str>,
}

/// How a problem is put right (整改).
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Rectification<'a> {
    /// The identifier of the problem.
    pub issue: Option<&'a str>,
    /// By what.
    pub action: Option<&'a str>,
    /// Until when.
    #[serde(deserialize_with = "day::optional")]
    pub due: Option<Date>,
    /// How far it is.
    pub status: Option<RectificationStatus>,
}

/// How far a rectification is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RectificationStatus {
    /// 未启动
    NotStarted,
    /// 进行中
    InProgress,
    /// 已完成
    Done,
    /// 已验收
    Verified,
    /// 逾期
    Overdue,
}

/// A plan for the next year (下年计划).
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Plan<'a> {
    /// The plan in the words of the narrative.
    pub raw_text: Option<&'a str>,
    /// The plan, as entered.
    pub text: Option<&'a str>,
}

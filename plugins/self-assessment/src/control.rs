//! Internal control: assessments, audits, accountability, key events and reports upward.

use huizong_sdk::{Date, Decimal, PartialDate, Quantity, StatedPeriod};
use serde::Deserialize;

use crate::day;

/// An internal assessment of outlets (内部考核).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct InternalAssessment<'a> {
    /// When.
    #[serde(borrow)]
    pub on: Option<PartialDate<'a>>,
    /// Outlets assessed, as stated.
    #[serde(borrow)]
    pub outlets: Option<Quantity<'a>>,
    /// Outlets assessed.
    pub outlets_covered: Option<i64>,
    /// The lowest mark.
    pub lowest: Option<Decimal>,
    /// The highest mark.
    pub highest: Option<Decimal>,
    /// The mean mark.
    pub mean: Option<Decimal>,
    /// The title of the policy that it applied.
    pub basis: Option<&'a str>,
}

/// An internal audit (内部审计).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct InternalAudit<'a> {
    /// The auditing department.
    pub department: Option<&'a str>,
    /// When the auditors were there.
    #[serde(borrow)]
    pub fieldwork: Option<PartialDate<'a>>,
    /// The period that they looked at.
    #[serde(borrow)]
    pub coverage: Option<StatedPeriod<'a>>,
    /// What they found.
    pub findings: Option<i64>,
    /// Of these, put right.
    pub rectified: Option<i64>,
}

/// What somebody was held to account for (责任追究).
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Accountability<'a> {
    /// How many people.
    pub persons: Option<i64>,
    /// The kind of penalty, by code.
    pub penalty_kind: Option<&'a str>,
    /// The amount, in yuan.
    pub amount: Option<Decimal>,
}

/// How often a kind of key event happened (重点问题); nothing happened is a stated zero.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct KeyEvent<'a> {
    /// What kind of event.
    pub r#type: KeyEventType,
    /// How often.
    pub count: i64,
    /// What happened.
    #[serde(default)]
    pub description: Option<&'a str>,
}

/// What kind of key event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyEventType {
    /// 群体性事件
    MassIncident,
    /// 负面舆情
    AdversePublicity,
    /// 信息泄露
    DataLeak,
    /// 行政处罚
    AdministrativePenalty,
    /// 案件
    CriminalCase,
    /// 其他
    Other,
}

/// A report to a higher level (向上报送).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct UpwardReport<'a> {
    /// How often, by code: `quarterly` …
    pub frequency: Option<&'a str>,
    /// To whom.
    #[serde(borrow)]
    pub recipients: Vec<&'a str>,
    /// The day on which it was sent.
    #[serde(deserialize_with = "day::optional")]
    pub sent_on: Option<Date>,
    /// How many times in the period.
    pub times: Option<i64>,
}

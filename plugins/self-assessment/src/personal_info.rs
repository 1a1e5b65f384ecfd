//! Protection of personal data, and self-inspections.

use huizong_sdk::PartialDate;
use serde::Deserialize;

/// Protection of personal data (个人信息保护).
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PersonalInfo {
    /// Staff who signed a pledge.
    pub pledge_signed: Option<i64>,
    /// Staff who should have.
    pub pledge_scope_total: Option<i64>,
    /// Self-inspections in the period.
    pub self_inspections: Option<i64>,
    /// Incidents in the period.
    pub incidents: Option<i64>,
}

/// A self-inspection (自查).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SelfInspection<'a> {
    /// What was inspected.
    pub topic: Option<&'a str>,
    /// When.
    #[serde(borrow)]
    pub on: Option<PartialDate<'a>>,
    /// Outlets covered.
    pub outlets_covered: Option<i64>,
    /// Problems found.
    pub problems_found: Option<i64>,
    /// Of these, fixed.
    pub problems_fixed: Option<i64>,
}

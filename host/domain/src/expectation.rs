//! Who has to report in a round: everybody who reports and exists when the period ends, but for the exempt.

use serde::{Deserialize, Serialize};

use crate::federation::OrgUnit;
use crate::ids::UnitCode;
use crate::round::Round;

/// What is expected of a unit in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// It has to report.
    Expected,
    /// It need not: the reason.
    Exempt(String),
    /// It ended during the period: the successor's code, where one is known.
    Merged(Option<UnitCode>),
}

/// What is expected of a unit in a round; none where the round does not concern it.
pub fn expectation(round: &Round, unit: &OrgUnit) -> Option<Expectation> {
    let period = round.period;
    let began = unit.valid_from <= period.end();
    if !unit.reports || !began {
        return None;
    }
    if let Some(last) = unit.valid_to.filter(|last| *last < period.end()) {
        return period.contains(last).then(|| Expectation::Merged(unit.successor.clone()));
    }
    let exemption = round.exemptions.iter().find(|exemption| exemption.unit == unit.code);
    Some(exemption.map_or(Expectation::Expected, |exemption| Expectation::Exempt(exemption.reason.clone())))
}

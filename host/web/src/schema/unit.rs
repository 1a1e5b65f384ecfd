//! Units: names, mergers, history.

use utoipa::ToSchema;

use super::{Code, Day, OrgUnit, Period, Points, Text};

/// A name that a unit bore before.
#[derive(ToSchema)]
pub(super) struct EarlierName {
    name: String,
    /// The last day on which it bore it.
    until: Day,
}

/// What a unit is called from a day on.
#[derive(ToSchema)]
pub(crate) struct NewName {
    name: String,
    /// The first day on which it bears it.
    from: Day,
    /// Why: a decision's number.
    reason: String,
}

/// Into whom a unit is merged.
#[derive(ToSchema)]
pub(crate) struct NewMerger {
    /// Who takes over.
    into: Code,
    /// The last day that the unit exists.
    last_day: Day,
    /// Why: a decision's number.
    reason: String,
}

/// A unit, and what it was.
#[derive(ToSchema)]
pub(crate) struct UnitHistory {
    unit: OrgUnit,
    /// Those above it, the nearest first.
    above: Vec<NamedUnit>,
    /// Those that were merged into it, and into them in turn.
    predecessors: Vec<NamedUnit>,
    /// Who took over from it, and from them in turn.
    successors: Vec<NamedUnit>,
    /// How it and its predecessors fared, the newest period first.
    periods: Vec<UnitPeriod>,
}

/// A unit by name.
#[derive(ToSchema)]
struct NamedUnit {
    code: Code,
    name: String,
    #[schema(required = true)]
    valid_to: Option<Day>,
}

/// How a unit fared in a round, as far as the caller may see it.
#[derive(ToSchema)]
struct UnitPeriod {
    round: Code,
    title: String,
    period: Period,
    /// Whose result it is: the unit's own, or a predecessor's.
    unit: Code,
    /// What that one was called when the period ended.
    name: String,
    /// Whether it is a predecessor's, so that it compares with the unit's own only in part.
    predecessor: bool,
    total: Points,
    full_marks: Points,
    /// The grade as the rubric calls it.
    grade: Text,
    rank: u32,
    ranked: u32,
}

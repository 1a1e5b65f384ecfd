//! Rolling up: everybody's results folded into columns, with the lists of who is missing, held back, late, exempt or merged.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::expectation::{Expectation, expectation};
use crate::federation::{Federation, OrgUnit};
use crate::fields::{FieldPath, Met, column_of};
use crate::ids::UnitCode;
use crate::report::{FieldColumn, FindingCount, ListedUnit, ReportedRound, RollUp, RollUpMember, WantedField};
use crate::round::Round;
use crate::rubric::{Description, Severity};
use crate::settled::Settled;
use crate::settlement::CriterionColumn;
use crate::submission::Standing;
use crate::verdict::Verdict;

/// The newest revision of a unit, as far as a roll-up lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewestRevision {
    /// Whether it counts.
    pub standing: Standing,
    /// Whole hours late.
    pub hours_late: u32,
    /// Why it is held back, in the federation's language; empty where it is not.
    pub held_back: String,
}

/// Everything that a roll-up is folded from.
pub struct Gathered<'a> {
    /// Whose round it is.
    pub federation: &'a Federation,
    /// The round.
    pub round: &'a Round,
    /// What the rubric that settled says of itself.
    pub description: &'a Description,
    /// The settlement.
    pub settled: &'a Settled,
    /// What the rubric says of the settled revisions.
    pub verdicts: &'a [Verdict],
    /// The register, in order of the codes.
    pub units: &'a [OrgUnit],
    /// What every unit handed in last.
    pub newest: &'a BTreeMap<UnitCode, NewestRevision>,
    /// The day of issue.
    pub issued_on: Date,
    /// Words for "so many hours late".
    pub late_note: fn(u32) -> String,
}

/// The round as documents show it.
pub fn reported_round(federation: &Federation, round: &Round, description: &Description, due: Date) -> ReportedRound {
    ReportedRound {
        federation: federation.name.clone(),
        code: round.code.to_string(),
        title: round.title.clone(),
        period: round.period,
        due,
        rubric_title: description.title.clone(),
        rubric_version: description.version.clone(),
        full_marks: description.full_marks,
        criteria: description.criteria.clone(),
        grades: description.grades.clone(),
        checks: description.checks.clone(),
    }
}

/// Folds everybody's results into one roll-up, without the fields that single reports want.
pub fn roll_up(gathered: &Gathered<'_>, due: Date) -> RollUp {
    let Gathered { federation, round, description, settled, units, .. } = gathered;
    let by_code: BTreeMap<&str, &OrgUnit> = units.iter().map(|unit| (unit.code.as_str(), unit)).collect();
    let member = |code: &String| {
        let unit = by_code.get(code.as_str());
        RollUpMember {
            code: code.clone(),
            name: unit.map_or_else(|| code.clone(), |unit| unit.name.clone()),
            kind: unit.map(|unit| unit.kind.clone()).unwrap_or_default(),
        }
    };
    let cohorts = settled.cohorts.iter();
    let lists = lists(gathered);
    RollUp {
        round: reported_round(federation, round, description, due),
        issued_on: gathered.issued_on,
        members: cohorts.clone().flat_map(|cohort| &cohort.cohort.members).map(member).collect(),
        totals: cohorts.clone().flat_map(|cohort| cohort.settlement.totals.iter().copied()).collect(),
        ranks: cohorts.clone().flat_map(|cohort| cohort.settlement.ranks.iter().copied()).collect(),
        grades: cohorts.clone().flat_map(|cohort| cohort.settlement.grades.iter().copied()).collect(),
        criteria: criteria(settled, description),
        fields: Vec::new(),
        findings: finding_counts(description, gathered.verdicts),
        missing: lists.missing,
        blocked: lists.blocked,
        late: lists.late,
        exempt: lists.exempt,
        merged: lists.merged,
        expected: lists.expected,
    }
}

/// The wanted fields as columns: `met` has for every member, in the roll-up's order, what each wanted path met. A field that
/// lies in what the form marks as personal is left out, whatever a report wants.
pub fn field_columns(
    wanted: &[(WantedField, FieldPath)],
    personal: &[FieldPath],
    met: &[Vec<Vec<Met>>],
) -> Vec<FieldColumn> {
    let open = wanted.iter().enumerate().filter(|(_, (_, path))| !personal.iter().any(|mark| path.is_within(mark)));
    let columns = open.map(|(index, (field, _))| {
        let of_members: Vec<Vec<Met>> =
            met.iter().map(|member| member.get(index).cloned().unwrap_or_default()).collect();
        column_of(field, &of_members)
    });
    columns.collect()
}

fn criteria(settled: &Settled, description: &Description) -> Vec<CriterionColumn> {
    let mut all: Vec<CriterionColumn> = Vec::new();
    for cohort in &settled.cohorts {
        let columns = cohort.final_columns(description);
        if all.is_empty() {
            all = columns;
        } else {
            for (column, more) in all.iter_mut().zip(columns) {
                column.points.extend(more.points);
            }
        }
    }
    all
}

/// In order of the description's checks, then of severity.
fn finding_counts(description: &Description, verdicts: &[Verdict]) -> Vec<FindingCount> {
    let mut counts: BTreeMap<(&str, Severity), (BTreeSet<&UnitCode>, u32)> = BTreeMap::new();
    for verdict in verdicts {
        for finding in &verdict.findings {
            let (members, findings) = counts.entry((&finding.finding.check, finding.severity)).or_default();
            members.insert(&verdict.unit);
            *findings += 1;
        }
    }
    let ordered = description.checks.iter().flat_map(|check| {
        let severities = [Severity::Error, Severity::Warning, Severity::Info];
        severities.into_iter().map(move |severity| (check.code.as_str(), severity))
    });
    let count = |key: (&str, Severity)| {
        let (members, findings) = counts.get(&key)?;
        Some(FindingCount {
            check: key.0.to_owned(),
            severity: key.1,
            members: u32::try_from(members.len()).unwrap_or(u32::MAX),
            findings: *findings,
        })
    };
    ordered.filter_map(count).collect()
}

#[derive(Default)]
struct Lists {
    missing: Vec<ListedUnit>,
    blocked: Vec<ListedUnit>,
    late: Vec<ListedUnit>,
    exempt: Vec<ListedUnit>,
    merged: Vec<ListedUnit>,
    expected: u32,
}

fn lists(gathered: &Gathered<'_>) -> Lists {
    let counted: BTreeSet<&str> =
        gathered.settled.cohorts.iter().flat_map(|cohort| &cohort.cohort.members).map(String::as_str).collect();
    let names: BTreeMap<&UnitCode, &str> = gathered.units.iter().map(|unit| (&unit.code, unit.name.as_str())).collect();
    let mut lists = Lists::default();
    for unit in gathered.units {
        let listed = |note: String| ListedUnit { code: unit.code.to_string(), name: unit.name.clone(), note };
        let newest = gathered.newest.get(&unit.code);
        match expectation(gathered.round, unit) {
            None => continue,
            Some(Expectation::Exempt(reason)) => lists.exempt.push(listed(reason)),
            Some(Expectation::Merged(successor)) => {
                let into = successor.as_ref().and_then(|code| names.get(code)).copied().unwrap_or_default();
                lists.merged.push(listed(into.to_owned()));
            }
            Some(Expectation::Expected) => {
                lists.expected += 1;
                match newest {
                    None => lists.missing.push(listed(String::new())),
                    Some(newest) if !counted.contains(unit.code.as_str()) => {
                        lists.blocked.push(listed(newest.held_back.clone()));
                    }
                    Some(_) => {}
                }
            }
        }
        if let Some(newest) = newest.filter(|newest| newest.hours_late > 0) {
            lists.late.push(listed((gathered.late_note)(newest.hours_late)));
        }
    }
    lists
}

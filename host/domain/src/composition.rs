//! Roll-ups compose: those of several federations become one of the level above, which can be composed again.
//!
//! What is relative to a cohort stays what it was in its own cohort; totals are ranked anew side by side.

use crate::amount::Decimal;
use crate::document::Numbers;
use crate::points::Points;
use crate::report::{FieldColumn, FieldValues, FindingCount, ListedUnit, RollUp, RollUpMember};
use crate::settlement::CriterionColumn;

/// Why a roll-up cannot become a part of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotComposable {
    /// It asks about another span of time.
    #[error("the periods differ")]
    Period,
    /// A total is out of something else.
    #[error("the full marks differ")]
    FullMarks,
    /// Other criteria gave the points.
    #[error("the criteria differ")]
    Criteria,
    /// The grades are others.
    #[error("the grades differ")]
    Grades,
}

/// A roll-up that becomes part of another, as one of its units.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The code of the unit as which it is taken: stands before the codes of its members.
    pub unit: &'a str,
    /// The roll-up.
    pub roll_up: &'a RollUp,
}

impl Part<'_> {
    fn within(&self, code: &str) -> String {
        format!("{}/{code}", self.unit)
    }

    fn listed(&self, units: &[ListedUnit]) -> Vec<ListedUnit> {
        units.iter().map(|unit| ListedUnit { code: self.within(&unit.code), ..unit.clone() }).collect()
    }
}

/// Whether two roll-ups tell of the same: the same period, and points for the same criteria out of the same full marks.
pub fn may_compose(whole: &RollUp, part: &RollUp) -> Result<(), NotComposable> {
    let (one, other) = (&whole.round, &part.round);
    let criteria = |of: &RollUp| of.round.criteria.iter().map(|c| (c.id.clone(), c.parent.clone())).collect::<Vec<_>>();
    let grades = |of: &RollUp| of.round.grades.iter().map(|grade| grade.id.clone()).collect::<Vec<_>>();
    if one.period != other.period {
        Err(NotComposable::Period)
    } else if one.full_marks != other.full_marks {
        Err(NotComposable::FullMarks)
    } else if criteria(whole) != criteria(part) || columns_differ(whole, part) {
        Err(NotComposable::Criteria)
    } else if grades(whole) != grades(part) {
        Err(NotComposable::Grades)
    } else {
        Ok(())
    }
}

/// A roll-up of nobody may have no columns.
fn columns_differ(whole: &RollUp, part: &RollUp) -> bool {
    let ids = |of: &RollUp| of.criteria.iter().map(|column| column.criterion.clone()).collect::<Vec<_>>();
    !whole.criteria.is_empty() && !part.members.is_empty() && ids(whole) != ids(part)
}

/// Composes a roll-up of a federation's own members, of whom there may be none, and parts. A part's unit is not itself missing.
pub fn compose(own: RollUp, parts: &[Part<'_>]) -> Result<RollUp, NotComposable> {
    let mut whole = own;
    for part in parts {
        may_compose(&whole, part.roll_up)?;
        add(&mut whole, part);
    }
    whole.ranks = ranks(&whole.totals);
    Ok(whole)
}

/// Goes on with the fields of a part's members; `before` is how many members there are already. Only fields that are there already
/// are gone on with.
pub fn extend_fields(fields: &mut Vec<FieldColumn>, before: usize, part: &RollUp) {
    let known: Vec<FieldColumn> =
        part.fields.iter().filter(|field| fields.iter().any(|known| is_same(known, field))).cloned().collect();
    add_fields(fields, &known, before, part.members.len());
}

fn is_same(one: &FieldColumn, other: &FieldColumn) -> bool {
    let is_numbers = |field: &FieldColumn| matches!(field.values, FieldValues::Numbers(_));
    one.at == other.at && one.taking == other.taking && is_numbers(one) == is_numbers(other)
}

fn add(whole: &mut RollUp, part: &Part<'_>) {
    let (before, added) = (whole.members.len(), part.roll_up.members.len());
    let missing = whole.missing.len();
    whole.missing.retain(|unit| unit.code != part.unit);
    let delivered = u32::try_from(missing - whole.missing.len()).unwrap_or(0);
    let from = part.roll_up;
    let member = |member: &RollUpMember| RollUpMember { code: part.within(&member.code), ..member.clone() };
    whole.members.extend(from.members.iter().map(member));
    whole.totals.extend(&from.totals);
    whole.grades.extend(&from.grades);
    add_criteria(&mut whole.criteria, &from.criteria, before, added);
    add_fields(&mut whole.fields, &from.fields, before, added);
    add_findings(&mut whole.findings, &from.findings);
    whole.missing.extend(part.listed(&from.missing));
    whole.blocked.extend(part.listed(&from.blocked));
    whole.late.extend(part.listed(&from.late));
    whole.exempt.extend(part.listed(&from.exempt));
    whole.merged.extend(part.listed(&from.merged));
    whole.expected = whole.expected.saturating_sub(delivered).saturating_add(from.expected);
}

fn add_criteria(whole: &mut Vec<CriterionColumn>, part: &[CriterionColumn], before: usize, added: usize) {
    if whole.is_empty() {
        let empty = |column: &CriterionColumn| CriterionColumn {
            criterion: column.criterion.clone(),
            points: vec![Points::ZERO; before],
        };
        *whole = part.iter().map(empty).collect();
    }
    for column in whole {
        match part.iter().find(|other| other.criterion == column.criterion) {
            Some(other) => column.points.extend(&other.points),
            None => column.points.resize(before + added, Points::ZERO),
        }
    }
}

/// What one side does not have is not known there.
fn add_fields(whole: &mut Vec<FieldColumn>, part: &[FieldColumn], before: usize, added: usize) {
    for field in part {
        if !whole.iter().any(|known| is_same(known, field)) {
            let values = match &field.values {
                FieldValues::Numbers(numbers) => {
                    FieldValues::Numbers(Numbers { scale: numbers.scale, values: vec![0; before] })
                }
                FieldValues::Texts(_) => FieldValues::Texts(vec![String::new(); before]),
            };
            whole.push(FieldColumn { at: field.at.clone(), taking: field.taking, values, known: vec![0; before] });
        }
    }
    for field in whole {
        match part.iter().find(|other| is_same(field, other)) {
            Some(other) => add_values(field, other),
            None => {
                field.known.resize(before + added, 0);
                match &mut field.values {
                    FieldValues::Numbers(numbers) => numbers.values.resize(before + added, 0),
                    FieldValues::Texts(texts) => texts.resize(before + added, String::new()),
                }
            }
        }
    }
}

fn add_values(field: &mut FieldColumn, other: &FieldColumn) {
    match (&mut field.values, &other.values) {
        (FieldValues::Numbers(numbers), FieldValues::Numbers(more)) => {
            let scale = numbers.scale.max(more.scale);
            let rescaled = |digits: i64, from: u8| Decimal { digits, scale: from }.rescaled_exactly(scale);
            // A number that does not fit at the finer scale is told as not known, never as another number.
            let all: Vec<Option<i64>> = (numbers.values.iter().map(|digits| rescaled(*digits, numbers.scale)))
                .chain(more.values.iter().map(|digits| rescaled(*digits, more.scale)))
                .collect();
            field.known.extend(&other.known);
            for (known, value) in field.known.iter_mut().zip(&all) {
                *known &= u8::from(value.is_some());
            }
            *numbers = Numbers { scale, values: all.into_iter().map(Option::unwrap_or_default).collect() };
        }
        (FieldValues::Texts(texts), FieldValues::Texts(more)) => {
            texts.extend(more.iter().cloned());
            field.known.extend(&other.known);
        }
        // Fields of different kinds are different fields.
        (FieldValues::Numbers(_), FieldValues::Texts(_)) | (FieldValues::Texts(_), FieldValues::Numbers(_)) => {}
    }
}

fn add_findings(whole: &mut Vec<FindingCount>, part: &[FindingCount]) {
    for count in part {
        let known = whole.iter_mut().find(|known| known.check == count.check && known.severity == count.severity);
        if let Some(known) = known {
            known.members = known.members.saturating_add(count.members);
            known.findings = known.findings.saturating_add(count.findings);
        } else {
            whole.push(count.clone());
        }
    }
}

/// 1 is the best; equal totals share a rank, and the ranks behind them are left free.
fn ranks(totals: &[Points]) -> Vec<u32> {
    let mut sorted = totals.to_vec();
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    let rank = |total: &Points| sorted.partition_point(|better| better > total) + 1;
    totals.iter().map(|total| u32::try_from(rank(total)).unwrap_or(u32::MAX)).collect()
}

//! The cohort pass, as it should be: the fastest gets all points for the response, the others their share.

use huizong_sdk::bindings::rubric::exports::huizong::plugin::rubric::SettledColumn;

use crate::types::{Refusal, StepKind};
use crate::{Cohort, Settlement};

const RESPONSE_MOST: i64 = 20_000;
const SMALLEST_UNIT: i64 = 500;
const GRADES: [i64; 3] = [80_000, 60_000, i64::MIN];

/// What the cohort makes of everybody's scorecards.
///
/// # Errors
/// Never.
pub fn settle(cohort: &Cohort) -> Result<Settlement, Refusal> {
    let minutes = &cohort.measures[0];
    let known = || minutes.values.iter().zip(&minutes.known).filter(|(_, known)| **known == 1).map(|(value, _)| *value);
    let best = known().min().unwrap_or(0);
    let share = |value: i64, known: u8| if known == 1 && value > 0 { RESPONSE_MOST * best / value } else { 0 };
    let points: Vec<i64> = minutes
        .values
        .iter()
        .zip(&minutes.known)
        .map(|(value, known)| share(*value, *known) / SMALLEST_UNIT * SMALLEST_UNIT)
        .collect();
    let totals: Vec<i64> = cohort.totals.iter().zip(&points).map(|(unit, response)| unit + response).collect();
    let rank =
        |total: &i64| 1 + u32::try_from(totals.iter().filter(|other| *other > total).count()).unwrap_or(u32::MAX);
    let ranks = totals.iter().map(rank).collect();
    let grades = totals.iter().enumerate().map(|(member, total)| grade(cohort, member, *total)).collect();
    let column = SettledColumn {
        criterion: "response".to_owned(),
        points,
        reason: "最快者满分，其余按比例".to_owned(),
        measure: Some("minutes".to_owned()),
        statistics: Vec::new(),
    };
    Ok(Settlement { columns: vec![column], steps: Vec::new(), totals, ranks, grades })
}

fn grade(cohort: &Cohort, member: usize, total: i64) -> u16 {
    let taken = GRADES.iter().position(|least| total >= *least).unwrap_or(GRADES.len() - 1);
    let is_lowered =
        cohort.steps.iter().any(|step| step.member as usize == member && step.step.kind == StepKind::Downgrade);
    let grade = (taken + usize::from(is_lowered)).min(GRADES.len() - 1);
    u16::try_from(grade).unwrap_or(u16::MAX)
}

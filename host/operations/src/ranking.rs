//! The ranking of a settlement: who came where, with what.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::access::{Caller, Operation};
use domain::cohort::median;
use domain::digest::Digest;
use domain::ids::{FederationCode, RoundCode, SettlementId, UnitCode};
use domain::points::Points;
use domain::rubric::Description;
use domain::scorecard::{CriterionPoints, Step};
use domain::settled::{Settled, SettledCohort};
use domain::settlement::SettledColumn;
use domain::text::Text;
use jiff::Timestamp;
use serde::Serialize;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;

/// One member in the ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RankedMember {
    /// 1 is the best.
    pub rank: u32,
    /// The unit.
    pub unit: UnitCode,
    /// Its name.
    pub name: String,
    /// The revision that was settled.
    pub revision: u32,
    /// The total after the unit pass.
    pub unit_total: Points,
    /// The final total.
    pub total: Points,
    /// The grade's identifier.
    pub grade: String,
    /// The grade's name.
    pub grade_label: Text,
    /// Final points per criterion of both passes, in the description's order.
    pub lines: Vec<CriterionPoints>,
    /// Vetoes and downgrades of the unit pass, and what the cohort pass added to them.
    pub steps: Vec<Step>,
}

/// One cohort's ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RankedCohort {
    /// Empty where the round has only one.
    pub name: String,
    /// The median of the final totals.
    pub median: Points,
    /// The best first; equals in order of their codes.
    pub members: Vec<RankedMember>,
    /// The criteria of the cohort pass with the rule and the statistics; points are in order of the codes.
    pub columns: Vec<SettledColumn>,
}

/// The newest settlement of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ranking {
    /// Its identifier.
    pub id: SettlementId,
    /// When.
    pub at: Timestamp,
    /// The rubric.
    pub rubric: Digest,
    /// The rubric's title.
    pub rubric_title: Text,
    /// What a total is out of.
    pub full_marks: Points,
    /// The cohorts, in order of their names.
    pub cohorts: Vec<RankedCohort>,
}

impl Office {
    /// The ranking of the round's newest settlement.
    pub async fn settlement(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<Ranking, OperationError> {
        let scope = self.scope(caller, Operation::ReadRollUp, federation)?;
        let settled = self.newest_settlement(&scope, round).await?;
        let settled = settled.ok_or(OperationError::NotPossible { code: "not-settled" })?;
        let names = names_of_units(&scope).await?;
        let release = self.known_release(&scope, settled.rubric).await?;
        let description = release.descriptions.rubric.as_ref();
        let description = description.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        let cohorts = settled.cohorts.iter().map(|cohort| ranked(cohort, description, &names));
        Ok(Ranking {
            id: settled.id,
            at: settled.at,
            rubric: settled.rubric,
            rubric_title: description.title.clone(),
            full_marks: description.full_marks,
            cohorts: cohorts.collect(),
        })
    }

    /// The newest settlement of a round, as it was at most a moment ago.
    pub(crate) async fn newest_settlement(
        &self,
        scope: &Scope,
        round: &RoundCode,
    ) -> Result<Option<Arc<Settled>>, OperationError> {
        let now = self.now();
        let key = (scope.code().clone(), round.clone());
        if let Some(known) = self.house.settlements.get(&key, now) {
            return Ok(Some(known));
        }
        let Some(settled) = scope.latest_settlement(round).await? else { return Ok(None) };
        Ok(Some(self.house.settlements.keep(key, settled, now)))
    }
}

/// The units' names by their codes.
pub(crate) async fn names_of_units(scope: &Scope) -> Result<BTreeMap<String, String>, OperationError> {
    Ok(scope.units().await?.into_iter().map(|unit| (unit.code.to_string(), unit.name)).collect())
}

fn ranked(cohort: &SettledCohort, description: &Description, names: &BTreeMap<String, String>) -> RankedCohort {
    let columns = cohort.final_columns(description);
    let mut members: Vec<RankedMember> = cohort
        .cohort
        .members
        .iter()
        .enumerate()
        .filter_map(|(member, code)| {
            let settlement = &cohort.settlement;
            let grade = settlement.grades.get(member).and_then(|grade| description.grades.get(usize::from(*grade)))?;
            let index = u32::try_from(member).ok()?;
            let steps = cohort.cohort.steps.iter().chain(&settlement.steps).filter(|step| step.member == index);
            let lines = columns.iter().map(|column| CriterionPoints {
                criterion: column.criterion.clone(),
                points: column.points.get(member).copied().unwrap_or_default(),
            });
            Some(RankedMember {
                rank: *settlement.ranks.get(member)?,
                unit: code.parse().ok()?,
                name: names.get(code).unwrap_or(code).clone(),
                revision: *cohort.revisions.get(member)?,
                unit_total: *cohort.cohort.totals.get(member)?,
                total: *settlement.totals.get(member)?,
                grade: grade.id.clone(),
                grade_label: grade.label.clone(),
                lines: lines.collect(),
                steps: steps.map(|step| step.step.clone()).collect(),
            })
        })
        .collect();
    members.sort_by(|one, other| (one.rank, &one.unit).cmp(&(other.rank, &other.unit)));
    RankedCohort {
        name: cohort.name.clone(),
        median: median(&cohort.settlement.totals),
        members,
        columns: cohort.settlement.columns.clone(),
    }
}

//! Where one member stands after the cohort pass: its own total, grade and rank, and the group's median.

use domain::access::{Caller, Operation};
use domain::cohort::median;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::points::Points;
use domain::rubric::Description;
use domain::settled::{Settled, SettledCohort};
use domain::text::Text;
use jiff::Timestamp;
use serde::Serialize;

use crate::error::OperationError;
use crate::office::Office;
use crate::shown::Sight;

/// What a member may know of the settlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnStanding {
    /// When it was settled.
    pub at: Timestamp,
    /// The revision that was settled.
    pub revision: u32,
    /// The final total.
    pub total: Points,
    /// What a total is out of.
    pub full_marks: Points,
    /// The grade's identifier.
    pub grade: String,
    /// The grade's name.
    pub grade_label: Text,
    /// 1 is the best.
    pub rank: u32,
    /// How many were ranked.
    pub ranked: u32,
    /// The group's median.
    pub median: Points,
}

impl Office {
    /// The unit's own standing.
    pub async fn standing(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<OwnStanding, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let sight = self.sight(caller, federation, &round, unit);
        let settled = self.settlement_in_sight(&scope, &round.code, sight).await?;
        let code = if sight == Sight::Published { "not-published" } else { "not-settled" };
        let settled = settled.ok_or(OperationError::NotPossible { code })?;
        let place = settled.cohorts.iter().find_map(|cohort| Some((cohort, cohort.index_of(unit)?)));
        let (cohort, member) = place.ok_or(OperationError::Missing("settlement"))?;
        let release = self.known_release(&scope, settled.rubric).await?;
        let description = release.descriptions.rubric.as_ref();
        let description = description.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        own_standing(&settled, cohort, member, description).ok_or(OperationError::Missing("settlement"))
    }
}

fn own_standing(
    settled: &Settled,
    cohort: &SettledCohort,
    member: usize,
    description: &Description,
) -> Option<OwnStanding> {
    let settlement = &cohort.settlement;
    let grade = description.grades.get(usize::from(*settlement.grades.get(member)?))?;
    Some(OwnStanding {
        at: settled.at,
        revision: *cohort.revisions.get(member)?,
        total: *settlement.totals.get(member)?,
        full_marks: description.full_marks,
        grade: grade.id.clone(),
        grade_label: grade.label.clone(),
        rank: *settlement.ranks.get(member)?,
        ranked: u32::try_from(settlement.ranks.len()).ok()?,
        median: median(&settlement.totals),
    })
}

//! What is known of a unit before anything is handed in: the same for a pre-check and for the verdict.

use std::sync::Arc;

use domain::digest::Digest;
use domain::federation::OrgUnit;
use domain::ids::UnitCode;
use domain::round::Round;
use domain::rubric::Description;
use domain::settled::Settled;
use domain::unit::{Context, EarlierPeriod, Unit};
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;

/// A context with the bytes under whose digest it is kept.
pub(crate) struct KnownContext {
    pub(crate) context: Arc<Context>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) digest: Digest,
}

impl Office {
    /// What is known of a unit in a round, as far as the rubric wants to know it.
    pub(crate) async fn context(
        &self,
        scope: &Scope,
        round: &Round,
        description: &Description,
        unit: &OrgUnit,
    ) -> Result<KnownContext, OperationError> {
        let wanted = usize::from(description.earlier_periods);
        let context = Context {
            unit: self.unit_as_seen(scope, round, unit).await?,
            calendar: round.calendar.clone(),
            earlier: self.earlier_periods(scope, round, description, &unit.code, wanted).await?,
        };
        let bytes = rmp_serde::to_vec_named(&context).map_err(OperationError::host)?;
        Ok(KnownContext { digest: Digest::of(&bytes), context: Arc::new(context), bytes })
    }

    /// The unit as it was called when the round's period ended. What it took over from others may stand in its papers under their names.
    async fn unit_as_seen(&self, scope: &Scope, round: &Round, unit: &OrgUnit) -> Result<Unit, OperationError> {
        let mut seen = unit.as_seen_by_rubrics(round.period.end());
        let register = self.register(scope).await?;
        for predecessor in register.predecessors(&unit.code) {
            if !seen.aliases.contains(&predecessor.name) {
                seen.aliases.push(predecessor.name.clone());
            }
        }
        Ok(seen)
    }

    /// What the unit's earlier periods ended with, the newest first: rounds of the same rubric, in whatever version, that are over before this
    /// one begins and were settled with the unit among them, or with one that was merged into it, which is said of it then.
    pub(crate) async fn earlier_periods(
        &self,
        scope: &Scope,
        round: &Round,
        description: &Description,
        unit: &UnitCode,
        wanted: usize,
    ) -> Result<Vec<EarlierPeriod>, OperationError> {
        let mut earlier = Vec::with_capacity(wanted);
        if wanted == 0 {
            return Ok(earlier);
        }
        let mut rounds = scope.rounds().await?;
        rounds.retain(|other| other.period.end() < round.period.start());
        rounds.sort_by(|one, other| (other.period, &other.code).cmp(&(one.period, &one.code)));
        let register = self.register(scope).await?;
        let predecessors = register.predecessors(unit);
        let mut comparable = 0;
        for other in rounds {
            if comparable == wanted {
                break;
            }
            let Some(settled) = self.newest_settlement(scope, &other.code).await? else { continue };
            let release = self.known_release(scope, settled.rubric).await?;
            let Some(rubric_then) = release.descriptions.rubric.as_ref() else { continue };
            if rubric_then.id != description.id {
                continue;
            }
            let own = earlier_period(scope, &other, rubric_then, &settled, unit, None).await?;
            let has_own = own.is_some();
            let before = earlier.len();
            earlier.extend(own);
            for predecessor in &predecessors {
                let code = &predecessor.code;
                earlier.extend(earlier_period(scope, &other, rubric_then, &settled, code, Some(code)).await?);
            }
            comparable += usize::from(has_own || earlier.len() == before + 1);
        }
        Ok(earlier)
    }
}

async fn earlier_period(
    scope: &Scope,
    round: &Round,
    rubric: &Description,
    settled: &Settled,
    unit: &UnitCode,
    predecessor: Option<&UnitCode>,
) -> Result<Option<EarlierPeriod>, OperationError> {
    let place = settled.cohorts.iter().find_map(|cohort| Some((cohort, cohort.index_of(unit)?)));
    let Some((cohort, member)) = place else { return Ok(None) };
    let (Some(number), Some(total)) = (cohort.revisions.get(member), cohort.settlement.totals.get(member)) else {
        return Ok(None);
    };
    let revision = scope.revision(&round.code, unit, *number).await?.ok_or(OperationError::Missing("revision"))?;
    let answers = scope.blob(revision.answers).await?.ok_or(OperationError::Missing("blob"))?;
    let grade = cohort.settlement.grades.get(member).and_then(|grade| rubric.grades.get(usize::from(*grade)));
    Ok(Some(EarlierPeriod {
        period: round.period,
        answers,
        total: *total,
        full_marks: rubric.full_marks,
        grade: grade.map(|grade| grade.id.clone()),
        lines: cohort.lines_of(member, rubric),
        predecessor: predecessor.map(UnitCode::to_string),
    }))
}

//! A submission is scored again from what reviewers decided; every earlier scorecard stays.

use std::collections::BTreeMap;

use domain::assessment::Assessment;
use domain::federation::OrgUnit;
use domain::ids::UnitCode;
use domain::review_entry::KnownEntry;
use domain::round::Round;
use store::{Counted, Scope};

use crate::error::OperationError;
use crate::judge_counted::{Docket, Ruling};
use crate::office::Office;

impl Office {
    /// Scores a submission again after reviewers decided something. What they decided is kept already: where scoring fails now, settling
    /// does it, and says why it cannot.
    pub(crate) async fn assess_after(&self, scope: &Scope, round: &Round, unit: &UnitCode) {
        if let Err(error) = self.assess(scope, round, unit).await {
            tracing::warn!(
                round = %round.code,
                unit = %unit,
                error = &error as &dyn std::error::Error,
                "a submission could not be scored again yet"
            );
        }
    }

    /// What the rubric in force says of a submission's newest revision with what reviewers decided; none where nothing counts.
    pub(crate) async fn assess(
        &self,
        scope: &Scope,
        round: &Round,
        unit: &UnitCode,
    ) -> Result<Option<Assessment>, OperationError> {
        let entries = scope.review_entries(&round.code, unit).await?;
        let Some(revision) = scope.latest_revision(&round.code, unit).await?.filter(|_| !entries.is_empty()) else {
            return Ok(None);
        };
        let counted = Counted::from(revision);
        self.out_of_quarantine(scope, round.rubric).await?;
        let rubric = self.rubric(scope, round.rubric).await?;
        let known = scope.unit(unit).await?.ok_or(OperationError::Missing("unit"))?;
        let units: BTreeMap<UnitCode, OrgUnit> = BTreeMap::from([(unit.clone(), known)]);
        let entries: BTreeMap<UnitCode, Vec<KnownEntry>> = BTreeMap::from([(unit.clone(), entries)]);
        let check_rules = scope.check_rules(&round.code).await?;
        let docket = Docket { scope, round, units: &units, entries: &entries, check_rules: &check_rules };
        let submission = docket.submission(&counted).await?;
        let facts = docket.facts(&counted, &submission, rubric.description()?);
        let Some(review) = facts.digest() else { return Ok(None) };
        let number = counted.revision;
        if let Some(known) = scope.assessment(&round.code, unit, number, round.rubric, review).await? {
            return Ok(Some(known));
        }
        match self.judge_counted(docket, &rubric, &counted, submission).await? {
            Ruling::Judged(verdict, evaluations) => {
                let assessment = Assessment { review, entries: facts.entries, verdict: *verdict, at: self.now() };
                scope.keep_assessment(&round.code, &assessment, &evaluations).await?;
                Ok(Some(assessment))
            }
            Ruling::Unfit(problems) => Err(OperationError::Invalid(problems)),
            Ruling::Failed(error, calls) => {
                self.keep_failed(scope, Some(unit), self.now(), calls).await?;
                Err(error)
            }
        }
    }
}

//! A revision that counts is judged: the one way that settling and trying share.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::check_rule::CheckRule;
use domain::evaluation::Evaluation;
use domain::federation::OrgUnit;
use domain::ids::UnitCode;
use domain::review_entry::{KnownEntry, ReviewFacts};
use domain::round::Round;
use domain::rubric::Description;
use domain::submission::Submission;
use domain::verdict::Verdict;
use store::{Counted, Scope};

use crate::check_rule::rules_for;
use crate::error::OperationError;
use crate::failed_calls::FailedCall;
use crate::judge::{Case, Unjudged, judge};
use crate::office::Office;
use crate::problem::FormProblem;
use crate::round_in_force::Rubric;
use crate::submission::kept_answers;

/// The round whose revisions are judged, with everything that judging them needs but the rubric.
#[derive(Clone, Copy)]
pub(crate) struct Docket<'a> {
    pub(crate) scope: &'a Scope,
    pub(crate) round: &'a Round,
    pub(crate) units: &'a BTreeMap<UnitCode, OrgUnit>,
    /// What reviewers decided; nothing where the round is not reviewed.
    pub(crate) entries: &'a BTreeMap<UnitCode, Vec<KnownEntry>>,
    /// What was decided about the checks of the round's rubric.
    pub(crate) check_rules: &'a [CheckRule],
}

/// What a rubric made of a revision.
pub(crate) enum Ruling {
    /// It judged it; nothing of it is kept yet.
    Judged(Box<Verdict>, Vec<Evaluation>),
    /// The answers are not what its form asks for; nothing was run.
    Unfit(Vec<FormProblem>),
    /// It failed, or declined to check; nothing of the calls is kept yet.
    Failed(OperationError, Vec<FailedCall>),
}

impl Docket<'_> {
    /// The unit of a revision.
    pub(crate) fn unit(&self, counted: &Counted) -> Result<&OrgUnit, OperationError> {
        self.units.get(&counted.unit).ok_or(OperationError::Missing("unit"))
    }

    /// A revision with its answers.
    pub(crate) async fn submission(&self, counted: &Counted) -> Result<Arc<Submission>, OperationError> {
        let answers = kept_answers(self.scope, counted.answers).await?;
        Ok(Arc::new(Submission { envelope: counted.envelope.clone(), answers }))
    }

    /// What reviewers decided that counts for a revision under a rubric.
    pub(crate) fn facts(&self, counted: &Counted, submission: &Submission, rubric: &Description) -> ReviewFacts {
        let entries = self.entries.get(&counted.unit);
        let facts =
            entries.map(|entries| ReviewFacts::of(entries, counted.revision, submission.answers.value(), rubric));
        facts.unwrap_or_default()
    }
}

/// What reviewers decided in a round; nothing, and nothing is asked, where it is not reviewed.
pub(crate) async fn entries_of(
    scope: &Scope,
    round: &Round,
) -> Result<BTreeMap<UnitCode, Vec<KnownEntry>>, OperationError> {
    if round.policy.review { Ok(scope.review_entries_of_round(&round.code).await?) } else { Ok(BTreeMap::new()) }
}

impl Office {
    /// Judges a revision. An error is the house's own and says nothing of the rubric.
    pub(crate) async fn judge_counted(
        &self,
        docket: Docket<'_>,
        rubric: &Rubric,
        counted: &Counted,
        submission: Arc<Submission>,
    ) -> Result<Ruling, OperationError> {
        match rubric.form.examine(&submission.answers).await {
            Ok(()) => {}
            Err(OperationError::Invalid(problems)) => return Ok(Ruling::Unfit(problems)),
            Err(other) => return Err(other),
        }
        let unit = docket.unit(counted)?;
        let known = self.context(docket.scope, docket.round, rubric.description()?, unit).await?;
        if known.digest != counted.context {
            docket.scope.keep_blob(&known.bytes).await?;
        }
        let facts = docket.facts(counted, &submission, rubric.description()?);
        let review = facts.review(counted.hours_late, counted.explanations.clone());
        let case = Case {
            submission,
            answers: counted.answers,
            context: known.context,
            context_digest: known.digest,
            review: Arc::new(review),
            check_rules: rules_for(docket.check_rules, &counted.unit),
        };
        let at = self.now();
        match judge(&self.house.sandbox, &rubric.plugin, &case).await {
            Ok(judged) => {
                let (verdict, evaluations) = self.verdict_of(at, &counted.unit, rubric, &case, judged)?;
                Ok(Ruling::Judged(Box::new(verdict), evaluations))
            }
            Err(unjudged) => match *unjudged {
                Unjudged { error: error @ (OperationError::Busy | OperationError::Host(_)), .. } => Err(error),
                Unjudged { error, calls } => Ok(Ruling::Failed(error, calls)),
            },
        }
    }
}

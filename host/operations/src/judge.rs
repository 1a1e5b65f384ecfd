//! A rubric judges one revision: it checks and scores in two fresh instances, at the same time.

use std::sync::Arc;

use domain::check_rule::CheckRule;
use domain::digest::Digest;
use domain::evaluation::{Asked, Evaluation, Run};
use domain::finding::WeighedFinding;
use domain::ids::UnitCode;
use domain::review::Review;
use domain::rubric::Severity;
use domain::submission::{Standing, Submission, standing_of, weigh};
use domain::unit::Context;
use domain::verdict::{Scored, Verdict};
use jiff::Timestamp;
use sandbox::{Answer, Evaluated, Plugin, Sandbox};

use crate::error::OperationError;
use crate::failed_calls::FailedCall;
use crate::office::Office;
use crate::round_in_force::Rubric;

/// What a rubric is handed to judge.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) submission: Arc<Submission>,
    pub(crate) answers: Digest,
    pub(crate) context: Arc<Context>,
    pub(crate) context_digest: Digest,
    pub(crate) review: Arc<Review>,
    /// What was decided about checks and holds for the unit.
    pub(crate) check_rules: Arc<Vec<CheckRule>>,
}

/// What it made of it.
pub(crate) struct Judged {
    pub(crate) findings: Vec<WeighedFinding>,
    pub(crate) score: Scored,
    pub(crate) check: Run,
    pub(crate) scoring: Run,
}

/// It made nothing of it: why, and what was called all the same.
pub(crate) struct Unjudged {
    pub(crate) error: OperationError,
    pub(crate) calls: Vec<FailedCall>,
}

/// Checks and scores.
pub(crate) async fn judge(sandbox: &Sandbox, plugin: &Plugin, case: &Case) -> Result<Judged, Box<Unjudged>> {
    let Case { submission, context, review, check_rules, .. } = case;
    let (checked, scored) = tokio::join!(
        sandbox.check(plugin, Arc::clone(submission), Arc::clone(context)),
        sandbox.score(plugin, Arc::clone(submission), Arc::clone(context), Arc::clone(review)),
    );
    let Evaluated { run: check, answer: checked } = checked;
    let Evaluated { run: scoring, answer: scored } = scored;
    let release = plugin.digest();
    let (check_fault, scoring_fault) = (checked.as_ref().err().cloned(), scored.as_ref().err().cloned());
    let judged = (|| {
        let found = match checked.map_err(|fault| OperationError::fault(release, "check", fault))? {
            Answer::Given(findings) => findings,
            Answer::Refused(refusal) => return Err(OperationError::Refused(refusal)),
        };
        let score = match scored.map_err(|fault| OperationError::fault(release, "score", fault))? {
            Answer::Given(scorecard) => Scored::Card(scorecard),
            Answer::Refused(refusal) => Scored::Refused(refusal),
        };
        let description = plugin.descriptions().rubric.as_ref();
        let description = description.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        Ok((weigh(found, description, submission.envelope.received_on, &review.explanations, check_rules), score))
    })();
    match judged {
        Ok((findings, score)) => Ok(Judged { findings, score, check, scoring }),
        Err(error) => {
            let checking = FailedCall { asked: case.check(), run: check, fault: check_fault };
            let scoring = FailedCall { asked: case.score(), run: scoring, fault: scoring_fault };
            let mut calls = vec![checking, scoring];
            // What the house had no time for, or failed at, says nothing of the plugin; the other call may all the same.
            if matches!(error, OperationError::Busy | OperationError::Host(_)) {
                calls.retain(FailedCall::has_faulted);
            }
            Err(Box::new(Unjudged { error, calls }))
        }
    }
}

impl Office {
    /// The verdict of a judgement, with the records of its two runs.
    pub(crate) fn verdict_of(
        &self,
        at: Timestamp,
        unit: &UnitCode,
        rubric: &Rubric,
        case: &Case,
        judged: Judged,
    ) -> Result<(Verdict, Vec<Evaluation>), OperationError> {
        let Judged { findings, score, check, scoring } = judged;
        let evaluations = vec![self.record(at, case.check(), check)?, self.record(at, case.score(), scoring)?];
        let verdict = Verdict {
            unit: unit.clone(),
            revision: case.submission.envelope.revision,
            rubric: rubric.release.digest,
            findings,
            score,
            evaluations: [evaluations[0].id, evaluations[1].id],
        };
        Ok((verdict, evaluations))
    }
}

impl Case {
    fn check(&self) -> Asked {
        let envelope = self.submission.envelope.clone();
        Asked::Check { envelope, answers: self.answers, context: self.context_digest }
    }

    fn score(&self) -> Asked {
        let (envelope, review) = (self.submission.envelope.clone(), (*self.review).clone());
        Asked::Score { envelope, answers: self.answers, context: self.context_digest, review }
    }
}

impl Judged {
    /// Whether the revision counts. What the rubric declines to score cannot count.
    pub(crate) fn standing(&self) -> Standing {
        match self.score {
            Scored::Card(_) => standing_of(&self.findings),
            Scored::Refused(_) => Standing::Blocked,
        }
    }

    /// How many findings are of a severity.
    pub(crate) fn count(&self, severity: Severity) -> u32 {
        count(&self.findings, |finding| finding.severity == severity && !finding.is_waived())
    }

    /// How many warnings are explained.
    pub(crate) fn explained(&self) -> u32 {
        let is_explained =
            |finding: &WeighedFinding| finding.severity == Severity::Warning && finding.explanation.is_some();
        count(&self.findings, |finding| is_explained(finding) && !finding.is_waived())
    }

    /// How many would hold the revision back, or ask for an explanation, had the federation not waived their checks.
    pub(crate) fn waived(&self) -> u32 {
        let weighs = |finding: &WeighedFinding| matches!(finding.severity, Severity::Error | Severity::Warning);
        count(&self.findings, |finding| weighs(finding) && finding.is_waived())
    }
}

fn count(findings: &[WeighedFinding], is_counted: impl Fn(&WeighedFinding) -> bool) -> u32 {
    u32::try_from(findings.iter().filter(|finding| is_counted(finding)).count()).unwrap_or(u32::MAX)
}

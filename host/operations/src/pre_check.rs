//! A member tries its answers before handing them in.

use std::sync::Arc;

use domain::access::{Caller, Operation};
use domain::answers::Answers;
use domain::check_rule::{CheckRule, in_force_for};
use domain::digest::Digest;
use domain::finding::{Refusal, WeighedFinding};
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::review::{Explanation, Review};
use domain::scorecard::Scorecard;
use domain::submission::{Envelope, Standing, Submission};
use domain::unit::Context;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Scope;

use crate::check_rule::rules_for;
use crate::context::KnownContext;
use crate::error::OperationError;
use crate::handed_in::canonical;
use crate::judge::{Case, judge};
use crate::office::Office;
use crate::round_in_force::RoundInForce;
use crate::submit::{part_of, parted};
use crate::taking::lateness;

/// Everything that a pre-check needs without the house: `huizong check` runs the release on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreCheckPack {
    /// The rubric in force; its component is got by this digest.
    pub rubric: Digest,
    /// The envelope that the next revision would have today.
    pub envelope: Envelope,
    /// What is known of the unit.
    pub context: Context,
    /// Whole hours late, were it handed in now.
    pub hours_late: u32,
    /// What the federation decided about checks and holds for the unit.
    #[serde(default)]
    pub check_rules: Vec<CheckRule>,
}

/// What a revision would get, were it handed in now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PreChecked {
    /// The rubric in force.
    pub rubric: Digest,
    /// Whether it would count.
    pub standing: Standing,
    /// What the checks found.
    pub findings: Vec<WeighedFinding>,
    /// What it would earn by itself.
    pub scorecard: Option<Scorecard>,
    /// Why the rubric declines to score it, where it does.
    pub refusal: Option<Refusal>,
}

impl Office {
    /// What a pre-check of a unit needs off-line.
    pub async fn pre_check_pack(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<PreCheckPack, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let in_force = self.round_in_force(&scope, round).await?;
        let Today { envelope, context, hours_late } = self.known_today(&scope, &in_force, unit).await?;
        let rubric = in_force.rubric.release.digest;
        let check_rules = in_force_for(&in_force.check_rules, unit);
        Ok(PreCheckPack { rubric, envelope, context: Arc::unwrap_or_clone(context.context), hours_late, check_rules })
    }

    /// Checks and scores answers as they are; nothing is kept.
    pub async fn pre_check(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        answers: Value,
    ) -> Result<PreChecked, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::Submit, federation, unit)?;
        self.pre_checked(&scope, round, unit, canonical(answers)?, Vec::new()).await
    }

    /// The same of answers that were read already, with explanations of what is doubtful in them.
    pub(crate) async fn pre_checked(
        &self,
        scope: &Scope,
        round: &RoundCode,
        unit: &UnitCode,
        answers: Answers,
        explanations: Vec<Explanation>,
    ) -> Result<PreChecked, OperationError> {
        let in_force = self.round_in_force(scope, round).await?;
        self.out_of_quarantine(scope, in_force.rubric.release.digest).await?;
        in_force.rubric.form.examine(&answers).await?;
        let Today { envelope, context, hours_late } = self.known_today(scope, &in_force, unit).await?;
        let case = Case {
            answers: answers.digest(),
            submission: Arc::new(Submission { envelope, answers }),
            context: context.context,
            context_digest: context.digest,
            review: Arc::new(Review { hours_late, explanations, ..Review::default() }),
            check_rules: rules_for(&in_force.check_rules, unit),
        };
        let judged = match judge(&self.house.sandbox, &in_force.rubric.plugin, &case).await {
            Ok(judged) => judged,
            Err(unjudged) => {
                if let Err(error) = self.keep_only_faults(scope, unit, unjudged.calls).await {
                    tracing::warn!(error = &error as &dyn std::error::Error, "a fault could not be kept");
                }
                return Err(unjudged.error);
            }
        };
        let standing = judged.standing();
        let (scorecard, refusal) = parted(judged.score);
        let rubric = in_force.rubric.release.digest;
        Ok(PreChecked { rubric, standing, findings: judged.findings, scorecard, refusal })
    }

    /// What the unit's next revision would come with, were it handed in now.
    async fn known_today(
        &self,
        scope: &Scope,
        in_force: &RoundInForce,
        unit: &UnitCode,
    ) -> Result<Today, OperationError> {
        let round = &in_force.round;
        let (unit, latest) = tokio::join!(scope.unit(unit), scope.latest_revision(&round.code, unit));
        let unit = part_of(round, unit?)?;
        let newest = latest?.map_or(0, |latest| latest.envelope.revision);
        let now = self.now();
        Ok(Today {
            envelope: self.envelope(round, newest + 1, now),
            context: self.context(scope, round, in_force.rubric.description()?, &unit).await?,
            hours_late: lateness(scope, round, &unit.code, now).await?,
        })
    }
}

struct Today {
    envelope: Envelope,
    context: KnownContext,
    hours_late: u32,
}

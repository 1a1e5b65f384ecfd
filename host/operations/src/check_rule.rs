//! A federation decides about a check without another plugin: for one submission, or from a day on.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::check_rule::{CheckRule, CheckRuleAct, in_force_for};
use domain::digest::Digest;
use domain::ids::{CheckRuleId, FederationCode, RoundCode};
use domain::limits::CHECK_RULES_MAX;
use domain::round::RoundState;
use serde::{Deserialize, Serialize};

use crate::error::OperationError;
use crate::office::Office;
use crate::once::{Answered, answered, attempt, doing, done};
use crate::problem::Problems;
use crate::submit::part_of;

/// What is to be decided about a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCheckRule {
    /// What.
    pub act: CheckRuleAct,
    /// Why.
    pub reason: String,
}

impl Office {
    /// Decides about a check of a round's rubric. It holds for what is received from then on: a verdict that was given stays.
    pub async fn rule_check(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        new: NewCheckRule,
        key: Option<String>,
    ) -> Result<Answered<CheckRule>, OperationError> {
        let scope = self.scope(caller, Operation::RuleChecks, federation)?;
        let attempt = attempt(caller, key, &["rule-check", round.as_str()], &new)?;
        if let Some(known) = answered(&scope, attempt.as_ref()).await? {
            return Ok(known);
        }
        let in_force = self.round_in_force(&scope, round).await?;
        if matches!(in_force.round.state, RoundState::Final | RoundState::Archived) {
            return Err(OperationError::NotPossible { code: "round-is-over" });
        }
        let known = scope.check_rules(round).await?;
        if known.len() >= CHECK_RULES_MAX {
            return Err(OperationError::NotPossible { code: "too-many-check-rules" });
        }
        let now = self.now();
        let mut problems = Problems::default();
        problems.review_text("/reason", &new.reason);
        let description = in_force.rubric.description()?;
        let mut is_known = |at: &str, check: &str| {
            if description.check(check).is_none() {
                problems.add(at, "unknown-check", &[]);
            }
        };
        let verb = match &new.act {
            CheckRuleAct::Waive { check, unit } => {
                is_known("/act/waive/check", check);
                match scope.unit(unit).await? {
                    None => problems.add("/act/waive/unit", "unknown-unit", &[]),
                    unit => drop(part_of(&in_force.round, unit)?),
                }
                "waive-check"
            }
            CheckRuleAct::Weigh { check, since, .. } => {
                is_known("/act/weigh/check", check);
                // What was received already was weighed already.
                if *since < self.day_of(now) {
                    problems.add("/act/weigh/since", "in-the-past", &[]);
                }
                "weigh-check"
            }
            CheckRuleAct::Withdraw { rule } => {
                let is_withdrawn =
                    |other: &CheckRule| matches!(&other.act, CheckRuleAct::Withdraw { rule: r } if r == rule);
                let is_rule =
                    |other: &CheckRule| other.id == *rule && !matches!(other.act, CheckRuleAct::Withdraw { .. });
                if !known.iter().any(is_rule) || known.iter().any(is_withdrawn) {
                    problems.add("/act/withdraw/rule", "no-such-check-rule", &[]);
                }
                "withdraw-check-rule"
            }
        };
        problems.none_left()?;
        let rule = CheckRule {
            id: CheckRuleId(self.randomness().identifier(now)?),
            round: round.clone(),
            act: new.act,
            reason: new.reason,
            by: Signatory::of(caller),
            at: now,
        };
        let digest = Digest::of(&rmp_serde::to_vec_named(&rule).map_err(OperationError::host)?);
        let act = self.act(caller, verb, format!("round/{round}/check-rule/{}", rule.id), Some(digest), &rule.reason);
        let once = doing(&scope, attempt.as_ref(), &rule)?;
        let kept = once.keep_check_rule(&rule, act).await;
        self.forget_round(federation, round);
        done(&scope, attempt.as_ref(), rule, kept).await
    }

    /// What was decided about the checks of a round's rubric, the oldest first.
    pub async fn check_rules(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<Vec<CheckRule>, OperationError> {
        let scope = self.scope(caller, Operation::ReadReviews, federation)?;
        scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        Ok(scope.check_rules(round).await?)
    }
}

/// The rules of a round that concern a unit.
pub(crate) fn rules_for(rules: &[CheckRule], unit: &domain::ids::UnitCode) -> std::sync::Arc<Vec<CheckRule>> {
    std::sync::Arc::new(in_force_for(rules, unit))
}

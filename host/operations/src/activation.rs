//! A round goes on with another release: somebody proposes it upon a trial, a second person decides.

use domain::access::{Caller, Operation};
use domain::activation::{Activation, ActivationAct, ActivationState, Decision, Proposal, Signatory, Swap};
use domain::digest::Digest;
use domain::ids::{AccountId, ActivationId, FederationCode, RoundCode, TokenId, TrialId};
use domain::limits::{ACTIVATIONS_LISTED_MAX, ISSUERS_MAX};
use domain::release::{PluginKind, Release};
use domain::round::{NotSwapped, Round};
use domain::trial::{Trial, TrialKind};
use serde::{Deserialize, Serialize};
use store::{Scope, StoreError};

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;

/// What somebody proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewProposal {
    /// The release that the round is to go on with.
    pub release: Digest,
    /// The trial of that release on that round, beside the release that it is to replace.
    pub trial: TrialId,
    /// Why.
    pub reason: String,
}

/// What a second person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The round goes on with the release, from this moment on.
    Approve,
    /// Nothing changes.
    Reject,
}

/// A decision, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewDecision {
    /// What is decided.
    pub decision: Verdict,
    /// Why.
    pub reason: String,
}

/// A proposal, what became of it, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActivationView {
    /// Where it stands.
    pub state: ActivationState,
    /// What was proposed.
    pub proposal: Proposal,
    /// What became of it; none while it waits.
    pub decision: Option<Decision>,
}

impl From<Activation> for ActivationView {
    fn from(activation: Activation) -> Self {
        Self { state: activation.state(), proposal: activation.proposal, decision: activation.decision }
    }
}

impl Office {
    /// The newest proposals of a round, the newest first.
    pub async fn activations(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<Vec<ActivationView>, OperationError> {
        let scope = self.scope(caller, Operation::ReadTrial, federation)?;
        scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let activations = scope.activations(round, ACTIVATIONS_LISTED_MAX).await?;
        Ok(activations.into_iter().map(ActivationView::from).collect())
    }

    /// One proposal of a round.
    pub async fn activation(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        id: ActivationId,
    ) -> Result<ActivationView, OperationError> {
        let scope = self.scope(caller, Operation::ReadTrial, federation)?;
        Ok(activation_of(&scope, round, id).await?.into())
    }

    /// Proposes that a round goes on with another release. It waits for a second person; nothing changes until then.
    pub async fn propose_activation(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        new: NewProposal,
    ) -> Result<ActivationView, OperationError> {
        let scope = self.scope(caller, Operation::ProposeActivation, federation)?;
        let (known, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let mut problems = Problems::default();
        problems.name("/reason", &new.reason);
        let release = scope.release(new.release).await?;
        if release.is_none() {
            problems.add("/release", "unknown-release", &[]);
        }
        let trial = trial_named(&scope, round, &new, &mut problems).await?;
        problems.none_left()?;
        let (release, trial) =
            release.zip(trial).ok_or(OperationError::NotPossible { code: "activation-without-trial" })?;

        let swap = Swap { kind: kind_of(trial.kind), replaces: trial.baseline, release: release.digest };
        self.ready_to_swap(&scope, &known, swap, &release).await?;
        let now = self.now();
        let proposal = Proposal {
            id: ActivationId(self.randomness().identifier(now)?),
            round: round.clone(),
            kind: swap.kind,
            replaces: swap.replaces,
            release: swap.release,
            trial: trial.id,
            reason: new.reason,
            by: Signatory::of(caller),
            at: now,
        };
        let subject = format!("round/{round}/activation/{}", proposal.id);
        let act = self.act(caller, "propose-activation", subject, Some(swap.release), &proposal.reason);
        scope.keep_proposal(&proposal, act).await?;
        Ok(Activation { proposal, decision: None }.into())
    }

    /// Approves a proposal, and the round goes on with its release from then on; or rejects it. Who uploaded the release or proposed it
    /// cannot approve, but may reject.
    pub async fn decide_activation(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        id: ActivationId,
        new: NewDecision,
    ) -> Result<ActivationView, OperationError> {
        let scope = self.scope(caller, Operation::DecideActivation, federation)?;
        let Activation { proposal, decision } = activation_of(&scope, round, id).await?;
        let mut problems = Problems::default();
        problems.name("/reason", &new.reason);
        problems.none_left()?;
        if decision.is_some() {
            return Err(OperationError::NotPossible { code: "activation-decided" });
        }
        let (act, verb) = match new.decision {
            Verdict::Approve => (ActivationAct::Approve, "approve-activation"),
            Verdict::Reject => (ActivationAct::Reject, "reject-activation"),
        };
        let decision = Decision { act, by: Signatory::of(caller), at: self.now(), reason: new.reason };
        let subject = format!("round/{round}/activation/{id}");
        let entry = self.act(caller, verb, subject, Some(proposal.release), &decision.reason);
        let kept = match new.decision {
            Verdict::Reject => scope.keep_decision(id, &decision, entry).await,
            Verdict::Approve => {
                let release = self.known_release(&scope, proposal.release).await?;
                self.is_second_person(caller, &release, &proposal).await?;
                let (known, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
                let Proposal { kind, replaces, .. } = proposal;
                self.ready_to_swap(&scope, &known, Swap { kind, replaces, release: release.digest }, &release).await?;
                let notice = self.notice(
                    format!("round/{round}"),
                    "release-activated",
                    &[("round", round.as_str()), ("release", &release.digest.short()), ("by", &caller.label)],
                )?;
                let approved = scope.approve(&proposal, &decision, &notice, entry).await;
                self.forget_round(federation, round);
                approved.map(drop)
            }
        };
        kept.map_err(|error| match error {
            StoreError::AlreadyThere(_) => OperationError::NotPossible { code: "activation-decided" },
            StoreError::RoundMoved => OperationError::NotPossible { code: "activation-overtaken" },
            other => other.into(),
        })?;
        Ok(Activation { proposal, decision: Some(decision) }.into())
    }

    /// Whether a round can go on with a release, which is made ready to run on this host before anybody meets it, so that no request
    /// notices the swap.
    pub(crate) async fn ready_to_swap(
        &self,
        scope: &Scope,
        round: &Round,
        swap: Swap,
        release: &Release,
    ) -> Result<(), OperationError> {
        let swapped = round.swapped(swap).map_err(not_swapped)?;
        if scope.withdrawal(release.digest).await?.is_some() {
            return Err(OperationError::NotPossible { code: "release-withdrawn" });
        }
        if self.is_quarantined(scope, release.digest).await? {
            return Err(OperationError::NotPossible { code: "release-in-quarantine" });
        }
        let mut problems = Problems::default();
        self.examine_releases(scope, swapped.rubric, &swapped.reports, &mut problems).await?;
        problems.none_left()?;
        if swap.kind == PluginKind::Rubric {
            self.form(release)?;
        }
        self.plugin(scope, release).await.map(drop)
    }

    async fn is_second_person(
        &self,
        caller: &Caller,
        release: &Release,
        proposal: &Proposal,
    ) -> Result<(), OperationError> {
        let uploader = Signatory { token: release.admitted_by_token, label: release.admitted_by.clone() };
        self.second_person(caller, &[&uploader, &proposal.by]).await
    }

    /// Who issued the caller's token or knew the account's password, who did so with theirs, and so on; none where nobody can follow it to its
    /// beginning.
    pub(crate) async fn issuers(&self, caller: &Caller) -> Result<Option<Vec<TokenId>>, OperationError> {
        let (mut issuers, mut waiting) = (Vec::new(), caller.issued_by.clone());
        while let Some(issuer) = waiting.pop() {
            if issuers.contains(&issuer) {
                continue;
            }
            if issuers.len() >= ISSUERS_MAX {
                return Ok(None);
            }
            issuers.push(issuer);
            match self.house.store.token(issuer).await? {
                Some(token) => waiting.extend(token.issued_by),
                None => {
                    let account = self.house.store.account_anywhere(AccountId(issuer.0)).await?;
                    waiting.extend(account.into_iter().flat_map(|account| account.issued_by));
                }
            }
        }
        Ok(Some(issuers))
    }
}

/// The kind of plugin that is tried in a kind of trial.
const fn kind_of(trial: TrialKind) -> PluginKind {
    match trial {
        TrialKind::Rubric => PluginKind::Rubric,
        TrialKind::Report => PluginKind::Report,
    }
}

/// Why a round does not go on with a release, as the caller is told.
pub(crate) const fn not_swapped(why: NotSwapped) -> OperationError {
    let code = match why {
        NotSwapped::Closed | NotSwapped::PinsFixed => "round-keeps-releases",
        NotSwapped::NotInForce => "activation-overtaken",
        NotSwapped::InForceAlready => "release-in-force",
    };
    OperationError::NotPossible { code }
}

async fn activation_of(scope: &Scope, round: &RoundCode, id: ActivationId) -> Result<Activation, OperationError> {
    let known = scope.activation(id).await?.filter(|activation| activation.proposal.round == *round);
    known.ok_or(OperationError::Missing("activation"))
}

/// The trial that a proposal names, where it is one of that release on that round.
async fn trial_named(
    scope: &Scope,
    round: &RoundCode,
    new: &NewProposal,
    problems: &mut Problems,
) -> Result<Option<Trial>, OperationError> {
    let Some(trial) = scope.trial(new.trial).await?.filter(|trial| trial.round == *round) else {
        problems.add("/trial", "unknown-trial", &[]);
        return Ok(None);
    };
    if trial.candidate != new.release {
        problems.add("/trial", "trial-of-another-release", &[]);
        return Ok(None);
    }
    Ok(Some(trial))
}

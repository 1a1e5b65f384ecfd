//! The plugins of a round: what is in force, what would come of another, and who decides that.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use documents::words;
use domain::access::Operation;
use domain::activation::{ActivationState, Pin, PinnedBy};
use domain::digest::Digest;
use domain::release::{PluginKind, Release};
use domain::trial::{Trial, TrialKind};
use operations::{ActivationView, NewDecision, NewProposal, NewRollback, NewTrial, OperationError, Verdict};
use serde::Deserialize;

use crate::address::{Address, InRound};
use crate::console::frame::{self, Frame, go_to};
use crate::console::reader::Reader;
use crate::console::refused::Refused;
use crate::console::release::name;
use crate::house::House;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "console/round_releases.html")]
struct RoundReleases {
    frame: Frame,
    at: InRound,
    address: String,
    round: String,
    pins: Vec<Pin>,
    trials: Vec<Trial>,
    activations: Vec<ActivationView>,
    /// What can be tried: rubrics and reports that are not in force in the round.
    candidates: Vec<(String, String)>,
    names: BTreeMap<Digest, String>,
    may_try: bool,
    may_propose: bool,
    may_decide: bool,
    may_roll_back: bool,
    refused: Option<String>,
}

/// The plugins of the round.
pub(crate) async fn page(
    State(house): State<House>,
    Address(at): Address<InRound>,
    reader: Reader,
) -> Result<Response, Problem> {
    drawn(&house, &reader, at, StatusCode::OK, None).await
}

async fn drawn(
    house: &House,
    reader: &Reader,
    at: InRound,
    status: StatusCode,
    refused: Option<String>,
) -> Result<Response, Problem> {
    let (office, caller, federation) = (&house.office, &reader.caller, &at.federation);
    let round = office.round(caller, federation, &at.round).await?.round;
    let releases = office.releases(caller, federation).await?;
    let mut pins = office.pins(caller, federation, &at.round).await?;
    pins.reverse();
    let frame = reader.frame();
    let takes_swaps = round.takes_swaps().is_ok();
    let can_be_tried = |release: &&Release| {
        let of = &release.descriptions;
        (of.rubric.is_some() || of.report.is_some()) && !pins.iter().any(|pin| is_in_force(pin, release.digest))
    };
    let page = RoundReleases {
        address: at.page(),
        candidates: releases
            .iter()
            .filter(can_be_tried)
            .map(|release| (release.digest.to_string(), name(release, &frame)))
            .collect(),
        names: releases.iter().map(|release| (release.digest, name(release, &frame))).collect(),
        trials: office.trials(caller, federation, &at.round).await?,
        activations: office.activations(caller, federation, &at.round).await?,
        may_try: reader.may(Operation::TryRelease),
        may_propose: reader.may(Operation::ProposeActivation) && takes_swaps,
        may_decide: reader.may(Operation::DecideActivation),
        may_roll_back: reader.may(Operation::RollBack) && takes_swaps && pins.iter().any(|pin| pin.replaces.is_some()),
        round: round.title,
        pins,
        refused,
        frame,
        at,
    };
    frame::page(status, &page)
}

fn is_in_force(pin: &Pin, release: Digest) -> bool {
    pin.until.is_none() && pin.release == release
}

/// An act upon a release, a trial or a proposal, with its reason.
#[derive(Deserialize)]
pub(crate) struct Act {
    act: String,
    #[serde(default)]
    release: String,
    #[serde(default)]
    trial: String,
    #[serde(default)]
    activation: String,
    #[serde(default)]
    reason: String,
}

/// What became of an act.
enum Done {
    /// Long work began.
    Began(String),
    /// It is done.
    Now,
}

/// Tries a release, proposes one, decides upon a proposal, or goes back.
pub(crate) async fn act(
    State(house): State<House>,
    Address(at): Address<InRound>,
    reader: Reader,
    Form(act): Form<Act>,
) -> Result<Response, Problem> {
    match done(&house, &reader, &at, act).await {
        Ok(Done::Began(job)) => Ok(go_to(&format!("/federations/{}/jobs/{job}", at.federation))),
        Ok(Done::Now) => Ok(go_to(&format!("{}/releases", at.page()))),
        Err(error) => {
            let Refused { status, said } = Refused::of(error, &reader)?;
            drawn(&house, &reader, at, status, Some(said)).await
        }
    }
}

async fn done(house: &House, reader: &Reader, at: &InRound, act: Act) -> Result<Done, OperationError> {
    let (office, caller, InRound { federation, round }) = (&house.office, &reader.caller, at);
    let release = || act.release.parse::<Digest>().map_err(|_| OperationError::Missing("release"));
    let decides = |decision: Verdict| {
        let new = NewDecision { decision, reason: act.reason.clone() };
        let activation = act.activation.parse().map_err(|_| OperationError::Missing("activation"));
        async move { office.decide_activation(caller, federation, round, activation?, new).await }
    };
    match act.act.as_str() {
        "try" => {
            let job =
                office.ask_try(caller, federation, round, NewTrial { release: release()?, replaces: None }).await?;
            return Ok(Done::Began(job.id.to_string()));
        }
        "propose" => {
            let trial = act.trial.parse().map_err(|_| OperationError::Missing("trial"))?;
            let new = NewProposal { release: release()?, trial, reason: act.reason };
            office.propose_activation(caller, federation, round, new).await?;
        }
        "approve" => drop(decides(Verdict::Approve).await?),
        "reject" => drop(decides(Verdict::Reject).await?),
        "roll-back" => {
            let new = NewRollback { leaving: None, reason: act.reason };
            office.roll_back(caller, federation, round, new).await?;
        }
        _ => return Err(OperationError::Missing("act")),
    }
    Ok(Done::Now)
}

impl RoundReleases {
    /// What a release is called; its digest where it is not listed any more.
    fn name(&self, release: &Digest) -> String {
        self.names.get(release).cloned().unwrap_or_else(|| release.short())
    }

    fn kind(&self, kind: &PluginKind) -> String {
        self.frame.word(&format!("plugin-kind-{}", kind.code()))
    }

    fn pinned_by(&self, by: &PinnedBy) -> String {
        self.frame.word(match by {
            PinnedBy::Opening => "pinned-by-opening",
            PinnedBy::Activation => "pinned-by-activation",
            PinnedBy::Rollback => "pinned-by-rollback",
        })
    }

    fn state(&self, state: &ActivationState) -> String {
        self.frame.word(match state {
            ActivationState::Proposed => "activation-proposed",
            ActivationState::Approved => "activation-approved",
            ActivationState::Rejected => "activation-rejected",
            ActivationState::Overtaken => "activation-overtaken",
        })
    }

    fn waits(&self, activation: &ActivationView) -> bool {
        activation.state == ActivationState::Proposed
    }

    /// Whether the trial still stands beside what is in force, and nobody has proposed upon it.
    fn can_be_proposed(&self, trial: &Trial) -> bool {
        let is_beside = self.pins.iter().any(|pin| is_in_force(pin, trial.baseline));
        let is_proposed = |activation: &ActivationView| activation.proposal.trial == trial.id && self.waits(activation);
        self.may_propose && is_beside && !self.activations.iter().any(is_proposed)
    }

    /// Where the trial is read, in one of its formats.
    fn trial_page(&self, trial: &Trial, format: &str) -> String {
        let InRound { federation, round } = &self.at;
        format!("/api/v1/federations/{federation}/rounds/{round}/trials/{}?format={format}", trial.id)
    }

    /// What would change, in a sentence.
    fn headline(&self, trial: &Trial) -> String {
        let [members, changed, regraded, failed] =
            [trial.members, trial.changed, trial.regraded, trial.not_scored].map(|figure| figure.to_string());
        match trial.kind {
            TrialKind::Rubric => words::say(
                self.frame.language,
                "console-trial-rubric",
                &[("members", &members), ("changed", &changed), ("regraded", &regraded), ("failed", &failed)],
            ),
            TrialKind::Report => self.frame.say_both("console-trial-report", "members", members, "changed", changed),
        }
    }
}

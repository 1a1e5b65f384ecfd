//! The plugins of a federation: what is there, what came with it, how it fares, and another one.

use askama::Template;
use axum::extract::{DefaultBodyLimit, Multipart, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Form, Router};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use documents::Format;
use domain::access::Operation;
use domain::ids::FederationCode;
use domain::limits::{BODY_BYTES_MAX, COMPONENT_BYTES_MAX};
use domain::quarantine::Quarantine;
use domain::release::{PluginKind, Release};
use domain::round::Round;
use domain::text::Text;
use domain::withdrawal::Withdrawal;
use operations::{FunctionFigures, NewLifting, NewWithdrawal, OperationError, ReleaseHealth};
use serde::Deserialize;

use super::paging::Pages;
use crate::address::{Address, InFederation, OfRelease};
use crate::console::frame::{self, Frame, go_to};
use crate::console::reader::Reader;
use crate::console::refused::Refused;
use crate::console::upload::Upload;
use crate::house::House;
use crate::kind::Kind;
use crate::problem::Problem;

/// The routes of the plugins. A component is larger than anything else that a page sends.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/federations/{federation}/releases", get(list).post(upload))
        .layer(DefaultBodyLimit::max(COMPONENT_BYTES_MAX + BODY_BYTES_MAX))
        .route("/federations/{federation}/releases/{release}", get(page).post(act))
}

/// What a release is, in words: of which kind, its name and its version.
pub(super) struct Named {
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) version: String,
}

/// The names of a release, one for every kind that it is.
pub(super) fn names(release: &Release, frame: &Frame) -> Vec<Named> {
    let named = |kind: PluginKind, title: &Text, version: &str| Named {
        kind: frame.word(&format!("plugin-kind-{}", kind.code())),
        title: frame.text(title).to_owned(),
        version: version.to_owned(),
    };
    let of = &release.descriptions;
    let rubric = of.rubric.as_ref().map(|is| named(PluginKind::Rubric, &is.title, &is.version));
    let report = of.report.as_ref().map(|is| named(PluginKind::Report, &is.title, &is.version));
    let reader = of.reader.as_ref().map(|is| named(PluginKind::Reader, &is.title, &is.version));
    [rubric, report, reader].into_iter().flatten().collect()
}

/// The name by which a release is told from others in a line.
pub(super) fn name(release: &Release, frame: &Frame) -> String {
    let names = names(release, frame).into_iter().map(|named| format!("{} {}", named.title, named.version));
    format!("{} ({})", names.collect::<Vec<_>>().join(" / "), release.digest.short())
}

#[derive(Template)]
#[template(path = "console/releases.html")]
struct Releases {
    frame: Frame,
    federation: FederationCode,
    releases: Vec<Release>,
    rounds: Vec<Round>,
    pages: Pages,
    may_admit: bool,
    refused: Option<String>,
}

/// Which of them are shown.
#[derive(Default, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    page: usize,
}

/// Every release, the newest first.
async fn list(
    State(house): State<House>,
    Address(at): Address<InFederation>,
    Query(which): Query<Which>,
    reader: Reader,
) -> Result<Response, Problem> {
    listed(&house, &reader, at, which, StatusCode::OK, None).await
}

async fn listed(
    house: &House,
    reader: &Reader,
    InFederation { federation }: InFederation,
    Which { page }: Which,
    status: StatusCode,
    refused: Option<String>,
) -> Result<Response, Problem> {
    let releases = house.office.releases(&reader.caller, &federation).await?;
    let rounds = house.office.rounds(&reader.caller, &federation).await?;
    let pages = Pages::of(releases.len(), page);
    let page = Releases {
        frame: reader.frame(),
        releases: pages.cut(releases),
        rounds,
        pages,
        may_admit: reader.may(Operation::AdmitRelease),
        refused,
        federation,
    };
    frame::page(status, &page)
}

/// Takes in another plugin, with its signature where there is one.
async fn upload(
    State(house): State<House>,
    Address(at): Address<InFederation>,
    reader: Reader,
    form: Multipart,
) -> Result<Response, Problem> {
    let form = Upload::of(form).await?;
    let (component, signature) = (form.file("component"), form.file("signature"));
    if component.len() > house.settings.component_bytes_max {
        return Err(Problem::of(Kind::BodyTooLarge));
    }
    let signature = (!signature.is_empty()).then(|| BASE64_STANDARD.encode(&signature));
    let admitted =
        house.office.admit_signed_release(&reader.caller, &at.federation, component, signature.as_deref()).await;
    match admitted {
        Ok(release) => Ok(go_to(&format!("{}/releases/{}", at.page(), release.digest))),
        Err(error) => {
            let Refused { status, said } = Refused::of(error, &reader)?;
            listed(&house, &reader, at, Which::default(), status, Some(said)).await
        }
    }
}

impl Releases {
    fn names(&self, release: &Release) -> Vec<Named> {
        names(release, &self.frame)
    }

    /// The rounds in which it is in force.
    fn in_force<'a>(&'a self, release: &Release) -> Vec<&'a Round> {
        self.rounds.iter().filter(|round| has(round, release)).collect()
    }

    fn page_at(&self, page: &usize) -> String {
        format!("/federations/{}/releases?page={page}", self.federation)
    }
}

fn has(round: &Round, release: &Release) -> bool {
    round.rubric == release.digest || round.reports.contains(&release.digest)
}

#[derive(Template)]
#[template(path = "console/release.html")]
struct ReleasePage {
    frame: Frame,
    at: OfRelease,
    release: Release,
    names: Vec<Named>,
    /// What it says it is.
    summaries: Vec<Text>,
    rounds: Vec<Round>,
    /// What it can be compared with: releases that are something of the same kind.
    others: Vec<(String, String)>,
    formats: Vec<Format>,
    withdrawal: Option<Withdrawal>,
    health: Option<ReleaseHealth>,
    quarantines: Vec<Quarantine>,
    may_withdraw: bool,
    may_lift: bool,
    refused: Option<String>,
}

/// One release with everything that is known of it.
async fn page(
    State(house): State<House>,
    Address(at): Address<OfRelease>,
    reader: Reader,
) -> Result<Response, Problem> {
    drawn(&house, &reader, at, StatusCode::OK, None).await
}

async fn drawn(
    house: &House,
    reader: &Reader,
    at: OfRelease,
    status: StatusCode,
    refused: Option<String>,
) -> Result<Response, Problem> {
    let (office, caller, federation) = (&house.office, &reader.caller, &at.federation);
    let release = office.release(caller, federation, at.release).await?;
    let mut others = office.releases(caller, federation).await?;
    let kinds = release.descriptions.kinds();
    let is_like = |other: &PluginKind| kinds.contains(other);
    others.retain(|other| other.digest != release.digest && other.descriptions.kinds().iter().any(is_like));
    let mut rounds = office.rounds(caller, federation).await?;
    rounds.retain(|round| has(round, &release));
    let withdrawal = match office.withdrawal(caller, federation, at.release).await {
        Ok(withdrawal) => Some(withdrawal),
        Err(OperationError::Missing(_)) => None,
        Err(other) => return Err(other.into()),
    };
    let (health, quarantines) = match reader.may(Operation::WatchRelease) {
        true => (
            Some(office.release_health(caller, federation, at.release).await?),
            office.quarantines(caller, federation, at.release).await?,
        ),
        false => (None, Vec::new()),
    };
    let frame = reader.frame();
    let of = &release.descriptions;
    let summaries = [
        of.rubric.as_ref().map(|is| is.summary.clone()),
        of.report.as_ref().map(|is| is.summary.clone()),
        of.reader.as_ref().map(|is| is.summary.clone()),
    ];
    let page = ReleasePage {
        names: names(&release, &frame),
        summaries: summaries.into_iter().flatten().collect(),
        others: others.iter().map(|other| (other.digest.to_string(), name(other, &frame))).collect(),
        formats: Format::built().collect(),
        may_withdraw: reader.may(Operation::WithdrawRelease) && withdrawal.is_none() && rounds.is_empty(),
        may_lift: reader.may(Operation::Quarantine),
        rounds,
        withdrawal,
        health,
        quarantines,
        refused,
        release,
        frame,
        at,
    };
    frame::page(status, &page)
}

/// An act with its reason.
#[derive(Deserialize)]
pub(crate) struct Act {
    act: String,
    #[serde(default)]
    reason: String,
}

/// Withdraws the release, or lets it out of quarantine.
async fn act(
    State(house): State<House>,
    Address(at): Address<OfRelease>,
    reader: Reader,
    Form(Act { act, reason }): Form<Act>,
) -> Result<Response, Problem> {
    let (office, caller, federation) = (&house.office, &reader.caller, &at.federation);
    let done = match act.as_str() {
        "withdraw" => {
            office.withdraw_release(caller, federation, at.release, NewWithdrawal { reason }).await.map(|_| ())
        }
        "lift" => office.lift_quarantine(caller, federation, at.release, NewLifting { reason }).await.map(|_| ()),
        _ => Err(OperationError::Missing("act")),
    };
    match done {
        Ok(()) => Ok(go_to(&format!("/federations/{federation}/releases/{}", at.release))),
        Err(error) => {
            let Refused { status, said } = Refused::of(error, &reader)?;
            drawn(&house, &reader, at, status, Some(said)).await
        }
    }
}

impl ReleasePage {
    /// Below this the programs' interface has what there is to read of it.
    fn interface(&self) -> String {
        format!("/api/v1/federations/{}/releases/{}", self.at.federation, self.at.release)
    }

    fn is_quarantined(&self) -> bool {
        self.quarantines.last().is_some_and(|newest| newest.lifted.is_none())
    }

    fn calls(&self, figures: &FunctionFigures) -> u64 {
        figures.calls.outcomes.values().sum()
    }

    fn kilobytes(&self) -> u64 {
        self.release.component_bytes.div_ceil(1024)
    }

    fn doubt(&self) -> Option<String> {
        let doubt = self.release.signature_doubt?;
        Some(self.frame.word(&format!("error-{}", doubt.code())))
    }
}

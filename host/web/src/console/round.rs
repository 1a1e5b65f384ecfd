//! A round as its federation sees it: how far everybody is, and what can be done now.

pub(crate) mod releases;
pub(crate) mod results;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Operation;
use domain::expectation::Expectation;
use domain::round::{Round, RoundAct};
use domain::submission::Standing;
use operations::{OperationError, ProgressRow, ProgressWall};
use serde::Deserialize;

use super::paging::Pages;
use crate::address::{Address, InRound};
use crate::console::frame::{self, Frame, escaped, go_to};
use crate::console::reader::Reader;
use crate::console::refused::Refused;
use crate::house::House;
use crate::problem::Problem;

/// Which members are shown.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Which {
    /// How far they are.
    #[serde(default)]
    state: String,
    /// A part of their name or code.
    #[serde(default)]
    named: String,
    #[serde(default)]
    page: usize,
}

#[derive(Template)]
#[template(path = "console/round.html")]
struct RoundPage {
    frame: Frame,
    at: InRound,
    address: String,
    round: Round,
    due: String,
    rubric: String,
    wall: ProgressWall,
    late: usize,
    rows: Vec<ProgressRow>,
    pages: Pages,
    which: Which,
    /// What its steerer can do now.
    acts: Vec<RoundAct>,
    may_settle: bool,
    may_see_results: bool,
    may_review: bool,
    may_see_trials: bool,
    refused: Option<String>,
}

/// How far a member is, by the word that filters are made of.
const STATES: [&str; 7] = ["handed-in", "held-back", "sent-back", "missing", "late", "exempt", "merged"];

fn is_in(state: &str, row: &ProgressRow) -> bool {
    let newest = row.handed_in.as_ref();
    let is_expected = row.expectation == Expectation::Expected;
    match state {
        "handed-in" => !row.sent_back && newest.is_some_and(|newest| newest.standing == Standing::Accepted),
        "held-back" => !row.sent_back && newest.is_some_and(|newest| newest.standing == Standing::Blocked),
        "sent-back" => row.sent_back,
        "missing" => is_expected && newest.is_none(),
        "late" => newest.is_some_and(|newest| newest.hours_late > 0),
        "exempt" => matches!(row.expectation, Expectation::Exempt(_)),
        "merged" => matches!(row.expectation, Expectation::Merged(_)),
        _ => true,
    }
}

/// The round's page.
pub(crate) async fn page(
    State(house): State<House>,
    Address(at): Address<InRound>,
    Query(which): Query<Which>,
    reader: Reader,
) -> Result<Response, Problem> {
    drawn(&house, &reader, at, which, StatusCode::OK, None).await
}

async fn drawn(
    house: &House,
    reader: &Reader,
    at: InRound,
    which: Which,
    status: StatusCode,
    refused: Option<String>,
) -> Result<Response, Problem> {
    let (office, caller) = (&house.office, &reader.caller);
    let view = office.round(caller, &at.federation, &at.round).await?;
    let mut wall = office.progress(caller, &at.federation, &at.round).await?;
    let late = wall.rows.iter().filter(|row| is_in("late", row)).count();
    let mut rows = std::mem::take(&mut wall.rows);
    let named = which.named.trim();
    rows.retain(|row| is_in(&which.state, row) && (row.name.contains(named) || row.unit.as_str().contains(named)));
    let pages = Pages::of(rows.len(), which.page);
    let rows = pages.cut(rows);
    let frame = reader.frame();
    let description = &view.description;
    let acts = match reader.may(Operation::SteerRound) {
        true => view.round.possible_acts().into_iter().filter(|act| act.steering_verb().is_some()).collect(),
        false => Vec::new(),
    };
    let page = RoundPage {
        address: at.page(),
        due: frame.time(&view.round.due_at),
        rubric: format!("{} {}", frame.text(&description.title), description.version),
        may_settle: reader.may(Operation::Settle) && view.round.allows(RoundAct::Settle).is_ok(),
        may_see_results: reader.may(Operation::ReadRollUp),
        may_see_trials: reader.may(Operation::ReadTrial),
        may_review: view.round.policy.review && reader.may(Operation::ReadReviews),
        round: view.round,
        wall,
        late,
        rows,
        pages,
        which,
        acts,
        refused,
        frame,
        at,
    };
    frame::page(status, &page)
}

/// An act with its reason.
#[derive(Deserialize)]
pub(crate) struct Steering {
    act: String,
    #[serde(default)]
    reason: String,
}

/// Takes the round a step on, or has it settled or rolled up.
pub(crate) async fn steer(
    State(house): State<House>,
    Address(at): Address<InRound>,
    reader: Reader,
    Form(Steering { act, reason }): Form<Steering>,
) -> Result<Response, Problem> {
    let (office, caller, federation, round) = (&house.office, &reader.caller, &at.federation, &at.round);
    let done = match act.as_str() {
        "settle" => office.ask_settle(caller, federation, round).await.map(|job| Some(job.id)),
        "roll-up" => office.ask_roll_up(caller, federation, round).await.map(|job| Some(job.id)),
        code => match RoundAct::ALL.into_iter().find(|act| act.code() == code) {
            Some(act) => office.act_on_round(caller, federation, round, act, &reason).await.map(|_| None),
            None => Err(OperationError::Missing("act")),
        },
    };
    match done {
        Ok(Some(job)) => Ok(go_to(&format!("/federations/{federation}/jobs/{job}"))),
        Ok(None) => Ok(go_to(&at.page())),
        Err(error) => {
            let Refused { status, said } = Refused::of(error, &reader)?;
            drawn(&house, &reader, at, Which::default(), status, Some(said)).await
        }
    }
}

impl RoundPage {
    fn round_state(&self) -> String {
        self.frame.word(&format!("round-state-{}", self.round.state.code()))
    }

    fn states(&self) -> [&'static str; 7] {
        STATES
    }

    fn state_name(&self, state: &str) -> String {
        self.frame.word(&format!("console-progress-{state}"))
    }

    /// How far a member is, with how that is coloured.
    fn stage(&self, row: &ProgressRow) -> (&'static str, &'static str) {
        let first = ["sent-back", "handed-in", "held-back", "missing", "exempt", "merged"];
        let state = first.into_iter().find(|state| is_in(state, row)).unwrap_or("missing");
        let colour = match state {
            "handed-in" => "good",
            "held-back" | "sent-back" => "bad",
            "missing" => "warn",
            _ => "quiet",
        };
        (state, colour)
    }

    fn act_name(&self, act: &RoundAct) -> String {
        self.frame.word(&format!("round-act-{}", act.code()))
    }

    fn page_at(&self, page: &usize) -> String {
        format!(
            "{}?state={}&named={}&page={page}",
            self.address,
            escaped(&self.which.state),
            escaped(&self.which.named)
        )
    }
}

//! The first page: what lies on the reader's desk, and the rounds of the federation.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Operation;
use domain::expectation::Expectation;
use domain::ids::FederationCode;
use domain::round::Round;
use operations::{DeskRound, DeskStage, DeskTask};

use crate::console::frame::{self, Frame, go_to};
use crate::console::reader::Reader;
use crate::house::House;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "console/home.html")]
struct Home {
    frame: Frame,
    federation: FederationCode,
    desk: Vec<DeskRound>,
    /// Every round, for those who steer or watch them.
    rounds: Option<Vec<Round>>,
}

/// Whoever comes in goes to their own federation.
pub(crate) async fn front_door(reader: Reader) -> Response {
    go_to(&format!("/federations/{}", reader.session.account.federation))
}

/// What there is to do.
pub(crate) async fn page(
    State(house): State<House>,
    Path(federation): Path<FederationCode>,
    reader: Reader,
) -> Result<Response, Problem> {
    let desk = house.office.desk(&reader.caller, &federation).await?;
    let rounds = match reader.may(Operation::ReadProgress) {
        true => {
            let mut rounds = house.office.rounds(&reader.caller, &federation).await?;
            rounds.sort_by(|one, other| other.due_at.cmp(&one.due_at).then_with(|| one.code.cmp(&other.code)));
            Some(rounds)
        }
        false => None,
    };
    frame::page(StatusCode::OK, &Home { frame: reader.frame(), federation, desk, rounds })
}

impl Home {
    fn stage_key(&self, task: &DeskTask) -> &'static str {
        match task.stage {
            DeskStage::Untouched => "console-stage-untouched",
            DeskStage::Drafted => "console-stage-drafted",
            DeskStage::Presented => "console-stage-presented",
            DeskStage::Blocked => "console-stage-blocked",
            DeskStage::SentBack => "console-stage-sent-back",
            DeskStage::HandedIn => "console-stage-handed-in",
            DeskStage::NotExpected => "console-stage-not-expected",
        }
    }

    /// How the stage is coloured; the words say the same.
    fn stage_class(&self, task: &DeskTask) -> &'static str {
        match task.stage {
            DeskStage::Untouched | DeskStage::Drafted | DeskStage::Presented => "open",
            DeskStage::Blocked | DeskStage::SentBack => "bad",
            DeskStage::HandedIn => "good",
            DeskStage::NotExpected => "quiet",
        }
    }

    /// Why nothing is expected, where that is so.
    fn reason(&self, task: &DeskTask) -> String {
        match &task.expectation {
            Expectation::Expected => String::new(),
            Expectation::Exempt(reason) => self.frame.say("console-exempt", "reason", reason),
            Expectation::Merged(Some(successor)) => self.frame.say("console-merged-into", "unit", successor),
            Expectation::Merged(None) => self.frame.word("console-merged"),
        }
    }

    fn state_key(&self, round: &Round) -> String {
        format!("round-state-{}", round.state.code())
    }
}

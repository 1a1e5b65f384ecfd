//! The reviewer's work: the queue of a round, and one submission after the other.

pub(crate) mod submission;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use operations::{ReviewRow, ReviewStage};
use serde::Deserialize;

use super::paging::Pages;
use crate::address::{Address, InRound};
use crate::console::frame::{self, Frame, escaped};
use crate::console::reader::Reader;
use crate::house::House;
use crate::problem::Problem;

/// Which submissions are shown.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    stage: String,
    #[serde(default)]
    named: String,
    #[serde(default)]
    page: usize,
}

#[derive(Template)]
#[template(path = "console/review.html")]
struct Queue {
    frame: Frame,
    at: InRound,
    address: String,
    round: String,
    /// How many there are of each stage.
    counts: Vec<(&'static str, usize)>,
    rows: Vec<ReviewRow>,
    pages: Pages,
    which: Which,
}

/// Every stage, whose turn it is to act first.
const STAGES: [ReviewStage; 5] =
    [ReviewStage::ToReview, ReviewStage::Returned, ReviewStage::HeldBack, ReviewStage::Missing, ReviewStage::Accepted];

const fn word_of(stage: ReviewStage) -> &'static str {
    match stage {
        ReviewStage::ToReview => "to-review",
        ReviewStage::Returned => "returned",
        ReviewStage::HeldBack => "held-back",
        ReviewStage::Missing => "missing",
        ReviewStage::Accepted => "accepted",
    }
}

/// The queue: what waits for reviewers first, unless another stage is asked for.
pub(crate) async fn queue(
    State(house): State<House>,
    Address(at): Address<InRound>,
    Query(which): Query<Which>,
    reader: Reader,
) -> Result<Response, Problem> {
    let (office, caller) = (&house.office, &reader.caller);
    let view = office.round(caller, &at.federation, &at.round).await?;
    let mut rows = office.review_board(caller, &at.federation, &at.round).await?;
    let count = |stage: ReviewStage| (word_of(stage), rows.iter().filter(|row| row.stage == stage).count());
    let counts = STAGES.into_iter().map(count).collect();
    let named = which.named.trim();
    rows.retain(|row| {
        let is_asked = which.stage.is_empty() || word_of(row.stage) == which.stage;
        is_asked && (row.name.contains(named) || row.unit.as_str().contains(named))
    });
    rows.sort_by_key(|row| STAGES.iter().position(|stage| *stage == row.stage));
    let pages = Pages::of(rows.len(), which.page);
    let page = Queue {
        address: at.page(),
        round: view.round.title,
        counts,
        rows: pages.cut(rows),
        pages,
        which,
        frame: reader.frame(),
        at,
    };
    frame::page(StatusCode::OK, &page)
}

impl Queue {
    fn stage_name(&self, stage: &str) -> String {
        self.frame.word(&format!("console-review-{stage}"))
    }

    fn stage(&self, row: &ReviewRow) -> (&'static str, &'static str) {
        let colour = match row.stage {
            ReviewStage::ToReview => "open",
            ReviewStage::Returned | ReviewStage::HeldBack => "bad",
            ReviewStage::Missing => "warn",
            ReviewStage::Accepted => "good",
        };
        (word_of(row.stage), colour)
    }

    fn page_at(&self, page: &usize) -> String {
        let (stage, named) = (escaped(&self.which.stage), escaped(&self.which.named));
        format!("{}/review?stage={stage}&named={named}&page={page}", self.address)
    }
}

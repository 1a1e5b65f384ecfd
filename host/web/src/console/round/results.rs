//! What came of a round: grades, ranking, reports.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use documents::Format;
use operations::{OperationError, RankedMember, RollUpView};
use serde::Deserialize;

use crate::address::{Address, InRound};
use crate::console::frame::{self, Frame, escaped};
use crate::console::paging::Pages;
use crate::console::reader::Reader;
use crate::house::House;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "console/results.html")]
struct Results {
    frame: Frame,
    at: InRound,
    address: String,
    round: String,
    full_marks: String,
    settled_at: String,
    /// How many have each grade, in the order of the rubric: its identifier, its name, how many.
    grades: Vec<(String, String, usize)>,
    ranked: usize,
    rows: Vec<(String, RankedMember)>,
    pages: Pages,
    rolled_up: Option<RollUpView>,
    formats: Vec<Format>,
    grade: String,
}

/// Nothing is settled yet: the page says what comes first.
#[derive(Template)]
#[template(path = "console/not_settled.html")]
struct NotSettled {
    frame: Frame,
    at: InRound,
    address: String,
    round: String,
}

/// Which of the ranked are shown.
#[derive(Deserialize)]
pub(crate) struct Ranked {
    /// Those of a grade only, by its identifier.
    #[serde(default)]
    grade: String,
    #[serde(default)]
    page: usize,
}

/// What came of the round: grades, ranking, reports.
pub(crate) async fn page(
    State(house): State<House>,
    Address(at): Address<InRound>,
    Query(Ranked { grade, page }): Query<Ranked>,
    reader: Reader,
) -> Result<Response, Problem> {
    let (office, caller) = (&house.office, &reader.caller);
    let view = office.round(caller, &at.federation, &at.round).await?;
    let ranking = match office.settlement(caller, &at.federation, &at.round).await {
        Ok(ranking) => ranking,
        Err(OperationError::NotPossible { code: "not-settled" }) => {
            let page = NotSettled { frame: reader.frame(), address: at.page(), round: view.round.title, at };
            return frame::page(StatusCode::OK, &page);
        }
        Err(other) => return Err(other.into()),
    };
    let rolled_up = match office.roll_up(caller, &at.federation, &at.round).await {
        Ok(rolled_up) => Some(rolled_up),
        Err(OperationError::NotPossible { .. }) => None,
        Err(other) => return Err(other.into()),
    };
    let frame = reader.frame();
    let order = view.description.grades.iter().map(|known| known.id.clone());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut rows = Vec::new();
    for cohort in ranking.cohorts {
        for member in cohort.members {
            *counts.entry(member.grade.clone()).or_default() += 1;
            names.insert(member.grade.clone(), frame.text(&member.grade_label).to_owned());
            rows.push((cohort.name.clone(), member));
        }
    }
    let ranked = rows.len();
    let grades = order.filter_map(|id| Some((id.clone(), names.get(&id)?.clone(), *counts.get(&id)?))).collect();
    rows.retain(|(_, member)| grade.is_empty() || member.grade == grade);
    let pages = Pages::of(rows.len(), page);
    let page = Results {
        address: at.page(),
        round: view.round.title,
        full_marks: ranking.full_marks.to_string(),
        settled_at: frame.time(&ranking.at),
        grades,
        ranked,
        rows: pages.cut(rows),
        pages,
        rolled_up,
        formats: Format::built().collect(),
        grade,
        frame,
        at,
    };
    frame::page(StatusCode::OK, &page)
}

impl Results {
    /// The share of a grade, for a bar that is 100 wide.
    fn share(&self, count: &usize) -> usize {
        (count * 100).checked_div(self.ranked).unwrap_or_default()
    }

    fn of_grade(&self, grade: &str) -> String {
        format!("{}/results?grade={}", self.address, escaped(grade))
    }

    fn page_at(&self, page: &usize) -> String {
        format!("{}/results?grade={}&page={page}", self.address, escaped(&self.grade))
    }

    fn report(&self, report: &domain::digest::Digest, format: &Format) -> String {
        let InRound { federation, round } = &self.at;
        format!("/api/v1/federations/{federation}/rounds/{round}/reports/{report}?format={}", format.extension())
    }
}

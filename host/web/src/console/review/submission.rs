//! One submission under review: field by field beside last time, the three columns of points, and what the reviewer does with it.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::fields::pointer_part;
use domain::form_outline::FormOutline;
use domain::submission_return::{ReturnItem, ReturnReason};
use jiff::Timestamp;
use jiff::civil::Date;
use operations::{FindingsView, NewAcceptance, NewReturn, ReviewRow, ReviewStage, ReviewView};
use serde_json::Value;

use crate::address::{Address, OfUnit};
use crate::console::frame::{self, Frame, go_to};
use crate::console::place_name::place_name;
use crate::console::reader::Reader;
use crate::console::refused::Refused;
use crate::house::House;
use crate::problem::Problem;

/// The reasons for which something is sent back.
const REASONS: [ReturnReason; 6] = [
    ReturnReason::Missing,
    ReturnReason::Wrong,
    ReturnReason::Inconsistent,
    ReturnReason::Unclear,
    ReturnReason::EvidenceMissing,
    ReturnReason::Other,
];

#[derive(Template)]
#[template(path = "console/review_submission.html")]
struct Reviewed {
    frame: Frame,
    at: OfUnit,
    address: String,
    round: String,
    name: String,
    review: Option<ReviewView>,
    findings: Option<FindingsView>,
    groups: Vec<Group>,
    /// The next one that waits, where there is one.
    next: Option<String>,
    refused: Option<String>,
    outline: FormOutline,
}

/// Answers that lie together.
struct Group {
    label: String,
    values: Vec<Answered>,
}

/// A value with what it was last time.
struct Answered {
    at: String,
    label: String,
    value: String,
    earlier: Option<String>,
}

impl Answered {
    fn is_changed(&self) -> bool {
        self.earlier.as_ref().is_some_and(|earlier| *earlier != self.value)
    }
}

/// A submission as the reviewer looks at it.
pub(crate) async fn page(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
) -> Result<Response, Problem> {
    drawn(&house, &reader, at, StatusCode::OK, None).await
}

async fn drawn(
    house: &House,
    reader: &Reader,
    at: OfUnit,
    status: StatusCode,
    refused: Option<String>,
) -> Result<Response, Problem> {
    let (office, caller) = (&house.office, &reader.caller);
    let OfUnit { federation, round, unit } = &at;
    let view = office.round(caller, federation, round).await?;
    let board = office.review_board(caller, federation, round).await?;
    let history = office.unit_history(caller, federation, unit).await?;
    let newest = office.submission(caller, federation, round, unit, None).await?;
    let before = history.periods.iter().find(|known| known.round != *round && known.unit == *unit);
    let earlier = match before {
        Some(before) => office.submission(caller, federation, &before.round, unit, None).await.ok(),
        None => None,
    };
    let outline = FormOutline::of(&view.description.form);
    let page = Reviewed {
        address: at.page(),
        round: view.round.title,
        name: history.unit.name,
        review: office.review(caller, federation, round, unit).await.ok(),
        findings: office.findings(caller, federation, round, unit, None).await.ok(),
        groups: groups(&newest.answers, earlier.as_ref().map(|earlier| &earlier.answers), &outline, reader),
        next: next_in(&board, &at),
        refused,
        outline,
        frame: reader.frame(),
        at,
    };
    frame::page(status, &page)
}

/// The answers by what lies in which part of the form, in the order of the form where that is known.
fn groups(answers: &Value, earlier: Option<&Value>, outline: &FormOutline, reader: &Reader) -> Vec<Group> {
    let Some(members) = answers.as_object() else { return Vec::new() };
    let place = |name: &str| outline.fields.iter().position(|field| field.at == format!("/{name}"));
    let mut names: Vec<&String> = members.keys().collect();
    names.sort_by_key(|name| (place(name).unwrap_or(usize::MAX), (*name).clone()));
    let group = |name: &String| {
        let at = format!("/{}", pointer_part(name));
        let mut values = Vec::new();
        leaves(&members[name], &at, &mut |at, value| {
            let told = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            values.push(Answered {
                label: place_name(outline, at, reader.language),
                value: told(value),
                earlier: earlier.map(|earlier| earlier.pointer(at).map(told).unwrap_or_default()),
                at: at.to_owned(),
            });
        });
        Group { label: place_name(outline, &at, reader.language), values }
    };
    names.into_iter().map(group).collect()
}

/// Every single value below a place; an empty list or entry is one, too.
fn leaves(value: &Value, at: &str, found: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                leaves(member, &format!("{at}/{}", pointer_part(name)), found);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, &format!("{at}/{index}"), found);
            }
        }
        value => found(at, value),
    }
}

/// Accepts the submission, or sends the ticked fields back, and goes on to the next one that waits.
pub(crate) async fn act(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (office, caller) = (&house.office, &reader.caller);
    let OfUnit { federation, round, unit } = &at;
    let said = |name: &str| pairs.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.as_str());
    let revision = said("revision").parse().unwrap_or_default();
    let done = match said("act") {
        "accept" => {
            let new = NewAcceptance { revision, note: said("text").to_owned() };
            office.accept_submission(caller, federation, round, unit, new).await.map(|_| ())
        }
        _ => {
            let items = items_in(&pairs, said("reason"), said("text"));
            let due_at = until(said("due"), &reader);
            let new = NewReturn { revision, due_at, items };
            office.return_submission(caller, federation, round, unit, new, None).await.map(|_| ())
        }
    };
    match done {
        Ok(()) => {
            let board = office.review_board(caller, federation, round).await?;
            let queue = || format!("{}/review", at.page_of_round());
            Ok(go_to(&next_in(&board, &at).unwrap_or_else(queue)))
        }
        Err(error) => {
            let Refused { status, said } = Refused::of(error, &reader)?;
            drawn(&house, &reader, at, status, Some(said)).await
        }
    }
}

/// The ticked fields with the reason; the whole submission where none is ticked.
fn items_in(pairs: &[(String, String)], reason: &str, text: &str) -> Vec<ReturnItem> {
    let reason = REASONS.into_iter().find(|known| known.code() == reason).unwrap_or(ReturnReason::Other);
    let ticked = pairs.iter().filter(|(name, _)| name == "field");
    let item = |at: &str| ReturnItem { at: at.to_owned(), reason, text: text.to_owned() };
    let items: Vec<ReturnItem> = ticked.map(|(_, at)| item(at)).collect();
    if items.is_empty() { vec![item("")] } else { items }
}

/// The end of a day where the house stands; a day that is none is over already, which the office says in words.
fn until(day: &str, reader: &Reader) -> Timestamp {
    let ends = day.parse::<Date>().ok().and_then(|day| day.at(23, 59, 59, 0).to_zoned(reader.frame().zone).ok());
    ends.map_or(Timestamp::UNIX_EPOCH, |ends| ends.timestamp())
}

/// The address of the next submission that waits for reviewers, in turn after this one.
fn next_in(board: &[ReviewRow], at: &OfUnit) -> Option<String> {
    let waits = |row: &&ReviewRow| row.stage == ReviewStage::ToReview && row.unit != at.unit;
    let next = board.iter().filter(waits).find(|row| row.unit > at.unit).or_else(|| board.iter().find(waits))?;
    Some(format!("{}/units/{}/review", at.page_of_round(), next.unit))
}

impl Reviewed {
    fn reasons(&self) -> [&'static str; 6] {
        REASONS.map(ReturnReason::code)
    }

    fn reason_name(&self, reason: &str) -> String {
        self.frame.word(&format!("console-return-{reason}"))
    }

    fn place(&self, at: &str) -> String {
        place_name(&self.outline, at, self.frame.language)
    }

    /// The address of the queue.
    fn queue(&self) -> String {
        format!("{}/review", self.at.page_of_round())
    }
}

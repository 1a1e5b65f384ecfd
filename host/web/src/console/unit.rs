//! Everything of a unit in a round at a glance: what it handed in, what was found, what it earned and why, what was sent back and said about it.

mod score;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use documents::Format;
use domain::access::{Operation, Target};
use domain::conversation::{Conversation, MessageKind, Side};
use domain::draft::DraftStepKind;
use domain::form_outline::FormOutline;
use domain::submission::Standing;
use domain::submission_return::SubmissionReturn;
use operations::{FindingsView, NewMessage, OperationError, OwnStanding, RevisionRow};
use serde::Deserialize;

use self::score::{ScoreRow, rows};
use crate::address::{Address, OfUnit};
use crate::console::frame::{self, Frame, go_to};
use crate::console::place_name::place_name;
use crate::console::reader::Reader;
use crate::house::House;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "console/unit.html")]
struct UnitPage {
    frame: Frame,
    at: OfUnit,
    address: String,
    round: String,
    name: String,
    due: String,
    outline: FormOutline,
    revisions: Vec<RevisionRow>,
    findings: Option<FindingsView>,
    score: Option<Score>,
    standing: Option<OwnStanding>,
    returns: Vec<SubmissionReturn>,
    conversations: Vec<Conversation>,
    formats: Vec<Format>,
    has_report: bool,
    may_write: bool,
    may_sign: bool,
    may_say: bool,
}

/// What the newest revision earned.
struct Score {
    total: String,
    full: String,
    grade: String,
    rows: Vec<ScoreRow>,
}

/// A unit's page; what is not there yet, or not to be seen yet, is left out.
pub(crate) async fn page(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
) -> Result<Response, Problem> {
    let (office, caller) = (&house.office, &reader.caller);
    let OfUnit { federation, round, unit } = &at;
    let view = office.round(caller, federation, round).await?;
    let history = office.unit_history(caller, federation, unit).await?;
    let revisions = office.revisions(caller, federation, round, unit).await?;
    let findings = seen(office.findings(caller, federation, round, unit, None).await)?;
    let scorecard = seen(office.scorecard(caller, federation, round, unit, None).await)?;
    let standing = seen(office.standing(caller, federation, round, unit).await)?;
    let returns = office.returns(caller, federation, round, unit).await?;
    let conversations = office.conversations(caller, federation, round, unit).await?;
    let frame = reader.frame();
    let outline = FormOutline::of(&view.description.form);
    let may = |operation| caller.may(operation, Target::Unit(federation, unit)).is_ok();
    let waits = match may(Operation::SignSubmission) {
        true => seen(office.draft(caller, federation, round, unit).await)?.and_then(|draft| draft.step),
        false => None,
    };
    let page = UnitPage {
        address: at.page(),
        due: frame.time(&returns.last().map_or(view.round.due_at, |newest| newest.due_at.max(view.round.due_at))),
        score: scorecard.map(|card| Score {
            total: card.total.to_string(),
            full: card.full_marks.to_string(),
            grade: card.grade.as_ref().map(|grade| frame.text(grade).to_owned()).unwrap_or_default(),
            rows: rows(&card, &outline, &frame),
        }),
        has_report: !view.round.reports.is_empty() && !revisions.is_empty(),
        round: view.round.title,
        name: history.unit.name,
        formats: Format::built().collect(),
        may_write: may(Operation::EditDraft),
        may_sign: waits.is_some_and(|step| step.kind == DraftStepKind::Presented),
        may_say: may(Operation::Converse) && !revisions.is_empty(),
        outline,
        revisions,
        findings,
        standing,
        returns,
        conversations,
        frame,
        at,
    };
    frame::page(StatusCode::OK, &page)
}

/// Something that may not be there yet, or not to be seen yet.
fn seen<T>(asked: Result<T, OperationError>) -> Result<Option<T>, Problem> {
    match asked {
        Ok(there) => Ok(Some(there)),
        Err(OperationError::Missing(_) | OperationError::NotPossible { .. }) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// Something to say about a field, or about the whole.
#[derive(Deserialize)]
pub(crate) struct Said {
    at: String,
    text: String,
}

/// Says it.
pub(crate) async fn say(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
    Form(Said { at: field, text }): Form<Said>,
) -> Result<Response, Problem> {
    let OfUnit { federation, round, unit } = &at;
    let new = NewMessage { at: field, text, closes: false };
    house.office.say(&reader.caller, federation, round, unit, new, None).await?;
    Ok(go_to(&format!("{}#conversations", at.page())))
}

impl UnitPage {
    fn place(&self, at: &str) -> String {
        match at {
            "" => self.frame.word("console-unit-whole"),
            at => place_name(&self.outline, at, self.frame.language),
        }
    }

    fn is_held_back(&self, row: &RevisionRow) -> bool {
        row.standing == Standing::Blocked
    }

    fn reason_key(&self, item: &domain::submission_return::ReturnItem) -> String {
        format!("console-return-{}", item.reason.code())
    }

    fn is_by_member(&self, message: &domain::conversation::Message) -> bool {
        message.side == Side::Member
    }

    fn closes(&self, message: &domain::conversation::Message) -> bool {
        message.kind == MessageKind::Closed
    }

    /// Where a report is had in a format.
    fn report(&self, format: &Format) -> String {
        let OfUnit { federation, round, unit } = &self.at;
        format!(
            "/api/v1/federations/{federation}/rounds/{round}/submissions/{unit}/report?format={}",
            format.extension()
        )
    }
}

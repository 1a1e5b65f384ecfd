//! The form of a round, filled in by a member: section by section, tried, signed where that is wanted, and handed in.

mod check;
mod fields;
mod save;
mod sheet;
mod sign;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use documents::fill_in::{SectionName, sections};
use documents::workbook::Layout;
use domain::access::{Operation, Target};
use domain::digest::Digest;
use domain::draft::DraftStepKind;
use domain::form_outline::FormOutline;
use domain::limits::BODY_BYTES_MAX;
use operations::{DraftRead, DraftView, OperationError, RoundView};
use serde_json::{Map, Value};

use crate::address::OfUnit;
use crate::console::reader::Reader;
use crate::house::House;

/// The routes of the form.
pub(crate) fn routes() -> Router<House> {
    const FORM: &str = "/federations/{federation}/rounds/{round}/units/{unit}/form";
    Router::new()
        .route(FORM, get(fields::page).post(save::save))
        .route(&format!("{FORM}/check"), get(check::page).post(check::explain))
        .route(&format!("{FORM}/submit"), post(check::submit))
        .route(&format!("{FORM}/present"), post(sign::present))
        .route(&format!("{FORM}/sign"), post(sign::sign))
        .route(&format!("{FORM}/send-back"), post(sign::send_back))
        .route(&format!("{FORM}/workbook"), get(sheet::template).post(sheet::hand_in))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// A unit's form with what is written in it so far.
pub(super) struct Writing {
    pub(super) at: OfUnit,
    pub(super) round: RoundView,
    /// What the unit is called.
    pub(super) name: String,
    pub(super) layout: Layout,
    /// The draft, where one is begun.
    pub(super) draft: Option<DraftView>,
    /// What a draft would begin with: what was handed in last.
    begins_with: Value,
}

impl Writing {
    /// What is there for a reader, as far as it is shown to them.
    pub(super) async fn of(house: &House, reader: &Reader, at: OfUnit) -> Result<Self, OperationError> {
        let (office, caller) = (&house.office, &reader.caller);
        let OfUnit { federation, round, unit } = &at;
        let draft = match office.draft(caller, federation, round, unit).await {
            Ok(draft) => Some(draft),
            Err(OperationError::Missing("draft")) => None,
            Err(other) => return Err(other),
        };
        let view = office.round(caller, federation, round).await?;
        let history = office.unit_history(caller, federation, unit).await?;
        let begins_with = match (&draft, office.submission(caller, federation, round, unit, None).await) {
            (None, Ok(newest)) => newest.answers,
            (Some(_), _) | (None, Err(OperationError::Missing(_))) => Value::Object(Map::new()),
            (None, Err(other)) => return Err(other),
        };
        let layout = Layout::of(&FormOutline::of(&view.description.form));
        Ok(Self { round: view, name: history.unit.name, layout, draft, begins_with, at })
    }

    /// The answers as they are written.
    pub(super) fn answers(&self) -> &Value {
        self.draft.as_ref().map_or(&self.begins_with, |draft| &draft.answers)
    }

    /// Which state of the draft is read with the page; empty where there is none.
    pub(super) fn state(&self) -> String {
        self.draft.as_ref().map(|draft| draft.state.to_string()).unwrap_or_default()
    }

    /// What somebody knows of the draft who saw that state.
    pub(super) fn read_of(state: &str) -> DraftRead {
        match state {
            "" => DraftRead::ThereIsNone,
            state => state.parse::<Digest>().map_or(DraftRead::Other, DraftRead::State),
        }
    }

    /// The sections of the form.
    pub(super) fn sections(&self) -> Vec<SectionName> {
        sections(&self.layout, self.answers())
    }

    /// The address of the form.
    pub(super) fn address(&self) -> String {
        format!("{}/form", self.at.page())
    }

    /// Whether somebody may do something to the unit.
    pub(super) fn may(&self, reader: &Reader, operation: Operation) -> bool {
        reader.caller.may(operation, Target::Unit(&self.at.federation, &self.at.unit)).is_ok()
    }

    /// Whether the draft waits for its signature.
    pub(super) fn is_presented(&self) -> bool {
        let step = self.draft.as_ref().and_then(|draft| draft.step.as_ref());
        step.is_some_and(|step| step.kind == DraftStepKind::Presented)
    }
}

//! The page of one section of the form.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use documents::fill_in::{Control, Field, Part, Section, SectionName, section};
use domain::access::Operation;
use domain::text::Language;
use serde::Deserialize;
use serde_json::Value;

use super::Writing;
use crate::address::{Address, OfUnit};
use crate::console::frame::{self, Frame};
use crate::console::reader::Reader;
use crate::house::House;
use crate::kind::Kind;
use crate::problem::Problem;

/// Which section is shown, and how.
#[derive(Deserialize)]
pub(crate) struct Shown {
    #[serde(default)]
    section: usize,
    /// A list that is to have one more empty item.
    more: Option<String>,
    /// Whether something was saved just now.
    saved: Option<String>,
}

/// What is said at a field: what was typed and is not kept, and why.
#[derive(Clone, Debug, Default)]
pub(super) struct Remark {
    /// What was typed.
    pub(super) text: String,
    /// What is wrong with it.
    pub(super) said: String,
}

#[derive(Template)]
#[template(path = "console/form/fields.html")]
struct Fields {
    frame: Frame,
    at: OfUnit,
    address: String,
    round: String,
    name: String,
    due: String,
    state: String,
    sections: Vec<SectionName>,
    index: usize,
    section: Section,
    /// By the places of the fields.
    remarks: BTreeMap<String, Remark>,
    is_saved: bool,
    may_edit: bool,
    is_presented: bool,
    /// Who wrote last, and when.
    written: Option<String>,
    /// Why it was sent back, where that is so.
    sent_back: Option<String>,
}

/// A section as it is written so far.
pub(crate) async fn page(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    Query(shown): Query<Shown>,
    reader: Reader,
) -> Result<Response, Problem> {
    let writing = Writing::of(&house, &reader, at).await?;
    let is_saved = shown.saved.is_some();
    drawn(&house, &reader, &writing, shown.section, shown.more.as_deref(), BTreeMap::new(), is_saved).await
}

/// The page of a section, with remarks at its fields.
pub(super) async fn drawn(
    house: &House,
    reader: &Reader,
    writing: &Writing,
    index: usize,
    more: Option<&str>,
    remarks: BTreeMap<String, Remark>,
    is_saved: bool,
) -> Result<Response, Problem> {
    let OfUnit { federation, round, unit } = &writing.at;
    let earlier = earlier_answers(house, reader, writing).await?;
    let (layout, answers, language) = (&writing.layout, writing.answers(), reader.language);
    let section = section(layout, index, answers, earlier.as_ref(), language, more);
    let section = section.ok_or_else(|| Problem::of(Kind::NoSuchAddress))?;
    let status = if remarks.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = reader.frame();
    let step = writing.draft.as_ref().and_then(|draft| draft.step.as_ref());
    let sent_back = step.filter(|_| !writing.is_presented()).map(|step| step.text.clone());
    let written = writing.draft.as_ref().map(|draft| {
        let (by, at) = (draft.by.label.as_str(), frame.time(&draft.at));
        documents::words::say(language, "console-form-written", &[("by", by), ("at", &at)])
    });
    let at = OfUnit { federation: federation.clone(), round: round.clone(), unit: unit.clone() };
    let fields = Fields {
        address: writing.address(),
        round: writing.round.round.title.clone(),
        name: writing.name.clone(),
        due: frame.time(&writing.round.round.due_at),
        state: writing.state(),
        sections: writing.sections(),
        index,
        section,
        remarks,
        is_saved,
        may_edit: writing.may(reader, Operation::EditDraft),
        is_presented: writing.is_presented(),
        written,
        sent_back,
        at,
        frame,
    };
    frame::page(status, &fields)
}

/// What the unit answered in the period before; a reader who sees the form also sees that.
async fn earlier_answers(house: &House, reader: &Reader, writing: &Writing) -> Result<Option<Value>, Problem> {
    let OfUnit { federation, round, unit } = &writing.at;
    let beside = house.office.beside_draft(&reader.caller, federation, round, unit).await?;
    Ok(beside.earlier.into_iter().next().map(|earlier| earlier.answers))
}

impl Fields {
    /// What stands in a field: what was typed where that is not kept.
    fn text<'a>(&'a self, field: &'a Field) -> &'a str {
        self.remarks.get(&field.at).map_or(field.text.as_str(), |remark| remark.text.as_str())
    }

    fn remark(&self, field: &Field) -> Option<&str> {
        self.remarks.get(&field.at).map(|remark| remark.said.as_str())
    }

    /// The field's identifier in the page, so that findings lead to it.
    fn id(&self, field: &Field) -> String {
        format!("at{}", field.at)
    }

    fn is_chosen(&self, field: &Field, choice: &str) -> bool {
        self.text(field) == choice
    }

    /// What a head of a list's items is called: the names from the item down.
    fn head_name(&self, labels: &[domain::text::Text]) -> String {
        let names: Vec<&str> = labels.iter().map(|label| label.in_language(self.frame.language)).collect();
        names.join(if self.frame.language == Language::Chinese { "·" } else { " · " })
    }

    fn is_long(&self, field: &Field) -> bool {
        field.control == Control::Lines
    }

    fn last(&self) -> usize {
        self.sections.len().saturating_sub(1)
    }
}

//! The draft is tried: what does not fit, what the checks find, and what stands there to be explained; then it is handed in.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use documents::fill_in::section_of;
use domain::access::Operation;
use domain::amendment::{Amendment, AmendmentKind};
use domain::finding::WeighedFinding;
use domain::review::Explanation;
use domain::rubric::Severity;
use domain::submission::Standing;
use operations::{DraftPatch, OperationError, PreChecked};

use super::Writing;
use crate::address::{Address, OfUnit};
use crate::console::frame::{self, Frame, go_to};
use crate::console::reader::Reader;
use crate::console::refused::Refused;
use crate::house::House;
use crate::problem::{Part, Problem};

#[derive(Template)]
#[template(path = "console/form/check.html")]
struct Check {
    frame: Frame,
    at: OfUnit,
    address: String,
    round: String,
    name: String,
    state: String,
    /// What does not fit the form, with the section to mend it in.
    misfits: Vec<Misfit>,
    findings: Vec<Shown>,
    checked: Option<PreChecked>,
    full_marks: String,
    /// Why it was not handed in.
    refused: Option<String>,
    amendment: Option<Amendment>,
    wants_signature: bool,
    is_presented: bool,
    may_edit: bool,
    may_sign: bool,
}

struct Misfit {
    detail: String,
    href: String,
}

/// A finding with where it leads.
struct Shown {
    weighed: WeighedFinding,
    /// Its number on the page.
    number: usize,
    places: Vec<String>,
}

/// What the draft would get, were it handed in now.
pub(crate) async fn page(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
) -> Result<Response, Problem> {
    let writing = Writing::of(&house, &reader, at).await?;
    drawn(&house, &reader, writing, StatusCode::OK, None).await
}

pub(super) async fn drawn(
    house: &House,
    reader: &Reader,
    writing: Writing,
    status: StatusCode,
    refused: Option<String>,
) -> Result<Response, Problem> {
    let OfUnit { federation, round, unit } = &writing.at;
    let (misfits, checked) = match house.office.pre_check_draft(&reader.caller, federation, round, unit).await {
        Ok(checked) => (Vec::new(), Some(checked)),
        Err(OperationError::Invalid(problems)) => {
            let misfit = |problem| misfit(&writing, reader, &Part::from(problem));
            (problems.into_iter().map(misfit).collect(), None)
        }
        Err(OperationError::Missing("draft")) => return Ok(go_to(&writing.address())),
        Err(other) => return Err(other.into()),
    };
    let findings = checked.iter().flat_map(|checked| checked.findings.iter().cloned());
    let shown = |(number, weighed): (usize, WeighedFinding)| {
        let places = weighed.finding.at.iter().map(|at| place(&writing, at)).collect();
        Shown { weighed, number, places }
    };
    let mut findings: Vec<Shown> = findings.enumerate().map(shown).collect();
    findings.sort_by_key(|shown| shown.weighed.severity);
    let check = Check {
        address: writing.address(),
        round: writing.round.round.title.clone(),
        name: writing.name.clone(),
        state: writing.state(),
        misfits,
        findings,
        checked,
        full_marks: writing.round.description.full_marks.to_string(),
        refused,
        amendment: writing.draft.as_ref().and_then(|draft| draft.amendment.clone()),
        wants_signature: writing.round.round.policy.signatory,
        is_presented: writing.is_presented(),
        may_edit: writing.may(reader, Operation::EditDraft),
        may_sign: writing.may(reader, Operation::SignSubmission),
        frame: reader.frame(),
        at: writing.at,
    };
    frame::page(status, &check)
}

fn misfit(writing: &Writing, reader: &Reader, part: &Part) -> Misfit {
    let at = part.pointer.strip_prefix("/answers").unwrap_or(&part.pointer);
    Misfit { detail: part.message.in_language(reader.language).to_owned(), href: place(writing, at) }
}

/// Where a place of the answers is filled in.
fn place(writing: &Writing, at: &str) -> String {
    let section = section_of(&writing.layout, at).unwrap_or_default();
    format!("{}?section={section}#at{at}", writing.address())
}

/// Writes explanations of what was found, and what the revision amends, into the draft.
pub(crate) async fn explain(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let writing = Writing::of(&house, &reader, at).await?;
    let OfUnit { federation, round, unit } = &writing.at;
    let said = |name: &str| pairs.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.as_str());
    let read = Writing::read_of(said("state"));
    let amendment = match (AmendmentKind::of_code(said("amendment")), said("reason").trim()) {
        (Some(kind), reason) => Amendment::new(kind, reason.to_owned()).ok(),
        (None, _) => None,
    };
    let patch =
        DraftPatch { explanations: Some(explanations_in(&pairs)), amendment: Some(amendment), ..DraftPatch::default() };
    match house.office.patch_draft(&reader.caller, federation, round, unit, read, patch).await {
        Ok(_) => Ok(go_to(&format!("{}/check", writing.address()))),
        Err(error @ (OperationError::DraftStale { .. } | OperationError::Invalid(_))) => {
            let refused = Some(super::save::said(&reader, error));
            drawn(&house, &reader, writing, StatusCode::CONFLICT, refused).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The explanations that were typed: of each finding its check, its first place, and the words. Where no words are, there is no explanation.
fn explanations_in(pairs: &[(String, String)]) -> Vec<Explanation> {
    let mut explanations = Vec::new();
    for (name, check) in pairs {
        let Some(number) = name.strip_prefix("check:") else { continue };
        let of = |what: &str| {
            let name = format!("{what}:{number}");
            pairs.iter().find(|(known, _)| *known == name).map(|(_, text)| text.replace("\r\n", "\n"))
        };
        let text = of("explanation").unwrap_or_default();
        if !text.trim().is_empty() {
            let at = of("at").filter(|at| !at.is_empty());
            explanations.push(Explanation { check: check.clone(), at, text });
        }
    }
    explanations
}

/// Hands the draft in, as it was read; a second click gets the first one's receipt.
pub(crate) async fn submit(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let state = pairs.iter().find(|(name, _)| name == "state").map_or("", |(_, state)| state.as_str());
    let OfUnit { federation, round, unit } = &at;
    match house.office.submit_draft(&reader.caller, federation, round, unit, Writing::read_of(state)).await {
        Ok(_) => Ok(go_to(&format!("{}/receipt", at.page()))),
        Err(error) => not_handed_in(&house, &reader, at, error).await,
    }
}

/// Why a draft was not handed in is told on the page where that is mended.
pub(super) async fn not_handed_in(
    house: &House,
    reader: &Reader,
    at: OfUnit,
    error: OperationError,
) -> Result<Response, Problem> {
    let Refused { status, said } = Refused::of(error, reader)?;
    let writing = Writing::of(house, reader, at).await?;
    drawn(house, reader, writing, status, Some(said)).await
}

impl Check {
    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|shown| shown.weighed.severity == severity && !shown.weighed.is_waived()).count()
    }

    fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    fn unexplained(&self) -> usize {
        let waits = |shown: &&Shown| {
            shown.weighed.severity == Severity::Warning
                && shown.weighed.explanation.is_none()
                && !shown.weighed.is_waived()
        };
        self.findings.iter().filter(waits).count()
    }

    fn would_count(&self) -> bool {
        self.checked.as_ref().is_some_and(|checked| checked.standing == Standing::Accepted)
    }

    fn is_warning(&self, shown: &Shown) -> bool {
        shown.weighed.severity == Severity::Warning
    }

    fn first_place<'a>(&self, shown: &'a Shown) -> &'a str {
        shown.weighed.finding.at.first().map_or("", String::as_str)
    }

    fn explanation<'a>(&self, shown: &'a Shown) -> &'a str {
        shown.weighed.explanation.as_deref().unwrap_or_default()
    }

    fn amends(&self, kind: &str) -> bool {
        self.amendment.as_ref().is_some_and(|amendment| amendment.kind().code() == kind)
    }

    fn total(&self) -> Option<String> {
        Some(self.checked.as_ref()?.scorecard.as_ref()?.total.to_string())
    }

    fn amendment_reason(&self) -> &str {
        self.amendment.as_ref().map_or("", Amendment::reason)
    }
}

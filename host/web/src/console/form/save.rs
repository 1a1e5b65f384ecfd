//! What was typed into the form is written into the draft. Nothing that was typed is lost: what cannot be read, or was changed by somebody else meanwhile, is
//! shown again at its field.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use documents::fill_in::{Mistyped, TypedIn, section_of, typed_in};
use documents::words;
use domain::difference::touches;
use operations::{NewDraft, OperationError};
use serde_json::json;

use super::Writing;
use super::fields::{Remark, drawn};
use crate::address::{Address, OfUnit};
use crate::console::frame::{escaped, go_to};
use crate::console::reader::Reader;
use crate::house::House;
use crate::problem::Problem;
use crate::render::detail_of;

/// The header of a script that saves while somebody types.
const BY_SCRIPT: &str = "x-huizong-autosave";

/// Saves what was typed and goes where the pressed button leads.
pub(crate) async fn save(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    // Of a box and what stands for the empty box the last one counts.
    let typed: BTreeMap<String, String> = pairs.into_iter().collect();
    let said = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
    let index = said("section").parse().unwrap_or_default();
    let writing = Writing::of(&house, &reader, at).await?;
    let saved = written(&house, &reader, writing, said("state"), &typed).await?;
    if headers.contains_key(BY_SCRIPT) {
        return Ok(told_to_script(&reader, &saved));
    }
    let Saved { writing, remarks, .. } = saved;
    if !remarks.is_empty() {
        let elsewhere = remarks.keys().find_map(|at| section_of(&writing.layout, at));
        return drawn(&house, &reader, &writing, elsewhere.unwrap_or(index), None, remarks, false).await;
    }
    let address = writing.address();
    let last = writing.sections().len().saturating_sub(1);
    Ok(go_to(&match said("go") {
        "next" => format!("{address}?section={}&saved=1", (index + 1).min(last)),
        "check" => format!("{address}/check"),
        go => match go.strip_prefix("more:") {
            Some(list) => format!("{address}?section={index}&saved=1&more={}#at{list}", escaped(list)),
            None => format!("{address}?section={index}&saved=1"),
        },
    }))
}

/// What became of what was typed.
struct Saved {
    writing: Writing,
    remarks: BTreeMap<String, Remark>,
}

/// Writes what was typed into the draft as it is now: what somebody else changed meanwhile is touched only where the writer has seen it.
async fn written(
    house: &House,
    reader: &Reader,
    mut writing: Writing,
    seen: &str,
    typed: &BTreeMap<String, String>,
) -> Result<Saved, Problem> {
    let TypedIn { mut changed, mistyped, .. } = typed_in(&writing.layout, writing.answers(), typed, reader.language);
    let mut remarks: BTreeMap<String, Remark> =
        mistyped.into_iter().map(|wrong| (wrong.at.clone(), remark_of(reader, wrong))).collect();
    let mut typed = typed.clone();
    for at in meanwhile(reader, &writing, seen, &changed) {
        let said = reader.frame().say("console-form-meanwhile", "by", by(&writing));
        let text = typed.remove(&at).unwrap_or_default();
        remarks.entry(at).or_insert(Remark { text, said });
    }
    let again = typed_in(&writing.layout, writing.answers(), &typed, reader.language);
    changed = again.changed.into_iter().filter(|at| !remarks.contains_key(at)).collect();
    if changed.is_empty() {
        return Ok(Saved { writing, remarks });
    }
    let OfUnit { federation, round, unit } = &writing.at;
    let (explanations, amendment) = match &writing.draft {
        Some(draft) => (draft.explanations.clone(), draft.amendment.clone()),
        None => (Vec::new(), None),
    };
    let new = NewDraft { answers: again.answers, explanations, amendment, based_on: None };
    let read = Writing::read_of(&writing.state());
    let saved = house.office.save_draft(&reader.caller, federation, round, unit, read, new).await;
    match saved {
        Ok(draft) => {
            writing.draft = Some(draft);
            Ok(Saved { writing, remarks })
        }
        // Somebody was quicker between our look and our writing: whoever typed looks again.
        Err(OperationError::DraftStale { .. }) => {
            let said = reader.frame().word("console-form-again");
            for at in changed {
                let text = typed.remove(&at).unwrap_or_default();
                remarks.entry(at).or_insert(Remark { text, said: said.clone() });
            }
            let at = writing.at;
            let writing = Writing::of(house, reader, at).await?;
            Ok(Saved { writing, remarks })
        }
        Err(other) => Err(other.into()),
    }
}

/// The fields that the writer typed into and that somebody else changed after the page was read.
fn meanwhile(reader: &Reader, writing: &Writing, seen: &str, changed: &[String]) -> Vec<String> {
    let Some(draft) = writing.draft.as_ref().filter(|draft| draft.state.to_string() != seen) else { return Vec::new() };
    let begun = draft.changes.iter().rposition(|change| change.from.to_string() == seen);
    // What became different is not known any more, or the page was read before there was a draft.
    let Some(begun) = begun else {
        return if draft.by.token == reader.caller.token { Vec::new() } else { changed.to_vec() };
    };
    let others = || draft.changes[begun..].iter().filter(|change| change.by.token != reader.caller.token);
    let is_theirs = |at: &&String| {
        let place = format!("/answers{at}");
        others().any(|change| change.has_more || change.fields.iter().any(|field| touches(field, &place)))
    };
    changed.iter().filter(is_theirs).cloned().collect()
}

fn by(writing: &Writing) -> String {
    writing.draft.as_ref().map(|draft| draft.by.label.clone()).unwrap_or_default()
}

fn remark_of(reader: &Reader, wrong: Mistyped) -> Remark {
    let said = words::say(reader.language, &format!("console-{}", wrong.code), &[]);
    Remark { text: wrong.text, said }
}

/// A script gets the new state, and what is to be said at which field.
fn told_to_script(reader: &Reader, saved: &Saved) -> Response {
    let frame = reader.frame();
    let at = saved.writing.draft.as_ref().map(|draft| frame.time(&draft.at)).unwrap_or_default();
    let remarks: BTreeMap<&str, &str> =
        saved.remarks.iter().map(|(at, remark)| (at.as_str(), remark.said.as_str())).collect();
    let said = if saved.remarks.is_empty() {
        frame.say("console-form-saved-at", "at", at)
    } else {
        frame.word("console-form-saved-in-part")
    };
    (StatusCode::OK, axum::Json(json!({ "state": saved.writing.state(), "said": said, "remarks": remarks })))
        .into_response()
}

/// A refusal in the reader's language.
pub(super) fn said(reader: &Reader, error: OperationError) -> String {
    detail_of(&Problem::from(error), reader.language)
}

//! The people of a member write a draft together, try it, hand it in or throw it away.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use domain::amendment::Amendment;
use domain::review::Explanation;
use operations::{DraftPatch, DraftView, NewDraft};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::submissions::{NewExplanation, acknowledged, of_submission};
use crate::address::{Address, OfUnit};
use crate::body::{MergePatch, WithAnswers};
use crate::house::House;
use crate::precondition::{ReadBefore, has_draft_already, tag_of_draft};
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// What a draft brings beside the answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BesideDraft {
    #[serde(default)]
    explanations: Vec<NewExplanation>,
    #[serde(default)]
    amendment: Option<Amendment>,
    #[serde(default)]
    based_on: Option<u32>,
}

/// A merge patch of a draft.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Patch {
    #[serde(default, deserialize_with = "given")]
    answers: Option<Value>,
    #[serde(default, deserialize_with = "given")]
    explanations: Option<Option<Vec<NewExplanation>>>,
    #[serde(default, deserialize_with = "given")]
    amendment: Option<Option<Amendment>>,
    #[serde(default, deserialize_with = "given")]
    based_on: Option<u32>,
}

/// A member that is there, also where it is null: in a merge patch that is something else than to leave it out.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// The unit's draft. Its entity tag becomes another whenever something is written into it.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/draft", tag = "drafts",
    params(OfUnit, ("If-None-Match" = Option<String>, Header, description = "Entity tags of the copies that the caller has")),
    responses((status = OK, body = schema::Draft, headers(("ETag" = String))),
        (status = NOT_MODIFIED, description = "The caller has the draft as it is")))]
pub(crate) async fn read_draft(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    headers: HeaderMap,
) -> Answer {
    let draft = house.office.draft(&visitor.caller, &at.federation, &at.round, &at.unit).await?;
    if has_draft_already(&headers, draft.state) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag_of_draft(draft.state))]).into_response());
    }
    shown(&visitor, &draft)
}

/// Writes the whole draft: the first time with `If-None-Match: *`, later with `If-Match` and the entity tag of what was read. Who read something
/// else gets 412 with the present entity tag and the fields that became different.
#[utoipa::path(put, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/draft", tag = "drafts",
    params(OfUnit, ("If-Match" = Option<String>, Header, description = "The entity tag of the draft as it was read"),
        ("If-None-Match" = Option<String>, Header, description = "`*` where there is none yet")),
    request_body = schema::NewDraft, responses((status = OK, body = schema::Draft, headers(("ETag" = String)))))]
pub(crate) async fn save_draft(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    ReadBefore(read): ReadBefore,
    WithAnswers { answers, beside }: WithAnswers<BesideDraft>,
) -> Answer {
    let explanations = beside.explanations.into_iter().map(Explanation::from).collect();
    let new = NewDraft { answers, explanations, amendment: beside.amendment, based_on: beside.based_on };
    let OfUnit { federation, round, unit } = &at;
    let saved = house.office.save_draft(&visitor.caller, federation, round, unit, read, new).await;
    shown(&visitor, &saved.map_err(of_submission)?)
}

/// Changes some fields of the draft by a merge patch (RFC 7396) upon what was read. Who read something else gets 412 with the present entity tag
/// and, in `errors`, the fields that became different: those that the patch writes on as well (`changed-by-both`) and the others
/// (`changed-meanwhile`).
#[utoipa::path(patch, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/draft", tag = "drafts",
    params(OfUnit, ("If-Match" = Option<String>, Header, description = "The entity tag of the draft as it was read")),
    request_body(content = schema::DraftPatch, content_type = "application/merge-patch+json"),
    responses((status = OK, body = schema::Draft, headers(("ETag" = String)))))]
pub(crate) async fn patch_draft(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    ReadBefore(read): ReadBefore,
    MergePatch(patch): MergePatch<Patch>,
) -> Answer {
    let Patch { answers, explanations, amendment, based_on } = patch;
    let explanations = explanations.map(|new| new.unwrap_or_default().into_iter().map(Explanation::from).collect());
    let patch = DraftPatch { answers, explanations, amendment, based_on };
    let OfUnit { federation, round, unit } = &at;
    let saved = house.office.patch_draft(&visitor.caller, federation, round, unit, read, patch).await;
    shown(&visitor, &saved.map_err(of_submission)?)
}

/// Throws the draft away, as it was read.
#[utoipa::path(delete, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/draft", tag = "drafts",
    params(OfUnit, ("If-Match" = Option<String>, Header, description = "The entity tag of the draft as it was read")),
    responses((status = NO_CONTENT, description = "It is gone")))]
pub(crate) async fn discard_draft(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    ReadBefore(read): ReadBefore,
) -> Answer {
    house.office.discard_draft(&visitor.caller, &at.federation, &at.round, &at.unit, read).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What stands beside the draft: what counted in earlier periods, and what is still to be put right.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/draft/beside", tag = "drafts",
    params(OfUnit), responses((status = OK, body = schema::BesideDraft)))]
pub(crate) async fn read_beside_draft(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
) -> Answer {
    let beside = house.office.beside_draft(&visitor.caller, &at.federation, &at.round, &at.unit).await?;
    visitor.reply(StatusCode::OK, &beside)
}

/// What a revision with what the draft says, explanations included, would get, were it handed in now. Nothing is kept.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/draft/pre-checks", tag = "drafts",
    params(OfUnit), responses((status = OK, body = schema::PreChecked)))]
pub(crate) async fn pre_check_draft(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
) -> Answer {
    let checked = house.office.pre_check_draft(&visitor.caller, &at.federation, &at.round, &at.unit).await;
    visitor.reply(StatusCode::OK, &checked.map_err(of_submission)?)
}

/// Hands in what the draft says, as it was read. The receipt is the same as if the answers had come in one piece. What the draft says is the
/// idempotency key: sent again, also after the draft is gone with it, this gives the same receipt. Where the revision is held back, the draft
/// stays and builds upon it.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/draft/submission", tag = "drafts",
    params(OfUnit, ("If-Match" = Option<String>, Header, description = "The entity tag of the draft as it was read")),
    responses((status = CREATED, body = schema::Submitted, headers(("Location" = String), ("ETag" = String))),
        (status = OK, body = schema::Submitted, description = "The answer to what was handed in already",
            headers(("Location" = String), ("ETag" = String), ("Idempotent-Replayed" = String)))))]
pub(crate) async fn submit_draft(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    ReadBefore(read): ReadBefore,
) -> Answer {
    let submitted = house.office.submit_draft(&visitor.caller, &at.federation, &at.round, &at.unit, read).await;
    let submitted = submitted.map_err(of_submission)?;
    acknowledged(&visitor, &at, &submitted, &submitted)
}

/// A draft with its entity tag.
pub(super) fn shown(visitor: &Visitor, draft: &DraftView) -> Answer {
    let tag = [(header::ETAG, tag_of_draft(draft.state))];
    Ok((tag, visitor.reply(StatusCode::OK, draft)?).into_response())
}

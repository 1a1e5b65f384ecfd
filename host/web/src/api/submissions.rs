//! Members try their answers, hand in revisions, and read what became of them.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::IntoResponse;
use domain::amendment::Amendment;
use domain::review::Explanation;
use operations::{HandedIn, OperationError, SubmissionView, Submitted, Whose};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::address::{Address, Choices, OfRevision, OfUnit, ROOT, WhichRevision, WhichTwo};
use crate::body::WithAnswers;
use crate::house::House;
use crate::kind::{Fault, Kind};
use crate::precondition::{Conditions, Knows, has_already, tag_of};
use crate::problem::Problem;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// What a revision brings beside the answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BesideRevision {
    #[serde(default)]
    explanations: Vec<NewExplanation>,
    #[serde(default)]
    amendment: Option<Amendment>,
}

/// Why a warning is right all the same.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewExplanation {
    /// The check that warned.
    check: String,
    /// Where in the answers (RFC 6901); every place where it is left out.
    #[serde(default)]
    at: Option<String>,
    /// The explanation.
    text: String,
}

impl From<NewExplanation> for Explanation {
    fn from(new: NewExplanation) -> Self {
        Self { check: new.check, at: new.at, text: new.text }
    }
}

/// Hands in a revision and gives the receipt; when it is answered, the revision is durable.
///
/// The first revision is handed in with `If-None-Match: *`, each later one with `If-Match` and the entity tag of the newest, so that
/// nobody overwrites what he has not seen. With an `Idempotency-Key` the same request can be sent again: it gets the same receipt.
#[utoipa::path(put, path = "/federations/{federation}/rounds/{round}/submissions/{unit}", tag = "submissions",
    params(OfUnit, ("If-Match" = Option<String>, Header, description = "The entity tag of the revision that this one is based on"),
        ("If-None-Match" = Option<String>, Header, description = "`*` for the first revision"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names this attempt; at most 128 characters")),
    request_body = schema::NewRevision,
    responses((status = CREATED, body = schema::Submitted, headers(("Location" = String), ("ETag" = String))),
        (status = OK, body = schema::Submitted, description = "The answer to a repeated key",
            headers(("Location" = String), ("ETag" = String), ("Idempotent-Replayed" = String)))))]
pub(crate) async fn submit(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    conditions: Conditions,
    WithAnswers { answers, beside }: WithAnswers<BesideRevision>,
) -> Answer {
    let handed = HandedIn {
        answers,
        explanations: beside.explanations.into_iter().map(Explanation::from).collect(),
        amendment: beside.amendment,
        based_on: Some(conditions.knows.based_on()),
        key: conditions.key,
    };
    let submitted = house.office.submit(&visitor.caller, &at.federation, &at.round, &at.unit, handed).await;
    let submitted = submitted.map_err(|error| not_submitted(error, conditions.knows, of_submission))?;
    acknowledged(&visitor, &at, &submitted, &submitted)
}

/// Why nothing was taken; who did not say what he knows is asked to, where there is something to know.
pub(super) fn not_submitted(
    error: OperationError,
    knows: Knows,
    of: impl FnOnce(OperationError) -> Problem,
) -> Problem {
    match (knows, &error) {
        (Knows::Nothing, OperationError::Stale { current: Some(current) }) => {
            Problem::of(Kind::PreconditionRequired).with_header(header::ETAG, &tag_of(*current))
        }
        _ => of(error),
    }
}

/// What does not fit the form is the submission's fault, where elsewhere a wrong message is the caller's; and it lies in the
/// answers, which stand one level down in the message. The office speaks either of the explanations or of the answers, never of both at once.
pub(super) fn of_submission(error: OperationError) -> Problem {
    if error.whose() != Whose::Submission {
        return error.into();
    }
    let problem = Problem::from(error).blaming(Fault::Submission);
    if problem.parts.iter().any(|part| !part.pointer.starts_with("/explanations")) || problem.parts.is_empty() {
        return problem.with_pointers(|pointer| format!("/answers{pointer}"));
    }
    problem
}

/// A revision was taken: where it stands, and what it gave.
pub(super) fn acknowledged<T: Serialize>(visitor: &Visitor, at: &OfUnit, submitted: &Submitted, message: &T) -> Answer {
    let revision = submitted.receipt.body.revision;
    let OfUnit { federation, round, unit } = at;
    let location = format!("{ROOT}/federations/{federation}/rounds/{round}/submissions/{unit}/revisions/{revision}");
    let headers = [(header::LOCATION, location), (header::ETAG, tag_of(revision))];
    if submitted.replayed {
        let replayed = [(HeaderName::from_static("idempotent-replayed"), "true")];
        return Ok((replayed, headers, visitor.reply(StatusCode::OK, message)?).into_response());
    }
    Ok((headers, visitor.reply(StatusCode::CREATED, message)?).into_response())
}

/// A pre-check brings nothing beside the answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BesidePreCheck {}

/// What a revision with these answers would get, were it handed in now. Nothing is kept.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/pre-checks", tag = "submissions",
    params(OfUnit), request_body = schema::NewPreCheck, responses((status = OK, body = schema::PreChecked)))]
pub(crate) async fn pre_check(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    WithAnswers { answers, beside: BesidePreCheck {} }: WithAnswers<BesidePreCheck>,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let checked = house.office.pre_check(&visitor.caller, federation, round, unit, answers).await;
    visitor.reply(StatusCode::OK, &checked.map_err(of_submission)?)
}

/// Everything that `huizong check` needs to check a unit's answers without this host.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/pre-check-packs/{unit}", tag = "submissions",
    params(OfUnit), responses((status = OK, body = schema::PreCheckPack)))]
pub(crate) async fn read_pre_check_pack(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
) -> Answer {
    let pack = house.office.pre_check_pack(&visitor.caller, &at.federation, &at.round, &at.unit).await?;
    visitor.reply(StatusCode::OK, &pack)
}

/// The newest revision, as it was handed in.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}", tag = "submissions",
    params(OfUnit, ("If-None-Match" = Option<String>, Header, description = "Entity tags of the copies that the caller has")),
    responses((status = OK, body = schema::SubmissionView, headers(("ETag" = String))),
        (status = NOT_MODIFIED, description = "The caller has the newest revision")))]
pub(crate) async fn read_submission(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    headers: HeaderMap,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let submission = house.office.submission(&visitor.caller, federation, round, unit, None).await?;
    shown(&visitor, &headers, &submission)
}

/// The revisions of a unit, the oldest first.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/revisions", tag = "submissions",
    params(OfUnit), responses((status = OK, body = Vec<schema::RevisionRow>)))]
pub(crate) async fn list_revisions(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
) -> Answer {
    let revisions = house.office.revisions(&visitor.caller, &at.federation, &at.round, &at.unit).await?;
    visitor.reply(StatusCode::OK, &revisions)
}

/// One revision, as it was handed in.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/revisions/{revision}",
    tag = "submissions", params(OfRevision), responses((status = OK, body = schema::SubmissionView, headers(("ETag" = String))),
        (status = NOT_MODIFIED, description = "The caller has the revision")))]
pub(crate) async fn read_revision(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfRevision>,
    headers: HeaderMap,
) -> Answer {
    let OfRevision { federation, round, unit, revision } = &at;
    let submission = house.office.submission(&visitor.caller, federation, round, unit, Some(*revision)).await?;
    shown(&visitor, &headers, &submission)
}

/// In what two revisions differ, field by field: what stood there and what stands there. What names a person is taken out for those who may not
/// see it.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/differences", tag = "submissions",
    params(OfUnit, WhichTwo), responses((status = OK, body = schema::Differences)))]
pub(crate) async fn read_differences(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    Choices(two): Choices<WhichTwo>,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let differences = house.office.differences(&visitor.caller, federation, round, unit, (two.from, two.to)).await?;
    visitor.reply(StatusCode::OK, &differences)
}

/// A revision, unless the caller has it already.
fn shown(visitor: &Visitor, headers: &HeaderMap, submission: &SubmissionView) -> Answer {
    let revision = submission.envelope.revision;
    let tag = [(header::ETAG, tag_of(revision))];
    if has_already(headers, revision) {
        return Ok((StatusCode::NOT_MODIFIED, tag).into_response());
    }
    Ok((tag, visitor.reply(StatusCode::OK, submission)?).into_response())
}

/// What the checks found in a revision.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/findings", tag = "submissions",
    params(OfUnit, WhichRevision), responses((status = OK, body = schema::FindingsView)))]
pub(crate) async fn read_findings(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    Choices(which): Choices<WhichRevision>,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let findings = house.office.findings(&visitor.caller, federation, round, unit, which.revision).await?;
    visitor.reply(StatusCode::OK, &findings)
}

/// The score of a revision explained from top to bottom: the rubric's tree with the points, the reasons, the numbers compared and the
/// places in the answers that they came from.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/scorecard", tag = "submissions",
    params(OfUnit, WhichRevision), responses((status = OK, body = schema::ExplainedScorecard)))]
pub(crate) async fn read_scorecard(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    Choices(which): Choices<WhichRevision>,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let scorecard = house.office.scorecard(&visitor.caller, federation, round, unit, which.revision).await?;
    visitor.reply(StatusCode::OK, &scorecard)
}

/// The signed receipt of a revision.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/receipt", tag = "submissions",
    params(OfUnit, WhichRevision), responses((status = OK, body = schema::Receipt)))]
pub(crate) async fn read_receipt(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    Choices(which): Choices<WhichRevision>,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let receipt = house.office.receipt(&visitor.caller, federation, round, unit, which.revision).await?;
    visitor.reply(StatusCode::OK, &receipt)
}

/// Where the unit stands after the cohort pass: its own total, grade and rank, and the group's median.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/standing", tag = "submissions",
    params(OfUnit), responses((status = OK, body = schema::OwnStanding)))]
pub(crate) async fn read_standing(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
) -> Answer {
    let standing = house.office.standing(&visitor.caller, &at.federation, &at.round, &at.unit).await?;
    visitor.reply(StatusCode::OK, &standing)
}

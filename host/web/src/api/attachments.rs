//! Files are attached to a submission, listed, handed out and withdrawn.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::attachment::{AttachedTo, KnownAttachment};
use operations::{AttachedFile, NewAttachment};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::address::{Address, Choices, OfAttachment, OfUnit};
use crate::body::Message;
use crate::house::House;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::schema;
use crate::visitor::{Answer, Bearer, Visitor};

/// What a file is.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfFile {
    /// Its name, with the ending that says what it is.
    name: String,
    /// The criterion that it is about.
    criterion: Option<String>,
    /// The place in the answers that it is about (RFC 6901).
    field: Option<String>,
    /// Whether it names persons; then only those who may see that are handed it.
    personal: Option<bool>,
}

/// Why an attachment is withdrawn.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAttachmentWithdrawal {
    reason: String,
}

/// Attaches a file: the body is the file itself, which goes to the disk as it comes. What its first bytes say has to be what its name says. It is
/// taken until the round is final, and as long as the unit has something to put right from it.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/attachments", tag = "submissions",
    params(OfUnit, OfFile), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = CREATED, body = schema::Attachment)))]
pub(crate) async fn attach(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    Choices(file): Choices<OfFile>,
    request: Request,
) -> Answer {
    let to = match (file.criterion, file.field) {
        (None, None) => AttachedTo::Submission,
        (Some(criterion), None) => AttachedTo::Criterion(criterion),
        (None, Some(field)) => AttachedTo::Field(field),
        (Some(_), Some(_)) => return Err(Problem::of(Kind::QueryNotUnderstood)),
    };
    let new = NewAttachment { name: file.name, to, personal: file.personal == Some(true) };
    let pieces = request.into_body().into_data_stream();
    let OfUnit { federation, round, unit } = &at;
    let attachment = house.office.attach(&visitor.caller, federation, round, unit, new, pieces).await?;
    visitor.reply(StatusCode::CREATED, &KnownAttachment { attachment, withdrawn: None })
}

/// The files of a submission, with what became of them, the oldest first.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/attachments", tag = "submissions",
    params(OfUnit), responses((status = OK, body = Vec<schema::Attachment>)))]
pub(crate) async fn list_attachments(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
) -> Answer {
    let attachments = house.office.attachments(&visitor.caller, &at.federation, &at.round, &at.unit).await?;
    visitor.reply(StatusCode::OK, &attachments)
}

/// A file as it was attached, to be saved: nothing opens it here.
#[utoipa::path(get, tag = "submissions", params(OfAttachment),
    path = "/federations/{federation}/rounds/{round}/submissions/{unit}/attachments/{attachment}",
    responses((status = OK, content((Vec<u8> = "application/octet-stream")))))]
pub(crate) async fn read_attachment(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfAttachment>,
) -> Answer {
    let OfAttachment { federation, round, unit, attachment } = &at;
    Ok(handed_out(house.office.attached_file(&caller, federation, round, unit, *attachment).await?))
}

/// Withdraws a file, with a reason: it is handed out no more, and nothing new can rest on it. Its record stays.
#[utoipa::path(post, tag = "submissions", params(OfAttachment),
    path = "/federations/{federation}/rounds/{round}/submissions/{unit}/attachments/{attachment}/withdrawal",
    request_body = schema::NewAttachmentWithdrawal, responses((status = OK, body = schema::Attachment)))]
pub(crate) async fn withdraw_attachment(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfAttachment>,
    Message(new): Message<NewAttachmentWithdrawal>,
) -> Answer {
    let OfAttachment { federation, round, unit, attachment } = &at;
    let (caller, reason) = (&visitor.caller, new.reason);
    let known = house.office.withdraw_attachment(caller, federation, round, unit, *attachment, reason).await?;
    visitor.reply(StatusCode::OK, &known)
}

/// Whatever a member attached is data to save, never a page of this host. The name stands twice: for programs that know only ASCII, and as it is
/// (RFC 5987).
fn handed_out(file: AttachedFile) -> Response {
    let AttachedFile { attachment, bytes } = file;
    let ending = attachment.kind.endings().first().copied().unwrap_or("bin");
    let plain = format!("{}.{ending}", attachment.digest.short());
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", percent(&attachment.name));
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let length = HeaderValue::from(attachment.bytes);
    let octets = HeaderValue::from_static("application/octet-stream");
    let headers =
        [(header::CONTENT_TYPE, octets), (header::CONTENT_DISPOSITION, disposition), (header::CONTENT_LENGTH, length)];
    (headers, Body::from_stream(bytes)).into_response()
}

/// A text in which everything but what RFC 5987 lets stand is written as its bytes.
fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut written, byte| {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
        written
    })
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_name_is_written_as_its_bytes() {
        assert_eq!(percent("a b-1.pdf"), "a%20b-1.pdf");
        assert_eq!(percent("台账.xlsx"), "%E5%8F%B0%E8%B4%A6.xlsx");
        assert_eq!(percent("\"\r\n'"), "%22%0D%0A%27");
    }
}

//! Puts problems into words: the last thing that happens to an answer, where language, encoding and request id are known.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use documents::words;
use domain::text::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::console::frame::IsPage;
use crate::console::language::chosen;
use crate::console::problem_page::problem_page;
use crate::format::{Encoding, MESSAGES, choose};
use crate::kind::Kind;
use crate::language::language_of;
use crate::problem::Problem;
use crate::request_id::RequestId;

/// What a browser asks for.
const PAGE: &str = "text/html";

/// Below this the pages stand that say what a problem is.
pub(crate) const PROBLEMS: &str = "/api/v1/problems";

/// What went wrong, whose fault it is, and what to do (RFC 9457).
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// The address of the page that explains this kind of problem.
    pub(crate) r#type: String,
    /// The kind of problem in a few words.
    pub(crate) title: String,
    /// The HTTP status.
    #[schema(example = 422)]
    pub(crate) status: u16,
    /// Stable, kebab-case: what a program goes by. The kind's own, or a more exact one.
    #[schema(example = "malformed-body")]
    pub(crate) code: String,
    /// What happened and what to do, in the language that `Accept-Language` asks for; Chinese by default.
    pub(crate) detail: String,
    /// Who has to change something: `submission`, `caller`, `plugin` or `host`.
    #[schema(example = "caller")]
    pub(crate) fault: String,
    /// Where in the request's body (RFC 6901).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pointer: Option<String>,
    /// Each thing that is wrong, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<PartBody>,
    /// What would be possible instead: acts by their codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) possible: Vec<String>,
    /// The digest of the plugin whose fault it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) release: Option<String>,
    /// Say this when you ask the operator about it.
    pub(crate) request: String,
}

/// One of several things that are wrong.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ProblemPart)]
pub(crate) struct PartBody {
    /// Where in the request's body (RFC 6901).
    pub(crate) pointer: String,
    /// Stable, kebab-case.
    pub(crate) code: String,
    /// The worksheet, where the body is a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sheet: Option<String>,
    /// The cell of the worksheet, such as `C7`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cell: Option<String>,
    /// What is wrong.
    pub(crate) detail: String,
}

/// Middleware: writes the body of every answer that is a problem.
pub(crate) async fn render_problems(request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return response;
    }
    if response.extensions().get::<IsPage>().is_some() {
        return response;
    }
    let response = as_problem(response);
    let Some(problem) = response.extensions().get::<Arc<Problem>>().cloned() else { return response };
    written(&problem, &asked, response)
}

/// What of the request matters for how it is answered.
struct Asked {
    language: Language,
    media_type: &'static str,
    encoding: Encoding,
    /// Whether it is a browser that asks, for somebody to read.
    is_page: bool,
    request: String,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let headers: &HeaderMap = request.headers();
        let packed = choose(headers, &["application/problem+json", MESSAGES[0], MESSAGES[1], MESSAGES[2], PAGE]);
        // There is no registered name for a problem in MessagePack; it goes by the name that the caller accepts.
        let (media_type, encoding) = match packed {
            Some(name) if Encoding::of_media_type(name) == Some(Encoding::MessagePack) => (name, Encoding::MessagePack),
            _ => ("application/problem+json", Encoding::Json),
        };
        // A program is told what it was announced, whatever it accepts.
        let is_page = packed == Some(PAGE) && !request.uri().path().starts_with("/api/");
        let language = if is_page { chosen(headers) } else { language_of(headers) };
        let id = request.extensions().get::<RequestId>().map(RequestId::to_string).unwrap_or_default();
        Self { language, media_type, encoding, is_page, request: id }
    }
}

/// An error that did not come as a problem (from the frame around our handlers) becomes the nearest one, with its headers.
fn as_problem(response: Response) -> Response {
    if response.extensions().get::<Arc<Problem>>().is_some() {
        return response;
    }
    let kind = match response.status() {
        StatusCode::NOT_FOUND => Kind::NoSuchAddress,
        StatusCode::METHOD_NOT_ALLOWED => Kind::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Kind::BodyTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Kind::UnsupportedMediaType,
        status if status.is_client_error() => Kind::Unreadable(crate::kind::Unreadable::Malformed),
        _ => Kind::HostFault,
    };
    let mut problem = Problem::of(kind).into_response();
    if let Some(allow) = response.headers().get(header::ALLOW) {
        problem.headers_mut().insert(header::ALLOW, allow.clone());
    }
    problem
}

fn written(problem: &Problem, asked: &Asked, mut response: Response) -> Response {
    let body = body_of(problem, asked);
    if asked.is_page
        && let Ok(page) = problem_page(&body, asked.language, response.status())
    {
        return with_headers_of(response, page);
    }
    // A problem's own body holds texts and one number; it can always be written.
    let bytes = asked.encoding.write(&body).unwrap_or_default();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asked.media_type));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(tag_of(asked.language)));
    *response.body_mut() = Body::from(bytes);
    response
}

fn body_of(problem: &Problem, asked: &Asked) -> ProblemBody {
    let kind = problem.kind;
    let errors = problem.parts.iter().map(|part| PartBody {
        pointer: part.pointer.clone(),
        code: part.code.to_owned(),
        sheet: part.place.as_ref().map(|place| place.sheet.clone()),
        cell: part.place.as_ref().map(|place| place.cell.clone()),
        detail: part.message.in_language(asked.language).to_owned(),
    });
    ProblemBody {
        r#type: format!("{PROBLEMS}/{}", kind.code()),
        title: title_of(kind, asked.language),
        status: kind.status().as_u16(),
        code: problem.code.to_string(),
        detail: detail_of(problem, asked.language),
        fault: problem.fault.code().to_owned(),
        pointer: problem.pointer.clone(),
        errors: errors.collect(),
        possible: problem.possible.iter().map(|code| (*code).to_owned()).collect(),
        release: problem.release.clone(),
        request: asked.request.clone(),
    }
}

/// The page keeps what the problem told by headers, such as when to come back.
fn with_headers_of(response: Response, mut page: Response) -> Response {
    let (parts, _) = response.into_parts();
    for (name, value) in &parts.headers {
        if *name != header::CONTENT_LENGTH {
            page.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
    }
    page
}

/// The kind of problem in a few words.
pub(crate) fn title_of(kind: Kind, language: Language) -> String {
    words::say(language, &format!("web-{}-title", kind.code()), &[])
}

/// What happened and what to do.
pub(crate) fn detail_of(problem: &Problem, language: Language) -> String {
    if let Some(sentence) = &problem.sentence {
        return sentence.in_language(language).to_owned();
    }
    let arguments: Vec<(&str, &str)> = problem.arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
    words::say(language, &format!("web-{}", problem.kind.code()), &arguments)
}

/// BCP 47.
pub(crate) const fn tag_of(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    }
}

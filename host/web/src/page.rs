//! What people read: pages, texts and tables, beside the messages that programs read.

use std::fmt::Write as _;

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use documents::Format;
use operations::Rendered;

use crate::format::{MESSAGES, choose};
use crate::headers::PAGE_POLICY;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::visitor::Accepts;

/// A table for spreadsheets.
const SHEET: &str = "text/csv";

/// How somebody wants to be answered where there is a message and something to read.
pub(crate) enum Wish {
    /// With a message.
    Message(Accepts),
    /// With a document.
    Document(Format),
    /// With a table for spreadsheets.
    Sheet,
}

impl Wish {
    /// What the query asks for, and where it does not say, `Accept`: a program that does not mind gets a message, a browser a page.
    pub(crate) fn of(format: Option<&str>, headers: &HeaderMap) -> Result<Self, Problem> {
        Self::among(format, headers, MESSAGES.into_iter().chain(documents_offered()).collect())
    }

    /// The same where there is a table, too.
    pub(crate) fn with_sheet(format: Option<&str>, headers: &HeaderMap) -> Result<Self, Problem> {
        Self::among(format, headers, MESSAGES.into_iter().chain(documents_offered()).chain([SHEET]).collect())
    }

    fn among(format: Option<&str>, headers: &HeaderMap, offers: Vec<&'static str>) -> Result<Self, Problem> {
        let chosen = match format {
            Some("json") => Some(MESSAGES[0]),
            Some("csv") => offers.contains(&SHEET).then_some(SHEET),
            Some(word) => Format::parse(word).map(name_of),
            None => choose(headers, &offers),
        };
        let document = chosen.and_then(format_named);
        match (chosen, document, format) {
            (_, Some(format), _) => Ok(Self::Document(format)),
            (Some(SHEET), ..) => Ok(Self::Sheet),
            (Some(name), ..) => Accepts::named(name).map(Self::Message).ok_or_else(|| not_acceptable(&offers)),
            (None, _, Some(_)) => Err(Problem::of(Kind::QueryNotUnderstood)),
            (None, ..) => Err(not_acceptable(&offers)),
        }
    }
}

/// How somebody wants to be answered where there is a message and a table.
pub(crate) enum MessageOrSheet {
    /// With a message.
    Message(Accepts),
    /// With a table for spreadsheets.
    Sheet,
}

impl MessageOrSheet {
    /// What the query asks for, and where it does not say, `Accept`.
    pub(crate) fn of(format: Option<&str>, headers: &HeaderMap) -> Result<Self, Problem> {
        let offers = MESSAGES.into_iter().chain([SHEET]).collect();
        match Wish::among(format, headers, offers)? {
            Wish::Message(accepts) => Ok(Self::Message(accepts)),
            Wish::Sheet => Ok(Self::Sheet),
            Wish::Document(_) => Err(Problem::of(Kind::QueryNotUnderstood)),
        }
    }
}

/// What this host renders documents to, the first choice first.
fn documents_offered() -> impl Iterator<Item = &'static str> {
    Format::built().map(name_of)
}

/// The media type without its parameters.
fn name_of(format: Format) -> &'static str {
    format.media_type().split(';').next().unwrap_or_default()
}

fn format_named(name: &str) -> Option<Format> {
    Format::built().find(|format| name_of(*format) == name)
}

fn not_acceptable(offers: &[&'static str]) -> Problem {
    Problem::of(Kind::NotAcceptable).saying("offered", &offers.join(", "))
}

/// The format of a document that there is no message of: what the query asks for, and where it does not say, `Accept`.
pub(crate) fn format_of(asked: Option<&str>, headers: &HeaderMap) -> Result<Format, Problem> {
    if let Some(asked) = asked {
        return Format::parse(asked).ok_or_else(|| Problem::of(Kind::QueryNotUnderstood));
    }
    let names: Vec<&'static str> = documents_offered().collect();
    choose(headers, &names).and_then(format_named).ok_or_else(|| not_acceptable(&names))
}

/// A document to be shown, or to be saved where browsers do not show its format.
pub(crate) fn page(document: Rendered) -> Response {
    let name = format!("{}.{}", document.title, document.format.extension());
    let what = if document.format.is_shown() { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_TYPE, document.format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition(what, &name, document.format.extension())),
        (header::CONTENT_SECURITY_POLICY, PAGE_POLICY.to_owned()),
    ];
    (headers, document.bytes).into_response()
}

/// A table to be saved.
pub(crate) fn sheet(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition("attachment", &format!("{name}.csv"), "csv")),
    ];
    (headers, bytes).into_response()
}

/// That something is to be saved under a name.
pub(crate) fn download(name: &str, extension: &str) -> String {
    disposition("attachment", name, extension)
}

/// A workbook to be saved.
pub(crate) fn workbook(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, Format::Xlsx.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition("attachment", &format!("{name}.xlsx"), "xlsx")),
    ];
    (headers, bytes).into_response()
}

/// To be shown or saved, under its own name in any script (RFC 6266 with RFC 8187); the plain name is for what knows only ASCII.
fn disposition(what: &str, name: &str, extension: &str) -> String {
    let mut encoded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("{what}; filename=\"report.{extension}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_title_becomes_a_file_name_that_every_browser_reads() {
        let header = disposition("inline", "通报 1/2.html", "html");
        assert_eq!(header, "inline; filename=\"report.html\"; filename*=UTF-8''%E9%80%9A%E6%8A%A5%201%2F2.html");
        assert!(header.is_ascii());
    }

    #[test]
    fn a_browser_gets_a_page_and_a_program_a_message() {
        let kind = |format: Option<&str>, accept: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().unwrap());
            match Wish::with_sheet(format, &headers) {
                Ok(Wish::Message(_)) => "message",
                Ok(Wish::Document(Format::Html)) => "page",
                Ok(Wish::Document(Format::Markdown)) => "text",
                Ok(Wish::Document(_)) => "file",
                Ok(Wish::Sheet) => "sheet",
                Err(problem) => problem.kind.code(),
            }
        };
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        let table = [
            (None, "*/*", "message"),
            (None, browser, "page"),
            (None, "text/csv", "sheet"),
            (None, "text/markdown", "text"),
            (None, "application/msgpack", "message"),
            (None, "image/png", "not-acceptable"),
            (Some("json"), browser, "message"),
            (Some("csv"), browser, "sheet"),
            (Some("html"), "*/*", "page"),
            (Some("xlsx"), "*/*", "file"),
            (None, Format::Xlsx.media_type(), "file"),
            (Some("gif"), "*/*", "query-not-understood"),
        ];
        for (format, accept, expected) in table {
            assert_eq!(kind(format, accept), expected, "{format:?} {accept}");
        }
    }
}

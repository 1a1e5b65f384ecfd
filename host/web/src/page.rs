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

/// What a document can be had as, the first choice first.
const FORMS: [(&str, Format); 2] = [("text/html", Format::Html), ("text/markdown", Format::Markdown)];
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
        Self::among(format, headers, &[MESSAGES[0], MESSAGES[1], MESSAGES[2], FORMS[0].0, FORMS[1].0])
    }

    /// The same where there is a table, too.
    pub(crate) fn with_sheet(format: Option<&str>, headers: &HeaderMap) -> Result<Self, Problem> {
        Self::among(format, headers, &[MESSAGES[0], MESSAGES[1], MESSAGES[2], FORMS[0].0, FORMS[1].0, SHEET])
    }

    fn among(format: Option<&str>, headers: &HeaderMap, offers: &[&'static str]) -> Result<Self, Problem> {
        let chosen = match format {
            Some("json") => Some(MESSAGES[0]),
            Some("csv") => offers.contains(&SHEET).then_some(SHEET),
            Some(word) => Format::parse(word).and_then(name_of),
            None => choose(headers, offers),
        };
        let document = FORMS.iter().find(|(name, _)| chosen == Some(name)).map(|(_, format)| *format);
        match (chosen, document, format) {
            (_, Some(format), _) => Ok(Self::Document(format)),
            (Some(SHEET), ..) => Ok(Self::Sheet),
            (Some(name), ..) => Accepts::named(name).map(Self::Message).ok_or_else(|| not_acceptable(offers)),
            (None, _, Some(_)) => Err(Problem::of(Kind::QueryNotUnderstood)),
            (None, ..) => Err(not_acceptable(offers)),
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
        let offers = [MESSAGES[0], MESSAGES[1], MESSAGES[2], SHEET];
        match Wish::among(format, headers, &offers)? {
            Wish::Message(accepts) => Ok(Self::Message(accepts)),
            Wish::Sheet => Ok(Self::Sheet),
            Wish::Document(_) => Err(Problem::of(Kind::QueryNotUnderstood)),
        }
    }
}

fn name_of(format: Format) -> Option<&'static str> {
    FORMS.iter().find(|(_, known)| *known == format).map(|(name, _)| *name)
}

fn not_acceptable(offers: &[&'static str]) -> Problem {
    Problem::of(Kind::NotAcceptable).saying("offered", &offers.join(", "))
}

/// The format of a document that there is no message of: what the query asks for, and where it does not say, `Accept`.
pub(crate) fn format_of(asked: Option<&str>, headers: &HeaderMap) -> Result<Format, Problem> {
    if let Some(asked) = asked {
        return Format::parse(asked).ok_or_else(|| Problem::of(Kind::QueryNotUnderstood));
    }
    let names = FORMS.map(|(name, _)| name);
    let chosen = choose(headers, &names);
    let found = FORMS.iter().find(|(name, _)| chosen == Some(name));
    found.map(|(_, format)| *format).ok_or_else(|| not_acceptable(&names))
}

/// A document to be shown.
pub(crate) fn page(document: Rendered) -> Response {
    let name = format!("{}.{}", document.title, document.format.extension());
    let headers = [
        (header::CONTENT_TYPE, document.format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition("inline", &name, document.format.extension())),
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
            (Some("pdf"), "*/*", "query-not-understood"),
        ];
        for (format, accept, expected) in table {
            assert_eq!(kind(format, accept), expected, "{format:?} {accept}");
        }
    }
}

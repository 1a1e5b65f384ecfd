//! Reports as pages and texts.

use std::fmt::Write as _;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use documents::Format;
use operations::Rendered;

use crate::address::{Address, Choices, OfReport, OfUnit, WhichForm};
use crate::format::choose;
use crate::headers::PAGE_POLICY;
use crate::house::House;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::visitor::{Answer, Bearer};

/// What a report can be had as, the first choice first.
const FORMS: [(&str, Format); 2] = [("text/html", Format::Html), ("text/markdown", Format::Markdown)];

/// A report of the newest roll-up.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/reports/{release}", tag = "reports",
    params(OfReport, WhichForm),
    responses((status = OK, content((String = "text/html"), (String = "text/markdown")))))]
pub(crate) async fn read_report(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfReport>,
    Choices(form): Choices<WhichForm>,
    headers: HeaderMap,
) -> Answer {
    let format = format_of(&form, &headers)?;
    let report = house.office.report(&caller, &at.federation, &at.round, at.release, format).await?;
    Ok(page(report).into_response())
}

/// A unit's own report of its newest revision that counts.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/report", tag = "reports",
    params(OfUnit, WhichForm),
    responses((status = OK, content((String = "text/html"), (String = "text/markdown")))))]
pub(crate) async fn read_member_report(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfUnit>,
    Choices(form): Choices<WhichForm>,
    headers: HeaderMap,
) -> Answer {
    let format = format_of(&form, &headers)?;
    let OfUnit { federation, round, unit } = &at;
    let report = house.office.member_report(&caller, federation, round, unit, form.report, format).await?;
    Ok(page(report).into_response())
}

fn format_of(form: &WhichForm, headers: &HeaderMap) -> Result<Format, Problem> {
    if let Some(asked) = &form.format {
        return Format::parse(asked).ok_or_else(|| Problem::of(Kind::QueryNotUnderstood));
    }
    let names = FORMS.map(|(name, _)| name);
    let chosen = choose(headers, &names);
    let found = FORMS.iter().find(|(name, _)| chosen == Some(name));
    found
        .map(|(_, format)| *format)
        .ok_or_else(|| Problem::of(Kind::NotAcceptable).saying("offered", &names.join(", ")))
}

fn page(report: Rendered) -> impl IntoResponse {
    let name = format!("{}.{}", report.title, report.format.extension());
    let headers = [
        (header::CONTENT_TYPE, report.format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&name, report.format.extension())),
        (header::CONTENT_SECURITY_POLICY, PAGE_POLICY.to_owned()),
    ];
    (headers, report.bytes)
}

/// To be shown, and saved under its own name in any script (RFC 6266 with RFC 8187); the plain name is for what knows only ASCII.
fn disposition(name: &str, extension: &str) -> String {
    let mut encoded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("inline; filename=\"report.{extension}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_title_becomes_a_file_name_that_every_browser_reads() {
        let header = disposition("通报 1/2.html", "html");
        assert_eq!(header, "inline; filename=\"report.html\"; filename*=UTF-8''%E9%80%9A%E6%8A%A5%201%2F2.html");
        assert!(header.is_ascii());
    }
}

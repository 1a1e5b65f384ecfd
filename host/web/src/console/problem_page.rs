//! A problem as a page: what went wrong and what to do, for somebody who reads it in a browser.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::text::Language;

use crate::console::frame::{self, Frame};
use crate::problem::Problem;
use crate::render::{PartBody, ProblemBody};

#[derive(Template)]
#[template(path = "console/problem.html")]
struct ProblemPage<'a> {
    frame: Frame,
    title: &'a str,
    detail: &'a str,
    parts: &'a [PartBody],
    request: &'a str,
}

/// The page of a problem. Who is signed in is not looked up for it: that may be the very thing that does not work.
pub(crate) fn problem_page(body: &ProblemBody, language: Language, status: StatusCode) -> Result<Response, Problem> {
    let frame = Frame::of_nobody(language, "/");
    let ProblemBody { title, detail, errors, request, .. } = body;
    frame::page(status, &ProblemPage { frame, title, detail, parts: errors, request })
}

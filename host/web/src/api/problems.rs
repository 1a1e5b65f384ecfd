//! The pages behind the addresses that problems give as their type.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use domain::text::Language;
use serde::Serialize;
use utoipa::ToSchema;

use crate::kind::Kind;
use crate::language::language_of;
use crate::problem::Problem;
use crate::render::{PROBLEMS, title_of};
use crate::visitor::{Accepts, Answer};

/// A kind of problem.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProblemKind {
    /// What problems of this kind give as their `type`.
    r#type: String,
    /// Stable, kebab-case.
    code: &'static str,
    /// The HTTP status.
    status: u16,
    /// Who usually has to change something: `submission`, `caller`, `plugin` or `host`.
    fault: &'static str,
    /// In a few words, in the language that `Accept-Language` asks for.
    title: String,
}

impl ProblemKind {
    fn of(kind: Kind, language: Language) -> Self {
        Self {
            r#type: format!("{PROBLEMS}/{}", kind.code()),
            code: kind.code(),
            status: kind.status().as_u16(),
            fault: kind.fault().code(),
            title: title_of(kind, language),
        }
    }
}

/// Every kind of problem that this host knows.
#[utoipa::path(get, path = "/problems", tag = "host", security(()), responses((status = OK, body = Vec<ProblemKind>)))]
pub(crate) async fn list_problems(accepts: Accepts, headers: HeaderMap) -> Answer {
    let language = language_of(&headers);
    let kinds: Vec<_> = Kind::ALL.into_iter().map(|kind| ProblemKind::of(kind, language)).collect();
    accepts.reply(StatusCode::OK, &kinds)
}

/// One kind of problem.
#[utoipa::path(get, path = "/problems/{code}", tag = "host", security(()),
    params(("code" = String, Path, description = "Its code")), responses((status = OK, body = ProblemKind)))]
pub(crate) async fn read_problem(accepts: Accepts, Path(code): Path<String>, headers: HeaderMap) -> Answer {
    let kind = Kind::ALL.into_iter().find(|kind| kind.code() == code);
    let kind = kind.ok_or_else(|| Problem::of(Kind::NoSuchAddress))?;
    accepts.reply(StatusCode::OK, &ProblemKind::of(kind, language_of(&headers)))
}

//! What an act on a page did not do, told on that page and beside what was typed.

use axum::http::StatusCode;
use operations::OperationError;

use crate::console::reader::Reader;
use crate::problem::Problem;
use crate::render::detail_of;

/// Why an act was refused, in its reader's words.
pub(crate) struct Refused {
    pub(crate) status: StatusCode,
    pub(crate) said: String,
}

impl Refused {
    /// What is told beside the form that was sent.
    ///
    /// # Errors
    ///
    /// What nobody mends by typing something else (a fault of the host, an act that is not theirs, a thing that is not there) is a page of its own.
    pub(crate) fn of(error: OperationError, reader: &Reader) -> Result<Self, Problem> {
        let problem = Problem::from(error);
        let status = problem.kind.status();
        if !status.is_client_error() || matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND) {
            return Err(problem);
        }
        let parts: Vec<&str> = problem.parts.iter().map(|part| part.message.in_language(reader.language)).collect();
        let said = if parts.is_empty() { detail_of(&problem, reader.language) } else { parts.join(" ") };
        Ok(Self { status, said })
    }
}

//! Problems: how a request ends without what was asked for (RFC 9457).
//!
//! A problem is made where it is noticed and put into words at the very border (`render`), where the caller's language,
//! encoding and request id are known.

use std::borrow::Cow;
use std::error::Error;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use axum::http::HeaderValue;
use axum::http::header::{self, HeaderName};
use axum::response::{IntoResponse, Response};
use documents::workbook::Place;
use domain::limits::QUARANTINE_RETRY;
use domain::text::Text;
use operations::{FormProblem, OperationError};

use crate::kind::{Fault, Kind};
use crate::precondition::{tag_of, tag_of_draft};

/// One of several things that are wrong at once.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Where in the body (RFC 6901).
    pub(crate) pointer: String,
    /// Stable, kebab-case.
    pub(crate) code: &'static str,
    /// The cell, where the body is a workbook.
    pub(crate) place: Option<Place>,
    /// What is wrong.
    pub(crate) message: Text,
}

/// A problem, not yet in words. Small, because every result of the border can be one.
#[derive(Clone, Debug)]
pub(crate) struct Problem(Box<Details>);

/// What is known of a problem.
#[derive(Clone, Debug)]
pub(crate) struct Details {
    pub(crate) kind: Kind,
    /// Stable, kebab-case: the kind's, or a more exact one.
    pub(crate) code: Cow<'static, str>,
    /// What the kind's sentence needs to be filled in.
    pub(crate) arguments: Vec<(&'static str, String)>,
    /// A sentence that knows more than the kind's own.
    pub(crate) sentence: Option<Text>,
    /// Where in the body.
    pub(crate) pointer: Option<String>,
    /// Each thing that is wrong, where there are several.
    pub(crate) parts: Vec<Part>,
    /// What would be possible instead: codes.
    pub(crate) possible: Vec<&'static str>,
    /// The release whose fault it is.
    pub(crate) release: Option<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// For the operator's log, never for the caller.
    pub(crate) cause: Option<Arc<dyn Error + Send + Sync>>,
    /// Whose fault: the kind's usual, or another's.
    pub(crate) fault: Fault,
}

impl Problem {
    /// A problem of a kind.
    pub(crate) fn of(kind: Kind) -> Self {
        let problem = Self(Box::new(Details {
            kind,
            code: kind.code().into(),
            arguments: Vec::new(),
            sentence: None,
            pointer: None,
            parts: Vec::new(),
            possible: Vec::new(),
            release: None,
            headers: Vec::new(),
            cause: None,
            fault: kind.fault(),
        }));
        match kind {
            Kind::NotAuthenticated => problem.with_header(header::WWW_AUTHENTICATE, "Bearer realm=\"huizong\""),
            Kind::Quarantined => problem.with_header(header::RETRY_AFTER, &QUARANTINE_RETRY.as_secs().to_string()),
            Kind::Busy => problem.with_header(header::RETRY_AFTER, "2"),
            Kind::TookTooLong => problem.with_header(header::RETRY_AFTER, "30"),
            _ => problem,
        }
    }

    /// This host's own fault; the cause goes to its log only.
    pub(crate) fn host_fault(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let mut problem = Self::of(Kind::HostFault);
        problem.cause = Some(Arc::from(cause.into()));
        problem
    }

    /// Fills a gap in the kind's sentence.
    pub(crate) fn saying(mut self, name: &'static str, value: &str) -> Self {
        self.arguments.push((name, value.to_owned()));
        self
    }

    /// Says where in the body.
    pub(crate) fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// Makes every pointer lead into the message that was sent, where the office saw only a part of it.
    pub(crate) fn with_pointers(mut self, into_the_message: impl Fn(&str) -> String) -> Self {
        let details = &mut *self.0;
        let pointers = details.parts.iter_mut().map(|part| &mut part.pointer);
        for pointer in pointers.chain(&mut details.pointer) {
            *pointer = into_the_message(pointer);
        }
        self
    }

    /// Adds a header to the answer; a value that no header can hold is left out.
    pub(crate) fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    /// Says that it is somebody else's fault than usually.
    pub(crate) fn blaming(mut self, fault: Fault) -> Self {
        self.fault = fault;
        self
    }
}

impl Deref for Problem {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.0
    }
}

impl DerefMut for Problem {
    fn deref_mut(&mut self) -> &mut Details {
        &mut self.0
    }
}

/// What the office says becomes a kind of problem, with the office's own code and sentence.
impl From<OperationError> for Problem {
    fn from(error: OperationError) -> Self {
        let mut problem = Self::of(Kind::from(&error));
        problem.code = error.code().to_owned().into();
        problem.sentence = Some(error.message());
        match error {
            OperationError::Stale { current: Some(current) } => {
                return problem.with_header(header::ETAG, &tag_of(current));
            }
            OperationError::DraftNotRead { current: Some(current) } => {
                return problem.with_header(header::ETAG, &tag_of_draft(current));
            }
            OperationError::DraftStale { current, differs } => {
                problem.parts = differs.into_iter().map(Part::from).collect();
                if let Some(current) = current {
                    return problem.with_header(header::ETAG, &tag_of_draft(current));
                }
            }
            OperationError::TooManyAttempts { seconds } => {
                return problem.with_header(header::RETRY_AFTER, &seconds.to_string());
            }
            OperationError::RoundStep(not_now) => {
                problem.possible = not_now.possible.iter().map(|act| act.code()).collect();
            }
            OperationError::Refused(refusal) => problem.pointer = refusal.pointer,
            OperationError::PluginFault { release, .. } | OperationError::Quarantined { release } => {
                problem.release = Some(release.to_string());
            }
            OperationError::Host(cause) | OperationError::Damaged { cause, .. } => {
                problem.cause = Some(Arc::from(cause))
            }
            // Nothing is said of the plugin: nobody has looked at it.
            OperationError::SignatureNotAccepted(_) => problem.fault = Fault::Caller,
            OperationError::Invalid(problems) => {
                problem.pointer = problems.first().map(|first| first.pointer.clone());
                problem.parts = problems.into_iter().map(Part::from).collect();
            }
            _ => {}
        }
        problem
    }
}

impl From<FormProblem> for Part {
    fn from(problem: FormProblem) -> Self {
        Self { pointer: problem.pointer, code: problem.code, place: problem.place, message: problem.message }
    }
}

impl IntoResponse for Problem {
    /// The status and headers; the body is written by `render`, which finds the problem in the extensions.
    fn into_response(mut self) -> Response {
        let mut response = self.kind.status().into_response();
        for (name, value) in std::mem::take(&mut self.headers) {
            response.headers_mut().insert(name, value);
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

//! The kinds of problem: the one table of status, code and whose fault it is.

use axum::http::StatusCode;
use domain::answers::NotAnswers;
use operations::OperationError;

/// Whose doing a problem is: who has to change something so that it goes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// What was handed in says something that cannot stand.
    Submission,
    /// The request is not one that this caller can make, or not in this way.
    Caller,
    /// An uploaded plugin.
    Plugin,
    /// This host.
    Host,
}

impl Fault {
    /// Stable, for programs.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Submission => "submission",
            Self::Caller => "caller",
            Self::Plugin => "plugin",
            Self::Host => "host",
        }
    }
}

/// The kinds of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    NotAuthenticated,
    NotAllowed,
    NotOurPage,
    TooManyAttempts,
    Missing,
    NoSuchAddress,
    MethodNotAllowed,
    NotAcceptable,
    UnsupportedMediaType,
    UnsupportedCoding,
    BodyTooLarge,
    BodyIncomplete,
    Unreadable(Unreadable),
    MistypedValue,
    CodeDiffers,
    QueryNotUnderstood,
    HeaderNotUnderstood,
    Stale,
    PreconditionRequired,
    KeyReused,
    RoundClosed,
    AlreadyThere,
    NotPossible,
    Invalid,
    Refused,
    NotAdmitted,
    PluginFault,
    Quarantined,
    Busy,
    TookTooLong,
    HostFault,
}

/// Why the bytes of a body hold no value that the house reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    Malformed,
    TooDeep,
    TooMany,
    TextTooLong,
    DuplicateName,
    Fraction,
    NumberTooLarge,
    NotAValue,
    NotAnObject,
}

impl Kind {
    /// Every kind, for the page that lists them and for the tests.
    pub(crate) const ALL: [Self; 39] = [
        Self::NotAuthenticated,
        Self::NotAllowed,
        Self::NotOurPage,
        Self::TooManyAttempts,
        Self::Missing,
        Self::NoSuchAddress,
        Self::MethodNotAllowed,
        Self::NotAcceptable,
        Self::UnsupportedMediaType,
        Self::UnsupportedCoding,
        Self::BodyTooLarge,
        Self::BodyIncomplete,
        Self::Unreadable(Unreadable::Malformed),
        Self::Unreadable(Unreadable::TooDeep),
        Self::Unreadable(Unreadable::TooMany),
        Self::Unreadable(Unreadable::TextTooLong),
        Self::Unreadable(Unreadable::DuplicateName),
        Self::Unreadable(Unreadable::Fraction),
        Self::Unreadable(Unreadable::NumberTooLarge),
        Self::Unreadable(Unreadable::NotAValue),
        Self::Unreadable(Unreadable::NotAnObject),
        Self::MistypedValue,
        Self::CodeDiffers,
        Self::QueryNotUnderstood,
        Self::HeaderNotUnderstood,
        Self::Stale,
        Self::PreconditionRequired,
        Self::KeyReused,
        Self::RoundClosed,
        Self::AlreadyThere,
        Self::NotPossible,
        Self::Invalid,
        Self::Refused,
        Self::NotAdmitted,
        Self::PluginFault,
        Self::Quarantined,
        Self::Busy,
        Self::TookTooLong,
        Self::HostFault,
    ];

    /// The table: status, stable code, whose fault.
    const fn row(self) -> (StatusCode, &'static str, Fault) {
        use Fault::{Caller, Host, Plugin, Submission};
        match self {
            Self::NotAuthenticated => (StatusCode::UNAUTHORIZED, "not-authenticated", Caller),
            Self::NotAllowed => (StatusCode::FORBIDDEN, "not-allowed", Caller),
            Self::NotOurPage => (StatusCode::FORBIDDEN, "not-our-page", Caller),
            Self::TooManyAttempts => (StatusCode::TOO_MANY_REQUESTS, "too-many-attempts", Caller),
            Self::Missing => (StatusCode::NOT_FOUND, "missing", Caller),
            Self::NoSuchAddress => (StatusCode::NOT_FOUND, "no-such-address", Caller),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", Caller),
            Self::NotAcceptable => (StatusCode::NOT_ACCEPTABLE, "not-acceptable", Caller),
            Self::UnsupportedMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", Caller),
            Self::UnsupportedCoding => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-coding", Caller),
            Self::BodyTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", Caller),
            Self::BodyIncomplete => (StatusCode::BAD_REQUEST, "body-incomplete", Caller),
            Self::Unreadable(Unreadable::Malformed) => (StatusCode::BAD_REQUEST, "malformed-body", Caller),
            Self::Unreadable(Unreadable::TooDeep) => (StatusCode::BAD_REQUEST, "nested-too-deep", Caller),
            Self::Unreadable(Unreadable::TooMany) => (StatusCode::PAYLOAD_TOO_LARGE, "too-many-values", Caller),
            Self::Unreadable(Unreadable::TextTooLong) => (StatusCode::PAYLOAD_TOO_LARGE, "text-too-long", Caller),
            Self::Unreadable(Unreadable::DuplicateName) => (StatusCode::BAD_REQUEST, "duplicate-name", Caller),
            Self::Unreadable(Unreadable::Fraction) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "fraction-not-text", Submission)
            }
            Self::Unreadable(Unreadable::NumberTooLarge) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "number-too-large", Submission)
            }
            Self::Unreadable(Unreadable::NotAValue) => (StatusCode::UNPROCESSABLE_ENTITY, "not-a-value", Submission),
            Self::Unreadable(Unreadable::NotAnObject) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "not-an-object", Submission)
            }
            Self::MistypedValue => (StatusCode::UNPROCESSABLE_ENTITY, "mistyped-value", Caller),
            Self::CodeDiffers => (StatusCode::UNPROCESSABLE_ENTITY, "code-differs", Caller),
            Self::QueryNotUnderstood => (StatusCode::BAD_REQUEST, "query-not-understood", Caller),
            Self::HeaderNotUnderstood => (StatusCode::BAD_REQUEST, "header-not-understood", Caller),
            Self::Stale => (StatusCode::PRECONDITION_FAILED, "stale", Caller),
            Self::PreconditionRequired => (StatusCode::PRECONDITION_REQUIRED, "precondition-required", Caller),
            Self::KeyReused => (StatusCode::CONFLICT, "key-reused", Caller),
            Self::RoundClosed => (StatusCode::CONFLICT, "round-closed", Caller),
            Self::AlreadyThere => (StatusCode::CONFLICT, "already-there", Caller),
            Self::NotPossible => (StatusCode::CONFLICT, "not-possible", Caller),
            Self::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", Caller),
            Self::Refused => (StatusCode::UNPROCESSABLE_ENTITY, "refused", Submission),
            Self::NotAdmitted => (StatusCode::UNPROCESSABLE_ENTITY, "not-admitted", Plugin),
            // The host is here the one in the middle, and what it asked gave no valid answer.
            Self::PluginFault => (StatusCode::BAD_GATEWAY, "plugin-fault", Plugin),
            Self::Quarantined => (StatusCode::SERVICE_UNAVAILABLE, "release-quarantined", Plugin),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy", Host),
            Self::TookTooLong => (StatusCode::SERVICE_UNAVAILABLE, "took-too-long", Host),
            Self::HostFault => (StatusCode::INTERNAL_SERVER_ERROR, "host-fault", Host),
        }
    }

    /// The HTTP status.
    pub(crate) const fn status(self) -> StatusCode {
        self.row().0
    }

    /// Stable, kebab-case.
    pub(crate) const fn code(self) -> &'static str {
        self.row().1
    }

    /// Whose fault.
    pub(crate) const fn fault(self) -> Fault {
        self.row().2
    }
}

impl From<&NotAnswers> for Unreadable {
    fn from(reason: &NotAnswers) -> Self {
        match reason {
            NotAnswers::TooDeep => Self::TooDeep,
            NotAnswers::TooMany => Self::TooMany,
            NotAnswers::TextTooLong => Self::TextTooLong,
            NotAnswers::DuplicateName(_) => Self::DuplicateName,
            NotAnswers::Fraction => Self::Fraction,
            NotAnswers::NumberTooLarge => Self::NumberTooLarge,
            NotAnswers::NotAValue => Self::NotAValue,
            NotAnswers::NotAnObject => Self::NotAnObject,
            NotAnswers::Malformed(_) => Self::Malformed,
        }
    }
}

/// What the office says is a kind of problem, too.
impl From<&OperationError> for Kind {
    fn from(error: &OperationError) -> Self {
        match error {
            OperationError::NotAuthenticated | OperationError::NotSignedIn | OperationError::SignOnRefused(_) => {
                Self::NotAuthenticated
            }
            OperationError::TooManyAttempts { .. } => Self::TooManyAttempts,
            OperationError::NotAllowed => Self::NotAllowed,
            OperationError::Missing(_) => Self::Missing,
            OperationError::AlreadyThere(_) => Self::AlreadyThere,
            OperationError::Invalid(_) => Self::Invalid,
            OperationError::Stale { .. } | OperationError::DraftStale { .. } => Self::Stale,
            OperationError::DraftNotRead { .. } => Self::PreconditionRequired,
            OperationError::KeyReused => Self::KeyReused,
            OperationError::RoundClosed => Self::RoundClosed,
            OperationError::RoundStep(_) | OperationError::NotPossible { .. } => Self::NotPossible,
            OperationError::Refused(_) => Self::Refused,
            OperationError::PluginFault { .. } | OperationError::Unrenderable { .. } => Self::PluginFault,
            OperationError::NotAdmitted(_)
            | OperationError::FormNotAdmitted(_)
            | OperationError::SignatureNotAccepted(_) => Self::NotAdmitted,
            OperationError::Quarantined { .. } => Self::Quarantined,
            OperationError::Busy => Self::Busy,
            OperationError::Host(_) | OperationError::Damaged { .. } => Self::HostFault,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_problem_has_a_code_of_its_own_and_an_error_status() {
        for (index, kind) in Kind::ALL.iter().enumerate() {
            assert!(Kind::ALL[..index].iter().all(|other| other.code() != kind.code()), "{}", kind.code());
            assert!(kind.status().is_client_error() || kind.status().is_server_error());
            let is_ours =
                matches!(kind.fault(), Fault::Host) || ["plugin-fault", "release-quarantined"].contains(&kind.code());
            assert_eq!(kind.status().is_server_error(), is_ours, "{}", kind.code());
        }
    }

    #[test]
    fn a_body_that_cannot_be_read_keeps_the_code_that_the_answers_give_it() {
        let reasons = [
            NotAnswers::TooDeep,
            NotAnswers::TooMany,
            NotAnswers::TextTooLong,
            NotAnswers::DuplicateName(String::new()),
            NotAnswers::Fraction,
            NotAnswers::NumberTooLarge,
            NotAnswers::NotAValue,
            NotAnswers::NotAnObject,
            NotAnswers::Malformed(String::new()),
        ];
        for reason in reasons {
            assert_eq!(Kind::Unreadable(Unreadable::from(&reason)).code(), reason.code());
        }
    }
}

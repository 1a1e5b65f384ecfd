//! Why an operation did not do what it was asked, and whose fault that is.

use domain::access::NotAllowed;
use domain::digest::Digest;
use domain::finding::Refusal;
use domain::round::{NotNow, RoundAct, RoundState};
use domain::sign_on::SignOnDoubt;
use domain::text::{Language, Text};
use domain::trust::SignatureDoubt;
use serde::Serialize;
use store::StoreError;

use crate::problem::{FormProblem, in_both_languages};
use crate::refused::{of_component, of_form};

/// Whose fault it was that something failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// What was handed in.
    Submission,
    /// Whoever asked.
    Caller,
    /// The plugin.
    Plugin,
    /// The host.
    Host,
}

/// Why an operation did not do what it was asked; each variant is something else for the caller to do.
#[derive(Debug, thiserror::Error)]
pub enum OperationError {
    /// Show a token that the house issued.
    #[error("no valid token was shown")]
    NotAuthenticated,
    /// Try another name or another password: not even which of both is wrong is told.
    #[error("the name or the password is wrong")]
    NotSignedIn,
    /// Come back later: too many attempts to sign in failed.
    #[error("too many attempts to sign in failed")]
    TooManyAttempts {
        /// After so many seconds.
        seconds: u64,
    },
    /// Try again, or ask the administration: the provider of identities was not believed.
    #[error("the single sign-on is not believed")]
    SignOnRefused(#[source] SignOnDoubt),
    /// Ask with another token. Whether the target exists is not told.
    #[error("this token does not allow it")]
    NotAllowed,
    /// Ask for something that exists: the noun.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// Choose another code: the noun.
    #[error("there is already such a {0}")]
    AlreadyThere(&'static str),
    /// Mend these places and send it again; never empty.
    #[error("{} places are wrong", .0.len())]
    Invalid(Vec<FormProblem>),
    /// Read what is there now and decide again.
    #[error("it has changed meanwhile")]
    Stale {
        /// The newest revision, where there is one.
        current: Option<u32>,
    },
    /// Say what you read of the draft before you write on it.
    #[error("it was not said what was read of the draft")]
    DraftNotRead {
        /// What it says now, where there is one.
        current: Option<Digest>,
    },
    /// Read the draft again: somebody else has written on it, or it is gone.
    #[error("the draft was written on meanwhile")]
    DraftStale {
        /// What it says now, where there is one.
        current: Option<Digest>,
        /// The fields that became different, as far as that is known.
        differs: Vec<FormProblem>,
    },
    /// Use a new idempotency key: this one came with other content.
    #[error("the idempotency key was used for something else")]
    KeyReused,
    /// The round takes no submissions any more.
    #[error("the round is closed")]
    RoundClosed,
    /// Do first what leads the round to where this is possible; what is possible now is told.
    #[error(transparent)]
    RoundStep(NotNow),
    /// The state of things does not allow it now.
    #[error("not possible now: {code}")]
    NotPossible {
        /// Stable, kebab-case; see [`NOT_POSSIBLE_CODES`].
        code: &'static str,
    },
    /// The rubric or the report declined to judge: the submission's fault.
    #[error("declined: {}", .0.code)]
    Refused(Refusal),
    /// The plugin broke the contract or a limit; the call is lost and nothing else.
    #[error("release {release} failed in `{function}`")]
    PluginFault {
        /// The release.
        release: Digest,
        /// The contract's name of the function, or `load`.
        function: &'static str,
        /// What it did.
        #[source]
        fault: sandbox::Fault,
    },
    /// The plugin composed a document that cannot be rendered.
    #[error("block {block:?} of the document: {problem}")]
    Unrenderable {
        /// The block's index, from 0; none where it is the whole document.
        block: Option<usize>,
        /// What is wrong with it, for whoever writes the plugin.
        problem: String,
    },
    /// The uploaded component was not admitted.
    #[error("the component is not admitted")]
    NotAdmitted(#[source] sandbox::Refused),
    /// The uploaded component was not admitted because of the form that it describes.
    #[error("the rubric's form is not admitted")]
    FormNotAdmitted(#[source] crate::form::FormRefused),
    /// The federation requires a signature of a key that it trusts, and this one does not hold.
    #[error("the component's signature is not accepted: {}", .0.code())]
    SignatureNotAccepted(SignatureDoubt),
    /// A release is out of use because it failed too often: come back later.
    #[error("release {} is in quarantine", release.short())]
    Quarantined {
        /// The release.
        release: Digest,
    },
    /// What the store gave is not what was kept, so that nothing may be concluded from it; for the operator to mend.
    #[error("the kept {what} is damaged")]
    Damaged {
        /// What: `artifact`, `release` or another kind of record.
        what: &'static str,
        /// How that was noticed, for the operator.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Come back in a moment.
    #[error("the house is busy")]
    Busy,
    /// The host's own fault; the chain is for the operator, never for the caller.
    #[error("the host failed")]
    Host(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Every code that [`OperationError::NotPossible`] may carry; each has a sentence in the catalogue.
pub const NOT_POSSIBLE_CODES: [&str; 68] = [
    "no-single-sign-on",
    "no-public-url",
    "too-many-accounts",
    "too-many-tokens",
    "round-keeps-changing",
    "not-a-rubric",
    "not-a-report",
    "unit-not-in-round",
    "unit-ended",
    "round-not-collecting",
    "delivery-not-given-up",
    "too-many-revisions",
    "too-many-jobs",
    "nothing-to-settle",
    "nothing-to-try",
    "too-many-trials",
    "trial-replaces-nothing",
    "trial-replaces-unclear",
    "trials-not-comparable",
    "not-settled",
    "settled-only-once",
    "not-rolled-up",
    "roll-up-not-composable",
    "nothing-accepted",
    "no-such-document",
    "activation-without-trial",
    "activation-decided",
    "activation-overtaken",
    "not-a-second-person",
    "second-person-issued-by-first",
    "round-keeps-releases",
    "release-in-force",
    "release-withdrawn",
    "release-in-use",
    "release-in-quarantine",
    "not-in-quarantine",
    "nothing-to-roll-back",
    "round-without-review",
    "too-many-returns",
    "revision-held-back",
    "round-is-over",
    "review-entry-not-in-force",
    "review-entry-decided",
    "not-published",
    "publication-decided",
    "publication-overtaken",
    "appeal-too-late",
    "appeal-waits",
    "appeal-decided",
    "appeals-wait",
    "appeal-not-decided",
    "too-many-messages",
    "too-many-review-entries",
    "too-many-appeals",
    "too-many-rectifications",
    "rectification-step-not-possible",
    "round-not-open-yet",
    "draft-builds-on-older-revision",
    "signature-needed",
    "too-many-attachments",
    "attachment-withdrawn",
    "upload-broke-off",
    "too-many-check-rules",
    "amendment-needed",
    "round-without-signatory",
    "draft-not-presented",
    "presenter-does-not-sign",
    "no-font-for-pages",
];

impl OperationError {
    /// Stable, kebab-case: what programs go by.
    pub fn code(&self) -> &str {
        match self {
            Self::NotAuthenticated => "not-authenticated",
            Self::NotSignedIn => "not-signed-in",
            Self::TooManyAttempts { .. } => "too-many-attempts",
            Self::SignOnRefused(doubt) => doubt.code(),
            Self::NotAllowed => "not-allowed",
            Self::Missing(_) => "missing",
            Self::AlreadyThere(_) => "already-there",
            Self::Invalid(_) => "invalid",
            Self::Stale { .. } => "stale",
            Self::DraftNotRead { .. } => "precondition-required",
            Self::DraftStale { .. } => "draft-stale",
            Self::KeyReused => "key-reused",
            Self::RoundClosed => "round-closed",
            Self::RoundStep(_) => "round-act-not-possible",
            Self::NotPossible { code } => code,
            Self::Refused(refusal) => &refusal.code,
            Self::PluginFault { fault, .. } => fault.code(),
            Self::Unrenderable { .. } => "document-unrenderable",
            Self::NotAdmitted(refused) => refused.code(),
            Self::FormNotAdmitted(_) => "bad-form",
            Self::SignatureNotAccepted(doubt) => doubt.code(),
            Self::Damaged { what: "artifact", .. } => "artifact-damaged",
            Self::Damaged { what: "release", .. } => "release-damaged",
            Self::Damaged { .. } => "record-damaged",
            Self::Quarantined { .. } => "release-quarantined",
            Self::Busy => "busy",
            Self::Host(_) => "host-fault",
        }
    }

    /// Whose fault it was.
    pub fn whose(&self) -> Whose {
        match self {
            Self::Invalid(_) | Self::Refused(_) => Whose::Submission,
            Self::NotAuthenticated
            | Self::NotSignedIn
            | Self::TooManyAttempts { .. }
            | Self::SignOnRefused(_)
            | Self::NotAllowed
            | Self::Missing(_)
            | Self::AlreadyThere(_)
            | Self::Stale { .. }
            | Self::DraftNotRead { .. }
            | Self::DraftStale { .. }
            | Self::KeyReused
            | Self::RoundClosed
            | Self::RoundStep(_)
            | Self::NotPossible { .. }
            | Self::SignatureNotAccepted(_) => Whose::Caller,
            Self::PluginFault { fault, .. } => match fault.whose() {
                sandbox::Whose::Plugin => Whose::Plugin,
                sandbox::Whose::Host => Whose::Host,
            },
            Self::Unrenderable { .. } | Self::NotAdmitted(_) | Self::FormNotAdmitted(_) | Self::Quarantined { .. } => {
                Whose::Plugin
            }
            Self::Busy | Self::Host(_) | Self::Damaged { .. } => Whose::Host,
        }
    }

    /// What to tell the person who asked, and what to do next. Says nothing of the host's insides.
    pub fn message(&self) -> Text {
        match self {
            Self::Refused(refusal) => refusal.message.clone(),
            Self::Missing(noun) => of_noun("error-missing", noun),
            Self::AlreadyThere(noun) => of_noun("error-already-there", noun),
            Self::NotPossible { code } => in_both_languages(&format!("error-{code}"), &[]),
            Self::RoundStep(not_now) => of_round_step(not_now),
            Self::TooManyAttempts { seconds } => {
                in_both_languages("error-too-many-attempts", &[("minutes", &seconds.div_ceil(60).to_string())])
            }
            Self::PluginFault { release, function, fault } => {
                let detail = fault.to_string();
                let arguments =
                    [("release", release.short()), ("function", (*function).to_owned()), ("detail", detail)];
                in_both_languages(
                    "error-plugin-fault",
                    &arguments.each_ref().map(|(name, value)| (*name, value.as_str())),
                )
            }
            Self::Unrenderable { block: Some(block), problem } => {
                let place = (block + 1).to_string();
                in_both_languages("error-document-unrenderable-block", &[("block", &place), ("problem", problem)])
            }
            Self::Unrenderable { block: None, problem } => {
                in_both_languages("error-document-unrenderable", &[("problem", problem)])
            }
            Self::NotAdmitted(refused) => not_admitted(&of_component(refused)),
            Self::Quarantined { release } => {
                in_both_languages("error-release-quarantined", &[("release", &release.short())])
            }
            Self::FormNotAdmitted(refused) => not_admitted(&of_form(refused)),
            other => in_both_languages(&format!("error-{}", other.code()), &[]),
        }
    }

    /// What the sandbox says of a run that gave nothing.
    pub(crate) fn fault(release: Digest, function: &'static str, fault: sandbox::Fault) -> Self {
        match fault.kind {
            sandbox::FaultKind::Busy => Self::Busy,
            sandbox::FaultKind::Host => Self::Host(Box::new(fault)),
            _ => Self::PluginFault { release, function, fault },
        }
    }

    /// Why a component was not admitted; a fault of the host's own is no verdict on the component.
    pub(crate) fn not_admitted(release: Digest, refused: sandbox::Refused) -> Self {
        match refused {
            sandbox::Refused::Fault(fault) if fault.whose() == sandbox::Whose::Host => {
                Self::fault(release, "describe", fault)
            }
            verdict => Self::NotAdmitted(verdict),
        }
    }

    /// An error that only a damaged store or a mistake of the house explains.
    pub(crate) fn host(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Host(Box::new(error))
    }
}

/// That a component is not admitted, and why.
fn not_admitted(why: &Text) -> Text {
    let said = |language, detail: &str| documents::words::say(language, "error-not-admitted", &[("detail", detail)]);
    Text { zh: said(Language::Chinese, &why.zh), en: said(Language::English, &why.en) }
}

/// What a round does not allow now, where it stands, and what it does allow.
fn of_round_step(not_now: &NotNow) -> Text {
    let said = |language| {
        let word = |key: &str, code: &str| documents::words::say(language, &format!("{key}-{code}"), &[]);
        let possible: Vec<String> = not_now.possible.iter().map(|act| word("round-act", act.code())).collect();
        let separator = word("list", "separator");
        let possible = if possible.is_empty() { word("round-act", "none") } else { possible.join(&separator) };
        let (act, state) = (word("round-act", not_now.act.code()), word("round-state", not_now.state.code()));
        let arguments = [("act", act.as_str()), ("state", state.as_str()), ("possible", possible.as_str())];
        documents::words::say(language, "error-round-act-not-possible", &arguments)
    };
    Text { zh: said(Language::Chinese), en: said(Language::English) }
}

/// A sentence about a noun of the house, which has a word of its own in each language.
fn of_noun(key: &str, noun: &str) -> Text {
    let named = |language| {
        let key_of_noun = format!("noun-{noun}");
        let known = documents::words::say(language, &key_of_noun, &[]);
        documents::words::say(language, key, &[("noun", if known == key_of_noun { noun } else { &known })])
    };
    Text { zh: named(Language::Chinese), en: named(Language::English) }
}

impl From<NotAllowed> for OperationError {
    fn from(_: NotAllowed) -> Self {
        Self::NotAllowed
    }
}

impl From<NotNow> for OperationError {
    fn from(not_now: NotNow) -> Self {
        let comes_too_late = not_now.act == RoundAct::Submit && not_now.state != RoundState::Planned;
        if comes_too_late { Self::RoundClosed } else { Self::RoundStep(not_now) }
    }
}

impl From<StoreError> for OperationError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::AlreadyThere(noun) => Self::AlreadyThere(noun),
            StoreError::Missing(noun) => Self::Missing(noun),
            StoreError::Stale { current } => Self::Stale { current },
            StoreError::DraftMoved => Self::DraftStale { current: None, differs: Vec::new() },
            StoreError::KeyReused => Self::KeyReused,
            StoreError::AnsweredBefore => Self::KeyReused,
            StoreError::RoundMoved => Self::NotPossible { code: "round-keeps-changing" },
            StoreError::InUse => Self::NotPossible { code: "release-in-use" },
            StoreError::Withdrawn => Self::NotPossible { code: "release-withdrawn" },
            StoreError::Full("draft") => Self::Invalid(vec![FormProblem::say("", "draft-too-large", &[])]),
            StoreError::Full("message") => Self::NotPossible { code: "too-many-messages" },
            StoreError::Full("account") => Self::NotPossible { code: "too-many-accounts" },
            StoreError::Full("token") => Self::NotPossible { code: "too-many-tokens" },
            StoreError::Full("appeal") => Self::NotPossible { code: "too-many-appeals" },
            StoreError::Full(_) => Self::NotPossible { code: "too-many-review-entries" },
            StoreError::Busy => Self::Busy,
            StoreError::Corrupt { what, .. } => Self::Damaged { what, cause: Box::new(error) },
            damaged => Self::Host(Box::new(damaged)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_damaged_is_told_apart_and_is_the_host_s_to_mend() {
        for (what, code) in
            [("artifact", "artifact-damaged"), ("release", "release-damaged"), ("blob", "record-damaged")]
        {
            let error = OperationError::from(StoreError::Corrupt { what, why: "other bytes".to_owned() });
            assert_eq!((error.code(), error.whose()), (code, Whose::Host));
        }
    }

    #[test]
    fn every_error_has_a_sentence_in_both_languages() {
        let mut errors: Vec<OperationError> =
            NOT_POSSIBLE_CODES.into_iter().map(|code| OperationError::NotPossible { code }).collect();
        errors.extend(SignOnDoubt::ALL.map(OperationError::SignOnRefused));
        errors.extend([
            OperationError::NotAuthenticated,
            OperationError::NotSignedIn,
            OperationError::TooManyAttempts { seconds: 61 },
            OperationError::NotAllowed,
            OperationError::Missing("round"),
            OperationError::AlreadyThere("federation"),
            OperationError::Invalid(vec![]),
            OperationError::Stale { current: None },
            OperationError::DraftNotRead { current: None },
            OperationError::DraftStale { current: None, differs: vec![] },
            OperationError::KeyReused,
            OperationError::RoundClosed,
            OperationError::RoundStep(NotNow {
                act: RoundAct::Publish,
                state: RoundState::Open,
                possible: RoundAct::ALL.to_vec(),
            }),
            OperationError::RoundStep(NotNow { act: RoundAct::Open, state: RoundState::Archived, possible: vec![] }),
            OperationError::Unrenderable { block: Some(3), problem: "a table is too long".to_owned() },
            OperationError::Unrenderable { block: None, problem: "too many blocks".to_owned() },
            OperationError::FormNotAdmitted(crate::form::FormRefused::TooLarge),
            OperationError::Quarantined { release: Digest::of(b"release") },
            OperationError::SignatureNotAccepted(SignatureDoubt::SignatureRequired),
            OperationError::SignatureNotAccepted(SignatureDoubt::SignatureMalformed),
            OperationError::SignatureNotAccepted(SignatureDoubt::KeyNotTrusted),
            OperationError::SignatureNotAccepted(SignatureDoubt::SignatureWrong),
            OperationError::Damaged { what: "artifact", cause: "/secret".into() },
            OperationError::Damaged { what: "release", cause: "/secret".into() },
            OperationError::Damaged { what: "verdict", cause: "/secret".into() },
            OperationError::Busy,
            OperationError::Host("disk full at /secret".into()),
        ]);
        for error in errors {
            let said = error.message();
            for sentence in [&said.zh, &said.en] {
                assert!(
                    !sentence.is_empty()
                        && !["error-", "noun-", "round-", "list-"].iter().any(|key| sentence.contains(key)),
                    "{error:?}"
                );
                assert!(!sentence.contains("secret"), "the host's insides are not told: {sentence}");
            }
            assert_ne!(said.zh, said.en);
        }
    }
}

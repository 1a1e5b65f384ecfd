//! What the people of a member are still writing.

use utoipa::ToSchema;

use super::activation::Signatory;
use super::rectification::Rectification;
use super::submission::{Amendment, Explanation};
use super::{Code, Digest, Instant, Period, Pointer};
use crate::api::submissions::NewExplanation;

/// What is to stand in a draft.
#[derive(ToSchema)]
pub(crate) struct NewDraft {
    /// As far as they are filled in.
    #[schema(value_type = Object)]
    answers: (),
    /// As far as they are written.
    #[schema(required = false)]
    explanations: Vec<NewExplanation>,
    /// What it is to amend, where that has to be said.
    #[schema(required = false)]
    amendment: Amendment,
    /// The revision that it builds upon, 0 for none; where it is left out the one that it built upon, and the newest at first.
    #[schema(required = false)]
    based_on: u32,
}

/// What is to be changed in a draft; what is left out stays.
#[derive(ToSchema)]
pub(crate) struct DraftPatch {
    /// A merge patch (RFC 7396) of the answers.
    #[schema(value_type = Object, required = false)]
    answers: (),
    /// All explanations anew.
    #[schema(required = false)]
    explanations: Vec<NewExplanation>,
    /// What it is to amend; null for nothing.
    #[schema(required = false)]
    amendment: Option<Amendment>,
    /// Another revision to build upon.
    #[schema(required = false)]
    based_on: u32,
}

/// Somebody wrote something into a draft.
#[derive(ToSchema)]
struct DraftChange {
    /// The state that it was written into.
    from: Digest,
    by: Signatory,
    at: Instant,
    /// The places in the draft that became different.
    fields: Vec<Pointer>,
    /// Whether there are more places than are remembered.
    has_more: bool,
}

/// What a step on a draft's way to the signature is.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum DraftStepKind {
    /// A clerk presented it; whatever is written afterwards takes that back.
    Presented,
    /// A signatory sent it back.
    SentBack,
}

/// The newest step on a draft's way to the signature.
#[derive(ToSchema)]
struct DraftStep {
    kind: DraftStepKind,
    by: Signatory,
    at: Instant,
    text: String,
}

/// What a clerk says to whoever is to sign.
#[derive(ToSchema)]
pub(crate) struct NewPresentation {
    #[schema(required = false)]
    text: String,
}

/// Why a draft is sent back.
#[derive(ToSchema)]
pub(crate) struct NewDraftStep {
    text: String,
}

/// A draft.
#[derive(ToSchema)]
pub(crate) struct Draft {
    /// The identity of the draft as it is; its entity tag is `"draft-…"` with it.
    state: Digest,
    /// 0 where there was none.
    based_on: u32,
    #[schema(value_type = Object)]
    answers: (),
    explanations: Vec<Explanation>,
    #[schema(required = true)]
    amendment: Option<Amendment>,
    /// Who wrote last.
    by: Signatory,
    at: Instant,
    /// The newest step on its way to the signature.
    #[schema(required = true)]
    step: Option<DraftStep>,
    /// The oldest first, as far as they are remembered.
    changes: Vec<DraftChange>,
}

/// Answers that counted in an earlier period.
#[derive(ToSchema)]
struct EarlierAnswers {
    period: Period,
    /// In the shape of that round's form.
    #[schema(value_type = Object)]
    answers: (),
    /// Whose they were, where they were those of a unit that was merged into this one.
    #[schema(required = true)]
    predecessor: Option<Code>,
}

/// What stands beside a draft.
#[derive(ToSchema)]
pub(crate) struct BesideDraft {
    /// The newest first.
    earlier: Vec<EarlierAnswers>,
    /// Carried over from earlier rounds.
    rectifications: Vec<Rectification>,
}

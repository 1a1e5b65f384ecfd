//! Files that submissions rest on.

use utoipa::ToSchema;

use super::activation::Signatory;
use super::{Code, Digest, Identifier, Instant, Pointer};

/// What kind of file it is.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum FileKind {
    Pdf,
    Png,
    Jpeg,
    Docx,
    Xlsx,
    Text,
}

/// What a file is tied to.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum AttachedTo {
    /// The submission as a whole.
    Submission,
    /// A criterion of the rubric.
    Criterion(String),
    /// A place in the answers.
    Field(Pointer),
}

/// That an attachment was withdrawn.
#[derive(ToSchema)]
struct AttachmentWithdrawal {
    reason: String,
    by: Signatory,
    at: Instant,
}

/// Why an attachment is withdrawn.
#[derive(ToSchema)]
pub(crate) struct NewAttachmentWithdrawal {
    reason: String,
}

/// A file that was attached to a unit's submission.
#[derive(ToSchema)]
pub(crate) struct Attachment {
    id: Identifier,
    round: Code,
    unit: Code,
    /// The digest of its bytes: what others name it by.
    digest: Digest,
    name: String,
    kind: FileKind,
    bytes: u64,
    to: AttachedTo,
    /// Whether it names persons, so that it is shown only to those who may see that.
    personal: bool,
    by: Signatory,
    at: Instant,
    /// That it was withdrawn, where it was.
    #[schema(required = true)]
    withdrawn: Option<AttachmentWithdrawal>,
}

//! Trust in signatures on components.

use utoipa::ToSchema;

use super::Instant;

/// What happens to a component whose signature does not hold, or that has none.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum SignatureRule {
    /// Signatures are not looked at.
    Off,
    /// It is admitted, and what was wrong is recorded with it.
    Warn,
    /// It is turned away before anything of it is compiled.
    Require,
}

/// What a federation has decided about signatures.
#[derive(ToSchema)]
pub(crate) struct Trust {
    /// Grows with every decision; 0 before the first.
    version: u64,
    signatures: SignatureRule,
    /// Every key that is or was trusted, the oldest first.
    keys: Vec<TrustedKey>,
}

/// A public key that a federation trusts, or trusted once.
#[derive(ToSchema)]
struct TrustedKey {
    /// The key's identifier, as minisign prints it.
    id: String,
    /// The key as minisign writes it, in Base64.
    key: String,
    /// Whose it is, in the federation's words.
    label: String,
    added: KeyAct,
    /// Set once it is not trusted any more. What it had signed by then stays signed.
    #[schema(required = true)]
    removed: Option<KeyAct>,
}

/// That somebody did something to a key, and when.
#[derive(ToSchema)]
struct KeyAct {
    at: Instant,
    /// The label of a token.
    by: String,
}

/// A decision about signatures, whole: a key that is left out is not trusted any more.
#[derive(ToSchema)]
pub(crate) struct NewTrust {
    signatures: SignatureRule,
    /// All keys that are trusted from now on.
    #[schema(required = false)]
    keys: Vec<NewKey>,
    /// Why.
    reason: String,
    /// The version that the decision was made upon; whoever leaves it out decides whatever was decided meanwhile.
    based_on: Option<u64>,
}

/// A key to be trusted.
#[derive(ToSchema)]
struct NewKey {
    /// The public key as minisign writes it: the line in Base64, or the whole file.
    key: String,
    /// Whose it is.
    label: String,
}

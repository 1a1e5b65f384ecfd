//! People: what they are, their accounts and sessions.

use utoipa::ToSchema;

use super::{Code, FederationRole, Identifier, Instant, Role, TokenScope};

/// What somebody is, and for which part of the house.
#[derive(ToSchema)]
pub(crate) struct Grant {
    role: Role,
    /// The federation; the operator's has none.
    federation: Option<Code>,
    /// The unit at the top of what it holds for; the whole federation where it is left out.
    unit: Option<Code>,
}

/// What somebody is to be.
#[derive(ToSchema)]
pub(crate) struct NewGrant {
    role: FederationRole,
    /// For which unit and everything below it; the whole federation where it is left out. Who acts for a member does so for a unit.
    unit: Option<Code>,
}

/// A grant is given or taken.
#[derive(ToSchema)]
pub(crate) struct NewGrantChange {
    act: GrantAct,
    role: FederationRole,
    /// For which unit and everything below it; the whole federation where it is left out.
    unit: Option<Code>,
    /// Why.
    reason: String,
}

/// What is done with a grant.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(crate) enum GrantAct {
    Give,
    Withdraw,
}

/// Somebody to let in.
#[derive(ToSchema)]
pub(crate) struct NewAccount {
    /// By which name they sign in, like a code: that of a post, not of a person.
    #[schema(example = "clerk.610001")]
    login: String,
    /// What they are called; only their administration and they themselves see it.
    name: String,
    /// Their first password, which they change; at least 12 characters. None where they sign in only by single sign-on.
    password: Option<String>,
    /// What they are.
    #[schema(required = false)]
    grants: Vec<NewGrant>,
}

/// Whether somebody may sign in.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(crate) enum AccountState {
    Active,
    Disabled,
}

/// Somebody is shut out or let in again.
#[derive(ToSchema)]
pub(crate) struct NewAccountState {
    state: AccountState,
    /// Why.
    reason: String,
}

/// Another password for somebody.
#[derive(ToSchema)]
pub(crate) struct NewPassword {
    /// At least 12 characters.
    password: String,
    /// Why.
    reason: String,
}

/// An account.
#[derive(ToSchema)]
pub(crate) struct Account {
    id: Identifier,
    federation: Code,
    login: String,
    name: String,
    state: AccountState,
    grants: Vec<Grant>,
    created_at: Instant,
    /// Counts the changes, from 1.
    version: u64,
}

/// Somebody who wants to sign in.
#[derive(ToSchema)]
pub(crate) struct NewSession {
    federation: Code,
    login: String,
    password: String,
}

/// A session.
#[derive(ToSchema)]
pub(crate) struct Session {
    id: Identifier,
    account: Account,
    began_at: Instant,
    /// When it ends if nothing more is heard.
    ends_at: Instant,
}

/// Another password of one's own.
#[derive(ToSchema)]
pub(crate) struct NewOwnPassword {
    /// The one that holds now.
    current: String,
    /// The one that shall; at least 12 characters.
    new: String,
}

/// A token of one's own.
#[derive(ToSchema)]
pub(crate) struct NewOwnToken {
    /// What it is for.
    label: String,
    /// For what it may be used; at least one.
    #[schema(min_items = 1)]
    scopes: Vec<TokenScope>,
    /// From when on it is worth nothing; after 90 days where it is left out.
    expires_at: Option<Instant>,
}

/// Why a token is revoked.
#[derive(ToSchema)]
pub(crate) struct NewRevocation {
    /// Why.
    reason: String,
}

/// A token, without its secret.
#[derive(ToSchema)]
pub(crate) struct Token {
    id: Identifier,
    label: String,
    /// Whose own it is; none where it is nobody's.
    #[schema(required = true)]
    owner: Option<Identifier>,
    /// What it stands for; nothing of its own where it is a person's.
    grants: Vec<Grant>,
    /// For what it may be used; none where it is for everything.
    #[schema(required = true)]
    scopes: Option<Vec<TokenScope>>,
    issued_at: Instant,
    #[schema(required = true)]
    expires_at: Option<Instant>,
    #[schema(required = true)]
    revoked_at: Option<Instant>,
}

/// The provider of identities to believe.
#[derive(ToSchema)]
pub(crate) struct NewSignOn {
    /// Who it is, exactly as it says itself; left out where none is believed any more.
    issuer: Option<String>,
    /// Who this host is to it.
    #[schema(required = false)]
    client_id: String,
    /// By which secret; none where it asks for none. It is never shown again.
    client_secret: Option<String>,
    /// Which of its claims is a login name of the federation; `preferred_username` where it is left out.
    claim: Option<String>,
}

/// The provider of identities that is believed, without the secret.
#[derive(ToSchema)]
pub(crate) struct SignOn {
    /// Who it is; none where none is believed.
    #[schema(required = true)]
    issuer: Option<String>,
    #[schema(required = true)]
    client_id: Option<String>,
    #[schema(required = true)]
    claim: Option<String>,
}

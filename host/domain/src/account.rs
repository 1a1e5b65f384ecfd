//! People's accounts: a login name, what they are, and whether they may sign in. The password is never here.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::access::Grant;
use crate::ids::{AccountId, FederationCode, NotCode, TokenId, UnitCode};

/// By which name somebody signs in: a code in small letters, unique in the federation. It stands in the audit log, which leaves the house,
/// so it is no person's name but that of a post: `clerk.610001`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LoginName(String);

impl FromStr for LoginName {
    type Err = NotCode;

    fn from_str(text: &str) -> Result<Self, NotCode> {
        // What a code is, is said once: the letters are those of units and rounds.
        text.parse::<UnitCode>().map(|code| Self(code.as_str().to_lowercase()))
    }
}

impl TryFrom<String> for LoginName {
    type Error = NotCode;

    fn try_from(text: String) -> Result<Self, NotCode> {
        text.parse()
    }
}

impl From<LoginName> for String {
    fn from(name: LoginName) -> Self {
        name.0
    }
}

impl LoginName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LoginName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether somebody may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountState {
    /// They may.
    Active,
    /// They may not, until an administrator says otherwise.
    Disabled,
}

/// The account of a person in a federation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its identifier.
    pub id: AccountId,
    /// Which federation looks after it.
    pub federation: FederationCode,
    /// By which name they sign in.
    pub login: LoginName,
    /// What they are called. A person's name: it leaves the house nowhere and stands in no log.
    pub name: String,
    /// Whether they may sign in.
    pub state: AccountState,
    /// What they are; all of them of the account's federation.
    pub grants: Vec<Grant>,
    /// Who once knew its password: whoever created the account or set it anew. They are never a second person to it, nor it to them.
    pub issued_by: Vec<TokenId>,
    /// When it was created.
    pub created_at: Timestamp,
    /// Counts the changes, from 1.
    pub version: u64,
}

/// What actors begin with that are accounts. A token's label never does, so that none can pass for a person.
pub const ACCOUNT_MARK: char = '@';

impl Account {
    /// What the audit log calls them.
    pub fn actor(&self) -> String {
        format!("{ACCOUNT_MARK}{}", self.login)
    }

    /// Who they are in records where otherwise a token stands, whichever session or token of their own they show.
    pub const fn identity(&self) -> TokenId {
        TokenId(self.id.0)
    }

    /// Whether they may sign in and act.
    pub fn is_active(&self) -> bool {
        self.state == AccountState::Active
    }
}

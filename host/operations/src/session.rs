//! Signing in and out: a name and a password become a session, and what its secret opens is looked up anew each time.

use std::fmt;

use domain::access::{Caller, Person};
use domain::account::{Account, LoginName};
use domain::audit::Act;
use domain::digest::Digest;
use domain::ids::{FederationCode, SessionId};
use domain::limits::{
    SESSION_AGE_MAX, SESSION_SEEN_EVERY, SIGN_IN_ACCOUNT_ATTEMPTS_MAX, SIGN_IN_ADDRESS_ATTEMPTS_MAX, SIGN_IN_WINDOW,
};
use domain::session::Session;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{SessionsEnd, SignInPlace};

use crate::account::{AccountView, subject_of};
use crate::error::OperationError;
use crate::office::Office;
use crate::password::examine_password;
use crate::problem::Problems;
use crate::token::base62;

/// What every session's secret begins with.
const PREFIX: &str = "hzs_";

/// Somebody who wants to sign in.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewSession {
    /// In which federation.
    pub federation: FederationCode,
    /// By which name.
    pub login: String,
    /// With which password.
    pub password: String,
}

/// Another password of one's own.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOwnPassword {
    /// The one that holds now.
    pub current: String,
    /// The one that shall.
    pub new: String,
}

/// Somebody is signed in. The secret is shown this once; the house keeps only its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// What the browser shows.
    pub secret: String,
    /// What is told of it.
    pub view: SessionView,
}

// A secret must not reach a log by way of `{:?}`.
impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedIn").field("view", &self.view).finish_non_exhaustive()
    }
}

/// A session, for whoever is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionView {
    /// Its identifier.
    pub id: SessionId,
    /// Who is signed in.
    pub account: AccountView,
    /// Since when.
    pub began_at: Timestamp,
    /// When it ends if nothing more is heard.
    pub ends_at: Timestamp,
}

impl Office {
    /// Signs somebody in. Whether the federation, the account or the password is wrong is not told, and takes as long.
    pub async fn sign_in(&self, new: NewSession, address: &str) -> Result<SignedIn, OperationError> {
        let attempt = self.attempt_to_sign_in(&new.federation, &new.login, address).await?;
        let scope = self.house.store.federation(&new.federation);
        let known = match new.login.parse::<LoginName>() {
            Ok(login) => scope.account_of_login(&login).await?,
            Err(_) => None,
        };
        let (account, hashed) = known.map_or((None, None), |(account, hashed)| (Some(account), hashed));
        let is_theirs = self.is_password(&new.password, hashed.as_deref()).await?;
        let account = account.filter(|account| is_theirs && account.is_active());
        let account = account.ok_or(OperationError::NotSignedIn)?;
        self.house.store.sign_in_succeeded(attempt.id, attempt.account).await?;
        self.begin_session(account, "").await
    }

    /// Begins a session of somebody of whom the house is sure.
    pub(crate) async fn begin_session(&self, account: Account, how: &str) -> Result<SignedIn, OperationError> {
        let now = self.now();
        let secret = format!("{PREFIX}{}", base62(&self.randomness().draw()?));
        let session = Session {
            id: SessionId(self.randomness().identifier(now)?),
            secret_hash: Digest::of(secret.as_bytes()),
            federation: account.federation.clone(),
            account: account.id,
            began_at: now,
            seen_at: now,
        };
        let over = before(now, SESSION_AGE_MAX);
        let act = act_of(&account, now, "sign-in", how);
        self.house.store.federation(&account.federation).begin_session(&session, over, act).await?;
        Ok(SignedIn { secret, view: view_of(&session, account) })
    }

    /// Who shows this secret of a session. It is asked anew each time, so that whoever is shut out is so at once on every host.
    pub async fn caller_of_session(&self, secret: &str) -> Result<Caller, OperationError> {
        let (session, account) = self.session(secret).await?;
        let person = Person { federation: account.federation.clone(), account: account.id, session: Some(session.id) };
        let registers = self.registers_of(&account.grants).await?;
        Ok(Caller {
            token: account.identity(),
            label: account.actor(),
            grants: account.grants,
            registers,
            issued_by: account.issued_by,
            scopes: None,
            person: Some(person),
        })
    }

    async fn session(&self, secret: &str) -> Result<(Session, Account), OperationError> {
        if !secret.starts_with(PREFIX) {
            return Err(OperationError::NotAuthenticated);
        }
        let now = self.now();
        let known = self.house.store.session_of_hash(Digest::of(secret.as_bytes())).await?;
        let known = known.filter(|(session, account)| session.is_valid_at(now) && account.is_active());
        let (mut session, account) = known.ok_or(OperationError::NotAuthenticated)?;
        if session.seen_at <= before(now, SESSION_SEEN_EVERY) {
            self.house.store.see_session(session.id, now).await?;
            session.seen_at = now;
        }
        Ok((session, account))
    }

    /// What somebody who is signed in may know of that.
    pub async fn own_session(&self, caller: &Caller) -> Result<SessionView, OperationError> {
        let (person, id) = signed_in(caller)?;
        let scope = self.house.store.federation(&person.federation);
        let account = scope.account(person.account).await?.ok_or(OperationError::NotAuthenticated)?;
        let session = scope.sessions(person.account).await?.into_iter().find(|session| session.id == id);
        Ok(view_of(&session.ok_or(OperationError::NotAuthenticated)?, account))
    }

    /// Signs somebody out.
    pub async fn sign_out(&self, caller: &Caller) -> Result<(), OperationError> {
        let (person, id) = signed_in(caller)?;
        let scope = self.house.store.federation(&person.federation);
        let account = scope.account(person.account).await?.ok_or(OperationError::NotAuthenticated)?;
        Ok(scope.end_session(id, act_of(&account, self.now(), "sign-out", "")).await?)
    }

    /// Changes one's own password, and signs out wherever else one is signed in. The one that holds now is asked for, since somebody else may
    /// sit at the desk; so attempts count here, too.
    pub async fn change_own_password(
        &self,
        caller: &Caller,
        new: NewOwnPassword,
        address: &str,
    ) -> Result<(), OperationError> {
        let (person, session) = signed_in(caller)?;
        let scope = self.house.store.federation(&person.federation);
        let account = scope.account(person.account).await?.ok_or(OperationError::NotAuthenticated)?;
        let mut problems = Problems::default();
        examine_password(&mut problems, "/new", &new.new, account.login.as_str());
        problems.none_left()?;
        let attempt = self.attempt_to_sign_in(&account.federation, account.login.as_str(), address).await?;
        let known = scope.account_of_login(&account.login).await?.ok_or(OperationError::NotAuthenticated)?;
        if !self.is_password(&new.current, known.1.as_deref()).await? {
            return Err(OperationError::NotSignedIn);
        }
        self.house.store.sign_in_succeeded(attempt.id, attempt.account).await?;
        let password = self.hash_password(&new.new).await?;
        let account = Account { version: account.version + 1, ..account };
        let act = self.act(caller, "change-password", subject_of(&account), None, "");
        Ok(scope.change_account(&account, Some(&password), SessionsEnd::AllBut(session), act).await?)
    }

    /// Counts an attempt, or says when to come back.
    async fn attempt_to_sign_in(
        &self,
        federation: &FederationCode,
        login: &str,
        address: &str,
    ) -> Result<Attempt, OperationError> {
        let now = self.now();
        let id = SessionId(self.randomness().identifier(now)?);
        let login = login.to_lowercase();
        let account = Digest::of_parts(&[b"account", federation.as_str().as_bytes(), login.as_bytes()]);
        let address = Digest::of_parts(&[b"address", address.as_bytes()]);
        let places = [
            SignInPlace { place: account, attempts_max: SIGN_IN_ACCOUNT_ATTEMPTS_MAX },
            SignInPlace { place: address, attempts_max: SIGN_IN_ADDRESS_ATTEMPTS_MAX },
        ];
        let in_the_way = self.house.store.attempt_sign_in(id, places, before(now, SIGN_IN_WINDOW), now).await?;
        let Some(oldest) = in_the_way else { return Ok(Attempt { id, account }) };
        let window = i64::try_from(SIGN_IN_WINDOW.as_secs()).unwrap_or(i64::MAX);
        let waited = now.duration_since(oldest).as_secs();
        Err(OperationError::TooManyAttempts { seconds: u64::try_from(window - waited).unwrap_or(1).max(1) })
    }
}

/// An attempt that was counted.
struct Attempt {
    id: SessionId,
    account: Digest,
}

/// Who is signed in; somebody who shows a token is not.
pub(crate) fn signed_in(caller: &Caller) -> Result<(&Person, SessionId), OperationError> {
    let person = caller.person.as_ref().ok_or(OperationError::NotAllowed)?;
    Ok((person, person.session.ok_or(OperationError::NotAllowed)?))
}

fn view_of(session: &Session, account: Account) -> SessionView {
    SessionView { id: session.id, account: account.into(), began_at: session.began_at, ends_at: session.ends_at() }
}

/// An act of somebody who is just being known.
fn act_of(account: &Account, at: Timestamp, verb: &str, reason: &str) -> Act {
    Act {
        at,
        actor: account.actor(),
        verb: verb.to_owned(),
        subject: subject_of(account),
        found: None,
        left: None,
        reason: reason.to_owned(),
    }
}

pub(crate) fn before(now: Timestamp, while_ago: std::time::Duration) -> Timestamp {
    let ago = SignedDuration::try_from(while_ago).unwrap_or(SignedDuration::ZERO);
    now.saturating_sub(ago).unwrap_or(Timestamp::MIN)
}

//! Accounts: as they are now, with the hash of the password beside them.

use domain::account::{Account, LoginName};
use domain::audit::Act;
use domain::ids::{AccountId, SessionId};
use domain::limits::ACCOUNTS_MAX;
use futures::FutureExt as _;
use sqlx::{AnyConnection, Row as _};

use crate::body::{bodies, body, counted, pack};
use crate::error::already_there;
use crate::{Scope, Store, StoreError};

const WHAT: &str = "account";

/// Which sessions of an account end when it is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionsEnd {
    /// None.
    None,
    /// All of them.
    All,
    /// All but the one in which the change is made.
    AllBut(SessionId),
}

impl Scope {
    /// Keeps a new account with the hash of its password, where it has one.
    pub async fn keep_account(&self, account: &Account, password: Option<&str>, act: Act) -> Result<(), StoreError> {
        let (id, login, packed) = (account.id.to_string(), account.login.to_string(), pack(account)?);
        let (version, password) = (version_of(account), password.map(str::to_owned));
        let federation = self.code.clone();
        self.record(act, move |connection, _| {
            async move {
                let row = sqlx::query("SELECT COUNT(*) AS accounts FROM accounts WHERE federation = $1")
                    .bind(federation.as_str())
                    .fetch_one(&mut *connection)
                    .await?;
                if counted::<usize>(&row, "accounts", WHAT)? >= ACCOUNTS_MAX {
                    return Err(StoreError::Full(WHAT));
                }
                sqlx::query(
                    "INSERT INTO accounts (federation, id, login, version, password, body)
                     VALUES ($1, $2, $3, $4, $5, $6)",
                )
                .bind(federation.as_str())
                .bind(id)
                .bind(login)
                .bind(version)
                .bind(password)
                .bind(packed)
                .execute(connection)
                .await
                .map_err(already_there(WHAT))?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Keeps the next version of an account; of two who change the same version one is told that it is stale. A password that is given takes
    /// the place of the one that is there.
    pub async fn change_account(
        &self,
        account: &Account,
        password: Option<&str>,
        end: SessionsEnd,
        act: Act,
    ) -> Result<(), StoreError> {
        let (id, packed, version) = (account.id, pack(account)?, version_of(account));
        let password = password.map(str::to_owned);
        let federation = self.code.clone();
        self.record(act, move |connection, _| {
            async move {
                let changed = sqlx::query(
                    "UPDATE accounts SET version = $3, body = $4, password = COALESCE($5, password)
                     WHERE federation = $1 AND id = $2 AND version = $6",
                )
                .bind(federation.as_str())
                .bind(id.to_string())
                .bind(version)
                .bind(packed)
                .bind(password)
                .bind(version - 1)
                .execute(&mut *connection)
                .await?;
                if changed.rows_affected() == 0 {
                    return Err(StoreError::Stale { current: None });
                }
                end_sessions(connection, id, end).await
            }
            .boxed()
        })
        .await
    }

    /// The accounts, in order of their login names.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let rows = sqlx::query("SELECT body FROM accounts WHERE federation = $1 ORDER BY login")
            .bind(self.code.as_str())
            .fetch_all(self.readers())
            .await?;
        bodies(&rows, WHAT)
    }

    /// An account.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query("SELECT body FROM accounts WHERE federation = $1 AND id = $2")
            .bind(self.code.as_str())
            .bind(id.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| body(&row, WHAT)).transpose()
    }

    /// The account of a login name, with the hash of its password where it has one.
    pub async fn account_of_login(&self, login: &LoginName) -> Result<Option<(Account, Option<String>)>, StoreError> {
        let row = sqlx::query("SELECT body, password FROM accounts WHERE federation = $1 AND login = $2")
            .bind(self.code.as_str())
            .bind(login.as_str())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| Ok((body(&row, WHAT)?, row.try_get("password")?))).transpose()
    }
}

impl Store {
    /// An account of whichever federation.
    pub async fn account_anywhere(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query("SELECT body FROM accounts WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| body(&row, WHAT)).transpose()
    }
}

async fn end_sessions(connection: &mut AnyConnection, account: AccountId, end: SessionsEnd) -> Result<(), StoreError> {
    let but = match end {
        SessionsEnd::None => return Ok(()),
        SessionsEnd::All => String::new(),
        SessionsEnd::AllBut(session) => session.to_string(),
    };
    sqlx::query("DELETE FROM sessions WHERE account = $1 AND id <> $2")
        .bind(account.to_string())
        .bind(but)
        .execute(connection)
        .await?;
    Ok(())
}

fn version_of(account: &Account) -> i64 {
    i64::try_from(account.version).unwrap_or(i64::MAX)
}

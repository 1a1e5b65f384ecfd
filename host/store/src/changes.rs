//! Changes: what one host tells the others in the very transaction that changes it, so that none believes for long what is no longer so.
//!
//! Only PostgreSQL is shared; on SQLite nobody else is there to be told. Whoever listens was not told what happened before, or while
//! the connection was lost: then it hears [`Change::Unknown`] and forgets everything.

use std::future::pending;
use std::time::Duration;

use domain::digest::Digest;
use domain::ids::{FederationCode, RoundCode};
use sqlx::AnyConnection;
use sqlx::postgres::PgListener;

use crate::database::{Database, Dialect};
use crate::postgres::Address;
use crate::{Store, StoreError};

/// Where hosts hear of each other.
const CHANNEL: &str = "huizong";
/// How long a host that cannot listen waits before it tries again.
const REST_AFTER_FAILURE: Duration = Duration::from_millis(500);

/// Something that a host may remember is no longer so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A round was closed, opened again, or given another release.
    Round(FederationCode, RoundCode),
    /// A release was quarantined, or is not any more.
    Release(FederationCode, Digest),
    /// A release was proposed: it may soon be needed.
    Candidate(FederationCode, Digest),
    /// A token was revoked.
    Token(FederationCode, Digest),
    /// Anything may have changed.
    Unknown,
}

impl Change {
    fn payload(&self) -> String {
        match self {
            Self::Round(federation, round) => format!("round {federation} {round}"),
            Self::Release(federation, release) => format!("release {federation} {release}"),
            Self::Candidate(federation, release) => format!("candidate {federation} {release}"),
            Self::Token(federation, secret_hash) => format!("token {federation} {secret_hash}"),
            Self::Unknown => "unknown".to_owned(),
        }
    }

    /// What a host says that is older or younger than this one is not understood, and so may be anything.
    fn read(payload: &str) -> Self {
        let words: Vec<&str> = payload.split(' ').collect();
        let [what, federation, which] = words[..] else { return Self::Unknown };
        let Ok(federation) = federation.parse() else { return Self::Unknown };
        let change = match what {
            "round" => which.parse().map(|round| Self::Round(federation, round)).ok(),
            "release" => which.parse().map(|release| Self::Release(federation, release)).ok(),
            "token" => which.parse().map(|secret_hash| Self::Token(federation, secret_hash)).ok(),
            "candidate" => which.parse().map(|release| Self::Candidate(federation, release)).ok(),
            _ => None,
        };
        change.unwrap_or(Self::Unknown)
    }
}

/// Tells the other hosts, once the transaction is through.
pub(crate) async fn tell(connection: &mut AnyConnection, change: &Change) -> Result<(), StoreError> {
    if Dialect::of(connection) == Dialect::Postgres {
        sqlx::query("SELECT CAST(pg_notify($1, $2) AS TEXT)")
            .bind(CHANNEL)
            .bind(change.payload())
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// What the other hosts tell, as it comes.
#[derive(Debug)]
pub struct Changes {
    /// None where nobody else is there.
    address: Option<Address>,
    listener: Option<PgListener>,
}

impl Store {
    /// Listens to what the hosts tell each other; a host hears itself, too.
    pub fn changes(&self) -> Changes {
        let address = match &self.inner.database {
            Database::Sqlite(_) => None,
            Database::Postgres(postgres) => Some(postgres.address().clone()),
        };
        Changes { address, listener: None }
    }
}

impl Changes {
    /// The next change. It never ends: what breaks is mended, and then anything may have changed.
    pub async fn next(&mut self) -> Change {
        let Some(address) = &self.address else { return pending().await };
        loop {
            let heard = match &mut self.listener {
                Some(listener) => listener.try_recv().await,
                None => match listen(address).await {
                    Ok(listener) => {
                        self.listener = Some(listener);
                        return Change::Unknown;
                    }
                    Err(error) => Err(error),
                },
            };
            match heard {
                Ok(Some(told)) => return Change::read(told.payload()),
                // The connection was lost; it listens again already.
                Ok(None) => return Change::Unknown,
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "the other hosts cannot be heard");
                    self.listener = None;
                    tokio::time::sleep(REST_AFTER_FAILURE).await;
                }
            }
        }
    }
}

async fn listen(address: &Address) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect(address.url()).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_host_tells_another_understands() {
        let (federation, release) = ("north.1".parse::<FederationCode>().expect("a code"), Digest::of(b"release"));
        for change in [
            Change::Round(federation.clone(), "2024".parse().expect("a code")),
            Change::Release(federation.clone(), release),
            Change::Candidate(federation.clone(), release),
            Change::Token(federation, release),
            Change::Unknown,
        ] {
            assert_eq!(Change::read(&change.payload()), change);
        }
    }

    #[test]
    fn what_is_not_understood_may_be_anything() {
        for payload in ["", "round", "round north", "round north 20 24", "round -north 2024", "unit north m1"] {
            assert_eq!(Change::read(payload), Change::Unknown, "{payload}");
        }
    }
}

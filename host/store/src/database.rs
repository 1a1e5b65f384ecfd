//! One database behind two adapters: one SQL text for both, and the few sentences in which they differ.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::ids::FederationCode;
use futures::future::BoxFuture;
use sqlx::{AnyConnection, AnyPool};

use crate::StoreError;
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;

/// The database in use.
#[derive(Debug)]
pub(crate) enum Database {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// Which database a connection talks to, where the SQL differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    pub(crate) fn of(connection: &AnyConnection) -> Self {
        if connection.backend_name() == "PostgreSQL" { Self::Postgres } else { Self::Sqlite }
    }
}

impl Database {
    /// Opens the database that a URL names.
    pub(crate) async fn open(url: &str, readers: u32) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        match url.split_once(':') {
            Some(("sqlite", _)) => Ok(Self::Sqlite(Sqlite::open(url, readers).await?)),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(Postgres::open(url, readers).await?)),
            // Not the whole text: it may hold a password.
            _ => Err(StoreError::NoDatabase(url.chars().take_while(|c| *c != ':').collect())),
        }
    }

    pub(crate) fn readers(&self) -> &AnyPool {
        match self {
            Self::Sqlite(sqlite) => sqlite.readers(),
            Self::Postgres(postgres) => postgres.readers(),
        }
    }

    /// Runs a write as one transaction and returns once it is durable, or undone. The federation is the one that it takes.
    pub(crate) async fn write<T, W>(&self, federation: Option<&FederationCode>, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        match self {
            Self::Sqlite(sqlite) => sqlite.write(work).await,
            Self::Postgres(postgres) => postgres.write(federation, work).await,
        }
    }

    pub(crate) fn metrics(&self) -> StoreMetrics {
        match self {
            Self::Sqlite(sqlite) => sqlite.counts().read(),
            Self::Postgres(postgres) => postgres.counts().read(),
        }
    }
}

/// What the memory has done since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoreMetrics {
    /// Writes that are durable.
    pub writes: u64,
    /// Commits that they took; fewer than writes where many shared one.
    pub commits: u64,
    /// Writes that were told to come back.
    pub turned_away: u64,
}

/// The running counts behind [`StoreMetrics`].
#[derive(Debug, Default)]
pub(crate) struct Counts {
    writes: AtomicU64,
    commits: AtomicU64,
    turned_away: AtomicU64,
}

impl Counts {
    pub(crate) fn committed(&self, writes: u64) {
        self.writes.fetch_add(writes, Ordering::Relaxed);
        self.commits.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn turned_away(&self) {
        self.turned_away.fetch_add(1, Ordering::Relaxed);
    }

    fn read(&self) -> StoreMetrics {
        StoreMetrics {
            writes: self.writes.load(Ordering::Relaxed),
            commits: self.commits.load(Ordering::Relaxed),
            turned_away: self.turned_away.load(Ordering::Relaxed),
        }
    }
}

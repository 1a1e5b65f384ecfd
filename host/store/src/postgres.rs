//! PostgreSQL: every write a transaction of its own, on a database that several hosts share.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::ids::FederationCode;
use domain::limits::WRITES_WAITING_MAX;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool};
use tokio::sync::{OwnedMutexGuard, Semaphore};

use crate::StoreError;
use crate::database::{Counts, Dialect};
use crate::migrations;

/// Takes the federation for the length of a transaction, so that its audit chain has one writer at a time on all hosts.
/// It leaves foreign keys to the federation free: `FOR UPDATE` would make every insert of a blob wait too.
pub(crate) const HOLD_FEDERATION: &str = "SELECT code FROM federations WHERE code = $1 FOR NO KEY UPDATE";

/// Lets one attempt to sign in be counted at a time on all hosts; the number is only the name of the lock.
pub(crate) const HOLD_SIGN_IN: &str = "SELECT CAST(pg_advisory_xact_lock(1751480) AS TEXT)";

/// The next job for a worker; a job that another worker is just taking is passed over, not waited for.
pub(crate) const NEXT_JOB_LOCK: &str = "FOR UPDATE OF job SKIP LOCKED";

/// What the database's clock says, in milliseconds since 1970: now, not when the transaction began, which may have waited long.
pub(crate) const NOW_MILLIS: &str = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

/// What every connection is told, whatever the server's own defaults are.
const SETTINGS: [&str; 4] = [
    // A receipt promises that the revision outlives a power cut.
    "SET synchronous_commit TO on",
    // A write that waited for the federation must see what the write before it left.
    "SET default_transaction_isolation TO 'read committed'",
    // Another host that holds a federation and has died or stands still is put out of it before anybody who waits gives up.
    "SET lock_timeout TO '5s'",
    "SET idle_in_transaction_session_timeout TO '3s'",
];

/// How long a caller waits for a connection before it is told to come back.
const CONNECTION_WAIT_MAX: Duration = Duration::from_secs(10);

/// Connections that write; so many federations are written to at the same time.
const WRITERS: u32 = 8;

/// Where the server is. It may hold a password, so it is not shown.
#[derive(Clone)]
pub(crate) struct Address(String);

impl Address {
    pub(crate) fn url(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

#[derive(Debug)]
pub(crate) struct Postgres {
    address: Address,
    readers: AnyPool,
    writers: AnyPool,
    turns: Turns,
    waiting: Semaphore,
    counts: Counts,
}

impl Postgres {
    pub(crate) async fn open(url: &str, readers: u32) -> Result<Self, StoreError> {
        let options = AnyConnectOptions::from_str(url)?;
        let pool = |connections: u32| {
            AnyPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(CONNECTION_WAIT_MAX)
                .after_connect(|connection, _| settle(connection).boxed())
                .connect_with(options.clone())
        };
        let writers = pool(WRITERS).await?;
        migrations::for_dialect(Dialect::Postgres).run(&writers).await.map_err(StoreError::Migration)?;
        Ok(Self {
            address: Address(url.to_owned()),
            readers: pool(readers.max(1)).await?,
            writers,
            turns: Turns::default(),
            waiting: Semaphore::new(WRITES_WAITING_MAX),
            counts: Counts::default(),
        })
    }

    pub(crate) fn address(&self) -> &Address {
        &self.address
    }

    pub(crate) fn readers(&self) -> &AnyPool {
        &self.readers
    }

    pub(crate) fn counts(&self) -> &Counts {
        &self.counts
    }

    pub(crate) async fn write<T, W>(&self, federation: Option<&FederationCode>, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        let Ok(_place) = self.waiting.try_acquire() else {
            self.counts.turned_away();
            return Err(StoreError::Busy);
        };
        let _turn = match federation {
            Some(federation) => Some(self.turns.wait_for(federation).await),
            None => None,
        };
        let mut transaction = self.writers.begin().await?;
        let done = work(&mut transaction).await?;
        transaction.commit().await?;
        self.counts.committed(1);
        Ok(done)
    }
}

/// Whose turn it is in each federation, on this host. Writes of one federation come one after the other anyway; waiting
/// here instead of in the database, they hold one connection, and leave the others to the other federations.
#[derive(Debug, Default)]
struct Turns(Mutex<BTreeMap<FederationCode, Arc<tokio::sync::Mutex<()>>>>);

impl Turns {
    async fn wait_for(&self, federation: &FederationCode) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(turns.entry(federation.clone()).or_default())
        };
        turn.lock_owned().await
    }
}

async fn settle(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    for setting in SETTINGS {
        sqlx::query(setting).execute(&mut *connection).await?;
    }
    Ok(())
}

//! PostgreSQL: every write a transaction of its own, on connections that several hosts share.

use std::str::FromStr as _;
use std::time::Duration;

use domain::limits::WRITES_WAITING_MAX;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool};
use tokio::sync::Semaphore;

use crate::StoreError;
use crate::database::Counts;

/// Takes the federation for the length of a transaction, so that its audit chain has one writer at a time on all hosts.
/// It leaves foreign keys to the federation free: `FOR UPDATE` would make every insert of a blob wait too.
pub(crate) const HOLD_FEDERATION: &str = "SELECT code FROM federations WHERE code = $1 FOR NO KEY UPDATE";

/// The next job for a worker; a job that another worker is just taking is passed over, not waited for.
pub(crate) const NEXT_JOB_LOCK: &str = "FOR UPDATE OF job SKIP LOCKED";

/// How long a caller waits for a connection before it is told to come back.
const CONNECTION_WAIT_MAX: Duration = Duration::from_secs(10);

/// Beside the readers' connections, those that may be held by writes.
const WRITERS: u32 = 8;

#[derive(Debug)]
pub(crate) struct Postgres {
    connections: AnyPool,
    waiting: Semaphore,
    counts: Counts,
}

impl Postgres {
    pub(crate) async fn open(url: &str, readers: u32) -> Result<Self, StoreError> {
        let options = AnyConnectOptions::from_str(url)?;
        let connections = AnyPoolOptions::new()
            .max_connections(readers.saturating_add(WRITERS))
            .acquire_timeout(CONNECTION_WAIT_MAX)
            .after_connect(|connection, _| promise_durability(connection).boxed())
            .connect_with(options)
            .await?;
        sqlx::migrate!("migrations/postgres").run(&connections).await.map_err(StoreError::Migration)?;
        Ok(Self { connections, waiting: Semaphore::new(WRITES_WAITING_MAX), counts: Counts::default() })
    }

    pub(crate) fn connections(&self) -> &AnyPool {
        &self.connections
    }

    pub(crate) fn counts(&self) -> &Counts {
        &self.counts
    }

    pub(crate) async fn write<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        let Ok(_place) = self.waiting.try_acquire() else {
            self.counts.turned_away();
            return Err(StoreError::Busy);
        };
        let mut transaction = self.connections.begin().await?;
        let done = work(&mut transaction).await?;
        transaction.commit().await?;
        self.counts.committed(1);
        Ok(done)
    }
}

/// A receipt promises that the revision outlives a power cut, whatever the server's own defaults are; and a write that
/// waited for the federation must see what the write before it left.
async fn promise_durability(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    sqlx::query("SET synchronous_commit TO on").execute(&mut *connection).await?;
    sqlx::query("SET default_transaction_isolation TO 'read committed'").execute(connection).await?;
    Ok(())
}

//! SQLite: many readers, and one writer that lets waiting writes share a commit.

use std::str::FromStr as _;
use std::sync::Arc;

use domain::limits::WRITES_WAITING_MAX;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, ConnectOptions as _};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

use crate::StoreError;
use crate::database::{Counts, Dialect};
use crate::migrations;

mod group_commit;

use group_commit::Write;

/// The next job for a worker. There is nothing to lock: this process has the one writer.
pub(crate) const NEXT_JOB_LOCK: &str = "";

/// What the database's clock says, in milliseconds since 1970.
pub(crate) const NOW_MILLIS: &str = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

#[derive(Debug)]
pub(crate) struct Sqlite {
    readers: AnyPool,
    writes: mpsc::Sender<Write>,
    counts: Arc<Counts>,
}

impl Sqlite {
    pub(crate) async fn open(url: &str, readers: u32) -> Result<Self, StoreError> {
        let mode = if url.contains('?') { "" } else { "?mode=rwc" };
        let options = AnyConnectOptions::from_str(&format!("{url}{mode}"))?;

        let mut writer = options.connect().await?;
        prepare(&mut writer, "PRAGMA synchronous = FULL").await?;
        migrations::for_dialect(Dialect::Sqlite).run(&mut writer).await.map_err(StoreError::Migration)?;

        let readers = AnyPoolOptions::new()
            .max_connections(readers.max(1))
            // A connection to a file does not go away between two queries.
            .test_before_acquire(false)
            .after_connect(|connection, _| prepare(connection, "PRAGMA query_only = ON").boxed())
            .connect_with(options)
            .await?;

        let counts = Arc::new(Counts::default());
        let (sender, waiting) = mpsc::channel(WRITES_WAITING_MAX);
        tokio::spawn(group_commit::run(writer, waiting, Arc::clone(&counts)));
        Ok(Self { readers, writes: sender, counts })
    }

    pub(crate) fn readers(&self) -> &AnyPool {
        &self.readers
    }

    pub(crate) fn counts(&self) -> &Counts {
        &self.counts
    }

    pub(crate) async fn write<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.writes.try_send(Write::new(work, answer)).map_err(|error| match error {
            TrySendError::Full(_) => {
                self.counts.turned_away();
                StoreError::Busy
            }
            TrySendError::Closed(_) => StoreError::Closed,
        })?;
        // Dropped without an answer: it was never begun.
        answered.await.map_err(|_| StoreError::Busy)?
    }
}

/// Write-ahead logging lets readers go on while a write is under way; the pragma of the connection's part comes last.
async fn prepare(connection: &mut AnyConnection, part: &'static str) -> Result<(), sqlx::Error> {
    for pragma in ["PRAGMA journal_mode = WAL", "PRAGMA foreign_keys = ON", "PRAGMA busy_timeout = 10000", part] {
        sqlx::query(pragma).execute(&mut *connection).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::Sqlite;

    #[tokio::test]
    async fn the_writer_waits_for_the_disk_at_every_commit() {
        let folder = tempfile::tempdir().expect("a folder");
        sqlx::any::install_default_drivers();
        let url = format!("sqlite://{}/house.db", folder.path().display());
        let sqlite = Sqlite::open(&url, 1).await.expect("a database");
        let pragma = |name: &'static str| {
            sqlite.write(move |connection| {
                async move { Ok(sqlx::query_scalar::<_, i64>(name).fetch_one(connection).await?) }.boxed()
            })
        };
        assert_eq!(pragma("PRAGMA synchronous").await.expect("an answer"), 2, "FULL");
        assert_eq!(pragma("PRAGMA foreign_keys").await.expect("an answer"), 1, "on");
    }
}

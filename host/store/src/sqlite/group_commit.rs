//! Group commit: waiting writes run one after the other, each in a savepoint, and share one COMMIT.
//!
//! A commit costs a trip to the disk and a write hardly anything, so a busy house would spend its time waiting for the
//! disk once for every caller. Callers are answered only when the commit that holds their write is durable.

use std::sync::Arc;

use domain::limits::WRITES_PER_COMMIT_MAX;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use sqlx::AnyConnection;
use tokio::sync::{mpsc, oneshot};

use crate::StoreError;
use crate::database::Counts;

/// A write that waits for its turn.
pub(super) struct Write {
    run: Box<Run>,
}

/// Does the write on the writer's connection.
type Run = dyn for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Ran> + Send;

/// How the transaction that held a write ended.
type Ended = Result<(), Arc<sqlx::Error>>;

/// A write that has run; it is not durable yet.
struct Ran {
    /// Whether what it did shall stay.
    keep: bool,
    /// Tells the caller; to be called when the transaction has ended.
    answer: Box<dyn FnOnce(Ended) + Send>,
}

impl Write {
    /// A write whose result goes to `answer`.
    pub(super) fn new<T, W>(work: W, answer: oneshot::Sender<Result<T, StoreError>>) -> Self
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        Self {
            run: Box::new(move |connection| {
                async move {
                    if answer.is_closed() {
                        // The caller has gone away before it began: nothing to do, no one to tell.
                        return Ran { keep: false, answer: Box::new(|_| ()) };
                    }
                    let done = work(connection).await;
                    let keep = done.is_ok();
                    let tell = move |ended: Ended| {
                        let told = match ended {
                            Err(error) if keep => answer.send(Err(StoreError::Database(error))),
                            _ => answer.send(done),
                        };
                        // The caller may have gone away: the write stands all the same.
                        drop(told);
                    };
                    Ran { keep, answer: Box::new(tell) }
                }
                .boxed()
            }),
        }
    }
}

/// Takes writes until the last sender is gone.
pub(super) async fn run(mut connection: AnyConnection, mut waiting: mpsc::Receiver<Write>, counts: Arc<Counts>) {
    while let Some(first) = waiting.recv().await {
        let (ran, ended) = together(&mut connection, first, &mut waiting).await;
        match &ended {
            Ok(()) => {
                let kept = ran.iter().filter(|ran| ran.keep).count() as u64;
                if kept > 0 {
                    counts.committed(kept);
                }
            }
            Err(error) => tracing::error!(writes = ran.len(), %error, "a transaction failed"),
        }
        for ran in ran {
            (ran.answer)(ended.clone());
        }
    }
}

/// One transaction: the first write and those that come while it runs. It is over when this returns.
/// Where it cannot even begin, the first write is dropped unanswered, which tells its caller to come back.
async fn together(
    connection: &mut AnyConnection,
    first: Write,
    waiting: &mut mpsc::Receiver<Write>,
) -> (Vec<Ran>, Ended) {
    let mut ran = Vec::new();
    let ended = async {
        step(connection, "BEGIN IMMEDIATE; SAVEPOINT one_write").await?;
        in_savepoint(connection, first, &mut ran).await?;
        while ran.len() < WRITES_PER_COMMIT_MAX
            && let Ok(write) = waiting.try_recv()
        {
            in_savepoint(connection, write, &mut ran).await?;
        }
        step(connection, "COMMIT").await
    }
    .await;
    if ended.is_err() {
        // Some failures, as a full disk, have rolled back already; then there is nothing to roll back.
        drop(step(connection, "ROLLBACK").await);
    }
    (ran, ended)
}

/// Runs one write between the last savepoint and the next; what it did stays only if it succeeded. An error means that the
/// whole transaction is lost.
async fn in_savepoint(connection: &mut AnyConnection, write: Write, ran: &mut Vec<Ran>) -> Ended {
    let one = (write.run)(connection).await;
    let keep = one.keep;
    ran.push(one);
    step(connection, if keep { "RELEASE one_write; SAVEPOINT one_write" } else { "ROLLBACK TO one_write" }).await
}

async fn step(connection: &mut AnyConnection, statements: &'static str) -> Ended {
    sqlx::query(statements).execute(connection).await.map(drop).map_err(Arc::new)
}

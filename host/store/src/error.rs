//! What can go wrong with remembering, by what the caller does about it.

use std::sync::Arc;

use domain::submission::Receipt;

/// Why the memory did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Something with this identity is there already; nothing was changed.
    #[error("this {0} is there already")]
    AlreadyThere(&'static str),
    /// What the call is about does not exist.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// Someone else came first: look again and decide anew.
    #[error("it has moved on since it was read")]
    Stale {
        /// The newest revision or version; none where there is none yet.
        current: Option<u32>,
    },
    /// A draft says something else than what was read of it, or is gone: read it again.
    #[error("the draft was written on since it was read")]
    DraftMoved,
    /// The idempotency key was used for another request: the caller's mistake.
    #[error("this idempotency key was used for another request")]
    KeyReused,
    /// This very attempt was made before: read what it was answered.
    #[error("this attempt was answered before")]
    AnsweredBefore,
    /// The round was closed, or its rubric replaced, since the revision was evaluated: evaluate again or refuse.
    #[error("the round was closed or its rubric replaced in the meantime")]
    RoundMoved,
    /// A round has the release or had it, or somebody proposes to use it: it cannot be withdrawn.
    #[error("the release is or was in use")]
    InUse,
    /// The release was withdrawn: no round can be given it.
    #[error("the release was withdrawn")]
    Withdrawn,
    /// There are as many of these as there may be.
    #[error("there are too many of this kind: {0}")]
    Full(&'static str),
    /// Too many writes wait: come back later.
    #[error("too many writes are waiting")]
    Busy,
    /// What was kept is not what is there now: nothing may be concluded from it.
    #[error("the kept {what} is damaged: {why}")]
    Corrupt {
        /// What is damaged.
        what: &'static str,
        /// How that was noticed; never a value of a submission.
        why: String,
    },
    /// A value cannot be written down.
    #[error("a value cannot be encoded")]
    Encoding(#[source] rmp_serde::encode::Error),
    /// The settings do not name a database.
    #[error("`{0}` is no database: it begins neither with `sqlite:` nor with `postgres:`")]
    NoDatabase(String),
    /// The memory is shutting down.
    #[error("the store is closed")]
    Closed,
    /// The database failed. Shared, because one failed commit fails every write that it held.
    #[error("the database failed")]
    Database(#[source] Arc<sqlx::Error>),
    /// The tables could not be brought up to date.
    #[error("the database's tables cannot be brought up to date")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// The folder of the artifacts failed.
    #[error("the artifacts' folder failed")]
    Artifact(#[source] object_store::Error),
    /// The folder of the artifacts cannot be made or opened.
    #[error("the artifacts' folder cannot be opened")]
    ArtifactFolder(#[source] std::io::Error),
    /// A revision with this idempotency key and this very request is kept already: answer with its receipt.
    #[error("this very request was answered before")]
    Replayed(Box<Receipt>),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::PoolClosed => Self::Closed,
            // PostgreSQL's `lock_not_available`: another host has held the federation for too long; and
            // `idle_in_transaction_session_timeout`: this one has, because it stood still, and nothing of what it wrote was kept.
            sqlx::Error::Database(error) if matches!(error.code().as_deref(), Some("55P03" | "25P03")) => Self::Busy,
            other => Self::Database(Arc::new(other)),
        }
    }
}

/// Reads a broken key as "there already" of the noun; whatever else went wrong stays what it is.
pub(crate) fn already_there(noun: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |error| match error.as_database_error() {
        Some(broken) if broken.is_unique_violation() => StoreError::AlreadyThere(noun),
        Some(broken) if broken.is_foreign_key_violation() => StoreError::Missing("federation, round or revision"),
        _ => error.into(),
    }
}

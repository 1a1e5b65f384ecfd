//! Remembering: everything durable of the house, in SQLite or in PostgreSQL, and its artifacts in a folder.
//!
//! A [`Store`] is the whole memory; a [`Scope`] is one federation's part of it, and no query of a scope can name another.
//! Whatever a call returned `Ok` for is on the disk, through a power cut too. Every write is one transaction: it is there
//! whole or not at all, also when the caller goes away in the middle.

mod database;
mod postgres;
mod sqlite;

mod acceptance;
mod account;
mod activation;
mod appeal;
mod artifact;
mod assessment;
mod attachment;
mod audit;
mod blob;
mod body;
mod changes;
mod check_rule;
mod checkpoint;
mod conversation;
mod draft;
mod error;
mod evaluation;
mod fault;
mod federation;
mod imported;
mod job;
mod mailbox;
mod member_notice;
mod migrations;
mod notice;
mod once;
mod outbox;
mod pin;
mod publication;
mod quarantine;
mod rectification;
mod release;
mod review_entry;
mod revision;
mod roll_up;
mod round;
mod script;
mod session;
mod setting;
mod settlement;
mod sign_in;
mod sign_on;
mod submission_return;
mod token;
mod trial;
mod trust;
mod unit;
mod verdict;
mod withdrawal;

use std::path::PathBuf;
use std::sync::Arc;

use domain::audit::Act;
use domain::ids::FederationCode;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use object_store::local::LocalFileSystem;
use sqlx::{AnyConnection, AnyPool};

pub use crate::acceptance::LastReviewed;
pub use crate::account::SessionsEnd;
pub use crate::attachment::Writing;
pub use crate::changes::{Change, Changes};
pub use crate::database::StoreMetrics;
pub use crate::draft::DraftTaken;
pub use crate::error::StoreError;
pub use crate::job::JobsToDo;
pub use crate::member_notice::{NewMemberNotice, NewReminder};
pub use crate::once::Attempt;
pub use crate::outbox::TakenDelivery;
pub use crate::revision::{Counted, NewRevision, Numbering, Progress, Revision, RevisionSummary};
pub use crate::sign_in::SignInPlace;

use crate::artifact::Artifacts;
use crate::audit::Chain;
use crate::database::Database;
use crate::once::Once;

/// Where the memory lies.
#[derive(Clone, Debug)]
pub struct StoreSettings {
    /// `sqlite:///absolute/path.db` or `postgres://…`.
    pub database: String,
    /// The folder of the artifacts; it is created where it is missing.
    pub artifacts: PathBuf,
    /// Connections that read at the same time.
    pub readers: u32,
}

/// The whole memory of the house. Clones share it.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    database: Database,
    artifacts: Artifacts,
}

/// One federation's part of the memory: every query on it is bound to that federation.
#[derive(Clone, Debug)]
pub struct Scope {
    store: Store,
    code: FederationCode,
    /// The attempt that the next act is, where its caller may make it again.
    once: Option<Arc<Once>>,
}

impl Store {
    /// Opens the memory and brings its tables up to date.
    pub async fn open(settings: &StoreSettings) -> Result<Self, StoreError> {
        let artifacts = Artifacts::open(&settings.artifacts)?;
        let database = Database::open(&settings.database, settings.readers).await?;
        Ok(Self { inner: Arc::new(Inner { database, artifacts }) })
    }

    /// One federation's part.
    pub fn federation(&self, code: &FederationCode) -> Scope {
        Scope { store: self.clone(), code: code.clone(), once: None }
    }

    /// Whether the memory can be read and takes writes.
    pub async fn is_ready(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(self.readers()).await?;
        self.write(|connection| async move { Ok(sqlx::query("SELECT 1").execute(connection).await.map(drop)?) }.boxed())
            .await
    }

    /// What the memory has done since it was opened.
    pub fn metrics(&self) -> StoreMetrics {
        self.inner.database.metrics()
    }

    fn readers(&self) -> &AnyPool {
        self.inner.database.readers()
    }

    fn folder(&self) -> &LocalFileSystem {
        self.inner.artifacts.folder()
    }

    async fn write<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        self.inner.database.write(None, work).await
    }
}

impl Scope {
    /// Which federation it is.
    pub fn code(&self) -> &FederationCode {
        &self.code
    }

    fn readers(&self) -> &AnyPool {
        self.store.readers()
    }

    async fn write<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        self.store.inner.database.write(Some(&self.code), work).await
    }

    /// Does some work and writes the act into the audit log, both or neither. The work learns the sequence of the entry
    /// that it will get, and has the federation to itself.
    async fn record<T, W>(&self, act: Act, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut AnyConnection, i64) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        let (federation, once) = (self.code.clone(), self.once.clone());
        let write = self.write(move |connection| {
            async move {
                let chain = Chain::hold(connection, federation.clone()).await?;
                if let Some(once) = once {
                    once.hold(connection, &federation).await?;
                }
                let done = work(connection, chain.next()?).await?;
                chain.append(connection, act).await?;
                Ok(done)
            }
            .boxed()
        });
        write.await
    }
}

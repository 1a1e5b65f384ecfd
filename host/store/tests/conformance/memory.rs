//! A fresh store of either database, with one federation enrolled.

use domain::ids::FederationCode;
use sqlx::Connection as _;
use store::{Scope, Store, StoreSettings};

use crate::postgres_server::{self, TestDatabase};
use crate::samples;

pub(crate) struct Memory {
    pub(crate) store: Store,
    pub(crate) settings: StoreSettings,
    _folder: tempfile::TempDir,
    _database: Option<TestDatabase>,
}

impl Memory {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}/house.db", folder.path().display());
        Self::at(database, folder, None).await
    }

    pub(crate) async fn postgres() -> Self {
        let database = postgres_server::empty_database();
        Self::at(database.url.clone(), tempfile::tempdir().unwrap(), Some(database)).await
    }

    async fn at(database: String, folder: tempfile::TempDir, server: Option<TestDatabase>) -> Self {
        let settings = StoreSettings { database, artifacts: folder.path().join("artifacts"), readers: 4 };
        let store = Store::open(&settings).await.unwrap();
        store.enrol_federation(&samples::federation("north"), samples::act("enrol")).await.unwrap();
        Self { store, settings, _folder: folder, _database: server }
    }

    /// The federation that is enrolled.
    pub(crate) fn north(&self) -> Scope {
        self.federation("north")
    }

    pub(crate) fn federation(&self, code: &str) -> Scope {
        let code: FederationCode = code.parse().unwrap();
        self.store.federation(&code)
    }

    /// Another host on the same database.
    pub(crate) async fn second_host(&self) -> Store {
        Store::open(&self.settings).await.unwrap()
    }

    /// Whoever has the database's password: runs SQL past the store.
    pub(crate) async fn past_the_store(&self, sql: &'static str) -> Result<u64, sqlx::Error> {
        let mut connection = sqlx::AnyConnection::connect(&self.settings.database).await?;
        Ok(sqlx::query(sql).execute(&mut connection).await?.rows_affected())
    }

    /// The same with one value.
    pub(crate) async fn past_the_store_with(&self, sql: &'static str, value: &str) -> Result<u64, sqlx::Error> {
        let mut connection = sqlx::AnyConnection::connect(&self.settings.database).await?;
        Ok(sqlx::query(sql).bind(value).execute(&mut connection).await?.rows_affected())
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.settings.database.starts_with("postgres")
    }
}

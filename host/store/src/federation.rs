//! Federations.

use domain::audit::Act;
use domain::federation::Federation;
use futures::FutureExt as _;

use crate::audit::Chain;
use crate::body::{bodies, body, pack};
use crate::error::already_there;
use crate::{Scope, Store, StoreError};

impl Store {
    /// Enrols a federation; the act begins its audit chain.
    pub async fn enrol_federation(&self, federation: &Federation, act: Act) -> Result<(), StoreError> {
        let (code, packed) = (federation.code.clone(), pack(federation)?);
        self.write(move |connection| {
            async move {
                sqlx::query("INSERT INTO federations (code, body) VALUES ($1, $2)")
                    .bind(code.as_str())
                    .bind(packed)
                    .execute(&mut *connection)
                    .await
                    .map_err(already_there("federation"))?;
                Chain::hold(connection, code).await?.append(connection, act).await
            }
            .boxed()
        })
        .await
    }

    /// All federations, in order of their codes.
    pub async fn federations(&self) -> Result<Vec<Federation>, StoreError> {
        let rows = sqlx::query("SELECT body FROM federations ORDER BY code").fetch_all(self.readers()).await?;
        bodies(&rows, "federation")
    }
}

impl Scope {
    /// The federation itself; none where it is not enrolled.
    pub async fn federation(&self) -> Result<Option<Federation>, StoreError> {
        let row = sqlx::query("SELECT body FROM federations WHERE code = $1")
            .bind(self.code.as_str())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| body(&row, "federation")).transpose()
    }
}

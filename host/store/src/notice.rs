//! Notices: kept with the act that they tell of.

use domain::ids::{FederationCode, NoticeId};
use domain::notice::Notice;
use sqlx::AnyConnection;

use crate::body::{bodies, limit, pack};
use crate::error::already_there;
use crate::{Scope, StoreError};

impl Scope {
    /// The notices before one, the newest first; from the newest without one.
    pub async fn notices(&self, before: Option<NoticeId>, items: usize) -> Result<Vec<Notice>, StoreError> {
        // No identifier sorts behind it.
        let before = before.map_or_else(|| "~".to_owned(), |id| id.to_string());
        let rows = sqlx::query("SELECT body FROM notices WHERE federation = $1 AND id < $2 ORDER BY id DESC LIMIT $3")
            .bind(self.code.as_str())
            .bind(before)
            .bind(limit(items))
            .fetch_all(self.readers())
            .await?;
        bodies(&rows, "notice")
    }
}

/// Keeps a notice in the transaction of what it tells of.
pub(crate) async fn keep(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    notice: &Notice,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO notices (federation, id, body) VALUES ($1, $2, $3)")
        .bind(federation.as_str())
        .bind(notice.id.to_string())
        .bind(pack(notice)?)
        .execute(connection)
        .await
        .map_err(already_there("notice"))?;
    Ok(())
}

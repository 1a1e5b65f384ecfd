//! Conversations: messages about the fields of a submission, in the order in which they came.

use domain::audit::Act;
use domain::conversation::Message;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::limits::MESSAGES_MAX;
use futures::FutureExt as _;
use sqlx::{AnyConnection, Row as _};

use crate::body::{bodies, limit, pack};
use crate::error::already_there;
use crate::{Scope, StoreError};

const WHAT: &str = "message";

impl Scope {
    /// Keeps a message; [`StoreError::Full`] where the submission has too many.
    pub async fn keep_message(
        &self,
        round: &RoundCode,
        unit: &UnitCode,
        message: &Message,
        act: Act,
    ) -> Result<(), StoreError> {
        let packed = packed(std::slice::from_ref(message))?;
        let (federation, round, unit) = (self.code.clone(), round.clone(), unit.clone());
        self.record(act, move |connection, entry| {
            async move { insert(connection, &federation, &round, &unit, entry, packed).await }.boxed()
        })
        .await
    }

    /// Everything that was said about a submission, the oldest first.
    pub async fn messages(&self, round: &RoundCode, unit: &UnitCode) -> Result<Vec<Message>, StoreError> {
        let rows = sqlx::query(
            "SELECT body FROM messages WHERE federation = $1 AND round = $2 AND unit = $3 ORDER BY entry, place",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .fetch_all(self.readers())
        .await?;
        bodies(&rows, WHAT)
    }
}

/// Messages ready to be inserted: packed on the caller's time, not on the writer's.
pub(crate) fn packed(messages: &[Message]) -> Result<Vec<Vec<u8>>, StoreError> {
    messages.iter().map(pack).collect()
}

/// Keeps messages of one audit entry.
pub(crate) async fn insert(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &RoundCode,
    unit: &UnitCode,
    entry: i64,
    messages: Vec<Vec<u8>>,
) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT COUNT(*) AS said FROM messages WHERE federation = $1 AND round = $2 AND unit = $3")
        .bind(federation.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .fetch_one(&mut *connection)
        .await?;
    if row.try_get::<i64, _>("said")? + limit(messages.len()) > limit(MESSAGES_MAX) {
        return Err(StoreError::Full(WHAT));
    }
    for (place, message) in (0_i64..).zip(messages) {
        sqlx::query(
            "INSERT INTO messages (federation, round, unit, entry, place, body) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(federation.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .bind(entry)
        .bind(place)
        .bind(message)
        .execute(&mut *connection)
        .await
        .map_err(already_there(WHAT))?;
    }
    Ok(())
}

//! Returns: revisions that were sent back, each with what was said about its fields.

use std::collections::BTreeSet;

use domain::audit::Act;
use domain::conversation::Message;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::round::RoundAct;
use domain::submission_return::SubmissionReturn;
use futures::FutureExt as _;
use jiff::Timestamp;
use sqlx::{AnyConnection, Row as _};

use crate::body::{bodies, body, nanoseconds, pack, parsed};
use crate::error::already_there;
use crate::member_notice::Rows;
use crate::round::still_allows;
use crate::{NewMemberNotice, Scope, StoreError, conversation};

const WHAT: &str = "return";

impl Scope {
    /// Keeps a return with what it says about each field and what the member is told of it; [`StoreError::Stale`] where the member has handed in again.
    pub async fn keep_return(
        &self,
        returned: &SubmissionReturn,
        messages: &[Message],
        notices: &[NewMemberNotice],
        act: Act,
    ) -> Result<(), StoreError> {
        let packed = pack(returned)?;
        let told = Rows::of(notices)?;
        let (returned, messages) = (returned.clone(), conversation::packed(messages)?);
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                let SubmissionReturn { round, unit, revision, due_at, .. } = returned;
                still_allows(connection, &federation, &round, RoundAct::Return).await?;
                is_newest(connection, &federation, &round, &unit, revision).await?;
                sqlx::query(
                    "INSERT INTO submission_returns (federation, round, unit, entry, revision, due_at, body)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)",
                )
                .bind(federation.as_str())
                .bind(round.as_str())
                .bind(unit.as_str())
                .bind(entry)
                .bind(i64::from(revision))
                .bind(nanoseconds(due_at))
                .bind(packed)
                .execute(&mut *connection)
                .await
                .map_err(already_there(WHAT))?;
                told.keep(connection, &federation).await?;
                conversation::insert(connection, &federation, &round, &unit, entry, messages).await
            }
            .boxed()
        })
        .await
    }

    /// Everything of a unit that was sent back in a round, the oldest first.
    pub async fn returns(&self, round: &RoundCode, unit: &UnitCode) -> Result<Vec<SubmissionReturn>, StoreError> {
        let rows = sqlx::query(
            "SELECT body FROM submission_returns WHERE federation = $1 AND round = $2 AND unit = $3 ORDER BY entry",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .fetch_all(self.readers())
        .await?;
        bodies(&rows, WHAT)
    }

    /// The return that a unit's next revision would answer: its newest revision was sent back and not accepted since.
    pub async fn open_return(
        &self,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<Option<SubmissionReturn>, StoreError> {
        let row = sqlx::query(OPEN_RETURN)
            .bind(self.code.as_str())
            .bind(round.as_str())
            .bind(unit.as_str())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| body(&row, WHAT)).transpose()
    }
}

impl Scope {
    /// The units of a round whose newest revision was sent back and not accepted since.
    pub async fn units_sent_back(&self, round: &RoundCode) -> Result<BTreeSet<UnitCode>, StoreError> {
        let rows = sqlx::query(
            "SELECT DISTINCT sent_back.unit FROM submission_returns AS sent_back
             WHERE sent_back.federation = $1 AND sent_back.round = $2
               AND sent_back.revision = (SELECT MAX(revision) FROM revisions AS handed_in
                 WHERE handed_in.federation = $1 AND handed_in.round = $2 AND handed_in.unit = sent_back.unit)
               AND NOT EXISTS
                 (SELECT 1 FROM acceptances AS accepted WHERE accepted.federation = $1 AND accepted.round = $2
                    AND accepted.unit = sent_back.unit AND accepted.revision = sent_back.revision
                    AND accepted.entry > sent_back.entry)",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| parsed(row, "unit", WHAT)).collect()
    }
}

const OPEN_RETURN: &str = "SELECT sent_back.due_at, sent_back.body FROM submission_returns AS sent_back
     WHERE sent_back.federation = $1 AND sent_back.round = $2 AND sent_back.unit = $3
       AND sent_back.revision = (SELECT MAX(revision) FROM revisions WHERE federation = $1 AND round = $2 AND unit = $3)
       AND NOT EXISTS
         (SELECT 1 FROM acceptances AS accepted WHERE accepted.federation = $1 AND accepted.round = $2
            AND accepted.unit = $3 AND accepted.revision = sent_back.revision AND accepted.entry > sent_back.entry)
     ORDER BY sent_back.entry DESC LIMIT 1";

/// Whether a unit was asked for another revision that is not overdue, whatever the round takes otherwise; seen from inside a
/// transaction.
pub(crate) async fn is_asked_for(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &RoundCode,
    unit: &UnitCode,
    received_at: Timestamp,
) -> Result<bool, StoreError> {
    let row = sqlx::query(OPEN_RETURN)
        .bind(federation.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(false) };
    Ok(nanoseconds(received_at) <= row.try_get::<i64, _>("due_at")?)
}

/// Whether a revision is still the newest of its unit, seen from inside a transaction.
pub(crate) async fn is_newest(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &RoundCode,
    unit: &UnitCode,
    revision: u32,
) -> Result<(), StoreError> {
    let row =
        sqlx::query("SELECT MAX(revision) AS latest FROM revisions WHERE federation = $1 AND round = $2 AND unit = $3")
            .bind(federation.as_str())
            .bind(round.as_str())
            .bind(unit.as_str())
            .fetch_one(connection)
            .await?;
    let latest: Option<i64> = row.try_get("latest")?;
    if latest == Some(i64::from(revision)) {
        return Ok(());
    }
    Err(StoreError::Stale { current: latest.and_then(|latest| u32::try_from(latest).ok()) })
}

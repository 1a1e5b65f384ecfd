//! Acceptances: a reviewer lets a revision count.

use domain::audit::Act;
use domain::counting::Counting;
use domain::ids::{RoundCode, UnitCode};
use futures::FutureExt as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::body::{counted, pack};
use crate::error::already_there;
use crate::{Scope, StoreError, submission_return};

/// What is kept of an acceptance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Acceptance {
    by: domain::activation::Signatory,
    at: Timestamp,
    note: String,
}

impl Scope {
    /// Lets a revision count; [`StoreError::Stale`] where the member has handed in again.
    pub async fn accept_revision(
        &self,
        round: &RoundCode,
        unit: &UnitCode,
        revision: u32,
        by: &domain::activation::Signatory,
        act: Act,
    ) -> Result<(), StoreError> {
        let packed = pack(&Acceptance { by: by.clone(), at: act.at, note: act.reason.clone() })?;
        let (federation, round, unit) = (self.code.clone(), round.clone(), unit.clone());
        self.record(act, move |connection, entry| {
            async move {
                submission_return::is_newest(connection, &federation, &round, &unit, revision).await?;
                sqlx::query(
                    "INSERT INTO acceptances (federation, round, unit, entry, revision, body)
                     VALUES ($1, $2, $3, $4, $5, $6)",
                )
                .bind(federation.as_str())
                .bind(round.as_str())
                .bind(unit.as_str())
                .bind(entry)
                .bind(i64::from(revision))
                .bind(packed)
                .execute(connection)
                .await
                .map_err(already_there("acceptance"))?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// The revision of a unit that counts, where one does.
    pub async fn counted_revision(
        &self,
        round: &RoundCode,
        unit: &UnitCode,
        counting: Counting,
    ) -> Result<Option<u32>, StoreError> {
        let sql = match counting {
            Counting::HandedIn => {
                "SELECT revision FROM revisions WHERE federation = $1 AND round = $2 AND unit = $3
                   AND standing = 'accepted' ORDER BY revision DESC LIMIT 1"
            }
            Counting::Accepted => {
                "SELECT newest.revision FROM
                   (SELECT revision, entry FROM acceptances WHERE federation = $1 AND round = $2 AND unit = $3
                    ORDER BY entry DESC LIMIT 1) AS newest
                 WHERE NOT EXISTS
                   (SELECT 1 FROM submission_returns AS sent_back WHERE sent_back.federation = $1
                      AND sent_back.round = $2 AND sent_back.unit = $3 AND sent_back.revision = newest.revision
                      AND sent_back.entry > newest.entry)"
            }
        };
        let row = sqlx::query(sql)
            .bind(self.code.as_str())
            .bind(round.as_str())
            .bind(unit.as_str())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| counted(&row, "revision", "revision")).transpose()
    }
}

/// The condition under which a row of `revisions` counts; `$1` is the federation and `$2` the round. Of a unit's acceptances the newest
/// counts, unless the same revision was sent back afterwards: an amendment that is sent back leaves what was accepted before it.
pub(crate) const fn condition(counting: Counting) -> &'static str {
    match counting {
        Counting::HandedIn => "standing = 'accepted'",
        Counting::Accepted => {
            "EXISTS
               (SELECT 1 FROM acceptances WHERE acceptances.federation = $1 AND acceptances.round = $2
                  AND acceptances.unit = revisions.unit AND acceptances.revision = revisions.revision
                  AND acceptances.entry = (SELECT MAX(entry) FROM acceptances AS newest
                    WHERE newest.federation = $1 AND newest.round = $2 AND newest.unit = revisions.unit)
                  AND NOT EXISTS
                    (SELECT 1 FROM submission_returns AS sent_back WHERE sent_back.federation = $1
                       AND sent_back.round = $2 AND sent_back.unit = revisions.unit
                       AND sent_back.revision = revisions.revision AND sent_back.entry > acceptances.entry))"
        }
    }
}

//! Acceptances: a reviewer lets a revision count.

use std::collections::BTreeMap;

use domain::activation::Signatory;
use domain::audit::Act;
use domain::counting::Counting;
use domain::ids::{RoundCode, UnitCode};
use domain::round::RoundAct;
use futures::FutureExt as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::Row as _;

use crate::body::{counted, pack, parsed, time};
use crate::error::already_there;
use crate::round::still_allows;
use crate::{Scope, StoreError, submission_return};

const WHAT: &str = "acceptance";

/// What is kept of an acceptance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Acceptance {
    by: Signatory,
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
        by: &Signatory,
        act: Act,
    ) -> Result<(), StoreError> {
        let packed = pack(&Acceptance { by: by.clone(), at: act.at, note: act.reason.clone() })?;
        let (federation, round, unit) = (self.code.clone(), round.clone(), unit.clone());
        self.record(act, move |connection, entry| {
            async move {
                still_allows(connection, &federation, &round, RoundAct::Review).await?;
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
                .map_err(already_there(WHAT))?;
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

/// What reviewers did last with a unit's submission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastReviewed {
    /// The revision that was accepted last, and whether it was sent back afterwards.
    pub accepted: Option<(u32, bool)>,
    /// The revision that was sent back last and is not accepted since, and until when the next one is due.
    pub returned: Option<(u32, Timestamp)>,
}

impl LastReviewed {
    /// The revision that counts.
    pub fn counted(self) -> Option<u32> {
        self.accepted.filter(|(_, was_returned)| !was_returned).map(|(revision, _)| revision)
    }
}

impl Scope {
    /// What reviewers did last with every submission of a round that they were at.
    pub async fn last_reviewed(&self, round: &RoundCode) -> Result<BTreeMap<UnitCode, LastReviewed>, StoreError> {
        let acts = sqlx::query(
            "SELECT unit, revision, entry, 0 AS due_at, 'accepted' AS act FROM acceptances
             WHERE federation = $1 AND round = $2
             UNION ALL
             SELECT unit, revision, entry, due_at, 'returned' AS act FROM submission_returns
             WHERE federation = $1 AND round = $2
             ORDER BY 3",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .fetch_all(self.readers())
        .await?;
        let mut last: BTreeMap<UnitCode, LastReviewed> = BTreeMap::new();
        for row in &acts {
            let known = last.entry(parsed(row, "unit", WHAT)?).or_default();
            let revision = counted(row, "revision", WHAT)?;
            if row.try_get::<&str, _>("act")? == "accepted" {
                known.accepted = Some((revision, false));
                known.returned = known.returned.filter(|(returned, _)| *returned != revision);
            } else {
                known.accepted = known.accepted.map(|(accepted, was)| (accepted, was || accepted == revision));
                known.returned = Some((revision, time(row, "due_at", WHAT)?));
            }
        }
        Ok(last)
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

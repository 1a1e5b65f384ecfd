//! Publications: proposed, decided by a second person where the round wants it, and never changed.

use domain::audit::Act;
use domain::ids::{FederationCode, PublicationId, RoundCode};
use domain::limits::REVIEW_ACTS_LISTED_MAX;
use domain::publication::{KnownPublication, Publication, PublicationDecision};
use domain::round::Round;
use futures::FutureExt as _;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::body::{body, limit, pack, packed};
use crate::changes::{self, Change};
use crate::error::already_there;
use crate::round::{body_of, change};
use crate::{Scope, StoreError};

const WHAT: &str = "publication";

impl Scope {
    /// Keeps a publication; where it takes effect at once, the round goes on with it in the same transaction, if it has the version that
    /// this was decided on ([`StoreError::RoundMoved`]).
    pub async fn keep_publication(
        &self,
        publication: &Publication,
        goes_on: Option<(&Round, u64)>,
        act: Act,
    ) -> Result<(), StoreError> {
        let packed = pack(publication)?;
        let (federation, publication) = (self.code.clone(), publication.clone());
        let goes_on = goes_on.map(|(round, version)| (round.clone(), version));
        self.record(act, move |connection, entry| {
            async move {
                sqlx::query(
                    "INSERT INTO publications (federation, id, round, entry, settlement, body)
                     VALUES ($1, $2, $3, $4, $5, $6)",
                )
                .bind(federation.as_str())
                .bind(publication.id.to_string())
                .bind(publication.round.as_str())
                .bind(entry)
                .bind(publication.settlement.to_string())
                .bind(packed)
                .execute(&mut *connection)
                .await
                .map_err(already_there(WHAT))?;
                go_on(connection, federation, goes_on).await
            }
            .boxed()
        })
        .await
    }

    /// Keeps what a second person decided, with the round as it goes on; `AlreadyThere("decision")` where it was decided.
    pub async fn decide_publication(
        &self,
        id: PublicationId,
        decision: &PublicationDecision,
        goes_on: Option<(&Round, u64)>,
        act: Act,
    ) -> Result<(), StoreError> {
        let (federation, packed) = (self.code.clone(), pack(decision)?);
        let goes_on = goes_on.map(|(round, version)| (round.clone(), version));
        self.record(act, move |connection, entry| {
            async move {
                sqlx::query(
                    "INSERT INTO publication_decisions (federation, publication, entry, body) VALUES ($1, $2, $3, $4)",
                )
                .bind(federation.as_str())
                .bind(id.to_string())
                .bind(entry)
                .bind(packed)
                .execute(&mut *connection)
                .await
                .map_err(already_there("decision"))?;
                go_on(connection, federation, goes_on).await
            }
            .boxed()
        })
        .await
    }

    /// The publications of a round, the oldest first.
    pub async fn publications(&self, round: &RoundCode) -> Result<Vec<KnownPublication>, StoreError> {
        let rows = sqlx::query(
            "SELECT made.body, decided.body AS decision FROM publications AS made
             LEFT JOIN publication_decisions AS decided ON decided.federation = $1 AND decided.publication = made.id
             WHERE made.federation = $1 AND made.round = $2 ORDER BY made.entry LIMIT $3",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(limit(REVIEW_ACTS_LISTED_MAX))
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(known).collect()
    }
}

fn known(row: &AnyRow) -> Result<KnownPublication, StoreError> {
    let decision: Option<&[u8]> = row.try_get("decision")?;
    let decision = decision.map(|_| packed(row, "decision", WHAT)).transpose()?;
    Ok(KnownPublication { publication: body(row, WHAT)?, decision })
}

/// Lets a round go on to another state, seen from inside a transaction that has the federation to itself.
async fn go_on(
    connection: &mut AnyConnection,
    federation: FederationCode,
    goes_on: Option<(Round, u64)>,
) -> Result<(), StoreError> {
    let Some((round, from_version)) = goes_on else { return Ok(()) };
    let (_, version) = body_of(connection, &federation, &round.code).await?.ok_or(StoreError::Missing("round"))?;
    if version != from_version {
        return Err(StoreError::RoundMoved);
    }
    change(connection, &federation, &round).await?;
    changes::tell(connection, &Change::Round(federation, round.code)).await
}

//! Activations: proposals, decisions, and the swap itself: one transaction that every host hears of.

use domain::activation::{Activation, ActivationAct, Decision, PinnedBy, Proposal, Signatory, Swap};
use domain::audit::Act;
use domain::ids::{ActivationId, FederationCode, RoundCode};
use domain::limits::PROPOSALS_WAITING_MAX;
use domain::notice::Notice;
use domain::round::{NotSwapped, Round};
use futures::FutureExt as _;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::body::{body, limit, pack, packed, parsed};
use crate::changes::{self, Change};
use crate::error::already_there;
use crate::pin::NewPin;
use crate::round::{body_of, change};
use crate::{Scope, StoreError, notice, pin};

const WHAT: &str = "activation";

impl Scope {
    /// Keeps a proposal; it waits for a second person. [`StoreError::Busy`] when too many of the round's wait.
    pub async fn keep_proposal(&self, proposal: &Proposal, act: Act) -> Result<(), StoreError> {
        let (proposal, packed) = (proposal.clone(), pack(proposal)?);
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                if waiting(connection, &federation, &proposal.round).await?.len() >= PROPOSALS_WAITING_MAX {
                    return Err(StoreError::Busy);
                }
                sqlx::query(
                    "INSERT INTO activations (federation, id, round, entry, replaces, release, body)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)",
                )
                .bind(federation.as_str())
                .bind(proposal.id.to_string())
                .bind(proposal.round.as_str())
                .bind(entry)
                .bind(proposal.replaces.to_string())
                .bind(proposal.release.to_string())
                .bind(packed)
                .execute(&mut *connection)
                .await
                .map_err(already_there(WHAT))?;
                changes::tell(connection, &Change::Candidate(federation, proposal.release)).await
            }
            .boxed()
        })
        .await
    }

    /// A proposal with what became of it.
    pub async fn activation(&self, id: ActivationId) -> Result<Option<Activation>, StoreError> {
        let row = sqlx::query(
            "SELECT proposed.body, decided.body AS decision FROM activations AS proposed
             LEFT JOIN activation_decisions AS decided ON decided.federation = $1 AND decided.activation = proposed.id
             WHERE proposed.federation = $1 AND proposed.id = $2",
        )
        .bind(self.code.as_str())
        .bind(id.to_string())
        .fetch_optional(self.readers())
        .await?;
        row.map(|row| activation(&row)).transpose()
    }

    /// The newest proposals of a round with what became of them, the newest first.
    pub async fn activations(&self, round: &RoundCode, items: usize) -> Result<Vec<Activation>, StoreError> {
        let rows = sqlx::query(
            "SELECT proposed.body, decided.body AS decision FROM activations AS proposed
             LEFT JOIN activation_decisions AS decided ON decided.federation = $1 AND decided.activation = proposed.id
             WHERE proposed.federation = $1 AND proposed.round = $2 ORDER BY proposed.entry DESC LIMIT $3",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(limit(items))
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(activation).collect()
    }

    /// Keeps a decision that changes nothing in the round; `AlreadyThere("decision")` where the proposal was decided.
    pub async fn keep_decision(&self, id: ActivationId, decision: &Decision, act: Act) -> Result<(), StoreError> {
        let decision = decision.clone();
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move { decide(connection, &federation, id, entry, &decision).await }.boxed()
        })
        .await
    }

    /// Approves a proposal: the round goes on with its release from this transaction on; gives the round as it is then.
    /// `AlreadyThere("decision")` where it was decided, [`StoreError::RoundMoved`] where the round cannot take it any more.
    pub async fn approve(
        &self,
        proposal: &Proposal,
        decision: &Decision,
        notice: &Notice,
        act: Act,
    ) -> Result<Round, StoreError> {
        let (proposal, decision, notice) = (proposal.clone(), decision.clone(), notice.clone());
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                decide(connection, &federation, proposal.id, entry, &decision).await?;
                let Proposal { kind, replaces, release, .. } = proposal;
                let swap = Swap { kind, replaces, release };
                let done = Swapping { federation, round: proposal.round, entry, swap, by: PinnedBy::Activation };
                done.perform(connection, &decision, &notice).await
            }
            .boxed()
        })
        .await
    }

    /// Goes back to what a round had before: the same swap backwards. [`StoreError::RoundMoved`] where the round cannot go back any
    /// more.
    pub async fn roll_back(
        &self,
        round: &RoundCode,
        swap: Swap,
        by: &Signatory,
        notice: &Notice,
        act: Act,
    ) -> Result<Round, StoreError> {
        let (round, notice) = (round.clone(), notice.clone());
        let overtaken =
            Decision { act: ActivationAct::Overtake, by: by.clone(), at: act.at, reason: act.reason.clone() };
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                let done = Swapping { federation, round, entry, swap, by: PinnedBy::Rollback };
                done.perform(connection, &overtaken, &notice).await
            }
            .boxed()
        })
        .await
    }
}

fn activation(row: &AnyRow) -> Result<Activation, StoreError> {
    let decision: Option<&[u8]> = row.try_get("decision")?;
    let decision = decision.map(|_| packed(row, "decision", WHAT)).transpose()?;
    Ok(Activation { proposal: body(row, WHAT)?, decision })
}

/// A swap in the middle of its transaction, which has the federation to itself.
struct Swapping {
    federation: FederationCode,
    round: RoundCode,
    entry: i64,
    swap: Swap,
    by: PinnedBy,
}

impl Swapping {
    async fn perform(
        self,
        connection: &mut AnyConnection,
        because: &Decision,
        notice: &Notice,
    ) -> Result<Round, StoreError> {
        let Self { federation, round, entry, swap, by } = self;
        let (round, _) = body_of(connection, &federation, &round).await?.ok_or(StoreError::Missing("round"))?;
        let swapped = round.swapped(swap).map_err(|_: NotSwapped| StoreError::RoundMoved)?;
        change(connection, &federation, &swapped).await?;
        let Swap { kind, release, replaces } = swap;
        let new =
            NewPin { federation: &federation, round: &round.code, entry, kind, release, replaces: Some(replaces), by };
        pin::keep(connection, new).await?;
        let replaced = replaces.to_string();
        overtake(connection, &federation, &round.code, entry, because, |proposal| proposal.replaces == replaced)
            .await?;
        notice::keep(connection, &federation, notice).await?;
        changes::tell(connection, &Change::Round(federation, round.code)).await?;
        Ok(swapped)
    }
}

/// A proposal that waits for a second person.
pub(crate) struct Waiting {
    id: ActivationId,
    replaces: String,
}

async fn waiting(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &RoundCode,
) -> Result<Vec<Waiting>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, replaces FROM activations WHERE federation = $1 AND round = $2 AND NOT EXISTS
           (SELECT 1 FROM activation_decisions AS decided
            WHERE decided.federation = $1 AND decided.activation = activations.id)
         ORDER BY entry",
    )
    .bind(federation.as_str())
    .bind(round.as_str())
    .fetch_all(connection)
    .await?;
    let waiting =
        rows.iter().map(|row| Ok(Waiting { id: parsed(row, "id", WHAT)?, replaces: row.try_get("replaces")? }));
    waiting.collect()
}

async fn decide(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    id: ActivationId,
    entry: i64,
    decision: &Decision,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO activation_decisions (federation, activation, entry, body) VALUES ($1, $2, $3, $4)")
        .bind(federation.as_str())
        .bind(id.to_string())
        .bind(entry)
        .bind(pack(decision)?)
        .execute(connection)
        .await
        .map_err(already_there("decision"))?;
    Ok(())
}

/// Writes down that proposals wait for nothing any more, because of what somebody decided.
pub(crate) async fn overtake(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &RoundCode,
    entry: i64,
    because: &Decision,
    is_overtaken: impl Fn(&Waiting) -> bool,
) -> Result<(), StoreError> {
    let overtaken = Decision { act: ActivationAct::Overtake, ..because.clone() };
    for proposal in waiting(connection, federation, round).await?.into_iter().filter(is_overtaken) {
        decide(connection, federation, proposal.id, entry, &overtaken).await?;
    }
    Ok(())
}

//! Drafts: one for a unit in a round, written over by whoever read what it said.

use domain::activation::Signatory;
use domain::amendment::Amendment;
use domain::answers::{Answers, parse_value};
use domain::audit::Act;
use domain::digest::Digest;
use domain::draft::{Draft, DraftChange, DraftContent, DraftStep};
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::limits::DRAFT_BYTES_MAX;
use domain::review::Explanation;
use futures::FutureExt as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::body::{body, pack};
use crate::error::already_there;
use crate::{Scope, StoreError};

const WHAT: &str = "draft";

/// What becomes of a draft that is handed in.
#[derive(Clone, Debug)]
pub struct DraftTaken {
    /// What it says: only that is handed in.
    pub state: Digest,
    /// What stays of it, where something does.
    pub left: Option<Draft>,
}

impl Scope {
    /// The draft of a unit in a round.
    pub async fn draft(&self, round: &RoundCode, unit: &UnitCode) -> Result<Option<Draft>, StoreError> {
        let row = sqlx::query("SELECT answers, body FROM drafts WHERE federation = $1 AND round = $2 AND unit = $3")
            .bind(self.code.as_str())
            .bind(round.as_str())
            .bind(unit.as_str())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| opened(&row)).transpose()
    }

    /// Keeps a draft in the place of what was read, or as the first one; [`StoreError::DraftMoved`] where that is not what is there.
    pub async fn keep_draft(
        &self,
        round: &RoundCode,
        unit: &UnitCode,
        read: Option<Digest>,
        draft: &Draft,
    ) -> Result<(), StoreError> {
        let new = PackedDraft::of(round, draft)?;
        let (federation, round, unit) = (self.code.clone(), round.clone(), unit.clone());
        let write = self.write(move |connection| {
            async move {
                let Some(read) = read else {
                    let kept = sqlx::query(
                        "INSERT INTO drafts (federation, round, unit, state, answers, body)
                         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (federation, round, unit) DO NOTHING",
                    )
                    .bind(federation.as_str())
                    .bind(round.as_str())
                    .bind(unit.as_str())
                    .bind(new.state)
                    .bind(new.answers)
                    .bind(new.body)
                    .execute(connection)
                    .await
                    .map_err(already_there(WHAT))?;
                    return only_one(kept.rows_affected());
                };
                rewrite(connection, &federation, &round, &unit, read, new).await
            }
            .boxed()
        });
        write.await
    }

    /// Keeps a draft that went a step on its way to the signature, and the act; [`StoreError::DraftMoved`] where it does not say what was read.
    pub async fn step_draft(
        &self,
        round: &RoundCode,
        unit: &UnitCode,
        read: Digest,
        draft: &Draft,
        act: Act,
    ) -> Result<(), StoreError> {
        let new = PackedDraft::of(round, draft)?;
        let (federation, round, unit) = (self.code.clone(), round.clone(), unit.clone());
        self.record(act, move |connection, _| {
            async move { rewrite(connection, &federation, &round, &unit, read, new).await }.boxed()
        })
        .await
    }

    /// Throws away a draft that says what was read; [`StoreError::DraftMoved`] where it does not.
    pub async fn discard_draft(&self, round: &RoundCode, unit: &UnitCode, read: Digest) -> Result<(), StoreError> {
        let (federation, round, unit) = (self.code.clone(), round.clone(), unit.clone());
        let write = self
            .write(move |connection| async move { remove(connection, &federation, &round, &unit, read).await }.boxed());
        write.await
    }
}

/// Takes a draft that is handed in, seen from inside the transaction that keeps the revision.
pub(crate) async fn take(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &RoundCode,
    unit: &UnitCode,
    taken: PackedTaking,
) -> Result<(), StoreError> {
    match taken.left {
        Some(left) => rewrite(connection, federation, round, unit, taken.state, left).await,
        None => remove(connection, federation, round, unit, taken.state).await,
    }
}

/// Throws away whatever members had still written when a round is over.
pub(crate) async fn remove_all(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &RoundCode,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM drafts WHERE federation = $1 AND round = $2")
        .bind(federation.as_str())
        .bind(round.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// What becomes of a draft, packed on the caller's time.
pub(crate) struct PackedTaking {
    state: Digest,
    left: Option<PackedDraft>,
}

impl PackedTaking {
    pub(crate) fn of(round: &RoundCode, taken: &DraftTaken) -> Result<Self, StoreError> {
        let left = taken.left.as_ref().map(|left| PackedDraft::of(round, left)).transpose()?;
        Ok(Self { state: taken.state, left })
    }
}

async fn rewrite(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &RoundCode,
    unit: &UnitCode,
    read: Digest,
    new: PackedDraft,
) -> Result<(), StoreError> {
    let kept = sqlx::query(
        "UPDATE drafts SET state = $5, answers = $6, body = $7
         WHERE federation = $1 AND round = $2 AND unit = $3 AND state = $4",
    )
    .bind(federation.as_str())
    .bind(round.as_str())
    .bind(unit.as_str())
    .bind(read.to_string())
    .bind(new.state)
    .bind(new.answers)
    .bind(new.body)
    .execute(connection)
    .await?;
    only_one(kept.rows_affected())
}

async fn remove(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &RoundCode,
    unit: &UnitCode,
    read: Digest,
) -> Result<(), StoreError> {
    let gone = sqlx::query("DELETE FROM drafts WHERE federation = $1 AND round = $2 AND unit = $3 AND state = $4")
        .bind(federation.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .bind(read.to_string())
        .execute(connection)
        .await?;
    only_one(gone.rows_affected())
}

const fn only_one(rows: u64) -> Result<(), StoreError> {
    if rows == 1 { Ok(()) } else { Err(StoreError::DraftMoved) }
}

/// A draft as a row.
struct PackedDraft {
    state: String,
    answers: Vec<u8>,
    body: Vec<u8>,
}

/// The row's body: everything but the canonical bytes of the answers.
#[derive(Serialize, Deserialize)]
struct Beside {
    based_on: u32,
    explanations: Vec<Explanation>,
    amendment: Option<Amendment>,
    by: Signatory,
    at: Timestamp,
    step: Option<DraftStep>,
    changes: Vec<DraftChange>,
}

impl PackedDraft {
    fn of(round: &RoundCode, draft: &Draft) -> Result<Self, StoreError> {
        let state = draft.state(round).to_string();
        let Draft { content, by, at, step, changes } = draft.clone();
        let DraftContent { based_on, answers, explanations, amendment } = content;
        let body = pack(&Beside { based_on, explanations, amendment, by, at, step, changes })?;
        if answers.bytes().len() + body.len() > DRAFT_BYTES_MAX {
            return Err(StoreError::Full(WHAT));
        }
        Ok(Self { state, answers: answers.bytes().to_vec(), body })
    }
}

fn opened(row: &AnyRow) -> Result<Draft, StoreError> {
    let Beside { based_on, explanations, amendment, by, at, step, changes } = body(row, WHAT)?;
    let bytes: Vec<u8> = row.try_get("answers")?;
    let value = parse_value(&mut rmp_serde::Deserializer::from_read_ref(&bytes))
        .map_err(|misplaced| StoreError::Corrupt { what: WHAT, why: misplaced.reason.code().to_owned() })?;
    let answers = Answers::from_canonical_bytes(bytes, value);
    Ok(Draft { content: DraftContent { based_on, answers, explanations, amendment }, by, at, step, changes })
}

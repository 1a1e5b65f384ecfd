//! Keeping a revision: one transaction with everything that was concluded from it.

use domain::audit::Act;
use domain::digest::Digest;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::round::{RoundAct, RoundState};
use domain::submission::Receipt;
use futures::FutureExt as _;
use sqlx::{AnyConnection, Row as _};

use super::{NewRevision, Numbering, Revision, WHAT, standing_name};
use crate::audit::Chain;
use crate::blob;
use crate::body::{body, counted, nanoseconds, pack};
use crate::draft::PackedTaking;
use crate::error::already_there;
use crate::evaluation::PackedEvaluations;
use crate::script::Script;
use crate::verdict::PackedVerdicts;
use crate::{Scope, StoreError, draft, pin, submission_return};

impl Scope {
    /// Keeps a revision with its inputs, verdict, records and audit entry, in one transaction; gives the receipt as it is kept.
    ///
    /// What the caller saw before it evaluated may have changed since, so it is looked at again inside: a key that was
    /// used already ([`StoreError::Replayed`] for this very request, [`StoreError::KeyReused`] for another), a round that
    /// does not take it any more, or was given another rubric longer ago than [`domain::limits::REPLACED_GRACE`] by the database's clock
    /// ([`StoreError::RoundMoved`]), a revision that came first ([`StoreError::Stale`]), a draft that was written on
    /// ([`StoreError::DraftMoved`]).
    pub async fn keep_revision(&self, new: NewRevision) -> Result<Receipt, StoreError> {
        let mut packed = PackedRevision::of(new)?;
        let federation = self.code.clone();
        let write = self.write(move |connection| {
            async move {
                let chain = look_again(connection, &federation, &packed).await?;
                if let Some(taken) = packed.draft {
                    draft::take(connection, &federation, &packed.round, &packed.row.unit, taken).await?;
                }
                if let Some(Numbering(numbering)) = packed.numbering.take() {
                    let receipt = numbering(count_in_round(connection, &federation, &packed.round).await? + 1);
                    packed.row.renumber(receipt)?;
                }
                let receipt = packed.row.receipt.clone();
                let mut script = Script::default();
                blob::add_to(&mut script, &federation, packed.blobs);
                packed.row.add_to(&mut script, &federation, &packed.round);
                packed.verdicts.add_to(&mut script, &federation, &packed.round);
                packed.evaluations.add_to(&mut script, &federation);
                chain.add_to(&mut script, packed.act)?;
                script.run(connection).await.map_err(already_there("revision or evaluation"))?;
                Ok(receipt)
            }
            .boxed()
        });
        write.await
    }
}

/// How many revisions were handed in in a round, seen from inside a transaction that has the federation to itself.
async fn count_in_round(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &RoundCode,
) -> Result<u64, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) AS receipts FROM revisions WHERE federation = $1 AND round = $2")
        .bind(federation.as_str())
        .bind(round.as_str())
        .fetch_one(connection)
        .await?;
    counted(&row, "receipts", WHAT)
}

/// Takes the federation and decides whether the revision may still be kept; gives the end of the audit chain.
async fn look_again(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    new: &PackedRevision,
) -> Result<Chain, StoreError> {
    Chain::take(connection, federation).await?;
    let now = sqlx::query(
        "SELECT rounds.state, rounds.rubric, known.request, known.body, audit.sequence, audit.hash,
           (SELECT MAX(revision) FROM revisions WHERE federation = $1 AND round = $2 AND unit = $3) AS latest
         FROM rounds
         LEFT JOIN revisions AS known ON known.federation = $1 AND known.unit = $3 AND known.idempotency_key = $4
         LEFT JOIN audit ON audit.federation = $1
           AND audit.sequence = (SELECT MAX(sequence) FROM audit WHERE federation = $1)
         WHERE rounds.federation = $1 AND rounds.code = $2",
    )
    .bind(federation.as_str())
    .bind(new.round.as_str())
    .bind(new.row.unit.as_str())
    .bind(new.row.key.clone())
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(StoreError::Missing("round"))?;

    if let Some(request) = now.try_get::<Option<String>, _>("request")? {
        if Some(request) != new.row.request {
            return Err(StoreError::KeyReused);
        }
        let known: Revision = body(&now, WHAT)?;
        return Err(StoreError::Replayed(Box::new(known.receipt)));
    }
    let state = RoundState::of_code(now.try_get("state")?);
    let is_taken = state.is_some_and(|state| state.after(new.taken_as).is_some())
        && (new.taken_as != RoundAct::Resubmit || new.is_asked_for(connection, federation).await?);
    let is_in_force = now.try_get::<&str, _>("rubric")? == new.rubric;
    // What a release had begun to judge when another took its place may still be kept, for a moment.
    let counts = is_in_force || pin::was_in_force_just_now(connection, federation, &new.round, &new.rubric).await?;
    if !is_taken || !counts {
        return Err(StoreError::RoundMoved);
    }
    let latest: Option<i64> = now.try_get("latest")?;
    if new.row.revision != latest.unwrap_or(0) + 1 {
        return Err(StoreError::Stale { current: latest.and_then(|latest| u32::try_from(latest).ok()) });
    }
    Chain::ending(federation.clone(), &now)
}

/// A new revision with everything packed and hashed on the caller's time, not on the writer's.
struct PackedRevision {
    round: RoundCode,
    rubric: String,
    blobs: Vec<(Digest, Vec<u8>)>,
    row: PackedRow,
    verdicts: PackedVerdicts,
    evaluations: PackedEvaluations,
    taken_as: RoundAct,
    draft: Option<PackedTaking>,
    numbering: Option<Numbering>,
    act: Act,
}

/// One row of the revisions.
struct PackedRow {
    unit: UnitCode,
    revision: i64,
    receipt: Receipt,
    revised: Revision,
    packed: Vec<u8>,
    key: Option<String>,
    request: Option<String>,
}

impl PackedRevision {
    /// Whether the unit was sent something back, and the due date of that has not passed.
    async fn is_asked_for(
        &self,
        connection: &mut AnyConnection,
        federation: &FederationCode,
    ) -> Result<bool, StoreError> {
        let received_at = self.row.receipt.body.received_at;
        submission_return::is_asked_for(connection, federation, &self.round, &self.row.unit, received_at).await
    }

    fn of(new: NewRevision) -> Result<Self, StoreError> {
        let (answers, context) = (Digest::of(&new.answers), Digest::of(&new.context));
        let attested = &new.receipt.body;
        if attested.answers != answers || attested.revision != new.envelope.revision {
            return Err(StoreError::Corrupt { what: WHAT, why: "its receipt attests another one".to_owned() });
        }
        let draft = new.draft.as_ref().map(|taken| PackedTaking::of(&new.round, taken)).transpose()?;
        let verdicts = PackedVerdicts::of([&new.verdict])?;
        let evaluations = PackedEvaluations::of(&new.evaluations)?;
        let (key, request) = new.key.map(|(key, request)| (key, request.to_string())).unzip();
        let revision = Revision {
            envelope: new.envelope,
            answers,
            context,
            explanations: new.explanations,
            amendment: new.amendment,
            signing: new.signing,
            check_rules: new.check_rules,
            receipt: new.receipt.clone(),
        };
        let row = PackedRow {
            unit: new.unit,
            revision: i64::from(revision.envelope.revision),
            receipt: new.receipt,
            packed: pack(&revision)?,
            revised: revision,
            key,
            request,
        };
        Ok(Self {
            round: new.round,
            rubric: new.verdict.rubric.to_string(),
            blobs: vec![(answers, new.answers), (context, new.context)],
            row,
            verdicts,
            evaluations,
            taken_as: new.taken_as,
            draft,
            numbering: new.numbering,
            act: new.act,
        })
    }
}

impl PackedRow {
    /// Gives it another receipt, which is about the same.
    fn renumber(&mut self, receipt: Receipt) -> Result<(), StoreError> {
        self.receipt = receipt.clone();
        self.revised.receipt = receipt;
        self.packed = pack(&self.revised)?;
        Ok(())
    }

    fn add_to(self, script: &mut Script, federation: &FederationCode, round: &RoundCode) {
        let receipt = self.receipt.body;
        script.add(
            "INSERT INTO revisions
               (federation, round, unit, revision, received_at, hours_late, standing, errors, warnings,
                warnings_explained, body, idempotency_key, request)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            [
                federation.as_str().into(),
                round.as_str().into(),
                self.unit.as_str().into(),
                self.revision.into(),
                nanoseconds(receipt.received_at).into(),
                receipt.hours_late.into(),
                standing_name(receipt.standing).into(),
                receipt.errors.into(),
                receipt.warnings.into(),
                receipt.warnings_explained.into(),
                self.packed.into(),
                self.key.into(),
                self.request.into(),
            ],
        );
    }
}

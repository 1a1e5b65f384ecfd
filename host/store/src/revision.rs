//! Revisions: what members handed in, whole with everything that was concluded from it, or not at all.

use domain::audit::Act;
use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::review::Explanation;
use domain::round::RoundState;
use domain::submission::{Envelope, Receipt, Standing};
use domain::verdict::Verdict;
use futures::FutureExt as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::audit::Chain;
use crate::blob;
use crate::body::{body, counted, nanoseconds, pack, parsed, time};
use crate::error::already_there;
use crate::evaluation::PackedEvaluations;
use crate::round::state_name;
use crate::script::Script;
use crate::verdict::PackedVerdicts;
use crate::{Scope, StoreError};

const WHAT: &str = "revision";

/// A revision about to be kept, with everything that was concluded from it.
#[derive(Clone, Debug)]
pub struct NewRevision {
    /// The round that it is handed in to.
    pub round: RoundCode,
    /// Whose it is.
    pub unit: UnitCode,
    /// The envelope; its revision is the number that is kept.
    pub envelope: Envelope,
    /// The canonical bytes of the answers.
    pub answers: Vec<u8>,
    /// The MessagePack bytes of the context that it was evaluated in.
    pub context: Vec<u8>,
    /// The member's explanations.
    pub explanations: Vec<Explanation>,
    /// The signed receipt.
    pub receipt: Receipt,
    /// What the rubric in force says of it.
    pub verdict: Verdict,
    /// The records of the runs behind the verdict.
    pub evaluations: Vec<Evaluation>,
    /// The idempotency key and the digest of the request that came with it.
    pub key: Option<(String, Digest)>,
    /// The entry of the audit log.
    pub act: Act,
}

/// A kept revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The envelope.
    pub envelope: Envelope,
    /// The canonical answers: a blob.
    pub answers: Digest,
    /// The context that it was evaluated in: a blob.
    pub context: Digest,
    /// The member's explanations.
    pub explanations: Vec<Explanation>,
    /// The signed receipt.
    pub receipt: Receipt,
}

/// A revision in a list of one unit's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionSummary {
    /// Counts from 1.
    pub revision: u32,
    /// Whether it counts.
    pub standing: Standing,
    /// When it was received.
    pub received_at: Timestamp,
    /// Whole hours after the due time.
    pub hours_late: u32,
    /// Findings that block by themselves.
    pub errors: u32,
    /// Warnings that stand.
    pub warnings: u32,
    /// Warnings among them that are explained.
    pub warnings_explained: u32,
}

/// How far a unit is: its latest revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The unit.
    pub unit: UnitCode,
    /// The number of its latest revision.
    pub revision: u32,
    /// Whether that counts.
    pub standing: Standing,
    /// When it was received.
    pub received_at: Timestamp,
    /// Whole hours after the due time.
    pub hours_late: u32,
    /// Findings that block by themselves.
    pub errors: u32,
    /// Warnings that stand.
    pub warnings: u32,
    /// Warnings among them that are explained.
    pub warnings_explained: u32,
}

/// A revision that counts in the round: the newest accepted one of its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The unit.
    pub unit: UnitCode,
    /// The number of the revision.
    pub revision: u32,
    /// When it was received.
    pub received_at: Timestamp,
    /// Whole hours after the due time.
    pub hours_late: u32,
    /// The envelope.
    pub envelope: Envelope,
    /// The canonical answers: a blob.
    pub answers: Digest,
    /// The context that it was evaluated in: a blob.
    pub context: Digest,
    /// The member's explanations.
    pub explanations: Vec<Explanation>,
}

impl Scope {
    /// Keeps a revision with its inputs, verdict, records and audit entry, in one transaction.
    ///
    /// What the caller saw before it evaluated may have changed since, so it is looked at again inside: a key that was
    /// used already ([`StoreError::Replayed`] for this very request, [`StoreError::KeyReused`] for another), a round that
    /// was closed or given another rubric ([`StoreError::RoundMoved`]), a revision that came first ([`StoreError::Stale`]).
    pub async fn keep_revision(&self, new: NewRevision) -> Result<(), StoreError> {
        let packed = PackedRevision::of(new)?;
        let federation = self.code.clone();
        let write = self.write(move |connection| {
            async move {
                let chain = look_again(connection, &federation, &packed).await?;
                let mut script = Script::default();
                blob::add_to(&mut script, &federation, packed.blobs);
                packed.row.add_to(&mut script, &federation, &packed.round);
                packed.verdicts.add_to(&mut script, &federation, &packed.round);
                packed.evaluations.add_to(&mut script, &federation);
                chain.add_to(&mut script, packed.act)?;
                script.run(connection).await.map_err(already_there("revision or evaluation"))
            }
            .boxed()
        });
        write.await
    }

    /// The digest of the request and the receipt that an idempotency key of a unit stands for.
    pub async fn receipt_of_key(&self, unit: &UnitCode, key: &str) -> Result<Option<(Digest, Receipt)>, StoreError> {
        let row = sqlx::query(
            "SELECT request, body FROM revisions WHERE federation = $1 AND unit = $2 AND idempotency_key = $3",
        )
        .bind(self.code.as_str())
        .bind(unit.as_str())
        .bind(key)
        .fetch_optional(self.readers())
        .await?;
        row.map(|row| Ok((parsed(&row, "request", WHAT)?, body::<Revision>(&row, WHAT)?.receipt))).transpose()
    }

    /// A revision by its number.
    pub async fn revision(
        &self,
        round: &RoundCode,
        unit: &UnitCode,
        number: u32,
    ) -> Result<Option<Revision>, StoreError> {
        let row = sqlx::query(
            "SELECT body FROM revisions WHERE federation = $1 AND round = $2 AND unit = $3 AND revision = $4",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .bind(i64::from(number))
        .fetch_optional(self.readers())
        .await?;
        row.map(|row| body(&row, WHAT)).transpose()
    }

    /// The latest revision of a unit, accepted or not.
    pub async fn latest_revision(&self, round: &RoundCode, unit: &UnitCode) -> Result<Option<Revision>, StoreError> {
        let row = sqlx::query(
            "SELECT body FROM revisions WHERE federation = $1 AND round = $2 AND unit = $3
             ORDER BY revision DESC LIMIT 1",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .fetch_optional(self.readers())
        .await?;
        row.map(|row| body(&row, WHAT)).transpose()
    }

    /// All revisions of a unit, oldest first.
    pub async fn revisions(&self, round: &RoundCode, unit: &UnitCode) -> Result<Vec<RevisionSummary>, StoreError> {
        let rows = sqlx::query(
            "SELECT revision, standing, received_at, hours_late, errors, warnings, warnings_explained FROM revisions
             WHERE federation = $1 AND round = $2 AND unit = $3 ORDER BY revision",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(summary).collect()
    }

    /// The latest revision of every unit that handed one in, in order of the units' codes.
    pub async fn progress(&self, round: &RoundCode) -> Result<Vec<Progress>, StoreError> {
        let rows = sqlx::query(
            "SELECT unit, revision, standing, received_at, hours_late, errors, warnings, warnings_explained
             FROM revisions AS kept WHERE federation = $1 AND round = $2 AND NOT EXISTS
               (SELECT 1 FROM revisions AS later WHERE later.federation = $1 AND later.round = $2
                  AND later.unit = kept.unit AND later.revision > kept.revision)
             ORDER BY unit",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| progress(parsed(row, "unit", WHAT)?, row)).collect()
    }

    /// The newest accepted revision of every unit that has one, in order of the units' codes.
    pub async fn counted(&self, round: &RoundCode) -> Result<Vec<Counted>, StoreError> {
        let rows = sqlx::query(
            "SELECT body FROM revisions AS kept
             WHERE federation = $1 AND round = $2 AND standing = 'accepted' AND NOT EXISTS
               (SELECT 1 FROM revisions AS later WHERE later.federation = $1 AND later.round = $2
                  AND later.unit = kept.unit AND later.revision > kept.revision AND later.standing = 'accepted')
             ORDER BY unit",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| body(row, WHAT).map(counts)).collect()
    }
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
    .fetch_optional(connection)
    .await?
    .ok_or(StoreError::Missing("round"))?;

    if let Some(request) = now.try_get::<Option<String>, _>("request")? {
        if Some(request) != new.row.request {
            return Err(StoreError::KeyReused);
        }
        let known: Revision = body(&now, WHAT)?;
        return Err(StoreError::Replayed(Box::new(known.receipt)));
    }
    let is_open = now.try_get::<&str, _>("state")? == state_name(RoundState::Open);
    if !is_open || now.try_get::<&str, _>("rubric")? != new.rubric {
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
    act: Act,
}

/// One row of the revisions.
struct PackedRow {
    unit: UnitCode,
    revision: i64,
    receipt: Receipt,
    packed: Vec<u8>,
    key: Option<String>,
    request: Option<String>,
}

impl PackedRevision {
    fn of(new: NewRevision) -> Result<Self, StoreError> {
        let (answers, context) = (Digest::of(&new.answers), Digest::of(&new.context));
        let attested = &new.receipt.body;
        if attested.answers != answers || attested.revision != new.envelope.revision {
            return Err(StoreError::Corrupt { what: WHAT, why: "its receipt attests another one".to_owned() });
        }
        let verdicts = PackedVerdicts::of([&new.verdict])?;
        let evaluations = PackedEvaluations::of(&new.evaluations)?;
        let (key, request) = new.key.map(|(key, request)| (key, request.to_string())).unzip();
        let revision = Revision {
            envelope: new.envelope,
            answers,
            context,
            explanations: new.explanations,
            receipt: new.receipt.clone(),
        };
        let row = PackedRow {
            unit: new.unit,
            revision: i64::from(revision.envelope.revision),
            receipt: new.receipt,
            packed: pack(&revision)?,
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
            act: new.act,
        })
    }
}

impl PackedRow {
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

const fn standing_name(standing: Standing) -> &'static str {
    match standing {
        Standing::Accepted => "accepted",
        Standing::Blocked => "blocked",
    }
}

fn summary(row: &AnyRow) -> Result<RevisionSummary, StoreError> {
    let standing = match row.try_get("standing")? {
        "accepted" => Standing::Accepted,
        "blocked" => Standing::Blocked,
        _ => return Err(StoreError::Corrupt { what: WHAT, why: "`standing` has not its form".to_owned() }),
    };
    Ok(RevisionSummary {
        revision: counted(row, "revision", WHAT)?,
        standing,
        received_at: time(row, "received_at", WHAT)?,
        hours_late: counted(row, "hours_late", WHAT)?,
        errors: counted(row, "errors", WHAT)?,
        warnings: counted(row, "warnings", WHAT)?,
        warnings_explained: counted(row, "warnings_explained", WHAT)?,
    })
}

fn progress(unit: UnitCode, row: &AnyRow) -> Result<Progress, StoreError> {
    let RevisionSummary { revision, standing, received_at, hours_late, errors, warnings, warnings_explained } =
        summary(row)?;
    Ok(Progress { unit, revision, standing, received_at, hours_late, errors, warnings, warnings_explained })
}

fn counts(revision: Revision) -> Counted {
    let Revision { envelope, answers, context, explanations, receipt } = revision;
    Counted {
        unit: receipt.body.unit,
        revision: receipt.body.revision,
        received_at: receipt.body.received_at,
        hours_late: receipt.body.hours_late,
        envelope,
        answers,
        context,
        explanations,
    }
}

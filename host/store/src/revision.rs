//! Revisions: what members handed in, whole with everything that was concluded from it, or not at all.

use std::collections::BTreeMap;

use std::fmt;
use std::sync::Arc;

use domain::amendment::Amendment;
use domain::audit::Act;
use domain::check_rule::CheckRule;
use domain::counting::Counting;
use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::ids::{RoundCode, UnitCode};
use domain::review::Explanation;
use domain::round::RoundAct;
use domain::submission::{Envelope, Receipt, Signing, Standing};
use domain::verdict::Verdict;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use crate::body::{body, counted, parsed, time};
use crate::{DraftTaken, Scope, StoreError, acceptance};

mod keeping;

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
    /// What it amends, where that was said.
    pub amendment: Option<Amendment>,
    /// Who answers for it, in a round that wants a signature.
    pub signing: Option<Signing>,
    /// The decisions about checks by which it was weighed.
    pub check_rules: Vec<CheckRule>,
    /// The signed receipt.
    pub receipt: Receipt,
    /// How the receipt is made anew, where its number counts the receipts of the round.
    pub numbering: Option<Numbering>,
    /// What the rubric in force says of it.
    pub verdict: Verdict,
    /// The records of the runs behind the verdict.
    pub evaluations: Vec<Evaluation>,
    /// The idempotency key and the digest of the request that came with it.
    pub key: Option<(String, Digest)>,
    /// What the round has to allow so that it is kept: to submit, to resubmit, to amend.
    pub taken_as: RoundAct,
    /// The draft that it was, which goes with it; none where it came in one piece.
    pub draft: Option<DraftTaken>,
    /// The entry of the audit log.
    pub act: Act,
}

/// Makes the receipt with so manieth number of the round: what counts is known only where nobody else counts.
#[derive(Clone)]
pub struct Numbering(pub Arc<dyn Fn(u64) -> Receipt + Send + Sync>);

impl fmt::Debug for Numbering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Numbering")
    }
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
    /// What it amends, where that was said.
    #[serde(default)]
    pub amendment: Option<Amendment>,
    /// Who answers for it, in a round that wants a signature.
    #[serde(default)]
    pub signing: Option<Signing>,
    /// The decisions about checks by which it was weighed.
    #[serde(default)]
    pub check_rules: Vec<CheckRule>,
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
    /// What it amends, where that was said.
    pub amendment: Option<Amendment>,
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
            "SELECT revision, standing, received_at, hours_late, errors, warnings, warnings_explained, body
             FROM revisions WHERE federation = $1 AND round = $2 AND unit = $3 ORDER BY revision",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .fetch_all(self.readers())
        .await?;
        let with_amendment = |row| {
            let Revision { amendment, .. } = body(row, WHAT)?;
            Ok(RevisionSummary { amendment, ..summary(row)? })
        };
        rows.iter().map(with_amendment).collect()
    }

    /// The latest revision of every unit that handed one in, in order of the units' codes.
    pub async fn progress(&self, round: &RoundCode) -> Result<Vec<Progress>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM
               (SELECT unit, revision, standing, received_at, hours_late, errors, warnings, warnings_explained,
                  ROW_NUMBER() OVER (PARTITION BY unit ORDER BY revision DESC) AS place
                FROM revisions WHERE federation = $1 AND round = $2) AS handed_in
             WHERE place = 1 ORDER BY unit",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| progress(parsed(row, "unit", WHAT)?, row)).collect()
    }

    /// The number of every revision's receipt.
    pub async fn receipt_numbers(&self, round: &RoundCode) -> Result<BTreeMap<(UnitCode, u32), String>, StoreError> {
        let rows = sqlx::query("SELECT body FROM revisions WHERE federation = $1 AND round = $2")
            .bind(self.code.as_str())
            .bind(round.as_str())
            .fetch_all(self.readers())
            .await?;
        let numbers = rows.iter().map(|row| {
            let receipt = body::<Revision>(row, WHAT)?.receipt.body;
            Ok(((receipt.unit, receipt.revision), receipt.number))
        });
        numbers.collect()
    }

    /// The newest revision that counts of every unit that has one, in order of the units' codes.
    pub async fn counted(&self, round: &RoundCode, counting: Counting) -> Result<Vec<Counted>, StoreError> {
        let condition = acceptance::condition(counting);
        let sql = format!(
            "SELECT body FROM
               (SELECT unit, body, ROW_NUMBER() OVER (PARTITION BY unit ORDER BY revision DESC) AS place
                FROM revisions WHERE federation = $1 AND round = $2 AND {condition}) AS accepted
             WHERE place = 1 ORDER BY unit"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(self.code.as_str())
            .bind(round.as_str())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(|row| body::<Revision>(row, WHAT).map(Counted::from)).collect()
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
        amendment: None,
    })
}

fn progress(unit: UnitCode, row: &AnyRow) -> Result<Progress, StoreError> {
    let RevisionSummary { revision, standing, received_at, hours_late, errors, warnings, warnings_explained, .. } =
        summary(row)?;
    Ok(Progress { unit, revision, standing, received_at, hours_late, errors, warnings, warnings_explained })
}

impl From<Revision> for Counted {
    fn from(revision: Revision) -> Self {
        let Revision { envelope, answers, context, explanations, receipt, .. } = revision;
        Self {
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
}

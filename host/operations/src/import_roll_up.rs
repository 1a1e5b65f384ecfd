//! The level below hands its roll-up over: it is verified, kept as it came, and rolled up with everything else.

use domain::access::{Caller, Operation};
use domain::composition::{NotComposable, may_compose};
use domain::digest::Digest;
use domain::expectation::{Expectation, expectation};
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::report::RollUp;
use domain::roll_up::reported_round;
use domain::roll_up_export::{ROLL_UP_FORMAT, RollUpExport, examine};
use domain::round::{Round, RoundAct};
use domain::settled::ImportedRollUp;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Scope;

use crate::error::OperationError;
use crate::export_roll_up::digest_of;
use crate::office::Office;
use crate::problem::Problems;
use crate::signer::verify;

/// A roll-up that is handed over.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewImport {
    /// The export, as the other host gave it.
    pub export: RollUpExport,
    /// The public key (Base64) that the other host published: the key in the export itself proves nothing.
    pub key: String,
}

/// A roll-up that was handed over, in few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportView {
    /// As which unit.
    pub unit: UnitCode,
    /// When it was handed over.
    pub at: Timestamp,
    /// Whole hours after the due time.
    pub hours_late: u32,
    /// Whose roll-up it is.
    pub federation: FederationCode,
    /// Its digest.
    pub digest: Digest,
    /// The key that signed it, Base64.
    pub key: String,
    /// When it was rolled up there.
    pub rolled_up_at: Timestamp,
    /// How many members it ranks.
    pub members: u32,
    /// How many were expected there.
    pub expected: u32,
}

impl From<ImportedRollUp> for ImportView {
    fn from(imported: ImportedRollUp) -> Self {
        let members = imported.as_part().members;
        let ImportedRollUp { unit, at, hours_late, export, .. } = imported;
        Self {
            unit,
            at,
            hours_late,
            federation: export.body.federation,
            digest: export.digest,
            key: export.key,
            rolled_up_at: export.body.at,
            members,
            expected: export.body.roll_up.expected,
        }
    }
}

impl Office {
    /// Takes the roll-up of another federation as that of a unit. The newest of a unit counts; the same again changes nothing.
    pub async fn import_roll_up(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        new: NewImport,
    ) -> Result<ImportView, OperationError> {
        let scope = self.scope(caller, Operation::Settle, federation)?;
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        round.allows(RoundAct::Settle)?;
        let known = scope.unit(unit).await?.ok_or(OperationError::Missing("unit"))?;
        if expectation(&round, &known) != Some(Expectation::Expected) {
            return Err(OperationError::NotPossible { code: "unit-not-in-round" });
        }
        self.examine_import(&scope, &round, &new).await?;
        let before = scope.imports(&round.code).await?.into_iter().find(|import| import.unit == *unit);
        let found = before.as_ref().map(|import| import.export.digest);
        if let Some(before) = before.filter(|before| before.export.digest == new.export.digest) {
            return Ok(before.into());
        }
        let at = self.now();
        let hours_late = round.hours_late(at);
        let imported =
            ImportedRollUp { round: round.code.clone(), unit: unit.clone(), at, hours_late, export: new.export };
        let subject = format!("round/{}/import/{unit}", round.code);
        let left = Some(imported.export.digest);
        let act = self.act(caller, "import-roll-up", subject, left, imported.export.body.federation.as_str());
        scope.keep_import(&imported, act.replacing(found)).await?;
        Ok(imported.into())
    }

    /// The newest import of every unit in a round.
    pub async fn imports(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<Vec<ImportView>, OperationError> {
        let scope = self.scope(caller, Operation::ReadRollUp, federation)?;
        scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        Ok(scope.imports(round).await?.into_iter().map(ImportView::from).collect())
    }

    /// Whether an export is genuine, whole, and tells of the same as the round that it becomes a part of.
    async fn examine_import(&self, scope: &Scope, round: &Round, new: &NewImport) -> Result<(), OperationError> {
        let RollUpExport { body, digest, key, signature } = &new.export;
        let mut problems = Problems::default();
        let signed = RollUpExport::signed_bytes(body, *digest);
        if body.format != ROLL_UP_FORMAT {
            problems.add("/export/body/format", "unknown-format", &[("format", ROLL_UP_FORMAT)]);
        } else if digest_of(body)? != *digest {
            problems.add("/export/digest", "export-changed", &[]);
        } else if *key != new.key || verify(&signed, signature, &new.key).is_err() {
            problems.add("/export/signature", "export-not-signed", &[]);
        } else if let Err(inconsistent) = examine(&body.roll_up) {
            problems.add(format!("/export/body/roll_up/{}", inconsistent.0), "columns-do-not-fit", &[]);
        } else if let Err(not) = may_compose(&self.frame(scope, round).await?, &body.roll_up) {
            let (place, code) = match not {
                NotComposable::Period => ("period", "other-period"),
                NotComposable::FullMarks => ("full_marks", "other-full-marks"),
                NotComposable::Criteria => ("criteria", "other-criteria"),
                NotComposable::Grades => ("grades", "other-grades"),
            };
            problems.add(format!("/export/body/roll_up/round/{place}"), code, &[]);
        }
        problems.none_left()
    }

    /// What a roll-up of the round will look like, before anybody is in it.
    async fn frame(&self, scope: &Scope, round: &Round) -> Result<RollUp, OperationError> {
        let federation = scope.federation().await?.ok_or(OperationError::Missing("federation"))?;
        let release = self.known_release(scope, round.rubric).await?;
        let description = release.descriptions.rubric.as_ref();
        let description = description.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        Ok(RollUp::empty(
            reported_round(&federation, round, description, self.day_of(round.due_at)),
            self.day_of(self.now()),
        ))
    }
}

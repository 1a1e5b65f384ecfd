//! What differs between two revisions of a unit, field by field.

use domain::access::{Caller, Operation};
use domain::difference::differences;
use domain::fields::FieldPath;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::limits::DIFFERENCES_MAX;
use domain::masking::masked;
use serde::Serialize;
use serde_json::Value;
use store::{Revision, Scope};

use crate::error::OperationError;
use crate::office::Office;
use crate::submission::{kept_answers, revision_of};

/// What differs between two revisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Differences {
    /// The earlier revision.
    pub from: u32,
    /// The later one.
    pub to: u32,
    /// The fields, in the order of the places.
    pub fields: Vec<FieldDifference>,
    /// Whether there are more than are shown.
    pub has_more: bool,
}

/// One field that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldDifference {
    /// Where in the answers (RFC 6901).
    pub at: String,
    /// What stood there; left out where nothing did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What stands there; left out where nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// Whether something was taken out because it names a person.
    pub masked: bool,
}

impl Office {
    /// What differs between two revisions of a unit; what names a person only for those who may see it.
    pub async fn differences(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        (from, to): (u32, u32),
    ) -> Result<Differences, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let (before, after) =
            tokio::try_join!(revision_of(&scope, round, unit, Some(from)), revision_of(&scope, round, unit, Some(to)))?;
        let mut hidden = self.hidden_from(caller, &scope, unit, &before).await?;
        hidden.extend(self.hidden_from(caller, &scope, unit, &after).await?);
        let (before, after) =
            tokio::try_join!(kept_answers(&scope, before.answers), kept_answers(&scope, after.answers))?;
        let (found, has_more) = differences(before.value(), after.value(), DIFFERENCES_MAX);
        let fields = found.into_iter().map(|found| {
            let at: FieldPath = found.at.parse().map_err(OperationError::host)?;
            let shown = |value: Option<&Value>| value.map(|value| masked(value, &at, &hidden)).unzip();
            let ((before, hid_before), (after, hid_after)) = (shown(found.before), shown(found.after));
            let masked = hid_before == Some(true) || hid_after == Some(true);
            Ok(FieldDifference { at: found.at, before, after, masked })
        });
        Ok(Differences { from, to, fields: fields.collect::<Result<_, OperationError>>()?, has_more })
    }

    /// The places of a revision's answers that a caller may not see: what names a person, by the form that it was handed in on.
    pub(crate) async fn hidden_from(
        &self,
        caller: &Caller,
        scope: &Scope,
        unit: &UnitCode,
        revision: &Revision,
    ) -> Result<Vec<FieldPath>, OperationError> {
        if self.scope_of_unit(caller, Operation::ReadPersonal, scope.code(), unit).is_ok() {
            return Ok(Vec::new());
        }
        let release = self.known_release(scope, revision.receipt.body.rubric).await?;
        Ok(self.form(&release)?.personal().to_vec())
    }
}

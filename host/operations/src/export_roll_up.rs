//! A roll-up leaves the house for the next level: as a signed message for programs, as a table for spreadsheets.

use std::collections::BTreeMap;

use domain::access::{Caller, Operation};
use domain::amount::Decimal;
use domain::digest::Digest;
use domain::ids::{FederationCode, RoundCode};
use domain::report::{FieldColumn, FieldValues, ListedUnit, RollUp};
use domain::roll_up_export::{ExportBody, ROLL_UP_FORMAT, RollUpExport};
use domain::settled::KeptRollUp;
use domain::text::Language;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;
use crate::page::Page;
use crate::sheet_text::{MARK, guarded, line};

impl Office {
    /// The newest roll-up of a round, signed. Of the same roll-up always the same bytes.
    pub async fn export_roll_up(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<RollUpExport, OperationError> {
        let scope = self.scope(caller, Operation::ReadRollUp, federation)?;
        let KeptRollUp { settlement, at, roll_up, fields, parts, .. } = newest(&scope, round).await?;
        let settled = scope.settlement(settlement).await?.ok_or(OperationError::Missing("settlement"))?;
        let body = ExportBody {
            format: ROLL_UP_FORMAT.to_owned(),
            federation: federation.clone(),
            settlement,
            rubric: settled.rubric,
            at,
            roll_up: RollUp { fields, ..roll_up },
            parts,
        };
        let digest = digest_of(&body)?;
        let signature = self.house.signer.signature_of(&RollUpExport::signed_bytes(&body, digest));
        Ok(RollUpExport { digest, key: self.house.signer.public_key().to_owned(), signature, body })
    }

    /// The same as a table: one line a unit, those that did not count among them.
    pub async fn roll_up_sheet(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        language: Language,
    ) -> Result<Vec<u8>, OperationError> {
        let export = self.export_roll_up(caller, federation, round).await?;
        Ok(sheet(&export.body.roll_up, language))
    }
}

async fn newest(scope: &Scope, round: &RoundCode) -> Result<KeptRollUp, OperationError> {
    let kept = scope.latest_roll_up(round).await?;
    kept.ok_or(OperationError::NotPossible { code: "not-rolled-up" })
}

/// The digest of what an export says: of its JSON without blanks.
pub(crate) fn digest_of(body: &ExportBody) -> Result<Digest, OperationError> {
    Ok(Digest::of(&serde_json::to_vec(body).map_err(OperationError::host)?))
}

/// The columns that are the same for every rubric; their names are for programs, too, and so not translated.
const FIXED: [&str; 9] = ["code", "name", "kind", "status", "note", "late", "rank", "total", "grade"];

fn sheet(roll_up: &RollUp, language: Language) -> Vec<u8> {
    let page = Page::new(language);
    let mut text = MARK.to_owned();
    let criteria = roll_up.criteria.iter().map(|column| column.criterion.clone());
    let fields = roll_up.fields.iter().map(|field| guarded(&field.at));
    line(&mut text, FIXED.map(str::to_owned).into_iter().chain(criteria).chain(fields));
    let late: BTreeMap<&str, &str> = roll_up.late.iter().map(|unit| (unit.code.as_str(), unit.note.as_str())).collect();
    let late = |code: &str| late.get(code).map(|note| guarded(note)).unwrap_or_default();
    for (index, member) in roll_up.members.iter().enumerate() {
        let grade = roll_up.grades.get(index).and_then(|grade| roll_up.round.grades.get(usize::from(*grade)));
        let fixed = [
            guarded(&member.code),
            guarded(&member.name),
            guarded(&member.kind),
            "counted".to_owned(),
            String::new(),
            late(&member.code),
            roll_up.ranks.get(index).map(u32::to_string).unwrap_or_default(),
            roll_up.totals.get(index).map(ToString::to_string).unwrap_or_default(),
            grade.map(|grade| guarded(page.told(&grade.label))).unwrap_or_default(),
        ];
        let points = roll_up.criteria.iter().map(|column| column.points.get(index).map(ToString::to_string));
        let fields = roll_up.fields.iter().map(|field| told(field, index));
        line(&mut text, fixed.into_iter().chain(points.chain(fields).map(Option::unwrap_or_default)));
    }
    let others = [
        ("missing", &roll_up.missing),
        ("blocked", &roll_up.blocked),
        ("exempt", &roll_up.exempt),
        ("merged", &roll_up.merged),
    ];
    let blanks = 3 + roll_up.criteria.len() + roll_up.fields.len();
    for (status, units) in others {
        for ListedUnit { code, name, note } in units {
            let told = [code, name, "", status, note].map(guarded).into_iter().chain([late(code)]);
            line(&mut text, told.chain(std::iter::repeat_n(String::new(), blanks)));
        }
    }
    text.into_bytes()
}

/// A field's value for one member; none where it is not known.
fn told(field: &FieldColumn, member: usize) -> Option<String> {
    field.known.get(member).filter(|known| **known == 1)?;
    match &field.values {
        FieldValues::Numbers(numbers) => {
            let digits = *numbers.values.get(member)?;
            Some(Decimal { digits, scale: numbers.scale }.trimmed().to_string())
        }
        FieldValues::Texts(texts) => texts.get(member).map(|text| guarded(text)),
    }
}

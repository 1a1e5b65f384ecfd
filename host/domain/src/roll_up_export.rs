//! A roll-up as it leaves the house for the next level: signed, whole, and readable without the house.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::amount::Decimal;
use crate::digest::Digest;
use crate::ids::{FederationCode, SettlementId, UnitCode};
use crate::limits::{COHORT_MEMBERS_MAX, NAME_CHARS_MAX, UNITS_MAX};
use crate::report::{FieldValues, ListedUnit, RollUp};

/// What an export calls its form; a later form has another name.
pub const ROLL_UP_FORMAT: &str = "huizong-roll-up-1";

/// Another federation's export that a roll-up was composed of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollUpPart {
    /// As which unit of its own the composing federation takes it.
    pub unit: UnitCode,
    /// Whose it is.
    pub federation: FederationCode,
    /// The digest of the export.
    pub digest: Digest,
    /// The key that signed it, Base64.
    pub key: String,
    /// How many members it brought.
    pub members: u32,
}

/// What an export says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportBody {
    /// [`ROLL_UP_FORMAT`].
    pub format: String,
    /// Whose roll-up it is.
    pub federation: FederationCode,
    /// The settlement that it rolls up.
    pub settlement: SettlementId,
    /// The release of the rubric that settled.
    pub rubric: Digest,
    /// When it was rolled up.
    pub at: Timestamp,
    /// Everybody's results, with every field that a report of the round wanted.
    pub roll_up: RollUp,
    /// The exports that it was composed of.
    pub parts: Vec<RollUpPart>,
}

/// An export with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RollUpExport {
    /// What it says.
    pub body: ExportBody,
    /// The SHA-256 of the body as JSON without blanks, its fields in the order in which they stand here.
    pub digest: Digest,
    /// The host's Ed25519 public key, Base64.
    pub key: String,
    /// The signature over [`RollUpExport::signed_bytes`], Base64.
    pub signature: String,
}

impl RollUpExport {
    /// The bytes that are signed: every field on a line of its own behind its name, so that any tool can rebuild them.
    pub fn signed_bytes(body: &ExportBody, digest: Digest) -> Vec<u8> {
        let (federation, round) = (&body.federation, &body.roll_up.round.code);
        format!("huizong roll-up export v1\nfederation {federation}\nround {round}\ndigest {digest}\n").into_bytes()
    }
}

/// Why columns that came from outside are no roll-up: the name of the part that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` does not fit the other columns")]
pub struct Inconsistent(pub &'static str);

/// Whether columns that came from outside fit each other: every one has a value for every member, and every value is one.
pub fn examine(roll_up: &RollUp) -> Result<(), Inconsistent> {
    let members = roll_up.members.len();
    let fits = |is_so: bool, part: &'static str| if is_so { Ok(()) } else { Err(Inconsistent(part)) };
    let codes: BTreeSet<&str> = roll_up.members.iter().map(|member| member.code.as_str()).collect();
    fits(codes.len() == members && !codes.contains("") && members <= COHORT_MEMBERS_MAX, "members")?;
    let is_named = |name: &str| name.chars().count() <= NAME_CHARS_MAX;
    fits(roll_up.members.iter().all(|member| is_named(&member.name) && is_named(&member.kind)), "members")?;
    let is_list = |units: &[ListedUnit]| {
        units.len() <= UNITS_MAX && units.iter().all(|unit| is_named(&unit.name) && is_named(&unit.note))
    };
    for (list, part) in [
        (&roll_up.missing, "missing"),
        (&roll_up.blocked, "blocked"),
        (&roll_up.late, "late"),
        (&roll_up.exempt, "exempt"),
        (&roll_up.merged, "merged"),
    ] {
        fits(is_list(list), part)?;
    }
    fits(roll_up.totals.len() == members && roll_up.totals.iter().all(|total| total.is_sane()), "totals")?;
    fits(roll_up.ranks.len() == members, "ranks")?;
    let is_grade = |grade: &u16| usize::from(*grade) < roll_up.round.grades.len();
    fits(roll_up.grades.len() == members && roll_up.grades.iter().all(is_grade), "grades")?;
    let declared: BTreeSet<&str> = roll_up.round.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
    let columns: BTreeSet<&str> = roll_up.criteria.iter().map(|column| column.criterion.as_str()).collect();
    fits(columns.len() == roll_up.criteria.len() && columns.is_subset(&declared), "criteria")?;
    for column in &roll_up.criteria {
        fits(column.points.len() == members && column.points.iter().all(|points| points.is_sane()), "criteria")?;
    }
    for field in &roll_up.fields {
        let values = match &field.values {
            FieldValues::Numbers(numbers) if numbers.scale > Decimal::SCALE_MAX => None,
            FieldValues::Numbers(numbers) => Some(numbers.values.len()),
            FieldValues::Texts(texts) => Some(texts.len()),
        };
        fits(values == Some(members) && field.known.len() == members, "fields")?;
    }
    Ok(())
}

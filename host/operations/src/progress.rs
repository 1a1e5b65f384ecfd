//! How far everybody is: who is expected, who handed in, who is missing.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Caller, Operation};
use domain::expectation::{Expectation, expectation};
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::submission::Standing;
use jiff::Timestamp;
use serde::Serialize;
use store::Progress;

use crate::error::OperationError;
use crate::office::Office;

/// One unit's row of the progress wall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgressRow {
    /// The unit.
    pub unit: UnitCode,
    /// Its name.
    pub name: String,
    /// What is expected of it.
    pub expectation: Expectation,
    /// Its newest revision, where it has handed in.
    pub handed_in: Option<HandedInRow>,
    /// Whether that was sent back: it counts as nothing until something better comes.
    pub sent_back: bool,
}

/// What a unit handed in last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HandedInRow {
    /// The revision.
    pub revision: u32,
    /// Whether it counts.
    pub standing: Standing,
    /// When it was received.
    pub received_at: Timestamp,
    /// Whole hours late.
    pub hours_late: u32,
    /// Findings that block.
    pub errors: u32,
    /// Warnings.
    pub warnings: u32,
    /// How many of the warnings are explained.
    pub warnings_explained: u32,
}

/// How far everybody is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgressWall {
    /// How many units have to report.
    pub expected: u32,
    /// How many of them have a newest revision that counts.
    pub accepted: u32,
    /// How many have one that is held back.
    pub blocked: u32,
    /// How many were sent theirs back, and have to hand in again.
    pub sent_back: u32,
    /// How many have handed in nothing.
    pub missing: u32,
    /// One row per unit that reports or did report in the period, in order of the codes.
    pub rows: Vec<ProgressRow>,
}

impl Office {
    /// The progress wall of a round.
    pub async fn progress(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<ProgressWall, OperationError> {
        let scope = self.scope(caller, Operation::ReadProgress, federation)?;
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let (units, newest) = tokio::join!(scope.units(), scope.progress(&round.code));
        let sent_back = if round.policy.review { scope.units_sent_back(&round.code).await? } else { BTreeSet::new() };
        let newest: BTreeMap<UnitCode, Progress> = newest?.into_iter().map(|row| (row.unit.clone(), row)).collect();
        let rows = units?.into_iter().filter_map(|unit| {
            let expectation = expectation(&round, &unit)?;
            let handed_in = newest.get(&unit.code).map(handed_in);
            let sent_back = sent_back.contains(&unit.code);
            Some(ProgressRow { unit: unit.code, name: unit.name, expectation, handed_in, sent_back })
        });
        Ok(wall(rows.collect()))
    }
}

fn handed_in(newest: &Progress) -> HandedInRow {
    HandedInRow {
        revision: newest.revision,
        standing: newest.standing,
        received_at: newest.received_at,
        hours_late: newest.hours_late,
        errors: newest.errors,
        warnings: newest.warnings,
        warnings_explained: newest.warnings_explained,
    }
}

fn wall(rows: Vec<ProgressRow>) -> ProgressWall {
    let mut wall = ProgressWall { expected: 0, accepted: 0, blocked: 0, sent_back: 0, missing: 0, rows: Vec::new() };
    for row in rows.iter().filter(|row| row.expectation == Expectation::Expected) {
        wall.expected += 1;
        if row.sent_back {
            wall.sent_back += 1;
            continue;
        }
        match row.handed_in.as_ref().map(|newest| newest.standing) {
            Some(Standing::Accepted) => wall.accepted += 1,
            Some(Standing::Blocked) => wall.blocked += 1,
            None => wall.missing += 1,
        }
    }
    ProgressWall { rows, ..wall }
}

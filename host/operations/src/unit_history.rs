//! What a unit was: its names, those above it, whom it took over from, and how it fared in every round, under whichever code.

use std::sync::Arc;

use domain::access::{Caller, Operation};
use domain::calendar::Period;
use domain::federation::OrgUnit;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::points::Points;
use domain::settled::Settled;
use domain::text::Text;
use jiff::civil::Date;
use serde::Serialize;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;

/// A unit, and what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitHistory {
    /// The unit as it is registered.
    pub unit: OrgUnit,
    /// Those above it, the nearest first.
    pub above: Vec<NamedUnit>,
    /// Those that were merged into it, and into them in turn.
    pub predecessors: Vec<NamedUnit>,
    /// Who took over from it, and from them in turn.
    pub successors: Vec<NamedUnit>,
    /// How it and its predecessors fared, the newest period first.
    pub periods: Vec<UnitPeriod>,
}

/// A unit by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedUnit {
    /// Its code.
    pub code: UnitCode,
    /// Its name.
    pub name: String,
    /// The last day that it exists; none while it lasts.
    pub valid_to: Option<Date>,
}

/// How a unit fared in a round, as far as the caller may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitPeriod {
    /// The round.
    pub round: RoundCode,
    /// Its title.
    pub title: String,
    /// The span that it asked about.
    pub period: Period,
    /// Whose result it is: the unit's own, or a predecessor's.
    pub unit: UnitCode,
    /// What that one was called when the period ended.
    pub name: String,
    /// Whether it is a predecessor's, so that it compares with the unit's own only in part.
    pub predecessor: bool,
    /// The final total.
    pub total: Points,
    /// What the total is out of.
    pub full_marks: Points,
    /// The grade as the rubric calls it.
    pub grade: Text,
    /// The rank in its cohort.
    pub rank: u32,
    /// How many were ranked.
    pub ranked: u32,
}

impl From<&OrgUnit> for NamedUnit {
    fn from(unit: &OrgUnit) -> Self {
        Self { code: unit.code.clone(), name: unit.name.clone(), valid_to: unit.valid_to }
    }
}

impl Office {
    /// A unit's history. What its predecessors did belongs to it.
    pub async fn unit_history(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        code: &UnitCode,
    ) -> Result<UnitHistory, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, code)?;
        let register = self.register(&scope).await?;
        let unit = register.unit(code).ok_or(OperationError::Missing("unit"))?;
        let named = |units: &[&OrgUnit]| units.iter().map(|unit| NamedUnit::from(*unit)).collect();
        let predecessors = register.predecessors(code);
        let mut rounds = scope.rounds().await?;
        rounds.sort_by(|one, other| (other.period, &other.code).cmp(&(one.period, &one.code)));
        let mut periods = Vec::new();
        for round in &rounds {
            for whose in [&[unit], predecessors.as_slice()].concat() {
                let sight = self.sight(caller, federation, round, &whose.code);
                let settled = self.settlement_in_sight(&scope, &round.code, sight).await?;
                let Some(settled) = settled else { continue };
                let Some(fared) = self.fared(&scope, &settled, &whose.code).await? else { continue };
                periods.push(UnitPeriod {
                    round: round.code.clone(),
                    title: round.title.clone(),
                    period: round.period,
                    unit: whose.code.clone(),
                    name: whose.name_on(round.period.end()).to_owned(),
                    predecessor: whose.code != *code,
                    total: fared.total,
                    full_marks: fared.full_marks,
                    grade: fared.grade,
                    rank: fared.rank,
                    ranked: fared.ranked,
                });
            }
        }
        Ok(UnitHistory {
            unit: unit.clone(),
            above: named(&register.above(code)),
            predecessors: named(&predecessors),
            successors: named(&register.successors(code)),
            periods,
        })
    }

    async fn fared(
        &self,
        scope: &Scope,
        settled: &Arc<Settled>,
        unit: &UnitCode,
    ) -> Result<Option<Fared>, OperationError> {
        let place = settled.cohorts.iter().find_map(|cohort| Some((cohort, cohort.index_of(unit)?)));
        let Some((cohort, member)) = place else { return Ok(None) };
        let release = self.known_release(scope, settled.rubric).await?;
        let Some(rubric) = release.descriptions.rubric.as_ref() else { return Ok(None) };
        let settlement = &cohort.settlement;
        let grade = settlement.grades.get(member).and_then(|grade| rubric.grades.get(usize::from(*grade)));
        let (Some(grade), Some(total), Some(rank)) =
            (grade, settlement.totals.get(member), settlement.ranks.get(member))
        else {
            return Ok(None);
        };
        Ok(Some(Fared {
            total: *total,
            full_marks: rubric.full_marks,
            grade: grade.label.clone(),
            rank: *rank,
            ranked: u32::try_from(settlement.ranks.len()).unwrap_or(u32::MAX),
        }))
    }
}

/// What a settlement says of a member.
struct Fared {
    total: Points,
    full_marks: Points,
    grade: Text,
    rank: u32,
    ranked: u32,
}

//! What changed for whom between two settlements of a round: what a replaced rubric did.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::ids::{FederationCode, RoundCode, SettlementId, UnitCode};
use domain::points::Points;
use domain::settled::Settled;
use domain::text::Text;
use serde::Serialize;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;
use crate::ranking::names_of_units;

/// Where a member stood in one settlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoodAt {
    /// The final total.
    pub total: Points,
    /// The grade's name.
    pub grade_label: Text,
    /// 1 is the best.
    pub rank: u32,
}

/// One member before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedMember {
    /// The unit.
    pub unit: UnitCode,
    /// Its name.
    pub name: String,
    /// In the earlier settlement, where it was in it.
    pub before: Option<StoodAt>,
    /// In the later one, where it was in it.
    pub after: Option<StoodAt>,
}

/// What changed between two settlements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RubricComparison {
    /// The earlier settlement.
    pub before: SettlementId,
    /// Its rubric.
    pub before_rubric: Digest,
    /// Its rubric's title.
    pub before_title: Text,
    /// The later settlement.
    pub after: SettlementId,
    /// Its rubric.
    pub after_rubric: Digest,
    /// Its rubric's title.
    pub after_title: Text,
    /// Every member of either, in order of the later rank, those without one last.
    pub members: Vec<ChangedMember>,
}

impl Office {
    /// Compares two settlements of a round; without identifiers the newest with the one before it.
    pub async fn compare(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        before: Option<SettlementId>,
        after: Option<SettlementId>,
    ) -> Result<RubricComparison, OperationError> {
        let scope = self.scope(caller, Operation::ReadRollUp, federation)?;
        let all = scope.settlements(round).await?;
        let newest = all.iter().rev().map(|summary| summary.id);
        let after = after.or(newest.clone().next()).ok_or(OperationError::NotPossible { code: "not-settled" })?;
        let one_before = newest.skip_while(|id| *id != after).nth(1);
        let before = before.or(one_before).ok_or(OperationError::NotPossible { code: "settled-only-once" })?;
        let names = names_of_units(&scope).await?;
        let (before, before_title, stood) = self.standings(&scope, round, before).await?;
        let (after, after_title, stands) = self.standings(&scope, round, after).await?;
        let codes: BTreeSet<&String> = stood.keys().chain(stands.keys()).collect();
        let mut members: Vec<ChangedMember> = codes
            .into_iter()
            .filter_map(|code| {
                Some(ChangedMember {
                    unit: code.parse().ok()?,
                    name: names.get(code).unwrap_or(code).clone(),
                    before: stood.get(code).cloned(),
                    after: stands.get(code).cloned(),
                })
            })
            .collect();
        members.sort_by_key(|member| member.after.as_ref().map_or(u32::MAX, |stands| stands.rank));
        Ok(RubricComparison {
            before: before.id,
            before_rubric: before.rubric,
            before_title,
            after: after.id,
            after_rubric: after.rubric,
            after_title,
            members,
        })
    }

    /// A settlement of the round, the title of its rubric, and where everybody stood in it.
    async fn standings(
        &self,
        scope: &Scope,
        round: &RoundCode,
        id: SettlementId,
    ) -> Result<(Settled, Text, BTreeMap<String, StoodAt>), OperationError> {
        let settled = scope.settlement(id).await?.filter(|settled| settled.round == *round);
        let settled = settled.ok_or(OperationError::Missing("settlement"))?;
        let release = self.known_release(scope, settled.rubric).await?;
        let description = release.descriptions.rubric.as_ref();
        let description = description.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        let stood = settled.cohorts.iter().flat_map(|cohort| {
            let settlement = &cohort.settlement;
            cohort.cohort.members.iter().enumerate().filter_map(|(member, code)| {
                let grade = description.grades.get(usize::from(*settlement.grades.get(member)?))?;
                let (total, rank) = (*settlement.totals.get(member)?, *settlement.ranks.get(member)?);
                Some((code.clone(), StoodAt { total, grade_label: grade.label.clone(), rank }))
            })
        });
        let stood = stood.collect();
        Ok((settled, description.title.clone(), stood))
    }
}

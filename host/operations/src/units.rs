//! A federation's register of org units.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Caller, Operation};
use domain::federation::OrgUnit;
use domain::ids::{FederationCode, UnitCode};
use domain::limits::{NAME_CHARS_MAX, UNITS_MAX};

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;

impl Office {
    /// Registers units or changes those that are registered, all or none. Pointers of problems lead into the list.
    pub async fn register_units(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        mut units: Vec<OrgUnit>,
    ) -> Result<(), OperationError> {
        let scope = self.scope(caller, Operation::RegisterUnits, federation)?;
        for unit in &mut units {
            unit.attributes.sort_by(|one, other| one.name.cmp(&other.name));
        }
        let registered = scope.units().await?;
        examine(&registered, &units)?;
        let act = self.act(caller, "register-units", format!("units/{}", units.len()), None, "");
        Ok(scope.register_units(&units, act).await?)
    }

    /// The units, in order of their codes.
    pub async fn units(&self, caller: &Caller, federation: &FederationCode) -> Result<Vec<OrgUnit>, OperationError> {
        let scope = self.scope(caller, Operation::ListUnits, federation)?;
        Ok(scope.units().await?)
    }
}

/// Whether the register is still a forest of units with sound dates once the new units stand in it.
fn examine(registered: &[OrgUnit], new: &[OrgUnit]) -> Result<(), OperationError> {
    let mut problems = Problems::default();
    let all: BTreeMap<&UnitCode, &OrgUnit> = registered.iter().chain(new).map(|unit| (&unit.code, unit)).collect();
    if new.is_empty() {
        problems.add("", "empty", &[]);
    }
    if all.len() > UNITS_MAX {
        problems.add("", "too-many", &[("limit", &UNITS_MAX.to_string())]);
    }
    let mut seen = BTreeSet::new();
    for (index, unit) in new.iter().enumerate() {
        if !seen.insert(&unit.code) {
            problems.add(format!("/{index}/code"), "repeated", &[]);
        }
        examine_unit(index, unit, &all, &mut problems);
    }
    problems.none_left()
}

fn examine_unit(index: usize, unit: &OrgUnit, all: &BTreeMap<&UnitCode, &OrgUnit>, problems: &mut Problems) {
    problems.name(format!("/{index}/name"), &unit.name);
    problems.name(format!("/{index}/kind"), &unit.kind);
    for (alias, name) in unit.aliases.iter().enumerate() {
        problems.name(format!("/{index}/aliases/{alias}"), name);
    }
    if unit.valid_to.is_some_and(|last| last < unit.valid_from) {
        problems.add(format!("/{index}/valid_to"), "ends-before-it-begins", &[]);
    }
    if unit.successor.as_ref().is_some_and(|successor| !all.contains_key(successor) || *successor == unit.code) {
        problems.add(format!("/{index}/successor"), "unknown-unit", &[]);
    }
    for (place, pair) in unit.attributes.windows(2).enumerate() {
        if pair[0].name == pair[1].name {
            problems.add(format!("/{index}/attributes/{}", place + 1), "repeated", &[]);
        }
    }
    for (place, attribute) in unit.attributes.iter().enumerate() {
        problems.name(format!("/{index}/attributes/{place}/name"), &attribute.name);
        if attribute.value.to_string().chars().count() > NAME_CHARS_MAX {
            let limit = NAME_CHARS_MAX.to_string();
            problems.add(format!("/{index}/attributes/{place}/value"), "too-long", &[("limit", &limit)]);
        }
    }
    match climbs_to_the_top(unit, all) {
        Ok(()) => {}
        Err(Climb::IntoTheVoid) => problems.add(format!("/{index}/parent"), "unknown-unit", &[]),
        Err(Climb::InCircles) => problems.add(format!("/{index}/parent"), "circle", &[]),
    }
}

enum Climb {
    IntoTheVoid,
    InCircles,
}

fn climbs_to_the_top(unit: &OrgUnit, all: &BTreeMap<&UnitCode, &OrgUnit>) -> Result<(), Climb> {
    let mut below = unit;
    let mut passed = BTreeSet::from([&unit.code]);
    while let Some(parent) = &below.parent {
        below = all.get(parent).ok_or(Climb::IntoTheVoid)?;
        if !passed.insert(parent) {
            return Err(Climb::InCircles);
        }
    }
    Ok(())
}

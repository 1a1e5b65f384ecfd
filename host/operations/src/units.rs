//! A federation's register of org units: units are registered, renamed and merged, and it is seen what they were.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Caller, Operation};
use domain::federation::{EarlierName, OrgUnit};
use domain::ids::{FederationCode, UnitCode};
use domain::limits::{EARLIER_NAMES_MAX, NAME_CHARS_MAX, UNIT_DEPTH_MAX, UNITS_MAX};
use domain::register::Register;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;

/// What a unit is called from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewName {
    /// The name.
    pub name: String,
    /// The first day on which it bears it.
    pub from: Date,
    /// Why: a decision's number.
    pub reason: String,
}

/// Into whom a unit is merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewMerger {
    /// Who takes over.
    pub into: UnitCode,
    /// The last day that the unit exists.
    pub last_day: Date,
    /// Why: a decision's number.
    pub reason: String,
}

impl Office {
    /// Registers units or changes those that are registered, all or none. Pointers of problems lead into the list. Names that a unit bore are
    /// not forgotten where the list does not mention them.
    pub async fn register_units(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        mut units: Vec<OrgUnit>,
    ) -> Result<(), OperationError> {
        let scope = self.scope(caller, Operation::RegisterUnits, federation)?;
        let registered = Register::of(scope.units().await?);
        for unit in &mut units {
            unit.attributes.sort_by(|one, other| one.name.cmp(&other.name));
            let known = registered.unit(&unit.code).map(|known| &known.earlier_names);
            if let Some(known) = known.filter(|_| unit.earlier_names.is_empty()) {
                unit.earlier_names.clone_from(known);
            }
        }
        examine(&registered, &units)?;
        let act = self.act(caller, "register-units", format!("units/{}", units.len()), None, "");
        scope.register_units(&units, act).await?;
        self.forget_register(federation);
        Ok(())
    }

    /// The units, in order of their codes.
    pub async fn units(&self, caller: &Caller, federation: &FederationCode) -> Result<Vec<OrgUnit>, OperationError> {
        let scope = self.scope(caller, Operation::ListUnits, federation)?;
        Ok(scope.units().await?)
    }

    /// Renames a unit from a day on; it keeps its code, and what it was called before stands in everything that was before.
    pub async fn rename_unit(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        code: &UnitCode,
        new: NewName,
    ) -> Result<OrgUnit, OperationError> {
        let scope = self.scope(caller, Operation::RegisterUnits, federation)?;
        let registered = Register::of(scope.units().await?);
        let unit = registered.unit(code).ok_or(OperationError::Missing("unit"))?;
        let mut problems = Problems::default();
        problems.name("/name", &new.name);
        problems.name("/reason", &new.reason);
        if new.name == unit.name {
            problems.add("/name", "repeated", &[]);
        }
        let newest = unit.earlier_names.last().map_or(unit.valid_from, |earlier| earlier.until);
        let until = new.from.yesterday().ok().filter(|until| *until > newest && unit.exists_on(new.from));
        if until.is_none() {
            problems.add("/from", "not-in-period", &[]);
        }
        problems.none_left()?;
        let mut renamed = unit.clone();
        let name = std::mem::replace(&mut renamed.name, new.name);
        renamed.earlier_names.extend(until.map(|until| EarlierName { name, until }));
        examine(&registered, std::slice::from_ref(&renamed))?;
        self.change_units(&scope, caller, "rename-unit", code, &[renamed.clone()], &new.reason).await?;
        Ok(renamed)
    }

    /// Merges a unit into another: it ends, what it did belongs to its successor, and so do the units below it. Gives every unit that changed.
    pub async fn merge_unit(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        code: &UnitCode,
        new: NewMerger,
    ) -> Result<Vec<OrgUnit>, OperationError> {
        let scope = self.scope(caller, Operation::RegisterUnits, federation)?;
        let registered = Register::of(scope.units().await?);
        let unit = registered.unit(code).ok_or(OperationError::Missing("unit"))?;
        if unit.successor.is_some() || unit.valid_to.is_some() {
            return Err(OperationError::NotPossible { code: "unit-ended" });
        }
        let mut problems = Problems::default();
        problems.name("/reason", &new.reason);
        match registered.unit(&new.into) {
            None => problems.add("/into", "unknown-unit", &[]),
            Some(_) if new.into == *code => problems.add("/into", "circle", &[]),
            Some(heir) => {
                let goes_on = new.last_day.tomorrow().is_ok_and(|day| heir.exists_on(day));
                if !goes_on || new.last_day < unit.valid_from {
                    problems.add("/last_day", "not-in-period", &[]);
                }
            }
        }
        problems.none_left()?;
        let ended = OrgUnit { valid_to: Some(new.last_day), successor: Some(new.into.clone()), ..unit.clone() };
        let below = registered.units().filter(|other| other.parent.as_ref() == Some(code));
        let goes_on = below.filter(|other| other.valid_to.is_none_or(|last| last > new.last_day));
        let mut changed: Vec<OrgUnit> = goes_on
            .map(|other| {
                // Who takes over may have stood below the unit: then it takes its place.
                let parent = if other.code == new.into { unit.parent.clone() } else { Some(new.into.clone()) };
                OrgUnit { parent, ..other.clone() }
            })
            .collect();
        changed.insert(0, ended);
        examine(&registered, &changed)?;
        self.change_units(&scope, caller, "merge-unit", code, &changed, &new.reason).await?;
        Ok(changed)
    }

    async fn change_units(
        &self,
        scope: &Scope,
        caller: &Caller,
        verb: &str,
        code: &UnitCode,
        units: &[OrgUnit],
        reason: &str,
    ) -> Result<(), OperationError> {
        let act = self.act(caller, verb, format!("unit/{code}"), None, reason);
        scope.register_units(units, act).await?;
        self.forget_register(scope.code());
        Ok(())
    }
}

/// Whether the register is still a forest of units with sound dates once the new units stand in it.
pub(crate) fn examine(registered: &Register, new: &[OrgUnit]) -> Result<(), OperationError> {
    let mut problems = Problems::default();
    let all: BTreeMap<&UnitCode, &OrgUnit> = registered.units().chain(new).map(|unit| (&unit.code, unit)).collect();
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
        examine_unit(index, unit, &mut problems);
        examine_place(index, unit, &all, &mut problems);
    }
    problems.none_left()
}

fn examine_unit(index: usize, unit: &OrgUnit, problems: &mut Problems) {
    problems.name(format!("/{index}/name"), &unit.name);
    problems.name(format!("/{index}/kind"), &unit.kind);
    for (alias, name) in unit.aliases.iter().enumerate() {
        problems.name(format!("/{index}/aliases/{alias}"), name);
    }
    if unit.valid_to.is_some_and(|last| last < unit.valid_from) {
        problems.add(format!("/{index}/valid_to"), "ends-before-it-begins", &[]);
    }
    if unit.earlier_names.len() > EARLIER_NAMES_MAX {
        problems.add(format!("/{index}/earlier_names"), "too-many", &[("limit", &EARLIER_NAMES_MAX.to_string())]);
    }
    for (place, earlier) in unit.earlier_names.iter().enumerate().take(EARLIER_NAMES_MAX) {
        problems.name(format!("/{index}/earlier_names/{place}/name"), &earlier.name);
        let after_the_one_before = place == 0 || unit.earlier_names[place - 1].until < earlier.until;
        if !after_the_one_before || earlier.until < unit.valid_from {
            problems.add(format!("/{index}/earlier_names/{place}/until"), "not-in-period", &[]);
        }
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
}

/// Whether the ways up and on from a unit lead to an end, and how high it stands.
fn examine_place(index: usize, unit: &OrgUnit, all: &BTreeMap<&UnitCode, &OrgUnit>, problems: &mut Problems) {
    let ways: [(&str, Next); 2] =
        [("parent", |unit| unit.parent.as_ref()), ("successor", |unit| unit.successor.as_ref())];
    for (field, next) in ways {
        let at = format!("/{index}/{field}");
        match follow(unit, all, next) {
            Ok(steps) if field == "parent" && steps > UNIT_DEPTH_MAX => {
                problems.add(at, "too-many", &[("limit", &UNIT_DEPTH_MAX.to_string())]);
            }
            Ok(_) => {}
            Err(Astray::IntoTheVoid) => problems.add(at, "unknown-unit", &[]),
            Err(Astray::InCircles) => {
                let code = if field == "parent" { "circle" } else { "succession-in-circles" };
                problems.add(at, code, &[]);
            }
        }
    }
}

/// Where a way goes on from a unit.
type Next = fn(&OrgUnit) -> Option<&UnitCode>;

enum Astray {
    IntoTheVoid,
    InCircles,
}

fn follow(unit: &OrgUnit, all: &BTreeMap<&UnitCode, &OrgUnit>, next: Next) -> Result<usize, Astray> {
    let mut here = unit;
    let mut passed = BTreeSet::from([&unit.code]);
    while let Some(code) = next(here) {
        here = all.get(code).ok_or(Astray::IntoTheVoid)?;
        if !passed.insert(&here.code) {
            return Err(Astray::InCircles);
        }
    }
    Ok(passed.len() - 1)
}

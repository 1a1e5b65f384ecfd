//! A federation's register: its org units as a tree, with those that were merged and those that took over.

use std::collections::{BTreeMap, BTreeSet};

use crate::federation::OrgUnit;
use crate::ids::UnitCode;

/// Every unit of a federation, by its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    units: BTreeMap<UnitCode, OrgUnit>,
    /// Who was merged into whom, from the successor to its own predecessors.
    merged_into: BTreeMap<UnitCode, Vec<UnitCode>>,
}

impl Register {
    /// The register of these units; of units with the same code the last counts.
    pub fn of(units: impl IntoIterator<Item = OrgUnit>) -> Self {
        let units: BTreeMap<UnitCode, OrgUnit> = units.into_iter().map(|unit| (unit.code.clone(), unit)).collect();
        let mut merged_into: BTreeMap<UnitCode, Vec<UnitCode>> = BTreeMap::new();
        for unit in units.values() {
            if let Some(successor) = &unit.successor {
                merged_into.entry(successor.clone()).or_default().push(unit.code.clone());
            }
        }
        Self { units, merged_into }
    }

    /// A unit.
    pub fn unit(&self, code: &UnitCode) -> Option<&OrgUnit> {
        self.units.get(code)
    }

    /// All units, in order of their codes.
    pub fn units(&self) -> impl Iterator<Item = &OrgUnit> {
        self.units.values()
    }

    /// The units above a unit, the nearest first.
    pub fn above(&self, code: &UnitCode) -> Vec<&OrgUnit> {
        self.chain(code, |unit| unit.parent.as_ref())
    }

    /// Who took over from a unit, and from them in turn, the first first.
    pub fn successors(&self, code: &UnitCode) -> Vec<&OrgUnit> {
        self.chain(code, |unit| unit.successor.as_ref())
    }

    /// Every unit that was merged into a unit, or into one that was: the nearest first, else in order of their codes.
    pub fn predecessors(&self, code: &UnitCode) -> Vec<&OrgUnit> {
        let mut passed = BTreeSet::from([code]);
        let mut found: Vec<&OrgUnit> = Vec::new();
        let mut wave = vec![code];
        while !wave.is_empty() {
            let merged = wave.iter().flat_map(|code| self.merged_into.get(*code).into_iter().flatten());
            wave = merged.filter(|code| passed.insert(code)).collect();
            found.extend(wave.iter().filter_map(|code| self.unit(code)));
        }
        found
    }

    /// Those to whom it belongs what a unit did: the unit, those above it, whoever took over from it, and those above them. A unit that is not
    /// registered stands alone.
    pub fn lineage(&self, code: &UnitCode) -> Vec<UnitCode> {
        let mut lineage = vec![code.clone()];
        let heirs = self.successors(code).into_iter().map(|heir| &heir.code);
        for heir in std::iter::once(code).chain(heirs) {
            let above = self.above(heir).into_iter().map(|unit| &unit.code);
            for one in std::iter::once(heir).chain(above) {
                if !lineage.contains(one) {
                    lineage.push(one.clone());
                }
            }
        }
        lineage
    }

    /// The units along a way that leads from each to at most one other. It ends where it would lead back or out of the register.
    fn chain<'a>(&'a self, code: &UnitCode, next: impl Fn(&'a OrgUnit) -> Option<&'a UnitCode>) -> Vec<&'a OrgUnit> {
        let mut along: Vec<&OrgUnit> = Vec::new();
        let mut passed = BTreeSet::from([code]);
        let mut here = self.unit(code).and_then(&next);
        while let Some(unit) = here.and_then(|code| self.unit(code)) {
            if !passed.insert(&unit.code) {
                break;
            }
            along.push(unit);
            here = next(unit);
        }
        along
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn unit(code: &str, parent: &str, successor: &str) -> OrgUnit {
        OrgUnit {
            code: code.parse().unwrap(),
            name: code.to_owned(),
            aliases: vec![],
            kind: "member".to_owned(),
            parent: parent.parse().ok(),
            reports: true,
            valid_from: date(2000, 1, 1),
            valid_to: (!successor.is_empty()).then(|| date(2023, 6, 30)),
            successor: successor.parse().ok(),
            earlier_names: vec![],
            attributes: vec![],
        }
    }

    fn codes(units: Vec<&OrgUnit>) -> Vec<&str> {
        units.into_iter().map(|unit| unit.code.as_str()).collect()
    }

    fn province() -> Register {
        Register::of([
            unit("province", "", ""),
            unit("north", "province", ""),
            unit("south", "province", ""),
            unit("n1", "north", ""),
            unit("outlet", "n1", ""),
            unit("s1", "south", "s2"),
            unit("s2", "south", "n1"),
            unit("s3", "south", "s2"),
        ])
    }

    fn code(text: &str) -> UnitCode {
        text.parse().unwrap()
    }

    #[test]
    fn a_unit_is_found_with_those_above_it() {
        let register = province();
        assert_eq!(codes(register.above(&code("outlet"))), ["n1", "north", "province"]);
        assert!(register.above(&code("province")).is_empty());
        assert!(register.above(&code("nobody")).is_empty());
    }

    #[test]
    fn what_was_merged_belongs_to_whoever_took_over_and_to_those_above_them() {
        let register = province();
        assert_eq!(codes(register.successors(&code("s1"))), ["s2", "n1"]);
        assert_eq!(codes(register.predecessors(&code("n1"))), ["s2", "s1", "s3"]);
        let lineage = register.lineage(&code("s1"));
        let lineage: Vec<&str> = lineage.iter().map(UnitCode::as_str).collect();
        assert_eq!(lineage, ["s1", "south", "province", "s2", "n1", "north"]);
        let lineage = register.lineage(&code("n1"));
        assert_eq!(lineage, [code("n1"), code("north"), code("province")], "nobody inherits from those who go on");
        assert_eq!(register.lineage(&code("nobody")), [code("nobody")]);
    }

    #[test]
    fn a_register_in_circles_leads_nobody_astray() {
        let register = Register::of([unit("a", "b", "b"), unit("b", "a", "a")]);
        assert_eq!(codes(register.above(&code("a"))), ["b"]);
        assert_eq!(codes(register.successors(&code("a"))), ["b"]);
        assert_eq!(codes(register.predecessors(&code("a"))), ["b"]);
    }

    #[test]
    fn a_renamed_unit_is_called_as_it_was_on_the_day() {
        let mut unit = unit("a", "", "");
        unit.name = "新".to_owned();
        let earlier = |name: &str, until| crate::federation::EarlierName { name: name.to_owned(), until };
        unit.earlier_names = vec![earlier("老", date(2010, 12, 31)), earlier("旧", date(2023, 6, 30))];
        assert_eq!(unit.name_on(date(2010, 12, 31)), "老");
        assert_eq!(unit.name_on(date(2011, 1, 1)), "旧");
        assert_eq!(unit.name_on(date(2023, 7, 1)), "新");
        let seen = unit.as_seen_by_rubrics(date(2022, 12, 31));
        assert_eq!((seen.name.as_str(), seen.aliases), ("旧", vec!["老".to_owned(), "新".to_owned()]));
    }
}

//! Federations and their org units, with validity dates, earlier names and successors.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{FederationCode, UnitCode};
use crate::unit::{Attribute, Unit};

/// A federation: whoever collects, scores and publishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Federation {
    /// Its code.
    pub code: FederationCode,
    /// Its name.
    pub name: String,
}

/// A name that a unit bore before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierName {
    /// The name.
    pub name: String,
    /// The last day on which it bore it.
    pub until: Date,
}

/// An org unit of a federation, as it is registered. What its levels and kinds are called is the federation's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgUnit {
    /// Unique in the federation, stable over renames.
    pub code: UnitCode,
    /// Its name.
    pub name: String,
    /// Other names by which its papers may call it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// A word of the federation's own list.
    pub kind: String,
    /// The unit above it.
    #[serde(default)]
    pub parent: Option<UnitCode>,
    /// Whether it hands in submissions of its own.
    pub reports: bool,
    /// The first day that it exists.
    pub valid_from: Date,
    /// The last day that it exists; none while it lasts.
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// Who took over when it ended by a merger.
    #[serde(default)]
    pub successor: Option<UnitCode>,
    /// What it was called before, the oldest first.
    #[serde(default)]
    pub earlier_names: Vec<EarlierName>,
    /// Named properties, in order of their names.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
}

impl OrgUnit {
    /// Whether the unit exists on a day.
    pub fn exists_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// What it was called on a day.
    pub fn name_on(&self, day: Date) -> &str {
        let then = self.earlier_names.iter().find(|earlier| day <= earlier.until);
        then.map_or(&self.name, |earlier| &earlier.name)
    }

    /// The unit as a rubric sees it: as it was called on a day, and by what else its papers may call it.
    pub fn as_seen_by_rubrics(&self, day: Date) -> Unit {
        let name = self.name_on(day).to_owned();
        let mut aliases = self.aliases.clone();
        for other in self.earlier_names.iter().map(|earlier| &earlier.name).chain([&self.name]) {
            if *other != name && !aliases.contains(other) {
                aliases.push(other.clone());
            }
        }
        Unit {
            code: self.code.to_string(),
            name,
            aliases,
            kind: self.kind.clone(),
            attributes: self.attributes.clone(),
        }
    }
}

//! Persons: a name that shows itself only where somebody asks for it by name.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::words::Words;

/// A personal name. Printing it, in a message, a reason or a log, prints the mask (高原 as `高*`); only [`Name::revealed`] and the answers
/// themselves hold the name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Name<'a>(#[serde(borrow)] Words<'a>);

impl Name<'_> {
    /// The name itself. It must not reach a message, a reason, a log or a roll-up.
    pub fn revealed(&self) -> &str {
        &self.0
    }

    /// The first character, and an asterisk for each that follows.
    pub fn masked(&self) -> String {
        let mut characters = self.0.chars();
        let first = characters.next();
        first.into_iter().chain(characters.map(|_| '*')).collect()
    }
}

impl<'a> From<&'a str> for Name<'a> {
    fn from(name: &'a str) -> Self {
        Self(name.into())
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A person as the answers name one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person<'a> {
    /// What the person does: `科长`.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Words<'a>>,
    /// Where.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub org: Option<Words<'a>>,
    /// Restricted.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name<'a>>,
    /// How the name may be shown, where the answers say so.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub display: Option<Words<'a>>,
}

impl Person<'_> {
    /// How the person may be shown: as the answers say, else the masked name, else the role.
    pub fn shown(&self) -> String {
        let by_name = || self.name.as_ref().map(Name::masked);
        let by_role = || self.role.as_ref().map(ToString::to_string);
        self.display.as_ref().map(ToString::to_string).or_else(by_name).or_else(by_role).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_prints_as_its_mask() {
        let name = Name::from("高原");
        assert_eq!(format!("{name} {name:?}"), "高* 高*");
        assert_eq!(Name::from("沈致远").masked(), "沈**");
        assert_eq!(Name::from("").masked(), "");
        assert_eq!(name.revealed(), "高原");
    }

    #[test]
    fn a_person_goes_in_and_comes_back_but_prints_masked() {
        let json = r#"{"role":"副行长","name":"沈致远"}"#;
        let person: Person<'_> = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&person).unwrap(), json);
        assert!(!format!("{person:?}").contains("沈致远"));
        assert_eq!(person.shown(), "沈**");
    }
}

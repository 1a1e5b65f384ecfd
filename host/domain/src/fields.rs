//! Fields: what a roll-up takes out of everybody's answers, by pointers in which `*` stands for every item of a list.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::amount::Decimal;
use crate::document::Numbers;
use crate::report::{FieldColumn, FieldValues, Taking, WantedField};

/// One part of a field's path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A member of an object, or one item of a list by its index.
    Name(String),
    /// Every item of a list, or every member of an object whose names the form leaves open.
    Each,
}

/// A pointer in which `*` stands for every item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldPath(pub Vec<Part>);

/// A text that is no pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a pointer is empty or begins with `/` (RFC 6901)")]
pub struct NotPointer;

impl FromStr for FieldPath {
    type Err = NotPointer;

    fn from_str(text: &str) -> Result<Self, NotPointer> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let parts = text.strip_prefix('/').ok_or(NotPointer)?.split('/');
        let part = |part: &str| match part {
            "*" => Part::Each,
            name => Part::Name(name.replace("~1", "/").replace("~0", "~")),
        };
        Ok(Self(parts.map(part).collect()))
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.0 {
            match part {
                Part::Name(name) => write!(f, "/{}", pointer_part(name))?,
                Part::Each => f.write_str("/*")?,
            }
        }
        Ok(())
    }
}

/// A member's name as it stands in a pointer: `~` and `/` mean something there (RFC 6901, section 3).
#[must_use]
pub fn pointer_part(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

impl FieldPath {
    /// Whether this path, or what it leads through, lies at or below `mark`.
    pub fn is_within(&self, mark: &Self) -> bool {
        let meets = |(own, marked): (&Part, &Part)| own == marked || *own == Part::Each || *marked == Part::Each;
        self.0.len() >= mark.0.len() && self.0.iter().zip(&mark.0).all(meets)
    }
}

/// What stands at a place that a field meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Met {
    /// A number.
    Number(Decimal),
    /// A text.
    Text(String),
    /// Anything else: it counts as a place, but has no value.
    Other,
}

/// Walks through one member's answers once and gathers what each path meets, in the order of the paths.
/// Everything else is skipped without being built.
pub fn gather<'de, D: Deserializer<'de>>(paths: &[FieldPath], answers: D) -> Result<Vec<Vec<Met>>, D::Error> {
    let mut met = vec![Vec::new(); paths.len()];
    let open: Vec<(usize, &[Part])> = paths.iter().map(|path| path.0.as_slice()).enumerate().collect();
    Walk { open, met: &mut met }.deserialize(answers)?;
    Ok(met)
}

/// One wanted field for everybody, from what its path met in each member's answers.
pub fn column_of(wanted: &WantedField, met: &[Vec<Met>]) -> FieldColumn {
    let values = match wanted.taking {
        Taking::Count => numbers(met.iter().map(|places| whole(places.len())).collect()),
        Taking::Sum => numbers(met.iter().map(|places| sum(places)).collect()),
        Taking::One => one_each(wanted, met),
    };
    let (values, known) = values;
    FieldColumn { at: wanted.at.clone(), taking: wanted.taking, values, known }
}

fn whole(count: usize) -> Option<Decimal> {
    i64::try_from(count).ok().map(Decimal::whole)
}

/// A text counts as a number where the field is counted in something: exact decimals travel as text.
fn one_each(wanted: &WantedField, met: &[Vec<Met>]) -> (FieldValues, Vec<u8>) {
    let firsts: Vec<Option<&Met>> = met.iter().map(|places| places.first()).collect();
    let all_numbers = firsts.iter().flatten().all(|first| !matches!(first, Met::Text(_)));
    if !wanted.unit.is_empty() || (all_numbers && firsts.iter().any(Option::is_some)) {
        return numbers(firsts.into_iter().map(|first| first.and_then(as_number)).collect());
    }
    let texts: Vec<Option<String>> = firsts
        .into_iter()
        .map(|first| match first? {
            Met::Text(text) => Some(text.clone()),
            Met::Number(number) => Some(number.to_string()),
            Met::Other => None,
        })
        .collect();
    let known = texts.iter().map(|text| u8::from(text.is_some())).collect();
    (FieldValues::Texts(texts.into_iter().map(Option::unwrap_or_default).collect()), known)
}

fn as_number(met: &Met) -> Option<Decimal> {
    match met {
        Met::Number(number) => Some(*number),
        Met::Text(text) => text.parse().ok(),
        Met::Other => None,
    }
}

/// The sum of all numbers met; unknown where none is met or the sum leaves 64 bits.
fn sum(places: &[Met]) -> Option<Decimal> {
    let numbers: Vec<Decimal> = places.iter().filter_map(as_number).map(Decimal::trimmed).collect();
    let scale = numbers.iter().map(|number| number.scale).max()?;
    let digits = numbers.iter().try_fold(0_i64, |sum, number| sum.checked_add(number.rescaled_exactly(scale)?))?;
    Some(Decimal { digits, scale })
}

/// All numbers at the finest scale among them; one that does not fit there is unknown.
fn numbers(found: Vec<Option<Decimal>>) -> (FieldValues, Vec<u8>) {
    let trimmed: Vec<Option<Decimal>> = found.into_iter().map(|number| number.map(Decimal::trimmed)).collect();
    let scale = trimmed.iter().flatten().map(|number| number.scale).max().unwrap_or_default();
    let digits: Vec<Option<i64>> =
        trimmed.into_iter().map(|number| number.and_then(|number| number.rescaled_exactly(scale))).collect();
    let known = digits.iter().map(|digits| u8::from(digits.is_some())).collect();
    let values = digits.into_iter().map(Option::unwrap_or_default).collect();
    (FieldValues::Numbers(Numbers { scale, values }), known)
}

/// The walk at one place: the paths that are still open there, each with the parts that lie ahead.
struct Walk<'p, 'm> {
    open: Vec<(usize, &'p [Part])>,
    met: &'m mut Vec<Vec<Met>>,
}

impl<'p> Walk<'p, '_> {
    /// The paths that lead on into a member or an item.
    fn onward(&self, leads: impl Fn(&Part) -> bool) -> Vec<(usize, &'p [Part])> {
        let steps = self.open.iter().filter_map(|(path, ahead)| {
            let (next, rest) = ahead.split_first()?;
            leads(next).then_some((*path, rest))
        });
        steps.collect()
    }

    /// Notes what stands here for every path that ends here.
    fn note(&mut self, met: &Met) {
        for (path, ahead) in &self.open {
            if ahead.is_empty() {
                self.met[*path].push(met.clone());
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.open.is_empty() {
            return deserializer.deserialize_ignored_any(IgnoredAny).map(drop);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("answers")
    }

    // An explicit null says nothing: it is not a place that a field meets.
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(mut self, _: bool) -> Result<(), E> {
        self.note(&Met::Other);
        Ok(())
    }

    fn visit_i64<E>(mut self, number: i64) -> Result<(), E> {
        self.note(&Met::Number(Decimal::whole(number)));
        Ok(())
    }

    fn visit_u64<E>(mut self, number: u64) -> Result<(), E> {
        self.note(&i64::try_from(number).map_or(Met::Other, |number| Met::Number(Decimal::whole(number))));
        Ok(())
    }

    fn visit_str<E>(mut self, text: &str) -> Result<(), E> {
        self.note(&Met::Text(text.to_owned()));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.note(&Met::Other);
        let mut index = 0_usize;
        loop {
            let here = index.to_string();
            let open = self.onward(|part| match part {
                Part::Each => true,
                Part::Name(name) => *name == here,
            });
            if items.next_element_seed(Walk { open, met: self.met })?.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        self.note(&Met::Other);
        while let Some(name) = members.next_key_seed(NameSeed)? {
            let open = self.onward(|part| matches!(part, Part::Name(wanted) if *wanted == name));
            members.next_value_seed(Walk { open, met: self.met })?;
        }
        Ok(())
    }
}

/// Reads a member's name; canonical answers have no others than texts.
struct NameSeed;

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Cow<'de, str>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for NameSeed {
    type Value = Cow<'de, str>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }
    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(name.into())
    }
    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(name.to_owned().into())
    }
}

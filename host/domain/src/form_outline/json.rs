//! JSON whose members stay in the order in which they were written: a form's order is the order in which people fill it in.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// A value.
#[derive(Debug)]
pub(super) enum Json {
    /// Anything that holds no others.
    Plain(Value),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Members(Members),
}

/// Members in order, and where each name stands; no name stands twice.
#[derive(Debug, Default)]
pub(super) struct Members {
    in_order: Vec<(String, Json)>,
    places: BTreeMap<String, usize>,
}

impl Json {
    /// The members of an object; none of anything else.
    pub(super) fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Members(members) => &members.in_order,
            Self::Plain(_) | Self::List(_) => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Plain(_) | Self::Members(_) => &[],
        }
    }

    /// A member of an object.
    pub(super) fn member(&self, name: &str) -> Option<&Self> {
        let Self::Members(members) = self else { return None };
        members.in_order.get(*members.places.get(name)?).map(|(_, member)| member)
    }

    /// The text, where it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Plain(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// What stands at a pointer.
    pub(super) fn at(&self, pointer: &str) -> Option<&Self> {
        let Some(parts) = pointer.strip_prefix('/') else { return pointer.is_empty().then_some(self) };
        parts.split('/').try_fold(self, |at, part| {
            let name = part.replace("~1", "/").replace("~0", "~");
            match at {
                Self::List(items) => items.get(name.parse::<usize>().ok()?),
                _ => at.member(&name),
            }
        })
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Plain(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Plain(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut given: A) -> Result<Json, A::Error> {
        let mut members = Members::default();
        while let Some((name, member)) = given.next_entry::<String, Json>()? {
            // Of a name that stands twice the last one counts, as for whoever validates answers.
            if let Some(place) = members.places.get(&name) {
                members.in_order[*place].1 = member;
            } else {
                members.places.insert(name.clone(), members.in_order.len());
                members.in_order.push((name, member));
            }
        }
        Ok(Json::Members(members))
    }
}

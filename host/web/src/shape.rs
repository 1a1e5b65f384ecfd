//! Shapes: a value becomes a message of a known shape, or a problem that names the place which has another.
//!
//! Stricter than serde's own reading of a value: an object's fields in a list do not pass for the object. What was sent instead
//! is never repeated, because it may name a person.

use std::cell::RefCell;
use std::vec;

use domain::fields::pointer_part;
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Map, Value};

use crate::kind::Kind;
use crate::problem::Problem;

/// A message of the shape `T`.
pub(crate) fn shaped<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    let path = RefCell::new(Vec::new());
    T::deserialize(Shaped { value, path: &path }).map_err(|error| {
        let pointer = path.borrow().iter().map(Place::as_pointer_part).collect::<String>();
        Problem::of(Kind::MistypedValue).saying("reason", &without_content(&error.to_string())).at(pointer)
    })
}

/// What was expected, without what was sent instead.
fn without_content(reason: &str) -> String {
    match reason.rfind("expected ") {
        Some(at) if reason.starts_with("invalid ") => reason[at..].to_owned(),
        _ => reason.to_owned(),
    }
}

/// One step of the way to a value.
enum Place {
    Name(String),
    Index(usize),
}

impl Place {
    fn as_pointer_part(&self) -> String {
        match self {
            Self::Name(name) => format!("/{}", pointer_part(name)),
            Self::Index(index) => format!("/{index}"),
        }
    }
}

/// A value and the way to it.
struct Shaped<'p> {
    value: Value,
    path: &'p RefCell<Vec<Place>>,
}

impl<'de> Deserializer<'de> for Shaped<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Array(items) => visitor.visit_seq(Items { left: items.into_iter(), index: 0, path: self.path }),
            Value::Object(members) => visitor.visit_map(Members::of(members, self.path)),
            simple => simple.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.value.is_array() {
            return Err(Error::invalid_type(Unexpected::Seq, &"an object"));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.value.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map identifier ignored_any
    }
}

/// The items of a list.
struct Items<'p> {
    left: vec::IntoIter<Value>,
    index: usize,
    path: &'p RefCell<Vec<Place>>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(value) = self.left.next() else { return Ok(None) };
        self.path.borrow_mut().push(Place::Index(self.index));
        self.index += 1;
        let item = seed.deserialize(Shaped { value, path: self.path })?;
        self.path.borrow_mut().pop();
        Ok(Some(item))
    }
}

/// The members of an object.
struct Members<'p> {
    left: serde_json::map::IntoIter,
    value: Value,
    path: &'p RefCell<Vec<Place>>,
}

impl<'p> Members<'p> {
    fn of(members: Map<String, Value>, path: &'p RefCell<Vec<Place>>) -> Self {
        Self { left: members.into_iter(), value: Value::Null, path }
    }
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((name, value)) = self.left.next() else { return Ok(None) };
        self.value = value;
        // The name of an unknown field is already part of the way to it.
        self.path.borrow_mut().push(Place::Name(name.clone()));
        seed.deserialize(StringDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        let value = self.value.take();
        let member = seed.deserialize(Shaped { value, path: self.path })?;
        self.path.borrow_mut().pop();
        Ok(member)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        count: u32,
        #[serde(default)]
        note: Option<String>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Sheet {
        rows: Vec<Row>,
    }

    #[test]
    fn a_message_of_the_shape_is_read() {
        let sheet =
            shaped::<Sheet>(json!({"rows": [{"count": 1}, {"count": 2, "note": "x"}, {"count": 3, "note": null}]}));
        let row = |count, note: Option<&str>| Row { count, note: note.map(str::to_owned) };
        assert_eq!(sheet.unwrap(), Sheet { rows: vec![row(1, None), row(2, Some("x")), row(3, None)] });
    }

    #[test]
    fn a_mistyped_value_is_named_by_its_place_and_not_repeated() {
        let table = [
            (json!({"rows": [{"count": 1}, {"count": "Li Lei"}]}), "/rows/1/count", "expected u32"),
            (json!({"rows": [{"count": -1}]}), "/rows/0/count", "expected u32"),
            (json!({"rows": [{}]}), "/rows/0", "missing field `count`"),
            (json!({"rows": [{"a/b": 2}]}), "/rows/0/a~1b", "unknown field `a/b`, expected `count` or `note`"),
            (json!({"rows": [[1, "x"]]}), "/rows/0", "expected an object"),
            (json!({"rows": 7}), "/rows", "expected a sequence"),
            (json!([[]]), "", "expected an object"),
            (json!(null), "", "expected struct Sheet"),
        ];
        for (value, pointer, reason) in table {
            let problem = shaped::<Sheet>(value.clone()).unwrap_err();
            assert_eq!(problem.pointer.as_deref(), Some(pointer), "{value}");
            assert_eq!(problem.arguments, [("reason", reason.to_owned())], "{value}");
        }
    }
}

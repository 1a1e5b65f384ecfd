//! Answers: what a member hands in, as one value with one canonical encoding.
//!
//! The canonical bytes are the identity of the answers: the same answers sent as JSON, as MessagePack or filled into a
//! form give the same bytes, the same digest and, through a rubric, the same score. They are MessagePack: maps with text keys in
//! byte order, the shortest form of every integer, no floating point, no extension types.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::digest::Digest;
use crate::fields::pointer_part;
use crate::limits::{ANSWERS_DEPTH_MAX, ANSWERS_NODES_MAX, ANSWERS_TEXT_BYTES_MAX};

/// Answers, parsed and within the limits. Clones share them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers(Arc<Parts>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Parts {
    value: Value,
    bytes: Vec<u8>,
    digest: Digest,
}

/// Why something cannot be answers. Each names a stable code for programs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnswers {
    /// Nested too deep.
    #[error("the answers are nested more than {ANSWERS_DEPTH_MAX} levels deep")]
    TooDeep,
    /// Too many values.
    #[error("the answers hold more than {ANSWERS_NODES_MAX} values")]
    TooMany,
    /// A text is too long.
    #[error("a text is longer than {ANSWERS_TEXT_BYTES_MAX} bytes")]
    TextTooLong,
    /// A key stands twice in one object.
    #[error("the name `{0}` stands twice in one object")]
    DuplicateName(String),
    /// A number with a fraction.
    #[error("numbers with a fraction are written as text, for example \"94.5\", so that they stay exact")]
    Fraction,
    /// A whole number that no 64 bits hold.
    #[error("a whole number is too large")]
    NumberTooLarge,
    /// Bytes, an extension type, or a name that is no text.
    #[error("only objects, lists, texts, whole numbers, true, false and null are understood")]
    NotAValue,
    /// The whole is not an object.
    #[error("answers are an object")]
    NotAnObject,
    /// The bytes break off or are no JSON or MessagePack at all.
    #[error("the bytes are malformed: {0}")]
    Malformed(String),
}

impl NotAnswers {
    /// Stable, kebab-case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooDeep => "nested-too-deep",
            Self::TooMany => "too-many-values",
            Self::TextTooLong => "text-too-long",
            Self::DuplicateName(_) => "duplicate-name",
            Self::Fraction => "fraction-not-text",
            Self::NumberTooLarge => "number-too-large",
            Self::NotAValue => "not-a-value",
            Self::NotAnObject => "not-an-object",
            Self::Malformed(_) => "malformed-body",
        }
    }
}

/// What is wrong with a body and where in it (RFC 6901) that was noticed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at `{pointer}`: {reason}")]
pub struct MisplacedValue {
    /// The place.
    pub pointer: String,
    /// The reason.
    pub reason: NotAnswers,
}

impl Answers {
    /// Answers from a value that [`parse_value`] gave.
    pub fn from_value(value: Value) -> Result<Self, NotAnswers> {
        if !value.is_object() {
            return Err(NotAnswers::NotAnObject);
        }
        let bytes = canonical_bytes(&value)?;
        Ok(Self::from_canonical_bytes(bytes, value))
    }

    /// Answers from their own canonical bytes, as the store kept them.
    pub fn from_canonical_bytes(bytes: Vec<u8>, value: Value) -> Self {
        let digest = Digest::of(&bytes);
        Self(Arc::new(Parts { value, bytes, digest }))
    }

    /// The answers as a tree.
    pub fn value(&self) -> &Value {
        &self.0.value
    }

    /// The tree, given away.
    pub fn into_value(self) -> Value {
        Arc::unwrap_or_clone(self.0).value
    }

    /// The canonical bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// The digest of the canonical bytes.
    pub fn digest(&self) -> Digest {
        self.0.digest
    }

    /// Whether a pointer resolves to a value.
    pub fn resolves(&self, pointer: &str) -> bool {
        self.0.value.pointer(pointer).is_some()
    }
}

/// Reads any self-describing format into a value, within the limits; on failure says where it was.
///
/// The depth is bounded here, by our own count, so that a format's own recursion never runs deeper than ours.
pub fn parse_value<'de, D>(deserializer: D) -> Result<Value, MisplacedValue>
where
    D: Deserializer<'de>,
    D::Error: fmt::Display,
{
    parse_value_nested(deserializer, ANSWERS_DEPTH_MAX)
}

/// The same for a message in which answers stand some levels down, so that they keep their own depth.
pub fn parse_value_nested<'de, D>(deserializer: D, depth_max: usize) -> Result<Value, MisplacedValue>
where
    D: Deserializer<'de>,
    D::Error: fmt::Display,
{
    let progress = RefCell::new(Progress { path: Vec::new(), nodes: 0, reason: None });
    let seed = ValueSeed { progress: &progress, depth: 0, depth_max };
    let outcome = seed.deserialize(deserializer);
    let progress = progress.into_inner();
    outcome.map_err(|error| MisplacedValue {
        pointer: progress.path.iter().map(Place::as_pointer_part).collect(),
        reason: progress.reason.unwrap_or_else(|| NotAnswers::Malformed(error.to_string())),
    })
}

/// The canonical MessagePack bytes of a value.
pub fn canonical_bytes(value: &Value) -> Result<Vec<u8>, NotAnswers> {
    let mut bytes = Vec::with_capacity(4096);
    write_canonical(value, &mut bytes)?;
    Ok(bytes)
}

fn write_canonical(value: &Value, out: &mut Vec<u8>) -> Result<(), NotAnswers> {
    // Writing to a `Vec` cannot fail; a length that exceeds 32 bits is refused by the limits long before.
    const INFALLIBLE: &str = "writing to memory succeeds";
    match value {
        Value::Null => rmp::encode::write_nil(out).expect(INFALLIBLE),
        Value::Bool(flag) => rmp::encode::write_bool(out, *flag).expect(INFALLIBLE),
        Value::Number(number) => {
            if let Some(unsigned) = number.as_u64() {
                rmp::encode::write_uint(out, unsigned).map(drop).expect(INFALLIBLE);
            } else if let Some(signed) = number.as_i64() {
                rmp::encode::write_sint(out, signed).map(drop).expect(INFALLIBLE);
            } else {
                return Err(NotAnswers::Fraction);
            }
        }
        Value::String(text) => rmp::encode::write_str(out, text).expect(INFALLIBLE),
        Value::Array(items) => {
            let length = u32::try_from(items.len()).map_err(|_| NotAnswers::TooMany)?;
            rmp::encode::write_array_len(out, length).map(drop).expect(INFALLIBLE);
            for item in items {
                write_canonical(item, out)?;
            }
        }
        Value::Object(members) => {
            let length = u32::try_from(members.len()).map_err(|_| NotAnswers::TooMany)?;
            rmp::encode::write_map_len(out, length).map(drop).expect(INFALLIBLE);
            // serde_json's map is ordered by key unless another crate switches `preserve_order` on; sorting does not rely on it.
            let mut ordered: Vec<_> = members.iter().collect();
            ordered.sort_unstable_by_key(|(name, _)| name.as_bytes());
            for (name, member) in ordered {
                rmp::encode::write_str(out, name).expect(INFALLIBLE);
                write_canonical(member, out)?;
            }
        }
    }
    Ok(())
}

/// One step of the way from the whole to the value that is being read.
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

struct Progress {
    path: Vec<Place>,
    nodes: usize,
    reason: Option<NotAnswers>,
}

#[derive(Clone, Copy)]
struct ValueSeed<'p> {
    progress: &'p RefCell<Progress>,
    depth: usize,
    depth_max: usize,
}

impl ValueSeed<'_> {
    fn fail<E: de::Error>(self, reason: NotAnswers) -> E {
        let error = E::custom(&reason);
        self.progress.borrow_mut().reason.get_or_insert(reason);
        error
    }

    fn text<E: de::Error>(self, text: &str) -> Result<Value, E> {
        if text.len() > ANSWERS_TEXT_BYTES_MAX {
            return Err(self.fail(NotAnswers::TextTooLong));
        }
        Ok(Value::String(text.to_owned()))
    }

    fn enter(self, place: Place) -> Self {
        self.progress.borrow_mut().path.push(place);
        Self { depth: self.depth + 1, ..self }
    }

    fn leave(self) {
        self.progress.borrow_mut().path.pop();
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.depth > self.depth_max {
            return Err(self.fail(NotAnswers::TooDeep));
        }
        let nodes = {
            let mut progress = self.progress.borrow_mut();
            progress.nodes += 1;
            progress.nodes
        };
        if nodes > ANSWERS_NODES_MAX {
            return Err(self.fail(NotAnswers::TooMany));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, a list, a text, a whole number, true, false or null")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(Number::from(number)))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(Number::from(number)))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        // JSON readers give whole numbers beyond 64 bits as floating point, too.
        let reason = if number.fract() == 0.0 && number.abs() >= 9.0e18 {
            NotAnswers::NumberTooLarge
        } else {
            NotAnswers::Fraction
        };
        Err(self.fail(reason))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        self.text(text)
    }

    fn visit_bytes<E: de::Error>(self, _: &[u8]) -> Result<Value, E> {
        Err(self.fail(NotAnswers::NotAValue))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, _: D) -> Result<Value, D::Error> {
        Err(self.fail(NotAnswers::NotAValue))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        loop {
            let inner = self.enter(Place::Index(items.len()));
            let Some(item) = sequence.next_element_seed(inner)? else { break };
            self.leave();
            items.push(item);
        }
        self.leave();
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key_seed(NameSeed(self))? {
            if members.contains_key(&name) {
                return Err(self.fail(NotAnswers::DuplicateName(name)));
            }
            let inner = self.enter(Place::Name(name.clone()));
            let member = map.next_value_seed(inner)?;
            self.leave();
            members.insert(name, member);
        }
        Ok(Value::Object(members))
    }
}

/// Reads the name of a member; only texts are names.
struct NameSeed<'p>(ValueSeed<'p>);

impl<'de> DeserializeSeed<'de> for NameSeed<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        match deserializer.deserialize_any(ValueSeed { ..self.0 })? {
            Value::String(name) => Ok(name),
            _ => Err(self.0.fail(NotAnswers::NotAValue)),
        }
    }
}

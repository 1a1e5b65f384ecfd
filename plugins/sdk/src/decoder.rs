//! Reads the answers into types, and knows where it was when something did not fit.
//!
//! It is made for an instance that lives for one call: small, borrowing, structs from objects only.

use serde::de::{self, DeserializeSeed, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use crate::cursor::{Cursor, Head, utf8};
use crate::misfit::Misfit;

/// Reads one value after the other.
pub(crate) struct Decoder<'de>(Cursor<'de>);

impl<'de> Decoder<'de> {
    pub(crate) const fn new(bytes: &'de [u8]) -> Self {
        Self(Cursor::new(bytes))
    }

    /// Where the value starts that did not fit.
    pub(crate) const fn value_at(&self) -> usize {
        self.0.value_at()
    }

    /// Whether everything was read.
    pub(crate) const fn is_at_end(&self) -> bool {
        self.0.is_at_end()
    }

    fn list<V: Visitor<'de>>(&mut self, length: u32, visitor: V) -> Result<V::Value, Misfit> {
        let value_at = self.0.value_at();
        let mut items = Items { decoder: self, left: length };
        let value = visitor.visit_seq(&mut items)?;
        let left = items.left;
        self.0.begin_at(value_at);
        if left == 0 { Ok(value) } else { Err(Misfit::new("the list has more items than expected")) }
    }

    fn map<V: Visitor<'de>>(&mut self, length: u32, visitor: V) -> Result<V::Value, Misfit> {
        let value_at = self.0.value_at();
        let mut items = Members { items: Items { decoder: self, left: length }, map_at: value_at };
        let value = visitor.visit_map(&mut items)?;
        let left = items.items.left;
        self.0.begin_at(value_at);
        if left == 0 { Ok(value) } else { Err(Misfit::new("the object has more members than expected")) }
    }

    fn visit<V: Visitor<'de>>(&mut self, head: Head<'de>, visitor: V) -> Result<V::Value, Misfit> {
        match head {
            Head::Nil => visitor.visit_unit(),
            Head::Flag(flag) => visitor.visit_bool(flag),
            Head::Unsigned(number) => visitor.visit_u64(number),
            Head::Signed(number) => visitor.visit_i64(number),
            Head::Text(text) => visitor.visit_borrowed_str(utf8(text)?),
            Head::List(length) => self.list(length, visitor),
            Head::Map(length) => self.map(length, visitor),
        }
    }

    fn text<V: Visitor<'de>>(&mut self, visitor: &V) -> Result<&'de [u8], Misfit> {
        if let Some(text) = self.0.short_text() {
            return Ok(text);
        }
        match self.0.head()? {
            Head::Text(text) => Ok(text),
            head => Err(Decoder::unexpected(head, visitor)),
        }
    }

    #[cold]
    fn unexpected<V: Visitor<'de>>(head: Head<'de>, visitor: &V) -> Misfit {
        let unexpected = match head {
            Head::Nil => Unexpected::Unit,
            Head::Flag(flag) => Unexpected::Bool(flag),
            Head::Unsigned(number) => Unexpected::Unsigned(number),
            Head::Signed(number) => Unexpected::Signed(number),
            Head::Text(_) => Unexpected::Str(""),
            Head::List(_) => Unexpected::Seq,
            Head::Map(_) => Unexpected::Map,
        };
        de::Error::invalid_type(unexpected, visitor)
    }
}

macro_rules! numbers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            if let Some(number) = self.0.small_number() {
                return visitor.visit_u64(number);
            }
            match self.0.head()? {
                Head::Unsigned(number) => visitor.visit_u64(number),
                Head::Signed(number) => visitor.visit_i64(number),
                head => Err(Decoder::unexpected(head, &visitor)),
            }
        })*
    };
}

macro_rules! texts {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            let text = self.text(&visitor)?;
            visitor.visit_borrowed_str(utf8(text)?)
        })*
    };
}

impl<'de> de::Deserializer<'de> for &mut Decoder<'de> {
    type Error = Misfit;

    numbers! { deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }
    texts! { deserialize_str deserialize_string deserialize_char }

    /// Names are compared with names that are known, so that they need not be UTF-8.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let name = self.text(&visitor)?;
        visitor.visit_borrowed_bytes(name)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let head = self.0.head()?;
        self.visit(head, visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0.head()? {
            Head::Flag(flag) => visitor.visit_bool(flag),
            head => Err(Decoder::unexpected(head, &visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.0.pass_nil() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0.head()? {
            Head::List(length) => self.list(length, visitor),
            head => Err(Decoder::unexpected(head, &visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0.head()? {
            Head::Map(length) => self.map(length, visitor),
            head => Err(Decoder::unexpected(head, &visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_map(visitor)
    }

    /// A text is a variant without a value; an object of one member is a variant with one, as in JSON.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.0.head()? {
            Head::Text(variant) => visitor.visit_enum(utf8(variant)?.into_deserializer()),
            Head::Map(1) => visitor.visit_enum(Variant { decoder: self }),
            head => Err(Decoder::unexpected(head, &visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.0.skip()?;
        visitor.visit_unit()
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    forward_to_deserialize_any! { i128 u128 f32 f64 bytes byte_buf unit unit_struct tuple_struct }
}

struct Items<'d, 'de> {
    decoder: &'d mut Decoder<'de>,
    left: u32,
}

impl<'de> de::SeqAccess<'de> for Items<'_, 'de> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(&mut *self.decoder).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        // No item is shorter than a byte, so that a wrong length cannot reserve more than there is.
        Some((self.left as usize).min(self.decoder.0.bytes_left()))
    }
}

struct Members<'d, 'de> {
    items: Items<'d, 'de>,
    map_at: usize,
}

impl<'de> de::MapAccess<'de> for Members<'_, 'de> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        // Whatever is wrong with a name, or missing at the end, is wrong with the map.
        let name = de::SeqAccess::next_element_seed(&mut self.items, seed);
        self.items.decoder.0.begin_at(self.map_at);
        name
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        seed.deserialize(&mut *self.items.decoder)
    }

    fn size_hint(&self) -> Option<usize> {
        de::SeqAccess::size_hint(&self.items)
    }
}

/// The only member of an object that stands for a variant with a value.
struct Variant<'d, 'de> {
    decoder: &'d mut Decoder<'de>,
}

impl<'de> de::EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Misfit;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Misfit> {
        let variant = seed.deserialize(&mut *self.decoder)?;
        Ok((variant, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        serde::Deserialize::deserialize(self.decoder)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Misfit> {
        seed.deserialize(self.decoder)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        de::Deserializer::deserialize_seq(self.decoder, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Misfit> {
        de::Deserializer::deserialize_map(self.decoder, visitor)
    }
}

//! A cursor over the canonical MessagePack of the answers: what the contract lets pass and nothing else.

use crate::misfit::Misfit;
use crate::place::Place;

const BREAKS_OFF: &str = "the bytes break off";
const NOT_A_VALUE: &str = "not a value that answers may hold";

/// A cursor over the bytes.
pub(crate) struct Cursor<'de> {
    bytes: &'de [u8],
    at: usize,
    /// Where the value starts that was begun last, or ended last where that was a list or a map.
    value_at: usize,
}

/// The beginning of a value: all of a scalar, the length of a list or a map.
#[derive(Clone, Copy)]
pub(crate) enum Head<'de> {
    Nil,
    Flag(bool),
    Unsigned(u64),
    Signed(i64),
    /// Not yet known to be UTF-8: who only passes over it need not know.
    Text(&'de [u8]),
    List(u32),
    Map(u32),
}

impl<'de> Cursor<'de> {
    pub(crate) const fn new(bytes: &'de [u8]) -> Self {
        Self { bytes, at: 0, value_at: 0 }
    }

    /// Where the value starts that did not fit.
    pub(crate) const fn value_at(&self) -> usize {
        self.value_at
    }

    /// Says that whatever comes next concerns a value that was begun before.
    pub(crate) const fn begin_at(&mut self, value_at: usize) {
        self.value_at = value_at;
    }

    pub(crate) const fn bytes_left(&self) -> usize {
        self.bytes.len().saturating_sub(self.at)
    }

    /// Passes over a nil, if one comes next.
    pub(crate) fn pass_nil(&mut self) -> bool {
        let is_nil = self.bytes.get(self.at) == Some(&0xc0);
        if is_nil {
            self.value_at = self.at;
            self.at += 1;
        }
        is_nil
    }

    /// Whether everything was read.
    pub(crate) const fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    pub(crate) fn head(&mut self) -> Result<Head<'de>, Misfit> {
        self.value_at = self.at;
        let marker = self.byte()?;
        Ok(match marker {
            0x00..=0x7f => Head::Unsigned(u64::from(marker)),
            0x80..=0x8f => Head::Map(u32::from(marker & 0x0f)),
            0x90..=0x9f => Head::List(u32::from(marker & 0x0f)),
            0xa0..=0xbf => self.text(usize::from(marker & 0x1f))?,
            0xc0 => Head::Nil,
            0xc2 => Head::Flag(false),
            0xc3 => Head::Flag(true),
            0xcc => Head::Unsigned(u64::from(self.byte()?)),
            0xcd => Head::Unsigned(u64::from(u16::from_be_bytes(self.array()?))),
            0xce => Head::Unsigned(u64::from(u32::from_be_bytes(self.array()?))),
            0xcf => Head::Unsigned(u64::from_be_bytes(self.array()?)),
            0xd0 => Head::Signed(i64::from(i8::from_be_bytes(self.array()?))),
            0xd1 => Head::Signed(i64::from(i16::from_be_bytes(self.array()?))),
            0xd2 => Head::Signed(i64::from(i32::from_be_bytes(self.array()?))),
            0xd3 => Head::Signed(i64::from_be_bytes(self.array()?)),
            0xd9 => {
                let length = self.byte()?;
                self.text(usize::from(length))?
            }
            0xda => {
                let length = u16::from_be_bytes(self.array()?);
                self.text(usize::from(length))?
            }
            0xdb => {
                let length = u32::from_be_bytes(self.array()?);
                self.text(length as usize)?
            }
            0xdc => Head::List(u32::from(u16::from_be_bytes(self.array()?))),
            0xdd => Head::List(u32::from_be_bytes(self.array()?)),
            0xde => Head::Map(u32::from(u16::from_be_bytes(self.array()?))),
            0xdf => Head::Map(u32::from_be_bytes(self.array()?)),
            0xe0..=0xff => Head::Signed(i64::from(i8::from_be_bytes([marker]))),
            0xc1 | 0xc4..=0xcb | 0xd4..=0xd8 => return Err(Misfit::new(NOT_A_VALUE)),
        })
    }

    fn byte(&mut self) -> Result<u8, Misfit> {
        let byte = *self.bytes.get(self.at).ok_or_else(|| Misfit::new(BREAKS_OFF))?;
        self.at += 1;
        Ok(byte)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Misfit> {
        let array = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<N>());
        self.at += N;
        array.copied().ok_or_else(|| Misfit::new(BREAKS_OFF))
    }

    fn text(&mut self, length: usize) -> Result<Head<'de>, Misfit> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let text = rest.get(..length).ok_or_else(|| Misfit::new(BREAKS_OFF))?;
        self.at += length;
        Ok(Head::Text(text))
    }

    /// The head of a text below 32 bytes, if one comes next: most names and words are.
    #[inline]
    pub(crate) fn short_text(&mut self) -> Option<&'de [u8]> {
        let rest = self.bytes.get(self.at..)?;
        let (&marker, rest) = rest.split_first()?;
        if marker & 0xe0 != 0xa0 {
            return None;
        }
        let text = rest.get(..usize::from(marker & 0x1f))?;
        self.value_at = self.at;
        self.at += 1 + text.len();
        Some(text)
    }

    /// A number below 128, if one comes next.
    #[inline]
    pub(crate) fn small_number(&mut self) -> Option<u64> {
        let number = *self.bytes.get(self.at).filter(|&&marker| marker < 0x80)?;
        self.value_at = self.at;
        self.at += 1;
        Some(u64::from(number))
    }

    /// Passes over one value, however deep.
    pub(crate) fn skip(&mut self) -> Result<(), Misfit> {
        let mut values: u64 = 1;
        while values > 0 {
            values -= 1;
            match self.head()? {
                Head::List(length) => values += u64::from(length),
                Head::Map(length) => values += u64::from(length) * 2,
                Head::Nil | Head::Flag(_) | Head::Unsigned(_) | Head::Signed(_) | Head::Text(_) => {}
            }
        }
        Ok(())
    }

    /// The pointer (RFC 6901) of the value that starts at a position, found by reading the bytes once more.
    #[cold]
    pub(crate) fn pointer_of(bytes: &'de [u8], position: usize) -> Place {
        let mut place = Place::whole();
        let mut cursor = Self::new(bytes);
        while cursor.at < position {
            let Some(inner) = cursor.step_towards(position, &place) else { break };
            place = inner;
        }
        place
    }

    /// Reads the head of a list or map and passes over its items up to the one that holds the position.
    fn step_towards(&mut self, position: usize, place: &Place) -> Option<Place> {
        let (length, is_map) = match self.head().ok()? {
            Head::List(length) => (length, false),
            Head::Map(length) => (length, true),
            _ => return None,
        };
        for index in 0..length as usize {
            let inner = if is_map {
                let Head::Text(name) = self.head().ok()? else { return None };
                place.clone().field(std::str::from_utf8(name).ok()?)
            } else {
                place.clone().item(index)
            };
            let start = self.at;
            let ends_before = self.skip().is_ok() && self.at <= position;
            if !ends_before {
                self.at = start;
                return Some(inner);
            }
        }
        None
    }
}

/// The text of bytes that claim to be one. Most are short codes and numbers in ASCII, for which a loop over bytes would cost more than all
/// the rest: inside the sandbox every turn of a loop is counted.
#[inline]
#[expect(unsafe_code, reason = "ASCII is UTF-8, and was just looked at")]
pub(crate) fn utf8(text: &[u8]) -> Result<&str, Misfit> {
    if is_short_ascii(text) {
        // SAFETY: every byte is below 128.
        return Ok(unsafe { std::str::from_utf8_unchecked(text) });
    }
    std::str::from_utf8(text).map_err(|_| Misfit::new("a text is not UTF-8"))
}

/// Whether it is ASCII of at most sixteen bytes, told by two looks that may overlap.
#[inline]
fn is_short_ascii(text: &[u8]) -> bool {
    const NOT_ASCII: u64 = 0x8080_8080_8080_8080;
    let seen = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        (Some(first), Some(last)) if text.len() <= 16 => u64::from_le_bytes(*first) | u64::from_le_bytes(*last),
        (Some(_), _) | (_, Some(_)) => return false,
        (None, None) => match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
            (Some(first), Some(last)) => u64::from(u32::from_le_bytes(*first) | u32::from_le_bytes(*last)),
            _ => match *text {
                [] => 0,
                [one] => u64::from(one),
                [one, two] => u64::from(one | two),
                [one, two, three, ..] => u64::from(one | two | three),
            },
        },
    };
    seen & NOT_ASCII == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_utf8_or_refused_at_every_length_and_in_every_place() {
        for length in 0..40 {
            let ascii = vec![b'a'; length];
            assert_eq!(utf8(&ascii).map(str::len).ok(), Some(length));
            for place in 0..length {
                let mut broken = ascii.clone();
                broken[place] = 0xff;
                assert!(utf8(&broken).is_err(), "{length} {place}");
            }
            let mixed = format!("{}汇", "a".repeat(length));
            assert_eq!(utf8(mixed.as_bytes()).ok(), Some(mixed.as_str()));
        }
    }
}

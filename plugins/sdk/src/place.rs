//! Places in the answers: pointers (RFC 6901) that are built step by step and cannot be malformed.

use std::fmt;

/// A place in the answers: `place("complaint_stat").item(3).field("count")` is `/complaint_stat/3/count`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(String);

/// The place of a member of the whole.
pub fn place(field: &str) -> Place {
    Place::whole().field(field)
}

impl Place {
    /// The answers as a whole.
    pub const fn whole() -> Self {
        Self(String::new())
    }

    /// A member of the object at this place.
    #[must_use]
    pub fn field(mut self, name: &str) -> Self {
        self.0.reserve(name.len() + 1);
        self.0.push('/');
        if name.contains(['~', '/']) {
            self.0.push_str(&name.replace('~', "~0").replace('/', "~1"));
        } else {
            self.0.push_str(name);
        }
        self
    }

    /// An item of the list at this place, counted from 0.
    #[must_use]
    pub fn item(mut self, index: usize) -> Self {
        let mut digits = [0_u8; 20];
        let mut first = digits.len();
        let mut rest = index;
        loop {
            first -= 1;
            digits[first] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.0.push('/');
        self.0.extend(digits[first..].iter().map(|&digit| char::from(digit)));
        self
    }

    /// The pointer as the contract carries it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.0
    }
}

impl From<&Place> for String {
    fn from(place: &Place) -> Self {
        place.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_rfc_6901_writes_them() {
        assert_eq!(place("complaint_stat").item(3).field("count").as_str(), "/complaint_stat/3/count");
        assert_eq!(Place::whole().as_str(), "");
        assert_eq!(place("a/b").field("m~n").item(0).as_str(), "/a~1b/m~0n/0");
        assert_eq!(place("x").item(1_203).as_str(), "/x/1203");
    }
}

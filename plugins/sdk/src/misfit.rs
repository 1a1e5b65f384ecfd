//! Misfits: what is wrong with a value of the answers, told without a word of them.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Expected, Unexpected};

/// A value that did not fit: what was wrong, without where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Misfit(Box<str>);

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misfit {}

/// The messages tell no text of the answers, because any text may hold somebody's name.
impl de::Error for Misfit {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string().into())
    }

    #[cold]
    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("{} where {expected} is expected", met(unexpected)).into())
    }

    #[cold]
    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    #[cold]
    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self(format!("a word that is none of {}", expected.join(", ")).into())
    }

    #[cold]
    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self(format!("a member that is none of {}", expected.join(", ")).into())
    }
}

/// What was met, without its text, and without the formatting of fractions, which no answers hold.
fn met(unexpected: Unexpected<'_>) -> Cow<'static, str> {
    Cow::Borrowed(match unexpected {
        Unexpected::Unsigned(number) => return Cow::Owned(format!("the number {number}")),
        Unexpected::Signed(number) => return Cow::Owned(format!("the number {number}")),
        Unexpected::Bool(true) => "true",
        Unexpected::Bool(false) => "false",
        Unexpected::Str(_) | Unexpected::Char(_) => "a text",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "a list",
        Unexpected::Map => "an object",
        _ => "something else",
    })
}

impl Misfit {
    #[cold]
    pub(crate) fn new(message: &str) -> Self {
        Self(message.into())
    }
}

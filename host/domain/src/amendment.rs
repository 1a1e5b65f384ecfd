//! Amendments: revisions that change what was accepted, or what was handed in when it was due, and say of what kind the change is and why.

use serde::{Deserialize, Serialize};

use crate::limits::REVIEW_TEXT_CHARS_MAX;

/// Of what kind an amendment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AmendmentKind {
    /// Something that was stated was wrong.
    Correction,
    /// Something was missing.
    Supplement,
    /// Something is stated by another measure than before.
    Restatement,
}

impl AmendmentKind {
    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Supplement => "supplement",
            Self::Restatement => "restatement",
        }
    }

    /// The kind of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Correction, Self::Supplement, Self::Restatement].into_iter().find(|kind| kind.code() == code)
    }
}

/// What a revision is an amendment for. There is none without a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Amendment {
    kind: AmendmentKind,
    reason: String,
}

/// The reason of an amendment is empty or too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a reason of 1 to {REVIEW_TEXT_CHARS_MAX} characters")]
pub struct NoReason;

impl Amendment {
    /// An amendment of a kind for a reason.
    pub fn new(kind: AmendmentKind, reason: String) -> Result<Self, NoReason> {
        let is_empty = reason.trim().is_empty();
        if is_empty || reason.chars().count() > REVIEW_TEXT_CHARS_MAX {
            Err(NoReason)
        } else {
            Ok(Self { kind, reason })
        }
    }

    /// Of what kind it is.
    pub const fn kind(&self) -> AmendmentKind {
        self.kind
    }

    /// Why.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    kind: AmendmentKind,
    reason: String,
}

impl TryFrom<Written> for Amendment {
    type Error = NoReason;

    fn try_from(written: Written) -> Result<Self, NoReason> {
        Self::new(written.kind, written.reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amendment_has_a_kind_and_a_reason() {
        let read = |text: &str| serde_json::from_str::<Amendment>(text);
        let amendment = read(r#"{"kind": "correction", "reason": "误将演练次数填为参加人数"}"#).unwrap();
        assert_eq!((amendment.kind(), amendment.reason()), (AmendmentKind::Correction, "误将演练次数填为参加人数"));
        for wrong in
            [r#"{"kind": "correction"}"#, r#"{"kind": "correction", "reason": " "}"#, r#"{"kind": "x", "reason": "y"}"#]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        let too_long = "长".repeat(REVIEW_TEXT_CHARS_MAX + 1);
        assert_eq!(Amendment::new(AmendmentKind::Supplement, too_long), Err(NoReason));
    }

    #[test]
    fn every_kind_has_a_code_of_its_own() {
        for kind in [AmendmentKind::Correction, AmendmentKind::Supplement, AmendmentKind::Restatement] {
            assert_eq!(AmendmentKind::of_code(kind.code()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
        }
        assert_eq!(AmendmentKind::of_code("other"), None);
    }
}

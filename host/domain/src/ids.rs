//! Codes and identifiers that cannot be mixed up.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::limits::CODE_BYTES_MAX;

/// A text that is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code is 1 to {CODE_BYTES_MAX} letters, digits, `.`, `_` or `-`, and begins with a letter or a digit")]
pub struct NotCode;

fn is_code(text: &str) -> bool {
    let mut bytes = text.bytes();
    let starts_well = bytes.next().is_some_and(|byte| byte.is_ascii_alphanumeric());
    starts_well
        && text.len() <= CODE_BYTES_MAX
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotCode;
            fn from_str(text: &str) -> Result<Self, NotCode> {
                if is_code(text) { Ok(Self(text.to_owned())) } else { Err(NotCode) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    )+};
}

codes! {
    /// A federation's code, unique on the host.
    FederationCode,
    /// An org unit's code, unique in its federation and stable over renames.
    UnitCode,
    /// A round's code, unique in its federation.
    RoundCode,
}

macro_rules! uuids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

uuids! {
    /// One account of a person.
    AccountId,
    /// One proposal that a round goes on with another release.
    ActivationId,
    /// One file that was attached to a submission.
    AttachmentId,
    /// One appeal of a member.
    AppealId,
    /// One decision about a check of a round's rubric.
    CheckRuleId,
    /// One decision of several together.
    CollectiveDecisionId,
    /// One notice on its way out of the house.
    DeliveryId,
    /// One recorded run of a plugin.
    EvaluationId,
    /// One fault of a release.
    FaultId,
    /// One piece of long work.
    JobId,
    /// One message of a conversation about a submission.
    MessageId,
    /// One notice to a federation's administration or to a unit.
    NoticeId,
    /// One publication of results to the members.
    PublicationId,
    /// One thing that a member has to put right.
    RectificationId,
    /// One entry of a reviewer.
    ReviewEntryId,
    /// One bearer token (never the secret itself).
    TokenId,
    /// One time that a person is signed in.
    SessionId,
    /// One settlement of a round.
    SettlementId,
    /// One trial of a release on a round.
    TrialId,
}

//! Sessions: the time that a person is signed in, as the house keeps it. The secret is never here.

use jiff::{SignedDuration, Timestamp};

use crate::digest::Digest;
use crate::ids::{AccountId, FederationCode, SessionId};
use crate::limits::{SESSION_AGE_MAX, SESSION_IDLE_MAX};

/// A person is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its identifier.
    pub id: SessionId,
    /// The digest of the secret that the browser shows.
    pub secret_hash: Digest,
    /// The federation of the account.
    pub federation: FederationCode,
    /// Who is signed in.
    pub account: AccountId,
    /// When they signed in.
    pub began_at: Timestamp,
    /// When they were last seen, to the minute.
    pub seen_at: Timestamp,
}

impl Session {
    /// When it ends if nothing more is heard of them.
    pub fn ends_at(&self) -> Timestamp {
        let after = |begin: Timestamp, most: std::time::Duration| {
            let most = SignedDuration::try_from(most).unwrap_or(SignedDuration::MAX);
            begin.saturating_add(most).unwrap_or(Timestamp::MAX)
        };
        after(self.began_at, SESSION_AGE_MAX).min(after(self.seen_at, SESSION_IDLE_MAX))
    }

    /// Whether they are still signed in.
    pub fn is_valid_at(&self, at: Timestamp) -> bool {
        at < self.ends_at()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).expect("a time")
    }

    #[test]
    fn who_is_silent_is_signed_out_and_so_is_who_has_been_there_for_long() {
        let idle = i64::try_from(SESSION_IDLE_MAX.as_secs() / 60).expect("minutes");
        let age = i64::try_from(SESSION_AGE_MAX.as_secs() / 60).expect("minutes");
        let mut session = Session {
            id: SessionId(uuid::Uuid::nil()),
            secret_hash: Digest::of(b"secret"),
            federation: "north".parse().expect("a code"),
            account: AccountId(uuid::Uuid::nil()),
            began_at: minute(0),
            seen_at: minute(0),
        };
        assert!(session.is_valid_at(minute(idle - 1)) && !session.is_valid_at(minute(idle)));
        session.seen_at = minute(age - 1);
        assert!(session.is_valid_at(minute(age - 1)) && !session.is_valid_at(minute(age)));
    }
}

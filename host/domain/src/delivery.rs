//! Deliveries: a notice on its way out of the house, tried until it has arrived or nobody believes in it any more.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::ids::{DeliveryId, NoticeId};
use crate::limits::{MAILBOX_BYTES_MAX, WEBHOOK_URL_BYTES_MAX};

/// How long after each attempt that failed the next one is made; behind the last one it is given up.
pub const RETRY_AFTER: [Duration; 7] = [
    Duration::from_mins(1),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(6),
    Duration::from_hours(12),
    Duration::from_hours(24),
];

/// How a notice leaves the house.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Posted to the federation's own program.
    Webhook,
    /// Sent to a mailbox of the unit.
    Mail(Mailbox),
}

impl Channel {
    /// Stable, kebab-case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Mail(_) => "mail",
        }
    }
}

/// The address of an office's mailbox.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mailbox(String);

/// A text that is no address of a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an address is like `office@example.org`, without spaces and at most {MAILBOX_BYTES_MAX} bytes long")]
pub struct NotMailbox;

impl Mailbox {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Mailbox {
    type Error = NotMailbox;

    fn try_from(text: String) -> Result<Self, NotMailbox> {
        let is_plain = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && !part.ends_with('.')
                && !part.contains("..")
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte))
        };
        let (local, domain) = text.split_once('@').ok_or(NotMailbox)?;
        let fits =
            text.len() <= MAILBOX_BYTES_MAX && is_plain(local) && is_plain(domain) && !domain.contains(['%', '+', '_']);
        if fits { Ok(Self(text)) } else { Err(NotMailbox) }
    }
}

impl From<Mailbox> for String {
    fn from(mailbox: Mailbox) -> Self {
        mailbox.0
    }
}

/// Where a federation's own program hears of every notice, and the secret by which it knows that it was this house.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    /// The address that is posted to.
    pub url: WebhookUrl,
    /// What the signature is made with.
    pub secret: String,
}

impl std::fmt::Debug for Webhook {
    /// The secret is in no log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhook").field("url", &self.url).finish_non_exhaustive()
    }
}

/// The address of a federation's program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebhookUrl {
    text: String,
    authority: std::ops::Range<usize>,
}

/// A text that is no address of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an address is like `https://host/path`, without a user name, and at most {WEBHOOK_URL_BYTES_MAX} bytes long")]
pub struct NotWebhookUrl;

impl WebhookUrl {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host, with the port where one is named: what an operator allows.
    pub fn authority(&self) -> &str {
        self.text.get(self.authority.clone()).unwrap_or_default()
    }
}

impl TryFrom<String> for WebhookUrl {
    type Error = NotWebhookUrl;

    fn try_from(text: String) -> Result<Self, NotWebhookUrl> {
        let start =
            ["https://", "http://"].iter().find(|scheme| text.starts_with(**scheme)).ok_or(NotWebhookUrl)?.len();
        let length = text[start..].find(['/', '?', '#']).unwrap_or(text.len() - start);
        let authority = start..start + length;
        let named = &text[authority.clone()];
        let is_host =
            !named.is_empty() && named.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
        let is_plain = text.len() <= WEBHOOK_URL_BYTES_MAX && text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_host && is_plain { Ok(Self { text, authority }) } else { Err(NotWebhookUrl) }
    }
}

impl From<WebhookUrl> for String {
    fn from(url: WebhookUrl) -> Self {
        url.text
    }
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryState {
    /// It waits for its first or next attempt, or is under way.
    Waiting,
    /// It has arrived.
    Sent,
    /// It was tried too often.
    GaveUp,
}

impl DeliveryState {
    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::GaveUp => "gave-up",
        }
    }

    /// The state of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Waiting, Self::Sent, Self::GaveUp].into_iter().find(|state| state.code() == code)
    }
}

/// A notice on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Its identifier: the same in every attempt, so that whoever gets it twice knows.
    pub id: DeliveryId,
    /// What is delivered.
    pub notice: NoticeId,
    /// How.
    pub channel: Channel,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, while it waits.
    pub next_at: Timestamp,
}

/// One attempt at delivering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryAttempt {
    /// Counts from 1.
    pub number: u32,
    /// When it ended.
    pub at: Timestamp,
    /// Why it failed; none where it arrived.
    pub failure: Option<String>,
}

/// What becomes of a delivery after an attempt.
pub fn after_attempt(attempts: u32, at: Timestamp, has_arrived: bool) -> (DeliveryState, Timestamp) {
    if has_arrived {
        return (DeliveryState::Sent, at);
    }
    let pause = usize::try_from(attempts.saturating_sub(1)).ok().and_then(|index| RETRY_AFTER.get(index));
    let Some(pause) = pause else { return (DeliveryState::GaveUp, at) };
    let pause = SignedDuration::try_from(*pause).unwrap_or(SignedDuration::MAX);
    (DeliveryState::Waiting, at.checked_add(pause).unwrap_or(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_is_tried_again_after_longer_and_longer_pauses_and_then_given_up() {
        let at: Timestamp = "2025-01-24T08:00:00Z".parse().unwrap();
        assert_eq!(after_attempt(1, at, true), (DeliveryState::Sent, at));
        assert_eq!(after_attempt(1, at, false), (DeliveryState::Waiting, "2025-01-24T08:01:00Z".parse().unwrap()));
        assert_eq!(after_attempt(7, at, false), (DeliveryState::Waiting, "2025-01-25T08:00:00Z".parse().unwrap()));
        assert_eq!(after_attempt(8, at, false), (DeliveryState::GaveUp, at));
        assert!(RETRY_AFTER.is_sorted());
    }

    #[test]
    fn a_mailbox_holds_nothing_that_could_become_a_header() {
        for good in ["office@example.org", "a.b-c+d@x.co"] {
            assert!(Mailbox::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in [
            "office",
            "@x.org",
            "a@",
            "a b@x.org",
            "a@x.org\r\nBcc: b@x.org",
            "a@b@c",
            "王@x.org",
            "a@.org",
            "a,b@x.org",
        ] {
            assert!(Mailbox::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_address_names_its_host_and_nobodys_password() {
        let url = |text: &str| WebhookUrl::try_from(text.to_owned());
        assert_eq!(url("https://oa.example.org:8443/hook?x=1").unwrap().authority(), "oa.example.org:8443");
        assert_eq!(url("http://127.0.0.1:9").unwrap().authority(), "127.0.0.1:9");
        for bad in ["ftp://x", "https://", "https://user:pw@x/", "https://x y/", "https:///path", "x"] {
            assert_eq!(url(bad), Err(NotWebhookUrl), "{bad}");
        }
    }
}

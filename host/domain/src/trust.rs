//! Trust: whose signatures a federation believes, and what it does about a component without one.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What happens to a component whose signature does not hold, or that has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureRule {
    /// Signatures are not looked at.
    #[default]
    Off,
    /// It is admitted, and what was wrong is recorded with it.
    Warn,
    /// It is turned away before anything of it is compiled.
    Require,
}

/// The identifier that a minisign key and its signatures carry, as minisign prints it: 16 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(u64);

impl KeyId {
    /// From the eight bytes of a key or a signature.
    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(u64::from_le_bytes(bytes))
    }
}

/// A text that is not 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key's identifier of 16 hexadecimal digits")]
pub struct NotKeyId;

impl FromStr for KeyId {
    type Err = NotKeyId;

    fn from_str(text: &str) -> Result<Self, NotKeyId> {
        let is_hexadecimal = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u64::from_str_radix(text, 16).ok().filter(|_| is_hexadecimal);
        number.map(Self).ok_or(NotKeyId)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016X}", self.0)
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

impl Serialize for KeyId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for KeyId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// That somebody did something to a key, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyAct {
    /// When.
    pub at: Timestamp,
    /// Who: the label of a token.
    pub by: String,
}

/// A public key that a federation trusts, or trusted once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedKey {
    /// As minisign prints it.
    pub id: KeyId,
    /// The key as minisign writes it, in Base64.
    pub key: String,
    /// Whose it is, in the federation's words.
    pub label: String,
    /// Since when it is trusted, and by whose decision.
    pub added: KeyAct,
    /// Set once it is not trusted any more. What it had signed by then stays signed.
    #[serde(default)]
    pub removed: Option<KeyAct>,
}

impl TrustedKey {
    /// Whether it is trusted now.
    pub const fn is_trusted(&self) -> bool {
        self.removed.is_none()
    }
}

/// What a federation has decided about signatures. It is replaced as a whole, and every version is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustPolicy {
    /// What happens to a component whose signature does not hold.
    pub signatures: SignatureRule,
    /// Every key that is or was trusted, the oldest first.
    pub keys: Vec<TrustedKey>,
}

impl TrustPolicy {
    /// The keys that are trusted now.
    pub fn trusted(&self) -> impl Iterator<Item = &TrustedKey> {
        self.keys.iter().filter(|key| key.is_trusted())
    }
}

/// A signature over a release's component that was verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// By which key.
    pub key: KeyId,
    /// What the federation called the key when it verified the signature.
    pub key_label: String,
    /// What the signer signed along with the component: mostly a file's name and a time.
    pub trusted_comment: String,
    /// When.
    pub verified_at: Timestamp,
}

/// What was wrong with the signature of a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureDoubt {
    /// There was none.
    SignatureRequired,
    /// It is no minisign signature.
    SignatureMalformed,
    /// No key with its identifier is trusted.
    KeyNotTrusted,
    /// The trusted key did not make it over these bytes.
    SignatureWrong,
}

impl SignatureDoubt {
    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignatureRequired => "signature-required",
            Self::SignatureMalformed => "signature-malformed",
            Self::KeyNotTrusted => "key-not-trusted",
            Self::SignatureWrong => "signature-wrong",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keys_identifier_is_written_as_minisign_writes_it() {
        let id = KeyId::from_bytes([0x1F, 0xE8, 0xB4, 0x42, 0x18, 0x0F, 0x62, 0xE7]);
        assert_eq!(id.to_string(), "E7620F1842B4E81F");
        assert_eq!("E7620F1842B4E81F".parse(), Ok(id));
        assert_eq!("e7620f1842b4e81f".parse(), Ok(id));
        for other in ["", "E7620F1842B4E81", "+7620F1842B4E81F", "E7620F1842B4E81FF", "G7620F1842B4E81F"] {
            assert_eq!(other.parse::<KeyId>(), Err(NotKeyId), "{other}");
        }
    }
}

//! A federation decides whose signatures count, and what becomes of components without one.

use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::ids::FederationCode;
use domain::limits::{KNOWN_KEYS_MAX, TRUSTED_KEYS_MAX};
use domain::trust::{KeyAct, KeyId, SignatureRule, TrustPolicy, TrustedKey};
use serde::{Deserialize, Serialize};
use store::StoreError;

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;
use crate::signature::public_key;

/// What a federation has decided, with the version of that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrustView {
    /// Grows with every decision; 0 before the first.
    pub version: u64,
    /// What happens to a component whose signature does not hold.
    pub signatures: SignatureRule,
    /// Every key that is or was trusted, the oldest first.
    pub keys: Vec<TrustedKey>,
}

/// What a federation decides: the rule, and the keys that are trusted from now on. A key that is left out is not trusted any more.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTrust {
    /// What happens to a component whose signature does not hold.
    pub signatures: SignatureRule,
    /// All keys that are trusted from now on.
    #[serde(default)]
    pub keys: Vec<NewKey>,
    /// Why.
    pub reason: String,
    /// The version that the decision was made upon; whoever leaves it out decides whatever was decided meanwhile.
    #[serde(default)]
    pub based_on: Option<u64>,
}

/// A key to be trusted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// The public key as minisign writes it: the line in Base64, or the whole file.
    pub key: String,
    /// Whose it is.
    pub label: String,
}

impl Office {
    /// What the federation has decided about signatures.
    pub async fn trust(&self, caller: &Caller, federation: &FederationCode) -> Result<TrustView, OperationError> {
        let scope = self.scope(caller, Operation::SteerTrust, federation)?;
        let (policy, version) = scope.trust().await?;
        Ok(view(policy, version))
    }

    /// Decides about signatures. It holds for what comes in from now on; what was admitted stays as it is.
    pub async fn decide_trust(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        new: NewTrust,
    ) -> Result<TrustView, OperationError> {
        let scope = self.scope(caller, Operation::SteerTrust, federation)?;
        let (before, version) = scope.trust().await?;
        if new.based_on.is_some_and(|based_on| based_on != version) {
            return Err(OperationError::Stale { current: None });
        }
        let mut problems = Problems::default();
        problems.name("/reason", &new.reason);
        let wanted = keys(&new, &mut problems);
        problems.none_left()?;
        let act = KeyAct { at: self.now(), by: caller.label.clone() };
        let policy = TrustPolicy { signatures: new.signatures, keys: merged(&before.keys, wanted, &act) };
        if policy == before {
            return Ok(view(policy, version));
        }
        let left = Digest::of(&rmp_serde::to_vec_named(&policy).map_err(OperationError::host)?);
        let act = self.act(caller, "steer-trust", "trust".to_owned(), Some(left), &new.reason);
        match scope.keep_trust(&policy, version, act).await {
            Ok(version) => Ok(view(policy, version)),
            // What is there now is a decision, not a revision.
            Err(StoreError::Stale { .. }) => Err(OperationError::Stale { current: None }),
            Err(error) => Err(error.into()),
        }
    }
}

fn view(policy: TrustPolicy, version: u64) -> TrustView {
    TrustView { version, signatures: policy.signatures, keys: policy.keys }
}

/// A key that is to be trusted, read.
struct Wanted {
    id: KeyId,
    key: String,
    label: String,
}

/// The keys that are wanted, as far as they are keys.
fn keys(new: &NewTrust, problems: &mut Problems) -> Vec<Wanted> {
    if new.keys.len() > TRUSTED_KEYS_MAX {
        problems.add("/keys", "too-many", &[("limit", &TRUSTED_KEYS_MAX.to_string())]);
        return Vec::new();
    }
    if new.signatures == SignatureRule::Require && new.keys.is_empty() {
        problems.add("/keys", "no-key-to-require", &[]);
    }
    let mut wanted: Vec<Wanted> = Vec::new();
    for (index, NewKey { key, label }) in new.keys.iter().enumerate() {
        problems.name(format!("/keys/{index}/label"), label);
        let at = format!("/keys/{index}/key");
        let line = key.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
        match public_key(line) {
            None => problems.add(at, "not-a-key", &[]),
            Some(_) if wanted.iter().any(|other| other.key == line) => problems.add(at, "repeated", &[]),
            Some((id, _)) => wanted.push(Wanted { id, key: line.to_owned(), label: label.trim().to_owned() }),
        }
    }
    wanted
}

/// The keys that were known, as of now: those that are not wanted any more removed, new ones behind them. A key that is trusted again
/// after it was removed stands there twice, so that it shows when it was not.
fn merged(before: &[TrustedKey], wanted: Vec<Wanted>, act: &KeyAct) -> Vec<TrustedKey> {
    let mut keys = before.to_vec();
    for known in keys.iter_mut().filter(|known| known.is_trusted()) {
        match wanted.iter().find(|wanted| wanted.key == known.key) {
            Some(wanted) => known.label.clone_from(&wanted.label),
            None => known.removed = Some(act.clone()),
        }
    }
    for wanted in wanted {
        if !keys.iter().any(|known| known.is_trusted() && known.key == wanted.key) {
            let Wanted { id, key, label } = wanted;
            keys.push(TrustedKey { id, key, label, added: act.clone(), removed: None });
        }
    }
    // Every decision is kept: what is left out here is found in the earlier ones.
    while keys.len() > KNOWN_KEYS_MAX {
        let Some(oldest) = keys.iter().position(|known| !known.is_trusted()) else { break };
        keys.remove(oldest);
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act(by: &str) -> KeyAct {
        KeyAct { at: "2025-01-20T08:00:00Z".parse().expect("a time"), by: by.to_owned() }
    }

    fn key(key: &str, label: &str, removed: Option<&str>) -> TrustedKey {
        let id = "00000000000000AA".parse().expect("an identifier");
        TrustedKey { id, key: key.to_owned(), label: label.to_owned(), added: act("first"), removed: removed.map(act) }
    }

    fn wanted(keys: &[(&str, &str)]) -> Vec<Wanted> {
        let id = "00000000000000AA".parse().expect("an identifier");
        keys.iter().map(|(key, label)| Wanted { id, key: (*key).to_owned(), label: (*label).to_owned() }).collect()
    }

    #[test]
    fn a_key_that_is_left_out_is_removed_and_one_that_returns_stands_twice() {
        let one = merged(&[], wanted(&[("a", "A"), ("b", "B")]), &act("first"));
        assert_eq!(one, [key("a", "A", None), key("b", "B", None)]);
        let two = merged(&one, wanted(&[("b", "B anew")]), &act("second"));
        assert_eq!(two, [key("a", "A", Some("second")), key("b", "B anew", None)]);
        let three = merged(&two, wanted(&[("b", "B anew"), ("a", "A")]), &act("third"));
        let again = TrustedKey { added: act("third"), ..key("a", "A", None) };
        assert_eq!(three, [key("a", "A", Some("second")), key("b", "B anew", None), again]);
        assert_eq!(merged(&three, wanted(&[("a", "A"), ("b", "B anew")]), &act("fourth")), three);
    }

    #[test]
    fn keys_that_are_long_removed_make_room() {
        let mut keys = Vec::new();
        for number in 0..=KNOWN_KEYS_MAX {
            keys = merged(&keys, wanted(&[(&number.to_string(), "k")]), &act("admin"));
        }
        assert_eq!(keys.len(), KNOWN_KEYS_MAX);
        assert_eq!((keys[0].key.as_str(), keys[KNOWN_KEYS_MAX - 1].is_trusted()), ("1", true));
    }
}

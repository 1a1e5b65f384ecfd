//! Signatures over components: what minisign says of one, before anything of the component is looked at by anybody else.
//!
//! It is done here and not in the sandbox: whose keys count is the federation's own decision, which the sandbox knows nothing of, and
//! what is not trusted must not reach the sandbox at all. The crate that verifies has no dependencies.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::limits::{SIGNATURE_BYTES_MAX, TRUSTED_COMMENT_CHARS_MAX};
use domain::text::one_line;
use domain::trust::{KeyId, Signature, SignatureDoubt, TrustPolicy, TrustedKey};
use jiff::Timestamp;
use minisign_verify::{Error, PublicKey};

/// What a minisign file's first bytes say: two of the algorithm, eight of the key.
const KEY_ID: std::ops::Range<usize> = 2..10;

/// What minisign says of a component and the signature that came with it: the `.minisig` file in Base64.
pub(crate) fn verify(
    policy: &TrustPolicy,
    sent: Option<&str>,
    component: &[u8],
    now: Timestamp,
) -> Result<Signature, SignatureDoubt> {
    let sent = sent.ok_or(SignatureDoubt::SignatureRequired)?;
    let (key, signature) = read(sent).ok_or(SignatureDoubt::SignatureMalformed)?;
    let mut doubt = SignatureDoubt::KeyNotTrusted;
    // An identifier is eight bytes that the key's maker chose: two keys may have the same.
    for trusted in policy.trusted().filter(|trusted| trusted.id == key) {
        let Some((_, public)) = public_key(&trusted.key) else { continue };
        match public.verify(component, &signature, false) {
            Ok(()) => return Ok(signed(trusted, &signature, now)),
            // Signatures of the first versions of minisign are over the bytes themselves; today's are over their hash.
            Err(Error::UnexpectedAlgorithm) => doubt = SignatureDoubt::SignatureMalformed,
            Err(_) => doubt = SignatureDoubt::SignatureWrong,
        }
    }
    Err(doubt)
}

fn signed(key: &TrustedKey, signature: &minisign_verify::Signature, now: Timestamp) -> Signature {
    Signature {
        key: key.id,
        key_label: key.label.clone(),
        trusted_comment: one_line(signature.trusted_comment(), TRUSTED_COMMENT_CHARS_MAX),
        verified_at: now,
    }
}

/// A signature and the key that it says it is of.
fn read(sent: &str) -> Option<(KeyId, minisign_verify::Signature)> {
    if sent.len() > SIGNATURE_BYTES_MAX {
        return None;
    }
    let file = String::from_utf8(STANDARD.decode(sent.trim()).ok()?).ok()?;
    let signature = minisign_verify::Signature::decode(&file).ok()?;
    Some((key_id(file.lines().nth(1)?)?, signature))
}

/// A public key with its identifier, from the key alone or from the whole `.pub` file.
pub(crate) fn public_key(text: &str) -> Option<(KeyId, PublicKey)> {
    let line = text.lines().map(str::trim).rfind(|line| !line.is_empty())?;
    Some((key_id(line)?, PublicKey::from_base64(line).ok()?))
}

fn key_id(base64: &str) -> Option<KeyId> {
    let bytes = STANDARD.decode(base64.trim()).ok()?;
    Some(KeyId::from_bytes(bytes.get(KEY_ID)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use domain::trust::{KeyAct, SignatureRule};
    use minisign::KeyPair;

    use super::*;

    const COMPONENT: &[u8] = b"\0asm\x0d\0\x01\0";

    fn now() -> Timestamp {
        "2025-01-20T08:00:00Z".parse().expect("a time")
    }

    fn pair() -> KeyPair {
        KeyPair::generate_unencrypted_keypair().expect("a key pair")
    }

    fn trusted(pair: &KeyPair) -> TrustedKey {
        let key = pair.pk.to_base64();
        let (id, _) = public_key(&key).expect("a key");
        TrustedKey { id, key, label: "某公司".to_owned(), added: act(), removed: None }
    }

    fn act() -> KeyAct {
        KeyAct { at: now(), by: "admin".to_owned() }
    }

    fn policy(keys: Vec<TrustedKey>) -> TrustPolicy {
        TrustPolicy { signatures: SignatureRule::Require, keys }
    }

    fn file(pair: &KeyPair, component: &[u8], comment: &str) -> String {
        let signed = minisign::sign(Some(&pair.pk), &pair.sk, Cursor::new(component), Some(comment), Some("any"));
        signed.expect("a signature").into_string()
    }

    fn header(pair: &KeyPair) -> String {
        STANDARD.encode(file(pair, COMPONENT, "file:rubric.wasm"))
    }

    fn of(policy: &TrustPolicy, sent: &str) -> Result<Signature, SignatureDoubt> {
        verify(policy, Some(sent), COMPONENT, now())
    }

    #[test]
    fn what_a_trusted_key_signed_is_signed() {
        let pair = pair();
        let key = trusted(&pair);
        let signature = of(&policy(vec![key.clone()]), &header(&pair)).expect("a signature");
        assert_eq!((signature.key, signature.key_label.as_str()), (key.id, "某公司"));
        assert_eq!((signature.trusted_comment.as_str(), signature.verified_at), ("file:rubric.wasm", now()));
    }

    #[test]
    fn every_doubt_has_its_name() {
        let (pair, other) = (pair(), pair());
        let trusting = policy(vec![trusted(&pair)]);
        assert_eq!(verify(&trusting, None, COMPONENT, now()), Err(SignatureDoubt::SignatureRequired));
        assert_eq!(of(&trusting, &header(&other)), Err(SignatureDoubt::KeyNotTrusted));
        assert_eq!(of(&policy(Vec::new()), &header(&pair)), Err(SignatureDoubt::KeyNotTrusted));
        let removed = TrustedKey { removed: Some(act()), ..trusted(&pair) };
        assert_eq!(of(&policy(vec![removed]), &header(&pair)), Err(SignatureDoubt::KeyNotTrusted));
        let of_other_bytes = STANDARD.encode(file(&pair, b"other bytes", "file:rubric.wasm"));
        assert_eq!(of(&trusting, &of_other_bytes), Err(SignatureDoubt::SignatureWrong));
        let with_other_comment = file(&pair, COMPONENT, "file:rubric.wasm").replace("rubric.wasm", "report.wasm");
        assert_eq!(of(&trusting, &STANDARD.encode(with_other_comment)), Err(SignatureDoubt::SignatureWrong));
        for malformed in ["", "not base64!", "bm90IG1pbmlzaWdu", &"A".repeat(SIGNATURE_BYTES_MAX + 4)] {
            assert_eq!(of(&trusting, malformed), Err(SignatureDoubt::SignatureMalformed), "{malformed}");
        }
    }

    #[test]
    fn a_signature_of_the_first_versions_of_minisign_is_no_signature() {
        // The public example of the crate: over the bytes themselves.
        let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
        let old = "untrusted comment: signature from minisign secret key
RWQf6LRCGA9i59SLOFxz6NxvASXDJeRtuZykwQepbDEGt87ig1BNpWaVWuNrm73YiIiJbq71Wi+dP9eKL8OC351vwIasSSbXxwA=
trusted comment: timestamp:1555779966\tfile:test
QtKMXWyYcwdpZAlPF7tE2ENJkRd1ujvKjlj1m9RtHTBnZPa5WKU5uWRs5GoP5M/VqE81QFuMKI5k/SfNQUaOAA==";
        let (id, _) = public_key(key).expect("a key");
        assert_eq!(id.to_string(), "E7620F1842B4E81F");
        let trusted = TrustedKey { id, key: key.to_owned(), label: "x".to_owned(), added: act(), removed: None };
        let doubt = verify(&policy(vec![trusted]), Some(&STANDARD.encode(old)), b"test", now());
        assert_eq!(doubt, Err(SignatureDoubt::SignatureMalformed));
    }

    #[test]
    fn of_two_keys_with_one_identifier_either_may_sign() {
        let (pair, other) = (pair(), pair());
        let mut twin = trusted(&other);
        twin.id = trusted(&pair).id;
        assert!(of(&policy(vec![twin, trusted(&pair)]), &header(&pair)).is_ok());
    }

    #[test]
    fn a_key_is_read_from_its_line_and_from_its_file() {
        let pair = pair();
        let line = pair.pk.to_base64();
        let whole = format!("untrusted comment: minisign public key\n{line}\n");
        assert_eq!(public_key(&line).map(|(id, _)| id), public_key(&whole).map(|(id, _)| id));
        assert!(public_key(&line).is_some());
        for other in ["", "not a key", &line[1..], &pair.sk.to_box(None).expect("a box").to_string()] {
            assert!(public_key(other).is_none(), "{other}");
        }
    }
}

//! Signing what the house attests (receipts, checkpoints of the audit log), and verifying it without the house.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::audit::{Checkpoint, CheckpointBody};
use domain::ids::FederationCode;
use domain::review_entry::{ReviewEntry, Seal};
use domain::submission::{Receipt, ReceiptBody};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

/// Signs with the host's Ed25519 key.
pub struct Signer {
    key: SigningKey,
    public: String,
}

impl Signer {
    /// A signer from the 32 secret bytes of an Ed25519 key.
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(secret);
        let public = STANDARD.encode(key.verifying_key().as_bytes());
        Self { key, public }
    }

    /// The public key, Base64: what the federation publishes so that anybody can verify a receipt.
    pub fn public_key(&self) -> &str {
        &self.public
    }

    /// The signed receipt of what is attested.
    pub(crate) fn sign(&self, body: ReceiptBody) -> Receipt {
        Receipt { signature: self.signature_of(&body.signed_bytes()), key: self.public.clone(), body }
    }

    /// The signed checkpoint of what is attested.
    pub(crate) fn attest(&self, body: CheckpointBody) -> Checkpoint {
        Checkpoint { signature: self.signature_of(&body.signed_bytes()), key: self.public.clone(), body }
    }

    /// The signature over some bytes, Base64.
    pub(crate) fn signature_of(&self, bytes: &[u8]) -> String {
        STANDARD.encode(self.key.sign(bytes).to_bytes())
    }

    /// The host's signature over some bytes.
    pub(crate) fn seal(&self, bytes: &[u8]) -> Seal {
        Seal { key: self.public.clone(), signature: self.signature_of(bytes) }
    }
}

/// Something that the holder of the key did not attest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it was not signed by this key, or was changed afterwards")]
pub struct NotGenuine;

/// Verifies a receipt off-line against the public key (Base64) that the host published. The key that
/// stands in the receipt itself proves nothing and is only compared.
pub fn verify_receipt(receipt: &Receipt, public_key: &str) -> Result<(), NotGenuine> {
    if receipt.key != public_key {
        return Err(NotGenuine);
    }
    verify(&receipt.body.signed_bytes(), &receipt.signature, public_key)
}

/// Whether one of the public keys (Base64) that the host published signed a checkpoint.
pub(crate) fn verify_checkpoint(checkpoint: &Checkpoint, public_keys: &[String]) -> bool {
    public_keys.contains(&checkpoint.key)
        && verify(&checkpoint.body.signed_bytes(), &checkpoint.signature, &checkpoint.key).is_ok()
}

/// Whether a signature (Base64) over some bytes is one of a public key (Base64).
pub(crate) fn verify(bytes: &[u8], signature: &str, public_key: &str) -> Result<(), NotGenuine> {
    let key: [u8; 32] = decode(public_key)?;
    let signature: [u8; 64] = decode(signature)?;
    let key = VerifyingKey::from_bytes(&key).map_err(|_| NotGenuine)?;
    key.verify_strict(bytes, &Signature::from_bytes(&signature)).map_err(|_| NotGenuine)
}

/// Verifies a reviewer's entry off-line against the public key (Base64) that the host published.
pub fn verify_review_entry(
    entry: &ReviewEntry,
    seal: &Seal,
    federation: &FederationCode,
    public_key: &str,
) -> Result<(), NotGenuine> {
    if seal.key != public_key {
        return Err(NotGenuine);
    }
    verify(&entry.signed_bytes(federation), &seal.signature, public_key)
}

fn decode<const N: usize>(text: &str) -> Result<[u8; N], NotGenuine> {
    STANDARD.decode(text).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(NotGenuine)
}

//! The signature of an identity: by a key that the provider publishes, of a kind that only its private half can make.

use domain::sign_on::SignOnDoubt;
use jsonwebtoken::jwk::{Jwk, KeyAlgorithm};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::Value;

/// What is believed: never a shared secret, and never nothing.
const KINDS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// The claims of a signed identity, if one of the published keys signed it. Nothing that they say is looked at here.
pub(crate) fn claims_of(identity: &str, keys: &Value) -> Result<Value, SignOnDoubt> {
    let header = decode_header(identity).map_err(|_| SignOnDoubt::Signature)?;
    if !KINDS.contains(&header.alg) {
        return Err(SignOnDoubt::Signature);
    }
    let published = keys["keys"].as_array().ok_or(SignOnDoubt::Signature)?;
    // Keys of kinds that are not known here stand beside those that are.
    let known = published.iter().filter_map(|key| serde_json::from_value::<Jwk>(key.clone()).ok());
    let named = known.filter(|key| header.kid.is_none() || key.common.key_id == header.kid);
    let fits = |key: &Jwk| match key.common.key_algorithm {
        None => true,
        Some(kind) => kind == KeyAlgorithm::from(header.alg),
    };
    let mut validation = Validation::new(header.alg);
    // Times, issuer and audience are looked at by the house's own rules and its own clock.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    for key in named.filter(fits) {
        let Ok(key) = DecodingKey::from_jwk(&key) else { continue };
        if let Ok(read) = decode::<Value>(identity, &key, &validation) {
            return Ok(read.claims);
        }
    }
    Err(SignOnDoubt::Signature)
}

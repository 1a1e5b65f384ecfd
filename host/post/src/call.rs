//! Calls: a message posted to a federation's own program, signed so that the program knows that it was this house.

use domain::delivery::Webhook;
use domain::ids::DeliveryId;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

use crate::{NotDelivered, Post};

/// A call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Its identifier, the same in every attempt: a program that is called twice can tell.
    pub id: DeliveryId,
    /// When this attempt is made; signed along, so that nobody can repeat an old call.
    pub at: Timestamp,
    /// What it says: JSON.
    pub body: Vec<u8>,
}

/// What a call bears in `Huizong-Signature`: `v1=` and the HMAC-SHA-256, in hexadecimal digits, of the seconds in `Huizong-Timestamp`, a full stop,
/// and the body, with the secret as the key.
pub fn signature(secret: &str, seconds: i64, body: &[u8]) -> String {
    // A key of any length is taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    let digits = mac.finalize().into_bytes();
    let digits: String = digits.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("v1={digits}")
}

impl Post {
    /// Calls a federation's program; `Ok` once it has answered with a 2xx. What else it answers is not read.
    pub async fn call(&self, webhook: &Webhook, call: &Call) -> Result<(), NotDelivered> {
        if !self.may_call(&webhook.url) {
            return Err(NotDelivered::HostNotAllowed);
        }
        let seconds = call.at.as_second();
        let request = self
            .http
            .post(webhook.url.as_str())
            .header("content-type", "application/json")
            .header("huizong-delivery", call.id.to_string())
            .header("huizong-timestamp", seconds.to_string())
            .header("huizong-signature", signature(&webhook.secret, seconds, &call.body))
            .body(call.body.clone());
        let answered = request.send().await.map_err(|error| {
            let error = error.without_url();
            let kind = if error.is_timeout() { "timeout" } else { "connection" };
            NotDelivered::NotReached(kind.to_owned())
        })?;
        let status = answered.status();
        if status.is_success() { Ok(()) } else { Err(NotDelivered::Declined(status.as_u16().to_string())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_one_that_everybody_else_computes() {
        // printf '1706144400.{"a":1}' | openssl dgst -sha256 -hmac 'a secret of the federation'
        let made = signature("a secret of the federation", 1_706_144_400, br#"{"a":1}"#);
        assert_eq!(made, "v1=4ef3fcbeff6e58aa75c9c6914ed7145c13b7d5ec68611f488f0c9987f0b0e26c");
        assert_ne!(made, signature("a secret of the federation", 1_706_144_401, br#"{"a":1}"#));
    }
}

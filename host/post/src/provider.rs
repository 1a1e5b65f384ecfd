//! Questions to a provider of identities: what it says of itself, and a code exchanged for an identity.

use domain::delivery::WebhookUrl;
use domain::limits::PROVIDER_ANSWER_BYTES_MAX;

use crate::{NotDelivered, Post};

impl Post {
    /// Whether the operator lets the house ask a provider of identities.
    pub fn may_ask(&self, url: &WebhookUrl) -> bool {
        self.sign_on_hosts.contains(url.authority())
    }

    /// What a provider says at an address.
    pub async fn ask(&self, url: &WebhookUrl) -> Result<Vec<u8>, NotDelivered> {
        self.answered(url, self.http.get(url.as_str()).header("accept", "application/json")).await
    }

    /// What a provider gives for a form; the house says who it is by name and secret, where it has one.
    pub async fn exchange(
        &self,
        url: &WebhookUrl,
        form: String,
        client: Option<(&str, &str)>,
    ) -> Result<Vec<u8>, NotDelivered> {
        let request = self.http.post(url.as_str()).header("accept", "application/json");
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
        let request = match client {
            Some((name, secret)) => request.basic_auth(name, Some(secret)),
            None => request,
        };
        self.answered(url, request).await
    }

    async fn answered(&self, url: &WebhookUrl, request: reqwest::RequestBuilder) -> Result<Vec<u8>, NotDelivered> {
        if !self.may_ask(url) {
            return Err(NotDelivered::HostNotAllowed);
        }
        let not_reached = |error: reqwest::Error| {
            let kind = if error.is_timeout() { "timeout" } else { "connection" };
            NotDelivered::NotReached(kind.to_owned())
        };
        let mut answer = request.send().await.map_err(not_reached)?;
        if !answer.status().is_success() {
            return Err(NotDelivered::Declined(answer.status().as_u16().to_string()));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(not_reached)? {
            if bytes.len() + chunk.len() > PROVIDER_ANSWER_BYTES_MAX {
                return Err(NotDelivered::Declined("too long".to_owned()));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

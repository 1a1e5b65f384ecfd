//! Where notices go: the mailboxes of units, and the federation's own program.

use std::collections::BTreeSet;

use domain::access::{Caller, Operation};
use domain::delivery::{Mailbox, Webhook, WebhookUrl};
use domain::ids::{FederationCode, UnitCode};
use domain::limits::{MAILBOXES_MAX, WEBHOOK_SECRET_BYTES_MAX, WEBHOOK_SECRET_BYTES_MIN};
use serde::{Deserialize, Serialize};

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;

/// The federation's own program that hears of every notice.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// Where it is called; left out where none is called any more.
    #[serde(default)]
    pub url: Option<String>,
    /// What the calls are signed with.
    #[serde(default)]
    pub secret: Option<String>,
}

/// The federation's own program, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WebhookView {
    /// Where it is called; none where none is.
    pub url: Option<WebhookUrl>,
}

impl Office {
    /// The mailboxes of a unit.
    pub async fn mailboxes(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        unit: &UnitCode,
    ) -> Result<Vec<Mailbox>, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        Ok(scope.mailboxes(unit).await?)
    }

    /// Names the mailboxes of a unit: these and no others.
    pub async fn name_mailboxes(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        unit: &UnitCode,
        mailboxes: Vec<String>,
    ) -> Result<(), OperationError> {
        let scope = self.scope(caller, Operation::RegisterUnits, federation)?;
        let mut problems = Problems::default();
        if mailboxes.len() > MAILBOXES_MAX {
            problems.add("", "too-many", &[("limit", &MAILBOXES_MAX.to_string())]);
        }
        let mut named = Vec::new();
        let mut seen = BTreeSet::new();
        for (index, text) in mailboxes.into_iter().enumerate().take(MAILBOXES_MAX) {
            let at = format!("/{index}");
            if !seen.insert(text.to_lowercase()) {
                problems.add(&at, "repeated", &[]);
            }
            match Mailbox::try_from(text) {
                Ok(mailbox) => named.push(mailbox),
                Err(_) => problems.add(&at, "not-a-mailbox", &[]),
            }
        }
        problems.none_left()?;
        // The addresses may be somebody's own; the log that outsiders read says only how many.
        let act = self.act(caller, "name-mailboxes", format!("unit/{unit}/mailboxes/{}", named.len()), None, "");
        Ok(scope.keep_mailboxes(unit, &named, act).await?)
    }

    /// The federation's own program.
    pub async fn webhook(&self, caller: &Caller, federation: &FederationCode) -> Result<WebhookView, OperationError> {
        let scope = self.scope(caller, Operation::ReadPost, federation)?;
        Ok(WebhookView { url: scope.webhook().await?.map(|webhook| webhook.url) })
    }

    /// Sets the federation's own program, or that there is none any more. The operator decides which hosts may be called.
    pub async fn set_webhook(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        new: NewWebhook,
    ) -> Result<WebhookView, OperationError> {
        let scope = self.scope(caller, Operation::SteerPost, federation)?;
        let mut problems = Problems::default();
        let webhook = match new.url {
            None => {
                if new.secret.is_some() {
                    problems.add("/url", "empty", &[]);
                }
                None
            }
            Some(url) => {
                let url = WebhookUrl::try_from(url);
                match &url {
                    Err(_) => problems.add("/url", "not-a-program", &[]),
                    Ok(url) if !self.house.post.may_call(url) => problems.add("/url", "host-not-allowed", &[]),
                    Ok(_) => {}
                }
                let secret = new.secret.unwrap_or_default();
                if !(WEBHOOK_SECRET_BYTES_MIN..=WEBHOOK_SECRET_BYTES_MAX).contains(&secret.len()) {
                    let (least, most) = (WEBHOOK_SECRET_BYTES_MIN.to_string(), WEBHOOK_SECRET_BYTES_MAX.to_string());
                    problems.add("/secret", "out-of-bounds", &[("least", &least), ("most", &most)]);
                }
                url.ok().map(|url| Webhook { url, secret })
            }
        };
        problems.none_left()?;
        let verb = if webhook.is_some() { "set-webhook" } else { "remove-webhook" };
        let named = webhook.as_ref().map(|webhook| webhook.url.as_str()).unwrap_or_default();
        let act = self.act(caller, verb, "webhook".to_owned(), None, named);
        scope.keep_webhook(webhook.as_ref(), act).await?;
        Ok(WebhookView { url: webhook.map(|webhook| webhook.url) })
    }
}

//! Notices leave the house: one after the other, tried again after longer and longer pauses, and seen by the administration where they are stuck.

use std::time::Duration;

use domain::access::{Caller, Operation};
use domain::delivery::{Channel, Delivery, DeliveryAttempt, DeliveryState, RETRY_AFTER, after_attempt};
use domain::ids::{DeliveryId, FederationCode};
use domain::limits::{DELIVERY_LEASE, PAGE_ITEMS_MAX};
use jiff::{SignedDuration, Timestamp};
use post::{Call, Letter, NotDelivered};
use serde::Serialize;
use serde_json::json;
use store::TakenDelivery;
use tokio_util::sync::CancellationToken;

use crate::error::OperationError;
use crate::member_notice::MemberNoticeView;
use crate::office::Office;

/// How often the outbox is looked into for what another host put there.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long the loop rests after the store failed.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(2);

/// A delivery with everything that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeliveryView {
    /// The delivery.
    #[serde(flatten)]
    pub delivery: Delivery,
    /// The attempts, the oldest first.
    pub tries: Vec<DeliveryAttempt>,
}

/// How an attempt went.
enum Went {
    Arrived,
    /// It may arrive another time.
    Failed(NotDelivered),
    /// There is no such way any more.
    NoSuchWay(&'static str),
}

impl Office {
    /// Delivers until `stop`. An attempt that is under way then is tried again by whoever comes next: a notice may arrive twice, with the same
    /// identifier, and is never lost.
    pub async fn deliver(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let rest = match self.deliver_next().await {
                Ok(true) => continue,
                Ok(false) => LOOK_EVERY,
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "the outbox could not be read");
                    REST_AFTER_FAILURE
                }
            };
            let wait = tokio::time::timeout(rest, self.house.post_given.notified());
            tokio::select! { _ = wait => {}, () = stop.cancelled() => {} }
        }
    }

    /// Tries to deliver what has waited longest; `false` where nothing waits.
    pub async fn deliver_next(&self) -> Result<bool, OperationError> {
        let Some(taken) = self.house.store.take_delivery(self.now(), DELIVERY_LEASE).await? else { return Ok(false) };
        let went = self.attempt(&taken).await?;
        let at = self.now();
        let attempts = taken.delivery.attempts;
        let (state, next_at) = match &went {
            Went::NoSuchWay(_) => (DeliveryState::GaveUp, at),
            _ => after_attempt(attempts, at, matches!(went, Went::Arrived)),
        };
        // Where nobody was reached, the others that wait for the same way need not knock all at once.
        let pause = SignedDuration::try_from(RETRY_AFTER[0]).unwrap_or(SignedDuration::ZERO);
        let is_dead_end = matches!(went, Went::Failed(NotDelivered::NotReached(_) | NotDelivered::NoMailServer));
        let others = if is_dead_end { at.checked_add(pause).ok() } else { None };
        let failure = match went {
            Went::Arrived => None,
            Went::Failed(why) => Some(why.to_string()),
            Went::NoSuchWay(why) => Some(why.to_owned()),
        };
        if let Some(why) = &failure {
            tracing::warn!(delivery = %taken.delivery.id, attempt = attempts, why, "a notice was not delivered");
        }
        self.house.store.end_attempt(&taken, failure, state, at, next_at, others).await?;
        Ok(true)
    }

    async fn attempt(&self, taken: &TakenDelivery) -> Result<Went, OperationError> {
        let TakenDelivery { federation, delivery, notice } = taken;
        let view = MemberNoticeView::from(notice.clone());
        let tried = match &delivery.channel {
            Channel::Mail(mailbox) => {
                let letter = Letter {
                    id: delivery.id,
                    at: notice.at,
                    to: mailbox.clone(),
                    subject: view.subject.zh,
                    text: format!("{}\r\n\r\n{}\r\n", view.message.zh, view.message.en),
                };
                self.house.post.send(&letter).await
            }
            Channel::Webhook => {
                let Some(webhook) = self.house.store.federation(federation).webhook().await? else {
                    return Ok(Went::NoSuchWay("the federation has no program any more"));
                };
                let arguments: serde_json::Map<_, _> =
                    notice.arguments.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
                let body = json!({
                    "delivery": delivery.id,
                    "federation": federation,
                    "notice": view,
                    "arguments": arguments,
                });
                let body = serde_json::to_vec(&body).map_err(OperationError::host)?;
                self.house.post.call(&webhook, &Call { id: delivery.id, at: self.now(), body }).await
            }
        };
        Ok(tried.map_or_else(Went::Failed, |()| Went::Arrived))
    }

    /// The deliveries before one, the newest first, of one state or of all.
    pub async fn deliveries(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        state: Option<DeliveryState>,
        before: Option<DeliveryId>,
        items: usize,
    ) -> Result<Vec<Delivery>, OperationError> {
        let scope = self.scope(caller, Operation::ReadPost, federation)?;
        Ok(scope.deliveries(state, before, items.min(PAGE_ITEMS_MAX)).await?)
    }

    /// A delivery with everything that was tried.
    pub async fn delivery(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        id: DeliveryId,
    ) -> Result<DeliveryView, OperationError> {
        let scope = self.scope(caller, Operation::ReadPost, federation)?;
        let (delivery, tries) = scope.delivery(id).await?.ok_or(OperationError::Missing("delivery"))?;
        Ok(DeliveryView { delivery, tries })
    }

    /// Lets a delivery that was given up be tried once more.
    pub async fn retry_delivery(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        id: DeliveryId,
    ) -> Result<DeliveryView, OperationError> {
        let scope = self.scope(caller, Operation::SteerPost, federation)?;
        let (delivery, _) = scope.delivery(id).await?.ok_or(OperationError::Missing("delivery"))?;
        if delivery.state != DeliveryState::GaveUp {
            return Err(OperationError::NotPossible { code: "delivery-not-given-up" });
        }
        let now: Timestamp = self.now();
        let act = self.act(caller, "retry-delivery", format!("delivery/{id}"), None, "");
        scope.retry_delivery(id, now, act).await?;
        self.house.post_given.notify_one();
        self.delivery(caller, federation, id).await
    }
}

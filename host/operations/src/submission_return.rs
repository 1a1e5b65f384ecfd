//! A reviewer sends a revision back, field by field, with a new due date; and what was sent back is read.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::conversation::{Message, MessageKind, Side};
use domain::digest::Digest;
use domain::ids::{FederationCode, MessageId, RoundCode, UnitCode};
use domain::limits::{RETURN_ITEMS_MAX, RETURNS_MAX};
use domain::round::RoundAct;
use domain::submission_return::{ReturnItem, SubmissionReturn};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::OperationError;
use crate::office::Office;
use crate::once::{Answered, answered, attempt, doing, done};
use crate::problem::Problems;
use crate::review_round::Reviewing;

/// What is sent back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewReturn {
    /// The newest revision, as the reviewer knows it.
    pub revision: u32,
    /// Until when the next one is due; it may lie after the round's own due date.
    pub due_at: Timestamp,
    /// The fields.
    pub items: Vec<ReturnItem>,
}

impl Office {
    /// Sends the newest revision of a unit back. It counts no more, and the member may hand in again until the new due date, even where
    /// the round takes nothing else any more.
    pub async fn return_submission(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        new: NewReturn,
        key: Option<String>,
    ) -> Result<Answered<SubmissionReturn>, OperationError> {
        let asked = (Operation::ReturnSubmission, RoundAct::Return);
        let Reviewing { scope, round } = self.reviewing(caller, asked.0, asked.1, federation, round, unit).await?;
        let attempt = attempt(caller, key, &["return", round.code.as_str(), unit.as_str()], &new)?;
        if let Some(known) = answered(&scope, attempt.as_ref()).await? {
            return Ok(known);
        }
        let now = self.now();
        examine(&new, now)?;
        let newest = scope.latest_revision(&round.code, unit).await?.ok_or(OperationError::Missing("revision"))?;
        if newest.envelope.revision != new.revision {
            return Err(OperationError::Stale { current: Some(newest.envelope.revision) });
        }
        if scope.returns(&round.code, unit).await?.len() >= RETURNS_MAX {
            return Err(OperationError::NotPossible { code: "too-many-returns" });
        }
        let by = Signatory::of(caller);
        let mut messages = Vec::with_capacity(new.items.len());
        for item in &new.items {
            messages.push(Message {
                id: MessageId(self.randomness().identifier(now)?),
                at: item.at.clone(),
                revision: new.revision,
                kind: MessageKind::Returned(item.reason),
                text: item.text.clone(),
                side: Side::Reviewer,
                by: by.label.clone(),
                said_at: now,
            });
        }
        let returned = SubmissionReturn {
            round: round.code.clone(),
            unit: unit.clone(),
            revision: new.revision,
            items: new.items,
            due_at: new.due_at,
            hours_late: newest.receipt.body.hours_late,
            by,
            at: now,
        };
        let digest = Digest::of(&rmp_serde::to_vec_named(&returned).map_err(OperationError::host)?);
        let subject = format!("submission/{}/{unit}/{}", round.code, returned.revision);
        // The words are for the member; the log that outsiders read has the reasons' codes.
        let mut reasons: Vec<&str> = returned.items.iter().map(|item| item.reason.code()).collect();
        reasons.sort_unstable();
        reasons.dedup();
        let act = self.act(caller, "return-submission", subject, Some(digest), &reasons.join(" "));
        let (count, due) = (returned.items.len().to_string(), self.told_time(returned.due_at));
        let arguments = [("fields", count.as_str()), ("due", due.as_str())];
        let told = self.tell(&scope, &round, std::slice::from_ref(unit), "submission-returned", &arguments).await?;
        let once = doing(&scope, attempt.as_ref(), &returned)?;
        let kept = once.keep_return(&returned, &messages, &told, act).await;
        self.house.post_given.notify_one();
        done(&scope, attempt.as_ref(), returned, kept).await
    }

    /// Everything of a unit that was sent back, the oldest first.
    pub async fn returns(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<Vec<SubmissionReturn>, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        Ok(scope.returns(round, unit).await?)
    }
}

fn examine(new: &NewReturn, now: Timestamp) -> Result<(), OperationError> {
    let mut problems = Problems::default();
    if new.items.is_empty() {
        problems.add("/items", "empty", &[]);
    }
    if new.items.len() > RETURN_ITEMS_MAX {
        problems.add("/items", "too-many", &[("limit", &RETURN_ITEMS_MAX.to_string())]);
    }
    for (index, item) in new.items.iter().enumerate().take(RETURN_ITEMS_MAX) {
        problems.place(&format!("/items/{index}/at"), &item.at);
        problems.review_text(&format!("/items/{index}/text"), &item.text);
    }
    if new.due_at <= now {
        problems.add("/due_at", "not-in-the-future", &[]);
    }
    problems.none_left()
}

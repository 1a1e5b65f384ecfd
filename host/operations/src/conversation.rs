//! Member and reviewers talk about the fields of a submission.

use domain::access::{Caller, Operation};
use domain::conversation::{Conversation, Message, MessageKind, Side, conversations};
use domain::ids::{FederationCode, MessageId, RoundCode, UnitCode};
use domain::round::RoundState;
use serde::{Deserialize, Serialize};

use crate::error::OperationError;
use crate::office::Office;
use crate::once::{Answered, answered, attempt, doing, done};
use crate::problem::Problems;

/// Something to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// The field (RFC 6901); empty for the submission as a whole.
    pub at: String,
    /// What.
    pub text: String,
    /// Whether the matter is settled with it; only those who review may say so.
    #[serde(default)]
    pub closes: bool,
}

impl Office {
    /// Says something about a field.
    pub async fn say(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        new: NewMessage,
        key: Option<String>,
    ) -> Result<Answered<Message>, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::Converse, federation, unit)?;
        let reviews = self.scope_of_unit(caller, Operation::ReviewSubmission, federation, unit).is_ok();
        if new.closes && !reviews {
            return Err(OperationError::NotAllowed);
        }
        let attempt = attempt(caller, key, &["say", round.as_str(), unit.as_str()], &new)?;
        if let Some(known) = answered(&scope, attempt.as_ref()).await? {
            return Ok(known);
        }
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        if matches!(round.state, RoundState::Final | RoundState::Archived) {
            return Err(OperationError::NotPossible { code: "round-is-over" });
        }
        let mut problems = Problems::default();
        problems.place("/at", &new.at);
        problems.review_text("/text", &new.text);
        problems.none_left()?;
        let newest = scope.latest_revision(&round.code, unit).await?;
        let now = self.now();
        let message = Message {
            id: MessageId(self.randomness().identifier(now)?),
            at: new.at,
            revision: newest.map_or(0, |newest| newest.envelope.revision),
            kind: if new.closes { MessageKind::Closed } else { MessageKind::Said },
            text: new.text,
            side: if reviews { Side::Reviewer } else { Side::Member },
            by: caller.label.clone(),
            said_at: now,
        };
        let subject = format!("submission/{}/{unit}/message/{}", round.code, message.id);
        let act = self.act(caller, if new.closes { "close-conversation" } else { "say" }, subject, None, "");
        let once = doing(&scope, attempt.as_ref(), &message)?;
        let kept = once.keep_message(&round.code, unit, &message, act).await;
        done(&scope, attempt.as_ref(), message, kept).await
    }

    /// What was said about a submission, field by field.
    pub async fn conversations(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<Vec<Conversation>, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        Ok(conversations(scope.messages(round, unit).await?))
    }
}

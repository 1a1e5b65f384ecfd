//! Conversations: one for each field of a submission, between the member and those who review it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::MessageId;
use crate::submission_return::ReturnReason;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The member.
    Member,
    /// Those who review.
    Reviewer,
}

/// What a message does beside what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MessageKind {
    /// Nothing else.
    Said,
    /// The field was sent back.
    Returned(ReturnReason),
    /// The matter is settled.
    Closed,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its identifier.
    pub id: MessageId,
    /// The field (RFC 6901); empty for the submission as a whole.
    pub at: String,
    /// The revision that was the newest then.
    pub revision: u32,
    /// What it does.
    pub kind: MessageKind,
    /// What it says.
    pub text: String,
    /// Whose side.
    pub side: Side,
    /// Who: the label of an account or a token.
    pub by: String,
    /// When.
    pub said_at: Timestamp,
}

/// What was said about one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// The field.
    pub at: String,
    /// Whether the matter is open: nobody has closed it since something was last said.
    pub open: bool,
    /// The messages, the oldest first.
    pub messages: Vec<Message>,
}

/// Messages in their order become one conversation for each field, in order of the fields.
pub fn conversations(messages: Vec<Message>) -> Vec<Conversation> {
    let mut by_field: BTreeMap<String, Vec<Message>> = BTreeMap::new();
    for message in messages {
        by_field.entry(message.at.clone()).or_default().push(message);
    }
    let conversation = |(at, messages): (String, Vec<Message>)| {
        let open = messages.last().is_some_and(|last| last.kind != MessageKind::Closed);
        Conversation { at, open, messages }
    };
    by_field.into_iter().map(conversation).collect()
}

//! Notices to units and their deliveries.

use utoipa::ToSchema;

use super::{Code, Identifier, Instant, Text};

/// Something that a unit was told.
#[derive(ToSchema)]
pub(crate) struct MemberNotice {
    /// Later ones sort later.
    id: Identifier,
    at: Instant,
    round: Code,
    unit: Code,
    /// What it says: stable, kebab-case.
    code: String,
    /// In one line.
    subject: Text,
    /// In words.
    message: Text,
}

/// The federation's own program that hears of every notice.
#[derive(ToSchema)]
pub(crate) struct NewWebhook {
    /// Where it is called; left out where none is called any more.
    url: Option<String>,
    /// What the calls are signed with.
    secret: Option<String>,
}

/// The federation's own program, without its secret.
#[derive(ToSchema)]
pub(crate) struct Webhook {
    /// Where it is called; none where none is.
    #[schema(required = true)]
    url: Option<String>,
}

/// How a notice leaves the house.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum Channel {
    /// To the federation's own program.
    Webhook,
    /// To a mailbox.
    Mail(String),
}

/// Where a delivery stands.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum DeliveryState {
    /// It waits for its first or next attempt, or is under way.
    Waiting,
    /// It has arrived.
    Sent,
    /// It was tried too often.
    GaveUp,
}

/// A notice on its way.
#[derive(ToSchema)]
pub(crate) struct Delivery {
    /// The same in every attempt.
    id: Identifier,
    notice: Identifier,
    channel: Channel,
    state: DeliveryState,
    /// How often it was tried.
    attempts: u32,
    /// When it is tried next, while it waits.
    next_at: Instant,
}

/// A notice on its way, with everything that was tried.
#[derive(ToSchema)]
pub(crate) struct DeliveryView {
    /// The same in every attempt.
    id: Identifier,
    notice: Identifier,
    channel: Channel,
    state: DeliveryState,
    /// How often it was tried.
    attempts: u32,
    /// When it is tried next, while it waits.
    next_at: Instant,
    /// The oldest first.
    tries: Vec<DeliveryAttempt>,
}

/// One attempt at delivering.
#[derive(ToSchema)]
struct DeliveryAttempt {
    /// Counts from 1.
    number: u32,
    /// When it ended.
    at: Instant,
    /// Why it failed; none where it arrived.
    #[schema(required = true)]
    failure: Option<String>,
}

//! The steps of a round's life: its states, what can be done in each, and the one table of it.

use serde::{Deserialize, Serialize};

/// Where a round stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundState {
    /// Announced; takes no submissions yet.
    Planned,
    /// Takes submissions; late ones are flagged.
    Open,
    /// Takes none any more, but for those that were returned with a new due date.
    Closed,
    /// Reviewers are at work on what was handed in.
    Reviewing,
    /// Members see how they fared, and may appeal for a while.
    Published,
    /// Every appeal is decided: nothing of its results changes any more.
    Final,
    /// Over: it is only read.
    Archived,
}

/// A step in a round's life, or an act that its state has a say in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundAct {
    /// Begin to take submissions.
    Open,
    /// Take a member's revision.
    Submit,
    /// Take a revision of a submission that was returned with a new due date.
    Resubmit,
    /// Take a revision that amends an accepted one.
    Amend,
    /// Return a submission to its member.
    Return,
    /// Take no more submissions.
    Close,
    /// Take submissions again.
    Reopen,
    /// Hand what came over to the reviewers.
    BeginReview,
    /// Judge, adjust or accept a submission.
    Review,
    /// Settle the cohort.
    Settle,
    /// Let members see how they fared.
    Publish,
    /// Take an appeal.
    Appeal,
    /// Decide an appeal.
    DecideAppeal,
    /// Let the results stand for good.
    Finalise,
    /// Put it away.
    Archive,
    /// Replace a release that is pinned to it.
    ReplaceRelease,
}

impl RoundState {
    /// Every state, in the order of a round's life.
    pub const ALL: [Self; 7] =
        [Self::Planned, Self::Open, Self::Closed, Self::Reviewing, Self::Published, Self::Final, Self::Archived];

    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Reviewing => "reviewing",
            Self::Published => "published",
            Self::Final => "final",
            Self::Archived => "archived",
        }
    }

    /// The state of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The state that an act leads to; none where the act is not possible. The one table of it.
    pub const fn after(self, act: RoundAct) -> Option<Self> {
        use RoundAct as A;
        match (self, act) {
            (Self::Planned, A::ReplaceRelease) => Some(Self::Planned),
            (Self::Planned, A::Open)
            | (
                Self::Open,
                A::Submit | A::Resubmit | A::Amend | A::Return | A::Review | A::Settle | A::ReplaceRelease,
            )
            | (Self::Closed | Self::Reviewing, A::Reopen) => Some(Self::Open),
            (Self::Open, A::Close) | (Self::Closed, A::Resubmit | A::Amend | A::Return | A::Settle) => {
                Some(Self::Closed)
            }
            (Self::Closed, A::BeginReview)
            | (Self::Reviewing, A::Resubmit | A::Amend | A::Return | A::Review | A::Settle) => Some(Self::Reviewing),
            // It is settled and published again where an appeal or an amendment has changed something.
            (Self::Closed | Self::Reviewing, A::Publish)
            | (
                Self::Published,
                A::Resubmit | A::Amend | A::Return | A::Review | A::Settle | A::Publish | A::Appeal | A::DecideAppeal,
            ) => Some(Self::Published),
            (Self::Published, A::Finalise) => Some(Self::Final),
            (Self::Final, A::Archive) => Some(Self::Archived),
            _ => None,
        }
    }

    /// Whether the round has begun to take submissions and has stopped again: from then on it keeps its releases.
    pub(crate) const fn is_past_collecting(self) -> bool {
        !matches!(self, Self::Planned | Self::Open)
    }
}

impl RoundAct {
    /// Every act, in the order of a round's life.
    pub const ALL: [Self; 16] = [
        Self::Open,
        Self::Submit,
        Self::Resubmit,
        Self::Amend,
        Self::Return,
        Self::Close,
        Self::Reopen,
        Self::BeginReview,
        Self::Review,
        Self::Settle,
        Self::Publish,
        Self::Appeal,
        Self::DecideAppeal,
        Self::Finalise,
        Self::Archive,
        Self::ReplaceRelease,
    ];

    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Submit => "submit",
            Self::Resubmit => "resubmit",
            Self::Amend => "amend",
            Self::Return => "return",
            Self::Close => "close",
            Self::Reopen => "reopen",
            Self::BeginReview => "begin-review",
            Self::Review => "review",
            Self::Settle => "settle",
            Self::Publish => "publish",
            Self::Appeal => "appeal",
            Self::DecideAppeal => "decide-appeal",
            Self::Finalise => "finalise",
            Self::Archive => "archive",
            Self::ReplaceRelease => "replace-release",
        }
    }

    /// What the audit log calls it where a person steers the round by it; none for acts that are recorded as something else.
    pub const fn steering_verb(self) -> Option<&'static str> {
        match self {
            Self::Open => Some("open-round"),
            Self::Close => Some("close-round"),
            Self::Reopen => Some("reopen-round"),
            Self::BeginReview => Some("begin-review-of-round"),
            Self::Finalise => Some("finalise-round"),
            Self::Archive => Some("archive-round"),
            Self::Submit
            | Self::Resubmit
            | Self::Amend
            | Self::Return
            | Self::Review
            | Self::Settle
            | Self::Publish
            | Self::Appeal
            | Self::DecideAppeal
            | Self::ReplaceRelease => None,
        }
    }
}

/// An act that a round does not allow now, with what it does allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a round that is {} does not allow to {}", state.code(), act.code())]
pub struct NotNow {
    /// What was to be done.
    pub act: RoundAct,
    /// Where the round stands.
    pub state: RoundState,
    /// What can be done now.
    pub possible: Vec<RoundAct>,
}

/// Where a round stands on a day: its state, told more exactly by the clock and by what has been found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundPhase {
    /// Announced.
    Planned,
    /// Takes submissions, and they are not due yet.
    Open,
    /// Submissions are due, and taken for in time for a while yet.
    Closing,
    /// Takes submissions as late ones.
    Overdue,
    /// Takes none any more.
    Closed,
    /// Reviewers are at work.
    Reviewing,
    /// Closed or under review, and settled.
    Scored,
    /// Published, and nobody can appeal any more.
    Published,
    /// Published, and members may appeal.
    Appeal,
    /// Nothing changes any more.
    Final,
    /// Put away.
    Archived,
}

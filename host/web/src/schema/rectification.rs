//! What members have to put right.

use utoipa::ToSchema;

use super::activation::Signatory;
use super::{Code, Day, Digest, Identifier, Instant, Pointer, Points};

/// Why something has to be put right.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum Cause {
    /// Points that the member lost.
    Deduction {
        criterion: String,
        /// How many when the item was opened.
        lost: Points,
    },
    /// A problem that the member stated itself.
    Stated { at: Pointer },
}

/// Why something has to be put right, as it is asked for.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum NewCause {
    /// Points that the member lost.
    Deduction { criterion: String },
    /// A problem that the member stated itself: where in its answers.
    Stated { at: Pointer },
}

/// Something to be put right.
#[derive(ToSchema)]
struct NewRectification {
    cause: NewCause,
    problem: String,
    /// The office or post that answers for it, where that is known already.
    #[schema(required = false)]
    owner: String,
    due_on: Day,
}

/// What is to be put right.
#[derive(ToSchema)]
pub(crate) struct NewRectifications {
    items: Vec<NewRectification>,
}

/// What somebody does about an item.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum RectificationAct {
    /// The member says what it will do, and which office or post answers for it.
    Plan { measure: String, owner: String },
    /// The member says that it is put right.
    Complete {
        text: String,
        /// Digests of attachments.
        #[schema(required = false)]
        evidence: Vec<Digest>,
    },
    /// A reviewer accepts that it is put right.
    Accept { text: String },
    /// A reviewer does not, or it has come back.
    SendBack { text: String, due_on: Day },
    /// A reviewer gives more time, or less.
    Postpone { text: String, due_on: Day },
    /// A reviewer drops it: it was opened by mistake.
    Drop { text: String },
}

/// A step.
#[derive(ToSchema)]
pub(crate) struct NewRectificationStep {
    /// How many steps there were when it was decided.
    after: u32,
    act: RectificationAct,
}

/// A step that was done.
#[derive(ToSchema)]
struct RectificationStep {
    act: RectificationAct,
    by: Signatory,
    at: Instant,
    /// The day of it where the federation is.
    on: Day,
}

/// How far an item is.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum RectificationState {
    NotStarted,
    UnderWay,
    Completed,
    Accepted,
    Dropped,
}

/// An item as it stands.
#[derive(ToSchema)]
pub(crate) struct Rectification {
    id: Identifier,
    /// The round that it comes from.
    round: Code,
    unit: Code,
    /// The revision that it is about.
    revision: u32,
    cause: Cause,
    problem: String,
    /// The office or post that answers for it; empty where nobody said so.
    owner: String,
    #[schema(required = true)]
    measure: Option<String>,
    due_on: Day,
    state: RectificationState,
    /// Whether the member should have put it right by today.
    overdue: bool,
    #[schema(required = true)]
    completed_on: Option<Day>,
    /// Whether that was after it was due.
    late: bool,
    by: Signatory,
    at: Instant,
    /// The oldest first.
    steps: Vec<RectificationStep>,
}

/// What a unit has to put right, seen from a round.
#[derive(ToSchema)]
pub(crate) struct Rectifications {
    /// From this round.
    own: Vec<Rectification>,
    /// From earlier rounds, the unit's own and those of units that it took over: what was not put right when this round's period began.
    carried: Vec<Rectification>,
}

/// Points that a member lost.
#[derive(ToSchema)]
pub(crate) struct Deduction {
    criterion: String,
    /// How many points short of the most that it gives.
    lost: Points,
    /// What the rubric and the reviewers said.
    reasons: Vec<String>,
    /// The item that was opened for it.
    #[schema(required = true)]
    rectification: Option<Identifier>,
}

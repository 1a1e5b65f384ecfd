//! Rectification (整改): what a member has to put right after a round, by whom and until when, until somebody accepts that it is so.
//! An item is opened once for each cause; what happens to it is appended, and its state is what its steps make of it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::activation::Signatory;
use crate::digest::Digest;
use crate::ids::{RectificationId, RoundCode, UnitCode};
use crate::points::Points;

/// Why something has to be put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The member lost points.
    Deduction {
        /// The criterion.
        criterion: String,
        /// How many were lost when the item was opened.
        lost: Points,
    },
    /// The member itself stated a problem.
    Stated {
        /// Where in its answers (RFC 6901). What stands there is not copied: it may name a person.
        at: String,
    },
}

impl Cause {
    /// What makes it one: of each there is one item in a round.
    pub fn identity(&self) -> String {
        match self {
            Self::Deduction { criterion, .. } => format!("deduction {criterion}"),
            Self::Stated { at } => format!("stated {at}"),
        }
    }
}

/// An item as it was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectification {
    /// Its identifier.
    pub id: RectificationId,
    /// The round.
    pub round: RoundCode,
    /// Whose.
    pub unit: UnitCode,
    /// The revision that it is about.
    pub revision: u32,
    /// Why.
    pub cause: Cause,
    /// What has to be put right.
    pub problem: String,
    /// The office or post that answers for it at the member; empty until the member says so.
    pub owner: String,
    /// Until when.
    pub due_on: Date,
    /// Who opened it.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
}

/// What somebody does about an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RectificationAct {
    /// The member says what it will do, and which office or post answers for it.
    Plan {
        /// What will be done.
        measure: String,
        /// Who answers for it.
        owner: String,
    },
    /// The member says that it is put right.
    Complete {
        /// What was done.
        text: String,
        /// What shows it: digests of attachments.
        #[serde(default)]
        evidence: Vec<Digest>,
    },
    /// A reviewer accepts that it is put right (验收).
    Accept {
        /// What was looked at.
        text: String,
    },
    /// A reviewer does not, or it has come back: it is to be put right again.
    SendBack {
        /// Why.
        text: String,
        /// Until when.
        due_on: Date,
    },
    /// A reviewer gives more time, or less.
    Postpone {
        /// Why.
        text: String,
        /// Until when.
        due_on: Date,
    },
    /// A reviewer drops it: it was opened by mistake.
    Drop {
        /// Why.
        text: String,
    },
}

impl RectificationAct {
    /// Stable, kebab-case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Plan { .. } => "plan",
            Self::Complete { .. } => "complete",
            Self::Accept { .. } => "accept",
            Self::SendBack { .. } => "send-back",
            Self::Postpone { .. } => "postpone",
            Self::Drop { .. } => "drop",
        }
    }

    /// Whether it is the member's part.
    pub const fn is_the_members(&self) -> bool {
        matches!(self, Self::Plan { .. } | Self::Complete { .. })
    }

    /// The new due date, where it sets one.
    pub const fn due_on(&self) -> Option<Date> {
        match self {
            Self::SendBack { due_on, .. } | Self::Postpone { due_on, .. } => Some(*due_on),
            Self::Plan { .. } | Self::Complete { .. } | Self::Accept { .. } | Self::Drop { .. } => None,
        }
    }
}

/// One step of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RectificationStep {
    /// What was done.
    pub act: RectificationAct,
    /// By whom.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
    /// The day of it where the federation is: what lateness goes by.
    pub on: Date,
}

/// How far an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RectificationState {
    /// Nobody has said anything (未启动).
    NotStarted,
    /// The member is at it (进行中).
    UnderWay,
    /// The member says that it is put right (已完成).
    Completed,
    /// It was accepted (已验收).
    Accepted,
    /// It was opened by mistake.
    Dropped,
}

impl RectificationState {
    /// Every state, for the table's test.
    pub const ALL: [Self; 5] = [Self::NotStarted, Self::UnderWay, Self::Completed, Self::Accepted, Self::Dropped];

    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::UnderWay => "under-way",
            Self::Completed => "completed",
            Self::Accepted => "accepted",
            Self::Dropped => "dropped",
        }
    }

    /// The one table of steps: where an act leads, none where it is not possible.
    pub const fn after(self, act: &RectificationAct) -> Option<Self> {
        use RectificationAct as A;
        match (self, act) {
            (Self::NotStarted, A::Postpone { .. }) => Some(Self::NotStarted),
            (Self::NotStarted | Self::UnderWay, A::Plan { .. })
            | (Self::UnderWay, A::Postpone { .. })
            | (Self::Completed | Self::Accepted | Self::Dropped, A::SendBack { .. }) => Some(Self::UnderWay),
            (Self::NotStarted | Self::UnderWay, A::Complete { .. }) => Some(Self::Completed),
            (Self::Completed, A::Accept { .. }) => Some(Self::Accepted),
            (Self::NotStarted | Self::UnderWay | Self::Completed, A::Drop { .. }) => Some(Self::Dropped),
            _ => None,
        }
    }

    /// Whether something is still to be done about it, by the member or by a reviewer.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::NotStarted | Self::UnderWay | Self::Completed)
    }

    /// Whether the member still has to do something.
    pub const fn waits_for_the_member(self) -> bool {
        matches!(self, Self::NotStarted | Self::UnderWay)
    }
}

/// An item with everything that was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRectification {
    /// As it was opened.
    pub rectification: Rectification,
    /// What was done, the oldest first.
    pub steps: Vec<RectificationStep>,
}

impl KnownRectification {
    /// How far it is. A step that the table does not allow was never kept, and would change nothing.
    pub fn state(&self) -> RectificationState {
        let of_steps = self.steps.iter();
        of_steps.fold(RectificationState::NotStarted, |state, step| state.after(&step.act).unwrap_or(state))
    }

    /// Until when it is due now.
    pub fn due_on(&self) -> Date {
        self.steps.iter().rev().find_map(|step| step.act.due_on()).unwrap_or(self.rectification.due_on)
    }

    /// Who answers for it now; empty where nobody said so.
    pub fn owner(&self) -> &str {
        let of_steps = self.steps.iter().rev().find_map(|step| match &step.act {
            RectificationAct::Plan { owner, .. } => Some(owner.as_str()),
            _ => None,
        });
        of_steps.unwrap_or(&self.rectification.owner)
    }

    /// What the member will do; none where it did not say so.
    pub fn measure(&self) -> Option<&str> {
        self.steps.iter().rev().find_map(|step| match &step.act {
            RectificationAct::Plan { measure, .. } => Some(measure.as_str()),
            _ => None,
        })
    }

    /// The day on which the member last said that it is put right, where that still holds.
    pub fn completed_on(&self) -> Option<Date> {
        let is_complete = matches!(self.state(), RectificationState::Completed | RectificationState::Accepted);
        let completion = self.steps.iter().rev().find(|step| matches!(step.act, RectificationAct::Complete { .. }));
        completion.filter(|_| is_complete).map(|step| step.on)
    }

    /// Whether it is overdue on a day (逾期): the member should have put it right by then, or did so only after it was due.
    pub fn is_overdue(&self, today: Date) -> bool {
        match self.state() {
            RectificationState::NotStarted | RectificationState::UnderWay => self.due_on() < today,
            RectificationState::Completed | RectificationState::Accepted | RectificationState::Dropped => false,
        }
    }

    /// Whether it was put right only after it was due.
    pub fn was_late(&self) -> bool {
        self.completed_on().is_some_and(|completed| completed > self.due_on())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn text() -> String {
        "已核实".to_owned()
    }

    fn acts() -> [RectificationAct; 6] {
        let due_on = date(2025, 9, 30);
        [
            RectificationAct::Plan { measure: text(), owner: "安全科".to_owned() },
            RectificationAct::Complete { text: text(), evidence: vec![] },
            RectificationAct::Accept { text: text() },
            RectificationAct::SendBack { text: text(), due_on },
            RectificationAct::Postpone { text: text(), due_on },
            RectificationAct::Drop { text: text() },
        ]
    }

    fn step(act: RectificationAct, on: Date) -> RectificationStep {
        let by = Signatory { token: crate::ids::TokenId(uuid::Uuid::nil()), label: "一人".to_owned() };
        RectificationStep { act, by, at: Timestamp::UNIX_EPOCH, on }
    }

    fn opened() -> KnownRectification {
        let rectification = Rectification {
            id: RectificationId(uuid::Uuid::nil()),
            round: "2024".parse().expect("a code"),
            unit: "s1".parse().expect("a code"),
            revision: 1,
            cause: Cause::Deduction { criterion: "exits".to_owned(), lost: Points::from_thousandths(2_000) },
            problem: "安全出口".to_owned(),
            owner: String::new(),
            due_on: date(2025, 6, 30),
            by: step(acts()[0].clone(), date(2025, 3, 1)).by,
            at: Timestamp::UNIX_EPOCH,
        };
        KnownRectification { rectification, steps: vec![] }
    }

    #[test]
    fn the_table_of_steps_is_whole() {
        // A row a state, a column an act: plan, complete, accept, send back, postpone, drop.
        let expected = [
            ("not-started", ["under-way", "completed", "", "", "not-started", "dropped"]),
            ("under-way", ["under-way", "completed", "", "", "under-way", "dropped"]),
            ("completed", ["", "", "accepted", "under-way", "", "dropped"]),
            ("accepted", ["", "", "", "under-way", "", ""]),
            ("dropped", ["", "", "", "under-way", "", ""]),
        ];
        for (state, (code, row)) in RectificationState::ALL.into_iter().zip(expected) {
            assert_eq!(state.code(), code);
            let after = acts().map(|act| state.after(&act).map_or("", RectificationState::code));
            assert_eq!(after, row, "{code}");
        }
    }

    #[test]
    fn what_the_member_has_not_done_by_the_day_is_overdue_and_what_it_did_late_was_late() {
        let [plan, complete, accept, send_back, postpone, _] = acts();
        let mut item = opened();
        assert!(!item.is_overdue(date(2025, 6, 30)) && item.is_overdue(date(2025, 7, 1)));
        assert_eq!((item.owner(), item.measure()), ("", None));
        item.steps.push(step(plan, date(2025, 4, 1)));
        assert_eq!((item.owner(), item.measure()), ("安全科", Some("已核实")));
        item.steps.push(step(postpone, date(2025, 7, 1)));
        assert!(!item.is_overdue(date(2025, 9, 30)) && item.is_overdue(date(2025, 10, 1)));
        item.steps.push(step(complete.clone(), date(2025, 10, 2)));
        assert!(!item.is_overdue(date(2025, 12, 1)), "now it waits for the reviewer");
        assert!(item.was_late());
        item.steps.push(step(send_back, date(2025, 10, 3)));
        assert_eq!((item.state(), item.completed_on()), (RectificationState::UnderWay, None));
        assert!(item.is_overdue(date(2025, 10, 3)));
        item.steps.push(step(complete, date(2025, 9, 30)));
        item.steps.push(step(accept, date(2025, 10, 5)));
        assert_eq!(item.state(), RectificationState::Accepted);
        assert!(!item.was_late() && !item.state().is_open());
    }
}

//! Reviews: what a rubric may look up in what became known after the answers were handed in.

use crate::contract::{Explanation, Judgement, Review, ValueAdjustment};

impl Review {
    /// A review in which nobody decided anything, as in a pre-check.
    pub const fn none() -> Self {
        Self {
            hours_late: 0,
            judgements: Vec::new(),
            value_adjustments: Vec::new(),
            point_adjustments: Vec::new(),
            explanations: Vec::new(),
        }
    }

    /// The judgement on a criterion; the last one counts.
    pub fn judgement(&self, criterion: &str) -> Option<&Judgement> {
        self.judgements.iter().rev().find(|judgement| judgement.criterion == criterion)
    }

    /// How a reviewer counts the value at a pointer (核减); the last one counts.
    pub fn adjusted_value(&self, at: &str) -> Option<&ValueAdjustment> {
        self.value_adjustments.iter().rev().find(|adjustment| adjustment.at == at)
    }

    /// The member's explanation of a check.
    pub fn explanation(&self, check: &str) -> Option<&Explanation> {
        self.explanations.iter().find(|explanation| explanation.check == check)
    }
}

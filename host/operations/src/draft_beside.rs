//! What stands beside a draft while it is written: the earlier period's answers, and what is still to be put right.

use domain::access::{Caller, Operation};
use domain::calendar::Period;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use serde::Serialize;
use serde_json::Value;

use crate::error::OperationError;
use crate::form_workbook::value_of;
use crate::office::Office;
use crate::rectification::RectificationView;
use crate::submit::part_of;

/// What stands beside a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BesideDraft {
    /// What counted in earlier periods, the newest first: the unit's own, and of units that were merged into it.
    pub earlier: Vec<EarlierAnswers>,
    /// What is carried over from earlier rounds because it was not put right when this period began.
    pub rectifications: Vec<RectificationView>,
}

/// Answers that counted in an earlier period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EarlierAnswers {
    /// The period.
    pub period: Period,
    /// The answers, in the shape of that round's form.
    pub answers: Value,
    /// Whose they were, where they were those of a unit that was merged into this one.
    pub predecessor: Option<String>,
}

impl Office {
    /// What a unit sees beside its draft.
    pub async fn beside_draft(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<BesideDraft, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadDraft, federation, unit)?;
        let in_force = self.round_in_force(&scope, round).await?;
        let round = &in_force.round;
        let unit = part_of(round, scope.unit(unit).await?)?;
        let description = in_force.rubric.description()?;
        // A rubric that looks at nothing earlier is no reason to hide last time's values from those who write.
        let periods = usize::from(description.earlier_periods.max(1));
        let earlier = self.earlier_periods(&scope, round, description, &unit.code, periods).await?;
        let earlier = earlier.into_iter().map(|earlier| {
            let answers = value_of(&earlier.answers)?;
            Ok(EarlierAnswers { period: earlier.period, answers, predecessor: earlier.predecessor })
        });
        Ok(BesideDraft {
            earlier: earlier.collect::<Result<_, OperationError>>()?,
            rectifications: self.carried_into(&scope, round, &unit.code).await?,
        })
    }
}

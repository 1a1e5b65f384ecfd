//! Rubrics: what a federation asks, checks and scores.

#[cfg(target_arch = "wasm32")]
use std::mem::ManuallyDrop;

use crate::contract::{Cohort, Context, Description, Finding, Refusal, Review, Scorecard, Settlement, Submission};
use crate::definition::Definition;
use crate::settling::Settling;

/// A rubric. Every function is pure: the same arguments give the same answer. Hand it to [`export_rubric!`](crate::export_rubric).
pub trait Rubric {
    /// What the rubric says of itself.
    const DEFINITION: &'static Definition;

    /// The contract's description; by default that of the definition.
    fn describe() -> Description {
        Self::DEFINITION.description()
    }

    /// What is wrong or doubtful in a submission, in a stable order.
    fn check(submission: &Submission, context: &Context) -> Result<Vec<Finding>, Refusal>;

    /// What one submission earns by itself; [`Card`](crate::Card) puts it together.
    fn score(submission: &Submission, context: &Context, review: &Review) -> Result<Scorecard, Refusal>;

    /// What can only be told with everybody side by side; by default caps, vetoes, ranks and grades of a rubric without criteria of the
    /// cohort pass.
    fn settle(cohort: &Cohort) -> Result<Settlement, Refusal> {
        Ok(Settling::new(Self::DEFINITION, cohort).finish())
    }
}

/// What the generated bindings call; [`export_rubric!`](crate::export_rubric) names it.
#[doc(hidden)]
pub struct Exported<T>(std::marker::PhantomData<T>);

/// The arguments are not dropped: the instance ends with the call, and its memory with it.
#[cfg(target_arch = "wasm32")]
impl<T: Rubric> crate::bindings::rubric::exports::huizong::plugin::rubric::Guest for Exported<T> {
    fn describe() -> Description {
        crate::panic::tell_the_log();
        T::describe()
    }

    fn check(submission: Submission, context: Context) -> Result<Vec<Finding>, Refusal> {
        crate::panic::tell_the_log();
        T::check(&ManuallyDrop::new(submission), &ManuallyDrop::new(context))
    }

    fn score(submission: Submission, context: Context, review: Review) -> Result<Scorecard, Refusal> {
        crate::panic::tell_the_log();
        T::score(&ManuallyDrop::new(submission), &ManuallyDrop::new(context), &ManuallyDrop::new(review))
    }

    fn settle(cohort: Cohort) -> Result<Settlement, Refusal> {
        crate::panic::tell_the_log();
        T::settle(&ManuallyDrop::new(cohort))
    }
}

/// Exports a [`Rubric`](crate::Rubric) from the component. Natively it does nothing, so that several rubrics can stand in one test.
#[macro_export]
macro_rules! export_rubric {
    ($rubric:ty) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            type ExportedRubric = $crate::exported::Rubric<$rubric>;
    $crate::bindings::rubric::export!(ExportedRubric with_types_in $crate::bindings::rubric);
        };
    };
}

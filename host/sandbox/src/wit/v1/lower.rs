//! From the house's values to the contract's: what a plugin is handed.

mod cohort;
mod request;
mod rubric;
mod scorecard;
mod submission;
mod values;

pub(super) use submission::LoweredSubmission;

/// Every item of a list, in its order.
fn each<'a, From, Into>(items: &'a [From]) -> Vec<Into>
where
    Into: std::convert::From<&'a From>,
{
    items.iter().map(Into::from).collect()
}

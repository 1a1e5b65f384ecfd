//! Contenders: an engine with the rubric prepared in it, ready for answers.

use anyhow::Result;
use complaints::Explanation;

use crate::input::Input;

/// Something that is done with answers, and timed.
pub(crate) trait Timed {
    /// What its figures are called.
    fn name(&self) -> &'static str;

    /// Makes what the next evaluations are not to be charged for.
    fn lay_out(&mut self, _input: &Input, _evaluations: u32) -> Result<()> {
        Ok(())
    }

    /// Once, as a host would ask for it: the only thing that is timed. What it gives is made and let go.
    fn evaluate(&mut self, input: &Input) -> Result<()>;
}

/// An engine with the rubric prepared in it.
pub(crate) trait Contender: Timed {
    /// One evaluation, with its answer understood.
    fn explain(&mut self, input: &Input) -> Result<Explanation>;
}

//! The rubric compiled natively: the same crate as the component, from the same bytes to the same contract values.

use std::borrow::Cow;
use std::hint::black_box;

use anyhow::{Context as _, Result, anyhow};
use complaints::{Explanation, Line};
use complaints_component::Complaints;
use huizong_sdk::{Review, Rubric as _, Scorecard, contract, day};

use crate::contender::{Contender, Timed};
use crate::input::Input;

/// The native rubric.
pub(crate) struct Native {
    context: contract::Context,
    review: Review,
}

impl Native {
    /// The rubric with what it may know beside the answers.
    pub(crate) fn with_context() -> Self {
        Self { context: context(), review: Review::none() }
    }

    fn score(&self, input: &Input) -> Result<Scorecard> {
        Complaints::score(&input.native, &self.context, &self.review).map_err(|refusal| anyhow!("{refusal:?}"))
    }
}

impl Timed for Native {
    fn name(&self) -> &'static str {
        "native"
    }

    fn evaluate(&mut self, input: &Input) -> Result<()> {
        black_box(self.score(input)?);
        Ok(())
    }
}

impl Contender for Native {
    fn explain(&mut self, input: &Input) -> Result<Explanation> {
        let scorecard = self.score(input)?;
        let lines = scorecard.lines.into_iter().map(|line| {
            let entry = line.entries.into_iter().next().context("a line has an entry")?;
            let (criterion, points) = (Cow::Owned(line.criterion), line.points);
            Ok(Line { criterion, points, reason: entry.reason, sources: entry.sources })
        });
        Ok(Explanation { lines: lines.collect::<Result<_>>()?, total: scorecard.total })
    }
}

fn context() -> contract::Context {
    contract::Context {
        unit: contract::Unit {
            code: "M001".to_owned(),
            name: "云岭县农村信用合作联社".to_owned(),
            aliases: Vec::new(),
            kind: "county".to_owned(),
            attributes: Vec::new(),
        },
        calendar: contract::Calendar {
            covers: contract::Period { start: day(2022, 1, 1), end: day(2024, 12, 31) },
            holidays: Vec::new(),
            working_days: Vec::new(),
        },
        earlier: Vec::new(),
    }
}

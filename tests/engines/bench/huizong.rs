//! Our sandbox: a fresh instance for every evaluation, under every limit, the answer verified and the run recorded.

use std::borrow::Cow;
use std::hint::black_box;

use anyhow::{Context as _, Result, bail};
use complaints::{Explanation, Line};
use domain::calendar::{Calendar, Period};
use domain::review::Review;
use domain::scorecard::Scorecard;
use domain::unit::{Context, Unit};
use jiff::civil::date;
use sandbox::{Answer, Compiler, Limits, Plugin, Sandbox, SandboxSettings};

use crate::contender::{Contender, Timed};
use crate::input::Input;

/// The rubric, admitted to a sandbox.
pub(crate) struct Huizong {
    sandbox: Sandbox,
    plugin: Plugin,
    context: Context,
    review: Review,
}

impl Huizong {
    pub(crate) const NAME: &'static str = "huizong";

    /// Starts a sandbox and admits a component.
    pub(crate) fn start(component: &[u8]) -> Result<Self> {
        let settings =
            SandboxSettings { threads: 1, limits: Limits::default(), compiler: Compiler::InProcess, cache: None };
        let sandbox = Sandbox::start(settings)?;
        let (plugin, _) = sandbox.admit_here(component)?;
        Ok(Self { sandbox, plugin, context: context()?, review: Review::default() })
    }

    fn score(&self, input: &Input) -> Result<Scorecard> {
        let evaluated = self.sandbox.score_here(&self.plugin, &input.submission, &self.context, &self.review);
        match black_box(evaluated).answer? {
            Answer::Given(scorecard) => Ok(scorecard),
            Answer::Refused(refusal) => bail!("the rubric refuses: {refusal:?}"),
        }
    }
}

impl Timed for Huizong {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn evaluate(&mut self, input: &Input) -> Result<()> {
        black_box(self.score(input)?);
        Ok(())
    }
}

impl Contender for Huizong {
    fn explain(&mut self, input: &Input) -> Result<Explanation> {
        let scorecard = self.score(input)?;
        let lines = scorecard.lines.into_iter().map(|line| {
            let entry = line.entries.into_iter().next().context("a line has an entry")?;
            let (criterion, points) = (Cow::Owned(line.criterion), line.points.thousandths());
            Ok(Line { criterion, points, reason: entry.reason, sources: entry.sources })
        });
        Ok(Explanation { lines: lines.collect::<Result<_>>()?, total: scorecard.total.thousandths() })
    }
}

fn context() -> Result<Context> {
    let unit = Unit {
        code: "M001".to_owned(),
        name: "云岭县农村信用合作联社".to_owned(),
        aliases: Vec::new(),
        kind: "county".to_owned(),
        attributes: Vec::new(),
    };
    let covers = Period::new(date(2022, 1, 1), date(2024, 12, 31))?;
    let calendar = Calendar { covers, holidays: Vec::new(), working_days: Vec::new() };
    Ok(Context { unit, calendar, earlier: Vec::new() })
}

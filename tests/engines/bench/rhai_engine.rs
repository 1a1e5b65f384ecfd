//! Rhai: the script compiled once, a value built from JSON text, and a host function for days, which the language does not know.

use std::hint::black_box;

use anyhow::{Context as _, Result, anyhow};
use complaints::{Day, Explanation};
use rhai::{AST, CallFnOptions, Dynamic, Engine, EvalAltResult, OptimizationLevel, Scope};

use crate::contender::{Contender, Timed};
use crate::input::Input;

const SCRIPT: &str = include_str!("../policies/rubric.rhai");

/// The value is built from JSON text, and that is charged.
pub(crate) struct RhaiFromJson(Script);

/// The value was there before: what the language itself costs.
pub(crate) struct RhaiFromValue {
    script: Script,
    ready: Vec<Dynamic>,
}

struct Script {
    engine: Engine,
    ast: AST,
}

impl Script {
    fn prepare() -> Result<Self> {
        let mut engine = Engine::new();
        engine.set_optimization_level(OptimizationLevel::Full);
        engine.register_fn("day_number", |text: &str| -> Result<i64, Box<EvalAltResult>> {
            Day::parse(text).map(|day| i64::from(day.number())).ok_or_else(|| "not a day".into())
        });
        let ast = engine.compile(SCRIPT)?;
        Ok(Self { engine, ast })
    }

    fn score(&self, answers: Dynamic) -> Result<Dynamic> {
        let options = CallFnOptions::new().eval_ast(false);
        let given = self.engine.call_fn_with_options(options, &mut Scope::new(), &self.ast, "score", (answers,));
        // The engine's error holds values of scripts, which stay on one thread.
        given.map_err(|error| anyhow!("{error}"))
    }
}

impl RhaiFromJson {
    pub(crate) fn prepare() -> Result<Self> {
        Ok(Self(Script::prepare()?))
    }

    fn score(&self, input: &Input) -> Result<Dynamic> {
        self.0.score(serde_json::from_str(&input.json)?)
    }
}

impl RhaiFromValue {
    pub(crate) fn prepare() -> Result<Self> {
        Ok(Self { script: Script::prepare()?, ready: Vec::new() })
    }

    fn score(&mut self) -> Result<Dynamic> {
        self.script.score(self.ready.pop().context("a value was laid out")?)
    }
}

impl Timed for RhaiFromJson {
    fn name(&self) -> &'static str {
        "rhai"
    }

    fn evaluate(&mut self, input: &Input) -> Result<()> {
        let _ = black_box(self.score(input)?);
        Ok(())
    }
}

impl Contender for RhaiFromJson {
    fn explain(&mut self, input: &Input) -> Result<Explanation> {
        understood(&self.score(input)?)
    }
}

impl Timed for RhaiFromValue {
    fn name(&self) -> &'static str {
        "rhai_value_ready"
    }

    fn lay_out(&mut self, input: &Input, evaluations: u32) -> Result<()> {
        let value: Dynamic = serde_json::from_str(&input.json)?;
        self.ready = (0..evaluations).map(|_| value.clone()).collect();
        Ok(())
    }

    fn evaluate(&mut self, _: &Input) -> Result<()> {
        let _ = black_box(self.score()?);
        Ok(())
    }
}

impl Contender for RhaiFromValue {
    fn explain(&mut self, input: &Input) -> Result<Explanation> {
        self.lay_out(input, 1)?;
        understood(&self.score()?)
    }
}

fn understood(explanation: &Dynamic) -> Result<Explanation> {
    rhai::serde::from_dynamic(explanation).map_err(|error| anyhow!("{error}"))
}

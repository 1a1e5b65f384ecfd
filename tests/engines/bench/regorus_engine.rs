//! regorus, an engine of OPA's language: its interpreter and its newer machine, the policy compiled once, a value built from JSON text.

use std::hint::black_box;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use complaints::Explanation;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use regorus::rvm::program::Program;
use regorus::{Engine, Value};

use crate::contender::{Contender, Timed};
use crate::input::Input;

const POLICY: &str = include_str!("../policies/rubric.rego");
const RULE: &str = "data.complaints.explanation";

/// Where the value that a policy is asked about comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum WithValue {
    /// It is built from JSON text, and that is charged.
    FromJson,
    /// It was there before: what the language itself costs.
    Ready,
}

/// The interpreter.
pub(crate) struct RegorusInterpreter {
    engine: Engine,
}

/// The machine.
pub(crate) struct RegorusMachine {
    machine: RegoVM,
    with_value: WithValue,
    ready: Vec<Value>,
}

impl RegorusInterpreter {
    pub(crate) fn prepare() -> Result<Self> {
        Ok(Self { engine: engine()? })
    }

    fn score(&mut self, input: &Input) -> Result<Value> {
        self.engine.set_input(Value::from_json_str(&input.json)?);
        self.engine.eval_rule(RULE.to_owned())
    }
}

impl RegorusMachine {
    pub(crate) fn prepare(with_value: WithValue) -> Result<Self> {
        let policy = engine()?.compile_with_entrypoint(&RULE.into())?;
        let program: Arc<Program> =
            Compiler::compile_from_policy(&policy, &[RULE]).map_err(|error| anyhow!("{error}"))?;
        let mut machine = RegoVM::new();
        machine.load_program(program);
        machine.set_max_instructions(usize::MAX);
        Ok(Self { machine, with_value, ready: Vec::new() })
    }

    fn score(&mut self, input: &Input) -> Result<Value> {
        let value = match self.with_value {
            WithValue::FromJson => Value::from_json_str(&input.json)?,
            WithValue::Ready => self.ready.pop().context("a value was laid out")?,
        };
        self.machine.set_input(value);
        self.machine.execute_entry_point_by_index(0).map_err(|error| anyhow!("{error}"))
    }
}

impl Timed for RegorusInterpreter {
    fn name(&self) -> &'static str {
        "regorus_interpreter"
    }

    fn evaluate(&mut self, input: &Input) -> Result<()> {
        black_box(self.score(input)?);
        Ok(())
    }
}

impl Contender for RegorusInterpreter {
    fn explain(&mut self, input: &Input) -> Result<Explanation> {
        understood(&self.score(input)?)
    }
}

impl Timed for RegorusMachine {
    fn name(&self) -> &'static str {
        match self.with_value {
            WithValue::FromJson => "regorus_machine",
            WithValue::Ready => "regorus_machine_value_ready",
        }
    }

    fn lay_out(&mut self, input: &Input, evaluations: u32) -> Result<()> {
        if self.with_value == WithValue::Ready {
            let value = Value::from_json_str(&input.json)?;
            self.ready = (0..evaluations).map(|_| value.clone()).collect();
        }
        Ok(())
    }

    fn evaluate(&mut self, input: &Input) -> Result<()> {
        black_box(self.score(input)?);
        Ok(())
    }
}

impl Contender for RegorusMachine {
    fn explain(&mut self, input: &Input) -> Result<Explanation> {
        self.lay_out(input, 1)?;
        understood(&self.score(input)?)
    }
}

fn engine() -> Result<Engine> {
    let mut engine = Engine::new();
    engine.add_policy("rubric.rego".to_owned(), POLICY.to_owned())?;
    Ok(engine)
}

fn understood(explanation: &Value) -> Result<Explanation> {
    Ok(serde_json::from_str(&explanation.to_json_str()?)?)
}

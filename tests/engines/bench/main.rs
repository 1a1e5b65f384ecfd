//! One rubric over the same answers, in our sandbox and in other engines: what an evaluation costs in each, side by side in one run.
//!
//! The bars, all of them ratios:
//! - `score_huizong_to_native`: at most 3 at 166 records, at most 1.6 at 1,000.
//! - `score_huizong_to_…` every other engine, the reused one included: below 1 from 25 to 1,000 records.
//! - `fixed_cost_to_empty_component`: at most 10.

mod clock;
mod contender;
mod empty_component;
mod extism_engine;
mod huizong;
mod input;
mod native;
mod regorus_engine;
mod rhai_engine;

use std::collections::BTreeMap;

use anyhow::{Result, ensure};

use clock::median_micros;
use contender::{Contender, Timed};
use empty_component::Bare;
use extism_engine::{Allocation, ExtismFresh, ExtismReused};
use huizong::Huizong;
use input::Input;
use native::Native;
use regorus_engine::{RegorusInterpreter, RegorusMachine, WithValue};
use rhai_engine::{RhaiFromJson, RhaiFromValue};

/// The rubric as our component.
const COMPONENT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/component.wasm"));

/// The rubric as an Extism guest.
const EXTISM_GUEST: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/extism.wasm"));

/// 166 is what the largest real report has; a large city has a thousand.
const SIZES: [usize; 4] = [0, 25, 166, 1_000];

fn main() -> Result<()> {
    let mut contenders = contenders()?;
    for size in SIZES {
        let input = Input::with_records(size)?;
        figure(&format!("input_messagepack_{size}"), bytes(input.answers().bytes().len()), "bytes");
        figure(&format!("input_json_{size}"), bytes(input.json.len()), "bytes");
        hold_to_equal_explanations(&mut contenders, &input)?;
        compare(&mut contenders, &input)?;
    }
    fixed_cost()
}

/// Everybody, ready to be asked: compiled, linked and prepared as far as it can be without the answers.
fn contenders() -> Result<Vec<Box<dyn Contender>>> {
    Ok(vec![
        Box::new(Native::with_context()),
        Box::new(Huizong::start(COMPONENT)?),
        Box::new(ExtismFresh::compile(EXTISM_GUEST, Allocation::AsItComes)?),
        Box::new(ExtismFresh::compile(EXTISM_GUEST, Allocation::Pooled)?),
        Box::new(ExtismReused::start(EXTISM_GUEST)?),
        Box::new(RegorusInterpreter::prepare()?),
        Box::new(RegorusMachine::prepare(WithValue::FromJson)?),
        Box::new(RegorusMachine::prepare(WithValue::Ready)?),
        Box::new(RhaiFromJson::prepare()?),
        Box::new(RhaiFromValue::prepare()?),
    ])
}

/// Points, reasons and pointers are the same everywhere: who gives less would be cheaper.
fn hold_to_equal_explanations(contenders: &mut [Box<dyn Contender>], input: &Input) -> Result<()> {
    let expected = complaints::explain(&input.records()?);
    for contender in contenders {
        let given = contender.explain(input)?;
        ensure!(given == expected, "{} explains\n{given:#?}\ninstead of\n{expected:#?}", contender.name());
    }
    Ok(())
}

fn compare(contenders: &mut [Box<dyn Contender>], input: &Input) -> Result<()> {
    let size = input.size;
    let medians = median_micros(contenders, input)?;
    for (name, micros) in &medians {
        figure(&format!("score_{name}_{size}"), *micros, "us");
    }
    let by_name: BTreeMap<_, _> = medians.iter().copied().collect();
    let ours = by_name[Huizong::NAME];
    for (name, micros) in medians.iter().filter(|(name, _)| *name != Huizong::NAME) {
        figure(&format!("score_huizong_to_{name}_{size}"), ours / micros, "ratio");
    }
    Ok(())
}

/// What is paid before the first complaint, against what the engine itself asks for a store and an instance of nothing.
fn fixed_cost() -> Result<()> {
    let mut contenders: Vec<Box<dyn Timed>> = vec![
        Box::new(Huizong::start(COMPONENT)?),
        Box::new(Bare::empty_component()?),
        Box::new(Bare::component("instantiated_rubric", COMPONENT)?),
    ];
    let (without_records, nothing) = (Input::with_records(0)?, Input::empty()?);
    let of = |medians: &[(&str, f64)]| (medians[0].1, medians[1].1, medians[2].1);
    let (ours, empty, rubric) = of(&median_micros(&mut contenders, &without_records)?);
    let (ours_of_nothing, _, _) = of(&median_micros(&mut contenders, &nothing)?);
    figure("fixed_cost", ours, "us");
    figure("fixed_cost_without_answers", ours_of_nothing, "us");
    figure("empty_component", empty, "us");
    figure("instantiated_rubric", rubric, "us");
    figure("fixed_cost_to_empty_component", ours / empty, "ratio");
    figure("fixed_cost_without_answers_to_empty_component", ours_of_nothing / empty, "ratio");
    figure("fixed_cost_to_instantiated_rubric", ours / rubric, "ratio");
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn figure(name: &str, value: f64, unit: &str) {
    println!("{name} {value:.2} {unit}");
}

#[expect(clippy::cast_precision_loss, reason = "no input has 2^52 bytes")]
const fn bytes(count: usize) -> f64 {
    count as f64
}

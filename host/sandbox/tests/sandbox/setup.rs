//! Sandboxes, plugins and questions that the tests share.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use domain::answers::Answers;
use domain::calendar::{Calendar, Period};
use domain::points::Points;
use domain::review::Review;
use domain::settlement::{Cohort, CriterionColumn, MeasureColumn};
use domain::submission::{Envelope, Submission};
use domain::unit::{Context, Unit};
use sandbox::{Budget, Compiler, Limits, Plugin, Sandbox, SandboxSettings};
use serde_json::{Value, json};

/// A sandbox for tests that do not look at what it holds.
pub(crate) static SHARED: LazyLock<Sandbox> = LazyLock::new(|| start(limits()));

/// The honest rubric in the shared sandbox.
pub(crate) static HONEST: LazyLock<Plugin> = LazyLock::new(|| admit(&SHARED, rogues::HONEST));

/// Less fuel than by default, so that endless work ends soon, and a clock that never comes first.
pub(crate) fn limits() -> Limits {
    let budget = Budget { fuel: 200_000_000, wall: Duration::from_mins(5) };
    Limits { unit: budget, cohort: budget, ..Limits::default() }
}

pub(crate) fn start(limits: Limits) -> Sandbox {
    Sandbox::start(SandboxSettings { threads: 2, limits, compiler: Compiler::InProcess, cache: None }).unwrap()
}

pub(crate) fn admit(sandbox: &Sandbox, component: &[u8]) -> Plugin {
    sandbox.admit_here(component).unwrap().0
}

/// A station in good order, with the answers that a test gives it.
pub(crate) fn submission(changes: &Value) -> Submission {
    let mut answers = json!({
        "rooms": 10, "extinguishers": 10, "locked_exit": false, "drills": 2, "minutes": 40, "volunteers": 3
    });
    for (name, value) in changes.as_object().unwrap() {
        answers[name] = value.clone();
    }
    let envelope =
        Envelope { round: "2025".to_owned(), period: year(), revision: 1, received_on: "2026-01-10".parse().unwrap() };
    Submission { envelope, answers: Answers::from_value(answers).unwrap() }
}

pub(crate) fn context() -> Context {
    let unit = Unit {
        code: "station-1".to_owned(),
        name: "第一消防站".to_owned(),
        aliases: Vec::new(),
        kind: "station".to_owned(),
        attributes: Vec::new(),
    };
    Context {
        unit,
        calendar: Calendar { covers: year(), holidays: Vec::new(), working_days: Vec::new() },
        earlier: Vec::new(),
    }
}

pub(crate) fn review() -> Review {
    Review::default()
}

/// Everything that `score` takes, for the asynchronous way.
pub(crate) fn question(changes: &Value) -> (Arc<Submission>, Arc<Context>, Arc<Review>) {
    (Arc::new(submission(changes)), Arc::new(context()), Arc::new(review()))
}

pub(crate) fn year() -> Period {
    Period::new("2025-01-01".parse().unwrap(), "2025-12-31".parse().unwrap()).unwrap()
}

/// Three stations; the last one had no drill, and so no time.
pub(crate) fn cohort() -> Cohort {
    let points = |thousandths: [i64; 3]| thousandths.map(Points::from_thousandths).to_vec();
    let column =
        |criterion: &str, thousandths| CriterionColumn { criterion: criterion.to_owned(), points: points(thousandths) };
    Cohort {
        period: year(),
        name: String::new(),
        members: ["a", "b", "c"].map(str::to_owned).to_vec(),
        totals: points([70_000, 62_000, 70_000]),
        criteria: vec![
            column("extinguishers", [40_000, 22_000, 40_000]),
            column("exits", [40_000, 40_000, 40_000]),
            column("volunteers", [0, 0, 0]),
        ],
        measures: vec![MeasureColumn { measure: "minutes".to_owned(), values: vec![40, 60, 0], known: vec![1, 1, 0] }],
        steps: Vec::new(),
    }
}

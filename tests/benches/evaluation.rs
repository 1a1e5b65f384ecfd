//! What an evaluation costs: in a fresh sandbox against the same rubric compiled natively, both from the same bytes, and how it scales
//! from one thread to two. The bars stand in the design: at most 3 times at 166 records, 1.6 times at 1,000; at least 1.8 times on two threads.

#[path = "figures.rs"]
mod figures;

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::answers::Answers;
use domain::calendar::{Calendar, Period};
use domain::review::Review;
use domain::submission::{Envelope, Submission};
use domain::unit::{Context, Unit};
use huizong_sdk::{Rubric as _, testing};
use jiff::civil::date;
use rubric_2025::Rubric2025;
use sandbox::{Compiler, Limits, Plugin, Sandbox, SandboxSettings};

use figures::{figure, median_micros};

const SIZES: [usize; 4] = [0, 25, 166, 1_000];
const TIME: Duration = Duration::from_secs(2);

fn main() {
    let (sandbox, plugin) = sandbox_with_rubric(2);
    for size in SIZES {
        let answers = demo_pack::clean_answers(1, 17, size);
        let native = native_micros(&answers);
        let submission = submission(answers);
        let (context, review) = (context(), Review::default());
        let fresh = median_micros(TIME, || {
            std::hint::black_box(sandbox.score_here(&plugin, &submission, &context, &review));
        });
        figure(&format!("score_native_{size}"), native, "us");
        figure(&format!("score_fresh_{size}"), fresh, "us");
        figure(&format!("score_fresh_to_native_{size}"), fresh / native, "ratio");
    }
    let (one, two) = (evaluations_a_second(1), evaluations_a_second(2));
    figure("evaluations_1_thread", one, "1/s");
    figure("evaluations_2_threads", two, "1/s");
    figure("evaluations_2_to_1", two / one, "ratio");
}

/// The rubric compiled natively, from the same bytes to the same contract values.
fn native_micros(answers: &serde_json::Value) -> f64 {
    let submission = testing::submission(answers);
    let (context, review) = (testing::context(), testing::review());
    median_micros(TIME, || {
        let scorecard = Rubric2025::score(&submission, &context, &review);
        assert!(std::hint::black_box(scorecard).is_ok());
    })
}

fn sandbox_with_rubric(threads: usize) -> (Sandbox, Plugin) {
    let settings = SandboxSettings { threads, limits: Limits::default(), compiler: Compiler::InProcess, cache: None };
    let sandbox = Sandbox::start(settings).expect("the sandbox starts");
    let component = demo_pack::component("rubric-2025").bytes;
    let (plugin, _) = sandbox.admit_here(component).expect("the rubric is admitted");
    (sandbox, plugin)
}

fn submission(answers: serde_json::Value) -> Submission {
    let period = Period::new(date(2023, 1, 1), date(2023, 12, 31)).expect("a year");
    let envelope = Envelope { round: "2023".into(), period, revision: 1, received_on: date(2024, 1, 15) };
    Submission { envelope, answers: Answers::from_value(answers).expect("answers") }
}

fn context() -> Context {
    let unit =
        Unit {
            code: "M001".into(), name: "一".into(), aliases: vec![], kind: "县级联社".into(), attributes: vec![]
        };
    let covers = Period::new(date(2022, 1, 1), date(2024, 12, 31)).expect("three years");
    Context { unit, calendar: Calendar { covers, holidays: vec![], working_days: vec![] }, earlier: vec![] }
}

/// Evaluations a second of a submission of ordinary size, asked for by many at once, on so many threads.
fn evaluations_a_second(threads: usize) -> f64 {
    const ASKERS: usize = 8;
    let (sandbox, plugin) = sandbox_with_rubric(threads);
    let submission = Arc::new(submission(demo_pack::clean_answers(1, 17, 166)));
    let (context, review) = (Arc::new(context()), Arc::new(Review::default()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let started = Instant::now();
        let askers = (0..ASKERS).map(|_| {
            let (sandbox, plugin) = (sandbox.clone(), plugin.clone());
            let (submission, context, review) = (Arc::clone(&submission), Arc::clone(&context), Arc::clone(&review));
            async move {
                let mut done = 0_u32;
                while started.elapsed() < TIME {
                    let (submission, context, review) =
                        (Arc::clone(&submission), Arc::clone(&context), Arc::clone(&review));
                    sandbox.score(&plugin, submission, context, review).await;
                    done += 1;
                }
                done
            }
        });
        let done: u32 = futures::future::join_all(askers).await.into_iter().sum();
        f64::from(done) / started.elapsed().as_secs_f64()
    })
}

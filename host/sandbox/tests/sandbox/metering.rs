//! Every call of a metered plugin is counted, and no call of another.

use std::collections::BTreeMap;
use std::sync::Arc;

use rogues::Rogue;
use sandbox::{Limits, Meter};
use serde_json::json;

use crate::setup::{self, HONEST, SHARED};

fn outcomes(meter: &Meter, function: &str) -> BTreeMap<&'static str, u64> {
    meter.read().get(function).map(|metered| metered.outcomes.clone()).unwrap_or_default()
}

#[test]
fn calls_are_counted_by_function_and_by_how_they_ended() {
    let (meter, other) = (Arc::new(Meter::default()), Arc::new(Meter::default()));
    let (plugin, elsewhere) = (HONEST.metered(Arc::clone(&meter)), HONEST.metered(Arc::clone(&other)));
    let (good, roomless) = (setup::submission(&json!({})), setup::submission(&json!({ "rooms": 0 })));
    let (context, review) = (setup::context(), setup::review());
    let mut fuel = 0;
    for _ in 0..3 {
        fuel += SHARED.score_here(&plugin, &good, &context, &review).run.fuel;
    }
    fuel += SHARED.score_here(&plugin, &roomless, &context, &review).run.fuel;
    SHARED.check_here(&plugin, &good, &context);
    SHARED.check_here(&elsewhere, &good, &context);
    SHARED.check_here(&HONEST, &good, &context);

    assert_eq!(outcomes(&meter, "score"), BTreeMap::from([("given", 3), ("refused", 1)]));
    assert_eq!(outcomes(&meter, "check"), BTreeMap::from([("given", 1)]));
    assert_eq!(outcomes(&other, "check"), BTreeMap::from([("given", 1)]));
    let score = &meter.read()["score"];
    assert_eq!((score.fuel.total(), score.fuel.sum()), (4, fuel));
    assert_eq!((score.wall_micros.total(), score.memory_bytes.total()), (4, 4));
}

#[test]
fn a_fault_is_counted_by_its_code_with_what_it_cost() {
    let sandbox = setup::start(setup::limits());
    let meter = Arc::new(Meter::default());
    let plugin = setup::admit(&sandbox, &rogues::component(Rogue::Spins)).metered(Arc::clone(&meter));
    sandbox.score_here(&plugin, &setup::submission(&json!({})), &setup::context(), &setup::review());
    assert_eq!(outcomes(&meter, "score"), BTreeMap::from([("out-of-fuel", 1)]));
    assert_eq!(meter.read()["score"].fuel.sum(), setup::limits().unit.fuel);
}

#[tokio::test]
async fn who_is_turned_away_is_counted_and_pulls_no_figure_down() {
    let sandbox = setup::start(Limits { waiting: 0, ..setup::limits() });
    let meter = Arc::new(Meter::default());
    let plugin = setup::admit(&sandbox, rogues::HONEST).metered(Arc::clone(&meter));
    let (submission, context, review) = setup::question(&json!({}));
    drop(sandbox.score(&plugin, submission, context, review).await);
    assert_eq!(outcomes(&meter, "score"), BTreeMap::from([("busy", 1)]));
    assert_eq!(meter.read()["score"].wall_micros.total(), 0);
}

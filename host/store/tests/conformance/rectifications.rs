//! What members have to put right, and what was done about it.

use domain::ids::RectificationId;
use domain::points::Points;
use domain::rectification::{Cause, KnownRectification, Rectification, RectificationAct, RectificationStep};
use futures::future::join_all;
use jiff::civil::date;
use store::{Scope, StoreError};

use crate::memory::Memory;
use crate::release_samples::signatory;
use crate::samples::{self, act, round_code, time, unit_code};

pub(crate) fn item(unit: &str, criterion: &str) -> Rectification {
    Rectification {
        id: RectificationId(uuid::Uuid::now_v7()),
        round: round_code(),
        unit: unit_code(unit),
        revision: 1,
        cause: Cause::Deduction { criterion: criterion.to_owned(), lost: Points::from_thousandths(1_500) },
        problem: "安全出口上锁".to_owned(),
        owner: String::new(),
        due_on: date(2027, 6, 30),
        by: signatory(),
        at: time(20),
    }
}

pub(crate) fn step(text: &str) -> RectificationStep {
    let act = RectificationAct::Plan { measure: text.to_owned(), owner: "安全科".to_owned() };
    RectificationStep { act, by: signatory(), at: time(21), on: date(2027, 3, 1) }
}

/// One of each in a round that is open.
pub(crate) async fn keep_one_of_each(north: &Scope) {
    let item = item("station-1", "exits");
    north.keep_rectifications(std::slice::from_ref(&item), act("open")).await.unwrap();
    north.keep_rectification_step(item.id, 1, &step("拆除门锁"), act("plan")).await.unwrap();
}

pub(crate) async fn a_cause_has_one_item_and_items_come_all_or_none(memory: &Memory) {
    let north = memory.north();
    north.open_round(&samples::round(), act("open")).await.unwrap();
    let [exits, drills, other] = [("station-1", "exits"), ("station-1", "drills"), ("station-2", "exits")]
        .map(|(unit, criterion)| item(unit, criterion));
    north.keep_rectifications(std::slice::from_ref(&exits), act("open")).await.unwrap();
    let again = north.keep_rectifications(&[drills.clone(), item("station-1", "exits")], act("open")).await;
    assert!(matches!(again, Err(StoreError::AlreadyThere("rectification"))), "{again:?}");
    let known = |items: &[&Rectification]| -> Vec<KnownRectification> {
        let known = items.iter().map(|item| KnownRectification { rectification: (*item).clone(), steps: vec![] });
        known.collect()
    };
    assert_eq!(north.rectifications_of_unit(&unit_code("station-1")).await.unwrap(), known(&[&exits]));
    north.keep_rectifications(&[drills.clone(), other.clone()], act("open")).await.unwrap();
    assert_eq!(north.rectifications_of_unit(&unit_code("station-1")).await.unwrap(), known(&[&exits, &drills]));
    assert_eq!(north.rectifications(None).await.unwrap(), known(&[&exits, &drills, &other]));
    assert_eq!(north.rectifications(Some(&round_code())).await.unwrap().len(), 3);
    assert_eq!(north.rectifications(Some(&"2099".parse().unwrap())).await.unwrap(), []);
    assert_eq!(memory.federation("south").rectifications(None).await.unwrap(), []);
    let place = (round_code(), unit_code("station-2"));
    assert_eq!(north.rectification(&place.0, &place.1, exits.id).await.unwrap(), None, "it is another unit's");
    let found = north.rectification(&place.0, &place.1, other.id).await.unwrap();
    assert_eq!(found, known(&[&other]).pop());
}

pub(crate) async fn of_many_who_do_the_next_step_one_does(memory: &Memory) {
    let north = memory.north();
    north.open_round(&samples::round(), act("open")).await.unwrap();
    let item = item("station-1", "exits");
    north.keep_rectifications(std::slice::from_ref(&item), act("open")).await.unwrap();
    let texts = ["一", "二", "三", "四", "五"];
    let steps = texts.map(|text| {
        let north = north.clone();
        async move { north.keep_rectification_step(item.id, 1, &step(text), act("plan")).await }
    });
    let kept = join_all(steps).await;
    assert_eq!(kept.iter().filter(|kept| kept.is_ok()).count(), 1, "{kept:?}");
    assert!(kept.iter().all(|kept| matches!(kept, Ok(()) | Err(StoreError::Stale { current: Some(1) }))), "{kept:?}");
    north.keep_rectification_step(item.id, 2, &step("六"), act("plan")).await.unwrap();
    let known = north.rectification(&round_code(), &unit_code("station-1"), item.id).await.unwrap().unwrap();
    assert_eq!(known.steps.len(), 2);
    assert_eq!(known.steps[1], step("六"));
    assert_eq!(north.rectifications(None).await.unwrap(), [known]);
}

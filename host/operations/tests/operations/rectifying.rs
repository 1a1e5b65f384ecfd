//! What a member has to put right: opened from what it lost or stated, planned, done, accepted, overdue, and carried into the next round.

use documents::Format;
use domain::ids::{RoundCode, UnitCode};
use domain::points::Points;
use domain::rectification::{RectificationAct, RectificationState};
use domain::text::Language;
use operations::{
    NewCause, NewRectification, NewRectificationStep, NewRound, OperationError, RectificationView, Rectifications,
    WhichRectifications,
};
use serde_json::json;

use crate::house::{House, Province, Station, day, new_round, station, time};

/// A settled round in which the station lost all points for its exits.
async fn settled<'p>(province: &'p Province<'p>) -> (RoundCode, Station<'p>) {
    let round = province.round().await;
    let station = province.station("s1").await;
    station.hand_in(&round, &json!({ "locked_exit": true })).await;
    province.settle(&round).await;
    (round, station)
}

fn of_exits(due_on: &str) -> NewRectification {
    NewRectification {
        cause: NewCause::Deduction { criterion: "exits".to_owned() },
        problem: "安全出口上锁".to_owned(),
        owner: String::new(),
        due_on: day(due_on),
    }
}

async fn open(
    province: &Province<'_>,
    round: &RoundCode,
    unit: &UnitCode,
    new: Vec<NewRectification>,
) -> Result<Vec<RectificationView>, OperationError> {
    province.house.office.open_rectifications(&province.admin, &province.code, round, unit, new).await
}

/// A step of the member or of the administration, upon so many.
async fn step(
    station: &Station<'_>,
    item: &RectificationView,
    after: u32,
    act: RectificationAct,
) -> Result<RectificationView, OperationError> {
    let province = station.province;
    let who = if act.is_the_members() { &station.clerk } else { &province.admin };
    let (office, new) = (&province.house.office, NewRectificationStep { after, act });
    office.step_rectification(who, &province.code, &item.round, &station.unit, item.id, new).await
}

async fn seen(station: &Station<'_>, round: &RoundCode) -> Rectifications {
    let province = station.province;
    let office = &province.house.office;
    office.rectifications(&station.clerk, &province.code, round, &station.unit).await.expect("the member reads them")
}

fn plan() -> RectificationAct {
    RectificationAct::Plan { measure: "拆除门锁，专人巡查".to_owned(), owner: "安全科".to_owned() }
}

fn complete() -> RectificationAct {
    RectificationAct::Complete { text: "已拆除".to_owned(), evidence: vec![] }
}

fn accept() -> RectificationAct {
    RectificationAct::Accept { text: "现场查看属实".to_owned() }
}

fn codes(problems: &OperationError) -> Vec<&'static str> {
    match problems {
        OperationError::Invalid(problems) => problems.iter().map(|problem| problem.code).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_lost_points_is_opened_planned_done_and_accepted() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (round, station) = settled(&province).await;
    let office = &house.office;
    let lost = office.deductions(&province.admin, &province.code, &round, &station.unit).await.expect("deductions");
    let exits = lost.iter().find(|lost| lost.criterion == "exits").expect("exits");
    assert_eq!((exits.lost, exits.rectification), (Points::from_thousandths(40_000), None));

    let opened = open(&province, &round, &station.unit, vec![of_exits("2025-06-30")]).await.expect("opened");
    let item = &opened[0];
    assert_eq!((item.state, item.revision, item.owner.as_str()), (RectificationState::NotStarted, 1, ""));
    let lost = office.deductions(&province.admin, &province.code, &round, &station.unit).await.expect("deductions");
    assert_eq!(lost.iter().find_map(|lost| lost.rectification), Some(item.id));
    let again = open(&province, &round, &station.unit, vec![of_exits("2025-06-30")]).await;
    assert!(matches!(again, Err(OperationError::AlreadyThere("rectification"))), "a cause has one item: {again:?}");

    let early = step(&station, item, 0, accept()).await;
    let not_possible = |result: &Result<RectificationView, OperationError>, expected: &str| match result {
        Err(OperationError::NotPossible { code }) => assert_eq!(*code, expected),
        other => panic!("{other:?}"),
    };
    not_possible(&early, "rectification-step-not-possible");
    let planned = step(&station, item, 0, plan()).await.expect("planned");
    assert_eq!((planned.state, planned.owner.as_str()), (RectificationState::UnderWay, "安全科"));
    let twice = step(&station, item, 0, plan()).await;
    assert!(matches!(twice, Err(OperationError::Stale { current: Some(1) })), "a double click is one step: {twice:?}");
    step(&station, item, 1, complete()).await.expect("completed");
    house.clock.set(time("2025-03-01T00:00:00Z"));
    let accepted = step(&station, item, 2, accept()).await.expect("accepted");
    assert_eq!((accepted.state, accepted.overdue, accepted.late), (RectificationState::Accepted, false, false));
    assert_eq!(accepted.completed_on, Some(day("2025-01-20")));
    assert_eq!(seen(&station, &round).await.own, [accepted]);

    // Every step stands in the log with what it followed, and none of the words.
    let log = office.audit(&province.admin, &province.code, 0, 500).await.expect("the log");
    let steps: Vec<_> = log.iter().filter(|entry| entry.act.verb == "step-rectification").collect();
    let reasons: Vec<&str> = steps.iter().map(|entry| entry.act.reason.as_str()).collect();
    assert_eq!(reasons, ["plan", "complete", "accept"]);
    assert!(steps[0].act.found.is_none() && steps[1].act.found == steps[0].act.left);
}

#[tokio::test]
async fn a_problem_that_the_member_stated_is_put_right_too() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (round, station) = settled(&province).await;
    let stated = |at: &str| NewRectification {
        cause: NewCause::Stated { at: at.to_owned() },
        owner: "安全科".to_owned(),
        ..of_exits("2025-06-30")
    };
    let opened = open(&province, &round, &station.unit, vec![of_exits("2025-05-31"), stated("/drills")]).await;
    let owners: Vec<String> = opened.expect("opened").into_iter().map(|item| item.owner).collect();
    assert_eq!(owners, ["", "安全科"]);
    let wrong = vec![
        stated("/nothing/here"),
        stated("drills"),
        NewRectification {
            cause: NewCause::Deduction { criterion: "extinguishers".to_owned() },
            ..of_exits("2025-06-30")
        },
        NewRectification { problem: " ".to_owned(), ..of_exits("2025-01-19") },
    ];
    let wrong = open(&province, &round, &station.unit, wrong).await.expect_err("nothing of it");
    assert_eq!(codes(&wrong), ["nothing-stated", "nothing-stated", "nothing-lost", "empty", "not-in-the-future"]);
    assert_eq!(seen(&station, &round).await.own.len(), 2, "all of it or nothing");

    // The notice names both by what the federation calls them.
    let office = &house.office;
    let notice = office
        .rectification_notice(&station.clerk, &province.code, &round, &station.unit, (None, Format::Markdown))
        .await;
    match notice {
        Ok(notice) => assert!(String::from_utf8(notice.bytes).expect("text").contains("安全出口上锁")),
        Err(OperationError::NotPossible { code }) => assert_eq!(code, "no-such-document", "this report composes none"),
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_not_done_by_the_day_is_overdue_and_stands_in_the_list() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (round, station) = settled(&province).await;
    let item = open(&province, &round, &station.unit, vec![of_exits("2025-06-30")]).await.expect("opened").remove(0);
    let office = &house.office;
    let overdue = WhichRectifications { overdue: true, ..WhichRectifications::default() };
    let list = async |which: &WhichRectifications| {
        office.rectification_list(&province.admin, &province.code, which).await.expect("the list")
    };
    // Midnight is the federation's own: in Shanghai the first of July begins eight hours before it does in Greenwich.
    house.clock.set(time("2025-06-30T15:59:00Z"));
    assert_eq!(list(&overdue).await.len(), 0);
    house.clock.set(time("2025-06-30T16:00:00Z"));
    assert_eq!(list(&overdue).await.len(), 1);
    let table = office.rectification_sheet(&province.admin, &province.code, &overdue, Language::Chinese).await;
    let table = String::from_utf8(table.expect("a table")).expect("text");
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines.len() == 2 && lines[1].starts_with("s1,s1 消防站,2024,"), "{table}");
    assert!(lines[1].contains("安全出口上锁") && lines[1].contains("2025-06-30,未启动,是,"), "{table}");
    let page = office
        .rectification_page(&province.admin, &province.code, &overdue, Language::English, Format::Markdown)
        .await
        .expect("a page");
    let page = String::from_utf8(page.bytes).expect("text");
    assert!(page.contains("Overdue rectification") && page.contains("1 items"), "{page}");

    // Done, though late, it waits for the reviewer; sent back, it is the member's turn again, until another day.
    step(&station, &item, 0, complete()).await.expect("completed");
    assert_eq!(list(&overdue).await, []);
    let open_ones = list(&WhichRectifications { open: true, ..WhichRectifications::default() }).await;
    assert!(open_ones.len() == 1 && open_ones[0].late);
    let back = RectificationAct::SendBack { text: "仍上锁".to_owned(), due_on: day("2025-06-30") };
    let past = step(&station, &item, 1, back).await.expect_err("that day is over");
    assert_eq!(codes(&past), ["not-in-the-future"]);
    let back = RectificationAct::SendBack { text: "仍上锁".to_owned(), due_on: day("2025-09-30") };
    let back = step(&station, &item, 1, back).await.expect("sent back");
    assert_eq!((back.state, back.due_on, back.overdue), (RectificationState::UnderWay, day("2025-09-30"), false));
    let dropped =
        step(&station, &item, 2, RectificationAct::Drop { text: "已撤站".to_owned() }).await.expect("dropped");
    assert_eq!(dropped.state, RectificationState::Dropped);
}

#[tokio::test]
async fn what_was_not_put_right_is_carried_into_the_next_round_and_to_whoever_takes_over() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (round, one) = settled(&province).await;
    let item = open(&province, &round, &one.unit, vec![of_exits("2025-06-30")]).await.expect("opened").remove(0);
    house.clock.set(time("2025-12-20T00:00:00Z"));
    let rubric = province.admit(rogues::HONEST).await;
    let period = domain::calendar::Period::new(day("2025-01-01"), day("2025-12-31")).expect("a period");
    let mut next = NewRound { period, due_at: time("2026-01-31T16:00:00Z"), ..new_round("2025", rubric) };
    next.calendar.covers = period;
    let office = &house.office;
    let next = office.open_round(&province.admin, &province.code, next).await.expect("a round").code;
    let carried = seen(&one, &next).await;
    assert_eq!((carried.own.len(), carried.carried.len()), (0, 1));
    assert!(carried.carried[0].overdue && carried.carried[0].id == item.id);
    assert_eq!(seen(&one, &round).await.carried, [], "nothing of a later round, nor of itself");

    // The station becomes part of another: what it had to put right goes with it.
    let mut gone = station("s1");
    gone.valid_to = Some(day("2025-08-31"));
    gone.successor = Some("s2".parse().expect("a code"));
    province.register(vec![gone, station("s2")]).await.expect("registered");
    let two = province.clerk_of("s2").await;
    assert_eq!(seen(&two, &next).await.carried.iter().map(|item| item.unit.as_str()).collect::<Vec<_>>(), ["s1"]);

    // Put right in the period, it is still told of in the round about that period, and not in the one after.
    step(&one, &item, 0, complete()).await.expect("completed");
    step(&one, &item, 1, accept()).await.expect("accepted");
    assert_eq!(seen(&two, &next).await.carried[0].state, RectificationState::Accepted);
    let period = domain::calendar::Period::new(day("2026-01-01"), day("2026-12-31")).expect("a period");
    let mut later = NewRound { period, due_at: time("2027-01-31T16:00:00Z"), ..new_round("2026", rubric) };
    later.calendar.covers = period;
    let later = office.open_round(&province.admin, &province.code, later).await.expect("a round").code;
    assert_eq!(seen(&two, &later).await.carried, []);
}

#[tokio::test]
async fn each_side_does_its_own_part_and_nobody_anothers() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (round, station) = settled(&province).await;
    let neighbour = province.station("s2").await;
    let item = open(&province, &round, &station.unit, vec![of_exits("2025-06-30")]).await.expect("opened").remove(0);
    let office = &house.office;
    let other = house.federation("f2").await;
    let step_as = async |who, act| {
        let new = NewRectificationStep { after: 0, act };
        office.step_rectification(who, &province.code, &round, &station.unit, item.id, new).await
    };
    for (who, act) in [
        (&station.clerk, accept()),
        (&station.clerk, RectificationAct::Drop { text: "无".to_owned() }),
        (&neighbour.clerk, plan()),
        (&province.admin, plan()),
        (&other.admin, RectificationAct::Drop { text: "无".to_owned() }),
    ] {
        let done = step_as(who, act).await;
        assert!(matches!(done, Err(OperationError::NotAllowed)), "{done:?}");
    }
    let opened = office
        .open_rectifications(&station.clerk, &province.code, &round, &station.unit, vec![of_exits("2025-06-30")])
        .await;
    assert!(matches!(opened, Err(OperationError::NotAllowed)), "{opened:?}");
    for who in [&neighbour.clerk, &other.admin] {
        let read = office.rectifications(who, &province.code, &round, &station.unit).await;
        assert!(matches!(read, Err(OperationError::NotAllowed)), "{read:?}");
    }
    let list = office.rectification_list(&station.clerk, &province.code, &WhichRectifications::default()).await;
    assert!(matches!(list, Err(OperationError::NotAllowed)), "{list:?}");
    let unsettled = open(&province, &round, &neighbour.unit, vec![of_exits("2025-06-30")]).await;
    assert!(matches!(unsettled, Err(OperationError::NotPossible { code: "nothing-accepted" })), "{unsettled:?}");
}

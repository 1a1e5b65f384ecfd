//! Roll-ups and reports.

use documents::Format;
use domain::round::Exemption;
use operations::{NewRound, OperationError};
use serde_json::json;

use crate::house::{House, new_round, station, time};

#[tokio::test]
async fn a_roll_up_lists_everybody_and_its_report_is_rendered() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (rubric, circular) = (province.admit(rogues::HONEST).await, province.admit(rogues::HONEST_CIRCULAR).await);
    let mut merged = station("merged");
    merged.valid_to = Some(crate::house::day("2024-03-31"));
    merged.successor = Some("good".parse().expect("a code"));
    let mut units = ["good", "late", "blocked", "missing", "exempt"].map(station).to_vec();
    units.push(merged);
    province.register(units).await.expect("registered");
    let exemptions = vec![Exemption { unit: "exempt".parse().expect("a code"), reason: "筹建中".to_owned() }];
    let new = NewRound { reports: vec![circular], exemptions, ..new_round("2024", rubric) };
    let round = house.office.open_round(&province.admin, &province.code, new).await.expect("a round").code;
    province.clerk_of("good").await.hand_in(&round, &json!({ "drills": 3 })).await;
    province.clerk_of("blocked").await.hand_in(&round, &json!({ "extinguishers": -1 })).await;
    house.clock.set(time("2025-02-01T00:00:00Z"));
    province.clerk_of("late").await.hand_in(&round, &json!({ "drills": 4 })).await;

    let ask = || house.office.ask_roll_up(&province.admin, &province.code, &round);
    assert!(matches!(ask().await, Err(OperationError::NotPossible { code: "not-settled" })));
    province.settle(&round).await;
    province.roll_up(&round).await;

    let view = house.office.roll_up(&province.admin, &province.code, &round).await.expect("a roll-up");
    let codes = |listed: &[domain::report::ListedUnit]| -> Vec<String> {
        listed.iter().map(|unit| unit.code.clone()).collect()
    };
    let rolled = &view.roll_up;
    assert_eq!(rolled.expected, 4);
    assert_eq!(codes(&rolled.missing), ["missing"]);
    assert_eq!(codes(&rolled.blocked), ["blocked"]);
    assert_eq!(codes(&rolled.late), ["late"]);
    assert_eq!(codes(&rolled.exempt), ["exempt"]);
    assert_eq!((codes(&rolled.merged), rolled.merged[0].note.as_str()), (vec!["merged".to_owned()], "good 消防站"));
    assert_eq!(rolled.fields, [], "a field stands only in the report that wants it");

    assert_eq!(view.reports[0].report, circular);
    let page = house.office.report(&province.admin, &province.code, &round, circular, Format::Markdown).await;
    let page = String::from_utf8(page.expect("a page").bytes).expect("text");
    assert!(page.contains("2, 1, 1, 1") && page.contains(" 7"), "members, missing, blocked, late; drills: {page}");
}

#[tokio::test]
async fn a_member_gets_its_own_report_before_and_after_the_settlement() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let (office, code) = (&house.office, &province.code);
    let report = || office.member_report(&station.clerk, code, &round, &station.unit, None, Format::Markdown);
    assert!(matches!(report().await, Err(OperationError::NotPossible { code: "nothing-accepted" })));
    station.hand_in(&round, &json!({})).await;
    let text = |rendered: operations::Rendered| String::from_utf8(rendered.bytes).expect("text");
    let before = text(report().await.expect("a page"));
    assert!(before.contains("f1/2024/s1/001 73000 -"), "{before}");
    let recorded = office.evaluations(&province.admin, code, None, 500).await.expect("them").len();
    assert_eq!(text(report().await.expect("the same page")), before);
    let asked_twice = office.evaluations(&province.admin, code, None, 500).await.expect("them").len();
    assert_eq!(asked_twice, recorded, "the same page is composed once");
    province.settle(&round).await;
    let after = text(report().await.expect("a page"));
    assert!(after.contains("f1/2024/s1/001 73000 1"), "{after}");
}

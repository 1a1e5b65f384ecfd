//! The indicators, by hand.

use huizong_sdk::testing::canonical;
use huizong_sdk::{Period, Ratio, answers, day, ratio};
use self_assessment::Answers;
use self_assessment::control::KeyEventType;
use self_assessment::measures::{self, Denominators, Tally, TimeLimits};
use serde_json::{Value, json};

use crate::members::context;

const YEAR: Period = Period { start: day(2023, 1, 1), end: day(2023, 12, 31) };

fn tally(records: &Value) -> Tally {
    let bytes = canonical(&json!({ "submission": {}, "complaint_record": records }));
    let answers: Answers<'_> = answers::decode(&bytes).unwrap();
    measures::tally(&answers, TimeLimits::OF_2020, YEAR).unwrap()
}

fn percent(rate: Option<Ratio>) -> String {
    rate.map_or_else(|| "-".to_owned(), |rate| rate.percent(1).to_string())
}

#[test]
fn a_complaint_is_in_time_on_the_last_day_of_its_limit_and_late_on_the_next() {
    let record = |closed: &str| json!([{ "received_on": "2023-03-01", "closed_on": closed }]);
    assert_eq!(percent(tally(&record("2023-03-16")).timeliness()), "100.0");
    assert_eq!(percent(tally(&record("2023-03-17")).timeliness()), "0.0");
}

#[test]
fn complex_complaints_have_longer_and_extended_ones_longer_still() {
    let record = |extended: bool, closed: &str| json!([{ "received_on": "2023-03-01", "closed_on": closed, "level": "complex", "extended": extended }]);
    assert_eq!(percent(tally(&record(false, "2023-03-31")).timeliness()), "100.0");
    assert_eq!(percent(tally(&record(false, "2023-04-01")).timeliness()), "0.0");
    assert_eq!(percent(tally(&record(true, "2023-04-30")).timeliness()), "100.0");
    assert_eq!(percent(tally(&record(true, "2023-05-01")).timeliness()), "0.0");
}

#[test]
fn only_complaints_whose_limit_fell_in_the_period_count_for_timeliness() {
    let tally = tally(&json!([
        { "received_on": "2023-12-20", "closed_on": null },
        { "received_on": "2022-12-20", "closed_on": "2023-01-02" },
        { "received_on": "2023-06-01", "closed_on": null },
    ]));
    assert_eq!((tally.accepted, tally.due, tally.closed_in_time), (3, 2, 1));
    assert_eq!(percent(tally.timeliness()), "50.0");
}

#[test]
fn rates_have_the_denominators_that_they_should() {
    let tally = tally(&json!([
        { "received_on": "2023-01-05", "closed_on": "2023-01-06", "liable": true, "satisfied": true, "repeat": true },
        { "received_on": "2023-01-05", "closed_on": "2023-01-06", "liable": false, "satisfied": false },
        { "received_on": "2023-01-05", "closed_on": "2023-01-06", "satisfied": null },
        { "received_on": "2023-01-05", "closed_on": null, "liable": true, "escalated": true },
    ]));
    assert_eq!(percent(tally.repetition()), "25.0");
    assert_eq!(percent(tally.escalation()), "25.0");
    assert_eq!(percent(tally.satisfaction()), "50.0");
    assert_eq!(percent(tally.liability()), "33.3");
    assert_eq!(percent(tally.completion()), "75.0");
}

#[test]
fn nothing_to_rate_is_no_rate() {
    let bytes = canonical(
        &json!({ "submission": {}, "complaint_stat": [{ "accepted": 0, "closed": 0, "counts_what": "complaints" }] }),
    );
    let answers: Answers<'_> = answers::decode(&bytes).unwrap();
    let tally = measures::tally(&answers, TimeLimits::OF_2020, YEAR).unwrap();
    assert_eq!(tally.timeliness(), None);
    assert_eq!(tally.satisfaction(), None);
}

#[test]
fn parts_and_petitions_are_not_added_to_the_total() {
    let bytes = canonical(&json!({ "submission": {}, "complaint_stat": [
        { "source_code": "province_96268", "counts_what": "complaints", "accepted": 30 },
        { "source_code": "pboc", "counts_what": "complaints", "accepted": 4 },
        { "source_code": "outlet", "counts_what": "complaints", "accepted": 9, "subset_of": "province_96268" },
        { "source_code": "petition_visit", "counts_what": "petitions", "accepted": 25 },
        { "source_code": "online", "counts_what": "enquiries", "accepted": 70 },
    ] }));
    let answers: Answers<'_> = answers::decode(&bytes).unwrap();
    assert_eq!(measures::complaints(&answers), Some(34));
    assert_eq!(measures::complaints_from(&answers, "pboc"), 4);
}

#[test]
fn the_federations_own_numbers_are_the_denominators() {
    let bytes =
        canonical(&json!({ "submission": {}, "org_unit": { "outlet_count": 99, "personal_customer_count": 50_000 } }));
    let answers: Answers<'_> = answers::decode(&bytes).unwrap();
    let unit =
        context("云岭联社", &[], "county").with_attribute("outlet_count", huizong_sdk::number(25_i64, "个")).unit;
    let denominators = Denominators::of(&answers, &unit);
    assert_eq!(denominators.per_outlet(1), ratio(1, 25));
    assert_eq!(denominators.per_ten_thousand_customers(4), ratio(8, 10));
    assert_eq!(Denominators::default().per_outlet(1), None);
}

#[test]
fn what_was_not_said_is_not_zero() {
    let bytes = canonical(&json!({ "submission": {}, "key_event": [{ "type": "data_leak", "count": 0 }] }));
    let answers: Answers<'_> = answers::decode(&bytes).unwrap();
    assert_eq!(measures::key_events(&answers, KeyEventType::DataLeak), Some(0));
    assert_eq!(measures::key_events(&answers, KeyEventType::CriminalCase), None);
}

//! Points and decimals are exact, and read and write the same text.

use domain::amount::Decimal;
use domain::points::Points;
use proptest::prelude::*;

#[test]
fn points_read_as_people_write_them() {
    for (text, thousandths) in
        [("94.5", 94_500), ("-0.1", -100), ("0", 0), ("100", 100_000), ("-13", -13_000), ("0.125", 125)]
    {
        let points: Points = text.parse().expect(text);
        assert_eq!(points.thousandths(), thousandths, "{text}");
        assert_eq!(points.to_string(), text);
    }
}

#[test]
fn what_is_no_number_of_points_is_refused() {
    for text in ["", ".", "1.", ".5", "1.2345", "1e3", "+1", "--1", "1 ", "九", "9999999999999999999", "NaN"] {
        assert!(text.parse::<Points>().is_err(), "{text}");
    }
}

#[test]
fn points_travel_as_text_in_json_and_as_an_integer_in_message_pack() {
    let points = Points::from_thousandths(94_500);
    assert_eq!(serde_json::to_string(&points).expect("json"), r#""94.5""#);
    assert_eq!(
        rmp_serde::to_vec(&points).expect("message pack"),
        rmp_serde::to_vec(&94_500_i64).expect("message pack")
    );
}

proptest! {
    #[test]
    fn a_decimal_reads_what_it_writes(digits in any::<i64>().prop_filter("representable", |digits| *digits != i64::MIN), scale in 0_u8..=9) {
        let decimal = Decimal { digits, scale };
        prop_assert_eq!(decimal.to_string().parse::<Decimal>().expect("its own text"), decimal);
    }

    #[test]
    fn the_order_of_adding_changes_nothing(mut all in prop::collection::vec(-1_000_000_i64..1_000_000, 0..40)) {
        let forward: Points = all.iter().copied().map(Points::from_thousandths).sum();
        all.reverse();
        let backward: Points = all.into_iter().map(Points::from_thousandths).sum();
        prop_assert_eq!(forward, backward);
    }
}

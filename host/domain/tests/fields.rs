//! What a roll-up takes out of answers, and what it never takes.

use domain::amount::Decimal;
use domain::document::Numbers;
use domain::fields::{FieldPath, Met, column_of, gather};
use domain::report::{FieldValues, Taking, WantedField};
use domain::roll_up::field_columns;
use domain::text::Text;
use proptest::prelude::*;
use serde_json::{Value, json};

fn path(text: &str) -> FieldPath {
    text.parse().expect("a pointer")
}

fn wanted(at: &str, taking: Taking, unit: &str) -> WantedField {
    WantedField { at: at.to_owned(), taking, label: Text::default(), unit: unit.to_owned() }
}

fn met(answers: &Value, at: &str) -> Vec<Met> {
    gather(&[path(at)], answers).expect("answers").remove(0)
}

#[test]
fn a_star_meets_every_item_of_a_list() {
    let answers = json!({ "drills": [{ "people": 3 }, { "people": "4.5" }, {}, { "people": null }] });
    let numbers = [Decimal::whole(3)].map(Met::Number);
    assert_eq!(met(&answers, "/drills/*/people"), [numbers[0].clone(), Met::Text("4.5".to_owned())]);
    assert_eq!(met(&answers, "/drills/1/people"), [Met::Text("4.5".to_owned())]);
    assert_eq!(met(&answers, "/drills/*").len(), 4);
    assert_eq!(met(&answers, "/nothing/*/here"), []);
}

#[test]
fn canonical_bytes_and_the_tree_give_the_same() {
    let answers = json!({ "a~/b": { "list": [1, [2, 3], { "x": "y" }] }, "other": { "deep": [[[]]] } });
    let bytes = domain::answers::canonical_bytes(&answers).expect("bytes");
    let paths: Vec<FieldPath> = ["/a~0~1b/list/*", "/a~0~1b/list/1/*", "/a~0~1b/list/2/x", ""].map(path).to_vec();
    let from_bytes = gather(&paths, &mut rmp_serde::Deserializer::from_read_ref(&bytes)).expect("answers");
    assert_eq!(from_bytes, gather(&paths, &answers).expect("answers"));
    assert_eq!(from_bytes[1], [Decimal::whole(2), Decimal::whole(3)].map(Met::Number));
}

#[test]
fn a_sum_is_exact_and_says_nothing_where_nothing_is_met() {
    let answers = [json!({ "a": ["0.1", 2] }), json!({ "a": [] }), json!({ "a": [i64::MAX, i64::MAX] })];
    let members: Vec<Vec<Met>> = answers.iter().map(|answers| met(answers, "/a/*")).collect();
    let column = column_of(&wanted("/a/*", Taking::Sum, ""), &members);
    assert_eq!(column.values, FieldValues::Numbers(Numbers { scale: 1, values: vec![21, 0, 0] }));
    assert_eq!(column.known, [1, 0, 0]);
}

#[test]
fn a_code_that_looks_like_a_number_stays_a_text() {
    let members = vec![vec![Met::Text("0012".to_owned())], vec![]];
    let column = column_of(&wanted("/code", Taking::One, ""), &members);
    assert_eq!(column.values, FieldValues::Texts(vec!["0012".to_owned(), String::new()]));
    let counted = column_of(&wanted("/rate", Taking::One, "%"), &[vec![Met::Text("12.50".to_owned())], vec![]]);
    assert_eq!(counted.values, FieldValues::Numbers(Numbers { scale: 1, values: vec![125, 0] }));
    assert_eq!((column.known, counted.known), (vec![1, 0], vec![1, 0]));
}

/// Paths over a small alphabet, so that marks and wishes often meet.
fn some_path() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!["a", "b", "name", "*"]), 1..4)
        .prop_map(|parts| format!("/{}", parts.join("/")))
}

fn some_answers() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![any::<i64>().prop_map(Value::from), "[a-z]{0,4}".prop_map(Value::from), Just(Value::Null)];
    leaf.prop_recursive(4, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(
                prop::sample::select(vec!["a".to_owned(), "b".to_owned(), "name".to_owned()]),
                inner,
                0..4
            )
            .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_roll_up_holds_no_personal_field(
        answers in prop::collection::vec(some_answers(), 1..5),
        wishes in prop::collection::vec(some_path(), 0..6),
        marks in prop::collection::vec(some_path(), 0..3),
    ) {
        let wishes: Vec<(WantedField, FieldPath)> =
            wishes.iter().map(|at| (wanted(at, Taking::One, ""), path(at))).collect();
        let marks: Vec<FieldPath> = marks.iter().map(|at| path(at)).collect();
        let paths: Vec<FieldPath> = wishes.iter().map(|(_, path)| path.clone()).collect();
        let met: Vec<_> = answers.iter().map(|answers| gather(&paths, answers).expect("answers")).collect();
        let columns = field_columns(&wishes, &marks, &met);
        for column in &columns {
            prop_assert!(!marks.iter().any(|mark| path(&column.at).is_within(mark)));
            prop_assert_eq!(column.known.len(), answers.len());
        }
        let open = wishes.iter().filter(|(_, path)| !marks.iter().any(|mark| path.is_within(mark))).count();
        prop_assert_eq!(columns.len(), open);
    }

    #[test]
    fn a_plain_pointer_meets_what_rfc_6901_says(answers in some_answers(), at in "(/(a|b|name|[0-3])){1,3}") {
        let expected = match answers.pointer(&at) {
            None | Some(Value::Null) => 0,
            Some(_) => 1,
        };
        prop_assert_eq!(met(&answers, &at).len(), expected);
    }
}

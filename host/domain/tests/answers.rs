//! Answers: one canonical encoding, whatever they were sent as, and a limit on everything.

use domain::answers::{Answers, MisplacedValue, NotAnswers, parse_value};
use domain::limits::{ANSWERS_DEPTH_MAX, ANSWERS_NODES_MAX};
use proptest::prelude::*;
use serde_json::{Value, json};

fn from_json(text: &str) -> Result<Value, MisplacedValue> {
    parse_value(&mut serde_json::Deserializer::from_str(text))
}

fn from_message_pack(bytes: &[u8]) -> Result<Value, MisplacedValue> {
    parse_value(&mut rmp_serde::Deserializer::from_read_ref(bytes))
}

#[track_caller]
fn check(text: &str, pointer: &str, code: &str) {
    let refused = from_json(text).expect_err("it is no answers");
    assert_eq!((refused.pointer.as_str(), refused.reason.code()), (pointer, code), "{text}");
}

#[test]
fn what_cannot_be_answers_is_refused_at_its_place() {
    check(r#"{"a": {"b": 1.5}}"#, "/a/b", "fraction-not-text");
    check(r#"{"a": [1, 2, 1e40]}"#, "/a/2", "number-too-large");
    check(r#"{"a": {"b": 1, "b": 2}}"#, "/a", "duplicate-name");
    check(r#"{"a": {"b": [1, 2"#, "/a/b/2", "malformed-body");
    check(r#"{"a/b": {"~": nil}}"#, "/a~1b/~0", "malformed-body");
    check("", "", "malformed-body");
    check(&format!("{{\"a\": \"{}\"}}", "长".repeat(40_000)), "/a", "text-too-long");
}

#[test]
fn nesting_is_bounded_in_both_encodings() {
    let deep = "[".repeat(100_000);
    assert_eq!(from_json(&deep).expect_err("too deep").reason, NotAnswers::TooDeep);
    let deep = vec![0x91; 100_000];
    assert_eq!(from_message_pack(&deep).expect_err("too deep").reason, NotAnswers::TooDeep);
    let fits = format!("{}{}", "[".repeat(ANSWERS_DEPTH_MAX), "]".repeat(ANSWERS_DEPTH_MAX));
    from_json(&fits).expect("as deep as the contract promises");
}

#[test]
fn the_number_of_values_is_bounded() {
    let many = format!("[{}0]", "0,".repeat(ANSWERS_NODES_MAX));
    assert_eq!(from_json(&many).expect_err("too many").reason, NotAnswers::TooMany);
    // A list that claims four thousand million items and brings none costs no memory.
    let claims = from_message_pack(&[0xdd, 0xff, 0xff, 0xff, 0xff]).expect_err("truncated");
    assert_eq!(claims.reason.code(), "malformed-body");
}

#[test]
fn message_pack_types_that_answers_do_not_have_are_refused() {
    let bytes: [(&[u8], &str); 4] = [
        (&[0x81, 0xa1, b'a', 0xc4, 0x01, 0x00], "not-a-value"),
        (&[0x81, 0xa1, b'a', 0xd4, 0x01, 0x00], "not-a-value"),
        (&[0x81, 0x01, 0x01], "not-a-value"),
        (&[0x81, 0xa1, b'a', 0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], "fraction-not-text"),
    ];
    for (bytes, code) in bytes {
        assert_eq!(from_message_pack(bytes).expect_err("no answers").reason.code(), code, "{bytes:02x?}");
    }
}

#[test]
fn only_an_object_is_answers() {
    assert_eq!(Answers::from_value(json!([1])).expect_err("a list"), NotAnswers::NotAnObject);
}

#[test]
fn the_order_of_members_does_not_change_the_digest() {
    let one = Answers::from_value(from_json(r#"{"b": 1, "a": [true, null, "x"]}"#).expect("json")).expect("answers");
    let other = Answers::from_value(from_json(r#"{"a": [true, null, "x"], "b": 1}"#).expect("json")).expect("answers");
    assert_eq!(one.digest(), other.digest());
    assert_eq!(one.bytes(), [0x82, 0xa1, b'a', 0x93, 0xc3, 0xc0, 0xa1, b'x', 0xa1, b'b', 0x01]);
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 120, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::btree_map(".{0,12}", inner, 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn json_and_message_pack_give_the_same_canonical_bytes(members in prop::collection::btree_map(".{0,12}", any_value(), 0..8)) {
        let value = Value::Object(members.into_iter().collect());
        let sent_as_json = serde_json::to_string(&value).expect("json");
        let sent_as_message_pack = rmp_serde::to_vec_named(&value).expect("message pack");
        let one = Answers::from_value(from_json(&sent_as_json).expect("json")).expect("answers");
        let other = Answers::from_value(from_message_pack(&sent_as_message_pack).expect("message pack")).expect("answers");
        prop_assert_eq!(one.bytes(), other.bytes());
        prop_assert_eq!(one.value(), &value);
        prop_assert_eq!(&from_message_pack(one.bytes()).expect("canonical bytes are MessagePack"), &value);
    }

    #[test]
    fn no_bytes_make_the_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = from_message_pack(&bytes);
        let _ = parse_value(&mut serde_json::Deserializer::from_slice(&bytes));
    }
}

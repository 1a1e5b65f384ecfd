//! The form accepts what members really send, and refuses mistakes.

use self_assessment::FORM;
use self_assessment::generator::clean;
use serde_json::{Value, json};

use crate::members::{member, seed};

fn form() -> Value {
    serde_json::from_str(FORM).unwrap()
}

fn validator() -> jsonschema::Validator {
    jsonschema::draft202012::new(&form()).unwrap()
}

#[test]
fn the_form_is_a_schema_within_the_contracts_size() {
    assert!(FORM.len() < 200 * 1024, "{} bytes", FORM.len());
    jsonschema::draft202012::meta::validate(&form()).unwrap();
}

#[test]
fn the_seeds_are_accepted_as_they_are() {
    let validator = validator();
    for number in 1..=3 {
        let errors: Vec<_> = validator.iter_errors(&seed(number)).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "seed {number}");
    }
}

#[test]
fn a_thousand_records_are_accepted() {
    let (sketch, _) = member(4);
    let answers = clean(7, &sketch, 2023, 1_000);
    let errors: Vec<_> = validator().iter_errors(&answers).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn mistakes_are_refused_where_they_stand() {
    let validator = validator();
    let refused: [(&str, Value); 14] = [
        ("/training/0/sessions", json!("三十余次")),
        ("/training/0/sessions/value", json!("许多")),
        ("/training/0/sessions/qualifier", json!("perhaps")),
        ("/complaint_stat/0/closed", json!("8件")),
        ("/complaint_stat/0/closed", json!(-1)),
        ("/complaint_stat/0/counts_what", json!("apples")),
        ("/complaint_record/0/received_on", json!("2023年5月4日")),
        ("/complaint_record/0/repeat", json!(0)),
        ("/complaint_record/0/level", json!("urgent")),
        ("/key_event/0/count", json!(null)),
        ("/internal_audit/0/coverage/edtf", json!("去年")),
        ("/policy_document/0/doc_number/year", json!("2023")),
        ("/org_aliases", json!("云岭联社")),
        ("/self_score_item/0/points", json!(18)),
    ];
    let (sketch, _) = member(4);
    let answers = clean(3, &sketch, 2023, 2);
    assert!(validator.is_valid(&answers));
    for (pointer, mistake) in refused {
        let mut wrong = answers.clone();
        *wrong.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = mistake.clone();
        assert!(!validator.is_valid(&wrong), "{pointer} = {mistake}");
    }
}

#[test]
fn unknown_members_are_refused() {
    let mut answers = seed(1);
    answers["complaint_stats"] = json!([]);
    assert!(!validator().is_valid(&answers));
    let mut answers = seed(1);
    answers["complaint_stat"][0]["clsoed"] = json!(3);
    assert!(!validator().is_valid(&answers));
}

/// Every property that a person fills in, with the place where it stands in the schema.
fn properties<'s>(schema: &'s Value, at: &str, found: &mut Vec<(String, &'s Value)>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let at = format!("{at}/{name}");
        properties(property, &at, found);
        properties(&property["items"], &at, found);
        found.push((at, property));
    }
}

#[test]
fn every_field_has_a_label_in_both_languages() {
    let form = form();
    let mut all = Vec::new();
    properties(&form, "", &mut all);
    for (name, definition) in form["$defs"].as_object().unwrap() {
        properties(definition, &format!("$defs/{name}"), &mut all);
    }
    assert!(all.len() > 250, "{}", all.len());
    for (at, property) in all {
        for label in ["title", "x-title-en"] {
            assert!(property[label].as_str().is_some_and(|label| !label.is_empty()), "{at} has no {label}");
        }
        assert_eq!(property.get("x-help").is_some(), property.get("x-help-en").is_some(), "{at}: help in one language");
    }
}

#[test]
fn names_of_persons_are_marked() {
    let form = form();
    for pointer in [
        "/properties/submission/properties/signature",
        "/properties/staff_assignment/items/properties/name",
        "/properties/external_person/items/properties/name",
        "/properties/external_person/items/properties/raw_text",
        "/properties/narrative_section/items/properties/text",
        "/properties/complaint_record/items/properties/narrative",
        "/$defs/provenance/properties/entered_by",
    ] {
        assert_eq!(form.pointer(pointer).unwrap()["x-personal"], true, "{pointer}");
    }
}

#[test]
fn every_list_of_codes_that_a_field_names_exists() {
    let form = form();
    let mut all = Vec::new();
    properties(&form, "", &mut all);
    for (name, definition) in form["$defs"].as_object().unwrap() {
        properties(definition, name, &mut all);
    }
    for (at, property) in all {
        let Some(list) = property["x-codes"].as_str() else { continue };
        let codes = form["x-codes"][list].as_array().unwrap_or_else(|| panic!("{at}: {list}"));
        if let Some(values) = property["enum"].as_array() {
            let known: Vec<_> = codes.iter().map(|code| &code["code"]).collect();
            assert!(values.iter().filter(|value| !value.is_null()).all(|value| known.contains(&value)), "{at}");
        }
    }
}

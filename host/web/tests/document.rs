//! The OpenAPI document: complete, true to what is answered, and not changed by accident.

use std::collections::BTreeSet;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use domain::access::Operation;
use domain::amount::{Amount, Comparison, Decimal, Quantity, Relation};
use domain::calendar::Period;
use domain::digest::Digest;
use domain::document::Numbers;
use domain::expectation::Expectation;
use domain::finding::Refusal;
use domain::points::Points;
use domain::report::{FieldValues, FindingCount, ListedUnit};
use domain::rubric::{Discretion, LegalBasis, Severity, VetoEffect};
use domain::scorecard::CriterionPoints;
use domain::text::Text;
use domain::unit::EarlierPeriod;
use operations::ComposedReport;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::house::{Answer, House, plain, request};

/// The document as a test of answers.
pub(crate) struct Documented {
    document: Value,
}

impl Documented {
    /// What a router says of itself; nothing where it has no place for the question.
    pub(crate) async fn by(router: &Router) -> Self {
        let request = Request::get("/api/v1/openapi.json").body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let is_there = response.status() == StatusCode::OK;
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Self { document: if is_there { serde_json::from_slice(&bytes).unwrap() } else { Value::Null } }
    }

    /// Fails where an answer is not one that the document announces for the route.
    pub(crate) fn holds(&self, method: &Method, path: &str, answer: &Answer) {
        if self.document.is_null() {
            return;
        }
        let Some(operation) = self.operation(method, path) else {
            let is_unknown = [StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED].contains(&answer.status);
            assert!(is_unknown, "{method} {path} is answered but not documented");
            return;
        };
        let announced = operation["responses"].get(answer.status.as_str());
        let announced = announced.unwrap_or(&operation["responses"]["default"]);
        assert!(
            announced["description"] != "A problem" || answer.status.as_u16() >= 400,
            "{method} {path} does not announce {}",
            answer.status
        );
        let Some(contents) = announced["content"].as_object().filter(|_| !answer.bytes.is_empty()) else { return };
        let content = contents.get(answer.media_type());
        let content = content.unwrap_or_else(|| panic!("{method} {path} does not announce {}", answer.media_type()));
        if answer.media_type().ends_with("json") || answer.media_type().ends_with("msgpack") {
            self.fits(&content["schema"], &answer.value(), &format!("{method} {path}"));
        }
    }

    fn operation(&self, method: &Method, path: &str) -> Option<&Value> {
        let fits = |template: &str| {
            let (there, here) = (template.split('/'), path.split('/'));
            there.clone().count() == here.clone().count()
                && there.zip(here).all(|(part, given)| part.starts_with('{') || part == given)
        };
        let paths = self.document["paths"].as_object().unwrap();
        // A literal part is a closer fit than a parameter, as in the router.
        let (_, item) =
            paths.iter().filter(|(template, _)| fits(template)).min_by_key(|(t, _)| t.matches('{').count())?;
        item.get(method.as_str().to_lowercase())
    }

    /// Every documented field is there and every field is documented.
    fn fits(&self, schema: &Value, message: &Value, place: &str) {
        let mut components = self.document["components"].clone();
        for component in components["schemas"].as_object_mut().unwrap().values_mut() {
            close(component);
        }
        let mut whole = schema.clone();
        whole["components"] = components;
        let validator = jsonschema::draft202012::new(&whole).unwrap();
        let errors: Vec<_> = validator.iter_errors(message).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{place} is not what the document says: {errors:#?}");
    }
}

/// What the other tests' answers do not hold, as the office would give it.
fn rarely_given() -> Vec<(&'static str, Value)> {
    let day = "2023-06-30".parse().unwrap();
    let text = Text { zh: "词".to_owned(), en: "word".to_owned() };
    let points = Points::from_thousandths(1_500);
    let composed = ComposedReport {
        report: Digest::of(b"r"),
        title: "通报".to_owned(),
        evaluation: "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap(),
    };
    let earlier = EarlierPeriod {
        period: Period::new(day, day).unwrap(),
        answers: vec![0x80],
        total: points,
        full_marks: points,
        grade: Some("a".to_owned()),
        lines: vec![CriterionPoints { criterion: "c".to_owned(), points }],
        predecessor: Some("m9".to_owned()),
    };
    let quantity = Quantity { value: Decimal { digits: 125, scale: 1 }, unit: "件".to_owned() };
    let amounts = [
        Amount::Number(quantity),
        Amount::Points(points),
        Amount::Date(day),
        Amount::Text("x".to_owned()),
        Amount::Flag(true),
    ];
    let effects =
        [VetoEffect::Zero, VetoEffect::AtMost(points), VetoEffect::Grade("b".to_owned()), VetoEffect::Downgrade(1)];
    let expectations =
        [Expectation::Exempt("new".to_owned()), Expectation::Merged(None), Expectation::Merged("m2".parse().ok())];
    let columns =
        [FieldValues::Numbers(Numbers { scale: 1, values: vec![-5, 7] }), FieldValues::Texts(vec!["x".to_owned()])];
    let refusal = Refusal { code: "c".to_owned(), message: text.clone(), pointer: Some("/a".to_owned()) };
    let comparison = Comparison {
        what: "w".to_owned(),
        left: amounts[0].clone(),
        relation: Relation::AtMost,
        right: amounts[1].clone(),
        holds: false,
        tolerance: Some(Decimal::whole(1)),
    };
    let basis = LegalBasis { title: "t".to_owned(), number: Some("1".to_owned()), note: Some(text.clone()) };
    let discretion = Discretion { least: points, most: points, guidance: text };
    let count = FindingCount { check: "c".to_owned(), severity: Severity::Warning, members: 1, findings: 2 };
    let listed = ListedUnit { code: "m1".to_owned(), name: "n".to_owned(), note: String::new() };
    let mut given = vec![
        ("ComposedReport", json!(composed)),
        ("EarlierPeriod", json!(earlier)),
        ("Refusal", json!(refusal)),
        ("Comparison", json!(comparison)),
        ("LegalBasis", json!(basis)),
        ("Discretion", json!(discretion)),
        ("FindingCount", json!(count)),
        ("ListedUnit", json!(listed)),
    ];
    given.extend(amounts.map(|amount| ("Amount", json!(amount))));
    given.extend(effects.map(|effect| ("VetoEffect", json!(effect))));
    given.extend(expectations.map(|expectation| ("Expectation", json!(expectation))));
    given.extend(columns.map(|values| ("FieldValues", json!(values))));
    given
}

#[tokio::test]
async fn what_is_rarely_given_is_what_the_document_says_too() {
    let document = Documented { document: document().await };
    for (name, given) in rarely_given() {
        document.fits(&json!({"$ref": format!("#/components/schemas/{name}")}), &given, name);
    }
}

/// Admits no field beside those that are named.
fn close(schema: &mut Value) {
    if schema.get("properties").is_some() {
        schema["additionalProperties"] = json!(false);
    }
    for variant in schema.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten() {
        close(variant);
    }
}

async fn document() -> Value {
    let house = House::open().await;
    house.ask(plain(request(Method::GET, "/openapi.json"))).await.expect(StatusCode::OK)
}

#[tokio::test]
async fn every_route_is_in_the_document() {
    let router = include_str!("../src/router.rs");
    // Whatever is registered goes through `routes!`, which puts it into the document; these three would go past it.
    for past_it in [".route(", ".route_service(", ".nest_service("] {
        assert!(!router.contains(past_it), "{past_it} registers a route that is not documented");
    }
    let registered = router.split("routes!(").skip(1).flat_map(|rest| rest.split(')').next().unwrap().split(','));
    let registered: BTreeSet<&str> = registered.map(|name| name.trim().rsplit("::").next().unwrap()).collect();
    let document = document().await;
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
    let documented: BTreeSet<&str> = operations.map(|operation| operation["operationId"].as_str().unwrap()).collect();
    assert_eq!(registered, documented);
    assert!(documented.len() > 35);
}

#[tokio::test]
async fn every_route_that_is_not_for_everybody_names_its_rows_of_the_access_table() {
    let document = document().await;
    let rows = document["x-access"].as_object().unwrap();
    assert_eq!(rows.len(), Operation::ALL.len());
    let mut named = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let asked = operation["x-operations"].as_array().map_or(&[][..], Vec::as_slice);
            let doors = [operation["security"] == json!([{}]), operation["x-own"] == true, !asked.is_empty()];
            assert_eq!(
                doors.into_iter().filter(|door| *door).count(),
                1,
                "{method} {path} has no entry in `access::door`"
            );
            named.extend(asked.iter().map(|asked| asked.as_str().unwrap()));
        }
    }
    let unasked: Vec<_> = rows.keys().filter(|name| !named.contains(name.as_str())).collect();
    assert!(unasked.is_empty(), "no route asks for {unasked:?}");
}

#[tokio::test]
async fn every_documented_route_answers() {
    let house = House::open().await;
    let document = document().await;
    for (template, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let path = template
                .replace("{release}", &"0".repeat(64))
                .replace("{account}", "01890a5d-ac96-774b-bcce-b302099a8057")
                .replace("{token}", "01890a5d-ac96-774b-bcce-b302099a8057")
                .replace("{delivery}", "01890a5d-ac96-774b-bcce-b302099a8057")
                .replace("{job}", "01890a5d-ac96-774b-bcce-b302099a8057")
                .replace("{evaluation}", "01890a5d-ac96-774b-bcce-b302099a8057")
                .replace("{revision}", "1")
                .replace("{code}", "busy")
                .replace(['{', '}'], "");
            let request = Request::builder().method(method.to_uppercase().as_str()).uri(&path);
            let answer = house.ask(request.body(Body::empty()).unwrap()).await;
            let is_public = item[method]["security"] == json!([{}]);
            let expected = match (is_public, method.as_str()) {
                // Nobody was sent to single sign-on, and no federation has any.
                _ if path.ends_with("/sign-on/start") => StatusCode::CONFLICT,
                _ if path.ends_with("/sign-on/back") => StatusCode::UNAUTHORIZED,
                (true, "get") => StatusCode::OK,
                // Who signs in brings a message.
                (true, _) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
                (false, _) => StatusCode::UNAUTHORIZED,
            };
            assert_eq!(answer.status, expected, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn the_document_says_that_both_encodings_and_problems_are_everywhere() {
    let document = document().await;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operation["responses"]["default"]["content"]["application/problem+json"].is_object());
            assert!(operation["summary"].is_string() || operation["description"].is_string(), "{method} {path}");
            let bodies = operation["responses"].as_object().unwrap().values().chain([&operation["requestBody"]]);
            for content in bodies.filter_map(|body| body["content"].as_object()) {
                let is_message = content.contains_key("application/json") && !path.ends_with("openapi.json");
                assert!(!is_message || content.contains_key("application/msgpack"), "{method} {path}");
            }
        }
    }
}

/// The interface's change log: what changed in it shows in the difference of this snapshot.
#[tokio::test]
async fn the_document_is_the_one_on_record() {
    let mut document = document().await;
    document["info"]["version"] = json!("[version]");
    insta::assert_json_snapshot!("openapi", document);
}

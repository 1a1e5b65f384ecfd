//! Checks beyond the planted traps, one at a time: what each catches and what it lets pass.

use huizong_sdk::{Check, Definition, Severity, contract, label};
use self_assessment::checks::{self, Selection};
use self_assessment::generator::{Trap, clean};
use self_assessment::{Answers, Case};
use serde_json::{Value, json};

use crate::members::{codes, findings, member, submission};

/// The codes that clean answers raise after a change.
fn raised_after(change: impl Fn(&mut Value)) -> Vec<String> {
    let (sketch, context) = member(8);
    let mut answers = clean(8, &sketch, 2023, 20);
    change(&mut answers);
    let findings = findings(2023, &answers, &context);
    let unresolved = crate::members::dangling(&findings, &answers);
    assert!(unresolved.is_empty(), "{unresolved:?}");
    codes(&findings).into_iter().map(str::to_owned).collect()
}

const QUIET: [&str; 0] = [];

#[test]
fn parts_that_exceed_their_whole_are_errors() {
    for (entity, part, whole) in [
        ("/pledge/0", "signed", "scope_total"),
        ("/personal_info", "pledge_signed", "pledge_scope_total"),
        ("/product_governance", "cp_review_rejected", "cp_review_count"),
        ("/certification/0", "passed", "applied"),
        ("/certification/0", "applied", "outlets_total"),
        ("/survey/0", "satisfied", "valid"),
        ("/survey/0", "returned", "issued"),
        ("/self_inspection/0", "problems_fixed", "problems_found"),
    ] {
        let raised = raised_after(|answers| {
            let entity = answers.pointer_mut(entity).unwrap();
            entity[part] = json!(entity[whole].as_i64().unwrap() + 1);
        });
        assert_eq!(raised, ["part-exceeds-whole"], "{entity} {part}");
    }
    assert_eq!(
        raised_after(|answers| answers["fee_notice"][0]["posted_outlets"] = json!(10_000)),
        ["part-exceeds-whole"]
    );
    assert_eq!(raised_after(|answers| answers["complaint_stat"][0]["closed"] = json!(10_000)), ["part-exceeds-whole"]);
}

#[test]
fn statistics_that_do_not_match_the_records_are_told() {
    let raised = raised_after(|answers| {
        for field in ["received", "accepted", "closed"] {
            let row = &mut answers["complaint_stat"][0][field];
            *row = json!(row.as_i64().unwrap() + 3);
        }
    });
    assert_eq!(raised, ["breakdown-differs-from-total", "complaint-records-differ"]);
}

#[test]
fn a_fee_table_that_does_not_add_up_is_an_error() {
    assert_eq!(raised_after(|answers| answers["fee_catalog"][2]["count"]["value"] = json!(99)), ["fee-total-differs"]);
    let unstated = |answers: &mut Value| {
        answers["fee_catalog"][3].as_object_mut().unwrap().remove("is_subset_of");
    };
    assert_eq!(raised_after(unstated), ["fee-subset-unstated"]);
    assert_eq!(
        raised_after(|answers| answers["fee_catalog"][0]["category_code"] = json!("by_negotiation")),
        ["pricing-basis-inconsistent"]
    );
}

#[test]
fn a_score_must_be_the_sum_of_its_items() {
    assert_eq!(
        raised_after(|answers| answers["self_score_item"][0]["points"] = json!("0.5")),
        ["self-score-sum-differs"]
    );
    let beyond = |answers: &mut Value| answers["submission"]["self_score_full_marks"]["value"] = json!(10);
    assert_eq!(raised_after(beyond), ["self-score-sum-differs"]);
}

#[test]
fn items_may_be_deductions_from_the_full_marks() {
    let as_deductions = |answers: &mut Value| {
        answers["submission"]["self_score"]["value"] = json!("94.5");
        answers["self_score_item"] = json!([{ "criterion_id": "a", "points": "-3" }, { "criterion_id": "b", "points": "-2.5" }, { "criterion_id": "c", "points": "0" }]);
    };
    assert_eq!(raised_after(as_deductions), QUIET);
}

#[test]
fn an_audit_cannot_cover_what_had_not_happened() {
    let raised = raised_after(|answers| {
        answers["internal_audit"] =
            json!([{ "fieldwork": { "edtf": "2023-07-03/2023-07-07" }, "coverage": { "edtf": "2023-01/2023-12" } }]);
    });
    assert_eq!(raised, ["audit-coverage-after-fieldwork"]);
}

#[test]
fn records_are_looked_at_one_by_one() {
    assert_eq!(
        raised_after(|answers| answers["complaint_record"][4]["closed_on"] = json!("2022-12-31")),
        ["period-reversed"]
    );
    let repeated = |answers: &mut Value| {
        answers["complaint_record"][4]["number"] = answers["complaint_record"][9]["number"].clone();
    };
    assert_eq!(raised_after(repeated), ["record-number-repeated"]);
}

#[test]
fn a_shifted_weekend_is_a_working_day() {
    let on = |day: &'static str| {
        move |answers: &mut Value| answers["training_event"] = json!([{ "topic": "培训", "on": { "edtf": day } }])
    };
    assert_eq!(raised_after(on("2023-10-08")), QUIET);
    assert_eq!(raised_after(on("2023-10-15")), ["meeting-on-day-off"]);
    // The public is met on any day, and what is not known to the day is no meeting on a day off.
    assert_eq!(raised_after(on("2023-10")), QUIET);
    assert_eq!(raised_after(|answers| answers["campaign_event"][0]["on"] = json!({ "edtf": "2023-10-01" })), QUIET);
}

#[test]
fn figures_may_be_told_quarter_by_quarter() {
    let quarters = |last: &'static str| {
        move |answers: &mut Value| {
            let row = |period: &str, count: i64| json!({ "source_code": "pboc", "counts_what": "complaints", "period": period, "accepted": count, "closed": count });
            answers["complaint_record"] = json!([]);
            answers["complaint_breakdown"] = json!([]);
            answers["complaint_stat"] = json!([row("2023-01/2023-03", 3), row("2023-04/2023-06", 2), row(last, 4)]);
        }
    };
    assert_eq!(raised_after(quarters("2023-07/2023-12")), QUIET);
    assert_eq!(raised_after(quarters("2023-07/2023-09")), ["as-of-not-period-end"]);
}

#[test]
fn a_document_number_in_no_known_form_is_a_warning() {
    let raised = raised_after(|answers| {
        answers["policy_document"][0]["doc_number"] = json!({ "issuer_code": null, "year": null, "seq": null, "raw_text": "内部资料", "parse_status": "unparsed" });
    });
    assert_eq!(raised, ["document-number-unreadable"]);
}

#[test]
fn two_versions_of_a_policy_are_two_policies() {
    let raised = raised_after(|answers| {
        let mut second = answers["policy_document"][0].clone();
        second["doc_number"] = json!({ "issuer_code": "云农信发", "year": 2015, "seq": 3, "raw_text": "云农信发〔2015〕3号", "parse_status": "ok" });
        answers["policy_document"].as_array_mut().unwrap().push(second);
    });
    assert_eq!(raised, QUIET);
}

#[test]
fn claims_with_data_are_no_mere_claims() {
    let claim = json!([{ "metric": "satisfaction", "raw_text": "客户满意率98%", "sample_size": 320, "method": "电话回访" }, { "metric": "repeat_complaint", "raw_text": "未发生再次投诉", "value": 0 }]);
    assert_eq!(raised_after(|answers| answers["claims"] = claim.clone()), QUIET);
}

fn say(answers: &mut Value, sentence: &str) {
    let text = &mut answers["narrative_section"][5]["text"];
    *text = json!(format!("{}{sentence}", text.as_str().unwrap()));
}

#[test]
fn harmless_sentences_raise_nothing() {
    for sentence in [
        "我部分网点位于山区。",
        "学习《银监会关于加强银行业消费者权益保护的通知》。",
        "新中国成立74周年之际开展宣传。",
        "喜迎新春开展宣传。",
        "将一步步落实各项要求。",
        "通过掌上银行、线上银行办理业务。",
        "广大党员同志积极参与。",
        "各营业点、网点同步开展宣传。",
        "联社成立70周年。",
        "制定了方案。",
        "服务水平全面提升。",
        "建国路支行开展宣传。",
        "人民银行市分行、金融监管分局到场指导。",
    ] {
        assert_eq!(raised_after(|answers| say(answers, sentence)), QUIET, "{sentence}");
    }
}

#[test]
fn doubtful_sentences_are_told() {
    for (sentence, code) in [
        ("由王思远同志牵头。", "personal-name-in-text"),
        ("新中国成立70周年之际开展宣传。", "anniversary-of-another-year"),
        ("客户均表示满意。", "claim-without-sample"),
        ("投诉办理 效率提高。", "spelling-doubtful"),
        ("银保监局转办的投诉已办结。", "body-name-outdated"),
    ] {
        assert_eq!(raised_after(|answers| say(answers, sentence)), [code], "{sentence}");
    }
}

#[test]
fn what_a_message_quotes_is_masked_and_short() {
    let (sketch, context) = member(8);
    let mut answers = clean(8, &sketch, 2023, 20);
    answers["external_person"] = json!([{ "name": "祝怀瑾", "title": "科长" }]);
    answers["claims"] =
        json!([{ "metric": "satisfaction", "raw_text": format!("祝怀瑾表示客户都非常满意{}", "，".repeat(20_000)) }]);
    let findings = findings(2023, &answers, &context);
    assert_eq!(codes(&findings).into_iter().collect::<Vec<_>>(), ["claim-without-sample", "personal-name-in-text"]);
    let told = format!("{findings:?}");
    assert!(told.contains("祝**表示") && !told.contains("祝怀瑾"));
    assert!(findings.iter().all(|finding| finding.message.zh.chars().count() < 100));
}

#[test]
fn a_careless_table_gives_a_hundred_findings_and_the_number_of_the_rest() {
    let (sketch, context) = member(8);
    let mut answers = clean(8, &sketch, 2023, 1_000);
    for record in answers["complaint_record"].as_array_mut().unwrap() {
        record["closed_on"] = json!("2022-12-31");
    }
    let findings = findings(2023, &answers, &context);
    assert_eq!(findings.len(), checks::FINDINGS_PER_CHECK_MAX);
    assert!(findings[99].message.zh.ends_with("（另有900处）"), "{}", findings[99].message.zh);
}

#[test]
fn a_day_without_a_year_is_one_of_the_period() {
    let on = json!([{ "topic": "例会", "on": { "edtf": "XXXX-06-22", "raw_text": "6月22日" } }]);
    assert_eq!(raised_after(|answers| answers["training_event"] = on.clone()), ["meeting-on-day-off"]);
}

#[test]
fn limits_may_be_stated_by_route() {
    let by_route = |basis: &'static str| {
        move |answers: &mut Value| {
            answers["complaint_mechanism"] = json!({ "owner_by_route": [{ "route": "96268", "sla_days": 3, "sla_basis": "calendar_days" }, { "route": "转办", "sla_days": 5, "sla_basis": basis }] });
        }
    };
    assert_eq!(raised_after(by_route("calendar_days")), QUIET);
    assert_eq!(raised_after(by_route("working_days")), ["complaint-limit-in-working-days"]);
    let nothing = |answers: &mut Value| answers.as_object_mut().unwrap().remove("complaint_mechanism").map_or((), drop);
    assert_eq!(raised_after(nothing), ["complaint-limit-unstated"]);
}

#[test]
fn empty_answers_have_findings_that_resolve() {
    let (_, context) = member(8);
    let answers = json!({ "submission": {} });
    let findings = findings(2023, &answers, &context);
    assert!(crate::members::dangling(&findings, &answers).is_empty());
    assert_eq!(
        codes(&findings).into_iter().collect::<Vec<_>>(),
        [
            "complaint-limit-unstated",
            "key-event-zero-unstated",
            "organisation-not-named",
            "sign-off-missing",
            "year-not-stated"
        ]
    );
}

const OWN: Check = Check::new("own-check", label("自有", "Own"), label("自有", "Own"), Severity::Info);
const WITH_OWN: [Check; checks::COUNT + 1] = checks::and_own(&[OWN]);
const FEW: &[Check] = &[
    checks::key_events::KEY_EVENT_ZERO_UNSTATED,
    checks::structure::SIGN_OFF_MISSING.weighing(Severity::Warning),
    OWN,
];

#[test]
fn a_rubric_chooses_its_checks() {
    let (_, context) = member(8);
    let answers = json!({ "submission": {} });
    let submission = submission(2023, &answers);
    let decoded: Answers<'_> = huizong_sdk::answers::decode(&submission.answers).unwrap();
    let case = Case::new(&decoded, &submission, &context);
    let few = checks::run(&case, Selection::of(FEW));
    assert_eq!(codes(&few).into_iter().collect::<Vec<_>>(), ["key-event-zero-unstated", "sign-off-missing"]);
    assert_eq!(checks::run(&case, Selection::of(&WITH_OWN)), checks::run(&case, Selection::ALL));
}

/// The checks as a description tells them.
fn described() -> Vec<contract::Check> {
    const DEFINITION: Definition =
        Definition::new("test", "1.0.0", label("试", "Test"), label("试", "Test")).checks(checks::CATALOGUE);
    DEFINITION.description().checks
}

#[test]
fn every_check_has_title_help_and_severity_in_both_languages() {
    for check in described() {
        let code_is_fine =
            check.code.len() <= 64 && check.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        assert!(code_is_fine, "{}", check.code);
        for text in [&check.title, &check.help] {
            assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}", check.code);
        }
        assert_eq!(check.severities.len(), 1, "{}", check.code);
    }
}

#[test]
fn traps_weigh_what_the_research_says() {
    use Severity::{Error, Info, Warning};
    // By trap; T2 may be either. Traps whose rule names no severity are hints.
    let wanted = [
        (1, Error),
        (2, Error),
        (3, Warning),
        (4, Warning),
        (5, Error),
        (6, Warning),
        (7, Error),
        (8, Error),
        (9, Error),
        (10, Info),
        (11, Warning),
        (12, Error),
        (13, Info),
        (14, Warning),
        (15, Error),
        (16, Error),
        (17, Info),
        (18, Info),
        (19, Warning),
        (20, Warning),
        (21, Info),
        (22, Info),
        (23, Info),
        (24, Info),
        (25, Info),
        (26, Info),
        (27, Info),
        (28, Warning),
        (29, Warning),
        (30, Warning),
        (31, Warning),
        (32, Info),
        (33, Warning),
        (34, Info),
        (35, Info),
        (36, Error),
    ];
    let described = described();
    for (trap, (number, severity)) in Trap::ALL.into_iter().zip(wanted) {
        assert_eq!(trap.number(), number);
        let check = described.iter().find(|check| check.code == trap.code()).unwrap();
        assert_eq!(check.severities[0].severity, severity, "T{number}");
    }
}

//! Plants a trap in clean answers, and says which codes that must raise.

use huizong_sdk::{Weekday, day};
use serde_json::{Value, json};

use super::Trap;
use super::chance::Chance;

/// Plants a trap. The answers must be those of [`super::clean`]; then the checks raise exactly the codes that this returns, and nothing else.
///
/// Two traps may be planted together unless both change the same rows. `Trap::SubsetEqualsTotal` needs a complaint to begin with: without
/// one nothing is planted and no code returned.
pub fn plant(trap: Trap, answers: &mut Value, seed: u64) -> Vec<&'static str> {
    let year = i16::try_from(answers["submission"]["report_year"]["value"].as_i64().unwrap_or(2023)).unwrap_or(2023);
    let mut chance = Chance::new(seed);
    match trap {
        Trap::ReversedPeriod => {
            audit(answers, year)["coverage"] = json!({ "edtf": format!("{year}-10/{year}-06"), "raw_text": format!("{year}年10月至{year}年6月"), "status": "reversed" });
        }
        Trap::IncompleteNumber => lose_the_year(&mut answers["policy_document"][0]["doc_number"]),
        Trap::IssuedAfterUse => apply_before_issue(answers, year),
        Trap::RepeatedTitle => repeat(&mut answers["policy_document"], 1),
        Trap::MixedFeeUnits => answers["fee_catalog"][1]["count"]["unit"] = json!("类"),
        Trap::InconsistentPricing => append(answers, 3, "收费项目实行政府指导价、政府定价和市场调节价。"),
        Trap::MergedSources => merge_sources(&mut answers["complaint_stat"]),
        Trap::MixedKinds => answers["complaint_stat"][0]["counts_what"] = json!("complaints_and_suggestions"),
        Trap::EarlyFigures => answers["submission"]["as_of"] = json!(format!("{year}-09-30")),
        Trap::SubsetEqualsTotal => {
            if !add_subset(&mut answers["complaint_stat"]) {
                return Vec::new();
            }
        }
        Trap::InexactNumber => {
            answers["training"][0]["sessions"] =
                json!({ "value": 30, "unit": "次", "qualifier": "at_least", "raw_text": "30余次" });
        }
        Trap::UnfoundedScore => {
            forget(&mut answers["submission"], &["self_score_full_marks"]);
            answers["self_score_item"] = json!([]);
        }
        Trap::PraiseAgainstProblems => {
            append(answers, 3, "营业网点服务水平得到了全面提升。");
            push(&mut answers["issue"], json!({ "category": "outlet_service", "text": "部分网点服务不到位" }));
        }
        Trap::UnprovenClaim => answers["claims"] = json!([{ "metric": "satisfaction", "raw_text": "客户都非常满意" }]),
        Trap::UnstatedLimit => forget_limits(&mut answers["complaint_mechanism"]),
        Trap::UnnamedOrganisation => forget_the_name(answers),
        Trap::UnknownAlias => {
            push(&mut answers["org_aliases"], json!(chance.pick(&["汇丰信合", "金穗信合", "同心信合"])));
        }
        Trap::NoYear => forget_the_year(answers, year),
        Trap::WrongSubmitter => append(answers, 6, "投诉事项由总行、我行分级受理。"),
        Trap::DroppedCharacter => {
            each_text(&mut answers["narrative_section"], &|text| text.replace('网', ""));
            each_text(&mut answers["publicity_channel"], &|text| text.replace('网', ""));
        }
        Trap::Misspelling => append(
            answers,
            6,
            chance.pick(&["处理结果反馈至至客户本人。", "下一步将一步提高办理质效。", "严格控制投诉处理实效。"]),
        ),
        Trap::AsciiPunctuation => each_text(&mut answers["narrative_section"], &|text| text.replace('，', ",")),
        Trap::VaryingWords => each_text(&mut answers["narrative_section"], &|text| text.replace("台账", "台帐")),
        Trap::RunInHeading => run_in(&mut answers["narrative_section"][1]),
        Trap::LongEnumeration => answers["narrative_section"][3]["text"] = json!(enumeration()),
        Trap::TwoTitles => answers["submission"]["second_title"] = json!("关于开展金融消费者权益保护工作情况的报告"),
        Trap::NamedPerson => {
            append(answers, 5, "祝怀瑾科长到场观摩。");
            answers["external_person"] = json!([{ "name": "祝怀瑾", "title": "科长", "pii": true }]);
        }
        Trap::WrongAnniversary => {
            let years = if year == 2019 { 75 } else { 70 };
            push(&mut answers["campaign"], json!({ "name": format!("喜迎{years}华诞普惠金融进万家") }));
        }
        Trap::FieldworkOnDayOff => {
            let saturday = (1..=7).map(|number| day(year, 8, number)).find(|date| date.weekday() == Weekday::Saturday);
            let saturday = saturday.unwrap_or(day(year, 8, 1));
            let audit = audit(answers, year);
            audit["fieldwork"] = json!({ "edtf": format!("{saturday}/{}", saturday.plus_days(4)) });
        }
        Trap::MeetingOnDayOff => push(
            &mut answers["training_event"],
            json!({ "topic": "合规经理例会", "kind": "internal", "on": { "edtf": format!("{year}-10-01") } }),
        ),
        Trap::OutdatedBody => append(answers, 6, "银监分局转办的投诉由合规管理部负责。"),
        Trap::NoSignOff => {
            forget(
                &mut answers["submission"],
                &["signatory_role", "signature", "issued_on", "addressee", "doc_number"],
            );
        }
        Trap::UnresolvableReference => answers["submission"]["mandate_raw"] = json!("《转发的通知》"),
        Trap::TwiceNamedCampaign => {
            let name = format!("{}活动月", answers["campaign"][0]["name"].as_str().unwrap_or(""));
            push(&mut answers["campaign"], json!({ "name": name }));
        }
        Trap::UnstatedDepartment => {
            append(answers, 5, "上述活动由我部牵头组织。");
            forget(&mut answers["submission"], &["contact_department"]);
        }
        Trap::UnstatedZero => {
            if let Some(events) = answers["key_event"].as_array_mut() {
                events.retain(|event| event["type"] != "data_leak");
            }
        }
    }
    vec![trap.code()]
}

fn forget(entity: &mut Value, fields: &[&str]) {
    if let Some(members) = entity.as_object_mut() {
        members.retain(|name, _| !fields.contains(&name.as_str()));
    }
}

fn push(list: &mut Value, item: Value) {
    if let Some(items) = list.as_array_mut() {
        items.push(item);
    } else {
        *list = json!([item]);
    }
}

fn repeat(list: &mut Value, index: usize) {
    let item = list[index].clone();
    push(list, item);
}

fn append(answers: &mut Value, section: usize, sentence: &str) {
    let text = &mut answers["narrative_section"][section]["text"];
    *text = json!(format!("{}{sentence}", text.as_str().unwrap_or("")));
}

/// Rewrites every text at or below a value.
fn each_text(value: &mut Value, rewrite: &dyn Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = rewrite(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, rewrite)),
        Value::Object(members) => members.values_mut().for_each(|member| each_text(member, rewrite)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The first audit; a poor member gets one to begin with.
fn audit(answers: &mut Value, year: i16) -> &mut Value {
    answers["internal_audit"] = json!([{ "department": "审计部", "coverage": { "edtf": format!("{year}-01/{year}-06"), "status": "ok" }, "findings": 3, "rectified": 2 }]);
    &mut answers["internal_audit"][0]
}

fn lose_the_year(number: &mut Value) {
    let raw = format!("{}〔{}〕号", number["issuer_code"].as_str().unwrap_or(""), number["seq"]);
    number["year"] = Value::Null;
    number["parse_status"] = json!("incomplete");
    number["raw_text"] = json!(raw);
}

fn apply_before_issue(answers: &mut Value, year: i16) {
    answers["internal_assessment"][0]["on"] = json!({ "edtf": format!("{year}-01"), "year_inferred": false });
    let basis = answers["internal_assessment"][0]["basis"].clone();
    let policies = answers["policy_document"].as_array_mut();
    if let Some(policy) = policies.and_then(|rows| rows.iter_mut().find(|row| row["title"] == basis)) {
        policy["issued_on"] = json!(format!("{year}-09-12"));
    }
}

/// Puts the first two sources into one row that nobody can tell apart.
fn merge_sources(rows: &mut Value) {
    let Some(rows) = rows.as_array_mut().filter(|rows| rows.len() > 1) else { return };
    let second = rows.remove(1);
    let first = &mut rows[0];
    for (name, count) in second.as_object().into_iter().flatten() {
        if let (Some(left), Some(right)) = (first[name].as_i64(), count.as_i64()) {
            first[name] = json!(left + right);
        }
    }
    first["source_code"] = json!("transferred_merged");
    first["source_raw"] = json!("省联社客服中心、人民银行转办");
}

/// Adds a part that is as large as its whole; whether there was a whole to begin with.
fn add_subset(rows: &mut Value) -> bool {
    let list = rows.as_array().into_iter().flatten();
    let Some(whole) = list.max_by_key(|row| row["accepted"].as_i64()).filter(|row| row["accepted"].as_i64() > Some(0))
    else {
        return false;
    };
    let part = json!({
        "source_code": "other", "subset_of": whole["source_code"], "counts_what": "complaints",
        "accepted": whole["accepted"], "closed": whole["closed"],
    });
    push(rows, part);
    true
}

fn forget_limits(mechanism: &mut Value) {
    forget(mechanism, &["sla_days", "sla_basis", "owner_by_route"]);
    mechanism["sla_raw"] = json!("力争在规定时间内将问题处理完毕");
}

fn forget_the_name(answers: &mut Value) {
    let names = answers["org_aliases"].clone();
    for name in names.as_array().into_iter().flatten().filter_map(Value::as_str) {
        each_text(answers, &|text| text.replace(name, "我行"));
    }
    answers["org_aliases"] = json!(["我行"]);
    answers["submission"]["org_name_stated"] = Value::Null;
}

fn forget_the_year(answers: &mut Value, year: i16) {
    let stated = format!("{year}年");
    for entity in ["submission", "narrative_section"] {
        each_text(&mut answers[entity], &|text| text.replace(&stated, "本年"));
    }
    answers["submission"]["report_year"] = Value::Null;
    if let Some(members) = answers.as_object_mut() {
        members.remove("reporting_period");
    }
}

fn run_in(section: &mut Value) {
    let heading = section["heading"].as_str().unwrap_or("").to_owned();
    section["text"] = json!(format!("{heading}{}", section["text"].as_str().unwrap_or("")));
    if let Some(members) = section.as_object_mut() {
        members.remove("heading");
    }
}

/// A paragraph of more than six hundred characters that enumerates in running text.
fn enumeration() -> String {
    let sentence = "各营业网点在醒目位置公示服务价格和投诉联系方式，工作人员主动告知收费项目和优惠政策，充分尊重客户的知情权和自主选择权，做到事前告知、事中提示、事后回访，并按季度对执行情况开展检查，发现问题及时纠正，确保各项要求落到实处、取得实效，切实维护客户合法权益。";
    let points = [
        "一是规范信息披露。",
        "二是规范服务收费。",
        "三是加强适当性管理。",
        "四是保护个人信息。",
        "五是推进网点达标。",
    ];
    points.iter().flat_map(|point| [*point, sentence]).collect()
}

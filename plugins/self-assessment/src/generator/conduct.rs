//! Day-to-day conduct that the generator invents: fees, products, personal data, training, campaigns, surveys.

use serde_json::{Value, json};

use super::Sketch;

pub(super) fn fees(sketch: &mut Sketch<'_>) -> Value {
    let guided = 8 + i64::try_from(sketch.chance.below(8)).unwrap_or(0);
    let market = 10 + i64::try_from(sketch.chance.below(12)).unwrap_or(0);
    let free = 3 + i64::try_from(sketch.chance.below(6)).unwrap_or(0);
    let row = |code: &str, count: i64| json!({ "category_code": code, "count": { "value": count, "unit": "项", "qualifier": "exact" } });
    let mut preferential = row("preferential", free);
    preferential["is_subset_of"] = json!("market_adjusted");
    json!([
        row("government_guided", guided),
        row("market_adjusted", market),
        row("total", guided + market),
        preferential
    ])
}

pub(super) fn fee_notice(sketch: &mut Sketch<'_>) -> Value {
    let mut shown = vec!["服务项目", "服务内容", "服务价格", "适用对象"];
    for particular in ["文号", "生效日期", "投诉联系方式"] {
        if sketch.is_diligent() {
            shown.push(particular);
        }
    }
    let outlets = sketch.member.outlet_count;
    let posted = (outlets * sketch.graded(85, 100) / 100).min(outlets);
    json!([{ "posted_outlets": posted, "required_fields_present": shown }])
}

pub(super) fn product_governance(sketch: &mut Sketch<'_>) -> Value {
    let reviews = sketch.graded(2, 40);
    let rejected = (reviews / 12).min(reviews);
    json!({ "own_products": false, "cp_review_count": reviews, "cp_review_rejected": rejected })
}

pub(super) fn sales(sketch: &mut Sketch<'_>) -> Value {
    json!([
        { "product_line": "wealth", "risk_match_rule": "产品风险等级不高于客户风险承受能力等级", "recorded_sales": sketch.is_diligent(), "disclosure_points": ["风险等级", "收费项目"] },
        { "product_line": "loan", "disclosure_points": ["利率", "还款方式", "违约责任"] },
    ])
}

pub(super) fn personal_info(sketch: &mut Sketch<'_>) -> Value {
    let total = sketch.member.staff_count;
    let signed = (total * sketch.graded(75, 100) / 100).min(total);
    json!({ "pledge_signed": signed, "pledge_scope_total": total, "self_inspections": sketch.graded(1, 4), "incidents": 0 })
}

pub(super) fn self_inspections(sketch: &mut Sketch<'_>) -> Value {
    let on = sketch.working_day(7);
    let outlets = sketch.member.outlet_count;
    let found = sketch.graded(12, 3).max(1);
    let fixed = (found * sketch.graded(60, 100) / 100).min(found);
    let covered = (outlets * sketch.graded(60, 100) / 100).clamp(1, outlets.max(1));
    json!([{ "topic": "个人金融信息保护专项自查", "on": { "edtf": on.to_string() }, "outlets_covered": covered, "problems_found": found, "problems_fixed": fixed }])
}

pub(super) fn certification(sketch: &mut Sketch<'_>) -> Value {
    let outlets = sketch.member.outlet_count;
    let applied = (outlets * sketch.graded(30, 95) / 100).min(outlets);
    let passed = (applied * sketch.graded(50, 100) / 100).min(applied);
    json!([{ "name": "营业网点服务标准认证", "outlets_total": outlets, "applied": applied, "passed": passed, "method_steps": ["培训", "自评估", "整改", "认证"] }])
}

pub(super) fn training(sketch: &mut Sketch<'_>) -> Value {
    let topical = sketch.graded(1, 8);
    let all = topical + sketch.graded(6, 30);
    let staff = sketch.member.staff_count;
    let trained = (staff * sketch.graded(55, 100) / 100).min(staff);
    let count = |value: i64, unit: &str| json!({ "value": value, "unit": unit, "qualifier": "exact" });
    json!([
        { "kind": "all", "sessions": count(all, "次"), "distinct_staff": count(trained, "人"), "hours": count(all * 2, "学时") },
        { "kind": "consumer_protection_topic", "sessions": count(topical, "次"), "trainees": count(trained, "名"), "is_subset_of": "all" },
    ])
}

pub(super) fn training_events(sketch: &mut Sketch<'_>) -> Value {
    let topics = ["消费者权益保护政策解读", "投诉处理技巧与案例", "个人金融信息保护"];
    let count = usize::try_from(sketch.graded(1, 3)).unwrap_or(1).min(topics.len());
    let attendees = sketch.member.counter_staff_count;
    topics[..count]
        .iter()
        .map(|topic| {
            let on = sketch.any_working_day();
            json!({ "topic": topic, "kind": "consumer_protection_topic", "on": { "edtf": on.to_string() }, "lecturer_kind": "internal", "attendees": attendees, "hours": "2.5" })
        })
        .collect()
}

const CAMPAIGNS: [(&str, &str, &str); 5] = [
    ("3·15消费者权益保护教育宣传", "consumer_day", "03"),
    ("金融教育宣传月", "education_month", "09"),
    ("守住钱袋子", "wallet", "06"),
    ("防范电信网络诈骗宣传", "anti_fraud", "07"),
    ("反假货币宣传", "counterfeit", "11"),
];

pub(super) fn campaigns(sketch: &mut Sketch<'_>) -> Value {
    let count = usize::try_from(sketch.graded(2, 5)).unwrap_or(2).min(CAMPAIGNS.len());
    let year = sketch.year;
    let rows = CAMPAIGNS[..count].iter();
    rows.map(|(name, code, month)| json!({ "name": name, "code": code, "window": { "edtf": format!("{year}-{month}"), "status": "ok" } })).collect()
}

pub(super) fn campaign_events(sketch: &mut Sketch<'_>) -> Value {
    let count = usize::try_from(sketch.graded(2, 12)).unwrap_or(2);
    let places = [("社区广场", "public_square"), ("中心小学", "school"), ("村委会", "village"), ("营业网点", "outlet")];
    (0..count)
        .map(|index| {
            let on = sketch.any_working_day();
            let (place, place_kind) = places[index % places.len()];
            let audience = 40 + i64::try_from(sketch.chance.below(260)).unwrap_or(0);
            json!({
                "campaign": CAMPAIGNS[index % 2].0,
                "on": { "edtf": on.to_string() },
                "place": place,
                "place_kind": place_kind,
                "kind": "现场宣传",
                "audience": { "value": audience, "unit": "人次", "qualifier": "exact" },
                "materials_given": audience * 2,
                "media_count": i64::try_from(sketch.chance.below(3)).unwrap_or(0),
            })
        })
        .collect()
}

pub(super) fn survey(sketch: &mut Sketch<'_>) -> Value {
    let year = sketch.year;
    let issued = 200 + i64::try_from(sketch.chance.below(300)).unwrap_or(0);
    let returned = issued * 9 / 10;
    let valid = returned * 19 / 20;
    let satisfied = valid * sketch.graded(70, 98) / 100;
    json!([{ "name": "客户满意度调查", "window": { "edtf": format!("{year}-08"), "status": "ok" }, "issued": issued, "returned": returned, "valid": valid, "satisfied": satisfied, "method": "网点随机发放纸质问卷" }])
}

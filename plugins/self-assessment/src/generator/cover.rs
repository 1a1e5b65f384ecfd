//! The cover that the generator writes: identity, sign-off and the score that the member gives itself.

use serde_json::{Value, json};

use super::{MemberSketch, Sketch};

/// The five elements of the self-score, with their full marks.
const ELEMENTS: [(&str, u64); 5] =
    [("体制机制", 20), ("制度执行", 25), ("教育宣传", 15), ("投诉处理", 25), ("内部考核与审计", 15)];

pub(super) fn self_score_items(sketch: &mut Sketch<'_>) -> Value {
    let items = ELEMENTS.map(|(criterion, full)| {
        // In half points; nobody gives itself less than seven tenths.
        let floor = full * 2 * 7 / 10;
        let halves = sketch.graded(floor, full * 2).min(i64::try_from(full * 2).unwrap_or(0));
        let reason = if sketch.is_diligent() {
            "对照标准逐条核对，资料齐全"
        } else {
            "个别环节资料不全，酌情扣分"
        };
        json!({ "criterion_id": criterion, "points": in_halves(halves), "reason": reason })
    });
    json!(items)
}

/// A number of half points as a decimal text.
fn in_halves(halves: i64) -> String {
    if halves % 2 == 0 { (halves / 2).to_string() } else { format!("{}.5", halves / 2) }
}

fn halves_of(text: &str) -> i64 {
    text.strip_suffix(".5")
        .map_or_else(|| text.parse::<i64>().unwrap_or(0) * 2, |whole| whole.parse::<i64>().unwrap_or(0) * 2 + 1)
}

pub(super) fn submission(sketch: &mut Sketch<'_>, items: &Value) -> Value {
    let year = sketch.year;
    let member = sketch.member;
    let halves =
        items.as_array().into_iter().flatten().map(|item| halves_of(item["points"].as_str().unwrap_or("0"))).sum();
    let total = in_halves(halves);
    let sequence = 3 + sketch.chance.below(20);
    let issued = 10 + sketch.chance.below(15);
    let next_year = year + 1;
    json!({
        "report_title": format!("{}{year}年度金融消费者权益保护工作自评报告", member.name),
        "report_year": { "value": year, "unit": "年", "qualifier": "exact", "raw_text": format!("{year}年度") },
        "org_name_stated": member.name,
        "mandate_raw": format!("《关于开展{year}年度金融消费者权益保护工作自评的通知》"),
        "addressee": "省农村信用社联合社",
        "doc_number": {
            "issuer_code": member.issuer_code, "year": next_year, "seq": sequence,
            "raw_text": format!("{}〔{next_year}〕{sequence}号", member.issuer_code), "parse_status": "ok",
        },
        "issued_on": format!("{next_year}-01-{issued:02}"),
        "signatory_role": member.kind.chair(),
        "seal_status": "sealed",
        "as_of": format!("{year}-12-31"),
        "self_score": { "value": total, "unit": "分", "qualifier": "exact", "raw_text": format!("自评得分{total}分") },
        "self_score_full_marks": { "value": 100, "unit": "分", "qualifier": "exact", "raw_text": "满分100分" },
        "contact_department": "合规管理部",
    })
}

pub(super) fn aliases(member: &MemberSketch) -> Value {
    json!([member.name, member.short_name])
}

pub(super) fn org_unit(member: &MemberSketch) -> Value {
    json!({
        "outlet_count": member.outlet_count,
        "personal_customer_count": member.personal_customer_count,
        "counter_staff_count": member.counter_staff_count,
        "staff_count": member.staff_count,
    })
}

pub(super) fn reporting_period(year: i16) -> Value {
    json!({ "year": year, "cadence": "annual", "start": format!("{year}-01-01"), "end": format!("{year}-12-31") })
}

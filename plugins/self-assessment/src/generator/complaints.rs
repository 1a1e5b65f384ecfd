//! Complaints that the generator invents: work orders first, then the statistics and breakdowns counted from them.

use huizong_sdk::{Date, day};
use serde_json::{Value, json};

use super::Sketch;

const SOURCES: [&str; 6] = ["province_96268", "pboc", "financial_regulator", "government_12345", "outlet", "online"];
const CHANNELS: [&str; 5] = ["visit", "telephone", "hotline", "online", "transfer"];
const BUSINESS_CHANNELS: [&str; 5] = ["counter", "self_service", "mobile", "telephone", "third_party"];
const CATEGORIES: [&str; 6] = ["bank_card", "loan", "payment", "savings", "own_wealth", "personal_information"];
const REASONS: [&str; 6] = ["service_attitude", "facilities", "rules", "disclosure", "pricing", "funds_safety"];
const STORIES: [&str; 6] = [
    "客户反映柜面等候时间较长，经解释并增开窗口后表示理解。",
    "客户对贷款利率调整规则有疑问，客户经理当面说明合同条款。",
    "客户反映手机银行转账未及时到账，经核查为对方行退汇。",
    "客户对短信服务收费提出异议，已退费并取消签约。",
    "客户反映自助设备吞卡，当日开机取出并致歉。",
    "客户对账户管控措施不理解，网点说明反诈要求后配合办理。",
];

/// A work order before it is written down.
#[expect(clippy::struct_excessive_bools, reason = "the form has these flags")]
pub(super) struct Record {
    number: usize,
    received: Date,
    closed: Option<Date>,
    source: &'static str,
    channel: &'static str,
    business_channel: &'static str,
    category: &'static str,
    reason: &'static str,
    outlet: u64,
    is_complex: bool,
    is_extended: bool,
    is_repeat: bool,
    is_escalated: bool,
    is_liable: bool,
    satisfied: Option<bool>,
    story: &'static str,
}

impl Record {
    /// The limit in days: 15, for a complex one 30, with an extension 30 more.
    const fn limit(&self) -> i32 {
        (if self.is_complex { 30 } else { 15 }) + if self.is_extended { 30 } else { 0 }
    }

    fn is_closed_in_time(&self) -> bool {
        self.closed.is_some_and(|closed| self.received.days_until(closed) <= self.limit())
    }

    fn is_overdue(&self) -> bool {
        self.closed.is_some_and(|closed| self.received.days_until(closed) > self.limit())
    }
}

pub(super) fn records(sketch: &mut Sketch<'_>, count: usize) -> Vec<Record> {
    (1..=count).map(|number| record(sketch, number)).collect()
}

fn record(sketch: &mut Sketch<'_>, number: usize) -> Record {
    // The last is taken in six weeks before the year ends, so that even a slow one is closed within it.
    let received = day(sketch.year, 1, 2).plus_days(i32::try_from(sketch.chance.below(318)).unwrap_or(0));
    let is_complex = sketch.chance.below(8) == 0;
    let carelessness = 110 - sketch.quality;
    let is_slow = sketch.chance.below(400) < carelessness;
    let days = if is_slow { 16 + sketch.chance.below(26) } else { 1 + sketch.chance.below(11) };
    let is_extended = is_complex && is_slow;
    let satisfied = (sketch.chance.below(100) < 70).then(|| sketch.chance.below(100) < 55 + sketch.quality * 45 / 100);
    Record {
        number,
        received,
        closed: Some(received.plus_days(i32::try_from(days).unwrap_or(0))),
        source: sketch.chance.pick(&SOURCES),
        channel: sketch.chance.pick(&CHANNELS),
        business_channel: sketch.chance.pick(&BUSINESS_CHANNELS),
        category: sketch.chance.pick(&CATEGORIES),
        reason: sketch.chance.pick(&REASONS),
        outlet: 1 + sketch.chance.below(sketch.member.outlet_count.unsigned_abs().max(1)),
        is_complex,
        is_extended,
        is_repeat: sketch.chance.below(1_000) < carelessness,
        is_escalated: sketch.chance.below(2_000) < carelessness,
        is_liable: sketch.chance.below(300) < carelessness,
        satisfied,
        story: sketch.chance.pick(&STORIES),
    }
}

pub(super) fn rows(records: &[Record]) -> Value {
    records.iter().map(row).collect()
}

fn row(record: &Record) -> Value {
    let overdue_reason = record.is_overdue().then_some("涉及第三方机构，核实耗时较长");
    json!({
        "number": format!("TS{}{:05}", record.received.year, record.number),
        "received_on": record.received.to_string(),
        "closed_on": record.closed.map(|closed| closed.to_string()),
        "channel": record.channel,
        "business_channel": record.business_channel,
        "category": record.category,
        "reason": record.reason,
        "level": if record.is_complex { "complex" } else { "ordinary" },
        "source": record.source,
        "outlet": format!("第{}网点", record.outlet),
        "repeat": record.is_repeat,
        "escalated": record.is_escalated,
        "liable": record.is_liable,
        "satisfied": record.satisfied,
        "extended": record.is_extended,
        "overdue_reason": overdue_reason,
        "narrative": record.story,
    })
}

/// One row per source, zeros included.
pub(super) fn statistics(records: &[Record]) -> Value {
    let count = |source: &str, is_counted: fn(&Record) -> bool| {
        records.iter().filter(|record| record.source == source && is_counted(record)).count()
    };
    let rows = SOURCES.map(|source| {
        let accepted = count(source, |_| true);
        json!({
            "source_code": source,
            "counts_what": "complaints",
            "received": accepted,
            "accepted": accepted,
            "withdrawn": 0,
            "closed": count(source, |record| record.closed.is_some()),
            "closed_in_limit": count(source, Record::is_closed_in_time),
            "extended": count(source, |record| record.is_extended),
            "overdue": count(source, Record::is_overdue),
            "repeated": count(source, |record| record.is_repeat),
            "escalated": count(source, |record| record.is_escalated),
            "liable": count(source, |record| record.is_liable),
            "followed_up": count(source, |record| record.satisfied.is_some()),
            "satisfied": count(source, |record| record.satisfied == Some(true)),
            "unsatisfied": count(source, |record| record.satisfied == Some(false)),
        })
    });
    json!(rows)
}

/// The same complaints by reason, by category of business and by channel.
pub(super) fn breakdowns(records: &[Record]) -> Value {
    let by_reason = REASONS.map(|code| ("reason", code, records.iter().filter(|record| record.reason == code).count()));
    let by_category =
        CATEGORIES.map(|code| ("category", code, records.iter().filter(|record| record.category == code).count()));
    let channels = BUSINESS_CHANNELS.map(|code| {
        ("business_channel", code, records.iter().filter(|record| record.business_channel == code).count())
    });
    let all = by_reason.into_iter().chain(by_category).chain(channels);
    all.map(|(dimension, code, count)| json!({ "dimension": dimension, "code": code, "count": count })).collect()
}

/// Now and then a member asks that a record be left out of the count.
pub(super) fn reductions(sketch: &mut Sketch<'_>, records: &[Record]) -> Value {
    let asked = records.iter().filter(|_| sketch.chance.below(60) == 0).take(2);
    asked
        .map(|record| {
            json!({
                "number": format!("TS{}{:05}", record.received.year, record.number),
                "count": 1,
                "type": "duplicate",
                "reason": "同一客户就同一事项多渠道反映",
                "evidence": ["工单截图"],
            })
        })
        .collect()
}

pub(super) fn mechanism(sketch: &mut Sketch<'_>) -> Value {
    let days = if sketch.is_diligent() { 10 } else { 15 };
    json!({
        "owner_department": "客户服务部",
        "hotline": sketch.member.hotline,
        "sla_days": days,
        "sla_basis": "calendar_days",
        "ledger": true,
        "mode": "统一管理、分级处理、专人负责、逐级上报",
        "owner_by_route": [
            { "route": sketch.member.hotline, "department": "客户服务部", "sla_days": days, "sla_basis": "calendar_days" },
            { "route": "监管转办", "department": "合规管理部", "sla_days": days, "sla_basis": "calendar_days" },
        ],
    })
}

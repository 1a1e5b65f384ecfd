//! Questions about day-to-day conduct: fees, products, personal data, training, education, surveys.

use huizong_sdk::place;

use super::{Facts, Found, Question, Value};
use crate::campaigns::Survey;

// ---- Fees and disclosure -------------------------------------------------------------------------

/// A public notice of fees.
pub const FEE_NOTICE: Question =
    Question::new("收费公示", |facts| facts.any("fee_notice", &facts.answers.fee_notice, |_| true));

/// Outlets with a notice of fees.
pub const FEE_NOTICE_SHARE: Question = Question::new("收费公示网点比例", |facts| {
    let posted = facts.largest("fee_notice", &facts.answers.fee_notice, "个", |notice| {
        notice.posted_outlets.map(|outlets| ("posted_outlets", outlets))
    });
    posted.share_of(facts.outlets())
});

/// Particulars that the notice shows.
pub const FEE_PARTICULARS: Question = Question::new("收费公示要素", |facts| {
    facts.largest("fee_notice", &facts.answers.fee_notice, "项", |notice| {
        let shown = i64::try_from(notice.required_fields_present.len()).ok()?;
        (shown > 0).then_some(("required_fields_present", shown))
    })
});

/// Units in which the catalogue counts; more than one cannot be summed.
pub const FEE_UNITS: Question = Question::new("收费目录计量单位", |facts| {
    const UNITS_MAX: usize = 8;
    let mut first_rows: Vec<(usize, &str)> = Vec::new();
    for (index, row) in facts.answers.fee_catalog.iter().enumerate() {
        let Some(count) = &row.count else { continue };
        if first_rows.len() < UNITS_MAX && first_rows.iter().all(|(_, unit)| *unit != &*count.unit) {
            first_rows.push((index, &count.unit));
        }
    }
    match i64::try_from(first_rows.len()) {
        Ok(units @ 1..) => {
            let places = first_rows.iter().map(|&(index, _)| place("fee_catalog").item(index).field("count")).collect();
            Found { value: Value::Count(units, "种"), places, recounts: Vec::new() }
        }
        _ => Found::untold(),
    }
});

// ---- Products and sales --------------------------------------------------------------------------

/// Reviews of products for consumers.
pub const PRODUCT_REVIEWS: Question = Question::new("消保审查件数", |facts| {
    facts.field("product_governance", "cp_review_count", facts.answers.product_governance.cp_review_count, "件")
});

/// Product lines with a rule on risk or disclosure, or with measures told in words.
pub const PROTECTED_PRODUCTS: Question = Question::new("有风险匹配或揭示要求的产品", |facts| {
    let sold = facts.count("sales_conduct", &facts.answers.sales_conduct, "类", |line| {
        line.risk_match_rule.is_some() || !line.disclosure_points.is_empty()
    });
    sold.or_else(|| {
        facts
            .count("product_protection", &facts.answers.product_protection, "类", |product| product.raw_text.is_some())
    })
});

/// A rule that the risk of a product fits its buyer.
pub const RISK_MATCH: Question = Question::new("产品与客户风险匹配规则", |facts| {
    let sold = facts.any("sales_conduct", &facts.answers.sales_conduct, |line| line.risk_match_rule.is_some());
    if sold.value.is_there() {
        return sold;
    }
    let in_words = facts.any("product_protection", &facts.answers.product_protection, |product| {
        product.raw_text.is_some_and(|words| words.contains("风险"))
    });
    if in_words.value.is_there() || sold.places.is_empty() { in_words } else { sold }
});

/// Lines of wealth products and agency sales that record their sales.
pub const RECORDED_SALES: Question = Question::new("理财代销录音录像比例", |facts| {
    let lines = &facts.answers.sales_conduct;
    let is_advised = |line: &crate::products::SalesConduct<'_>| matches!(line.product_line, Some("wealth" | "agency"));
    let whole = facts.count("sales_conduct", lines, "类", is_advised);
    let recorded =
        facts.count("sales_conduct", lines, "类", |line| is_advised(line) && line.recorded_sales == Some(true));
    recorded.share_of(whole)
});

/// Points that are disclosed when products are sold.
pub const DISCLOSURE_POINTS: Question = Question::new("销售揭示要点", |facts| {
    facts.sum("sales_conduct", &facts.answers.sales_conduct, "项", |line| {
        let points = i64::try_from(line.disclosure_points.len()).ok()?;
        (points > 0).then_some(("disclosure_points", points))
    })
});

// ---- Personal data -------------------------------------------------------------------------------

/// A pledge of the staff.
pub const PLEDGE: Question = Question::new("个人金融信息保护承诺书", |facts| {
    let listed = facts.any("pledge", &facts.answers.pledge, |_| true);
    if listed.value.is_there() {
        listed
    } else {
        signed(facts, "pledge_signed", facts.answers.personal_info.pledge_signed)
    }
});

/// Staff who signed it.
pub const PLEDGE_SHARE: Question = Question::new("承诺书签订率", |facts| {
    let info = &facts.answers.personal_info;
    let in_sum = facts.field("personal_info", "pledge_signed", info.pledge_signed, "人").share_of(facts.field(
        "personal_info",
        "pledge_scope_total",
        info.pledge_scope_total,
        "人",
    ));
    in_sum.or_else(|| {
        let rows = &facts.answers.pledge;
        let signed = facts.sum("pledge", rows, "人", |pledge| pledge.signed.map(|count| ("signed", count)));
        let scope = facts.sum("pledge", rows, "人", |pledge| pledge.scope_total.map(|count| ("scope_total", count)));
        signed.share_of(scope)
    })
});

/// Self-inspections.
pub const SELF_INSPECTIONS: Question = Question::new("个人信息保护自查", |facts| {
    let in_sum = facts.field("personal_info", "self_inspections", facts.answers.personal_info.self_inspections, "次");
    in_sum.or_else(|| facts.count("self_inspection", &facts.answers.self_inspection, "次", |_| true))
});

/// Problems of self-inspections that were fixed.
pub const INSPECTION_FIXED: Question = Question::new("自查问题整改率", |facts| {
    let rows = &facts.answers.self_inspection;
    let fixed =
        facts.sum("self_inspection", rows, "个", |row| row.problems_fixed.map(|count| ("problems_fixed", count)));
    let found =
        facts.sum("self_inspection", rows, "个", |row| row.problems_found.map(|count| ("problems_found", count)));
    fixed.share_of(found)
});

/// Outlets that the widest self-inspection covered.
pub const INSPECTION_COVERAGE: Question = Question::new("自查网点覆盖率", |facts| {
    let covered = facts.largest("self_inspection", &facts.answers.self_inspection, "个", |row| {
        row.outlets_covered.map(|outlets| ("outlets_covered", outlets))
    });
    covered.share_of(facts.outlets())
});

/// Incidents with personal data; nothing happened is a stated zero.
pub const INCIDENTS: Question = Question::new("信息安全事件", |facts| {
    let in_sum = facts.field("personal_info", "incidents", facts.answers.personal_info.incidents, "起");
    in_sum.or_else(|| super::control::DATA_LEAKS.asked_of(facts))
});

fn signed(facts: &Facts<'_>, field: &str, count: Option<i64>) -> Found {
    let told = facts.field("personal_info", field, count, "人");
    Found { value: Value::Flag(told.value.is_there()), ..told }
}

// ---- Training ------------------------------------------------------------------------------------

/// Sessions on consumer protection; `30余次` counts as its lower bound, `约30次` assures nothing.
pub const TOPIC_TRAININGS: Question = Question::new("消保专题培训", |facts| {
    let in_sum = facts.sum("training", &facts.answers.training, "次", |row| {
        let sessions = row.sessions.as_ref().filter(|_| row.kind == Some("consumer_protection_topic"));
        Some(("sessions", sessions?.lower_bound()?.as_whole()?))
    });
    in_sum.or_else(|| {
        let is_topical = |kind: Option<&str>| kind == Some("consumer_protection_topic");
        facts.count("training_event", &facts.answers.training_event, "次", |event| is_topical(event.kind))
    })
});

/// Staff who were trained at all.
pub const TRAINED_SHARE: Question = Question::new("员工培训覆盖率", |facts| {
    let trained = facts.largest("training", &facts.answers.training, "人", |row| {
        let told = |field, count: &Option<huizong_sdk::Quantity<'_>>| {
            Some((field, count.as_ref()?.lower_bound()?.as_whole()?))
        };
        told("distinct_staff", &row.distinct_staff).or_else(|| told("trainees", &row.trainees))
    });
    trained.share_of(facts.staff())
});

// ---- Education of the public ---------------------------------------------------------------------

/// Campaigns.
pub const CAMPAIGNS: Question = Question::new("集中宣传活动", |facts| {
    facts.count("campaign", &facts.answers.campaign, "项", |campaign| campaign.name.is_some())
});

/// Events.
pub const EVENTS: Question = Question::new("宣传教育场次", |facts| {
    facts.count("campaign_event", &facts.answers.campaign_event, "场", |_| true)
});

/// People reached, by the lower bound of what is told.
pub const AUDIENCE: Question = Question::new("宣传受众", |facts| {
    facts.sum("campaign_event", &facts.answers.campaign_event, "人次", |event| {
        Some(("audience", event.audience.as_ref()?.lower_bound()?.as_whole()?))
    })
});

/// Events among groups that need it most: schools, villages, communities.
pub const OUTREACH_EVENTS: Question = Question::new("进乡村、学校、社区场次", |facts| {
    facts.count("campaign_event", &facts.answers.campaign_event, "场", |event| {
        matches!(event.place_kind, Some("school" | "village" | "community"))
    })
});

/// Channels of publicity.
pub const CHANNELS: Question = Question::new("宣传渠道", |facts| {
    let rows = &facts.answers.publicity_channel;
    match i64::try_from(rows.len()) {
        Ok(count @ 1..) => Found::at(Value::Count(count, "种"), place("publicity_channel")),
        _ => Found::untold(),
    }
});

/// Press reports.
pub const MEDIA_REPORTS: Question = Question::new("媒体宣传报道", |facts| {
    facts.sum("campaign_event", &facts.answers.campaign_event, "篇", |event| {
        event.media_count.map(|count| ("media_count", count))
    })
});

// ---- Outlets and satisfaction --------------------------------------------------------------------

/// Outlets that passed certification.
pub const CERTIFIED_SHARE: Question = Question::new("网点服务达标认证率", |facts| {
    let rows = &facts.answers.certification;
    let passed = facts.largest("certification", rows, "个", |row| row.passed.map(|outlets| ("passed", outlets)));
    let total =
        facts.largest("certification", rows, "个", |row| row.outlets_total.map(|outlets| ("outlets_total", outlets)));
    passed.share_of(total.or_else(|| facts.outlets()))
});

/// Whether certification of outlets is under way at all.
pub const CERTIFICATION: Question = Question::new("网点服务达标认证工作", |facts| {
    facts.any("certification", &facts.answers.certification, |_| true)
});

/// A survey of customers.
pub const SURVEY: Question =
    Question::new("客户满意度调查", |facts| facts.any("survey", &facts.answers.survey, |_| true));

/// A survey that tells how many answered and how it was done.
pub const SOUND_SURVEY: Question = Question::new("有样本量和方法的调查", |facts| {
    facts.any("survey", &facts.answers.survey, |survey| survey.valid.is_some() && survey.method.is_some())
});

/// Satisfied customers among valid answers.
pub const SURVEY_SATISFACTION: Question = Question::new("调查满意率", |facts| {
    let sum = |field: &'static str, told: fn(&Survey<'_>) -> Option<i64>| {
        facts.sum("survey", &facts.answers.survey, "份", |survey| told(survey).map(|count| (field, count)))
    };
    sum("satisfied", |survey| survey.satisfied).share_of(sum("valid", |survey| survey.valid))
});

//! Figures: T11, and parts that exceed their whole.

use huizong_sdk::{
    Check, Comparison, Finding, Place, Qualifier, Quantity, Relation, Severity, Text, label, number, place,
};

use crate::case::Case;
use crate::complaints::ComplaintStat;

/// 1.6: a part that exceeds its whole.
pub const PART_EXCEEDS_WHOLE: Check = Check::new(
    "part-exceeds-whole",
    label("部分大于整体", "A part exceeds its whole"),
    label(
        "如办结不能多于受理、整改不能多于发现。请核对两个数。",
        "No more can be closed than was accepted, or fixed than was found. Check both numbers.",
    ),
    Severity::Error,
);

/// T11: a number that is no exact number.
pub const NUMBER_NOT_EXACT: Check = Check::new(
    "number-not-exact",
    label("不是确切数字", "A number is not exact"),
    label(
        "“30余次”“将近一半”不能直接计分：按下限计，或请填确数并说明。",
        "\"30 odd\" or \"nearly half\" cannot be scored as they are: the lower bound counts, or give the exact number.",
    ),
    Severity::Warning,
);

/// An entity of the answers, with its row where it is a list. Its place is built only where something is found.
#[derive(Clone, Copy)]
struct Row(&'static str, Option<usize>);

impl Row {
    fn field(self, name: &str) -> Place {
        let entity = place(self.0);
        match self.1 {
            Some(row) => entity.item(row).field(name),
            None => entity.field(name),
        }
    }
}

/// A part, its whole, and where both stand.
struct Portion {
    what: &'static str,
    what_en: &'static str,
    part: Option<i64>,
    whole: Option<i64>,
    row: Row,
    /// The field of the part; it exists where there is a part.
    part_field: &'static str,
}

impl Portion {
    fn look(self, found: &mut Vec<Finding>) {
        let (Some(part), Some(whole)) = (self.part, self.whole) else { return };
        if part <= whole {
            return;
        }
        let message =
            Text::new(format!("{}：{part}大于{whole}", self.what), format!("{}: {part} exceeds {whole}", self.what_en));
        let comparison = Comparison::new(self.what, number(part, ""), Relation::AtMost, number(whole, ""));
        found.push(Finding::new(&PART_EXCEEDS_WHOLE, message, self.row.field(self.part_field)).comparing(comparison));
    }
}

pub(super) fn part_exceeds_whole(case: &Case<'_>, found: &mut Vec<Finding>) {
    let answers = case.answers;
    let outlets = answers.org_unit.outlet_count;
    let mut look = |what, what_en, part, whole, row: Row, part_field| {
        Portion { what, what_en, part, whole, row, part_field }.look(found);
    };
    for (index, row) in answers.pledge.iter().enumerate() {
        let at = Row("pledge", Some(index));
        look("签订人数不超过应签人数", "signed of those who should", row.signed, row.scope_total, at, "signed");
    }
    for (index, row) in answers.fee_notice.iter().enumerate() {
        let at = Row("fee_notice", Some(index));
        look(
            "公示网点不超过网点总数",
            "outlets with a notice of all",
            row.posted_outlets,
            outlets,
            at,
            "posted_outlets",
        );
    }
    let products = answers.product_governance;
    let at = Row("product_governance", None);
    look(
        "否决不超过审查",
        "rejected of reviewed",
        products.cp_review_rejected,
        products.cp_review_count,
        at,
        "cp_review_rejected",
    );
    let personal = answers.personal_info;
    let at = Row("personal_info", None);
    look(
        "签订人数不超过应签人数",
        "signed of those who should",
        personal.pledge_signed,
        personal.pledge_scope_total,
        at,
        "pledge_signed",
    );
    for (index, row) in answers.self_inspection.iter().enumerate() {
        let at = Row("self_inspection", Some(index));
        look("已整改不超过发现", "fixed of found", row.problems_fixed, row.problems_found, at, "problems_fixed");
        look("覆盖网点不超过网点总数", "outlets covered of all", row.outlets_covered, outlets, at, "outlets_covered");
    }
    for (index, row) in answers.certification.iter().enumerate() {
        let at = Row("certification", Some(index));
        look("通过不超过申请", "passed of applied", row.passed, row.applied, at, "passed");
        look("申请不超过网点总数", "applied of all outlets", row.applied, row.outlets_total, at, "applied");
    }
    for (index, row) in answers.survey.iter().enumerate() {
        let at = Row("survey", Some(index));
        look("满意不超过有效", "satisfied of valid", row.satisfied, row.valid, at, "satisfied");
        look("有效不超过回收", "valid of returned", row.valid, row.returned, at, "valid");
        look("回收不超过发放", "returned of issued", row.returned, row.issued, at, "returned");
    }
    for (index, row) in answers.internal_assessment.iter().enumerate() {
        let at = Row("internal_assessment", Some(index));
        look("考核网点不超过网点总数", "outlets assessed of all", row.outlets_covered, outlets, at, "outlets_covered");
    }
    for (index, row) in answers.internal_audit.iter().enumerate() {
        let at = Row("internal_audit", Some(index));
        look("已整改不超过发现", "rectified of found", row.rectified, row.findings, at, "rectified");
    }
    for (index, row) in answers.complaint_stat.iter().enumerate() {
        of_complaints(row, Row("complaint_stat", Some(index)), found);
    }
    for (part, whole) in super::complaints::subsets(case) {
        let stats = &answers.complaint_stat;
        let (Some(of_part), Some(of_whole)) = (stats[part].cases(), stats[whole].cases()) else { continue };
        if of_part > of_whole {
            let message = Text::new(
                format!("其中项{of_part}件大于总数{of_whole}件"),
                format!("The part of {of_part} exceeds the whole of {of_whole}"),
            );
            let comparison =
                Comparison::new("其中项与总数", number(of_part, "件"), Relation::AtMost, number(of_whole, "件"));
            let finding = Finding::new(&PART_EXCEEDS_WHOLE, message, place("complaint_stat").item(part));
            found.push(finding.and_at(place("complaint_stat").item(whole)).comparing(comparison));
        }
    }
}

fn of_complaints(row: &ComplaintStat<'_>, at: Row, found: &mut Vec<Finding>) {
    let accepted = row.cases();
    let parts = [
        ("受理不超过收到", "accepted of received", row.accepted, row.received, "accepted"),
        ("办结不超过受理", "closed of accepted", row.closed, accepted, "closed"),
        ("限期内办结不超过办结", "closed in time of closed", row.closed_in_limit, row.closed, "closed_in_limit"),
        ("撤诉不超过受理", "withdrawn of accepted", row.withdrawn, accepted, "withdrawn"),
        ("超期不超过受理", "overdue of accepted", row.overdue, accepted, "overdue"),
        ("重复投诉不超过受理", "repeated of accepted", row.repeated, accepted, "repeated"),
        ("升级投诉不超过受理", "escalated of accepted", row.escalated, accepted, "escalated"),
        ("有责不超过办结", "at fault of closed", row.liable, row.closed, "liable"),
        ("满意不超过有效回访", "satisfied of followed up", row.satisfied, row.followed_up, "satisfied"),
        ("不满意不超过有效回访", "unsatisfied of followed up", row.unsatisfied, row.followed_up, "unsatisfied"),
    ];
    for (what, what_en, part, whole, part_field) in parts {
        Portion { what, what_en, part, whole, row: at, part_field }.look(found);
    }
}

pub(super) fn number_not_exact(case: &Case<'_>, found: &mut Vec<Finding>) {
    let answers = case.answers;
    let mut look = |quantity: Option<&Quantity<'_>>, row: Row, field: &str| {
        if let Some(quantity) = quantity.filter(|quantity| !quantity.is_exact()) {
            found.push(inexact(quantity, row.field(field)));
        }
    };
    let cover = &answers.submission;
    let at = Row("submission", None);
    look(cover.self_score.as_ref(), at, "self_score");
    look(cover.self_score_full_marks.as_ref(), at, "self_score_full_marks");
    for (index, row) in answers.fee_catalog.iter().enumerate() {
        look(row.count.as_ref(), Row("fee_catalog", Some(index)), "count");
    }
    for (index, row) in answers.outlet.iter().enumerate() {
        look(row.count.as_ref(), Row("outlet", Some(index)), "count");
    }
    for (index, row) in answers.training.iter().enumerate() {
        let at = Row("training", Some(index));
        look(row.sessions.as_ref(), at, "sessions");
        look(row.trainees.as_ref(), at, "trainees");
        look(row.person_times.as_ref(), at, "person_times");
        look(row.distinct_staff.as_ref(), at, "distinct_staff");
        look(row.hours.as_ref(), at, "hours");
    }
    for (index, row) in answers.campaign_event.iter().enumerate() {
        look(row.audience.as_ref(), Row("campaign_event", Some(index)), "audience");
    }
    for (index, row) in answers.survey.iter().enumerate() {
        look(row.sample.as_ref(), Row("survey", Some(index)), "sample");
    }
    look(answers.complaint_mechanism.sla.as_ref(), Row("complaint_mechanism", None), "sla");
    for (index, row) in answers.complaint_stat.iter().enumerate() {
        look(row.count.as_ref(), Row("complaint_stat", Some(index)), "count");
    }
    for (index, row) in answers.complaint_breakdown.iter().enumerate() {
        look(row.share.as_ref(), Row("complaint_breakdown", Some(index)), "share");
    }
    for (index, row) in answers.internal_assessment.iter().enumerate() {
        look(row.outlets.as_ref(), Row("internal_assessment", Some(index)), "outlets");
    }
}

fn inexact(quantity: &Quantity<'_>, at: Place) -> Finding {
    let words = super::clipped(quantity.raw_text.as_ref().map_or("", |raw| raw.as_str()));
    let (zh, en) = match quantity.qualifier {
        Qualifier::Exact => ("没有数字", "has no number"),
        Qualifier::AtLeast => ("只说明下限", "is only a lower bound"),
        Qualifier::AtMost => ("只说明上限", "is only an upper bound"),
        Qualifier::Approx => ("是约数", "is approximate"),
        Qualifier::Nearly => ("是“将近”", "is only nearly so"),
        Qualifier::Typical => ("只说明一般情况", "is only the typical case"),
    };
    let message = Text::new(format!("“{words}”{zh}"), format!("“{words}” {en}"));
    let finding = Finding::new(&NUMBER_NOT_EXACT, message, at);
    match quantity.lower_bound().zip(quantity.decimal()) {
        // What counts for a score is the lower bound.
        Some((bound, stated)) => {
            let unit = quantity.unit.as_str();
            finding.comparing(Comparison::new(
                "计分采用的下限",
                number(bound, unit),
                Relation::AtMost,
                number(stated, unit),
            ))
        }
        None => finding,
    }
}

//! A bulletin (简报): the year on a page or two, in three sentences, key figures, charts and short lists; and a card for each member.

mod card;
mod charts;
mod figures;
mod lists;
mod roll_up;

use huizong_sdk::report::{Document, DocumentKind, ReportDescription, Request, Taking, WantedField};
use huizong_sdk::{Refusal, Report, Text, export_report};

/// Complaints accepted in the period.
const ACCEPTED: &str = "/complaint_stat/*/accepted";
/// Of these, closed within their limit.
const CLOSED_IN_LIMIT: &str = "/complaint_stat/*/closed_in_limit";
/// The member's own total.
const SELF_SCORE: &str = "/submission/self_score/value";

/// The bulletin.
pub struct Bulletin;

impl Report for Bulletin {
    fn describe() -> ReportDescription {
        let field = |at: &str, taking, zh: &str, en: &str, unit: &str| WantedField {
            at: at.to_owned(),
            taking,
            label: Text::new(zh, en),
            unit: unit.to_owned(),
        };
        ReportDescription {
            id: "report-bulletin".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            title: Text::new("工作简报", "Bulletin"),
            summary: Text::new(
                "一至两页的图表简报：三句话、关键数字、等级和要素图、失分前十、得分前十；另出成员行社一页卡片。",
                "A page or two: three sentences, key figures, charts and short lists; also a one-page card for each member.",
            ),
            composes: vec![DocumentKind::RollUp, DocumentKind::MemberReport],
            fields: vec![
                field(ACCEPTED, Taking::Sum, "受理投诉", "Complaints accepted", "件"),
                field(CLOSED_IN_LIMIT, Taking::Sum, "限期内办结", "Closed in time", "件"),
                field(SELF_SCORE, Taking::One, "自评得分", "Self-assessed total", "分"),
            ],
        }
    }

    fn compose(request: Request) -> Result<Document, Refusal> {
        match request {
            Request::RollUp(roll_up) => Ok(roll_up::bulletin(&roll_up)),
            Request::MemberReport(report) => Ok(card::card(&report)),
            Request::Notice(_) => {
                let message = Text::new("简报不出具通知类文书", "The bulletin composes no notices");
                Err(Refusal::new("kind-not-composed", message))
            }
        }
    }
}

export_report!(Bulletin);

//! A circular (通报) in the manner of an official paper: numbered sections in sentences, results in annex tables, and one-page
//! notices to single members. Shaped after what provincial federations send round; never an official template.

mod annexes;
mod complaints;
mod discipline;
mod elements;
mod fields;
mod losses;
mod member;
mod notice;
mod overview;
mod paper;
mod problems;
mod roll_up;
mod wording;

use huizong_sdk::report::{Document, DocumentKind, ReportDescription, Request};
use huizong_sdk::{Refusal, Report, Text, export_report};

/// The circular.
pub struct Circular;

impl Report for Circular {
    fn describe() -> ReportDescription {
        ReportDescription {
            id: "report-circular".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            title: Text::new("考核通报", "Circular"),
            summary: Text::new(
                "公文式通报：正文分级叙述，附得分排名、指标得分、校验统计和名单；另出自评反馈、回执、退回、催报、整改和申诉决定。",
                "A circular in the manner of an official paper, with annex tables; also feedback and notices to single members.",
            ),
            composes: vec![
                DocumentKind::MemberReport,
                DocumentKind::RollUp,
                DocumentKind::Receipt,
                DocumentKind::ReturnNotice,
                DocumentKind::Reminder,
                DocumentKind::Rectification,
                DocumentKind::AppealDecision,
            ],
            fields: fields::wanted(),
        }
    }

    fn compose(request: Request) -> Result<Document, Refusal> {
        Ok(match request {
            Request::RollUp(roll_up) => roll_up::circular(&roll_up),
            Request::MemberReport(report) => member::feedback(&report),
            Request::Notice(notice) => notice::notice(&notice)?,
        })
    }
}

export_report!(Circular);

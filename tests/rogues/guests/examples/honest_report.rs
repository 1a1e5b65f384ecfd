//! Composes a page that says what was asked for.

use huizong_sdk::bindings::report::exports::huizong::plugin::report::{
    Block, Document, DocumentKind, Guest, Refusal, ReportDescription, Request,
};
use rogue_guests::text;

struct HonestReport;

impl Guest for HonestReport {
    fn describe() -> ReportDescription {
        ReportDescription {
            id: "fire-safety-report".to_owned(),
            version: "1.0.0".to_owned(),
            title: text("通报"),
            summary: text("测试用"),
            composes: vec![DocumentKind::Reminder],
            fields: Vec::new(),
        }
    }

    fn compose(request: Request) -> Result<Document, Refusal> {
        let Request::Notice(notice) = request else {
            return Err(Refusal {
                code: "not-composed".to_owned(), message: text("不编这种文件"), pointer: None
            });
        };
        let blocks =
            vec![Block::Title(notice.round.title), Block::Addressee(notice.unit.name), Block::Note(notice.number)];
        Ok(Document { title: "提醒".to_owned(), language: "zh-CN".to_owned(), blocks })
    }
}

huizong_sdk::bindings::report::export!(HonestReport with_types_in huizong_sdk::bindings::report);

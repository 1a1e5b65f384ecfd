//! Composes everybody's results and a member's own report: a page each, with the figures that were asked for.

use huizong_sdk::bindings::report::exports::huizong::plugin::report::{
    Block, Document, DocumentKind, FieldValues, Guest, Refusal, ReportDescription, Request, Taking, WantedField,
};
use rogue_guests::text;

struct HonestCircular;

impl Guest for HonestCircular {
    fn describe() -> ReportDescription {
        ReportDescription {
            id: "fire-safety-circular".to_owned(),
            version: "1.0.0".to_owned(),
            title: text("通报"),
            summary: text("测试用"),
            composes: vec![DocumentKind::RollUp, DocumentKind::MemberReport],
            fields: vec![WantedField {
                at: "/drills".to_owned(),
                taking: Taking::Sum,
                label: text("演练次数"),
                unit: "次".to_owned(),
            }],
        }
    }

    fn compose(request: Request) -> Result<Document, Refusal> {
        let (title, note) = match request {
            Request::RollUp(all) => {
                let drills: i64 = all.fields.iter().map(|field| sum(&field.values)).sum();
                let total: i64 = all.totals.iter().sum();
                let counts = [all.members.len(), all.missing.len(), all.blocked.len(), all.late.len()];
                (all.round.title, format!("{counts:?} {total} {drills}"))
            }
            Request::MemberReport(own) => {
                let rank = own.standing.map_or_else(|| "-".to_owned(), |standing| standing.rank.to_string());
                (own.unit.name, format!("{} {} {rank}", own.receipt_number, own.scorecard.total))
            }
            Request::Notice(_) => {
                let message = text("不编这种文件");
                return Err(Refusal { code: "not-composed".to_owned(), message, pointer: None });
            }
        };
        let blocks = vec![Block::Title(title.clone()), Block::Note(note)];
        Ok(Document { title, language: "zh-CN".to_owned(), blocks })
    }
}

fn sum(values: &FieldValues) -> i64 {
    match values {
        FieldValues::Numbers(numbers) => numbers.values.iter().sum(),
        FieldValues::Texts(_) => 0,
    }
}

huizong_sdk::bindings::report::export!(HonestCircular with_types_in huizong_sdk::bindings::report);

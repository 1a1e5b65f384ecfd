//! One page to one member: receipt, return, reminder, rectification and the decision on an appeal.

use huizong_sdk::report::{Document, DocumentKind, Notice, Table};
use huizong_sdk::{Refusal, Text};

use crate::member::findings;
use crate::paper::Paper;
use crate::wording::day;

/// Composes a notice; what is no notice is refused.
pub(crate) fn notice(notice: &Notice) -> Result<Document, Refusal> {
    let title = match notice.kind {
        DocumentKind::Receipt => "报送回执",
        DocumentKind::ReturnNotice => "退回通知书",
        DocumentKind::Reminder => "催报通知",
        DocumentKind::Rectification => "整改通知书",
        DocumentKind::AppealDecision => "申诉处理决定书",
        DocumentKind::MemberReport | DocumentKind::RollUp => return Err(no_notice()),
    };
    let mut paper = Paper::new(&format!("{title}（{}）", notice.unit.name));
    let document = paper.plain();
    document.letterhead(notice.round.federation.clone(), notice.number.clone(), "");
    document.title(title);
    document.addressee(notice.unit.name.clone());
    document.paragraph(opening(notice));
    if !notice.items.is_empty() {
        let items = Table::new("有关事项")
            .texts("项目", notice.items.iter().map(|item| item.label.zh.as_str()))
            .texts("内容", notice.items.iter().map(|item| item.value.as_str()));
        document.table(items);
    }
    if !notice.findings.is_empty() {
        findings(&mut paper, &notice.findings);
    }
    let document = paper.plain();
    if let Some(wanted) = wanted(notice) {
        document.paragraph(wanted);
    }
    document.signature(notice.round.federation.clone(), day(notice.issued_on));
    Ok(paper.done())
}

fn no_notice() -> Refusal {
    Refusal::new("not-a-notice", Text::new("这类文书不是通知", "A document of this kind is not a notice"))
}

fn opening(notice: &Notice) -> String {
    let round = &notice.round.title;
    match notice.kind {
        DocumentKind::Receipt => format!("你单位报送的{round}材料已经收到，具体如下。请妥善保存本回执。"),
        DocumentKind::ReturnNotice => format!("你单位报送的{round}材料经审核予以退回，原因如下。"),
        DocumentKind::Reminder => {
            format!("{round}报送截止日期为{}，截至本通知发出之日尚未收到你单位的有效报送。", day(notice.round.due))
        }
        DocumentKind::Rectification => format!("根据{round}结果，你单位存在下列需要整改的事项。"),
        _ => format!("你单位对{round}结果提出的申诉，经研究作出如下决定。"),
    }
}

fn wanted(notice: &Notice) -> Option<String> {
    let due = notice.due.map(day);
    match notice.kind {
        DocumentKind::Receipt => None,
        DocumentKind::ReturnNotice => due.map(|due| format!("请于{due}前更正并重新报送。")),
        DocumentKind::Reminder => {
            let by = due.map_or_else(|| "立即".to_owned(), |due| format!("于{due}前"));
            Some(format!("请{by}完成报送；确有困难的，请书面说明原因。"))
        }
        DocumentKind::Rectification => due.map(|due| format!("请于{due}前完成整改，并提交整改报告和佐证材料。")),
        _ => Some("本决定自送达之日起生效。".to_owned()),
    }
}

//! The circular itself: what was handed in, how it was scored, what is wrong and what is wanted, then the annexes.

use huizong_sdk::report::{Document, RollUp};

use crate::paper::Paper;
use crate::wording::{day, period};
use crate::{annexes, complaints, discipline, elements, losses, overview, problems};

/// Composes the circular.
pub(crate) fn circular(roll_up: &RollUp) -> Document {
    let title = format!("关于{}情况的通报", roll_up.round.title);
    let mut paper = Paper::new(&title);
    opening(&mut paper, roll_up, &title);
    overview::write(&mut paper, roll_up);
    if !roll_up.members.is_empty() {
        elements::write(&mut paper, roll_up);
        losses::write(&mut paper, roll_up);
        complaints::write(&mut paper, roll_up);
    }
    discipline::write(&mut paper, roll_up);
    problems::write(&mut paper, roll_up);
    requirements(&mut paper, roll_up);
    closing(&mut paper, roll_up);
    annexes::write(paper.plain(), roll_up);
    paper.done()
}

fn opening(paper: &mut Paper, roll_up: &RollUp, title: &str) {
    let round = &roll_up.round;
    let number = format!("〔{}〕　　号", roll_up.issued_on.year);
    let document = paper.plain();
    document.letterhead(format!("{}文件", round.federation), number, "内部资料　不得对外公布");
    document.title(title);
    document.addressee("各成员行社");
    document.paragraph(format!(
        "根据《{}》（{}版），联社组织各成员行社对{}有关工作进行了自评填报，并经校验、计分和同组比较形成结果。现将有关情况通报如下。",
        round.rubric_title.zh,
        round.rubric_version,
        period(round.period),
    ));
}

fn requirements(paper: &mut Paper, roll_up: &RollUp) {
    paper.section("工作要求");
    paper.part("逐项整改");
    paper.paragraph(
        "各成员行社要对照附件2逐项查找失分原因，列明整改措施、责任部门和完成时限；整改情况在下一轮填报中如实反映。",
    );
    paper.part("压实责任");
    paper.paragraph("等级靠后、失分集中的成员行社，主要负责人要专题研究，牵头部门按月跟踪，问题不解决不销号。");
    paper.part("提高数据质量");
    paper.paragraph("报送前须在本地完成预审，逐条处理错误和预警；数据与台账不一致的，以台账为准并说明原因，没有发生的事项填零，不得空缺。");
    if !roll_up.missing.is_empty() || !roll_up.blocked.is_empty() {
        paper.part("抓紧补报");
        paper.paragraph("未报送和暂缓采纳的机构要立即补报、更正，并书面说明原因；补报结果不改变本通报的名次。");
    }
}

fn closing(paper: &mut Paper, roll_up: &RollUp) {
    let document = paper.plain();
    document.paragraph("附件：");
    document.numbered(annexes::TITLES.map(str::to_owned).into());
    document.signature(roll_up.round.federation.clone(), day(roll_up.issued_on));
    document.note("（此件发至各成员行社。评价结果仅供内部管理使用，不得用于广告宣传。）");
}

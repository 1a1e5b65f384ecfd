//! The narrative that the generator writes: the prose of such reports, in order, with headings of their own.

use serde_json::{Value, json};

use super::Sketch;

pub(super) fn sections(sketch: &mut Sketch<'_>, complaints: usize) -> Value {
    let member = sketch.member;
    let (name, short, year) = (&member.name, &member.short_name, sketch.year);
    let kind = member.kind;
    let opening = sketch.chance.pick(&[
        "现将有关情况报告如下。",
        "对照评价指标逐项开展了自评，现将结果报告如下。",
        "经逐条核对资料，形成自评报告如下。",
    ]);
    let tone = sketch.chance.pick(&["持续完善", "稳步推进", "不断规范"]);
    let paragraphs = [
        ("引言", format!("根据上级工作安排，{name}对{year}年度消费者权益保护工作开展了自评，{opening}")),
        (
            "一、组织领导",
            format!(
                "{short}在{}下设消费者权益保护工作委员会，由{}担任主任委员，{}担任副主任委员。合规管理部为牵头部门，客户服务部负责客户投诉处理，审计部负责专项审计，各部门职责分工明确。",
                kind.board(),
                kind.chair(),
                kind.head()
            ),
        ),
        (
            "二、制度建设",
            format!(
                "{year}年，{short}{tone}消费者权益保护制度体系，制定和沿用的制度均已编号印发，覆盖审查、披露、投诉、宣传、考核和审计各环节。"
            ),
        ),
        (
            "三、产品与服务",
            format!(
                "{short}在各营业网点醒目位置公示服务价格，列明服务项目、服务内容和投诉联系方式；通过网上银行、手机银行等渠道同步公示。销售理财产品坚持风险匹配原则，网点大堂经理负责风险提示和解释说明。"
            ),
        ),
        (
            "四、个人信息保护",
            format!("{short}与员工签订个人金融信息保护承诺书，按年开展专项自查，自查发现的问题已列入整改清单。"),
        ),
        (
            "五、宣传教育",
            format!(
                "{year}年，{short}借助横幅、大屏幕、网络、广播等渠道，进社区、进学校、进乡村开展金融知识宣传，重点普及防范电信网络诈骗知识。"
            ),
        ),
        (
            "六、投诉处理",
            format!(
                "{short}建立投诉管理台账，公开投诉电话{}，{year}年共受理投诉{complaints}件，按来源分别统计，办理时限按自然日计算。",
                member.hotline
            ),
        ),
        (
            "七、内部考核与审计",
            format!(
                "{year}年，{short}对营业网点消费者权益保护工作开展情况进行了考核，审计部按计划开展专项审计，发现问题逐项整改。"
            ),
        ),
        (
            "八、重点问题",
            format!("{year}年，群体性事件、负面舆情、信息泄露、行政处罚和案件的发生情况已在报表中逐项填列。"),
        ),
        (
            "九、存在问题和下一步计划",
            "对照要求仍有改进空间，具体问题和整改措施见清单。下一年度将修订制度、加强培训、扩大宣传覆盖面。".to_owned(),
        ),
    ];
    let rows = paragraphs.into_iter().enumerate();
    rows.map(|(index, (heading, text))| json!({ "seq": index + 1, "level": 1, "heading": heading, "text": text }))
        .collect()
}

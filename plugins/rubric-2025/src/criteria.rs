//! The criteria of the 2025-shaped rubric: seven elements, each with one criterion that takes in the element's free points.
//!
//! Points are told as hundredths of a criterion's weight, because the weights move with the year (see `weights`).

use huizong_sdk::{Criterion, Label, PointRange, label};

use crate::weights::{Element, fixed, of_element, with_free_points};

const SYSTEM: [PointRange; 2] = of_element(Element::System);
const SUITABILITY: [PointRange; 2] = of_element(Element::Suitability);
const MARKETING: [PointRange; 2] = of_element(Element::Marketing);
const DISPUTES: [PointRange; 2] = of_element(Element::Disputes);
const EDUCATION: [PointRange; 2] = of_element(Element::Education);
const SERVICE: [PointRange; 2] = of_element(Element::Service);
const INFORMATION: [PointRange; 2] = of_element(Element::Information);

const CONTROL: [PointRange; 2] = with_free_points(Element::System, 3);
const MATCHING: [PointRange; 2] = with_free_points(Element::Suitability, 6);
const DISCLOSURE: [PointRange; 2] = with_free_points(Element::Marketing, 9);
const TIMELINESS: [PointRange; 2] = with_free_points(Element::Disputes, 10);
const REACH: [PointRange; 2] = with_free_points(Element::Education, 4);
const SATISFACTION: [PointRange; 2] = with_free_points(Element::Service, 3);
const INSPECTION: [PointRange; 2] = with_free_points(Element::Information, 3);

const TWO: [PointRange; 2] = fixed(2);
const THREE: [PointRange; 2] = fixed(3);
const FOUR: [PointRange; 2] = fixed(4);
const FIVE: [PointRange; 2] = fixed(5);
const SIX: [PointRange; 2] = fixed(6);
const EIGHT: [PointRange; 2] = fixed(8);
const NONE: [PointRange; 2] = fixed(0);

const fn element(id: &'static str, ranges: &'static [PointRange], name: Label) -> Criterion {
    Criterion::group(id, name).ranges(ranges)
}

const fn indicator(
    id: &'static str,
    group: &'static str,
    ranges: &'static [PointRange],
    name: Label,
    guidance: Label,
) -> Criterion {
    Criterion::base(id, name).under(group).ranges(ranges).guided(guidance)
}

/// The tree.
pub(crate) const TREE: &[Criterion] = &[
    element("system", &SYSTEM, label("体制机制", "Institutions and mechanisms")),
    indicator(
        "system.governance",
        "system",
        &FOUR,
        label("治理架构", "Governance"),
        label(
            "无议事机构扣40%，未写明董（理）事会职责扣20%；全年会议少于4次的每少1次扣10%，最多扣40%。",
            "No committee: 40% off; no part of the board: 20%; each meeting short of four: 10%, at most 40%.",
        ),
    ),
    indicator(
        "system.organisation",
        "system",
        &THREE,
        label("部门与人员", "Departments and staff"),
        label(
            "无牵头部门扣30%，无投诉处理部门扣20%；职责分工少于5项的每少1项扣10%，最多扣30%；专职或从业满3年人员少于2名的每少1名扣10%。",
            "No lead department: 30% off; none for complaints: 20%; each duty short of five: 10%, at most 30%; each experienced person short of two: 10%.",
        ),
    ),
    indicator(
        "system.control",
        "system",
        &CONTROL,
        label("考核与审计", "Assessment and audit"),
        label(
            "按考核网点覆盖率计50%；有专项审计计20%，按审计问题整改率计30%。承接本要素当年自由权重。",
            "50% times outlets assessed; 20% for an audit, 30% times findings put right. Takes in the element's free points.",
        ),
    ),
    element("suitability", &SUITABILITY, label("适当性管理", "Suitability")),
    indicator(
        "suitability.review",
        "suitability",
        &FOUR,
        label("消保审查", "Reviews for consumers"),
        label("有审查制度计20%；消保审查每4件计10%，最多80%。", "20% for a policy on reviews; 10% for every four reviews, at most 80%."),
    ),
    indicator(
        "suitability.matching",
        "suitability",
        &MATCHING,
        label("风险匹配", "Matching risk and buyer"),
        label(
            "有风险匹配规则计50%，有产品说明要求计20%；销售揭示要点每项计6%，最多30%。承接本要素当年自由权重。",
            "50% for a rule that matches risk and buyer, 20% for products with rules; 6% for each point of disclosure, at most 30%. Takes in the free points.",
        ),
    ),
    element("marketing", &MARKETING, label("营销行为管理", "Marketing conduct")),
    indicator(
        "marketing.disclosure",
        "marketing",
        &DISCLOSURE,
        label("信息披露与收费公示", "Disclosure and fee notices"),
        label(
            "按收费公示网点比例计60%；公示要素超过3项的每项计10%，最多40%。承接本要素当年自由权重。",
            "60% times outlets with a fee notice; 10% for each particular beyond three, at most 40%. Takes in the free points.",
        ),
    ),
    indicator(
        "marketing.recording",
        "marketing",
        &EIGHT,
        label("销售过程管理", "Conduct of sales"),
        label(
            "有产品说明要求计30%，有销售揭示要点计20%，按理财、代销录音录像比例计50%。",
            "30% for products with rules, 20% for points of disclosure, 50% times lines that record sales.",
        ),
    ),
    indicator(
        "marketing.competence",
        "marketing",
        &EIGHT,
        label("从业人员能力", "Competence of staff"),
        label("按员工培训覆盖率计50%；消保专题培训每次计10%，最多50%。", "50% times staff trained; 10% for each session on the subject, at most 50%."),
    ),
    element("disputes", &DISPUTES, label("纠纷化解", "Disputes")),
    indicator(
        "disputes.mechanism",
        "disputes",
        &SIX,
        label("投诉处理机制", "Complaint mechanism"),
        label(
            "未规定办理时限扣30%，未写明计日方式扣10%，无台账扣20%；责任路径少于2条的每少1条扣10%；分类统计少于3个维度的每少1个扣5%，未报告扣20%。",
            "No time limit: 30% off; not told what its days are: 10%; no ledger: 20%; each route short of two: 10%; each dimension short of three: 5%, none told 20%.",
        ),
    ),
    indicator(
        "disputes.timeliness",
        "disputes",
        &TIMELINESS,
        label("投诉办理时效", "Timeliness"),
        label(
            "及时办结率99%及以上计满，97%计85%，95%计70%，90%计50%，80%计25%，更低或不明不计。承接本要素当年自由权重。",
            "Closed in time: from 99% all, 97% 85%, 95% 70%, 90% 50%, 80% 25%, less or not told nothing. Takes in the free points.",
        ),
    ),
    indicator(
        "disputes.quality",
        "disputes",
        &FIVE,
        label("投诉数量与质量", "Number and quality"),
        label(
            "未报告投诉数扣40%；重复投诉率超过2%扣15%、5%扣30%；升级投诉率超过1%扣10%、3%扣20%；有责投诉率超过15%扣5%、30%扣10%。",
            "Number not told: 40% off; repeated over 2%: 15%, 5%: 30%; escalated over 1%: 10%, 3%: 20%; at fault over 15%: 5%, 30%: 10%.",
        ),
    ),
    indicator(
        "disputes.remedy",
        "disputes",
        &FOUR,
        label("回访与整改", "Follow-up and rectification"),
        label(
            "按投诉回访满意率计50%，有责任追究计20%，按整改完成率计30%。",
            "50% times satisfied follow-ups, 20% where somebody was held to account, 30% times rectifications done.",
        ),
    ),
    element("education", &EDUCATION, label("金融教育", "Financial education")),
    indicator(
        "education.campaigns",
        "education",
        &SIX,
        label("集中教育宣传", "Campaigns"),
        label("每项集中宣传活动计20%，最多100%。", "20% for each campaign, at most 100%."),
    ),
    indicator(
        "education.reach",
        "education",
        &REACH,
        label("教育覆盖", "Reach"),
        label(
            "宣传教育每场计5%，最多50%；受众每200人次计5%，最多30%；宣传渠道每种计5%，最多20%。承接本要素当年自由权重。",
            "5% for each event, at most 50%; 5% for every 200 people, at most 30%; 5% for each channel, at most 20%. Takes in the free points.",
        ),
    ),
    element("service", &SERVICE, label("消费者服务", "Service")),
    indicator(
        "service.outlets",
        "service",
        &TWO,
        label("网点服务达标", "Certified outlets"),
        label("开展达标认证计20%，按达标认证率计80%。", "20% for certification under way, 80% times outlets certified."),
    ),
    indicator(
        "service.satisfaction",
        "service",
        &SATISFACTION,
        label("客户满意度", "Satisfaction"),
        label(
            "有样本量和方法的调查计20%；满意率95%及以上计80%，90%计65%，85%计50%，80%计35%，70%计20%。承接本要素当年自由权重。",
            "20% for a survey with sample and method; satisfied from 95% 80%, 90% 65%, 85% 50%, 80% 35%, 70% 20%. Takes in the free points.",
        ),
    ),
    element("information", &INFORMATION, label("个人信息保护", "Personal data")),
    indicator(
        "information.pledge",
        "information",
        &TWO,
        label("制度与承诺", "Policy and pledge"),
        label("有个人金融信息保护制度计20%，按承诺书签订率计80%。", "20% for a policy, 80% times signed pledges."),
    ),
    indicator(
        "information.inspection",
        "information",
        &INSPECTION,
        label("自查与整改", "Self-inspection"),
        label(
            "自查每次计10%，最多40%；按自查问题整改率计40%，按自查网点覆盖率计20%。承接本要素当年自由权重。",
            "10% for each self-inspection, at most 40%; 40% times problems fixed, 20% times outlets covered. Takes in the free points.",
        ),
    ),
    element("bottom-line", &NONE, label("调整事项", "Adjustments")),
    Criterion::bottom_line("bottom-line.truthfulness", label("数据真实性", "Truthfulness of data"))
        .under("bottom-line")
        .ranges(&NONE)
        .guided(label(
            "评审核定数与填报数相差两成及以上的，视为数据失实，降一级。",
            "Where a reviewer counts a fifth more or less than was stated, the data count as untrue and the level is one lower.",
        )),
    Criterion::bottom_line("bottom-line.events", label("重大事件", "Grave events"))
        .under("bottom-line")
        .ranges(&NONE)
        .guided(label(
            "发生群体性事件的，最高评为三级C；发生信息泄露的，降一级。",
            "With a mass incident 3C at best; with a leak of data one level lower.",
        )),
];

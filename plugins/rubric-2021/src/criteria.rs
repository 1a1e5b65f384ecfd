//! The criteria of the 2021-shaped rubric: five weighted elements of 100 points, and a deduction for what supervision found.

use huizong_sdk::{Criterion, Label, Points, label, points};

const ZERO: Points = Points::ZERO;

/// An indicator that gives between nothing and its weight.
const fn indicator(id: &'static str, group: &'static str, weight: Points, name: Label, guidance: Label) -> Criterion {
    Criterion::base(id, name).under(group).range(ZERO, weight).guided(guidance)
}

/// A finding of supervision that takes points away.
const fn finding(id: &'static str, least: Points, name: Label, guidance: Label) -> Criterion {
    Criterion::deduction(id, name).under("supervision").range(least, ZERO).guided(guidance)
}

/// The tree: 10, 25, 30, 10 and 25 points, and up to 40 off, of which at most 25 count.
pub(crate) const TREE: &[Criterion] = &[
    // ---- 10 ----
    Criterion::group("system", label("体制建设", "Institutions")).range(ZERO, points("10")),
    indicator(
        "system.governance",
        "system",
        points("4"),
        label("公司治理", "Governance"),
        label(
            "无议事机构扣1.5分，未写明董（理）事会职责扣1分；全年会议少于4次的每少1次扣0.5分，最多扣1.5分。",
            "No committee: 1.5 off; no part of the board: 1 off; each meeting short of four: 0.5 off, at most 1.5.",
        ),
    ),
    indicator(
        "system.organisation",
        "system",
        points("3"),
        label("组织架构与人员", "Departments and staff"),
        label(
            "无牵头部门扣1分，无投诉处理部门扣0.4分；职责分工少于5项的每少1项扣0.2分；专职或从业满3年人员少于2名的每少1名扣0.5分。",
            "No lead department: 1 off; none for complaints: 0.4; each duty short of five: 0.2; each experienced person short of two: 0.5.",
        ),
    ),
    indicator(
        "system.policies",
        "system",
        points("3"),
        label("制度建设", "Policies"),
        label(
            "现行制度少于8项的每少1项扣0.3分，最多扣1.5分；文号完整率低于100%扣0.5分、低于80%扣1分；本年新增或修订少于2项扣0.3分、没有的扣0.5分。",
            "Each policy short of eight: 0.3 off, at most 1.5; complete numbers under 100%: 0.5, 80%: 1; fewer than two renewed: 0.3, none: 0.5.",
        ),
    ),
    // ---- 25 ----
    Criterion::group("mechanism", label("机制与运行", "Mechanisms")).range(ZERO, points("25")),
    indicator(
        "mechanism.review",
        "mechanism",
        points("4"),
        label("消保审查", "Reviews for consumers"),
        label(
            "无审查制度扣1分，无风险匹配规则扣1分；审查件数少于30件的每少5件扣0.4分，最多扣2分。",
            "No policy on reviews: 1 off; no rule that matches risk and buyer: 1; each 5 reviews short of 30: 0.4, at most 2.",
        ),
    ),
    indicator(
        "mechanism.disclosure",
        "mechanism",
        points("5"),
        label("信息披露", "Disclosure"),
        label(
            "按收费公示网点比例计3分；公示要素超过3项的每项加0.5分，最多加2分。",
            "3 points times the share of outlets with a fee notice; 0.5 for each particular beyond three, at most 2.",
        ),
    ),
    indicator(
        "mechanism.information",
        "mechanism",
        points("4"),
        label("个人信息保护", "Personal data"),
        label(
            "按承诺书签订率计2分，按自查问题整改率计1分；自查每次加0.5分，最多加1分。",
            "2 points times the share of signed pledges, 1 times the share of problems fixed; 0.5 for each self-inspection, at most 1.",
        ),
    ),
    indicator(
        "mechanism.training",
        "mechanism",
        points("4"),
        label("内部培训", "Training"),
        label(
            "消保专题培训每次加0.3分，最多加2分；按员工培训覆盖率计2分。",
            "0.3 for each session on the subject, at most 2; 2 points times the share of staff trained.",
        ),
    ),
    indicator(
        "mechanism.assessment",
        "mechanism",
        points("4"),
        label("内部考核", "Internal assessment"),
        label(
            "开展内部考核加1分，按考核网点覆盖率计3分。",
            "1 for an assessment, 3 times the share of outlets covered.",
        ),
    ),
    indicator(
        "mechanism.audit",
        "mechanism",
        points("4"),
        label("内部审计", "Internal audit"),
        label(
            "开展专项审计加1分，审计期间起止明确加1分，按审计问题整改率计2分。",
            "1 for an audit, 1 for a sound period, 2 times the share of findings put right.",
        ),
    ),
    // ---- 30 ----
    Criterion::group("service", label("操作与服务", "Operations and service")).range(ZERO, points("30")),
    indicator(
        "service.sales",
        "service",
        points("8"),
        label("营销与适当性", "Sales and suitability"),
        label(
            "没有产品说明风险匹配或揭示要求扣3分，无风险匹配规则扣2分；销售揭示要点少于5项的每少1项扣0.5分，最多扣2分。",
            "No product with any rule: 3 off; none that matches risk and buyer: 2; each point of disclosure short of five: 0.5, at most 2.",
        ),
    ),
    indicator(
        "service.recording",
        "service",
        points("4"),
        label("销售录音录像", "Recording of sales"),
        label(
            "按理财、代销业务录音录像比例计4分。",
            "4 points times the share of wealth and agency lines that record sales.",
        ),
    ),
    indicator(
        "service.fees",
        "service",
        points("8"),
        label("服务收费", "Fees"),
        label(
            "未公示扣1分；公示网点比例每低2个百分点扣0.5分，最多扣4分，无法计算的扣4分；收费目录计量单位混用扣3分。",
            "No notice: 1 off; each 2 percentage points of outlets without one: 0.5, at most 4, and 4 where it cannot be told; units mixed: 3.",
        ),
    ),
    indicator(
        "service.outlets",
        "service",
        points("5"),
        label("网点服务", "Service of outlets"),
        label(
            "开展达标认证加1分，按网点达标认证率计4分。",
            "1 for certification under way, 4 times the share of outlets certified.",
        ),
    ),
    indicator(
        "service.satisfaction",
        "service",
        points("5"),
        label("客户满意度", "Satisfaction"),
        label(
            "调查满意率95%及以上加3分，90%加2.5分，85%加2分，80%加1.5分，70%加1分；有样本量和方法加1分；回访满意率90%及以上加1分，80%加0.5分。",
            "Satisfied in the survey: from 95% 3, 90% 2.5, 85% 2, 80% 1.5, 70% 1; sample and method told: 1; in follow-ups: from 90% 1, 80% 0.5.",
        ),
    ),
    // ---- 10 ----
    Criterion::group("education", label("教育宣传", "Education")).range(ZERO, points("10")),
    indicator(
        "education.campaigns",
        "education",
        points("4"),
        label("集中宣传", "Campaigns"),
        label("每项集中宣传活动加0.8分，最多加4分。", "0.8 for each campaign, at most 4."),
    ),
    indicator(
        "education.routine",
        "education",
        points("3"),
        label("常态宣传", "Routine"),
        label(
            "每种宣传渠道加0.4分，最多加2分；每篇媒体报道加0.1分，最多加1分。",
            "0.4 for each channel, at most 2; 0.1 for each press report, at most 1.",
        ),
    ),
    indicator(
        "education.reach",
        "education",
        points("3"),
        label("宣传覆盖", "Reach"),
        label(
            "每场宣传教育加0.2分，最多加2分；受众每500人次加0.2分，最多加1分。",
            "0.2 for each event, at most 2; 0.2 for every 500 people reached, at most 1.",
        ),
    ),
    // ---- 25 ----
    Criterion::group("disputes", label("纠纷化解", "Disputes")).range(ZERO, points("25")),
    indicator(
        "disputes.management",
        "disputes",
        points("10"),
        label("投诉管理", "Handling of complaints"),
        label(
            "未规定办理时限扣2分，无台账扣1分，无分路径责任部门扣1分；分类统计少于3个维度的每少1个扣0.5分；及时办结率98%及以上不扣分，95%扣1分，90%扣2分，更低或不明扣4分。",
            "No time limit: 2 off; no ledger: 1; no department by route: 1; each dimension short of three: 0.5; in time from 98% nothing off, 95% 1, 90% 2, less or not told 4.",
        ),
    ),
    indicator(
        "disputes.volume",
        "disputes",
        points("9"),
        label("投诉数量", "Number of complaints"),
        label(
            "未报告投诉数扣6分；每万个人客户超过1件扣0.5分、2件扣1分、5件扣1.5分；重复投诉率超过2%扣0.5分、5%扣1分、10%扣2分；升级投诉率超过1%扣0.5分、3%扣1分；有责投诉率超过15%扣0.5分、30%扣1分。",
            "Number not told: 6 off; per 10,000 customers over 1: 0.5, 2: 1, 5: 1.5; repeated over 2%: 0.5, 5%: 1, 10%: 2; escalated over 1%: 0.5, 3%: 1; at fault over 15%: 0.5, 30%: 1.",
        ),
    ),
    indicator(
        "disputes.resolution",
        "disputes",
        points("6"),
        label("多元化解与整改", "Resolution and rectification"),
        label(
            "回访满意率90%及以上加3分，80%加2分，70%加1分；有责任追究加1分；按整改完成率计2分。",
            "Satisfied in follow-ups: from 90% 3, 80% 2, 70% 1; somebody held to account: 1; 2 times the share of rectifications done.",
        ),
    ),
    // ---- at most 25 off ----
    Criterion::group("supervision", label("监督检查", "Supervision")).range(points("-40"), ZERO),
    finding(
        "supervision.penalties",
        points("-20"),
        label("行政处罚", "Penalties"),
        label(
            "每起扣5分，最多扣20分；未报告（含零报告）扣1分。",
            "5 off each, at most 20; not told (zero included): 1 off.",
        ),
    ),
    finding(
        "supervision.cases",
        points("-8"),
        label("案件", "Criminal cases"),
        label(
            "每起扣4分，最多扣8分；未报告（含零报告）扣1分。",
            "4 off each, at most 8; not told (zero included): 1 off.",
        ),
    ),
    finding(
        "supervision.publicity",
        points("-6"),
        label("负面舆情", "Adverse publicity"),
        label(
            "每起扣2分，最多扣6分；未报告（含零报告）扣0.5分。",
            "2 off each, at most 6; not told (zero included): 0.5 off.",
        ),
    ),
    finding(
        "supervision.leaks",
        points("-6"),
        label("信息泄露", "Data leaks"),
        label(
            "每起扣3分，最多扣6分；未报告（含零报告）扣0.5分。",
            "3 off each, at most 6; not told (zero included): 0.5 off.",
        ),
    ),
];

//! The criteria of the invented provincial rubric: 100 points to keep or earn, deductions, a bonus, and bottom lines.

use huizong_sdk::{Criterion, Label, Points, label, points};

const ZERO: Points = Points::ZERO;

const fn indicator(id: &'static str, group: &'static str, weight: Points, name: Label, guidance: Label) -> Criterion {
    Criterion::base(id, name).under(group).range(ZERO, weight).guided(guidance)
}

const fn deduction(id: &'static str, least: Points, name: Label, guidance: Label) -> Criterion {
    Criterion::deduction(id, name).under("discipline").range(least, ZERO).guided(guidance)
}

const fn bonus(id: &'static str, most: Points, name: Label, guidance: Label) -> Criterion {
    Criterion::bonus(id, name).under("bonus").range(ZERO, most).guided(guidance)
}

const fn bottom_line(id: &'static str, name: Label, guidance: Label) -> Criterion {
    Criterion::bottom_line(id, name).under("bottom-line").guided(guidance)
}

/// The tree: 15, 30, 15, 25 and 15 points; up to 10 off; up to 5 on; bottom lines without weight.
pub(crate) const TREE: &[Criterion] = &[
    // ---- 15 ----
    Criterion::group("governance", label("组织与制度", "Organisation and policies")).range(ZERO, points("15")),
    indicator(
        "governance.body",
        "governance",
        points("5"),
        label("议事机构", "Committee"),
        label(
            "无消保委员会（工作小组）扣2分，未写明董（理）事会职责扣1分；全年会议少于4次的每少1次扣0.5分，最多扣2分。",
            "No committee: 2 off; no part of the board: 1; each meeting short of four: 0.5, at most 2.",
        ),
    ),
    indicator(
        "governance.policies",
        "governance",
        points("5"),
        label("制度", "Policies"),
        label(
            "现行制度少于8项的每少1项扣0.5分，最多扣3分；文号完整率低于100%扣0.5分、低于80%扣1分；本年无新增修订扣0.5分。",
            "Each policy short of eight: 0.5 off, at most 3; complete numbers under 100%: 0.5, 80%: 1; none renewed: 0.5.",
        ),
    ),
    indicator(
        "governance.organisation",
        "governance",
        points("5"),
        label("部门与人员", "Departments and staff"),
        label(
            "无牵头部门扣2分，无投诉处理部门扣1分；职责分工少于5项的每少1项扣0.3分，最多扣1分；专职或从业满3年人员少于2名的每少1名扣0.5分。",
            "No lead department: 2 off; none for complaints: 1; each duty short of five: 0.3, at most 1; each experienced person short of two: 0.5.",
        ),
    ),
    // ---- 30 ----
    Criterion::group("conduct", label("经营行为", "Conduct")).range(ZERO, points("30")),
    indicator(
        "conduct.fees",
        "conduct",
        points("8"),
        label("收费公示", "Fee notices"),
        label(
            "公示网点比例每低2个百分点扣0.5分，最多扣4分，无法计算的扣4分；公示要素少于7项的每少1项扣0.5分，最多扣2分；收费目录计量单位混用扣2分。",
            "Each 2 percentage points of outlets without a notice: 0.5 off, at most 4, and 4 where it cannot be told; each particular short of seven: 0.5, at most 2; units mixed: 2.",
        ),
    ),
    indicator(
        "conduct.sales",
        "conduct",
        points("8"),
        label("销售管理", "Sales"),
        label(
            "有风险匹配规则加3分，有产品说明要求加1分，按理财、代销录音录像比例计2分；消保审查每10件加0.5分，最多加2分。",
            "3 for a rule that matches risk and buyer, 1 for products with rules, 2 times lines that record sales; 0.5 for every ten reviews, at most 2.",
        ),
    ),
    indicator(
        "conduct.information",
        "conduct",
        points("7"),
        label("个人信息保护", "Personal data"),
        label(
            "按承诺书签订率计3分，按自查问题整改率计2分；自查每次加0.5分，最多加2分。",
            "3 points times signed pledges, 2 times problems fixed; 0.5 for each self-inspection, at most 2.",
        ),
    ),
    indicator(
        "conduct.outlets",
        "conduct",
        points("7"),
        label("网点服务", "Outlets"),
        label("开展达标认证加1分，按达标认证率计6分。", "1 for certification under way, 6 times outlets certified."),
    ),
    // ---- 15 ----
    Criterion::group("education", label("培训与宣传", "Training and education")).range(ZERO, points("15")),
    indicator(
        "education.training",
        "education",
        points("6"),
        label("员工培训", "Training"),
        label(
            "消保专题培训每次加0.5分，最多加3分；按员工培训覆盖率计3分。",
            "0.5 for each session on the subject, at most 3; 3 points times staff trained.",
        ),
    ),
    indicator(
        "education.events",
        "education",
        points("9"),
        label("宣传教育场次", "Education events"),
        label("同组比较：本机构场次÷同组最大场次×9分；未报告的不得分。", "Within the cohort: own events ÷ the most of anybody × 9; none told: nothing."),
    )
    .of_cohort(),
    // ---- 25 ----
    Criterion::group("complaints", label("投诉管理", "Complaints")).range(ZERO, points("25")),
    indicator(
        "complaints.mechanism",
        "complaints",
        points("6"),
        label("投诉机制", "Mechanism"),
        label(
            "未规定办理时限扣2分，未写明计日方式扣0.5分，无台账扣1.5分，无分路径责任部门扣1分，分类统计少于3个维度的每少1个扣0.3分、未报告扣1分。",
            "No time limit: 2 off; not told what its days are: 0.5; no ledger: 1.5; no department by route: 1; each dimension short of three: 0.3, none told 1.",
        ),
    ),
    indicator(
        "complaints.timeliness",
        "complaints",
        points("7"),
        label("及时办结", "Closed in time"),
        label(
            "及时办结率99%及以上计7分，97%计6分，95%计5分，90%计3分，85%计1.5分，更低或不明不计。",
            "Closed in time: from 99% 7, 97% 6, 95% 5, 90% 3, 85% 1.5, less or not told nothing.",
        ),
    ),
    indicator(
        "complaints.speed",
        "complaints",
        points("6"),
        label("办结速度", "Speed"),
        label(
            "同组比较：同组最短平均办结天数÷本机构平均办结天数×6分；没有投诉的得满分，没有工单明细的不得分。",
            "Within the cohort: the shortest mean of days ÷ own mean × 6; no complaint: all; no work orders: nothing.",
        ),
    )
    .of_cohort(),
    indicator(
        "complaints.volume",
        "complaints",
        points("6"),
        label("投诉数量", "Number of complaints"),
        label(
            "同组比较：同组中位数÷本机构每万个人客户投诉件数×6分，最多6分；不高于中位数的得满分，无法计算的不得分。",
            "Within the cohort: the median ÷ own complaints per 10,000 customers × 6, at most 6; up to the median all; where it cannot be told nothing.",
        ),
    )
    .of_cohort(),
    // ---- 15 ----
    Criterion::group("management", label("内部管理", "Management")).range(ZERO, points("15")),
    indicator(
        "management.assessment",
        "management",
        points("5"),
        label("内部考核", "Assessment"),
        label("开展内部考核加1分，按考核网点覆盖率计4分。", "1 for an assessment, 4 times outlets covered."),
    ),
    indicator(
        "management.audit",
        "management",
        points("5"),
        label("专项审计", "Audit"),
        label(
            "开展专项审计加1.5分，审计期间起止明确加0.5分，按审计问题整改率计3分。",
            "1.5 for an audit, 0.5 for a sound period, 3 times findings put right.",
        ),
    ),
    indicator(
        "management.rectification",
        "management",
        points("5"),
        label("问题整改", "Rectification"),
        label(
            "查找出问题加1分，有整改措施加1分，按整改完成率计3分；每项逾期扣1分，最多扣2分。",
            "1 for issues named, 1 for measures, 3 times those done; each overdue: 1 off, at most 2.",
        ),
    ),
    // ---- at most 10 off ----
    Criterion::group("discipline", label("扣分项", "Deductions")).range(points("-10"), ZERO),
    deduction(
        "discipline.late",
        points("-5"),
        label("迟报", "Late submission"),
        label(
            "迟报不超过24小时扣1分，不超过72小时扣2分，不超过168小时扣3分，更久扣5分。",
            "Late by at most 24 hours: 1 off, 72: 2, 168: 3, longer: 5.",
        ),
    ),
    deduction(
        "discipline.two-years",
        points("-3"),
        label("连续两年及时办结率不达标", "Late for two years in a row"),
        label(
            "本年和上一年及时办结率均低于95%的扣3分；上一年没有数据的不扣。",
            "Closed in time under 95% this year and the year before: 3 off; nothing where the year before is unknown.",
        ),
    ),
    deduction(
        "discipline.accuracy",
        points("-2"),
        label("数据差错", "Errors in the data"),
        label("评审核定数与填报数不一致的，每处扣0.5分，最多扣2分。", "Each value that a reviewer counts differently: 0.5 off, at most 2."),
    ),
    // ---- at most 5 on ----
    Criterion::group("bonus", label("加分项", "Bonus")).range(ZERO, points("9")),
    bonus(
        "bonus.innovation",
        points("2"),
        label("工作创新", "Innovation"),
        label("由评审人按可复制推广的做法认定，最多2分。", "By a reviewer's decision, for what others can copy; at most 2."),
    )
    .judged(
        ZERO,
        points("2"),
        label("有可复制推广的做法并有佐证的，可加2分（含）以内。", "Up to 2 points for a proven practice that others can copy."),
    ),
    bonus(
        "bonus.media",
        points("2"),
        label("媒体报道", "Press reports"),
        label("宣传教育获媒体报道，每5篇加0.5分，最多加2分。", "0.5 for every five press reports, at most 2."),
    ),
    bonus(
        "bonus.outreach",
        points("2"),
        label("进村进校", "Schools and villages"),
        label("进乡村、学校、社区每2场加0.5分，最多加2分。", "0.5 for every two events in villages, schools and communities, at most 2."),
    ),
    bonus(
        "bonus.rank",
        points("3"),
        label("满意度排名", "Rank by satisfaction"),
        label(
            "同组比较：调查满意率居前5%的加3分，前10%的加2分，前20%的加1分，名次按向上取整，并列同分。",
            "Within the cohort: satisfied customers among the top 5%: 3, 10%: 2, 20%: 1; numbers of ranks rounded up, equals alike.",
        ),
    )
    .of_cohort(),
    // ---- without weight ----
    Criterion::group("bottom-line", label("底线", "Bottom lines")),
    bottom_line(
        "bottom-line.mass-incident",
        label("群体性事件", "Mass incident"),
        label("发生群体性事件的，总分最高59分。", "With a mass incident the total is at most 59."),
    ),
    bottom_line(
        "bottom-line.case",
        label("案件", "Criminal case"),
        label("发生侵害消费者权益案件的，直接评为最低等级。", "With a criminal case the lowest grade, whatever the total."),
    ),
    bottom_line(
        "bottom-line.leak",
        label("信息泄露", "Data leak"),
        label("发生客户信息泄露的，降一级。", "With a leak of customers' data one grade lower."),
    ),
    bottom_line(
        "bottom-line.concealment",
        label("瞒报投诉", "Concealed complaints"),
        label("评审核定的投诉或重点问题多于填报数的，视为瞒报，降两级。", "Where a reviewer counts more complaints or key events than were stated: two grades lower."),
    ),
];

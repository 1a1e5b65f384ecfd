//! The criteria of the 2016-shaped rubric: five elements as ranges, most of which only take points away.

use huizong_sdk::{Criterion, label, points};

/// The tree. The five elements give -85 to +15 together, so that a start of 85 makes 100 the best and 0 the worst.
pub(crate) const TREE: &[Criterion] = &[
    Criterion::base("base", label("基准分", "Starting points")).range(points("85"), points("85")).guided(label(
        "各要素以加减分区间计分，区间下限合计-85分、上限合计15分；以85分起算，使满分为100分、最低为0分。",
        "The elements are ranges that add up to between -85 and +15; starting from 85 makes 100 the best total and 0 the worst.",
    )),
    // ---- I: -13 to 0 ----
    Criterion::group("system", label("一、制度体系是否完备", "I. Are the policies complete")).range(points("-13"), points("0")),
    Criterion::deduction("system.duties", label("董（理）事会及高管职责", "Duties of board and management"))
        .under("system")
        .range(points("-3"), points("0"))
        .judged(
            points("-3"),
            points("0"),
            label(
                "未明确董（理）事会最终责任、高级管理层执行责任，或者职责空泛的，可在3分（含）以内扣分。",
                "Where the board's final responsibility or the management's executive one is missing or vague: up to 3 points off.",
            ),
        )
        .guided(label(
            "未见消保委员会（工作小组）扣1分，未写明主任（组长）职务扣0.5分，未写明董（理）事会职责扣1分、高级管理层职责扣0.5分。评审扣分与之合计不超过3分。",
            "No committee: 1 off; its chair not named: 0.5; no part of the board: 1; of the management: 0.5. With the reviewer's points at most 3.",
        )),
    Criterion::group("system.policies", label("其他制度", "Other policies")).under("system").range(points("-10"), points("0")),
    Criterion::deduction("system.policies.management", label("消保管理与考核制度", "On management and assessment"))
        .under("system.policies")
        .range(points("-2"), points("0"))
        .guided(label(
            "缺消保工作管理办法扣1分，缺考核评价制度扣1分。",
            "None on managing the work: 1 off; none on assessing it: 1 off.",
        )),
    Criterion::deduction("system.policies.complaints", label("投诉与应急制度", "On complaints and emergencies"))
        .under("system.policies")
        .range(points("-4"), points("0"))
        .guided(label(
            "缺投诉处理制度扣2分，缺突发事件应急预案扣1分；制度文号不全每项扣0.5分，最多扣1分。",
            "None on complaints: 2 off; no emergency plan: 1 off; each incomplete document number: 0.5 off, at most 1.",
        )),
    Criterion::deduction("system.policies.education", label("信息保护与宣传教育制度", "On personal data and education"))
        .under("system.policies")
        .range(points("-4"), points("0"))
        .guided(label(
            "缺个人金融信息保护制度扣2分，缺金融知识宣传教育制度扣2分。",
            "None on personal financial data: 2 off; none on financial education: 2 off.",
        )),
    // ---- II: -9 to 4 ----
    Criterion::group("support", label("二、制度执行是否有可靠保障", "II. Is their execution supported")).range(points("-9"), points("4")),
    Criterion::base("support.board", label("董（理）事会履职", "What the board does"))
        .under("support")
        .range(points("-2"), points("2"))
        .judged(
            points("-2"),
            points("2"),
            label(
                "按董（理）事会听取报告、研究部署消保工作的实际情况，在-2分至2分之间认定。",
                "From -2 to 2, by what the board in fact heard, discussed and decided.",
            ),
        )
        .guided(label(
            "未报告议事机构会议次数扣1分；从第2次会议起每次加1分，最多加2分。评审认定与之合计不超出区间。",
            "Meetings not told: 1 off; from the second on 1 for each, at most 2. With the reviewer's points within the range.",
        )),
    Criterion::base("support.departments", label("牵头部门与岗位", "Lead department and posts"))
        .under("support")
        .range(points("-3"), points("1"))
        .guided(label(
            "牵头部门应当恰为一个，没有或者多于一个扣1.5分；无投诉处理部门扣1.5分；有专职或从业满3年的消保人员加1分。",
            "Not exactly one lead department: 1.5 off; none for complaints: 1.5 off; full-time or experienced staff: 1 on.",
        )),
    Criterion::base("support.training", label("内部培训", "Training of staff"))
        .under("support")
        .range(points("-2"), points("1"))
        .guided(label(
            "消保专题培训4次及以上加1分，2次及以上不加不减，1次扣1分，没有扣2分；“余”“以上”按下限计。",
            "Four sessions on the subject: 1 on; two: nothing; one: 1 off; none: 2 off. `30余次` counts as its lower bound.",
        )),
    Criterion::deduction("support.audit", label("内部审计", "Internal audit"))
        .under("support")
        .range(points("-2"), points("0"))
        .guided(label(
            "未开展消保专项审计扣2分；有审计但期间颠倒或不明扣1分。",
            "No audit of the subject: 2 off; one whose period is reversed or not told: 1 off.",
        )),
    // ---- III: -30 to 7 ----
    Criterion::group("conduct", label("三、工作开展是否有效", "III. Is the work effective")).range(points("-30"), points("7")),
    Criterion::deduction("conduct.products", label("产品与服务准入", "Admission of products"))
        .under("conduct")
        .range(points("-5"), points("0"))
        .judged(
            points("-5"),
            points("0"),
            label(
                "产品设计、协议、定价未体现消保审查的，可在5分（含）以内扣分。",
                "Where design, contracts or prices show no review for consumers: up to 5 points off.",
            ),
        )
        .guided(label(
            "未报告消保审查件数扣2分；没有任何产品说明风险匹配或揭示要求扣1.5分；没有风险匹配规则扣1.5分。评审扣分与之合计不超过5分。",
            "Number of reviews not told: 2 off; no product with any rule: 1.5; none that matches risk and buyer: 1.5. With the reviewer's points at most 5.",
        )),
    Criterion::deduction("conduct.disclosure", label("信息披露与收费", "Disclosure and fees"))
        .under("conduct")
        .range(points("-5"), points("0"))
        .guided(label(
            "收费公示网点比例低于100%的，每低5个百分点扣0.5分，最多扣3分，无法计算的扣3分；收费目录计量单位混用扣2分。",
            "Each 5 percentage points of outlets without a fee notice: 0.5 off, at most 3, and 3 where it cannot be told; units mixed in the catalogue: 2 off.",
        )),
    Criterion::deduction("conduct.information", label("个人金融信息保护", "Personal financial data"))
        .under("conduct")
        .range(points("-5"), points("0"))
        .guided(label(
            "未签承诺书扣1分，签订率低于95%扣0.5分、低于80%或不明扣1分；未自查扣1分，问题整改率低于90%扣0.5分、低于75%或不明扣1分；未报告信息安全事件（含零）扣1分。",
            "No pledge: 1 off, signed by less than 95%: 0.5, 80% or not told: 1; no self-inspection: 1, problems fixed under 90%: 0.5, 75% or not told: 1; incidents (zero included) not told: 1.",
        )),
    Criterion::base("conduct.education", label("宣传教育", "Education of the public"))
        .under("conduct")
        .range(points("-4"), points("4"))
        .guided(label(
            "集中宣传活动少于2项的每缺1项扣2分；从第3项起每项加1分，最多加2分；从第3场起每3场加0.5分，最多加2分。",
            "Each campaign short of two: 2 off; from the third on 1 each, at most 2; beyond two events 0.5 for every three, at most 2.",
        )),
    Criterion::base("conduct.complaints", label("投诉处理", "Handling of complaints"))
        .under("conduct")
        .range(points("-8"), points("2"))
        .guided(label(
            "未规定办理时限扣1.5分，无投诉台账扣1分，未报告投诉数扣2.5分，未报告办结数扣1分；及时办结率98%及以上加2分，95%加1分，90%不加不减，85%扣1分，更低或不明扣2分。",
            "No time limit: 1.5 off; no ledger: 1; numbers not told: 2.5; closed cases not told: 1. Closed in time: from 98% 2 on, 95% 1, 90% nothing, 85% 1 off, less or not told 2 off.",
        )),
    Criterion::base("conduct.satisfaction", label("客户满意度", "Satisfaction of customers"))
        .under("conduct")
        .range(points("-3"), points("1"))
        .guided(label(
            "未开展调查扣1分；满意率90%及以上加1分，80%不加不减，70%扣0.5分，更低或不明扣1分；重复投诉率超过5%扣0.5分、超过10%扣1分。",
            "No survey: 1 off; satisfied from 90%: 1 on, 80% nothing, 70% 0.5 off, less or not told 1 off; repeated complaints over 5%: 0.5 off, over 10%: 1.",
        )),
    // ---- IV: -13 to 4 ----
    Criterion::group("internal", label("四、内部考核与管理是否得当", "IV. Are assessment and management sound")).range(points("-13"), points("4")),
    Criterion::base("internal.assessment", label("内部考核", "Internal assessment"))
        .under("internal")
        .range(points("-5"), points("2"))
        .guided(label(
            "未开展内部考核扣5分；考核网点覆盖率95%及以上加2分，80%不加不减，70%扣1分，60%扣2分，更低或不明扣3分。",
            "No assessment: 5 off; outlets covered: from 95% 2 on, 80% nothing, 70% 1 off, 60% 2 off, less or not told 3 off.",
        )),
    Criterion::deduction("internal.accountability", label("责任追究", "Accountability"))
        .under("internal")
        .range(points("-3"), points("0"))
        .judged(
            points("-3"),
            points("0"),
            label(
                "应追责未追责，或者追责明显偏轻的，可在3分（含）以内扣分。",
                "Where nobody was held to account, or too lightly: up to 3 points off.",
            ),
        )
        .guided(label(
            "既无责任追究规定又无追究记录的扣1.5分。评审扣分与之合计不超过3分。",
            "Neither a rule on accountability nor a record of it: 1.5 off. With the reviewer's points at most 3.",
        )),
    Criterion::base("internal.rectification", label("问题整改", "Rectification"))
        .under("internal")
        .range(points("-3"), points("2"))
        .guided(label(
            "未查找问题扣1.5分，无整改措施扣1.5分；整改全部完成加2分，完成过半加1分；每项逾期扣1分，最多扣3分。",
            "No issue named: 1.5 off; no measures: 1.5 off; all done: 2 on, half of them: 1 on; each overdue: 1 off, at most 3.",
        )),
    Criterion::deduction("internal.reporting", label("工作报告", "Reporting"))
        .under("internal")
        .range(points("-2"), points("0"))
        .guided(label(
            "未向上级或监管部门报送消保工作情况扣1分；自评得分无满分或无逐项得分扣1分。",
            "No report to above: 1 off; a self-score without full marks or without its items: 1 off.",
        )),
    // ---- V: -20 to 0 ----
    Criterion::group("events", label("五、重点问题是否发生", "V. Did grave problems occur")).range(points("-20"), points("0")),
    Criterion::deduction("events.mass", label("群体性事件", "Mass incidents"))
        .under("events")
        .range(points("-6"), points("0"))
        .guided(label(
            "每起扣3分，最多扣6分；未报告（含零报告）扣1分。发生的另行降一档。",
            "3 off each, at most 6; not told (zero included): 1 off. One also lowers the grade.",
        )),
    Criterion::deduction("events.opinion", label("负面舆情", "Adverse publicity"))
        .under("events")
        .range(points("-4"), points("0"))
        .guided(label(
            "每起扣1分，最多扣4分；未报告（含零报告）扣0.5分。",
            "1 off each, at most 4; not told (zero included): 0.5 off.",
        )),
    Criterion::deduction("events.leak", label("信息泄露", "Data leaks"))
        .under("events")
        .range(points("-4"), points("0"))
        .guided(label(
            "每起扣2分，最多扣4分；未报告（含零报告）扣0.5分。",
            "2 off each, at most 4; not told (zero included): 0.5 off.",
        )),
    Criterion::deduction("events.penalty", label("行政处罚与案件", "Penalties and cases"))
        .under("events")
        .range(points("-6"), points("0"))
        .guided(label(
            "行政处罚每起扣2分，案件每起扣3分，合计最多扣6分；未报告（含零报告）的各扣0.5分。",
            "Each penalty 2 off, each case 3, at most 6 together; each of them not told (zero included): 0.5 off.",
        )),
];

//! How each criterion of the provincial rubric's unit pass is marked, as far as one submission's facts decide.

use huizong_sdk::{Points, points};
use self_assessment::facts::{Question, complaints, conduct, control, governance};
use self_assessment::scoring::{Each, Marking, Rule, Short, Start};

const fn keeps(criterion: &'static str, rules: &'static [Rule]) -> Marking {
    Marking { criterion, start: Start::Most, rules }
}

const fn earns(criterion: &'static str, rules: &'static [Rule]) -> Marking {
    Marking { criterion, start: Start::Nothing, rules }
}

const fn each(of: Question, beyond: i64, per: i64, points: Points, up_to: Points) -> Rule {
    Rule::Each(Each { of, beyond, per, points, up_to })
}

const fn short(of: Question, wanted: i64, step: i64, points: Points, up_to: Points) -> Rule {
    Rule::Short(Short { of, wanted, step, points, up_to })
}

/// The markings, in the order of the tree. Discipline, the judged bonus and the cohort's criteria have modules of their own.
pub(crate) const MARKINGS: &[Marking] = &[
    keeps(
        "governance.body",
        &[
            Rule::Needs(governance::COMMITTEE, points("-2")),
            Rule::Needs(governance::BOARD_PART, points("-1")),
            short(governance::MEETINGS, 4, 1, points("-0.5"), points("-2")),
        ],
    ),
    keeps(
        "governance.policies",
        &[
            short(governance::OWN_POLICIES, 8, 1, points("-0.5"), points("-3")),
            Rule::Ladder(governance::NUMBERED_POLICIES, &[(100, points("0")), (80, points("-0.5"))], points("-1")),
            Rule::Needs(governance::RENEWED_POLICIES, points("-0.5")),
        ],
    ),
    keeps(
        "governance.organisation",
        &[
            Rule::Needs(governance::LEAD_DEPARTMENTS, points("-2")),
            Rule::Needs(governance::COMPLAINT_DEPARTMENT, points("-1")),
            short(governance::DUTIES, 5, 1, points("-0.3"), points("-1")),
            short(governance::EXPERIENCED_STAFF, 2, 1, points("-0.5"), points("-1")),
        ],
    ),
    keeps(
        "conduct.fees",
        &[
            short(conduct::FEE_NOTICE_SHARE, 100, 2, points("-0.5"), points("-4")),
            short(conduct::FEE_PARTICULARS, 7, 1, points("-0.5"), points("-2")),
            each(conduct::FEE_UNITS, 1, 1, points("-2"), points("-2")),
        ],
    ),
    earns(
        "conduct.sales",
        &[
            Rule::Rewards(conduct::RISK_MATCH, points("3")),
            Rule::Rewards(conduct::PROTECTED_PRODUCTS, points("1")),
            Rule::Proportion(conduct::RECORDED_SALES, points("2")),
            each(conduct::PRODUCT_REVIEWS, 0, 10, points("0.5"), points("2")),
        ],
    ),
    earns(
        "conduct.information",
        &[
            Rule::Proportion(conduct::PLEDGE_SHARE, points("3")),
            Rule::Proportion(conduct::INSPECTION_FIXED, points("2")),
            each(conduct::SELF_INSPECTIONS, 0, 1, points("0.5"), points("2")),
        ],
    ),
    earns(
        "conduct.outlets",
        &[Rule::Rewards(conduct::CERTIFICATION, points("1")), Rule::Proportion(conduct::CERTIFIED_SHARE, points("6"))],
    ),
    earns(
        "education.training",
        &[
            each(conduct::TOPIC_TRAININGS, 0, 1, points("0.5"), points("3")),
            Rule::Proportion(conduct::TRAINED_SHARE, points("3")),
        ],
    ),
    keeps(
        "complaints.mechanism",
        &[
            Rule::Needs(complaints::TIME_LIMIT, points("-2")),
            Rule::Needs(complaints::TIME_LIMIT_BASIS, points("-0.5")),
            Rule::Needs(complaints::LEDGER, points("-1.5")),
            Rule::Needs(complaints::OWNED_ROUTES, points("-1")),
            short(complaints::BREAKDOWN_DIMENSIONS, 3, 1, points("-0.3"), points("-1")),
        ],
    ),
    earns(
        "complaints.timeliness",
        &[Rule::Ladder(
            complaints::CLOSED_IN_TIME,
            &[(99, points("7")), (97, points("6")), (95, points("5")), (90, points("3")), (85, points("1.5"))],
            points("0"),
        )],
    ),
    earns(
        "management.assessment",
        &[Rule::Rewards(control::ASSESSMENT, points("1")), Rule::Proportion(control::ASSESSED_SHARE, points("4"))],
    ),
    earns(
        "management.audit",
        &[
            Rule::Rewards(control::AUDIT, points("1.5")),
            Rule::Rewards(control::SOUND_AUDIT_PERIOD, points("0.5")),
            Rule::Proportion(control::AUDIT_RECTIFIED, points("3")),
        ],
    ),
    earns(
        "management.rectification",
        &[
            Rule::Rewards(control::ISSUES, points("1")),
            Rule::Rewards(control::RECTIFICATIONS, points("1")),
            Rule::Proportion(control::RECTIFIED_SHARE, points("3")),
            each(control::OVERDUE_RECTIFICATIONS, 0, 1, points("-1"), points("-2")),
        ],
    ),
    earns("bonus.media", &[each(conduct::MEDIA_REPORTS, 0, 5, points("0.5"), points("2"))]),
    earns("bonus.outreach", &[each(conduct::OUTREACH_EVENTS, 0, 2, points("0.5"), points("2"))]),
];

//! How each indicator of the 2021-shaped rubric is marked: what it loses from its weight, or earns towards it.

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

/// The markings, in the order of the tree.
pub(crate) const MARKINGS: &[Marking] = &[
    keeps(
        "system.governance",
        &[
            Rule::Needs(governance::COMMITTEE, points("-1.5")),
            Rule::Needs(governance::BOARD_PART, points("-1")),
            short(governance::MEETINGS, 4, 1, points("-0.5"), points("-1.5")),
        ],
    ),
    keeps(
        "system.organisation",
        &[
            Rule::Needs(governance::LEAD_DEPARTMENTS, points("-1")),
            Rule::Needs(governance::COMPLAINT_DEPARTMENT, points("-0.4")),
            short(governance::DUTIES, 5, 1, points("-0.2"), points("-0.6")),
            short(governance::EXPERIENCED_STAFF, 2, 1, points("-0.5"), points("-1")),
        ],
    ),
    keeps(
        "system.policies",
        &[
            short(governance::OWN_POLICIES, 8, 1, points("-0.3"), points("-1.5")),
            Rule::Ladder(governance::NUMBERED_POLICIES, &[(100, points("0")), (80, points("-0.5"))], points("-1")),
            Rule::Ladder(governance::RENEWED_POLICIES, &[(2, points("0")), (1, points("-0.3"))], points("-0.5")),
        ],
    ),
    keeps(
        "mechanism.review",
        &[
            Rule::Needs(governance::REVIEW_POLICY, points("-1")),
            Rule::Needs(conduct::RISK_MATCH, points("-1")),
            short(conduct::PRODUCT_REVIEWS, 30, 5, points("-0.4"), points("-2")),
        ],
    ),
    earns(
        "mechanism.disclosure",
        &[
            Rule::Proportion(conduct::FEE_NOTICE_SHARE, points("3")),
            each(conduct::FEE_PARTICULARS, 3, 1, points("0.5"), points("2")),
        ],
    ),
    earns(
        "mechanism.information",
        &[
            Rule::Proportion(conduct::PLEDGE_SHARE, points("2")),
            Rule::Proportion(conduct::INSPECTION_FIXED, points("1")),
            each(conduct::SELF_INSPECTIONS, 0, 1, points("0.5"), points("1")),
        ],
    ),
    earns(
        "mechanism.training",
        &[
            each(conduct::TOPIC_TRAININGS, 0, 1, points("0.3"), points("2")),
            Rule::Proportion(conduct::TRAINED_SHARE, points("2")),
        ],
    ),
    earns(
        "mechanism.assessment",
        &[Rule::Rewards(control::ASSESSMENT, points("1")), Rule::Proportion(control::ASSESSED_SHARE, points("3"))],
    ),
    earns(
        "mechanism.audit",
        &[
            Rule::Rewards(control::AUDIT, points("1")),
            Rule::Rewards(control::SOUND_AUDIT_PERIOD, points("1")),
            Rule::Proportion(control::AUDIT_RECTIFIED, points("2")),
        ],
    ),
    keeps(
        "service.sales",
        &[
            Rule::Needs(conduct::PROTECTED_PRODUCTS, points("-3")),
            Rule::Needs(conduct::RISK_MATCH, points("-2")),
            short(conduct::DISCLOSURE_POINTS, 5, 1, points("-0.5"), points("-2")),
        ],
    ),
    earns("service.recording", &[Rule::Proportion(conduct::RECORDED_SALES, points("4"))]),
    keeps(
        "service.fees",
        &[
            Rule::Needs(conduct::FEE_NOTICE, points("-1")),
            short(conduct::FEE_NOTICE_SHARE, 100, 2, points("-0.5"), points("-4")),
            each(conduct::FEE_UNITS, 1, 1, points("-3"), points("-3")),
        ],
    ),
    earns(
        "service.outlets",
        &[Rule::Rewards(conduct::CERTIFICATION, points("1")), Rule::Proportion(conduct::CERTIFIED_SHARE, points("4"))],
    ),
    earns(
        "service.satisfaction",
        &[
            Rule::Ladder(
                conduct::SURVEY_SATISFACTION,
                &[(95, points("3")), (90, points("2.5")), (85, points("2")), (80, points("1.5")), (70, points("1"))],
                points("0"),
            ),
            Rule::Rewards(conduct::SOUND_SURVEY, points("1")),
            Rule::Ladder(complaints::FOLLOW_UP_SATISFACTION, &[(90, points("1")), (80, points("0.5"))], points("0")),
        ],
    ),
    earns("education.campaigns", &[each(conduct::CAMPAIGNS, 0, 1, points("0.8"), points("4"))]),
    earns(
        "education.routine",
        &[
            each(conduct::CHANNELS, 0, 1, points("0.4"), points("2")),
            each(conduct::MEDIA_REPORTS, 0, 1, points("0.1"), points("1")),
        ],
    ),
    earns(
        "education.reach",
        &[
            each(conduct::EVENTS, 0, 1, points("0.2"), points("2")),
            each(conduct::AUDIENCE, 0, 500, points("0.2"), points("1")),
        ],
    ),
    keeps(
        "disputes.management",
        &[
            Rule::Needs(complaints::TIME_LIMIT, points("-2")),
            Rule::Needs(complaints::LEDGER, points("-1")),
            Rule::Needs(complaints::OWNED_ROUTES, points("-1")),
            short(complaints::BREAKDOWN_DIMENSIONS, 3, 1, points("-0.5"), points("-1.5")),
            Rule::Ladder(
                complaints::CLOSED_IN_TIME,
                &[(98, points("0")), (95, points("-1")), (90, points("-2"))],
                points("-4"),
            ),
        ],
    ),
    keeps(
        "disputes.volume",
        &[
            Rule::Tells(complaints::COMPLAINTS, points("-6")),
            Rule::Ceiling(
                complaints::PER_TEN_THOUSAND_CUSTOMERS,
                &[(1, points("0")), (2, points("-0.5")), (5, points("-1"))],
                points("-1.5"),
            ),
            Rule::Ceiling(
                complaints::REPEATED_SHARE,
                &[(2, points("0")), (5, points("-0.5")), (10, points("-1"))],
                points("-2"),
            ),
            Rule::Ceiling(complaints::ESCALATED_SHARE, &[(1, points("0")), (3, points("-0.5"))], points("-1")),
            Rule::Ceiling(complaints::LIABLE_SHARE, &[(15, points("0")), (30, points("-0.5"))], points("-1")),
        ],
    ),
    earns(
        "disputes.resolution",
        &[
            Rule::Ladder(
                complaints::FOLLOW_UP_SATISFACTION,
                &[(90, points("3")), (80, points("2")), (70, points("1"))],
                points("0"),
            ),
            Rule::Rewards(control::ACCOUNTABILITY, points("1")),
            Rule::Proportion(control::RECTIFIED_SHARE, points("2")),
        ],
    ),
    earns(
        "supervision.penalties",
        &[Rule::Tells(control::PENALTIES, points("-1")), each(control::PENALTIES, 0, 1, points("-5"), points("-20"))],
    ),
    earns(
        "supervision.cases",
        &[Rule::Tells(control::CASES, points("-1")), each(control::CASES, 0, 1, points("-4"), points("-8"))],
    ),
    earns(
        "supervision.publicity",
        &[
            Rule::Tells(control::ADVERSE_PUBLICITY, points("-0.5")),
            each(control::ADVERSE_PUBLICITY, 0, 1, points("-2"), points("-6")),
        ],
    ),
    earns(
        "supervision.leaks",
        &[
            Rule::Tells(control::DATA_LEAKS, points("-0.5")),
            each(control::DATA_LEAKS, 0, 1, points("-3"), points("-6")),
        ],
    ),
];

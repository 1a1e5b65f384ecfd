//! How each criterion of the 2016-shaped rubric is marked: which facts move it by how much within its range.

use huizong_sdk::{Points, points};
use self_assessment::facts::{complaints, conduct, control, governance};
use self_assessment::scoring::{Each, Marking, Rule, Short, Start};

/// A criterion whose range is entered from nothing.
const fn ranged(criterion: &'static str, rules: &'static [Rule]) -> Marking {
    Marking { criterion, start: Start::Nothing, rules }
}

const fn each(of: self_assessment::facts::Question, beyond: i64, per: i64, points: Points, up_to: Points) -> Rule {
    Rule::Each(Each { of, beyond, per, points, up_to })
}

/// The markings, in the order of the tree.
pub(crate) const MARKINGS: &[Marking] = &[
    Marking { criterion: "base", start: Start::Most, rules: &[] },
    ranged(
        "system.duties",
        &[
            Rule::Needs(governance::COMMITTEE, points("-1")),
            Rule::Needs(governance::ROLES_NAMED, points("-0.5")),
            Rule::Needs(governance::BOARD_PART, points("-1")),
            Rule::Needs(governance::MANAGEMENT_PART, points("-0.5")),
        ],
    ),
    ranged(
        "system.policies.management",
        &[
            Rule::Needs(governance::MANAGEMENT_POLICY, points("-1")),
            Rule::Needs(governance::ASSESSMENT_POLICY, points("-1")),
        ],
    ),
    ranged(
        "system.policies.complaints",
        &[
            Rule::Needs(governance::COMPLAINT_POLICY, points("-2")),
            Rule::Needs(governance::EMERGENCY_PLAN, points("-1")),
            each(governance::INCOMPLETE_NUMBERS, 0, 1, points("-0.5"), points("-1")),
        ],
    ),
    ranged(
        "system.policies.education",
        &[
            Rule::Needs(governance::PERSONAL_INFO_POLICY, points("-2")),
            Rule::Needs(governance::EDUCATION_POLICY, points("-2")),
        ],
    ),
    ranged(
        "support.board",
        &[Rule::Tells(governance::MEETINGS, points("-1")), each(governance::MEETINGS, 1, 1, points("1"), points("2"))],
    ),
    ranged(
        "support.departments",
        &[
            Rule::Needs(governance::LEAD_DEPARTMENTS, points("-1.5")),
            each(governance::LEAD_DEPARTMENTS, 1, 1, points("-1.5"), points("-1.5")),
            Rule::Needs(governance::COMPLAINT_DEPARTMENT, points("-1.5")),
            Rule::Rewards(governance::EXPERIENCED_STAFF, points("1")),
        ],
    ),
    ranged(
        "support.training",
        &[Rule::Ladder(
            conduct::TOPIC_TRAININGS,
            &[(4, points("1")), (2, points("0")), (1, points("-1"))],
            points("-2"),
        )],
    ),
    ranged(
        "support.audit",
        &[Rule::Needs(control::AUDIT, points("-1")), Rule::Needs(control::SOUND_AUDIT_PERIOD, points("-1"))],
    ),
    ranged(
        "conduct.products",
        &[
            Rule::Tells(conduct::PRODUCT_REVIEWS, points("-2")),
            Rule::Needs(conduct::PROTECTED_PRODUCTS, points("-1.5")),
            Rule::Needs(conduct::RISK_MATCH, points("-1.5")),
        ],
    ),
    ranged(
        "conduct.disclosure",
        &[
            Rule::Short(Short {
                of: conduct::FEE_NOTICE_SHARE,
                wanted: 100,
                step: 5,
                points: points("-0.5"),
                up_to: points("-3"),
            }),
            each(conduct::FEE_UNITS, 1, 1, points("-2"), points("-2")),
        ],
    ),
    ranged(
        "conduct.information",
        &[
            Rule::Needs(conduct::PLEDGE, points("-1")),
            Rule::Ladder(conduct::PLEDGE_SHARE, &[(95, points("0")), (80, points("-0.5"))], points("-1")),
            Rule::Needs(conduct::SELF_INSPECTIONS, points("-1")),
            Rule::Ladder(conduct::INSPECTION_FIXED, &[(90, points("0")), (75, points("-0.5"))], points("-1")),
            Rule::Tells(conduct::INCIDENTS, points("-1")),
        ],
    ),
    ranged(
        "conduct.education",
        &[
            Rule::Short(Short {
                of: conduct::CAMPAIGNS,
                wanted: 2,
                step: 1,
                points: points("-2"),
                up_to: points("-4"),
            }),
            each(conduct::CAMPAIGNS, 2, 1, points("1"), points("2")),
            each(conduct::EVENTS, 2, 3, points("0.5"), points("2")),
        ],
    ),
    ranged(
        "conduct.complaints",
        &[
            Rule::Needs(complaints::TIME_LIMIT, points("-1.5")),
            Rule::Needs(complaints::LEDGER, points("-1")),
            Rule::Tells(complaints::COMPLAINTS, points("-2.5")),
            Rule::Tells(complaints::CLOSED_SHARE, points("-1")),
            Rule::Ladder(
                complaints::CLOSED_IN_TIME,
                &[(98, points("2")), (95, points("1")), (90, points("0")), (85, points("-1"))],
                points("-2"),
            ),
        ],
    ),
    ranged(
        "conduct.satisfaction",
        &[
            Rule::Needs(conduct::SURVEY, points("-1")),
            Rule::Ladder(
                conduct::SURVEY_SATISFACTION,
                &[(90, points("1")), (80, points("0")), (70, points("-0.5"))],
                points("-1"),
            ),
            Rule::Ceiling(complaints::REPEATED_SHARE, &[(5, points("0")), (10, points("-0.5"))], points("-1")),
        ],
    ),
    ranged(
        "internal.assessment",
        &[
            Rule::Needs(control::ASSESSMENT, points("-2")),
            Rule::Ladder(
                control::ASSESSED_SHARE,
                &[(95, points("2")), (80, points("0")), (70, points("-1")), (60, points("-2"))],
                points("-3"),
            ),
        ],
    ),
    ranged("internal.accountability", &[Rule::Needs(control::ACCOUNTABILITY, points("-1.5"))]),
    ranged(
        "internal.rectification",
        &[
            Rule::Needs(control::ISSUES, points("-1.5")),
            Rule::Needs(control::RECTIFICATIONS, points("-1.5")),
            Rule::Ladder(control::RECTIFIED_SHARE, &[(100, points("2")), (50, points("1"))], points("0")),
            each(control::OVERDUE_RECTIFICATIONS, 0, 1, points("-1"), points("-3")),
        ],
    ),
    ranged(
        "internal.reporting",
        &[Rule::Needs(control::UPWARD_REPORTS, points("-1")), Rule::Needs(control::ITEMISED_SELF_SCORE, points("-1"))],
    ),
    ranged(
        "events.mass",
        &[
            Rule::Tells(control::MASS_INCIDENTS, points("-1")),
            each(control::MASS_INCIDENTS, 0, 1, points("-3"), points("-6")),
        ],
    ),
    ranged(
        "events.opinion",
        &[
            Rule::Tells(control::ADVERSE_PUBLICITY, points("-0.5")),
            each(control::ADVERSE_PUBLICITY, 0, 1, points("-1"), points("-4")),
        ],
    ),
    ranged(
        "events.leak",
        &[
            Rule::Tells(control::DATA_LEAKS, points("-0.5")),
            each(control::DATA_LEAKS, 0, 1, points("-2"), points("-4")),
        ],
    ),
    ranged(
        "events.penalty",
        &[
            Rule::Tells(control::PENALTIES, points("-0.5")),
            Rule::Tells(control::CASES, points("-0.5")),
            each(control::PENALTIES, 0, 1, points("-2"), points("-6")),
            each(control::CASES, 0, 1, points("-3"), points("-6")),
        ],
    ),
];

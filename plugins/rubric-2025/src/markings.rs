//! How each criterion of the 2025-shaped rubric is marked, in hundredths of its weight.

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

/// The markings, in the order of the tree; the bottom lines are told by their vetoes.
pub(crate) const MARKINGS: &[Marking] = &[
    keeps(
        "system.governance",
        &[
            Rule::Needs(governance::COMMITTEE, points("-40")),
            Rule::Needs(governance::BOARD_PART, points("-20")),
            short(governance::MEETINGS, 4, 1, points("-10"), points("-40")),
        ],
    ),
    keeps(
        "system.organisation",
        &[
            Rule::Needs(governance::LEAD_DEPARTMENTS, points("-30")),
            Rule::Needs(governance::COMPLAINT_DEPARTMENT, points("-20")),
            short(governance::DUTIES, 5, 1, points("-10"), points("-30")),
            short(governance::EXPERIENCED_STAFF, 2, 1, points("-10"), points("-20")),
        ],
    ),
    earns(
        "system.control",
        &[
            Rule::Proportion(control::ASSESSED_SHARE, points("50")),
            Rule::Rewards(control::AUDIT, points("20")),
            Rule::Proportion(control::AUDIT_RECTIFIED, points("30")),
        ],
    ),
    earns(
        "suitability.review",
        &[
            Rule::Rewards(governance::REVIEW_POLICY, points("20")),
            each(conduct::PRODUCT_REVIEWS, 0, 4, points("10"), points("80")),
        ],
    ),
    earns(
        "suitability.matching",
        &[
            Rule::Rewards(conduct::RISK_MATCH, points("50")),
            Rule::Rewards(conduct::PROTECTED_PRODUCTS, points("20")),
            each(conduct::DISCLOSURE_POINTS, 0, 1, points("6"), points("30")),
        ],
    ),
    earns(
        "marketing.disclosure",
        &[
            Rule::Proportion(conduct::FEE_NOTICE_SHARE, points("60")),
            each(conduct::FEE_PARTICULARS, 3, 1, points("10"), points("40")),
        ],
    ),
    earns(
        "marketing.recording",
        &[
            Rule::Rewards(conduct::PROTECTED_PRODUCTS, points("30")),
            Rule::Rewards(conduct::DISCLOSURE_POINTS, points("20")),
            Rule::Proportion(conduct::RECORDED_SALES, points("50")),
        ],
    ),
    earns(
        "marketing.competence",
        &[
            Rule::Proportion(conduct::TRAINED_SHARE, points("50")),
            each(conduct::TOPIC_TRAININGS, 0, 1, points("10"), points("50")),
        ],
    ),
    keeps(
        "disputes.mechanism",
        &[
            Rule::Needs(complaints::TIME_LIMIT, points("-30")),
            Rule::Needs(complaints::TIME_LIMIT_BASIS, points("-10")),
            Rule::Needs(complaints::LEDGER, points("-20")),
            short(complaints::OWNED_ROUTES, 2, 1, points("-10"), points("-20")),
            short(complaints::BREAKDOWN_DIMENSIONS, 3, 1, points("-5"), points("-20")),
        ],
    ),
    earns(
        "disputes.timeliness",
        &[Rule::Ladder(
            complaints::CLOSED_IN_TIME,
            &[(99, points("100")), (97, points("85")), (95, points("70")), (90, points("50")), (80, points("25"))],
            points("0"),
        )],
    ),
    keeps(
        "disputes.quality",
        &[
            Rule::Tells(complaints::COMPLAINTS, points("-40")),
            Rule::Ceiling(complaints::REPEATED_SHARE, &[(2, points("0")), (5, points("-15"))], points("-30")),
            Rule::Ceiling(complaints::ESCALATED_SHARE, &[(1, points("0")), (3, points("-10"))], points("-20")),
            Rule::Ceiling(complaints::LIABLE_SHARE, &[(15, points("0")), (30, points("-5"))], points("-10")),
        ],
    ),
    earns(
        "disputes.remedy",
        &[
            Rule::Proportion(complaints::FOLLOW_UP_SATISFACTION, points("50")),
            Rule::Rewards(control::ACCOUNTABILITY, points("20")),
            Rule::Proportion(control::RECTIFIED_SHARE, points("30")),
        ],
    ),
    earns("education.campaigns", &[each(conduct::CAMPAIGNS, 0, 1, points("20"), points("100"))]),
    earns(
        "education.reach",
        &[
            each(conduct::EVENTS, 0, 1, points("5"), points("50")),
            each(conduct::AUDIENCE, 0, 200, points("5"), points("30")),
            each(conduct::CHANNELS, 0, 1, points("5"), points("20")),
        ],
    ),
    earns(
        "service.outlets",
        &[
            Rule::Rewards(conduct::CERTIFICATION, points("20")),
            Rule::Proportion(conduct::CERTIFIED_SHARE, points("80")),
        ],
    ),
    earns(
        "service.satisfaction",
        &[
            Rule::Rewards(conduct::SOUND_SURVEY, points("20")),
            Rule::Ladder(
                conduct::SURVEY_SATISFACTION,
                &[(95, points("80")), (90, points("65")), (85, points("50")), (80, points("35")), (70, points("20"))],
                points("0"),
            ),
        ],
    ),
    earns(
        "information.pledge",
        &[
            Rule::Rewards(governance::PERSONAL_INFO_POLICY, points("20")),
            Rule::Proportion(conduct::PLEDGE_SHARE, points("80")),
        ],
    ),
    earns(
        "information.inspection",
        &[
            each(conduct::SELF_INSPECTIONS, 0, 1, points("10"), points("40")),
            Rule::Proportion(conduct::INSPECTION_FIXED, points("40")),
            Rule::Proportion(conduct::INSPECTION_COVERAGE, points("20")),
        ],
    ),
];

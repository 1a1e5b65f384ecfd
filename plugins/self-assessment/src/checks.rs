//! The checks: what is wrong or doubtful in a self-assessment, each with a stable code, its help for the member and its severity.
//!
//! A rubric lists the checks that it wants in its definition and runs the same list: [`CATALOGUE`] for all of them, or its own constant made of
//! the checks of the modules below, some perhaps [`weighing`](Check::weighing) differently, and its own beside them.

pub mod calendar;
pub mod campaigns;
pub mod complaints;
pub mod documents;
pub mod fees;
pub mod figures;
pub mod key_events;
mod mask;
pub mod organisation;
pub mod periods;
pub mod persons;
pub mod praise;
pub mod self_score;
pub mod structure;
pub mod wording;

use huizong_sdk::{Check, Context, Finding, Submission};

use crate::answers::Answers;
use crate::case::Case;

/// A check and how it is looked for.
struct Rule {
    check: Check,
    look: fn(&Case<'_>, &mut Vec<Finding>),
}

const fn rule(check: Check, look: fn(&Case<'_>, &mut Vec<Finding>)) -> Rule {
    Rule { check, look }
}

/// How many checks there are.
pub const COUNT: usize = 50;

/// All of them; findings come in this order.
static RULES: [Rule; COUNT] = [
    rule(periods::PERIOD_REVERSED, periods::period_reversed),
    rule(periods::AUDIT_COVERAGE_AFTER_FIELDWORK, periods::audit_coverage_after_fieldwork),
    rule(periods::AS_OF_NOT_PERIOD_END, periods::as_of_not_period_end),
    rule(periods::YEAR_NOT_STATED, periods::year_not_stated),
    rule(periods::YEAR_DIFFERS_FROM_PERIOD, periods::year_differs_from_period),
    rule(periods::ANNIVERSARY_OF_ANOTHER_YEAR, periods::anniversary_of_another_year),
    rule(documents::DOCUMENT_NUMBER_INCOMPLETE, documents::document_number_incomplete),
    rule(documents::DOCUMENT_NUMBER_UNREADABLE, documents::document_number_unreadable),
    rule(documents::POLICY_ISSUED_AFTER_USE, documents::policy_issued_after_use),
    rule(documents::POLICY_TITLE_REPEATED, documents::policy_title_repeated),
    rule(documents::REFERENCE_UNRESOLVABLE, documents::reference_unresolvable),
    rule(fees::FEE_UNITS_MIXED, fees::fee_units_mixed),
    rule(fees::FEE_TOTAL_DIFFERS, fees::fee_total_differs),
    rule(fees::FEE_SUBSET_UNSTATED, fees::fee_subset_unstated),
    rule(fees::PRICING_BASIS_INCONSISTENT, fees::pricing_basis_inconsistent),
    rule(complaints::COMPLAINT_SOURCES_MERGED, complaints::complaint_sources_merged),
    rule(complaints::COMPLAINT_CLOSED_MISSING, complaints::complaint_closed_missing),
    rule(complaints::COMPLAINT_KINDS_MIXED, complaints::complaint_kinds_mixed),
    rule(complaints::COMPLAINT_SUBSET_EQUALS_TOTAL, complaints::complaint_subset_equals_total),
    rule(complaints::COMPLAINT_RECORDS_DIFFER, complaints::complaint_records_differ),
    rule(complaints::BREAKDOWN_DIFFERS_FROM_TOTAL, complaints::breakdown_differs_from_total),
    rule(complaints::COMPLAINT_LIMIT_UNSTATED, complaints::complaint_limit_unstated),
    rule(complaints::COMPLAINT_LIMIT_IN_WORKING_DAYS, complaints::complaint_limit_in_working_days),
    rule(figures::PART_EXCEEDS_WHOLE, figures::part_exceeds_whole),
    rule(figures::NUMBER_NOT_EXACT, figures::number_not_exact),
    rule(self_score::SELF_SCORE_UNFOUNDED, self_score::self_score_unfounded),
    rule(self_score::SELF_SCORE_SUM_DIFFERS, self_score::self_score_sum_differs),
    rule(key_events::KEY_EVENT_ZERO_UNSTATED, key_events::key_event_zero_unstated),
    rule(praise::CLAIM_WITHOUT_SAMPLE, praise::claim_without_sample),
    rule(praise::PRAISE_AGAINST_OWN_PROBLEMS, praise::praise_against_own_problems),
    rule(organisation::ORGANISATION_NOT_NAMED, organisation::organisation_not_named),
    rule(organisation::ORGANISATION_IS_ANOTHER, organisation::organisation_is_another),
    rule(organisation::ORGANISATION_ONLY_IN_TITLES, organisation::organisation_only_in_titles),
    rule(organisation::ORGANISATION_ALIAS_UNKNOWN, organisation::organisation_alias_unknown),
    rule(organisation::SUBMITTER_KIND_DOUBTFUL, organisation::submitter_kind_doubtful),
    rule(organisation::BODY_NAME_OUTDATED, organisation::body_name_outdated),
    rule(organisation::AUTHOR_DEPARTMENT_UNSTATED, organisation::author_department_unstated),
    rule(persons::PERSONAL_NAME_IN_TEXT, persons::personal_name_in_text),
    rule(calendar::FIELDWORK_ON_DAY_OFF, calendar::fieldwork_on_day_off),
    rule(calendar::MEETING_ON_DAY_OFF, calendar::meeting_on_day_off),
    rule(campaigns::CAMPAIGN_NAMED_TWICE, campaigns::campaign_named_twice),
    rule(wording::CHARACTER_DROPPED, wording::character_dropped),
    rule(wording::SPELLING_DOUBTFUL, wording::spelling_doubtful),
    rule(wording::ASCII_PUNCTUATION, wording::ascii_punctuation),
    rule(wording::WORDING_VARIES, wording::wording_varies),
    rule(structure::HEADING_RUN_IN, structure::heading_run_in),
    rule(structure::ENUMERATION_IN_PARAGRAPH, structure::enumeration_in_paragraph),
    rule(structure::SECOND_TITLE, structure::second_title),
    rule(structure::SIGN_OFF_MISSING, structure::sign_off_missing),
    rule(complaints::RECORD_NUMBER_REPEATED, complaints::record_number_repeated),
];

/// All checks, for a rubric's definition.
pub const CATALOGUE: &[Check] = &all();

const fn all() -> [Check; COUNT] {
    let mut checks = [periods::PERIOD_REVERSED; COUNT];
    let mut at = 0;
    while at < COUNT {
        checks[at] = RULES[at].check;
        at += 1;
    }
    checks
}

/// All checks and then a rubric's own: `const CHECKS: &[Check] = &checks::and_own::<{ checks::COUNT + 2 }>(&[FIRST, SECOND])`.
///
/// # Panics
/// When `N` is not the sum of both lists: an error of compilation, because it is used in constants.
pub const fn and_own<const N: usize>(own: &[Check]) -> [Check; N] {
    assert!(N == COUNT + own.len(), "N is the number of all checks: COUNT and the rubric's own");
    let mut checks = [periods::PERIOD_REVERSED; N];
    let mut at = 0;
    while at < N {
        checks[at] = if at < COUNT { RULES[at].check } else { own[at - COUNT] };
        at += 1;
    }
    checks
}

/// The checks of this crate that a list names: what [`run`] looks for. A rubric makes it a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection(u64);

impl Selection {
    /// All of them.
    pub const ALL: Self = Self::of(CATALOGUE);

    /// Those whose code stands in the list; other checks in it are the rubric's own business.
    pub const fn of(checks: &[Check]) -> Self {
        let mut chosen = 0;
        let mut at = 0;
        while at < checks.len() {
            let mut number = 0;
            while number < COUNT {
                if is_same(RULES[number].check.code(), checks[at].code()) {
                    chosen |= 1 << number;
                }
                number += 1;
            }
            at += 1;
        }
        Self(chosen)
    }

    const fn has(self, number: usize) -> bool {
        self.0 & (1 << number) != 0
    }
}

const fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// More findings of one check than this say nothing new; the last one then tells how many were left out.
pub const FINDINGS_PER_CHECK_MAX: usize = 100;

/// What the selected checks find, in the order of [`CATALOGUE`] and, within one check, of the answers.
pub fn run(case: &Case<'_>, selection: Selection) -> Vec<Finding> {
    let mut found = Vec::new();
    for (number, rule) in RULES.iter().enumerate() {
        if selection.has(number) {
            let before = found.len();
            (rule.look)(case, &mut found);
            shorten(&mut found, before);
        }
    }
    mask::mask_names(case, &mut found);
    found
}

/// Keeps the first findings of a check, so that a careless table of twenty thousand rows stays within what the contract carries.
fn shorten(found: &mut Vec<Finding>, before: usize) {
    let left_out = (found.len() - before).saturating_sub(FINDINGS_PER_CHECK_MAX);
    if left_out == 0 {
        return;
    }
    found.truncate(before + FINDINGS_PER_CHECK_MAX);
    if let Some(last) = found.last_mut() {
        last.message.zh = format!("{}（另有{left_out}处）", last.message.zh);
        last.message.en = format!("{} (and {left_out} more)", last.message.en);
    }
}

/// The beginning of words that a message repeats: enough to find them by.
fn clipped(words: &str) -> String {
    const CHARS_MAX: usize = 60;
    match words.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}……", &words[..end]),
        None => words.to_owned(),
    }
}

/// What all checks find.
pub fn run_all(answers: &Answers<'_>, submission: &Submission, context: &Context) -> Vec<Finding> {
    run(&Case::new(answers, submission, context), Selection::ALL)
}

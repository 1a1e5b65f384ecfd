//! Members of a trial: who changes grade and why, who moves most, who is left without a score; in the annex everybody.

use std::collections::BTreeMap;

use domain::points::Points;
use domain::rubric::Grade;
use domain::trial::difference::{Difference, PartKind};
use domain::trial::member::{GradeMove, NotScored, Outcome, Ranked, TriedMember, WhyNotScored};
use domain::trial::rubric::RubricTrial;

use super::rubric::part_label;
use crate::page::{Cell, Page, Sheet, signed};

/// Members that a table before the annex names.
const MEMBERS_TOLD_MAX: usize = 30;
/// Members that are named for moving most without crossing a grade.
const MOVERS_TOLD_MAX: usize = 10;
/// Parts of one member's difference that are told by name; the others are told as one sum.
const PARTS_TOLD_MAX: usize = 4;

/// How parts of the score are called.
type Labels = BTreeMap<(PartKind, String), String>;

fn labels(page: &Page, found: &RubricTrial) -> Labels {
    found.moved.iter().map(|part| ((part.kind, part.id.clone()), part_label(page, part))).collect()
}

/// Who comes to another grade: those who fall first, the largest difference first.
pub(super) fn regraded(page: &mut Page, found: &RubricTrial) {
    let mut members: Vec<&TriedMember> = found.members.iter().filter(|member| member.grade_move.is_some()).collect();
    if members.is_empty() {
        return;
    }
    let rank = |member: &TriedMember| {
        let direction = match member.grade_move {
            Some(GradeMove::Down) => 0,
            Some(GradeMove::Sideways) => 1,
            _ => 2,
        };
        (direction, std::cmp::Reverse(size(member)))
    };
    members.sort_by_key(|member| rank(member));
    page.heading(1, &page.word("trial-who-crosses"));
    table(page, found, &members, MEMBERS_TOLD_MAX);
}

/// Who keeps the grade and moves most all the same.
pub(super) fn moved_most(page: &mut Page, found: &RubricTrial) {
    let keeps = |member: &&TriedMember| member.grade_move.is_none() && size(member) > 0;
    let mut members: Vec<&TriedMember> = found.members.iter().filter(keeps).collect();
    if members.is_empty() {
        return;
    }
    members.sort_by_key(|member| std::cmp::Reverse(size(member)));
    page.heading(1, &page.word("trial-who-moves"));
    table(page, found, &members, MOVERS_TOLD_MAX);
}

/// Everybody, in order of the codes.
pub(super) fn everybody(page: &mut Page, found: &RubricTrial) {
    page.annex(&page.word("trial-everybody"));
    let members: Vec<&TriedMember> = found.members.iter().collect();
    table(page, found, &members, usize::MAX);
}

fn size(member: &TriedMember) -> u64 {
    member.difference.unwrap_or_default().thousandths().unsigned_abs()
}

fn table(page: &mut Page, found: &RubricTrial, members: &[&TriedMember], most: usize) {
    let labels = labels(page, found);
    let more = members.len().saturating_sub(most);
    let note = if more == 0 { String::new() } else { page.say("trial-more-members", &[("count", &more.to_string())]) };
    let mut sheet = Sheet::new("")
        .words(&page.word("trial-member"))
        .points(&page.word("trial-total-before"))
        .points(&page.word("trial-total-after"))
        .words(&page.word("comparison-difference"))
        .words(&page.word("trial-grade"))
        .words(&page.word("trial-rank"))
        .words(&page.word("trial-why"))
        .noted(&note);
    for member in members.iter().take(most) {
        let total = |outcome: &Outcome| Cell::Points(outcome.ranked().map(|ranked| ranked.total));
        let sides = |told: &dyn Fn(&Ranked, &[Grade]) -> String| {
            let side = |outcome: &Outcome, grades: &[Grade]| {
                outcome.ranked().map_or_else(|| page.word("trial-no-score"), |ranked| told(ranked, grades))
            };
            let (before, after) =
                (side(&member.before, &found.before.grades), side(&member.after, &found.after.grades));
            if before == after {
                after
            } else {
                page.say("comparison-subtitle", &[("before", &before), ("after", &after)])
            }
        };
        sheet.row([
            Cell::from(named(page, member)),
            total(&member.before),
            total(&member.after),
            Cell::from(member.difference.map(signed).unwrap_or_default()),
            Cell::from(sides(&|ranked, grades| grade_label(page, grades, &ranked.grade))),
            Cell::from(sides(&|ranked, _| ranked.rank.to_string())),
            Cell::from(why(page, member, &labels)),
        ]);
    }
    page.table(sheet);
}

fn named(page: &Page, member: &TriedMember) -> String {
    page.say("page-with-remark", &[("words", &member.name), ("remark", member.unit.as_str())])
}

fn grade_label(page: &Page, grades: &[Grade], id: &str) -> String {
    let known = grades.iter().find(|grade| grade.id == id);
    known.map_or(id, |grade| page.told(&grade.label)).to_owned()
}

/// The parts of a difference, which add up to it; of somebody without a score what stands in the way.
fn why(page: &Page, member: &TriedMember, labels: &Labels) -> String {
    if let Some(not) = member.after.not_scored() {
        return obstacle(page, not);
    }
    let (told, rest) = member.differences.split_at(member.differences.len().min(told_in_full(&member.differences)));
    let label = |part: &Difference| labels.get(&(part.kind, part.id.clone())).unwrap_or(&part.id).clone();
    let parts = told.iter().map(|part| {
        let key = if part.difference == Points::ZERO { "trial-part-of-grade" } else { "trial-part-of" };
        page.say(key, &[("part", &label(part)), ("points", &signed(part.difference))])
    });
    let rest = (!rest.is_empty()).then(|| {
        let sum = rest.iter().fold(Points::ZERO, |sum, part| sum + part.difference);
        page.say("trial-rest-of", &[("count", &rest.len().to_string()), ("points", &signed(sum))])
    });
    page.stated(parts.chain(rest))
}

/// A rest of one part is told by name, too.
fn told_in_full(parts: &[Difference]) -> usize {
    if parts.len() == PARTS_TOLD_MAX + 1 { parts.len() } else { PARTS_TOLD_MAX }
}

/// Who is left without a score by the candidate, by why.
pub(super) fn not_scored(page: &mut Page, found: &RubricTrial) {
    let members: Vec<(&TriedMember, &NotScored)> =
        found.members.iter().filter_map(|member| Some((member, member.after.not_scored()?))).collect();
    if members.is_empty() {
        return;
    }
    page.heading(1, &page.word("trial-who-is-left"));
    let counts = found.after.not_scored.iter().map(|not| {
        let why = why_not(page, not.why);
        page.say("trial-left-count", &[("why", &why), ("count", &not.members.to_string())])
    });
    page.paragraph(&page.stated(counts));
    let more = members.len().saturating_sub(MEMBERS_TOLD_MAX);
    let note = if more == 0 { String::new() } else { page.say("trial-more-members", &[("count", &more.to_string())]) };
    let mut sheet = Sheet::new("")
        .words(&page.word("trial-member"))
        .points(&page.word("trial-total-before"))
        .words(&page.word("trial-why"))
        .noted(&note);
    for (member, not) in members.into_iter().take(MEMBERS_TOLD_MAX) {
        let total = Cell::Points(member.before.ranked().map(|ranked| ranked.total));
        sheet.row([Cell::from(named(page, member)), total, Cell::from(obstacle(page, not))]);
    }
    page.table(sheet);
}

fn obstacle(page: &Page, not: &NotScored) -> String {
    page.stated([why_not(page, not.why).as_str(), page.told(&not.message)])
}

fn why_not(page: &Page, why: WhyNotScored) -> String {
    page.word(match why {
        WhyNotScored::Unfit => "trial-unfit",
        WhyNotScored::Refused => "trial-refused",
        WhyNotScored::Faulted => "trial-faulted",
    })
}

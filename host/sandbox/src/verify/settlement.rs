//! Settlements: complete columns, totals that add up, ranks and grades that follow from the totals.

use domain::points::Points;
use domain::rubric::VetoEffect;
use domain::scorecard::Step;
use domain::settlement::{Cohort, SettledColumn, Settlement};

use super::Rubric;
use super::scorecard::{whole, within};
use super::steps::Sums;
use crate::lie::{Lie, hold, shown};

/// The settlement of one cohort.
pub(crate) fn settlement(rubric: Rubric<'_>, cohort: &Cohort, settlement: &Settlement) -> Result<(), Lie> {
    let members = cohort.members.len();
    columns(rubric, cohort, &settlement.columns)?;
    for (what, length) in
        [("totals", settlement.totals.len()), ("ranks", settlement.ranks.len()), ("grades", settlement.grades.len())]
    {
        hold(length == members, || format!("{length} {what} for {members} members"))?;
    }
    totals(rubric, cohort, settlement)?;
    ranks(settlement)?;
    grades(rubric, cohort, settlement)
}

fn columns(rubric: Rubric<'_>, cohort: &Cohort, columns: &[SettledColumn]) -> Result<(), Lie> {
    let wanted = rubric.of_cohort();
    let (given, criteria) = (columns.len(), wanted.len());
    hold(given == criteria, || format!("{given} columns for {criteria} criteria of the cohort pass"))?;
    for (criterion, column) in wanted.zip(columns) {
        hold(column.criterion == criterion.id, || {
            format!("the column of `{}` stands where that of `{}` belongs", shown(&column.criterion), criterion.id)
        })?;
        let of_this = |lie: Lie| lie.of(format_args!("the column of `{}`", criterion.id));
        let (given, members) = (column.points.len(), cohort.members.len());
        hold(given == members, || format!("{given} numbers of points for {members} members")).map_err(of_this)?;
        let measure_is_known = column.measure.as_ref().is_none_or(|measure| rubric.measure(measure).is_some());
        hold(measure_is_known, || "it names a measure that the description does not declare").map_err(of_this)?;
        let day = cohort.period.end();
        column.points.iter().try_for_each(|points| within(rubric, criterion, day, *points)).map_err(of_this)?;
    }
    Ok(())
}

/// Unit total, plus the member's points in every column, plus its steps, which stand in the order of members.
fn totals(rubric: Rubric<'_>, cohort: &Cohort, settlement: &Settlement) -> Result<(), Lie> {
    let in_order = settlement.steps.is_sorted_by_key(|step| step.member);
    hold(in_order, || "the steps are not in the order of members")?;
    let mut steps = settlement.steps.iter().peekable();
    for (member, claimed) in settlement.totals.iter().enumerate() {
        let columns: Points = settlement.columns.iter().map(|column| column.points[member]).sum();
        let unit_pass = cohort.totals.get(member).copied().unwrap_or_default();
        let mut sums = Sums::of_total(rubric, unit_pass + columns);
        while let Some(step) = steps.next_if(|step| is_of(step.member, member)) {
            let of_this = |lie: Lie| lie.of(format_args!("member {member}"));
            hold(step.step.sources.is_empty(), || "a step points into answers that this pass never saw")
                .and_then(|()| sums.add_step(&step.step))
                .map_err(of_this)?;
        }
        let sum = sums.total();
        hold(*claimed == sum, || format!("member {member}: the total is {claimed}, but its parts add up to {sum}"))?;
        whole(rubric, *claimed).map_err(|lie| lie.of(format_args!("the total of member {member}")))?;
    }
    hold(steps.peek().is_none(), || "a step concerns a member that the cohort does not have")
}

/// 1 is the best; equals share a rank and the next ones are skipped.
fn ranks(settlement: &Settlement) -> Result<(), Lie> {
    let mut best_first: Vec<Points> = settlement.totals.clone();
    best_first.sort_unstable_by(|one, other| other.cmp(one));
    settlement.totals.iter().zip(&settlement.ranks).enumerate().try_for_each(|(member, (total, rank))| {
        let better = best_first.partition_point(|other| other > total);
        hold(*rank as usize == better + 1, || format!("member {member} is ranked {rank} behind {better} better ones"))
    })
}

/// The grade that the total takes, or a lower one that a step of either pass names.
fn grades(rubric: Rubric<'_>, cohort: &Cohort, settlement: &Settlement) -> Result<(), Lie> {
    let last = rubric.description.grades.len().saturating_sub(1);
    let mut lowered = vec![Lowered::default(); settlement.totals.len()];
    for step in cohort.steps.iter().chain(&settlement.steps) {
        if let Some(lowered) = usize::try_from(step.member).ok().and_then(|member| lowered.get_mut(member)) {
            lowered.by(rubric, &step.step);
        }
    }
    let all = settlement.totals.iter().zip(&settlement.grades).zip(lowered).enumerate();
    for (member, ((total, grade), lowered)) in all {
        let grade = usize::from(*grade);
        let taken = rubric.description.grade_of(*total).unwrap_or_default();
        let best = taken.max(lowered.at_best).max((taken + lowered.most_at_once).min(last));
        let worst = (taken.max(lowered.at_best) + lowered.altogether).min(last);
        hold(best <= grade && grade <= worst, || {
            format!("member {member} has grade number {grade}; its total and its steps lead to {best} to {worst}")
        })?;
    }
    Ok(())
}

/// What the steps of one member do to its grade.
#[derive(Clone, Copy, Default)]
struct Lowered {
    /// The best grade that the steps leave.
    at_best: usize,
    /// The largest downgrade.
    most_at_once: usize,
    /// All downgrades one after the other.
    altogether: usize,
}

impl Lowered {
    fn by(&mut self, rubric: Rubric<'_>, step: &Step) {
        if let Some(grade) = step.grade.as_ref().and_then(|grade| rubric.grade(grade)) {
            self.at_best = self.at_best.max(grade);
        }
        if let Some(VetoEffect::Downgrade(grades)) = rubric.veto(&step.rule).map(|veto| &veto.effect) {
            self.most_at_once = self.most_at_once.max(usize::from(*grades));
            self.altogether += usize::from(*grades);
        }
    }
}

fn is_of(index: u32, member: usize) -> bool {
    usize::try_from(index).is_ok_and(|index| index == member)
}

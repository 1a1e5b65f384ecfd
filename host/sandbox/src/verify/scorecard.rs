//! Scorecards: every line the sum of its entries, the total the sum of everything, nothing outside what is declared.

use domain::points::Points;
use domain::review::Review;
use domain::rubric::{Criterion, Pass};
use domain::scorecard::{Entry, EntryKind, Line, Measured, Scorecard};
use domain::submission::Submission;
use jiff::civil::Date;

use super::steps::Sums;
use super::{Rubric, pointer, words};
use crate::lie::{Lie, hold, shown};

/// The scorecard of one submission.
pub(crate) fn scorecard(
    rubric: Rubric<'_>,
    submission: &Submission,
    review: &Review,
    scorecard: &Scorecard,
) -> Result<(), Lie> {
    let wanted = rubric.scored();
    let (lines, criteria) = (scorecard.lines.len(), wanted.len());
    hold(lines == criteria, || format!("{lines} lines for {criteria} criteria"))?;
    let mut sums = Sums::by_group(rubric);
    for ((place, criterion), line) in wanted.zip(&scorecard.lines) {
        hold(line.criterion == criterion.id, || {
            format!("the line of `{}` stands where that of `{}` belongs", shown(&line.criterion), criterion.id)
        })?;
        one_line(rubric, criterion, submission, review, line)
            .map_err(|lie| lie.of(format_args!("the line of `{}`", criterion.id)))?;
        sums.add_line(place, line.points);
    }
    for step in &scorecard.steps {
        sums.add_step(step)?;
        pointer::resolve(&step.sources, &submission.answers)
            .map_err(|lie| lie.of(format_args!("the step `{}`", shown(&step.rule))))?;
    }
    hold(sums.total() == scorecard.total, || {
        format!("the total is {}, but lines and steps add up to {}", scorecard.total, sums.total())
    })?;
    measures(rubric, &scorecard.measures)
}

fn one_line(
    rubric: Rubric<'_>,
    criterion: &Criterion,
    submission: &Submission,
    review: &Review,
    line: &Line,
) -> Result<(), Lie> {
    for entry in &line.entries {
        one_entry(criterion, review, entry)?;
        pointer::resolve(&entry.sources, &submission.answers)?;
    }
    let sum: Points = line.entries.iter().map(|entry| entry.points).sum();
    hold(sum == line.points, || format!("it has {}, but its entries add up to {sum}", line.points))?;
    match criterion.pass {
        Pass::OfCohort => {
            let waits = matches!(&line.entries[..], [entry] if entry.kind == EntryKind::Pending);
            hold(waits && line.points == Points::ZERO, || "it waits for the cohort: one pending entry of 0 points")
        }
        Pass::OfUnit => within(rubric, criterion, submission.envelope.period.end(), line.points),
    }
}

/// The sign that each kind of entry must have, and when it may be there at all.
fn one_entry(criterion: &Criterion, review: &Review, entry: &Entry) -> Result<(), Lie> {
    words::reason(&entry.reason)?;
    let is_named = |named: &String| *named == criterion.id;
    match entry.kind {
        EntryKind::Deduct => {
            hold(entry.points <= Points::ZERO, || format!("a deduction of {} would add points", entry.points))
        }
        EntryKind::Add => {
            hold(entry.points >= Points::ZERO, || format!("an addition of {} would take points", entry.points))
        }
        EntryKind::Judged => {
            hold(criterion.judged.is_some(), || "a judged entry, but the criterion leaves no discretion")
        }
        EntryKind::Adjusted => {
            let mut adjusted = review.point_adjustments.iter().map(|adjustment| &adjustment.criterion);
            let is_adjusted = adjusted.any(is_named) || !review.value_adjustments.is_empty();
            hold(is_adjusted, || "an adjusted entry, but the review adjusts nothing here")
        }
        EntryKind::Pending => hold(
            criterion.pass == Pass::OfCohort && entry.points == Points::ZERO,
            || "a pending entry in a criterion of the unit pass, or one with points",
        ),
        EntryKind::Base | EntryKind::Limit | EntryKind::Round => Ok(()),
    }
}

/// Within the range in force, and a multiple of the smallest unit. Without a range in force a criterion gives nothing.
pub(super) fn within(rubric: Rubric<'_>, criterion: &Criterion, day: Date, points: Points) -> Result<(), Lie> {
    let (least, most) = criterion.range_on(day).map_or((Points::ZERO, Points::ZERO), |range| (range.least, range.most));
    hold(least <= points && points <= most, || format!("{points} points are outside {least} to {most}"))?;
    whole(rubric, points)
}

/// A multiple of the smallest unit.
pub(super) fn whole(rubric: Rubric<'_>, points: Points) -> Result<(), Lie> {
    let unit = rubric.description.smallest_unit;
    hold(points.is_multiple_of(unit), || format!("{points} points are not a multiple of {unit}"))
}

fn measures(rubric: Rubric<'_>, measured: &[Measured]) -> Result<(), Lie> {
    let wanted = &rubric.description.measures;
    hold(measured.len() == wanted.len(), || format!("{} measures instead of {}", measured.len(), wanted.len()))?;
    wanted.iter().zip(measured).try_for_each(|(measure, measured)| {
        hold(measured.measure == measure.id, || {
            format!("the measure `{}` stands where `{}` belongs", shown(&measured.measure), measure.id)
        })?;
        let fits = measured.value.is_none_or(|value| value.rescaled_exactly(measure.scale).is_some());
        hold(fits, || format!("the measure `{}` is finer than its {} places", measure.id, measure.scale))
    })
}

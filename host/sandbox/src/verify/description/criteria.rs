//! The tree of criteria: closed, in order, with ranges that fit each other on every day.

use std::collections::{BTreeMap, BTreeSet};

use domain::limits::CRITERIA_MAX;
use domain::points::Points;
use domain::rubric::{Criterion, CriterionKind, Description, PointRange};
use jiff::civil::Date;

use super::{unique, whole};
use crate::lie::{Lie, hold, shown};
use crate::verify::words;

/// Days on which ranges of one rubric may change.
const CHANGES_MAX: usize = 200;

/// What groups and the whole may give on each day on which a range begins.
pub(super) struct Reach<'d> {
    days: Vec<BTreeMap<Option<&'d str>, Span>>,
}

/// The least and the most that a sum may be.
#[derive(Clone, Copy, Default)]
pub(super) struct Span {
    pub(super) least: Points,
    pub(super) most: Points,
}

impl Reach<'_> {
    /// What one group, or with none the whole, may give: one span for every day on which a range begins.
    pub(super) fn of(&self, group: Option<&str>) -> impl Iterator<Item = Span> {
        self.days.iter().map(move |day| day.get(&group).copied().unwrap_or_default())
    }
}

pub(super) fn criteria(description: &Description) -> Result<Reach<'_>, Lie> {
    let all = &description.criteria;
    hold(all.len() <= CRITERIA_MAX, || format!("{} criteria, more than {CRITERIA_MAX}", all.len()))?;
    hold(all.iter().any(Criterion::is_scored), || "it has no criterion that gives points")?;
    unique("criteria", all.iter().map(|criterion| &criterion.id))?;
    let mut groups = BTreeSet::new();
    let mut days = BTreeSet::new();
    for criterion in all {
        let stands = criterion.parent.as_deref().is_none_or(|parent| groups.contains(parent));
        hold(stands, || "its parent is not a group that precedes it")
            .and_then(|()| words::label("its name", &criterion.label))
            .and_then(|()| words::prose("its guidance", &criterion.guidance))
            .and_then(|()| ranges(description, criterion))
            .and_then(|()| discretion(description, criterion))
            .map_err(|lie| lie.of(format_args!("the criterion `{}`", shown(&criterion.id))))?;
        days.extend(criterion.ranges.iter().map(|range| range.since));
        if criterion.kind == CriterionKind::Group {
            groups.insert(criterion.id.as_str());
        }
    }
    hold(days.len() <= CHANGES_MAX, || format!("ranges change on {} days, more than {CHANGES_MAX}", days.len()))?;
    let full = description.full_marks;
    let spans = days.into_iter().map(|day| {
        let spans = spans_on(all, day)?;
        let most = spans.get(&None).copied().unwrap_or_default().most;
        hold(most >= full, || {
            format!("full marks of {full} cannot be reached from {day} on: all criteria give {most}")
        })?;
        Ok(spans)
    });
    Ok(Reach { days: spans.collect::<Result<_, Lie>>()? })
}

/// Ranges are in order, not reversed, of whole units, and of the sign that the criterion's kind has.
fn ranges(description: &Description, criterion: &Criterion) -> Result<(), Lie> {
    let may_have_none = matches!(criterion.kind, CriterionKind::Group | CriterionKind::BottomLine);
    hold(may_have_none || !criterion.ranges.is_empty(), || "it has no range")?;
    let in_order = criterion.ranges.is_sorted_by(|one, next| one.since < next.since);
    hold(in_order, || "its ranges are not in ascending order of `since`")?;
    criterion.ranges.iter().try_for_each(|range| {
        let (least, most) = (range.least, range.most);
        hold(least <= most, || format!("its range {least} to {most} is reversed"))?;
        whole(description, least, "a range")?;
        whole(description, most, "a range")?;
        let fits = match criterion.kind {
            CriterionKind::Group | CriterionKind::Base => true,
            CriterionKind::Deduction => most <= Points::ZERO,
            CriterionKind::Bonus => least >= Points::ZERO,
            CriterionKind::BottomLine => least == Points::ZERO && most == Points::ZERO,
        };
        hold(fits, || format!("its range {least} to {most} does not fit its kind"))
    })
}

fn discretion(description: &Description, criterion: &Criterion) -> Result<(), Lie> {
    let Some(judged) = &criterion.judged else { return Ok(()) };
    hold(criterion.is_scored(), || "a group is not judged")?;
    hold(judged.least <= judged.most, || "its discretion is reversed")?;
    words::prose("what its reviewer goes by", &judged.guidance)?;
    // What no range holds would be cut back wherever it is given.
    let fits = |range: &PointRange| range.least <= judged.least && judged.most <= range.most;
    hold(criterion.ranges.is_empty() || criterion.ranges.iter().any(fits), || {
        format!("its discretion {} to {} is within none of its ranges", judged.least, judged.most)
    })?;
    whole(description, judged.least, "its discretion")?;
    whole(description, judged.most, "its discretion")
}

/// What every group and the whole may give on a day; a group's own range has to be what its children may give together, or its weight
/// could not be reached.
fn spans_on(criteria: &[Criterion], day: Date) -> Result<BTreeMap<Option<&str>, Span>, Lie> {
    let mut spans: BTreeMap<Option<&str>, Span> = BTreeMap::new();
    // Children come after their parents, so that backwards every group is complete when it is reached.
    for criterion in criteria.iter().rev() {
        let own = criterion.range_on(day).map(|range| Span { least: range.least, most: range.most });
        let gives = if criterion.kind == CriterionKind::Group {
            let children = spans.get(&Some(criterion.id.as_str())).copied().unwrap_or_default();
            if let Some(own) = own {
                hold(own.least == children.least && children.most == own.most, || {
                    format!(
                        "the group `{}` says {} to {} from {day} on, but its children may give {} to {}",
                        criterion.id, own.least, own.most, children.least, children.most
                    )
                })?;
            }
            children
        } else {
            own.unwrap_or_default()
        };
        let above = spans.entry(criterion.parent.as_deref()).or_default();
        above.least += gives.least;
        above.most += gives.most;
    }
    Ok(spans)
}

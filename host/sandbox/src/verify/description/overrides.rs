//! Grades, caps and vetoes: what overrides a sum has to be possible.

use std::collections::BTreeSet;

use domain::points::Points;
use domain::rubric::{Cap, Description, VetoEffect};

use super::criteria::Reach;
use super::{unique, whole};
use crate::lie::{Lie, hold, shown};
use crate::verify::words;

/// Grades, caps or vetoes of one rubric.
const OVERRIDES_MAX: usize = 500;

/// The best first and within reach; the last one takes everything that is left, from nothing on.
pub(super) fn grades(description: &Description, reach: &Reach<'_>) -> Result<(), Lie> {
    let grades = &description.grades;
    let is_some = (1..=OVERRIDES_MAX).contains(&grades.len());
    hold(is_some, || format!("{} grades; at least one takes every total, at most {OVERRIDES_MAX}", grades.len()))?;
    unique("grades", grades.iter().map(|grade| &grade.id))?;
    let descends = grades.is_sorted_by(|better, next| better.at_least > next.at_least);
    hold(descends, || "the grades are not in descending order of their least totals")?;
    let most = reach.of(None).map(|span| span.most).max().unwrap_or_default();
    grades.iter().try_for_each(|grade| {
        let is_reached = grade.at_least <= most;
        words::label("its name", &grade.label)
            .and_then(|()| whole(description, grade.at_least, "its least total"))
            .and_then(|()| hold(is_reached, || format!("no total ever reaches {}", grade.at_least)))
            .map_err(|lie| lie.of(format_args!("the grade `{}`", shown(&grade.id))))
    })?;
    let covers = grades.last().is_some_and(|last| last.at_least <= Points::ZERO);
    hold(covers, || "the grades do not cover the scale: the last one does not begin at 0 or below")
}

pub(super) fn caps(description: &Description, reach: &Reach<'_>) -> Result<(), Lie> {
    hold(description.caps.len() <= OVERRIDES_MAX, || format!("more than {OVERRIDES_MAX} caps"))?;
    let caps = description.caps.iter().map(|cap| &cap.id);
    unique("caps and vetoes", caps.chain(description.vetoes.iter().map(|veto| &veto.id)))?;
    let groups: BTreeSet<&str> = description
        .criteria
        .iter()
        .filter(|criterion| !criterion.is_scored())
        .map(|criterion| criterion.id.as_str())
        .collect();
    description.caps.iter().try_for_each(|cap| {
        let is_known = cap.criterion.as_deref().is_none_or(|group| groups.contains(group));
        hold(is_known, || "it bounds something that is not a group")
            .and_then(|()| words::label("its name", &cap.label))
            .and_then(|()| bounds(description, cap, reach))
            .map_err(|lie| lie.of(format_args!("the cap `{}`", shown(&cap.id))))
    })
}

fn bounds(description: &Description, cap: &Cap, reach: &Reach<'_>) -> Result<(), Lie> {
    hold(cap.least.is_some() || cap.most.is_some(), || "it bounds neither from above nor from below")?;
    let is_reversed = cap.least.zip(cap.most).is_some_and(|(least, most)| least > most);
    hold(!is_reversed, || "its bounds are reversed")?;
    [cap.least, cap.most].into_iter().flatten().try_for_each(|bound| {
        whole(description, bound, "a bound")?;
        let is_reached = reach.of(cap.criterion.as_deref()).any(|span| span.least <= bound && bound <= span.most);
        hold(is_reached, || format!("no sum ever reaches {bound}"))
    })
}

pub(super) fn vetoes(description: &Description, reach: &Reach<'_>) -> Result<(), Lie> {
    hold(description.vetoes.len() <= OVERRIDES_MAX, || format!("more than {OVERRIDES_MAX} vetoes"))?;
    description.vetoes.iter().try_for_each(|veto| {
        let outcome = match &veto.effect {
            VetoEffect::Zero => Ok(()),
            VetoEffect::AtMost(most) => whole(description, *most, "its effect").and_then(|()| {
                let is_felt = reach.of(None).any(|span| span.least <= *most && *most < span.most);
                hold(is_felt, || format!("no total is ever above {most}, or all are: it changes nothing"))
            }),
            VetoEffect::Grade(grade) => {
                let declared = description.grades.iter().position(|declared| declared.id == *grade);
                hold(declared.is_some(), || format!("its grade `{}` is not declared", shown(grade)))
                    .and_then(|()| hold(declared != Some(0), || "its grade is the best one: it changes nothing"))
            }
            VetoEffect::Downgrade(grades) => hold(*grades > 0, || "it lowers the grade by nothing").and_then(|()| {
                let is_possible = usize::from(*grades) < description.grades.len();
                hold(is_possible, || format!("it lowers the grade by {grades}, and there are no more than that"))
            }),
        };
        words::label("its name", &veto.label)
            .and(outcome)
            .map_err(|lie| lie.of(format_args!("the veto `{}`", shown(&veto.id))))
    })
}

//! Steps after the sum: each follows a declared rule and does what that rule says.

use domain::points::Points;
use domain::rubric::{Cap, Veto, VetoEffect};
use domain::scorecard::{Step, StepKind};

use super::Rubric;
use super::scorecard::whole;
use crate::lie::{Lie, hold, shown};

/// What has been added up so far.
pub(super) struct Sums<'r> {
    rubric: Rubric<'r>,
    total: Points,
    /// One per criterion of the description; none where only the total is known.
    groups: Option<Vec<Points>>,
}

impl<'r> Sums<'r> {
    /// Nothing yet, with a sum for every group: lines follow.
    pub(super) fn by_group(rubric: Rubric<'r>) -> Self {
        let groups = Some(vec![Points::ZERO; rubric.description.criteria.len()]);
        Self { rubric, total: Points::ZERO, groups }
    }

    /// A total of which the lines are not known any more.
    pub(super) const fn of_total(rubric: Rubric<'r>, total: Points) -> Self {
        Self { rubric, total, groups: None }
    }

    pub(super) const fn total(&self) -> Points {
        self.total
    }

    /// Adds the line of the criterion at a place of the description.
    pub(super) fn add_line(&mut self, place: usize, points: Points) {
        self.total += points;
        self.add_to_groups(self.rubric.groups_above(place), points);
    }

    /// Adds a step, if it does what its rule says.
    pub(super) fn add_step(&mut self, step: &Step) -> Result<(), Lie> {
        self.try_step(step).map_err(|lie| lie.of(format_args!("the step `{}`", shown(&step.rule))))
    }

    fn try_step(&mut self, step: &Step) -> Result<(), Lie> {
        whole(self.rubric, step.points)?;
        let grade_is_known = step.grade.as_ref().is_none_or(|grade| self.rubric.grade(grade).is_some());
        hold(grade_is_known, || "it names a grade that the description does not declare")?;
        match step.kind {
            StepKind::Cap | StepKind::Floor => self.add_bound(step),
            StepKind::Veto | StepKind::Downgrade => self.add_veto(step),
            StepKind::Round => {
                hold(step.rule.is_empty(), || "a rounding follows no rule")?;
                self.total += step.points;
                Ok(())
            }
        }
    }

    fn add_bound(&mut self, step: &Step) -> Result<(), Lie> {
        let cap = self.rubric.cap(&step.rule).ok_or_else(|| Lie::new("the description declares no such cap"))?;
        let group = cap.criterion.as_ref().and_then(|group| self.rubric.place_of(group));
        let before = match (&cap.criterion, &self.groups) {
            (None, _) => Some(self.total),
            (Some(_), Some(groups)) => group.and_then(|group| groups.get(group)).copied(),
            (Some(_), None) => None,
        };
        bounded(cap, step, before)?;
        self.total += step.points;
        if let Some(group) = group {
            self.add_to_groups(&[group], step.points);
            self.add_to_groups(self.rubric.groups_above(group), step.points);
        }
        Ok(())
    }

    fn add_veto(&mut self, step: &Step) -> Result<(), Lie> {
        let veto = self.rubric.veto(&step.rule).ok_or_else(|| Lie::new("the description declares no such veto"))?;
        self.total += step.points;
        vetoed(veto, step, self.total)
    }

    fn add_to_groups(&mut self, places: &[usize], points: Points) {
        let Some(groups) = &mut self.groups else { return };
        for place in places {
            if let Some(sum) = groups.get_mut(*place) {
                *sum += points;
            }
        }
    }
}

/// A cap takes exactly what is too much, a floor adds exactly what is missing. `before` is the sum that it bounds, where known.
fn bounded(cap: &Cap, step: &Step, before: Option<Points>) -> Result<(), Lie> {
    let after = before.map(|before| before + step.points);
    let acts = step.points != Points::ZERO;
    if step.kind == StepKind::Cap {
        let most = cap.most.ok_or_else(|| Lie::new("the rule bounds nothing from above"))?;
        hold(step.points <= Points::ZERO, || "a cap would add points")?;
        let fits = after.is_none_or(|after| if acts { after == most } else { after <= most });
        hold(fits, || format!("it does not bring the sum to {most}"))
    } else {
        let least = cap.least.ok_or_else(|| Lie::new("the rule bounds nothing from below"))?;
        hold(step.points >= Points::ZERO, || "a floor would take points")?;
        let fits = after.is_none_or(|after| if acts { after == least } else { after >= least });
        hold(fits, || format!("it does not bring the sum to {least}"))
    }
}

/// A veto does to the total, or to the grade, what its effect says. `after` is the total with the step.
fn vetoed(veto: &Veto, step: &Step, after: Points) -> Result<(), Lie> {
    let is_veto = step.kind == StepKind::Veto;
    match &veto.effect {
        VetoEffect::Zero => {
            hold(is_veto, || "the rule is a veto, not a downgrade")?;
            hold(after == Points::ZERO, || format!("it leaves {after} points instead of none"))
        }
        VetoEffect::AtMost(most) => {
            hold(is_veto, || "the rule is a veto, not a downgrade")?;
            hold(step.points <= Points::ZERO, || "a veto would add points")?;
            let fits = if step.points == Points::ZERO { after <= *most } else { after == *most };
            hold(fits, || format!("it leaves {after} points instead of at most {most}"))
        }
        VetoEffect::Grade(grade) => {
            hold(step.points == Points::ZERO, || "the rule bounds the grade, not the points")?;
            hold(step.grade.as_ref() == Some(grade), || format!("it does not name the grade `{grade}` of its rule"))
        }
        VetoEffect::Downgrade(_) => {
            hold(!is_veto, || "the rule is a downgrade, not a veto")?;
            hold(step.points == Points::ZERO, || "a downgrade changes no points")
        }
    }
}

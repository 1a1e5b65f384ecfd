//! Settlings: settlements in the making, whose totals can only be the sum of columns and steps.

use crate::caps::{Bounds, Breach, Graded, Stage};
use crate::card::shortened;
use crate::column::{Column, Order, ranks_by};
use crate::contract::{Cohort, Comparison, MemberStep, SettledColumn, Settlement};
use crate::criterion::PointRange;
use crate::definition::Definition;
use crate::exact::Exact;
use crate::points::Points;
use crate::rule::Effect;

/// A settlement in the making.
///
/// The rubric gives every criterion of the cohort pass its column; caps, the vetoes of both passes, totals, ranks and grades follow by
/// themselves in [`Settling::finish`]. It starts from the unit totals as the unit pass left them: a member whose total was vetoed there may
/// still lose points here, but never gets above the veto again.
pub struct Settling<'c> {
    definition: &'c Definition,
    cohort: &'c Cohort,
    /// One per criterion of the definition.
    columns: Vec<Option<SettledColumn>>,
    breaches: Vec<(usize, Breach)>,
}

impl<'c> Settling<'c> {
    /// Opens the settlement of a cohort.
    pub fn new(definition: &'c Definition, cohort: &'c Cohort) -> Self {
        let mut columns = Vec::with_capacity(definition.criteria.len());
        columns.resize_with(definition.criteria.len(), || None);
        Self { definition, cohort, columns, breaches: Vec::new() }
    }

    /// How many members are settled.
    pub fn members(&self) -> usize {
        self.cohort.members.len()
    }

    /// A measure of everybody.
    ///
    /// # Panics
    /// When the definition has no such measure, or the host handed over no column for it.
    pub fn measure(&self, id: &str) -> Column<'c> {
        let declared = self.definition.measure_index(id).map(|index| &self.definition.measures[index]);
        let found = self.cohort.measures.iter().find(|column| column.measure == id);
        match (declared, found) {
            (Some(measure), Some(column)) => Column::new(column, measure.scale),
            _ => panic!("there is no measure `{id}`"),
        }
    }

    /// The points that everybody has of a criterion after the unit pass, where it has a column.
    pub fn points_of(&self, criterion: &str, member: usize) -> Option<Points> {
        let column = self.cohort.criteria.iter().find(|column| column.criterion == criterion)?;
        column.points.get(member).copied().map(Points::from_thousandths)
    }

    /// A member's total after the unit pass.
    pub fn unit_total(&self, member: usize) -> Points {
        self.cohort.totals.get(member).copied().map_or(Points::ZERO, Points::from_thousandths)
    }

    /// Opens the column of a criterion of the cohort pass; the reason says how the points follow from the measure and the statistics.
    ///
    /// # Panics
    /// When the definition has no such criterion, or it belongs to the unit pass.
    pub fn column(&mut self, criterion: &str, reason: impl Into<String>) -> OpenColumn<'_> {
        let index = self.definition.criterion_index(criterion);
        let index = index.unwrap_or_else(|| panic!("the definition has no criterion `{criterion}`"));
        let declared = &self.definition.criteria[index];
        assert!(declared.is_of_cohort(), "the points of `{criterion}` are given in the unit pass");
        OpenColumn {
            definition: self.definition,
            range: declared.range_on(self.cohort.period.end),
            members: self.cohort.members.len(),
            slot: &mut self.columns[index],
            column: SettledColumn {
                criterion: criterion.to_owned(),
                points: Vec::new(),
                reason: shortened(reason.into()),
                measure: None,
                statistics: Vec::new(),
            },
        }
    }

    /// Names a member's breach of a declared veto, with what was compared; its effect is applied after the caps.
    ///
    /// # Panics
    /// When the definition declares no such veto.
    pub fn veto(&mut self, member: usize, id: &str, reason: impl Into<String>, comparisons: Vec<Comparison>) {
        let breach = Breach { comparisons, ..Breach::of(self.definition, id, reason) };
        self.breaches.push((member, breach));
    }

    /// The settlement.
    ///
    /// # Panics
    /// When a criterion of the cohort pass has no column.
    pub fn finish(self) -> Settlement {
        let Self { definition, cohort, columns, breaches } = self;
        let members = cohort.members.len();
        let points = PointsByCriterion::of(definition, cohort, &columns);
        let bounds = Bounds::of(definition);
        let mut breaches = breaches_by_member(definition, cohort, breaches);
        let mut settlement = Settlement {
            columns: Vec::new(),
            steps: Vec::new(),
            totals: Vec::with_capacity(members),
            ranks: Vec::new(),
            grades: Vec::with_capacity(members),
        };
        for (member, unit_total) in cohort.totals.iter().enumerate() {
            let mut total = Points::from_thousandths(*unit_total) + points.of_cohort_pass(member);
            for step in bounds.applied(Stage::Cohort, &mut total, |index| points.at(index, member)) {
                settlement.steps.push(MemberStep { member: index_of(member), step });
            }
            let of_member = std::mem::take(&mut breaches[member]);
            let grade = apply_breaches(definition, of_member, &mut total, |step| {
                settlement.steps.push(MemberStep { member: index_of(member), step });
            });
            settlement.totals.push(total.thousandths());
            settlement.grades.push(u16::try_from(grade).unwrap_or(u16::MAX));
        }
        settlement.ranks = ranks(&settlement.totals);
        settlement.columns = closed(definition, columns);
        settlement
    }
}

/// Competition ranks by total; everybody has one.
fn ranks(totals: &[i64]) -> Vec<u32> {
    let ranks = ranks_by(totals.len(), |member| totals.get(member).copied(), Order::HighestFirst);
    ranks.into_iter().map(Option::unwrap_or_default).collect()
}

fn closed(definition: &Definition, columns: Vec<Option<SettledColumn>>) -> Vec<SettledColumn> {
    let of_cohort = definition.criteria.iter().zip(columns).filter(|(criterion, _)| criterion.is_of_cohort());
    let column = of_cohort.map(|(criterion, column)| {
        column.unwrap_or_else(|| panic!("the rubric gave no column to the criterion `{}`", criterion.id))
    });
    column.collect()
}

fn index_of(member: usize) -> u32 {
    u32::try_from(member).unwrap_or(u32::MAX)
}

/// A breach, and in which pass it was named.
type Named = (Stage, Breach);

/// The breaches that the unit pass named, then those that this pass named, by member.
fn breaches_by_member(definition: &Definition, cohort: &Cohort, named: Vec<(usize, Breach)>) -> Vec<Vec<Named>> {
    let mut by_member: Vec<Vec<Named>> = Vec::with_capacity(cohort.members.len());
    by_member.resize_with(cohort.members.len(), Vec::new);
    for MemberStep { member, step } in &cohort.steps {
        let Some(slot) = by_member.get_mut(*member as usize) else { continue };
        let Some(veto) = definition.veto(&step.rule) else { continue };
        let breach = Breach {
            rule: veto.id,
            effect: veto.effect,
            reason: step.reason.clone(),
            comparisons: step.comparisons.clone(),
            // This pass never saw the answers; the unit pass points into them.
            sources: Vec::new(),
        };
        slot.push((Stage::Unit, breach));
    }
    for (member, breach) in named {
        by_member[member].push((Stage::Cohort, breach));
    }
    by_member
}

/// Applies a member's breaches to the final total and gives the index of the grade.
fn apply_breaches(
    definition: &Definition,
    breaches: Vec<Named>,
    total: &mut Points,
    mut push: impl FnMut(crate::contract::Step),
) -> usize {
    let mut changes = Vec::with_capacity(breaches.len());
    for (_, breach) in &breaches {
        let change = breach.change(*total);
        *total += change;
        changes.push(change);
    }
    let mut graded = Graded::by(definition, *total);
    for ((stage, breach), change) in breaches.into_iter().zip(changes) {
        let grade = graded.apply(breach.effect);
        // The unit pass named it already, unless the final total makes it lead elsewhere.
        let leads_elsewhere = matches!(breach.effect, Effect::Downgrade(_)) && definition.has_cohort_criteria();
        if stage == Stage::Cohort || change != Points::ZERO || leads_elsewhere {
            push(breach.step(change, grade));
        }
    }
    graded.index()
}

/// Where each criterion's points are: in the cohort's columns, or in this pass's.
struct PointsByCriterion<'a> {
    columns: Vec<Option<&'a [i64]>>,
    is_of_cohort: Vec<bool>,
}

impl<'a> PointsByCriterion<'a> {
    fn of(definition: &Definition, cohort: &'a Cohort, settled: &'a [Option<SettledColumn>]) -> Self {
        let given =
            |id: &str| cohort.criteria.iter().find(|column| column.criterion == id).map(|column| &column.points[..]);
        let columns = definition.criteria.iter().zip(settled).map(|(criterion, settled)| match settled {
            Some(settled) => Some(&settled.points[..]),
            None => given(criterion.id),
        });
        let columns = columns.collect();
        Self { columns, is_of_cohort: definition.criteria.iter().map(crate::Criterion::is_of_cohort).collect() }
    }

    fn at(&self, index: usize, member: usize) -> Points {
        let points = self.columns[index].and_then(|column| column.get(member)).copied();
        points.map_or(Points::ZERO, Points::from_thousandths)
    }

    fn of_cohort_pass(&self, member: usize) -> Points {
        let indices = (0..self.columns.len()).filter(|&index| self.is_of_cohort[index]);
        indices.map(|index| self.at(index, member)).sum()
    }
}

/// The column of a criterion of the cohort pass, until its points are given.
pub struct OpenColumn<'s> {
    definition: &'s Definition,
    range: Option<PointRange>,
    members: usize,
    slot: &'s mut Option<SettledColumn>,
    column: SettledColumn,
}

impl OpenColumn<'_> {
    /// Which measure was compared; the host shows each member its own value beside the statistics.
    #[must_use]
    pub fn by_measure(mut self, measure: &str) -> Self {
        self.column.measure = Some(measure.to_owned());
        self
    }

    /// What the cohort's values gave: maximum, mean, how many were ranked.
    #[must_use]
    pub fn with_statistic(mut self, statistic: Comparison) -> Self {
        self.column.statistics.push(statistic);
        self
    }

    /// Gives every member, by index, its points. They are brought into the range in force and rounded to the smallest unit.
    pub fn points<P: Into<Exact>>(self, points_of: impl Fn(usize) -> P) {
        let Self { definition, range, members, slot, mut column } = self;
        let (least, most) = range.map_or((Points::ZERO, Points::ZERO), |range| (range.least, range.most));
        let given = (0..members).map(|member| {
            let within: Exact = points_of(member).into().clamped(least, most);
            within.rounded(definition.smallest_unit, definition.rounding).thousandths()
        });
        column.points = given.collect();
        *slot = Some(column);
    }
}

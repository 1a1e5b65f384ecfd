//! Definitions: everything that a rubric says of itself, as one constant that costs nothing to have at hand.

use crate::caps::{is_inside, parents};
use crate::contract::{self, Date, Description, Rounding};
use crate::criterion::{Criterion, PointRange};
use crate::label::Label;
use crate::points::{Points, points};
use crate::rule::{Cap, Check, Grade, LegalBasis, Measure, Veto};

/// What a rubric says of itself. It is a constant, so that neither `score` nor `settle` pay for building it; [`Definition::description`]
/// makes the contract's description of it.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    id: &'static str,
    version: &'static str,
    title: Label,
    summary: Label,
    basis: &'static [LegalBasis],
    full_marks: Points,
    pub(crate) smallest_unit: Points,
    pub(crate) rounding: Rounding,
    pub(crate) criteria: &'static [Criterion],
    pub(crate) caps: &'static [Cap],
    pub(crate) vetoes: &'static [Veto],
    pub(crate) grades: &'static [Grade],
    checks: &'static [Check],
    pub(crate) measures: &'static [Measure],
    earlier_periods: u8,
    form: &'static str,
}

impl Definition {
    /// A rubric of 100 points in steps of 0.1, rounded half up, without anything else yet.
    pub const fn new(id: &'static str, version: &'static str, title: Label, summary: Label) -> Self {
        Self {
            id,
            version,
            title,
            summary,
            basis: &[],
            full_marks: points("100"),
            smallest_unit: points("0.1"),
            rounding: Rounding::HalfUp,
            criteria: &[],
            caps: &[],
            vetoes: &[],
            grades: &[],
            checks: &[],
            measures: &[],
            earlier_periods: 0,
            form: "{}",
        }
    }

    /// The law that it follows or is shaped after.
    #[must_use]
    pub const fn basis(mut self, basis: &'static [LegalBasis]) -> Self {
        self.basis = basis;
        self
    }

    /// What a total is out of.
    #[must_use]
    pub const fn full_marks(mut self, full_marks: Points) -> Self {
        self.full_marks = full_marks;
        self
    }

    /// What every line, step and total is a multiple of, and how finer numbers become one.
    #[must_use]
    pub const fn rounded_to(mut self, smallest_unit: Points, rounding: Rounding) -> Self {
        self.smallest_unit = smallest_unit;
        self.rounding = rounding;
        self
    }

    /// The tree, parents before children.
    #[must_use]
    pub const fn criteria(mut self, criteria: &'static [Criterion]) -> Self {
        self.criteria = criteria;
        self
    }

    /// Bounds on sums, inner groups before outer ones.
    #[must_use]
    pub const fn caps(mut self, caps: &'static [Cap]) -> Self {
        self.caps = caps;
        self
    }

    /// Rules that override the sum.
    #[must_use]
    pub const fn vetoes(mut self, vetoes: &'static [Veto]) -> Self {
        self.vetoes = vetoes;
        self
    }

    /// The best first; the last one takes everything that is left.
    #[must_use]
    pub const fn grades(mut self, grades: &'static [Grade]) -> Self {
        self.grades = grades;
        self
    }

    /// Every check that it can raise.
    #[must_use]
    pub const fn checks(mut self, checks: &'static [Check]) -> Self {
        self.checks = checks;
        self
    }

    /// What the cohort pass compares.
    #[must_use]
    pub const fn measures(mut self, measures: &'static [Measure]) -> Self {
        self.measures = measures;
        self
    }

    /// How many earlier periods it wants to see, at most 5.
    #[must_use]
    pub const fn earlier_periods(mut self, count: u8) -> Self {
        self.earlier_periods = count;
        self
    }

    /// The form of the answers: JSON Schema 2020-12 as text.
    #[must_use]
    pub const fn form(mut self, form: &'static str) -> Self {
        self.form = form;
        self
    }

    /// The contract's description.
    pub fn description(&self) -> Description {
        Description {
            id: self.id.to_owned(),
            version: self.version.to_owned(),
            title: self.title.into(),
            summary: self.summary.into(),
            basis: self.basis.iter().map(LegalBasis::described).collect(),
            full_marks: self.full_marks.thousandths(),
            smallest_unit: self.smallest_unit.thousandths(),
            rounding: self.rounding,
            criteria: (0..self.criteria.len()).map(|index| self.described_criterion(index)).collect(),
            caps: self.caps.iter().map(Cap::described).collect(),
            vetoes: self.vetoes.iter().map(Veto::described).collect(),
            grades: self.grades.iter().map(Grade::described).collect(),
            checks: self.checks.iter().map(Check::described).collect(),
            measures: self.measures.iter().map(Measure::described).collect(),
            earlier_periods: self.earlier_periods,
            form: self.form.to_owned(),
        }
    }

    fn described_criterion(&self, index: usize) -> contract::Criterion {
        let mut described = self.criteria[index].described();
        if self.criteria[index].is_group() && described.ranges.is_empty() {
            described.ranges = self.ranges_together(index);
        }
        described
    }

    /// What the criteria of a group may give together, from each day on which one of their ranges begins.
    fn ranges_together(&self, group: usize) -> Vec<contract::PointRange> {
        let parents = parents(self);
        let of_group = |index: &usize| !self.criteria[*index].is_group() && is_inside(&parents, *index, Some(group));
        let inside: Vec<&Criterion> =
            (0..self.criteria.len()).filter(of_group).map(|index| &self.criteria[index]).collect();
        let mut days: Vec<Date> =
            inside.iter().flat_map(|criterion| criterion.all_ranges()).map(|range| range.since).collect();
        days.sort_unstable();
        days.dedup();
        let together = |since: Date| {
            let in_force = || inside.iter().filter_map(|criterion| criterion.range_on(since));
            let least = in_force().map(|range| range.least).sum();
            PointRange::since(since, least, in_force().map(|range| range.most).sum()).described()
        };
        days.into_iter().map(together).collect()
    }

    /// The points that a criterion may give for a period that ends on a day; none for an unknown criterion or before its first range.
    pub fn range_of(&self, criterion: &str, period_end: Date) -> Option<(Points, Points)> {
        let range = self.criteria[self.criterion_index(criterion)?].range_on(period_end)?;
        Some((range.least, range.most))
    }

    pub(crate) fn criterion_index(&self, id: &str) -> Option<usize> {
        self.criteria.iter().position(|criterion| criterion.id == id)
    }

    pub(crate) fn measure_index(&self, id: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.id == id)
    }

    pub(crate) fn veto(&self, id: &str) -> Option<&Veto> {
        self.vetoes.iter().find(|veto| veto.id == id)
    }

    pub(crate) fn has_cohort_criteria(&self) -> bool {
        self.criteria.iter().any(Criterion::is_of_cohort)
    }

    /// The index of the grade that a total takes: the first whose least total it reaches, else the last; 0 where there are no grades.
    pub(crate) fn grade_index(&self, total: Points) -> usize {
        let reached = self.grades.iter().position(|grade| total >= grade.at_least);
        reached.unwrap_or_else(|| self.grades.len().saturating_sub(1))
    }
}

impl LegalBasis {
    fn described(&self) -> contract::LegalBasis {
        contract::LegalBasis {
            title: self.title.to_owned(),
            number: self.number.map(str::to_owned),
            note: self.note.map(Into::into),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day;

    const NAME: Label = crate::label("名", "");

    #[test]
    fn a_group_may_give_what_its_criteria_may_give_together() {
        const TREE: Definition = Definition::new("tree", "1.0.0", NAME, NAME).criteria(&[
            Criterion::group("all", NAME),
            Criterion::base("a", NAME).under("all").range(points("0"), points("10")),
            Criterion::group("inner", NAME).under("all"),
            Criterion::deduction("b", NAME).under("inner").ranges(&[
                PointRange::since(day(2020, 1, 1), points("-3"), points("0")),
                PointRange::since(day(2025, 1, 1), points("-5"), points("-1")),
            ]),
        ]);
        let description = TREE.description();
        let told = |index: usize| -> Vec<(i16, i64, i64)> {
            description.criteria[index].ranges.iter().map(|range| (range.since.year, range.least, range.most)).collect()
        };
        assert_eq!(told(0), [(1900, 0, 10_000), (2020, -3_000, 10_000), (2025, -5_000, 9_000)]);
        assert_eq!(told(2), [(2020, -3_000, 0), (2025, -5_000, -1_000)]);
    }
}

//! Definitions: everything that a rubric says of itself, as one constant that costs nothing to have at hand.

use crate::contract::{Date, Description, Rounding};
use crate::criterion::Criterion;
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
            criteria: self.criteria.iter().map(Criterion::described).collect(),
            caps: self.caps.iter().map(Cap::described).collect(),
            vetoes: self.vetoes.iter().map(Veto::described).collect(),
            grades: self.grades.iter().map(Grade::described).collect(),
            checks: self.checks.iter().map(Check::described).collect(),
            measures: self.measures.iter().map(Measure::described).collect(),
            earlier_periods: self.earlier_periods,
            form: self.form.to_owned(),
        }
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
    fn described(&self) -> crate::contract::LegalBasis {
        crate::contract::LegalBasis {
            title: self.title.to_owned(),
            number: self.number.map(str::to_owned),
            note: self.note.map(Into::into),
        }
    }
}

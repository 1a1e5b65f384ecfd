//! What two releases say of themselves, side by side: what was added, what is gone, what changed and by how much.
//!
//! Criteria, rules, checks and fields are the same where their identifiers are; what only stands in another order is told for
//! criteria, where the order is what people read. Two releases that say the same of themselves may still judge differently: that
//! is what a trial is for.

mod criteria;
mod form;
mod paired;
mod timeline;

use serde::Serialize;

pub use self::criteria::{ChangedCriterion, CriterionAspect, RangeDifference, Reordered, StandingAlone, Weight};
pub use self::form::{AddedField, ChangedField, FieldAspect, FormComparison};
pub use self::timeline::Stretch;

use self::paired::{items, without_partner};
use crate::points::Points;
use crate::reading::ReaderDescription;
use crate::release::{Descriptions, PluginKind};
use crate::report::{DocumentKind, ReportDescription, WantedField};
use crate::rubric::{Cap, Check, Description, Grade, LegalBasis, Measure, Rounding, Severity, Veto};
use crate::text::Text;

/// Something before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed<T> {
    /// As it was.
    pub before: T,
    /// As it is.
    pub after: T,
}

/// What became of the items of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Items<T, C> {
    /// Only in the later one, in its order.
    pub added: Vec<T>,
    /// Only in the earlier one, in its order.
    pub removed: Vec<T>,
    /// In both, but not the same, in the order of the later one.
    pub changed: Vec<C>,
}

/// What a plugin calls itself, where that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdentityComparison {
    /// Its identifier: where it changed, the two are no versions of one plugin.
    pub id: Option<Changed<String>>,
    /// Its version.
    pub version: Option<Changed<String>>,
    /// Its name.
    pub title: Option<Changed<Text>>,
    /// What it says it is.
    pub summary: Option<Changed<Text>>,
}

/// A check before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedCheck {
    /// As it was.
    pub before: Check,
    /// As it is.
    pub after: Check,
    /// When it weighs something else; before its first day a check is off.
    pub severities: Vec<Stretch<Severity>>,
    /// Whether its title or its help changed.
    pub is_reworded: bool,
}

/// Two rubrics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RubricComparison {
    /// What it calls itself.
    pub identity: IdentityComparison,
    /// What it follows; one whose number or note changed is gone and added.
    pub basis: Items<LegalBasis, Changed<LegalBasis>>,
    /// What a total is out of.
    pub full_marks: Option<Changed<Points>>,
    /// What every total is a multiple of.
    pub smallest_unit: Option<Changed<Points>>,
    /// How finer numbers are rounded.
    pub rounding: Option<Changed<Rounding>>,
    /// How many earlier periods it wants to see.
    pub earlier_periods: Option<Changed<u8>>,
    /// The criteria.
    pub criteria: Items<StandingAlone, ChangedCriterion>,
    /// Groups whose criteria stand in another order.
    pub reordered: Vec<Reordered>,
    /// Bounds on sums.
    pub caps: Items<Cap, Changed<Cap>>,
    /// Rules that override the sum.
    pub vetoes: Items<Veto, Changed<Veto>>,
    /// Grades.
    pub grades: Items<Grade, Changed<Grade>>,
    /// Measures of the cohort pass.
    pub measures: Items<Measure, Changed<Measure>>,
    /// Checks.
    pub checks: Items<Check, ChangedCheck>,
    /// What the forms ask for.
    pub form: FormComparison,
}

/// Two reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportComparison {
    /// What it calls itself.
    pub identity: IdentityComparison,
    /// The kinds of document that it composes.
    pub composes: Items<DocumentKind, Changed<DocumentKind>>,
    /// What a roll-up takes out of the answers.
    pub fields: Items<WantedField, Changed<WantedField>>,
}

/// Two readers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReaderComparison {
    /// What it calls itself.
    pub identity: IdentityComparison,
}

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Which kinds of plugin the component is.
    Kinds,
    /// What a plugin calls itself.
    Identity,
    /// What a rubric follows.
    Basis,
    /// Full marks, smallest unit, rounding, earlier periods.
    Scale,
    /// Criteria.
    Criteria,
    /// Bounds on sums.
    Caps,
    /// Rules that override the sum.
    Vetoes,
    /// Grades.
    Grades,
    /// Measures of the cohort pass.
    Measures,
    /// Checks.
    Checks,
    /// Fields of the form.
    Form,
    /// Kinds of document that a report composes.
    Documents,
    /// Fields of the answers that a report takes.
    Fields,
}

/// How much is different in one area; areas without a difference are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AreaCount {
    /// The area.
    pub area: Area,
    /// What is only in the later release.
    pub added: usize,
    /// What is only in the earlier one.
    pub removed: usize,
    /// What is in both, but not the same.
    pub changed: usize,
}

/// Two releases side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReleaseComparison {
    /// Whether both say the same of themselves.
    pub empty: bool,
    /// Where they differ, and how much.
    pub areas: Vec<AreaCount>,
    /// Which kinds of plugin they are, where that differs. What only one of them is, is not compared.
    pub kinds: Items<PluginKind, Changed<PluginKind>>,
    /// Set where both are rubrics.
    pub rubric: Option<RubricComparison>,
    /// Set where both are reports.
    pub report: Option<ReportComparison>,
    /// Set where both are readers.
    pub reader: Option<ReaderComparison>,
}

/// Compares what two releases say of themselves.
pub fn compare(before: &Descriptions, after: &Descriptions) -> ReleaseComparison {
    let kinds = without_partner(&before.kinds(), &after.kinds());
    let rubric = before.rubric.as_ref().zip(after.rubric.as_ref()).map(|(before, after)| rubrics(before, after));
    let report = before.report.as_ref().zip(after.report.as_ref()).map(|(before, after)| reports(before, after));
    let reader = before.reader.as_ref().zip(after.reader.as_ref()).map(|(before, after)| readers(before, after));
    let mut comparison = ReleaseComparison { empty: true, areas: Vec::new(), kinds, rubric, report, reader };
    comparison.areas = comparison.counted();
    comparison.empty = comparison.areas.is_empty();
    comparison
}

fn rubrics(before: &Description, after: &Description) -> RubricComparison {
    RubricComparison {
        identity: identity(
            (&before.id, &before.version, &before.title, &before.summary),
            (&after.id, &after.version, &after.title, &after.summary),
        ),
        basis: without_partner(&before.basis, &after.basis),
        full_marks: changed(&before.full_marks, &after.full_marks),
        smallest_unit: changed(&before.smallest_unit, &after.smallest_unit),
        rounding: changed(&before.rounding, &after.rounding),
        earlier_periods: changed(&before.earlier_periods, &after.earlier_periods),
        criteria: criteria::criteria(&before.criteria, &after.criteria),
        reordered: criteria::reordered(&before.criteria, &after.criteria),
        caps: items(&before.caps, &after.caps, |cap| &cap.id, changed),
        vetoes: items(&before.vetoes, &after.vetoes, |veto| &veto.id, changed),
        grades: items(&before.grades, &after.grades, |grade| &grade.id, changed),
        measures: items(&before.measures, &after.measures, |measure| &measure.id, changed),
        checks: items(&before.checks, &after.checks, |check| &check.code, changed_check),
        form: form::forms(&before.form, &after.form),
    }
}

fn reports(before: &ReportDescription, after: &ReportDescription) -> ReportComparison {
    ReportComparison {
        identity: identity(
            (&before.id, &before.version, &before.title, &before.summary),
            (&after.id, &after.version, &after.title, &after.summary),
        ),
        composes: without_partner(&before.composes, &after.composes),
        fields: items(&before.fields, &after.fields, |field| (&field.at, field.taking as u8), changed),
    }
}

fn readers(before: &ReaderDescription, after: &ReaderDescription) -> ReaderComparison {
    ReaderComparison {
        identity: identity(
            (&before.id, &before.version, &before.title, &before.summary),
            (&after.id, &after.version, &after.title, &after.summary),
        ),
    }
}

/// Identifier, version, title and summary.
type Identity<'d> = (&'d String, &'d String, &'d Text, &'d Text);

fn identity(before: Identity<'_>, after: Identity<'_>) -> IdentityComparison {
    IdentityComparison {
        id: changed(before.0, after.0),
        version: changed(before.1, after.1),
        title: changed(before.2, after.2),
        summary: changed(before.3, after.3),
    }
}

/// Both, where they are not the same.
fn changed<T: Clone + PartialEq>(before: &T, after: &T) -> Option<Changed<T>> {
    (before != after).then(|| Changed { before: before.clone(), after: after.clone() })
}

fn changed_check(before: &Check, after: &Check) -> Option<ChangedCheck> {
    // A check that is switched off and one that has not begun weigh the same.
    let history = |check: &Check| {
        let mut history: Vec<_> = vec![(jiff::civil::Date::MIN, Severity::Off)];
        history.extend(check.severities.iter().map(|dated| (dated.since, dated.severity)));
        history
    };
    let severities = timeline::differences(&history(before), &history(after));
    let is_reworded = before.title != after.title || before.help != after.help;
    let is_changed = is_reworded || !severities.is_empty();
    is_changed.then(|| ChangedCheck { before: before.clone(), after: after.clone(), severities, is_reworded })
}

impl<T, C> Items<T, C> {
    /// Whether nothing became of them.
    pub const fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }

    const fn counted(&self, area: Area) -> AreaCount {
        AreaCount { area, added: self.added.len(), removed: self.removed.len(), changed: self.changed.len() }
    }
}

impl IdentityComparison {
    /// How many of its parts changed.
    fn changes(&self) -> usize {
        let parts = [self.id.is_some(), self.version.is_some(), self.title.is_some(), self.summary.is_some()];
        parts.into_iter().filter(|is_changed| *is_changed).count()
    }
}

impl ReleaseComparison {
    /// How many differences there are: added, removed, changed.
    pub fn totals(&self) -> (usize, usize, usize) {
        self.areas.iter().fold((0, 0, 0), |(added, removed, changed), area| {
            (added + area.added, removed + area.removed, changed + area.changed)
        })
    }

    fn counted(&self) -> Vec<AreaCount> {
        let mut areas = vec![self.kinds.counted(Area::Kinds)];
        let only_changed = |area, changed| AreaCount { area, added: 0, removed: 0, changed };
        let identities = [
            self.rubric.as_ref().map(|rubric| &rubric.identity),
            self.report.as_ref().map(|report| &report.identity),
            self.reader.as_ref().map(|reader| &reader.identity),
        ];
        let identities = identities.into_iter().flatten().map(IdentityComparison::changes).sum();
        areas.push(only_changed(Area::Identity, identities));
        if let Some(rubric) = &self.rubric {
            let scale = [
                rubric.full_marks.is_some(),
                rubric.smallest_unit.is_some(),
                rubric.rounding.is_some(),
                rubric.earlier_periods.is_some(),
            ];
            let mut criteria = rubric.criteria.counted(Area::Criteria);
            criteria.changed += rubric.reordered.len();
            let mut form = rubric.form.fields.counted(Area::Form);
            form.changed += usize::from(rubric.form.differs_otherwise);
            areas.extend([
                rubric.basis.counted(Area::Basis),
                only_changed(Area::Scale, scale.into_iter().filter(|is_changed| *is_changed).count()),
                criteria,
                rubric.caps.counted(Area::Caps),
                rubric.vetoes.counted(Area::Vetoes),
                rubric.grades.counted(Area::Grades),
                rubric.measures.counted(Area::Measures),
                rubric.checks.counted(Area::Checks),
                form,
            ]);
        }
        if let Some(report) = &self.report {
            areas.extend([report.composes.counted(Area::Documents), report.fields.counted(Area::Fields)]);
        }
        areas.retain(|area| area.added + area.removed + area.changed > 0);
        areas
    }
}

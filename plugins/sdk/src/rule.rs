//! What a rubric declares beside its criteria: caps, vetoes, grades, checks, measures and the law that it follows.

use crate::contract::{self, Date, DatedSeverity, Severity, VetoEffect};
use crate::criterion::ALWAYS;
use crate::label::Label;
use crate::points::Points;

/// A law, a notice or a table that the rubric follows, or is shaped after.
#[derive(Clone, Copy, Debug)]
pub struct LegalBasis {
    /// Its title.
    pub title: &'static str,
    /// Its document number.
    pub number: Option<&'static str>,
    /// How the rubric relates to it.
    pub note: Option<Label>,
}

/// A bound on a sum: of one group's lines, or of the whole. A declared cap is applied by itself, in the first pass that knows all
/// the lines it bounds, in the order of declaration; an inner group's cap therefore stands before an outer one's.
#[derive(Clone, Copy, Debug)]
pub struct Cap {
    pub(crate) id: &'static str,
    pub(crate) label: Label,
    pub(crate) group: Option<&'static str>,
    pub(crate) least: Option<Points>,
    pub(crate) most: Option<Points>,
}

impl Cap {
    /// Bounds a group.
    pub const fn of_group(id: &'static str, label: Label, group: &'static str) -> Self {
        Self { id, label, group: Some(group), least: None, most: None }
    }

    /// Bounds the total.
    pub const fn of_total(id: &'static str, label: Label) -> Self {
        Self { id, label, group: None, least: None, most: None }
    }

    /// The least that the sum may be.
    #[must_use]
    pub const fn at_least(mut self, least: Points) -> Self {
        self.least = Some(least);
        self
    }

    /// The most that the sum may be.
    #[must_use]
    pub const fn at_most(mut self, most: Points) -> Self {
        self.most = Some(most);
        self
    }

    /// A sum brought within the bounds.
    pub(crate) fn bounded(&self, sum: Points) -> Points {
        let capped = self.most.map_or(sum, |most| sum.min(most));
        self.least.map_or(capped, |least| capped.max(least))
    }

    pub(crate) fn described(&self) -> contract::Cap {
        contract::Cap {
            id: self.id.to_owned(),
            label: self.label.into(),
            criterion: self.group.map(str::to_owned),
            least: self.least.map(Points::thousandths),
            most: self.most.map(Points::thousandths),
        }
    }
}

/// What a breach leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The total becomes 0.
    Zero,
    /// The total is at most this.
    AtMost(Points),
    /// The grade is at best this one.
    Grade(&'static str),
    /// So many grades lower, at most the lowest.
    Downgrade(u8),
}

/// A rule that overrides the sum (一票否决, 降级).
#[derive(Clone, Copy, Debug)]
pub struct Veto {
    pub(crate) id: &'static str,
    pub(crate) label: Label,
    pub(crate) effect: Effect,
}

impl Veto {
    /// A veto and what it leads to.
    pub const fn new(id: &'static str, label: Label, effect: Effect) -> Self {
        Self { id, label, effect }
    }

    pub(crate) fn described(&self) -> contract::Veto {
        let effect = match self.effect {
            Effect::Zero => VetoEffect::Zero,
            Effect::AtMost(points) => VetoEffect::AtMost(points.thousandths()),
            Effect::Grade(grade) => VetoEffect::Grade(grade.to_owned()),
            Effect::Downgrade(grades) => VetoEffect::Downgrade(grades),
        };
        contract::Veto { id: self.id.to_owned(), label: self.label.into(), effect }
    }
}

/// A grade and the least total that it takes.
#[derive(Clone, Copy, Debug)]
pub struct Grade {
    pub(crate) id: &'static str,
    pub(crate) label: Label,
    pub(crate) at_least: Points,
}

impl Grade {
    /// A grade from a total on.
    pub const fn new(id: &'static str, label: Label, at_least: Points) -> Self {
        Self { id, label, at_least }
    }

    pub(crate) fn described(&self) -> contract::Grade {
        contract::Grade { id: self.id.to_owned(), label: self.label.into(), at_least: self.at_least.thousandths() }
    }
}

/// A check that the rubric can raise, and how much it weighs from which day on.
///
/// ```
/// use huizong_sdk::{Check, Severity, day, label};
/// const SHARES: Check = Check::new(
///     "shares-do-not-sum",
///     label("占比之和不为一百", "Shares do not sum to 100"),
///     label("请核对各类占比。", "Check the shares."),
///     Severity::Warning,
/// )
/// .from_day(&[(day(2024, 1, 1), Severity::Warning), (day(2026, 1, 1), Severity::Error)]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Check {
    pub(crate) code: &'static str,
    title: Label,
    help: Label,
    severity: Severity,
    severities: &'static [(Date, Severity)],
}

impl Check {
    /// A check with the severity that it ever had.
    pub const fn new(code: &'static str, title: Label, help: Label, severity: Severity) -> Self {
        Self { code, title, help, severity, severities: &[] }
    }

    /// The severities from each day on, in ascending order, instead; before the first day it is off.
    #[must_use]
    pub const fn from_day(mut self, severities: &'static [(Date, Severity)]) -> Self {
        self.severities = severities;
        self
    }

    /// The same check at another severity: another rubric may weigh it differently.
    #[must_use]
    pub const fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self.severities = &[];
        self
    }

    /// Its code.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    pub(crate) fn described(&self) -> contract::Check {
        let dated = |&(since, severity): &(Date, Severity)| DatedSeverity { since, severity };
        let severities = if self.severities.is_empty() {
            vec![DatedSeverity { since: ALWAYS, severity: self.severity }]
        } else {
            self.severities.iter().map(dated).collect()
        };
        contract::Check { code: self.code.to_owned(), title: self.title.into(), help: self.help.into(), severities }
    }
}

/// A number that the unit pass takes out of one submission and the cohort pass compares.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    pub(crate) id: &'static str,
    label: Label,
    unit: &'static str,
    pub(crate) scale: u8,
}

impl Measure {
    /// A measure, its unit, and how many decimal places its values are rounded to (half to even).
    pub const fn new(id: &'static str, label: Label, unit: &'static str, scale: u8) -> Self {
        Self { id, label, unit, scale }
    }

    pub(crate) fn described(&self) -> contract::Measure {
        contract::Measure {
            id: self.id.to_owned(),
            label: self.label.into(),
            unit: self.unit.to_owned(),
            scale: self.scale,
        }
    }
}

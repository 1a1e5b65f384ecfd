//! Cards: scorecards in the making, whose total can only be the sum of their lines and steps.

use crate::caps::{Bounds, Breach, Graded, Stage};
use crate::contract::{Comparison, CriterionKind, Date, Entry, EntryKind, Line, Measured, Review, Scorecard, Step};
use crate::criterion::Criterion;
use crate::decimal::Decimal;
use crate::definition::Definition;
use crate::exact::Exact;
use crate::points::Points;
use crate::ratio::Ratio;
use crate::rule::Effect;

/// A scorecard in the making.
///
/// The rubric writes the entries of its lines; everything that follows from the definition and the review happens by itself in
/// [`Card::finish`], in this order: the reviewer's judgement, the reviewer's adjustments, the range in force, the smallest unit, the
/// caps as declared, the vetoes as written.
pub struct Card<'d> {
    definition: &'d Definition,
    period_end: Date,
    review: &'d Review,
    /// One per criterion of the definition, groups too.
    drafts: Vec<Draft>,
    breaches: Vec<Breach>,
    /// One per measure.
    measures: Vec<Told>,
}

/// What the rubric told about a measure.
#[derive(Clone, Copy)]
enum Told {
    NotYet,
    Unknown,
    Value(Decimal),
}

#[derive(Default)]
struct Draft {
    entries: Vec<Entry>,
    sum: Sum,
}

struct Sum(Exact);

impl Default for Sum {
    fn default() -> Self {
        Self(Exact::ZERO)
    }
}

impl<'d> Card<'d> {
    /// An empty card for a round whose period ends on a day.
    pub fn new(definition: &'d Definition, period_end: Date, review: &'d Review) -> Self {
        let mut drafts = Vec::with_capacity(definition.criteria.len());
        drafts.resize_with(definition.criteria.len(), Draft::default);
        let measures = vec![Told::NotYet; definition.measures.len()];
        Self { definition, period_end, review, drafts, breaches: Vec::new(), measures }
    }

    /// Opens the line of a criterion of the unit pass.
    ///
    /// # Panics
    /// When the definition has no such criterion, or it is a group or belongs to the cohort pass: faults of the plugin that no
    /// submission can cause.
    pub fn line(&mut self, criterion: &str) -> OpenLine<'_> {
        let index = self.definition.criterion_index(criterion);
        let index = index.unwrap_or_else(|| panic!("the definition has no criterion `{criterion}`"));
        let declared = &self.definition.criteria[index];
        assert!(!declared.is_group(), "the group `{criterion}` has no line of its own");
        assert!(!declared.is_of_cohort(), "the points of `{criterion}` are given in the cohort pass");
        let range = declared.range_on(self.period_end);
        let (least, most) = range.map_or((Points::ZERO, Points::ZERO), |range| (range.least, range.most));
        OpenLine { draft: &mut self.drafts[index], least, most }
    }

    /// Names a breach of a declared veto; its effect is applied after the caps.
    ///
    /// # Panics
    /// When the definition declares no such veto.
    pub fn veto(&mut self, id: &str, reason: impl Into<String>) -> OpenStep<'_> {
        self.breaches.push(Breach::of(self.definition, id, reason));
        let last = self.breaches.len() - 1;
        OpenStep(&mut self.breaches[last])
    }

    /// Tells the value of a measure, or that it cannot be told; it is rounded to the measure's scale.
    ///
    /// # Panics
    /// When the definition has no such measure.
    pub fn measure(&mut self, id: &str, value: Option<Decimal>) {
        let index = self.definition.measure_index(id);
        let index = index.unwrap_or_else(|| panic!("the definition has no measure `{id}`"));
        let scale = self.definition.measures[index].scale;
        self.measures[index] = value.map_or(Told::Unknown, |value| Told::Value(value.rescaled(scale)));
    }

    /// The scorecard: one line per criterion, the steps, and their sum.
    ///
    /// # Panics
    /// When the rubric wrote no entry for a criterion that is in force, or told nothing about a measure: a forgotten criterion must not
    /// pass for an earned or a lost one. Lines that wait for a reviewer, bottom lines, and criteria whose first range is still to come
    /// need no entry.
    pub fn finish(self) -> Scorecard {
        let Self { definition, period_end, review, drafts, breaches, measures } = self;
        let with_drafts = definition.criteria.iter().zip(drafts);
        let closed = with_drafts.map(|(criterion, draft)| {
            let closing = Closing { definition, criterion, period_end, review };
            if criterion.is_group() { None } else { Some(closing.line(draft)) }
        });
        let lines: Vec<Option<Line>> = closed.collect();
        let points_of = |index: usize| {
            let line: Option<&Line> = lines[index].as_ref();
            line.map_or(Points::ZERO, |line| Points::from_thousandths(line.points))
        };
        let bounds = Bounds::of(definition);
        let steps = steps_after(&bounds, (0..lines.len()).map(points_of).sum(), points_of, breaches);
        let lines: Vec<Line> = lines.into_iter().flatten().collect();
        let total = lines.iter().map(|line| line.points).chain(steps.iter().map(|step| step.points));
        let total = total.map(Points::from_thousandths).sum::<Points>().thousandths();
        Scorecard { lines, steps, total, measures: measured(definition, measures) }
    }
}

fn steps_after(
    bounds: &Bounds<'_>,
    sum: Points,
    points_of: impl Fn(usize) -> Points,
    breaches: Vec<Breach>,
) -> Vec<Step> {
    let mut total = sum;
    let mut steps = bounds.applied(Stage::Unit, &mut total, points_of);
    let changes: Vec<Points> = breaches
        .iter()
        .map(|breach| {
            let change = breach.change(total);
            total += change;
            change
        })
        .collect();
    // How far a downgrade leads is only known with the final total.
    let total_is_final = !bounds.definition().has_cohort_criteria();
    let mut graded = Graded::by(bounds.definition(), total);
    for (breach, change) in breaches.into_iter().zip(changes) {
        let grade = graded.apply(breach.effect);
        let grade = grade.filter(|_| total_is_final || !matches!(breach.effect, Effect::Downgrade(_)));
        steps.push(breach.step(change, grade));
    }
    steps
}

fn measured(definition: &Definition, told: Vec<Told>) -> Vec<Measured> {
    let with_told = definition.measures.iter().zip(told);
    let measured = with_told.map(|(measure, told)| {
        let value = match told {
            Told::NotYet => panic!("nothing was told about the measure `{}`", measure.id),
            Told::Unknown => None,
            Told::Value(value) => Some(value.into()),
        };
        Measured { measure: measure.id.to_owned(), value }
    });
    measured.collect()
}

/// What is needed to close one line.
struct Closing<'a> {
    definition: &'a Definition,
    criterion: &'a Criterion,
    period_end: Date,
    review: &'a Review,
}

impl Closing<'_> {
    fn line(&self, draft: Draft) -> Line {
        let mut draft = draft;
        if self.criterion.is_of_cohort() {
            draft.write(EntryKind::Pending, Exact::ZERO, "待同组比较后计分");
        } else {
            self.complete(&mut draft);
            self.review(&mut draft);
            self.limit(&mut draft);
            self.round(&mut draft);
        }
        let points = draft.entries.iter().map(|entry| Points::from_thousandths(entry.points)).sum::<Points>();
        Line { criterion: self.criterion.id.to_owned(), points: points.thousandths(), entries: draft.entries }
    }

    /// A line that nobody wrote has to say why it is there.
    fn complete(&self, draft: &mut Draft) {
        if !draft.entries.is_empty() {
            return;
        }
        let id = self.criterion.id;
        let reason = if self.criterion.range_on(self.period_end).is_none() {
            "本期尚不适用"
        } else if self.criterion.kind == CriterionKind::BottomLine {
            "未触及底线"
        } else if self.criterion.judged.is_some() {
            "由评审人员评定"
        } else {
            panic!("the rubric wrote no entry for the criterion `{id}`")
        };
        draft.write(EntryKind::Base, Exact::ZERO, reason);
    }

    fn review(&self, draft: &mut Draft) {
        if let Some(judgement) = self.review.judgement(self.criterion.id).filter(|_| self.criterion.judged.is_some()) {
            draft.write(
                EntryKind::Judged,
                Points::from_thousandths(judgement.points).into(),
                judgement.reason.as_str(),
            );
        }
        for adjustment in
            self.review.point_adjustments.iter().filter(|adjustment| adjustment.criterion == self.criterion.id)
        {
            let points = Points::from_thousandths(adjustment.points);
            draft.write(EntryKind::Adjusted, points.into(), adjustment.reason.as_str());
        }
    }

    fn limit(&self, draft: &mut Draft) {
        let range = self.criterion.range_on(self.period_end);
        let (least, most) = range.map_or((Points::ZERO, Points::ZERO), |range| (range.least, range.most));
        let limited = draft.sum.0.clamped(least, most);
        if limited != draft.sum.0 {
            let change = limited.floor() - draft.written();
            if change != Points::ZERO {
                draft.write(EntryKind::Limit, change.into(), format!("限于 {least} 至 {most} 分"));
            }
            draft.sum = Sum(limited);
        }
    }

    fn round(&self, draft: &mut Draft) {
        let unit = self.definition.smallest_unit;
        let change = draft.sum.0.rounded(unit, self.definition.rounding) - draft.written();
        if change != Points::ZERO {
            draft.write(EntryKind::Round, change.into(), format!("取整至 {unit} 分"));
        }
    }
}

impl Draft {
    fn write(&mut self, kind: EntryKind, points: Exact, reason: impl Into<String>) {
        self.sum.0 += points;
        self.entries.push(Entry {
            kind,
            points: points.floor().thousandths(),
            reason: shortened(reason.into()),
            comparisons: Vec::new(),
            sources: Vec::new(),
        });
    }

    /// What the entries say, in thousandths; less than a thousandth an entry below the exact sum.
    fn written(&self) -> Points {
        self.entries.iter().map(|entry| Points::from_thousandths(entry.points)).sum()
    }
}

/// A reason within the contract's 400 characters; what is longer ends in an ellipsis.
pub(crate) fn shortened(reason: String) -> String {
    const CHARACTERS_MAX: usize = 400;
    if reason.len() <= CHARACTERS_MAX {
        return reason;
    }
    match reason.char_indices().nth(CHARACTERS_MAX) {
        None => reason,
        Some(_) => reason.chars().take(CHARACTERS_MAX - 1).chain(['…']).collect(),
    }
}

/// The line of a criterion, open for entries.
pub struct OpenLine<'c> {
    draft: &'c mut Draft,
    least: Points,
    most: Points,
}

/// The entry that was written last, open for what it compared and where that came from; the next entry follows on it.
pub struct OpenEntry<'c>(OpenLine<'c>);

impl<'c> OpenLine<'c> {
    /// The least points of the range in force.
    pub const fn least(&self) -> Points {
        self.least
    }

    /// The most points of the range in force: where a line starts that only loses points.
    pub const fn most(&self) -> Points {
        self.most
    }

    /// Starts from these points.
    pub fn base(self, points: impl Into<Exact>, reason: impl Into<String>) -> OpenEntry<'c> {
        self.entry(EntryKind::Base, points.into(), reason)
    }

    /// Starts from the most of the range in force.
    pub fn full(self, reason: impl Into<String>) -> OpenEntry<'c> {
        let most = self.most;
        self.base(most, reason)
    }

    /// Loses these points, told as a positive number; less than nothing counts as nothing.
    pub fn deduct(self, points: impl Into<Exact>, reason: impl Into<String>) -> OpenEntry<'c> {
        self.entry(EntryKind::Deduct, -points.into().or_zero(), reason)
    }

    /// Earns these points; less than nothing counts as nothing.
    pub fn add(self, points: impl Into<Exact>, reason: impl Into<String>) -> OpenEntry<'c> {
        self.entry(EntryKind::Add, points.into().or_zero(), reason)
    }

    /// Earns a share of these points, exactly.
    pub fn proportion(self, points: Points, share: Ratio, reason: impl Into<String>) -> OpenEntry<'c> {
        self.add(points * share, reason)
    }

    fn entry(self, kind: EntryKind, points: Exact, reason: impl Into<String>) -> OpenEntry<'c> {
        self.draft.write(kind, points, reason);
        OpenEntry(self)
    }
}

#[allow(clippy::return_self_not_must_use, reason = "the entry is written; nothing is lost with the handle")]
impl OpenEntry<'_> {
    /// What was compared.
    pub fn comparing(self, comparison: Comparison) -> Self {
        if let Some(entry) = self.0.draft.entries.last_mut() {
            entry.comparisons.push(comparison);
        }
        self
    }

    /// Where in the answers the numbers came from.
    pub fn from(self, place: impl Into<String>) -> Self {
        if let Some(entry) = self.0.draft.entries.last_mut() {
            entry.sources.push(place.into());
        }
        self
    }

    /// Loses these points, told as a positive number; less than nothing counts as nothing.
    pub fn deduct(self, points: impl Into<Exact>, reason: impl Into<String>) -> Self {
        self.0.deduct(points, reason)
    }

    /// Earns these points; less than nothing counts as nothing.
    pub fn add(self, points: impl Into<Exact>, reason: impl Into<String>) -> Self {
        self.0.add(points, reason)
    }

    /// Earns a share of these points, exactly.
    pub fn proportion(self, points: Points, share: Ratio, reason: impl Into<String>) -> Self {
        self.0.proportion(points, share, reason)
    }
}

/// A veto that was named, open for what it compared and where that came from.
pub struct OpenStep<'c>(&'c mut Breach);

#[allow(clippy::return_self_not_must_use, reason = "the step is written; nothing is lost with the handle")]
impl OpenStep<'_> {
    /// What was compared.
    pub fn comparing(self, comparison: Comparison) -> Self {
        self.0.comparisons.push(comparison);
        self
    }

    /// Where in the answers the numbers came from.
    pub fn from(self, place: impl Into<String>) -> Self {
        self.0.sources.push(place.into());
        self
    }
}

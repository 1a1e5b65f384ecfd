//! Scoring: the steps that rubrics share, from a fact to an entry of a scorecard. Which facts, thresholds and points is each rubric's own data.

mod reasons;

use huizong_sdk::{Card, Comparison, Decimal, Exact, OpenEntry, OpenStep, Place, Points, Ratio, Relation, ratio};

use crate::facts::{Facts, Found, Question, Value};

/// How one criterion is marked: where it starts, and the rules that move it.
#[derive(Clone, Copy)]
pub struct Marking {
    /// The criterion.
    pub criterion: &'static str,
    /// Where its line starts.
    pub start: Start,
    /// What moves it, in order.
    pub rules: &'static [Rule],
}

/// Where a line starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// From nothing.
    Nothing,
    /// From the most of the range in force.
    Most,
}

/// What a number of points in a rule means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tariff {
    /// Points.
    Points,
    /// Hundredths of the most that the criterion may give, for rubrics whose weights move: 30 is three tenths of the line.
    Hundredths,
}

/// What a fact is worth. Points are told as they change the line: negative ones are lost.
#[derive(Clone, Copy)]
pub enum Rule {
    /// Loses these points where it is not there.
    Needs(Question, Points),
    /// Earns these points where it is there.
    Rewards(Question, Points),
    /// Loses these points where the number is not told; nothing happened is a stated zero.
    Tells(Question, Points),
    /// Steps from the highest threshold down: the first that is reached gives its points, else the last number. What is not told reaches none.
    Ladder(Question, &'static [(i64, Points)], Points),
    /// Steps from the lowest threshold up, for what should be small: the first that is not exceeded gives its points, else the last number.
    /// What is not told changes nothing; that is for [`Rule::Tells`] to say.
    Ceiling(Question, &'static [(i64, Points)], Points),
    /// Each full number of them beyond a first number gives points, up to a bound.
    Each(Each),
    /// Each begun step below what is wanted loses points, up to a bound. What is not told loses the bound.
    Short(Short),
    /// Earns the share of these points. What is not told earns nothing.
    Proportion(Question, Points),
}

/// The terms of [`Rule::Each`].
#[derive(Clone, Copy)]
pub struct Each {
    /// What is counted.
    pub of: Question,
    /// How many change nothing.
    pub beyond: i64,
    /// How many make one step; at least 1.
    pub per: i64,
    /// What a step gives.
    pub points: Points,
    /// The most that all steps together give; of the same sign as `points`.
    pub up_to: Points,
}

/// The terms of [`Rule::Short`].
#[derive(Clone, Copy)]
pub struct Short {
    /// What is wanted.
    pub of: Question,
    /// How many, or how many per cent.
    pub wanted: i64,
    /// How many make one step; at least 1.
    pub step: i64,
    /// What a step loses: negative.
    pub points: Points,
    /// The most that is lost altogether: negative.
    pub up_to: Points,
}

/// What a rule makes of a fact.
struct Outcome {
    /// In the tariff's terms; a proportion is not yet multiplied out.
    points: Points,
    share: Option<Ratio>,
    reason: String,
    comparison: Comparison,
    found: Found,
    voice: Voice,
}

/// Whether an outcome that changes nothing gets an entry of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Voice {
    /// It does where the comparison does not hold: a reader wants to know why there are no points.
    Ordinary,
    /// It never does: another rule says what is missing.
    Quiet,
}

/// Writes the lines of these criteria, in order.
pub fn mark(card: &mut Card<'_>, markings: &[Marking], tariff: Tariff, facts: &Facts<'_>) {
    for marking in markings {
        mark_one(card, marking, tariff, facts);
    }
}

/// Writes one line. Facts that change nothing stand beside the start, so that a reader sees that they were looked at.
fn mark_one(card: &mut Card<'_>, marking: &Marking, tariff: Tariff, facts: &Facts<'_>) {
    let outcomes: Vec<Outcome> = marking.rules.iter().map(|rule| rule.outcome(tariff, facts)).collect();
    let (idle, moving): (Vec<Outcome>, Vec<Outcome>) = outcomes.into_iter().partition(Outcome::is_idle);
    let line = card.line(marking.criterion);
    let most = line.most();
    let as_wanted = moving.is_empty() && !marking.rules.is_empty();
    let entry = match marking.start {
        Start::Nothing => line.base(Points::ZERO, if as_wanted { "各项符合要求，不加不减" } else { "自0分起计" }),
        Start::Most if as_wanted => line.full(format!("各项符合要求，计{most}分")),
        Start::Most => line.full(format!("自{most}分起计")),
    };
    let entry = with_idle_facts(entry, idle);
    moving.into_iter().fold(entry, |entry, outcome| with_change(entry, outcome, tariff, most));
}

/// Writes what changes the points, what was compared, and where.
fn with_change(entry: OpenEntry<'_>, outcome: Outcome, tariff: Tariff, most: Points) -> OpenEntry<'_> {
    let points = outcome.worth(tariff, most);
    let entry =
        if points.is_negative() { entry.deduct(-points, outcome.reason) } else { entry.add(points, outcome.reason) };
    let recounts = outcome.found.recounts.iter().map(reasons::recount);
    let entry = recounts.fold(entry.comparing(outcome.comparison), OpenEntry::comparing);
    let places = outcome.found.places;
    if places.is_empty() { entry.from(Place::whole()) } else { from_all(entry, places) }
}

/// Shows what was looked at and changed nothing, each place once.
fn with_idle_facts(entry: OpenEntry<'_>, idle: Vec<Outcome>) -> OpenEntry<'_> {
    let mut shown: Vec<Place> = Vec::new();
    let mut entry = entry;
    for outcome in idle.into_iter().filter(|outcome| outcome.comparison.holds) {
        entry = entry.comparing(outcome.comparison);
        for recount in &outcome.found.recounts {
            entry = entry.comparing(reasons::recount(recount));
        }
        for place in outcome.found.places {
            if !shown.contains(&place) {
                shown.push(place);
            }
        }
    }
    from_all(entry, shown)
}

fn from_all(entry: OpenEntry<'_>, places: Vec<Place>) -> OpenEntry<'_> {
    places.into_iter().fold(entry, OpenEntry::from)
}

/// Names the breach of a declared veto where something happened at all.
pub fn veto_where_any(card: &mut Card<'_>, veto: &str, question: Question, facts: &Facts<'_>) {
    let found = question.asked_of(facts);
    let Some(count) = found.value.count().filter(|&count| count > 0) else { return };
    let reason = format!("发生{}{count}{}", question.what, found.value.unit());
    let step = card.veto(veto, reason).comparing(reasons::against(question, found.value, Relation::AtMost, 0));
    found.places.into_iter().fold(step, OpenStep::from);
}

impl Outcome {
    /// Whether it changes nothing and a reader can take it in beside the start.
    fn is_idle(&self) -> bool {
        self.points == Points::ZERO && (self.comparison.holds || self.voice == Voice::Quiet)
    }

    fn worth(&self, tariff: Tariff, most: Points) -> Exact {
        let of_line = match (tariff, self.share) {
            (Tariff::Points, None) => return self.points.into(),
            (Tariff::Points, Some(share)) => return self.points * share,
            (Tariff::Hundredths, None) => ratio(self.points.thousandths(), 100_000),
            (Tariff::Hundredths, Some(share)) => {
                let numerator = self.points.thousandths().saturating_mul(share.numerator());
                ratio(numerator, share.denominator().saturating_mul(100_000))
            }
        };
        of_line.map_or(Exact::ZERO, |of_line| most * of_line)
    }
}

impl Rule {
    fn outcome(&self, tariff: Tariff, facts: &Facts<'_>) -> Outcome {
        match self {
            Self::Needs(question, lost) => needs(*question, *lost, tariff, facts),
            Self::Rewards(question, earned) => rewards(*question, *earned, tariff, facts),
            Self::Tells(question, lost) => tells(*question, *lost, tariff, facts),
            Self::Ladder(question, steps, else_points) => ladder(*question, steps, *else_points, tariff, facts),
            Self::Ceiling(question, steps, else_points) => ceiling(*question, steps, *else_points, tariff, facts),
            Self::Each(terms) => each(terms, tariff, facts),
            Self::Short(terms) => short(terms, tariff, facts),
            Self::Proportion(question, points) => proportion(*question, *points, tariff, facts),
        }
    }
}

fn needs(question: Question, lost: Points, tariff: Tariff, facts: &Facts<'_>) -> Outcome {
    let found = question.asked_of(facts);
    let is_there = found.value.is_there();
    let points = if is_there { Points::ZERO } else { lost };
    let reason = format!("未见{}，{}", question.what, reasons::change(points, tariff));
    let comparison = Comparison::new(question.what, is_there, Relation::Equal, true);
    Outcome { points, share: None, reason, comparison, found, voice: Voice::Ordinary }
}

fn rewards(question: Question, earned: Points, tariff: Tariff, facts: &Facts<'_>) -> Outcome {
    let found = question.asked_of(facts);
    let is_there = found.value.is_there();
    let points = if is_there { earned } else { Points::ZERO };
    let reason = if is_there {
        format!("有{}，{}", question.what, reasons::change(points, tariff))
    } else {
        format!("未见{}，不加分", question.what)
    };
    let comparison = Comparison::new(question.what, is_there, Relation::Equal, true);
    Outcome { points, share: None, reason, comparison, found, voice: Voice::Ordinary }
}

fn tells(question: Question, lost: Points, tariff: Tariff, facts: &Facts<'_>) -> Outcome {
    let found = question.asked_of(facts);
    let is_told = found.value != Value::Untold;
    let points = if is_told { Points::ZERO } else { lost };
    let reason = format!("未报告{}（没有发生的应填0），{}", question.what, reasons::change(points, tariff));
    let what = format!("已报告{}", question.what);
    let comparison = Comparison::new(what, is_told, Relation::Equal, true);
    Outcome { points, share: None, reason, comparison, found, voice: Voice::Ordinary }
}

fn ladder(question: Question, steps: &[(i64, Points)], below: Points, tariff: Tariff, facts: &Facts<'_>) -> Outcome {
    let found = question.asked_of(facts);
    let value = found.value.decimal();
    let reached = value.and_then(|value| steps.iter().find(|(threshold, _)| value >= Decimal::whole(*threshold)));
    let (threshold, points) = match (reached, steps.last()) {
        (Some(&(threshold, points)), _) => (threshold, points),
        (None, Some(&(lowest, _))) => (lowest, below),
        (None, None) => (0, below),
    };
    let relation = if reached.is_some() { "达到" } else { "未达到" };
    let reason = reasons::threshold(question, found.value, relation, threshold, points, tariff);
    let comparison = reasons::against(question, found.value, Relation::AtLeast, threshold);
    Outcome { points, share: None, reason, comparison, found, voice: Voice::Ordinary }
}

fn ceiling(question: Question, steps: &[(i64, Points)], above: Points, tariff: Tariff, facts: &Facts<'_>) -> Outcome {
    let found = question.asked_of(facts);
    let Some(value) = found.value.decimal() else {
        let comparison =
            reasons::against(question, found.value, Relation::AtMost, steps.first().map_or(0, |step| step.0));
        return Outcome {
            points: Points::ZERO,
            share: None,
            reason: String::new(),
            comparison,
            found,
            voice: Voice::Quiet,
        };
    };
    let kept = steps.iter().find(|(threshold, _)| value <= Decimal::whole(*threshold));
    let (threshold, points) = match (kept, steps.last()) {
        (Some(&(threshold, points)), _) => (threshold, points),
        (None, Some(&(highest, _))) => (highest, above),
        (None, None) => (0, above),
    };
    let relation = if kept.is_some() { "不超过" } else { "超过" };
    let reason = reasons::threshold(question, found.value, relation, threshold, points, tariff);
    let comparison = reasons::against(question, found.value, Relation::AtMost, threshold);
    Outcome { points, share: None, reason, comparison, found, voice: Voice::Ordinary }
}

fn each(terms: &Each, tariff: Tariff, facts: &Facts<'_>) -> Outcome {
    let found = terms.of.asked_of(facts);
    let beyond = found.value.count().unwrap_or(0).saturating_sub(terms.beyond).max(0);
    let steps = beyond / terms.per.max(1);
    let points = bounded(terms.points.times(steps), terms.up_to);
    let reason = reasons::each(terms, found.value, points, tariff);
    let is_loss = terms.points < Points::ZERO;
    let (relation, voice) =
        if is_loss { (Relation::AtMost, Voice::Quiet) } else { (Relation::Greater, Voice::Ordinary) };
    let comparison = reasons::against(terms.of, found.value, relation, terms.beyond);
    Outcome { points, share: None, reason, comparison, found, voice }
}

fn short(terms: &Short, tariff: Tariff, facts: &Facts<'_>) -> Outcome {
    let found = terms.of.asked_of(facts);
    let points = match found.value.decimal() {
        None => terms.up_to,
        Some(value) => bounded(terms.points.times(begun_steps(value, terms.wanted, terms.step)), terms.up_to),
    };
    let reason = reasons::short(terms, found.value, points, tariff);
    let comparison = reasons::against(terms.of, found.value, Relation::AtLeast, terms.wanted);
    Outcome { points, share: None, reason, comparison, found, voice: Voice::Ordinary }
}

fn proportion(question: Question, points: Points, tariff: Tariff, facts: &Facts<'_>) -> Outcome {
    let found = question.asked_of(facts);
    let share = found.value.share();
    let reason = reasons::proportion(question, found.value, points, tariff);
    let comparison = reasons::against(question, found.value, Relation::AtLeast, 100);
    let points = if share.is_some() { points } else { Points::ZERO };
    Outcome { points, share, reason, comparison, found, voice: Voice::Ordinary }
}

/// How many steps a value falls short; a step that has begun counts.
fn begun_steps(value: Decimal, wanted: i64, step: i64) -> i64 {
    let missing = Decimal::whole(wanted).minus(value);
    let (missing, unit) = (missing.digits(), 10_i64.pow(u32::from(missing.scale())));
    let step = step.max(1).saturating_mul(unit);
    if missing <= 0 { 0 } else { missing.saturating_add(step - 1) / step }
}

/// Points that stay on the near side of a bound of the same sign.
fn bounded(points: Points, up_to: Points) -> Points {
    if up_to < Points::ZERO { points.max(up_to) } else { points.min(up_to) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use huizong_sdk::points;

    #[test]
    fn a_step_that_has_begun_counts() {
        let steps = |value: &str| begun_steps(value.parse().unwrap(), 95, 10);
        assert_eq!(["95", "97.5", "94.99", "85", "84.99", "0"].map(steps), [0, 0, 1, 1, 2, 10]);
    }

    #[test]
    fn what_steps_give_together_is_bounded_on_both_sides() {
        assert_eq!(bounded(points("-7"), points("-6")), points("-6"));
        assert_eq!(bounded(points("-1"), points("-6")), points("-1"));
        assert_eq!(bounded(points("3"), points("2")), points("2"));
    }
}

//! Facts: what the answers tell to the questions that rubrics ask, each with the places that it was read from.
//!
//! A [`Question`] is a constant; a rubric may add its own. A fact that nobody told is [`Value::Untold`], never zero.

pub mod complaints;
pub mod conduct;
pub mod control;
pub mod governance;

use huizong_sdk::{Amount, Decimal, Period, Place, Ratio, Review, Unit, number, place, ratio};

use crate::answers::Answers;
use crate::measures::{Tally, TimeLimits, tally};

/// Everything that a fact may be read from.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The answers.
    pub answers: &'a Answers<'a>,
    /// The org unit, whose attributes are the first choice for denominators.
    pub unit: &'a Unit,
    /// The review, for values that a reviewer counts differently (核减).
    pub review: &'a Review,
    /// Complaints as the work orders tell them, counted once. None where there are none, or where a reviewer corrected the statistics,
    /// which then speak for themselves.
    pub of_records: Option<Tally>,
}

/// Something that a rubric wants to know.
#[derive(Clone, Copy)]
pub struct Question {
    /// What is asked for, in the federation's language: `及时办结率`.
    pub what: &'static str,
    find: fn(&Facts<'_>) -> Found,
}

impl Question {
    /// A question and how its answer is found.
    pub const fn new(what: &'static str, find: fn(&Facts<'_>) -> Found) -> Self {
        Self { what, find }
    }

    /// The answer.
    pub fn asked_of(&self, facts: &Facts<'_>) -> Found {
        (self.find)(facts)
    }
}

/// An answer, and where it was read.
#[derive(Clone, Debug)]
pub struct Found {
    /// The answer.
    pub value: Value,
    /// Where; only places that exist in the answers. Empty where it comes from the register or from nowhere.
    pub places: Vec<Place>,
    /// Values that a reviewer counted differently.
    pub recounts: Vec<Recount>,
}

/// An answer's value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// The answers do not say.
    Untold,
    /// Yes or no.
    Flag(bool),
    /// A number and its unit.
    Count(i64, &'static str),
    /// A part of a whole.
    Share(Ratio),
    /// One number per another, rounded, and its unit.
    Rate(Decimal, &'static str),
}

/// A number that a reviewer counts differently from what the member stated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recount {
    /// What the member stated.
    pub stated: i64,
    /// What the reviewer counts.
    pub counted: Decimal,
}

/// More places than these say nothing more.
const PLACES_MAX: usize = 6;

impl Value {
    /// The number to compare: a count, or a share in per cent with two places.
    pub fn decimal(self) -> Option<Decimal> {
        match self {
            Self::Count(count, _) => Some(Decimal::whole(count)),
            Self::Share(share) => Some(share.percent(2)),
            Self::Rate(rate, _) => Some(rate),
            Self::Untold | Self::Flag(_) => None,
        }
    }

    /// The whole number, where it is a count.
    pub const fn count(self) -> Option<i64> {
        match self {
            Self::Count(count, _) => Some(count),
            Self::Untold | Self::Flag(_) | Self::Share(_) | Self::Rate(..) => None,
        }
    }

    /// The share, where it is one.
    pub const fn share(self) -> Option<Ratio> {
        match self {
            Self::Share(share) => Some(share),
            Self::Untold | Self::Flag(_) | Self::Count(..) | Self::Rate(..) => None,
        }
    }

    /// Whether it says yes, or counts anything at all.
    pub const fn is_there(self) -> bool {
        match self {
            Self::Untold => false,
            Self::Flag(flag) => flag,
            Self::Count(count, _) => count > 0,
            Self::Share(share) => share.numerator() > 0,
            Self::Rate(rate, _) => rate.digits() > 0,
        }
    }

    /// The unit of its numbers.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Count(_, unit) | Self::Rate(_, unit) => unit,
            Self::Share(_) => "%",
            Self::Untold | Self::Flag(_) => "",
        }
    }

    /// What a comparison shows.
    pub fn amount(self) -> Amount {
        match self {
            Self::Untold => "未报告".into(),
            Self::Flag(flag) => flag.into(),
            Self::Count(count, unit) => number(count, unit),
            Self::Share(share) => share.into(),
            Self::Rate(rate, unit) => number(rate, unit),
        }
    }
}

impl Found {
    /// Nothing is told.
    pub const fn untold() -> Self {
        Self { value: Value::Untold, places: Vec::new(), recounts: Vec::new() }
    }

    /// A value without a place of its own in the answers.
    pub const fn of(value: Value) -> Self {
        Self { value, places: Vec::new(), recounts: Vec::new() }
    }

    /// A value and where it stands.
    pub fn at(value: Value, place: Place) -> Self {
        Self { value, places: vec![place], recounts: Vec::new() }
    }

    /// The first of two that is told; the second otherwise.
    #[must_use]
    pub fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if self.value == Value::Untold { other() } else { self }
    }

    /// This part of a whole; untold where either is, or the whole is nothing. A part that exceeds its whole counts as all of it.
    #[must_use]
    pub fn share_of(mut self, whole: Self) -> Self {
        let both = self.value.count().zip(whole.value.count());
        let share = both.and_then(|(part, whole)| ratio(part.clamp(0, whole.max(0)), whole));
        self.value = share.map_or(Value::Untold, Value::Share);
        for place in whole.places {
            if self.places.len() < PLACES_MAX && !self.places.contains(&place) {
                self.places.push(place);
            }
        }
        self.recounts.extend(whole.recounts);
        self
    }
}

impl<'a> Facts<'a> {
    /// The facts of a submission about a period.
    pub fn new(
        answers: &'a Answers<'a>,
        period: Period,
        limits: TimeLimits,
        unit: &'a Unit,
        review: &'a Review,
    ) -> Self {
        let has_corrected =
            review.value_adjustments.iter().any(|adjustment| adjustment.at.starts_with("/complaint_stat/"));
        let are_records_believed = !answers.complaint_record.is_empty() && !has_corrected;
        let of_records = if are_records_believed { tally(answers, limits, period) } else { None };
        Self { answers, unit, review, of_records }
    }

    /// Outlets: from the federation's register, else as the member states them.
    pub fn outlets(&self) -> Found {
        self.sized(&["outlet_count"], "outlet_count", self.answers.org_unit.outlet_count, "个")
    }

    /// Personal customers: from the register, else as stated.
    pub fn personal_customers(&self) -> Found {
        let stated = self.answers.org_unit.personal_customer_count;
        self.sized(&["personal_customers", "personal_customer_count"], "personal_customer_count", stated, "户")
    }

    /// All staff: from the register, else as stated.
    pub fn staff(&self) -> Found {
        self.sized(&["staff_count"], "staff_count", self.answers.org_unit.staff_count, "人")
    }

    fn sized(&self, attributes: &[&str], field: &str, stated: Option<i64>, unit: &'static str) -> Found {
        let registered = attributes.iter().find_map(|name| self.unit.number(name)?.as_whole());
        match (registered, stated) {
            (Some(count), _) => Found::of(Value::Count(count, unit)),
            (None, Some(count)) => Found::at(Value::Count(count, unit), place("org_unit").field(field)),
            (None, None) => Found::untold(),
        }
    }

    /// A number that stands in a field of an entity that is no list.
    pub fn field(&self, entity: &str, field: &str, stated: Option<i64>, unit: &'static str) -> Found {
        let Some(stated) = stated else { return Found::untold() };
        let at = place(entity).field(field);
        let mut recounts = Vec::new();
        let counted = self.counted(stated, &at, &mut recounts);
        Found { value: Value::Count(counted, unit), places: vec![at], recounts }
    }

    /// Whether any row of a list is as wanted.
    pub fn any<T>(&self, list: &str, rows: &[T], is_wanted: impl Fn(&T) -> bool) -> Found {
        match rows.iter().position(is_wanted) {
            Some(index) => Found::at(Value::Flag(true), place(list).item(index)),
            None if rows.is_empty() => Found::of(Value::Flag(false)),
            None => Found::at(Value::Flag(false), place(list)),
        }
    }

    /// How many rows of a list are as wanted; untold where the list is empty.
    pub fn count<T>(&self, list: &str, rows: &[T], unit: &'static str, is_wanted: impl Fn(&T) -> bool) -> Found {
        if rows.is_empty() {
            return Found::untold();
        }
        let mut found = Found::at(Value::Untold, place(list));
        let mut count = 0;
        for (index, _) in rows.iter().enumerate().filter(|(_, row)| is_wanted(row)) {
            if count == 0 {
                found.places.clear();
            }
            count += 1;
            found.push(|| place(list).item(index));
        }
        found.value = Value::Count(count, unit);
        found
    }

    /// The sum of a field over the rows of a list that tell it; untold where none does.
    pub fn sum<T>(
        &self,
        list: &str,
        rows: &[T],
        unit: &'static str,
        told: impl Fn(&T) -> Option<(&'static str, i64)>,
    ) -> Found {
        self.folded(list, rows, unit, told, i64::saturating_add)
    }

    /// The largest value of a field over the rows of a list that tell it; untold where none does.
    pub fn largest<T>(
        &self,
        list: &str,
        rows: &[T],
        unit: &'static str,
        told: impl Fn(&T) -> Option<(&'static str, i64)>,
    ) -> Found {
        self.folded(list, rows, unit, told, Ord::max)
    }

    fn folded<T>(
        &self,
        list: &str,
        rows: &[T],
        unit: &'static str,
        told: impl Fn(&T) -> Option<(&'static str, i64)>,
        fold: impl Fn(i64, i64) -> i64,
    ) -> Found {
        let mut found = Found::untold();
        let mut result: Option<i64> = None;
        for (index, row) in rows.iter().enumerate() {
            let Some((field, stated)) = told(row) else { continue };
            let at = || place(list).item(index).field(field);
            let counted = if self.review.value_adjustments.is_empty() {
                stated
            } else {
                self.counted(stated, &at(), &mut found.recounts)
            };
            result = Some(result.map_or(counted, |so_far| fold(so_far, counted)));
            found.push(at);
        }
        match result {
            Some(result) => found.value = Value::Count(result, unit),
            // Somebody who looks for the missing number looks at the list first.
            None if !rows.is_empty() => found.places.push(place(list)),
            None => {}
        }
        found
    }

    /// The number that counts: the reviewer's where there is one. A reviewer's fraction of a case counts as the whole case below it.
    fn counted(&self, stated: i64, at: &Place, recounts: &mut Vec<Recount>) -> i64 {
        let in_quantity = || self.review.adjusted_value(at.clone().field("value").as_str());
        let Some(adjustment) = self.review.adjusted_value(at.as_str()).or_else(in_quantity) else { return stated };
        let counted = Decimal::from(adjustment.counted);
        recounts.push(Recount { stated, counted });
        counted.digits().div_euclid(10_i64.pow(u32::from(counted.scale())))
    }
}

impl Found {
    fn push(&mut self, place: impl FnOnce() -> Place) {
        if self.places.len() < PLACES_MAX {
            self.places.push(place());
        }
    }
}

//! A test kit: the contract's values from JSON, for native tests. Feature `testing`.

pub mod roll_up;

use serde_json::Value;

use crate::contract::{
    Attribute, Calendar, Cohort, Context, CriterionColumn, Judgement, MeasureColumn, MemberStep, Period, Review,
    Scorecard, StepKind, Submission, Unit,
};
use crate::definition::Definition;
use crate::points::Points;
use crate::{Amount, Date, day};

/// A submission of the year 2023 with these answers, received in January 2024.
///
/// # Panics
/// When a number has a fraction: answers write those as text.
pub fn submission(answers: &Value) -> Submission {
    submission_of(Period { start: day(2023, 1, 1), end: day(2023, 12, 31) }, answers)
}

/// A submission of a period, received 15 days after its end.
///
/// # Panics
/// When a number has a fraction: answers write those as text.
pub fn submission_of(period: Period, answers: &Value) -> Submission {
    Submission {
        round: "test".to_owned(),
        period,
        revision: 1,
        received_on: period.end.plus_days(15),
        answers: canonical(answers),
    }
}

/// The canonical MessagePack bytes of a JSON value: maps ordered by key, the shortest form of every integer.
///
/// # Panics
/// When a number has a fraction: answers write those as text.
pub fn canonical(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(value, &mut bytes).expect("writing to memory succeeds");
    bytes
}

fn write(value: &Value, out: &mut Vec<u8>) -> Result<(), rmp::encode::ValueWriteError> {
    let length = |count: usize| u32::try_from(count).expect("a list of a test is short");
    match value {
        Value::Null => rmp::encode::write_nil(out).map_err(rmp::encode::ValueWriteError::InvalidMarkerWrite),
        Value::Bool(flag) => {
            rmp::encode::write_bool(out, *flag).map_err(rmp::encode::ValueWriteError::InvalidMarkerWrite)
        }
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(unsigned), _) => rmp::encode::write_uint(out, unsigned).map(drop),
            (None, Some(signed)) => rmp::encode::write_sint(out, signed).map(drop),
            (None, None) => panic!("{number} has a fraction; answers write it as text"),
        },
        Value::String(text) => rmp::encode::write_str(out, text),
        Value::Array(items) => {
            rmp::encode::write_array_len(out, length(items.len()))?;
            items.iter().try_for_each(|item| write(item, out))
        }
        Value::Object(members) => {
            rmp::encode::write_map_len(out, length(members.len()))?;
            let mut ordered: Vec<_> = members.iter().collect();
            ordered.sort_unstable_by_key(|(name, _)| name.as_bytes());
            ordered.into_iter().try_for_each(|(name, member)| {
                rmp::encode::write_str(out, name)?;
                write(member, out)
            })
        }
    }
}

/// A context in which nothing is known but a county co-operative and a calendar of the years 2022 to 2024 without holidays.
pub fn context() -> Context {
    Context {
        unit: Unit {
            code: "610000-001".to_owned(),
            name: "测试联社".to_owned(),
            aliases: Vec::new(),
            kind: "county".to_owned(),
            attributes: Vec::new(),
        },
        calendar: Calendar {
            covers: Period { start: day(2022, 1, 1), end: day(2024, 12, 31) },
            holidays: Vec::new(),
            working_days: Vec::new(),
        },
        earlier: Vec::new(),
    }
}

impl Context {
    /// The same, with a property of the org unit.
    #[must_use]
    pub fn with_attribute(mut self, name: &str, value: impl Into<Amount>) -> Self {
        self.unit.attributes.push(Attribute { name: name.to_owned(), value: value.into() });
        self.unit.attributes.sort_by(|left, right| left.name.cmp(&right.name));
        self
    }

    /// The same, with a day off.
    #[must_use]
    pub fn with_holiday(mut self, day: Date) -> Self {
        self.calendar.holidays.push(day);
        self.calendar.holidays.sort_unstable();
        self
    }
}

/// A review in which nobody decided anything.
pub const fn review() -> Review {
    Review::none()
}

impl Review {
    /// The same, with a reviewer's judgement.
    #[must_use]
    pub fn with_judgement(mut self, criterion: &str, points: Points, reason: &str) -> Self {
        let judgement =
            Judgement { criterion: criterion.to_owned(), points: points.thousandths(), reason: reason.to_owned() };
        self.judgements.push(judgement);
        self
    }

    /// The same, so many hours after the due date.
    #[must_use]
    pub const fn with_hours_late(mut self, hours: u32) -> Self {
        self.hours_late = hours;
        self
    }
}

/// The cohort that a host makes of scorecards, as it hands it to `settle`.
pub fn cohort(definition: &Definition, period: Period, scorecards: &[(&str, Scorecard)]) -> Cohort {
    let of_unit = definition.criteria.iter().filter(|criterion| !criterion.is_group() && !criterion.is_of_cohort());
    let points = |id: &str| {
        let of_member = |scorecard: &Scorecard| {
            scorecard.lines.iter().find(|line| line.criterion == id).map_or(0, |line| line.points)
        };
        scorecards.iter().map(|(_, scorecard)| of_member(scorecard)).collect()
    };
    let values = |index: usize| scorecards.iter().map(move |(_, scorecard)| scorecard.measures[index].value);
    let is_veto = |kind: StepKind| matches!(kind, StepKind::Veto | StepKind::Downgrade);
    let steps = (0_u32..).zip(scorecards).flat_map(|(member, (_, scorecard))| {
        let vetoes = scorecard.steps.iter().filter(|step| is_veto(step.kind));
        vetoes.map(move |step| MemberStep { member, step: step.clone() })
    });
    Cohort {
        period,
        name: String::new(),
        members: scorecards.iter().map(|(code, _)| (*code).to_owned()).collect(),
        totals: scorecards.iter().map(|(_, scorecard)| scorecard.total).collect(),
        criteria: of_unit
            .map(|criterion| CriterionColumn { criterion: criterion.id.to_owned(), points: points(criterion.id) })
            .collect(),
        measures: (0..)
            .zip(definition.measures)
            .map(|(index, measure)| MeasureColumn {
                measure: measure.id.to_owned(),
                values: values(index).map(|value| value.map_or(0, |value| value.digits)).collect(),
                known: values(index).map(|value| u8::from(value.is_some())).collect(),
            })
            .collect(),
        steps: steps.collect(),
    }
}

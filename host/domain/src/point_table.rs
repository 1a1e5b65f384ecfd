//! The point table: what a rubric says of itself in the order in which people read it, criteria numbered and the form in sections.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use serde::Serialize;

use crate::form_outline::{FieldType, FormField, FormOutline, ValueType};
use crate::points::Points;
use crate::rubric::{Cap, Check, Criterion, CriterionKind, Description, Grade, LegalBasis, Measure, Rounding, Veto};
use crate::text::Text;

/// A day on or before which something holds for every period that anybody reports on: it holds ever since.
pub const EVER_SINCE: Date = date(1900, 1, 1);

/// A criterion with its number in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NumberedCriterion {
    /// `2.1`: the first of the second group.
    pub number: String,
    /// The criterion.
    #[serde(flatten)]
    pub criterion: Criterion,
}

/// A part of a form: a list of records or a group of fields, or the fields that stand by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormSection {
    /// Where in the answers it stands; empty for the fields that stand by themselves. Of a kind of value its name.
    pub at: String,
    /// What it is called.
    pub label: Text,
    /// How it is filled in.
    pub help: Text,
    /// Whether it is a list of records.
    pub is_list: bool,
    /// Whether it has to be filled in.
    pub required: bool,
    /// Whether it names a person as a whole.
    pub personal: bool,
    /// Its fields, a field before what stands in it. What stands in a kind of value is told there.
    pub fields: Vec<FormField>,
}

/// What a form asks for, in sections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FormTable {
    /// What the form is called.
    pub label: Text,
    /// How it is filled in.
    pub help: Text,
    /// The sections in the order of the form.
    pub sections: Vec<FormSection>,
    /// Kinds of value that the form defines once and uses in several places.
    pub value_types: Vec<FormSection>,
    /// Whether the form asks for more than is told here.
    pub is_cut: bool,
}

/// A rubric as a federation prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PointTable {
    /// The same for all versions of one rubric.
    pub id: String,
    /// Semantic version.
    pub version: String,
    /// Its name.
    pub title: Text,
    /// What it is, and what it is shaped after.
    pub summary: Text,
    /// What it follows.
    pub basis: Vec<LegalBasis>,
    /// What a total is out of.
    pub full_marks: Points,
    /// Every line, step and total is a multiple of it.
    pub smallest_unit: Points,
    /// How finer numbers are rounded.
    pub rounding: Rounding,
    /// How many earlier periods it wants to see.
    pub earlier_periods: u8,
    /// The days on which any criterion's points change, the first one among them.
    pub range_days: Vec<Date>,
    /// The criteria as they are read: a group, then what it groups.
    pub criteria: Vec<NumberedCriterion>,
    /// Bounds on sums.
    pub caps: Vec<Cap>,
    /// Rules that override the sum.
    pub vetoes: Vec<Veto>,
    /// The best first.
    pub grades: Vec<Grade>,
    /// What the cohort pass compares.
    pub measures: Vec<Measure>,
    /// Every check that it can raise.
    pub checks: Vec<Check>,
    /// What it asks for.
    pub form: FormTable,
}

impl PointTable {
    /// The point table of a rubric.
    pub fn of(description: &Description) -> Self {
        Self {
            id: description.id.clone(),
            version: description.version.clone(),
            title: description.title.clone(),
            summary: description.summary.clone(),
            basis: description.basis.clone(),
            full_marks: description.full_marks,
            smallest_unit: description.smallest_unit,
            rounding: description.rounding,
            earlier_periods: description.earlier_periods,
            range_days: range_days(&description.criteria),
            criteria: numbered(&description.criteria),
            caps: description.caps.clone(),
            vetoes: description.vetoes.clone(),
            grades: description.grades.clone(),
            measures: description.measures.clone(),
            checks: description.checks.clone(),
            form: form_table(&FormOutline::of(&description.form)),
        }
    }

    /// What all criteria that only give points may give together for periods that end on a day.
    pub fn base_points_on(&self, day: Date) -> Points {
        let base = self.criteria.iter().filter(|numbered| numbered.criterion.kind == CriterionKind::Base);
        base.filter_map(|numbered| numbered.criterion.range_on(day)).map(|range| range.most).sum()
    }
}

/// The criteria in the order in which they are read, each with its number.
pub fn numbered(criteria: &[Criterion]) -> Vec<NumberedCriterion> {
    let mut below: BTreeMap<Option<&str>, Vec<&Criterion>> = BTreeMap::new();
    for criterion in criteria {
        below.entry(criterion.parent.as_deref()).or_default().push(criterion);
    }
    let mut waiting: Vec<(String, &Criterion)> = Vec::new();
    let wait = |waiting: &mut Vec<(String, _)>, number: &str, children: Vec<_>| {
        let numbers = children.into_iter().enumerate().rev();
        waiting.extend(numbers.map(|(index, child)| (format!("{number}{}", index + 1), child)));
    };
    wait(&mut waiting, "", below.remove(&None).unwrap_or_default());
    let mut numbered = Vec::with_capacity(criteria.len());
    while let Some((number, criterion)) = waiting.pop() {
        // Each group is taken once, so that no tree, however it is made, goes round in circles.
        let children = below.remove(&Some(criterion.id.as_str())).unwrap_or_default();
        wait(&mut waiting, &format!("{number}."), children);
        numbered.push(NumberedCriterion { number, criterion: criterion.clone() });
    }
    numbered
}

/// The days on which what any criterion may give becomes something else.
fn range_days(criteria: &[Criterion]) -> Vec<Date> {
    let mut days = BTreeSet::new();
    for criterion in criteria {
        let mut before = None;
        for range in &criterion.ranges {
            let gives = Some((range.least, range.most));
            if gives != before {
                days.insert(range.since);
            }
            before = gives;
        }
    }
    days.into_iter().collect()
}

fn form_table(outline: &FormOutline) -> FormTable {
    let Some((whole, fields)) = outline.fields.split_first() else { return FormTable::default() };
    let mut table = FormTable {
        label: whole.label.clone(),
        help: whole.help.clone(),
        is_cut: outline.is_cut,
        ..FormTable::default()
    };
    let mut alone = Vec::new();
    let mut rest = fields;
    while let Some((top, after)) = rest.split_first() {
        let end = after.iter().position(|field| !field.is_below(&top.at)).unwrap_or(after.len());
        let (below, next) = after.split_at(end);
        let held = fields_of(below, &top.at, top.value_type.as_ref());
        if held.is_empty() {
            alone.push(top.clone());
        } else {
            table.sections.push(FormSection {
                at: top.at.clone(),
                label: top.label.clone(),
                help: top.help.clone(),
                is_list: top.types.contains(&FieldType::Array),
                required: top.required,
                personal: top.personal,
                fields: held,
            });
        }
        rest = next;
    }
    if !alone.is_empty() {
        let section = FormSection {
            at: String::new(),
            label: Text::default(),
            help: Text::default(),
            is_list: false,
            required: false,
            personal: false,
            fields: alone,
        };
        table.sections.insert(0, section);
    }
    table.value_types = value_types(fields);
    table
}

/// The fields of a section: what stands below a place, without the items of lists, whose fields are told, and without what stands
/// in a kind of value.
fn fields_of(below: &[FormField], place: &str, made_of: Option<&ValueType>) -> Vec<FormField> {
    if made_of.is_some() {
        return Vec::new();
    }
    let mut fields: Vec<FormField> = Vec::new();
    let mut closed: Option<&str> = None;
    for field in below {
        if closed.is_some_and(|closed| field.is_below(closed)) {
            continue;
        }
        closed = field.value_type.as_ref().map(|_| field.at.as_str());
        let is_item = field.name() == "*" && field.at.len() > place.len();
        if !is_item {
            fields.push(field.clone());
        }
    }
    fields
}

/// Every kind of value once, with its fields as they stand where it is first met.
fn value_types(fields: &[FormField]) -> Vec<FormSection> {
    let mut met = BTreeSet::new();
    let mut types = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let Some(value_type) = &field.value_type else { continue };
        // A list of them says so too; what they hold stands below its items.
        let is_list_of_them = field.types.contains(&FieldType::Array);
        if is_list_of_them || !met.insert(&value_type.name) {
            continue;
        }
        let after = &fields[index + 1..];
        let end = after.iter().position(|inner| !inner.is_below(&field.at)).unwrap_or(after.len());
        let mut held = fields_of(&after[..end], &field.at, None);
        for inner in &mut held {
            inner.at.drain(..field.at.len());
        }
        types.push(FormSection {
            at: value_type.name.clone(),
            label: value_type.label.clone(),
            help: Text::default(),
            is_list: false,
            required: false,
            personal: false,
            fields: held,
        });
    }
    types
}

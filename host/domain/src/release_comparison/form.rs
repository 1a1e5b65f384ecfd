//! Forms side by side, field by field with every reference followed: whether a form defines something once or writes it out twice
//! makes no difference.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::Items;
use super::paired::Paired;
use crate::form_outline::{FormField, FormOutline};

/// A field that stands only in one of the forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AddedField {
    /// The field.
    #[serde(flatten)]
    pub field: FormField,
    /// How many fields stand in it; they are not told one by one.
    pub fields_below: usize,
}

/// What changed about a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldAspect {
    /// What it is called.
    Label,
    /// How it is filled in.
    Help,
    /// What it is counted in.
    Unit,
    /// What it may be.
    Types,
    /// Whether it has to be filled in.
    Required,
    /// Whether it names a person.
    Personal,
    /// The rules that its value has to keep.
    Rules,
}

/// A field that stands in both forms and is not the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedField {
    /// As it was.
    pub before: FormField,
    /// As it is.
    pub after: FormField,
    /// What changed.
    pub aspects: Vec<FieldAspect>,
    /// In how many places the same change stands; the field is the first of them.
    pub places: usize,
}

/// Two forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormComparison {
    /// Their fields.
    pub fields: Items<AddedField, ChangedField>,
    /// Whether the forms differ in something that is no matter of one field.
    pub differs_otherwise: bool,
    /// Whether either form asks for more than was compared.
    pub is_cut: bool,
}

/// Compares two forms.
pub(super) fn forms(before: &str, after: &str) -> FormComparison {
    let (was, is) = (FormOutline::of(before), FormOutline::of(after));
    let paired = Paired::of(&was.fields, &is.fields, |field| field.at.as_str());
    let fields = Items {
        added: topmost(&paired.added),
        removed: topmost(&paired.removed),
        changed: gathered(paired.both.iter().filter_map(|(before, after)| changed_field(before, after))),
    };
    let differs_otherwise = fields.is_empty() && values(before) != values(after);
    FormComparison { fields, differs_otherwise, is_cut: was.is_cut || is.is_cut }
}

/// The form as a value, in which the order of names and the spaces between them make no difference.
fn values(form: &str) -> Result<Value, String> {
    serde_json::from_str(form).map_err(|_| form.to_owned())
}

/// The fields whose surroundings are in both forms; what stands in them is counted. A field comes before what stands in it.
fn topmost(fields: &[&FormField]) -> Vec<AddedField> {
    let mut topmost: Vec<AddedField> = Vec::new();
    for field in fields {
        match topmost.last_mut() {
            Some(last) if field.is_below(&last.field.at) => last.fields_below += 1,
            _ => topmost.push(AddedField { field: (*field).clone(), fields_below: 0 }),
        }
    }
    topmost
}

fn changed_field(before: &FormField, after: &FormField) -> Option<ChangedField> {
    let aspects: Vec<FieldAspect> = [
        (FieldAspect::Label, before.label != after.label),
        (FieldAspect::Help, before.help != after.help),
        (FieldAspect::Unit, before.unit != after.unit),
        (FieldAspect::Types, before.types != after.types),
        (FieldAspect::Required, before.required != after.required),
        (FieldAspect::Personal, before.personal != after.personal),
        (FieldAspect::Rules, before.rules != after.rules),
    ]
    .into_iter()
    .filter_map(|(aspect, is_changed)| is_changed.then_some(aspect))
    .collect();
    let is_changed = !aspects.is_empty();
    is_changed.then(|| ChangedField { before: before.clone(), after: after.clone(), aspects, places: 1 })
}

/// A change to a kind of value shows wherever the form uses it: it is told once.
fn gathered(changes: impl Iterator<Item = ChangedField>) -> Vec<ChangedField> {
    let mut told: Vec<ChangedField> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for change in changes {
        let key = same_change(&change);
        if let Some(place) = known.get(&key) {
            told[*place].places += 1;
        } else {
            known.insert(key, told.len());
            told.push(change);
        }
    }
    told
}

/// What two changes have in common that are the same change in two places.
fn same_change(change: &ChangedField) -> String {
    let about = |field: &FormField| {
        let FormField { at: _, label, help, unit, types, items, required, personal, value_type, rules } = field;
        format!("{label:?}{help:?}{unit:?}{types:?}{items:?}{required}{personal}{value_type:?}{rules:?}")
    };
    format!("{}\n{}\n{}", change.after.name(), about(&change.before), about(&change.after))
}

//! The fields of the form, section by section. What nearly every section has is told once, and so is what several fields are made of.

use std::collections::{BTreeMap, BTreeSet};

use domain::form_outline::FormField;
use domain::point_table::{FormSection, FormTable};

use crate::page::{Cell, Page, Sheet};

/// Sections that are told one by one; a form with more is told as one list from there on.
const SECTIONS_MAX: usize = 1_000;
/// In how many sections a field stands at least that is told once for all of them.
const COMMON_SECTIONS_MIN: usize = 5;

pub(super) fn form(page: &mut Page, form: &FormTable) {
    page.page_break();
    page.heading(1, &page.word("point-table-form"));
    let help = page.told(&form.help).to_owned();
    page.paragraph(&help);
    if form.is_cut {
        page.strong_paragraph(&page.word("form-cut"));
    }
    let common = Common::of(&form.sections);
    let (told, rest) = form.sections.split_at(form.sections.len().min(SECTIONS_MAX));
    for part in told {
        section(page, part, &common);
    }
    if !rest.is_empty() {
        page.heading(2, &page.word("form-more-sections"));
        let fields = rest.iter().flat_map(|section| &section.fields);
        let sheet = fields.fold(sheet_of_places(page), |mut sheet, field| {
            sheet.row(row(page, field, &field.at));
            sheet
        });
        page.table(sheet);
    }
    common.told(page);
    if !form.value_types.is_empty() {
        page.heading(2, &page.word("form-value-types"));
        page.paragraph(&page.word("form-value-types-why"));
        for value_type in form.value_types.iter().take(SECTIONS_MAX) {
            let label = page.told(&value_type.label);
            let mut sheet = sheet(page, if label.is_empty() { &value_type.at } else { label });
            for field in &value_type.fields {
                sheet.row(row(page, field, field.at.trim_start_matches('/')));
            }
            page.table(sheet);
        }
    }
}

fn section(page: &mut Page, section: &FormSection, common: &Common<'_>) {
    let label = match page.told(&section.label) {
        "" if section.at.is_empty() => page.word("form-alone"),
        "" => section.at.trim_start_matches('/').to_owned(),
        label => label.to_owned(),
    };
    page.heading(2, &label);
    let marks = [
        (section.is_list, "form-one-row-each"),
        (section.required, "form-section-required"),
        (section.personal, "form-personal"),
    ];
    let marks = marks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, key)| page.word(key));
    let own: Vec<&FormField> = section.fields.iter().filter(|field| !common.has(section, field)).collect();
    let others = section.fields.len() - own.len();
    let shared =
        if others > 0 { page.say("form-and-common", &[("count", &others.to_string())]) } else { String::new() };
    let help = page.told(&section.help).to_owned();
    let told = page.sentences(std::iter::once(help).chain(marks).chain([shared]));
    page.paragraph(&told);
    if own.is_empty() {
        return;
    }
    let mut sheet = sheet(page, "");
    for field in own {
        sheet.row(row(page, field, &name_in(section, field)));
    }
    page.table(sheet);
}

fn sheet(page: &Page, caption: &str) -> Sheet {
    columns(page, Sheet::new(caption), "form-name")
}

fn sheet_of_places(page: &Page) -> Sheet {
    columns(page, Sheet::new(""), "form-place")
}

fn columns(page: &Page, sheet: Sheet, name: &str) -> Sheet {
    sheet
        .words(&page.word("form-field"))
        .words(&page.word("form-fill-in"))
        .words(&page.word("form-required"))
        .words(&page.word("form-help"))
        .words(&page.word(name))
}

fn row(page: &Page, field: &FormField, name: &str) -> [Cell; 5] {
    let personal = if field.personal { page.word("form-personal") } else { String::new() };
    let help = page.sentences([personal, page.told(&field.help).to_owned()]);
    [page.field_name(field), page.fill_in(field), page.yes(field.required), help, name.to_owned()].map(Cell::from)
}

/// The name of a field in its section, without the section's own place and without the items of lists.
fn name_in(section: &FormSection, field: &FormField) -> String {
    let inside = field.at.strip_prefix(section.at.as_str()).unwrap_or(&field.at);
    let inside = if section.is_list { inside.strip_prefix("/*").unwrap_or(inside) } else { inside };
    inside.trim_start_matches('/').to_owned()
}

/// Fields that stand in many sections in the same way.
struct Common<'f> {
    /// What is told of them.
    known: BTreeSet<String>,
    /// They and their names, in the order in which they are first met.
    fields: Vec<(String, &'f FormField)>,
}

impl<'f> Common<'f> {
    fn of(sections: &'f [FormSection]) -> Self {
        let mut met: BTreeMap<String, (usize, usize, String, &FormField)> = BTreeMap::new();
        let all = sections.iter().flat_map(|section| section.fields.iter().map(move |field| (section, field)));
        for (order, (section, field)) in all.enumerate() {
            let name = name_in(section, field);
            let (times, ..) = met.entry(told_of(&name, field)).or_insert((0, order, name, field));
            *times += 1;
        }
        met.retain(|_, (times, ..)| *times >= COMMON_SECTIONS_MIN);
        let known = met.keys().cloned().collect();
        let mut fields: Vec<_> = met.into_values().map(|(_, order, name, field)| (order, name, field)).collect();
        fields.sort_by_key(|(order, ..)| *order);
        Self { known, fields: fields.into_iter().map(|(_, name, field)| (name, field)).collect() }
    }

    fn has(&self, section: &FormSection, field: &FormField) -> bool {
        self.known.contains(&told_of(&name_in(section, field), field))
    }

    fn told(&self, page: &mut Page) {
        if self.fields.is_empty() {
            return;
        }
        page.heading(2, &page.word("form-common"));
        page.paragraph(&page.word("form-common-why"));
        let mut sheet = sheet(page, "");
        for (name, field) in &self.fields {
            sheet.row(row(page, field, name));
        }
        page.table(sheet);
    }
}

/// Everything that is told of a field but its place.
fn told_of(name: &str, field: &FormField) -> String {
    let FormField { at: _, label, help, unit, types, items, required, personal, value_type, rules } = field;
    format!("{name}\n{label:?}{help:?}{unit:?}{types:?}{items:?}{required}{personal}{value_type:?}{rules:?}")
}

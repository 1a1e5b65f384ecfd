//! What changed in what is asked for, field by field.

use domain::form_outline::FormField;
use domain::release_comparison::{AddedField, ChangedField, FieldAspect, FormComparison};

use crate::page::{Cell, Page, Sheet};

pub(super) fn form(page: &mut Page, changes: &FormComparison) {
    if changes.fields.is_empty() && !changes.differs_otherwise {
        return;
    }
    page.heading(1, &page.word("comparison-area-form"));
    if changes.is_cut {
        page.strong_paragraph(&page.word("form-cut"));
    }
    if changes.differs_otherwise {
        page.paragraph(&page.word("comparison-form-otherwise"));
    }
    changed(page, &changes.fields.changed);
    alone(page, &changes.fields.added, "comparison-fields-added");
    alone(page, &changes.fields.removed, "comparison-fields-removed");
}

fn changed(page: &mut Page, changed: &[ChangedField]) {
    if changed.is_empty() {
        return;
    }
    page.heading(2, &page.word("comparison-fields-changed"));
    let mut sheet = Sheet::new("")
        .words(&page.word("form-field"))
        .words(&page.word("comparison-what"))
        .words(&page.word("comparison-before"))
        .words(&page.word("comparison-after"))
        .words(&page.word("form-place"));
    for change in changed {
        let place = match change.places {
            1 => change.after.at.clone(),
            places => {
                let rest = (places - 1).to_string();
                page.say("comparison-places-of-field", &[("place", &change.after.at), ("rest", &rest)])
            }
        };
        for aspect in told_once(change) {
            let (before, after) = (told(page, aspect, &change.before), told(page, aspect, &change.after));
            let cells = [page.field_name(&change.after), aspect_name(page, aspect), before, after, place.clone()];
            sheet.row(cells.map(Cell::from));
        }
    }
    page.table(sheet);
}

/// Types, unit and rules are told together, as whoever fills the field in reads them.
fn told_once(change: &ChangedField) -> Vec<FieldAspect> {
    let has_types = change.aspects.contains(&FieldAspect::Types);
    let has_unit = change.aspects.contains(&FieldAspect::Unit);
    let is_told_already = |aspect: &FieldAspect| match aspect {
        FieldAspect::Types => has_unit,
        FieldAspect::Rules => has_unit || has_types,
        _ => false,
    };
    change.aspects.iter().copied().filter(|aspect| !is_told_already(aspect)).collect()
}

fn aspect_name(page: &Page, aspect: FieldAspect) -> String {
    page.word(match aspect {
        FieldAspect::Label => "comparison-name",
        FieldAspect::Help => "form-help",
        FieldAspect::Unit | FieldAspect::Types | FieldAspect::Rules => "form-fill-in",
        FieldAspect::Required => "form-required",
        FieldAspect::Personal => "form-personal-data",
    })
}

fn told(page: &Page, aspect: FieldAspect, field: &FormField) -> String {
    let yes_or_no = |is_so: bool| page.word(if is_so { "page-yes" } else { "page-no" });
    match aspect {
        FieldAspect::Label => page.field_name(field),
        FieldAspect::Help => page.told(&field.help).to_owned(),
        FieldAspect::Unit | FieldAspect::Types => page.fill_in(field),
        FieldAspect::Rules => page.fill_in_exactly(field),
        FieldAspect::Required => yes_or_no(field.required),
        FieldAspect::Personal => yes_or_no(field.personal),
    }
}

fn alone(page: &mut Page, fields: &[AddedField], heading: &str) {
    if fields.is_empty() {
        return;
    }
    page.heading(2, &page.word(heading));
    let mut sheet = Sheet::new("")
        .words(&page.word("form-field"))
        .words(&page.word("form-fill-in"))
        .words(&page.word("form-required"))
        .words(&page.word("form-help"))
        .words(&page.word("form-place"));
    for added in fields {
        let field = &added.field;
        let name = match added.fields_below {
            0 => page.field_name(field),
            below => page.say(
                "comparison-field-with-others",
                &[("field", &page.field_name(field)), ("count", &below.to_string())],
            ),
        };
        let personal = if field.personal { page.word("form-personal") } else { String::new() };
        let help = page.sentences([personal.as_str(), page.told(&field.help)]);
        sheet.row([name, page.fill_in(field), page.yes(field.required), help, field.at.clone()].map(Cell::from));
    }
    page.table(sheet);
}

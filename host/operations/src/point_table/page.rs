//! The page of a release, from what it says of itself.

use domain::document::Document;
use domain::point_table::PointTable;
use domain::reading::ReaderDescription;
use domain::report::ReportDescription;
use domain::text::{Language, Text};
use jiff::civil::Date;

use super::{PointTableView, criteria, form, rules};
use crate::page::{Cell, Page, Sheet};

/// The page of a release that was admitted on a day.
pub(super) fn document(view: &PointTableView, admitted_on: Date, language: Language) -> Document {
    let mut page = Page::new(language);
    let parts = [
        view.rubric.as_ref().map(|rubric| ("point-table-of-rubric", &rubric.title, &rubric.version)),
        view.report.as_ref().map(|report| ("point-table-of-report", &report.title, &report.version)),
        view.reader.as_ref().map(|reader| ("point-table-of-reader", &reader.title, &reader.version)),
    ];
    let mut parts = parts.into_iter().flatten();
    let nameless = Text::default();
    let (key, title, version) = parts.next().unwrap_or(("point-table-of-rubric", &nameless, &view.contract));
    let title = page.told(title).to_owned();
    page.title(&title);
    let subtitle = page.say(key, &[("version", version)]);
    page.subtitle(&subtitle);
    facts(&mut page, view, admitted_on);
    if let Some(rubric) = &view.rubric {
        of_rubric(&mut page, rubric);
    }
    if let Some(report) = &view.report {
        let heading = page.say("point-table-part-report", &[("title", page.told(&report.title))]);
        of_report(&mut page, report, view.rubric.as_ref().map(|_| heading.as_str()));
    }
    if let Some(reader) = &view.reader {
        let has_others = view.rubric.is_some() || view.report.is_some();
        let heading = page.say("point-table-part-reader", &[("title", page.told(&reader.title))]);
        of_reader(&mut page, reader, has_others.then_some(heading.as_str()));
    }
    let named = page.say("point-table-file", &[("title", &title), ("version", version)]);
    page.finished(&named)
}

/// The few numbers that everybody looks for first, and where the release comes from.
fn facts(page: &mut Page, view: &PointTableView, admitted_on: Date) {
    let mut sheet = Sheet::new("").words(&page.word("page-item")).words(&page.word("page-content"));
    let mut fact = |key: &str, value: String| sheet.row([Cell::from(page.word(key)), Cell::from(value)]);
    if let Some(rubric) = &view.rubric {
        fact("point-table-full-marks", page.say("page-points", &[("points", &rubric.full_marks.to_string())]));
        let unit = page.say("page-points", &[("points", &rubric.smallest_unit.to_string())]);
        fact("point-table-smallest-unit", page.stated([unit, page.rounding(rubric.rounding)]));
        let earlier = match rubric.earlier_periods {
            0 => page.word("page-none"),
            periods => page.say("point-table-periods", &[("periods", &periods.to_string())]),
        };
        fact("point-table-earlier-periods", earlier);
    }
    fact("point-table-kinds", page.listed(view.kinds.iter().map(|kind| page.plugin_kind(*kind))));
    let identities = [
        view.rubric.as_ref().map(|rubric| (&rubric.id, &rubric.version)),
        view.report.as_ref().map(|report| (&report.id, &report.version)),
        view.reader.as_ref().map(|reader| (&reader.id, &reader.version)),
    ];
    let named = identities.into_iter().flatten().map(|(id, version)| format!("{id} {version}"));
    fact("point-table-identity", page.listed(named));
    fact("point-table-contract", view.contract.clone());
    let admitted = [("day", &*admitted_on.to_string()), ("by", &*view.admitted_by)];
    fact("point-table-admitted", page.say("point-table-admitted-by", &admitted));
    page.table(sheet);
}

fn of_rubric(page: &mut Page, rubric: &PointTable) {
    page.heading(1, &page.word("point-table-summary"));
    let summary = page.told(&rubric.summary).to_owned();
    page.paragraph(&summary);
    if !rubric.basis.is_empty() {
        page.heading(1, &page.word("point-table-basis"));
        let basis = rubric.basis.iter().map(|basis| page.basis(basis)).collect();
        page.items(basis);
    }
    criteria::criteria(page, rubric);
    criteria::discretion(page, rubric);
    rules::caps(page, rubric);
    rules::vetoes(page, rubric);
    rules::grades(page, rubric);
    rules::measures(page, rubric);
    rules::checks(page, rubric);
    form::form(page, &rubric.form);
}

fn of_report(page: &mut Page, report: &ReportDescription, heading: Option<&str>) {
    page.heading(1, heading.unwrap_or(&page.word("point-table-summary")));
    let summary = page.told(&report.summary).to_owned();
    page.paragraph(&summary);
    page.heading(1, &page.word("point-table-composes"));
    let composes = report.composes.iter().map(|kind| page.document_kind(*kind)).collect();
    page.items(composes);
    page.heading(1, &page.word("point-table-fields"));
    if report.fields.is_empty() {
        page.paragraph(&page.word("point-table-no-fields"));
        return;
    }
    page.paragraph(&page.word("point-table-fields-why"));
    let mut sheet = Sheet::new("")
        .words(&page.word("form-field"))
        .words(&page.word("form-place"))
        .words(&page.word("point-table-taking"))
        .words(&page.word("page-unit"));
    for field in &report.fields {
        let label = page.told(&field.label);
        sheet.row([label, &field.at, &page.taking(field.taking), &field.unit].map(Cell::from));
    }
    page.table(sheet);
}

fn of_reader(page: &mut Page, reader: &ReaderDescription, heading: Option<&str>) {
    page.heading(1, heading.unwrap_or(&page.word("point-table-summary")));
    let summary = page.told(&reader.summary).to_owned();
    page.paragraph(&summary);
    page.note(&page.word("point-table-reader-note"));
}

//! The page of a comparison: a sentence that counts, a table that says where, then each area with what was and what is.

use domain::document::Document;
use domain::release::Release;
use domain::release_comparison::{
    Area, Changed, IdentityComparison, ReleaseComparison, ReportComparison, RubricComparison,
};
use domain::report::WantedField;
use domain::rubric::Description;
use domain::text::{Language, Text};
use jiff::civil::Date;

use super::{ComparedRelease, ReleaseComparisonView, criteria, form, rules};
use crate::page::{Cell, Page, Sheet};

/// How much changed, in a sentence.
pub(super) fn headline(page: &Page, comparison: &ReleaseComparison, is_same: bool) -> String {
    if comparison.empty {
        return page.word(if is_same { "comparison-same" } else { "comparison-empty" });
    }
    let (added, removed, changed) = comparison.totals();
    let areas = comparison.areas.iter().map(|area| {
        let counts = [
            ("comparison-count-added", area.added),
            ("comparison-count-removed", area.removed),
            ("comparison-count-changed", area.changed),
        ];
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        let counts = page.listed(counts.map(|(key, count)| page.say(key, &[("count", &count.to_string())])));
        page.say("comparison-area-counts", &[("area", &area_name(page, area.area)), ("counts", &counts)])
    });
    let areas = page.stated(areas);
    page.say("comparison-headline", &[("total", &(added + removed + changed).to_string()), ("areas", &areas)])
}

fn area_name(page: &Page, area: Area) -> String {
    page.word(match area {
        Area::Kinds => "comparison-area-kinds",
        Area::Identity => "comparison-area-identity",
        Area::Basis => "comparison-area-basis",
        Area::Scale => "comparison-area-scale",
        Area::Criteria => "comparison-area-criteria",
        Area::Caps => "comparison-area-caps",
        Area::Vetoes => "comparison-area-vetoes",
        Area::Grades => "comparison-area-grades",
        Area::Measures => "comparison-area-measures",
        Area::Checks => "comparison-area-checks",
        Area::Form => "comparison-area-form",
        Area::Documents => "comparison-area-documents",
        Area::Fields => "comparison-area-fields",
    })
}

/// The page of two releases that were admitted on two days.
pub(super) fn document(
    view: &ReleaseComparisonView,
    before: &Release,
    after: &Release,
    admitted_on: (Date, Date),
    language: Language,
) -> Document {
    let mut page = Page::new(language);
    let heading = page.word("comparison-title");
    page.title(&heading);
    let names = [("before", &*name_of(&page, &view.before)), ("after", &*name_of(&page, &view.after))];
    let subtitle = page.say("comparison-subtitle", &names);
    page.subtitle(&subtitle);
    page.strong_paragraph(page.told(&view.headline).to_owned().as_str());
    if is_another_plugin(&view.comparison) {
        page.paragraph(&page.word("comparison-other-plugin"));
    }
    sides(&mut page, view, admitted_on);
    areas(&mut page, &view.comparison);
    if let (Some(changes), Some(was), Some(is)) =
        (&view.comparison.rubric, &before.descriptions.rubric, &after.descriptions.rubric)
    {
        of_rubrics(&mut page, changes, was, is);
    }
    if let Some(changes) = &view.comparison.report {
        of_reports(&mut page, changes);
    }
    if let Some(changes) = &view.comparison.reader {
        identity(&mut page, "comparison-area-identity", &changes.identity, Vec::new());
    }
    page.finished(&format!("{heading} {subtitle}"))
}

/// What a release is called by the first kind that it is.
fn name_of(page: &Page, release: &ComparedRelease) -> String {
    let Some(plugin) = release.plugins.first() else { return release.release.short() };
    format!("{} {}", page.told(&plugin.title), plugin.version)
}

fn is_another_plugin(comparison: &ReleaseComparison) -> bool {
    let identities = [
        comparison.rubric.as_ref().map(|rubric| &rubric.identity),
        comparison.report.as_ref().map(|report| &report.identity),
        comparison.reader.as_ref().map(|reader| &reader.identity),
    ];
    identities.into_iter().flatten().any(|identity| identity.id.is_some())
}

/// Which two releases these are.
fn sides(page: &mut Page, view: &ReleaseComparisonView, admitted_on: (Date, Date)) {
    let mut sheet = before_and_after(page, "page-item");
    let mut side = |key: &str, before: String, after: String| {
        sheet.row([page.word(key), before, after].map(Cell::from));
    };
    let (before, after) = (&view.before, &view.after);
    let kinds = |release: &ComparedRelease| page.listed(release.plugins.iter().map(|one| page.plugin_kind(one.kind)));
    side("point-table-kinds", kinds(before), kinds(after));
    let named = |release: &ComparedRelease| {
        page.listed(release.plugins.iter().map(|plugin| format!("{} {}", plugin.id, plugin.version)))
    };
    side("point-table-identity", named(before), named(after));
    side("comparison-component", before.release.short(), after.release.short());
    side("point-table-contract", before.contract.clone(), after.contract.clone());
    let admitted = |release: &ComparedRelease, day: Date| {
        page.say("point-table-admitted-by", &[("day", &day.to_string()), ("by", &release.admitted_by)])
    };
    side("point-table-admitted", admitted(before, admitted_on.0), admitted(after, admitted_on.1));
    page.table(sheet);
}

fn areas(page: &mut Page, comparison: &ReleaseComparison) {
    if comparison.empty {
        return;
    }
    page.heading(1, &page.word("comparison-where"));
    let mut sheet = Sheet::new("")
        .words(&page.word("comparison-area"))
        .points(&page.word("comparison-added"))
        .points(&page.word("comparison-removed"))
        .points(&page.word("comparison-changed"));
    for area in &comparison.areas {
        let counts = [area.added, area.removed, area.changed].map(Cell::count);
        sheet.row(std::iter::once(area_name(page, area.area).into()).chain(counts));
    }
    let (added, removed, changed) = comparison.totals();
    let totals = [added, removed, changed].map(Cell::count);
    sheet.strong_row(std::iter::once(page.word("comparison-total").into()).chain(totals));
    page.table(sheet);
}

fn of_rubrics(page: &mut Page, changes: &RubricComparison, was: &Description, is: &Description) {
    let mut scale = Vec::new();
    let mut note = |key: &str, told: Option<(String, String)>| {
        scale.extend(told.map(|(before, after)| [page.word(key), before, after]));
    };
    let points = |change: &Changed<domain::points::Points>| (change.before.to_string(), change.after.to_string());
    note("point-table-full-marks", changes.full_marks.as_ref().map(points));
    note("point-table-smallest-unit", changes.smallest_unit.as_ref().map(points));
    let rounding = changes.rounding.as_ref();
    note("comparison-rounding", rounding.map(|change| (page.rounding(change.before), page.rounding(change.after))));
    let periods = changes.earlier_periods.as_ref();
    note("point-table-earlier-periods", periods.map(|change| (change.before.to_string(), change.after.to_string())));
    identity(page, "comparison-area-scale", &changes.identity, scale);
    rules::basis(page, changes);
    criteria::criteria(page, changes, was, is);
    rules::caps(page, changes, was, is);
    rules::vetoes(page, changes, was, is);
    rules::grades(page, changes, was, is);
    rules::measures(page, changes);
    rules::checks(page, changes);
    form::form(page, &changes.form);
}

/// What a plugin calls itself, and with it whatever else is one thing before and one thing after.
fn identity(page: &mut Page, heading: &str, changes: &IdentityComparison, others: Vec<[String; 3]>) {
    let texts = |change: &Changed<Text>| (page.told(&change.before).to_owned(), page.told(&change.after).to_owned());
    let plain = |change: &Changed<String>| (change.before.clone(), change.after.clone());
    let own = [
        ("comparison-name", changes.title.as_ref().map(texts)),
        ("comparison-identifier", changes.id.as_ref().map(plain)),
        ("comparison-version", changes.version.as_ref().map(plain)),
        ("point-table-summary", changes.summary.as_ref().map(texts)),
    ];
    let own = own.into_iter().filter_map(|(key, told)| told.map(|(before, after)| [page.word(key), before, after]));
    let rows: Vec<[String; 3]> = others.into_iter().chain(own).collect();
    if rows.is_empty() {
        return;
    }
    page.heading(1, &page.word(heading));
    let mut sheet = before_and_after(page, "page-item");
    for row in rows {
        sheet.row(row.map(Cell::from));
    }
    page.table(sheet);
}

fn of_reports(page: &mut Page, changes: &ReportComparison) {
    identity(page, "comparison-area-identity", &changes.identity, Vec::new());
    let field = |page: &Page, field: &WantedField| {
        let counted = match field.unit.as_str() {
            "" => page.taking(field.taking),
            unit => page.say("header-with-unit", &[("header", &page.taking(field.taking)), ("unit", unit)]),
        };
        page.stated([page.told(&field.label), &field.at, &counted])
    };
    let composes = rules::rows_of(page, &changes.composes, |kind| (page.document_kind(*kind), String::new()));
    rules::table(page, "comparison-area-documents", composes);
    let fields =
        rules::rows_of(page, &changes.fields, |wanted| (page.told(&wanted.label).to_owned(), field(page, wanted)));
    rules::table(page, "comparison-area-fields", fields);
}

/// A table of one thing a row, with what was and what is.
pub(super) fn before_and_after(page: &Page, what: &str) -> Sheet {
    Sheet::new("").words(&page.word(what)).words(&page.word("comparison-before")).words(&page.word("comparison-after"))
}

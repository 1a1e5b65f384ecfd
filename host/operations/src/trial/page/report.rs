//! What a trial of a report found: the documents that both composed, block by block.

use domain::trial::blocks::{BlockKind, ChangedBlock};
use domain::trial::report::{ReportTrial, TriedReport};

use super::super::TrialView;
use super::cost;
use crate::page::{Cell, Page, Sheet};

pub(super) fn report(page: &mut Page, view: &TrialView, found: &ReportTrial) {
    let told = headline(page, view, found);
    page.strong_paragraph(&told);
    sides(page, found);
    changes(page, found);
    cost::cost(page, &found.before.cost, &found.after.cost);
}

fn headline(page: &Page, view: &TrialView, found: &ReportTrial) -> String {
    let failed = |side: &TriedReport, key: &str| {
        let failure = side.failure.as_ref()?;
        Some(page.say(key, &[("why", page.told(&failure.message))]))
    };
    let failures = [failed(&found.after, "trial-report-fails"), failed(&found.before, "trial-report-failed-before")];
    let failures: Vec<String> = failures.into_iter().flatten().collect();
    if !failures.is_empty() {
        return page.sentences(failures);
    }
    if found.before.document == found.after.document {
        return page.word("trial-report-same");
    }
    let members = view.trial.members.to_string();
    page.say("trial-report-headline", &[("members", &members), ("changed", &view.trial.changed.to_string())])
}

fn sides(page: &mut Page, found: &ReportTrial) {
    let mut sheet = Sheet::new("")
        .words(&page.word("page-item"))
        .words(&page.word("trial-before"))
        .words(&page.word("trial-after"));
    let mut row = |key: &str, told: &dyn Fn(&TriedReport) -> String| {
        sheet.row([page.word(key), told(&found.before), told(&found.after)].map(Cell::from));
    };
    row("comparison-name", &|side| page.told(&side.title).to_owned());
    row("comparison-version", &|side| side.version.clone());
    row("trial-document", &|side| side.document_title.clone());
    row("trial-blocks", &|side| side.blocks.to_string());
    page.table(sheet);
}

fn changes(page: &mut Page, found: &ReportTrial) {
    if found.changes.is_empty() {
        return;
    }
    page.heading(1, &page.word("comparison-where"));
    let note = match found.more_changes {
        0 => String::new(),
        more => page.say("trial-more-blocks", &[("count", &more.to_string())]),
    };
    let mut sheet = Sheet::new("")
        .words(&page.word("trial-block"))
        .words(&page.word("comparison-what"))
        .words(&page.word("comparison-before"))
        .words(&page.word("comparison-after"))
        .noted(&note);
    for change in &found.changes {
        let excerpt = |at: &Option<domain::trial::blocks::BlockAt>| {
            at.as_ref().map(|block| block.excerpt.clone()).unwrap_or_default()
        };
        let cells = [block(page, change), what(page, change), excerpt(&change.before), excerpt(&change.after)];
        sheet.row(cells.map(Cell::from));
    }
    page.table(sheet);
}

/// Where the block stands, counted from 1, and what it is.
fn block(page: &Page, change: &ChangedBlock) -> String {
    let kind = page.word(match change.kind {
        BlockKind::Letterhead => "block-letterhead",
        BlockKind::Title => "block-title",
        BlockKind::Subtitle => "block-subtitle",
        BlockKind::Addressee => "block-addressee",
        BlockKind::Heading => "block-heading",
        BlockKind::Paragraph => "block-paragraph",
        BlockKind::Items => "block-items",
        BlockKind::Table => "block-table",
        BlockKind::Chart => "block-chart",
        BlockKind::Image => "block-image",
        BlockKind::Annex => "block-annex",
        BlockKind::Signature => "block-signature",
        BlockKind::Note => "block-note",
        BlockKind::PageBreak => "block-page-break",
    });
    let place = change.after.as_ref().or(change.before.as_ref()).map_or(0, |at| at.index.saturating_add(1));
    page.say("trial-block-at", &[("kind", &kind), ("place", &place.to_string())])
}

fn what(page: &Page, change: &ChangedBlock) -> String {
    let what = page.word(match (&change.before, &change.after) {
        (None, _) => "comparison-added",
        (_, None) => "comparison-removed",
        (Some(_), Some(_)) => "comparison-changed",
    });
    match change.cells {
        None => what,
        Some(cells) => {
            let cells = page.say("trial-cells", &[("count", &cells.to_string())]);
            page.say("page-with-remark", &[("words", &what), ("remark", &cells)])
        }
    }
}

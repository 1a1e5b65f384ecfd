//! The page of a trial: what a director decides by, in the order in which it is asked. How much changes, for whom, why, at what cost;
//! everybody stands in the annex.

mod cost;
mod members;
mod report;
mod rubric;

use domain::document::Document;
use domain::text::{Language, Text};
use domain::trial::Tried;
use jiff::civil::Date;

use super::TrialView;
use crate::page::{Cell, Page, Sheet};

/// The page of a trial on a round of that title, made on a day.
pub(super) fn document(view: &TrialView, round: &str, day: Date, language: Language) -> Document {
    let mut page = Page::new(language);
    let (before, after) = match &view.found {
        Tried::Rubric(found) => {
            ((&found.before.title, &found.before.version), (&found.after.title, &found.after.version))
        }
        Tried::Report(found) => {
            ((&found.before.title, &found.before.version), (&found.after.title, &found.after.version))
        }
    };
    let title = page.word("trial-title");
    page.title(&title);
    let named = |page: &Page, (title, version): (&Text, &String)| format!("{} {version}", page.told(title));
    let subtitle =
        page.say("comparison-subtitle", &[("before", &named(&page, before)), ("after", &named(&page, after))]);
    page.subtitle(&subtitle);
    match &view.found {
        Tried::Rubric(found) => rubric::rubric(&mut page, view, found),
        Tried::Report(found) => report::report(&mut page, view, found),
    }
    provenance(&mut page, view, round, day);
    if let Tried::Rubric(found) = &view.found {
        members::everybody(&mut page, found);
    }
    page.finished(&format!("{title} {subtitle}"))
}

/// Which trial this is: what an approval names.
fn provenance(page: &mut Page, view: &TrialView, round: &str, day: Date) {
    page.heading(1, &page.word("trial-which"));
    let trial = &view.trial;
    let mut sheet = Sheet::new("").words(&page.word("page-item")).words(&page.word("page-content"));
    let mut fact = |key: &str, value: String| sheet.row([Cell::from(page.word(key)), Cell::from(value)]);
    let work = page.say("page-work", &[("title", round)]);
    fact("trial-round", page.say("page-with-remark", &[("words", &work), ("remark", trial.round.as_str())]));
    fact("trial-asked", page.say("trial-asked-by", &[("day", &day.to_string()), ("by", &trial.asked_by)]));
    fact("trial-id", trial.id.to_string());
    fact("trial-baseline", trial.baseline.to_string());
    fact("trial-candidate", trial.candidate.to_string());
    page.table(sheet);
    page.note(&page.word("trial-touches-nothing"));
}

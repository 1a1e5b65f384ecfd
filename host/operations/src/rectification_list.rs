//! The federation's list of what has to be put right (整改台账), and of what is overdue: for programs, for spreadsheets, and to be printed.

use std::sync::Arc;

use std::collections::BTreeMap;

use documents::Format;
use domain::access::{Caller, Operation};
use domain::document::Document;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::rectification::{Cause, RectificationState};
use domain::text::{Language, Text};
use jiff::civil::Date;

use crate::error::OperationError;
use crate::office::Office;
use crate::page::{Cell, Page, Sheet};
use crate::rectification::RectificationView;
use crate::rendering::Rendered;
use crate::sheet_text::{MARK, guarded, line};

/// Which items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhichRectifications {
    /// Those from one round; none for all rounds.
    pub round: Option<RoundCode>,
    /// Only those about which something is still to be done.
    pub open: bool,
    /// Only those that are overdue.
    pub overdue: bool,
}

/// The columns of the table.
const COLUMNS: [&str; 12] = [
    "sheet-unit",
    "sheet-name",
    "rectification-round",
    "rectification-cause",
    "rectification-problem",
    "rectification-owner",
    "rectification-measure",
    "rectification-due",
    "rectification-state",
    "rectification-overdue",
    "rectification-completed",
    "rectification-late",
];

/// What stands in the list, with the names that people know.
struct Listed {
    items: Vec<RectificationView>,
    units: BTreeMap<UnitCode, String>,
    /// What the rounds' rubrics call their criteria.
    criteria: BTreeMap<(RoundCode, String), Text>,
    today: Date,
    only_overdue: bool,
}

impl Office {
    /// What members have to put right, in the order of due dates.
    pub async fn rectification_list(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        which: &WhichRectifications,
    ) -> Result<Vec<RectificationView>, OperationError> {
        let scope = self.scope(caller, Operation::ReadReviews, federation)?;
        if let Some(round) = &which.round {
            scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        }
        let today = self.day_of(self.now());
        let known = scope.rectifications(which.round.as_ref()).await?.into_iter();
        let wanted = known
            .map(|known| RectificationView::on(today, known))
            .filter(|item| (!which.open || item.state.is_open()) && (!which.overdue || item.overdue));
        let mut items: Vec<RectificationView> = wanted.collect();
        items.sort_by(|one, other| (one.due_on, &one.unit).cmp(&(other.due_on, &other.unit)));
        Ok(items)
    }

    /// The same as CSV for spreadsheets.
    pub async fn rectification_sheet(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        which: &WhichRectifications,
        language: Language,
    ) -> Result<Vec<u8>, OperationError> {
        let listed = self.listed(caller, federation, which).await?;
        let page = Page::new(language);
        let mut text = MARK.to_owned();
        line(&mut text, COLUMNS.iter().map(|key| page.word(key)));
        for item in &listed.items {
            line(&mut text, listed.row(&page, item).iter().map(|cell| guarded(cell)));
        }
        Ok(text.into_bytes())
    }

    /// The same as a page to be printed.
    pub async fn rectification_page(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        which: &WhichRectifications,
        language: Language,
        format: Format,
    ) -> Result<Rendered, OperationError> {
        let listed = self.listed(caller, federation, which).await?;
        let style = self.style(&self.scope(caller, Operation::ReadReviews, federation)?, String::new()).await?;
        // Thousands of lines take a while: beside the threads that serve requests.
        let written = tokio::task::spawn_blocking(move || document(&listed, language));
        let document = written.await.map_err(OperationError::host)?;
        self.rendered(Arc::new(document), format, style).await
    }

    async fn listed(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        which: &WhichRectifications,
    ) -> Result<Listed, OperationError> {
        let items = self.rectification_list(caller, federation, which).await?;
        let scope = self.scope(caller, Operation::ReadReviews, federation)?;
        let mut criteria = BTreeMap::new();
        for round in scope.rounds().await? {
            let release = self.known_release(&scope, round.rubric).await?;
            let described = release.descriptions.rubric.iter().flat_map(|rubric| &rubric.criteria);
            let labels = described.map(|of| ((round.code.clone(), of.id.clone()), of.label.clone()));
            criteria.extend(labels);
        }
        let units = scope.units().await?.into_iter().map(|unit| (unit.code, unit.name)).collect();
        let today = self.day_of(self.now());
        Ok(Listed { items, units, criteria, today, only_overdue: which.overdue })
    }
}

impl Listed {
    fn cause(&self, page: &Page, item: &RectificationView) -> String {
        match &item.cause {
            Cause::Deduction { criterion, lost } => {
                let label = self.criteria.get(&(item.round.clone(), criterion.clone())).map(|label| page.told(label));
                let label = label.filter(|label| !label.is_empty()).unwrap_or(criterion);
                page.say("rectification-deduction", &[("criterion", label), ("lost", &lost.to_string())])
            }
            Cause::Stated { .. } => page.word("rectification-stated"),
        }
    }

    fn row(&self, page: &Page, item: &RectificationView) -> [String; 12] {
        let yes = |is_so: bool| if is_so { page.yes(true) } else { String::new() };
        [
            item.unit.to_string(),
            self.units.get(&item.unit).cloned().unwrap_or_default(),
            item.round.to_string(),
            self.cause(page, item),
            item.problem.clone(),
            item.owner.clone(),
            item.measure.clone().unwrap_or_default(),
            item.due_on.to_string(),
            page.word(&format!("rectification-state-{}", item.state.code())),
            yes(item.overdue),
            item.completed_on.map(|day| day.to_string()).unwrap_or_default(),
            yes(item.late),
        ]
    }
}

fn document(listed: &Listed, language: Language) -> Document {
    let mut page = Page::new(language);
    let title = page.word(if listed.only_overdue { "rectification-title-overdue" } else { "rectification-title" });
    page.title(&title);
    let subtitle = page.say("rectification-as-of", &[("day", &listed.today.to_string())]);
    page.subtitle(&subtitle);
    let count =
        |is_so: &dyn Fn(&RectificationView) -> bool| listed.items.iter().filter(|item| is_so(item)).count().to_string();
    let sentence = page.say(
        "rectification-counts",
        &[
            ("items", &listed.items.len().to_string()),
            ("accepted", &count(&|item| item.state == RectificationState::Accepted)),
            ("completed", &count(&|item| item.state == RectificationState::Completed)),
            ("overdue", &count(&|item| item.overdue)),
        ],
    );
    page.paragraph(&sentence);
    // The codes of rounds and measures are for the spreadsheet: on paper a line has to stay readable.
    let kept = [1, 3, 4, 5, 7, 8, 9];
    let mut sheet = kept.iter().fold(Sheet::new(&title), |sheet, index| sheet.words(&page.word(COLUMNS[*index])));
    for item in &listed.items {
        let row = listed.row(&page, item);
        sheet.row(kept.map(|index| Cell::from(row[index].as_str())));
    }
    page.table(sheet);
    page.finished(&title)
}

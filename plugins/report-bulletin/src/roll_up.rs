//! The bulletin itself: what a busy reader wants first stands first.

use huizong_sdk::report::{Document, RollUp};

use crate::figures::day;
use crate::{charts, figures, lists};

/// Composes the bulletin.
pub(crate) fn bulletin(roll_up: &RollUp) -> Document {
    let round = &roll_up.round;
    let title = format!("{}简报", round.title);
    let mut document = Document::new(title.clone());
    document.title(title);
    document.subtitle(format!("{}　{}　仅供内部参阅", round.federation, day(roll_up.issued_on)));
    document.runs(figures::three_sentences(roll_up));
    document.items(figures::key_figures(roll_up));
    if !roll_up.members.is_empty() {
        document.chart(charts::grades(roll_up));
        document.chart(charts::elements(roll_up));
        if let Some(chart) = charts::losses(roll_up) {
            document.chart(chart);
        }
        document.table(lists::best(roll_up));
        if let Some(table) = lists::too_kind(roll_up) {
            document.table(table);
        }
    }
    document.note(figures::small_print(roll_up));
    document
}

//! From the contract's values to the house's: what a plugin answered, refused where no house value can hold it.
//!
//! Limits that hold for every text and every list are held here, once; what an answer means is verified behind it.

mod description;
mod document;
mod finding;
mod reading;
mod report;
mod scorecard;
mod settlement;
mod values;

use domain::limits::PLUGIN_TEXT_BYTES_MAX;
use domain::points::Points;

use crate::lie::{Lie, hold};

/// Items of one list.
const LIST_ITEMS_MAX: usize = 65_536;

/// Every item of a list, in its order.
pub(super) fn each<From, Into>(items: Vec<From>) -> Result<Vec<Into>, Lie>
where
    Into: TryFrom<From>,
    Lie: std::convert::From<Into::Error>,
{
    within_list_limit(&items)?;
    items.into_iter().map(|item| Into::try_from(item).map_err(Lie::from)).collect()
}

fn within_list_limit<T>(items: &[T]) -> Result<(), Lie> {
    hold(items.len() <= LIST_ITEMS_MAX, || format!("a list has {} items, more than {LIST_ITEMS_MAX}", items.len()))
}

fn text(text: String) -> Result<String, Lie> {
    hold(text.len() <= PLUGIN_TEXT_BYTES_MAX, || {
        format!("a text has {} bytes, more than {PLUGIN_TEXT_BYTES_MAX}", text.len())
    })?;
    Ok(text)
}

fn maybe_text(maybe: Option<String>) -> Result<Option<String>, Lie> {
    maybe.map(text).transpose()
}

fn texts(texts: Vec<String>) -> Result<Vec<String>, Lie> {
    within_list_limit(&texts)?;
    texts.into_iter().map(text).collect()
}

/// A list whose items are plain numbers, which need no look at each.
fn plain<T>(items: Vec<T>) -> Result<Vec<T>, Lie> {
    within_list_limit(&items)?;
    Ok(items)
}

fn points(thousandths: i64) -> Result<Points, Lie> {
    let points = Points::from_thousandths(thousandths);
    hold(points.is_sane(), || format!("{thousandths} thousandths of a point are more than 10^12 in size"))?;
    Ok(points)
}

fn points_column(thousandths: Vec<i64>) -> Result<Vec<Points>, Lie> {
    within_list_limit(&thousandths)?;
    thousandths.into_iter().map(points).collect()
}

impl From<std::convert::Infallible> for Lie {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

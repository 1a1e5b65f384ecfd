//! Tables of the plugin commands: their columns are named in the catalogue under `cli-column-…`.

use comfy_table::Table;
use serde_json::Value;

use crate::output::Output;
use crate::terminal;

/// An empty table with these columns; those from `first_number` on are numbers and stand to the right.
pub(super) fn table(output: &Output, columns: &[&str], first_number: usize) -> Table {
    let headers: Vec<String> =
        columns.iter().map(|column| output.words(&format!("cli-column-{column}"), &[])).collect();
    terminal::table(&headers, first_number)
}

/// The items of a list that a server gave; none where it is none.
pub(super) fn items(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

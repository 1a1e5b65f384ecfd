//! What reports and readers say of themselves.

use std::collections::BTreeSet;

use domain::reading::ReaderDescription;
use domain::report::{ReportDescription, Taking, WantedField};

use super::{pointer, words};
use crate::lie::{Lie, hold, shown};

/// Fields of the answers that one roll-up may take.
const FIELDS_MAX: usize = 500;

/// A report's description.
pub(crate) fn report_description(description: &ReportDescription) -> Result<(), Lie> {
    words::plugin_identifier(&description.id)?;
    words::version(&description.version)?;
    words::label("the title", &description.title)?;
    words::prose("the summary", &description.summary)?;
    hold(!description.composes.is_empty(), || "it composes nothing")?;
    let kinds: BTreeSet<_> = description.composes.iter().collect();
    hold(kinds.len() == description.composes.len(), || "a kind of document stands twice in what it composes")?;
    let fields = description.fields.len();
    hold(fields <= FIELDS_MAX, || format!("{fields} wanted fields, more than {FIELDS_MAX}"))?;
    description.fields.iter().try_for_each(|field| {
        wanted(field).map_err(|lie| lie.of(format_args!("the wanted field `{}`", shown(&field.at))))
    })
}

fn wanted(field: &WantedField) -> Result<(), Lie> {
    pointer::well_formed(&field.at)?;
    words::label("its name", &field.label)?;
    let meets_many = field.at.split('/').any(|part| part == "*");
    hold(field.taking != Taking::One || !meets_many, || "`one` takes the value itself, so that the pointer has no `*`")
}

/// A reader's description.
pub(crate) fn reader_description(description: &ReaderDescription) -> Result<(), Lie> {
    words::plugin_identifier(&description.id)?;
    words::version(&description.version)?;
    words::label("the title", &description.title)?;
    words::prose("the summary", &description.summary)
}

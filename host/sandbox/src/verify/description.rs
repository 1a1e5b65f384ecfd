//! What a rubric says of itself, validated as a whole when it is admitted.

mod checks;
mod criteria;
mod form;
mod overrides;

use std::collections::BTreeSet;

use domain::limits::{BASIS_MAX, EARLIER_PERIODS_MAX};
use domain::points::Points;
use domain::rubric::Description;
use domain::text::Text;

use super::words;
use crate::lie::{Lie, hold, shown};

/// A rubric's description.
pub(crate) fn description(description: &Description) -> Result<(), Lie> {
    words::plugin_identifier(&description.id)?;
    words::version(&description.version)?;
    words::label("the title", &description.title)?;
    words::prose("the summary", &description.summary)?;
    basis(description)?;
    scale(description)?;
    let reach = criteria::criteria(description)?;
    overrides::grades(description, &reach)?;
    overrides::caps(description, &reach)?;
    overrides::vetoes(description, &reach)?;
    checks::checks(description)?;
    checks::measures(description)?;
    let earlier = description.earlier_periods;
    hold(earlier <= EARLIER_PERIODS_MAX, || {
        format!("it wants {earlier} earlier periods, more than {EARLIER_PERIODS_MAX}")
    })?;
    form::form(&description.form)
}

/// What it follows has a title.
fn basis(description: &Description) -> Result<(), Lie> {
    let basis = &description.basis;
    hold(basis.len() <= BASIS_MAX, || format!("it follows {} laws and notices, more than {BASIS_MAX}", basis.len()))?;
    basis.iter().enumerate().try_for_each(|(number, law)| {
        let title = Text { zh: law.title.clone(), en: String::new() };
        let note = law.note.as_ref().map_or(Ok(()), |note| words::prose("its note", note));
        words::label("its title", &title).and(note).map_err(|lie| lie.of(format_args!("the basis number {number}")))
    })
}

fn scale(description: &Description) -> Result<(), Lie> {
    let (full, unit) = (description.full_marks, description.smallest_unit);
    hold(unit > Points::ZERO, || "the smallest unit is not positive")?;
    hold(full > Points::ZERO, || "full marks are not positive")?;
    whole(description, full, "full marks")
}

fn whole(description: &Description, points: Points, what: &str) -> Result<(), Lie> {
    let unit = description.smallest_unit;
    hold(points.is_multiple_of(unit), || format!("{what}: {points} is not a multiple of the smallest unit {unit}"))
}

/// Identifiers are well formed and none stands twice.
fn unique<'i>(what: &str, identifiers: impl IntoIterator<Item = &'i String>) -> Result<(), Lie> {
    let mut seen = BTreeSet::new();
    for identifier in identifiers {
        words::identifier(identifier).map_err(|lie| lie.of(what))?;
        hold(seen.insert(identifier), || format!("{what}: `{}` stands twice", shown(identifier)))?;
    }
    Ok(())
}

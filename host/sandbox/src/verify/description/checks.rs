//! Checks with their severities, and measures.

use std::collections::BTreeSet;

use domain::amount::Decimal;
use domain::limits::CHECKS_MAX;
use domain::rubric::Description;

use super::unique;
use crate::lie::{Lie, hold, shown};
use crate::verify::words;

/// Measures of one rubric.
const MEASURES_MAX: usize = 500;

pub(super) fn checks(description: &Description) -> Result<(), Lie> {
    let checks = &description.checks;
    hold(checks.len() <= CHECKS_MAX, || format!("{} checks, more than {CHECKS_MAX}", checks.len()))?;
    let mut codes = BTreeSet::new();
    checks.iter().try_for_each(|check| {
        words::code(&check.code)?;
        hold(codes.insert(&check.code), || "its code stands twice")
            .and_then(|()| words::label("its title", &check.title))
            .and_then(|()| words::prose("its help", &check.help))
            .and_then(|()| hold(!check.severities.is_empty(), || "it has no severity"))
            .and_then(|()| {
                let in_order = check.severities.is_sorted_by(|one, next| one.since < next.since);
                hold(in_order, || "its severities are not in ascending order of `since`")
            })
            .map_err(|lie| lie.of(format_args!("the check `{}`", shown(&check.code))))
    })
}

pub(super) fn measures(description: &Description) -> Result<(), Lie> {
    let measures = &description.measures;
    hold(measures.len() <= MEASURES_MAX, || format!("{} measures, more than {MEASURES_MAX}", measures.len()))?;
    unique("measures", measures.iter().map(|measure| &measure.id))?;
    measures.iter().try_for_each(|measure| {
        let is_known = measure.scale <= Decimal::SCALE_MAX;
        hold(is_known, || format!("it has {} places, more than 9", measure.scale))
            .and_then(|()| words::label("its name", &measure.label))
            .map_err(|lie| lie.of(format_args!("the measure `{}`", shown(&measure.id))))
    })
}

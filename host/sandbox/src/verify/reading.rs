//! Readings: each with a span of the text that it was read from.

use domain::limits::READINGS_MAX;
use domain::reading::Reading;

use super::pointer;
use crate::lie::{Lie, hold};

/// All readings of one text.
pub(crate) fn readings(text: &str, readings: &[Reading]) -> Result<(), Lie> {
    hold(readings.len() <= READINGS_MAX, || format!("{} readings, more than {READINGS_MAX}", readings.len()))?;
    let characters = text.chars().count();
    for (number, reading) in readings.iter().enumerate() {
        let of_this = |lie: Lie| lie.of(format_args!("reading {number}"));
        let is_inside = usize::try_from(reading.end).is_ok_and(|end| end <= characters);
        hold(reading.start < reading.end && is_inside, || {
            format!("its span {}..{} is empty or leaves the text of {characters}", reading.start, reading.end)
        })
        .and_then(|()| pointer::well_formed(&reading.at))
        .map_err(of_this)?;
    }
    hold(readings.is_sorted_by_key(|reading| reading.start), || "the readings are not in the order of their spans")
}

//! The distribution of differences: how many members gain or lose how much.

use serde::{Deserialize, Serialize};

use crate::cohort::median;
use crate::points::Points;

/// Bins on either side of no difference, at most.
const BINS_PER_SIDE_MAX: i64 = 8;

/// Members whose difference lies in a span: above `from` up to `to` where points are gained, from `from` to below `to` where they are
/// lost, and neither where both are 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// Where the span begins.
    pub from: Points,
    /// Where it ends.
    pub to: Points,
    /// How many members.
    pub members: u32,
}

/// How everybody's totals differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distribution {
    /// Members that gain points.
    pub rise: u32,
    /// Members that lose points.
    pub fall: u32,
    /// Members that neither gain nor lose.
    pub stay: u32,
    /// The mean, cut off at a thousandth.
    pub mean: Points,
    /// The middle.
    pub median: Points,
    /// The largest loss, or the smallest gain.
    pub least: Points,
    /// The largest gain, or the smallest loss.
    pub most: Points,
    /// The spans from the largest loss to the largest gain, all of one width but the one of no difference, and without a gap.
    pub bins: Vec<Bin>,
}

/// The distribution of some differences, in spans of a round width that is not below `smallest_unit`.
pub fn distribution(differences: &[Points], smallest_unit: Points) -> Distribution {
    let (Some(least), Some(most)) = (differences.iter().min().copied(), differences.iter().max().copied()) else {
        return Distribution::default();
    };
    let count = |is: fn(Points) -> bool| number(differences.iter().filter(|difference| is(**difference)).count());
    let sum: i128 = differences.iter().map(|difference| i128::from(difference.thousandths())).sum();
    let mean = sum / i128::try_from(differences.len()).unwrap_or(1);
    Distribution {
        rise: count(|difference| difference > Points::ZERO),
        fall: count(|difference| difference < Points::ZERO),
        stay: count(|difference| difference == Points::ZERO),
        mean: Points::from_thousandths(i64::try_from(mean).unwrap_or_default()),
        median: median(differences),
        least,
        most,
        bins: bins(differences, least, most, smallest_unit),
    }
}

fn bins(differences: &[Points], least: Points, most: Points, smallest_unit: Points) -> Vec<Bin> {
    let widest = least.thousandths().saturating_abs().max(most.thousandths().saturating_abs());
    let width = round_width(widest, smallest_unit.thousandths());
    // The number of a span: 0 for no difference, ±1 for the ones beside it.
    let place = |difference: Points| {
        let spans = difference.thousandths().unsigned_abs().div_ceil(width.unsigned_abs());
        difference.thousandths().signum() * i64::try_from(spans).unwrap_or(BINS_PER_SIDE_MAX)
    };
    let first = place(least).min(0);
    let last = place(most).max(0);
    let span = |number: i64| {
        let edge = |place: i64| Points::from_thousandths(place.saturating_mul(width));
        let (from, to) = match number.signum() {
            -1 => (edge(number), edge(number + 1)),
            0 => (Points::ZERO, Points::ZERO),
            _ => (edge(number - 1), edge(number)),
        };
        Bin { from, to, members: 0 }
    };
    let mut bins: Vec<Bin> = (first..=last).map(span).collect();
    for difference in differences {
        let index = usize::try_from(place(*difference) - first).unwrap_or_default();
        if let Some(bin) = bins.get_mut(index) {
            bin.members += 1;
        }
    }
    bins
}

/// The smallest of 1, 2, 5, 10, 20, 50 … thousandths that is not below the smallest unit and needs no more spans than there may be.
fn round_width(widest: i64, smallest_unit: i64) -> i64 {
    let mut decade = 1_i64;
    loop {
        for step in [1, 2, 5] {
            let width = decade.saturating_mul(step);
            if width >= smallest_unit && widest <= width.saturating_mul(BINS_PER_SIDE_MAX) {
                return width;
            }
        }
        let Some(next) = decade.checked_mul(10) else { return i64::MAX };
        decade = next;
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

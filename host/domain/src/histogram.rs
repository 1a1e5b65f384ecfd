//! Histograms: how often a figure fell between which bounds. The bounds are fixed, so that one takes the same room however much it counts.

use serde::Serialize;

/// Counts of figures between ascending bounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Histogram {
    /// The upper bound of each count but the last, itself included.
    at_most: &'static [u64],
    /// How often: one more than there are bounds, the last for what is above them all.
    counts: Vec<u64>,
    /// All figures together.
    sum: u64,
}

impl Histogram {
    /// An empty one with ascending bounds.
    pub fn with_bounds(at_most: &'static [u64]) -> Self {
        Self { at_most, counts: vec![0; at_most.len() + 1], sum: 0 }
    }

    /// Counts a figure.
    pub fn count(&mut self, figure: u64) {
        let place = self.at_most.partition_point(|bound| *bound < figure);
        self.counts[place] += 1;
        self.sum = self.sum.saturating_add(figure);
    }

    /// The upper bounds.
    pub fn at_most(&self) -> &'static [u64] {
        self.at_most
    }

    /// How often a figure was at most each bound, and how often there was any, in order.
    pub fn cumulative(&self) -> impl Iterator<Item = u64> {
        self.counts.iter().scan(0_u64, |so_far, count| {
            *so_far += count;
            Some(*so_far)
        })
    }

    /// How many figures were counted.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// All figures together.
    pub fn sum(&self) -> u64 {
        self.sum
    }
}

#[cfg(test)]
mod tests {
    use super::Histogram;

    #[test]
    fn a_figure_counts_at_the_first_bound_that_it_does_not_exceed() {
        let mut histogram = Histogram::with_bounds(&[10, 100]);
        for figure in [0, 10, 11, 100, 101, u64::MAX] {
            histogram.count(figure);
        }
        assert_eq!(histogram.cumulative().collect::<Vec<_>>(), [2, 4, 6]);
        assert_eq!((histogram.total(), histogram.sum()), (6, u64::MAX));
    }
}

//! What the runs of a trial cost: for people who decide, never part of a comparison of scores.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::evaluation::{Outcome, Run};

/// How often a release failed in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultCount {
    /// The fault's stable code.
    pub code: String,
    /// How often.
    pub times: u32,
}

/// What all runs of one release cost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// How many runs there were.
    pub evaluations: u32,
    /// Fuel of all of them.
    pub fuel_total: u64,
    /// Fuel of the run in the middle, of those that see one submission.
    pub fuel_median: u64,
    /// Time of the run in the middle, of the same.
    pub wall_p50_micros: u64,
    /// Time that one run in a hundred exceeds, of the same.
    pub wall_p99_micros: u64,
    /// Time of the runs that see everybody, together.
    pub cohort_wall_micros: u64,
    /// The most memory that any run held.
    pub peak_memory_bytes: u64,
    /// The runs that failed, by code.
    pub faults: Vec<FaultCount>,
}

/// Adds the cost of runs up.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    unit_fuel: Vec<u64>,
    unit_wall: Vec<u64>,
    cohort_runs: u32,
    cohort_fuel: u64,
    cohort_wall: u64,
    peak_memory_bytes: u64,
    faults: BTreeMap<String, u32>,
}

impl Meter {
    /// Adds a run that saw one submission.
    pub fn add_of_unit(&mut self, run: &Run) {
        self.unit_fuel.push(run.fuel);
        self.unit_wall.push(run.wall_micros);
        self.add(run);
    }

    /// Adds a run that saw everybody.
    pub fn add_of_cohort(&mut self, run: &Run) {
        self.cohort_runs = self.cohort_runs.saturating_add(1);
        self.cohort_fuel = self.cohort_fuel.saturating_add(run.fuel);
        self.cohort_wall = self.cohort_wall.saturating_add(run.wall_micros);
        self.add(run);
    }

    fn add(&mut self, run: &Run) {
        self.peak_memory_bytes = self.peak_memory_bytes.max(run.peak_memory_bytes);
        if let Outcome::Faulted(code) = &run.outcome {
            *self.faults.entry(code.clone()).or_default() += 1;
        }
    }

    /// What they cost together.
    pub fn cost(mut self) -> Cost {
        let runs = u32::try_from(self.unit_fuel.len()).unwrap_or(u32::MAX);
        let unit_fuel = self.unit_fuel.iter().fold(0_u64, |sum, fuel| sum.saturating_add(*fuel));
        Cost {
            evaluations: runs.saturating_add(self.cohort_runs),
            fuel_total: unit_fuel.saturating_add(self.cohort_fuel),
            fuel_median: percentile(&mut self.unit_fuel, 50),
            wall_p50_micros: percentile(&mut self.unit_wall, 50),
            wall_p99_micros: percentile(&mut self.unit_wall, 99),
            cohort_wall_micros: self.cohort_wall,
            peak_memory_bytes: self.peak_memory_bytes,
            faults: self.faults.into_iter().map(|(code, times)| FaultCount { code, times }).collect(),
        }
    }
}

/// The least number that so many in a hundred do not exceed (nearest rank); 0 of none.
fn percentile(numbers: &mut [u64], hundredths: usize) -> u64 {
    numbers.sort_unstable();
    let rank = (numbers.len() * hundredths).div_ceil(100);
    numbers.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let table = [(vec![], 50, 0), (vec![7], 99, 7), (vec![4, 1, 3, 2], 50, 2), ((1..=200).collect(), 99, 198)];
        for (mut numbers, hundredths, expected) in table {
            assert_eq!(percentile(&mut numbers, hundredths), expected);
        }
    }
}

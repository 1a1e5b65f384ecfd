//! How everybody's differences are spread.

use domain::points::Points;
use domain::trial::distribution::{Bin, distribution};
use proptest::prelude::*;

use crate::sides::points;

fn bin(from: i64, to: i64, members: u32) -> Bin {
    Bin { from: points(from), to: points(to), members }
}

#[test]
fn bins_are_of_one_round_width_and_leave_no_gap() {
    let differences = [-3_000, -2_500, 0, 0, 500, 1_000].map(points);
    let found = distribution(&differences, points(500));
    let expected = [
        bin(-3_000, -2_500, 1),
        bin(-2_500, -2_000, 1),
        bin(-2_000, -1_500, 0),
        bin(-1_500, -1_000, 0),
        bin(-1_000, -500, 0),
        bin(-500, 0, 0),
        bin(0, 0, 2),
        bin(0, 500, 1),
        bin(500, 1_000, 1),
    ];
    assert_eq!(found.bins, expected);
    assert_eq!((found.rise, found.fall, found.stay), (2, 2, 2));
    assert_eq!((found.mean, found.median), (points(-666), points(0)));
    assert_eq!((found.least, found.most), (points(-3_000), points(1_000)));
}

#[test]
fn of_nobody_there_is_no_distribution() {
    assert_eq!(distribution(&[], points(500)).bins, []);
}

proptest! {
    #[test]
    fn everybody_is_in_one_bin_that_holds_its_difference(all in prop::collection::vec(-2_000_i64..1_000, 1..60), unit in 1_i64..600) {
        let all: Vec<Points> = all.into_iter().map(|number| points(number * 100)).collect();
        let found = distribution(&all, points(unit));
        prop_assert!(found.bins.len() <= 17);
        prop_assert_eq!(found.bins.iter().map(|bin| bin.members as usize).sum::<usize>(), all.len());
        prop_assert!(found.bins.windows(2).all(|pair| pair[0].to == pair[1].from));
        for bin in &found.bins {
            let holds = |difference: &&Points| {
                let zero = Points::ZERO;
                if bin.from == bin.to { **difference == zero }
                else if bin.to <= zero { bin.from <= **difference && **difference < bin.to }
                else { bin.from < **difference && **difference <= bin.to }
            };
            prop_assert_eq!(all.iter().filter(holds).count(), bin.members as usize);
        }
    }
}

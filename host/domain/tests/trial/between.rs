//! Two trials beside each other.

use domain::points::Points;
use domain::trial::between::rubrics_between;
use domain::trial::difference::differences;

use crate::cohort::tried;
use crate::sides::points;

#[test]
fn two_candidates_on_one_baseline_differ_part_by_part() {
    let (first, second) = (tried(70_000), tried(66_000));
    let between = rubrics_between(&first, &second, true);
    let [only] = &between.members[..] else { panic!("{:?}", between.members) };
    assert_eq!((only.unit.as_str(), only.difference), ("s0", Some(points(-4_000))));
    let [part] = &only.parts[..] else { panic!("{:?}", only.parts) };
    assert_eq!((part.id.as_str(), part.difference), ("exits", points(-4_000)));
    let share = |share: &Option<domain::trial::difference::Share>| share.as_ref().map(|share| share.points);
    assert_eq!((share(&part.first), share(&part.second)), (Some(points(70_000)), Some(points(66_000))));
    assert_eq!((between.regraded, between.distribution.fall, between.distribution.stay), (0, 1, 2));
}

#[test]
fn with_other_baselines_the_totals_are_compared_and_the_parts_are_not() {
    let between = rubrics_between(&tried(70_000), &tried(66_000), false);
    assert_eq!(between.members.len(), 1);
    assert!(between.members[0].parts.is_empty());
}

#[test]
fn equal_trials_have_nothing_between_them() {
    let between = rubrics_between(&tried(70_000), &tried(70_000), true);
    assert_eq!((between.members.len(), between.distribution.stay), (0, 3));
}

proptest::proptest! {
    #[test]
    fn the_parts_between_two_candidates_add_up(
        baseline in crate::sides::drawn(), first in crate::sides::drawn(), second in crate::sides::drawn(),
    ) {
        for member in 0..crate::sides::MEMBERS {
            let (baseline, first, second) = (baseline.score(member), first.score(member), second.score(member));
            let parts = domain::trial::between::parts_between(&differences(&baseline, &first), &differences(&baseline, &second));
            let sum: Points = parts.iter().map(|part| part.difference).sum();
            proptest::prop_assert_eq!(sum, second.total() - first.total());
            for part in &parts {
                let share = |share: &Option<domain::trial::difference::Share>| share.as_ref().map_or(Points::ZERO, |share| share.points);
                proptest::prop_assert_eq!(share(&part.second) - share(&part.first), part.difference);
            }
        }
    }
}

//! The weights of the 2025-shaped rubric: minimums that the scheme fixes, and the ten points that the federation assigns anew.
//!
//! This table is all that changes when the free points move for another year: another row in [`ASSIGNMENTS`] and another column in the ranges.

use huizong_sdk::{Date, PointRange, Points, day};

/// The seven elements, in the order of the scheme.
#[derive(Clone, Copy)]
pub(crate) enum Element {
    /// 体制机制
    System,
    /// 适当性管理
    Suitability,
    /// 营销行为管理
    Marketing,
    /// 纠纷化解
    Disputes,
    /// 金融教育
    Education,
    /// 消费者服务
    Service,
    /// 个人信息保护
    Information,
}

/// The least that each element weighs; together 90.
const MINIMUMS: [i64; ELEMENTS] = [10, 10, 25, 25, 10, 5, 5];

/// From which day on the free points are given to which element; together 10 in every row.
const ASSIGNMENTS: [(Date, [i64; ELEMENTS]); 2] = [
    // Also for trials on submissions of the years before the scheme.
    (day(2022, 1, 1), [2, 2, 0, 3, 0, 2, 1]),
    (day(2025, 1, 1), [0, 3, 2, 0, 1, 2, 2]),
];

const ELEMENTS: usize = 7;
const MINIMUM_TOTAL: i64 = 90;
const FREE_TOTAL: i64 = 10;

const _: () = {
    assert!(sum(&MINIMUMS) == MINIMUM_TOTAL, "the minimums are those of the scheme");
    let mut row = 0;
    while row < ASSIGNMENTS.len() {
        assert!(sum(&ASSIGNMENTS[row].1) == FREE_TOTAL, "ten points are free in every year");
        row += 1;
    }
};

const fn sum(weights: &[i64; ELEMENTS]) -> i64 {
    let mut sum = 0;
    let mut at = 0;
    while at < ELEMENTS {
        sum += weights[at];
        at += 1;
    }
    sum
}

/// What an element may give: its minimum and its free points, from each day on.
pub(crate) const fn of_element(element: Element) -> [PointRange; 2] {
    with_free_points(element, MINIMUMS[element as usize])
}

/// What the criterion of an element may give that takes in the element's free points, from each day on.
pub(crate) const fn with_free_points(element: Element, own: i64) -> [PointRange; 2] {
    let [first, second] = ASSIGNMENTS;
    [range(first, element, own), range(second, element, own)]
}

/// What any other criterion may give.
pub(crate) const fn fixed(own: i64) -> [PointRange; 2] {
    let [first, second] = ASSIGNMENTS;
    let most = Points::whole(own);
    [PointRange::since(first.0, Points::ZERO, most), PointRange::since(second.0, Points::ZERO, most)]
}

const fn range(assignment: (Date, [i64; ELEMENTS]), element: Element, own: i64) -> PointRange {
    PointRange::since(assignment.0, Points::ZERO, Points::whole(own + assignment.1[element as usize]))
}

/// The day from which on any weights hold.
pub(crate) const FIRST_DAY: Date = ASSIGNMENTS[0].0;

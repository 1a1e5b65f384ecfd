//! Severities of a rubric's own: the shared checks, some of them weighing differently from a day on.

use huizong_sdk::Check;

/// The checks with one of them replaced by the check of the same code: `reweighed(checks, SIGN_OFF_MISSING.from_day(&[…]))`.
///
/// # Panics
/// When no check has that code: an error of compilation, because it is used in constants.
#[must_use]
pub const fn reweighed<const N: usize>(mut checks: [Check; N], changed: Check) -> [Check; N] {
    let mut at = 0;
    while at < N {
        if is_same(checks[at].code(), changed.code()) {
            checks[at] = changed;
            return checks;
        }
        at += 1;
    }
    panic!("no check has this code")
}

const fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

//! When a release that faults is taken out of use.

use domain::digest::Digest;
use domain::ids::FaultId;
use domain::quarantine::{NotPolicy, QuarantinePolicy};
use domain::release_fault::ReleaseFault;
use jiff::Timestamp;

const POLICY: QuarantinePolicy = QuarantinePolicy { faults_max: 2, window_seconds: 60 };

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a time")
}

fn fault(at: i64, input: &str) -> ReleaseFault {
    ReleaseFault {
        id: FaultId(uuid::Uuid::nil()),
        at: second(at),
        release: Digest::of(b"release"),
        function: "score".to_owned(),
        kind: "trapped".to_owned(),
        detail: String::new(),
        trace: vec![],
        input: Digest::of(input.as_bytes()),
        evaluation: None,
        unit: None,
    }
}

#[test]
fn one_input_more_than_is_allowed_and_the_release_is_out() {
    let faults = [fault(10, "a"), fault(11, "b"), fault(12, "c")];
    assert_eq!(POLICY.exceeded_by(&faults[..2], second(0)), None);
    assert_eq!(POLICY.exceeded_by(&faults, second(0)), Some(3));
    let never = QuarantinePolicy { faults_max: 0, ..POLICY };
    assert_eq!(never.exceeded_by(&faults[..1], second(0)), Some(1));
    assert_eq!(never.exceeded_by(&[], second(0)), None);
}

#[test]
fn the_same_input_again_and_again_counts_once() {
    let faults: Vec<ReleaseFault> = (0..100).map(|at| fault(at, if at % 2 == 0 { "a" } else { "b" })).collect();
    assert_eq!(POLICY.exceeded_by(&faults, second(0)), None);
}

#[test]
fn what_is_too_old_and_what_came_before_a_lifting_is_forgiven() {
    assert_eq!(POLICY.counted_since(second(100), None), second(40));
    assert_eq!(POLICY.counted_since(second(100), Some(second(70))), second(70));
    assert_eq!(POLICY.counted_since(second(100), Some(second(10))), second(40));
    let faults = [fault(39, "a"), fault(40, "b"), fault(41, "c"), fault(42, "d")];
    assert_eq!(POLICY.exceeded_by(&faults, second(40)), Some(3));
    assert_eq!(POLICY.exceeded_by(&faults, second(41)), None);
}

#[test]
fn a_policy_that_could_not_be_kept_is_refused() {
    assert_eq!(QuarantinePolicy::default().examine(), Ok(()));
    assert_eq!(QuarantinePolicy { window_seconds: 0, ..POLICY }.examine(), Err(NotPolicy::Window));
    assert_eq!(QuarantinePolicy { window_seconds: u32::MAX, ..POLICY }.examine(), Err(NotPolicy::Window));
    assert_eq!(QuarantinePolicy { faults_max: u32::MAX, ..POLICY }.examine(), Err(NotPolicy::FaultsMax));
}

//! Faults of releases are found by release and time, and counted.

use domain::digest::Digest;
use domain::release_fault::{FaultTally, ReleaseFault};
use store::StoreError;

use crate::memory::Memory;
use crate::samples::{self, fault, rubric, time};

pub(crate) async fn a_release_has_its_own_faults_the_newest_first(memory: &Memory) {
    let (north, other) = (memory.north(), Digest::of(b"another rubric"));
    let faults: Vec<_> = (0..10).map(|second| fault(rubric(), second)).collect();
    north.keep_faults(&faults, &[]).await.unwrap();
    north.keep_faults(&[fault(other, 5)], &[]).await.unwrap();

    let newest_first: Vec<_> = faults.iter().rev().cloned().collect();
    assert_eq!(north.faults_since(rubric(), time(-1), 100).await.unwrap(), newest_first);
    assert_eq!(north.faults_since(rubric(), time(7), 100).await.unwrap(), newest_first[..3], "the time itself counts");
    assert_eq!(north.faults_since(rubric(), time(-1), 2).await.unwrap(), newest_first[..2]);
    assert_eq!(north.faults_since(rubric(), time(10), 100).await.unwrap(), []);
    let of_all_times = north.faults_since(rubric(), jiff::Timestamp::MIN, 100).await.unwrap();
    assert_eq!(of_all_times, newest_first);
    assert_eq!(north.faults_since(other, time(-1), 100).await.unwrap().len(), 1);
}

pub(crate) async fn faults_are_counted_by_function_and_kind(memory: &Memory) {
    let north = memory.north();
    assert_eq!(north.fault_tallies(rubric()).await.unwrap(), []);
    let of = |function: &str, kind: &str, second| ReleaseFault {
        function: function.to_owned(),
        kind: kind.to_owned(),
        ..fault(rubric(), second)
    };
    let mut faults: Vec<_> = (0..700).map(|second| of("score", "out-of-fuel", second)).collect();
    faults.extend([of("check", "trapped", 3), of("score", "lied", 4)]);
    north.keep_faults(&faults, &[]).await.unwrap();

    let tally = |function: &str, kind: &str, faults, first, last| FaultTally {
        function: function.to_owned(),
        kind: kind.to_owned(),
        faults,
        first_at: time(first),
        last_at: time(last),
    };
    let expected = [
        tally("check", "trapped", 1, 3, 3),
        tally("score", "lied", 1, 4, 4),
        tally("score", "out-of-fuel", 700, 0, 699),
    ];
    assert_eq!(north.fault_tallies(rubric()).await.unwrap(), expected);
}

pub(crate) async fn a_fault_is_kept_with_the_record_of_its_run_or_not_at_all(memory: &Memory) {
    let north = memory.north();
    let run = samples::evaluation(rubric());
    let first = ReleaseFault { evaluation: Some(run.id), ..fault(rubric(), 1) };
    north.keep_faults(std::slice::from_ref(&first), std::slice::from_ref(&run)).await.unwrap();
    assert_eq!(north.evaluation(run.id).await.unwrap().as_ref(), Some(&run));

    // The record is there already, so the second fault is not kept either.
    let twice = north.keep_faults(&[fault(rubric(), 2)], &[run]).await;
    assert!(matches!(twice, Err(StoreError::AlreadyThere(_))), "{twice:?}");
    assert_eq!(north.faults_since(rubric(), time(0), 10).await.unwrap(), [first]);
}

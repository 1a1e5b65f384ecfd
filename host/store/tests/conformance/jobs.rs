//! Jobs: each has one worker at a time, and an end.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::digest::Digest;
use domain::job::JobState;
use domain::limits::{JOB_ATTEMPTS_MAX, JOBS_WAITING_MAX};
use futures::future::join_all;
use store::{JobsToDo, StoreError};

use crate::memory::Memory;
use crate::samples::{self, time};

const LEASE: Duration = Duration::from_secs(30);

pub(crate) async fn a_job_goes_to_one_worker(memory: &Memory) {
    let north = memory.north();
    let second_host = memory.second_host().await;
    assert_eq!(memory.store.claim_job("worker", time(0), LEASE).await.unwrap(), None);
    let mut asked = BTreeSet::new();
    for _ in 0..10 {
        let job = samples::job("north");
        asked.insert(job.id);
        north.ask_job(&job, samples::act("ask")).await.unwrap();
    }
    assert_eq!(memory.store.jobs_to_do().await.unwrap(), JobsToDo { waiting: 10, running: 0 });
    let workers = (0..20).map(|n| {
        let store = if n % 2 == 0 { memory.store.clone() } else { second_host.clone() };
        tokio::spawn(async move {
            let mut mine = Vec::new();
            while let Some(job) = store.claim_job(&format!("worker-{n}"), time(10), LEASE).await.unwrap() {
                mine.push(job);
            }
            mine
        })
    });
    let claimed: Vec<_> = join_all(workers).await.into_iter().flat_map(Result::unwrap).collect();
    // On PostgreSQL a worker may find every job just being taken and come back empty-handed; the next one finds the rest.
    let mut ids: Vec<_> = claimed.iter().map(|job| job.id).collect();
    while let Some(job) = memory.store.claim_job("worker", time(10), LEASE).await.unwrap() {
        ids.push(job.id);
    }
    assert_eq!(ids.len(), 10, "no job went to two workers");
    assert_eq!(memory.store.jobs_to_do().await.unwrap(), JobsToDo { waiting: 0, running: 10 });
    assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), asked);
    assert!(claimed.iter().all(|job| job.state == JobState::Running && job.attempt == 1 && job.moved_at == time(10)));
}

pub(crate) async fn a_worker_that_fell_silent_has_lost_its_job(memory: &Memory) {
    let (north, store) = (memory.north(), &memory.store);
    let asked = samples::job("north");
    north.ask_job(&asked, samples::act("ask")).await.unwrap();

    let first = store.claim_job("first", time(0), LEASE).await.unwrap().unwrap();
    assert_eq!((first.id, first.attempt), (asked.id, 1));
    assert!(store.move_job(&first, 3, 9, "scoring", time(20), LEASE).await.unwrap());
    // Its lease was renewed: nobody takes it before the new one ends.
    assert_eq!(store.claim_job("second", time(49), LEASE).await.unwrap(), None);
    let moved = north.job(asked.id).await.unwrap().unwrap();
    assert_eq!((moved.done, moved.total, moved.message.as_str(), moved.moved_at), (3, 9, "scoring", time(20)));

    let second = store.claim_job("second", time(51), LEASE).await.unwrap().unwrap();
    assert_eq!((second.id, second.attempt, second.done), (asked.id, 2, 0));
    assert!(!store.move_job(&first, 4, 9, "scoring", time(52), LEASE).await.unwrap());
    assert!(!store.end_job(&first, Ok(Some(Digest::of(b"a late result"))), time(52)).await.unwrap());

    let result = Digest::of(b"the result");
    assert!(store.end_job(&second, Ok(Some(result)), time(53)).await.unwrap());
    let ended = north.job(asked.id).await.unwrap().unwrap();
    assert_eq!((ended.state, ended.result, ended.moved_at), (JobState::Done, Some(result), time(53)));
    assert!(!store.end_job(&second, Err("once more".to_owned()), time(54)).await.unwrap());
    assert_eq!(store.claim_job("third", time(1_000), LEASE).await.unwrap(), None);
    assert_eq!(north.job(asked.id).await.unwrap(), Some(ended));
}

pub(crate) async fn a_job_that_was_begun_too_often_is_given_up(memory: &Memory) {
    let (north, store) = (memory.north(), &memory.store);
    let (doomed, failing) = (samples::job("north"), samples::job("north"));
    north.ask_job(&doomed, samples::act("ask")).await.unwrap();
    for attempt in 1..=JOB_ATTEMPTS_MAX {
        let begun = store.claim_job("worker", time(100 * i64::from(attempt)), LEASE).await.unwrap().unwrap();
        assert_eq!(begun.attempt, attempt);
    }
    assert_eq!(store.claim_job("worker", time(9_000), LEASE).await.unwrap(), None);
    let ended = north.job(doomed.id).await.unwrap().unwrap();
    assert_eq!((ended.state, ended.attempt), (JobState::Failed, JOB_ATTEMPTS_MAX));
    assert!(!ended.message.is_empty());

    north.ask_job(&failing, samples::act("ask")).await.unwrap();
    let begun = store.claim_job("worker", time(9_000), LEASE).await.unwrap().unwrap();
    assert!(store.end_job(&begun, Err("the rubric faulted".to_owned()), time(9_001)).await.unwrap());
    let ended = north.job(failing.id).await.unwrap().unwrap();
    assert_eq!((ended.state, ended.message.as_str()), (JobState::Failed, "the rubric faulted"));
    assert_eq!(north.jobs().await.unwrap().len(), 2);
}

pub(crate) async fn federations_take_turns(memory: &Memory) {
    memory.store.enrol_federation(&samples::federation("south"), samples::act("enrol")).await.unwrap();
    for _ in 0..3 {
        memory.north().ask_job(&samples::job("north"), samples::act("ask")).await.unwrap();
    }
    for _ in 0..2 {
        let mut late = samples::job("south");
        late.asked_at = time(500);
        memory.federation("south").ask_job(&late, samples::act("ask")).await.unwrap();
    }
    let mut order = Vec::new();
    for second in 1_000..1_005 {
        let job = memory.store.claim_job("worker", time(second), LEASE).await.unwrap().unwrap();
        order.push(job.federation.to_string());
        assert!(memory.store.end_job(&job, Ok(None), time(second)).await.unwrap());
    }
    assert_eq!(order, ["north", "south", "north", "south", "north"]);
}

pub(crate) async fn a_federation_cannot_ask_for_jobs_without_end(memory: &Memory) {
    memory.store.enrol_federation(&samples::federation("south"), samples::act("enrol")).await.unwrap();
    for _ in 0..JOBS_WAITING_MAX {
        memory.north().ask_job(&samples::job("north"), samples::act("ask")).await.unwrap();
    }
    let one_more = memory.north().ask_job(&samples::job("north"), samples::act("ask")).await;
    assert!(matches!(one_more, Err(StoreError::Busy)), "{one_more:?}");
    memory.federation("south").ask_job(&samples::job("south"), samples::act("ask")).await.unwrap();
}

//! Federations, units, releases, rounds, and what ends a round.

use domain::digest::Digest;
use domain::federation::OrgUnit;
use domain::round::RoundState;
use futures::future::join_all;
use store::StoreError;

use crate::memory::Memory;
use crate::release_samples::signatory;
use crate::samples::{self, round_code, rubric, unit_code};

pub(crate) async fn a_code_is_taken_once(memory: &Memory) {
    let again = memory.store.enrol_federation(&samples::federation("north"), samples::act("enrol")).await;
    assert!(matches!(again, Err(StoreError::AlreadyThere("federation"))), "{again:?}");

    let north = memory.north();
    north.open_round(&samples::round(), samples::act("open")).await.unwrap();
    let again = north.open_round(&samples::round(), samples::act("open")).await;
    assert!(matches!(again, Err(StoreError::AlreadyThere("round"))), "{again:?}");

    memory.store.keep_operator_token(&samples::token("a secret")).await.unwrap();
    let again = memory.store.keep_operator_token(&samples::token("a secret")).await;
    assert!(matches!(again, Err(StoreError::AlreadyThere("token"))), "{again:?}");

    assert_eq!(north.audit(0, 10).await.unwrap().len(), 2, "what was refused is not in the log");
}

pub(crate) async fn a_unit_that_is_registered_anew_stands_in_the_list_once(memory: &Memory) {
    let north = memory.north();
    let (old, new) = (samples::unit("station-1", "旧名"), samples::unit("station-1", "新名"));
    let other = samples::unit("station-0", "另一站");
    north.register_units(&[old.clone(), other.clone()], samples::act("register")).await.unwrap();
    north.register_units(&[old, new.clone()], samples::act("register")).await.unwrap();
    assert_eq!(north.units().await.unwrap(), [other, new.clone()]);
    assert_eq!(north.unit(&unit_code("station-1")).await.unwrap(), Some(new));
    assert_eq!(north.unit(&unit_code("station-2")).await.unwrap(), None);
}

pub(crate) async fn more_units_than_one_insert_takes_are_registered_together(memory: &Memory) {
    let units: Vec<OrgUnit> = (0..1_234).map(|n| samples::unit(&format!("station-{n:05}"), "站")).collect();
    memory.north().register_units(&units, samples::act("register")).await.unwrap();
    assert_eq!(memory.north().units().await.unwrap(), units);
}

pub(crate) async fn a_release_is_admitted_once(memory: &Memory) {
    let north = memory.north();
    let release = samples::release(b"a component");
    let mut later = release.clone();
    "someone else".clone_into(&mut later.admitted_by);
    assert!(north.keep_release(&release, &[], samples::act("admit")).await.unwrap());
    assert!(!north.keep_release(&later, &[], samples::act("admit")).await.unwrap());
    assert_eq!(north.releases().await.unwrap(), [release]);
    assert_eq!(north.audit(0, 10).await.unwrap().len(), 2);
}

pub(crate) async fn of_two_changes_to_one_version_of_a_round_one_wins(memory: &Memory) {
    let north = memory.north();
    let missing = north.change_round(&samples::round(), 1, &signatory(), samples::act("close")).await;
    assert!(matches!(missing, Err(StoreError::Missing("round"))), "{missing:?}");

    north.open_round(&samples::round(), samples::act("open")).await.unwrap();
    let mut closed = samples::round();
    closed.state = RoundState::Closed;
    let mut retitled = samples::round();
    "改名".clone_into(&mut retitled.title);
    let changes = (0..16).map(|n| {
        let (north, round) = (north.clone(), if n % 2 == 0 { closed.clone() } else { retitled.clone() });
        tokio::spawn(async move { north.change_round(&round, 1, &signatory(), samples::act("change")).await })
    });
    let ended: Vec<_> = join_all(changes).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(ended.iter().filter(|ended| ended.is_ok()).count(), 1);
    let stale = |ended: &&Result<(), StoreError>| matches!(ended, Err(StoreError::Stale { current: Some(2) }));
    assert_eq!(ended.iter().filter(stale).count(), 15);

    let (round, version) = north.round(&round_code()).await.unwrap().unwrap();
    assert_eq!(version, 2);
    assert!(round == closed || round == retitled);
    north.change_round(&closed, 2, &signatory(), samples::act("close")).await.unwrap();
    assert_eq!(north.round(&round_code()).await.unwrap(), Some((closed.clone(), 3)));

    // Its releases are replaced by a swap that somebody proposed, and by nothing else.
    closed.rubric = Digest::of(b"another rubric");
    let swapped = north.change_round(&closed, 3, &signatory(), samples::act("change")).await;
    assert!(matches!(swapped, Err(StoreError::RoundMoved)), "{swapped:?}");
}

pub(crate) async fn a_trial_is_kept_once_and_found_in_the_order_in_which_trials_came(memory: &Memory) {
    let north = memory.north();
    let ((first, found), (mut second, _)) = (samples::trial(), samples::trial());
    let before_the_round = north.keep_trial(&first, &found, &[], samples::act("try")).await;
    assert!(matches!(before_the_round, Err(StoreError::Missing(_))), "{before_the_round:?}");

    north.open_round(&samples::round(), samples::act("open")).await.unwrap();
    // The later one has the earlier clock.
    second.at = samples::time(-1000);
    for trial in [&first, &second] {
        let evaluations = [samples::evaluation(rubric())];
        north.keep_trial(trial, &found, &evaluations, samples::act("try")).await.unwrap();
        assert_eq!(north.evaluation(evaluations[0].id).await.unwrap().as_ref(), Some(&evaluations[0]));
    }
    let again = north.keep_trial(&first, &found, &[samples::evaluation(rubric())], samples::act("try")).await;
    assert!(matches!(again, Err(StoreError::AlreadyThere("trial"))), "{again:?}");
    assert_eq!(north.trials(&round_code()).await.unwrap(), [first, second]);
    assert_eq!(north.trials_count(&round_code()).await.unwrap(), 2);
    assert_eq!(north.trials(&"2027".parse().unwrap()).await.unwrap(), []);
}

pub(crate) async fn the_latest_settlement_and_roll_up_are_those_kept_last(memory: &Memory) {
    let north = memory.north();
    north.open_round(&samples::round(), samples::act("open")).await.unwrap();
    assert_eq!(north.latest_settlement(&round_code()).await.unwrap(), None);
    assert_eq!(north.latest_roll_up(&round_code()).await.unwrap(), None);

    // The later one has the earlier clock.
    let (first, mut second) = (samples::settled(rubric()), samples::settled(rubric()));
    second.at = samples::time(-1000);
    for settled in [&first, &second] {
        let evaluations = [samples::evaluation(rubric())];
        north.keep_settlement(settled, &evaluations, samples::act("settle")).await.unwrap();
        assert_eq!(north.evaluation(evaluations[0].id).await.unwrap().as_ref(), Some(&evaluations[0]));
    }
    assert_eq!(north.latest_settlement(&round_code()).await.unwrap().as_ref(), Some(&second));
    assert_eq!(north.settlement(first.id).await.unwrap().as_ref(), Some(&first));
    let summaries = north.settlements(&round_code()).await.unwrap();
    let told: Vec<_> = summaries.iter().map(|summary| (summary.id, summary.members)).collect();
    assert_eq!(told, [(first.id, 2), (second.id, 2)]);

    let (old, mut new) = (samples::roll_up(first.id), samples::roll_up(first.id));
    new.roll_up.expected = 4;
    for roll_up in [&old, &new] {
        north.keep_roll_up(roll_up, &[], samples::act("roll-up")).await.unwrap();
    }
    assert_eq!(north.latest_roll_up(&round_code()).await.unwrap(), Some(new));

    let unknown = samples::roll_up(samples::settled(rubric()).id);
    let kept = north.keep_roll_up(&unknown, &[], samples::act("roll-up")).await;
    assert!(matches!(kept, Err(StoreError::Missing(_))), "{kept:?}");
}

pub(crate) async fn the_newest_import_of_a_unit_counts_and_the_older_ones_stay(memory: &Memory) {
    let north = memory.north();
    let before_the_round = north.keep_import(&samples::imported("station-1", 1), samples::act("import")).await;
    assert!(matches!(before_the_round, Err(StoreError::Missing(_))), "{before_the_round:?}");
    north.open_round(&samples::round(), samples::act("open")).await.unwrap();
    let [old, new] = [1, 2].map(|expected| samples::imported("station-1", expected));
    let other = samples::imported("station-2", 3);
    for import in [&old, &other, &new] {
        north.keep_import(import, samples::act("import")).await.unwrap();
    }
    let again = north.keep_import(&old, samples::act("import")).await;
    assert!(again.is_ok(), "a unit may go back to what it handed over before: {again:?}");
    north.keep_import(&new, samples::act("import")).await.unwrap();
    assert_eq!(north.imports(&round_code()).await.unwrap(), [new, other]);
    let unit = "station-1".parse().unwrap();
    assert_eq!(north.import(&round_code(), &unit, old.export.digest).await.unwrap(), Some(old));
    assert_eq!(north.imports(&"2027".parse().unwrap()).await.unwrap(), []);
}

//! Federations share nothing, whatever their codes.

use domain::counting::Counting;
use domain::digest::Digest;
use store::{Scope, StoreError};

use crate::memory::Memory;
use crate::release_samples::{notice, proposal, quarantine, signatory, withdrawal};
use crate::samples::{self, round_code, rubric, unit_code};

/// Everything that a scope tells, as text.
async fn all_of(scope: &Scope, ids: &Ids) -> Vec<String> {
    let (round, unit) = (round_code(), unit_code("station-1"));
    vec![
        format!("{:?}", scope.federation().await.unwrap()),
        format!("{:?}", scope.units().await.unwrap()),
        format!("{:?}", scope.unit(&unit).await.unwrap()),
        format!("{:?}", scope.releases().await.unwrap()),
        format!("{:?}", scope.trust().await.map(|(trust, version)| (version > 0).then_some(trust)).unwrap()),
        format!("{:?}", scope.release(ids.release).await.unwrap()),
        format!("{:?}", scope.rounds().await.unwrap()),
        format!("{:?}", scope.round(&round).await.unwrap()),
        format!("{:?}", scope.blob(ids.answers).await.unwrap()),
        format!("{:?}", scope.revision(&round, &unit, 1).await.unwrap()),
        format!("{:?}", scope.latest_revision(&round, &unit).await.unwrap()),
        format!("{:?}", scope.revisions(&round, &unit).await.unwrap()),
        format!("{:?}", scope.receipt_of_key(&unit, "key-1").await.unwrap()),
        format!("{:?}", scope.draft(&round, &unit).await.unwrap()),
        format!("{:?}", scope.progress(&round).await.unwrap()),
        format!("{:?}", scope.counted(&round, Counting::HandedIn).await.unwrap()),
        format!("{:?}", scope.verdict(&round, &unit, 1, rubric()).await.unwrap()),
        format!("{:?}", scope.verdicts_of_counted(&round, Counting::HandedIn, rubric()).await.unwrap()),
        format!("{:?}", scope.evaluation(ids.evaluation).await.unwrap()),
        format!("{:?}", scope.evaluations(None, 100).await.unwrap()),
        format!("{:?}", scope.faults_since(ids.release, samples::time(0), 100).await.unwrap()),
        format!("{:?}", scope.fault_tallies(ids.release).await.unwrap()),
        format!("{:?}", scope.settlement(ids.settlement).await.unwrap()),
        format!("{:?}", scope.latest_settlement(&round).await.unwrap()),
        format!("{:?}", scope.settlements(&round).await.unwrap()),
        format!("{:?}", scope.latest_roll_up(&round).await.unwrap()),
        format!("{:?}", scope.pins(&round).await.unwrap()),
        format!("{:?}", scope.activation(ids.activation).await.unwrap()),
        format!("{:?}", scope.activations(&round, 100).await.unwrap()),
        format!("{:?}", scope.notices(None, 100).await.unwrap()),
        format!("{:?}", scope.quarantines(ids.release).await.unwrap()),
        format!("{:?}", scope.withdrawal(ids.withdrawn).await.unwrap()),
        format!("{:?}", scope.trial(ids.trial).await.unwrap()),
        format!("{:?}", scope.trial_in_full(ids.trial).await.unwrap()),
        format!("{:?}", scope.trials(&round).await.unwrap()),
        format!("{:?}", scope.returns(&round, &unit).await.unwrap()),
        format!("{:?}", scope.messages(&round, &unit).await.unwrap()),
        format!("{:?}", scope.counted(&round, Counting::Accepted).await.unwrap()),
        format!("{:?}", scope.counted_revision(&round, &unit, Counting::Accepted).await.unwrap()),
        format!("{:?}", scope.review_entries(&round, &unit).await.unwrap()),
        format!("{:?}", scope.review_entries_of_round(&round).await.unwrap()),
        format!("{:?}", scope.collective_decisions(&round).await.unwrap()),
        format!("{:?}", scope.assessments(&round, &unit).await.unwrap()),
        format!("{:?}", scope.verdicts_of_submission(&round, &unit).await.unwrap()),
        format!("{:?}", scope.publications(&round).await.unwrap()),
        format!("{:?}", scope.appeals(&round, &unit).await.unwrap()),
        format!("{:?}", scope.appeals_of_round(&round).await.unwrap()),
        format!("{:?}", scope.job(ids.job).await.unwrap()),
        format!("{:?}", scope.jobs().await.unwrap()),
        format!("{:?}", scope.audit(0, 100).await.unwrap()),
    ]
}

struct Ids {
    release: Digest,
    answers: Digest,
    evaluation: domain::ids::EvaluationId,
    settlement: domain::ids::SettlementId,
    trial: domain::ids::TrialId,
    job: domain::ids::JobId,
    activation: domain::ids::ActivationId,
    withdrawn: Digest,
}

/// Fills a scope with one of everything; the codes are the same in every federation.
async fn fill(scope: &Scope, code: &str) -> Ids {
    let release = samples::release(b"a component");
    scope.register_units(&[samples::unit("station-1", code)], samples::act("register")).await.unwrap();
    scope.keep_release(&release, &[], samples::act("admit")).await.unwrap();
    scope.keep_faults(&[samples::fault(release.digest, 7)], &[]).await.unwrap();
    scope.keep_trust(&crate::trust::policy(code), 0, samples::act("trust")).await.unwrap();
    scope.open_round(&samples::round(), samples::act("open")).await.unwrap();
    let mut new = samples::revision(code, "station-1", 1);
    new.key = Some(("key-1".to_owned(), Digest::of(code.as_bytes())));
    let (answers, evaluation) = (Digest::of(&new.answers), new.evaluations[0].id);
    scope.keep_revision(new).await.unwrap();
    let proposal = proposal(Digest::of(b"not in force"), release.digest);
    scope.keep_proposal(&proposal, samples::act("propose")).await.unwrap();
    scope.place_quarantine(&quarantine(release.digest), &notice("quarantined"), samples::act("place")).await.unwrap();
    let withdrawn = samples::release(b"an unused component");
    scope.keep_release(&withdrawn, &[], samples::act("admit")).await.unwrap();
    scope.withdraw_release(&withdrawal(withdrawn.digest), samples::act("withdraw")).await.unwrap();
    let settled = samples::settled(rubric());
    scope.keep_settlement(&settled, &[], samples::act("settle")).await.unwrap();
    scope.keep_roll_up(&samples::roll_up(settled.id), &[], samples::act("roll-up")).await.unwrap();
    let (trial, found) = samples::trial();
    scope.keep_trial(&trial, &found, &[], samples::act("try")).await.unwrap();
    crate::reviews::keep_one_of_each(scope, settled.id).await;
    crate::drafts::keep_one(scope).await;
    let job = samples::job(code);
    scope.ask_job(&job, samples::act("ask")).await.unwrap();
    Ids {
        release: release.digest,
        answers,
        evaluation,
        settlement: settled.id,
        trial: trial.id,
        job: job.id,
        activation: proposal.id,
        withdrawn: withdrawn.digest,
    }
}

#[expect(clippy::ptr_arg, reason = "it is handed to iterators of texts")]
fn is_nothing(seen: &String) -> bool {
    ["None", "[]", "{}"].contains(&seen.as_str())
}

pub(crate) async fn federations_with_the_same_codes_share_nothing(memory: &Memory) {
    memory.store.enrol_federation(&samples::federation("south"), samples::act("enrol")).await.unwrap();
    let (north, south) = (memory.north(), memory.federation("south"));

    let ids = fill(&north, "north").await;
    let seen = all_of(&north, &ids).await;
    assert!(!seen.iter().any(is_nothing), "every question has an answer: {seen:#?}");

    // South sees nothing of it, even where it names what is north's.
    let of_south = all_of(&south, &ids).await;
    let strangers = of_south.iter().filter(|seen| !is_nothing(seen)).collect::<Vec<_>>();
    assert_eq!(strangers.len(), 2, "but for itself and its own log: {strangers:#?}");

    // And whatever south does under the same codes changes nothing in north.
    fill(&south, "south").await;
    let mut round = samples::round();
    "the south".clone_into(&mut round.title);
    south.change_round(&round, 2, &signatory(), samples::act("change")).await.unwrap();
    south.keep_revision(samples::revision("south", "station-1", 2)).await.unwrap();
    assert_eq!(all_of(&north, &ids).await, seen);
    assert_eq!(memory.store.federations().await.unwrap().len(), 2);
}

pub(crate) async fn nothing_is_kept_for_a_federation_that_is_not_enrolled(memory: &Memory) {
    let nobody = memory.federation("nobody");
    let opened = nobody.open_round(&samples::round(), samples::act("open")).await;
    assert!(matches!(opened, Err(StoreError::Missing("federation"))), "{opened:?}");
    let kept = nobody.keep_revision(samples::revision("nobody", "station-1", 1)).await;
    assert!(matches!(kept, Err(StoreError::Missing("round"))), "{kept:?}");
    assert!(nobody.keep_blob(b"bytes").await.is_err());
    assert!(nobody.keep_faults(&[samples::fault(rubric(), 7)], &[]).await.is_err());
    assert!(nobody.keep_evaluations(&[samples::evaluation(rubric())]).await.is_err());
    assert_eq!(nobody.federation().await.unwrap(), None);
    assert_eq!(nobody.audit(0, 10).await.unwrap(), []);
}

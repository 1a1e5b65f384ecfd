//! Whatever is kept comes back as it was, and stays.

use domain::digest::Digest;
use domain::style_sheet::StyleSheet;
use store::{Revision, Scope, StoreError};

use crate::memory::Memory;
use crate::release_samples::{activate, lifting, notice, quarantine, withdrawal};
use crate::samples::{self, act, round_code, rubric, unit_code};

/// Keeps one value of every kind.
struct Kept {
    token: domain::token::Token,
    unit: domain::federation::OrgUnit,
    release: domain::release::Release,
    admission: domain::evaluation::Evaluation,
    round: domain::round::Round,
    revision: store::NewRevision,
    settled: domain::settled::Settled,
    roll_up: domain::settled::KeptRollUp,
    trial: (domain::trial::Trial, domain::trial::Tried),
    job: domain::job::Job,
    fault: domain::release_fault::ReleaseFault,
    component: Digest,
}

impl Kept {
    async fn by(memory: &Memory) -> Self {
        let north = memory.north();
        let settled = samples::settled(rubric());
        let kept = Self {
            token: samples::token("a secret"),
            unit: samples::unit("station-1", "北站"),
            release: samples::release(b"a component"),
            admission: samples::evaluation(Digest::of(b"a component")),
            round: samples::round(),
            revision: samples::revision("north", "station-1", 1),
            roll_up: samples::roll_up(settled.id),
            trial: samples::trial(),
            settled,
            job: samples::job("north"),
            fault: samples::fault(Digest::of(b"a component"), 7),
            component: memory.store.keep_artifact("a component".into()).await.unwrap(),
        };
        memory.store.keep_operator_token(&kept.token).await.unwrap();
        north.register_units(std::slice::from_ref(&kept.unit), samples::act("register")).await.unwrap();
        let admissions = std::slice::from_ref(&kept.admission);
        assert!(north.keep_release(&kept.release, admissions, samples::act("admit")).await.unwrap());
        north.keep_faults(std::slice::from_ref(&kept.fault), &[]).await.unwrap();
        north.open_round(&kept.round, samples::act("open")).await.unwrap();
        north.keep_revision(kept.revision.clone()).await.unwrap();
        north.keep_settlement(&kept.settled, &[], samples::act("settle")).await.unwrap();
        north.keep_roll_up(&kept.roll_up, &[], samples::act("roll-up")).await.unwrap();
        north.keep_trial(&kept.trial.0, &kept.trial.1, &[], samples::act("try")).await.unwrap();
        north.ask_job(&kept.job, samples::act("ask")).await.unwrap();
        kept
    }

    async fn is_in(&self, store: &store::Store) {
        let north = store.federation(&"north".parse().unwrap());
        let unit = unit_code("station-1");
        assert_eq!(store.federations().await.unwrap(), [samples::federation("north")]);
        assert_eq!(north.federation().await.unwrap(), Some(samples::federation("north")));
        assert_eq!(store.token_of_hash(self.token.secret_hash).await.unwrap().as_ref(), Some(&self.token));
        assert_eq!(store.artifact(self.component).await.unwrap().unwrap(), "a component");

        assert_eq!(north.unit(&unit).await.unwrap().as_ref(), Some(&self.unit));
        assert_eq!(north.units().await.unwrap(), std::slice::from_ref(&self.unit));
        assert_eq!(north.release(self.release.digest).await.unwrap().as_ref(), Some(&self.release));
        assert_eq!(north.releases().await.unwrap(), std::slice::from_ref(&self.release));
        assert_eq!(north.evaluation(self.admission.id).await.unwrap().as_ref(), Some(&self.admission));
        assert_eq!(north.round(&self.round.code).await.unwrap(), Some((self.round.clone(), 1)));
        assert_eq!(north.rounds().await.unwrap(), std::slice::from_ref(&self.round));

        let new = &self.revision;
        let revision = Revision {
            envelope: new.envelope.clone(),
            answers: Digest::of(&new.answers),
            context: Digest::of(&new.context),
            explanations: new.explanations.clone(),
            amendment: new.amendment.clone(),
            signing: new.signing.clone(),
            check_rules: new.check_rules.clone(),
            receipt: new.receipt.clone(),
        };
        assert_eq!(north.revision(&round_code(), &unit, 1).await.unwrap().as_ref(), Some(&revision));
        assert_eq!(north.latest_revision(&round_code(), &unit).await.unwrap(), Some(revision));
        assert_eq!(north.blob(Digest::of(&new.answers)).await.unwrap().as_ref(), Some(&new.answers));
        assert_eq!(north.blob(Digest::of(&new.context)).await.unwrap().as_ref(), Some(&new.context));
        let verdict = north.verdict(&round_code(), &unit, 1, rubric()).await.unwrap();
        assert_eq!(verdict.as_ref(), Some(&new.verdict));
        for evaluation in &new.evaluations {
            assert_eq!(north.evaluation(evaluation.id).await.unwrap().as_ref(), Some(evaluation));
        }

        assert_eq!(north.latest_settlement(&round_code()).await.unwrap().as_ref(), Some(&self.settled));
        assert_eq!(north.settlement(self.settled.id).await.unwrap().as_ref(), Some(&self.settled));
        assert_eq!(north.latest_roll_up(&round_code()).await.unwrap().as_ref(), Some(&self.roll_up));
        let faults = north.faults_since(self.release.digest, self.fault.at, 10).await.unwrap();
        assert_eq!(faults, std::slice::from_ref(&self.fault));
        assert_eq!(north.trial(self.trial.0.id).await.unwrap().as_ref(), Some(&self.trial.0));
        assert_eq!(north.trial_in_full(self.trial.0.id).await.unwrap().as_ref(), Some(&self.trial));
        assert_eq!(north.trials(&round_code()).await.unwrap(), std::slice::from_ref(&self.trial.0));
        assert_eq!(north.job(self.job.id).await.unwrap().as_ref(), Some(&self.job));
        assert_eq!(north.jobs().await.unwrap(), std::slice::from_ref(&self.job));

        let acts: Vec<_> = north.audit(0, 100).await.unwrap().into_iter().map(|entry| entry.act).collect();
        let verbs = ["enrol", "register", "admit", "open", "submit", "settle", "roll-up", "try", "ask"];
        assert_eq!(acts, verbs.map(samples::act));
    }
}

pub(crate) async fn every_value_comes_back_as_it_was_kept(memory: &Memory) {
    Kept::by(memory).await.is_in(&memory.store).await;
}

pub(crate) async fn everything_is_still_there_when_the_store_is_opened_again(memory: &Memory) {
    let kept = Kept::by(memory).await;
    kept.is_in(&memory.second_host().await).await;
}

pub(crate) async fn bytes_of_any_length_come_back(memory: &Memory) {
    let north = memory.north();
    for length in [0, 1, 255, 4_000_000] {
        let bytes: Vec<u8> = (0..=255).cycle().take(length).collect();
        let digest = north.keep_blob(&bytes).await.unwrap();
        assert_eq!(north.keep_blob(&bytes).await.unwrap(), digest);
        assert_eq!(north.blob(digest).await.unwrap(), Some(bytes));
    }
    assert_eq!(north.blob(Digest::of(b"never kept")).await.unwrap(), None);
}

pub(crate) async fn a_damaged_blob_is_not_handed_out(memory: &Memory) {
    let digest = memory.north().keep_blob(b"as it was handed in").await.unwrap();
    let disarm = if memory.is_postgres() {
        "DROP TRIGGER blobs_refuse_change ON blobs"
    } else {
        "DROP TRIGGER blobs_refuse_change"
    };
    memory.past_the_store(disarm).await.unwrap();
    let damage =
        if memory.is_postgres() { r"UPDATE blobs SET bytes = '\x00'" } else { "UPDATE blobs SET bytes = x'00'" };
    assert_eq!(memory.past_the_store(damage).await.unwrap(), 1);

    let read = memory.north().blob(digest).await;
    assert!(matches!(read, Err(StoreError::Corrupt { what: "blob", .. })), "{read:?}");
}

/// Another rubric takes the round's place; a release is quarantined, let out again, and withdrawn.
async fn keep_what_became_of(north: &Scope, release: Digest) {
    activate(north, rubric(), Digest::of(b"another rubric")).await;
    let placed = north.place_quarantine(&quarantine(release), &notice("quarantined"), act("quarantine")).await;
    assert!(placed.unwrap());
    north.lift_quarantine(release, &lifting(), &notice("lifted"), act("lift")).await.unwrap();
    north.keep_quarantine_policy(quarantine(release).policy, act("set")).await.unwrap();
    north.keep_style_sheet(&StyleSheet::default(), act("set")).await.unwrap();
    north.withdraw_release(&withdrawal(release), act("withdraw")).await.unwrap();
}

pub(crate) async fn what_is_kept_can_neither_be_changed_nor_removed(memory: &Memory) {
    let kept = Kept::by(memory).await;
    let (north, signature) = (memory.north(), samples::signature("00000000000000AA"));
    assert!(north.sign_release(kept.release.digest, &signature, samples::act("sign")).await.unwrap());
    north.keep_trust(&crate::trust::policy("one"), 0, samples::act("trust")).await.unwrap();
    keep_what_became_of(&north, kept.release.digest).await;
    north.keep_import(&samples::imported("station-1", 1), samples::act("import")).await.unwrap();
    north.keep_checkpoint(&crate::audit::checkpoint_of_the_end(&north).await).await.unwrap();
    crate::reviews::keep_one_of_each(&north, kept.settled.id).await;
    crate::rectifications::keep_one_of_each(&north).await;
    crate::once::keep_one_of_each(&north).await;
    crate::attachments::keep_one_of_each(&north).await;
    for change in [
        "UPDATE attachments SET digest = ''",
        "DELETE FROM attachments",
        "UPDATE attachment_withdrawals SET entry = 0",
        "DELETE FROM attachment_withdrawals",
        "UPDATE check_rules SET entry = 0",
        "DELETE FROM check_rules",
        "UPDATE answers_given SET request = ''",
        "DELETE FROM answers_given",
        "UPDATE rectification_reminders SET entry = 0",
        "DELETE FROM rectification_reminders",
        "UPDATE audit SET actor = 'someone else'",
        "UPDATE audit_checkpoints SET at = 0",
        "UPDATE rectifications SET entry = 0",
        "UPDATE rectification_steps SET entry = 0",
        "DELETE FROM rectifications",
        "DELETE FROM rectification_steps",
        "UPDATE imported_roll_ups SET digest = ''",
        "UPDATE units SET code = 'other'",
        "UPDATE releases SET entry = 0",
        "UPDATE blobs SET digest = ''",
        "UPDATE revisions SET standing = 'accepted'",
        "UPDATE verdicts SET rubric = ''",
        "UPDATE evaluations SET id = ''",
        "UPDATE faults SET kind = ''",
        "UPDATE settlements SET entry = 0",
        "UPDATE roll_ups SET entry = 0",
        "UPDATE trials SET entry = 0",
        "UPDATE trust SET entry = 0",
        "UPDATE release_signatures SET entry = 0",
        "UPDATE pins SET since = 0",
        "UPDATE activations SET release = ''",
        "UPDATE activation_decisions SET entry = 0",
        "UPDATE quarantines SET release = ''",
        "UPDATE quarantine_liftings SET entry = 0",
        "UPDATE quarantine_policies SET entry = 0",
        "UPDATE style_sheets SET entry = 0",
        "UPDATE withdrawals SET entry = 0",
        "UPDATE notices SET id = ''",
        "DELETE FROM audit_checkpoints",
        "DELETE FROM imported_roll_ups",
        "UPDATE submission_returns SET entry = 0",
        "UPDATE messages SET entry = 0",
        "UPDATE acceptances SET entry = 0",
        "UPDATE review_entries SET entry = 0",
        "UPDATE review_entry_decisions SET entry = 0",
        "UPDATE collective_decisions SET entry = 0",
        "UPDATE assessments SET at = 0",
        "UPDATE publications SET entry = 0",
        "UPDATE publication_decisions SET entry = 0",
        "UPDATE appeals SET entry = 0",
        "UPDATE appeal_decisions SET entry = 0",
        "DELETE FROM submission_returns",
        "DELETE FROM messages",
        "DELETE FROM acceptances",
        "DELETE FROM review_entries",
        "DELETE FROM review_entry_decisions",
        "DELETE FROM collective_decisions",
        "DELETE FROM assessments",
        "DELETE FROM publications",
        "DELETE FROM publication_decisions",
        "DELETE FROM appeals",
        "DELETE FROM appeal_decisions",
        "DELETE FROM audit",
        "DELETE FROM units",
        "DELETE FROM releases",
        "DELETE FROM blobs",
        "DELETE FROM revisions",
        "DELETE FROM verdicts",
        "DELETE FROM evaluations",
        "DELETE FROM faults",
        "DELETE FROM settlements",
        "DELETE FROM roll_ups",
        "DELETE FROM trials",
        "DELETE FROM trust",
        "DELETE FROM release_signatures",
        "DELETE FROM pins",
        "DELETE FROM activation_decisions",
        "DELETE FROM activations",
        "DELETE FROM quarantine_liftings",
        "DELETE FROM quarantines",
        "DELETE FROM quarantine_policies",
        "DELETE FROM style_sheets",
        "DELETE FROM withdrawals",
        "DELETE FROM notices",
    ] {
        let refused = memory.past_the_store(change).await.expect_err(change);
        assert!(refused.to_string().contains("only appended"), "{change}: {refused}");
    }
}

pub(crate) async fn evaluations_are_paged_in_order_of_their_identifiers(memory: &Memory) {
    let north = memory.north();
    let kept: Vec<_> = (0..1_203).map(|_| samples::evaluation(rubric())).collect();
    north.keep_evaluations(&kept).await.unwrap();

    let mut read = Vec::new();
    loop {
        let page = north.evaluations(read.last().map(|last: &domain::evaluation::Evaluation| last.id), 500).await;
        let page = page.unwrap();
        if page.is_empty() {
            break;
        }
        read.extend(page);
    }
    let mut expected = kept.clone();
    expected.sort_by_key(|evaluation| evaluation.id);
    assert_eq!(read, expected);

    let twice = north.keep_evaluations(&kept[..1]).await;
    assert!(matches!(twice, Err(StoreError::AlreadyThere("evaluation"))), "{twice:?}");
}

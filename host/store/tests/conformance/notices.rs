//! Notices to units are kept with what they tell of, given once, and leave the house under a lease.

use std::time::Duration;

use domain::delivery::{Channel, DeliveryState, Mailbox, Webhook};
use domain::ids::{DeliveryId, NoticeId, UnitCode};
use domain::member_notice::MemberNotice;
use domain::round::Round;
use futures::future::join_all;
use store::{NewMemberNotice, NewReminder, Scope, StoreError};
use uuid::Uuid;

use crate::memory::Memory;
use crate::release_samples::notice;
use crate::samples::{self, act, round_code, time, unit_code};

const LEASE: Duration = Duration::from_secs(60);

async fn with_round(memory: &Memory) -> Scope {
    let north = memory.north();
    let release = samples::release(b"a component");
    north.keep_release(&release, &[], act("admit")).await.unwrap();
    north
        .open_round(&Round { rubric: release.digest, reports: vec![], ..samples::round() }, act("open-round"))
        .await
        .unwrap();
    north
}

fn mailbox(text: &str) -> Mailbox {
    text.to_owned().try_into().unwrap()
}

/// A notice to a unit by two ways.
fn told(number: u128, unit: &str) -> NewMemberNotice {
    let notice = MemberNotice {
        id: NoticeId(Uuid::from_u128(number)),
        at: time(100),
        round: round_code(),
        unit: unit_code(unit),
        code: "reminder-before".to_owned(),
        arguments: vec![("days".to_owned(), "7".to_owned())],
    };
    let channel = |place: u128, channel| (DeliveryId(Uuid::from_u128(number * 10 + place)), channel);
    let channels = vec![channel(1, Channel::Webhook), channel(2, Channel::Mail(mailbox("office@x.org")))];
    NewMemberNotice { notice, channels }
}

fn reminder(days: i16, notices: Vec<NewMemberNotice>) -> NewReminder {
    NewReminder {
        round: round_code(),
        days,
        due_at: time(500),
        notices,
        to_administration: Some(notice("members-missing")),
    }
}

pub(crate) async fn however_many_hosts_look_at_the_clock_a_reminder_is_given_once(memory: &Memory) {
    let north = with_round(memory).await;
    let second_host = memory.second_host().await;
    let givings = (0..16_u128).map(|n| {
        let host = if n % 2 == 0 { &memory.store } else { &second_host };
        let north = host.federation(&"north".parse().unwrap());
        let reminder =
            NewReminder { to_administration: None, ..reminder(-7, vec![told(n + 1, "m1"), told(n + 100, "m2")]) };
        tokio::spawn(async move { north.give_reminder(reminder, act("remind")).await.unwrap() })
    });
    let given: Vec<bool> = join_all(givings).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(given.iter().filter(|given| **given).count(), 1);
    assert_eq!(north.reminders_given(&round_code(), time(500)).await.unwrap(), [-7]);
    assert!(north.reminders_given(&round_code(), time(501)).await.unwrap().is_empty(), "another date reminds anew");
    for unit in ["m1", "m2"] {
        assert_eq!(north.member_notices(&round_code(), &unit_code(unit), None, 10).await.unwrap().len(), 1);
    }
    assert!(north.give_reminder(reminder(1, vec![]), act("remind")).await.unwrap());
    assert_eq!(north.notices(None, 10).await.unwrap().len(), 1, "the administration is told along");
}

pub(crate) async fn a_unit_s_notices_are_paged_the_newest_first_and_are_its_own(memory: &Memory) {
    let north = with_round(memory).await;
    north.tell_members(vec![told(1, "m1"), told(2, "m2"), told(3, "m1"), told(4, "m1")], act("tell")).await.unwrap();
    let ids = |page: Vec<MemberNotice>| page.into_iter().map(|notice| notice.id.0.as_u128()).collect::<Vec<_>>();
    let page = |before| async move {
        ids(memory.north().member_notices(&round_code(), &unit_code("m1"), before, 2).await.unwrap())
    };
    assert_eq!(page(None).await, [4, 3]);
    assert_eq!(page(Some(NoticeId(Uuid::from_u128(3)))).await, [1]);
    let south = memory
        .store
        .federation(&"south".parse().unwrap())
        .member_notices(&round_code(), &unit_code("m1"), None, 10)
        .await
        .unwrap();
    assert!(south.is_empty());
    assert!(matches!(
        north.tell_members(vec![told(1, "m1")], act("tell")).await,
        Err(StoreError::AlreadyThere("notice"))
    ));
}

pub(crate) async fn a_delivery_goes_to_one_host_and_who_lost_its_lease_changes_nothing(memory: &Memory) {
    let north = with_round(memory).await;
    north.tell_members(vec![told(1, "m1")], act("tell")).await.unwrap();
    let store = &memory.store;
    assert!(store.take_delivery(time(99), LEASE).await.unwrap().is_none(), "its time has not come");
    let first = store.take_delivery(time(100), LEASE).await.unwrap().unwrap();
    let second = store.take_delivery(time(100), LEASE).await.unwrap().unwrap();
    assert_ne!(first.delivery.id, second.delivery.id);
    assert_eq!((first.federation.as_str(), first.notice.unit.as_str(), first.delivery.attempts), ("north", "m1", 1));
    assert!(store.take_delivery(time(100), LEASE).await.unwrap().is_none());
    // The first host falls silent; another takes over, and what the first one says then is not heard.
    let again = store.take_delivery(time(161), LEASE).await.unwrap().unwrap();
    let taken_again = if again.delivery.id == first.delivery.id { first } else { second };
    assert_eq!(again.delivery.attempts, 2);
    assert!(!store.end_attempt(&taken_again, None, DeliveryState::Sent, time(162), time(162), None).await.unwrap());
    assert!(store.end_attempt(&again, None, DeliveryState::Sent, time(163), time(163), None).await.unwrap());
    assert!(!store.end_attempt(&again, None, DeliveryState::Sent, time(164), time(164), None).await.unwrap());
    let (delivery, attempts) = north.delivery(again.delivery.id).await.unwrap().unwrap();
    assert_eq!((delivery.state, delivery.attempts, attempts.len()), (DeliveryState::Sent, 2, 1));
    assert_eq!((attempts[0].number, attempts[0].at, &attempts[0].failure), (2, time(163), &None));
}

pub(crate) async fn where_nobody_is_reached_the_others_wait_too_and_what_is_given_up_can_be_tried_again(
    memory: &Memory,
) {
    let north = with_round(memory).await;
    north.tell_members(vec![told(1, "m1"), told(2, "m2")], act("tell")).await.unwrap();
    let store = &memory.store;
    let taken = store.take_delivery(time(100), LEASE).await.unwrap().unwrap();
    let why = Some("not reached".to_owned());
    assert!(
        store.end_attempt(&taken, why, DeliveryState::GaveUp, time(101), time(101), Some(time(200))).await.unwrap()
    );
    let mut ways = Vec::new();
    while let Some(next) = store.take_delivery(time(102), LEASE).await.unwrap() {
        ways.push(next.delivery.channel.code());
        store.end_attempt(&next, None, DeliveryState::Sent, time(102), time(102), None).await.unwrap();
    }
    assert!(ways.len() == 2 && !ways.contains(&taken.delivery.channel.code()), "{ways:?}");
    let given_up = north.deliveries(Some(DeliveryState::GaveUp), None, 10).await.unwrap();
    assert_eq!(given_up.iter().map(|delivery| delivery.id).collect::<Vec<_>>(), [taken.delivery.id]);
    north.retry_delivery(taken.delivery.id, time(103), act("retry")).await.unwrap();
    let twice = north.retry_delivery(taken.delivery.id, time(103), act("retry")).await;
    assert!(matches!(twice, Err(StoreError::Missing("delivery"))));
    let again = store.take_delivery(time(103), LEASE).await.unwrap().unwrap();
    assert_eq!((again.delivery.id, again.delivery.attempts), (taken.delivery.id, 2));
    assert_eq!(north.deliveries(None, None, 3).await.unwrap().len(), 3);
    assert!(memory.store.federation(&"south".parse().unwrap()).delivery(taken.delivery.id).await.unwrap().is_none());
}

pub(crate) async fn the_newest_mailboxes_and_the_newest_program_hold(memory: &Memory) {
    let north = memory.north();
    let m1: UnitCode = unit_code("m1");
    let nobody = north.keep_mailboxes(&m1, &[mailbox("a@x.org")], act("name")).await;
    assert!(matches!(nobody, Err(StoreError::Missing("unit"))));
    north.register_units(&[samples::unit("m1", "甲"), samples::unit("m2", "乙")], act("register")).await.unwrap();
    for names in [vec!["a@x.org"], vec!["b@x.org", "c@x.org"], vec![]] {
        let named: Vec<Mailbox> = names.into_iter().map(mailbox).collect();
        north.keep_mailboxes(&m1, &named, act("name")).await.unwrap();
        assert_eq!(north.mailboxes(&m1).await.unwrap(), named);
        assert_eq!(north.all_mailboxes().await.unwrap().remove(&m1), Some(named));
    }
    let webhook =
        |secret: &str| Webhook { url: "https://x.org/h".to_owned().try_into().unwrap(), secret: secret.to_owned() };
    assert_eq!(north.webhook().await.unwrap(), None);
    for program in [Some(webhook("one")), Some(webhook("two")), None] {
        north.keep_webhook(program.as_ref(), act("set")).await.unwrap();
        assert_eq!(north.webhook().await.unwrap(), program);
    }
}

pub(crate) async fn the_register_says_when_it_changed_last(memory: &Memory) {
    let north = memory.north();
    assert_eq!(north.units_as_of().await.unwrap(), 0);
    north.register_units(&[samples::unit("m1", "甲")], act("register")).await.unwrap();
    let before = north.units_as_of().await.unwrap();
    north.keep_mailboxes(&unit_code("m1"), &[], act("name")).await.unwrap();
    assert_eq!(north.units_as_of().await.unwrap(), before);
    north.register_units(&[samples::unit("m1", "乙")], act("register")).await.unwrap();
    assert!(north.units_as_of().await.unwrap() > before);
}

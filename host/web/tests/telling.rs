//! What members are told: reminders by the calendar, returns and new dates, on their page, by letter and at the federation's own program.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use domain::delivery::Mailbox;
use jiff::Timestamp;
use post::{MailSecurity, MailSettings, PostSettings, signature};
use serde_json::{Value, json};
use web::WebSettings;

use crate::house::{Answer, FEDERATION, Federation, House, ROUND, SUBMISSION, answers, by, plain, with_json};
use crate::sinks::{CaughtCall, CaughtLetter, Mood, Sink, call_sink, mail_sink};

const SECRET: &str = "a secret of the federation";

/// A house with a mail server, a program of the federation, and a round that is due on Thursday 1 February 2024.
struct Told {
    house: House,
    federation: Federation,
    letters: Sink<CaughtLetter>,
    calls: Sink<CaughtCall>,
}

impl Told {
    async fn found() -> Self {
        Self::with_policy(json!({})).await
    }

    async fn with_policy(policy: Value) -> Self {
        let (letters, calls) = (mail_sink().await.unwrap(), call_sink().await.unwrap());
        let mail = MailSettings {
            host: letters.address().ip().to_string(),
            port: letters.address().port(),
            security: MailSecurity::None,
            account: None,
            from: Mailbox::try_from("huizong@north.example.org".to_owned()).unwrap(),
        };
        let post = PostSettings {
            mail: Some(mail),
            webhook_hosts: [calls.address().to_string()].into(),
            ..PostSettings::default()
        };
        let house = House::posting(WebSettings::default(), post).await;
        let federation = Federation::with_policy(&house, policy).await;
        let told = Self { house, federation, letters, calls };
        told.put("/units/m2/mailboxes", json!(["office@m2.example.org"])).await;
        let url = format!("http://{}/notices?from=huizong", told.calls.address());
        let set = told.put("/webhook", json!({"url": url, "secret": SECRET})).await.expect(StatusCode::OK);
        assert_eq!(set, json!({"url": url}), "the secret is not shown");
        told
    }

    async fn put(&self, path: &str, body: Value) -> Answer {
        let request = by(&self.federation.admin, Method::PUT, &format!("{FEDERATION}{path}"));
        self.house.ask(with_json(request, &body)).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.house.ask(with_json(by(&self.federation.admin, Method::POST, path), &body)).await
    }

    async fn get(&self, who: &str, path: &str) -> Answer {
        self.house.ask(plain(by(who, Method::GET, path))).await
    }

    /// The codes of what a unit was told, the newest first.
    async fn told(&self, unit: &str) -> Vec<String> {
        let path = format!("{ROUND}/units/{unit}/notices");
        let notices = self.get(&self.federation.admin, &path).await.expect(StatusCode::OK);
        notices.as_array().unwrap().iter().map(|notice| notice["code"].as_str().unwrap().to_owned()).collect()
    }

    /// The clock shows a time, and whatever it is time for is done and delivered.
    async fn at(&self, at: &str) {
        self.house.clock.set(at.parse().unwrap());
        self.house.office.look_at_the_clock().await.unwrap();
        while self.house.office.deliver_next().await.unwrap() {}
    }

    async fn hand_in(&self) {
        let put = by(&self.federation.member, Method::PUT, SUBMISSION).header(header::IF_NONE_MATCH, "*");
        self.house.ask(with_json(put, &json!({"answers": answers()}))).await.expect(StatusCode::CREATED);
    }

    async fn deliveries(&self) -> Value {
        self.get(&self.federation.admin, &format!("{FEDERATION}/deliveries")).await.expect(StatusCode::OK)
    }
}

#[tokio::test]
async fn whoever_has_not_handed_in_is_reminded_once_by_every_way_on_the_days_that_the_policy_names() {
    let told = Told::found().await;
    told.hand_in().await;
    told.at("2024-01-25T08:59:59Z").await;
    assert!(told.told("m2").await.is_empty() && told.letters.caught().is_empty());
    for _ in 0..3 {
        told.at("2024-01-25T09:00:00Z").await;
    }
    assert_eq!(told.told("m2").await, ["reminder-before"]);
    assert!(told.told("m1").await.is_empty(), "m1 has handed in");

    let [letter] = &told.letters.caught()[..] else { panic!("one letter") };
    assert_eq!(letter.to, ["office@m2.example.org"]);
    assert_eq!(letter.headers["subject"], "催报：2023年度");
    assert!(
        letter.text.contains("请于 2024-02-01 10:00 前报送，还有 7 天") && letter.text.contains("7 days"),
        "{letter:?}"
    );
    let [call] = &told.calls.caught()[..] else { panic!("one call") };
    let seconds: i64 = call.headers["huizong-timestamp"].parse().unwrap();
    assert_eq!(call.headers["huizong-signature"], signature(SECRET, seconds, &call.body));
    let said: Value = serde_json::from_slice(&call.body).unwrap();
    assert_eq!(
        (&said["federation"], &said["notice"]["unit"], &said["arguments"]["days"]),
        (&json!("north"), &json!("m2"), &json!("7"))
    );
    assert_eq!(said["delivery"], call.headers["huizong-delivery"].as_str());

    // Three days before is a Monday, and one day before; on the day after, the administration hears who is missing, too.
    for at in ["2024-01-29T09:00:00Z", "2024-01-31T09:00:00Z", "2024-02-02T09:00:00Z", "2024-02-03T09:00:00Z"] {
        told.at(at).await;
    }
    assert_eq!(told.told("m2").await, ["reminder-after", "reminder-before", "reminder-before", "reminder-before"]);
    assert_eq!((told.letters.caught().len(), told.calls.caught().len()), (4, 4));
    let notices = told.get(&told.federation.admin, &format!("{FEDERATION}/notices")).await.expect(StatusCode::OK);
    let notice = &notices.as_array().unwrap()[0];
    assert!(
        notice["code"] == "members-missing" && notice["message"]["zh"].as_str().unwrap().contains("单位m2"),
        "{notice:#}"
    );

    // A member sees its own notices, and nobody else's.
    let clerk = &told.federation.member;
    told.get(clerk, &format!("{ROUND}/units/m1/notices")).await.expect(StatusCode::OK);
    told.get(clerk, &format!("{ROUND}/units/m2/notices")).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    for path in ["deliveries", "webhook"] {
        told.get(clerk, &format!("{FEDERATION}/{path}")).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    }
}

#[tokio::test]
async fn those_above_a_missing_member_hear_of_it_after_the_due_date() {
    let told = Told::found().await;
    let unit = |code: &str, parent: Option<&str>, reports: bool| json!({"code": code, "name": format!("单位{code}"), "kind": "member", "parent": parent, "reports": reports, "valid_from": "2010-01-01"});
    let units = json!([unit("city", None, false), unit("m1", Some("city"), true), unit("m2", Some("city"), true)]);
    assert_eq!(told.put("/units", units).await.status, StatusCode::NO_CONTENT);
    told.at("2024-02-02T09:00:00Z").await;
    let above = told.get(&told.federation.admin, &format!("{ROUND}/units/city/notices")).await.expect(StatusCode::OK);
    assert_eq!(above[0]["code"], "members-missing");
    assert!(above[0]["message"]["zh"].as_str().unwrap().contains("2 家未报：单位m1、单位m2"), "{above:#}");
}

#[tokio::test]
async fn what_does_not_arrive_is_tried_again_with_the_same_identifier_and_given_up_in_the_end() {
    let told = Told::found().await;
    told.hand_in().await;
    told.calls.set_mood(Mood::Declines);
    told.letters.set_mood(Mood::HangsUp);
    told.at("2024-01-25T09:00:00Z").await;
    let before = told.deliveries().await;
    assert_eq!(before.as_array().unwrap().len(), 2);
    let mut at: Timestamp = "2024-01-25T09:00:00Z".parse().unwrap();
    for _ in 0..8 {
        at += jiff::SignedDuration::from_hours(25);
        told.house.clock.set(at);
        while told.house.office.deliver_next().await.unwrap() {}
    }
    let given_up = told.deliveries().await;
    for (delivery, before) in given_up.as_array().unwrap().iter().zip(before.as_array().unwrap()) {
        assert_eq!((&delivery["state"], &delivery["attempts"]), (&json!("gave-up"), &json!(8)), "{given_up:#}");
        assert_eq!(delivery["id"], before["id"]);
    }
    assert!(told.letters.caught().is_empty() && told.calls.caught().is_empty());

    // Once somebody has mended it, the administration lets them go again.
    told.calls.set_mood(Mood::Takes);
    told.letters.set_mood(Mood::Takes);
    for delivery in given_up.as_array().unwrap() {
        let path = format!("{FEDERATION}/deliveries/{}", delivery["id"].as_str().unwrap());
        told.post(&format!("{path}/retries"), json!({})).await.expect(StatusCode::OK);
        told.post(&format!("{path}/retries"), json!({})).await.problem(StatusCode::CONFLICT, "delivery-not-given-up");
    }
    while told.house.office.deliver_next().await.unwrap() {}
    let sent = told.deliveries().await;
    assert!(sent.as_array().unwrap().iter().all(|delivery| delivery["state"] == "sent"), "{sent:#}");
    let ids: Vec<&str> = given_up.as_array().unwrap().iter().map(|delivery| delivery["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&told.calls.caught()[0].headers["huizong-delivery"].as_str()));
    let message_id = &told.letters.caught()[0].headers["message-id"];
    assert!(ids.iter().any(|id| *message_id == format!("<{id}@north.example.org>")), "{message_id}");
    let path = format!("{FEDERATION}/deliveries/{}", ids[0]);
    let tries =
        told.get(&told.federation.admin, &path).await.expect(StatusCode::OK)["tries"].as_array().unwrap().clone();
    assert_eq!(tries.len(), 9);
    assert!(tries[0]["failure"].is_string() && tries[8]["failure"].is_null());
}

#[tokio::test]
async fn a_return_and_a_new_due_date_reach_the_member() {
    let told = Told::with_policy(json!({"review": true})).await;
    told.hand_in().await;
    told.put("/units/m1/mailboxes", json!(["office@m1.example.org", "director@m1.example.org"])).await;
    let items = json!([{"at": "/drills", "reason": "wrong", "text": "机密的说明"}, {"at": "/rooms", "reason": "wrong", "text": "核对"}]);
    let back = json!({"revision": 1, "due_at": "2024-02-20T10:00:00Z", "items": items});
    told.post(&format!("{SUBMISSION}/returns"), back).await.expect(StatusCode::CREATED);
    told.house.clock.set("2024-01-15T02:30:00Z".parse().unwrap());
    let moved = json!({"due_at": "2024-02-10T10:00:00Z", "reason": "春节"});
    told.post(&format!("{ROUND}/changes"), moved).await.expect(StatusCode::OK);
    told.at("2024-01-15T03:00:00Z").await;
    assert_eq!(told.told("m1").await, ["due-date-moved", "submission-returned"]);
    assert_eq!(told.told("m2").await, ["due-date-moved"]);
    let letters = told.letters.caught();
    assert_eq!(letters.len(), 5, "two letters to each of two mailboxes, one to the other member");
    let of_return: Vec<_> = letters.iter().filter(|letter| letter.headers["subject"].starts_with("退回补正")).collect();
    assert_eq!(of_return.len(), 2);
    assert!(of_return[0].text.contains("有 2 处需要补正，请于 2024-02-20 10:00 前"), "{of_return:?}");
    assert!(
        letters.iter().all(|letter| !letter.text.contains("机密")),
        "what was said about a field stays in the house"
    );

    // An exemption is told to whom it concerns, and whoever is exempt is not reminded.
    let exempt = json!({"exemptions": [{"unit": "m2", "reason": "筹建未满一年"}], "reason": "联发〔2024〕3号"});
    told.post(&format!("{ROUND}/changes"), exempt).await.expect(StatusCode::OK);
    told.at("2024-02-02T09:00:00Z").await;
    assert_eq!(told.told("m2").await, ["exempted", "due-date-moved"]);
    let wall = told.get(&told.federation.admin, &format!("{ROUND}/progress")).await.expect(StatusCode::OK);
    assert_eq!((&wall["expected"], &wall["rows"][1]["expectation"]), (&json!(1), &json!({"exempt": "筹建未满一年"})));
}

#[tokio::test]
async fn nobody_makes_the_house_knock_where_the_operator_does_not_let_it() {
    let told = Told::found().await;
    let codes = |answer: Answer| {
        let problem = answer.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        let parts = problem["errors"].as_array().unwrap().iter();
        parts.map(|part| part["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for url in ["http://169.254.169.254/latest", "http://127.0.0.1:1/", "http://localhost/"] {
        assert_eq!(codes(told.put("/webhook", json!({"url": url, "secret": SECRET})).await), ["host-not-allowed"]);
    }
    let user = format!("http://user@{}/", told.calls.address());
    assert_eq!(codes(told.put("/webhook", json!({"url": user, "secret": SECRET})).await), ["not-a-program"]);
    let good = format!("http://{}/", told.calls.address());
    assert_eq!(codes(told.put("/webhook", json!({"url": good, "secret": "short"})).await), ["out-of-bounds"]);
    let mailboxes = json!(["a@x.org\r\nBcc: b@x.org", "a@x.org", "A@x.org"]);
    assert_eq!(codes(told.put("/units/m1/mailboxes", mailboxes).await), ["not-a-mailbox", "repeated"]);
    // Without a program nothing is called, and what waited for it is not kept waiting.
    told.house.clock.set("2024-01-25T09:00:00Z".parse().unwrap());
    told.house.office.look_at_the_clock().await.unwrap();
    told.put("/webhook", json!({})).await.expect(StatusCode::OK);
    while told.house.office.deliver_next().await.unwrap() {}
    assert!(told.calls.caught().is_empty());
}

fn planned(rubric: &str) -> Value {
    json!({
        "code": "2024",
        "title": "2024年度",
        "period": {"start": "2023-01-01", "end": "2023-12-31"},
        "opens_at": "2024-01-20T00:00:00Z",
        "due_at": "2024-02-01T10:00:00Z",
        "rubric": rubric,
        "calendar": {"covers": {"start": "2022-01-01", "end": "2024-12-31"}},
        "policy": {"grace_hours": 2},
    })
}

const PLANNED: &str = "/federations/north/rounds/2024";

#[tokio::test]
async fn a_planned_round_opens_by_the_clock_and_grace_is_not_late() {
    let told = Told::found().await;
    let rubric = told.federation.rubric.clone();
    told.post(&format!("{FEDERATION}/rounds"), planned(&rubric)).await.expect(StatusCode::CREATED);
    let path = format!("{PLANNED}/submissions/m1");
    let hand_in = |based_on: Option<u32>| {
        let put = by(&told.federation.member, Method::PUT, &path);
        let put = match based_on {
            None => put.header(header::IF_NONE_MATCH, "*"),
            Some(revision) => put.header(header::IF_MATCH, format!("\"revision-{revision}\"")),
        };
        let mut message = json!({"answers": answers()});
        if based_on.is_some() {
            message["amendment"] = json!({"kind": "correction", "reason": "更正"});
        }
        told.house.ask(with_json(put, &message))
    };
    let refused = hand_in(None).await.problem(StatusCode::CONFLICT, "round-act-not-possible");
    assert_eq!(refused["possible"], json!(["open", "replace-release"]));
    told.at("2024-01-20T00:00:00Z").await;
    let round = told.get(&told.federation.admin, PLANNED).await.expect(StatusCode::OK);
    assert_eq!(round["state"], "open");
    let late = |answer: Answer| answer.expect(StatusCode::CREATED)["receipt"]["hours_late"].clone();
    for (based_on, at, hours) in
        [(None, "2024-02-01T10:00:00Z", 0), (Some(1), "2024-02-01T12:00:00Z", 0), (Some(2), "2024-02-01T12:00:01Z", 3)]
    {
        told.house.clock.set(at.parse().unwrap());
        assert_eq!(late(hand_in(based_on).await), hours, "{at}");
    }
    // A new date is for those who are still to come: what was late stays late.
    let moved = json!({"due_at": "2024-03-01T10:00:00Z", "reason": "系统故障"});
    told.post(&format!("{PLANNED}/changes"), moved).await.expect(StatusCode::OK);
    let receipt = told.get(&told.federation.member, &format!("{path}/receipt")).await.expect(StatusCode::OK);
    assert_eq!(receipt["hours_late"], 3);
    assert_eq!(late(hand_in(Some(3)).await), 0);
    let back = json!({"due_at": "2020-01-01T00:00:00Z", "reason": "x"});
    told.post(&format!("{PLANNED}/changes"), back).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    told.post(&format!("{PLANNED}/acts"), json!({"act": "close", "reason": "期满"})).await.expect(StatusCode::OK);
    let again = json!({"due_at": "2024-04-01T10:00:00Z", "reason": "再延"});
    told.post(&format!("{PLANNED}/changes"), again).await.problem(StatusCode::CONFLICT, "round-not-collecting");
}

#[tokio::test]
async fn a_due_date_that_passes_during_a_submission_counts_when_it_is_here_whole_and_never_twice() {
    let told = Told::found().await;
    told.house.clock.set("2024-02-01T09:59:59Z".parse().unwrap());
    let whole = json!({"answers": answers()}).to_string();
    let (first, rest) = whole.split_at(whole.len() / 2);
    let (sender, receiver) = futures::channel::mpsc::unbounded::<Result<String, std::io::Error>>();
    let put = || {
        by(&told.federation.member, Method::PUT, SUBMISSION)
            .header(header::IF_NONE_MATCH, "*")
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", "2023-m1-1")
    };
    let sending = async {
        sender.unbounded_send(Ok(first.to_owned())).unwrap();
        tokio::task::yield_now().await;
        told.house.clock.set("2024-02-01T10:00:01Z".parse().unwrap());
        sender.unbounded_send(Ok(rest.to_owned())).unwrap();
        sender.close_channel();
    };
    let (answer, ()) = tokio::join!(told.house.ask(put().body(Body::from_stream(receiver)).unwrap()), sending);
    let receipt = answer.expect(StatusCode::CREATED)["receipt"].clone();
    assert_eq!(receipt["hours_late"], 1, "the last byte came after the due time");

    // The answer was lost, and the clerk sends again hours later: the same receipt, and nobody becomes later by it.
    told.house.clock.set("2024-02-02T08:00:00Z".parse().unwrap());
    let again = told.house.ask(put().body(Body::from(whole.clone())).unwrap()).await;
    assert_eq!(again.value()["receipt"], receipt);
    let revisions = told.get(&told.federation.member, &format!("{SUBMISSION}/revisions")).await.expect(StatusCode::OK);
    assert_eq!(revisions.as_array().unwrap().len(), 1);
}

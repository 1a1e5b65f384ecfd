//! Drafts over HTTP: several editors, lost answers, what stands beside, and the way to the receipt.

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::house::{Answer, FEDERATION, Federation, House, ROUND, SUBMISSION, answers, by, plain, with_json};

const DRAFT: &str = "/federations/north/rounds/2023/submissions/m1/draft";

struct Editor<'h> {
    house: &'h House,
    token: &'h str,
}

impl Editor<'_> {
    async fn get(&self, path: &str) -> Answer {
        self.house.ask(plain(by(self.token, Method::GET, path))).await
    }

    async fn post(&self, path: &str, tag: Option<&str>) -> Answer {
        let request = by(self.token, Method::POST, path);
        let request = tag.into_iter().fold(request, |request, tag| request.header("If-Match", tag));
        self.house.ask(plain(request)).await
    }

    async fn put(&self, condition: Option<(&str, &str)>, body: &Value) -> Answer {
        let request = by(self.token, Method::PUT, DRAFT);
        let request = condition.into_iter().fold(request, |request, (name, tag)| request.header(name, tag));
        self.house.ask(with_json(request, body)).await
    }

    async fn patch(&self, tag: &str, patch: &Value) -> Answer {
        let request = by(self.token, Method::PATCH, DRAFT).header("If-Match", tag);
        let request = request.header(header::CONTENT_TYPE, "application/merge-patch+json");
        self.house.ask(request.body(patch.to_string().into()).unwrap()).await
    }

    /// Begins a draft; its entity tag.
    async fn begin(&self, answers: &Value) -> String {
        let begun = self.put(Some(("If-None-Match", "*")), &json!({ "answers": answers })).await;
        begun.expect(StatusCode::OK);
        begun.header("etag").to_owned()
    }
}

fn codes(problem: &Value) -> Vec<(&str, &str)> {
    let parts = problem["errors"].as_array().map_or(&[][..], Vec::as_slice);
    parts.iter().map(|part| (part["pointer"].as_str().unwrap(), part["code"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn nobody_writes_on_a_draft_without_saying_what_he_read() {
    let house = House::open().await;
    let Federation { member, .. } = Federation::with_round(&house).await;
    let clerk = Editor { house: &house, token: &member };
    clerk.get(DRAFT).await.problem(StatusCode::NOT_FOUND, "missing");
    let body = json!({ "answers": { "rooms": 40 } });
    clerk.put(None, &body).await.problem(StatusCode::PRECONDITION_REQUIRED, "precondition-required");
    let tag = clerk.begin(&json!({ "rooms": 40 })).await;
    let unsaid = clerk.put(None, &json!({ "answers": {} })).await;
    unsaid.problem(StatusCode::PRECONDITION_REQUIRED, "precondition-required");
    assert_eq!(unsaid.header("etag"), tag, "it is told what to read");
    let second = clerk.put(Some(("If-None-Match", "*")), &json!({ "answers": {} })).await;
    second.problem(StatusCode::PRECONDITION_FAILED, "draft-stale");
    clerk
        .put(Some(("If-Match", "\"revision-1\"")), &body)
        .await
        .problem(StatusCode::PRECONDITION_FAILED, "draft-stale");
    clerk.put(Some(("If-Match", "draft")), &body).await.problem(StatusCode::BAD_REQUEST, "header-not-understood");

    // What is half filled in is a draft all the same, and says who wrote it.
    let read = clerk.get(DRAFT).await;
    assert_eq!(read.header("etag"), tag);
    let read = read.expect(StatusCode::OK);
    assert_eq!((&read["answers"], &read["by"]["label"]), (&json!({ "rooms": 40 }), &json!("clerk of m1")));
    let again = by(&member, Method::GET, DRAFT).header("If-None-Match", &tag);
    assert_eq!(house.ask(plain(again)).await.status, StatusCode::NOT_MODIFIED);
    let discard = by(&member, Method::DELETE, DRAFT);
    house.ask(plain(discard)).await.problem(StatusCode::PRECONDITION_REQUIRED, "precondition-required");
    let discard = by(&member, Method::DELETE, DRAFT).header("If-Match", &tag);
    assert_eq!(house.ask(plain(discard)).await.status, StatusCode::NO_CONTENT);
    clerk.get(DRAFT).await.problem(StatusCode::NOT_FOUND, "missing");
}

#[tokio::test]
async fn editors_who_did_not_read_each_other_are_told_which_fields_differ() {
    let house = House::open().await;
    let Federation { member, .. } = Federation::with_round(&house).await;
    let clerk = Editor { house: &house, token: &member };
    let read = clerk.begin(&json!({ "rooms": 40, "drills": 1, "minutes": 5 })).await;
    let first = clerk.patch(&read, &json!({ "answers": { "drills": 2, "minutes": null } })).await;
    assert_eq!(first.expect(StatusCode::OK)["answers"], json!({ "rooms": 40, "drills": 2 }));

    // The other one wrote on another field, and on one that both wrote on.
    let other = clerk.patch(&read, &json!({ "answers": { "rooms": 41, "drills": 3 } })).await;
    let problem = other.problem(StatusCode::PRECONDITION_FAILED, "draft-stale");
    assert_eq!(codes(&problem), [("/answers/drills", "changed-by-both"), ("/answers/minutes", "changed-meanwhile")]);
    assert_eq!(other.header("etag"), first.header("etag"));
    let merged = clerk.patch(other.header("etag"), &json!({ "answers": { "rooms": 41 } })).await;
    assert_eq!(merged.expect(StatusCode::OK)["answers"], json!({ "rooms": 41, "drills": 2 }));

    // Whoever lost the answer and asks again gets it: nothing is written twice.
    let lost = clerk.patch(other.header("etag"), &json!({ "answers": { "rooms": 41 } })).await;
    assert_eq!(lost.header("etag"), merged.header("etag"));
    let changes = &lost.expect(StatusCode::OK)["changes"];
    assert_eq!(changes.as_array().unwrap().len(), 2, "{changes:#}");
    assert_eq!(changes[1]["fields"], json!(["/answers/rooms"]));

    let wrong = clerk.patch(lost.header("etag"), &json!({ "answers": [1] })).await;
    assert_eq!(wrong.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid")["pointer"], "/answers");
    let wrong = clerk.patch(lost.header("etag"), &json!({ "answer": {} })).await;
    assert_eq!(wrong.problem(StatusCode::UNPROCESSABLE_ENTITY, "mistyped-value")["pointer"], "/answer");
}

#[tokio::test]
async fn a_draft_that_is_handed_in_gives_the_receipt_of_its_answers_once() {
    let house = House::open().await;
    let Federation { admin, member, .. } = Federation::with_round(&house).await;
    let clerk = Editor { house: &house, token: &member };
    let tag = clerk.begin(&json!({ "rooms": 40 })).await;
    let half = clerk.post(&format!("{DRAFT}/pre-checks"), None).await;
    let half = half.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert!(half["pointer"].as_str().unwrap().starts_with("/answers"), "{half:#}");
    let unfit = clerk.post(&format!("{DRAFT}/submission"), Some(&tag)).await;
    unfit.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let whole = clerk.patch(&tag, &json!({ "answers": answers() })).await;
    let checked = clerk.post(&format!("{DRAFT}/pre-checks"), None).await.expect(StatusCode::OK);
    assert_eq!(checked["standing"], "accepted");

    // The administration sees nothing of it, and nothing of it counts.
    let overseer = Editor { house: &house, token: &admin };
    overseer.get(DRAFT).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let wall = overseer.get(&format!("{ROUND}/progress")).await.expect(StatusCode::OK);
    assert_eq!((&wall["missing"], &wall["accepted"], &wall["blocked"]), (&json!(2), &json!(0), &json!(0)));

    clerk
        .post(&format!("{DRAFT}/submission"), None)
        .await
        .problem(StatusCode::PRECONDITION_REQUIRED, "precondition-required");
    let handed = clerk.post(&format!("{DRAFT}/submission"), Some(&tag)).await;
    handed.problem(StatusCode::PRECONDITION_FAILED, "draft-stale");
    let handed = clerk.post(&format!("{DRAFT}/submission"), Some(whole.header("etag"))).await;
    assert_eq!(handed.header("etag"), "\"revision-1\"");
    let handed = handed.expect(StatusCode::CREATED);
    clerk.get(DRAFT).await.problem(StatusCode::NOT_FOUND, "missing");
    let again = clerk.post(&format!("{DRAFT}/submission"), Some(whole.header("etag"))).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(StatusCode::OK)["receipt"], handed["receipt"]);

    // The same answers in one piece have the same digest.
    let piece = by(&member, Method::PUT, SUBMISSION).header("If-Match", "\"revision-1\"");
    let piece = house.ask(with_json(piece, &json!({ "answers": answers() }))).await.expect(StatusCode::CREATED);
    assert_eq!(piece["receipt"]["answers"], handed["receipt"]["answers"]);
    assert_eq!(piece["receipt"]["revision"], 2);
}

#[tokio::test]
async fn what_is_held_back_stays_a_draft_and_what_was_overtaken_is_told() {
    let house = House::open().await;
    let Federation { member, .. } = Federation::with_round(&house).await;
    let clerk = Editor { house: &house, token: &member };
    let mut doubtful = answers();
    doubtful["extinguishers"] = json!(-1);
    let tag = clerk.begin(&doubtful).await;
    let held = clerk.post(&format!("{DRAFT}/submission"), Some(&tag)).await.expect(StatusCode::CREATED);
    assert_eq!(held["receipt"]["standing"], "blocked", "{held:#}");
    let left = clerk.get(DRAFT).await;
    let mended = clerk.patch(left.header("etag"), &json!({ "answers": { "extinguishers": 38 } })).await;
    assert_eq!((&left.expect(StatusCode::OK)["based_on"], left.header("etag") == tag), (&json!(1), false));

    let piece = by(&member, Method::PUT, SUBMISSION).header("If-Match", "\"revision-1\"");
    house.ask(with_json(piece, &json!({ "answers": answers() }))).await.expect(StatusCode::CREATED);
    let late = clerk.post(&format!("{DRAFT}/submission"), Some(mended.header("etag"))).await;
    late.problem(StatusCode::CONFLICT, "draft-builds-on-older-revision");
    let rebased = clerk.patch(mended.header("etag"), &json!({ "based_on": 2 })).await;
    let counts = clerk.post(&format!("{DRAFT}/submission"), Some(rebased.header("etag"))).await;
    assert_eq!(counts.expect(StatusCode::CREATED)["receipt"]["revision"], 3);
}

#[tokio::test]
async fn last_time_s_answers_stand_beside_the_draft() {
    let house = House::open().await;
    let Federation { admin, member, rubric } = Federation::with_round(&house).await;
    let clerk = Editor { house: &house, token: &member };
    let handed = by(&member, Method::PUT, SUBMISSION).header("If-None-Match", "*");
    house.ask(with_json(handed, &json!({ "answers": answers() }))).await.expect(StatusCode::CREATED);
    let asked = house.ask(plain(by(&admin, Method::POST, &format!("{ROUND}/settlements")))).await;
    let job = asked.expect(StatusCode::ACCEPTED)["id"].as_str().unwrap().to_owned();
    house.ask(plain(by(&admin, Method::GET, &format!("{FEDERATION}/jobs/{job}/events")))).await;
    let next = json!({
        "code": "2024", "title": "2024年度", "period": { "start": "2024-01-01", "end": "2024-12-31" },
        "due_at": "2025-02-01T10:00:00Z", "rubric": rubric,
        "calendar": { "covers": { "start": "2023-01-01", "end": "2025-12-31" } },
    });
    house
        .ask(with_json(by(&admin, Method::POST, &format!("{FEDERATION}/rounds")), &next))
        .await
        .expect(StatusCode::CREATED);
    let beside = clerk.get(&DRAFT.replace("2023", "2024").replace("/draft", "/draft/beside")).await;
    let beside = beside.expect(StatusCode::OK);
    assert_eq!((&beside["earlier"][0]["answers"], &beside["rectifications"]), (&answers(), &json!([])));
    let none = clerk.get(&format!("{DRAFT}/beside")).await.expect(StatusCode::OK);
    assert_eq!(none["earlier"], json!([]));
}

#[tokio::test]
async fn a_clock_that_goes_back_loses_no_word_and_gives_no_second_receipt() {
    let house = House::open().await;
    let Federation { member, .. } = Federation::with_round(&house).await;
    let clerk = Editor { house: &house, token: &member };
    let read = clerk.begin(&answers()).await;
    house.clock.set("2024-01-15T01:00:00Z".parse().unwrap());
    let earlier = clerk.patch(&read, &json!({ "answers": { "drills": 3 } })).await;
    house.clock.set("2024-01-15T02:00:00Z".parse().unwrap());
    let late = clerk.patch(&read, &json!({ "answers": { "drills": 4 } })).await;
    let late = late.problem(StatusCode::PRECONDITION_FAILED, "draft-stale");
    assert_eq!(codes(&late), [("/answers/drills", "changed-by-both")]);
    let submission = format!("{DRAFT}/submission");
    let submit = || clerk.post(&submission, Some(earlier.header("etag")));
    let first = submit().await.expect(StatusCode::CREATED);
    house.clock.set("2024-01-14T23:00:00Z".parse().unwrap());
    assert_eq!(submit().await.expect(StatusCode::OK)["receipt"], first["receipt"]);
    house.clock.set("2024-03-01T00:00:00Z".parse().unwrap());
    assert_eq!(submit().await.expect(StatusCode::OK)["receipt"], first["receipt"], "also once it is due");
}

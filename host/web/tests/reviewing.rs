//! A reviewed round over HTTP, as the people in it drive it: sent back, answered, accepted, adjusted, published, contested.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};

use crate::house::{Answer, FEDERATION, Federation, House, ROUND, SUBMISSION, answers, by, plain, with_json};

/// A federation with a reviewed round, and the people in it.
struct Reviewed<'h> {
    house: &'h House,
    federation: Federation,
    /// The second person.
    approver: String,
    /// The clerk of `m2`.
    neighbour: String,
}

impl<'h> Reviewed<'h> {
    async fn round(house: &'h House, policy: Value) -> Self {
        let federation = Federation::found(house).await;
        let round = json!({
            "code": "2023",
            "title": "2023年度",
            "period": {"start": "2023-01-01", "end": "2023-12-31"},
            "due_at": "2024-02-01T10:00:00Z",
            "rubric": federation.rubric,
            "calendar": {"covers": {"start": "2022-01-01", "end": "2024-12-31"}},
            "policy": policy,
        });
        let path = format!("{FEDERATION}/rounds");
        house.ask(with_json(by(&federation.admin, Method::POST, &path), &round)).await.expect(StatusCode::CREATED);
        let approver = token(house, &house.operator, &json!({"role": "approver", "label": "分管领导"})).await;
        let clerk = json!({"role": "member", "unit": "m2", "label": "clerk of m2"});
        let neighbour = token(house, &federation.admin, &clerk).await;
        Self { house, federation, approver, neighbour }
    }

    async fn ask(&self, who: &str, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let request: Request<Body> = match body {
            Some(body) => with_json(by(who, method, path), body),
            None => plain(by(who, method, path)),
        };
        self.house.ask(request).await
    }

    async fn get(&self, who: &str, path: &str) -> Answer {
        self.ask(who, Method::GET, path, None).await
    }

    async fn post(&self, who: &str, path: &str, body: &Value) -> Answer {
        self.ask(who, Method::POST, path, Some(body)).await
    }

    /// Something that the reviewers do.
    async fn review(&self, path: &str, body: &Value) -> Answer {
        self.post(&self.federation.admin, path, body).await
    }

    /// A member hands in a revision upon the newest.
    async fn hand_in(&self, who: &str, unit: &str, based_on: Option<u32>, answers: &Value) -> Answer {
        let put = by(who, Method::PUT, &format!("{ROUND}/submissions/{unit}"));
        let put = match based_on {
            None => put.header(header::IF_NONE_MATCH, "*"),
            Some(revision) => put.header(header::IF_MATCH, format!("\"revision-{revision}\"")),
        };
        self.house.ask(with_json(put, &json!({"answers": answers}))).await
    }

    async fn steer(&self, act: &str) -> Answer {
        self.ask(
            &self.federation.admin,
            Method::POST,
            &format!("{ROUND}/acts"),
            Some(&json!({"act": act, "reason": "按计划"})),
        )
        .await
    }

    async fn settle(&self) -> Value {
        let asked = self.ask(&self.federation.admin, Method::POST, &format!("{ROUND}/settlements"), None).await;
        let id = asked.expect(StatusCode::ACCEPTED)["id"].as_str().unwrap().to_owned();
        self.get(&self.federation.admin, &format!("{FEDERATION}/jobs/{id}/events")).await;
        let job = self.get(&self.federation.admin, &format!("{FEDERATION}/jobs/{id}")).await.expect(StatusCode::OK);
        assert_eq!(job["state"], "done", "{job:#}");
        self.get(&self.federation.admin, &format!("{ROUND}/settlement")).await.expect(StatusCode::OK)
    }
}

async fn token(house: &House, issuer: &str, body: &Value) -> String {
    let issued = house.ask(with_json(by(issuer, Method::POST, &format!("{FEDERATION}/tokens")), body)).await;
    issued.expect(StatusCode::CREATED)["secret"].as_str().unwrap().to_owned()
}

fn adjust(points: &str) -> Value {
    json!({"revision": 1, "act": {"adjust-points": {"criterion": "exits", "points": points}}, "reason": "现场核查"})
}

#[tokio::test]
async fn a_field_is_sent_back_with_a_date_and_answered_after_the_round_is_closed() {
    let house = House::open().await;
    let reviewed = Reviewed::round(&house, json!({"review": true})).await;
    let Federation { admin, member, .. } = &reviewed.federation;
    reviewed.hand_in(member, "m1", None, &answers()).await.expect(StatusCode::CREATED);
    reviewed.steer("close").await.expect(StatusCode::OK);
    reviewed.hand_in(member, "m1", Some(1), &answers()).await.problem(StatusCode::CONFLICT, "round-closed");

    let returns = format!("{SUBMISSION}/returns");
    let item = json!({"at": "/drills", "reason": "wrong", "text": "与演练记录不符"});
    let back = |revision: u32, due: &str, items: Value| json!({"revision": revision, "due_at": due, "items": items});
    let late = "2024-03-01T10:00:00Z";
    reviewed.post(member, &returns, &back(1, late, json!([item]))).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let wrong = reviewed
        .review(&returns, &back(1, "2020-01-01T00:00:00Z", json!([{"at": "drills", "reason": "wrong", "text": " "}])))
        .await;
    let wrong = wrong.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let places: Vec<&str> =
        wrong["errors"].as_array().unwrap().iter().map(|part| part["pointer"].as_str().unwrap()).collect();
    assert_eq!(places, ["/items/0/at", "/items/0/text", "/due_at"], "{wrong:#}");
    reviewed.review(&returns, &back(2, late, json!([item]))).await.problem(StatusCode::PRECONDITION_FAILED, "stale");
    let returned = reviewed.review(&returns, &back(1, late, json!([item]))).await.expect(StatusCode::CREATED);
    assert_eq!(returned["items"][0]["reason"], "wrong");

    // The member reads why, asks, and is answered.
    assert_eq!(reviewed.get(member, &returns).await.expect(StatusCode::OK)[0]["due_at"], late);
    let talk = format!("{SUBMISSION}/conversations");
    let said = json!({"at": "/drills", "text": "记录在附件中"});
    reviewed.post(member, &talk, &said).await.expect(StatusCode::CREATED);
    let closing = json!({"at": "/drills", "text": "已阅", "closes": true});
    reviewed.post(member, &talk, &closing).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    reviewed.post(admin, &talk, &closing).await.expect(StatusCode::CREATED);
    let talked = reviewed.get(member, &talk).await.expect(StatusCode::OK);
    let sides: Vec<&Value> = talked[0]["messages"].as_array().unwrap().iter().map(|message| &message["side"]).collect();
    assert_eq!(sides, ["reviewer", "member", "reviewer"]);
    assert_eq!(talked[0]["open"], false);
    assert_eq!(talked[0]["messages"][0]["kind"], json!({"returned": "wrong"}));
    reviewed.get(&reviewed.neighbour, &talk).await.problem(StatusCode::FORBIDDEN, "not-allowed");

    // Answered once, in time by the new date; a second one is not asked for.
    let again = reviewed.hand_in(member, "m1", Some(1), &answers()).await.expect(StatusCode::CREATED);
    assert_eq!(again["receipt"]["hours_late"], 0);
    reviewed.hand_in(member, "m1", Some(2), &answers()).await.problem(StatusCode::CONFLICT, "round-closed");
}

#[tokio::test]
async fn only_what_a_reviewer_accepted_is_settled() {
    let house = House::open().await;
    let reviewed = Reviewed::round(&house, json!({"review": true})).await;
    let Federation { admin, member, .. } = &reviewed.federation;
    reviewed.hand_in(member, "m1", None, &answers()).await.expect(StatusCode::CREATED);
    reviewed.hand_in(&reviewed.neighbour, "m2", None, &answers()).await.expect(StatusCode::CREATED);
    let acceptance = format!("{SUBMISSION}/acceptance");
    reviewed.post(member, &acceptance, &json!({"revision": 1})).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    reviewed.review(&acceptance, &json!({"revision": 2})).await.problem(StatusCode::PRECONDITION_FAILED, "stale");
    reviewed.review(&acceptance, &json!({"revision": 1, "note": "已核"})).await.expect(StatusCode::OK);
    let members = |ranking: &Value| ranking["cohorts"][0]["members"].as_array().unwrap().len();
    assert_eq!(members(&reviewed.settle().await), 1, "what nobody accepted does not count");
    let other = format!("{ROUND}/submissions/m2/acceptance");
    reviewed.review(&other, &json!({"revision": 1})).await.expect(StatusCode::OK);
    assert_eq!(members(&reviewed.settle().await), 2);

    // What is held back cannot be accepted, and an amendment counts once it is accepted, not before.
    let mut wrong = answers();
    wrong["extinguishers"] = json!(-1);
    let amended = json!({"answers": wrong, "amendment": {"kind": "correction", "reason": "误填"}});
    let put = by(member, Method::PUT, SUBMISSION).header(header::IF_MATCH, "\"revision-1\"");
    house.ask(with_json(put, &amended)).await.expect(StatusCode::CREATED);
    reviewed.review(&acceptance, &json!({"revision": 2})).await.problem(StatusCode::CONFLICT, "revision-held-back");
    let view = reviewed.get(admin, &format!("{SUBMISSION}/review")).await.expect(StatusCode::OK);
    assert_eq!((&view["revision"], &view["counted"]), (&json!(2), &json!(1)));
}

#[tokio::test]
async fn an_adjustment_stands_beside_what_was_handed_in_and_every_scorecard_stays() {
    let house = House::open().await;
    let reviewed = Reviewed::round(&house, json!({"review": true})).await;
    let Federation { admin, member, .. } = &reviewed.federation;
    let own = reviewed.hand_in(member, "m1", None, &answers()).await.expect(StatusCode::CREATED);
    let entries = format!("{SUBMISSION}/review/entries");
    reviewed.post(member, &entries, &adjust("-2")).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    for (body, pointer) in [
        (adjust("-2.3"), "/act/adjust-points/points"),
        (adjust("0"), "/act/adjust-points/points"),
        (
            json!({"revision": 1, "act": {"adjust-points": {"criterion": "response", "points": "-1"}}, "reason": "x"}),
            "/act/adjust-points/criterion",
        ),
        (
            json!({"revision": 1, "act": {"judge": {"criterion": "exits", "points": "1"}}, "reason": "x"}),
            "/act/judge/criterion",
        ),
        (
            json!({"revision": 1, "act": {"adjust-value": {"at": "/locked_exit", "counted": "1"}}, "reason": "x"}),
            "/act/adjust-value/at",
        ),
        (
            json!({"revision": 1, "act": {"adjust-value": {"at": "/drills", "counted": "2.0"}}, "reason": "x"}),
            "/act/adjust-value/counted",
        ),
        (
            json!({"revision": 1, "act": {"adjust-points": {"criterion": "exits", "points": "-1"}}, "reason": ""}),
            "/reason",
        ),
    ] {
        let refused = reviewed.review(&entries, &body).await;
        assert_eq!(refused.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid")["pointer"], pointer, "{body}");
    }
    reviewed
        .review(&entries, &json!({"revision": 7, "act": adjust("-1")["act"], "reason": "x"}))
        .await
        .problem(StatusCode::NOT_FOUND, "missing");

    let adjusted = reviewed.review(&entries, &adjust("-4")).await.expect(StatusCode::CREATED);
    assert_eq!(adjusted["state"], "in-force");
    let value =
        json!({"revision": 1, "act": {"adjust-value": {"at": "/drills", "counted": "1"}}, "reason": "记录一次"});
    let value = reviewed.review(&entries, &value).await.expect(StatusCode::CREATED);
    assert_eq!(value["entry"]["act"]["adjust-value"]["stated"], "2", "what was stated is the host's to read");
    let view = reviewed.get(admin, &format!("{SUBMISSION}/review")).await.expect(StatusCode::OK);
    let column = |view: &Value, criterion: &str, column: &str| {
        let criteria = view["criteria"].as_array().unwrap();
        criteria.iter().find(|line| line["criterion"] == criterion).unwrap()[column].clone()
    };
    assert_eq!((column(&view, "exits", "own"), column(&view, "exits", "reviewed")), (json!("40"), json!("36")));
    assert_eq!(column(&view, "exits", "settled"), Value::Null);
    assert_eq!(view["totals"]["own"], own["scorecard"]["total"]);

    // Taken back: the same total as before, and all three scorecards are still there.
    let withdraw =
        json!({"revision": 1, "act": {"withdraw": {"entry": adjusted["entry"]["id"]}}, "reason": "核查有误"});
    reviewed.review(&entries, &withdraw).await.expect(StatusCode::CREATED);
    reviewed.review(&entries, &withdraw).await.problem(StatusCode::CONFLICT, "review-entry-not-in-force");
    let view = reviewed.get(admin, &format!("{SUBMISSION}/review")).await.expect(StatusCode::OK);
    assert_eq!(column(&view, "exits", "reviewed"), "40");
    let states: Vec<&Value> = view["entries"].as_array().unwrap().iter().map(|entry| &entry["state"]).collect();
    assert_eq!(states, ["withdrawn", "in-force", "in-force"]);
    let versions = reviewed.get(admin, &format!("{SUBMISSION}/review/scorecards")).await.expect(StatusCode::OK);
    assert_eq!(versions.as_array().unwrap().len(), 4, "{versions:#}");
    assert_eq!(versions.as_array().unwrap().iter().filter(|version| version["review"].is_null()).count(), 1);
    reviewed
        .get(member, &format!("{SUBMISSION}/review/scorecards"))
        .await
        .problem(StatusCode::FORBIDDEN, "not-allowed");
}

#[tokio::test]
async fn where_two_persons_decide_an_entry_waits_for_the_second() {
    let house = House::open().await;
    let reviewed = Reviewed::round(&house, json!({"review": true, "two_person_review": true})).await;
    let Federation { admin, member, .. } = &reviewed.federation;
    reviewed.hand_in(member, "m1", None, &answers()).await.expect(StatusCode::CREATED);
    let entries = format!("{SUBMISSION}/review/entries");
    let reviewed_points = async || {
        let view = reviewed.get(admin, &format!("{SUBMISSION}/review")).await.expect(StatusCode::OK);
        view["criteria"].as_array().unwrap().iter().find(|line| line["criterion"] == "exits").unwrap()["reviewed"]
            .clone()
    };
    let mut made = Vec::new();
    for _ in 0..3 {
        let entry = reviewed.review(&entries, &adjust("-1")).await.expect(StatusCode::CREATED);
        assert_eq!(entry["state"], "waiting");
        made.push(entry["entry"]["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(reviewed_points().await, "40", "what waits does not count");
    let decision = |id: &str| format!("{entries}/{id}/decision");
    let confirm = json!({"decision": "confirm", "reason": "同意"});
    reviewed.review(&decision(&made[0]), &confirm).await.problem(StatusCode::CONFLICT, "not-a-second-person");
    let confirmed = reviewed.post(&reviewed.approver, &decision(&made[0]), &confirm).await.expect(StatusCode::OK);
    assert_eq!(confirmed["state"], "in-force");
    assert_eq!(reviewed_points().await, "39");
    reviewed
        .post(&reviewed.approver, &decision(&made[0]), &confirm)
        .await
        .problem(StatusCode::CONFLICT, "review-entry-decided");

    // Several decide together: what they name counts from then on.
    let together = format!("{ROUND}/collective-decisions");
    let minutes = json!({
        "held_on": "2024-01-15", "minutes": "2024年第1次", "present": ["分管副主任", "评审组组长"], "resolution": "予以确认",
        "entries": [made[1]],
    });
    reviewed.review(&together, &minutes).await.problem(StatusCode::CONFLICT, "not-a-second-person");
    let recorded = reviewed.post(&reviewed.approver, &together, &minutes).await.expect(StatusCode::CREATED);
    assert_eq!(reviewed_points().await, "38");
    let again = reviewed.post(&reviewed.approver, &together, &minutes).await;
    assert_eq!(again.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid")["pointer"], "/entries/0");
    assert_eq!(reviewed.get(admin, &together).await.expect(StatusCode::OK), json!([recorded]));
    let reject = json!({"decision": "reject", "reason": "重复"});
    reviewed.review(&decision(&made[2]), &reject).await.expect(StatusCode::OK);
    assert_eq!(reviewed_points().await, "38");
}

#[tokio::test]
async fn members_see_what_was_published_and_an_appeal_makes_a_new_version() {
    let house = House::open().await;
    let reviewed = Reviewed::round(&house, json!({"review": true, "appeal_days": 5})).await;
    let Federation { admin, member, .. } = &reviewed.federation;
    for (who, unit) in [(member, "m1"), (&reviewed.neighbour, "m2")] {
        reviewed.hand_in(who, unit, None, &answers()).await.expect(StatusCode::CREATED);
        let acceptance = format!("{ROUND}/submissions/{unit}/acceptance");
        reviewed.review(&acceptance, &json!({"revision": 1})).await.expect(StatusCode::OK);
    }
    let entries = format!("{SUBMISSION}/review/entries");
    let adjusted = reviewed.review(&entries, &adjust("-16")).await.expect(StatusCode::CREATED);
    reviewed.steer("close").await.expect(StatusCode::OK);
    reviewed.steer("begin-review").await.expect(StatusCode::OK);
    let settled = reviewed.settle().await;
    let total_of = |ranking: &Value, unit: &str| {
        let members = ranking["cohorts"][0]["members"].as_array().unwrap();
        members.iter().find(|member| member["unit"] == unit).unwrap()["total"].clone()
    };
    let (first, neighbour) = (total_of(&settled, "m1"), total_of(&settled, "m2"));
    assert_ne!(first, neighbour, "the adjustment is settled");

    // Before the publication a member sees its own provisional score and nothing of the review.
    let standing = format!("{SUBMISSION}/standing");
    let scorecard = format!("{SUBMISSION}/scorecard");
    reviewed.get(member, &standing).await.problem(StatusCode::CONFLICT, "not-published");
    reviewed.get(member, &format!("{SUBMISSION}/review")).await.problem(StatusCode::CONFLICT, "not-published");
    assert_eq!(reviewed.get(member, &scorecard).await.expect(StatusCode::OK)["stage"], "provisional");
    assert_eq!(reviewed.get(admin, &scorecard).await.expect(StatusCode::OK)["total"], first);
    let appeals = format!("{SUBMISSION}/appeals");
    let grounds = json!({"criterion": "exits", "grounds": "出口已整改"});
    reviewed.post(member, &appeals, &grounds).await.problem(StatusCode::CONFLICT, "round-act-not-possible");

    let publications = format!("{ROUND}/publications");
    let reason = json!({"reason": "评审结束"});
    reviewed.post(member, &publications, &reason).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let published = reviewed.review(&publications, &reason).await.expect(StatusCode::CREATED);
    assert_eq!(published["state"], "published");
    let stood = reviewed.get(member, &standing).await.expect(StatusCode::OK);
    assert_eq!((&stood["total"], &stood["rank"], &stood["ranked"]), (&first, &json!(2), &json!(2)));
    let names: Vec<&String> = stood.as_object().unwrap().keys().collect();
    assert_eq!(names, ["at", "full_marks", "grade", "grade_label", "median", "rank", "ranked", "revision", "total"]);
    let card = reviewed.get(member, &scorecard).await.expect(StatusCode::OK);
    assert_eq!((&card["stage"], &card["total"]), (&json!("settled"), &first));
    assert!(!card.to_string().contains("m2"), "{card:#}");
    let shown = reviewed.get(member, &format!("{SUBMISSION}/review")).await.expect(StatusCode::OK);
    assert_eq!((&shown["totals"]["settled"], &shown["entries"][0]["entry"]["reason"]), (&first, &json!("现场核查")));

    // The member appeals, once at a time; the neighbour cannot.
    reviewed.post(&reviewed.neighbour, &appeals, &grounds).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let nothing = reviewed.post(member, &appeals, &json!({"criterion": "premises", "grounds": "x"})).await;
    assert_eq!(nothing.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid")["pointer"], "/criterion");
    let appeal = reviewed.post(member, &appeals, &grounds).await.expect(StatusCode::CREATED);
    reviewed.post(member, &appeals, &grounds).await.problem(StatusCode::CONFLICT, "appeal-waits");
    let decision = format!("{appeals}/{}/decision", appeal["id"].as_str().unwrap());
    let upheld = |acts: Value| json!({"outcome": "upheld", "reason": "属实", "acts": acts});
    reviewed.post(member, &decision, &upheld(json!([]))).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let empty = reviewed.review(&decision, &upheld(json!([]))).await;
    assert_eq!(empty.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid")["pointer"], "/acts");
    let withdraw = json!([{"withdraw": {"entry": adjusted["entry"]["id"]}}]);
    let decided = reviewed.review(&decision, &upheld(withdraw.clone())).await.expect(StatusCode::OK);
    assert_eq!(decided["decision"]["outcome"], "upheld");
    reviewed.review(&decision, &upheld(withdraw)).await.problem(StatusCode::CONFLICT, "appeal-decided");
    let told = reviewed.get(member, &format!("{ROUND}/units/m1/notices")).await.expect(StatusCode::OK);
    let told: Vec<&str> = told.as_array().unwrap().iter().map(|notice| notice["code"].as_str().unwrap()).collect();
    assert_eq!(told, ["appeal-decided", "results-published"]);
    assert_eq!(reviewed.get(member, &appeals).await.expect(StatusCode::OK)[0]["decision"]["reason"], "属实");
    assert_eq!(reviewed.get(admin, &format!("{ROUND}/appeals")).await.expect(StatusCode::OK), json!([decided]));

    // What changed is shown once it is settled and published anew; the version before is on record.
    let settled = reviewed.settle().await;
    assert_eq!(total_of(&settled, "m1"), neighbour);
    assert_eq!(reviewed.get(member, &standing).await.expect(StatusCode::OK)["total"], first);
    reviewed.review(&publications, &json!({"reason": "申诉成立"})).await.expect(StatusCode::CREATED);
    let stands = reviewed.get(member, &standing).await.expect(StatusCode::OK);
    assert_eq!((&stands["total"], &stands["rank"]), (&neighbour, &json!(1)));
    let all = reviewed.get(member, &publications).await.expect(StatusCode::OK);
    assert_eq!(all.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_publication_waits_for_a_second_person_where_the_round_wants_two() {
    let house = House::open().await;
    let reviewed = Reviewed::round(&house, json!({"review": true, "two_person_review": true})).await;
    let Federation { member, .. } = &reviewed.federation;
    reviewed.hand_in(member, "m1", None, &answers()).await.expect(StatusCode::CREATED);
    reviewed.review(&format!("{SUBMISSION}/acceptance"), &json!({"revision": 1})).await.expect(StatusCode::OK);
    for act in ["close", "begin-review"] {
        reviewed.steer(act).await.expect(StatusCode::OK);
    }
    let publications = format!("{ROUND}/publications");
    let reason = json!({"reason": "评审结束"});
    reviewed.review(&publications, &reason).await.problem(StatusCode::CONFLICT, "not-settled");
    reviewed.settle().await;
    let proposed = reviewed.review(&publications, &reason).await.expect(StatusCode::CREATED);
    assert_eq!(proposed["state"], "waiting");
    reviewed.get(member, &format!("{SUBMISSION}/standing")).await.problem(StatusCode::CONFLICT, "not-published");
    let decision = format!("{publications}/{}/decision", proposed["publication"]["id"].as_str().unwrap());
    let confirm = json!({"decision": "confirm", "reason": "同意公布"});
    reviewed.review(&decision, &confirm).await.problem(StatusCode::CONFLICT, "not-a-second-person");
    let approved = reviewed.post(&reviewed.approver, &decision, &confirm).await.expect(StatusCode::OK);
    assert_eq!(approved["state"], "published");
    assert_eq!(reviewed.get(&reviewed.federation.admin, ROUND).await.expect(StatusCode::OK)["state"], "published");
    reviewed.get(member, &format!("{SUBMISSION}/standing")).await.expect(StatusCode::OK);
    reviewed.post(&reviewed.approver, &decision, &confirm).await.problem(StatusCode::CONFLICT, "publication-decided");
}

#[tokio::test]
async fn an_entry_that_is_sent_twice_takes_points_once() {
    let house = House::open().await;
    let reviewed = Reviewed::round(&house, json!({"review": true})).await;
    let Federation { admin, member, .. } = &reviewed.federation;
    reviewed.hand_in(member, "m1", None, &answers()).await.expect(StatusCode::CREATED);
    let entries = format!("{SUBMISSION}/review/entries");
    let send = |body: Value| {
        let post = by(admin, Method::POST, &entries).header("idempotency-key", "double-click");
        house.ask(with_json(post, &body))
    };
    let (first, second) = tokio::join!(send(adjust("-4")), send(adjust("-4")));
    let (first, second) = (first.expect(StatusCode::CREATED), second.expect(StatusCode::CREATED));
    assert_eq!(first["entry"], second["entry"]);
    send(adjust("-5")).await.problem(StatusCode::CONFLICT, "key-reused");
    let view = reviewed.get(admin, &format!("{SUBMISSION}/review")).await.expect(StatusCode::OK);
    assert_eq!(view["entries"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_board_says_whose_turn_it_is() {
    let house = House::open().await;
    let reviewed = Reviewed::round(&house, json!({"review": true, "two_person_review": true})).await;
    let Federation { admin, member, .. } = &reviewed.federation;
    let stages = async || {
        let board = reviewed.get(admin, &format!("{ROUND}/review-board")).await.expect(StatusCode::OK);
        let rows = board.as_array().unwrap().clone();
        (rows.iter().map(|row| row["stage"].as_str().unwrap().to_owned()).collect::<Vec<_>>(), rows)
    };
    assert_eq!(stages().await.0, ["missing", "missing"]);
    let mut wrong = answers();
    wrong["extinguishers"] = json!(-1);
    reviewed.hand_in(member, "m1", None, &wrong).await.expect(StatusCode::CREATED);
    reviewed.hand_in(&reviewed.neighbour, "m2", None, &answers()).await.expect(StatusCode::CREATED);
    assert_eq!(stages().await.0, ["held-back", "to-review"]);
    let item = json!({"at": "/extinguishers", "reason": "wrong", "text": "不能为负"});
    let back = json!({"revision": 1, "due_at": "2024-03-01T10:00:00Z", "items": [item]});
    reviewed.review(&format!("{SUBMISSION}/returns"), &back).await.expect(StatusCode::CREATED);
    let accept = format!("{ROUND}/submissions/m2/acceptance");
    reviewed.review(&accept, &json!({"revision": 1})).await.expect(StatusCode::OK);
    reviewed.review(&format!("{SUBMISSION}/review/entries"), &adjust("-1")).await.expect(StatusCode::CREATED);
    let (told, rows) = stages().await;
    assert_eq!(told, ["returned", "accepted"]);
    assert_eq!((&rows[0]["due_at"], &rows[0]["entries_waiting"]), (&json!("2024-03-01T10:00:00Z"), &json!(1)));
    assert_eq!((&rows[1]["counted"], &rows[1]["appeals_waiting"]), (&json!(1), &json!(0)));
    reviewed.hand_in(member, "m1", Some(1), &answers()).await.expect(StatusCode::CREATED);
    assert_eq!(stages().await.0, ["to-review", "accepted"]);
    reviewed.get(member, &format!("{ROUND}/review-board")).await.problem(StatusCode::FORBIDDEN, "not-allowed");
}

#[tokio::test]
async fn a_round_that_is_not_reviewed_takes_no_review() {
    let house = House::open().await;
    let reviewed = Reviewed::round(&house, json!({})).await;
    let Federation { member, .. } = &reviewed.federation;
    reviewed.hand_in(member, "m1", None, &answers()).await.expect(StatusCode::CREATED);
    let refused = reviewed.review(&format!("{SUBMISSION}/review/entries"), &adjust("-1")).await;
    refused.problem(StatusCode::CONFLICT, "round-without-review");
    let refused = reviewed.review(&format!("{SUBMISSION}/acceptance"), &json!({"revision": 1})).await;
    refused.problem(StatusCode::CONFLICT, "round-without-review");
}

//! The whole way over HTTP, from the enrolment to the replay: every route of it once, and every answer as the document says.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::house::{Answer, FEDERATION, Federation, House, ROUND, SUBMISSION, answers, by, plain, with_json};

struct Office<'h> {
    house: &'h House,
    federation: Federation,
}

impl Office<'_> {
    async fn get(&self, path: &str) -> Answer {
        self.house.ask(plain(by(&self.federation.admin, Method::GET, path))).await
    }

    async fn get_as_member(&self, path: &str) -> Answer {
        self.house.ask(plain(by(&self.federation.member, Method::GET, path))).await
    }

    async fn post(&self, path: &str, body: &Value) -> Answer {
        self.house.ask(with_json(by(&self.federation.admin, Method::POST, path), body)).await
    }

    async fn admit(&self, component: Vec<u8>) -> String {
        let post = by(&self.federation.admin, Method::POST, &format!("{FEDERATION}/releases"));
        let post = post.header(header::CONTENT_TYPE, "application/wasm").body(Body::from(component)).unwrap();
        self.house.ask(post).await.expect(StatusCode::CREATED)["digest"].as_str().unwrap().to_owned()
    }

    /// Asks for long work and watches it to its end.
    async fn finish(&self, work: &str) -> Value {
        self.finish_asked(
            self.house.ask(plain(by(&self.federation.admin, Method::POST, &format!("{ROUND}/{work}")))).await,
        )
        .await
    }

    async fn finish_asked(&self, asked: Answer) -> Value {
        let id = asked.expect(StatusCode::ACCEPTED)["id"].as_str().unwrap().to_owned();
        let path = format!("{FEDERATION}/jobs/{id}");
        assert_eq!(asked.header("location"), format!("/api/v1{path}"));
        let events = self.get(&format!("{path}/events")).await;
        assert_eq!(events.media_type(), "text/event-stream");
        let text = String::from_utf8(events.bytes).unwrap();
        let last = text.rsplit("event: ").next().unwrap();
        assert!(last.starts_with("done\ndata: {"), "{text}");
        let job = self.get(&path).await.expect(StatusCode::OK);
        let told: Value = serde_json::from_str(last.split_once("data: ").unwrap().1.trim()).unwrap();
        assert_eq!(told, job, "the last event is the job as it ended");
        job
    }
}

#[tokio::test]
async fn the_whole_way_from_the_enrolment_to_the_replay() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let office = Office { house: &house, federation };
    let OfFederation { admin, rubric } = OfFederation::of(&office);

    let federations = house.ask(plain(by(&house.operator, Method::GET, "/federations"))).await.expect(StatusCode::OK);
    assert_eq!(federations[0]["name"], "北方联社");
    assert_eq!(office.get(&format!("{FEDERATION}/units")).await.expect(StatusCode::OK)[1]["code"], "m2");
    let unit = office.get(&format!("{FEDERATION}/units/m1")).await.expect(StatusCode::OK);
    let mut renamed = unit.clone();
    renamed["name"] = json!("新名");
    let put = with_json(by(admin, Method::PUT, &format!("{FEDERATION}/units/m1")), &renamed);
    assert_eq!(house.ask(put).await.status, StatusCode::NO_CONTENT);
    assert_eq!(office.get(&format!("{FEDERATION}/units/m1")).await.expect(StatusCode::OK)["name"], "新名");
    let put = with_json(by(admin, Method::PUT, &format!("{FEDERATION}/units/m2")), &renamed);
    assert_eq!(house.ask(put).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "code-differs")["pointer"], "/code");

    assert_eq!(office.get(&format!("{FEDERATION}/releases")).await.expect(StatusCode::OK)[0]["digest"], *rubric);
    office.get(&format!("{FEDERATION}/releases/{rubric}")).await.expect(StatusCode::OK);
    let component = office.get_as_member(&format!("{FEDERATION}/releases/{rubric}/component")).await;
    assert_eq!(component.bytes, rogues::HONEST);
    assert_eq!(office.get(&format!("{FEDERATION}/rounds")).await.expect(StatusCode::OK)[0]["code"], "2023");
    office.get(ROUND).await.expect(StatusCode::OK);
    assert_eq!(office.get_as_member(&format!("{ROUND}/form")).await.expect(StatusCode::OK)["type"], "object");

    let pack = office.get_as_member(&format!("{ROUND}/pre-check-packs/m1")).await.expect(StatusCode::OK);
    assert_eq!(pack["rubric"], *rubric);
    let try_first = by(&office.federation.member, Method::POST, &format!("{SUBMISSION}/pre-checks"));
    let tried = house.ask(with_json(try_first, &json!({"answers": answers()}))).await.expect(StatusCode::OK);
    let put = by(&office.federation.member, Method::PUT, SUBMISSION).header(header::IF_NONE_MATCH, "*");
    let submitted = house.ask(with_json(put, &json!({"answers": answers()}))).await.expect(StatusCode::CREATED);
    assert_eq!(tried["scorecard"], submitted["scorecard"], "the pre-check and the verdict are the same");
    assert_eq!(submitted["receipt"]["standing"], "accepted");
    let revision = office.get_as_member(&format!("{SUBMISSION}/revisions/1")).await.expect(StatusCode::OK);
    assert_eq!(revision["receipt"], submitted["receipt"]);
    assert_eq!(office.get(&format!("{ROUND}/progress")).await.expect(StatusCode::OK)["missing"], 1);

    office.get(&format!("{ROUND}/settlement")).await.problem(StatusCode::CONFLICT, "not-settled");
    assert_eq!(office.finish("settlements").await["state"], "done");
    let ranking = office.get(&format!("{ROUND}/settlement")).await.expect(StatusCode::OK);
    assert_eq!(ranking["cohorts"][0]["members"][0]["unit"], "m1");
    assert_eq!(office.get_as_member(&format!("{SUBMISSION}/standing")).await.expect(StatusCode::OK)["rank"], 1);
    assert_eq!(
        office.get_as_member(&format!("{SUBMISSION}/scorecard")).await.expect(StatusCode::OK)["stage"],
        "settled"
    );
    activate_and_roll_back(&office).await;
    office.finish("settlements").await;
    let comparison = office.get(&format!("{ROUND}/settlement/comparison")).await.expect(StatusCode::OK);
    assert_eq!(comparison["members"][0]["before"], comparison["members"][0]["after"]);
    office.finish("roll-ups").await;
    assert_eq!(office.get(&format!("{ROUND}/roll-up")).await.expect(StatusCode::OK)["roll_up"]["expected"], 2);
    assert_eq!(office.get(&format!("{FEDERATION}/jobs")).await.expect(StatusCode::OK).as_array().unwrap().len(), 4);

    replay_everything(&office).await;
}

/// Another release is tried, proposed, approved by a second person and rolled back, and everybody can read what was done.
async fn activate_and_roll_back(office: &Office<'_>) {
    let house = office.house;
    let mut component = rogues::HONEST.to_vec();
    component.extend(*b"\x00\x07\x06remark");
    let candidate = office.admit(component).await;
    let comparison = format!("{FEDERATION}/releases/{}/comparison?with={candidate}", office.federation.rubric);
    office.get(&comparison).await.expect(StatusCode::OK);
    office.get(&format!("{FEDERATION}/releases/{candidate}/point-table")).await.expect(StatusCode::OK);

    let trial =
        office.finish_asked(office.post(&format!("{ROUND}/trials"), &json!({"release": candidate})).await).await;
    let trial = trial["id"].as_str().unwrap();
    let found = office.get(&format!("{ROUND}/trials/{trial}")).await.expect(StatusCode::OK);
    assert_eq!((&found["trial"]["members"], &found["trial"]["changed"]), (&json!(1), &json!(0)));
    assert_eq!(office.get(&format!("{ROUND}/trials/{trial}?format=html")).await.media_type(), "text/html");
    assert_eq!(office.get(&format!("{ROUND}/trials/{trial}?format=csv")).await.media_type(), "text/csv");

    let body = json!({"release": candidate, "trial": trial, "reason": "省内修订"});
    let proposed = office.post(&format!("{ROUND}/activations"), &body).await;
    let id = proposed.expect(StatusCode::CREATED)["proposal"]["id"].as_str().unwrap().to_owned();
    let path = format!("{ROUND}/activations/{id}");
    assert_eq!(proposed.header("location"), format!("/api/v1{path}"));
    let approve = json!({"decision": "approve", "reason": "同意"});
    let alone = office.post(&format!("{path}/decision"), &approve).await;
    alone.problem(StatusCode::CONFLICT, "not-a-second-person");
    let body = json!({"role": "approver", "label": "分管领导"});
    let issued = house.ask(with_json(by(&house.operator, Method::POST, &format!("{FEDERATION}/tokens")), &body)).await;
    let approver = issued.expect(StatusCode::CREATED)["secret"].as_str().unwrap().to_owned();
    let decide = with_json(by(&approver, Method::POST, &format!("{path}/decision")), &approve);
    assert_eq!(house.ask(decide).await.expect(StatusCode::OK)["state"], "approved");
    assert_eq!(office.get(ROUND).await.expect(StatusCode::OK)["rubric"], *candidate);
    assert_eq!(office.get(&path).await.expect(StatusCode::OK)["decision"]["act"], "approve");

    let swap = office.post(&format!("{ROUND}/rollback"), &json!({"reason": "发现问题"})).await.expect(StatusCode::OK);
    assert_eq!((&swap["replaces"], &swap["release"]), (&json!(candidate), &json!(office.federation.rubric)));
    assert_eq!(office.get(&format!("{ROUND}/activations")).await.expect(StatusCode::OK)[0]["state"], "approved");
    assert_eq!(office.get(&format!("{ROUND}/pins")).await.expect(StatusCode::OK)[2]["by"], "rollback");
    assert_eq!(office.get(&format!("{FEDERATION}/notices")).await.expect(StatusCode::OK).as_array().unwrap().len(), 2);
    let release = format!("{FEDERATION}/releases/{candidate}");
    let withdrawn = office.post(&format!("{release}/withdrawal"), &json!({"reason": "不再需要"})).await;
    withdrawn.problem(StatusCode::CONFLICT, "release-in-use");
    office.get(&format!("{release}/withdrawal")).await.problem(StatusCode::NOT_FOUND, "missing");
    assert_eq!(office.get(&format!("{release}/quarantines")).await.expect(StatusCode::OK), json!([]));
    office.get(&format!("{release}/health")).await.expect(StatusCode::OK);
    let policy = json!({"faults_max": 3, "window_seconds": 60});
    let path = format!("{FEDERATION}/quarantine-policy");
    let put = with_json(by(&office.federation.admin, Method::PUT, &path), &policy);
    assert_eq!(house.ask(put).await.expect(StatusCode::OK), policy);
    assert_eq!(office.get(&path).await.expect(StatusCode::OK), policy);
}

#[tokio::test]
async fn a_quarantined_release_is_answered_with_a_time_to_come_back() {
    let house = House::open().await;
    let federation = Federation::found(&house).await;
    let office = Office { house: &house, federation };
    let trap = office.admit(rogues::component(rogues::Rogue::Traps)).await;
    let round = json!({
        "code": "2023", "title": "2023年度", "period": {"start": "2023-01-01", "end": "2023-12-31"},
        "due_at": "2024-02-01T10:00:00Z", "rubric": trap,
        "calendar": {"covers": {"start": "2022-01-01", "end": "2024-12-31"}},
    });
    office.post(&format!("{FEDERATION}/rounds"), &round).await.expect(StatusCode::CREATED);
    let path = format!("{FEDERATION}/quarantine-policy");
    let policy = json!({"faults_max": 0, "window_seconds": 60});
    house.ask(with_json(by(&office.federation.admin, Method::PUT, &path), &policy)).await.expect(StatusCode::OK);
    let put = || {
        with_json(
            by(&office.federation.member, Method::PUT, SUBMISSION).header(header::IF_NONE_MATCH, "*"),
            &json!({"answers": answers()}),
        )
    };
    house.ask(put()).await.problem(StatusCode::BAD_GATEWAY, "trapped");
    let refused = house.ask(put()).await;
    let problem = refused.problem(StatusCode::SERVICE_UNAVAILABLE, "release-quarantined");
    assert_eq!(refused.header("retry-after"), "300");
    assert_eq!((&problem["fault"], &problem["release"]), (&json!("plugin"), &json!(trap)));
    let lifting = format!("{FEDERATION}/releases/{trap}/quarantine-lifting");
    office.post(&lifting, &json!({"reason": "已核实"})).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn a_report_that_cannot_be_had_says_why() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let office = Office { house: &house, federation };
    let report = format!("{ROUND}/reports/{}", office.federation.rubric);
    office.get(&format!("{report}?format=papyrus")).await.problem(StatusCode::BAD_REQUEST, "query-not-understood");
    let image = by(&office.federation.admin, Method::GET, &report).header(header::ACCEPT, "image/png");
    house.ask(plain(image)).await.problem(StatusCode::NOT_ACCEPTABLE, "not-acceptable");
    office.get(&report).await.problem(StatusCode::CONFLICT, "not-rolled-up");
}

#[tokio::test]
async fn reports_and_readers_are_described_like_rubrics() {
    let house = House::open().await;
    let federation = Federation::found(&house).await;
    for (component, kind) in [(rogues::HONEST_REPORT, "report"), (rogues::HONEST_READER, "reader")] {
        let post = by(&federation.admin, Method::POST, &format!("{FEDERATION}/releases"));
        let post = post.header(header::CONTENT_TYPE, "application/wasm").body(Body::from(component.to_vec())).unwrap();
        let admitted = house.ask(post).await;
        let release = admitted.expect(StatusCode::CREATED);
        assert!(release["descriptions"][kind]["title"].is_object());
        let location = admitted.header("location").strip_prefix("/api/v1").unwrap();
        assert_eq!(
            house.ask(plain(by(&federation.admin, Method::GET, location))).await.expect(StatusCode::OK),
            release
        );
    }
}

/// Turns the pages of the record and runs each evaluation again.
async fn replay_everything(office: &Office<'_>) {
    let mut after = String::new();
    let mut replayed = 0;
    loop {
        let page = office.get(&format!("{FEDERATION}/evaluations?limit=3{after}")).await.expect(StatusCode::OK);
        let Some(last) = page.as_array().unwrap().last() else { break };
        after = format!("&after={}", last["id"].as_str().unwrap());
        for evaluation in page.as_array().unwrap() {
            let path = format!("{FEDERATION}/evaluations/{}/replays", evaluation["id"].as_str().unwrap());
            let again = office.house.ask(plain(by(&office.federation.admin, Method::POST, &path))).await;
            assert_eq!(again.expect(StatusCode::OK)["equal"], true);
            replayed += 1;
        }
    }
    assert!(replayed >= 4, "describe, check, score and settle were recorded, not only {replayed}");
}

/// What the story asks for again and again.
struct OfFederation<'f> {
    admin: &'f str,
    rubric: &'f str,
}

impl<'f> OfFederation<'f> {
    fn of(office: &'f Office<'_>) -> Self {
        Self { admin: &office.federation.admin, rubric: &office.federation.rubric }
    }
}

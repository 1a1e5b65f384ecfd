//! Files that a submission rests on: streamed in, sniffed, listed, handed out to be saved, withdrawn, and named by others.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use bytes::Bytes;
use domain::digest::Digest;
use domain::limits::ATTACHMENT_BYTES_MAX;
use serde_json::{Value, json};

use crate::house::{Answer, FEDERATION, Federation, House, SUBMISSION, answers, by, plain, with_json};

const PDF: &[u8] = b"%PDF-1.7\n...";

async fn attach(house: &House, who: &str, query: &str, bytes: impl Into<Body>) -> Answer {
    let request = by(who, Method::POST, &format!("{SUBMISSION}/attachments?{query}"));
    house.ask(request.body(bytes.into()).unwrap()).await
}

async fn get(house: &House, who: &str, path: &str) -> Answer {
    house.ask(plain(by(who, Method::GET, path))).await
}

async fn with_role(house: &House, admin: &str, role: &str) -> String {
    let body = json!({ "role": role, "label": role });
    let issued = house.ask(with_json(by(admin, Method::POST, &format!("{FEDERATION}/tokens")), &body)).await;
    issued.expect(StatusCode::CREATED)["secret"].as_str().unwrap().to_owned()
}

/// `制度.pdf`
const NAME: &str = "name=%E5%88%B6%E5%BA%A6.pdf";

#[tokio::test]
async fn a_file_is_attached_listed_handed_out_and_withdrawn() {
    let house = House::open().await;
    let Federation { admin, member, .. } = Federation::with_round(&house).await;
    let kept = attach(&house, &member, &format!("{NAME}&criterion=exits"), PDF).await.expect(StatusCode::CREATED);
    assert_eq!((&kept["name"], &kept["kind"], &kept["bytes"]), (&json!("制度.pdf"), &json!("pdf"), &json!(PDF.len())));
    assert_eq!((&kept["to"], &kept["digest"]), (&json!({ "criterion": "exits" }), &json!(Digest::of(PDF).to_string())));
    let listed = get(&house, &admin, &format!("{SUBMISSION}/attachments")).await.expect(StatusCode::OK);
    assert_eq!(listed, json!([kept]));

    let path = format!("{SUBMISSION}/attachments/{}", kept["id"].as_str().unwrap());
    let file = get(&house, &admin, &path).await;
    assert_eq!(
        (file.status, file.media_type(), file.bytes.as_slice()),
        (StatusCode::OK, "application/octet-stream", PDF)
    );
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    let disposition = file.header("content-disposition");
    assert!(
        disposition.starts_with("attachment; ") && disposition.ends_with("filename*=UTF-8''%E5%88%B6%E5%BA%A6.pdf")
    );

    let withdrawal = format!("{path}/withdrawal");
    let withdraw = || with_json(by(&member, Method::POST, &withdrawal), &json!({ "reason": "误传" }));
    let withdrawn = house.ask(withdraw()).await.expect(StatusCode::OK);
    assert_eq!(withdrawn["withdrawn"]["reason"], "误传");
    house.ask(withdraw()).await.problem(StatusCode::CONFLICT, "attachment-withdrawn");
    get(&house, &member, &path).await.problem(StatusCode::CONFLICT, "attachment-withdrawn");
    let listed = get(&house, &member, &format!("{SUBMISSION}/attachments")).await.expect(StatusCode::OK);
    assert_eq!(listed.as_array().unwrap().len(), 1, "its record stays");
}

#[tokio::test]
async fn what_is_not_what_its_name_says_or_too_much_is_not_kept() {
    let house = House::open().await;
    let Federation { member, .. } = Federation::with_round(&house).await;
    for (query, bytes, code) in [
        (NAME, &b"MZ\x90\x00"[..], "file-of-another-kind"),
        (NAME, b"", "empty"),
        ("name=run.exe", b"MZ\x90\x00", "file-not-taken"),
        ("name=..%2Fx.pdf", PDF, "not-a-file-name"),
        ("name=a.txt", b"text\x00binary", "file-of-another-kind"),
        ("name=a.pdf&criterion=gardens", PDF, "unknown-criterion"),
        ("name=a.pdf&field=x", PDF, "not-a-pointer"),
    ] {
        let refused = attach(&house, &member, query, bytes).await;
        let refused = refused.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(refused["errors"][0]["code"], code, "{query}: {refused:#}");
    }
    // A sender without end is cut off at the limit: nobody holds what it sends.
    let piece = Bytes::from(vec![b' '; 1024 * 1024]);
    let first = Bytes::from_static(PDF);
    let endless = std::iter::once(first).chain(std::iter::repeat(piece)).map(Ok::<_, std::io::Error>);
    let endless = Body::from_stream(futures::stream::iter(endless));
    let refused = attach(&house, &member, NAME, endless).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(refused["errors"][0]["code"], "file-too-large", "{ATTACHMENT_BYTES_MAX}");
    let broken = futures::stream::iter([Ok(Bytes::from_static(PDF)), Err(std::io::Error::other("cut"))]);
    attach(&house, &member, NAME, Body::from_stream(broken)).await.problem(StatusCode::CONFLICT, "upload-broke-off");
    let listed = get(&house, &member, &format!("{SUBMISSION}/attachments")).await.expect(StatusCode::OK);
    assert_eq!(listed, json!([]));
}

#[tokio::test]
async fn what_names_persons_is_handed_only_to_those_who_may_see_that() {
    let house = House::open().await;
    let Federation { admin, member, .. } = Federation::with_round(&house).await;
    let kept = attach(&house, &member, &format!("{NAME}&personal=true"), PDF).await.expect(StatusCode::CREATED);
    let path = format!("{SUBMISSION}/attachments/{}", kept["id"].as_str().unwrap());
    for (role, may) in [("reviewer", true), ("auditor", false)] {
        let token = with_role(&house, &admin, role).await;
        let answer = get(&house, &token, &path).await;
        assert_eq!(answer.status, if may { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{role}");
        assert_eq!(get(&house, &token, &format!("{SUBMISSION}/attachments")).await.status, StatusCode::OK);
    }
    let stranger = attach(&house, &with_role(&house, &admin, "auditor").await, NAME, PDF).await;
    stranger.problem(StatusCode::FORBIDDEN, "not-allowed");
}

#[tokio::test]
async fn what_others_name_has_to_be_attached() {
    let house = House::open().await;
    let Federation { admin, member, .. } = Federation::with_policy(&house, json!({ "review": true })).await;
    let handed = by(&member, Method::PUT, SUBMISSION).header("If-None-Match", "*");
    house.ask(with_json(handed, &json!({ "answers": answers() }))).await.expect(StatusCode::CREATED);
    let entry = |digest: Digest| {
        let act = json!({ "adjust-points": { "criterion": "exits", "points": "-2" } });
        let body: Value = json!({ "revision": 1, "act": act, "reason": "现场核查", "evidence": [digest.to_string()] });
        house.ask(with_json(by(&admin, Method::POST, &format!("{SUBMISSION}/review/entries")), &body))
    };
    let unknown = entry(Digest::of(PDF)).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(
        (&unknown["errors"][0]["pointer"], &unknown["errors"][0]["code"]),
        (&json!("/evidence/0"), &json!("not-attached"))
    );
    attach(&house, &admin, NAME, PDF).await.expect(StatusCode::CREATED);
    entry(Digest::of(PDF)).await.expect(StatusCode::CREATED);
}

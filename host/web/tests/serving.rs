//! Serving over a real connection: streams end and the host stops when it is told to.

use axum::http::{Method, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use web::WebSettings;

use crate::house::{FEDERATION, Federation, House, ROUND, SUBMISSION, answers, by, plain, with_json};

#[tokio::test]
async fn who_watches_a_job_is_told_how_it_stands_and_let_go_when_the_host_stops() {
    let house = House::idle(WebSettings::default()).await;
    let federation = Federation::with_round(&house).await;
    let put = by(&federation.member, Method::PUT, SUBMISSION);
    house.ask(with_json(put, &serde_json::json!({"answers": answers()}))).await.expect(StatusCode::CREATED);
    let asked = house.ask(plain(by(&federation.admin, Method::POST, &format!("{ROUND}/settlements")))).await;
    let job = asked.expect(StatusCode::ACCEPTED)["id"].as_str().unwrap().to_owned();

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut connection = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let stop = CancellationToken::new();
    let serving = web::serve(listener, house.office.clone(), WebSettings::default(), stop.clone());
    let watching = async {
        let path = format!("/api/v1{FEDERATION}/jobs/{job}/events");
        let token = &federation.admin;
        let request = format!("GET {path} HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {token}\r\n\r\n");
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut heard = Vec::new();
        while !String::from_utf8_lossy(&heard).contains("\"state\":\"waiting\"") {
            assert_ne!(connection.read_buf(&mut heard).await.unwrap(), 0, "{}", String::from_utf8_lossy(&heard));
        }
        stop.cancel();
        connection.read_to_end(&mut heard).await.unwrap();
        String::from_utf8(heard).unwrap()
    };
    let (served, heard) = tokio::join!(serving, watching);
    served.unwrap();
    assert!(heard.starts_with("HTTP/1.1 200 OK"), "{heard}");
    assert!(heard.contains("text/event-stream") && heard.contains("event: progress"), "{heard}");
    assert!(heard.ends_with("0\r\n\r\n"), "the stream is ended in good order: {heard}");
}

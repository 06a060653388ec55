//! Repeats, pauses and the gate, over the wire.

use std::time::Duration;

use pachca_client::testing::Limits;
use pachca_client::{ErrorKind, StatusUpdate};
use tokio::time::Instant;

use crate::server::{Reply, Server, answer, json, quick};

fn update(title: &str) -> StatusUpdate {
    StatusUpdate::new("🎧", title)
}

fn throttle(status: u16, retry_after: &str) -> Vec<u8> {
    answer(status, &[("Content-Type", "application/json"), ("Retry-After", retry_after)], "{}")
}

const STATUS: &str = r#"{"data":{"emoji":"🎧","title":"x","is_away":false}}"#;

#[tokio::test]
async fn a_click_during_a_short_outage_succeeds_without_being_told() {
    let server = Server::start(|n, _| {
        Reply::Keep(if n < 3 { json([500, 502, 503][n], "<html>") } else { json(200, STATUS) })
    })
    .await;
    server.client().set_status(&update("x")).await.unwrap();
    assert_eq!(server.count(), 4);
}

#[tokio::test]
async fn a_short_pause_is_waited_for_and_never_shortened() {
    for status in [429, 503] {
        let server = Server::start(move |n, _| {
            Reply::Keep(if n == 0 { throttle(status, "1") } else { json(200, STATUS) })
        })
        .await;
        server.client().set_status(&update("x")).await.unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        assert!(requests[1].at - requests[0].at >= Duration::from_secs(1), "{status}");
    }
}

#[tokio::test]
async fn a_long_pause_fails_at_once_and_stops_all_clones_and_all_operations() {
    for status in [429, 503] {
        let server = Server::always(throttle(status, "120")).await;
        let client = server.client();
        let began = Instant::now();
        let error = client.status().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RateLimited);
        assert_eq!(error.http_status(), Some(status));
        assert!(error.retry_after().unwrap() >= Duration::from_mins(2));
        let other = client.clone();
        for error in [
            other.profile().await.unwrap_err(),
            other.set_status(&update("x")).await.unwrap_err(),
            other.clear_status().await.unwrap_err(),
            other.token_info().await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::RateLimited);
            assert!(error.retry_after().unwrap() > Duration::from_secs(100));
            assert!(error.is_retryable() && !error.may_have_arrived());
        }
        assert!(began.elapsed() < Duration::from_secs(5));
        assert_eq!(server.count(), 1, "one {status} stops all traffic");
    }
}

#[tokio::test]
async fn an_absurd_pause_is_told_and_a_senseless_one_is_an_ordinary_pause() {
    let server = Server::always(throttle(429, "99999999999999999999")).await;
    let error = server.client().status().await.unwrap_err();
    assert!(error.retry_after().unwrap() >= Duration::from_hours(2));
    assert_eq!(server.count(), 1);

    for nonsense in ["-5", "soon", "", "0", "Fri, 31 Dec 1999 23:59:59 GMT"] {
        let server = Server::start(move |n, _| {
            Reply::Keep(if n == 0 { throttle(429, nonsense) } else { json(200, STATUS) })
        })
        .await;
        server.client().set_status(&update("x")).await.unwrap();
        assert_eq!(server.count(), 2, "{nonsense:?}");
    }
}

#[tokio::test]
async fn a_pause_until_a_date_is_measured_by_the_servers_clock() {
    let headers = [
        ("Content-Type", "application/json"),
        ("Date", "Fri, 01 Jan 2021 00:00:00 GMT"),
        ("Retry-After", "Fri, 01 Jan 2021 01:00:00 GMT"),
    ];
    let server = Server::always(answer(429, &headers, "{}")).await;
    let wait = server.client().status().await.unwrap_err().retry_after().unwrap();
    assert!((3600..3610).contains(&wait.as_secs()), "{wait:?}");
}

#[tokio::test]
async fn after_a_pause_one_request_goes_first_and_the_others_follow_it() {
    let pause = Duration::from_secs(1);
    let began = Instant::now();
    let server = Server::start(move |_, _| {
        if began.elapsed() < pause {
            Reply::Keep(throttle(429, "1"))
        } else {
            Reply::Drip(json(200, "null"), Duration::from_millis(5))
        }
    })
    .await;
    let client = server.client();
    let (a, b, c) = tokio::join!(client.status(), client.status(), client.status());
    assert_eq!((a.unwrap(), b.unwrap(), c.unwrap()), (None, None, None));
    let requests = server.requests();
    let after: Vec<_> =
        requests.iter().filter(|request| request.at - requests[0].at >= pause).collect();
    assert_eq!(after.len(), 3);
    assert!(
        after[1].at - after[0].at >= Duration::from_millis(300),
        "the second waits for the first one's answer"
    );
}

#[tokio::test]
async fn a_call_ends_within_its_time_however_long_the_pauses_would_be() {
    let limits =
        Limits { first_pause: Duration::from_mins(1), call: Duration::from_secs(2), ..quick() };
    let server = Server::always(json(500, "{}")).await;
    let began = Instant::now();
    assert_eq!(server.client_with(limits).status().await.unwrap_err().kind(), ErrorKind::Server);
    assert!(began.elapsed() < Duration::from_secs(2), "it does not sleep when that cannot help");
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn when_the_budget_is_used_up_calls_are_made_once() {
    let server = Server::always(json(500, "{}")).await;
    let client = server.client();
    let mut requests = Vec::new();
    for _ in 0..4 {
        let before = server.count();
        client.status().await.unwrap_err();
        requests.push(server.count() - before);
    }
    assert_eq!(requests, [4, 4, 2, 1], "seven repeats of 14 are in 100");
}

#[tokio::test]
async fn writes_of_one_thing_arrive_in_order_and_never_together() {
    let server =
        Server::start(|_, _| Reply::Drip(json(200, STATUS), Duration::from_millis(1))).await;
    let client = server.client();
    let (first, second, third) = (update("1"), update("2"), update("3"));
    let (a, b, c) = tokio::join!(
        client.set_status(&first),
        client.set_status(&second),
        client.set_status(&third)
    );
    a.unwrap();
    b.unwrap();
    c.unwrap();
    let requests = server.requests();
    let titles: Vec<_> = requests
        .iter()
        .map(|request| {
            serde_json::from_slice::<serde_json::Value>(&request.body).unwrap()["status"]["title"]
                .clone()
        })
        .collect();
    assert_eq!(titles, ["1", "2", "3"]);
    for pair in requests.windows(2) {
        assert!(
            pair[1].at - pair[0].at >= Duration::from_millis(50),
            "the answer before was read first"
        );
    }
}

#[tokio::test]
async fn a_burst_of_reads_is_held_to_ten_and_then_five_a_second() {
    let server = Server::always(json(200, "null")).await;
    let client = server.client();
    let began = Instant::now();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..15 {
        let client = client.clone();
        calls.spawn(async move { client.status().await.unwrap() });
    }
    while let Some(done) = calls.join_next().await {
        done.unwrap();
    }
    assert!(began.elapsed() >= Duration::from_millis(900), "{:?}", began.elapsed());
    assert_eq!(server.count(), 15);
}

#[tokio::test]
async fn two_are_on_the_wire_at_most_and_a_click_goes_before_the_looks_that_wait() {
    // An answer takes as many milliseconds as it has bytes; one of the first two three times as long, so that the other
    // gives its place to somebody first.
    let server = Server::start(|n, _| {
        Reply::Drip(json(200, STATUS), Duration::from_millis(if n == 1 { 3 } else { 1 }))
    })
    .await;
    let client = server.client();
    let focus = update("focus");
    let (a, b, c, d, click) = tokio::join!(
        client.status(),
        client.status(),
        client.status(),
        client.status(),
        client.set_status(&focus)
    );
    click.unwrap();
    for look in [a, b, c, d] {
        assert!(look.unwrap().is_some());
    }
    let requests = server.requests();
    let methods: Vec<_> = requests.iter().map(|request| &*request.method).collect();
    assert_eq!(methods, ["GET", "GET", "PUT", "GET", "GET"]);
    for three in requests.windows(3) {
        assert!(
            three[2].at - three[0].at >= Duration::from_millis(50),
            "the third waits until one of the two before it was answered"
        );
    }
}

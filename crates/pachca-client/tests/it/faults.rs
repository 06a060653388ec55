//! Broken lines, slow lines, cut and swollen answers.

use std::cell::Cell;
use std::time::Duration;

use pachca_client::testing::{Limits, TestSettings as _};
use pachca_client::{Client, Error, ErrorKind, ServerUrl, StatusUpdate, Token};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

use crate::server::{Reply, Server, TOKEN, json, quick};

const STATUS: &str = r#"{"data":{"emoji":"🎮","title":"Занят","expires_at":null,"is_away":false,"away_message":null}}"#;

fn update() -> StatusUpdate {
    StatusUpdate::new("🎧", "Focus")
}

#[tokio::test]
async fn a_read_survives_three_resets_in_a_row() {
    let server =
        Server::start(
            |n, _| if n < 3 { Reply::Reset(vec![]) } else { Reply::Keep(json(200, STATUS)) },
        )
        .await;
    assert!(server.client().status().await.unwrap().is_some());
    assert_eq!(server.count(), 4);
}

#[tokio::test]
async fn a_write_whose_answer_is_lost_is_not_sent_again() {
    for cut in [0, 10, 60, 100] {
        let server =
            Server::start(move |_, _| Reply::Reset(json(200, STATUS)[..cut].to_vec())).await;
        let error = server.client().set_status(&update()).await.unwrap_err();
        assert!(
            error.may_have_arrived() && error.is_offline() && error.is_retryable(),
            "{error:?}"
        );
        assert_eq!(server.count(), 1);
        let error = server.client().clear_status().await.unwrap_err();
        assert!(error.may_have_arrived(), "{error:?}");
        assert_eq!(server.count(), 2);
    }
}

#[tokio::test]
async fn an_answer_cut_at_any_byte_is_never_half_a_status() {
    let whole = json(200, STATUS);
    for cut in 0..whole.len() {
        let part = whole[..cut].to_vec();
        let second = whole.clone();
        let server = Server::start(move |n, request| {
            if n == 0 || request.method == "PUT" {
                Reply::Close(part.clone())
            } else {
                Reply::Keep(second.clone())
            }
        })
        .await;
        let client = server.client();
        let status = client.status().await.unwrap().unwrap();
        assert_eq!(status.title, "Занят");
        assert_eq!(server.count(), 2, "cut at {cut}: asked once more");
        let error = client.set_status(&update()).await.unwrap_err();
        assert!(error.may_have_arrived(), "cut at {cut}: {error:?}");
        assert_eq!(server.count(), 3, "cut at {cut}: a write is not repeated");
    }
}

#[tokio::test]
async fn an_answer_without_a_length_that_breaks_off_is_asked_for_again() {
    let mut unframed = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".to_vec();
    // In the middle of a letter.
    unframed.extend_from_slice(&STATUS.as_bytes()[..40]);
    let server = Server::start(move |n, _| {
        if n == 0 { Reply::Close(unframed.clone()) } else { Reply::Keep(json(200, STATUS)) }
    })
    .await;
    assert!(server.client().status().await.unwrap().is_some());
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn bad_chunks_are_a_broken_answer() {
    let bad = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{".to_vec();
    let server = Server::start(move |n, _| {
        if n == 0 { Reply::Keep(bad.clone()) } else { Reply::Keep(json(200, "null")) }
    })
    .await;
    assert_eq!(server.client().status().await.unwrap(), None);
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn no_drip_and_no_silence_outlasts_an_attempt() {
    let limits = Limits {
        silence: Duration::from_millis(200),
        attempt: Duration::from_millis(400),
        call: Duration::from_millis(600),
        connect: Duration::from_millis(200),
        ..quick()
    };
    let began = Instant::now();
    // One byte at a time is never silent, so only the limit of the attempt ends it; silence ends sooner.
    let drip = || Reply::Drip(json(200, STATUS), Duration::from_millis(20));
    for reply in [
        drip as fn() -> Reply,
        || Reply::Silence,
        || Reply::Drip(json(200, STATUS), Duration::from_secs(5)),
    ] {
        let server = Server::start(move |_, _| reply()).await;
        let error = server.client_with(limits).set_status(&update()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.may_have_arrived());
        assert_eq!(server.count(), 1);
        let error = server.client_with(limits).status().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(!error.may_have_arrived(), "a read changes nothing");
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

#[tokio::test]
async fn fifty_dripping_servers_hold_nobody_up() {
    let limits =
        Limits { attempt: Duration::from_millis(500), call: Duration::from_millis(700), ..quick() };
    let began = Instant::now();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..50 {
        calls.spawn(async move {
            let server =
                Server::start(|_, _| Reply::Drip(json(200, STATUS), Duration::from_millis(50)))
                    .await;
            server.client_with(limits).status().await.unwrap_err().kind()
        });
    }
    while let Some(kind) = calls.join_next().await {
        assert_eq!(kind.unwrap(), ErrorKind::Timeout);
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

#[tokio::test]
async fn an_answer_larger_than_a_mebibyte_is_left_unread() {
    let announced =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999999999\r\n\r\n"
            .to_vec();
    let unannounced = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".to_vec();
    for head in [announced, unannounced] {
        let server = Server::start(move |_, _| Reply::Endless(head.clone())).await;
        let client = server.client();
        assert_eq!(client.profile().await.unwrap_err().kind(), ErrorKind::TooLarge);
        assert_eq!(server.count(), 1);
        assert!(client.set_status(&update()).await.unwrap_err().may_have_arrived());
    }
}

#[tokio::test]
async fn a_refusal_with_an_endless_body_is_still_that_refusal() {
    let head = b"HTTP/1.1 422 No\r\nContent-Type: application/json\r\n\r\n".to_vec();
    let server = Server::start(move |_, _| Reply::Endless(head.clone())).await;
    assert_eq!(server.client().set_status(&update()).await.unwrap_err().kind(), ErrorKind::Refused);
}

#[tokio::test]
async fn garbage_is_no_answer() {
    let server = Server::start(|_, _| Reply::Close(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec())).await;
    assert!(server.client().status().await.unwrap_err().is_offline());
    assert_eq!(server.count(), 4);
}

#[tokio::test]
async fn nobody_listening_is_offline_and_even_a_write_is_tried_four_times() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let attempts = std::sync::Arc::new(std::sync::atomic::AtomicU8::new(0));
    let seen = std::sync::Arc::clone(&attempts);
    let client = Client::builder(
        ServerUrl::parse(&format!("http://{address}")).unwrap(),
        Token::parse(TOKEN).unwrap(),
    )
    .limits(quick())
    .observer(std::sync::Arc::new(move |record| {
        assert_eq!((record.status, record.failure), (None, Some(ErrorKind::Offline)));
        seen.store(record.attempt, std::sync::atomic::Ordering::SeqCst);
    }))
    .build()
    .unwrap();
    let error = client.set_status(&update()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Offline);
    assert!(!error.may_have_arrived(), "nothing was sent");
    assert_eq!(attempts.load(std::sync::atomic::Ordering::SeqCst), 4);
}

/// Sets a status over TLS at a listener that does this with every connection; the error, and how many there were.
async fn refused_over_tls(treat: impl AsyncFn(&mut TcpStream)) -> (Error, usize) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let client = Client::builder(ServerUrl::parse(&url).unwrap(), Token::parse(TOKEN).unwrap())
        .limits(quick())
        .build()
        .unwrap();
    let (update, connections) = (update(), Cell::new(0));
    let serve = async {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            connections.set(connections.get() + 1);
            treat(&mut stream).await;
        }
    };
    tokio::select! {
        answer = client.set_status(&update) => (answer.unwrap_err(), connections.get()),
        never = serve => never,
    }
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_a_tls_failure_and_not_asked_again() {
    let (error, connections) = refused_over_tls(async |stream| {
        let _ = stream.write_all(&json(400, "{}")).await;
        let _ = stream.read(&mut [0; 4096]).await;
    })
    .await;
    assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
    assert!(!error.may_have_arrived());
    assert_eq!(connections, 1);
}

#[tokio::test]
async fn a_line_that_breaks_during_the_handshake_is_offline_and_tried_again() {
    for reset in [true, false] {
        let (error, connections) = refused_over_tls(async |stream| {
            let _ = stream.read(&mut [0; 4096]).await;
            if reset {
                stream.set_zero_linger().unwrap();
            }
        })
        .await;
        assert_eq!(error.kind(), ErrorKind::Offline, "{error:?}");
        assert!(!error.may_have_arrived(), "nothing was sent");
        assert_eq!(connections, 4);
    }
}

#[tokio::test]
async fn a_connection_that_went_dead_while_nobody_used_it_is_replaced() {
    let limits = Limits {
        silence: Duration::from_millis(300),
        connect: Duration::from_millis(300),
        ..quick()
    };
    // After a change of network: the old connection swallows what is sent, or is reset; a new one works.
    for dead in [|| Reply::Silence, || Reply::Reset(Vec::new()), || Reply::Close(Vec::new())]
        as [fn() -> Reply; 3]
    {
        let server =
            Server::start(move |n, _| if n == 1 { dead() } else { Reply::Keep(json(200, STATUS)) })
                .await;
        let client = server.client_with(limits);
        assert!(client.status().await.unwrap().is_some());
        let began = Instant::now();
        assert!(client.status().await.unwrap().is_some(), "asked again on a new connection");
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        assert_eq!(server.count(), 3);
    }
}

#[tokio::test]
async fn forgotten_connections_are_not_used_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    // Each connection answers once and is dead afterwards, without saying so.
    let task = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(&json(200, STATUS)).await;
                std::future::pending::<()>().await;
            });
        }
    });
    let url = ServerUrl::parse(&format!("http://{address}/api/shared/v1")).unwrap();
    let client = Client::builder(url, Token::parse(TOKEN).unwrap()).build().unwrap();
    for _ in 0..3 {
        // A second request on a dead connection would have no answer at all.
        client.set_status(&update()).await.unwrap();
        client.forget_connections();
    }
    task.abort();
}

#[tokio::test]
async fn a_name_nobody_knows_is_no_connection() {
    // RFC 2606: never anybody's.
    let url = ServerUrl::parse("https://nobody.pachca.invalid/api/shared/v1").unwrap();
    let limits = Limits { connect: Duration::from_secs(2), ..quick() };
    let client = Client::builder(url, Token::parse(TOKEN).unwrap()).limits(limits).build().unwrap();
    let error = client.set_status(&update()).await.unwrap_err();
    assert!(error.is_offline() && !error.may_have_arrived(), "{error:?}");
}

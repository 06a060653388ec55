//! Calls that end before they are done: no longer wanted, asleep meanwhile, dropped; and what is known of them then.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use pachca_client::testing::Limits;
use pachca_client::{Client, ErrorKind, Guard, StatusUpdate};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use crate::server::{Reply, Server, answer, json, quick};

const STATUS: &str = r#"{"data":{"emoji":"🎧","title":"x","is_away":false}}"#;
const REFUSED: &str =
    r#"{"errors":[{"key":"title","code":"too_long","message":"Слишком длинно"}]}"#;

fn update() -> StatusUpdate {
    StatusUpdate::new("🎧", "x")
}

/// Says yes so many times.
fn yes(times: usize) -> (Guard, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    (Arc::new(move || count.fetch_add(1, Ordering::SeqCst) < times), asked)
}

async fn arrived(server: &Server, count: usize) {
    let began = Instant::now();
    while server.count() < count {
        assert!(began.elapsed() < Duration::from_secs(5), "{} of {count}", server.count());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn set_in_background(client: &Client) -> JoinHandle<Result<(), ErrorKind>> {
    let client = client.clone();
    tokio::spawn(async move {
        client.set_status(&update()).await.map(drop).map_err(|error| error.kind())
    })
}

#[tokio::test]
async fn each_attempt_is_sent_only_while_it_is_wanted() {
    for wanted in 0..4 {
        let server = Server::always(json(503, "{}")).await;
        let (guard, asked) = yes(wanted);
        let client = server.client().with_guard(guard);
        let error = client.set_status(&update()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::CalledOff);
        assert_eq!(error.may_have_arrived(), wanted > 0, "after {wanted} attempts");
        assert_eq!((server.count(), asked.load(Ordering::SeqCst)), (wanted, wanted + 1));
    }
    let server = Server::always(json(200, "null")).await;
    let (client, (guard, _)) = (server.client(), yes(0));
    assert_eq!(client.with_guard(guard).status().await.unwrap_err().kind(), ErrorKind::CalledOff);
    assert_eq!(client.status().await.unwrap(), None, "the guard is that clone's alone");
}

#[tokio::test]
async fn a_write_is_asked_about_after_it_has_waited_for_the_one_before() {
    let server =
        Server::start(|_, _| Reply::Drip(json(200, STATUS), Duration::from_millis(2))).await;
    let client = server.client();
    let first = set_in_background(&client);
    arrived(&server, 1).await;
    let (guard, asked) = yes(0);
    let second = set_in_background(&client.with_guard(guard));
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(asked.load(Ordering::SeqCst), 0, "not before its turn");
    first.await.unwrap().unwrap();
    assert_eq!(second.await.unwrap(), Err(ErrorKind::CalledOff));
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn what_was_begun_before_a_sleep_is_not_sent_after_it() {
    let limits = Limits { asleep: Duration::from_millis(50), ..quick() };
    for asleep in [false, true] {
        let server = Server::start(move |n, _| {
            if n > 0 {
                return Reply::Keep(json(200, STATUS));
            }
            if asleep {
                // The monotonic clock stands still, the wall clock goes on.
                tokio::time::pause();
                std::thread::sleep(Duration::from_millis(100));
                tokio::time::resume();
            }
            Reply::Keep(json(503, "{}"))
        })
        .await;
        let outcome = server.client_with(limits).set_status(&update()).await;
        if asleep {
            let error = outcome.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::CalledOff);
            assert!(error.may_have_arrived() && error.is_retryable());
        } else {
            outcome.unwrap();
        }
        assert_eq!(server.count(), if asleep { 1 } else { 2 });
    }
}

#[tokio::test]
async fn a_dropped_call_leaves_its_turn_and_its_places_to_the_next() {
    // Dropped on the wire and in the pause before a repeat; others wait behind it for their turn and for a place.
    for first in [|| Reply::Silence, || Reply::Keep(json(503, "{}"))] as [fn() -> Reply; 2] {
        let server =
            Server::start(move |n, _| if n < 2 { first() } else { Reply::Keep(json(200, STATUS)) })
                .await;
        let client = server.client_with(Limits { first_pause: Duration::from_secs(10), ..quick() });
        let look = client.clone();
        let look = tokio::spawn(async move { look.status().await.map(drop) });
        arrived(&server, 1).await;
        let sent = set_in_background(&client);
        arrived(&server, 2).await;
        let behind = set_in_background(&client);
        let picture = client.clone();
        let picture = tokio::spawn(async move { picture.delete_avatar().await });
        tokio::time::sleep(Duration::from_millis(30)).await;
        for call in [look.abort_handle(), sent.abort_handle(), behind.abort_handle()] {
            call.abort();
        }
        picture.abort();
        let _ = (look.await, sent.await, behind.await, picture.await);
        let patience = Duration::from_secs(2);
        timeout(patience, client.set_status(&update())).await.unwrap().unwrap();
        assert!(timeout(patience, client.status()).await.unwrap().unwrap().is_some());
    }
}

#[tokio::test]
async fn a_dropped_first_call_after_a_pause_leaves_going_first_to_the_next() {
    let server = Server::start(|n, _| match n {
        0 => Reply::Keep(answer(429, &[("Retry-After", "21")], "")),
        1 => Reply::Silence,
        _ => Reply::Keep(json(200, STATUS)),
    })
    .await;
    let client = server.client();
    assert_eq!(client.status().await.unwrap_err().http_status(), Some(429));
    let refused = client.status().await.unwrap_err();
    assert!(refused.is_local_refusal(), "{refused:?}");
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(23)).await;
    tokio::time::resume();
    let probe = set_in_background(&client);
    arrived(&server, 2).await;
    let behind = set_in_background(&client);
    probe.abort();
    timeout(Duration::from_secs(5), behind).await.unwrap().unwrap().unwrap();
}

#[tokio::test]
async fn doubt_is_judged_over_all_attempts_of_a_call() {
    let refused = || Reply::Keep(json(422, REFUSED));
    let gone = || Reply::Reset(Vec::new());
    let down = || Reply::Keep(json(503, "{}"));
    let limited = || Reply::Keep(answer(429, &[("Retry-After", "0")], "{}"));
    let long = || Reply::Keep(answer(429, &[("Retry-After", "600")], "{}"));
    let page = || Reply::Keep(answer(200, &[("Content-Type", "text/html")], "<html>"));
    for (name, replies, kind, doubt) in [
        ("refused", vec![refused as fn() -> Reply], ErrorKind::Refused, false),
        ("limited, refused", vec![limited, refused], ErrorKind::Refused, false),
        ("down, refused", vec![down, refused], ErrorKind::Refused, true),
        ("down, limited, refused", vec![down, limited, refused], ErrorKind::Refused, true),
        ("down, a long pause", vec![down, long], ErrorKind::RateLimited, true),
        ("a long pause", vec![long], ErrorKind::RateLimited, false),
        ("limited, gone", vec![limited, gone], ErrorKind::Offline, true),
        ("a page", vec![page], ErrorKind::NotPachca, true),
    ] {
        let count = replies.len();
        let server = Server::start(move |n, _| replies[n]()).await;
        let error = server.client().set_status(&update()).await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_arrived()), (kind, doubt), "{name}");
        assert!(!error.is_local_refusal());
        assert_eq!(server.count(), count, "{name}");
    }
}

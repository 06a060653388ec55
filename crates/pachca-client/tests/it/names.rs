//! Name look-ups that fail, take their time, or never end.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pachca_client::testing::{Limits, Lookup, Resolver, TestSettings as _};
use pachca_client::{Client, ErrorKind, ServerUrl, StatusUpdate, Token};
use tokio::time::Instant;

use crate::server::{Server, TOKEN, json};

fn update() -> StatusUpdate {
    StatusUpdate::new("🎧", "Focus")
}

/// A resolver that does the same for every name.
fn resolver(lookup: impl Fn() -> Lookup + Send + Sync + 'static) -> Resolver {
    Arc::new(move |_| lookup())
}

/// This machine.
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

#[tokio::test(start_paused = true)]
async fn whatever_a_resolver_does_no_connection_is_known_within_fifteen_seconds() {
    type Answer = fn() -> Lookup;
    let resolvers: [(&str, Answer); 6] = [
        ("says that there is no such name", || {
            Box::pin(async { Err(io::Error::new(io::ErrorKind::NotFound, "NXDOMAIN")) })
        }),
        ("fails after two seconds", || {
            Box::pin(async {
                tokio::time::sleep(Duration::from_secs(2)).await;
                Err(io::Error::other("SERVFAIL"))
            })
        }),
        ("fails after four seconds", || {
            Box::pin(async {
                tokio::time::sleep(Duration::from_secs(4)).await;
                Err(io::Error::other("SERVFAIL"))
            })
        }),
        ("knows the name and no address", || Box::pin(async { Ok(Vec::new()) })),
        ("answers after twenty seconds", || {
            Box::pin(async {
                tokio::time::sleep(Duration::from_secs(20)).await;
                Ok(vec![HERE])
            })
        }),
        ("never answers", || Box::pin(std::future::pending())),
    ];
    for (what, lookup) in resolvers {
        for seed in 0..5 {
            let attempts = Arc::new(Mutex::new(Vec::new()));
            let seen = Arc::clone(&attempts);
            let url = ServerUrl::parse("https://pachca.test/api/shared/v1").unwrap();
            let client = Client::builder(url, Token::parse(TOKEN).unwrap())
                .resolver(resolver(lookup))
                .seed(seed)
                .observer(Arc::new(move |record| seen.lock().unwrap().push(record.failure)))
                .build()
                .unwrap();
            for write in [true, false] {
                attempts.lock().unwrap().clear();
                let began = Instant::now();
                let error = if write {
                    client.set_status(&update()).await.unwrap_err()
                } else {
                    client.status().await.unwrap_err()
                };
                assert_eq!(error.kind(), ErrorKind::Offline, "a resolver that {what}: {error:?}");
                assert!(!error.may_have_arrived(), "nothing was sent");
                let (took, limit) = (began.elapsed(), Limits::default().offline);
                assert!(took <= limit, "a resolver that {what}: {took:?}");
                let attempts = attempts.lock().unwrap();
                assert!((2..=4).contains(&attempts.len()), "a resolver that {what}: {attempts:?}");
                assert!(attempts.iter().all(|failure| *failure == Some(ErrorKind::Offline)));
            }
        }
    }
}

#[tokio::test]
async fn a_resolver_of_ones_own_is_asked_and_a_slow_answer_is_used() {
    let server = Server::always(json(200, "null")).await;
    let url = ServerUrl::parse(&server.origin().replace("127.0.0.1", "localhost")).unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let resolver: Resolver = Arc::new(move |name| {
        seen.lock().unwrap().push(name);
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            Ok(vec![HERE])
        })
    });
    let client =
        Client::builder(url, Token::parse(TOKEN).unwrap()).resolver(resolver).build().unwrap();
    assert_eq!(client.status().await.unwrap(), None);
    assert_eq!(*asked.lock().unwrap(), ["localhost"]);
}

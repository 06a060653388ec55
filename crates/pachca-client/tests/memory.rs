//! Memory under answers without end. A program of its own: what is measured is the whole process at its largest.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

#[path = "it/server.rs"]
#[expect(dead_code, reason = "the server of the other tests can do more")]
mod server;

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use pachca_client::ErrorKind;
use server::{Reply, Server, quick};

/// Ten mebibytes of zeros; members of a gzip file may stand one after another.
fn zeros() -> Vec<u8> {
    let mut file = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..1280 {
        file.write_all(&[0; 8 * 1024]).unwrap();
    }
    file.finish().unwrap()
}

/// The most memory this process ever had, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn endless_and_exploding_answers_cost_no_more_memory_than_honest_ones() {
    let head = |more: &str| {
        format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{more}\r\n").into_bytes()
    };
    let bomb = zeros().repeat(90);
    assert!(bomb.len() < 1024 * 1024, "small enough to be read whole: {}", bomb.len());
    let mut exploding =
        head(&format!("Content-Encoding: gzip\r\nContent-Length: {}\r\n", bomb.len()));
    exploding.extend_from_slice(&bomb);
    let chunked = head("Transfer-Encoding: chunked\r\n");

    // One honest round first: pools, buffers and the server itself are there afterwards.
    let honest = Server::always(server::json(200, &format!("\"{}\"", "x".repeat(900_000)))).await;
    assert!(honest.client_with(quick()).status().await.is_err());
    let before = peak();
    for reply in [
        Box::new(move || Reply::Keep(exploding.clone())) as Box<dyn Fn() -> Reply + Send + Sync>,
        Box::new(move || Reply::Endless(head(""))),
        Box::new(move || Reply::Endless(head("Content-Length: 1000000000000\r\n"))),
        Box::new(move || Reply::Endless([&chunked[..], b"ffffffff\r\n"].concat())),
    ] {
        let server = Server::start(move |_, _| reply()).await;
        let client = server.client_with(quick());
        for _ in 0..4 {
            let kind = client.status().await.unwrap_err().kind();
            let kinds = [ErrorKind::TooLarge, ErrorKind::NotPachca, ErrorKind::Unexpected];
            assert!(kinds.contains(&kind), "{kind:?}");
        }
    }
    let grown = peak().saturating_sub(before);
    assert!(grown < 8 * 1024, "{grown} KiB more than before");
}

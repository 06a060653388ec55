//! What is left of the token in memory after a disconnect: an engine in a process of its own, and a parent that reads
//! all of its memory.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Write},
    os::unix::fs::FileExt,
    path::PathBuf,
    process::{Command, Stdio},
    sync::Arc,
    time::Instant,
};

use pachca_sandbox::DEMO_TOKEN;
use status_core::Cause;
use status_runtime::MemoryStore;

use crate::app::{self, PATIENCE, TestApp, draft};

const FOLDER: &str = "STATUS_RUNTIME_TEST_FOLDER";
const SERVER: &str = "STATUS_RUNTIME_TEST_SERVER";
const NAME: &str = "wiped::after_a_disconnect_the_token_is_nowhere_in_memory";

/// Where in the writable memory of a process the token is.
fn copies(pid: u32) -> Vec<String> {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).expect("it runs");
    let memory = File::open(format!("/proc/{pid}/mem")).expect("a parent may read its child");
    let mut found = Vec::new();
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let range = words.next().unwrap_or_default();
        if !words.next().is_some_and(|rights| rights.starts_with("rw")) {
            continue;
        }
        let (from, to) = range.split_once('-').expect("from-to");
        let address = |text| u64::from_str_radix(text, 16).expect("an address");
        let (from, to) = (address(from), address(to));
        let mut bytes = vec![0; usize::try_from(to - from).expect("it fits")];
        // Parts may be gone by now, or may not be read at all.
        let mut read = 0;
        while let Ok(more) = memory.read_at(&mut bytes[read..], from + read as u64) {
            if more == 0 {
                break;
            }
            read += more;
        }
        let needle = DEMO_TOKEN.as_bytes();
        for (at, window) in bytes.windows(needle.len()).enumerate() {
            if window == needle {
                let around = &bytes[at.saturating_sub(40)..(at + 60).min(bytes.len())];
                found.push(format!("{line}: {:?}", String::from_utf8_lossy(around)));
            }
        }
    }
    found
}

/// The child's part: connects, works, disconnects, and stays.
async fn app(folder: PathBuf, server: String) {
    let (engine, screen) = app::start(&folder, &server, Arc::new(MemoryStore::new()), None);
    engine.connect(DEMO_TOKEN.to_owned(), false).await.expect("the sandbox knows its token");
    screen.shows("the status is known", |now| now.status.known).await;
    for title in ["one", "two"] {
        engine.command(status_core::Command::SetStatus(draft(title)), Cause::Person);
        screen
            .shows("it is set", |now| {
                let status = now.status.status.as_ref();
                now.pending.is_none() && status.is_some_and(|status| status.title == title)
            })
            .await;
    }
    println!("connected;");
    let mut lines =
        tokio::io::AsyncBufReadExt::lines(tokio::io::BufReader::new(tokio::io::stdin()));
    lines.next_line().await.expect("the parent writes");
    engine.disconnect().await.expect("nothing is in the way");
    screen.shows("nobody is connected", |now| now.account.is_none()).await;
    println!("disconnected;");
    // Until the parent has seen enough.
    let _ = lines.next_line().await;
}

#[tokio::test]
async fn after_a_disconnect_the_token_is_nowhere_in_memory() {
    if let (Some(folder), Ok(server)) = (std::env::var_os(FOLDER), std::env::var(SERVER)) {
        return app(folder.into(), server).await;
    }
    let app = TestApp::new().await;
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", NAME, "--nocapture"])
        .env(FOLDER, app.folder.path())
        .env(SERVER, app.sandbox.base_url())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a child");
    let pid = child.id();
    let mut input = child.stdin.take().expect("piped");
    let mut output = BufReader::new(child.stdout.take().expect("piped"));
    // The sandbox answers meanwhile.
    let looked = tokio::task::spawn_blocking(move || {
        let mut says = |what: &str| {
            let mut line = String::new();
            while !line.contains(what) {
                line.clear();
                assert!(output.read_line(&mut line).expect("text") > 0, "never said {what}");
            }
        };
        says("connected;");
        let before = copies(pid);
        writeln!(input, "disconnect").expect("the child listens");
        says("disconnected;");
        let until = Instant::now() + PATIENCE;
        // Connections close a moment later.
        let mut after = copies(pid);
        while !after.is_empty() && Instant::now() < until {
            after = copies(pid);
        }
        drop(input);
        let _ = output.read_to_string(&mut String::new());
        (before, after)
    });
    let (before, after) = looked.await.expect("no panic");
    child.wait().expect("it ends");
    assert!(!before.is_empty(), "the search finds what is there");
    assert_eq!(after, Vec::<String>::new(), "before: {before:#?}");
}

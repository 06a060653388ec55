//! Faults in the delivery: the connection breaks, waits, drips, or never ends.

use std::io::{ErrorKind, Read as _, Write as _};
use std::time::{Duration, Instant};

use pachca_sandbox::{DEMO_TOKEN, Effect, Fault, Sandbox, Status};
use serde_json::json;

use crate::http::{
    PATIENCE, bearer, call, connect, exchange, head_length, parse, request, sandbox,
};

fn get(path: &str) -> Vec<u8> {
    request("GET", &format!("/api/shared/v1{path}"), &[bearer(DEMO_TOKEN)], b"")
}

fn put_status() -> Vec<u8> {
    let headers = [bearer(DEMO_TOKEN), ("content-type", "application/json".to_owned())];
    let body = json!({ "status": { "emoji": "🎮", "title": "Играю" } }).to_string();
    request("PUT", "/api/shared/v1/profile/status", &headers, body.as_bytes())
}

fn whole_answer(sandbox: &Sandbox) -> Vec<u8> {
    exchange(sandbox, &get("/profile/status")).unwrap()
}

#[tokio::test]
async fn a_reset_is_a_reset_and_says_nothing_of_whether_it_was_carried_out() {
    let sandbox = sandbox().await;
    for (fault, done) in [(Fault::reset(), false), (Fault::reset_after_apply(), true)] {
        sandbox.fault(fault);
        let error = exchange(&sandbox, &put_status()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
        assert_eq!(sandbox.state().status.is_some(), done);
    }
    assert_eq!(sandbox.requests().last().unwrap().status, None);
}

#[tokio::test]
async fn a_closed_connection_ends_without_a_byte() {
    let sandbox = sandbox().await;
    sandbox.fault(Fault::new(Effect::Close));
    assert_eq!(exchange(&sandbox, &put_status()).unwrap(), b"");
    assert!(sandbox.state().status.is_none());
}

#[tokio::test]
async fn an_upload_can_be_reset_in_its_middle() {
    let sandbox = sandbox().await;
    sandbox.fault(Fault::new(Effect::ResetUpload { after: 1000 }));
    let mut stream = connect(&sandbox);
    let whole =
        request("PUT", "/api/shared/v1/profile/avatar", &[bearer(DEMO_TOKEN)], &vec![0; 1_000_000]);
    // Only a part of what is announced, so that the reset cannot have waited for the rest.
    stream.write_all(&whole[..20_000]).unwrap();
    let error = stream.read(&mut [0; 100]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    let record = sandbox.wait_for(|request| request.method == "PUT", PATIENCE).await.unwrap();
    assert!((1000..20_000).contains(&record.body.len()), "{}", record.body.len());
}

#[tokio::test]
async fn a_stall_sends_nothing_for_ever_and_the_sandbox_still_stops() {
    let sandbox = sandbox().await;
    sandbox.fault(Fault::stall().applied());
    let mut stream = connect(&sandbox);
    stream.write_all(&put_status()).unwrap();
    sandbox.wait_for_state(|state| state.status.is_some(), PATIENCE).await.unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    assert_eq!(stream.read(&mut [0; 1]).unwrap_err().kind(), ErrorKind::WouldBlock);
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    drop(sandbox);
    assert!(matches!(stream.read(&mut [0; 1]), Ok(0) | Err(_)), "the connection ended");
}

#[tokio::test]
async fn latency_delays_the_real_answer() {
    let sandbox = sandbox().await;
    for fault in
        [Fault::latency(Duration::from_millis(80)), Fault::new(Effect::Stall { millis: Some(80) })]
    {
        sandbox.fault(fault);
        let began = Instant::now();
        assert_eq!(call(&sandbox, "GET", "/profile").status, 200);
        assert!(began.elapsed() >= Duration::from_millis(80));
    }
}

#[tokio::test]
async fn a_body_can_stall_after_the_head() {
    let sandbox = sandbox().await;
    sandbox.set_status(Status::new("🎮", "Играю"));
    sandbox.fault(Fault::new(Effect::StallBody { after: 5 }));
    let mut stream = connect(&sandbox);
    stream.write_all(&get("/profile/status")).unwrap();
    let mut seen = Vec::new();
    while !seen.ends_with(b"{\"dat") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        seen.extend(byte);
    }
    stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    assert_eq!(stream.read(&mut [0; 1]).unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[tokio::test]
async fn a_drip_takes_its_time_and_loses_nothing() {
    let sandbox = sandbox().await;
    let whole = whole_answer(&sandbox);
    sandbox.fault(Fault::new(Effect::Drip { bytes_per_second: 1000 }));
    let began = Instant::now();
    let dripped = exchange(&sandbox, &get("/profile/status")).unwrap();
    assert_eq!(parse(&dripped).json(), parse(&whole).json());
    let least = Duration::from_millis(dripped.len() as u64 - 100);
    assert!(began.elapsed() >= least, "{:?} for {} bytes", began.elapsed(), dripped.len());
}

#[tokio::test]
async fn a_body_is_truncated_behind_a_head_that_announced_it_whole() {
    let sandbox = sandbox().await;
    sandbox.set_status(Status::new("🎮", "Играю"));
    let length = parse(&whole_answer(&sandbox)).body.len();
    for bytes in [0, 1, length - 1] {
        sandbox.fault(Fault::new(Effect::Truncate { bytes }));
        let cut = exchange(&sandbox, &get("/profile/status")).unwrap();
        let end = head_length(&cut);
        assert!(
            String::from_utf8_lossy(&cut[..end]).contains(&format!("content-length: {length}\r\n"))
        );
        assert_eq!(cut.len() - end, bytes);
    }
}

#[tokio::test]
async fn an_answer_can_be_cut_at_every_byte() {
    let sandbox = sandbox().await;
    sandbox.set_rate_limit(0);
    let length = whole_answer(&sandbox).len();
    for bytes in 0..length {
        sandbox.fault(Fault::new(Effect::CutAnswer { bytes }));
        assert_eq!(whole_answer(&sandbox).len(), bytes);
    }
    assert_eq!(whole_answer(&sandbox).len(), length);
}

#[tokio::test]
async fn a_huge_body_has_no_announced_length_and_as_many_bytes_as_asked() {
    let sandbox = sandbox().await;
    sandbox.fault(Fault::new(Effect::HugeBody { bytes: Some(3_000_000) }));
    let answer = exchange(&sandbox, &get("/profile/status")).unwrap();
    let head = String::from_utf8_lossy(&answer[..head_length(&answer)]).into_owned();
    assert!(
        head.contains("transfer-encoding: chunked") && !head.contains("content-length"),
        "{head}"
    );
    assert!((3_000_000..3_100_000).contains(&(answer.len() - head.len())), "{}", answer.len());
}

#[tokio::test]
async fn an_endless_body_goes_on_until_the_client_leaves() {
    let sandbox = sandbox().await;
    sandbox.fault(Fault::new(Effect::HugeBody { bytes: None }));
    let mut stream = connect(&sandbox);
    stream.write_all(&get("/profile/status")).unwrap();
    std::io::copy(&mut (&mut stream).take(20_000_000), &mut std::io::sink()).unwrap();
    drop(stream);
    assert_eq!(call(&sandbox, "GET", "/profile").status, 200);
}

#[tokio::test]
async fn garbage_goes_out_as_it_is() {
    let sandbox = sandbox().await;
    for garbage in [
        &b"\0\xFFnot http at all"[..],
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nbad\r\n",
    ] {
        sandbox.fault(Fault::new(Effect::Garbage { bytes: garbage.into() }));
        assert_eq!(exchange(&sandbox, &get("/profile")).unwrap(), garbage);
    }
    assert_eq!(call(&sandbox, "GET", "/profile").status, 200);
}

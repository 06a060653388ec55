//! One request, from its head to its answer.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::header::{HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Request, Response, StatusCode};
use jiff::Timestamp;

use crate::answer::Answer;
use crate::api::{self, Call, Operation};
use crate::body::SandboxBody;
use crate::fault::{self, Effect, Fault};
use crate::faulty_stream::{CurrentFault, StreamFault};
use crate::options::API_PREFIX;
use crate::record::{self, RecordedRequest};
use crate::workspace::Shared;
use crate::{avatar, control};

/// Room for the rest of a form around a picture of the largest size, and for bodies that are wrong in size.
const BODY_ROOM: usize = 1024 * 1024;

/// A page like those of a network that wants one to sign in.
const PORTAL: &str = "<!doctype html><html><head><title>Wi-Fi</title></head><body><h1>Вход в сеть</h1>\
    <form action=\"/login\"><input name=\"phone\"><button>Войти</button></form></body></html>";

/// The connection ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection ends without an answer")]
pub(crate) struct Gone;

/// Reads one request, does what it and the faults say, and answers.
pub(crate) async fn answer(
    request: Request<Incoming>,
    client_port: u16,
    shared: Arc<Shared>,
    stream_fault: CurrentFault,
) -> Result<Response<SandboxBody>, Gone> {
    stream_fault.set(StreamFault::Plain);
    let (head, body) = request.into_parts();
    if let Some(rest) = control::path(head.uri.path()) {
        let body = collect(body, usize::MAX).await.map_err(|_| Gone)?;
        let reply = control::answer(&shared, &head, rest, &body);
        return Ok(respond(&shared, reply));
    }

    let mut record = arrival(&shared, &head, client_port);
    let path = decoded(&record.path);
    let api_path = path
        .strip_prefix(API_PREFIX)
        .filter(|rest| rest.starts_with('/'))
        .map(|rest| rest.trim_end_matches('/'));
    let place = api_path.unwrap_or(&path).to_owned();
    let fault = fault::strike(&mut shared.workspace().faults, &record.method, &place);

    let limit = match &fault {
        Some(Fault { effect: Effect::ResetUpload { after }, .. }) => *after,
        _ => shared.workspace().options.avatar_limit + BODY_ROOM,
    };
    let collected = collect(body, limit).await;
    record.body = collected.as_ref().map_or_else(|ended| ended.read.clone(), Clone::clone);
    let number = record.number;
    let call = Call { request: record.clone(), path: place, upload: None };
    shared.workspace().requests.push(record);
    shared.changed();

    let too_large = match collected {
        Err(Ended { too_large: false, .. }) => return Err(Gone),
        Err(_) => true,
        Ok(_) => false,
    };
    let carry_out = fault.as_ref().is_none_or(Fault::carries_out);
    let real = match (carry_out, too_large, api_path) {
        (false, ..) => None,
        (true, true, _) => Some(Answer::of_status(413).with("connection", "close")),
        (true, false, Some(_)) => Some(operate(&shared, call).await),
        (true, false, None) => Some(file(&shared, &call)),
    };
    // What is not HTTP has no status.
    let is_http = !matches!(fault, Some(Fault { effect: Effect::Garbage { .. }, .. }));
    let answer = match fault {
        None => real,
        Some(fault) => {
            stream_fault.set(StreamFault::of(&fault.effect));
            strike(fault.effect, real).await
        }
    };
    answered(&shared, number, answer.as_ref().filter(|_| is_http).map(|answer| answer.status));
    answer.map(|answer| respond(&shared, answer)).ok_or(Gone)
}

/// Lets a fault strike. `real` is the real answer, where the operation was carried out; what is returned is sent.
async fn strike(effect: Effect, real: Option<Answer>) -> Option<Answer> {
    let real = real.unwrap_or_else(|| Answer::of_status(503));
    Some(match effect {
        Effect::Status { code, headers, body } => {
            let mut answer = Answer::of_status(code);
            answer.body = body.map_or(answer.body, SandboxBody::Whole);
            answer.headers.retain(|(known, _)| {
                !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(known))
            });
            answer.headers.extend(headers);
            answer
        }
        Effect::RetryAfter { value } => Answer::too_many_requests(&value),
        Effect::Close | Effect::Reset | Effect::ResetUpload { .. } => return None,
        Effect::Stall { millis: None } => std::future::pending().await,
        Effect::Stall { millis: Some(millis) } | Effect::Latency { millis } => {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            real
        }
        Effect::HugeBody { bytes } => {
            let body = SandboxBody::Huge { left: bytes, begun: false };
            Answer { body, ..Answer::data(serde_json::Value::Null) }
        }
        Effect::Html200 => Answer::html(200, PORTAL),
        Effect::Redirect { code, location } => {
            Answer::html(code, "<!doctype html><title>Moved</title>").with("location", &location)
        }
        Effect::WrongContentType { content_type } => real.replacing("content-type", &content_type),
        // The stream spoils it.
        Effect::Drip { .. }
        | Effect::StallBody { .. }
        | Effect::Truncate { .. }
        | Effect::CutAnswer { .. }
        | Effect::Garbage { .. } => real,
    })
}

async fn operate(shared: &Shared, mut call: Call) -> Answer {
    if Operation::of(&call.request.method, &call.path) == Some(Operation::SetAvatar) {
        call.upload = Some(avatar::read(&call.request).await);
    }
    let answer = api::answer(&mut shared.workspace(), call);
    shared.changed();
    answer
}

/// A picture, to anybody who has its address.
fn file(shared: &Shared, call: &Call) -> Answer {
    let workspace = shared.workspace();
    let picture = call.path.strip_prefix("/files/").and_then(|name| workspace.file(name));
    match (call.request.method.as_str(), picture) {
        ("GET", Some(picture)) => Answer {
            status: 200,
            headers: Vec::new(),
            body: SandboxBody::Whole(picture.bytes.clone()),
        }
        .with("content-type", &picture.detected_type),
        _ => Answer::not_found(),
    }
}

fn arrival(shared: &Shared, head: &Parts, client_port: u16) -> RecordedRequest {
    let at_unix_us = u64::try_from(Timestamp::now().as_microsecond()).unwrap_or_default();
    let mut workspace = shared.workspace();
    workspace.arrived += 1;
    RecordedRequest {
        number: workspace.arrived,
        client_port,
        at: Instant::now(),
        at_unix_us,
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: record::readable(&head.headers),
        body: Bytes::new(),
        status: None,
    }
}

fn answered(shared: &Shared, number: u64, status: Option<u16>) {
    let mut workspace = shared.workspace();
    let record = workspace.requests.iter_mut().rev().find(|record| record.number == number);
    if let Some(record) = record {
        record.status = status;
        if shared.verbose {
            let answer = status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
            let now = Timestamp::now().strftime("%T%.3f");
            eprintln!("{now} {} {} → {answer}", record.method, record.path);
        }
    }
    drop(workspace);
    shared.changed();
}

/// Why a body was not read to its end.
struct Ended {
    read: Bytes,
    too_large: bool,
}

async fn collect(mut body: Incoming, limit: usize) -> Result<Bytes, Ended> {
    let mut read = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return Err(Ended { read: read.freeze(), too_large: false }) };
        if let Ok(data) = frame.into_data() {
            read.extend_from_slice(&data);
        }
        if read.len() > limit {
            return Err(Ended { read: read.freeze(), too_large: true });
        }
    }
    Ok(read.freeze())
}

/// The path with percent-encodings undone.
fn decoded(path: &str) -> String {
    // A plus sign stands for itself in a path, unlike in a form.
    let path = path.replace('+', "%2B");
    url::form_urlencoded::parse(path.replace('&', "%26").replace('=', "%3D").as_bytes())
        .map(|(name, _)| name.into_owned())
        .collect()
}

/// Puts an answer on the wire, with what every answer carries unless it brings its own.
fn respond(shared: &Shared, answer: Answer) -> Response<SandboxBody> {
    const CHECKED: &str = "statuses and headers are checked when faults are added";
    let date = shared.workspace().now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let mut response = Response::new(answer.body);
    *response.status_mut() = StatusCode::from_u16(answer.status).expect(CHECKED);
    let headers = response.headers_mut();
    for (name, value) in answer.headers {
        let name = HeaderName::try_from(name).expect(CHECKED);
        headers.append(name, HeaderValue::try_from(value).expect(CHECKED));
    }
    for (name, value) in
        [("date", date), ("x-request-id", request_id()), ("cache-control", "no-store".to_owned())]
    {
        headers.entry(name).or_insert_with(|| value.try_into().expect(CHECKED));
    }
    response
}

/// Different for every request, in the shape of a UUID.
fn request_id() -> String {
    let (first, second) = (RandomState::new().hash_one(0), RandomState::new().hash_one(1));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        first >> 32,
        (first >> 16) & 0xFFFF,
        first & 0xFFF,
        0x8000 | (second >> 48) & 0x3FFF,
        second & 0xFFFF_FFFF_FFFF
    )
}

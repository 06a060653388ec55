//! As little of an HTTP client as the tests need: it sends exactly what it is told and hides nothing.

use std::fmt::Write as _;
use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use pachca_sandbox::{API_PREFIX, DEMO_TOKEN, Sandbox, SandboxOptions};
use serde_json::Value;

/// Long enough for a loaded machine; nothing waits for it when all is well.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// `code` and `key` of each error.
    pub(crate) fn errors(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let body = self.json();
        body["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| (text(&error["key"]), text(&error["code"])))
            .collect()
    }
}

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.unwrap()
}

pub(crate) fn connect(sandbox: &Sandbox) -> TcpStream {
    let stream = TcpStream::connect(sandbox.address()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Method and path below the prefix, with the demonstration token.
pub(crate) fn call(sandbox: &Sandbox, method: &str, path: &str) -> Answer {
    send(sandbox, method, path, &[bearer(DEMO_TOKEN)], b"")
}

/// The same with a JSON body.
pub(crate) fn call_json(sandbox: &Sandbox, method: &str, path: &str, body: &Value) -> Answer {
    let headers = [bearer(DEMO_TOKEN), ("content-type", "application/json".to_owned())];
    send(sandbox, method, path, &headers, body.to_string().as_bytes())
}

pub(crate) fn bearer(token: &str) -> (&'static str, String) {
    ("authorization", format!("Bearer {token}"))
}

pub(crate) fn send(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    headers: &[(&str, String)],
    body: &[u8],
) -> Answer {
    send_to(sandbox, method, &format!("{API_PREFIX}{path}"), headers, body)
}

/// Like [`send`], for a path that need not be of the API.
pub(crate) fn send_to(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    headers: &[(&str, String)],
    body: &[u8],
) -> Answer {
    parse(&exchange(sandbox, &request(method, path, headers, body)).unwrap())
}

pub(crate) fn request(
    method: &str,
    path: &str,
    headers: &[(&str, String)],
    body: &[u8],
) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
    if !headers.iter().any(|(name, _)| *name == "host") {
        text += "host: 127.0.0.1\r\n";
    }
    for (name, value) in headers {
        write!(text, "{name}: {value}\r\n").unwrap();
    }
    write!(text, "content-length: {}\r\n\r\n", body.len()).unwrap();
    [text.as_bytes(), body].concat()
}

/// Sends bytes and returns what came until the end of the connection.
pub(crate) fn exchange(sandbox: &Sandbox, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = connect(sandbox);
    stream.write_all(bytes)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}

/// Takes an answer apart that has a length or ends with the connection.
pub(crate) fn parse(bytes: &[u8]) -> Answer {
    let end = head_length(bytes);
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.trim_end().split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<_> = lines
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let answer = Answer { status, headers, body: bytes[end..].to_vec() };
    if let Some(length) = answer.header("content-length") {
        assert_eq!(length, answer.body.len().to_string(), "the whole body arrived");
    }
    answer
}

pub(crate) fn head_length(bytes: &[u8]) -> usize {
    bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4
}

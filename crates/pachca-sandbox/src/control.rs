//! The control interface: `/sandbox/…`, for scripts and for the sandbox as a separate process.

use hyper::http::request::Parts;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::fault::Fault;
use crate::record::RecordedRequest;
use crate::status::Status;
use crate::workspace::{Shared, Workspace, merge_fields};

/// The part of the path behind `/sandbox`, if the path is of this interface.
pub(crate) fn path(path: &str) -> Option<&str> {
    path.strip_prefix("/sandbox").filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Answers one request to the control interface.
pub(crate) fn answer(shared: &Shared, head: &Parts, path: &str, body: &[u8]) -> Answer {
    if !from_this_machine(head) {
        return problem(403, "the control interface answers to this machine only");
    }
    let result =
        act(&mut shared.workspace(), head.method.as_str(), path.trim_end_matches('/'), body);
    shared.changed();
    result.unwrap_or_else(|text| problem(422, &text))
}

fn problem(status: u16, text: &str) -> Answer {
    Answer::json(status, &json!({ "error": text }))
}

/// A web page in a browser of this machine can reach the loopback interface too: by a name that resolves to it
/// (then `Host` is that name) or directly (then `Origin` is the page's).
fn from_this_machine(head: &Parts) -> bool {
    let header =
        |name: &str| head.headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let host = header("host").unwrap_or_default();
    is_loopback(host)
        && header("origin")
            .is_none_or(|origin| origin.strip_prefix("http://").is_some_and(is_loopback))
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

/// Settings of the sandbox itself; what is missing stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    merge: Option<bool>,
    paid: Option<bool>,
    rate_limit: Option<u32>,
    linger_seconds: Option<u64>,
    clock_ahead_seconds: Option<i64>,
}

/// One fault, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Faults {
    Several(Vec<Fault>),
    One(Fault),
}

fn act(workspace: &mut Workspace, method: &str, path: &str, body: &[u8]) -> Result<Answer, String> {
    match (method, path) {
        ("GET", "/state") => return Ok(Answer::json(200, &json!(workspace.state(0)))),
        ("GET", "/requests") => {
            let requests: Vec<Value> =
                workspace.requests.iter().map(RecordedRequest::to_json).collect();
            return Ok(Answer::json(200, &requests.into()));
        }
        ("DELETE", "/requests") => workspace.requests.clear(),
        ("PUT", "/status") => {
            let status: Status = read(body)?;
            workspace.set_status(0, Some(status));
        }
        ("DELETE", "/status") => workspace.set_status(0, None),
        ("PATCH", "/profile") => {
            merge_fields(&mut workspace.people[0].profile, &read::<Value>(body)?);
        }
        ("PUT", "/custom_properties") => workspace.user_properties = read(body)?,
        ("PUT", "/scopes") => workspace.tokens[0].scopes = read(body)?,
        ("POST", "/revoke") => workspace.tokens[0].revoked = true,
        ("POST", "/restore") => workspace.tokens[0].revoked = false,
        ("GET", "/faults") => return Ok(Answer::json(200, &json!(workspace.faults))),
        ("POST", "/faults") => {
            let faults = match read(body)? {
                Faults::Several(faults) => faults,
                Faults::One(fault) => vec![fault],
            };
            if let Some(mistake) = faults.iter().find_map(Fault::mistake) {
                return Err(mistake);
            }
            workspace.faults.extend(faults);
        }
        ("DELETE", "/faults") => workspace.faults.clear(),
        ("PATCH", "/settings") => change(workspace, &read(body)?),
        _ => return Ok(problem(404, &format!("no {method} /sandbox{path}"))),
    }
    Ok(Answer::no_content())
}

fn change(workspace: &mut Workspace, settings: &Settings) {
    let options = &mut workspace.options;
    options.merge = settings.merge.unwrap_or(options.merge);
    options.rate_limit = settings.rate_limit.unwrap_or(options.rate_limit);
    options.linger = settings.linger_seconds.map_or(options.linger, std::time::Duration::from_secs);
    workspace.paid = settings.paid.unwrap_or(workspace.paid);
    workspace.clock =
        settings.clock_ahead_seconds.map_or(workspace.clock, jiff::SignedDuration::from_secs);
}

fn read<T: for<'de> Deserialize<'de>>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for host in ["127.0.0.1:8080", "localhost", "localhost:1", "[::1]:80", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "127.0.0.1.nip.io",
            "evil.example:80",
            "localhost.evil.example",
            "127.0.0.2",
            "[::2]:80",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}

//! The program.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

fn program(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_pachca-sandbox"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    line.trim_end().to_owned()
}

fn ask(url: &str, path: &str, token: &str) -> String {
    let address =
        url.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/api/shared/v1")).unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[cfg(unix)]
#[test]
fn it_prints_its_address_first_serves_and_ends_cleanly_on_both_signals() {
    for signal in ["TERM", "INT"] {
        let mut child = program(&[
            "--token",
            "secret-token-for-this-test",
            "--scopes",
            "profile:read",
            "--verbose",
        ]);
        let url = first_line(&mut child);
        let profile = ask(&url, "/api/shared/v1/profile", "secret-token-for-this-test");
        assert!(
            profile.starts_with("HTTP/1.1 200 OK") && profile.contains("Соколова"),
            "{profile}"
        );
        let status = ask(&url, "/api/shared/v1/profile/status", "secret-token-for-this-test");
        assert!(status.starts_with("HTTP/1.1 403"), "{status}");
        let killed = Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status()
            .unwrap();
        assert!(killed.success());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{signal}: {:?}", output.status);
        let log = String::from_utf8(output.stderr).unwrap();
        assert!(log.contains("GET /api/shared/v1/profile → 200"), "{log}");
        assert!(!log.contains("secret-token"), "the token is in the log: {log}");
    }
}

#[test]
fn a_port_that_is_taken_is_said_and_fails() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = program(&["--port", &port]).wait_with_output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains(&port));
}

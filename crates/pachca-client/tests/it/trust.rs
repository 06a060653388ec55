//! Whom a secure connection trusts, and what a proxy can do to it.
//!
//! Both come from the environment (`SSL_CERT_FILE`, `HTTPS_PROXY`), so the client runs in a child: this very test again.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use pachca_client::testing::{Limits, TestSettings as _};
use pachca_client::{Client, ServerUrl, StatusUpdate, Token};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::certificates::{Shown, authority, certificate};
use crate::server::{TOKEN, quick};

const SERVER: &str = "PACHCA_CLIENT_TEST_SERVER";
const PASSWORD: &str = "canary-proxy-password";
/// A host that nobody but a proxy of the test knows.
const FAR: &str = "https://pachca.test/api/shared/v1";

/// What is read from a connection, one text for each that came.
type Heard = Arc<Mutex<Vec<String>>>;

/// The child's part: for each line it reads, sets a status and says what came of it.
async fn child() -> bool {
    let Ok(server) = std::env::var(SERVER) else { return false };
    let attempts = Arc::new(AtomicU32::new(0));
    let seen = Arc::clone(&attempts);
    let client = Client::builder(ServerUrl::parse(&server).unwrap(), Token::parse(TOKEN).unwrap())
        .limits(Limits { connect: Duration::from_millis(500), ..quick() })
        .observer(Arc::new(move |_| {
            seen.fetch_add(1, Ordering::SeqCst);
        }))
        .build()
        .unwrap();
    for line in std::io::stdin().lines() {
        line.unwrap();
        attempts.store(0, Ordering::SeqCst);
        let outcome = client.set_status(&StatusUpdate::new("🎧", "Занят")).await;
        let said = match outcome {
            Ok(_) => "Set".to_owned(),
            Err(error) => {
                let maybe = if error.may_have_arrived() { " maybe" } else { "" };
                format!("{:?}{maybe} {error} {error:?}", error.kind())
            }
        };
        println!("\nafter {}: {}", attempts.load(Ordering::SeqCst), said.replace('\n', " "));
    }
    true
}

struct Asker {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Asker {
    fn new(test: &str, server: &str, trust: &Path, proxy: Option<&str>) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", &format!("trust::{test}"), "--nocapture"]);
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        if let Some(proxy) = proxy {
            command.env("HTTP_PROXY", proxy).env("HTTPS_PROXY", proxy);
        }
        let mut child = command
            .env(SERVER, server)
            .env("SSL_CERT_FILE", trust)
            .env_remove("SSL_CERT_DIR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, input, output }
    }

    /// Sets a status; says after how many attempts and how it ended.
    fn ask(&mut self) -> String {
        writeln!(self.input, "set").unwrap();
        let mut line = String::new();
        while self.output.read_line(&mut line).unwrap() > 0 {
            if line.starts_with("after ") {
                return line.trim_end().to_owned();
            }
            line.clear();
        }
        panic!("the child ended without an answer")
    }
}

impl Drop for Asker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Takes connections until the test is over, and gives each to `serve`.
fn listen(serve: impl Fn(TcpStream) -> String + Send + 'static) -> (u16, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Heard::default();
    let log = Arc::clone(&heard);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let text = serve(stream.unwrap());
            log.lock().unwrap().push(text);
        }
    });
    (port, heard)
}

/// Speaks TLS with this certificate and answers one request; returns what came through.
fn speak_tls(stream: TcpStream, shown: Shown) -> String {
    let (certificate, key) = certificate(shown);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let tls = ServerConnection::new(Arc::new(config)).unwrap();
    answer_one(StreamOwned::new(tls, stream))
}

fn answer_one(mut stream: impl Read + Write) -> String {
    const STATUS: &str = r#"{"data":{"emoji":"🎧","title":"Занят","expires_at":null,"is_away":false,"away_message":null}}"#;
    let (mut request, mut chunk) = (Vec::new(), [0; 4096]);
    while !request.ends_with(b"}") {
        match stream.read(&mut chunk) {
            Ok(read) if read > 0 => request.extend_from_slice(&chunk[..read]),
            _ => return String::from_utf8_lossy(&request).into_owned(),
        }
    }
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
    let _ = write!(stream, "{head}Content-Length: {}\r\n\r\n{STATUS}", STATUS.len());
    let _ = stream.flush();
    String::from_utf8_lossy(&request).into_owned()
}

/// Reads the head of a `CONNECT` request.
fn connect_head(stream: &mut TcpStream) -> String {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read > 0) {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

fn proxy_of(port: u16) -> String {
    format!("http://somebody:{PASSWORD}@127.0.0.1:{port}")
}

#[tokio::test]
async fn only_a_certificate_that_is_valid_now_for_this_host_and_vouched_for_is_trusted() {
    const NAME: &str =
        "only_a_certificate_that_is_valid_now_for_this_host_and_vouched_for_is_trusted";
    if child().await {
        return;
    }
    for (certificate, reason) in [
        (Shown::Good, None),
        (Shown::Expired, Some("certificate expired")),
        (Shown::WrongHost, Some("the certificate is for another name")),
        (Shown::SelfSigned, Some("UnknownIssuer")),
    ] {
        let (port, heard) = listen(move |stream| speak_tls(stream, certificate));
        let server = format!("https://127.0.0.1:{port}/api/shared/v1");
        let said = Asker::new(NAME, &server, &authority(), None).ask();
        match reason {
            None => assert_eq!(said, "after 1: Set"),
            Some(reason) => {
                assert!(said.starts_with("after 1: Tls "), "{certificate:?}: {said}");
                assert!(said.contains(reason), "{said}");
                assert!(heard.lock().unwrap().iter().all(String::is_empty), "nothing was sent");
            }
        }
    }
}

#[tokio::test]
async fn a_server_that_speaks_only_old_tls_is_refused() {
    if child().await {
        return;
    }
    // A fatal alert: this version of the protocol is not spoken here.
    let (port, _) = listen(|mut stream| {
        let mut hello = [0; 512];
        let _ = stream.read(&mut hello);
        stream.write_all(&[0x15, 3, 1, 0, 2, 2, 70]).unwrap();
        String::new()
    });
    let server = format!("https://127.0.0.1:{port}/api/shared/v1");
    let name = "a_server_that_speaks_only_old_tls_is_refused";
    let said = Asker::new(name, &server, &authority(), None).ask();
    assert!(said.starts_with("after 1: Tls "), "{said}");
}

#[tokio::test]
async fn without_any_certificate_to_trust_it_says_so_and_works_once_there_are_some() {
    if child().await {
        return;
    }
    let trust = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("certificates-{}.pem", std::process::id()));
    fs::write(&trust, "").unwrap();
    let (port, heard) = listen(|stream| speak_tls(stream, Shown::Good));
    let server = format!("https://127.0.0.1:{port}/api/shared/v1");
    let name = "without_any_certificate_to_trust_it_says_so_and_works_once_there_are_some";
    let mut asker = Asker::new(name, &server, &trust, None);
    let said = asker.ask();
    assert!(said.contains(": Tls ") && said.contains("No CA certificates"), "{said}");
    assert_eq!(heard.lock().unwrap().len(), 0, "nobody was asked");

    fs::copy(authority(), &trust).unwrap();
    assert_eq!(asker.ask(), "after 1: Set");
    fs::remove_file(trust).unwrap();
}

#[tokio::test]
async fn a_proxy_of_the_environment_is_used_and_sees_neither_token_nor_status() {
    const NAME: &str = "a_proxy_of_the_environment_is_used_and_sees_neither_token_nor_status";
    if child().await {
        return;
    }
    let heads = Heard::default();
    let log = Arc::clone(&heads);
    let (port, heard) = listen(move |mut stream| {
        log.lock().unwrap().push(connect_head(&mut stream));
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
        // It leads to the right place.
        speak_tls(stream, Shown::Good)
    });
    let said = Asker::new(NAME, FAR, &authority(), Some(&proxy_of(port))).ask();
    assert_eq!(said, "after 1: Set");
    let asked = heads.lock().unwrap().concat();
    assert!(asked.starts_with("CONNECT pachca.test:443 "), "{asked}");
    assert!(asked.to_lowercase().contains("proxy-authorization: basic "), "{asked}");
    assert!(
        !asked.contains(TOKEN) && !asked.to_lowercase().contains("\r\nauthorization"),
        "{asked}"
    );

    // What is on this computer is asked directly.
    let (near, _) = listen(answer_one);
    let server = format!("http://127.0.0.1:{near}/api/shared/v1");
    let said = Asker::new(NAME, &server, &authority(), Some(&proxy_of(port))).ask();
    assert_eq!(said, "after 1: Set");
    assert_eq!(heads.lock().unwrap().len(), 1);
    assert!(heard.lock().unwrap().iter().all(|text| text.contains(TOKEN)), "inside the tunnel");
}

#[tokio::test]
async fn a_proxy_that_refuses_hangs_lies_or_is_down_is_named_and_nothing_is_sent() {
    const NAME: &str = "a_proxy_that_refuses_hangs_lies_or_is_down_is_named_and_nothing_is_sent";
    if child().await {
        return;
    }
    let refusing = |answer: &'static [u8]| {
        move |mut stream: TcpStream| {
            let _ = connect_head(&mut stream);
            let _ = stream.write_all(answer);
            String::new()
        }
    };
    let wants_a_name =
        b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n";
    let has_no_way = b"HTTP/1.1 502 Bad Gateway\r\n\r\n";
    let (wants_a_name, _) = listen(refusing(wants_a_name));
    let (has_no_way, _) = listen(refusing(has_no_way));
    let (hangs, _) = listen(|mut stream| {
        let head = connect_head(&mut stream);
        // Until the client gives up.
        let _ = stream.read(&mut [0]);
        head
    });
    let (lies, heard) = listen(|mut stream| {
        connect_head(&mut stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
        speak_tls(stream, Shown::SelfSigned)
    });
    let gone = TcpListener::bind("127.0.0.1:0").unwrap();
    let is_down = gone.local_addr().unwrap().port();
    drop(gone);
    for (port, expected, reason) in [
        (wants_a_name, "after 4: Offline ", "proxy authorization required"),
        (has_no_way, "after 4: Offline ", "unsuccessful"),
        (hangs, "after 4: Offline ", ""),
        (lies, "after 1: Tls ", ""),
        (is_down, "after 4: Offline ", ""),
    ] {
        let said = Asker::new(NAME, FAR, &authority(), Some(&proxy_of(port))).ask();
        assert!(said.starts_with(expected) && said.contains(reason), "{said}");
        assert!(!said.contains(PASSWORD) && !said.contains(TOKEN), "{said}");
    }
    assert_eq!(*heard.lock().unwrap(), [""], "nothing went through the tunnel");
}

#[test]
fn nothing_turns_the_checks_of_certificates_off() {
    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for folder in [
        "crates/pachca-client/src",
        "crates/status-runtime/src",
        "crates/status-app/src",
        "src-tauri/src",
    ] {
        sources(&root.join(folder), &mut found);
    }
    assert!(found.len() > 50, "the sources are where they were");
    for path in found {
        let text = fs::read_to_string(&path).unwrap();
        // `danger_accept_invalid_certs`, `tls_danger_…`, `rustls::client::danger`.
        assert!(!text.contains("danger"), "{}", path.display());
    }
}

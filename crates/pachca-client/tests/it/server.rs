//! A server of raw bytes: it can do what no honest server does.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pachca_client::testing::{Limits, TestSettings as _};
use pachca_client::{Client, ServerUrl, Token};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::Instant;

pub(crate) const TOKEN: &str = "canary-token-0123456789";

/// What the server does with a request.
pub(crate) enum Reply {
    /// Writes this and keeps the connection.
    Keep(Vec<u8>),
    /// Writes this and closes the connection.
    Close(Vec<u8>),
    /// Writes this and breaks the connection with a reset.
    Reset(Vec<u8>),
    /// Writes one byte each time.
    Drip(Vec<u8>, Duration),
    /// Never answers.
    Silence,
    /// Writes this, then zeros for ever.
    Endless(Vec<u8>),
}

#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) at: Instant,
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

type Responder = dyn Fn(usize, &Request) -> Reply + Send + Sync;

pub(crate) struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// Answers request `n`, counted from 0 over all connections, with what `responder` says.
    pub(crate) async fn start(
        responder: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let responder: Arc<Responder> = Arc::new(responder);
        let log = Arc::clone(&requests);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&log), Arc::clone(&responder)));
            }
        });
        Self { port, requests, task }
    }

    /// Answers every request in the same way.
    pub(crate) async fn always(answer: Vec<u8>) -> Self {
        Self::start(move |_, _| Reply::Keep(answer.clone())).await
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn url(&self) -> ServerUrl {
        ServerUrl::parse(&format!("{}/api/shared/v1", self.origin())).unwrap()
    }

    pub(crate) fn client(&self) -> Client {
        self.client_with(quick())
    }

    pub(crate) fn client_with(&self, limits: Limits) -> Client {
        Client::builder(self.url(), Token::parse(TOKEN).unwrap())
            .limits(limits)
            .seed(1)
            .build()
            .unwrap()
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

/// The product's limits with short pauses.
pub(crate) fn quick() -> Limits {
    Limits {
        first_pause: Duration::from_millis(1),
        spread: Duration::from_millis(1),
        ..Limits::default()
    }
}

/// An answer with a body of JSON.
pub(crate) fn json(status: u16, body: &str) -> Vec<u8> {
    answer(status, &[("Content-Type", "application/json; charset=utf-8")], body)
}

/// An answer with these headers and a `Content-Length`.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status} Something\r\n");
    for (name, value) in headers {
        write!(text, "{name}: {value}\r\n").unwrap();
    }
    if status == 204 || status == 304 || status < 200 {
        return (text + "\r\n").into_bytes();
    }
    (text + &format!("Content-Length: {}\r\n\r\n{body}", body.len())).into_bytes()
}

async fn serve(mut stream: TcpStream, log: Arc<Mutex<Vec<Request>>>, responder: Arc<Responder>) {
    while let Some(request) = read_request(&mut stream).await {
        let number = {
            let mut log = log.lock().unwrap();
            log.push(request.clone());
            log.len() - 1
        };
        match responder(number, &request) {
            Reply::Keep(bytes) => {
                if stream.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Reply::Close(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                return;
            }
            Reply::Reset(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.set_zero_linger();
                return;
            }
            Reply::Drip(bytes, pause) => {
                for byte in bytes {
                    if stream.write_all(&[byte]).await.is_err() {
                        return;
                    }
                    tokio::time::sleep(pause).await;
                }
            }
            Reply::Silence => {
                // Ends when the client goes away.
                let _ = stream.read(&mut [0; 64]).await;
                return;
            }
            Reply::Endless(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let zeros = vec![b' '; 64 * 1024];
                while stream.write_all(&zeros).await.is_ok() {}
                return;
            }
        }
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 64 * 1024];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        match stream.read(&mut chunk).await {
            Ok(read) if read > 0 => bytes.extend_from_slice(&chunk[..read]),
            _ => return None,
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut words = head.split_whitespace();
    let mut request = Request {
        at: Instant::now(),
        method: words.next()?.to_owned(),
        target: words.next()?.to_owned(),
        head: head.clone(),
        body: bytes[end..].to_vec(),
    };
    let length: usize = request.header("content-length").map_or(0, |text| text.parse().unwrap());
    while request.body.len() < length {
        match stream.read(&mut chunk).await {
            Ok(read) if read > 0 => request.body.extend_from_slice(&chunk[..read]),
            _ => return None,
        }
    }
    Some(request)
}

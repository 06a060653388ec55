//! Where newer versions of the program come from: a page of releases on this computer, and a key made for one test.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use anyhow::{Context as _, Result};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use ring::{
    rand::SystemRandom,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use rustls::{ServerConnection, StreamOwned};
use serde_json::json;
use tempfile::NamedTempFile;

use crate::Vouched;

/// Names the key in its signatures; any eight bytes.
const KEY_NAME: &[u8; 8] = b"releases";

/// The page. Whoever signs with its key is trusted by a program that is given its [`Releases::config`].
#[derive(Debug)]
pub struct Releases {
    key: Ed25519KeyPair,
    authority: NamedTempFile,
    port: u16,
    plain_port: u16,
    page: Arc<Page>,
}

#[derive(Debug, Default)]
struct Page {
    files: Mutex<HashMap<String, File>>,
    asked: Mutex<Vec<String>>,
}

/// What is sent, and how many bytes are said to come.
#[derive(Debug, Clone, Default)]
struct File {
    body: Vec<u8>,
    announced: usize,
}

/// How the package is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// As it should be.
    Honest,
    /// One byte of the package is another than the one that was signed.
    Changed,
    /// Signed with somebody else's key, under the same name.
    Forged,
    /// The package and the signature of this older version.
    Older(&'static str),
    /// The package lies at an address that anybody on the way may change.
    Plain,
    /// The package never ends.
    Endless,
}

impl Releases {
    /// Starts it, over TLS and, on another port, without.
    pub fn start() -> Result<Self> {
        let page = Arc::new(Page::default());
        let Vouched { authority, config } = Vouched::new()?;
        let port = listen(Arc::clone(&page), move |stream, page| {
            let tls = ServerConnection::new(Arc::clone(&config))?;
            page.answer(StreamOwned::new(tls, stream))
        })?;
        let plain_port = listen(Arc::clone(&page), |stream, page| page.answer(stream))?;
        Ok(Self { key: key()?, authority, port, plain_port, page })
    }

    /// Who vouches for the page; programs trust it by `SSL_CERT_FILE`.
    pub fn authority(&self) -> &Path {
        self.authority.path()
    }

    /// What `PACHCA_UPDATES` has to say so that a program looks here.
    pub fn config(&self) -> String {
        self.config_with(&format!("https://127.0.0.1:{}", self.port))
    }

    /// The same, with an address that is not protected on the way.
    pub fn plain_config(&self) -> String {
        self.config_with(&format!("http://127.0.0.1:{}", self.plain_port))
    }

    fn config_with(&self, address: &str) -> String {
        let key = [b"Ed", &KEY_NAME[..], self.key.public_key().as_ref()].concat();
        let key = format!("untrusted comment: public key\n{}\n", BASE64_STANDARD.encode(key));
        json!({
            "pubkey": BASE64_STANDARD.encode(key),
            "endpoints": [format!("{address}/latest.json")],
            "requireSignedVersion": true,
        })
        .to_string()
    }

    /// Puts a version on the page.
    pub fn offer(&self, version: &str, notes: &str, package: &[u8], how: Offer) -> Result<()> {
        let of = if let Offer::Older(older) = how { older } else { version };
        let somebody = key()?;
        let by = if how == Offer::Forged { &somebody } else { &self.key };
        let signature = sign(by, package, of);
        let mut package = package.to_vec();
        if how == Offer::Changed {
            *package.last_mut().context("a package has bytes")? ^= 1;
        }
        let address = match how {
            Offer::Plain => format!("http://127.0.0.1:{}/package", self.plain_port),
            _ => format!("https://127.0.0.1:{}/package", self.port),
        };
        let platform = format!("linux-{}", std::env::consts::ARCH);
        let list = json!({
            "version": version, "notes": notes, "pub_date": "2026-11-01T12:00:00Z",
            "platforms": { platform: { "url": address, "signature": signature } },
        });
        let mut files = lock(&self.page.files);
        let file = |body: Vec<u8>| File { announced: body.len(), body };
        files.insert("/latest.json".to_owned(), file(list.to_string().into_bytes()));
        let mut package = file(package);
        if how == Offer::Endless {
            package.announced = usize::MAX / 2;
        }
        files.insert("/package".to_owned(), package);
        Ok(())
    }

    pub fn asked(&self) -> Vec<String> {
        lock(&self.page.asked).clone()
    }
}

impl Page {
    fn answer(&self, mut stream: impl Read + Write) -> Result<()> {
        let mut reader = BufReader::new(&mut stream);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 || line == "\r\n" {
                break;
            }
            lines.push(line);
        }
        let path = lines.first().and_then(|line| line.split(' ').nth(1)).context("a request")?;
        lock(&self.asked).push(path.to_owned());
        let file = lock(&self.files).get(path).cloned();
        let status = if file.is_some() { "200 OK" } else { "404 Not Found" };
        let File { body, announced } = file.unwrap_or_default();
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {announced}\r\nconnection: close\r\n\r\n",
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(&body)?;
        stream.flush()?;
        if announced > body.len() {
            // The rest is waited for until whoever asked has had enough.
            let _ = stream.read(&mut [0]);
        }
        Ok(())
    }
}

/// Takes connections for as long as this process lives, each on a thread of its own.
fn listen(
    page: Arc<Page>,
    serve: impl Fn(TcpStream, &Page) -> Result<()> + Clone + Send + 'static,
) -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (page, serve) = (Arc::clone(&page), serve.clone());
            // Whoever hangs up early has had enough.
            thread::spawn(move || serve(stream, &page).unwrap_or_default());
        }
    });
    Ok(port)
}

fn key() -> Result<Ed25519KeyPair> {
    let secret = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new());
    let secret = secret.ok().context("the system has random numbers")?;
    Ed25519KeyPair::from_pkcs8(secret.as_ref()).map_err(anyhow::Error::msg)
}

/// As minisign writes it (<https://jedisct1.github.io/minisign/>): the package's signature, and one for both it and the
/// comment, which holds the version as Tauri's own signer notes it.
fn sign(key: &Ed25519KeyPair, package: &[u8], version: &str) -> String {
    let signature = key.sign(package);
    let comment = format!("timestamp:1793534400\tfile:package\tversion:{version}");
    let both = key.sign(&[signature.as_ref(), comment.as_bytes()].concat());
    let signature = [b"Ed", &KEY_NAME[..], signature.as_ref()].concat();
    BASE64_STANDARD.encode(format!(
        "untrusted comment: signature\n{}\ntrusted comment: {comment}\n{}\n",
        BASE64_STANDARD.encode(signature),
        BASE64_STANDARD.encode(both),
    ))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

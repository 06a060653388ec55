//! The listener and its thread.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use crate::connection;
use crate::faulty_stream::{CurrentFault, FaultyStream};
use crate::workspace::Shared;

/// How long to leave accepting alone when the system has no more descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves on a thread of its own until the sender of `stopped` is gone.
pub(crate) fn spawn(
    listener: TcpListener,
    shared: Arc<Shared>,
    stopped: oneshot::Receiver<()>,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::Builder::new().name("pachca-sandbox".to_owned()).spawn(move || {
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)
                .expect("a non-blocking listener joins a runtime with I/O");
            tokio::select! {
                () = accept(listener, &shared) => {}
                // An error is the sender's end, which is the signal.
                _ = stopped => {}
            }
        });
        // Dropping the runtime drops every connection, stalled ones too.
    })?;
    Ok(())
}

async fn accept(listener: tokio::net::TcpListener, shared: &Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, client)) => {
                tokio::spawn(converse(stream, client.port(), Arc::clone(shared)));
            }
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}

async fn converse(stream: TcpStream, client_port: u16, shared: Arc<Shared>) {
    // Latency measured against the sandbox should be the client's.
    drop(stream.set_nodelay(true));
    let fault = CurrentFault::default();
    let stream = TokioIo::new(FaultyStream::new(stream, fault.clone()));
    let answering = service_fn(move |request| {
        connection::answer(request, client_port, Arc::clone(&shared), fault.clone())
    });
    let ended =
        http1::Builder::new().timer(TokioTimer::new()).serve_connection(stream, answering).await;
    // A client that goes away, and every fault that ends a connection, comes out here; both are everyday.
    drop(ended);
}

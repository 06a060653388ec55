//! The sandbox as a program: prints its address and serves until it is told to stop.

use std::process::ExitCode;

use clap::Parser;
use pachca_sandbox::{DEMO_TOKEN, SCOPES, Sandbox, SandboxOptions};

/// A stand-in Pachca workspace on this machine. Makes no connection to anywhere.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// TCP port on 127.0.0.1; 0 for any free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The token that opens the workspace
    #[arg(long, default_value = DEMO_TOKEN)]
    token: String,
    /// Scopes of the token, separated by commas
    #[arg(long, value_delimiter = ',', default_values = SCOPES)]
    scopes: Vec<String>,
    /// A person with nothing filled in
    #[arg(long)]
    empty: bool,
    /// Keep what a new status omits instead of clearing it
    #[arg(long)]
    merge: bool,
    /// Write a line per request to standard error
    #[arg(long, short)]
    verbose: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Arguments { port, token, scopes, empty, merge, verbose } = Arguments::parse();
    let options =
        SandboxOptions { port, token, scopes, empty, merge, verbose, ..SandboxOptions::default() };
    match Sandbox::start(options).await {
        Ok(sandbox) => {
            // Before the address is told, so that a reader of it may stop the program at once.
            let stopped = stopped();
            println!("{}", sandbox.base_url());
            stopped.await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("pachca-sandbox cannot listen on 127.0.0.1:{port}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Installs the signals at once; resolves when one arrives.
#[cfg(unix)]
fn stopped() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).expect("a signal of every Unix");
    let mut terminate = signal(SignalKind::terminate()).expect("a signal of every Unix");
    async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
async fn stopped() {
    tokio::signal::ctrl_c().await.expect("the console takes one listener more");
}

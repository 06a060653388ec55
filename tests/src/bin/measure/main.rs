//! Measures the real program on a virtual desktop against the sandbox; prints one JSON object.
//!
//! `cargo xtask bench` builds the release program, calls this, and fills `docs/benchmarks.md` from what it prints.
//! The figures are this machine's; ratios to a peer measured in the same run hold elsewhere.

mod clicks;
mod distance;
mod endurance;
mod idle;
mod peer;
mod run;
mod start;
mod statistics;
mod window;

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value};
use tokio::signal::unix::{SignalKind, signal};

/// What can be asked for on the command line.
#[derive(Debug, Default)]
struct Wanted {
    /// Fewer repetitions: a look, not a measurement.
    quick: bool,
    /// Only parts whose names are given; all without.
    parts: Vec<String>,
    /// A command that sets a status once; run with `PACHCA_TOKEN` and `PACHCA_API_URL` set.
    peer: Option<String>,
}

fn wanted() -> Result<Wanted> {
    let mut wanted = Wanted::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => wanted.quick = true,
            "--peer" => wanted.peer = Some(arguments.next().context("--peer needs a command")?),
            part if !part.starts_with('-') => wanted.parts.push(part.to_owned()),
            other => bail!("unknown argument {other}"),
        }
    }
    Ok(wanted)
}

fn main() -> Result<()> {
    let wanted = wanted()?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let found = runtime.block_on(async {
        // A run that is broken off takes its desktop down like any other.
        tokio::select! {
            found = measure(&wanted) => found,
            signal = asked_to_end() => bail!("broken off by {}", signal?),
        }
    });
    // Nobody is left to wait for.
    runtime.shutdown_background();
    println!("{:#}", Value::Object(found?));
    Ok(())
}

async fn measure(wanted: &Wanted) -> Result<Map<String, Value>> {
    let is_wanted =
        |part: &str| wanted.parts.is_empty() || wanted.parts.iter().any(|name| name == part);
    let mut found = Map::new();
    // What is most easily missing comes first.
    if let Some(command) = &wanted.peer {
        found.insert("peer".into(), peer::measure(command, runs(wanted, 20)).await?);
    }
    if is_wanted("start") {
        found.insert("start".into(), start::measure(runs(wanted, 20)).await?);
    }
    if is_wanted("clicks") {
        found.insert("clicks".into(), clicks::measure(runs(wanted, 200)).await?);
        found.insert("distance".into(), distance::measure(runs(wanted, 10)).await?);
    }
    if is_wanted("window") {
        found.insert("window".into(), window::measure(runs(wanted, 20)).await?);
    }
    if is_wanted("idle") {
        found.insert("idle".into(), idle::measure(if wanted.quick { 10 } else { 60 }).await?);
    }
    if is_wanted("endurance") {
        let less = if wanted.quick { 20 } else { 1 };
        found.insert("endurance".into(), endurance::measure(less).await?);
    }
    Ok(found)
}

async fn asked_to_end() -> std::io::Result<&'static str> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(tokio::select! {
        _ = interrupt.recv() => "an interrupt",
        _ = terminate.recv() => "the one who asked for it",
    })
}

fn runs(wanted: &Wanted, full: usize) -> usize {
    if wanted.quick { full.div_ceil(10).max(3) } else { full }
}

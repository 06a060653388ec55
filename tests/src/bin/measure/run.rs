//! A desktop for a measurement, and the moment when memory can be read.

use std::time::Duration;

use anyhow::Result;
use pachca_status_tests::{App, Cost, Desktop, Setup};
use serde_json::Value;

/// Memory that comes and goes from one look to the next.
const STEADY_KIB: u64 = 64;

/// Runs one measurement on a desktop of its own and takes the desktop down again, whatever comes of it.
pub(crate) async fn on_a_desktop(
    measure: impl AsyncFnOnce(&mut Desktop) -> Result<Value>,
) -> Result<Value> {
    let mut desktop = Desktop::start(Setup::default()).await?;
    let measured = measure(&mut desktop).await;
    if measured.is_err() {
        eprintln!("{}", desktop.description("measure"));
    }
    desktop.stop().await;
    measured
}

/// Waits until the program has given back what it gives back by and by.
pub(crate) async fn settled(app: &App) -> Result<Cost> {
    tokio::time::sleep(Duration::from_secs(5)).await;
    let mut before = Cost::of(app.pid())?;
    for _ in 0..10 {
        tokio::time::sleep(Duration::from_secs(2)).await;
        let now = Cost::of(app.pid())?;
        if now.private_dirty_kib + STEADY_KIB > before.private_dirty_kib {
            return Ok(now);
        }
        before = now;
    }
    Ok(before)
}

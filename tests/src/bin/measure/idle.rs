//! What it costs to have the program there: connected, no window, nobody clicks.

use std::time::Duration;

use anyhow::{Context as _, Result};
use pachca_status_tests::{App, Cost, Desktop, Launch, TOKEN, Wakeups, mib};
use serde_json::{Value, json};

use crate::on_a_desktop;

pub(crate) async fn measure(seconds: u64) -> Result<Value> {
    on_a_desktop(async |desktop| {
        // The first GTK program on an X screen asks the graphics driver what the screen can do, and keeps the driver
        // loaded. It leaves the answer at the screen for those that come later. Usually that is somebody else.
        let launch = Launch::with_token(TOKEN).argument("--hidden");
        let first = settled(desktop, &launch).await?;
        let first_dirty = Cost::of(first.pid())?.private_dirty_kib;
        first.kill();
        desktop.tray.wait_gone().await?;
        let app = settled(desktop, &launch).await?;
        let before = Cost::of(app.pid())?;
        let threads = Wakeups::of(app.pid())?;
        let requests = desktop.sandbox().requests().len();
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        let after = Cost::of(app.pid())?;
        let later = Wakeups::of(app.pid())?;
        let wakeups = later.since(&threads);
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        let rate = wakeups.values().sum::<u64>() as f64 / seconds as f64;
        let mut found = after.to_json();
        let figures = found.as_object_mut().context("an object")?;
        figures.insert("seconds".into(), json!(seconds));
        figures.insert("first_on_the_screen_private_dirty_mib".into(), json!(mib(first_dirty)));
        figures.insert("wakeups_per_second".into(), json!((rate * 100.0).round() / 100.0));
        figures.insert("wakeups_by_thread".into(), json!(wakeups));
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        figures.insert("cpu_seconds".into(), json!((after.ticks - before.ticks) as f64 / 100.0));
        figures.insert("requests".into(), json!(desktop.sandbox().requests().len() - requests));
        figures.insert("web_processes".into(), json!(desktop.processes("WebKitWebProcess")));
        Ok(found)
    })
    .await
}

/// Starts the program and waits until what start-up leaves behind has settled.
async fn settled(desktop: &Desktop, launch: &Launch) -> Result<App> {
    let app = desktop.launch_to_tray(launch).await?;
    desktop.tray.wait_until_known().await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    Ok(app)
}

//! What it costs to have the program there: connected, no window, nobody clicks.

use std::time::Duration;

use anyhow::{Context as _, Result};
use pachca_status_tests::{Cost, Launch, TOKEN, Wakeups};
use serde_json::{Value, json};

use crate::run::on_a_desktop;

pub(crate) async fn measure(seconds: u64) -> Result<Value> {
    on_a_desktop(async |desktop| {
        let app = desktop.launch_to_tray(&Launch::with_token(TOKEN).argument("--hidden")).await?;
        desktop.tray.wait_until_known().await?;
        // What start-up leaves behind settles.
        tokio::time::sleep(Duration::from_secs(5)).await;
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

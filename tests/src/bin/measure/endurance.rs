//! Much use, and what it leaves in memory: anything that grows is a defect.

use std::time::Duration;

use anyhow::Result;
use pachca_status_tests::{Desktop, Launch, TOKEN};
use serde_json::{Value, json};

use crate::{
    memory::{Cost, mib},
    on_a_desktop,
    window::close,
};

/// A thousand clicks and two hundred openings of the window, each divided by `less`.
pub(crate) async fn measure(less: usize) -> Result<Value> {
    on_a_desktop(async |desktop| {
        let app = desktop.launch_to_tray(&Launch::with_token(TOKEN).argument("--hidden")).await?;
        desktop.tray.wait_for("the status is known", |item| item.tooltip == "No status").await?;
        // Caches fill once; growth is what comes after.
        click(desktop, 20).await?;
        open(desktop, 5).await?;
        let warm = settled(&app).await?;
        let clicks = 1000 / less;
        let requests = desktop.sandbox().requests().len();
        click(desktop, clicks).await?;
        let sent = desktop.sandbox().requests().len() - requests;
        let clicked = settled(&app).await?;
        let windows = 200 / less;
        open(desktop, windows).await?;
        let opened = settled(&app).await?;
        Ok(json!({
            "clicks": clicks,
            "requests_for_the_clicks": sent,
            "windows": windows,
            "private_dirty_warm_mib": mib(warm.private_dirty_kib),
            "private_dirty_after_clicks_mib": mib(clicked.private_dirty_kib),
            "private_dirty_after_windows_mib": mib(opened.private_dirty_kib),
            "threads_warm": warm.threads,
            "threads_at_the_end": opened.threads,
        }))
    })
    .await
}

async fn settled(app: &pachca_status_tests::App) -> Result<Cost> {
    tokio::time::sleep(Duration::from_secs(3)).await;
    Cost::of(app.pid())
}

async fn click(desktop: &Desktop, times: usize) -> Result<()> {
    for run in 0..times {
        desktop.tray.click_preset(["Lunch", "Focus"][run % 2]).await?;
    }
    let last = ["Lunch", "Focus"][(times + 1) % 2];
    desktop.tray.wait_for("the last click wins", |item| item.menu.is_checked(last)).await?;
    Ok(())
}

async fn open(desktop: &mut Desktop, times: usize) -> Result<()> {
    for _ in 0..times {
        desktop.tray.activate().await?;
        close(desktop).await?;
    }
    Ok(())
}

//! Much use, and what it leaves in memory: anything that grows is a defect.

use anyhow::Result;
use pachca_status_tests::{Cost, Desktop, Launch, TOKEN, mib};
use serde_json::{Value, json};

use crate::{
    run::{on_a_desktop, settled},
    window::close,
};

/// A thousand clicks and two hundred openings of the window, each divided by `less`.
pub(crate) async fn measure(less: usize) -> Result<Value> {
    on_a_desktop(async |desktop| {
        let app = desktop.launch_to_tray(&Launch::with_token(TOKEN).argument("--hidden")).await?;
        desktop.tray.wait_until_known().await?;
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
        open(desktop, windows / 2).await?;
        let half = settled(&app).await?;
        open(desktop, windows - windows / 2).await?;
        let opened = settled(&app).await?;
        let growth = |before: Cost, after: Cost| {
            mib(after.private_dirty_kib) - mib(before.private_dirty_kib)
        };
        let rounded = |growth: f64| (growth * 100.0).round() / 100.0;
        Ok(json!({
            "clicks": clicks,
            "requests_for_the_clicks": sent,
            "windows": windows,
            "private_dirty_warm_mib": mib(warm.private_dirty_kib),
            "private_dirty_at_the_end_mib": mib(opened.private_dirty_kib),
            "growth_by_clicks_mib": rounded(growth(warm, clicked)),
            "growth_by_windows_mib": rounded(growth(clicked, opened)),
            "growth_by_the_second_half_of_the_windows_mib": rounded(growth(half, opened)),
            "threads_warm": warm.threads,
            "threads_at_the_end": opened.threads,
        }))
    })
    .await
}

async fn click(desktop: &Desktop, times: usize) -> Result<()> {
    for run in 0..times {
        desktop.tray.click_preset(["🍔 Lunch", "🎯 Focus"][run % 2]).await?;
    }
    let last = ["🍔 Lunch", "🎯 Focus"][(times + 1) % 2];
    desktop.tray.wait_for("the last click wins", |item| item.is_set(last)).await?;
    Ok(())
}

async fn open(desktop: &mut Desktop, times: usize) -> Result<()> {
    for _ in 0..times {
        desktop.tray.activate().await?;
        let frame = desktop.display.window().await?;
        desktop.display.drawn(&frame).await?;
        close(desktop).await?;
    }
    Ok(())
}

//! The window: asked for, there, usable; and what it leaves behind when it is closed.

use std::time::{Duration, Instant};

use anyhow::Result;
use pachca_status_tests::{Desktop, Launch, TOKEN};
use serde_json::{Value, json};

use crate::{
    figures,
    memory::{Cost, mib},
    on_a_desktop,
};

pub(crate) async fn measure(runs: usize) -> Result<Value> {
    let opening = on_a_desktop(async |desktop| openings(desktop, runs).await).await?;
    let usable = on_a_desktop(async |desktop| page(desktop).await).await?;
    Ok(json!({ "opening": opening, "page": usable }))
}

/// From the left click on the icon to a window on the screen.
async fn openings(desktop: &mut Desktop, runs: usize) -> Result<Value> {
    let app = desktop.launch_to_tray(&Launch::with_token(TOKEN).argument("--hidden")).await?;
    desktop.tray.wait_for("the status is known", |item| item.tooltip == "No status").await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let before = Cost::of(app.pid())?;
    let (mut first, mut later) = (0.0, Vec::new());
    for run in 0..=runs {
        let click = Instant::now();
        desktop.tray.activate().await?;
        desktop.display.wait_for("the window", |windows| windows.len() == 1).await?;
        let milliseconds = click.elapsed().as_secs_f64() * 1000.0;
        if run == 0 {
            first = milliseconds;
        } else {
            later.push(milliseconds);
        }
        close(desktop).await?;
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    let after = Cost::of(app.pid())?;
    Ok(json!({
        "first_ms": (first * 10.0_f64).round() / 10.0,
        "later": figures("ms", &later),
        "private_dirty_before_mib": mib(before.private_dirty_kib),
        "private_dirty_after_closing_mib": mib(after.private_dirty_kib),
        "web_processes_after_closing": desktop.processes("WebKitWebProcess"),
    }))
}

/// Closes the window as the frame's button does, and waits until its web process is gone.
pub(crate) async fn close(desktop: &mut Desktop) -> Result<()> {
    let windows = desktop.display.wait_for("the window", |windows| windows.len() == 1).await?;
    desktop.display.close(&windows[0])?;
    desktop.display.wait_for("no window", <[_]>::is_empty).await?;
    Ok(())
}

/// From the beginning of the page to its first paint, and to the moment it can be used; as the page's own clock has it.
async fn page(desktop: &mut Desktop) -> Result<Value> {
    let window = desktop.launch_with_window(&Launch::plain()).await?;
    let marks = window
        .run(
            "const paint = performance.getEntriesByType('paint').find((e) => e.name === 'first-contentful-paint');
             const ready = performance.getEntriesByName('ready')[0];
             return [paint ? paint.startTime : null, ready ? ready.startTime : null];",
            vec![],
        )
        .await?;
    Ok(json!({ "first_contentful_paint_ms": marks[0], "usable_ms": marks[1] }))
}

//! The window: asked for, there, usable; and what it leaves behind when it is closed.

use std::time::Instant;

use anyhow::Result;
use pachca_status_tests::{Cost, Desktop, Launch, TOKEN, WINDOW_PROCESS, mib};
use serde_json::{Value, json};

use crate::{
    run::{on_a_desktop, settled},
    statistics::figures,
};

pub(crate) async fn measure(runs: usize) -> Result<Value> {
    let opening = on_a_desktop(async |desktop| openings(desktop, runs).await).await?;
    let usable = on_a_desktop(async |desktop| page(desktop).await).await?;
    Ok(json!({ "opening": opening, "page": usable }))
}

/// From the left click on the icon to a window on the screen, and to the page in it. The page draws itself when it has
/// what it shows and can be used: until then the window is empty.
async fn openings(desktop: &mut Desktop, runs: usize) -> Result<Value> {
    let app = desktop.launch_to_tray(&Launch::with_token(TOKEN).argument("--hidden")).await?;
    desktop.tray.wait_until_known().await?;
    let before = settled(&app).await?;
    let (mut shown, mut usable) = (Vec::new(), Vec::new());
    let (mut open, mut program, mut web, mut network) = (before, None, None, None);
    for run in 0..=runs {
        let click = Instant::now();
        desktop.tray.activate().await?;
        let frame = desktop.display.window().await?;
        shown.push(click.elapsed().as_secs_f64() * 1000.0);
        desktop.display.drawn(&frame).await?;
        usable.push(click.elapsed().as_secs_f64() * 1000.0);
        if run == runs {
            open = settled(&app).await?;
            program = private_dirty(desktop, WINDOW_PROCESS)?;
            web = private_dirty(desktop, "WebKitWebProcess")?;
            network = private_dirty(desktop, "WebKitNetworkProcess")?;
        }
        close(desktop).await?;
    }
    let only_for_the_window = [WINDOW_PROCESS, "WebKitWebProcess", "WebKitNetworkProcess"];
    for process in only_for_the_window {
        desktop.ended(process).await?;
    }
    let after = settled(&app).await?;
    let first = |values: &[f64]| figures("ms", &values[..1]);
    Ok(json!({
        "first_shown": first(&shown),
        "first_usable": first(&usable),
        "later_shown": figures("ms", &shown[1..]),
        "later_usable": figures("ms", &usable[1..]),
        "private_dirty_before_mib": mib(before.private_dirty_kib),
        "private_dirty_open_mib": mib(open.private_dirty_kib),
        "private_dirty_after_closing_mib": mib(after.private_dirty_kib),
        "above_idle_after_closing_mib":
            mib(after.private_dirty_kib.saturating_sub(before.private_dirty_kib)),
        "window_program_mib": program,
        "web_process_mib": web,
        "network_process_mib": network,
        "processes_after_closing":
            only_for_the_window.iter().map(|name| desktop.processes(name)).sum::<usize>(),
    }))
}

/// What the one process of this name has for itself, MiB.
fn private_dirty(desktop: &Desktop, name: &str) -> Result<Option<f64>> {
    let cost = desktop.pids(name).first().map(|pid| Cost::of(*pid)).transpose()?;
    Ok(cost.map(|cost| mib(cost.private_dirty_kib)))
}

/// Closes the window as the frame's button does, and waits until its web process is gone.
pub(crate) async fn close(desktop: &mut Desktop) -> Result<()> {
    let frame = desktop.display.window().await?;
    desktop.display.close(&frame)?;
    desktop.display.no_window().await?;
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

//! From a click in the tray menu to the request on the wire, and to the menu that shows the answer.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use pachca_sandbox::Fault;
use pachca_status_tests::{Desktop, Launch, PATIENCE, TOKEN};
use serde_json::{Value, json};

use crate::{run::on_a_desktop, statistics::figures};

pub(crate) async fn measure(runs: usize) -> Result<Value> {
    on_a_desktop(async |desktop| {
        let _app = desktop.launch_to_tray(&Launch::with_token(TOKEN).argument("--hidden")).await?;
        desktop.tray.wait_until_known().await?;
        let direct = one_network(desktop, runs, Duration::ZERO).await?;
        let near = one_network(desktop, runs.div_ceil(10), Duration::from_millis(50)).await?;
        let far = one_network(desktop, runs.div_ceil(10), Duration::from_millis(300)).await?;
        Ok(json!({ "loopback": direct, "latency_50ms": near, "latency_300ms": far }))
    })
    .await
}

/// `latency` is put before every answer of the workspace.
async fn one_network(desktop: &mut Desktop, runs: usize, latency: Duration) -> Result<Value> {
    let sandbox = desktop.sandbox();
    sandbox.clear_faults();
    if !latency.is_zero() {
        sandbox.fault(Fault::latency(latency).forever());
    }
    let (mut wire, mut shown) = (Vec::new(), Vec::new());
    for run in 0..runs {
        // The two take turns, so that each click changes something.
        let preset = ["🍔 Lunch", "🎯 Focus"][run % 2];
        let before = desktop.sandbox().requests().last().map_or(0, |request| request.number);
        let click = Instant::now();
        desktop.tray.click_preset(preset).await?;
        let request = desktop
            .sandbox()
            .wait_for(
                |request| request.number > before && request.is("PUT", "/profile/status"),
                PATIENCE,
            )
            .await
            .context("the click reaches the workspace")?;
        wire.push(request.at.duration_since(click).as_secs_f64() * 1000.0);
        desktop.tray.wait_for("the answer is shown", |item| item.is_set(preset)).await?;
        shown.push(click.elapsed().as_secs_f64() * 1000.0);
        // Clicks a person makes are apart; closer ones are gathered into one request, which is not measured here.
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    desktop.sandbox().clear_faults();
    Ok(json!({ "to_wire": figures("ms", &wire), "to_confirmed_menu": figures("ms", &shown) }))
}

//! From start to a tray icon, and to the first status the server confirmed.

use std::time::{Duration, Instant};

use anyhow::Result;
use pachca_status_tests::{Launch, TOKEN};
use serde_json::{Value, json};

use crate::{run::on_a_desktop, statistics::figures};

const SECOND: Duration = Duration::from_secs(1);

pub(crate) async fn measure(runs: usize) -> Result<Value> {
    on_a_desktop(async |desktop| {
        let (mut icon, mut status) = (Vec::new(), Vec::new());
        for _ in 0..runs {
            let begin = Instant::now();
            let app = desktop.launch(&Launch::with_token(TOKEN).argument("--hidden"))?;
            desktop.tray.wait_for("the icon appears", |item| item.icon.is_visible()).await?;
            icon.push(begin.elapsed().as_secs_f64() * 1000.0);
            desktop.tray.wait_until_known().await?;
            status.push(begin.elapsed().as_secs_f64() * 1000.0);
            app.kill();
            desktop.tray.wait_gone().await?;
            // The workspace takes only so many requests of one person in a second.
            tokio::time::sleep(SECOND).await;
        }
        Ok(json!({ "icon_registered": figures("ms", &icon), "status_confirmed": figures("ms", &status) }))
    })
    .await
}

//! Another client doing the same job in the same run: the ratio holds on any machine.

use std::{
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context as _, Result, bail};
use pachca_sandbox::{Sandbox, SandboxOptions};
use pachca_status_tests::{PATIENCE, TOKEN};
use serde_json::{Value, json};

use crate::figures;

/// `command` is given to the shell with `PACHCA_TOKEN` and `PACHCA_API_URL` set, and sets a status once.
pub(crate) async fn measure(command: &str, runs: usize) -> Result<Value> {
    let sandbox =
        Sandbox::start(SandboxOptions { token: TOKEN.into(), ..SandboxOptions::default() }).await?;
    let (mut wire, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let before = sandbox.requests().last().map_or(0, |request| request.number);
        let begin = Instant::now();
        let mut child = Command::new("sh")
            .args(["-c", command])
            .env("PACHCA_TOKEN", TOKEN)
            .env("PACHCA_API_URL", sandbox.base_url())
            .stdout(Stdio::null())
            .spawn()
            .context("the peer cannot be started")?;
        let request = sandbox
            .wait_for(
                |request| request.number > before && request.is("PUT", "/profile/status"),
                PATIENCE,
            )
            .await
            .context("the peer sets a status")?;
        wire.push(request.at.duration_since(begin).as_secs_f64() * 1000.0);
        let status = tokio::task::spawn_blocking(move || child.wait()).await??;
        if !status.success() {
            bail!("the peer failed: {status}");
        }
        whole.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(
        json!({ "command": command, "to_wire": figures("ms", &wire), "whole": figures("ms", &whole) }),
    )
}

//! Another client doing the same job in the same run: the ratio holds on any machine.

use std::{fs, path::Path, process::Command, time::Instant};

use anyhow::{Context as _, Result, bail};
use pachca_sandbox::{Sandbox, SandboxOptions};
use pachca_status_tests::{PATIENCE, Process, TOKEN};
use serde_json::{Value, json};

use crate::statistics::figures;

/// `command` is given to the shell with `PACHCA_TOKEN` and `PACHCA_API_URL` set, and sets a status once.
pub(crate) async fn measure(command: &str, runs: usize) -> Result<Value> {
    let sandbox =
        Sandbox::start(SandboxOptions { token: TOKEN.into(), ..SandboxOptions::default() }).await?;
    let folder = tempfile::tempdir()?;
    let log = folder.path().join("peer.log");
    let (mut wire, mut whole) = (Vec::new(), Vec::new());
    // The first start reads the program from the disk, which is not measured.
    for run in 0..=runs {
        let (to_wire, to_end) = once(command, &sandbox, &log).await?;
        if run > 0 {
            wire.push(to_wire);
            whole.push(to_end);
        }
    }
    Ok(
        json!({ "command": command, "to_wire": figures("ms", &wire), "whole": figures("ms", &whole) }),
    )
}

/// Milliseconds from its start to its request, and to its end.
async fn once(command: &str, sandbox: &Sandbox, log: &Path) -> Result<(f64, f64)> {
    let before = sandbox.mark();
    let mut shell = Command::new("setpriv");
    shell.args(["--pdeathsig", "KILL", "--", "sh", "-c", command]);
    shell.env("PACHCA_TOKEN", TOKEN).env("PACHCA_API_URL", sandbox.base_url());
    let begin = Instant::now();
    let mut peer = Process::start_logged("the peer", &mut shell, log)?;
    let is_put = |request: &pachca_sandbox::RecordedRequest| request.is("PUT", "/profile/status");
    let status = {
        let request = sandbox.wait_for_after(before, is_put, PATIENCE);
        tokio::select! {
            request = request => request.map(|_| None).context("the peer sets no status")?,
            ended = peer.exited() => Some(ended?),
        }
    };
    let status = match status {
        Some(status) => status,
        None => peer.exited().await?,
    };
    let to_end = begin.elapsed();
    if !status.success() {
        bail!("the peer failed ({status}): {command}\n{}", said(log));
    }
    let requests = sandbox.requests();
    let request = requests
        .iter()
        .find(|request| request.number > before && is_put(request))
        .with_context(|| format!("the peer ended and set no status: {command}\n{}", said(log)))?;
    if request.status != Some(200) {
        let (status, body) = (request.status, String::from_utf8_lossy(&request.body).into_owned());
        bail!("the workspace did not take what the peer sent ({status:?}): {body}");
    }
    let to_wire = request.at.duration_since(begin);
    Ok((to_wire.as_secs_f64() * 1000.0, to_end.as_secs_f64() * 1000.0))
}

fn said(log: &Path) -> String {
    fs::read_to_string(log).unwrap_or_default().trim().to_owned()
}

//! `cargo xtask run`: the app, with whatever it needs around it.

use std::{
    env,
    io::{BufRead as _, BufReader},
    process::{Child, Stdio},
};

use anyhow::{Context as _, Result, bail};

use crate::{
    cmd::{PROGRAMS, cargo, command, run as run_command, step, target},
    machine, ui,
};

/// The workspace for demonstrations knows this token.
const DEMO_TOKEN: &str = "sandbox-token-0000000000000000000000000000";

pub(crate) fn run() -> Result<()> {
    let display = !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
    step("machine", || {
        machine::can_build()?;
        if display { Ok(()) } else { machine::can_bring_up_a_desktop() }
    })?;
    ui::ready()?;
    let around: &[&str] = match (display, is_set("PACHCA_TOKEN")) {
        (true, true) => &[],
        (true, false) => &["-p", "pachca-sandbox"],
        (false, _) => &["-p", "pachca-status-tests"],
    };
    step("build", || {
        // No more than this needs: neither the window's types nor the tests nor the icons' renderer.
        run_command(cargo(["build", "--locked"]).args(PROGRAMS).args(around))
    })?;
    if !display {
        eprintln!("\nThere is no display: this is the main job on a virtual desktop.\n");
        let demo = command(&built("demo"), [target().join("run/window.png")]).status()?;
        if !demo.success() {
            // It has said what, and where its log is.
            std::process::exit(1);
        }
        Ok(())
    } else if is_set("PACHCA_TOKEN") {
        eprintln!(
            "\nPACHCA_TOKEN is set: the app talks to Pachca. Look for its icon in the tray.\n"
        );
        run_command(&mut command(&built("pachca-status"), [""; 0]))
    } else {
        with_a_workspace_of_its_own()
    }
}

/// The app in the person's own session, connected to a workspace that lives as long as it does.
fn with_a_workspace_of_its_own() -> Result<()> {
    let mut sandbox = Sandbox(
        command(&built("pachca-sandbox"), ["--port", "0", "--token", DEMO_TOKEN])
            .stdout(Stdio::piped())
            .spawn()
            .context("the demonstration workspace cannot be started")?,
    );
    let stdout = sandbox.0.stdout.take().context("its output is piped")?;
    let mut stdout = BufReader::new(stdout);
    let mut address = String::new();
    if stdout.read_line(&mut address)? == 0 {
        bail!("the demonstration workspace ended at once");
    }
    let address = address.trim();
    eprintln!("\nNo PACHCA_TOKEN: the app talks to a workspace of its own at {address}.");
    eprintln!(
        "Look for its icon in the tray. Preferences of this run are in {}.\n",
        target().join("run").display()
    );
    // Preferences and queue of a demonstration are not the person's own.
    let home = target().join("run");
    run_command(
        command(&built("pachca-status"), [""; 0])
            .env("PACHCA_TOKEN", DEMO_TOKEN)
            .env("PACHCA_API_URL", address)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_STATE_HOME", home.join("state"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CACHE_HOME", home.join("cache")),
    )
}

struct Sandbox(Child);

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn built(program: &str) -> String {
    let program = target().join("debug").join(program).with_extension(env::consts::EXE_EXTENSION);
    program.to_string_lossy().into_owned()
}

fn is_set(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|value| !value.is_empty())
}

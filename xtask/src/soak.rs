//! Hours of faults in one command.

use anyhow::Result;
use clap::Args;

use crate::step::{run, step, whole};

/// Killed after a click, and while it writes.
const KILLED: &str = "killed::killing_the_app_after_a_click_loses_no_click_it_showed_as_saved";
const WRITER: &str = "files::tests::killing_the_writer_at_any_moment_leaves_a_whole_file";

/// How long `cargo xtask soak` runs, and with which luck.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Minutes of random clicks, faults, phone changes, crashes and restarts. It ends by itself a moment later.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=24 * 60))]
    minutes: u64,
    /// The seed of an earlier run, to do the same again; a new one is printed otherwise.
    #[arg(long)]
    seed: Option<u64>,
    /// How often the app is killed after a click once the minutes are over; the writer of files five times as often.
    #[arg(long, default_value_t = 200)]
    kills: u32,
}

/// Drives engines with real files against loopback workspaces and fails if a single intent got lost.
pub(crate) fn soak(options: &Options) -> Result<()> {
    let name = "soak::clicks_faults_crashes_and_restarts_lose_nothing";
    let mut test = whole(&["test", "--test", "it"]);
    test.args(["--", "--exact", name, "--nocapture"]);
    test.env("PACHCA_STATUS_SOAK_SECONDS", (options.minutes * 60).to_string());
    if let Some(seed) = options.seed {
        test.env("PACHCA_STATUS_SOAK_SEED", seed.to_string());
    }
    // Each engine that starts would listen to the system for ever; an app has one, a soak hundreds.
    test.env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent");
    step("soak", || run(&mut test))?;
    step("kills", || {
        let mut killed = whole(&["test", "--test", "it"]);
        killed.args(["--", "--exact", KILLED]);
        run(killed.env("PACHCA_STATUS_KILLS", options.kills.to_string()))?;
        let mut writer = whole(&["test", "--lib"]);
        writer.args(["--", "--exact", WRITER]);
        run(writer.env("PACHCA_STATUS_WRITER_KILLS", (options.kills * 5).to_string()))
    })
}

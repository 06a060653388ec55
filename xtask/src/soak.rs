//! Hours of faults in one command.

use anyhow::Result;
use clap::Args;

use crate::{
    cmd::{run, step, whole},
    machine, ui,
};

/// Killed after a click, and while it writes.
const KILLED: &str = "killed::killing_the_app_after_a_click_loses_no_click_it_showed_as_saved";
const WRITER: &str = "files::tests::killing_the_writer_at_any_moment_leaves_a_whole_file";

/// The real program on a desktop, while its menu changes and clicks come.
const BUSY: &str = "busy::clicks_among_hundreds_of_changes_do_what_they_say_and_the_last_one_stays";

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
    /// Minutes of twenty changes of the menu a second on a virtual desktop, with clicks among them, at the end.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=24 * 60))]
    busy_minutes: u64,
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
    })?;
    if options.busy_minutes > 0 {
        step("changes", || busy(options.busy_minutes))?;
    }
    Ok(())
}

/// The real program, with its window, on a desktop of its own.
fn busy(minutes: u64) -> Result<()> {
    machine::can_build()?;
    machine::can_bring_up_a_desktop()?;
    ui::ready()?;
    run(&mut whole(&["build", "--bins"]))?;
    let mut test = whole(&["test", "--test", "desktop"]);
    test.args(["--", "--exact", BUSY, "--nocapture"]);
    run(test.env("PACHCA_STATUS_BUSY_MINUTES", minutes.to_string()))
}

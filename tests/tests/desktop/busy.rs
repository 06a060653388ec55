//! Tray and window while everything changes under the person's hand.

use std::time::Instant;

use anyhow::{Context as _, Result};
use pachca_status_tests::{Desktop, Setup, on_a_desktop, within};

use crate::desk::with_window;

/// Changes in an ordinary run: ten seconds' worth.
const CHANGES: u32 = 200;

/// `cargo xtask soak` asks for this many minutes instead.
const MINUTES: &str = "PACHCA_STATUS_BUSY_MINUTES";
const A_SECOND: u32 = 20;

/// Always among the lines of the menu, however many are wanted.
const PRESETS: [&str; 3] = ["🚶 Away", "🍔 Lunch", "📅 In a meeting"];

/// Changes settings again and again, whatever else happens: each change gives the menu another number of presets, and
/// the page something to draw.
const CHANGE: &str = "
    const [changes, pause] = arguments;
    const begin = performance.now();
    window.__changes = 0;
    const next = async () => {
        const number = window.__changes;
        const patch = { tray_limit: 3 + (number % 4), check_interval_minutes: 10 + (number % 2) };
        await window.__TAURI_INTERNALS__.invoke('change_settings', { patch });
        window.__changes += 1;
        const due = begin + window.__changes * pause - performance.now();
        if (window.__changes < changes) setTimeout(next, Math.max(due, 0));
    };
    void next();";

/// How many presets the menu has after this change.
fn limit(change: u32) -> usize {
    3 + change as usize % 4
}

/// Waits in the page until this many changes were made.
const MADE: &str = "
    const [changes, done] = arguments;
    const look = () => (window.__changes >= changes ? done(window.__changes) : setTimeout(look, 5));
    look();";

/// Between two clicks.
const STEP: u32 = 5;

/// Resident memory of the program, in MiB.
fn memory(desktop: &Desktop) -> Result<u64> {
    let item = desktop.tray.now().context("the icon is there")?;
    let pid = item.service.split('-').nth(1).context("its name has its number")?;
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().split(' ').next()).context("it is said there")?;
    Ok(kib.parse::<u64>()? / 1024)
}

#[test]
fn clicks_among_hundreds_of_changes_do_what_they_say_and_the_last_one_stays() {
    let minutes = std::env::var(MINUTES).ok().and_then(|minutes| minutes.parse::<u32>().ok());
    let changes = minutes.map_or(CHANGES, |minutes| minutes * 60 * A_SECOND);
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        desktop.tray.wait_until_known().await?;
        let service = desktop.tray.wait_for("the icon", |_| true).await?.service;
        let (begin, mut clicks, mut done, mut warm) = (Instant::now(), 0, 0, memory(desktop)?);
        let mut shown = desktop.tray.changes();
        window.run(CHANGE, vec![changes.into(), (1000 / A_SECOND).into()]).await?;
        while done < changes {
            desktop.tray.click_preset(PRESETS[clicks % PRESETS.len()]).await?;
            clicks += 1;
            desktop.tray.open_menu().await?;
            done += STEP;
            window.client().execute_async(MADE, vec![done.into()]).await?;
            within("something is shown", shown.changed()).await?;
            if done == changes / 10 {
                warm = memory(desktop)?;
            }
        }
        let took = begin.elapsed();

        // What is seen is what was clicked last, in as many lines as the last change wanted.
        let last = PRESETS[(clicks - 1) % PRESETS.len()];
        let lines = limit(changes - 1);
        let item = desktop
            .tray
            .wait_for("the last click, in a menu of the last change", |item| {
                let presets = item.menu.items.iter().filter(|line| line.checked.is_some());
                item.is_set(last) && presets.count() == lines
            })
            .await?;
        assert_eq!(item.service, service, "it is still the same program");
        let set = desktop.sandbox().state().status.context("it is set")?;
        assert_eq!(format!("{} {}", set.emoji, set.title), last);
        window.click("nav-status").await?;
        window.reads("page-status", &set.title).await?;
        let puts = crate::count(desktop, "PUT", "/profile/status");
        let end = memory(desktop)?;
        println!(
            "{changes} changes in {:.0} s, {clicks} clicks, {puts} writes, memory {warm} → {end} MB",
            took.as_secs_f64(),
        );
        assert!(end < warm + 64, "memory grows: {warm} → {end} MB");
        Ok(())
    });
}

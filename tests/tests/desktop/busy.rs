//! Tray and window while everything changes under the person's hand.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use pachca_status_tests::{Desktop, Setup, Window, on_a_desktop};

use crate::desk::with_window;

/// Changes of the menu in an ordinary run, one right after the other: some seconds.
const CHANGES: u32 = 200;

/// `cargo xtask soak` asks for minutes of twenty changes a second instead.
const MINUTES: &str = "PACHCA_STATUS_BUSY_MINUTES";
const A_SECOND: u32 = 20;

/// Always among the lines of the menu, however many are wanted.
const PRESETS: [&str; 3] = ["🚶 Away", "🍔 Lunch", "📅 In a meeting"];

/// A setting that gives the menu this many presets, and the page something to draw.
const CHANGE: &str = "
    const [limit, minutes, done] = arguments;
    window.__TAURI_INTERNALS__.invoke('change_settings', { patch: { tray_limit: limit, check_interval_minutes: minutes } })
        .then(() => done(true), (error) => done(JSON.stringify(error)));";

/// How many presets the menu has after this change.
fn limit(change: u32) -> u32 {
    3 + change % 4
}

async fn change(window: &Window, number: u32) -> Result<()> {
    let minutes = if number.is_multiple_of(2) { 10 } else { 15 };
    let parameters = vec![limit(number).into(), minutes.into()];
    let done = window.client().execute_async(CHANGE, parameters).await?;
    anyhow::ensure!(done == true, "change {number}: {done}");
    Ok(())
}

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
        desktop.tray.wait_for("the status is known", |item| item.tooltip == "No status").await?;
        let service = desktop.tray.wait_for("the icon", |_| true).await?.service;
        let (begin, mut clicks, mut looks) = (Instant::now(), 0, 0_u32);
        let mut pace = tokio::time::interval(Duration::from_secs(1) / A_SECOND);
        let mut shown = desktop.tray.changes();
        let mut warm = memory(desktop)?;
        for number in 0..changes {
            if minutes.is_some() {
                pace.tick().await;
            }
            change(&window, number).await?;
            looks += u32::from(shown.has_changed()?);
            shown.mark_unchanged();
            if number.is_multiple_of(7) {
                desktop.tray.click_preset(PRESETS[clicks % PRESETS.len()]).await?;
                clicks += 1;
            }
            if number.is_multiple_of(10) {
                desktop.tray.open_menu().await?;
            }
            if number == changes / 10 {
                warm = memory(desktop)?;
            }
        }
        let took = begin.elapsed();

        // What is seen is what was clicked last, in as many lines as the last change wanted.
        let last = PRESETS[(clicks - 1) % PRESETS.len()];
        let lines = limit(changes - 1) as usize;
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
            "{changes} changes in {:.0} s, {looks} looks of the panel, {clicks} clicks, {puts} writes, memory {warm} → {end} MB",
            took.as_secs_f64(),
        );
        assert!(end < warm + 64, "memory grows: {warm} → {end} MB");
        Ok(())
    });
}

//! Photographs every page of the window in both languages and themes: `screenshots FOLDER`.

use std::{env, path::PathBuf};

use anyhow::{Context as _, Result};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use pachca_sandbox::Status;
use pachca_status_tests::{Desktop, Launch, Setup, TOKEN, Window};

/// The connected window's pages, in the order of its sidebar.
const PAGES: [&str; 6] = ["status", "presets", "profile", "account", "preferences", "diagnostics"];

#[tokio::main]
async fn main() -> Result<()> {
    let folder = PathBuf::from(env::args_os().nth(1).context("usage: screenshots FOLDER")?);
    std::fs::create_dir_all(&folder)?;
    for setup in [Setup::default(), Setup::russian()] {
        let language = setup.language[..2].to_owned();
        let desktop = Desktop::start(Setup { zone: where_it_is_noon(), ..setup }).await?;
        let taken = photograph(&desktop, &language, &folder).await;
        if taken.is_err() {
            eprintln!("{}", desktop.description("screenshots"));
        }
        desktop.stop().await;
        taken?;
    }
    Ok(())
}

/// The pictures are of a working day, whenever they are taken. Zones of this kind are named by what is added to them to
/// get to UTC.
fn where_it_is_noon() -> String {
    let hour = TimeZone::UTC.to_datetime(Timestamp::now()).hour();
    format!("Etc/GMT{:+}", hour - 12)
}

async fn photograph(desktop: &Desktop, language: &str, folder: &std::path::Path) -> Result<()> {
    let status = if language == "ru" {
        Status::new("🚶", "Отошёл").away("Отошёл, скоро вернусь.")
    } else {
        Status::new("🚶", "Away").away("Away, back soon.")
    };
    desktop.sandbox().set_status(status.until(Timestamp::now() + SignedDuration::from_mins(30)));
    let launch = Launch::with_token(TOKEN);
    let (window, clicked) =
        tokio::join!(desktop.launch_with_window(&launch), desktop.tray.activate());
    clicked?;
    let window = window?;
    let frame = desktop.display.window().await?;
    // The notice of the first start is not what the pictures are about.
    window.click("close-tip-ok").await?;
    window.sees_no("close-tip").await?;
    for theme in ["light", "dark"] {
        window.click("nav-preferences").await?;
        window.click(&format!("theme-{theme}")).await?;
        for page in PAGES {
            window.click(&format!("nav-{page}")).await?;
            settled(&window, page).await?;
            window.painted().await?;
            let file = folder.join(format!("{page}-{language}-{theme}.png"));
            desktop.display.screenshot_of(&frame, &file)?;
            println!("{}", file.display());
        }
    }
    Ok(())
}

/// Whether nothing on the page is loading; what moves is brought to its end.
const QUIET: &str = "
        const busy = [...document.querySelectorAll('[data-busy=\"true\"], [data-testid$=\"-skeleton\"]')];
        const moving = document.getAnimations().filter((animation) => animation.playState === 'running');
        // What goes on for ever goes with what is loading.
        moving.filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity).forEach((animation) => animation.finish());
        return !busy.some((part) => part.checkVisibility()) && document.fonts.status === 'loaded';";

/// Waits until the page is there, nothing on it is loading, and nothing moves any more.
async fn settled(window: &Window, page: &str) -> Result<()> {
    window.sees(&format!("page-{page}")).await?;
    window.when(&format!("{page} is settled"), QUIET, &[]).await.map(drop)
}

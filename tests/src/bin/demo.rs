//! The main job on a virtual desktop, told in the console: `demo FILE.png`.
//!
//! Without `PACHCA_TOKEN` a workspace of its own is brought along, and a status is set and cleared by clicks in the
//! real menu. With it nothing is clicked, because the status is a real person's: the tray and the window are shown.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, Result};
use jiff::tz::TimeZone;
use pachca_sandbox::Status;
use pachca_status_tests::{Desktop, Launch, Menu, PATIENCE, PanelItem, Setup, TOKEN};

#[tokio::main]
async fn main() -> ExitCode {
    let Some(picture) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: demo FILE.png");
        return ExitCode::FAILURE;
    };
    // Beside the picture: everything that was to be seen, and what the app said.
    let log = picture.with_extension("log");
    let Err(error) = show(&picture, &log).await else { return ExitCode::SUCCESS };
    let _ =
        fs::File::options().append(true).create(true).open(&log).and_then(|mut log| {
            std::io::Write::write_all(&mut log, format!("{error:?}\n").as_bytes())
        });
    let words = format!("{error:#}");
    let first = words.lines().next().unwrap_or_default();
    eprintln!("The demonstration failed: {first}. Its log: {}", log.display());
    ExitCode::FAILURE
}

async fn show(picture: &Path, log: &Path) -> Result<()> {
    if let Some(folder) = picture.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(log, "")?;
    let picture = &std::path::absolute(picture)?;
    let variable = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let language =
        variable("LC_ALL").or_else(|| variable("LANG")).unwrap_or_else(|| "en_US.UTF-8".to_owned());
    let zone = TimeZone::system().iana_name().unwrap_or("UTC").to_owned();
    let desktop = Desktop::start(Setup { language, zone, ..Setup::default() }).await?;
    let shown = match variable("PACHCA_TOKEN") {
        None => main_job(&desktop, picture).await,
        Some(token) => {
            look(
                &desktop,
                &Launch::elsewhere(&token, variable("PACHCA_API_URL").as_deref()),
                picture,
            )
            .await
        }
    };
    if shown.is_err() {
        fs::write(log, desktop.description("demo"))?;
    }
    desktop.stop().await;
    shown
}

/// Away, clear, window.
async fn main_job(desktop: &Desktop, picture: &Path) -> Result<()> {
    let launch = Launch::with_token(TOKEN);
    let clicks = async {
        let item = desktop
            .tray
            .wait_for("nothing is set", |item| item.is_clear() && !away(&item.menu).is_empty())
            .await?;
        println!("The icon is in the tray («{}»). Its menu:\n{:?}", item.tooltip, item.menu);
        let preset = away(&item.menu);
        println!("Click: {preset}");
        desktop.tray.click_preset(&title(&preset)).await?;
        let state =
            desktop.sandbox().wait_for_state(|state| state.status.is_some(), PATIENCE).await?;
        println!("Pachca shows:  {}", words(state.status.as_ref()));
        let item =
            desktop.tray.wait_for("the tray shows it", |item| item.is_set(&title(&preset))).await?;
        println!("The tray says: {}\n", item.tooltip);

        let clear = ["Clear status", "Сбросить статус"]
            .into_iter()
            .find(|words| item.menu.item(words).is_some());
        let clear = clear.context("the menu can clear the status")?;
        println!("Click: {clear}");
        desktop.tray.click_item(clear).await?;
        let state =
            desktop.sandbox().wait_for_state(|state| state.status.is_none(), PATIENCE).await?;
        println!("Pachca shows:  {}", words(state.status.as_ref()));
        let item = desktop.tray.wait_until_known().await?;
        println!("The tray says: {}\n", item.tooltip);
        println!("Left click on the icon opens the window.");
        desktop.tray.activate().await
    };
    let (window, ()) = tokio::try_join!(desktop.launch_with_window(&launch), clicks)?;
    window.painted().await?;
    desktop.display.screenshot(picture)?;
    println!("Screenshot: {}", picture.display());
    Ok(())
}

/// Tray and window as they are.
async fn look(desktop: &Desktop, launch: &Launch, picture: &Path) -> Result<()> {
    let show = async {
        let item = desktop
            .tray
            .wait_for("the status is known", |item| item.icon.is_visible() && is_known(item))
            .await?;
        println!("The icon is in the tray («{}»). Its menu:\n{:?}", item.tooltip, item.menu);
        println!(
            "The status is a real person's: nothing is clicked but the icon, which opens the window."
        );
        desktop.tray.activate().await
    };
    let (window, ()) = tokio::try_join!(desktop.launch_with_window(launch), show)?;
    window.painted().await?;
    desktop.display.screenshot(picture)?;
    println!("Screenshot: {}", picture.display());
    Ok(())
}

/// Whether the first answer has come, whatever it is.
fn is_known(item: &PanelItem) -> bool {
    let looking = ["looking up your status", "узнаём ваш статус"];
    !item.menu.items.is_empty() && !looking.iter().any(|words| item.tooltip.contains(words))
}

/// The line of the first preset; empty while there is none.
fn away(menu: &Menu) -> String {
    let preset = menu.lines().into_iter().find(|line| line.checked.is_some() && line.enabled);
    preset.map(|line| line.label.clone()).unwrap_or_default()
}

/// The line without its end, which moves on with the minutes.
fn title(line: &str) -> String {
    line.split(" · ").next().unwrap_or(line).to_owned()
}

fn words(status: Option<&Status>) -> String {
    let Some(status) = status else { return "no status".to_owned() };
    let ends = status
        .expires_at
        .map_or_else(|| "without an end".to_owned(), |ends| format!("until {ends}"));
    let away = status
        .away_message
        .as_ref()
        .map(|message| format!(", away: «{message}»"))
        .unwrap_or_default();
    format!("{} {}, {ends}{away}", status.emoji, status.title)
}

//! The token is nowhere it does not belong.

use std::{collections::BTreeSet, path::PathBuf};

use anyhow::{Context as _, Result};
use pachca_sandbox::Fault;
use pachca_status_tests::{Launch, Setup, TOKEN, Window, on_a_desktop};

use crate::desk::{PAGES, connect, copy_report, turn_to, with_window};

/// Takes down every answer and every event that comes to the page from here on.
const LISTEN: &str = "
    const done = arguments[arguments.length - 1];
    const { invoke, transformCallback } = window.__TAURI_INTERNALS__;
    const heard = (window.__heard = []);
    const fetched = window.fetch;
    window.fetch = async (address, ...rest) => {
        const response = await fetched(address, ...rest);
        heard.push([String(address), await response.clone().text()]);
        return response;
    };
    const events = ['snapshot', 'upload', 'navigate'].map((event) => invoke('plugin:event|listen', {
        event, target: { kind: 'Any' }, handler: transformCallback((message) => heard.push([event, JSON.stringify(message)])),
    }));
    Promise.all(events).then(() => done(true), (error) => done(String(error)));";

/// What came to the page: the name of the command or event, and the message.
async fn heard(window: &Window) -> Result<Vec<(String, String)>> {
    let heard = window.run("return JSON.stringify(window.__heard);", vec![]).await?;
    let heard: Vec<(String, String)> =
        serde_json::from_str(heard.as_str().context("the page listens")?)?;
    let name = |from: &str| from.rsplit('/').next().unwrap_or_default().to_owned();
    Ok(heard.into_iter().map(|(from, message)| (name(&from), message)).collect())
}

#[test]
fn after_use_errors_and_a_report_the_token_is_in_no_file_page_or_property() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        desktop.tray.set("🚶 Away").await?;
        desktop.sandbox().fault(Fault::status(401).times(3));
        desktop.tray.click_preset("Lunch").await?;
        desktop
            .tray
            .wait_for("Lunch is not set", |item| {
                !item.is_set("🚶 Away") || item.menu.item("Lunch").is_some()
            })
            .await?;
        for page in PAGES {
            turn_to(&window, page).await?;
            assert!(!window.everything().await?.contains(TOKEN), "page {page}");
        }
        copy_report(&window).await?;
        assert!(!desktop.pasted()?.contains(TOKEN));
        assert_eq!(desktop.files_holding(TOKEN)?, [] as [PathBuf; 0]);
        assert!(!format!("{:?}", desktop.tray.now()).contains(TOKEN));
        assert!(!format!("{:?}", desktop.notifications.shown()).contains(TOKEN));
        Ok(())
    });
}

#[test]
fn no_message_to_the_page_or_on_the_bus_holds_the_token() {
    on_a_desktop(Setup::default(), async |desktop| {
        let traffic = desktop.traffic(TOKEN).await?;
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        assert_eq!(window.client().execute_async(LISTEN, vec![]).await?, true);
        connect(&window).await?;
        desktop.tray.set("🚶 Away").await?;
        desktop.sandbox().fault(Fault::status(401).times(2));
        desktop.tray.click_preset("Lunch").await?;
        desktop.notifications.wait_for("A token is needed").await?;
        for page in PAGES {
            turn_to(&window, page).await?;
        }
        copy_report(&window).await?;

        let messages = heard(&window).await?;
        for (name, message) in &messages {
            assert!(!message.contains(TOKEN), "{name} brings the token to the page: {message}");
        }
        let names = messages.iter().map(|(name, _)| name.as_str()).collect::<BTreeSet<_>>();
        for name in ["connect", "token_info", "profile", "diagnostics_report", "snapshot"] {
            assert!(names.contains(name), "{name} was not heard: {names:?}");
        }
        // A planted token is found: what a command does not understand it names.
        let planted = "window.__TAURI_INTERNALS__.invoke('extend', { extension: arguments[0] }).catch(() => {});";
        window.run(planted, vec![TOKEN.into()]).await?;
        window
            .when(
                "the answer",
                "return window.__heard.some(([, message]) => message.includes(parameters[0]));",
                &[TOKEN],
            )
            .await?;

        let (holding, messages) = traffic.holding().await?;
        assert_eq!(holding, [""; 0], "of {messages} messages on the bus");
        assert!(messages > 100, "{messages} messages");
        Ok(())
    });
}

#[test]
fn no_output_no_title_no_other_program_and_no_crash_holds_the_token() {
    on_a_desktop(Setup::default(), async |desktop| {
        // Everything that can be made to talk talks.
        let launch = Launch::with_token(TOKEN)
            .variable("RUST_LOG", "trace")
            .variable("G_MESSAGES_DEBUG", "all")
            .variable("G_DBUS_DEBUG", "all");
        let app = desktop.launch_to_tray(&launch).await?;
        desktop.tray.set("🚶 Away").await?;
        desktop.tray.activate().await?;
        desktop.display.window().await?;

        let processes = desktop.titles_and_environments();
        let mut given = Vec::new();
        for (name, title, environment) in &processes {
            assert!(!title.contains(TOKEN), "{name}: {title}");
            if environment.contains(TOKEN) {
                given.push(name.as_str());
            }
        }
        assert!(processes.iter().any(|(name, ..)| name.starts_with("WebKit")), "{processes:?}");
        // The search works: whoever was started with the token has it in what it was started with.
        assert_eq!(given, ["pachca-status"], "it is handed to nobody");

        app.crash().await?;
        desktop.tray.wait_gone().await?;
        assert_eq!(desktop.files_holding(TOKEN)?, [] as [PathBuf; 0], "output, cores and all");
        Ok(())
    });
}

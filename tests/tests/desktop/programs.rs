//! Every other program that the app starts in a whole session, as the system saw it.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, ensure};
use pachca_status_tests::{Desktop, Launch, Setup, TOKEN, on_a_desktop, program, within};
use serde_json::json;

use crate::desk::{PAGES, browser, copy_report, turn_to};

/// Started by their whole paths, from where WebKit is installed.
const WEB: [&str; 2] = ["WebKitNetworkProcess", "WebKitWebProcess"];

/// Starts the program, and lets a debugger write down what it and its children start.
fn traced(desktop: &Desktop) -> Result<(PathBuf, PathBuf)> {
    let (wrapper, trace) = (desktop.home().join("traced"), desktop.home().join("trace"));
    let script = format!(
        "#!/bin/sh\nexec strace -f -qq -v --seccomp-bpf -s 4096 -e trace=execve,execveat -o {} {} \"$@\"\n",
        trace.display(),
        program()?.display(),
    );
    fs::write(&wrapper, script)?;
    fs::set_permissions(&wrapper, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok((wrapper, trace))
}

/// The program of the window: not by a place, where there may be another one by now, but by what the app holds open.
const WINDOW: &str = "execve(\"/proc/self/fd/";

/// What the app itself starts, or tries to, for itself or for its window: a line for each, without those for both.
fn others(trace: &Path) -> Result<Vec<String>> {
    let trace = fs::read_to_string(trace)?;
    let app = format!("execve(\"{}\", ", program()?.display());
    let (own, others): (Vec<_>, Vec<_>) =
        trace.lines().filter(|line| line.contains(" exec")).partition(|line| line.contains(&app));
    // The trace works: it has the app, and what the app was given.
    assert!(own.len() == 1 && own[0].contains(TOKEN), "{trace}");
    let (window, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|line| line.contains(WINDOW));
    assert!(window.len() == 1 && window[0].contains("GDK_GL=disable"), "{trace}");
    assert!(!window[0].contains(TOKEN), "the window is given the token: {}", window[0]);
    Ok(others.into_iter().map(ToOwned::to_owned).collect())
}

/// What was started, or looked for, by the place where that was tried.
fn paths(lines: &[String]) -> BTreeSet<PathBuf> {
    // 1234  execve("/usr/bin/program", ["program", …
    lines.iter().filter_map(|line| line.split('"').nth(1).map(PathBuf::from)).collect()
}

/// Their names, if each is in one place.
fn names(paths: &BTreeSet<PathBuf>) -> Result<Vec<&str>> {
    ensure!(paths.iter().all(|path| path.is_absolute()), "by name alone: {paths:?}");
    Ok(paths.iter().filter_map(|path| path.file_name()?.to_str()).collect())
}

#[test]
fn nothing_is_started_but_the_web_view_and_the_opener_of_links() {
    on_a_desktop(Setup::default(), async |desktop| {
        let link = json!({ "id": 1, "name": "Site", "data_type": "link", "value": "https://example.com/" });
        desktop.sandbox().set_custom_properties(json!([]));
        desktop.sandbox().set_profile_json(&json!({ "custom_properties": [link] }));
        let (opened, path) = browser(desktop)?;
        let (wrapper, trace) = traced(desktop)?;
        let launch = Launch::with_token(TOKEN).by(&wrapper).variable("PATH", &path);
        let (window, clicked) =
            tokio::join!(desktop.launch_with_window(&launch), desktop.tray.activate());
        clicked?;
        let window = window?;
        desktop.tray.set("🚶 Away").await?;
        for page in PAGES {
            turn_to(&window, page).await?;
        }
        copy_report(&window).await?;
        turn_to(&window, "preferences").await?;
        window.click("start-at-login").await?;
        turn_to(&window, "profile").await?;
        window.click("open-link-1").await?;
        window.click("dialog-confirm").await?;
        let address = within("the browser", tokio::fs::read_to_string(&opened));
        assert_eq!(address.await?.trim(), "https://example.com/");
        desktop.display.close(&desktop.display.windows()[0])?;
        desktop.display.no_window().await?;
        desktop.tray.click_item("Quit").await?;
        desktop.tray.wait_gone().await?;
        desktop.ended("strace").await?;

        let others = others(&trace)?;
        for line in &others {
            assert!(!line.contains(TOKEN), "a program is given the token: {line}");
            let web = WEB.iter().any(|name| line.contains(name));
            assert_eq!(line.contains("GDK_GL=disable"), web, "meant for our own window: {line}");
        }
        let mut paths = paths(&others);
        let first = desktop.home().join("bin/xdg-open");
        assert!(paths.remove(&first), "the link is opened by the first in the person's path");
        assert_eq!(names(&paths)?, WEB, "{paths:?}");
        Ok(())
    });
}

#[test]
fn without_a_session_bus_none_is_started() {
    on_a_desktop(Setup::default(), async |desktop| {
        let (wrapper, trace) = traced(desktop)?;
        let empty = desktop.folder().join("empty");
        fs::create_dir(&empty)?;
        let launch = Launch::with_token(TOKEN)
            .by(&wrapper)
            .variable("DBUS_SESSION_BUS_ADDRESS", "")
            .variable("XDG_RUNTIME_DIR", &empty.to_string_lossy());
        let mut app = desktop.launch(&launch)?;
        let frame = desktop.display.window().await?;
        // There is no tray without a bus, so this ends it.
        desktop.display.close(&frame)?;
        assert!(app.exited().await?.success());
        let paths = paths(&others(&trace)?);
        assert_eq!(names(&paths)?, WEB, "{paths:?}");
        Ok(())
    });
}

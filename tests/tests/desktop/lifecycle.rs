//! Starting, starting again, closing, crashing, and the panel's own life.

use std::time::Duration;

use anyhow::Context as _;
use pachca_sandbox::Status;
use pachca_status_tests::{
    Cost, Launch, Setup, TOKEN, WINDOW_PROCESS, WINDOW_PROGRAM, install, on_a_desktop, within,
};

use crate::{
    desk::{turn_to, with_window},
    request,
};

#[test]
fn a_second_start_shows_the_window_of_the_first() {
    on_a_desktop(Setup::default(), async |desktop| {
        let first = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        assert_eq!(desktop.display.windows(), []);
        let mut second = desktop.launch(&Launch::with_token(TOKEN))?;
        assert!(second.exited().await?.success());
        desktop.display.window().await?;
        assert_eq!(
            desktop.processes("pachca-status"),
            1,
            "process {} is the only one",
            first.pid()
        );
        Ok(())
    });
}

#[test]
fn of_twenty_starts_at_once_one_stays() {
    on_a_desktop(Setup::default(), async |desktop| {
        let launch = Launch::with_token(TOKEN);
        let mut apps = (0..20).map(|_| desktop.launch(&launch)).collect::<Result<Vec<_>, _>>()?;
        let item = desktop.tray.wait_for("one icon", |item| item.icon.is_visible()).await?;
        // Whose it is, is the one that stays.
        let owner = item.service.split('-').nth(1).and_then(|pid| pid.parse().ok());
        let first = apps.iter().position(|app| Some(app.pid()) == owner).context("one of them")?;
        let _first = apps.remove(first);
        for app in &mut apps {
            assert!(app.exited().await?.success());
        }
        assert_eq!(desktop.processes("pachca-status"), 1);
        desktop.tray.set("🚶 Away").await?;
        Ok(())
    });
}

#[test]
fn the_web_process_lives_as_long_as_the_window() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        assert_eq!(desktop.processes("WebKitWebProcess"), 0);
        desktop.tray.activate().await?;
        let frame = desktop.display.window().await?;
        assert_eq!(desktop.processes("WebKitWebProcess"), 1);

        desktop.display.close(&frame)?;
        desktop.display.no_window().await?;
        desktop.ended("WebKitWebProcess").await?;
        assert!(desktop.tray.now().is_some(), "the app stays in the tray");

        desktop.tray.activate().await?;
        desktop.display.window().await?;
        Ok(())
    });
}

// Elsewhere than here and in a release the linker keeps libraries of code that it has thrown away.
#[cfg(target_arch = "x86_64")]
#[test]
fn nothing_of_a_window_system_is_loaded_into_the_app_itself() {
    on_a_desktop(Setup::default(), async |desktop| {
        let app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        desktop.tray.activate().await?;
        desktop.display.window().await?;
        let loads = |pid: u32| {
            let maps = std::fs::read_to_string(format!("/proc/{pid}/maps"))?;
            anyhow::Ok(["libgtk", "libwebkit", "libX11"].map(|library| maps.contains(library)))
        };
        assert_eq!(loads(app.pid())?, [false; 3]);
        // The look finds them where they are.
        let window = desktop.pids(WINDOW_PROCESS);
        assert_eq!(loads(*window.first().context("its program")?)?, [true; 3]);
        Ok(())
    });
}

#[test]
fn opening_the_window_again_and_again_leaves_nothing_in_memory() {
    on_a_desktop(Setup::default(), async |desktop| {
        let app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        let openings = async |times| {
            for _ in 0..times {
                desktop.tray.activate().await?;
                let frame = desktop.display.window().await?;
                desktop.display.drawn(&frame).await?;
                desktop.display.close(&frame)?;
                desktop.display.no_window().await?;
                desktop.ended("WebKitWebProcess").await?;
            }
            anyhow::Ok(())
        };
        // Libraries and caches are filled once.
        openings(3).await?;
        let before = Cost::of(app.pid())?;
        openings(20).await?;
        // A part of it is given back by and by. Some 100 kB for each opening would be left if anything of a window stayed.
        within("the memory is given back", async {
            while Cost::of(app.pid())?.private_dirty_kib > before.private_dirty_kib + 512 {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            anyhow::Ok(())
        })
        .await
    });
}

#[test]
fn a_window_closed_before_there_is_a_page_in_it_takes_nothing_down() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        for _ in 0..10 {
            desktop.tray.activate().await?;
            let frame = desktop.display.window().await?;
            desktop.display.close(&frame)?;
            desktop.display.no_window().await?;
        }
        for process in ["WebKitWebProcess", "WebKitNetworkProcess"] {
            desktop.ended(process).await?;
        }
        desktop.tray.set("🚶 Away").await?;
        Ok(())
    });
}

#[test]
fn without_a_tray_the_window_opens_by_itself_and_says_why() {
    on_a_desktop(Setup::default().no_tray(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::with_token(TOKEN)).await?;
        window.click("nav-status").await?;
        window.reads("notice-no_tray_host", "no tray icons").await?;
        Ok(())
    });
}

#[test]
fn a_panel_that_comes_late_or_restarts_gets_the_icon() {
    on_a_desktop(Setup::default().no_tray(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.display.window().await?;
        desktop.tray_appears().await?;
        desktop.tray.wait_for("the icon", |item| item.icon.is_visible()).await?;

        desktop.tray.vanish().await?;
        desktop.tray_appears().await?;
        desktop.tray.wait_for("the icon is back", |item| item.icon.is_visible()).await?;
        desktop.tray.click_preset("Away").await?;
        request(desktop, "PUT", "/profile/status").await?;
        Ok(())
    });
}

#[test]
fn a_tray_that_goes_for_good_leaves_the_window_and_closing_it_ends_the_app() {
    on_a_desktop(Setup::default(), async |desktop| {
        let mut app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        assert_eq!(desktop.display.windows(), []);
        desktop.tray.vanish().await?;
        let frame = desktop.display.window().await?;
        desktop.display.close(&frame)?;
        assert!(app.exited().await?.success());

        // The next start shows itself, icon or not.
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.display.window().await?;
        Ok(())
    });
}

#[test]
fn quit_in_the_menu_ends_it() {
    on_a_desktop(Setup::default(), async |desktop| {
        let mut app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        desktop.tray.click_item("Quit").await?;
        assert!(app.exited().await?.success());
        desktop.tray.wait_gone().await?;
        Ok(())
    });
}

#[test]
fn a_click_survives_a_power_cut() {
    on_a_desktop(Setup::default(), async |desktop| {
        // Known before, so that the queue has an account to belong to.
        let app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_until_known().await?;
        desktop.network_goes();
        desktop.tray.click_preset("Focus").await?;
        let waiting = |item: &pachca_status_tests::PanelItem| {
            item.menu.item("Waiting to be sent: 🎯 Focus").is_some()
        };
        desktop.tray.wait_for("it is said to be kept", waiting).await?;
        app.kill();
        desktop.tray.wait_gone().await?;

        desktop.network_returns().await?;
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_for("Focus is set", |item| item.is_set("🎯 Focus")).await?;
        let put = request(desktop, "PUT", "/profile/status").await?;
        assert_eq!(put.json().context("JSON")?["status"]["title"], "Focus");
        Ok(())
    });
}

#[test]
fn quitting_with_a_click_that_waits_sends_it_the_next_time() {
    on_a_desktop(Setup::default(), async |desktop| {
        let mut app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_until_known().await?;
        desktop.network_goes();
        desktop.tray.click_preset("Lunch").await?;
        desktop.tray.wait_for_line("Waiting to be sent: 🍔 Lunch").await?;
        desktop.tray.click_item("Quit").await?;
        assert!(app.exited().await?.success());
        desktop.tray.wait_gone().await?;

        desktop.network_returns().await?;
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_for("Lunch is set", |item| item.is_set("🍔 Lunch")).await?;
        Ok(())
    });
}

#[test]
fn a_change_on_the_phone_is_seen_when_the_window_opens() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_until_known().await?;
        desktop.sandbox().set_status(Status::new("🏖️", "On the beach"));
        desktop.tray.activate().await?;
        desktop.tray.wait_for("it is shown", |item| item.tooltip == "🏖️ On the beach").await?;
        Ok(())
    });
}

#[test]
fn the_window_opens_as_large_and_on_the_page_it_was_left() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        turn_to(&window, "presets").await?;
        let windows = desktop.display.windows();
        desktop.display.xdotool(&[
            "windowsize",
            "--sync",
            &windows[0].id.to_string(),
            "1101",
            "702",
        ])?;
        let size = "return innerWidth === 1101 && innerHeight === 702;";
        window.when("the page has the size", size, &[]).await?;
        desktop.display.close(&windows[0])?;
        desktop.display.no_window().await?;
        desktop.tray.activate().await?;
        desktop.display.window().await?;
        desktop.tray.click_item("Quit").await?;
        desktop.tray.wait_gone().await?;
        drop(window);

        let window = with_window(desktop).await?;
        window.sees("page-presets").await?;
        window.when("the size of before", size, &[]).await?;
        Ok(())
    });
}

#[test]
fn the_tray_works_on_when_the_web_process_crashes_and_the_page_comes_back() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        for preset in ["🚶 Away", "🍔 Lunch", "🎯 Focus"] {
            desktop.tray.activate().await?;
            let frame = desktop.display.window().await?;
            desktop.display.drawn(&frame).await?;
            desktop.crash("WebKitWebProcess").await?;
            within("the page is loaded anew", async {
                while desktop.processes("WebKitWebProcess") == 0 {
                    tokio::task::yield_now().await;
                }
                desktop.display.drawn(&frame).await
            })
            .await?;
            desktop.tray.set(preset).await?;
            desktop.display.close(&frame)?;
            desktop.display.no_window().await?;
        }
        desktop.tray.activate().await?;
        desktop.display.window().await?;
        Ok(())
    });
}

#[test]
fn a_window_that_crashes_is_said_to_be_gone_and_opens_anew() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        desktop.tray.activate().await?;
        desktop.display.window().await?;
        desktop.crash(WINDOW_PROCESS).await?;
        desktop.notifications.wait_for("The window has closed by itself").await?;
        desktop.display.no_window().await?;
        desktop.tray.set("🚶 Away").await?;
        desktop.tray.activate().await?;
        desktop.display.window().await?;
        Ok(())
    });
}

#[test]
fn without_a_tray_a_window_that_crashes_opens_anew() {
    on_a_desktop(Setup::default().no_tray(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        let frame = desktop.display.window().await?;
        desktop.display.drawn(&frame).await?;
        desktop.crash(WINDOW_PROCESS).await?;
        within("another takes its place", async {
            while desktop.processes(WINDOW_PROCESS) == 0 {
                tokio::task::yield_now().await;
            }
            desktop.display.drawn(&desktop.display.window().await?).await
        })
        .await
    });
}

#[test]
fn the_window_goes_with_the_app_however_that_ends() {
    on_a_desktop(Setup::default(), async |desktop| {
        let app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        desktop.tray.activate().await?;
        desktop.display.window().await?;
        app.kill();
        desktop.display.no_window().await?;
        for process in [WINDOW_PROCESS, "WebKitWebProcess", "WebKitNetworkProcess"] {
            desktop.ended(process).await?;
        }
        Ok(())
    });
}

#[test]
fn without_the_program_of_the_window_the_tray_works_and_says_what_is_missing() {
    on_a_desktop(Setup::default(), async |desktop| {
        let place = desktop.home().join("pachca-status");
        install(&place)?;
        std::fs::remove_file(place.with_file_name(WINDOW_PROGRAM))?;
        let mut app = desktop.launch_to_tray(&Launch::with_token(TOKEN).by(&place)).await?;
        desktop.tray.activate().await?;
        desktop.notifications.wait_for("The window does not open").await?;
        desktop.tray.set("🚶 Away").await?;
        // With neither there is nothing left of it.
        desktop.tray.vanish().await?;
        assert_eq!(app.exited().await?.code(), Some(1));
        Ok(())
    });
}

#[test]
fn signing_out_ends_it_and_its_window() {
    on_a_desktop(Setup::default(), async |desktop| {
        let mut app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        desktop.tray.activate().await?;
        desktop.display.window().await?;
        desktop.session_ends();
        assert!(app.exited().await?.success());
        desktop.ended(WINDOW_PROCESS).await?;
        Ok(())
    });
}

#[test]
fn without_a_tray_and_without_a_screen_it_says_so_and_ends() {
    on_a_desktop(Setup::default().no_tray(), async |desktop| {
        let launch = Launch::with_token(TOKEN).variable("DISPLAY", ":65000");
        let mut app = desktop.launch(&launch)?;
        assert_eq!(app.exited().await?.code(), Some(1));
        assert!(desktop.description("it says").contains("there is no desktop to run on"));
        Ok(())
    });
}

#[test]
fn a_shutdown_of_the_computer_ends_it_at_once_and_loses_no_click() {
    on_a_desktop(Setup::default(), async |desktop| {
        let mut app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_until_known().await?;
        desktop.network_goes();
        desktop.tray.click_preset("Lunch").await?;
        desktop.tray.wait_for_line("Waiting to be sent: 🍔 Lunch").await?;
        let asked = std::time::Instant::now();
        app.terminate()?;
        assert!(app.exited().await?.success());
        assert!(asked.elapsed().as_secs() < 5, "{:?}", asked.elapsed());
        desktop.tray.wait_gone().await?;

        desktop.network_returns().await?;
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_for("Lunch is set", |item| item.is_set("🍔 Lunch")).await?;
        Ok(())
    });
}

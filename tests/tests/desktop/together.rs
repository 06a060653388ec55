//! Two at once: two people on one computer, one person on two computers, and what a crash leaves to the next start.

use pachca_status_tests::{Desktop, Launch, Setup, TOKEN, on_a_desktop};

use crate::count;

#[test]
fn two_people_on_one_computer_do_not_get_into_each_others_way() {
    on_a_desktop(Setup::default(), async |first| {
        let second = Desktop::start(Setup::default()).await?;
        // The one folder everybody may write to.
        let shared = first.folder().join("shared");
        std::fs::create_dir(&shared)?;
        let launch = Launch::with_token(TOKEN).variable("TMPDIR", &shared.to_string_lossy());
        let mut apps =
            [first.launch_to_tray(&launch).await?, second.launch_to_tray(&launch).await?];
        for desktop in [&*first, &second] {
            desktop.tray.activate().await?;
            desktop.display.window().await?;
        }
        first.tray.click_preset("Away").await?;
        second.tray.click_preset("Focus").await?;
        first.tray.wait_for("Away is set", |item| item.is_set("🚶 Away")).await?;
        second.tray.wait_for("Focus is set", |item| item.is_set("🎯 Focus")).await?;
        let title = |desktop: &Desktop| desktop.sandbox().state().status.map(|status| status.title);
        assert_eq!(title(first).as_deref(), Some("Away"));
        assert_eq!(title(&second).as_deref(), Some("Focus"));
        for desktop in [&*first, &second] {
            assert_eq!(count(desktop, "PUT", "/profile/status"), 1);
        }

        // A second start shows the window of the same person's app: the other's is closed and stays so.
        second.display.close(&second.display.windows()[0])?;
        second.display.no_window().await?;
        assert!(first.launch(&launch)?.exited().await?.success());
        first.tray.click_item("Quit").await?;
        assert!(apps[0].exited().await?.success());
        second.tray.click_item("Clear status").await?;
        second.tray.wait_until_known().await?;
        assert_eq!(second.display.windows(), []);
        second.tray.click_item("Quit").await?;
        assert!(apps[1].exited().await?.success());
        assert_eq!(std::fs::read_dir(&shared)?.count(), 0, "nothing is left where all may write");
        second.stop().await;
        Ok(())
    });
}

#[test]
fn one_person_at_two_computers_sees_the_same_on_both_and_neither_undoes_the_other() {
    on_a_desktop(Setup::default(), async |office| {
        let home = Desktop::start(Setup::default()).await?;
        let address = office.sandbox().base_url();
        let _apps = [
            office.launch_to_tray(&Launch::with_token(TOKEN)).await?,
            home.launch_to_tray(&Launch::elsewhere(TOKEN, Some(&address))).await?,
        ];
        for desktop in [&*office, &home] {
            desktop.tray.wait_until_known().await?;
        }
        for (here, there, preset) in [
            (&*office, &home, "🚶 Away"),
            (&home, &*office, "🍔 Lunch"),
            (&*office, &home, "🎯 Focus"),
        ] {
            here.tray.set(preset).await?;
            there.tray.open_menu().await?;
            there.tray.wait_for("it is seen there", |item| item.is_set(preset)).await?;
        }
        // What was set at the other computer cannot be taken back from this one.
        home.tray
            .wait_for("nothing to undo", |item| item.menu.item("Bring back").is_none())
            .await?;
        home.tray.click_item("Clear status").await?;
        home.tray.wait_until_known().await?;
        office.tray.open_menu().await?;
        office.tray.wait_until_known().await?;
        assert_eq!(count(office, "PUT", "/profile/status"), 3, "one for each click");
        assert_eq!(count(office, "DELETE", "/profile/status"), 1);
        home.stop().await;
        Ok(())
    });
}

#[test]
fn after_a_crash_the_next_start_is_the_first_again_and_a_second_shows_its_window() {
    on_a_desktop(Setup::default(), async |desktop| {
        let launch = Launch::with_token(TOKEN);
        for _ in 0..3 {
            let app = desktop.launch_to_tray(&launch).await?;
            app.crash().await?;
            desktop.tray.wait_gone().await?;
        }
        let _app = desktop.launch_to_tray(&launch).await?;
        assert_eq!(desktop.display.windows(), []);
        assert!(desktop.launch(&launch)?.exited().await?.success());
        desktop.display.window().await?;
        assert_eq!(desktop.processes("pachca-status"), 1);
        Ok(())
    });
}

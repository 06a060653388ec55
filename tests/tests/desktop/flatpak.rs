//! In a sandbox as Flatpak makes it, opened no further than the manifest says.

use pachca_status_tests::{Background, FLATPAK, Setup, TOKEN, on_a_desktop};

use crate::desk::{connect, settled, turn_to};

#[test]
fn in_a_flatpak_the_token_the_icon_and_notifications_are_where_they_belong() {
    on_a_desktop(Setup::default(), async |desktop| {
        let flatpak = desktop.flatpak()?;
        let window = desktop.launch_with_window(&flatpak.launch()).await?;
        connect(&window).await?;
        let item = desktop.tray.wait_for_line("Away").await?;
        assert!(item.service.starts_with(':'), "no name of its own is allowed: {}", item.service);
        desktop.tray.set("🚶 Away").await?;
        let secrets = desktop.secrets().await?;
        assert!(secrets.iter().any(|secret| secret.value == TOKEN), "{secrets:?}");

        let frame = desktop.display.window().await?;
        desktop.display.close(&frame)?;
        let note = desktop.notifications.wait_for("stays in the tray").await?;
        assert_eq!([note.icon.as_str(), note.entry.as_str()], [FLATPAK; 2]);
        drop(window);
        desktop.tray.wait_gone().await?;

        // What it keeps is Flatpak's to remove; nothing of the person's is touched, or can be seen.
        assert!(!desktop.config().exists() && !desktop.state().exists());
        let own = desktop.home().join(".var/app").join(FLATPAK);
        assert!(own.join("config/pachca-status/settings.json").is_file());
        assert!(own.join(".local/state/pachca-status").is_dir());
        let _app = desktop.launch_to_tray(&flatpak.launch().argument("--hidden")).await?;
        desktop.tray.wait_for("it is as it was", |item| item.is_set("🚶 Away")).await?;
        Ok(())
    });
}

#[test]
fn in_a_flatpak_the_desktop_is_asked_for_the_start_at_login_and_may_say_no() {
    on_a_desktop(Setup::default(), async |desktop| {
        let portal = desktop.portal().await?;
        let flatpak = desktop.flatpak()?;
        let window = desktop.launch_with_window(&flatpak.launch()).await?;
        connect(&window).await?;
        turn_to(&window, "preferences").await?;
        window.click("start-at-login").await?;
        let reason = "Show your status in the tray from the moment you log in".to_owned();
        let command = vec!["pachca-status".to_owned(), "--hidden".to_owned()];
        let wanted = Background { autostart: true, command, reason };
        assert_eq!(portal.asked(1).await?, wanted);
        settled(&window).await?;
        let on = window.attribute("start-at-login", "aria-checked").await?;
        assert_eq!(on.as_deref(), Some("true"));
        window.click("start-at-login").await?;
        assert_eq!(portal.asked(2).await?, Background { autostart: false, ..wanted.clone() });
        settled(&window).await?;

        portal.allows(false);
        window.click("start-at-login").await?;
        assert_eq!(portal.asked(3).await?, wanted);
        window.when("it is said", "return document.body.innerText.includes('The system did not let us change start at login');", &[]).await?;
        settled(&window).await?;
        let on = window.attribute("start-at-login", "aria-checked").await?;
        assert_eq!(on.as_deref(), Some("false"), "what is shown is what the desktop does");
        assert!(!desktop.home().join(".config/autostart").exists());
        Ok(())
    });
}

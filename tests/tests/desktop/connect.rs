//! Connecting an account through the window, and staying connected.

use std::path::PathBuf;

use pachca_status_tests::{Launch, Setup, TOKEN, on_a_desktop};

use crate::desk::connect;

#[test]
fn a_pasted_token_is_kept_in_the_keyring_and_nowhere_else() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        connect(&window).await?;
        desktop.tray.wait_for_line("Away").await?;

        let secrets = desktop.secrets().await?;
        let kept = secrets.iter().filter(|secret| secret.value == TOKEN).collect::<Vec<_>>();
        assert_eq!(kept.len(), 1, "{secrets:?}");
        assert_eq!(kept[0].attributes["service"], "dev.pachca-status.desktop");

        assert_eq!(desktop.files_holding(TOKEN)?, [] as [PathBuf; 0]);
        assert!(!window.everything().await?.contains(TOKEN), "the page has forgotten the token");
        Ok(())
    });
}

#[test]
fn a_restart_stays_connected() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        connect(&window).await?;
        desktop.tray.wait_for_line("Away").await?;
        drop(window);
        desktop.tray.wait_gone().await?;

        let _app = desktop.launch(&Launch::plain())?;
        desktop.tray.wait_until_known().await?;
        assert_eq!(desktop.display.windows(), [], "nobody is asked again");
        desktop.tray.set("🚶 Away").await?;
        Ok(())
    });
}

#[test]
fn disconnecting_removes_the_token_from_the_keyring() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        connect(&window).await?;
        window.click("nav-account").await?;
        window.click("disconnect-button").await?;
        window.click("dialog-confirm").await?;
        window.sees("token-input").await?;
        desktop.tray.wait_for_line("Connect an account").await?;
        assert_eq!(desktop.secrets().await?, []);
        Ok(())
    });
}

#[test]
fn who_is_connected_and_what_the_token_may_do_is_shown() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        connect(&window).await?;
        window.click("nav-account").await?;
        window.sees("scopes-table").await?;
        window.sees("account-name").await?;
        for scope in
            ["profile-read", "profile_status-read", "profile_status-write", "profile_avatar-write"]
        {
            let id = format!("scope-{}", scope.replace('_', "-"));
            window.sees(&id).await?;
            assert_eq!(window.attribute(&id, "data-have").await?.as_deref(), Some("true"), "{id}");
        }
        Ok(())
    });
}

//! Whatever is wrong is said in one clear sentence, and nothing is lost.

use std::path::PathBuf;

use pachca_status_tests::{KeyringKind, Launch, PanelItem, Setup, TOKEN, on_a_desktop};

use crate::{
    count,
    desk::{connect, with_window},
};

#[test]
fn a_wrong_token_is_refused_in_one_sentence() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        window.fill("token-input", "not-the-right-token-0000000000000000000000").await?;
        window.click("connect-button").await?;
        window.reads("connect-error", "Pachca does not accept the token").await?;
        assert_eq!(desktop.secrets().await?, [], "a refused token is not kept");
        Ok(())
    });
}

#[test]
fn something_that_cannot_be_a_token_is_not_even_sent() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        window.fill("token-input", "my token, with spaces").await?;
        window.click("connect-button").await?;
        window.reads("connect-error", "This does not look like a token").await?;
        assert_eq!(desktop.sandbox().requests().len(), 0);
        Ok(())
    });
}

#[test]
fn a_token_that_may_not_set_statuses_connects_and_names_the_scope() {
    on_a_desktop(Setup::default(), async |desktop| {
        desktop.sandbox().set_scopes(["profile:read", "profile_status:read"]);
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        connect(&window).await?;
        window.click("nav-status").await?;
        window.reads("banner-scopes", "profile_status:write").await?;
        desktop.tray.click_preset("Away").await?;
        let refused = |item: &PanelItem| {
            item.menu.item("The token lacks the scope profile_status:write").is_some()
        };
        desktop.tray.wait_for("the tray names it too", refused).await?;
        desktop.notifications.wait_for("Pachca did not accept the status").await?;
        assert_eq!(desktop.sandbox().state().status, None);
        Ok(())
    });
}

#[test]
fn without_a_keyring_the_token_is_kept_for_this_run_only_and_that_is_said() {
    on_a_desktop(Setup::default().keyring(KeyringKind::None), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        window.fill("token-input", TOKEN).await?;
        window.click("connect-button").await?;
        window.reads("connect-error", "No keyring was found on this computer").await?;
        window.click("session-only").await?;
        window.click("connect-button").await?;
        window.reads("token-state", "only in memory").await?;
        desktop.tray.set("🚶 Away").await?;
        assert_eq!(desktop.files_holding(TOKEN)?, [] as [PathBuf; 0]);
        Ok(())
    });
}

#[test]
fn a_locked_keyring_is_not_taken_for_no_token() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = desktop.launch_with_window(&Launch::plain()).await?;
        connect(&window).await?;
        drop(window);
        desktop.tray.wait_gone().await?;

        desktop.keyring_becomes(KeyringKind::Locked).await?;
        let app = desktop.launch(&Launch::plain())?;
        desktop.tray.wait_for_line("keyring").await?;
        drop(app);
        desktop.tray.wait_gone().await?;

        // Nothing was deleted because it could not be read.
        desktop.keyring_becomes(KeyringKind::Unlocked).await?;
        let _app = desktop.launch(&Launch::plain())?;
        desktop.tray.wait_until_known().await?;
        Ok(())
    });
}

#[test]
fn a_damaged_preferences_file_is_set_aside_and_named() {
    on_a_desktop(Setup::default(), async |desktop| {
        let damaged = "{\"version\": 1, \"settings\": {\"language\": \"r";
        std::fs::create_dir_all(desktop.config())?;
        std::fs::write(desktop.config().join("settings.json"), damaged)?;

        let window = with_window(desktop).await?;
        window.click("nav-status").await?;
        let said = window.reads("notice-file_damaged", "damaged").await?;
        let aside = std::fs::read_dir(desktop.config())?
            .flatten()
            .find(|entry| {
                std::fs::read_to_string(entry.path()).is_ok_and(|content| content == damaged)
            })
            .expect("the damaged file is kept")
            .path();
        assert_ne!(aside, desktop.config().join("settings.json"));
        assert!(
            said.contains(&*aside.file_name().unwrap().to_string_lossy()),
            "{said} does not name {aside:?}"
        );
        Ok(())
    });
}

#[test]
fn a_title_of_51_characters_is_counted_and_not_sent() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        window.click("nav-status").await?;
        window.fill("title-input", &"я".repeat(51)).await?;
        window.reads("title-counter", "51").await?;
        window.click("set-button").await?;
        window.reads("title-error", "At most 50 characters").await?;
        assert_eq!(count(desktop, "PUT", "/profile/status"), 0);
        Ok(())
    });
}

#[test]
fn a_computer_without_certificates_says_so_in_tray_and_window() {
    on_a_desktop(Setup::default(), async |desktop| {
        // The address of the workspace over TLS: nobody gets as far as asking it.
        let server = desktop.sandbox().base_url().replacen("http:", "https:", 1);
        let launch = Launch::elsewhere(TOKEN, Some(&server)).variable("SSL_CERT_FILE", "/dev/null");
        let (window, opened) = tokio::join!(desktop.launch_with_window(&launch), async {
            desktop.tray.wait_for_line("No secure connection").await?;
            desktop.tray.activate().await
        });
        opened?;
        let window = window?;
        window.click("nav-status").await?;
        window.reads("banner-link", "system’s certificates").await?;
        Ok(())
    });
}

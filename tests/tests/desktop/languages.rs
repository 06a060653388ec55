//! The system's language is the program's.

use pachca_status_tests::{Launch, Setup, TOKEN, on_a_desktop};

use crate::desk::with_window;

#[test]
fn a_russian_desktop_gets_a_russian_tray() {
    on_a_desktop(Setup::russian(), async |desktop| {
        let _app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        desktop.tray.click_preset("Отошёл").await?;
        let set = desktop.tray.wait_for("«Отошёл» is set", |item| item.is_set("🚶 Отошёл")).await?;
        assert!(set.tooltip.contains("🚶 Отошёл · до"), "{}", set.tooltip);
        let status = desktop.sandbox().state().status.expect("it is set");
        assert_eq!(status.title, "Отошёл");
        assert!(
            status.away_message.as_deref().unwrap().starts_with("Отошёл, вернусь в "),
            "{status:?}"
        );
        desktop.tray.click_item("Сбросить статус").await?;
        desktop.tray.wait_until_known().await?;
        Ok(())
    });
}

#[test]
fn an_unknown_language_gets_english() {
    let setup = Setup { language: "de_DE.UTF-8".to_owned(), ..Setup::default() };
    on_a_desktop(setup, async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_until_known().await?;
        Ok(())
    });
}

#[test]
fn another_language_chosen_in_the_window_changes_window_and_tray_at_once() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        window.click("nav-preferences").await?;
        window.sees("language").await?;
        assert_eq!(window.value("hours-end").await?, "6:00 PM");
        window.find("language").await?.select_by_value("ru").await?;
        window.reads("page-title", "Настройки").await?;
        // The day is as long as the language has it, whatever the system's locale.
        assert_eq!(window.value("hours-end").await?, "18:00");
        desktop.tray.wait_for_line("Сбросить статус").await?;
        Ok(())
    });
}

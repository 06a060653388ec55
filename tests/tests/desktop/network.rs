//! When the network or the server has a bad day.

use pachca_sandbox::{Fault, Status};
use pachca_status_tests::{Launch, Setup, TOKEN, on_a_desktop};

use crate::{count, request};

#[test]
fn an_away_click_without_network_is_kept_and_sent_when_it_is_back() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        let before = desktop.tray.wait_until_known().await?;
        desktop.network_goes();
        desktop.tray.click_preset("Away").await?;
        let waiting = desktop.tray.wait_for_line("Waiting to be sent: 🚶 Away").await?;
        assert_ne!(waiting.icon, before.icon, "the icon says that something waits");

        desktop.network_returns().await?;
        desktop.tray.click_item("Try now").await?;
        desktop.tray.wait_for("Away is set", |item| item.is_set("🚶 Away")).await?;
        assert_eq!(count(desktop, "PUT", "/profile/status"), 1);
        Ok(())
    });
}

#[test]
fn a_change_on_the_phone_is_not_overwritten_by_a_click_that_waited() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_until_known().await?;
        desktop.network_goes();
        desktop.tray.click_preset("Away").await?;
        desktop.tray.wait_for_line("Waiting to be sent").await?;

        desktop.network_returns().await?;
        desktop.sandbox().set_status(Status::new("🏖️", "On the beach"));
        desktop.tray.click_item("Try now").await?;
        desktop.tray.wait_for_line("Changed elsewhere: 🏖️ On the beach").await?;
        desktop.notifications.wait_for("Your status was changed elsewhere").await?;
        assert_eq!(count(desktop, "PUT", "/profile/status"), 0);

        desktop.tray.click_item("Keep it as it is").await?;
        desktop
            .tray
            .wait_for("theirs is kept", |item| item.tooltip.contains("On the beach"))
            .await?;
        assert_eq!(count(desktop, "PUT", "/profile/status"), 0);
        Ok(())
    });
}

#[test]
fn a_server_error_is_tried_again_by_itself() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_until_known().await?;
        desktop.sandbox().fault(Fault::status(503).on("PUT", "/profile/status").times(2));
        desktop.tray.set("🚶 Away").await?;
        assert_eq!(count(desktop, "PUT", "/profile/status"), 3);
        Ok(())
    });
}

#[test]
fn too_many_requests_stop_everything_until_the_server_says_so() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_until_known().await?;
        desktop.sandbox().fault(Fault::retry_after("3600").forever());
        desktop.tray.click_preset("Away").await?;
        request(desktop, "PUT", "/profile/status").await?;
        desktop.tray.wait_for_line("The server asks to wait").await?;
        let asked = desktop.sandbox().requests().len();
        desktop.tray.click_preset("Lunch").await?;
        desktop.tray.wait_for_line("Waiting to be sent: 🍔 Lunch").await?;
        assert_eq!(desktop.sandbox().requests().len(), asked, "not one request more");
        Ok(())
    });
}

#[test]
fn a_revoked_token_asks_for_a_new_one_and_loses_nothing() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        let before = desktop.tray.wait_until_known().await?;
        desktop.sandbox().revoke_token();
        desktop.tray.click_preset("Away").await?;
        let asking = desktop.tray.wait_for_line("Pachca does not accept the token").await?;
        assert_ne!(asking.icon, before.icon);
        assert!(asking.menu.item("Connect again").is_some(), "{:?}", asking.menu);
        desktop.notifications.wait_for("A token is needed").await?;
        Ok(())
    });
}

#[test]
fn a_hundred_clicks_end_in_the_last_one_with_few_requests() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_until_known().await?;
        for _ in 0..33 {
            for preset in ["Away", "Lunch", "In a meeting"] {
                desktop.tray.click_preset(preset).await?;
            }
        }
        desktop.tray.set("🎯 Focus").await?;
        assert_eq!(desktop.sandbox().state().status.expect("it is set").title, "Focus");
        // One write at a time, and while it is on its way only the last click waits.
        let puts = count(desktop, "PUT", "/profile/status");
        assert!(puts <= 30, "{puts} requests for 100 clicks");
        Ok(())
    });
}

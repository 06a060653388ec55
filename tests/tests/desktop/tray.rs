//! The menu while it changes under the pointer.

use pachca_sandbox::Status;
use pachca_status_tests::{Launch, Menu, Setup, TOKEN, on_a_desktop};

use crate::request;

#[test]
fn a_change_on_the_phone_is_seen_when_the_menu_opens() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        desktop.tray.wait_until_known().await?;
        desktop.sandbox().set_status(Status::new("🏖️", "On the beach"));
        desktop.tray.open_menu().await?;
        desktop.tray.wait_for("it is shown", |item| item.tooltip == "🏖️ On the beach").await?;
        Ok(())
    });
}

#[test]
fn a_click_after_a_rest_finds_the_connection_that_opening_the_menu_made() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        desktop.tray.wait_until_known().await?;
        // No connection survives this, as none survives an hour of rest.
        desktop.network_goes();
        desktop.network_returns().await?;
        desktop.sandbox().set_status(Status::new("🏖️", "On the beach"));
        desktop.tray.open_menu().await?;
        desktop.tray.wait_for("it is shown", |item| item.tooltip == "🏖️ On the beach").await?;
        desktop.tray.click_preset("Away").await?;
        let put = request(desktop, "PUT", "/profile/status").await?;
        let looks = desktop.sandbox().requests();
        assert!(
            looks.iter().any(|look| look.method == "GET" && look.client_port == put.client_port),
            "no connection was made for the click"
        );
        Ok(())
    });
}

#[test]
fn a_line_that_comes_and_goes_leaves_the_numbers_of_the_others() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        desktop.tray.wait_until_known().await?;
        let number = |menu: &Menu, name: &str| menu.preset(name).map(|line| line.id);
        let mut rounds = 0;
        let (extend, without) = loop {
            desktop.tray.click_preset("Away").await?;
            let with = desktop.tray.wait_for("Away is set", |item| item.is_set("🚶 Away")).await?;
            let extend = with.menu.item("By 15 minutes").expect("it can be extended").id;
            desktop.tray.click_item("Clear status").await?;
            let without = desktop.tray.wait_until_known().await?;
            let stays = |name: &&str| number(&with.menu, name) == number(&without.menu, name);
            if ["Away", "Lunch", "In a meeting", "Focus"].iter().all(stays) {
                break (extend, without);
            }
            // A line that had never been drawn before, such as «Sending…», has taken a place.
            rounds += 1;
            assert!(rounds < 6, "lines that come and go move the others: {with:?} {without:?}");
        };
        // A click on a line that has gone, by a person who still sees it, does nothing else instead.
        assert!(without.menu.lines().iter().all(|line| line.id != extend), "nothing to extend");
        let mark = desktop.sandbox().requests().len();
        desktop.tray.click_number(extend).await?;
        desktop.tray.set("🍔 Lunch").await?;
        let sent = desktop.sandbox().requests().split_off(mark);
        let writes = sent.iter().filter(|request| request.method != "GET").count();
        assert_eq!(writes, 1, "only Lunch was sent");
        Ok(())
    });
}

#[test]
fn an_old_number_does_what_its_line_said_or_nothing() {
    on_a_desktop(Setup::default(), async |desktop| {
        let _app = desktop.launch_to_tray(&Launch::with_token(TOKEN)).await?;
        let before = desktop.tray.wait_until_known().await?;
        let lunch = before.menu.preset("Lunch").map(|line| line.id).expect("Lunch is there");
        desktop.tray.set("🚶 Away").await?;
        let mark = desktop.sandbox().requests().len();
        if desktop.tray.click_number(lunch).await? {
            desktop.tray.wait_for("Lunch is set", |item| item.is_set("🍔 Lunch")).await?;
        } else {
            // Refused: nothing is sent, and what is shown stays true.
            desktop.tray.click_item("Clear status").await?;
            request(desktop, "DELETE", "/profile/status").await?;
            let sent = desktop.sandbox().requests().split_off(mark);
            let puts = sent.iter().filter(|request| request.method == "PUT").count();
            assert_eq!(puts, 0, "a refused click sends nothing");
        }
        Ok(())
    });
}

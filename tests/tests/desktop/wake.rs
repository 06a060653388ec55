//! What happened elsewhere while this computer slept or had no network. The next ordinary look would be minutes away.

use pachca_sandbox::Status;
use pachca_status_tests::{Launch, Setup, TOKEN, on_a_desktop};

#[test]
fn a_change_on_the_phone_is_seen_after_the_computer_wakes_up() {
    on_a_desktop(Setup::default().system(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_until_known().await?;
        desktop.system().is_listened_to("PrepareForSleep").await?;
        desktop.sandbox().set_status(Status::new("🏖️", "On the beach"));
        desktop.system().sleeps_and_wakes().await?;
        desktop.tray.wait_for("it is shown", |item| item.tooltip == "🏖️ On the beach").await?;
        Ok(())
    });
}

#[test]
fn a_change_on_the_phone_is_seen_when_the_network_is_back() {
    on_a_desktop(Setup::default().system(), async |desktop| {
        let _app = desktop.launch(&Launch::with_token(TOKEN))?;
        desktop.tray.wait_until_known().await?;
        desktop.system().is_listened_to("StateChanged").await?;
        desktop.sandbox().set_status(Status::new("🏖️", "On the beach"));
        desktop.system().network_comes_back().await?;
        desktop.tray.wait_for("it is shown", |item| item.tooltip == "🏖️ On the beach").await?;
        Ok(())
    });
}

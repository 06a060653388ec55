//! The token is nowhere it does not belong.

use std::path::PathBuf;

use pachca_sandbox::Fault;
use pachca_status_tests::{Setup, TOKEN, on_a_desktop};

use crate::desk::with_window;

#[test]
fn after_use_errors_and_a_report_the_token_is_in_no_file_page_or_property() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        desktop.tray.click_preset("Away").await?;
        desktop.tray.wait_for("Away is set", |item| item.is_set("🚶 Away")).await?;
        desktop.sandbox().fault(Fault::status(401).times(3));
        desktop.tray.click_preset("Lunch").await?;
        desktop
            .tray
            .wait_for("Lunch is not set", |item| {
                !item.is_set("🚶 Away") || item.menu.item("Lunch").is_some()
            })
            .await?;
        for page in ["status", "presets", "profile", "account", "preferences", "diagnostics"] {
            window.click(&format!("nav-{page}")).await?;
            window.sees(&format!("page-{page}")).await?;
            assert!(!window.everything().await?.contains(TOKEN), "page {page}");
        }
        assert_eq!(desktop.files_holding(TOKEN)?, [] as [PathBuf; 0]);
        assert!(!format!("{:?}", desktop.tray.now()).contains(TOKEN));
        assert!(!format!("{:?}", desktop.notifications.shown()).contains(TOKEN));
        Ok(())
    });
}

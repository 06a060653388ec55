//! The Diagnostics page: why it does not work, and a report that gives nothing away.

use anyhow::Result;
use pachca_status_tests::{Setup, TOKEN, Window, on_a_desktop};

use crate::desk::{copy_report, turn_to, with_window};

/// Waits until a line has this verdict and says this.
async fn line(window: &Window, name: &str, verdict: &str, says: &str) -> Result<()> {
    let id = format!("diagnostic-{name}");
    let judged = "return document.querySelector(`[data-testid='${parameters[0]}']`)?.dataset.verdict === parameters[1];";
    window.when(&format!("{name} is {verdict}"), judged, &[&id, verdict]).await?;
    window.reads(&id, says).await.map(drop)
}

#[test]
fn every_line_has_a_verdict_and_the_report_gives_nothing_of_the_person_away() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        turn_to(&window, "status").await?;
        // More requests than are kept.
        for _ in 0..4 {
            desktop.tray.set("🍔 Lunch").await?;
            desktop.tray.click_item("Clear status").await?;
            desktop.tray.wait_until_known().await?;
        }
        turn_to(&window, "profile").await?;
        turn_to(&window, "diagnostics").await?;
        for (name, verdict, says) in [
            ("network", "good", "Pachca is reachable"),
            ("server", "good", "Pachca answers at this address"),
            ("token", "good", "PACHCA_TOKEN"),
            ("scopes", "good", "Every scope that is needed is there"),
            ("keyring", "good", "Open"),
            ("tray", "good", "Shown"),
            ("files", "good", "Changes are saved"),
            ("clock", "good", "Matches the server"),
        ] {
            line(&window, name, verdict, says).await?;
        }
        window.reads("page-diagnostics", "Everything works").await?;
        let rows = "return [...document.querySelectorAll('[data-testid=requests-table] tbody tr')].map((row) => row.innerText.replace(/\\s+/g, ' '));";
        let rows: Vec<String> = serde_json::from_value(window.run(rows, vec![]).await?)?;
        assert_eq!(rows.len(), 10, "the last ten: {rows:#?}");
        for row in &rows {
            assert!(row.contains(" /") && row.contains(" 20") && row.contains(" ms "), "{row}");
        }
        let answered = desktop.sandbox().requests();
        let last = answered.iter().rev().find(|request| request.path.ends_with("/profile"));
        assert!(
            last.is_some() && rows.iter().any(|row| row.starts_with("GET /profile ")),
            "{rows:#?}"
        );

        copy_report(&window).await?;
        let report = desktop.pasted()?;
        for part in
            ["network: Good, reached", "server kind: own", "DELETE /profile/status 2", " ms"]
        {
            assert!(report.contains(part), "{part} is missing in:\n{report}");
        }
        let home = desktop.home().to_string_lossy().into_owned();
        for secret in
            [TOKEN, "canary", "Соколов", "Марина", "sokolova", "+7999", "127.0.0.1", "Lunch", &home]
        {
            assert!(!report.contains(secret), "{secret} is in:\n{report}");
        }
        Ok(())
    });
}

#[test]
fn what_does_not_work_is_named_with_its_remedy() {
    on_a_desktop(Setup::default(), async |desktop| {
        desktop.sandbox().set_scopes(["profile:read", "profile_status:read"]);
        let window = with_window(desktop).await?;
        turn_to(&window, "diagnostics").await?;
        line(&window, "scopes", "limited", "Create a token with all of them").await?;
        line(&window, "scopes", "limited", "profile_status:write").await?;
        window.reads("page-diagnostics", "Works, with 1 remark").await?;

        desktop.tray.vanish().await?;
        turn_to(&window, "status").await?;
        window.sees("notice-no_tray_host").await?;
        turn_to(&window, "diagnostics").await?;
        desktop.network_goes();
        window.click("run-diagnostics").await?;
        line(&window, "network", "bad", "Check the network, VPN or proxy").await?;
        line(&window, "server", "unknown", "Known once there is a connection").await?;
        line(&window, "tray", "limited", "starting the app again opens the window").await?;
        window.reads("page-diagnostics", "1 thing does not work").await?;
        window.reads("request-0", "/").await?;

        desktop.network_returns().await?;
        desktop.sandbox().revoke_token();
        turn_to(&window, "status").await?;
        window.click("refresh-button").await?;
        window.sees("banner-token").await?;
        turn_to(&window, "diagnostics").await?;
        line(&window, "network", "good", "Pachca is reachable").await?;
        line(&window, "token", "bad", "Connect with a new token").await?;
        let repair = "document.querySelector('[data-testid=diagnostic-token] button').click();";
        window.run(repair, vec![]).await?;
        window.sees("page-account").await?;
        Ok(())
    });
}

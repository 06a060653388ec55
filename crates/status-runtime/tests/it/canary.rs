use std::{fs, path::Path};

use pachca_sandbox::{Fault, SandboxOptions};
use status_core::{Cause, Command};
use status_runtime::StoreError;

use crate::app::{PATIENCE, TestApp, draft};

const CANARY: &str = "canary-token-9f3b1c7e5a2d4860";

fn files_below(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push((path.display().to_string(), fs::read(&path).expect("readable")));
        }
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// The token must be nowhere but in the keyring and on the wire; a status and a name must not be in the log or the report.
#[tokio::test]
async fn the_token_is_in_no_file_and_no_answer_and_the_log_knows_no_status() {
    let app = TestApp::with(SandboxOptions {
        token: CANARY.to_owned(),
        empty: true,
        ..SandboxOptions::default()
    })
    .await;
    app.sandbox.set_profile_json(
        &serde_json::json!({"first_name": "Аделаида", "last_name": "Канарейкина"}),
    );
    let (engine, screen) = app.start();
    let mut said = Vec::new();
    app.store.fail(Some(StoreError::Denied));
    said.push(format!("{:?}", engine.connect(CANARY.to_owned(), false).await));
    app.store.fail(None);
    said.push(format!("{:?}", engine.connect(CANARY.to_owned(), false).await));
    screen.shows("connected", |now| now.account.is_some() && now.status.known).await;
    engine.command(Command::SetStatus(draft("Тайное дело")), Cause::Person);
    screen.shows("confirmed", |now| now.pending.is_none() && now.status.status.is_some()).await;
    for fault in [Fault::status(500), Fault::html_200(), Fault::status(422)] {
        app.sandbox.fault(fault.on_path("/profile"));
        said.push(format!("{:?}", engine.profile().await));
    }
    app.sandbox.revoke_token();
    said.push(format!("{:?}", engine.profile().await));
    said.push(format!("{:?}", engine.token_info().await));
    said.push(format!("{:?}", engine.diagnostics().await));
    let report = engine.diagnostics_report().await;
    said.push(format!("{:?} {:?}", engine.snapshot(), screen.tray()));
    said.push(format!("{:?}", screen.said.lock().expect("not poisoned")));
    assert!(engine.flush(PATIENCE));

    let mut files = Vec::new();
    files_below(app.folder.path(), &mut files);
    assert!(
        files.iter().any(|(name, _)| name.contains("pachca-status.log"))
            && files.iter().any(|(name, _)| name.contains("outbox")),
        "{files:?}"
    );
    for (name, content) in &files {
        assert!(!contains(content, CANARY), "{name}");
        if name.contains("/log/") {
            for secret in ["Тайное дело", "Аделаида", "Канарейкина"] {
                assert!(!contains(content, secret), "{name} knows {secret}");
            }
        }
    }
    for text in said.iter().chain([&report]) {
        assert!(!text.contains(CANARY), "{text}");
    }
    for secret in ["Тайное дело", "Аделаида", "Канарейкина", &app.sandbox.origin()]
    {
        assert!(!report.contains(secret), "the report knows {secret}: {report}");
    }

    // The search works: it finds a planted token, and the status where it belongs.
    fs::write(app.folder.path().join("planted"), format!("x{CANARY}x")).expect("written");
    files.clear();
    files_below(app.folder.path(), &mut files);
    assert_eq!(files.iter().filter(|(_, content)| contains(content, CANARY)).count(), 1);
    assert!(
        files
            .iter()
            .any(|(name, content)| name.contains("outbox") && contains(content, "Тайное дело"))
    );
}

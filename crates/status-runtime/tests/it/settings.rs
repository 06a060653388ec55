use status_core::{Cause, Command, Expiry, Notice, Preset, PresetId, SettingsPatch, Theme};
use status_runtime::ErrorCode;

use crate::app::{PATIENCE, TestApp, draft};

#[tokio::test]
async fn what_was_chosen_is_there_after_a_restart() {
    let app = TestApp::new().await;
    let (engine, screen) = app.start();
    engine
        .change_settings(SettingsPatch { theme: Some(Theme::Dark), ..SettingsPatch::default() })
        .await
        .expect("accepted");
    screen.shows("dark", |now| now.settings.theme == Theme::Dark).await;
    assert!(engine.flush(PATIENCE));
    drop((engine, screen));
    let (_engine, screen) = app.start();
    screen.shows("dark still", |now| now.settings.theme == Theme::Dark).await;
}

#[tokio::test]
async fn a_damaged_settings_file_is_named_and_kept() {
    let app = TestApp::new().await;
    let folder = app.folder.path().join("config");
    std::fs::create_dir_all(&folder).expect("made");
    std::fs::write(folder.join("settings.json"), "{\"version\":1,").expect("written");
    let (_engine, screen) = app.start();
    let shown = screen.shows("the notice", |now| !now.notices.is_empty()).await;
    let [Notice::FileDamaged { path, restored: false }] = &shown.notices[..] else {
        panic!("{:?}", shown.notices)
    };
    assert_eq!(std::fs::read_to_string(path).expect("kept"), "{\"version\":1,");
}

#[tokio::test]
async fn a_second_copy_reads_and_does_not_write() {
    let app = TestApp::new().await;
    let (first, _first_screen) = app.start();
    let (second, screen) = app.start();
    screen
        .shows("the notice", |now| {
            now.notices.iter().any(|notice| matches!(notice, Notice::CannotSave { .. }))
        })
        .await;
    second
        .change_settings(SettingsPatch { theme: Some(Theme::Dark), ..SettingsPatch::default() })
        .await
        .expect("for this run");
    assert!(second.flush(PATIENCE));
    first
        .change_settings(SettingsPatch { theme: Some(Theme::Light), ..SettingsPatch::default() })
        .await
        .expect("accepted");
    // The action goes through the loop before the effect reaches the writer.
    first.preview_draft(draft("x")).await.expect("the loop runs");
    assert!(first.flush(PATIENCE));
    let text =
        std::fs::read_to_string(app.folder.path().join("config/settings.json")).expect("written");
    assert!(text.contains("\"light\""), "{text}");
}

#[tokio::test]
async fn what_the_system_refuses_is_not_changed() {
    let app = TestApp::new().await;
    let (engine, screen) = app.start();
    *screen.refuses_shortcut.lock().expect("not poisoned") = Some("Ctrl+Alt+Q".to_owned());
    let code = |patch| {
        let engine = engine.clone();
        async move { engine.change_settings(patch).await.err().map(|error| (error.code, error.detail)) }
    };
    let taken =
        SettingsPatch { shortcut_open: Some("Ctrl+Alt+Q".to_owned()), ..SettingsPatch::default() };
    assert_eq!(
        code(taken).await,
        Some((ErrorCode::ShortcutUnavailable, Some("Ctrl+Alt+Q".to_owned())))
    );
    let login = SettingsPatch { start_at_login: Some(true), ..SettingsPatch::default() };
    assert_eq!(
        code(login).await,
        Some((ErrorCode::AutostartFailed, Some("read-only home".to_owned())))
    );
    for address in ["http://pachca.example", "ftp://x", "https://user@host", "not an address"] {
        let patch = SettingsPatch { server: Some(address.to_owned()), ..SettingsPatch::default() };
        assert_eq!(
            code(patch).await.map(|(code, _)| code),
            Some(ErrorCode::ServerAddressInvalid),
            "{address}"
        );
    }
    let settings = &engine.snapshot().settings;
    assert!(
        settings.shortcut_open.is_none() && !settings.start_at_login && settings.server.is_none()
    );
}

#[tokio::test]
async fn a_server_is_checked_without_a_token() {
    let app = TestApp::new().await;
    let (engine, _screen) = app.start();
    let found =
        engine.check_server(&format!("{}/", app.sandbox.base_url())).await.expect("a Pachca API");
    assert_eq!(found.address, app.sandbox.base_url());
    assert!(app.sandbox.requests().iter().all(|request| request.header("authorization").is_none()));
    assert!(engine.check_server(&format!("{}/files", app.sandbox.origin())).await.is_err());
}

#[tokio::test]
async fn presets_go_out_and_come_back_and_a_bad_file_changes_nothing() {
    let app = TestApp::new().await;
    let (engine, screen) = app.start();
    let own =
        Preset {
            id: PresetId("own".to_owned()), draft: draft("Своё & <важное>"), in_tray: true
        };
    engine.command(Command::SavePreset(own.clone()), Cause::Person);
    let before =
        screen.shows("the preset", |now| now.presets.iter().any(|view| view.preset == own)).await;
    let file = app.folder.path().join("presets.json");
    engine.export_presets(&file).await.expect("written");
    engine.command(Command::RestoreDefaultPresets, Cause::Person);
    screen.shows("the defaults", |now| now.presets_are_default).await;

    let text = std::fs::read_to_string(&file).expect("written");
    let bad = app.folder.path().join("bad.json");
    std::fs::write(&bad, text.replace("🎧", "headphones")).expect("written");
    let refused = engine.import_presets(&bad).await.expect_err("one entry is wrong");
    assert_eq!(refused.code, ErrorCode::ImportEntryInvalid);
    assert!(refused.detail.expect("it is named").contains("Своё"));
    assert!(engine.snapshot().presets_are_default);
    std::fs::write(&bad, "[").expect("written");
    assert_eq!(
        engine.import_presets(&bad).await.err().map(|error| error.code),
        Some(ErrorCode::ImportNotPresets)
    );

    let report = engine.import_presets(&file).await.expect("a good file");
    assert_eq!((report.added, report.replaced), (1, before.presets.len() - 1));
    let after =
        screen.shows("it is back", |now| now.presets.iter().any(|view| view.preset == own)).await;
    assert_eq!(after.presets.len(), before.presets.len());
    assert!(matches!(own.draft.expiry, Expiry::Minutes { minutes: 30 }));
}

#[tokio::test]
async fn the_diagnostics_name_what_does_not_work() {
    let app = TestApp::new().await;
    let (engine, _screen) = app.connected().await;
    let outcomes = |diagnostics: &status_runtime::Diagnostics| {
        diagnostics
            .lines
            .iter()
            .map(|line| format!("{}-{}", line.id, line.outcome))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let diagnostics = engine.diagnostics().await;
    assert_eq!(
        outcomes(&diagnostics),
        "network-reached server-answers token-kept scopes-all keyring-open tray-present files-writable clock-right"
    );
    assert!(!diagnostics.requests.is_empty() && diagnostics.requests.len() <= 10);
    app.sandbox.fault(pachca_sandbox::Fault::html_200().forever());
    app.store.fail(Some(status_runtime::StoreError::NoService));
    let broken = outcomes(&engine.diagnostics().await);
    assert!(
        broken.starts_with("network-not_pachca server-unexpected")
            && broken.contains("keyring-no_service"),
        "{broken}"
    );
}

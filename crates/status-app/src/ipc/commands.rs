// Every command of the window: its name, arguments, reply, and what the app does for it. Included twice: by `request.rs`,
// which makes the enum and its handler of it, and by the build script of `src-tauri`, which declares the names to Tauri.
window_commands! {
    |app, engine, body|
    // The page asks, the app answers.
    page {
        Snapshot() -> Snapshot { ready(Ok(Snapshot::clone(&engine.snapshot()))) }
        InitialPage() -> Page { ready(Ok(app.page.get())) }

        SetStatus(draft: Draft) -> () { app.command(Command::SetStatus(draft)) }
        ClearStatus() -> () { app.command(Command::ClearStatus) }
        Extend(extension: Extension) -> () { app.command(Command::Extend(extension)) }
        UndoStatus() -> () { app.command(Command::Undo) }
        ApplyPreset(id: PresetId) -> () { app.command(Command::ApplyPreset(id)) }
        CancelPending() -> () { app.command(Command::CancelPending) }
        RefreshStatus() -> () { app.command(Command::Refresh) }
        RetryStatus() -> () { app.command(Command::Retry) }
        DismissProblem() -> () { app.command(Command::DismissProblem) }
        ComposeTaken() -> () { app.command(Command::ComposeTaken) }
        ResolveConflict(ours: bool) -> () { app.command(Command::ResolveConflict(resolution(ours))) }
        DismissNotice(notice: Notice) -> () { app.command(Command::DismissNotice(notice)) }
        PreviewDraft(draft: Draft) -> DraftPreview { async move { engine.preview_draft(draft).await } }

        SavePreset(preset: Preset) -> () { app.command(Command::SavePreset(preset)) }
        DuplicatePreset(id: PresetId) -> () { app.command(Command::DuplicatePreset(id)) }
        DeletePreset(id: PresetId) -> () { app.command(Command::DeletePreset(id)) }
        MovePreset(id: PresetId, to: usize) -> () { app.command(Command::MovePreset(id, to)) }
        UndoPresets() -> () { app.command(Command::UndoPresets) }
        RestoreDefaultPresets() -> () { app.command(Command::RestoreDefaultPresets) }
        RemoveRecent(recent: Recent) -> () { app.command(Command::RemoveRecent(recent)) }
        ChangeSettings(patch: SettingsPatch) -> () { async move { engine.change_settings(patch).await } }

        Connect(token: String, session_only: bool) -> TokenView {
            async move { engine.connect(token, session_only).await }
        }
        Disconnect() -> () { async move { engine.disconnect().await } }
        RetryKeyring() -> () { async move { engine.retry_keyring().await } }
        TokenInfo() -> TokenView { async move { engine.token_info().await } }
        Profile() -> ProfileView { async move { engine.profile().await } }

        Avatar() -> AvatarView { async move { engine.avatar().await } }
        LoadPicture() -> PictureView {
            async move {
                if body.is_empty() {
                    return Err(ErrorCode::PictureUnknown.into());
                }
                engine.load_picture(body).await
            }
        }
        UploadAvatar(crop: Crop) -> AvatarView { async move { engine.upload_avatar(crop).await } }
        CancelUpload() -> () {
            engine.cancel_upload();
            ready(Ok(()))
        }
        RemoveAvatar() -> AvatarView { async move { engine.remove_avatar().await } }
        UndoAvatar() -> AvatarView { async move { engine.undo_avatar().await } }

        CheckServer(address: String) -> ServerCheck {
            async move { engine.check_server(&address).await }
        }
        Diagnostics() -> Diagnostics { async move { Ok(engine.diagnostics().await) } }
        DiagnosticsReport() -> String { async move { Ok(engine.diagnostics_report().await) } }

        InspectLink(url: String) -> String { ready(Engine::inspect_link(&url)) }
        OpenLink(url: String) -> () {
            async move { browser::open(Engine::checked_link(&url)?).await }
        }
        // Whether this desktop has global shortcuts for us at all: the page explains instead of offering dead fields.
        ShortcutsAvailable() -> bool { ready(Ok(shortcuts::are_available())) }
        Quit() -> () {
            app.events.send(ShellEvent::Quit);
            ready(Ok(()))
        }
    }
    // The page asks, the window answers: it has the dialogs, the clipboard and the updater.
    window {
        ImportPresets() -> Option<ImportReport>;
        ExportPresets() -> Option<String>;
        ChoosePicture() -> Option<PictureView>;
        PastePicture() -> Option<PictureView>;
        Updates() -> UpdatesView;
        LookForUpdate() -> UpdatesView;
        InstallUpdate() -> ();
        CloseWindow() -> ();
    }
    // The window asks, with a file the person has chosen. The page cannot.
    private {
        OpenPicture(path: PathBuf) -> PictureView { async move { engine.open_picture(&path).await } }
        ImportFrom(path: PathBuf) -> ImportReport {
            async move { engine.import_presets(&path).await }
        }
        ExportTo(path: PathBuf) -> String {
            async move {
                engine.export_presets(&path).await?;
                Ok(path.display().to_string())
            }
        }
    }
}

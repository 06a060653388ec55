//! The picture colleagues see.

use pachca_status_tests::{Setup, on_a_desktop};

use crate::{
    desk::{drop_file, focus, press, turn_to, with_window},
    request,
};

/// A square of one colour.
const PICTURE: &[u8] = include_bytes!("../../../icons/128x128.png");

#[test]
fn a_picture_chosen_in_the_system_dialog_is_uploaded_as_the_field_image() {
    on_a_desktop(Setup::default(), async |desktop| {
        // Spaces and Cyrillic, as real folders have them.
        let picture = desktop.home().join("Мои картинки/мой портрет.png");
        std::fs::create_dir_all(picture.parent().unwrap())?;
        std::fs::write(&picture, PICTURE)?;

        let window = with_window(desktop).await?;
        window.click("nav-profile").await?;
        window.click("choose-picture").await?;
        desktop.choose_in_dialog(&picture).await?;
        window.sees("avatar-dialog").await?;
        window.click("upload-button").await?;

        let upload = request(desktop, "PUT", "/profile/avatar").await?;
        let kind = upload.header("content-type").unwrap_or_default().to_owned();
        assert!(kind.starts_with("multipart/form-data; boundary="), "{kind}");
        let body = String::from_utf8_lossy(&upload.body);
        assert!(body.contains("name=\"image\""), "{body}");
        assert!(body.contains("filename=\""), "{body}");
        assert!(body.contains("Content-Type: image/"), "{body}");
        assert!(!body.contains("портрет"), "the file's name is nobody's business: {body}");
        window.sees_no("avatar-dialog").await?;
        assert!(desktop.sandbox().state().avatar.is_some());
        Ok(())
    });
}

#[test]
fn a_text_file_as_picture_is_refused_in_one_sentence() {
    on_a_desktop(Setup::default(), async |desktop| {
        let text = desktop.home().join("notes.png");
        std::fs::write(&text, "Not a picture at all.\n")?;

        let window = with_window(desktop).await?;
        window.click("nav-profile").await?;
        window.click("choose-picture").await?;
        desktop.choose_in_dialog(&text).await?;
        window.reads("picture-error", "This is not a picture.").await?;
        assert_eq!(crate::count(desktop, "PUT", "/profile/avatar"), 0);
        Ok(())
    });
}

#[test]
fn a_dropped_picture_is_cut_and_uploaded_and_can_be_taken_back() {
    on_a_desktop(Setup::default(), async |desktop| {
        let window = with_window(desktop).await?;
        turn_to(&window, "profile").await?;
        let before = desktop.sandbox().state().avatar.expect("the person has one").bytes;

        drop_file(&window, PICTURE).await?;
        window.sees("avatar-dialog").await?;
        // The dialog is closed without a trace.
        press(desktop, &["Escape"])?;
        window.sees_no("avatar-dialog").await?;
        assert_eq!(crate::count(desktop, "PUT", "/profile/avatar"), 0);
        drop_file(&window, PICTURE).await?;
        window.sees("avatar-dialog").await?;
        // Moved and zoomed by keyboard, and sent.
        let ready = "return document.querySelector('[data-testid=crop-preview-round]').dataset.ready === 'true';";
        window.when("it can be cut", ready, &[]).await?;
        press(desktop, &["plus", "plus", "Left", "Down"])?;
        let zoomed =
            "return Number(document.querySelector('[data-testid=zoom-slider]').value) > 0;";
        window.when("it is zoomed", zoomed, &[]).await?;
        window.click("upload-button").await?;
        window.reads("toast", "Avatar updated").await?;
        window.sees_no("avatar-dialog").await?;
        let cut = desktop.sandbox().state().avatar.expect("uploaded").bytes;
        assert!(cut != before && cut.len() != PICTURE.len());

        // What the server refuses leaves the dialog and the cut as they are.
        drop_file(&window, PICTURE).await?;
        window.sees("avatar-dialog").await?;
        desktop.sandbox().set_scopes(["profile:read", "profile_status:read"]);
        window.click("upload-button").await?;
        window.reads("upload-error", "profile_avatar:write").await?;
        window.sees("avatar-dialog").await?;
        desktop.sandbox().set_scopes(["profile:read", "profile_avatar:write"]);
        window.click("upload-button").await?;
        window.sees_no("avatar-dialog").await?;

        window.click("undo-avatar").await?;
        let back = move |state: &pachca_sandbox::SandboxState| {
            state.avatar.as_ref().is_some_and(|avatar| avatar.bytes == cut)
        };
        desktop.sandbox().wait_for_state(back, pachca_status_tests::PATIENCE).await?;

        // Removed only when that is meant, and brought back.
        window.click("remove-avatar").await?;
        window.click("dialog-cancel").await?;
        window.sees("avatar-image").await?;
        window.click("remove-avatar").await?;
        window.click("dialog-confirm").await?;
        window.sees_no("avatar-image").await?;
        assert!(desktop.sandbox().state().avatar.is_none());
        window.click("toast-action").await?;
        window.sees("avatar-image").await?;

        drop_file(&window, b"no picture").await?;
        window.reads("picture-error", "This is not a picture").await?;
        Ok(())
    });
}

#[test]
fn a_picture_or_a_file_copied_in_another_program_is_pasted() {
    on_a_desktop(Setup::default(), async |desktop| {
        let picture = desktop.home().join("мой портрет.png");
        std::fs::write(&picture, PICTURE)?;
        let list = desktop.home().join("list");
        let address = picture.to_string_lossy().replace(' ', "%20");
        std::fs::write(&list, format!("file://{address}\r\n"))?;
        let text = desktop.home().join("text");
        std::fs::write(&text, "Only words.")?;

        let window = with_window(desktop).await?;
        turn_to(&window, "profile").await?;
        for (kind, file) in [("image/png", &picture), ("text/uri-list", &list)] {
            desktop.copy(kind, file)?;
            focus(&window, "choose-picture").await?;
            press(desktop, &["ctrl+v"])?;
            window.sees("avatar-dialog").await?;
            let ready = "return document.querySelector('[data-testid=crop-preview-round]').dataset.ready === 'true';";
            window.when("it can be cut", ready, &[]).await?;
            press(desktop, &["Escape"])?;
            window.sees_no("avatar-dialog").await?;
        }

        // What is no picture is said to be none, and words are left alone.
        std::fs::write(&picture, "Not a picture at all.")?;
        press(desktop, &["ctrl+v"])?;
        window.reads("picture-error", "This is not a picture").await?;
        desktop.copy("UTF8_STRING", &text)?;
        press(desktop, &["ctrl+v"])?;
        window.sees_no("picture-error").await?;
        Ok(())
    });
}

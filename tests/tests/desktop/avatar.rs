//! The picture colleagues see.

use pachca_status_tests::{Setup, on_a_desktop};

use crate::{desk::with_window, request};

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

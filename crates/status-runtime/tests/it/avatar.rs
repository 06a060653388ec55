use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use pachca_sandbox::Fault;
use status_runtime::{Crop, ErrorCode};

use crate::app::{PATIENCE, TestApp};

fn picture(red: u8) -> Vec<u8> {
    let pixels: DynamicImage = RgbImage::from_pixel(300, 200, Rgb([red, 40, 90])).into();
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, ImageFormat::Png).expect("an encoder writes to memory");
    bytes.into_inner()
}

#[tokio::test]
async fn an_avatar_is_cut_uploaded_and_can_be_put_back() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    let first = engine.load_picture(picture(10)).await.expect("a picture");
    assert_eq!((first.width, first.height), (300, 200));
    assert!(first.preview.starts_with("data:image/"));
    let view = engine
        .upload_avatar(Crop { picture: first.id, x: 50, y: 0, size: 200 })
        .await
        .expect("uploaded");
    assert!(
        view.can_undo
            && view.image.is_some_and(|image| image.starts_with("data:image/jpeg;base64,"))
    );
    let progress = screen.progress.subscribe().borrow().expect("progress was shown");
    assert_eq!(progress.sent, progress.total);
    let uploaded = app.sandbox.state().avatar.expect("the sandbox has it");
    assert_eq!(
        (uploaded.file_name.as_str(), uploaded.content_type.as_str()),
        ("avatar.jpg", "image/jpeg")
    );

    let second = engine.load_picture(picture(240)).await.expect("a picture");
    let gone = engine.upload_avatar(Crop { picture: first.id, x: 0, y: 0, size: 10 }).await;
    assert_eq!(
        gone.err().map(|error| error.code),
        Some(ErrorCode::NothingThere),
        "an older picture is no longer there"
    );
    engine
        .upload_avatar(Crop { picture: second.id, x: 0, y: 0, size: 200 })
        .await
        .expect("uploaded");
    assert_ne!(app.sandbox.state().avatar.expect("another").bytes, uploaded.bytes);
    let view = engine.undo_avatar().await.expect("put back");
    assert!(!view.can_undo);
    assert_eq!(app.sandbox.state().avatar.expect("the first").bytes, uploaded.bytes);

    let view = engine.remove_avatar().await.expect("removed");
    assert!(view.image.is_none() && view.can_undo && app.sandbox.state().avatar.is_none());
    engine.undo_avatar().await.expect("put back");
    assert_eq!(app.sandbox.state().avatar.expect("the first").bytes, uploaded.bytes);
    assert!(engine.avatar().await.expect("shown").image.is_some());
}

#[tokio::test]
async fn an_upload_can_be_stopped_and_the_old_avatar_stays() {
    let app = TestApp::new().await;
    let (engine, _screen) = app.connected().await;
    app.sandbox.fault(Fault::stall().on("PUT", "/profile/avatar"));
    let picture = engine.load_picture(picture(10)).await.expect("a picture");
    let uploading = tokio::spawn({
        let engine = engine.clone();
        async move { engine.upload_avatar(Crop { picture: picture.id, x: 0, y: 0, size: 200 }).await }
    });
    app.sandbox
        .wait_for(|request| request.is("PUT", "/profile/avatar"), PATIENCE)
        .await
        .expect("it is on its way");
    engine.cancel_upload();
    let stopped = uploading.await.expect("no panic").expect_err("it was stopped");
    assert_eq!(stopped.code, ErrorCode::Cancelled);
    assert!(app.sandbox.state().avatar.is_none());
}

#[tokio::test]
async fn an_upload_that_arrived_counts_whatever_was_answered_or_clicked_and_undo_leads_to_the_one_before()
 {
    let app = TestApp::new().await;
    let (engine, _screen) = app.connected().await;
    let put = |fault: Fault| app.sandbox.fault(fault.on("PUT", "/profile/avatar").times(1));
    let set = async |red| {
        let picture = engine.load_picture(picture(red)).await.expect("a picture");
        engine.upload_avatar(Crop { picture: picture.id, x: 0, y: 0, size: 200 }).await
    };
    let shown = || app.sandbox.state().avatar.map(|avatar| avatar.bytes);
    set(10).await.expect("uploaded");
    let first = shown();

    // A gateway fails after the server has done its part, as often as the client tries.
    for _ in 0..4 {
        put(Fault::status(503).applied());
    }
    assert!(set(120).await.expect("it arrived").can_undo);
    assert_ne!(shown(), first);
    app.sandbox.clear_faults();
    engine.undo_avatar().await.expect("put back");
    assert_eq!(shown(), first);

    put(Fault::stall().applied());
    let uploading = set(240);
    let stopping = async {
        let changed = |state: &pachca_sandbox::SandboxState| {
            state.avatar.as_ref().map(|avatar| &avatar.bytes) != first.as_ref()
        };
        app.sandbox.wait_for_state(changed, PATIENCE).await.expect("it has arrived");
        engine.cancel_upload();
    };
    let (uploaded, ()) = tokio::join!(uploading, stopping);
    assert!(uploaded.expect("too late to stop it").can_undo);
    engine.undo_avatar().await.expect("put back");
    assert_eq!(shown(), first);
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_nothing_is_sent() {
    let app = TestApp::new().await;
    let (engine, _screen) = app.connected().await;
    let mark = app.sandbox.mark();
    let text = app.folder.path().join("avatar.png");
    std::fs::write(&text, "this is text").expect("written");
    let code = |error: status_runtime::IpcError| (error.code, error.detail);
    assert_eq!(
        engine.open_picture(&text).await.map_err(code).err(),
        Some((ErrorCode::PictureUnknown, None))
    );
    let svg = engine.load_picture(b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()).await;
    assert_eq!(
        svg.map_err(code).err(),
        Some((ErrorCode::PictureKindRefused, Some("SVG".to_owned())))
    );
    assert_eq!(
        engine.open_picture(app.folder.path()).await.map_err(code).err().map(|(code, _)| code),
        Some(ErrorCode::FileUnreadable)
    );
    assert_eq!(app.sandbox.mark(), mark);
}

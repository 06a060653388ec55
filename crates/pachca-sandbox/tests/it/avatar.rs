//! The picture: going up, being served, going away.

use std::fmt::Write as _;

use pachca_sandbox::{DEMO_TOKEN, Sandbox, SandboxOptions};

use crate::http::{Answer, bearer, call, sandbox, send, send_to};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nthe rest is not looked at";

fn part(disposition: &str, content_type: &str, bytes: &[u8]) -> Vec<u8> {
    let mut head = format!("--edge\r\ncontent-disposition: form-data; {disposition}\r\n");
    if !content_type.is_empty() {
        write!(head, "content-type: {content_type}\r\n").unwrap();
    }
    [head.as_bytes(), b"\r\n", bytes, b"\r\n"].concat()
}

fn upload(sandbox: &Sandbox, parts: &[Vec<u8>]) -> Answer {
    let headers =
        [bearer(DEMO_TOKEN), ("content-type", "multipart/form-data; boundary=edge".to_owned())];
    send(
        sandbox,
        "PUT",
        "/profile/avatar",
        &headers,
        &[parts.concat().as_slice(), b"--edge--\r\n"].concat(),
    )
}

fn file_of(sandbox: &Sandbox, url: &str) -> Answer {
    send_to(sandbox, "GET", url.strip_prefix(&sandbox.origin()).unwrap(), &[], b"")
}

#[tokio::test]
async fn a_picture_is_kept_shown_in_the_profile_and_served_back() {
    let sandbox = sandbox().await;
    let answer = upload(&sandbox, &[part("name=\"image\"; filename=\"я.png\"", "image/png", PNG)]);
    assert_eq!(answer.status, 200);
    let url = answer.json()["data"]["image_url"].as_str().unwrap().to_owned();
    assert_eq!(call(&sandbox, "GET", "/profile").json()["data"]["image_url"], url);
    let served = file_of(&sandbox, &url);
    assert_eq!(
        (served.status, served.header("content-type"), served.body.as_slice()),
        (200, Some("image/png"), PNG)
    );
    let state = sandbox.state();
    let kept = state.avatar.unwrap();
    assert_eq!(
        (kept.file_name.as_str(), kept.content_type.as_str(), state.uploads),
        ("я.png", "image/png", 1)
    );
    assert_eq!(kept.bytes, PNG);
}

#[tokio::test]
async fn an_old_picture_stays_for_a_while_and_not_for_ever() {
    let sandbox = sandbox().await;
    let url = || {
        let answer =
            upload(&sandbox, &[part("name=\"image\"; filename=\"a.png\"", "image/png", PNG)]);
        answer.json()["data"]["image_url"].as_str().unwrap().to_owned()
    };
    let (first, second) = (url(), url());
    assert_eq!(file_of(&sandbox, &first).status, 200);
    for _ in 0..14 {
        url();
    }
    assert_eq!(file_of(&sandbox, &first).status, 200);
    let newest = url();
    let status = |url: &str| file_of(&sandbox, url).status;
    assert_eq!((status(&first), status(&second), status(&newest)), (404, 200, 200));
}

#[tokio::test]
async fn clients_that_post_and_do_not_look_at_the_file_are_understood() {
    let sandbox = sandbox().await;
    let form = part("name=\"image\"; filename=\"upload\"", "application/octet-stream", PNG);
    let headers =
        [bearer(DEMO_TOKEN), ("content-type", "multipart/form-data; boundary=edge".to_owned())];
    let body = [form.as_slice(), b"--edge--\r\n"].concat();
    assert_eq!(send(&sandbox, "POST", "/profile/avatar", &headers, &body).status, 200);
    assert_eq!(sandbox.state().avatar.unwrap().detected_type, "image/png");
}

#[tokio::test]
async fn removing_the_picture_is_204_every_time() {
    let sandbox = sandbox().await;
    for _ in 0..2 {
        let answer = call(&sandbox, "DELETE", "/profile/avatar");
        assert_eq!((answer.status, answer.body.len()), (204, 0));
    }
    assert!(call(&sandbox, "GET", "/profile").json()["data"]["image_url"].is_null());
    assert!(sandbox.state().avatar.is_none());
}

#[tokio::test]
async fn the_form_must_be_one_whole_picture_named_image() {
    let sandbox = sandbox().await;
    let whole = || part("name=\"image\"; filename=\"a.png\"", "image/png", PNG);
    for (why, parts) in [
        ("no part", vec![]),
        ("another name", vec![part("name=\"avatar\"; filename=\"a.png\"", "image/png", PNG)]),
        ("no file name", vec![part("name=\"image\"", "image/png", PNG)]),
        ("no content type", vec![part("name=\"image\"; filename=\"a.png\"", "", PNG)]),
        (
            "a false content type",
            vec![part("name=\"image\"; filename=\"a.png\"", "image/jpeg", PNG)],
        ),
        ("two pictures", vec![whole(), whole()]),
        ("another field", vec![whole(), part("name=\"x\"", "", b"1")]),
        ("nothing in it", vec![part("name=\"image\"; filename=\"a.png\"", "image/png", b"")]),
        ("a text", vec![part("name=\"image\"; filename=\"a.png\"", "image/png", b"hello")]),
        (
            "an SVG",
            vec![part("name=\"image\"; filename=\"a.png\"", "image/png", b"<svg xmlns='...'/>")],
        ),
    ] {
        let answer = upload(&sandbox, &parts);
        assert_eq!(answer.status, 422, "{why}");
        assert!(!answer.errors().is_empty());
    }
    assert_eq!(sandbox.state().uploads, 0);
}

#[tokio::test]
async fn a_body_that_is_no_form_or_breaks_off_is_refused() {
    let sandbox = sandbox().await;
    let send_body = |content_type: &str, body: &[u8]| {
        let headers = [bearer(DEMO_TOKEN), ("content-type", content_type.to_owned())];
        send(&sandbox, "PUT", "/profile/avatar", &headers, body).status
    };
    let open = part("name=\"image\"; filename=\"a.png\"", "image/png", PNG);
    assert_eq!(send_body("image/png", PNG), 422);
    assert_eq!(send_body("multipart/form-data", &open), 422);
    assert_eq!(send_body("multipart/form-data; boundary=edge", &open), 422);
}

#[tokio::test]
async fn a_picture_over_the_limit_is_refused_and_an_absurd_body_is_not_even_read() {
    let sandbox = Sandbox::start(SandboxOptions { avatar_limit: 100, ..SandboxOptions::default() })
        .await
        .unwrap();
    let large = [PNG, &[0; 100]].concat();
    let answer =
        upload(&sandbox, &[part("name=\"image\"; filename=\"a.png\"", "image/png", &large)]);
    assert_eq!((answer.status, answer.errors()), (422, vec![("image".into(), "too_long".into())]));
    let announced =
        [bearer(DEMO_TOKEN), ("content-type", "multipart/form-data; boundary=edge".to_owned())];
    let answer = send(&sandbox, "PUT", "/profile/avatar", &announced, &vec![0; 1024 * 1024 + 101]);
    assert_eq!(answer.status, 413);
}

//! Pictures: sent whole, cancelled, repeated, and fetched without the token.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use pachca_client::testing::Limits;
use pachca_client::{AvatarUpload, ErrorKind};

use crate::server::{Reply, Request, Server, answer, json, quick};

const SENT: &str =
    r#"{"data":{"image_url":"https://pachca-prod.s3.amazonaws.com/uploads/image.jpg"}}"#;

/// How much of the picture arrived: the form around it has no byte like those of the picture.
fn pixels(request: &Request) -> usize {
    request.body.split(|&byte| byte == 7).count() - 1
}

fn picture(size: usize) -> AvatarUpload {
    AvatarUpload {
        bytes: vec![7; size].into(),
        file_name: "аватар.png".into(),
        content_type: "image/png".into(),
    }
}

#[tokio::test]
async fn a_picture_is_sent_as_a_file_named_image_and_its_progress_is_told() {
    let server = Server::always(json(200, SENT)).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let avatar = server
        .client()
        .set_avatar(picture(100_000), move |sent, total| log.lock().unwrap().push((sent, total)))
        .await
        .unwrap();
    assert!(avatar.image_url.ends_with("image.jpg"));
    let request = &server.requests()[0];
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("PUT", "/api/shared/v1/profile/avatar")
    );
    assert!(request.header("content-type").unwrap().starts_with("multipart/form-data; boundary="));
    assert!(request.header("content-length").is_some(), "the server knows how much is to come");
    let text = String::from_utf8_lossy(&request.body);
    assert!(
        text.contains("name=\"image\"")
            && text.contains("filename")
            && text.contains("Content-Type: image/png")
    );
    assert_eq!(pixels(request), 100_000);
    let told = told.lock().unwrap();
    assert_eq!(told.last(), Some(&(100_000, 100_000)));
    assert!(told.len() > 3 && told.windows(2).all(|pair| pair[0].0 < pair[1].0), "{told:?}");
}

#[tokio::test]
async fn a_picture_is_sent_whole_again_once_after_a_throttle() {
    for status in [429, 503] {
        let server = Server::start(move |n, _| {
            Reply::Keep(if n == 0 { json(status, "{}") } else { json(200, SENT) })
        })
        .await;
        server.client().set_avatar(picture(50_000), |_, _| {}).await.unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        assert_eq!(pixels(&requests[1]), 50_000);

        let server = Server::always(json(status, "{}")).await;
        server.client().set_avatar(picture(10), |_, _| {}).await.unwrap_err();
        assert_eq!(server.count(), 2);
    }
}

#[tokio::test]
async fn a_picture_is_not_sent_again_after_any_other_failure() {
    for status in [400, 408, 413, 422, 500, 502, 504] {
        let server = Server::always(json(status, "{}")).await;
        server.client().set_avatar(picture(10), |_, _| {}).await.unwrap_err();
        assert_eq!(server.count(), 1, "{status}");
    }
    let server = Server::start(|_, _| Reply::Reset(vec![])).await;
    assert!(
        server.client().set_avatar(picture(10), |_, _| {}).await.unwrap_err().may_have_arrived()
    );
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn removing_a_picture_is_repeated_once() {
    let server = Server::always(json(500, "{}")).await;
    server.client().delete_avatar().await.unwrap_err();
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_dropped_upload_ends_and_gives_its_place_back() {
    let server =
        Server::start(|n, _| if n == 0 { Reply::Silence } else { Reply::Keep(json(200, SENT)) })
            .await;
    let client = server.client();
    let (arrived, mut arrival) = tokio::sync::mpsc::unbounded_channel();
    let upload = client.set_avatar(picture(10), move |sent, total| {
        if sent == total {
            let _ = arrived.send(());
        }
    });
    tokio::select! {
        outcome = upload => panic!("nobody answered: {outcome:?}"),
        _ = arrival.recv() => {}
    }
    let (a, b) = tokio::join!(client.set_avatar(picture(10), |_, _| {}), client.token_info());
    a.unwrap();
    assert_eq!(b.unwrap_err().kind(), ErrorKind::Unexpected);
}

#[tokio::test]
async fn a_file_that_says_no_media_type_is_refused_before_it_is_sent() {
    let server = Server::always(json(200, SENT)).await;
    let upload = AvatarUpload { content_type: "no type\r\nX: 1".into(), ..picture(10) };
    assert_eq!(
        server.client().set_avatar(upload, |_, _| {}).await.unwrap_err().kind(),
        ErrorKind::Invalid
    );
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn a_picture_is_fetched_without_the_token() {
    let server = Server::always(answer(200, &[("Content-Type", "image/png")], "picture")).await;
    let bytes =
        server.client().fetch_image(&format!("{}/files/a.png", server.origin())).await.unwrap();
    assert_eq!(&bytes[..], b"picture");
    assert!(!server.requests()[0].head.to_lowercase().contains("authorization"));
    assert!(!server.requests()[0].head.contains("canary"));
}

#[tokio::test]
async fn a_picture_is_not_fetched_from_where_it_should_not_be() {
    let server = Server::start(|_, request| {
        let location = match request.target.as_str() {
            "/meta" => "http://169.254.169.254/latest",
            "/file" => "file:///etc/passwd",
            _ => "/loop",
        };
        Reply::Keep(answer(302, &[("Location", location)], ""))
    })
    .await;
    let client = server.client();
    for path in ["/meta", "/file", "/loop"] {
        let error = client.fetch_image(&format!("{}{path}", server.origin())).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.http_status()),
            (ErrorKind::NotPachca, Some(302)),
            "{path}"
        );
    }
    for url in ["http://example.com/a.png", "file:///etc/passwd", "", "javascript:alert(1)"] {
        assert_eq!(client.fetch_image(url).await.unwrap_err().kind(), ErrorKind::Invalid, "{url}");
    }
}

#[tokio::test]
async fn a_picture_that_is_too_large_or_too_slow_is_given_up() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n".to_vec();
    let server = Server::start(move |_, _| Reply::Endless(head.clone())).await;
    let error = server.client().fetch_image(&server.origin()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);

    let limits = Limits { call: Duration::from_millis(300), ..quick() };
    let server =
        Server::start(|_, _| Reply::Drip(answer(200, &[], "picture"), Duration::from_millis(50)))
            .await;
    let error = server.client_with(limits).fetch_image(&server.origin()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

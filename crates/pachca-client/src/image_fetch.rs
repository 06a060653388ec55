//! Fetches pictures from addresses a server named: no token, no plain http, no surprises in size.

use std::net::IpAddr;

use bytes::Bytes;
use reqwest::header::{ACCEPT, HeaderValue};
use reqwest::{Url, redirect};
use tokio::time::Instant;

use crate::error::{Error, ErrorKind, Result};
use crate::http::{Connecting, read_body, send};
use crate::limits::{Limits, MAX_IMAGE};
use crate::server_url::is_loopback;

/// Redirects that are followed: a storage service needs one, perhaps two.
const REDIRECTS: usize = 3;

/// A connection of its own: pictures never share one with the token.
pub(crate) fn builder(connecting: &Connecting, local: bool) -> Result<reqwest::ClientBuilder> {
    Ok(connecting.builder(local)?.redirect(redirect::Policy::custom(move |attempt| {
        if attempt.previous().len() <= REDIRECTS && is_allowed(attempt.url(), local) {
            attempt.follow()
        } else {
            attempt.stop()
        }
    })))
}

pub(crate) async fn fetch(
    http: &reqwest::Client,
    url: &str,
    local: bool,
    limits: &Limits,
) -> Result<Bytes> {
    let url = Url::parse(url).ok().filter(|url| is_allowed(url, local)).ok_or_else(|| {
        Error::new(ErrorKind::Invalid)
            .with_detail("pictures are fetched over https from public addresses only")
    })?;
    let ends = Instant::now() + limits.call;
    let answer_by = ends.min(Instant::now() + limits.silence.max(limits.connect));
    let request = http.get(url).header(ACCEPT, HeaderValue::from_static("image/*"));
    let response = send(request, answer_by).await.map_err(|failed| failed.error)?;
    let status = response.status().as_u16();
    let error = match status {
        200 => match read_body(response, MAX_IMAGE, limits.silence, ends).await {
            (bytes, None) => return Ok(bytes),
            (_, Some(error)) => error,
        },
        404 | 410 => Error::new(ErrorKind::NotFound),
        429 => Error::new(ErrorKind::RateLimited),
        400..=499 => Error::new(ErrorKind::Refused),
        500..=599 => Error::new(ErrorKind::Server),
        _ => Error::new(ErrorKind::NotPachca),
    };
    Err(error.with_status(status))
}

/// `https` to anything but this machine and its link; `http` only to this machine, when the API is there too.
fn is_allowed(url: &Url, local: bool) -> bool {
    if !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    match url.scheme() {
        "https" => local || !(is_loopback(url) || is_link_local(url)),
        "http" => local && is_loopback(url),
        _ => false,
    }
}

/// Where cloud machines keep their own secrets.
fn is_link_local(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    match host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_link_local() || ip.is_unspecified(),
        Ok(IpAddr::V6(ip)) => match ip.to_ipv4_mapped() {
            Some(ip) => ip.is_link_local() || ip.is_loopback() || ip.is_unspecified(),
            None => ip.is_unicast_link_local() || ip.is_unspecified(),
        },
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_come_only_from_where_a_stranger_may_point() {
        for (url, api_is_public, api_is_local) in [
            ("https://pachca-prod.s3.amazonaws.com/uploads/image.jpg", true, true),
            ("http://pachca-prod.s3.amazonaws.com/image.jpg", false, false),
            ("http://127.0.0.1:8080/files/a.png", false, true),
            ("https://127.0.0.1/a.png", false, true),
            ("https://localhost/a.png", false, true),
            ("https://169.254.169.254/latest/meta-data", false, true),
            ("https://[fe80::1]/a.png", false, true),
            ("https://[::ffff:127.0.0.1]/a.png", false, true),
            ("https://0.0.0.0/a.png", false, true),
            ("http://169.254.169.254/latest/meta-data", false, false),
            ("https://user:pass@example.com/a.png", false, false),
            ("file:///etc/passwd", false, false),
            ("data:image/png;base64,AAAA", false, false),
            ("javascript:alert(1)", false, false),
        ] {
            let parsed = Url::parse(url).unwrap();
            assert_eq!(is_allowed(&parsed, false), api_is_public, "{url}");
            assert_eq!(is_allowed(&parsed, true), api_is_local, "{url}");
        }
    }
}

//! Links that colleagues and administrators typed: opened only after a check.

use url::{Host, Url};

use crate::{
    engine::Engine,
    ipc::{ErrorCode, IpcError},
};

/// Longest link, in bytes.
const LENGTH_MAX: usize = 2048;

impl Engine {
    /// The host a link leads to, in ASCII. Refuses everything but `https` without a user name, up to 2048 characters.
    pub fn inspect_link(url: &str) -> Result<String, IpcError> {
        inspect_link(url).map(|link| link.host)
    }

    /// The address to hand to the system's browser, after the same check.
    pub fn checked_link(url: &str) -> Result<String, IpcError> {
        inspect_link(url).map(|link| link.address)
    }
}

/// A link that may be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Link {
    /// Where it leads, in ASCII: a look-alike in another script shows.
    host: String,
    /// The whole of it, as parsed and not as typed.
    address: String,
}

/// Checks a link: `https`, a host by name or address, no user name, no control characters, at most 2048 bytes.
fn inspect_link(text: &str) -> Result<Link, IpcError> {
    let refused = || IpcError::from(ErrorCode::LinkRefused);
    let text = text.trim();
    if text.len() > LENGTH_MAX || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(refused());
    }
    let url = Url::parse(text).map_err(|_| refused())?;
    let plain = url.scheme() == "https" && url.username().is_empty() && url.password().is_none();
    // `https:example.com` and `https:///example.com` parse as well, and read like something else.
    let written_out = text.split_at_checked(8).is_some_and(|(start, rest)| {
        start.eq_ignore_ascii_case("https://") && !rest.starts_with(['/', '\\'])
    });
    let host = match url.host() {
        Some(Host::Domain(host)) if !host.is_empty() => host.to_owned(),
        Some(Host::Ipv4(host)) => host.to_string(),
        Some(Host::Ipv6(host)) => format!("[{host}]"),
        _ => return Err(refused()),
    };
    if !plain || !written_out || url.as_str().len() > LENGTH_MAX {
        return Err(refused());
    }
    Ok(Link { host, address: url.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_https_links_are_opened() {
        for (text, host) in [
            ("https://example.com/a?b#c", "example.com"),
            (" HTTPS://Example.COM ", "example.com"),
            ("https://пример.рф/путь", "xn--e1afmkfd.xn--p1ai"),
            ("https://аpple.com", "xn--pple-43d.com"),
            ("https://192.0.2.1:8443/", "192.0.2.1"),
            ("https://[2001:db8::1]/", "[2001:db8::1]"),
        ] {
            assert_eq!(inspect_link(text).map(|link| link.host).as_deref(), Ok(host), "{text}");
        }
        for text in [
            "",
            "http://example.com",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "smb://host/share",
            "\\\\host\\share",
            "ms-settings:",
            "mailto:a@b.c",
            "//example.com",
            "example.com",
            "https:example.com",
            "https:/example.com",
            "https:\\\\example.com",
            "https://",
            "https:///path",
            "https://user@example.com",
            "https://user:pass@example.com",
            "https://example.com@evil.com",
            "https://exam ple.com",
            "https://example.com/\u{0}",
            "https://example.com/\nx",
            "https://example.com/a\u{202e}b c",
            "blob:https://example.com/x",
            "view-source:https://example.com",
            "https://exa\u{ad}mple .com",
            "https://%00.com",
        ] {
            assert_eq!(inspect_link(text).err(), Some(ErrorCode::LinkRefused.into()), "{text:?}");
        }
        assert!(inspect_link(&format!("https://example.com/{}", "a".repeat(LENGTH_MAX))).is_err());
    }
}

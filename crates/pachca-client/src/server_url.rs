//! The address of the API, checked so that a token is never sent in the clear.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

/// The cloud's address.
const CLOUD: &str = "https://api.pachca.com/api/shared/v1";
/// Longest address accepted, in bytes.
const MAX_LENGTH: usize = 2048;

/// Where the API is: `https` anywhere, or `http` on this machine only.
///
/// Companies run Pachca on hosts of their own, so the address is a setting. It has no user name, query or fragment; a
/// slash at its end makes no difference.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ServerUrl(Url);

impl ServerUrl {
    /// Takes an address as a person types it.
    ///
    /// # Errors
    /// Names what is wrong with it: see [`ServerUrlError`].
    pub fn parse(text: &str) -> Result<Self, ServerUrlError> {
        let text = text.trim();
        if text.is_empty() || text.len() > MAX_LENGTH {
            return Err(ServerUrlError::NotAnAddress);
        }
        let mut url = Url::parse(text).map_err(|_| {
            if text.contains("://") { ServerUrlError::NotAnAddress } else { ServerUrlError::Scheme }
        })?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => return Err(ServerUrlError::PlainHttp),
            _ => return Err(ServerUrlError::Scheme),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ServerUrlError::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(ServerUrlError::QueryOrFragment);
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Scheme, host and port: a token belongs to one origin and is never sent to another.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The host as it goes to the name server: ASCII, so a look-alike in another script shows.
    pub fn host(&self) -> &str {
        self.0.host_str().expect("http and https addresses have a host")
    }

    /// Whether the address is on this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// The address of an operation. `path` begins with a slash.
    pub(crate) fn endpoint(&self, path: &str, query: Option<(&str, &str)>) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path().trim_end_matches('/')));
        if let Some((name, value)) = query {
            url.query_pairs_mut().append_pair(name, value);
        }
        url
    }
}

/// `localhost` or an address of the loopback network.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => {
            let bare = host.trim_start_matches('[').trim_end_matches(']');
            bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
        }
        None => false,
    }
}

impl Default for ServerUrl {
    fn default() -> Self {
        Self::parse(CLOUD).expect("the cloud's address is valid")
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerUrl({})", self.as_str())
    }
}

/// Why an address is refused. Does not repeat the address, which may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ServerUrlError {
    /// Empty, too long, or not an address at all.
    #[error("this is not an address")]
    NotAnAddress,
    /// Another scheme than `https`, or none.
    #[error("the address must begin with https://")]
    Scheme,
    /// `http` to another machine: the token would travel in the clear.
    #[error("the address must begin with https://: over http the token could be read on the way")]
    PlainHttp,
    /// A user name or a password in the address.
    #[error("the address must not contain a user name or a password")]
    Credentials,
    /// `?` or `#` in the address.
    #[error("the address must not contain ? or #")]
    QueryOrFragment,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_on_this_machine_are_accepted() {
        for (text, address, origin) in [
            ("https://api.pachca.com/api/shared/v1", CLOUD, "https://api.pachca.com"),
            ("  https://api.pachca.com/api/shared/v1//\n", CLOUD, "https://api.pachca.com"),
            ("HTTPS://API.PACHCA.COM:443/api/shared/v1", CLOUD, "https://api.pachca.com"),
            (
                "https://pachca.example:8443",
                "https://pachca.example:8443",
                "https://pachca.example:8443",
            ),
            ("http://127.0.0.1:4010/api", "http://127.0.0.1:4010/api", "http://127.0.0.1:4010"),
            ("http://localhost:4010/", "http://localhost:4010", "http://localhost:4010"),
            ("http://[::1]:4010/v1", "http://[::1]:4010/v1", "http://[::1]:4010"),
            (
                "https://пачка.рф/v1",
                "https://xn--80aa3as5b.xn--p1ai/v1",
                "https://xn--80aa3as5b.xn--p1ai",
            ),
        ] {
            let url = ServerUrl::parse(text).unwrap();
            assert_eq!((url.as_str(), url.origin().as_str()), (address, origin), "{text:?}");
        }
        assert_eq!(ServerUrl::default().as_str(), CLOUD);
    }

    #[test]
    fn an_address_that_would_leak_the_token_is_refused_by_name() {
        use ServerUrlError::{Credentials, NotAnAddress, PlainHttp, QueryOrFragment, Scheme};
        for (expected, texts) in [
            (NotAnAddress, &["", "   ", "https://", "https://exa mple.com"][..]),
            (Scheme, &["api.pachca.com", "localhost:8080", "ftp://api.pachca.com"]),
            (Scheme, &["file:///etc/passwd", "javascript:alert(1)"]),
            (PlainHttp, &["http://api.pachca.com/api/shared/v1", "http://10.0.0.1"]),
            (PlainHttp, &["http://0.0.0.0:80", "http://localhost.evil.com"]),
            (PlainHttp, &["http://127.0.0.1.evil.com", "http://127.0.0.1@evil.com"]),
            (Credentials, &["https://user@api.pachca.com", "https://user:pass@api.pachca.com"]),
            (Credentials, &["http://user:pass@127.0.0.1"]),
            (QueryOrFragment, &["https://api.pachca.com/?a=b", "https://api.pachca.com/#x"]),
        ] {
            for text in texts {
                assert_eq!(ServerUrl::parse(text).unwrap_err(), expected, "{text:?}");
            }
        }
    }

    #[test]
    fn operations_are_below_the_base_address() {
        let url = ServerUrl::parse("https://pachca.example/sub/v1/").unwrap();
        assert_eq!(
            url.endpoint("/profile", None).as_str(),
            "https://pachca.example/sub/v1/profile"
        );
        assert_eq!(
            url.endpoint("/custom_properties", Some(("entity_type", "User"))).as_str(),
            "https://pachca.example/sub/v1/custom_properties?entity_type=User"
        );
    }
}

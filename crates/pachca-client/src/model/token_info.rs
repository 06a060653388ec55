//! What the server says about the token in use.

use jiff::Timestamp;
use serde::Deserialize;

use super::open::{null_as_default, open_enum};

open_enum! {
    /// What a token may do. Only the scopes of this crate's operations have names; others are kept as text.
    Scope {
        /// Read one's own profile.
        ProfileRead = "profile:read",
        /// Read one's own status.
        StatusRead = "profile_status:read",
        /// Set and clear one's own status.
        StatusWrite = "profile_status:write",
        /// Set and remove one's own picture.
        AvatarWrite = "profile_avatar:write",
        /// Read which custom properties the workspace has.
        CustomPropertiesRead = "custom_properties:read",
    }
}

/// The answer of `GET /oauth/token/info`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TokenInfo {
    /// Identifies the token.
    pub id: i64,
    /// First eight and last four characters. Still a piece of a secret: not for logs.
    #[serde(rename = "token", default, deserialize_with = "null_as_default")]
    pub masked: String,
    /// The name its owner gave it; bots' tokens have none.
    pub name: Option<String>,
    /// Whose token it is.
    pub user_id: i64,
    /// What it may do. The owner's role can still forbid it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it was authorised; newer servers only.
    pub authorized_at: Option<Timestamp>,
    /// When it was last used; moves at most once an hour.
    pub last_used_at: Option<Timestamp>,
    /// Seconds until it ends; `None` for tokens made by hand, which do not end.
    pub expires_in: Option<i64>,
    /// When it was revoked. A revoked token gets a 401, so this is `None` in practice.
    pub revoked_at: Option<Timestamp>,
}

impl TokenInfo {
    /// Whether the token carries `scope`.
    pub fn has(&self, scope: &Scope) -> bool {
        self.scopes.contains(scope)
    }
}

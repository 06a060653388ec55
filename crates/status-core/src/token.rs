//! Whose status it is, and how things stand with the token. The token itself is never here.

use serde::{Deserialize, Serialize};

/// Names an account in every storage key: the server's origin and the user there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct AccountId {
    /// Scheme, host and port: `https://api.pachca.com`.
    pub origin: String,
    /// `AccessTokenInfo.user_id`.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub user_id: i64,
}

/// The connected person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Account {
    /// Server and user.
    pub id: AccountId,
    /// First and last name, or the nickname, or empty when the profile may not be read.
    pub name: String,
    /// Their role in the workspace as the server names it: `admin`, `user`, `multi_guest`, `guest`, or something
    /// newer. Empty when the profile may not be read.
    pub role: String,
    /// The scopes the token carries, as the server names them.
    pub scopes: Vec<String>,
}

/// A scope this product uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub enum Scope {
    /// See the profile.
    #[serde(rename = "profile:read")]
    ProfileRead,
    /// See the status.
    #[serde(rename = "profile_status:read")]
    StatusRead,
    /// Set and clear the status.
    #[serde(rename = "profile_status:write")]
    StatusWrite,
    /// Change and remove the avatar.
    #[serde(rename = "profile_avatar:write")]
    AvatarWrite,
    /// See what the custom fields are.
    #[serde(rename = "custom_properties:read")]
    CustomPropertiesRead,
}

/// How things stand with the token and the place it is kept in. Each has a sentence `token-<state>` in `locales`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// The keyring has not answered yet.
    Loading,
    /// The keyring has not answered for three seconds; a prompt may be open. A late answer still counts.
    Slow,
    /// Nothing is stored: connect.
    Missing,
    /// In the keyring and in use.
    Kept,
    /// In memory only, by choice or because there is no keyring: gone when the app ends.
    SessionOnly,
    /// From `PACHCA_TOKEN`.
    FromEnvironment,
    /// The keyring is locked and nobody unlocked it.
    Locked,
    /// The person or the system refused access to the keyring.
    Denied,
    /// The desktop has no keyring.
    NoService,
    /// The keyring holds several tokens for this account, and taking one could be wrong: connecting again settles it.
    Several,
    /// The server refuses the token. It is kept; reconnect or wait until the account is restored.
    Rejected,
}

impl Scope {
    /// Every scope this product uses, most needed first.
    pub const ALL: [Self; 5] = [
        Self::StatusWrite,
        Self::StatusRead,
        Self::ProfileRead,
        Self::AvatarWrite,
        Self::CustomPropertiesRead,
    ];

    /// The scope as the server names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ProfileRead => "profile:read",
            Self::StatusRead => "profile_status:read",
            Self::StatusWrite => "profile_status:write",
            Self::AvatarWrite => "profile_avatar:write",
            Self::CustomPropertiesRead => "custom_properties:read",
        }
    }

    /// Of a token's scopes, those this product has no use for: whoever got hold of the token could use them.
    pub fn unneeded(scopes: &[String]) -> Vec<String> {
        let needed = |name: &String| Self::ALL.iter().any(|scope| scope.name() == name);
        scopes.iter().filter(|name| !needed(name)).cloned().collect()
    }
}

impl Account {
    /// Scopes this product uses that the token lacks. An empty list of scopes means that they are not
    /// known yet (the app started without network), not that all are missing.
    pub fn missing_scopes(&self) -> Vec<Scope> {
        if self.scopes.is_empty() {
            return Vec::new();
        }
        Scope::ALL
            .into_iter()
            .filter(|scope| !self.scopes.iter().any(|name| name == scope.name()))
            .collect()
    }
}

impl TokenState {
    /// Whether requests can be made with it.
    pub fn usable(self) -> bool {
        matches!(self, Self::Kept | Self::SessionOnly | Self::FromEnvironment)
    }

    /// Whether the keyring waits for the person.
    pub(crate) fn keyring_needs_person(self) -> bool {
        matches!(self, Self::Locked | Self::Denied | Self::NoService | Self::Several | Self::Slow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_this_product_has_no_use_for_are_named() {
        let all: Vec<String> = Scope::ALL.iter().map(|scope| scope.name().to_owned()).collect();
        assert_eq!(Scope::unneeded(&all), Vec::<String>::new());
        // Near misses are other scopes, whatever they are.
        let more = ["messages:create", "profile:write", "messages:*", "*", "Profile:read", ""];
        let carried: Vec<String> =
            all.into_iter().chain(more.into_iter().map(str::to_owned)).collect();
        assert_eq!(Scope::unneeded(&carried), more);
    }
}

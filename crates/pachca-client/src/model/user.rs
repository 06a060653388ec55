//! The profile of the token's owner.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::open::{null_as_default, open_enum};
use super::property::CustomProperty;
use super::status::UserStatus;

open_enum! {
    /// A person's level of access in the workspace.
    Role {
        /// Administrator.
        Admin = "admin",
        /// Member.
        User = "user",
        /// Guest in several chats.
        MultiGuest = "multi_guest",
        /// Guest.
        Guest = "guest",
    }
}

open_enum! {
    /// How far an invitation has come.
    InviteStatus {
        /// Accepted.
        Confirmed = "confirmed",
        /// Sent; the person has not been in Pachca yet.
        Sent = "sent",
    }
}

/// The answer of `GET /profile`. Names, department and title can be `None` as well as empty.
#[expect(missing_docs, reason = "where the name of a field says all there is to know")]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct User {
    /// Identifies the person in the workspace.
    pub id: i64,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub nickname: String,
    /// E-mail; bots often have none.
    pub email: Option<String>,
    pub phone_number: Option<String>,
    pub department: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Level of access.
    pub role: Option<Role>,
    /// Deactivated by an administrator.
    #[serde(default, deserialize_with = "null_as_default")]
    pub suspended: bool,
    /// How far the invitation has come.
    pub invite_status: Option<InviteStatus>,
    /// Who invited this person.
    pub inviter_id: Option<i64>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub list_tags: Vec<String>,
    /// Fields the workspace added.
    #[serde(default, deserialize_with = "null_as_default")]
    pub custom_properties: Vec<CustomProperty>,
    /// The status, as in `GET /profile/status`; `None` also where it cannot be read.
    #[serde(default, deserialize_with = "readable")]
    pub user_status: Option<UserStatus>,
    /// Whether this is a bot.
    #[serde(default, deserialize_with = "null_as_default")]
    pub bot: bool,
    /// Whether the person signs in through the company's own sign-in.
    #[serde(default, deserialize_with = "null_as_default")]
    pub sso: bool,
    /// When the account was made.
    pub created_at: Option<Timestamp>,
    /// When the person was last active.
    pub last_activity_at: Option<Timestamp>,
    /// IANA name of the time zone; `None` means the workspace's.
    pub time_zone: Option<String>,
    /// Where the picture is.
    pub image_url: Option<String>,
}

/// The answer of `PUT /profile/avatar`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Avatar {
    /// Where the new picture is.
    pub image_url: String,
}

/// What cannot be read of one field does not cost the others.
fn readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<UserStatus>, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    Ok(serde_json::from_str(raw.get()).ok())
}

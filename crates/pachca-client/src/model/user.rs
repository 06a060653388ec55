//! The profile of the token's owner.

use jiff::Timestamp;
use serde::Deserialize;

use super::open::{null_as_default, open_enum};
use super::{CustomProperty, UserStatus};

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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct User {
    /// Identifies the person in the workspace.
    pub id: i64,
    /// First name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// User name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub nickname: String,
    /// E-mail; bots often have none.
    #[serde(default)]
    pub email: Option<String>,
    /// Telephone.
    #[serde(default)]
    pub phone_number: Option<String>,
    /// Department.
    #[serde(default)]
    pub department: Option<String>,
    /// Job title.
    #[serde(default)]
    pub title: Option<String>,
    /// Level of access.
    #[serde(default)]
    pub role: Option<Role>,
    /// Deactivated by an administrator.
    #[serde(default, deserialize_with = "null_as_default")]
    pub suspended: bool,
    /// How far the invitation has come.
    #[serde(default)]
    pub invite_status: Option<InviteStatus>,
    /// Who invited this person.
    #[serde(default)]
    pub inviter_id: Option<i64>,
    /// Tags.
    #[serde(default, deserialize_with = "null_as_default")]
    pub list_tags: Vec<String>,
    /// Fields the workspace added.
    #[serde(default, deserialize_with = "null_as_default")]
    pub custom_properties: Vec<CustomProperty>,
    /// The status, as in `GET /profile/status`.
    #[serde(default)]
    pub user_status: Option<UserStatus>,
    /// Whether this is a bot.
    #[serde(default, deserialize_with = "null_as_default")]
    pub bot: bool,
    /// Whether the person signs in through the company's own sign-in.
    #[serde(default, deserialize_with = "null_as_default")]
    pub sso: bool,
    /// When the account was made.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When the person was last active.
    #[serde(default)]
    pub last_activity_at: Option<Timestamp>,
    /// IANA name of the time zone; `None` means the workspace's.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// Where the picture is.
    #[serde(default)]
    pub image_url: Option<String>,
}

/// The answer of `PUT /profile/avatar`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Avatar {
    /// Where the new picture is.
    pub image_url: String,
}

//! What goes over the wire, as types.
//!
//! Reading is tolerant: unknown fields are ignored, unknown enum values are kept as text, and a field that may be
//! `null` is an `Option` even where one server always fills it. Empty strings stay empty strings.

mod open;
mod property;
mod status;
mod token_info;
mod user;

pub use property::{CustomProperty, EntityType, PropertyDefinition, PropertyType};
pub(crate) use status::StatusRequest;
pub use status::{StatusUpdate, UserStatus};
pub use token_info::{Scope, TokenInfo};
pub use user::{Avatar, InviteStatus, Role, User};

//! Custom properties: the fields a workspace adds to its people and reminders.

use serde::Deserialize;

use super::open::{null_as_default, open_enum};

open_enum! {
    /// What kind of value a custom property holds.
    PropertyType {
        /// Text.
        Text = "string",
        /// A number; on the wire it is a string.
        Number = "number",
        /// A date in ISO 8601.
        Date = "date",
        /// Whatever a colleague typed as a link: check its scheme before doing anything with it.
        Link = "link",
    }
}

/// Whose custom properties are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntityType {
    /// People.
    User,
    /// Reminders.
    Task,
}

impl EntityType {
    /// The value of the query parameter `entity_type`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Task => "Task",
        }
    }
}

/// A field the workspace defines.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PropertyDefinition {
    /// Identifies the field.
    pub id: i64,
    /// Its name, up to 32 characters.
    pub name: String,
    /// What kind of value it holds.
    pub data_type: PropertyType,
}

/// A field with one person's value.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CustomProperty {
    /// Identifies the field.
    pub id: i64,
    /// Its name, up to 32 characters.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// What kind of value it holds.
    pub data_type: PropertyType,
    /// The value as text, whatever the kind; `None` when it is not filled in.
    pub value: Option<String>,
}

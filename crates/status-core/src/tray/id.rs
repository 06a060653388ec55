//! Menu ids as text and back.

use std::fmt;
use std::str::FromStr;

use super::item::MenuId;
use crate::expiry::{Extension, MINUTES_MAX};
use crate::preset::PresetId;

/// Names of the lines that do nothing; an id from the desktop can only be one of these.
pub(super) const INERT: &[&str] =
    &["extend", "more", "state", "conflict", "link", "token", "seen", "problem"];

/// The text is not a menu id of this product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a menu id")]
pub struct NotAMenuId;

/// Ids without anything in them, and their text.
const PLAIN: &[(MenuId, &str)] = &[
    (MenuId::Current, "current"),
    (MenuId::Clear, "clear"),
    (MenuId::Undo, "undo"),
    (MenuId::CancelPending, "cancel-pending"),
    (MenuId::ApplyOurs, "apply-ours"),
    (MenuId::KeepTheirs, "keep-theirs"),
    (MenuId::Retry, "retry"),
    (MenuId::CustomStatus, "custom-status"),
    (MenuId::ChangeAvatar, "change-avatar"),
    (MenuId::OpenWindow, "open-window"),
    (MenuId::Connect, "connect"),
    (MenuId::Settings, "settings"),
    (MenuId::Quit, "quit"),
];

impl fmt::Display for MenuId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Preset(PresetId(id)) => write!(f, "preset:{id}"),
            Self::Extend(Extension::Minutes { minutes }) => write!(f, "extend:{minutes}"),
            Self::Extend(Extension::EndOfWorkday) => f.write_str("extend:workday"),
            Self::Inert(name) => write!(f, "inert:{name}"),
            plain => match PLAIN.iter().find(|(id, _)| id == plain) {
                Some((_, text)) => f.write_str(text),
                None => Err(fmt::Error),
            },
        }
    }
}

impl FromStr for MenuId {
    type Err = NotAMenuId;

    fn from_str(text: &str) -> Result<Self, NotAMenuId> {
        if let Some((id, _)) = PLAIN.iter().find(|(_, plain)| *plain == text) {
            return Ok(id.clone());
        }
        match text.split_once(':').ok_or(NotAMenuId)? {
            ("preset", id) => {
                let id = PresetId(id.to_owned());
                if id.is_valid() { Ok(Self::Preset(id)) } else { Err(NotAMenuId) }
            }
            ("extend", "workday") => Ok(Self::Extend(Extension::EndOfWorkday)),
            ("extend", minutes) => {
                let number: u32 = minutes.parse().map_err(|_| NotAMenuId)?;
                // «+15» and «015» are numbers too, but not ids of ours.
                let ours = (1..=MINUTES_MAX).contains(&number) && number.to_string() == minutes;
                if ours {
                    Ok(Self::Extend(Extension::Minutes { minutes: number }))
                } else {
                    Err(NotAMenuId)
                }
            }
            ("inert", name) => INERT
                .iter()
                .find(|known| **known == name)
                .map(|known| Self::Inert(known))
                .ok_or(NotAMenuId),
            _ => Err(NotAMenuId),
        }
    }
}

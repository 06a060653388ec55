//! Who wants a change, and what follows from that.

use serde::{Deserialize, Serialize};

/// Who wants a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A click or a key, in tray, window or notification.
    #[default]
    Person,
    /// The command line: its caller is answered there.
    CommandLine,
}

impl Cause {
    /// Whether a window may open for it: the connect page, or the composer for a missing date.
    pub fn may_open_window(self) -> bool {
        match self {
            Self::Person => true,
            Self::CommandLine => false,
        }
    }

    /// Whether a person is told what became of it.
    pub fn is_announced(self) -> bool {
        match self {
            Self::Person | Self::CommandLine => true,
        }
    }

    /// Whether a person is asked when somebody changed the status meanwhile. Otherwise it steps back.
    pub fn asks_in_conflict(self) -> bool {
        match self {
            Self::Person | Self::CommandLine => true,
        }
    }
}

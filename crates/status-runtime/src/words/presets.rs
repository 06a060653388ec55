//! The presets as they are from the start, in the person's language.

use status_core::{Draft, Expiry, Preset, PresetId};

struct Default {
    id: &'static str,
    emoji: &'static str,
    expiry: Expiry,
    is_away: bool,
    has_message: bool,
    in_tray: bool,
}

const fn minutes(minutes: u32) -> Expiry {
    Expiry::Minutes { minutes }
}

/// Every one ends by itself: the commonest complaint about status tools is a status left behind.
const DEFAULTS: [Default; 11] = [
    Default {
        id: "away",
        emoji: "🚶",
        expiry: minutes(30),
        is_away: true,
        has_message: true,
        in_tray: true,
    },
    Default {
        id: "lunch",
        emoji: "🍔",
        expiry: minutes(60),
        is_away: true,
        has_message: true,
        in_tray: true,
    },
    Default {
        id: "meeting",
        emoji: "📅",
        expiry: minutes(60),
        is_away: false,
        has_message: false,
        in_tray: true,
    },
    Default {
        id: "focus",
        emoji: "🎯",
        expiry: minutes(120),
        is_away: false,
        has_message: false,
        in_tray: true,
    },
    Default {
        id: "remote",
        emoji: "🏡",
        expiry: Expiry::EndOfWorkday,
        is_away: false,
        has_message: false,
        in_tray: true,
    },
    Default {
        id: "done",
        emoji: "🌙",
        expiry: Expiry::NextWorkingMorning,
        is_away: true,
        has_message: true,
        in_tray: true,
    },
    Default {
        id: "call",
        emoji: "📞",
        expiry: minutes(30),
        is_away: false,
        has_message: false,
        in_tray: false,
    },
    Default {
        id: "commute",
        emoji: "🚗",
        expiry: minutes(45),
        is_away: true,
        has_message: true,
        in_tray: false,
    },
    Default {
        id: "office",
        emoji: "🏢",
        expiry: Expiry::EndOfWorkday,
        is_away: false,
        has_message: false,
        in_tray: false,
    },
    Default {
        id: "sick",
        emoji: "🤒",
        expiry: Expiry::EndOfDay,
        is_away: true,
        has_message: true,
        in_tray: false,
    },
    Default {
        id: "vacation",
        emoji: "🏖️",
        expiry: Expiry::AskDate,
        is_away: true,
        has_message: true,
        in_tray: false,
    },
];

/// `say` has the sentence of an id.
pub(super) fn default_presets(say: impl Fn(&str) -> String) -> Vec<Preset> {
    DEFAULTS
        .iter()
        .map(|preset| Preset {
            id: PresetId(preset.id.to_owned()),
            draft: Draft {
                emoji: preset.emoji.to_owned(),
                title: say(&format!("preset-{}-title", preset.id)),
                expiry: preset.expiry,
                is_away: preset.is_away,
                away_message: if preset.has_message {
                    say(&format!("preset-{}-message", preset.id))
                } else {
                    String::new()
                },
            },
            in_tray: preset.in_tray,
        })
        .collect()
}

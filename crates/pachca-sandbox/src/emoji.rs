//! What the server takes for an emoji.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Asks for the coloured picture of the character before it. Optional in what people type and systems send.
const PRESENTATION: char = '\u{FE0F}';

/// Every emoji of the Unicode list, skin tones included, without presentation selectors.
static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    emojis::iter()
        .flat_map(|emoji| emoji.skin_tones().into_iter().flatten().chain([emoji]))
        .map(|emoji| bare(emoji.as_str()))
        .collect()
});

fn bare(text: &str) -> String {
    text.chars().filter(|character| *character != PRESENTATION).collect()
}

/// Exactly one emoji: with or without presentation selectors, joined, toned, a flag or a keycap; no text around it.
pub(crate) fn is_emoji(text: &str) -> bool {
    !text.starts_with(PRESENTATION) && KNOWN.contains(&bare(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_of_every_make_are_accepted() {
        for text in "🎮 🏖️ 🏖 ❤️ 👩‍💻 👍🏽 🧑🏻‍🤝‍🧑🏿 👨‍👩‍👧‍👦 🇷🇺 🏴‍☠️ 🏳️‍🌈 1️⃣ #️⃣ ☕ 🚶🏻‍♀️‍➡️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿".split(' ')
        {
            assert!(is_emoji(text), "{text}");
        }
    }

    #[test]
    fn text_is_not_an_emoji() {
        for text in [
            "", " ", ":beach:", "beach", "Я", "1", "#", "🎮🎮", "🎮 ", "a🎮", "🏻a", "\u{FE0F}",
            "\u{200D}", "🇷",
        ] {
            assert!(!is_emoji(text), "{text:?}");
        }
    }
}

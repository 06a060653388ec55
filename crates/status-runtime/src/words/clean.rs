//! Words from outside inside our sentences, and our sentences inside menus and tooltips.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

/// First-strong isolate and its end: what is between cannot turn the direction of what is around.
const ISOLATE: (char, char) = ('\u{2068}', '\u{2069}');
/// Longest tooltip, in UTF-16 units. Windows copies 128 and may leave no room for the end mark.
const TOOLTIP_UNITS: usize = 120;

/// Words from outside, harmless in a sentence: control characters and marks of direction are gone, and text that is
/// written from right to left is isolated. Everything else, joiners and variation selectors included, stays.
pub(crate) fn clean(words: &str) -> Cow<'_, str> {
    if words.chars().any(turns_direction) {
        let kept = words.chars().filter(|&c| !is_control(c));
        return Cow::Owned(
            std::iter::once(ISOLATE.0).chain(kept).chain(std::iter::once(ISOLATE.1)).collect(),
        );
    }
    if words.chars().any(is_control) {
        return Cow::Owned(
            words
                .chars()
                .filter_map(|c| if is_break(c) { Some(' ') } else { (!is_control(c)).then_some(c) })
                .collect(),
        );
    }
    Cow::Borrowed(words)
}

/// A menu label: menus take a single `&` for a mnemonic, so each is doubled.
pub(crate) fn menu_label(text: &str) -> String {
    text.replace('&', "&&")
}

/// A tooltip that fits on every system, cut between characters as people see them.
pub(crate) fn tooltip(text: &str) -> String {
    if text.encode_utf16().count() <= TOOLTIP_UNITS {
        return text.to_owned();
    }
    let mut left = TOOLTIP_UNITS - 1;
    let mut cut = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        let units = cluster.encode_utf16().count();
        if units > left {
            break;
        }
        left -= units;
        cut.push_str(cluster);
    }
    cut.push('…');
    cut
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_control(c: char) -> bool {
    c.is_control()
        || is_break(c)
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Letters of right-to-left scripts (Unicode blocks reserved for them) and explicit marks of direction.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_to_left_words_cannot_turn_the_sentence_around_them() {
        assert_eq!(clean("שלום"), "\u{2068}שלום\u{2069}");
        assert_eq!(clean("exe\u{202e}gpj"), "\u{2068}exegpj\u{2069}");
    }

    #[test]
    fn emoji_keep_their_joiners_and_selectors() {
        for emoji in ["🏖️", "👨‍👩‍👧", "🏳️‍🌈", "👍🏽", "🇷🇺"] {
            assert_eq!(clean(emoji), emoji);
        }
    }

    #[test]
    fn control_characters_and_line_breaks_leave_one_line() {
        assert_eq!(clean("a\u{0}b\nc\u{1b}[31m"), "ab c[31m");
    }

    #[test]
    fn an_ampersand_survives_the_menu() {
        assert_eq!(menu_label("Q&A & more"), "Q&&A && more");
    }

    #[test]
    fn a_long_tooltip_is_cut_between_characters_and_says_so() {
        let family = "👨‍👩‍👧";
        for length in 110..=130 {
            let long = format!("{}{}", "я".repeat(length), family.repeat(3));
            let shown = tooltip(&long);
            assert!(shown.encode_utf16().count() <= TOOLTIP_UNITS, "{shown}");
            let body = shown.strip_suffix('…').unwrap_or(&shown);
            assert!(
                body.trim_start_matches('я').replace(family, "").is_empty(),
                "a cluster was split: {shown}"
            );
        }
        assert_eq!(tooltip(&"a".repeat(120)), "a".repeat(120));
    }
}

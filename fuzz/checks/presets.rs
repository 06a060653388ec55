//! A preset file is taken whole or refused whole.

use status_core::preset::{PRESETS_MAX, export, import};

/// Reads the bytes as a preset file.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(presets) = import(text) else { return };
    assert!(presets.len() <= PRESETS_MAX);
    for preset in &presets {
        assert_eq!(preset.check(), Ok(()));
    }
    assert_eq!(import(&export(&presets)).as_ref(), Ok(&presets), "what was exported comes back");
}

//! What the shell has to say about its desktop goes to the standard error, which sessions keep in their journal.
//! Other crates' messages do not: nobody here knows what is in them.

use std::io::Write;

use log::{Level, LevelFilter, Log, Metadata, Record};

/// What the targets of our messages start with: this crate, and the window.
const OURS: [&str; 2] = [env!("CARGO_CRATE_NAME"), "status_tauri"];

struct StandardError;

static LOG: StandardError = StandardError;

/// Starts it. Once.
pub fn start() {
    if log::set_logger(&LOG).is_ok() {
        log::set_max_level(LevelFilter::Info);
    }
}

/// Writes a sentence to the standard error.
pub fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "pachca-status: {text}");
}

impl Log for StandardError {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= Level::Info
            && OURS.iter().any(|ours| metadata.target().starts_with(ours))
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            // One line each, whatever the message holds. A closed standard error is no reason to end.
            let message = record.args().to_string().replace(char::is_control, " ");
            complain(&message);
        }
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_crates_do_not_write_into_the_journal() {
        let metadata = |target, level| Metadata::builder().target(target).level(level).build();
        assert!(LOG.enabled(&metadata("status_app::tray", Level::Warn)));
        assert!(!LOG.enabled(&metadata("status_tauri", Level::Debug)));
        assert!(!LOG.enabled(&metadata("reqwest::connect", Level::Error)));
    }
}

//! Presets to and from files.

use std::path::Path;

use status_core::{
    Arg, Cause, Command, Invalid, Outcome, Preset, Text,
    preset::{self, EntryFault},
};

use super::pictures::read_at_most;
use crate::{ErrorCode, ImportReport, IpcError, engine::Engine, words::Words};

/// Largest file that is read, in bytes: two hundred presets with full messages come to a third of it.
const FILE_MAX: usize = 1024 * 1024;

impl Engine {
    /// Reads presets from a file and adds them all, or none.
    pub async fn import_presets(&self, path: &Path) -> Result<ImportReport, IpcError> {
        let context = &self.context;
        let bytes = read_at_most(path, FILE_MAX).await?.ok_or(ErrorCode::ImportTooMany)?;
        let text = String::from_utf8(bytes).map_err(|_| ErrorCode::ImportNotPresets)?;
        // What was changed before counts.
        context.settled().await;
        let snapshot = context.snapshot();
        let words = Words::new(snapshot.lang);
        let imported = preset::import(&text).map_err(|error| refusal(&error, words))?;
        let known =
            |preset: &&Preset| snapshot.presets.iter().any(|view| view.preset.id == preset.id);
        let replaced = imported.iter().filter(known).count();
        let report = ImportReport { added: imported.len() - replaced, replaced };
        let outcome = self.command(Command::ImportPresets(imported), Cause::Person).last().await?;
        match outcome {
            Outcome::Done => Ok(report),
            Outcome::Full => Err(ErrorCode::ImportTooMany.into()),
            _ => Err(ErrorCode::ImportNotPresets.into()),
        }
    }

    /// Writes the presets to a file.
    pub async fn export_presets(&self, path: &Path) -> Result<(), IpcError> {
        let context = &self.context;
        let presets: Vec<Preset> =
            context.snapshot().presets.iter().map(|view| view.preset.clone()).collect();
        let text = preset::export(&presets);
        let path = path.to_owned();
        match tokio::task::spawn_blocking(move || std::fs::write(path, text)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                Err(IpcError::with_detail(ErrorCode::FileUnwritable, error.to_string()))
            }
            Err(_) => Err(ErrorCode::FileUnwritable.into()),
        }
    }
}

/// What is wrong with the file, in the person's words.
fn refusal(error: &preset::ImportError, words: Words) -> IpcError {
    use preset::ImportError as Refused;
    match error {
        Refused::NotJson { line, column } => {
            let place = |number: usize| Arg::Num(i64::try_from(number).unwrap_or(i64::MAX));
            let args = vec![("line", place(*line)), ("column", place(*column))];
            let detail = words.text(&Text { id: "import-not-json", args });
            IpcError::with_detail(ErrorCode::ImportNotPresets, detail)
        }
        Refused::NotPresets => ErrorCode::ImportNotPresets.into(),
        Refused::Newer(_) => {
            IpcError::with_detail(ErrorCode::ImportNotPresets, words.plain("import-newer"))
        }
        Refused::TooMany => ErrorCode::ImportTooMany.into(),
        Refused::Entry { index, title, fault } => {
            let number = i64::try_from(*index).map_or(i64::MAX, |index| index.saturating_add(1));
            let mut args =
                vec![("number", Arg::Num(number)), ("fault", Arg::Str(words.fault(fault)))];
            let id = if let Some(title) = title {
                args.push(("title", Arg::Str(title.clone())));
                "import-entry"
            } else {
                "import-entry-untitled"
            };
            let detail = words.text(&Text { id, args });
            IpcError::with_detail(ErrorCode::ImportEntryInvalid, detail)
        }
    }
}

impl Words {
    /// What is wrong with a preset or a status.
    pub fn fault(self, fault: &EntryFault) -> String {
        match fault {
            // The parser's own words name the field as it is in the file.
            EntryFault::Shape(detail) => self.text(&Text {
                id: "import-fault-shape",
                args: vec![("detail", Arg::Str(detail.clone()))],
            }),
            EntryFault::Id => self.plain("import-fault-id"),
            EntryFault::SameId => self.plain("import-fault-same-id"),
            EntryFault::Invalid(invalid) => self.plain(match invalid {
                Invalid::EmojiMissing => "invalid-emoji_missing",
                Invalid::EmojiNotEmoji => "invalid-emoji_not_emoji",
                Invalid::TitleMissing => "invalid-title_missing",
                Invalid::TitleTooLong => "invalid-title_too_long",
                Invalid::AwayMessageTooLong => "invalid-away_message_too_long",
                Invalid::EndInThePast => "invalid-end_in_the_past",
                Invalid::MinutesOutOfRange => "invalid-minutes_out_of_range",
                Invalid::DateMissing => "invalid-date_missing",
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use status_core::{Lang, preset::ImportError};

    use super::*;

    #[test]
    fn a_bad_entry_is_named_in_the_persons_language() {
        let fault = EntryFault::Invalid(Invalid::TitleTooLong);
        let entry = ImportError::Entry { index: 1, title: Some("Обед".to_owned()), fault };
        let detail =
            |error: &ImportError, lang| refusal(error, Words::new(lang)).detail.unwrap_or_default();
        assert_eq!(detail(&entry, Lang::Ru), "Запись 2, «Обед»: Не больше 50 символов.");
        assert_eq!(detail(&entry, Lang::En), "Entry 2, “Обед”: At most 50 characters.");
        let shape = EntryFault::Shape("missing field `emoji`".to_owned());
        let untitled = ImportError::Entry { index: 0, title: None, fault: shape };
        assert!(detail(&untitled, Lang::Ru).contains("`emoji`"));
        for fault in [EntryFault::Id, EntryFault::SameId] {
            let entry = ImportError::Entry { index: 0, title: None, fault };
            assert!(detail(&entry, Lang::En).starts_with("Entry 1: "));
        }
        let broken = ImportError::NotJson { line: 3, column: 14 };
        assert_eq!(detail(&broken, Lang::Ru), "Строка 3, символ 14: дальше не прочитать.");
        assert_eq!(
            detail(&ImportError::Newer(2), Lang::En),
            "A newer version of the app wrote it: update the app."
        );
    }
}

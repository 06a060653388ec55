//! The settings file.

use std::{
    io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde_json::{Value, json};
use status_core::{Notice, SavedSettings};

use super::{
    atomic,
    document::{self, Content, Document},
};

impl Content for SavedSettings {
    /// Version 1 knew one account, and did not say who may have a secret in the keyring.
    fn upgrade(found: &mut Value) {
        let Value::Object(fields) = found else { return };
        let account = fields.remove("account").filter(|account| !account.is_null());
        let server = fields.get("settings").and_then(|settings| settings.get("server")).cloned();
        let accounts = account.iter().map(|id| json!({ "id": id, "server": server }));
        let accounts = accounts.collect::<Vec<_>>();
        fields.insert("accounts".to_owned(), accounts.into());
        fields.insert("secrets".to_owned(), Vec::from_iter(account).into());
    }
}

/// `settings.json`, with its backup beside it.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    path: PathBuf,
    raw: Value,
    read_only: bool,
}

impl SettingsFile {
    /// Reads the settings. Never fails: what cannot be read is a notice, and a default.
    pub(crate) fn open(folder: &Path, now: Timestamp) -> (Self, SavedSettings, Vec<Notice>) {
        let path = folder.join("settings.json");
        let found = Document::<SavedSettings>::load(&path, true, now);
        let mut notices: Vec<Notice> = found.notice.into_iter().collect();
        let mut file = Self { path, raw: found.raw, read_only: found.read_only };
        if found.rewrite
            && let Err(error) = file.put(&found.value, false)
        {
            notices.push(Notice::CannotSave {
                path: file.path.display().to_string(),
                reason: error.to_string(),
            });
        }
        (file, found.value, notices)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Another process writes; this one only reads.
    pub(crate) fn make_read_only(&mut self) {
        self.read_only = true;
    }

    /// It must not be written, and the person knows why.
    pub(crate) fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Removes what interrupted writes left behind.
    pub(crate) fn sweep(&self) {
        atomic::sweep(&self.path);
    }

    /// Writes the settings; the present file becomes the backup.
    pub(crate) fn save(&mut self, settings: &SavedSettings) -> io::Result<()> {
        self.put(settings, true)
    }

    fn put(&mut self, settings: &SavedSettings, keep_backup: bool) -> io::Result<()> {
        let content = document::compose(settings, &self.raw);
        atomic::write(&self.path, &content, keep_backup, |_| Ok(()))
    }
}

//! The outbox files, one for each account.
//!
//! They have no backup: an older outbox holds an older wish, and sending that would be worse than sending nothing.

use std::{
    collections::HashMap,
    fmt::Write as _,
    io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde_json::{Value, json};
use status_core::{AccountId, Notice, Outbox};

use super::{
    atomic,
    document::{self, Content, Document},
};

impl Content for Outbox {
    /// Version 1 called the status of an intent «wanted», and kept no drafts.
    fn upgrade(found: &mut Value) {
        let Some(intent) = found.get_mut("intent").and_then(Value::as_object_mut) else { return };
        if let Some(status) = intent.remove("wanted") {
            intent.insert("status".to_owned(), status);
        }
        for written in
            intent.get_mut("may_show").and_then(Value::as_array_mut).into_iter().flatten()
        {
            *written = json!({ "status": written.take(), "draft": null });
        }
    }
}

/// The folder they are in.
#[derive(Debug)]
pub(crate) struct OutboxFolder {
    folder: PathBuf,
    /// What the files held that this version does not know, and which must not be written.
    known: HashMap<AccountId, (Value, bool)>,
    read_only: bool,
}

impl OutboxFolder {
    /// The outboxes in this folder.
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), known: HashMap::new(), read_only: false }
    }

    /// Reads an account's outbox. Never fails: what cannot be read is a notice, and empty.
    pub(crate) fn load(&mut self, account: &AccountId, now: Timestamp) -> (Outbox, Vec<Notice>) {
        let found = Document::<Outbox>::load(&self.path(account), false, now);
        let mut notices: Vec<Notice> = found.notice.into_iter().collect();
        self.known.insert(account.clone(), (found.raw, found.read_only));
        if found.rewrite
            && !self.read_only
            && let Err(error) = self.save(account, &found.value)
        {
            notices.push(Notice::CannotSave {
                path: self.path(account).display().to_string(),
                reason: error.to_string(),
            });
        }
        (found.value, notices)
    }

    /// Writes an account's outbox, on disk when this returns.
    pub(crate) fn save(&self, account: &AccountId, outbox: &Outbox) -> io::Result<()> {
        let path = self.path(account);
        let raw = self.known.get(account).map_or(&Value::Null, |(raw, _)| raw);
        let content = document::compose(outbox, raw);
        atomic::write(&path, &content, false, |_| Ok(()))
    }

    /// Another process writes; this one only reads.
    pub(crate) fn make_read_only(&mut self) {
        self.read_only = true;
    }

    /// The account's file must not be written, and the person knows why.
    pub(crate) fn is_read_only(&self, account: &AccountId) -> bool {
        self.read_only || self.known.get(account).is_some_and(|(_, read_only)| *read_only)
    }

    /// Removes what interrupted writes of this account's file left behind.
    pub(crate) fn sweep(&self, account: &AccountId) {
        atomic::sweep(&self.path(account));
    }

    /// An account's file.
    pub(crate) fn path(&self, account: &AccountId) -> PathBuf {
        self.folder.join(file_name(account))
    }
}

/// `outbox-api.pachca.com-12.json`: different accounts have different names, on every file system.
fn file_name(account: &AccountId) -> String {
    let origin = account.origin.strip_prefix("https://").unwrap_or(&account.origin);
    let mut name = String::from("outbox-");
    for byte in origin.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' => name.push(char::from(byte)),
            other => {
                let _ = write!(name, "_{other:02x}");
            }
        }
    }
    let _ = write!(name, "-{}.json", account.user_id);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_never_share_a_file() {
        let names: Vec<String> = [
            ("https://api.pachca.com", 12),
            ("https://api.pachca.com", 13),
            ("https://api.pachca.com:8443", 12),
            ("http://api.pachca.com", 12),
            ("https://API.pachca.com/../../x", 12),
        ]
        .into_iter()
        .map(|(origin, user_id)| file_name(&AccountId { origin: origin.to_owned(), user_id }))
        .collect();
        insta::assert_debug_snapshot!(names, @r#"
        [
            "outbox-api.pachca.com-12.json",
            "outbox-api.pachca.com-13.json",
            "outbox-api.pachca.com_3a8443-12.json",
            "outbox-http_3a_2f_2fapi.pachca.com-12.json",
            "outbox-_41_50_49.pachca.com_2f.._2f.._2fx-12.json",
        ]
        "#);
        let mut unique = names.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), names.len());
    }
}

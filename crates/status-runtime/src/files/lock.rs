//! One writer at a time: the lock that says so even where there is no session bus.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
    thread,
    time::Duration,
};

use super::atomic;

/// An instance that is just ending gets this long to let go: an upgrade starts the new one at once.
const PATIENCE: Duration = Duration::from_millis(500);
const STEP: Duration = Duration::from_millis(25);

/// Held while this process may write. The system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock in `folder`. `Err` holds what the system says when another process has it.
    ///
    /// `Ok(None)`: the folder cannot be written at all, so there is nothing to protect and the writes will say why.
    pub(crate) fn take(folder: &Path) -> Result<Option<Self>, String> {
        let path = folder.join("writer.lock");
        let opened = atomic::make_private_folder(folder)
            .and_then(|()| OpenOptions::new().create(true).truncate(false).write(true).open(&path));
        let Ok(file) = opened else { return Ok(None) };
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Self { _file: file })),
                Err(TryLockError::WouldBlock) if waited < PATIENCE => {
                    thread::sleep(STEP);
                    waited += STEP;
                }
                Err(TryLockError::WouldBlock) => {
                    return Err("another running copy has the file".to_owned());
                }
                // A file system without locks: single use is all that can be hoped for there.
                Err(TryLockError::Error(_)) => return Ok(None),
            }
        }
    }
}

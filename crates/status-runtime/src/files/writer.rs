//! The one thread that writes: in order, off the async threads, because `fsync` takes as long as the disk likes.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use jiff::Timestamp;
use status_core::{AccountId, Notice, Outbox, SavedSettings};
use tokio::sync::oneshot;

use super::{Lock, OutboxFolder, SettingsFile};

/// What could not be written is tried again after this long: somebody may have made room on the disk.
const TRY_AGAIN: Duration = Duration::from_secs(30);

/// What became of a write.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Written {
    /// The outbox with the intent of this id is on disk, or is not.
    Outbox { account: AccountId, id: u64, saved: bool },
    /// Files cannot be written.
    Failing(Notice),
    /// They can again.
    Mended(Notice),
}

/// Called when everything asked for before was written, or tried.
type Done = Box<dyn FnOnce() + Send>;
type Load = (AccountId, oneshot::Sender<(Outbox, Vec<Notice>)>);

#[allow(
    clippy::large_enum_variant,
    reason = "nearly every job is an outbox: a box would only add an allocation"
)]
enum Job {
    Settings(Box<SavedSettings>),
    Outbox(AccountId, Outbox),
    Load(AccountId, oneshot::Sender<(Outbox, Vec<Notice>)>),
    Flush(Done),
}

/// The way to the writing thread. It ends, with everything written, when this is dropped.
#[derive(Debug)]
pub(crate) struct Writer {
    jobs: Sender<Job>,
}

impl Writer {
    /// Starts the thread. `report` is called on it.
    pub(crate) fn start(
        settings: SettingsFile,
        outboxes: OutboxFolder,
        lock: Option<Lock>,
        report: impl Fn(Written) + Send + 'static,
    ) -> Self {
        let (jobs, inbox) = mpsc::channel();
        let thread = WriterThread {
            settings,
            outboxes,
            _lock: lock,
            report: Box::new(report),
            failing: HashMap::new(),
            unsaved: Batch::default(),
        };
        // When no thread can be had the channel is closed, and `outbox` says so.
        let _ = thread::Builder::new().name("writer".to_owned()).spawn(move || thread.run(&inbox));
        Self { jobs }
    }

    /// Writes the settings some time soon.
    pub(crate) fn settings(&self, settings: Box<SavedSettings>) {
        let _ = self.jobs.send(Job::Settings(settings));
    }

    /// Writes an outbox at once; reports when it is on disk. `false`: there is no writer any more.
    pub(crate) fn outbox(&self, account: AccountId, outbox: Outbox) -> bool {
        self.jobs.send(Job::Outbox(account, outbox)).is_ok()
    }

    /// Reads an account's outbox, after everything that was to be written before.
    pub(crate) async fn load_outbox(&self, account: AccountId) -> (Outbox, Vec<Notice>) {
        let (answer, outbox) = oneshot::channel();
        let _ = self.jobs.send(Job::Load(account, answer));
        outbox.await.unwrap_or_default()
    }

    /// The same as [`Self::flush`], for a task, however long it takes.
    pub(crate) async fn flushed(&self) {
        let (done, wait) = oneshot::channel();
        if self
            .jobs
            .send(Job::Flush(Box::new(move || {
                let _ = done.send(());
            })))
            .is_ok()
        {
            let _ = wait.await;
        }
    }

    /// Waits until everything asked for so far was written, or tried.
    pub(crate) fn flush(&self, at_most: Duration) -> bool {
        let (done, wait) = mpsc::channel();
        let done = Box::new(move || {
            let _ = done.send(());
        });
        self.jobs.send(Job::Flush(done)).is_ok() && wait.recv_timeout(at_most).is_ok()
    }
}

/// The newest wish for each file; older ones are not worth a write.
#[derive(Default)]
struct Batch {
    settings: Option<Box<SavedSettings>>,
    outboxes: HashMap<AccountId, Outbox>,
}

impl Batch {
    fn is_empty(&self) -> bool {
        self.settings.is_none() && self.outboxes.is_empty()
    }
}

struct WriterThread {
    settings: SettingsFile,
    outboxes: OutboxFolder,
    _lock: Option<Lock>,
    report: Box<dyn Fn(Written) + Send>,
    failing: HashMap<PathBuf, Notice>,
    unsaved: Batch,
}

impl WriterThread {
    fn run(mut self, inbox: &Receiver<Job>) {
        loop {
            let first = if self.unsaved.is_empty() {
                inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                inbox.recv_timeout(TRY_AGAIN)
            };
            let mut waiting = Vec::new();
            let mut loads = Vec::new();
            match first {
                Ok(job) => self.take(job, &mut waiting, &mut loads),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            for job in inbox.try_iter() {
                self.take(job, &mut waiting, &mut loads);
            }
            self.write();
            for (account, answer) in loads {
                // What could not be written is newer than what is on disk.
                let unsaved = self.unsaved.outboxes.get(&account).cloned();
                let loaded = match unsaved {
                    Some(outbox) => (outbox, Vec::new()),
                    None => self.outboxes.load(&account, Timestamp::now()),
                };
                let _ = answer.send(loaded);
            }
            for done in waiting {
                done();
            }
        }
    }

    fn take(&mut self, job: Job, waiting: &mut Vec<Done>, loads: &mut Vec<Load>) {
        match job {
            Job::Settings(settings) => self.unsaved.settings = Some(settings),
            Job::Outbox(account, outbox) => {
                self.unsaved.outboxes.insert(account, outbox);
            }
            Job::Load(account, answer) => loads.push((account, answer)),
            Job::Flush(done) => waiting.push(done),
        }
    }

    fn write(&mut self) {
        let batch = std::mem::take(&mut self.unsaved);
        // What was clicked comes before what was chosen in the preferences.
        for (account, outbox) in batch.outboxes {
            let id = outbox.intent.as_ref().map_or(outbox.last_id, |intent| intent.id);
            if self.outboxes.is_read_only(&account) {
                (self.report)(Written::Outbox { account, id, saved: false });
                continue;
            }
            let outcome = self.outboxes.save(&account, &outbox);
            let path = self.outboxes.path(&account);
            let saved = outcome.is_ok();
            (self.report)(Written::Outbox { account: account.clone(), id, saved });
            if !self.noted(&path, outcome) {
                self.unsaved.outboxes.insert(account, outbox);
            }
        }
        if let Some(settings) = batch.settings
            && !self.settings.is_read_only()
        {
            let outcome = self.settings.save(&settings);
            let path = self.settings.path().to_owned();
            if !self.noted(&path, outcome) {
                self.unsaved.settings = Some(settings);
            }
        }
    }

    /// Tells the person when a file begins or ceases to fail; says whether there is nothing left to try.
    fn noted(&mut self, path: &Path, outcome: io::Result<()>) -> bool {
        match outcome {
            Ok(()) => {
                if let Some(notice) = self.failing.remove(path) {
                    (self.report)(Written::Mended(notice));
                }
                true
            }
            Err(error) => {
                if !self.failing.contains_key(path) {
                    let notice = Notice::CannotSave {
                        path: path.display().to_string(),
                        reason: error.to_string(),
                    };
                    self.failing.insert(path.to_owned(), notice.clone());
                    (self.report)(Written::Failing(notice));
                }
                false
            }
        }
    }
}

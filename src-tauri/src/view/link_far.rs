//! Linux: the app is another process, at the other end of a socket.

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::Value;
use status_runtime::ErrorCode;
use tokio::sync::{mpsc::UnboundedSender, oneshot};

use crate::{
    ask::{Answer, refusal},
    desktop::lock,
    window::Size,
    wire::{BODY_MAX, Message, Report},
};

/// The way to the app.
pub(crate) struct Link {
    /// Nothing once the last word is said.
    reports: Mutex<Option<UnboundedSender<Message<Report>>>>,
    waiting: Mutex<HashMap<u64, oneshot::Sender<Answer>>>,
    last: AtomicU64,
}

impl Link {
    pub(super) fn new(reports: UnboundedSender<Message<Report>>) -> Self {
        Self {
            reports: Mutex::new(Some(reports)),
            waiting: Mutex::default(),
            last: AtomicU64::new(0),
        }
    }

    /// Asks the app for something. It has been asked when this returns; the answer comes later.
    pub(super) fn ask(
        &self,
        command: &str,
        arguments: Value,
        body: Vec<u8>,
    ) -> impl Future<Output = Answer> + Send + use<> {
        let (answer, answered) = oneshot::channel();
        if body.len() > BODY_MAX as usize {
            let _ = answer.send(Err(refusal(&ErrorCode::PictureTooLarge.into())));
        } else {
            let number = self.last.fetch_add(1, Ordering::Relaxed);
            lock(&self.waiting).insert(number, answer);
            self.say((Report::Ask { number, command: command.to_owned(), arguments }, body));
        }
        async move {
            // Nobody answers any more: the app has ended, and this program is about to.
            answered.await.unwrap_or_else(|_| Err(refusal(&ErrorCode::Ending.into())))
        }
    }

    /// The app has answered.
    pub(super) fn answered(&self, number: u64, answer: Answer) {
        if let Some(waiting) = lock(&self.waiting).remove(&number) {
            // Whoever asked may have gone with its page.
            let _ = waiting.send(answer);
        }
    }

    /// The person wants to close the window.
    pub(super) fn closing(&self) {
        self.say((Report::Closing, Vec::new()));
    }

    /// The window is off the screen: the last word.
    pub(super) fn left(&self, size: Option<Size>) {
        self.say((Report::Left(size), Vec::new()));
        *lock(&self.reports) = None;
    }

    /// Names the versions of what is loaded here.
    pub(super) fn parts(&self, parts: Vec<(String, String)>) {
        self.say((Report::Parts(parts), Vec::new()));
    }

    /// Nothing is to be written by this program.
    #[cfg(feature = "updates")]
    #[expect(clippy::unused_self, reason = "as elsewhere")]
    pub(super) fn flush(&self) {}

    /// A newer version has taken the place of this one: the app starts it.
    #[cfg(feature = "updates")]
    pub(super) fn replaced(&self) {
        self.say((Report::Replaced, Vec::new()));
    }

    fn say(&self, message: Message<Report>) {
        if let Some(reports) = &*lock(&self.reports) {
            // The app has ended: so will this program, in a moment.
            let _ = reports.send(message);
        }
    }
}

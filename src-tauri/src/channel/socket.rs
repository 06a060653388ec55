//! Linux: the app is another process, at the other end of a socket.

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::Value;
use status_app::{
    ipc::{
        protocol::{FromWindow, Message, Size, WINDOW},
        request::{Reply, refusal},
    },
    sync::lock,
};
use status_runtime::ErrorCode;
use tokio::sync::{mpsc::UnboundedSender, oneshot};

/// The way to the app.
pub(crate) struct Channel {
    /// Nothing once the last word is said.
    messages: Mutex<Option<UnboundedSender<Message<FromWindow>>>>,
    waiting: Mutex<HashMap<u64, oneshot::Sender<Reply>>>,
    last: AtomicU64,
}

impl Channel {
    pub(crate) fn new(messages: UnboundedSender<Message<FromWindow>>) -> Self {
        Self {
            messages: Mutex::new(Some(messages)),
            waiting: Mutex::default(),
            last: AtomicU64::new(0),
        }
    }

    /// Asks the app for something. It has been asked when this returns; the reply comes later.
    pub(crate) fn request(
        &self,
        command: &str,
        arguments: Value,
        body: Vec<u8>,
    ) -> impl Future<Output = Reply> + Send + use<> {
        let (reply, replied) = oneshot::channel();
        if body.len() > WINDOW.body as usize {
            let _ = reply.send(Err(refusal(&ErrorCode::PictureTooLarge.into())));
        } else {
            let number = self.last.fetch_add(1, Ordering::Relaxed);
            lock(&self.waiting).insert(number, reply);
            self.say((
                FromWindow::Request { number, command: command.to_owned(), arguments },
                body,
            ));
        }
        async move {
            // Nobody replies any more: the app has ended, and this program is about to.
            replied.await.unwrap_or_else(|_| Err(refusal(&ErrorCode::Ending.into())))
        }
    }

    /// The app has replied.
    pub(crate) fn replied(&self, number: u64, reply: Reply) {
        if let Some(waiting) = lock(&self.waiting).remove(&number) {
            // Whoever asked may have gone with its page.
            let _ = waiting.send(reply);
        }
    }

    /// The person wants to close the window.
    pub(crate) fn closing(&self) {
        self.say((FromWindow::CloseRequested, Vec::new()));
    }

    /// The window is off the screen: the last word.
    pub(crate) fn closed(&self, size: Option<Size>) {
        self.say((FromWindow::Closed(size), Vec::new()));
        *lock(&self.messages) = None;
    }

    /// The window is on the screen; names the versions of what is loaded here.
    pub(crate) fn shown(&self, versions: Vec<(String, String)>) {
        self.say((FromWindow::Shown { versions }, Vec::new()));
    }

    /// Nothing is to be written by this program.
    #[cfg(feature = "updates")]
    #[expect(clippy::unused_self, reason = "as elsewhere")]
    pub(crate) fn flush(&self) {}

    /// A newer version has taken the place of this one: the app starts it.
    #[cfg(feature = "updates")]
    pub(crate) fn replaced(&self) {
        self.say((FromWindow::Replaced, Vec::new()));
    }

    fn say(&self, message: Message<FromWindow>) {
        if let Some(messages) = &*lock(&self.messages) {
            // The app has ended: so will this program, in a moment.
            let _ = messages.send(message);
        }
    }
}

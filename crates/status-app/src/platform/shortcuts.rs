//! Global shortcuts: one opens the window, one clears the status.

#[cfg(not(target_os = "linux"))]
use std::sync::Arc;
#[cfg(target_os = "linux")]
use std::sync::Mutex;
use std::sync::OnceLock;

use global_hotkey::{GlobalHotKeyEvent, GlobalHotKeyManager, HotKeyState, hotkey::HotKey};
use status_core::Command;

#[cfg(not(target_os = "linux"))]
use crate::toolkit::Toolkit;
use crate::{
    event::{Events, ShellEvent},
    sync::Shared,
};

/// The shortcuts that are taken now, as the key press tells them.
pub(crate) struct Shortcuts {
    meaning: Shared<Meaning>,
    listening: OnceLock<()>,
    events: Events,
    #[cfg(not(target_os = "linux"))]
    toolkit: Arc<dyn Toolkit>,
}

/// The shortcut that was not given to us.
type Refused = Option<HotKey>;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Meaning {
    open: Option<HotKey>,
    clear: Option<HotKey>,
}

impl Shortcuts {
    pub(crate) fn new(
        events: Events,
        #[cfg(not(target_os = "linux"))] toolkit: Arc<dyn Toolkit>,
    ) -> Self {
        Self {
            meaning: Shared::default(),
            listening: OnceLock::new(),
            events,
            #[cfg(not(target_os = "linux"))]
            toolkit,
        }
    }

    /// Takes these shortcuts instead of the present ones. When one of them is refused the present ones stay.
    /// The error is the refused shortcut. May wait for the main thread: not to be called there.
    pub(crate) fn set(&self, open: Option<&str>, clear: Option<&str>) -> Result<(), String> {
        let wanted = Meaning { open: parsed(open)?, clear: parsed(clear)? };
        if let (Some(clear), true) = (clear, wanted.open == wanted.clear) {
            return Err(clear.to_owned());
        }
        let present = self.meaning.get();
        if wanted == present {
            return Ok(());
        }
        if let (false, Some(refused)) = (are_available(), open.or(clear)) {
            return Err(refused.to_owned());
        }
        self.listen();
        if let Err(refused) =
            self.on_their_thread(move |manager| exchange(manager, present, wanted))
        {
            let refused = if refused == wanted.open { open } else { clear };
            return Err(refused.unwrap_or_default().to_owned());
        }
        self.meaning.set(wanted);
        Ok(())
    }

    /// Listens to key presses from the first shortcut on.
    fn listen(&self) {
        self.listening.get_or_init(|| {
            let (events, meaning) = (self.events.clone(), self.meaning.clone());
            GlobalHotKeyEvent::set_event_handler(Some(move |event: GlobalHotKeyEvent| {
                if event.state == HotKeyState::Pressed
                    && let Some(event) = meaning.get().pressed(event.id)
                {
                    events.send(event);
                }
            }));
        });
    }

    /// X11's own thread belongs to the manager; any thread may talk to it.
    #[cfg(target_os = "linux")]
    #[expect(clippy::unused_self, reason = "elsewhere the toolkit knows the thread")]
    fn on_their_thread(
        &self,
        work: impl FnOnce(&mut Option<GlobalHotKeyManager>) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        static MANAGER: Mutex<Option<GlobalHotKeyManager>> = Mutex::new(None);
        work(&mut crate::sync::lock(&MANAGER))
    }

    /// The manager hears the keys on the thread it was made on, which has to be the one with the event loop.
    #[cfg(not(target_os = "linux"))]
    fn on_their_thread(
        &self,
        work: impl FnOnce(&mut Option<GlobalHotKeyManager>) -> Result<(), Refused> + Send + 'static,
    ) -> Result<(), Refused> {
        use std::{cell::RefCell, sync::mpsc, time::Duration};

        thread_local! {
            static MANAGER: RefCell<Option<GlobalHotKeyManager>> = const { RefCell::new(None) };
        }
        let (answer, done) = mpsc::channel();
        let task = Box::new(move || {
            // Nobody waits any more only when the app ends.
            let _ = answer.send(MANAGER.with_borrow_mut(work));
        });
        self.toolkit.on_main_thread(task).map_err(|_| None)?;
        done.recv_timeout(Duration::from_secs(5)).map_err(|_| None)?
    }
}

fn parsed(shortcut: Option<&str>) -> Result<Option<HotKey>, String> {
    shortcut.map(|shortcut| shortcut.parse().map_err(|_| shortcut.to_owned())).transpose()
}

/// Gives up the present shortcuts for the wanted ones, or changes nothing and names the refused one.
/// Nothing is kept while none is wanted: on X11 listening means waking up twenty times a second.
fn exchange(
    manager: &mut Option<GlobalHotKeyManager>,
    present: Meaning,
    wanted: Meaning,
) -> Result<(), Refused> {
    if wanted == Meaning::default() {
        if let Some(manager) = manager.take() {
            release(&manager, present);
        }
        return Ok(());
    }
    let manager = match manager {
        Some(manager) => manager,
        None => manager.insert(GlobalHotKeyManager::new().map_err(|_| wanted.keys().next())?),
    };
    release(manager, present);
    for (place, key) in wanted.keys().enumerate() {
        if manager.register(key).is_err() {
            for taken in wanted.keys().take(place) {
                let _ = manager.unregister(taken);
            }
            for before in present.keys() {
                let _ = manager.register(before);
            }
            return Err(Some(key));
        }
    }
    Ok(())
}

fn release(manager: &GlobalHotKeyManager, meaning: Meaning) {
    for key in meaning.keys() {
        // Taken by us a moment ago; if the system thinks otherwise there is nothing to give up.
        let _ = manager.unregister(key);
    }
}

impl Meaning {
    fn keys(self) -> impl Iterator<Item = HotKey> {
        [self.open, self.clear].into_iter().flatten()
    }

    /// What the key of this number stands for.
    fn pressed(self, id: u32) -> Option<ShellEvent> {
        let is = |key: Option<HotKey>| key.is_some_and(|key| key.id() == id);
        if is(self.open) {
            Some(ShellEvent::OpenWindow(None))
        } else {
            is(self.clear).then_some(ShellEvent::Do(Command::ClearStatus))
        }
    }
}

/// X11 only: Wayland has no way to take a key that Tauri's crates speak.
#[cfg(target_os = "linux")]
pub(crate) fn are_available() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    set("DISPLAY") && !set("WAYLAND_DISPLAY")
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn are_available() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_malformed_shortcut_is_named() {
        assert_eq!(parsed(Some("Ctrl+")), Err("Ctrl+".to_owned()));
        assert_eq!(parsed(Some("нет")), Err("нет".to_owned()));
        assert_eq!(parsed(None), Ok(None));
        assert!(parsed(Some("CmdOrCtrl+Shift+S")).unwrap().is_some());
    }
}

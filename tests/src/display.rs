//! A screen that nobody looks at: Xvfb, openbox, and what is to be seen on them.

use std::{
    collections::BTreeSet,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    thread::JoinHandle,
};

use anyhow::{Context as _, Result, bail};
use tokio::sync::watch;
use x11rb::{
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{
            AtomEnum, ChangeWindowAttributesAux, ClientMessageEvent, ConnectionExt as _,
            CreateWindowAux, EventMask, GrabMode, ImageFormat, ModMask, Window,
        },
    },
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

use crate::{
    process::{Process, command},
    until, within,
};

x11rb::atom_manager! {
    Atoms: AtomsCookie {
        _NET_ACTIVE_WINDOW,
        _NET_CLIENT_LIST,
        _NET_CLOSE_WINDOW,
        _NET_WM_NAME,
        UTF8_STRING,
        HARNESS_STOP,
    }
}

/// A window with a frame: what a person calls a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopWindow {
    /// X's number for it.
    pub id: u32,
    pub title: String,
    /// The keyboard writes into it.
    pub active: bool,
}

#[derive(Debug)]
pub struct Display {
    name: String,
    windows: watch::Sender<Vec<TopWindow>>,
    connection: Arc<RustConnection>,
    atoms: Atoms,
    /// A window of ours: the way to tell the watching thread to end.
    mailbox: Window,
    watching: Option<JoinHandle<()>>,
    _window_manager: Process,
    server: Process,
}

impl Display {
    pub(crate) fn start(logs: &Path, prepare: impl Fn(&mut Command)) -> Result<Self> {
        let mut server = command("Xvfb");
        prepare(&mut server);
        // It finds a free number by itself and tells it when it can be used.
        server.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x900x24",
            "-nolisten",
            "tcp",
            "-noreset",
            "-ac",
        ]);
        let mut server = Process::start("Xvfb", &mut server, &logs.join("xvfb.log"))?;
        let name = format!(":{}", server.first_line()?);

        let mut window_manager = command("openbox");
        prepare(&mut window_manager);
        window_manager.env("DISPLAY", &name).args(["--startup", "echo ready"]).stdin(Stdio::null());
        let mut window_manager =
            Process::start("openbox", &mut window_manager, &logs.join("openbox.log"))?;
        window_manager.first_line()?;

        let (connection, screen) = RustConnection::connect(Some(&name))?;
        let connection = Arc::new(connection);
        let root = connection.setup().roots[screen].root;
        let atoms = Atoms::new(&connection)?.reply()?;
        let mailbox = connection.generate_id()?;
        connection.create_window(
            0,
            mailbox,
            root,
            0,
            0,
            1,
            1,
            0,
            x11rb::protocol::xproto::WindowClass::INPUT_ONLY,
            0,
            &CreateWindowAux::new(),
        )?;
        let changes = ChangeWindowAttributesAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        connection.change_window_attributes(root, &changes)?.check()?;
        let windows = watch::Sender::new(list(&connection, root, &atoms)?);
        let watching = std::thread::spawn({
            let (connection, windows) = (Arc::clone(&connection), windows.clone());
            move || watch_windows(&connection, root, &atoms, &windows)
        });
        Ok(Self {
            name,
            windows,
            connection,
            atoms,
            mailbox,
            watching: Some(watching),
            _window_manager: window_manager,
            server,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its number: no other display on this machine has it at the same time.
    pub(crate) fn number(&self) -> u16 {
        self.name[1..].parse().unwrap_or_default()
    }

    pub(crate) fn server(&self) -> u32 {
        self.server.pid()
    }

    /// The windows there are now.
    pub fn windows(&self) -> Vec<TopWindow> {
        self.windows.borrow().clone()
    }

    /// Waits until the windows are as `accept` wants them.
    pub async fn wait_for(
        &self,
        what: &str,
        mut accept: impl FnMut(&[TopWindow]) -> bool,
    ) -> Result<Vec<TopWindow>> {
        until(what, &self.windows, |windows| accept(windows)).await
    }

    /// Waits until the app shows its window, and nobody else one.
    pub async fn window(&self) -> Result<TopWindow> {
        Ok(self.wait_for("the window", |windows| windows.len() == 1).await?.remove(0))
    }

    /// Waits until nobody shows a window.
    pub async fn no_window(&self) -> Result<()> {
        self.wait_for("no window", <[_]>::is_empty).await.map(drop)
    }

    /// Waits until there is more to be seen in the window than one colour.
    pub async fn drawn(&self, window: &TopWindow) -> Result<()> {
        within("the page is drawn", async {
            while !self.is_drawn(window)? {
                tokio::task::yield_now().await;
            }
            anyhow::Ok(())
        })
        .await
    }

    fn is_drawn(&self, window: &TopWindow) -> Result<bool> {
        let line = self.line(window)?;
        let mut pixels = line.chunks_exact(4);
        let first = pixels.next();
        Ok(pixels.any(|pixel| Some(pixel) != first))
    }

    /// Whether what is drawn in the window is dark for the most part.
    ///
    /// # Errors
    /// The screen cannot be read.
    pub fn is_dark(&self, window: &TopWindow) -> Result<bool> {
        let line = self.line(window)?;
        let light = line.chunks_exact(4).filter(|pixel| pixel[1] > 0x7f).count();
        Ok(light * 8 < line.len())
    }

    /// One line across the window, four bytes a pixel with green at 1: asking for it often costs the screen nothing. Where
    /// another window covers it, that is what is seen; empty while the window is not on the screen yet.
    fn line(&self, window: &TopWindow) -> Result<Vec<u8>> {
        let size = self.connection.get_geometry(window.id)?.reply()?;
        let top = i16::try_from(size.height / 4)?;
        let format = ImageFormat::Z_PIXMAP;
        let picture =
            self.connection.get_image(format, window.id, 0, top, size.width, 1, !0)?.reply();
        Ok(picture.map(|picture| picture.data).unwrap_or_default())
    }

    /// Clicks the closing button of the window's frame.
    pub fn close(&self, window: &TopWindow) -> Result<()> {
        let root = self.connection.setup().roots[0].root;
        let wish =
            ClientMessageEvent::new(32, window.id, self.atoms._NET_CLOSE_WINDOW, [0, 2, 0, 0, 0]);
        let mask = EventMask::SUBSTRUCTURE_NOTIFY | EventMask::SUBSTRUCTURE_REDIRECT;
        self.connection.send_event(false, root, mask, wish)?;
        self.connection.flush()?;
        Ok(())
    }

    /// Types a text with the keyboard.
    pub fn type_text(&self, text: &str) -> Result<()> {
        self.put_on_keys(text)?;
        self.xdotool(&["type", "--delay", "10", text])
    }

    /// Gives every letter that no key has a key of its own. `xdotool` would borrow one key for all of them in turn, and
    /// a busy program looks up what a key means only after it has been returned.
    fn put_on_keys(&self, text: &str) -> Result<()> {
        let setup = self.connection.setup();
        let (first, count) = (setup.min_keycode, setup.max_keycode - setup.min_keycode + 1);
        let keys = self.connection.get_keyboard_mapping(first, count)?.reply()?;
        let width = usize::from(keys.keysyms_per_keycode);
        let mut free = (first..)
            .zip(keys.keysyms.chunks(width))
            .filter(|(_, meanings)| meanings.iter().all(|it| *it == 0));
        let letters = text.chars().filter(|letter| !letter.is_ascii()).collect::<BTreeSet<_>>();
        for letter in letters {
            // Keysyms of letters outside Latin-1 are their code points with this mark.
            let meaning = 0x0100_0000 | u32::from(letter);
            if keys.keysyms.contains(&meaning) {
                continue;
            }
            let (key, _) = free.next().with_context(|| format!("no key is left for {letter}"))?;
            self.connection.change_keyboard_mapping(1, key, 1, &[meaning])?.check()?;
        }
        Ok(())
    }

    /// Another program has Ctrl+Alt and this letter as its global shortcut.
    pub fn take_shortcut(&self, letter: char) -> Result<()> {
        let setup = self.connection.setup();
        let (first, count) = (setup.min_keycode, setup.max_keycode - setup.min_keycode + 1);
        let keys = self.connection.get_keyboard_mapping(first, count)?.reply()?;
        let width = usize::from(keys.keysyms_per_keycode);
        let means = |meanings: &[u32]| meanings.contains(&u32::from(letter));
        let key = (first..).zip(keys.keysyms.chunks(width)).find(|(_, meanings)| means(meanings));
        let (key, _) = key.with_context(|| format!("no key is {letter}"))?;
        let (root, both) = (setup.roots[0].root, ModMask::CONTROL | ModMask::M1);
        let mode = GrabMode::ASYNC;
        self.connection.grab_key(true, root, both, key, mode, mode)?.check()?;
        Ok(())
    }

    /// Uses the keyboard: `xdotool` with these arguments.
    pub fn xdotool(&self, arguments: &[&str]) -> Result<()> {
        let status = Command::new("xdotool")
            .args(arguments)
            .env("DISPLAY", &self.name)
            .env("LC_ALL", "C.UTF-8")
            .status()?;
        if !status.success() {
            bail!("xdotool {arguments:?}: {status}");
        }
        Ok(())
    }

    /// A picture of the whole screen.
    pub fn screenshot(&self, file: &Path) -> Result<()> {
        self.photograph("root", file)
    }

    /// Takes a picture of what is inside the frame of a window.
    ///
    /// # Errors
    /// The window is gone, or the picture cannot be written.
    pub fn screenshot_of(&self, window: &TopWindow, file: &Path) -> Result<()> {
        self.photograph(&window.id.to_string(), file)
    }

    fn photograph(&self, what: &str, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let status = Command::new("import")
            .args(["-display", &self.name, "-window", what])
            .arg(file)
            .status()
            .context("`import` of imagemagick cannot be started")?;
        if !status.success() {
            bail!("the screen could not be photographed: {status}");
        }
        Ok(())
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let stop = ClientMessageEvent::new(32, self.mailbox, self.atoms.HARNESS_STOP, [0; 5]);
        let sent =
            self.connection.send_event(false, self.mailbox, EventMask::NO_EVENT, stop).is_ok();
        if let (true, Some(watching)) =
            (sent && self.connection.flush().is_ok(), self.watching.take())
        {
            let _ = watching.join();
        }
        // Ended at once, it would leave its socket and lock behind.
        self.server.end();
    }
}

/// Runs until the display ends or the test does.
fn watch_windows(
    connection: &RustConnection,
    root: Window,
    atoms: &Atoms,
    windows: &watch::Sender<Vec<TopWindow>>,
) {
    while let Ok(event) = connection.wait_for_event() {
        match event {
            Event::ClientMessage(message) if message.type_ == atoms.HARNESS_STOP => return,
            // The list of windows, the active one, or a title.
            Event::PropertyNotify(change)
                if [atoms._NET_ACTIVE_WINDOW, atoms._NET_CLIENT_LIST, atoms._NET_WM_NAME]
                    .contains(&change.atom) =>
            {
                if let Ok(list) = list(connection, root, atoms) {
                    windows.send_replace(list);
                }
            }
            _ => {}
        }
    }
}

fn list(connection: &RustConnection, root: Window, atoms: &Atoms) -> Result<Vec<TopWindow>> {
    let reply = connection
        .get_property(false, root, atoms._NET_CLIENT_LIST, AtomEnum::WINDOW, 0, 1024)?
        .reply()?;
    let ids = reply.value32().map(Iterator::collect::<Vec<_>>).unwrap_or_default();
    let active = connection
        .get_property(false, root, atoms._NET_ACTIVE_WINDOW, AtomEnum::WINDOW, 0, 1)?
        .reply()?;
    let active = active.value32().and_then(|mut ids| ids.next());
    let mut windows = Vec::new();
    for id in ids {
        // A window may be gone again by now.
        let follow = ChangeWindowAttributesAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        let _ = connection.change_window_attributes(id, &follow)?.check();
        let Ok(title) = connection
            .get_property(false, id, atoms._NET_WM_NAME, atoms.UTF8_STRING, 0, 1024)?
            .reply()
        else {
            continue;
        };
        let title = String::from_utf8_lossy(&title.value).into_owned();
        windows.push(TopWindow { id, title, active: active == Some(id) });
    }
    connection.sync()?;
    Ok(windows)
}

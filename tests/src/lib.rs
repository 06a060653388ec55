//! A desktop of its own for every test: display, window manager, session bus, keyring, tray host, notification
//! server and a Pachca workspace to talk to, with the real program in the middle.
//!
//! [`on_a_desktop`] builds one, runs a test on it and takes it down again; what a failing test leaves behind is a
//! dump of everything a person would have seen, and a screenshot in `target/e2e`.

mod app;
mod bus;
mod compositor;
mod cost;
mod desktop;
mod display;
mod flatpak;
mod keyring;
mod leaks;
mod memory;
mod menu;
mod notifications;
mod ordinary;
mod process;
mod releases;
mod system;
mod traffic;
mod tray;
mod vouched;
mod wait;
mod window;

pub use app::{App, Launch, Server, WINDOW_PROCESS, WINDOW_PROGRAM, install, program};
pub use compositor::{Compositor, WaylandWindow};
pub use cost::{Cost, Wakeups, mib};
pub use desktop::{Desktop, Setup, TOKEN, on_a_desktop};
pub use display::{Display, TopWindow};
pub use flatpak::{Background, FLATPAK, Flatpak, Portal};
pub use keyring::{Keyring, KeyringKind, Secret};
pub use leaks::files_holding;
pub use memory::{debugger_says, memory_holds};
pub use menu::{Menu, MenuNode};
pub use notifications::{Note, Notifications};
pub use ordinary::as_an_ordinary_person;
pub use process::Process;
pub use releases::{Offer, Releases};
pub use system::System;
pub use traffic::Traffic;
pub use tray::{Icon, PanelItem, TrayHost};
pub use vouched::Vouched;
pub use wait::{PATIENCE, until, within};
pub use window::Window;

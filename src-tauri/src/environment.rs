//! What the environment says, and what is written into it for the libraries below.

#[cfg(target_os = "linux")]
use std::{process::Command, sync::OnceLock};

/// The access token for this run.
const TOKEN: &str = "PACHCA_TOKEN";

/// A variable, if there is something in it.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The token for this run, if there is one. Linux: taken out of the environment, because the web process, the browser
/// and whatever else is started from here would be given it otherwise.
///
/// Once, before there is a second thread.
pub(crate) fn take_token() -> Option<String> {
    let token = variable(TOKEN);
    #[cfg(target_os = "linux")]
    gtk::glib::unsetenv(TOKEN);
    token
}

/// Everything here is painted by the processor. Left alone, GTK asks the graphics driver at the start what the screen can
/// do, which loads 10 MB of it where no other GTK program has asked before; and WebKit prepares buffers of the graphics
/// card for pages it will not draw there.
#[cfg(target_os = "linux")]
const WITHOUT_GRAPHICS: [(&str, &str); 2] =
    [("GDK_GL", "disable"), ("WEBKIT_DISABLE_DMABUF_RENDERER", "1")];

/// What was written by us.
#[cfg(target_os = "linux")]
static WRITTEN: OnceLock<Vec<&'static str>> = OnceLock::new();

/// Tells GTK and WebKit what they cannot be told in any other way. What the person has set stays.
///
/// Once, before there is a second thread.
#[cfg(target_os = "linux")]
pub(crate) fn settle() {
    let unset = WITHOUT_GRAPHICS.into_iter().filter(|(name, _)| std::env::var_os(name).is_none());
    let written = unset.chain(no_bus()).filter_map(|(name, value)| {
        match gtk::glib::setenv(name, value, true) {
            Ok(()) => Some(name),
            Err(error) => {
                log::info!("{name} stays as it is: {error}");
                None
            }
        }
    });
    let _ = WRITTEN.set(written.collect());
}

/// Takes out of the environment of another program what was meant for this one.
#[cfg(target_os = "linux")]
pub(crate) fn restore(command: &mut Command) {
    for name in WRITTEN.get().into_iter().flatten() {
        command.env_remove(name);
    }
}

/// Says that there is no session bus where there is none. GTK would look for a program called `dbus-launch` to start one,
/// which nobody else in this session would be on.
#[cfg(target_os = "linux")]
fn no_bus() -> Option<(&'static str, &'static str)> {
    const ADDRESS: &str = "DBUS_SESSION_BUS_ADDRESS";
    // Where every library looks when no address is given.
    let usual = variable("XDG_RUNTIME_DIR")
        .is_some_and(|folder| std::path::Path::new(&folder).join("bus").exists());
    (variable(ADDRESS).is_none() && !usual).then_some((ADDRESS, "unix:path=/nonexistent"))
}

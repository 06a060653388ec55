//! What the environment says, and what other programs are told in it.

#[cfg(target_os = "linux")]
use std::process::Command;

/// The access token for this run.
const TOKEN: &str = "PACHCA_TOKEN";

/// A variable, if there is something in it.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The token for this run, if there is one.
pub(crate) fn token() -> Option<String> {
    variable(TOKEN)
}

/// The environment of a program that is started from here: it is not given the token.
#[cfg(target_os = "linux")]
pub(crate) fn for_another(command: &mut Command) {
    command.env_remove(TOKEN);
}

/// Everything in the window is painted by the processor. Left alone, GTK asks the graphics driver at the start what the
/// screen can do, which loads 10 MB of it where no other GTK program has asked before; and WebKit prepares buffers of the
/// graphics card for pages it will not draw there.
#[cfg(target_os = "linux")]
const WITHOUT_GRAPHICS: [(&str, &str); 2] =
    [("GDK_GL", "disable"), ("WEBKIT_DISABLE_DMABUF_RENDERER", "1")];

/// The environment of the window's program: tells GTK and WebKit what they cannot be told in any other way. What the
/// person has set stays.
///
/// `late`: the click that started the app was not for this window, so its pass to the front is not handed on.
#[cfg(target_os = "linux")]
pub(crate) fn for_the_window(command: &mut Command, late: bool) {
    for_another(command);
    if late {
        command.env_remove("DESKTOP_STARTUP_ID").env_remove("XDG_ACTIVATION_TOKEN");
    }
    let unset = WITHOUT_GRAPHICS.into_iter().filter(|(name, _)| std::env::var_os(name).is_none());
    command.envs(unset.chain(no_bus()));
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

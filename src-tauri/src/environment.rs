//! What the environment says.

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

/// Says that there is no session bus where there is none. GTK would look for a program called `dbus-launch` to start one,
/// which nobody else in this session would be on.
///
/// Once, before there is a second thread.
#[cfg(target_os = "linux")]
pub(crate) fn settle_bus() {
    const ADDRESS: &str = "DBUS_SESSION_BUS_ADDRESS";
    const NOWHERE: &str = "unix:path=/nonexistent";
    // Where every library looks when no address is given.
    let usual = variable("XDG_RUNTIME_DIR")
        .is_some_and(|folder| std::path::Path::new(&folder).join("bus").exists());
    if variable(ADDRESS).is_none()
        && !usual
        && let Err(error) = gtk::glib::setenv(ADDRESS, NOWHERE, true)
    {
        log::info!("a bus may be started: {error}");
    }
}

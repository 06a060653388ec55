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

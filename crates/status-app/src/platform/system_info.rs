//! Names and versions for the diagnostics: what somebody who helps asks first.

/// What is known without asking anybody.
pub(crate) fn at_start() -> Vec<(String, String)> {
    vec![
        entry("Pachca Status", env!("CARGO_PKG_VERSION")),
        entry("System", &system()),
        #[cfg(target_os = "linux")]
        entry("Desktop", &desktop()),
    ]
}

fn entry(name: &str, version: &str) -> (String, String) {
    (name.to_owned(), version.to_owned())
}

#[cfg(target_os = "linux")]
fn system() -> String {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = pretty_name(&release).unwrap_or("Linux");
    format!("{name}, {}", std::env::consts::ARCH)
}

#[cfg(not(target_os = "linux"))]
fn system() -> String {
    format!("{}, {}", std::env::consts::OS, std::env::consts::ARCH)
}

/// `PRETTY_NAME` of os-release(5).
#[cfg(target_os = "linux")]
fn pretty_name(release: &str) -> Option<&str> {
    release
        .lines()
        .find_map(|line| line.strip_prefix("PRETTY_NAME="))
        .map(|name| name.trim_matches('"'))
}

#[cfg(target_os = "linux")]
fn desktop() -> String {
    let variable = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
    let desktop = variable("XDG_CURRENT_DESKTOP").unwrap_or_else(|| "-".to_owned());
    let session = if variable("WAYLAND_DISPLAY").is_some() { "Wayland" } else { "X11" };
    format!("{desktop}, {session}")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_system_is_called_by_its_own_name() {
        let release = "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n";
        assert_eq!(pretty_name(release), Some("Debian GNU/Linux 12 (bookworm)"));
        assert_eq!(pretty_name(""), None);
    }
}

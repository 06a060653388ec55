//! What has to be installed, and installing it on Debian and Ubuntu.

use std::{
    io::{IsTerminal as _, stdin},
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
};

use anyhow::{Result, bail};

use crate::cmd::{answers, output, run, spelled};

/// Needed to compile the app: the web view, its icon loader, and a C compiler.
const TO_BUILD: &[&str] =
    &["build-essential", "libwebkit2gtk-4.1-dev", "librsvg2-dev", "libxdo-dev", "pkg-config"];

/// Needed for a desktop that nobody looks at: screen, window manager, a Wayland compositor, session bus, keyring and
/// another program that uses it, fonts, camera, hands, clipboard, driver, the two that make a sandbox as Flatpak does,
/// and a debugger that follows programs.
const FOR_A_DESKTOP: &[&str] = &[
    "bubblewrap",
    "dbus",
    "fonts-dejavu-core",
    "fonts-noto-color-emoji",
    "gnome-keyring",
    "imagemagick",
    "libsecret-tools",
    "openbox",
    "strace",
    "sway",
    "util-linux",
    "webkit2gtk-driver",
    "xclip",
    "xdg-dbus-proxy",
    "xdotool",
    "xvfb",
];

/// Needed to wrap packages and to look them over.
#[cfg(target_os = "linux")]
const TO_PACKAGE: &[&str] = &["appstream", "dpkg-dev", "lintian", "rpm"];

/// Needed to make a clean Debian in a folder.
#[cfg(target_os = "linux")]
const FOR_A_CLEAN_ROOT: &[&str] = &["debootstrap"];

/// Needed to compile for Windows and macOS: a compiler with the sources of its library, and linkers.
#[cfg(target_os = "linux")]
const FOR_OTHERS: &[&str] = &[
    "binutils-mingw-w64-x86-64",
    "cargo-web",
    "g++-mingw-w64-x86-64",
    "gcc-mingw-w64-x86-64",
    "nasm",
    "rust-web-src",
    "rustc-web",
];

#[cfg(target_os = "linux")]
const FOR_WINDOWS_PROGRAMS: &[&str] = &["wine", "wine64"];

/// Oldest Node that the window's build tools run on.
const NODE: (u32, u32) = (20, 19);

pub(crate) fn can_build() -> Result<()> {
    node()?;
    packages(TO_BUILD)
}

pub(crate) fn can_bring_up_a_desktop() -> Result<()> {
    packages(FOR_A_DESKTOP)
}

#[cfg(target_os = "linux")]
pub(crate) fn can_package() -> Result<()> {
    can_build()?;
    packages(TO_PACKAGE)
}

#[cfg(target_os = "linux")]
pub(crate) fn can_test_packages() -> Result<()> {
    can_package()?;
    can_bring_up_a_desktop()?;
    packages(FOR_A_CLEAN_ROOT)
}

#[cfg(target_os = "linux")]
pub(crate) fn can_build_for_others() -> Result<()> {
    node()?;
    packages(FOR_OTHERS)
}

#[cfg(target_os = "linux")]
pub(crate) fn can_run_windows_programs() -> Result<()> {
    packages(FOR_WINDOWS_PROGRAMS)
}

pub(crate) fn can_lint() -> Result<()> {
    for (component, command) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if answers("cargo", &[command, "--version"]) {
            continue;
        }
        if !answers("rustup", &["--version"]) {
            bail!(
                "`cargo {command}` is missing and there is no rustup to add it with: install {component}"
            );
        }
        say(&format!("{component} is missing"));
        install(Command::new("rustup").args(["component", "add", component]))?;
    }
    Ok(())
}

fn node() -> Result<()> {
    let (major, minor) = NODE;
    let wanted = format!(
        "Node {major}.{minor} or newer, with npm, is needed to build the window: https://nodejs.org"
    );
    if !answers("npm", &["--version"]) {
        bail!("{wanted}");
    }
    let Ok(answer) = output(Command::new("node").arg("--version")) else { bail!("{wanted}") };
    let version = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
    let mut parts =
        version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if found < NODE {
        bail!("{wanted} (found {version})");
    }
    Ok(())
}

fn packages(wanted: &[&str]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    if !answers("dpkg-query", &["--version"]) {
        // Another family of distributions names its packages otherwise; the build says what it misses.
        say(&format!(
            "this is not Debian or Ubuntu; please make sure that you have the like of: {}",
            wanted.join(" ")
        ));
        return Ok(());
    }
    let missing =
        wanted.iter().copied().filter(|package| !is_installed(package)).collect::<Vec<_>>();
    if missing.is_empty() {
        return Ok(());
    }
    say(&format!("not installed yet: {}", missing.join(" ")));
    may_install()?;
    install(&mut apt(&["update", "-qq"])?)?;
    let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(&missing);
    install(&mut apt(&arguments)?)
}

/// `--yes`: nobody is asked.
static YES: AtomicBool = AtomicBool::new(false);

pub(crate) fn assume_yes() {
    YES.store(true, Ordering::Relaxed);
}

/// Asks the person at the terminal; goes ahead where there is none, and in CI.
fn may_install() -> Result<()> {
    let nobody = !stdin().is_terminal() || std::env::var_os("CI").is_some();
    if nobody || YES.load(Ordering::Relaxed) {
        say("installing them, because nobody is there to be asked or `--yes` was given");
        return Ok(());
    }
    eprint!("   Install them with apt-get? [Y/n] ");
    let mut answer = String::new();
    stdin().read_line(&mut answer)?;
    if !agrees(&answer) {
        bail!("these packages are needed; install them, or answer yes");
    }
    Ok(())
}

/// Return alone is a yes; the end of the input is not.
fn agrees(answer: &str) -> bool {
    answer.ends_with('\n') && ["", "y", "yes"].contains(&answer.trim().to_lowercase().as_str())
}

fn is_installed(package: &str) -> bool {
    output(Command::new("dpkg-query").args(["-W", "-f=${db:Status-Status}", package]))
        .is_ok_and(|answer| answer.stdout == b"installed")
}

fn apt(arguments: &[&str]) -> Result<Command> {
    let root =
        output(Command::new("id").arg("-u")).is_ok_and(|answer| answer.stdout.trim_ascii() == b"0");
    let mut command = if root {
        Command::new("env")
    } else if answers("sudo", &["--version"]) {
        let mut sudo = Command::new("sudo");
        sudo.arg("env");
        sudo
    } else {
        bail!("neither root nor sudo; please run as root: apt-get {}", arguments.join(" "));
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(arguments);
    Ok(command)
}

fn install(command: &mut Command) -> Result<()> {
    say(&spelled(command));
    run(command)
}

fn say(words: &str) {
    eprintln!("   {words}");
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_a_yes_or_return_installs() {
        let answers = ["\n", "y\n", "Yes\n", "n\n", "what?\n", ""];
        assert_eq!(answers.map(super::agrees), [true, true, true, false, false, false]);
    }
}

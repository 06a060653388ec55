//! One desktop: built for a test, taken down with it.

use std::{
    fmt::Write as _,
    io::{BufRead as _, BufReader},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::{Context as _, Result, bail};
use pachca_sandbox::{Sandbox, SandboxOptions};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use zbus::Connection;

use crate::{
    App, Compositor, Display, Flatpak, Keyring, KeyringKind, Launch, Notifications, Portal, Secret,
    System, TopWindow, Traffic, TrayHost, Window,
    bus::Bus,
    files_holding, keyring,
    process::{self, Process, command, marked},
    within,
};

/// The token the sandbox of every desktop knows; long and odd enough that finding it anywhere means something.
pub const TOKEN: &str = "canary-7Qm4Zt0vXw9KpL2sRb8YcHd3UfGa6Ne1JiTo5Vk";

/// What kind of desktop it is.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The person's language, as in `LANG`.
    pub language: String,
    /// IANA time zone of the computer.
    pub zone: String,
    pub keyring: KeyringKind,
    /// There is a panel with a tray from the start.
    pub tray: bool,
    /// There is somebody who tells of sleep and of the network.
    pub system: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            language: "en_US.UTF-8".to_owned(),
            zone: "Europe/Moscow".to_owned(),
            keyring: KeyringKind::Unlocked,
            tray: true,
            system: false,
        }
    }
}

impl Setup {
    pub fn russian() -> Self {
        Self { language: "ru_RU.UTF-8".to_owned(), ..Self::default() }
    }

    #[must_use]
    pub fn keyring(mut self, keyring: KeyringKind) -> Self {
        self.keyring = keyring;
        self
    }

    /// With somebody who tells of sleep and of the network.
    #[must_use]
    pub fn system(mut self) -> Self {
        self.system = true;
        self
    }

    /// Without a panel, until the test brings one.
    #[must_use]
    pub fn no_tray(mut self) -> Self {
        self.tray = false;
        self
    }
}

/// Everything a person's computer has, for one test.
#[derive(Debug)]
pub struct Desktop {
    /// The panel with the tray.
    pub tray: TrayHost,
    /// Where notifications are shown.
    pub notifications: Notifications,
    pub display: Display,
    sandbox: Option<Sandbox>,
    /// Where the workspace is, also while it cannot be reached.
    address: String,
    keyring: Keyring,
    system: Option<System>,
    setup: Setup,
    client: Connection,
    bus: Bus,
    folder: TempDir,
    starts: AtomicU32,
}

/// Builds a desktop, runs a test on it, and takes it down. Says what was to be seen if the test fails.
///
/// # Panics
/// With the test's own failure.
pub fn on_a_desktop(setup: Setup, test: impl AsyncFnOnce(&mut Desktop) -> Result<()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime can be built");
    runtime.block_on(async {
        let mut desktop = Desktop::start(setup).await.expect("the desktop starts");
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        // A panicking test is caught only to say what was to be seen.
        let mut future = Box::pin(test(&mut desktop));
        let outcome = std::future::poll_fn(|context| {
            match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
                Ok(poll) => poll.map(Ok),
                Err(panic) => std::task::Poll::Ready(Err(panic)),
            }
        })
        .await;
        drop(future);
        if !matches!(outcome, Ok(Ok(()))) {
            eprintln!("{}", desktop.description(&name));
        }
        desktop.stop().await;
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(error)) => panic!("{error:?}"),
            Err(panic) => resume_unwind(panic),
        }
    });
}

impl Desktop {
    /// Builds it.
    ///
    /// # Errors
    /// A program that is not installed, or does not start.
    pub async fn start(setup: Setup) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("ps-").tempdir()?;
        for name in ["home", "run", "tmp", "log"] {
            std::fs::create_dir(folder.path().join(name))?;
        }
        let run = folder.path().join("run");
        std::fs::set_permissions(&run, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        let logs = folder.path().join("log");
        let bus = Bus::start(&run, &logs)?;
        let display = Display::start(&logs, |command| common(command, folder.path(), &setup))?;
        let client = bus.connect().await?;
        let notifications = Notifications::start(&bus).await?;
        let mut tray = TrayHost::new(&bus).await?;
        if setup.tray {
            tray.appear_on(&bus).await?;
        }
        let mut keyring = Keyring::new(&logs);
        let sandbox =
            Sandbox::start(SandboxOptions { token: TOKEN.into(), ..SandboxOptions::default() })
                .await?;
        let address = sandbox.base_url();
        let system = if setup.system { Some(System::start(&run, &logs).await?) } else { None };
        let daemon =
            |program: &str| clean(program, folder.path(), &setup, bus.address(), display.name());
        keyring.start(&bus, setup.keyring, daemon).await?;
        let sandbox = Some(sandbox);
        Ok(Self {
            tray,
            notifications,
            display,
            sandbox,
            address,
            keyring,
            system,
            setup,
            client,
            bus,
            folder,
            starts: AtomicU32::new(0),
        })
    }

    /// The Pachca workspace.
    ///
    /// # Panics
    /// While the network is away.
    pub fn sandbox(&self) -> &Sandbox {
        self.sandbox.as_ref().expect("the network is there")
    }

    /// Who tells of sleep and of the network.
    ///
    /// # Panics
    /// On a desktop without them.
    pub fn system(&self) -> &System {
        self.system.as_ref().expect("the setup asks for it")
    }

    /// The network goes away: nobody answers at the workspace's address any more.
    pub fn network_goes(&mut self) {
        self.sandbox = None;
    }

    /// The network comes back, with a workspace in which nothing has happened yet.
    pub async fn network_returns(&mut self) -> Result<()> {
        let port = self
            .address
            .split([':', '/'])
            .find_map(|part| part.parse().ok())
            .context("the address has a port")?;
        let options = SandboxOptions { port, token: TOKEN.into(), ..SandboxOptions::default() };
        let sandbox = within("the workspace's port is free again", async {
            loop {
                match Sandbox::start(options.clone()).await {
                    // The one before lets go of it on a thread of its own.
                    Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
                        tokio::task::yield_now().await;
                    }
                    started => return anyhow::Ok(started?),
                }
            }
        });
        self.sandbox = Some(sandbox.await?);
        Ok(())
    }

    /// The folder that holds everything of this desktop: home, runtime folder, temporary files, logs.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn home(&self) -> PathBuf {
        self.folder().join("home")
    }

    /// Where the program keeps its preferences.
    pub fn config(&self) -> PathBuf {
        self.home().join(".config/pachca-status")
    }

    /// Where the program keeps what is still to be sent, and its log.
    pub fn state(&self) -> PathBuf {
        self.home().join(".local/state/pachca-status")
    }

    /// A command with this desktop's environment and nothing else.
    pub fn command(&self, program: &str) -> Command {
        let mut command =
            clean(program, self.folder(), &self.setup, self.bus.address(), self.display.name());
        if let Some(system) = &self.system {
            command.env("DBUS_SYSTEM_BUS_ADDRESS", system.address());
        }
        command
    }

    pub fn launch(&self, launch: &Launch) -> Result<App> {
        let mut command = self.command(&launch.program()?.to_string_lossy());
        command.args(&launch.arguments);
        launch.apply(&mut command, &self.address);
        let log = self.next_log("app");
        Ok(App { process: Process::start_logged("pachca-status", &mut command, &log)? })
    }

    /// Starts the program and waits for its icon.
    pub async fn launch_to_tray(&self, launch: &Launch) -> Result<App> {
        let app = self.launch(launch)?;
        self.tray.wait_for("the icon appears", |item| item.icon.is_visible()).await?;
        Ok(app)
    }

    /// Starts the program under the web driver and waits for its window, which somebody has to open if it starts hidden.
    pub async fn launch_with_window(&self, launch: &Launch) -> Result<Window> {
        let mut driver = self.command("WebKitWebDriver");
        launch.apply(&mut driver, &self.address);
        let log = self.next_log("app-with-window");
        Window::open(self.display.number(), &log, driver, &launch.program()?, &launch.arguments)
            .await
    }

    /// A Wayland session beside the screen.
    pub fn compositor(&self) -> Result<Compositor> {
        Compositor::start(&self.folder().join("run"), &self.folder().join("log"))
    }

    /// A sandbox to start the program in.
    pub fn flatpak(&self) -> Result<Flatpak> {
        Flatpak::new(self.folder(), &self.bus)
    }

    /// A portal, for programs in a sandbox.
    pub async fn portal(&self) -> Result<Portal> {
        Portal::start(&self.bus).await
    }

    /// The person signs out: the session bus ends.
    pub fn session_ends(&mut self) {
        self.bus.end();
    }

    pub async fn tray_appears(&mut self) -> Result<()> {
        self.tray.appear_on(&self.bus).await
    }

    /// Ends the keyring and starts it in another state; what it holds stays.
    pub async fn keyring_becomes(&mut self, kind: KeyringKind) -> Result<()> {
        self.keyring.stop(&self.bus).await?;
        let daemon = |program: &str| {
            clean(program, self.folder.path(), &self.setup, self.bus.address(), self.display.name())
        };
        self.keyring.start(&self.bus, kind, daemon).await
    }

    /// What is in the keyring, as another program reads it.
    pub async fn secrets(&self) -> Result<Vec<Secret>> {
        keyring::secrets(&self.client).await
    }

    /// Listens from now on for `secret` on the session bus.
    pub async fn traffic(&self, secret: &str) -> Result<Traffic> {
        Traffic::listen(&self.bus, secret).await
    }

    /// The command line and the environment of every process of this desktop, after its name.
    pub fn titles_and_environments(&self) -> Vec<(String, String, String)> {
        let read = |pid: Pid, file: &str| {
            let text = std::fs::read(format!("/proc/{}/{file}", pid.as_raw_pid()));
            String::from_utf8_lossy(&text.unwrap_or_default()).into_owned()
        };
        let of_each = |(pid, name)| (name, read(pid, "cmdline"), read(pid, "environ"));
        marked(&self.marker()).into_iter().map(of_each).collect()
    }

    /// Every file of this desktop that holds `secret`. Plants one first and wants it found, so that an empty answer
    /// means something.
    pub fn files_holding(&self, secret: &str) -> Result<Vec<PathBuf>> {
        let canary = self.home().join(".local/share/canary");
        std::fs::create_dir_all(canary.parent().expect("it has a folder"))?;
        std::fs::write(&canary, secret)?;
        let mut found = files_holding(secret, self.folder())?;
        let planted = found
            .iter()
            .position(|file| *file == canary)
            .context("the planted secret was not found")?;
        found.swap_remove(planted);
        std::fs::remove_file(canary)?;
        Ok(found)
    }

    /// Pastes a path into the system's open dialog and confirms it, as somebody does who prefers the keyboard.
    pub async fn choose_in_dialog(&self, path: &Path) -> Result<()> {
        // It may be there already: the click that asked for it came before. The window itself is called after the product.
        let there = |windows: &[TopWindow]| {
            let ours = ["Pachca Status", "Статус для Пачки"];
            windows.iter().any(|window| window.active && !ours.contains(&window.title.as_str()))
        };
        let windows = self.display.wait_for("the open dialog", there).await?;
        let expected = windows.len().saturating_sub(1);
        // Not typed: while the dialog guesses how a word goes on, it may lose the next letter.
        let written = self.folder().join("tmp/path");
        std::fs::write(&written, path.to_str().context("the path is text")?)?;
        let mut xclip = self.command("xclip");
        xclip.args(["-quiet", "-loops", "1", "-selection", "clipboard", "-in"]).arg(&written);
        let mut xclip = xclip.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let mut says = BufReader::new(xclip.stderr.take().context("it is piped")?);
        // It says that it has the clipboard, and ends once the text has been asked for.
        says.read_line(&mut String::new())?;
        // A slash opens the field for the path.
        for key in ["slash", "ctrl+a", "ctrl+v"] {
            self.display.xdotool(&["key", key])?;
        }
        let pasted = tokio::task::spawn_blocking(move || xclip.wait());
        within("the path is pasted", async { pasted.await? }).await?;
        self.display.xdotool(&["key", "Return"])?;
        self.display
            .wait_for("the dialog closes", |windows| windows.len() <= expected)
            .await
            .map(drop)
    }

    /// What another program pastes: the text on the clipboard.
    pub fn pasted(&self) -> Result<String> {
        let mut xclip = self.command("xclip");
        let output = xclip.args(["-selection", "clipboard", "-out"]).output()?;
        if !output.status.success() {
            bail!("the clipboard: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Copies a file in another program, as this kind of content.
    pub fn copy(&self, kind: &str, file: &Path) -> Result<()> {
        // It stays in the background to hand the content out, and ends with the desktop.
        let mut xclip = self.command("xclip");
        xclip.args(["-selection", "clipboard", "-target", kind, "-in"]).arg(file);
        let status = xclip.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        if !status.success() {
            bail!("{} could not be copied: {status}", file.display());
        }
        Ok(())
    }

    /// Waits until no process of this name is left on this desktop.
    pub async fn ended(&self, name: &str) -> Result<()> {
        for (pid, _) in self.of_this_desktop(name) {
            process::ended(pid).await.with_context(|| format!("{name} ({pid:?})"))?;
        }
        let left = self.processes(name);
        if left > 0 {
            bail!("{left} more {name}");
        }
        Ok(())
    }

    /// Ends every process of this name as a crash would, and waits until they are gone. There may be new ones by then.
    pub async fn crash(&self, name: &str) -> Result<()> {
        let processes = self.of_this_desktop(name);
        if processes.is_empty() {
            bail!("there is no {name}");
        }
        for (pid, _) in processes {
            kill_process(pid, Signal::KILL)?;
            process::ended(pid).await.with_context(|| format!("{name} ({pid:?})"))?;
        }
        Ok(())
    }

    /// How many processes of this name belong to this desktop.
    pub fn processes(&self, name: &str) -> usize {
        self.of_this_desktop(name).len()
    }

    /// The numbers of the processes of this name that belong to this desktop.
    pub fn pids(&self, name: &str) -> Vec<u32> {
        self.of_this_desktop(name)
            .iter()
            .map(|(pid, _)| pid.as_raw_nonzero().get().unsigned_abs())
            .collect()
    }

    fn of_this_desktop(&self, name: &str) -> Vec<(Pid, String)> {
        // The kernel keeps fifteen characters of a name.
        let name = &name[..name.len().min(15)];
        marked(&self.marker()).into_iter().filter(|(_, comm)| comm == name).collect()
    }

    /// Everything a person would see, and what happened behind it; the screen goes to `target/e2e/<name>.png`.
    pub fn description(&self, name: &str) -> String {
        let mut text = format!("──── {name}\n");
        let _ = writeln!(text, "tray: {:#?}", self.tray.now());
        let _ = writeln!(text, "windows: {:?}", self.display.windows());
        let _ = writeln!(text, "notifications: {:#?}", self.notifications.shown());
        let _ = writeln!(text, "requests:");
        for request in self.sandbox.iter().flat_map(Sandbox::requests) {
            let body =
                String::from_utf8_lossy(&request.body[..request.body.len().min(300)]).into_owned();
            let _ = writeln!(
                text,
                "    {} {} → {:?} {body}",
                request.method, request.path, request.status
            );
        }
        let screen = artefacts().join(format!("{name}.png"));
        match self.display.screenshot(&screen) {
            Ok(()) => _ = writeln!(text, "screen: {}", screen.display()),
            Err(error) => _ = writeln!(text, "screen: {error:#}"),
        }
        for folder in [self.folder().join("log"), self.state().join("log")] {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let content = std::fs::read(entry.path()).unwrap_or_default();
                let tail = String::from_utf8_lossy(&content[content.len().saturating_sub(6000)..])
                    .into_owned();
                if !tail.trim().is_empty() {
                    let _ = writeln!(text, "── {}\n{tail}", entry.file_name().to_string_lossy());
                }
            }
        }
        text
    }

    /// Takes it down; nothing is left behind.
    pub async fn stop(mut self) {
        let _ = self.tray.vanish().await;
    }

    fn next_log(&self, name: &str) -> PathBuf {
        let number = self.starts.fetch_add(1, Ordering::Relaxed) + 1;
        self.folder().join("log").join(format!("{name}-{number}.log"))
    }

    fn marker(&self) -> String {
        format!("XDG_RUNTIME_DIR={}", self.folder().join("run").display())
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        // Groups end with their leaders' values; this finds who has left its group, web processes among them.
        let marker = self.marker();
        let display = i32::try_from(self.display.server()).ok().and_then(Pid::from_raw);
        loop {
            // The display ends last, by itself.
            let left = marked(&marker)
                .into_iter()
                .filter(|(pid, _)| Some(*pid) != display)
                .collect::<Vec<_>>();
            let mut alive =
                left.iter().filter(|(pid, _)| kill_process(*pid, Signal::KILL).is_ok()).peekable();
            if alive.peek().is_none() {
                break;
            }
            alive.for_each(drop);
            std::thread::yield_now();
        }
    }
}

/// `target/e2e` of the build this program belongs to.
fn artefacts() -> PathBuf {
    let this = std::env::current_exe().unwrap_or_default();
    let target = this
        .ancestors()
        .find(|folder| folder.ends_with("target"))
        .unwrap_or_else(|| Path::new("target"));
    target.join("e2e")
}

fn clean(program: &str, folder: &Path, setup: &Setup, bus: &str, display: &str) -> Command {
    let mut command = command(program);
    common(&mut command, folder, setup);
    command.env("DBUS_SESSION_BUS_ADDRESS", bus).env("DISPLAY", display);
    command
}

fn common(command: &mut Command, folder: &Path, setup: &Setup) {
    let home = folder.join("home");
    command
        .current_dir(&home)
        .env(
            "PATH",
            std::env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into()),
        )
        .env("HOME", &home)
        .env("XDG_CONFIG_HOME", home.join(".config"))
        .env("XDG_DATA_HOME", home.join(".local/share"))
        .env("XDG_STATE_HOME", home.join(".local/state"))
        .env("XDG_CACHE_HOME", home.join(".cache"))
        .env("XDG_RUNTIME_DIR", folder.join("run"))
        // The computer the test runs on tells it nothing.
        .env("DBUS_SYSTEM_BUS_ADDRESS", format!("unix:path={}", folder.join("run/none").display()))
        .env("TMPDIR", folder.join("tmp"))
        .env("LANG", &setup.language)
        .env("TZ", &setup.zone)
        .env("XDG_CURRENT_DESKTOP", "KDE")
        .env("XDG_SESSION_TYPE", "x11")
        .env("GDK_BACKEND", "x11")
        .env("GIO_USE_VFS", "local")
        .env("GSETTINGS_BACKEND", "memory")
        .env("NO_AT_BRIDGE", "1")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("RUST_BACKTRACE", "1");
}

//! The life of the package in a root of its own: `package_life ROOT OLD.deb NEW.deb`, started by
//! `cargo xtask package-test`, with `PACHCA_STATUS_BIN` leading into that root.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context as _, Result, bail, ensure};
use pachca_status_tests::{Desktop, Launch, PATIENCE, Setup, TOKEN, on_a_desktop};
use serde_json::Value;

/// Below these, files come and go with every package of a system.
const NOT_OURS: &[&str] =
    &["dev", "proc", "sys", "tmp", "run", "var/cache", "var/lib/apt", "var/lib/dpkg", "var/log"];

fn main() -> Result<()> {
    let arguments = env::args_os().skip(1).map(PathBuf::from).collect::<Vec<_>>();
    let [root, old, new] = &arguments[..] else {
        bail!("usage: package_life ROOT OLD.deb NEW.deb")
    };
    let root = Root(root.clone());
    let before = root.files()?;

    let begin = Instant::now();
    root.apt(&["update", "-qq"])?;
    let fetched = begin.elapsed();
    root.install(old)?;
    println!(
        "installed into a clean Debian, with its libraries: {:.1} s",
        begin.elapsed().saturating_sub(fetched).as_secs_f64()
    );
    let version = root.version()?;

    on_a_desktop(Setup::default(), async |desktop| {
        connect(desktop).await?;
        works_at_once(desktop, begin).await?;
        let kept = preferences(desktop)?;
        let secrets = desktop.secrets().await?;
        ensure!(secrets.len() == 1, "the token is in the keyring: {secrets:?}");

        let mut app = desktop.launch_to_tray(&Launch::plain().argument("--hidden")).await?;
        set(desktop, "🍔 Lunch").await?;
        root.install(new)?;
        let upgraded = root.version()?;
        ensure!(upgraded != version, "{upgraded} is another version");
        println!("upgraded while it runs: {version} → {upgraded}");
        clear(desktop).await?;
        set(desktop, "🚶 Away").await?;
        app.terminate()?;
        app.exited().await?;

        let mut app = desktop.launch_to_tray(&Launch::plain().argument("--hidden")).await?;
        desktop
            .tray
            .wait_for("the status set before the upgrade", |item| item.is_set("🚶 Away"))
            .await?;
        ensure!(preferences(desktop)? == kept, "preferences are those from before the upgrade");
        ensure!(desktop.secrets().await? == secrets, "the token is that from before the upgrade");
        println!(
            "after the upgrade: connected without asking, the same preferences, token and status"
        );

        root.apt(&["remove", "--quiet=2", "pachca-status"])?;
        ensure!(!root.0.join("usr/bin/pachca-status").exists(), "the program is removed");
        clear(desktop).await?;
        app.terminate()?;
        app.exited().await?;
        println!("removed while it runs: it works until it is quit");

        // It has no configuration of the system's: removed, it is already unknown. Its libraries go now.
        root.apt(&["autoremove", "--quiet=2", "--purge"])?;
        ensure!(preferences(desktop)? == kept, "the person's own files are left alone");
        Ok(())
    });

    let left = root.files()?.difference(&before).cloned().collect::<Vec<_>>();
    let ours =
        left.iter().filter(|file| file.to_string_lossy().contains("pachca")).collect::<Vec<_>>();
    ensure!(ours.is_empty(), "left behind: {ours:?}");
    println!(
        "purged: nothing of ours is left in the system ({} files of other packages)",
        left.len()
    );
    Ok(())
}

/// The icon, and a status with one click.
async fn works_at_once(desktop: &Desktop, begin: Instant) -> Result<()> {
    let start = Instant::now();
    let mut app = desktop.launch_to_tray(&Launch::plain()).await?;
    println!("start to the icon in the tray: {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    set(desktop, "🚶 Away").await?;
    println!("from nothing to the first status set: {:.1} s", begin.elapsed().as_secs_f64());
    clear(desktop).await?;
    app.terminate()?;
    app.exited().await?;
    desktop.tray.wait_gone().await
}

/// The first start opens the window, and a person pastes the token there.
async fn connect(desktop: &Desktop) -> Result<()> {
    let window = desktop.launch_with_window(&Launch::plain()).await?;
    window.fill("token-input", TOKEN).await?;
    window.click("connect-button").await?;
    window.sees_no("token-input").await?;
    desktop.tray.wait_for_line("Away").await?;
    println!("connected in the window");
    drop(window);
    desktop.tray.wait_gone().await
}

async fn set(desktop: &Desktop, preset: &str) -> Result<()> {
    desktop.tray.click_preset(preset).await?;
    desktop.sandbox().wait_for_state(|state| state.status.is_some(), PATIENCE).await?;
    desktop.tray.wait_for("the check mark", |item| item.is_set(preset)).await.map(drop)
}

async fn clear(desktop: &Desktop) -> Result<()> {
    desktop.tray.click_item("Clear status").await?;
    desktop.sandbox().wait_for_state(|state| state.status.is_none(), PATIENCE).await?;
    desktop.tray.wait_until_known().await.map(drop)
}

fn preferences(desktop: &Desktop) -> Result<Value> {
    let file = desktop.config().join("settings.json");
    Ok(serde_json::from_slice(&fs::read(&file).with_context(|| file.display().to_string())?)?)
}

/// The folder that is `/` for the program.
struct Root(PathBuf);

impl Root {
    fn run(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let mut command = Command::new("chroot");
        command.arg(&self.0).arg(program).args(arguments).env_clear();
        command
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("DEBIAN_FRONTEND", "noninteractive");
        for name in ["http_proxy", "https_proxy", "no_proxy"] {
            command.envs(env::var_os(name).map(|value| (name, value)));
        }
        let output = command.output()?;
        if !output.status.success() {
            bail!(
                "{program} {arguments:?}: {}\n{}",
                output.status,
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    fn apt(&self, arguments: &[&str]) -> Result<()> {
        let mut all = vec!["-y", "-o", "Dpkg::Use-Pty=0"];
        all.extend(arguments);
        self.run("apt-get", &all).map(drop)
    }

    /// As a person does who has downloaded it, without what is only recommended.
    fn install(&self, package: &Path) -> Result<()> {
        let name = package.file_name().context("a package is a file")?;
        let inside = self.0.join(name);
        fs::copy(package, &inside)?;
        let path = format!("/{}", name.to_string_lossy());
        let installed = self.apt(&["install", "--quiet=2", "--no-install-recommends", &path]);
        fs::remove_file(inside)?;
        installed
    }

    fn version(&self) -> Result<String> {
        self.run("dpkg-query", &["-W", "-f=${Version}", "pachca-status"])
    }

    fn files(&self) -> Result<BTreeSet<PathBuf>> {
        let mut files = BTreeSet::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let inside = entry.path().strip_prefix(&self.0)?.to_owned();
                if NOT_OURS.iter().any(|skipped| inside == Path::new(skipped)) {
                    continue;
                }
                if entry.file_type()?.is_dir() {
                    folders.push(entry.path());
                }
                files.insert(inside);
            }
        }
        Ok(files)
    }
}

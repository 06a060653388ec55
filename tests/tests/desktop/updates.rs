//! Newer versions of the program, where it may replace itself: as an `AppImage`, which is the person's own file.

use std::{
    fs,
    io::Read as _,
    os::{
        fd::OwnedFd,
        unix::{fs::PermissionsExt as _, net::UnixStream},
    },
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use pachca_status_tests::{
    Desktop, Launch, Offer, Releases, Setup, TOKEN, Window, install, on_a_desktop, program, within,
};

use crate::desk::turn_to;

/// What the file holds as long as nothing has replaced it.
const BEFORE: &str = "the version that is installed";
/// What is said of a package that is not to be trusted.
const UNTRUSTED: &str = "is not signed by the makers of this app. Nothing was changed.";

const NOTES: &str = "Quicker.\n<b>Nothing</b> else has changed.";

/// An `AppImage` of the program: the file, and the folder it is mounted at while it runs.
struct Image {
    file: PathBuf,
    mounted: PathBuf,
}

impl Image {
    fn on(desktop: &Desktop) -> Result<Self> {
        let mounted = desktop.folder().join("tmp/.mount_pachca");
        fs::create_dir_all(mounted.join("usr/bin"))?;
        install(&mounted.join("usr/bin/pachca-status"))?;
        let file = desktop.home().join("Pachca Status.AppImage");
        fs::write(&file, BEFORE)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
        Ok(Self { file, mounted })
    }

    /// Starts it, and turns to where updates are offered.
    async fn open(&self, desktop: &Desktop, releases: &Releases, config: &str) -> Result<Window> {
        let launch = looking(releases, config)
            .by(&self.mounted.join("usr/bin/pachca-status"))
            .variable("APPIMAGE", &self.file.to_string_lossy())
            .variable("APPDIR", &self.mounted.to_string_lossy());
        open(desktop, &launch).await
    }

    fn is_as_before(&self) -> Result<bool> {
        Ok(fs::read(&self.file)? == BEFORE.as_bytes())
    }
}

/// A program that would look for newer versions there.
fn looking(releases: &Releases, config: &str) -> Launch {
    Launch::with_token(TOKEN)
        .variable("PACHCA_UPDATES", config)
        .variable("SSL_CERT_FILE", &releases.authority().to_string_lossy())
}

async fn open(desktop: &Desktop, launch: &Launch) -> Result<Window> {
    let (window, clicked) =
        tokio::join!(desktop.launch_with_window(launch), desktop.tray.activate());
    clicked?;
    let window = window?;
    turn_to(&window, "preferences").await?;
    Ok(window)
}

/// The program itself, as small as it gets: what is offered as the newer version.
fn package(desktop: &Desktop) -> Result<Vec<u8>> {
    let small = desktop.folder().join("tmp/small");
    let stripped = Command::new("strip").arg("-o").args([&small, &program()?]).status()?;
    ensure!(stripped.success(), "strip: {stripped}");
    Ok(fs::read(small)?)
}

#[test]
fn a_newer_version_is_shown_with_its_notes_and_takes_the_place_of_this_one_by_a_click() {
    on_a_desktop(Setup::default(), async |desktop| {
        let (releases, image) = (Releases::start()?, Image::on(desktop)?);
        let package = package(desktop)?;
        let window = image.open(desktop, &releases, &releases.config()).await?;
        window.sees("updates").await?;
        assert_eq!(releases.asked(), [""; 0], "nobody is asked before the person asks");

        releases.offer("9.9.9", NOTES, &package, Offer::Honest)?;
        window.click("updates-look").await?;
        window.reads("update-version", "9.9.9").await?;
        window.reads("update-notes", "<b>Nothing</b> else").await?;
        assert_eq!(releases.asked(), ["/latest.json"], "nothing is fetched without a click");
        assert!(image.is_as_before()?);

        let before = desktop.tray.wait_for("the icon", |_| true).await?.service;
        window.click("update-install").await?;
        let after = desktop
            .tray
            .wait_for("the icon of the new version", |item| item.service != before)
            .await?;
        let pid = after.service.split('-').nth(1).context("its name has its number")?;
        assert_eq!(fs::read_link(format!("/proc/{pid}/exe"))?, image.file, "it runs from there");
        assert_eq!(releases.asked(), ["/latest.json", "/package"]);
        assert!(fs::read(&image.file)? == package, "what was offered is what is installed");
        let mode = fs::metadata(&image.file)?.permissions().mode();
        assert_eq!(mode & 0o777, 0o755);
        desktop.ended("pachca-status").await?;
        assert_eq!(desktop.processes(name(&image.file)), 1);
        Ok(())
    });
}

#[test]
fn once_a_day_the_app_looks_without_a_window() {
    on_a_desktop(Setup::default(), async |desktop| {
        let (releases, image) = (Releases::start()?, Image::on(desktop)?);
        releases.offer("9.9.9", NOTES, b"whatever", Offer::Honest)?;
        // As the app does it.
        let (ours, theirs) = UnixStream::pair()?;
        let mut looking =
            desktop.command(&image.mounted.join("usr/bin/pachca-status-window").to_string_lossy());
        looking
            .arg("--look")
            .env("APPIMAGE", &image.file)
            .env("APPDIR", &image.mounted)
            .env("PACHCA_UPDATES", releases.config())
            .env("SSL_CERT_FILE", releases.authority())
            .stdin(OwnedFd::from(theirs));
        let mut looked = looking.spawn()?;
        drop(looking);
        let reading = tokio::task::spawn_blocking(move || {
            let mut found = String::new();
            let mut ours = ours;
            ours.read_to_string(&mut found).map(|_| found)
        });
        let found: serde_json::Value = serde_json::from_str(
            &within("it looks", async { anyhow::Ok(reading.await??) }).await?,
        )?;
        assert!(looked.wait()?.success());
        assert_eq!(found["found"]["version"], "9.9.9", "{found}");
        assert_eq!(releases.asked(), ["/latest.json"], "nothing is fetched without a click");
        assert_eq!(desktop.display.windows(), []);
        Ok(())
    });
}

/// The name a process has that runs this file.
fn name(file: &Path) -> &str {
    file.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

#[test]
fn what_is_not_signed_for_this_version_is_refused_in_one_sentence_and_changes_nothing() {
    on_a_desktop(Setup::default(), async |desktop| {
        let (releases, image) = (Releases::start()?, Image::on(desktop)?);
        let package = b"\x7fELF and whatever follows".repeat(64);
        let window = image.open(desktop, &releases, &releases.config()).await?;
        for how in [Offer::Changed, Offer::Forged, Offer::Older("0.0.9")] {
            releases.offer("9.9.9", NOTES, &package, how)?;
            window.click("updates-look").await?;
            window.reads("update-version", "9.9.9").await?;
            window.click("update-install").await?;
            window.reads("updates-result", UNTRUSTED).await?;
            assert!(image.is_as_before()?, "{how:?}");
            assert!(desktop.tray.now().is_some(), "it runs on");
        }
        releases.offer("9.9.9", NOTES, &package, Offer::Endless)?;
        window.click("updates-look").await?;
        window.click("update-install").await?;
        window.reads("updates-result", "too large").await?;

        releases.offer("0.0.9", NOTES, &package, Offer::Honest)?;
        window.click("updates-look").await?;
        window.reads("updates-result", "You have the newest version").await?;
        window.sees_no("update-found").await?;
        assert!(image.is_as_before()?);
        Ok(())
    });
}

#[test]
fn an_address_that_anybody_on_the_way_may_change_is_not_asked() {
    on_a_desktop(Setup::default(), async |desktop| {
        let (releases, image) = (Releases::start()?, Image::on(desktop)?);
        releases.offer("9.9.9", NOTES, b"\x7fELF", Offer::Plain)?;
        let window = image.open(desktop, &releases, &releases.config()).await?;
        window.click("updates-look").await?;
        window.reads("updates-result", "could not be downloaded").await?;
        window.sees_no("update-found").await?;
        assert_eq!(releases.asked(), ["/latest.json"]);
        drop(window);
        desktop.tray.wait_gone().await?;

        releases.offer("9.9.9", NOTES, b"\x7fELF", Offer::Honest)?;
        let window = image.open(desktop, &releases, &releases.plain_config()).await?;
        window.click("updates-look").await?;
        window.reads("updates-result", "could not be downloaded").await?;
        assert_eq!(releases.asked().len(), 1, "the list is not fetched without TLS either");
        assert!(image.is_as_before()?);
        Ok(())
    });
}

#[test]
fn nothing_is_offered_to_a_program_that_a_package_manager_looks_after() {
    on_a_desktop(Setup::default(), async |desktop| {
        let releases = Releases::start()?;
        releases.offer("9.9.9", NOTES, b"\x7fELF", Offer::Honest)?;
        // Somebody else's AppImage started it, a terminal for example.
        let launch = looking(&releases, &releases.config())
            .variable("APPIMAGE", "/home/anna/Terminal.AppImage")
            .variable("APPDIR", "/tmp/.mount_Termin");
        let window = open(desktop, &launch).await?;
        window.sees_no("updates").await?;
        let asked = "
            const done = arguments[arguments.length - 1];
            window.__TAURI_INTERNALS__.invoke(arguments[0]).then(() => done('answered'), (error) => done(error.code));";
        for command in ["look_for_update", "install_update"] {
            let answer = window.client().execute_async(asked, vec![command.into()]).await?;
            assert_eq!(answer, "nothing_there", "{command}");
        }
        assert_eq!(releases.asked(), [""; 0]);
        Ok(())
    });
}

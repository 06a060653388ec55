//! The desktop itself: if it lied, every other test would.

use std::process::Stdio;

use pachca_status_tests::{Desktop, KeyringKind, Setup, on_a_desktop};

#[test]
fn the_keyring_keeps_what_another_program_stores() {
    on_a_desktop(Setup::default(), async |desktop| {
        let mut store = desktop.command("secret-tool");
        store.args(["store", "--label", "test", "service", "elsewhere"]).stdin(Stdio::piped());
        let mut store = store.spawn()?;
        std::io::Write::write_all(&mut store.stdin.take().unwrap(), b"a secret")?;
        assert!(store.wait()?.success());
        let secrets = desktop.secrets().await?;
        assert_eq!(secrets.len(), 1, "{secrets:?}");
        assert_eq!(secrets[0].value, "a secret");
        assert_eq!(secrets[0].attributes["service"], "elsewhere");

        desktop.keyring_becomes(KeyringKind::Locked).await?;
        assert_eq!(desktop.secrets().await?, [], "a locked keyring tells nothing");
        desktop.keyring_becomes(KeyringKind::Unlocked).await?;
        assert_eq!(desktop.secrets().await?.len(), 1);
        Ok(())
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_desktop_is_left_behind() {
    let desktop = Desktop::start(Setup::default()).await.unwrap();
    let folder = desktop.folder().to_owned();
    let display = desktop.display.name().trim_start_matches(':').to_owned();
    assert!(desktop.processes("Xvfb") + desktop.processes("openbox") >= 2);
    assert_eq!(desktop.processes("gnome-keyring-daemon"), 1);
    // Something that has left its parent and its group.
    let wanderer = desktop.command("setsid").args(["--fork", "sleep", "600"]).status().unwrap();
    assert!(wanderer.success());
    desktop.stop().await;
    assert!(!folder.exists());
    assert!(!std::path::Path::new(&format!("/tmp/.X11-unix/X{display}")).exists());
    let marker = folder.to_string_lossy().into_owned();
    let left = std::fs::read_dir("/proc").unwrap().flatten().filter(|entry| {
        let environment = std::fs::read(entry.path().join("environ")).unwrap_or_default();
        String::from_utf8_lossy(&environment).contains(&marker)
    });
    assert_eq!(left.count(), 0);
}

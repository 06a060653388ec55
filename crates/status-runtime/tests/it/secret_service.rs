//! The real Secret Service: gnome-keyring on a session bus of its own.

use std::{
    env,
    process::{Command, Stdio},
};

use pachca_client::Token;
use status_core::AccountId;
use status_runtime::{KeyringStore, StoreError, TokenStore};
use zbus::{
    blocking::{Connection, Proxy},
    zvariant::OwnedObjectPath,
};

/// Says to this test that it runs on the bus that was made for it.
const INSIDE: &str = "STATUS_RUNTIME_TEST_ON_A_BUS_OF_ITS_OWN";

fn is_installed(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

fn run_again(name: &str, script: &str) {
    if !is_installed("dbus-run-session") || !is_installed("gnome-keyring-daemon") {
        eprintln!("not tried: this machine has no dbus-run-session or no gnome-keyring-daemon");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for tests");
    let test = env::current_exe().expect("this test");
    let output = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", script, "sh"])
        .arg(test)
        .args(["--exact", name, "--nocapture"])
        .env(INSIDE, "1")
        .env("HOME", folder.path())
        .env("XDG_DATA_HOME", folder.path().join("data"))
        .env("XDG_RUNTIME_DIR", folder.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("dbus-run-session runs");
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn account() -> AccountId {
    AccountId { origin: "https://api.pachca.com".to_owned(), user_id: 12 }
}

fn token(text: &str) -> Token {
    Token::parse(text).expect("visible ASCII")
}

#[test]
fn a_token_is_kept_replaced_and_removed_and_a_locked_keyring_is_not_an_empty_one() {
    if env::var_os(INSIDE).is_none() {
        return run_again(
            "secret_service::a_token_is_kept_replaced_and_removed_and_a_locked_keyring_is_not_an_empty_one",
            "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\"",
        );
    }
    let store = KeyringStore::new();
    assert_eq!(store.is_locked(), Ok(false));
    assert_eq!(store.load(&account()).err(), Some(StoreError::NotStored));
    store.save(&account(), &token("first-token")).expect("an open keyring");
    store.save(&account(), &token("second-token")).expect("an open keyring");
    assert_eq!(store.load(&account()).expect("it was stored").expose(), "second-token");
    let other = AccountId { user_id: 13, ..account() };
    assert_eq!(store.load(&other).err(), Some(StoreError::NotStored));

    lock();
    assert_eq!(store.is_locked(), Ok(true));
    // Nobody is there to ask, so the prompt cannot be shown.
    assert_eq!(store.load(&account()).err(), Some(StoreError::Locked));
}

#[test]
fn a_removed_token_is_gone() {
    if env::var_os(INSIDE).is_none() {
        return run_again(
            "secret_service::a_removed_token_is_gone",
            "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\"",
        );
    }
    let store = KeyringStore::new();
    store.save(&account(), &token("a-token")).expect("an open keyring");
    store.delete(&account()).expect("an open keyring");
    assert_eq!(store.load(&account()).err(), Some(StoreError::NotStored));
    assert_eq!(store.delete(&account()).err(), Some(StoreError::NotStored));
}

#[test]
fn a_bus_without_a_keyring_is_no_service_and_is_tried_again() {
    if env::var_os(INSIDE).is_none() {
        return run_again(
            "secret_service::a_bus_without_a_keyring_is_no_service_and_is_tried_again",
            // A bus that knows no services to start.
            "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus exec \"$@\"",
        );
    }
    let store = KeyringStore::new();
    for _ in 0..2 {
        assert_eq!(store.is_locked(), Err(StoreError::NoService));
        assert_eq!(store.load(&account()).err(), Some(StoreError::NoService));
        assert_eq!(store.save(&account(), &token("a-token")).err(), Some(StoreError::NoService));
    }
}

fn lock() {
    let bus = Connection::session().expect("a bus");
    let service = Proxy::new(
        &bus,
        "org.freedesktop.secrets",
        "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service",
    )
    .expect("a service");
    let collection: OwnedObjectPath =
        service.call("ReadAlias", &("default",)).expect("a default collection");
    let _: (Vec<OwnedObjectPath>, OwnedObjectPath) =
        service.call("Lock", &(vec![collection],)).expect("it locks");
}

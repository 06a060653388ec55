//! The real Secret Service: gnome-keyring on a session bus of its own.

use std::{collections::HashMap, env, process::Command};

use pachca_client::Token;
use status_core::AccountId;
use status_runtime::{CredentialStore, KeyringStore, StoreError};
use zbus::{
    blocking::{Connection, Proxy},
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

/// Says to this test that it runs on the bus that was made for it.
const INSIDE: &str = "STATUS_RUNTIME_TEST_ON_A_BUS_OF_ITS_OWN";

/// An open keyring, and then the test.
const OPEN: &str =
    "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\"";

fn run_again(name: &str, script: &str) {
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
        .expect(
            "dbus-run-session is installed, and gnome-keyring too: Debian's dbus and gnome-keyring",
        );
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
            OPEN,
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
        return run_again("secret_service::a_removed_token_is_gone", OPEN);
    }
    let store = KeyringStore::new();
    store.save(&account(), &token("a-token")).expect("an open keyring");
    store.delete(&account()).expect("an open keyring");
    assert_eq!(store.load(&account()).err(), Some(StoreError::NotStored));
    assert_eq!(store.delete(&account()).err(), Some(StoreError::NotStored));
}

#[test]
fn of_two_entries_in_two_collections_none_is_taken_or_removed_until_the_person_connects_again() {
    if env::var_os(INSIDE).is_none() {
        return run_again(
            "secret_service::of_two_entries_in_two_collections_none_is_taken_or_removed_until_the_person_connects_again",
            OPEN,
        );
    }
    let store = KeyringStore::new();
    store.save(&account(), &token("first-token")).expect("an open keyring");
    put_in_another_collection(b"second-token");
    let mut both = vec!["first-token".to_owned(), "second-token".to_owned()];
    assert_eq!(stored(), both);

    assert_eq!(store.load(&account()).err(), Some(StoreError::Ambiguous));
    assert_eq!(store.delete(&account()).err(), Some(StoreError::Ambiguous));
    assert_eq!(stored(), both, "both are still there");

    store.save(&account(), &token("third-token")).expect("it takes the place of both");
    both.fill("third-token".to_owned());
    assert_eq!(stored(), both);
    assert_eq!(store.load(&account()).expect("both hold the same").expose(), "third-token");

    // What is the same in both places is one token, and none of it may stay.
    store.delete(&account()).expect("an open keyring");
    assert_eq!(stored(), Vec::<String>::new());
    assert_eq!(store.load(&account()).err(), Some(StoreError::NotStored));
}

#[test]
fn what_is_stored_and_is_no_token_is_neither_used_nor_removed_by_itself() {
    if env::var_os(INSIDE).is_none() {
        return run_again(
            "secret_service::what_is_stored_and_is_no_token_is_neither_used_nor_removed_by_itself",
            OPEN,
        );
    }
    let store = KeyringStore::new();
    let long = [b'x'; 10_240];
    for odd in [&b"\xFF\xFE"[..], b"Bearer x\ny", "токен".as_bytes(), &long] {
        put_in_another_collection(odd);
        assert_eq!(store.load(&account()).err(), Some(StoreError::Broken));
        assert_eq!(stored(), [String::from_utf8_lossy(odd)], "it is still there");
        store.save(&account(), &token("a-token")).expect("it takes its place");
        assert_eq!(stored(), ["a-token"]);
        assert_eq!(store.load(&account()).expect("a token").expose(), "a-token");
        store.delete(&account()).expect("an open keyring");
    }
}

#[test]
fn a_keyring_that_ends_and_is_started_anew_is_used_by_the_same_store() {
    if env::var_os(INSIDE).is_none() {
        return run_again(
            "secret_service::a_keyring_that_ends_and_is_started_anew_is_used_by_the_same_store",
            OPEN,
        );
    }
    let store = KeyringStore::new();
    store.save(&account(), &token("a-token")).expect("an open keyring");
    start_anew();
    // The connection of before leads nowhere, and one call has to find that out.
    let read = (0..2).find_map(|_| store.load(&account()).ok());
    assert_eq!(read.expect("the new one is asked").expose(), "a-token");
    store.save(&account(), &token("another-token")).expect("an open keyring");
    assert_eq!(stored(), ["another-token"]);
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

fn service(bus: &Connection) -> Proxy<'_> {
    secrets(bus, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service")
}

fn secrets<'a>(bus: &'a Connection, path: &'a str, interface: &'static str) -> Proxy<'a> {
    Proxy::new(bus, "org.freedesktop.secrets", path, interface).expect("a service")
}

fn lock() {
    let bus = Connection::session().expect("a bus");
    let service = service(&bus);
    let collection: OwnedObjectPath =
        service.call("ReadAlias", &("default",)).expect("a default collection");
    let _: (Vec<OwnedObjectPath>, OwnedObjectPath) =
        service.call("Lock", &(vec![collection],)).expect("it locks");
}

/// Ends the keyring's process, waits until it is gone, and starts another one.
fn start_anew() {
    let bus = Connection::session().expect("a bus");
    let name = "org.freedesktop.DBus";
    let bus_itself = Proxy::new(&bus, name, "/org/freedesktop/DBus", name).expect("a bus");
    let mut owners = bus_itself.receive_signal("NameOwnerChanged").expect("it tells");
    let process: u32 = bus_itself
        .call("GetConnectionUnixProcessID", &("org.freedesktop.secrets",))
        .expect("it runs");
    assert!(Command::new("kill").arg(process.to_string()).status().expect("kill").success());
    owners
        .find(|change| {
            let (name, _, new): (String, String, String) =
                change.body().deserialize().expect("three names");
            name == "org.freedesktop.secrets" && new.is_empty()
        })
        .expect("it is gone");
    let again = Command::new("sh").args(["-c", OPEN, "sh", "true"]).status();
    assert!(again.expect("sh").success());
}

/// What our entries are known by.
fn attributes() -> HashMap<&'static str, String> {
    let AccountId { origin, user_id } = account();
    HashMap::from([
        ("service", "dev.pachca-status.desktop".to_owned()),
        ("username", format!("{origin}#{user_id}")),
    ])
}

fn session(service: &Proxy<'_>) -> OwnedObjectPath {
    let (_, session): (OwnedValue, OwnedObjectPath) =
        service.call("OpenSession", &("plain", Value::from(""))).expect("a session");
    session
}

/// Puts an entry of the same name into the collection that ends with the session.
fn put_in_another_collection(secret: &[u8]) {
    let bus = Connection::session().expect("a bus");
    let session = session(&service(&bus));
    let collection = secrets(
        &bus,
        "/org/freedesktop/secrets/collection/session",
        "org.freedesktop.Secret.Collection",
    );
    let properties = HashMap::from([
        ("org.freedesktop.Secret.Item.Label", Value::from("Pachca Status")),
        ("org.freedesktop.Secret.Item.Attributes", Value::from(attributes())),
    ]);
    let secret = (session, Vec::<u8>::new(), secret.to_vec(), "text/plain");
    let _: (OwnedObjectPath, OwnedObjectPath) =
        collection.call("CreateItem", &(properties, secret, false)).expect("it takes an item");
}

/// Every secret of our name, in all collections, sorted.
fn stored() -> Vec<String> {
    let bus = Connection::session().expect("a bus");
    let service = service(&bus);
    let session = session(&service);
    let (open, locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
        service.call("SearchItems", &(attributes(),)).expect("it searches");
    assert_eq!(locked.len(), 0);
    let secrets: HashMap<OwnedObjectPath, (OwnedObjectPath, Vec<u8>, Vec<u8>, String)> =
        service.call("GetSecrets", &(open, ObjectPath::from(session))).expect("it tells");
    let mut texts: Vec<String> = secrets
        .into_values()
        .map(|(_, _, secret, _)| String::from_utf8_lossy(&secret).into_owned())
        .collect();
    texts.sort();
    texts
}

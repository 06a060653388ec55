//! The real Credential Manager of Windows: that of the person who runs the tests.

use std::collections::HashMap;

use pachca_client::Token;
use status_core::AccountId;
use status_runtime::{CredentialStore, KeyringStore, StoreError};
use windows_native_keyring_store::Store;

/// Somebody who is nowhere: the tests touch no entry of a real account. Each test has one of its own.
fn account(user_id: i64) -> AccountId {
    AccountId { origin: "https://pachca-status.invalid".to_owned(), user_id }
}

fn token(text: &str) -> Token {
    Token::parse(text).expect("visible ASCII")
}

/// What Windows itself says about the entry of this name, by way of `CredReadW`; `None` when there is none.
fn entry(target: &str) -> Option<HashMap<String, String>> {
    let store = Store::new().expect("Credential Manager needs no connection");
    let store: &dyn keyring_core::api::CredentialStoreApi = &*store;
    let named = HashMap::from([("target", target)]);
    let entry = store.build("", "", Some(&named)).expect("a name is enough");
    match entry.get_attributes() {
        Err(keyring_core::Error::NoEntry) => None,
        attributes => Some(attributes.expect("an entry that can be read")),
    }
}

/// Leaves nothing behind, also when the test fails.
struct Cleared(AccountId);

impl Drop for Cleared {
    fn drop(&mut self) {
        // Nothing stored is what is wanted.
        let _ = KeyringStore::new().delete(&self.0);
    }
}

#[test]
fn a_token_is_kept_replaced_and_removed() {
    let account = account(12);
    let _cleared = Cleared(account.clone());
    let store = KeyringStore::new();
    assert_eq!(store.name(), "Credential Manager");
    assert_eq!(store.is_locked(), Ok(false));
    assert_eq!(store.load(&account).err(), Some(StoreError::NotStored));
    store.save(&account, &token("first-token")).expect("it is stored");
    store.save(&account, &token("second-token")).expect("it is replaced");
    // As after a restart.
    let store = KeyringStore::new();
    assert_eq!(store.load(&account).expect("it was stored").expose(), "second-token");
    let other = AccountId { user_id: 13, ..account.clone() };
    assert_eq!(store.load(&other).err(), Some(StoreError::NotStored));

    store.delete(&account).expect("it is removed");
    assert_eq!(store.load(&account).err(), Some(StoreError::NotStored));
    assert_eq!(store.delete(&account).err(), Some(StoreError::NotStored));
}

#[test]
fn a_token_stays_on_this_computer_under_a_name_that_says_whose_it_is() {
    let account = account(14);
    let _cleared = Cleared(account.clone());
    let target = "https://pachca-status.invalid#14.dev.pachca-status.desktop";
    assert_eq!(entry(target), None);
    let store = KeyringStore::new();
    store.save(&account, &token("a-token")).expect("it is stored");
    // Replaced, it must not start to roam either.
    store.save(&account, &token("another-token")).expect("it is replaced");
    let attributes = entry(target).expect("an entry of this name");
    // `CRED_PERSIST_LOCAL_MACHINE`: `Enterprise` goes along to the person's other computers.
    assert_eq!(attributes["persistence"], "Local");
    assert_eq!(attributes["username"], "https://pachca-status.invalid#14");
    assert!(!format!("{attributes:?}").contains("token"), "only the secret holds the token");
    store.delete(&account).expect("it is removed");
    assert_eq!(entry(target), None, "nothing is left under that name");
}

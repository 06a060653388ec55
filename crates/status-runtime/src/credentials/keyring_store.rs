//! The operating system's secret store: Secret Service, Keychain, Credential Manager.

use std::sync::{Arc, Mutex, PoisonError};

use keyring_core::{CredentialStore as SystemStore, Entry, Error};
use pachca_client::Token;
use status_core::AccountId;

use super::{CredentialStore, StoreError};

/// Names our entries among everybody's.
const SERVICE: &str = "dev.pachca-status.desktop";

/// The system's secret store.
///
/// The connection to it is our own and made anew after a failure: at login the app may be up before the keyring is.
#[derive(Default)]
pub struct KeyringStore {
    store: Mutex<Option<Arc<SystemStore>>>,
}

impl KeyringStore {
    /// Touches nothing until it is asked for something.
    pub fn new() -> Self {
        Self::default()
    }

    /// Does something with an account's entry, or with each of several: two collections may hold one. After a failure
    /// of the store itself, the next call connects anew.
    fn with_entries<T>(
        &self,
        account: &AccountId,
        act: impl Fn(&Entry) -> Result<T, Error>,
    ) -> Result<Vec<T>, StoreError> {
        let store = self.connected()?;
        let user = format!("{}#{}", account.origin, account.user_id);
        let act = |entry: Entry| act(&entry);
        let result = match store.build(SERVICE, &user, Some(&modifiers())).and_then(act) {
            Err(Error::Ambiguous(entries)) => entries.into_iter().map(act).collect(),
            only => only.map(|done| vec![done]),
        };
        result.map_err(|error| {
            let named = name(&error);
            if matches!(named, StoreError::NoService | StoreError::Broken) {
                *self.lock() = None;
            }
            named
        })
    }

    /// What is stored for an account. Several entries count as one while they hold the same.
    fn secret(&self, account: &AccountId) -> Result<Vec<u8>, StoreError> {
        let mut secrets = self.with_entries(account, Entry::get_secret)?;
        let secret = secrets.pop().ok_or(StoreError::NotStored)?;
        if secrets.iter().all(|other| *other == secret) {
            Ok(secret)
        } else {
            Err(StoreError::Ambiguous)
        }
    }

    /// Removes what is stored for an account: all of it, or nothing when it is not clear what that is.
    fn remove(&self, account: &AccountId) -> Result<(), StoreError> {
        self.secret(account)?;
        self.with_entries(account, Entry::delete_credential).map(drop)
    }

    fn connected(&self) -> Result<Arc<SystemStore>, StoreError> {
        let mut store = self.lock();
        if let Some(store) = &*store {
            return Ok(store.clone());
        }
        let made = connect().map_err(|_| StoreError::NoService)?;
        *store = Some(made.clone());
        Ok(made)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Arc<SystemStore>>> {
        // A panic inside a store leaves at worst a store that is connected anew.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CredentialStore for KeyringStore {
    fn load(&self, account: &AccountId) -> Result<Token, StoreError> {
        let read = || {
            let secret = self.secret(account)?;
            let text = String::from_utf8(secret).map_err(|_| StoreError::Broken)?;
            Token::take(text).map_err(|_| StoreError::Broken)
        };
        match read() {
            // A locked Secret Service says «no entry» as well, because it cannot look inside.
            Err(StoreError::NotStored) if self.is_locked()? => {
                unlock()?;
                read()
            }
            other => other,
        }
    }

    fn save(&self, account: &AccountId, token: &Token) -> Result<(), StoreError> {
        // A store that is new to everybody has nowhere to keep anything yet: there is nothing to unlock.
        create_missing()?;
        let secret = token.expose().as_bytes();
        self.with_entries(account, |entry| entry.set_secret(secret)).map(drop)
    }

    fn delete(&self, account: &AccountId) -> Result<(), StoreError> {
        match self.remove(account) {
            Err(StoreError::NotStored) if self.is_locked()? => {
                unlock()?;
                self.remove(account)
            }
            other => other,
        }
    }

    fn name(&self) -> &'static str {
        NAME
    }

    fn is_locked(&self) -> Result<bool, StoreError> {
        is_locked()
    }
}

impl std::fmt::Debug for KeyringStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyringStore")
    }
}

/// Only the kind of an error goes on: the library's own may hold the secret.
fn name(error: &Error) -> StoreError {
    match error {
        Error::NoEntry => StoreError::NotStored,
        Error::NoStorageAccess(cause) => name_closed(cause.as_ref()),
        Error::Ambiguous(_) => StoreError::Ambiguous,
        Error::NoDefaultStore => StoreError::NoService,
        Error::PlatformFailure(cause) => name_platform(cause.as_ref()),
        _ => StoreError::Broken,
    }
}

#[cfg(target_os = "linux")]
use linux::{
    NAME, connect, create_missing, is_locked, modifiers, name_closed, name_platform, unlock,
};
#[cfg(target_os = "macos")]
use macos::{
    NAME, connect, create_missing, is_locked, modifiers, name_closed, name_platform, unlock,
};
#[cfg(target_os = "windows")]
use windows::{
    NAME, connect, create_missing, is_locked, modifiers, name_closed, name_platform, unlock,
};

#[cfg(target_os = "linux")]
mod linux {
    use std::{collections::HashMap, error::Error as StdError, sync::Arc};

    use keyring_core::CredentialStore;

    use crate::credentials::{StoreError, secret_service};

    pub(super) const NAME: &str = "Secret Service";

    pub(super) fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
        zbus_secret_service_keyring_store::Store::new().map(|store| store as Arc<CredentialStore>)
    }

    pub(super) fn modifiers() -> HashMap<&'static str, &'static str> {
        HashMap::from([("label", "Pachca Status")])
    }

    pub(super) fn is_locked() -> Result<bool, StoreError> {
        secret_service::is_locked()
    }

    pub(super) fn unlock() -> Result<(), StoreError> {
        secret_service::unlock()
    }

    pub(super) fn create_missing() -> Result<(), StoreError> {
        secret_service::create_missing()
    }

    pub(super) fn name_closed(_: &(dyn StdError + Send + Sync)) -> StoreError {
        StoreError::Locked
    }

    /// What is left of the Secret Service's errors is its bus: it is gone, or was never there.
    pub(super) fn name_platform(_: &(dyn StdError + Send + Sync)) -> StoreError {
        StoreError::NoService
    }
}

#[cfg(target_os = "macos")]
mod macos {
    use std::{collections::HashMap, error::Error as StdError, sync::Arc};

    use keyring_core::CredentialStore;

    use crate::credentials::{StoreError, keychain};

    pub(super) const NAME: &str = "Keychain";

    pub(super) fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
        apple_native_keyring_store::keychain::Store::new()
            .map(|store| store as Arc<CredentialStore>)
    }

    pub(super) fn modifiers() -> HashMap<&'static str, &'static str> {
        HashMap::new()
    }

    #[allow(clippy::unnecessary_wraps, reason = "the same signature as on Linux")]
    pub(super) fn is_locked() -> Result<bool, StoreError> {
        Ok(false)
    }

    #[allow(clippy::unnecessary_wraps, reason = "the same signature as on Linux")]
    pub(super) fn unlock() -> Result<(), StoreError> {
        Ok(())
    }

    #[allow(clippy::unnecessary_wraps, reason = "the same signature as on Linux")]
    pub(super) fn create_missing() -> Result<(), StoreError> {
        Ok(())
    }

    /// Both kinds of failure hold everything from a refusal to a missing keychain; only the number tells.
    pub(super) fn name_platform(cause: &(dyn StdError + Send + Sync + 'static)) -> StoreError {
        cause
            .downcast_ref::<security_framework::base::Error>()
            .map_or(StoreError::Broken, |error| keychain::name(error.code()))
    }

    pub(super) fn name_closed(cause: &(dyn StdError + Send + Sync + 'static)) -> StoreError {
        name_platform(cause)
    }
}

#[cfg(target_os = "windows")]
mod windows {
    use std::{collections::HashMap, error::Error as StdError, sync::Arc};

    use keyring_core::CredentialStore;

    use crate::credentials::StoreError;

    pub(super) const NAME: &str = "Credential Manager";

    pub(super) fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
        windows_native_keyring_store::Store::new().map(|store| store as Arc<CredentialStore>)
    }

    /// `Local`: by default credentials roam to the person's other computers.
    pub(super) fn modifiers() -> HashMap<&'static str, &'static str> {
        HashMap::from([("persistence", "Local")])
    }

    #[allow(clippy::unnecessary_wraps, reason = "the same signature as on Linux")]
    pub(super) fn is_locked() -> Result<bool, StoreError> {
        Ok(false)
    }

    #[allow(clippy::unnecessary_wraps, reason = "the same signature as on Linux")]
    pub(super) fn unlock() -> Result<(), StoreError> {
        Ok(())
    }

    #[allow(clippy::unnecessary_wraps, reason = "the same signature as on Linux")]
    pub(super) fn create_missing() -> Result<(), StoreError> {
        Ok(())
    }

    pub(super) fn name_platform(_: &(dyn StdError + Send + Sync)) -> StoreError {
        StoreError::Denied
    }

    /// A session without credentials of its own, as services have: there is nowhere to keep one.
    pub(super) fn name_closed(_: &(dyn StdError + Send + Sync)) -> StoreError {
        StoreError::NoService
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_holds_the_secret_is_reduced_to_its_kind() {
        let secret = b"canary-token".to_vec();
        assert_eq!(name(&Error::BadEncoding(secret.clone())), StoreError::Broken);
        assert!(!format!("{:?}", name(&Error::BadEncoding(secret))).contains("canary"));
        assert_eq!(name(&Error::NoEntry), StoreError::NotStored);
        assert_eq!(name(&Error::Ambiguous(Vec::new())), StoreError::Ambiguous);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_closed_secret_service_is_locked_and_one_that_fails_is_not_there() {
        assert_eq!(name(&Error::NoStorageAccess("locked".into())), StoreError::Locked);
        assert_eq!(name(&Error::PlatformFailure("no bus".into())), StoreError::NoService);
    }
}

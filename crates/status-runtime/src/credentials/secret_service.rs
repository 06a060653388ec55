//! Whether the Secret Service's default collection is locked, and unlocking it. The store itself cannot tell «locked»
//! from «not stored».
//!
//! Source: Secret Service API, draft 0.2 (freedesktop.org).

use std::collections::HashMap;

use zbus::{
    blocking::{Connection, Proxy},
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

use super::StoreError;

const NAME: &str = "org.freedesktop.secrets";
const SERVICE: &str = "org.freedesktop.Secret.Service";
const COLLECTION: &str = "org.freedesktop.Secret.Collection";
const PROMPT: &str = "org.freedesktop.Secret.Prompt";
const LABEL: &str = "org.freedesktop.Secret.Collection.Label";
/// The path that stands for «none».
const NOWHERE: &str = "/";

/// Whether the default collection is locked. Asks nobody.
pub(super) fn is_locked() -> Result<bool, StoreError> {
    let bus = session()?;
    let Some(path) = default_collection(&bus)? else { return Ok(false) };
    Proxy::new(&bus, NAME, path, COLLECTION)
        .and_then(|collection| collection.get_property("Locked"))
        .map_err(|_| StoreError::NoService)
}

/// Unlocks the default collection; the service asks the person if it must, and this waits for the answer.
pub(super) fn unlock() -> Result<(), StoreError> {
    let bus = session()?;
    let Some(path) = default_collection(&bus)? else { return Err(StoreError::NotStored) };
    let (unlocked, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) =
        service(&bus)?.call("Unlock", &(vec![path.clone()],)).map_err(|_| StoreError::Locked)?;
    if unlocked.contains(&path) { Ok(()) } else { prompted(&bus, prompt, StoreError::Locked) }
}

/// Makes the default collection where there is none yet; the service asks the person for its password.
pub(super) fn create_missing() -> Result<(), StoreError> {
    let bus = session()?;
    if default_collection(&bus)?.is_some() {
        return Ok(());
    }
    let label = HashMap::from([(LABEL, Value::from("Login"))]);
    let (made, prompt): (OwnedObjectPath, OwnedObjectPath) = service(&bus)?
        .call("CreateCollection", &(label, "default"))
        .map_err(|_| StoreError::Denied)?;
    if made.as_str() == NOWHERE { prompted(&bus, prompt, StoreError::Denied) } else { Ok(()) }
}

/// Shows the service's prompt and waits for the answer; `refused` is what a «no» means.
fn prompted(
    bus: &Connection,
    prompt: OwnedObjectPath,
    refused: StoreError,
) -> Result<(), StoreError> {
    if prompt.as_str() == NOWHERE {
        return Err(refused);
    }
    let prompt = Proxy::new(bus, NAME, prompt, PROMPT).map_err(|_| StoreError::NoService)?;
    // Listening comes first: the answer may be there before the call returns.
    let mut completed = prompt.receive_signal("Completed").map_err(|_| StoreError::NoService)?;
    prompt.call::<_, _, ()>("Prompt", &("",)).map_err(|_| refused)?;
    let answer = completed.next().ok_or(StoreError::NoService)?;
    let (dismissed, _): (bool, OwnedValue) =
        answer.body().deserialize().map_err(|_| StoreError::Broken)?;
    if dismissed { Err(refused) } else { Ok(()) }
}

fn session() -> Result<Connection, StoreError> {
    Connection::session().map_err(|_| StoreError::NoService)
}

fn service(bus: &Connection) -> Result<Proxy<'_>, StoreError> {
    Proxy::new(bus, NAME, "/org/freedesktop/secrets", SERVICE).map_err(|_| StoreError::NoService)
}

/// `None`: the service has no default collection yet, so nothing can be in it.
fn default_collection(bus: &Connection) -> Result<Option<OwnedObjectPath>, StoreError> {
    let path: OwnedObjectPath =
        service(bus)?.call("ReadAlias", &("default",)).map_err(|_| StoreError::NoService)?;
    Ok((path.as_str() != NOWHERE).then_some(path))
}

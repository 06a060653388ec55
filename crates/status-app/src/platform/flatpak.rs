//! Flatpak: a sandbox in which the desktop knows the program by the name of its package, and is asked through portals.

use std::{
    collections::HashMap,
    fs,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use futures_util::StreamExt;
use zbus::{
    Proxy,
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

use crate::platform::dbus;

/// Where Flatpak tells a program inside about itself. Nobody else can put a file there.
const INFO: &str = "/.flatpak-info";

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";

/// How long the desktop may take to answer: it may ask the person.
const ANSWER: Duration = Duration::from_mins(2);

/// The package's name, which its desktop entry and its icon have too; `None` outside a sandbox.
pub(crate) fn id() -> Option<&'static str> {
    static ID: OnceLock<Option<String>> = OnceLock::new();
    ID.get_or_init(|| name(&fs::read_to_string(INFO).ok()?)).as_deref()
}

/// The name in a file of groups and keys.
fn name(info: &str) -> Option<String> {
    let group = info.lines().skip_while(|line| line.trim() != "[Application]").skip(1);
    let mut keys = group.take_while(|line| !line.starts_with('['));
    let name = keys.find_map(|line| line.strip_prefix("name="))?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Asks the desktop to start the program at login, or to do so no more (the Background portal). The `reason` is shown to
/// the person if the desktop asks them.
pub(crate) async fn start_at_login(on: bool, reason: &str) -> Result<(), String> {
    match request_background(on, reason).await {
        Ok(granted) if granted == on => Ok(()),
        Ok(_) => Err("the desktop does not let it start at login".to_owned()),
        Err(error) => Err(format!("the desktop does not answer: {error}")),
    }
}

/// Whether the program starts at login from now on.
async fn request_background(on: bool, reason: &str) -> zbus::Result<bool> {
    static REQUESTS: AtomicU32 = AtomicU32::new(0);
    let bus = dbus::session().await?;
    let own = bus.unique_name().map(ToString::to_string).unwrap_or_default();
    let token = format!("login{}", REQUESTS.fetch_add(1, Ordering::Relaxed));
    // Listening comes first, at the place the portal's documentation foretells: the answer may be quick.
    let place = format!("{PATH}/request/{}/{token}", own.trim_start_matches(':').replace('.', "_"));
    let request = Proxy::new(bus, PORTAL, place, "org.freedesktop.portal.Request").await?;
    let mut responses = request.receive_signal("Response").await?;
    let options: HashMap<&str, Value<'_>> = HashMap::from([
        ("handle_token", Value::from(&token)),
        ("reason", Value::from(reason)),
        ("autostart", Value::from(on)),
        ("commandline", Value::from(vec!["pachca-status", "--hidden"])),
    ]);
    let background = Proxy::new(bus, PORTAL, PATH, "org.freedesktop.portal.Background").await?;
    let _: OwnedObjectPath = background.call("RequestBackground", &("", options)).await?;
    let nobody = || zbus::Error::Failure("no answer".to_owned());
    let response = tokio::time::timeout(ANSWER, responses.next()).await.map_err(|_| nobody())?;
    let (code, results): (u32, HashMap<String, OwnedValue>) =
        response.ok_or_else(nobody)?.body().deserialize()?;
    if code != 0 {
        // The person said no, or the desktop did: what was there before is there still.
        return Ok(!on);
    }
    Ok(matches!(results.get("autostart").map(|value| &**value), Some(Value::Bool(true))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_name_is_that_of_its_own_group() {
        let info = "[Runtime]\nname=other\n[Application]\nname=dev.example.App\nruntime=x\n";
        assert_eq!(name(info).as_deref(), Some("dev.example.App"));
        for info in ["", "[Application]\n", "[Application]\nname=\n", "[Instance]\nname=x\n"] {
            assert_eq!(name(info), None, "{info:?}");
        }
    }
}

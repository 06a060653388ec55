//! The program in a sandbox as Flatpak makes it: nothing of the person's files, and of the session bus only what the
//! manifest in `packaging/flatpak` asks for. A portal answers what programs in a sandbox have to ask.

#![allow(
    clippy::unused_self,
    clippy::used_underscore_binding,
    reason = "interfaces are as specified"
)]

use std::{
    collections::HashMap,
    fmt::Write as _,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use tokio::sync::watch;
use zbus::{
    Connection, interface,
    message::Header,
    object_server::SignalEmitter,
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

use crate::{
    Launch,
    app::{WINDOW_PROGRAM, program},
    bus::Bus,
    process::{Process, command},
    until,
};

pub const FLATPAK: &str = "dev.pachca_status.PachcaStatus";

/// What Flatpak always lets through on the session bus (flatpak-run, 1.14).
const ALWAYS: [&str; 2] = [
    "--call=org.freedesktop.portal.*=*",
    "--broadcast=org.freedesktop.portal.*=@/org/freedesktop/portal/*",
];

/// The sandbox. Programs in it lose the bus with this value.
#[derive(Debug)]
pub struct Flatpak {
    program: PathBuf,
    _proxy: Process,
}

impl Flatpak {
    /// `folder` is that of the desktop.
    pub(crate) fn new(folder: &Path, bus: &Bus) -> Result<Self> {
        let run = folder.join("run/flatpak");
        let own = folder.join("home/.var/app").join(FLATPAK);
        fs::create_dir_all(&run)?;
        for name in ["cache", "config", "data", ".local/state"] {
            fs::create_dir_all(own.join(name))?;
        }
        let info = run.join("info");
        fs::write(&info, format!("[Application]\nname={FLATPAK}\n"))?;
        let socket = run.join("bus");
        let mut proxy = command("xdg-dbus-proxy");
        proxy.args(["--fd=1", bus.address()]).arg(&socket).arg("--filter");
        proxy.args([format!("--own={FLATPAK}"), format!("--own={FLATPAK}.*")]);
        proxy.args(ALWAYS).args(talked_to()?);
        let mut proxy =
            Process::start("xdg-dbus-proxy", &mut proxy, &folder.join("log/proxy.log"))?;
        proxy.first_byte()?;

        let program = run.join("pachca-status");
        fs::write(&program, script(folder, &own, &info, &socket)?)?;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
        Ok(Self { program, _proxy: proxy })
    }

    /// As the desktop starts it: what is in the sandbox, with these arguments and variables.
    pub fn launch(&self) -> Launch {
        Launch { program: Some(self.program.clone()), ..Launch::plain() }
    }
}

/// What the manifest wants to talk to.
fn talked_to() -> Result<Vec<String>> {
    let manifest =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../packaging/flatpak/{FLATPAK}.yml"));
    let manifest = fs::read_to_string(&manifest).with_context(|| manifest.display().to_string())?;
    let names = manifest.lines().filter_map(|line| line.trim().strip_prefix("- --talk-name="));
    Ok(names.map(|name| format!("--talk={name}")).collect())
}

/// Starts the program in a file system of its own.
fn script(folder: &Path, own: &Path, info: &Path, socket: &Path) -> Result<String> {
    let mut script = String::from("#!/bin/sh\nexec bwrap --unshare-pid --die-with-parent");
    let home = folder.join("home");
    let (home, own) = (home.display(), own.display());
    let program = program()?;
    let window = program.with_file_name(WINDOW_PROGRAM);
    for arguments in [
        "--ro-bind /usr /usr --ro-bind /etc /etc --ro-bind /sys /sys --proc /proc --dev /dev"
            .to_owned(),
        "--symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64".to_owned(),
        "--tmpfs /tmp --ro-bind /tmp/.X11-unix /tmp/.X11-unix --setenv TMPDIR /tmp".to_owned(),
        format!("--ro-bind '{}' /.flatpak-info --setenv FLATPAK_ID {FLATPAK}", info.display()),
        format!("--ro-bind '{}' /app/bin/pachca-status", program.display()),
        format!("--ro-bind '{}' /app/bin/{WINDOW_PROGRAM}", window.display()),
        format!("--dir '{home}' --bind '{own}' '{own}' --chdir '{home}'"),
        format!("--setenv XDG_CONFIG_HOME '{own}/config' --setenv XDG_DATA_HOME '{own}/data'"),
        format!(
            "--setenv XDG_CACHE_HOME '{own}/cache' --setenv XDG_STATE_HOME '{own}/.local/state'"
        ),
        format!("--dir '{}'", folder.join("run").display()),
        format!("--ro-bind '{}' /run/flatpak/bus", socket.display()),
        "--setenv DBUS_SESSION_BUS_ADDRESS unix:path=/run/flatpak/bus".to_owned(),
    ] {
        write!(script, " \\\n    {arguments}")?;
    }
    script.push_str(" \\\n    /app/bin/pachca-status \"$@\"\n");
    Ok(script)
}

/// The desktop's portal, as far as starting at login and colours go.
#[derive(Debug)]
pub struct Portal {
    asked: watch::Sender<Vec<Background>>,
    allows: watch::Sender<bool>,
    connection: Connection,
}

/// What the portal was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Background {
    /// To start at login, or not to.
    pub autostart: bool,
    /// The program's name and arguments.
    pub command: Vec<String>,
    /// What the person is told.
    pub reason: String,
}

struct Desktop {
    asked: watch::Sender<Vec<Background>>,
    allows: watch::Sender<bool>,
}

#[interface(name = "org.freedesktop.portal.Background")]
impl Desktop {
    async fn request_background(
        &self,
        _parent_window: &str,
        mut options: HashMap<String, OwnedValue>,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] connection: &Connection,
    ) -> zbus::fdo::Result<OwnedObjectPath> {
        let mut take = |name: &str| options.remove(name).unwrap_or_else(|| OwnedValue::from(false));
        let autostart = bool::try_from(take("autostart")).unwrap_or_default();
        let token = String::try_from(take("handle_token")).unwrap_or_default();
        let background = Background {
            autostart,
            command: Vec::try_from(take("commandline")).unwrap_or_default(),
            reason: String::try_from(take("reason")).unwrap_or_default(),
        };
        self.asked.send_modify(|asked| asked.push(background));
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let place = sender.trim_start_matches(':').replace('.', "_");
        let place = format!("/org/freedesktop/portal/desktop/request/{place}/{token}");
        let place = ObjectPath::try_from(place).map_err(zbus::Error::from)?;
        // Before the call itself is answered, as a quick portal may do.
        let emitter = SignalEmitter::new(connection, place.clone())?;
        let allows = *self.allows.borrow();
        let results = HashMap::from([("autostart", Value::from(autostart && allows))]);
        let code = u32::from(!allows);
        emitter.emit("org.freedesktop.portal.Request", "Response", &(code, results)).await?;
        Ok(place.into())
    }
}

/// In a sandbox `GLib` asks here which proxy leads to an address; the web driver's connection waits for it.
struct Proxies;

#[interface(name = "org.freedesktop.portal.ProxyResolver")]
impl Proxies {
    fn lookup(&self, _uri: &str) -> Vec<&str> {
        vec!["direct://"]
    }
}

/// Light or dark, as the portal numbers them: 0 is «no preference», 1 «dark», 2 «light».
struct Colours(u32);

const APPEARANCE: (&str, &str) = ("org.freedesktop.appearance", "color-scheme");

#[interface(name = "org.freedesktop.portal.Settings")]
impl Colours {
    /// In two wrappings, as this method has always answered.
    fn read(&self, namespace: &str, key: &str) -> zbus::fdo::Result<Value<'_>> {
        if (namespace, key) != APPEARANCE {
            return Err(zbus::fdo::Error::Failed("Requested setting not found".to_owned()));
        }
        Ok(Value::Value(Box::new(Value::U32(self.0))))
    }

    #[zbus(signal)]
    async fn setting_changed(
        emitter: &SignalEmitter<'_>,
        namespace: &str,
        key: &str,
        value: Value<'_>,
    ) -> zbus::Result<()>;
}

const PORTAL: &str = "/org/freedesktop/portal/desktop";

impl Portal {
    pub(crate) async fn start(bus: &Bus) -> Result<Self> {
        let (asked, allows) = (watch::Sender::new(Vec::new()), watch::Sender::new(true));
        let desktop = Desktop { asked: asked.clone(), allows: allows.clone() };
        let connection = bus
            .connection()?
            .serve_at(PORTAL, desktop)?
            .serve_at(PORTAL, Proxies)?
            .serve_at(PORTAL, Colours(0))?
            .name("org.freedesktop.portal.Desktop")?
            .build()
            .await?;
        Ok(Self { asked, allows, connection })
    }

    /// The person wants programs dark, or light.
    pub async fn wants_dark(&self, dark: bool) -> Result<()> {
        let colours = self.connection.object_server().interface::<_, Colours>(PORTAL).await?;
        let scheme = if dark { 1 } else { 2 };
        colours.get_mut().await.0 = scheme;
        let (namespace, key) = APPEARANCE;
        Ok(Colours::setting_changed(colours.signal_emitter(), namespace, key, scheme.into())
            .await?)
    }

    /// The person says no from now on, or yes.
    pub fn allows(&self, allows: bool) {
        self.allows.send_replace(allows);
    }

    /// Waits until it has been asked so many times, and says what the last time.
    pub async fn asked(&self, times: usize) -> Result<Background> {
        let what = format!("the portal is asked for the {times}. time");
        let asked = until(&what, &self.asked, |asked| asked.len() == times).await?;
        asked.last().cloned().context("at least once")
    }
}

//! The panel: a `StatusNotifierWatcher` and host that shows (to the test) what a person would see in their tray.
//!
//! Specification: <https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/>; the menu speaks
//! `com.canonical.dbusmenu`.

#![allow(
    clippy::unused_self,
    clippy::used_underscore_binding,
    reason = "interfaces are as specified"
)]

use std::{
    fmt,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use anyhow::{Context as _, Result, bail};
use futures_util::{StreamExt as _, stream::select_all};
use tokio::{
    runtime::Handle,
    sync::{Notify, watch},
    task::JoinHandle,
};
use zbus::{
    Connection, MatchRule, MessageStream, Proxy,
    fdo::{DBusProxy, PropertiesProxy},
    interface,
    message::Header,
    names::InterfaceName,
    object_server::SignalEmitter,
    zvariant::{OwnedObjectPath, Value},
};

use crate::{
    bus::Bus,
    menu::{Layout, Menu, MenuNode},
    until, within,
};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const WATCHER_PATH: &str = "/StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// Width, height and ARGB pixels, as the specification has it.
type Pixmap = (i32, i32, Vec<u8>);
type ToolTip = (String, Vec<Pixmap>, String, String);

/// The icon's pixels. Two are equal when they look the same.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Icon(Vec<Pixmap>);

impl fmt::Debug for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        let sizes =
            self.0.iter().map(|(width, height, _)| format!("{width}×{height}")).collect::<Vec<_>>();
        write!(f, "{} #{:08x}", sizes.join(" "), hasher.finish() >> 32)
    }
}

impl Icon {
    /// Whether anything can be seen of it.
    pub fn is_visible(&self) -> bool {
        // The first of four bytes is how opaque the pixel is.
        self.0.iter().any(|(_, _, pixels)| pixels.chunks_exact(4).any(|pixel| pixel[0] > 0))
    }
}

/// What the panel shows for the program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PanelItem {
    pub service: String,
    pub icon: Icon,
    /// What hovering shows.
    pub tooltip: String,
    /// `Active`, `Passive` or `NeedsAttention`.
    pub status: String,
    /// What a right click opens.
    pub menu: Menu,
    path: OwnedObjectPath,
    menu_path: OwnedObjectPath,
}

impl PanelItem {
    /// Whether this status, emoji and title, is what colleagues are known to see: not only wanted, not on its way.
    pub fn is_set(&self, status: &str) -> bool {
        self.menu.is_checked(status) && self.tooltip.starts_with(status)
    }

    /// Whether it is known that nothing is set: not looked up still, nor on its way.
    pub fn is_clear(&self) -> bool {
        let none = ["No status", "Без статуса"];
        none.contains(&self.tooltip.as_str())
            && self.menu.items.iter().any(|line| line.label == self.tooltip)
            && self.menu.checked().is_empty()
    }
}

/// The panel. It can come late, go away, and come back, as real panels do.
#[derive(Debug)]
pub struct TrayHost {
    shown: watch::Sender<Option<PanelItem>>,
    client: Connection,
    panel: Option<Connection>,
}

struct Watcher {
    shown: watch::Sender<Option<PanelItem>>,
    follower: Option<JoinHandle<()>>,
    /// The bus calls on a thread of its own, which knows nothing of the test's runtime.
    runtime: Handle,
}

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    async fn register_status_notifier_item(
        &mut self,
        service: String,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] connection: &Connection,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> zbus::fdo::Result<()> {
        // Some programs register the path of their item, others their name on the bus.
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let (service, path) = if service.starts_with('/') {
            (sender, service)
        } else {
            (service, "/StatusNotifierItem".to_owned())
        };
        Self::status_notifier_item_registered(&emitter, &service).await?;
        let shown = self.shown.clone();
        let connection = connection.clone();
        if let Some(before) = self.follower.take() {
            before.abort();
        }
        self.follower = Some(self.runtime.spawn(async move {
            let followed = follow(&connection, &service, &path, &shown).await;
            // A program that ends in the middle of a look is gone, not wrong.
            let gone = !is_there(&connection, &service).await.unwrap_or(false);
            if let (Err(error), false) = (followed, gone) {
                eprintln!("the panel lost sight of {service}: {error:#}");
            }
            shown.send_replace(None);
        }));
        Ok(())
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.shown.borrow().iter().map(|item| item.service.clone()).collect()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(signal)]
    async fn status_notifier_item_registered(
        emitter: &SignalEmitter<'_>,
        service: &str,
    ) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn status_notifier_item_unregistered(
        emitter: &SignalEmitter<'_>,
        service: &str,
    ) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn status_notifier_host_registered(emitter: &SignalEmitter<'_>) -> zbus::Result<()>;
}

/// Keeps what is shown up to date by the item's own signals, until it leaves the bus.
async fn follow(
    connection: &Connection,
    service: &str,
    path: &str,
    shown: &watch::Sender<Option<PanelItem>>,
) -> Result<()> {
    let bus = DBusProxy::new(connection).await?;
    let mut owner = bus.receive_name_owner_changed_with_args(&[(0, service)]).await?;
    let mut signals = Vec::new();
    for interface in [ITEM, MENU, "org.freedesktop.DBus.Properties"] {
        let rule = MatchRule::builder()
            .msg_type(zbus::message::Type::Signal)
            .sender(service)?
            .interface(interface)?
            .build();
        signals.push(MessageStream::for_match_rule(rule, connection, None).await?);
    }
    let mut signals = select_all(signals);
    let news = Notify::new();
    // Taken off the connection as they come: it would not deliver answers behind signals that nobody takes.
    let listen = async {
        while let Some(signal) = signals.next().await {
            signal?;
            news.notify_one();
        }
        bail!("the bus has ended")
    };
    let draw = async {
        loop {
            shown.send_replace(Some(look(connection, service, path).await?));
            news.notified().await;
        }
    };
    let leave = async {
        while let Some(change) = owner.next().await {
            if change.args()?.new_owner().is_none() {
                break;
            }
        }
        anyhow::Ok(())
    };
    tokio::select! {
        ended = listen => ended,
        failed = draw => failed,
        left = leave => left,
    }
}

async fn is_there(connection: &Connection, service: &str) -> Result<bool> {
    Ok(DBusProxy::new(connection).await?.name_has_owner(service.try_into()?).await?)
}

/// Reads everything a panel draws.
async fn look(connection: &Connection, service: &str, path: &str) -> Result<PanelItem> {
    let properties = PropertiesProxy::builder(connection)
        .destination(service)?
        .path(path)?
        .cache_properties(zbus::proxy::CacheProperties::No)
        .build()
        .await?;
    let mut all = properties.get_all(InterfaceName::from_static_str_unchecked(ITEM)).await?;
    let mut take =
        |name: &str| all.remove(name).with_context(|| format!("the tray item has no {name}"));
    let icon: Vec<Pixmap> = take("IconPixmap")?.try_into()?;
    let (_, _, title, text): ToolTip = take("ToolTip")?.try_into()?;
    let status: String = take("Status")?.try_into()?;
    let menu_path: OwnedObjectPath = take("Menu")?.try_into()?;
    let menu = read_menu(connection, service, &menu_path).await?;
    Ok(PanelItem {
        service: service.to_owned(),
        icon: Icon(icon),
        // The title is the program's name when there is a text.
        tooltip: if text.is_empty() { title } else { text },
        status,
        menu,
        path: OwnedObjectPath::try_from(path)?,
        menu_path,
    })
}

async fn read_menu(connection: &Connection, service: &str, path: &OwnedObjectPath) -> Result<Menu> {
    let menu = Proxy::new(connection, service.to_owned(), path.clone(), MENU).await?;
    let (_revision, root): (u32, Layout) =
        menu.call("GetLayout", &(0, -1, Vec::<&str>::new())).await?;
    Ok(Menu { items: MenuNode::from_layout(root)?.items })
}

impl TrayHost {
    /// No panel yet: [`TrayHost::appear`] brings it.
    pub(crate) async fn new(bus: &Bus) -> Result<Self> {
        Ok(Self { shown: watch::Sender::new(None), client: bus.connect().await?, panel: None })
    }

    pub(crate) async fn appear_on(&mut self, bus: &Bus) -> Result<()> {
        let watcher =
            Watcher { shown: self.shown.clone(), follower: None, runtime: Handle::current() };
        let panel =
            bus.connection()?.serve_at(WATCHER_PATH, watcher)?.name(WATCHER)?.build().await?;
        self.panel = Some(panel);
        Ok(())
    }

    /// The panel crashes or is switched off.
    pub async fn vanish(&mut self) -> Result<()> {
        if let Some(panel) = self.panel.take() {
            panel.object_server().remove::<Watcher, _>(WATCHER_PATH).await?;
            panel.close().await?;
        }
        self.shown.send_replace(None);
        Ok(())
    }

    /// What is shown now; `None` while the program has no icon.
    pub fn now(&self) -> Option<PanelItem> {
        self.shown.borrow().clone()
    }

    /// Waits until the icon is there and looks as `accept` wants it.
    pub async fn wait_for(
        &self,
        what: &str,
        mut accept: impl FnMut(&PanelItem) -> bool,
    ) -> Result<PanelItem> {
        let shown = until(what, &self.shown, |item| item.as_ref().is_some_and(&mut accept)).await?;
        Ok(shown.expect("accepted"))
    }

    /// Waits until the program knows that nothing is set, and says so: how every fresh sandbox begins.
    pub async fn wait_until_known(&self) -> Result<PanelItem> {
        self.wait_for("nothing is set", PanelItem::is_clear).await
    }

    /// Waits until the menu has a line with `words`.
    pub async fn wait_for_line(&self, words: &str) -> Result<PanelItem> {
        let has =
            |item: &PanelItem| item.menu.lines().iter().any(|line| line.label.contains(words));
        self.wait_for(&format!("the menu says «{words}»"), has).await
    }

    /// Clicks the preset with this emoji and title, and waits until it is what colleagues are known to see.
    pub async fn set(&self, status: &str) -> Result<PanelItem> {
        self.click_preset(status).await?;
        self.wait_for(&format!("{status} is set"), |item| item.is_set(status)).await
    }

    pub async fn wait_gone(&self) -> Result<()> {
        until("the icon is gone", &self.shown, Option::is_none).await.map(drop)
    }

    /// Every look the tray has had from now on, for tests that care about what was shown in between.
    pub fn changes(&self) -> watch::Receiver<Option<PanelItem>> {
        self.shown.subscribe()
    }

    /// Clicks the preset that has `words` in its line.
    pub async fn click_preset(&self, words: &str) -> Result<()> {
        self.click(&format!("a preset «{words}»"), |menu| menu.preset(words)).await
    }

    /// Clicks the line without a check mark that has `words` in it.
    pub async fn click_item(&self, words: &str) -> Result<()> {
        self.click(&format!("a line «{words}»"), |menu| menu.item(words)).await
    }

    /// Opens the menu as a panel does: it announces that, then reads what to show.
    pub async fn open_menu(&self) -> Result<Menu> {
        let item = self.wait_for("the icon", |_| true).await?;
        let proxy = Proxy::new(&self.client, item.service.as_str(), &item.menu_path, MENU).await?;
        let _changed: bool = within("about to show", proxy.call("AboutToShow", &0)).await?;
        read_menu(&self.client, &item.service, &item.menu_path).await
    }

    /// Clicks the line that has, or had, this number; `false` when the program does not know it.
    pub async fn click_number(&self, id: i32) -> Result<bool> {
        let item = self.wait_for("the icon", |_| true).await?;
        let proxy = Proxy::new(&self.client, item.service.as_str(), &item.menu_path, MENU).await?;
        match proxy.call::<_, _, ()>("Event", &(id, "clicked", Value::from(""), 0_u32)).await {
            Ok(()) => Ok(true),
            Err(zbus::Error::MethodError(_, Some(words), _)) if words == "id not found" => {
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    pub async fn activate(&self) -> Result<()> {
        let item = self.wait_for("the icon", |_| true).await?;
        let proxy = Proxy::new(&self.client, item.service, item.path, ITEM).await?;
        within("left click", proxy.call::<_, _, ()>("Activate", &(0, 0))).await
    }

    async fn click(&self, what: &str, line: impl Fn(&Menu) -> Option<&MenuNode>) -> Result<()> {
        let enabled = |menu: &Menu| line(menu).is_some_and(|line| line.enabled);
        let item =
            self.wait_for(&format!("the menu has {what}"), |item| enabled(&item.menu)).await?;
        // The numbers change with the layout: ask for them at the moment of the click, as a panel does. Where the
        // layout changes in between, the item says that it does not know the number, and a person clicks again.
        within(what, async {
            loop {
                let menu = read_menu(&self.client, &item.service, &item.menu_path).await?;
                let id =
                    line(&menu).with_context(|| format!("the menu has lost {what}: {menu:?}"))?.id;
                if self.click_number(id).await? {
                    return anyhow::Ok(());
                }
            }
        })
        .await
    }
}

//! Keeps the icon in the tray: shows it when a host appears, draws it when the view changes, and says so when there is no
//! host.

use std::{convert::Infallible, sync::Arc, time::Duration};

use status_core::Notice;
use status_runtime::View;
use tokio::{sync::watch, time::timeout};

#[cfg(target_os = "linux")]
use super::linux::{ShownTray, Watcher};
#[cfg(not(target_os = "linux"))]
use super::theme::PanelTheme;
#[cfg(not(target_os = "linux"))]
use crate::toolkit::Toolkit;
use crate::{
    context::Context,
    event::{SessionOver, ShellEvent, TrayState},
};

/// How long a desktop that started us at login may take to bring up its panel, before the window opens instead.
const LOGIN_PATIENCE: Duration = Duration::from_secs(15);

/// How long a host that was there may take to come back: a panel that is restarted takes a second or two.
const RESTART_PATIENCE: Duration = Duration::from_secs(5);

/// First and longest pause between two attempts to show the icon to a host that is there but does not take it.
const RETRY: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(30));

/// What the icon is kept with.
pub(crate) struct Presence {
    pub(crate) context: Context,
    pub(crate) views: watch::Receiver<Arc<View>>,
    /// Changes when the desktop's colours may have.
    pub(crate) redraw: watch::Receiver<()>,
    /// The system started the app at login.
    pub(crate) hidden: bool,
}

/// Runs as long as the app, and ends it with the session.
pub(crate) async fn keep(presence: Presence) {
    let events = presence.context.events.clone();
    let Err(SessionOver) = presence.keep_shown().await;
    // Nobody can see or click anything any more; the next session starts its own.
    log::info!("the session is over");
    events.send(ShellEvent::Quit);
}

impl Presence {
    /// The icon itself registers again with a host that comes back (`ksni` does), so it is made only once.
    async fn keep_shown(mut self) -> Result<Infallible, SessionOver> {
        let mut watcher = Watcher::begin().await;
        let mut patience = if self.hidden { LOGIN_PATIENCE } else { Duration::ZERO };
        let (mut pause, mut tray, mut state) = (RETRY.0, None, TrayState::Unknown);
        loop {
            let present = watcher.present().await;
            if present && tray.is_none() {
                tray = self.show().await;
            }
            if let (true, Some(tray)) = (present, &tray) {
                state = TrayState::Shown;
                self.context.events.send(ShellEvent::Tray(state));
                self.context.events.send(ShellEvent::Notice(Notice::NoTrayHost, false));
                (patience, pause) = (RESTART_PATIENCE, RETRY.0);
                self.draw_until_changed(&mut watcher, tray).await?;
                continue;
            }
            // A panel that appears while we are patient is not worth a word.
            let wait = if present { patience.min(pause) } else { patience };
            if let Ok(changed) = timeout(wait, watcher.changed()).await {
                changed?;
                continue;
            }
            patience = patience.saturating_sub(wait);
            if patience.is_zero() && state != TrayState::Absent {
                state = TrayState::Absent;
                self.context.events.send(ShellEvent::Tray(state));
                self.context.events.send(ShellEvent::Notice(Notice::NoTrayHost, true));
                self.context.events.send(ShellEvent::OpenWindow(None));
            }
            if present {
                pause = (pause * 2).min(RETRY.1);
                // Either the host changes or it is tried again: both are the next turn.
                timeout(pause, watcher.changed()).await.unwrap_or(Ok(()))?;
            } else if patience.is_zero() {
                watcher.changed().await?;
                // Owned again, perhaps not yet exported: a host needs a moment of its own.
                patience = RESTART_PATIENCE;
            }
        }
    }

    /// Puts the icon into the tray; `None` when the desktop does not take it.
    async fn show(&mut self) -> Option<ShownTray> {
        let view = Arc::clone(&self.views.borrow());
        #[cfg(target_os = "linux")]
        let shown =
            ShownTray::show(&view.tray, self.views.clone(), self.context.events.clone()).await;
        #[cfg(not(target_os = "linux"))]
        let shown = ShownTray::show(&view.tray, &self.context.toolkit).await;
        shown.inspect_err(|error| log::warn!("the tray does not take the icon: {error}")).ok()
    }

    /// Draws what is new until a host comes or goes.
    async fn draw_until_changed(
        &mut self,
        watcher: &mut Watcher,
        tray: &ShownTray,
    ) -> Result<(), SessionOver> {
        // Something may have changed while there was no host.
        self.views.mark_changed();
        loop {
            tokio::select! {
                changed = watcher.changed() => return changed,
                Ok(()) = self.views.changed() => {}
                Ok(()) = self.redraw.changed() => {}
            }
            let view = Arc::clone(&self.views.borrow_and_update());
            tray.draw(&view.tray).await;
        }
    }
}

/// Windows and macOS always have a tray.
#[cfg(not(target_os = "linux"))]
struct Watcher;

#[cfg(not(target_os = "linux"))]
impl Watcher {
    async fn begin() -> Self {
        Self
    }

    async fn present(&self) -> bool {
        true
    }

    async fn changed(&mut self) -> Result<(), SessionOver> {
        std::future::pending().await
    }
}

/// The icon as Tauri shows it.
#[cfg(not(target_os = "linux"))]
struct ShownTray(Arc<dyn Toolkit>);

#[cfg(not(target_os = "linux"))]
impl ShownTray {
    async fn show(
        tray: &status_runtime::DrawnTray,
        toolkit: &Arc<dyn Toolkit>,
    ) -> Result<Self, String> {
        let (tray, shown) = (tray.clone(), Arc::clone(toolkit));
        let showing =
            crate::executor::spawn_blocking(move || shown.show_tray(tray, PanelTheme::now()));
        showing.await.map_err(|error| error.to_string())??;
        Ok(Self(Arc::clone(toolkit)))
    }

    async fn draw(&self, tray: &status_runtime::DrawnTray) {
        self.0.draw_tray(tray.clone(), PanelTheme::now());
    }
}

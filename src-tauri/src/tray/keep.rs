//! Keeps the icon in the tray: shows it when a host appears, and says so when there is none.

use std::{convert::Infallible, sync::Arc, time::Duration};

use status_core::{Action, Notice};
use tokio::time::timeout;

use super::host::{SessionOver, Watch};
use crate::{
    desktop::{Desktop, TrayState},
    quit, window,
};

/// How long a desktop that started us at login may take to bring up its panel, before the window opens instead.
const LOGIN_PATIENCE: Duration = Duration::from_secs(15);

/// How long a host that was there may take to come back: a panel that is restarted takes a second or two.
const RESTART_PATIENCE: Duration = Duration::from_secs(5);

/// First and longest pause between two attempts to show the icon to a host that is there but does not take it.
const RETRY: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(30));

/// Runs as long as the app, and ends it with the session. `hidden`: the system started it at login.
pub(crate) async fn keep(desktop: Arc<Desktop>, hidden: bool) {
    let Err(SessionOver) = keep_shown(&desktop, hidden).await;
    // Nobody can see or click anything any more; the next session starts its own.
    log::info!("the session is over");
    quit::begin(&desktop);
}

/// The icon itself registers again with a host that comes back (`ksni` does), so it is made only once.
async fn keep_shown(desktop: &Arc<Desktop>, hidden: bool) -> Result<Infallible, SessionOver> {
    let mut watch = Watch::begin().await;
    let mut patience = if hidden { LOGIN_PATIENCE } else { Duration::ZERO };
    let mut pause = RETRY.0;
    loop {
        let present = watch.present().await;
        if present && desktop.show_tray().await {
            desktop.tray_is(TrayState::Shown);
            desktop.engine().send(Action::NoticeOver(Notice::NoTrayHost));
            (patience, pause) = (RESTART_PATIENCE, RETRY.0);
            watch.changed().await?;
            continue;
        }
        // A panel that appears while we are patient is not worth a word.
        let wait = if present { patience.min(pause) } else { patience };
        if let Ok(changed) = timeout(wait, watch.changed()).await {
            changed?;
            continue;
        }
        patience = patience.saturating_sub(wait);
        if patience.is_zero() && desktop.tray_is(TrayState::Absent) {
            desktop.engine().send(Action::Noticed(Notice::NoTrayHost));
            window::open(desktop, None);
        }
        if present {
            pause = (pause * 2).min(RETRY.1);
            // Either the host changes or it is tried again: both are the next turn.
            timeout(pause, watch.changed()).await.unwrap_or(Ok(()))?;
        } else if patience.is_zero() {
            watch.changed().await?;
            // Owned again, perhaps not yet exported: a host needs a moment of its own.
            patience = RESTART_PATIENCE;
        }
    }
}

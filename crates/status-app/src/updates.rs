//! When to look for a newer version of the program. Where it is looked for, and what is done with it, is the window's side.

use std::time::{Duration, Instant};

use status_core::Page;
use status_runtime::{UpdateView, UpdatesView};

use crate::{context::Context, event::ShellEvent};

/// The first look after a start; a login has more urgent things to do.
const FIRST: Duration = Duration::from_mins(1);

/// How often it is time to think about it, and how often to look.
const TICK: Duration = Duration::from_hours(1);
const EVERY: Duration = Duration::from_hours(24);

/// Looks once a day, while the person wants it, and says once when there is something.
pub(crate) async fn watch(context: Context) {
    if !may_be_offered() {
        return;
    }
    let start = tokio::time::Instant::now() + FIRST;
    let mut ticks = tokio::time::interval_at(start, TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (mut last, mut told) = (None, None);
    loop {
        ticks.tick().await;
        let wanted = context.engine.snapshot().settings.look_for_updates;
        if !is_due(wanted, last, Instant::now()) {
            continue;
        }
        last = Some(Instant::now());
        #[cfg(target_os = "linux")]
        let looked = crate::window::look_for_update().await.map_err(|error| error.to_string());
        #[cfg(not(target_os = "linux"))]
        let looked = context.toolkit.look_for_update().await;
        match looked {
            Ok(UpdatesView { found, .. }) => {
                if let Some(UpdateView { version, .. }) = &found
                    && told.as_ref() != Some(version)
                {
                    told = Some(version.clone());
                    context.events.send(ShellEvent::Notify("shell-update", Page::Preferences));
                }
                context.events.send(ShellEvent::UpdateFound(found));
            }
            // Nobody is waiting; the next look is tomorrow's.
            Err(error) => log::info!("no newer version was looked up: {error}"),
        }
    }
}

fn is_due(wanted: bool, last: Option<Instant>, now: Instant) -> bool {
    wanted && last.is_none_or(|last| now.duration_since(last) >= EVERY)
}

/// A package of the system is the package manager's: on Linux only an `AppImage` replaces itself.
#[cfg(target_os = "linux")]
fn may_be_offered() -> bool {
    cfg!(feature = "updates") && crate::platform::appimage::file().is_some()
}

#[cfg(not(target_os = "linux"))]
fn may_be_offered() -> bool {
    cfg!(feature = "updates")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_once_a_day_and_only_when_wanted() {
        let now = Instant::now();
        assert!(!is_due(false, None, now));
        assert!(is_due(true, None, now));
        assert!(!is_due(true, Some(now), now + Duration::from_hours(23)));
        assert!(is_due(true, Some(now), now + EVERY));
        assert!(!is_due(false, Some(now), now + EVERY));
    }
}

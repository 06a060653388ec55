//! The loop.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, PoisonError},
};

use status_core::{Action, State, Tray, update};
use tokio::sync::mpsc::UnboundedReceiver;

use super::{
    Message, Shared,
    timer::{Timer, Woken},
};
use crate::{DrawnTray, Words, effects};

/// So many messages may be taken up before the views are drawn again: a burst of clicks is drawn once, and a flood
/// does not keep them from being drawn.
const BURST: usize = 64;

/// Owns the state until nobody can send anything any more.
pub(super) async fn run(
    mut state: State,
    shared: Arc<Shared>,
    mut inbox: UnboundedReceiver<Message>,
) {
    let mut timer = Timer::new(shared.clock.clone());
    let mut drawn: Option<DrawnTray> = None;
    let shared = Arc::downgrade(&{ shared });
    loop {
        // Held weakly while sleeping, so that dropping the engine ends the loop.
        let Some(strong) = shared.upgrade() else { return };
        let moment = strong.moment();
        publish(&state, &strong, &mut drawn);
        let nap = Timer::nap(state.next_deadline(&moment), moment.now.timestamp());
        drop(strong);
        let first = tokio::select! {
            biased;
            message = inbox.recv() => match message {
                Some(message) => Some(message),
                None => return,
            },
            () = tokio::time::sleep(nap) => None,
        };
        let Some(strong) = shared.upgrade() else { return };
        if timer.look() == Woken::AfterJump {
            act(&mut state, &strong, Action::Woke);
        }
        match first {
            Some(message) => take(&mut state, &strong, message),
            None => act(&mut state, &strong, Action::Tick),
        }
        for _ in 1..BURST {
            match inbox.try_recv() {
                Ok(message) => take(&mut state, &strong, message),
                Err(_) => break,
            }
        }
    }
}

fn take(state: &mut State, shared: &Arc<Shared>, message: Message) {
    match message {
        Message::Act(action) => act(state, shared, action),
        Message::Preview(draft, answer) => {
            // Whoever asked may have gone.
            let _ = answer.send(state.preview(&draft, &shared.moment()));
        }
        Message::Settle(answer) => {
            let _ = answer.send(());
        }
    }
}

fn act(state: &mut State, shared: &Arc<Shared>, action: Action) {
    if matches!(action, Action::Woke) {
        shared.nudge.notify_waiters();
        // What was open before may lead nowhere now; finding that out would cost the first look ten seconds.
        if let Some(connection) = shared.connection() {
            connection.client.forget_connections();
        }
    }
    let moment = shared.moment();
    // `update` does not panic; should it ever, one action is lost and the tray goes on.
    let decided = catch_unwind(AssertUnwindSafe(|| update(state, action, &moment)));
    let Ok(effects) = decided else {
        shared.journal.note("an action failed", &[]);
        return;
    };
    for effect in effects {
        if catch_unwind(AssertUnwindSafe(|| effects::perform(shared, effect))).is_err() {
            shared.journal.note("an effect failed", &[]);
        }
    }
}

/// Draws the views anew if they would look different.
fn publish(state: &State, shared: &Shared, drawn: &mut Option<DrawnTray>) {
    let snapshot = state.snapshot(&shared.moment());
    let tray = DrawnTray::new(&Tray::of(&snapshot), &Words::new(snapshot.lang));
    let same = *shared.snapshot() == snapshot && drawn.as_ref() == Some(&tray);
    if same {
        return;
    }
    let snapshot = Arc::new(snapshot);
    *shared.snapshot.write().unwrap_or_else(PoisonError::into_inner) = snapshot.clone();
    if catch_unwind(AssertUnwindSafe(|| shared.host.render(&snapshot, &tray))).is_err() {
        shared.journal.note("drawing failed", &[]);
    }
    *drawn = Some(tray);
}

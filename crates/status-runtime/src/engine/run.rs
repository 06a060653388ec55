//! The loop.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use status_core::{Action, Effect, Outcome, RequestId, State, update};
use tokio::sync::mpsc::UnboundedReceiver;

use super::timer::{Timer, Woken};
use crate::{context::Context, effects, host::View};

/// So many actions may be taken up before the views are drawn again: a burst of clicks is drawn once, and a flood
/// does not keep them from being drawn.
const BURST: usize = 64;

/// Owns the state until nobody can send anything any more.
pub(super) async fn run(
    mut state: State,
    context: Arc<Context>,
    mut inbox: UnboundedReceiver<Action>,
) {
    let mut timer = Timer::new(context.clock.clone());
    let context = Arc::downgrade(&{ context });
    loop {
        // Held weakly while sleeping, so that dropping the engine ends the loop.
        let Some(strong) = context.upgrade() else { return };
        let moment = strong.moment();
        let nap = Timer::nap(state.next_deadline(&moment), moment.now.timestamp());
        drop(strong);
        let first = tokio::select! {
            biased;
            action = inbox.recv() => match action {
                Some(action) => action,
                None => return,
            },
            () = tokio::time::sleep(nap) => Action::Tick,
        };
        let Some(strong) = context.upgrade() else { return };
        let mut replies = Vec::new();
        if timer.compare() == Woken::AfterJump {
            act(&mut state, &strong, Action::Woke, &mut replies);
        }
        act(&mut state, &strong, first, &mut replies);
        for _ in 1..BURST {
            match inbox.try_recv() {
                Ok(action) => act(&mut state, &strong, action, &mut replies),
                Err(_) => break,
            }
        }
        publish(&state, &strong);
        // Whoever is told an outcome finds it in the views.
        for (id, outcome) in replies {
            strong.reply(id, outcome);
        }
    }
}

fn act(
    state: &mut State,
    context: &Arc<Context>,
    action: Action,
    replies: &mut Vec<(RequestId, Outcome)>,
) {
    if matches!(action, Action::Woke) {
        context.network_changed.notify_waiters();
        // What was open before may lead nowhere now; finding that out would cost the first fetch ten seconds.
        if let Some(connection) = context.connection() {
            connection.client.forget_connections();
        }
    }
    let moment = context.moment();
    let asked = match &action {
        Action::Do { reply, .. } => *reply,
        _ => None,
    };
    // `update` does not panic; should it ever, one action is lost and the tray goes on.
    let decided = catch_unwind(AssertUnwindSafe(|| update(state, action, &moment)));
    let Ok(effects) = decided else {
        context.journal.note("an action failed", &[]);
        replies.extend(asked.map(|id| (id, Outcome::Cancelled)));
        return;
    };
    for effect in effects {
        if let Effect::Reply(id, outcome) = effect {
            replies.push((id, outcome));
        } else if catch_unwind(AssertUnwindSafe(|| effects::perform(context, effect))).is_err() {
            context.journal.note("an effect failed", &[]);
        }
    }
}

/// Draws the views anew if they would look different.
fn publish(state: &State, context: &Context) {
    let view = View::new(state.snapshot(&context.moment()));
    context.views.send_if_modified(|shown| {
        let news = **shown != view;
        if news {
            *shown = Arc::new(view);
        }
        news
    });
}

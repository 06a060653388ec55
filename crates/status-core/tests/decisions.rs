//! Decisions that hold, silence that is kept, and requests that are all answered.

mod support;

use jiff::SignedDuration;
use status_core::{
    Account, AccountId, Action, Cause, Command, Failure, FailureKind, Outbox, Outcome, RequestId,
    Resolution, SavedAccount, SavedSettings, TokenState,
};
use support::{Fixture, account, deletes, failure, fetches, fresh, outcomes, phone_status, put_of};

fn rate(secs: u64) -> Failure {
    Failure {
        retry_after_seconds: Some(secs),
        http_status: Some(429),
        ..failure(FailureKind::RateLimited)
    }
}

/// Unreadable status: the person decides «ours»; it must go out.
#[test]
fn unreadable_then_ours_is_sent() {
    let mut app = Fixture::new("2026-11-23T12:00:00+03:00[Europe/Moscow]");
    app.connect(Outbox::default());
    app.answer_fetch(Err(failure(FailureKind::Unexpected)));
    app.skip_secs(10);
    app.effects.clear();
    let mut sent = put_of(&app.click("away")).is_some();
    for _ in 0..5 {
        if !sent && fetches(&app.effects) {
            let effects = app.answer_fetch(Err(failure(FailureKind::Unexpected)));
            sent |= put_of(&effects).is_some();
        }
        app.skip_secs(10);
        app.effects.clear();
        let effects = app.person(Command::ResolveConflict(Resolution::Ours));
        sent |= put_of(&effects).is_some();
        if !sent && !fetches(&app.effects) {
            app.tick();
            sent |= put_of(&app.effects).is_some();
        }
    }
    assert!(sent, "the person said «ours» five times and nothing went out");
}

/// A day's pause, one «retry» that finds no network, a wake-up: silent until the pause is over.
#[test]
fn pause_holds_after_failed_retry_and_wake() {
    let mut app = Fixture::connected("2026-11-23T12:00:00+03:00[Europe/Moscow]", None);
    app.person(Command::Refresh);
    if !fetches(&app.effects) {
        app.tick();
    }
    app.answer_fetch(Err(rate(86_400)));
    app.skip_secs(60);
    app.effects.clear();
    app.person(Command::Retry);
    if !fetches(&app.effects) {
        app.tick();
    }
    app.answer_fetch(Err(failure(FailureKind::Offline)));
    app.skip_secs(60);
    app.effects.clear();
    app.act(Action::Woke);
    app.run(SignedDuration::from_hours(2));
    assert!(!fetches(&app.effects), "asks the server by itself inside the pause");
}

/// The same, but the wake-up calls the retry's own request off.
#[test]
fn pause_holds_when_the_retry_is_called_off() {
    let mut app = Fixture::connected("2026-11-23T12:00:00+03:00[Europe/Moscow]", None);
    app.person(Command::Refresh);
    if !fetches(&app.effects) {
        app.tick();
    }
    app.answer_fetch(Err(rate(86_400)));
    app.skip_secs(60);
    app.effects.clear();
    app.person(Command::Retry);
    if !fetches(&app.effects) {
        app.tick();
    }
    app.skip_secs(5);
    app.effects.clear();
    app.act(Action::Woke);
    app.run(SignedDuration::from_hours(2));
    assert!(!fetches(&app.effects), "asks the server by itself inside the pause");
}

fn saved() -> SavedSettings {
    SavedSettings {
        accounts: vec![SavedAccount { id: account().id, server: None }],
        ..SavedSettings::default()
    }
}

/// Asked while the keyring is read; there is no token after all: the asker hears it.
#[test]
fn early_request_gets_a_final_outcome_when_there_is_no_token() {
    let mut app = Fixture::new("2026-11-23T12:00:00+03:00[Europe/Moscow]");
    app.state = fresh(saved());
    app.ask(1, Command::ClearStatus);
    app.act(Action::TokenIs(None, TokenState::Missing));
    app.run(SignedDuration::from_hours(1));
    let outcomes = outcomes(&app.effects, 1);
    assert!(outcomes.iter().any(Outcome::is_final), "{outcomes:?}");
}

/// …and the old click is not sent hours later for whoever connects then.
#[test]
fn early_click_is_not_sent_for_another_account_hours_later() {
    let mut app = Fixture::new("2026-11-23T12:00:00+03:00[Europe/Moscow]");
    app.state = fresh(saved());
    app.person(Command::ClearStatus);
    app.act(Action::TokenIs(None, TokenState::Missing));
    app.skip(SignedDuration::from_hours(3));
    let other = Account { id: AccountId { user_id: 99, ..account().id }, ..account() };
    app.act(Action::Connected {
        account: other,
        token: TokenState::Kept,
        server: None,
        outbox: Outbox::default(),
    });
    let effects = app.answer_fetch(Ok(Some(phone_status("дома"))));
    assert!(!deletes(&effects), "clears a stranger's status");
}

/// A request for an account that is gone is not kept for another one.
#[test]
fn request_for_an_unknown_account_is_answered() {
    let mut app = Fixture::new("2026-11-23T12:00:00+03:00[Europe/Moscow]");
    app.state = fresh(saved());
    app.connect(Outbox::default());
    app.answer_fetch(Ok(None));
    let other = AccountId { user_id: 99, ..account().id };
    app.act(Action::Do {
        command: Command::ClearStatus,
        account: Some(other),
        cause: Cause::Person,
        reply: Some(RequestId(7)),
    });
    app.run(SignedDuration::from_hours(1));
    let outcomes = outcomes(&app.effects, 7);
    assert!(outcomes.iter().any(Outcome::is_final), "{outcomes:?}");
}

//! Clocks that jump, computers that sleep, zones that change: what is shown and sent is right all the same.

mod support;

use jiff::{SignedDuration, ToSpan, tz::TimeZone};
use status_core::{Action, Command, Draft, Expiry, FailureKind, Notice, Status};
use support::{Fixture, at, failure, fetches, phone_status, put_of, requests, told};

const MONDAY: &str = "2026-11-23T12:00:00+03:00[Europe/Moscow]";

fn until(minutes: u32) -> Draft {
    Draft {
        emoji: "🎧".to_owned(),
        title: "Фокус".to_owned(),
        expiry: Expiry::Minutes { minutes },
        is_away: false,
        away_message: String::new(),
    }
}

/// A app whose status for this many minutes was confirmed.
fn set_for(minutes: u32) -> (Fixture, Status) {
    let mut app = Fixture::connected(MONDAY, None);
    let sent = put_of(&app.person(Command::SetStatus(until(minutes)))).expect("sent at once");
    app.answer_write(Ok(Some(sent.clone())));
    app.effects.clear();
    (app, sent)
}

#[test]
fn a_status_that_ended_during_sleep_is_gone_at_the_first_glance_and_looked_at_once() {
    let (mut app, sent) = set_for(30);
    app.now = at("2026-11-23T20:00:00+03:00[Europe/Moscow]");
    assert_eq!(app.shown_title(), None, "before anything has happened");
    app.act(Action::Woke);
    let looked = app.effects.iter().filter(|effect| fetches(std::slice::from_ref(effect))).count();
    assert!(looked <= 1);
    app.skip_secs(10);
    app.act(Action::Tick);
    assert!(fetches(&app.effects), "the server is looked at within ten seconds of waking up");
    // The server may go on returning it.
    app.answer_fetch(Ok(Some(sent)));
    assert_eq!(app.shown_title(), None);
    assert_eq!(put_of(&app.effects), None, "an ended status is not set again");
}

#[test]
fn five_hundred_missed_wake_ups_are_one_look() {
    let mut app = Fixture::connected(MONDAY, Some(phone_status("дома")));
    app.skip(SignedDuration::from_hours(8));
    app.effects.clear();
    for _ in 0..500 {
        app.act(Action::Woke);
        app.act(Action::Tick);
    }
    app.skip_secs(10);
    app.act(Action::Tick);
    assert_eq!(requests(&app.effects), 1);
}

#[test]
fn a_clock_set_back_neither_hides_a_status_nor_stops_the_fetches() {
    let (mut app, _) = set_for(60);
    app.now = at("2026-11-22T12:00:00+03:00[Europe/Moscow]");
    app.act(Action::Woke);
    assert_eq!(app.shown_title().as_deref(), Some("Фокус"));
    app.skip_secs(10);
    app.act(Action::Tick);
    assert!(fetches(&app.effects), "a day set back is not a day without looks");
}

#[test]
fn a_clock_set_forward_ends_a_status_and_a_clock_set_right_shows_it_again_after_a_look() {
    let (mut app, sent) = set_for(60);
    app.now = at("2026-11-24T12:00:00+03:00[Europe/Moscow]");
    app.act(Action::Woke);
    assert_eq!(app.shown_title(), None);
    app.now = at("2026-11-23T12:01:00+03:00[Europe/Moscow]");
    app.act(Action::Woke);
    app.skip_secs(60);
    app.act(Action::Tick);
    app.answer_fetch(Ok(Some(sent)));
    assert_eq!(app.shown_title().as_deref(), Some("Фокус"));
    assert_eq!(put_of(&app.effects), None, "what a wrong clock did is not sent to anybody");
}

#[test]
fn a_journey_changes_the_words_of_an_end_and_not_the_end() {
    let (mut app, sent) = set_for(60);
    let end =
        |app: &Fixture| app.snapshot().status.status.expect("shown").ends.expect("it ends").at;
    let before = end(&app);
    app.now = app.now.with_time_zone(TimeZone::get("Asia/Vladivostok").expect("a zone"));
    app.act(Action::Tick);
    assert_eq!((end(&app), Some(end(&app))), (before, sent.expires_at));
    // «Until the end of the day» means the day where the person is now.
    let draft = Draft { expiry: Expiry::EndOfDay, ..until(1) };
    let preview = app.preview(&draft);
    let midnight = at("2026-11-24T00:00:00+10:00[Asia/Vladivostok]").timestamp();
    assert_eq!(preview.ends.expect("it ends").at, midnight);
}

#[test]
fn a_click_that_slept_past_its_end_is_dropped_and_the_person_is_told() {
    let mut app = Fixture::connected(MONDAY, None);
    app.person(Command::SetStatus(until(30)));
    app.answer_write(Err(failure(FailureKind::Offline)));
    app.effects.clear();
    app.skip(SignedDuration::from_hours(8));
    app.act(Action::Woke);
    assert_eq!(put_of(&app.effects), None);
    assert!(told(&app.effects).contains(&"notification-waited-title"), "{:?}", told(&app.effects));
    let notices = app.snapshot().notices;
    assert!(
        matches!(notices.as_slice(), [Notice::WaitedTooLong { title }] if title == "Фокус"),
        "{notices:?}"
    );
    assert!(app.snapshot().pending.is_none());
}

#[test]
fn the_last_minute_of_a_waiting_status_is_the_one_that_is_not_sent() {
    for (left, sent) in [(-1, false), (59, false), (61, true)] {
        let mut app = Fixture::connected(MONDAY, None);
        app.person(Command::SetStatus(until(30)));
        app.answer_write(Err(failure(FailureKind::Offline)));
        app.now = at("2026-11-23T12:30:00+03:00[Europe/Moscow]");
        app.skip_secs(-left);
        app.effects.clear();
        app.person(Command::Retry);
        app.act(Action::Tick);
        if fetches(&app.effects) {
            app.answer_fetch(Ok(None));
        }
        assert_eq!(put_of(&app.effects).is_some(), sent, "{left} s before its end");
    }
}

#[test]
fn a_right_that_was_taken_away_is_looked_for_every_six_hours_and_comes_back_by_itself() {
    for kind in [FailureKind::ScopeMissing, FailureKind::RoleForbids, FailureKind::PlanForbids] {
        let mut app = Fixture::connected(MONDAY, Some(phone_status("телефон")));
        app.skip_secs(5);
        app.person(Command::Refresh);
        app.answer_fetch(Err(failure(kind)));
        let shown = app.snapshot();
        assert!(shown.account.is_some() && shown.status.stale, "{kind:?}: nothing is forgotten");
        assert_eq!(shown.problem.expect("it is said").failure.kind, kind);
        app.effects.clear();
        let end = app.now.checked_add(24.hours()).expect("in range");
        while app.now < end {
            if fetches(&app.tick()) && app.now < end {
                app.answer_fetch(Err(failure(kind)));
            }
        }
        assert!(requests(&app.effects) <= 4, "{kind:?}: {} in a day", requests(&app.effects));
        app.answer_fetch(Ok(None));
        let shown = app.snapshot();
        assert!(shown.problem.is_none() && !shown.status.stale, "{kind:?}");
    }
}

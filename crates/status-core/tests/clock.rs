//! Clocks that jump, computers that sleep, zones that change: what is shown and sent is right all the same.

mod support;

use jiff::{SignedDuration, ToSpan, tz::TimeZone};
use status_core::{Action, Draft, Expiry, FailureKind, FetchReason, Notice, Status};
use support::{Desk, at, failure, looks, phone_status, put_of, requests, told};

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

/// A desk whose status for this many minutes was confirmed.
fn set_for(minutes: u32) -> (Desk, Status) {
    let mut desk = Desk::connected(MONDAY, None);
    let sent = put_of(&desk.act(Action::SetStatus(until(minutes)))).expect("sent at once");
    desk.answer_write(Ok(Some(sent.clone())));
    desk.effects.clear();
    (desk, sent)
}

#[test]
fn a_status_that_ended_during_sleep_is_gone_at_the_first_glance_and_looked_at_once() {
    let (mut desk, sent) = set_for(30);
    desk.now = at("2026-11-23T20:00:00+03:00[Europe/Moscow]");
    assert_eq!(desk.shown_title(), None, "before anything has happened");
    desk.act(Action::Woke);
    let looked = desk.effects.iter().filter(|effect| looks(std::slice::from_ref(effect))).count();
    assert!(looked <= 1);
    desk.skip_secs(10);
    desk.act(Action::Tick);
    assert!(looks(&desk.effects), "the server is looked at within ten seconds of waking up");
    // The server may go on returning it.
    desk.answer_look(Ok(Some(sent)));
    assert_eq!(desk.shown_title(), None);
    assert_eq!(put_of(&desk.effects), None, "an ended status is not set again");
}

#[test]
fn five_hundred_missed_wake_ups_are_one_look() {
    let mut desk = Desk::connected(MONDAY, Some(phone_status("дома")));
    desk.skip(SignedDuration::from_hours(8));
    desk.effects.clear();
    for _ in 0..500 {
        desk.act(Action::Woke);
        desk.act(Action::Tick);
    }
    desk.skip_secs(10);
    desk.act(Action::Tick);
    assert_eq!(requests(&desk.effects), 1);
}

#[test]
fn a_clock_set_back_neither_hides_a_status_nor_stops_the_looks() {
    let (mut desk, _) = set_for(60);
    desk.now = at("2026-11-22T12:00:00+03:00[Europe/Moscow]");
    desk.act(Action::Woke);
    assert_eq!(desk.shown_title().as_deref(), Some("Фокус"));
    desk.skip_secs(10);
    desk.act(Action::Tick);
    assert!(looks(&desk.effects), "a day set back is not a day without looks");
}

#[test]
fn a_clock_set_forward_ends_a_status_and_a_clock_set_right_shows_it_again_after_a_look() {
    let (mut desk, sent) = set_for(60);
    desk.now = at("2026-11-24T12:00:00+03:00[Europe/Moscow]");
    desk.act(Action::Woke);
    assert_eq!(desk.shown_title(), None);
    desk.now = at("2026-11-23T12:01:00+03:00[Europe/Moscow]");
    desk.act(Action::Woke);
    desk.skip_secs(60);
    desk.act(Action::Tick);
    desk.answer_look(Ok(Some(sent)));
    assert_eq!(desk.shown_title().as_deref(), Some("Фокус"));
    assert_eq!(put_of(&desk.effects), None, "what a wrong clock did is not sent to anybody");
}

#[test]
fn a_journey_changes_the_words_of_an_end_and_not_the_end() {
    let (mut desk, sent) = set_for(60);
    let end = |desk: &Desk| desk.snapshot().status.status.expect("shown").ends.expect("it ends").at;
    let before = end(&desk);
    desk.now = desk.now.with_time_zone(TimeZone::get("Asia/Vladivostok").expect("a zone"));
    desk.act(Action::Tick);
    assert_eq!((end(&desk), Some(end(&desk))), (before, sent.expires_at));
    // «Until the end of the day» means the day where the person is now.
    let draft = Draft { expiry: Expiry::EndOfDay, ..until(1) };
    let preview = desk.state.preview(&draft, &desk.moment());
    let midnight = at("2026-11-24T00:00:00+10:00[Asia/Vladivostok]").timestamp();
    assert_eq!(preview.ends.expect("it ends").at, midnight);
}

#[test]
fn a_click_that_slept_past_its_end_is_dropped_and_the_person_is_told() {
    let mut desk = Desk::connected(MONDAY, None);
    desk.act(Action::SetStatus(until(30)));
    desk.answer_write(Err(failure(FailureKind::Offline)));
    desk.effects.clear();
    desk.skip(SignedDuration::from_hours(8));
    desk.act(Action::Woke);
    assert_eq!(put_of(&desk.effects), None);
    assert!(
        told(&desk.effects).contains(&"notification-waited-title"),
        "{:?}",
        told(&desk.effects)
    );
    let notices = desk.snapshot().notices;
    assert!(
        matches!(notices.as_slice(), [Notice::WaitedTooLong { title }] if title == "Фокус"),
        "{notices:?}"
    );
    assert!(desk.snapshot().pending.is_none());
}

#[test]
fn the_last_minute_of_a_waiting_status_is_the_one_that_is_not_sent() {
    for (left, sent) in [(-1, false), (59, false), (61, true)] {
        let mut desk = Desk::connected(MONDAY, None);
        desk.act(Action::SetStatus(until(30)));
        desk.answer_write(Err(failure(FailureKind::Offline)));
        desk.now = at("2026-11-23T12:30:00+03:00[Europe/Moscow]");
        desk.skip_secs(-left);
        desk.effects.clear();
        desk.act(Action::Retry);
        desk.act(Action::Tick);
        if looks(&desk.effects) {
            desk.answer_look(Ok(None));
        }
        assert_eq!(put_of(&desk.effects).is_some(), sent, "{left} s before its end");
    }
}

#[test]
fn a_right_that_was_taken_away_is_looked_for_every_six_hours_and_comes_back_by_itself() {
    for kind in [FailureKind::ScopeMissing, FailureKind::RoleForbids, FailureKind::PlanForbids] {
        let mut desk = Desk::connected(MONDAY, Some(phone_status("телефон")));
        desk.skip_secs(5);
        desk.act(Action::Refresh(FetchReason::Asked));
        desk.answer_look(Err(failure(kind)));
        let shown = desk.snapshot();
        assert!(shown.account.is_some() && shown.status.stale, "{kind:?}: nothing is forgotten");
        assert_eq!(shown.problem.expect("it is said").failure.kind, kind);
        desk.effects.clear();
        let end = desk.now.checked_add(24.hours()).expect("in range");
        while desk.now < end {
            if looks(&desk.tick()) && desk.now < end {
                desk.answer_look(Err(failure(kind)));
            }
        }
        assert!(requests(&desk.effects) <= 4, "{kind:?}: {} in a day", requests(&desk.effects));
        desk.answer_look(Ok(None));
        let shown = desk.snapshot();
        assert!(shown.problem.is_none() && !shown.status.stale, "{kind:?}");
    }
}

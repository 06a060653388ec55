//! What happens between a click and the server, one story each.

mod support;

use jiff::{SignedDuration, ToSpan};
use status_core::{
    Account, AccountId, Action, Command, ConflictReason, Effect, Extension, Failure, FailureKind,
    Link, Notice, Outbox, Page, PendingPhase, Resolution, Status, TokenState,
};
use support::{
    Fixture, account, ambiguous, deletes, failure, fetches, phone_status, put_of, requests,
    saved_outbox, told,
};

const MONDAY: &str = "2026-11-23T12:00:00+03:00[Europe/Moscow]";

#[test]
fn first_click_is_saved_and_sent_at_once() {
    let mut app = Fixture::connected(MONDAY, None);
    let effects = app.click("away");
    assert!(
        matches!(effects.as_slice(), [Effect::SaveOutbox(..), Effect::PutStatus(..)]),
        "{effects:?}"
    );
    let sent = put_of(&effects).expect("sent");
    assert_eq!(
        sent.away_message.as_ref().map(status_core::AwayMessage::as_str),
        Some("Отошёл, вернусь в 12:30.")
    );
    let pending = app.snapshot().pending.expect("pending");
    assert_eq!((pending.phase, pending.saved), (PendingPhase::Sending, false));
    assert_eq!(app.shown_title(), None, "not shown before the server confirmed it");

    app.act(Action::OutboxSaved { account: account().id, id: 1, saved: true });
    assert!(app.snapshot().pending.is_some_and(|pending| pending.saved));
    app.answer_write(Ok(Some(sent)));
    assert_eq!(app.shown_title().as_deref(), Some("Отошёл"));
    assert!(app.snapshot().pending.is_none());
    assert_eq!(told(&app.effects), Vec::<&str>::new(), "what goes well is not announced");
}

#[test]
fn hundred_clicks_in_a_second_are_few_writes_and_the_last_wins() {
    let mut app = Fixture::connected(MONDAY, None);
    let names = ["away", "lunch", "remote", "focus"];
    let mut writes = Vec::new();
    for click in 0..100_usize {
        let mut effects = app.click(names[click % 4]);
        app.skip(SignedDuration::from_millis(5));
        if let Some(sent) = put_of(&effects) {
            writes.push(sent.clone());
            effects = app.answer_write(Ok(Some(sent)));
        }
        assert_eq!(put_of(&effects), None, "nothing is sent in the middle of a burst");
        app.skip(SignedDuration::from_millis(5));
        let due =
            app.state.next_deadline(&app.moment()).is_some_and(|due| due <= app.now.timestamp());
        if due && let Some(sent) = put_of(&app.act(Action::Tick)) {
            writes.push(sent.clone());
            app.answer_write(Ok(Some(sent)));
        }
    }
    if app.snapshot().pending.is_some() {
        let last = put_of(&app.tick()).expect("the last click goes out");
        writes.push(last.clone());
        app.answer_write(Ok(Some(last)));
    }
    assert!(writes.len() <= 4, "{} writes", writes.len());
    assert_eq!(app.shown_title().as_deref(), Some("Не беспокоить"));
    assert!(app.snapshot().pending.is_none());
}

#[test]
fn newer_click_waits_for_the_write_on_the_wire_and_replaces_older_ones() {
    let mut app = Fixture::connected(MONDAY, None);
    let first = put_of(&app.click("away")).expect("sent");
    app.skip_secs(2);
    assert_eq!(put_of(&app.click("lunch")), None);
    assert_eq!(put_of(&app.click("focus")), None);
    let next = app.answer_write(Ok(Some(first)));
    assert_eq!(put_of(&next).expect("the newest").title.as_str(), "Не беспокоить");
}

#[test]
fn away_click_is_sent_after_reconnect() {
    let mut app = Fixture::connected(MONDAY, None);
    let wanted = put_of(&app.click("away")).expect("sent");
    app.answer_write(Err(failure(FailureKind::Offline)));
    let snapshot = app.snapshot();
    assert!(matches!(
        snapshot.link,
        Link::Trouble { failure: FailureKind::Offline, retry: Some(_) }
    ));
    assert!(snapshot.pending.is_some_and(|pending| pending.phase == PendingPhase::Waiting));

    let woke = app.act(Action::Woke);
    assert_eq!(requests(&woke), 0, "a network that came back gets a moment");
    assert!(fetches(&app.tick()), "it is looked at first");
    let effects = app.answer_fetch(Ok(None));
    assert_eq!(put_of(&effects), Some(wanted.clone()));
    let effects = app.answer_write(Ok(Some(wanted)));
    assert_eq!(told(&effects), ["notification-delivered-title"]);
    assert_eq!(app.shown_title().as_deref(), Some("Отошёл"));
}

#[test]
fn click_survives_a_crash_and_goes_out_after_restart() {
    let mut app = Fixture::connected(MONDAY, None);
    let wanted = put_of(&app.click("away")).expect("sent");
    let outbox = saved_outbox(&app.effects).expect("saved");
    let file = serde_json::to_string(&outbox).expect("json");

    let mut app = Fixture::new(MONDAY);
    app.connect(serde_json::from_str::<Outbox>(&file).expect("outbox"));
    assert!(app.snapshot().pending.is_some_and(|pending| pending.saved));
    assert!(fetches(&app.effects));
    assert_eq!(put_of(&app.answer_fetch(Ok(None))), Some(wanted));
}

#[test]
fn click_after_a_crash_takes_what_the_crash_cut_off_for_our_own() {
    let mut app = Fixture::connected(MONDAY, None);
    let cut_off = put_of(&app.click("away")).expect("sent");
    let file = saved_outbox(&app.effects).expect("saved");

    let mut app = Fixture::new(MONDAY);
    app.connect(file);
    // The first look does not get through, so the click waits; meanwhile the server shows what had arrived.
    app.answer_fetch(Err(failure(FailureKind::Offline)));
    app.click("lunch");
    app.skip_secs(60);
    app.person(Command::Retry);
    let effects = app.answer_fetch(Ok(Some(cut_off)));
    assert!(app.snapshot().conflict.is_none(), "nobody else changed anything");
    assert_eq!(put_of(&effects).expect("sent").title.as_str(), "На обеде");
}

#[test]
fn write_that_a_middleman_answered_for_may_have_arrived() {
    let mut app = Fixture::connected(MONDAY, None);
    let arrived = put_of(&app.click("away")).expect("sent");
    app.answer_write(Err(failure(FailureKind::NotPachca)));
    app.click("lunch");
    app.skip_secs(60);
    app.person(Command::Retry);
    let effects = app.answer_fetch(Ok(Some(arrived)));
    assert!(app.snapshot().conflict.is_none(), "nobody else changed anything");
    assert_eq!(put_of(&effects).expect("sent").title.as_str(), "На обеде");
}

#[test]
fn write_that_arrived_without_an_answer_is_not_repeated() {
    let mut app = Fixture::connected(MONDAY, None);
    let wanted = put_of(&app.click("away")).expect("sent");
    assert!(fetches(&app.answer_write(Err(ambiguous()))), "compared at once");
    let effects = app.answer_fetch(Ok(Some(wanted)));
    assert_eq!(requests(&effects), 0);
    assert!(app.snapshot().pending.is_none());
    assert_eq!(app.shown_title().as_deref(), Some("Отошёл"));
}

#[test]
fn write_that_got_lost_is_repeated_after_a_look() {
    let mut app = Fixture::connected(MONDAY, None);
    let wanted = put_of(&app.click("away")).expect("sent");
    for pause in [1, 2, 4] {
        app.answer_write(Err(ambiguous()));
        assert_eq!(put_of(&app.answer_fetch(Ok(None))), None, "not without a pause");
        let before = app.now.clone();
        assert!(fetches(&app.tick()));
        assert_eq!(app.now, before.checked_add(pause.seconds()).expect("in range"));
        assert_eq!(put_of(&app.answer_fetch(Ok(None))), Some(wanted.clone()));
    }
    app.answer_write(Err(ambiguous()));
    assert!(matches!(app.snapshot().link, Link::Trouble { .. }), "then the slow timer takes over");
    assert!(app.snapshot().pending.is_some());
}

#[test]
fn lost_clear_does_not_delete_what_the_phone_set_since() {
    let mut app = Fixture::connected(MONDAY, Some(phone_status("было")));
    assert!(deletes(&app.person(Command::ClearStatus)));
    app.answer_write(Err(ambiguous()));
    let effects = app.answer_fetch(Ok(Some(phone_status("новое"))));
    assert_eq!(told(&effects), ["notification-conflict-title"]);
    assert_eq!(requests(&effects), 0);
    let conflict = app.snapshot().conflict.expect("a decision");
    assert_eq!(conflict.theirs.expect("theirs").title, "новое");

    app.person(Command::ResolveConflict(Resolution::Theirs));
    assert!(app.snapshot().pending.is_none());
    assert_eq!(app.shown_title().as_deref(), Some("новое"));
}

#[test]
fn ours_goes_over_theirs_once_the_person_says_so() {
    let mut app = Fixture::connected(MONDAY, None);
    app.click("focus");
    app.answer_write(Err(failure(FailureKind::Offline)));
    app.person(Command::Refresh);
    app.skip_secs(6);
    app.person(Command::Refresh);
    app.answer_fetch(Ok(Some(phone_status("телефон"))));
    assert!(app.snapshot().conflict.is_some());
    let effects = app.person(Command::ResolveConflict(Resolution::Ours));
    assert_eq!(put_of(&effects).expect("sent").title.as_str(), "Не беспокоить");
}

#[test]
fn left_over_fields_are_cleared_away_once() {
    let before = Status::observed(
        "🚶",
        "Отошёл",
        "2026-11-23T15:00:00Z".parse().ok(),
        true,
        Some("Вернусь".to_owned()),
    );
    let mut app = Fixture::connected(MONDAY, Some(before.clone()));
    let wanted = put_of(&app.click("focus")).expect("sent");
    let merged = Status {
        expires_at: before.expires_at,
        away_message: before.away_message.clone(),
        ..wanted.clone()
    };
    assert!(deletes(&app.answer_write(Ok(Some(merged.clone())))));
    assert_eq!(put_of(&app.answer_write(Ok(None))), Some(wanted));
    let effects = app.answer_write(Ok(Some(merged)));
    assert_eq!(requests(&effects), 0, "once is enough");
    let shown = app.snapshot().status.status.expect("shown");
    assert!(shown.ends.is_some(), "what is shown is what the server says");
    assert_eq!(app.snapshot().undo.expect("undo").previous.expect("previous").title, "Отошёл");
}

#[test]
fn status_whose_end_passed_while_waiting_is_never_sent() {
    let mut app = Fixture::connected(MONDAY, None);
    app.click("away");
    app.answer_write(Err(failure(FailureKind::Offline)));
    app.skip_secs(29 * 60 + 1);
    let effects = app.act(Action::Woke);
    assert_eq!(told(&effects), ["notification-waited-title"]);
    assert!(
        app.snapshot()
            .notices
            .contains(&Notice::WaitedTooLong { title: "Отошёл".to_owned() })
    );
    app.tick();
    assert_eq!(requests(&app.answer_fetch(Ok(None))), 0);
}

#[test]
fn endless_status_that_waited_over_a_day_is_asked_about() {
    let mut app = Fixture::connected(MONDAY, None);
    app.click("focus");
    app.answer_write(Err(failure(FailureKind::Offline)));
    app.skip_secs(25 * 3600);
    app.act(Action::Tick);
    let effects = app.answer_fetch(Ok(None));
    assert_eq!(told(&effects), ["notification-late-title"]);
    assert!(
        app.snapshot().conflict.is_some_and(|conflict| conflict.reason == ConflictReason::Late)
    );
    assert!(put_of(&app.person(Command::ResolveConflict(Resolution::Ours))).is_some());
}

#[test]
fn refused_status_stays_visible_and_is_not_repeated() {
    let mut app = Fixture::connected(MONDAY, None);
    app.click("away");
    let effects = app.answer_write(Err(failure(FailureKind::WrongEmoji)));
    assert_eq!(told(&effects), ["notification-refused-title"]);
    assert!(app.snapshot().pending.is_some_and(|pending| pending.phase == PendingPhase::Refused));
    app.run(SignedDuration::from_mins(3));
    assert_eq!(put_of(&app.effects[2..]), None);
    app.person(Command::DismissProblem);
    assert!(app.snapshot().pending.is_none() && app.snapshot().problem.is_none());
}

#[test]
fn retry_after_is_waited_out_however_often_one_clicks() {
    let mut app = Fixture::connected(MONDAY, None);
    app.click("away");
    let quiet = Failure { retry_after_seconds: Some(7), ..failure(FailureKind::RateLimited) };
    app.answer_write(Err(quiet));
    let from = app.now.timestamp();
    for _ in 0..50 {
        app.skip(SignedDuration::from_millis(100));
        assert_eq!(requests(&app.click("lunch")), 0);
        assert_eq!(requests(&app.person(Command::Refresh)), 0);
    }
    assert!(matches!(app.snapshot().link, Link::Paused { .. }));
    assert!(fetches(&app.tick()));
    let waited = app.now.timestamp().duration_since(from).as_secs_f64();
    assert!((7.0..=8.5).contains(&waited), "{waited}");
    assert_eq!(put_of(&app.answer_fetch(Ok(None))).expect("sent").title.as_str(), "На обеде");
}

#[test]
fn refused_token_stops_everything_and_heals_by_itself() {
    let mut app = Fixture::connected(MONDAY, None);
    let wanted = put_of(&app.click("lunch")).expect("sent");
    app.answer_write(Err(failure(FailureKind::TokenRejected)));
    assert!(
        matches!(app.tick().as_slice(), [Effect::CheckToken(_)]),
        "confirmed once, after five seconds"
    );
    let effects = app.act(Action::TokenIs(Some(account().id), TokenState::Rejected));
    assert_eq!(told(&effects), ["notification-token-title"]);
    assert!(app.snapshot().pending.is_some(), "the wish is kept");

    app.effects.clear();
    let from = app.now.timestamp();
    app.run(SignedDuration::from_mins(20));
    assert_eq!(requests(&app.effects), 1, "one probe in twenty minutes");
    assert!(app.now.timestamp() > from);
    app.skip_secs(11);
    assert!(matches!(
        app.click("lunch").as_slice(),
        [Effect::SaveOutbox(..), Effect::CheckToken(_)]
    ));
    assert_eq!(requests(&app.click("lunch")), 0, "but not twice in ten seconds");

    let effects = app.act(Action::AccountIs(support::account()));
    assert_eq!(app.snapshot().token, TokenState::Kept);
    assert!(fetches(&effects));
    let sent = put_of(&app.answer_fetch(Ok(None))).expect("sent");
    assert_eq!(sent.title, wanted.title);
}

#[test]
fn a_name_that_cannot_be_read_again_is_kept() {
    let mut app = Fixture::connected("2026-11-23T12:00:00+03:00[Europe/Moscow]", None);
    let nameless = Account { name: String::new(), role: String::new(), ..support::account() };
    app.act(Action::AccountIs(Account { scopes: vec!["profile:read".into()], ..nameless }));
    let account = app.snapshot().account.expect("connected");
    assert_eq!((account.name.as_str(), account.role.as_str()), ("Анна", "user"));
    assert_eq!(account.scopes, ["profile:read"], "what was read counts");

    let stranger = AccountId { user_id: 13, ..account.id.clone() };
    app.act(Action::AccountIs(Account { id: stranger, ..account.clone() }));
    assert_eq!(app.snapshot().account, Some(account), "somebody else's answer changes nothing");
}

#[test]
fn day_without_network_stays_under_120_requests() {
    let paused = |seconds| Failure {
        retry_after_seconds: Some(seconds),
        ..failure(FailureKind::RateLimited)
    };
    // What the client's retry budget allows on top before it is empty: repeats cost 14 of 100, after a throttle 5.
    for (trouble, on_top) in [
        (failure(FailureKind::Offline), 7),
        (failure(FailureKind::Timeout), 7),
        (failure(FailureKind::ServerError), 7),
        (failure(FailureKind::NotPachca), 0),
        (failure(FailureKind::Tls), 0),
        (failure(FailureKind::RateLimited), 20),
        (paused(1), 20),
        (paused(600), 0),
    ] {
        for jitter in [0.0, 0.5, 1.0] {
            let mut app = Fixture::connected("2026-11-23T12:00:00+03:00[Europe/Moscow]", None);
            app.jitter = jitter;
            app.click("focus");
            app.answer_write(Err(trouble.clone()));
            app.effects.clear();
            let end = app.now.checked_add(24.hours()).expect("in range");
            while app.now < end {
                if fetches(&app.tick()) {
                    app.answer_fetch(Err(trouble.clone()));
                }
            }
            let requests = requests(&app.effects) + on_top;
            assert!(requests <= 120, "{requests} after {trouble:?} with jitter {jitter}");
            let pending = app.snapshot().pending.expect("the click waits on");
            assert_eq!(pending.phase, PendingPhase::Waiting, "{trouble:?}");
        }
    }
}

#[test]
fn idle_hour_stays_under_75_requests_even_when_checking_each_minute() {
    let mut app = Fixture::connected(MONDAY, None);
    app.jitter = 0.0;
    app.person(Command::ChangeSettings(status_core::SettingsPatch {
        check_interval_minutes: Some(1),
        ..Default::default()
    }));
    app.effects.clear();
    let end = app.now.checked_add(1.hour()).expect("in range");
    while app.now < end {
        if fetches(&app.tick()) {
            app.answer_fetch(Ok(None));
        }
    }
    assert!(requests(&app.effects) <= 75);
    let saves =
        app.effects.iter().filter(|effect| matches!(effect, Effect::SaveOutbox(..))).count();
    assert!(saves <= 1, "the disk is left alone while nothing changes");
}

#[test]
fn status_ends_at_its_second_and_is_looked_at_once() {
    let mut app = Fixture::connected(MONDAY, None);
    let wanted = put_of(&app.click("away")).expect("sent");
    app.answer_write(Ok(Some(wanted.clone())));
    app.effects.clear();
    while app.now.timestamp() < wanted.expires_at.expect("ends") {
        if fetches(&app.tick()) {
            app.answer_fetch(Ok(Some(wanted.clone())));
        }
    }
    assert_eq!(Some(app.now.timestamp()), wanted.expires_at);
    assert_eq!(app.shown_title(), None, "cleared, although the server still returns it");
    app.effects.clear();
    app.run(SignedDuration::from_mins(2));
    assert_eq!(requests(&app.effects), 0);
}

#[test]
fn failed_look_keeps_the_last_known_status_marked_stale() {
    let mut app = Fixture::connected(MONDAY, Some(phone_status("телефон")));
    app.skip_secs(5);
    app.person(Command::Refresh);
    app.answer_fetch(Err(failure(FailureKind::NotPachca)));
    let status = app.snapshot().status;
    assert!(status.stale && status.known);
    assert_eq!(status.status.expect("kept").title, "телефон");
}

#[test]
fn undo_brings_back_the_exact_status_while_ours_is_there() {
    let before = Status::observed("🏡", "Дома", "2026-11-23T15:00:00Z".parse().ok(), false, None);
    let mut app = Fixture::connected(MONDAY, Some(before.clone()));
    let wanted = put_of(&app.click("away")).expect("sent");
    app.answer_write(Ok(Some(wanted.clone())));
    assert!(app.snapshot().undo.is_some());
    let mut other = Fixture {
        monotonic: app.monotonic,
        state: app.state.clone(),
        now: app.now.clone(),
        jitter: 0.5,
        effects: Vec::new(),
    };

    app.skip_secs(2);
    assert_eq!(put_of(&app.person(Command::Undo)), Some(before));

    other.skip_secs(5);
    other.person(Command::Refresh);
    other.answer_fetch(Ok(Some(phone_status("телефон"))));
    assert!(other.snapshot().undo.is_none(), "not over what the phone set");
    assert_eq!(requests(&other.person(Command::Undo)), 0);
}

#[test]
fn undo_of_a_status_that_has_ended_meanwhile_clears() {
    let before = Status::observed("🏡", "Дома", "2026-11-23T09:05:00Z".parse().ok(), false, None);
    let mut app = Fixture::connected(MONDAY, Some(before));
    let wanted = put_of(&app.click("away")).expect("sent");
    app.answer_write(Ok(Some(wanted)));
    app.skip_secs(6 * 60);
    assert!(app.snapshot().undo.expect("offered").previous.is_none());
    assert!(deletes(&app.person(Command::Undo)));
    app.skip_secs(5 * 60);
    assert!(app.snapshot().undo.is_none(), "ten minutes are over");
}

#[test]
fn extending_moves_the_end_and_the_message_says_the_new_one() {
    let mut app = Fixture::connected(MONDAY, None);
    let wanted = put_of(&app.click("away")).expect("sent");
    app.answer_write(Ok(Some(wanted.clone())));
    app.skip_secs(5);
    let extended =
        put_of(&app.person(Command::Extend(Extension::Minutes { minutes: 15 }))).expect("sent");
    let message = |status: &Status| {
        status.away_message.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default()
    };
    assert_eq!(message(&wanted), "Отошёл, вернусь в 12:30.");
    assert_eq!(message(&extended), "Отошёл, вернусь в 12:45.");
    assert_eq!(
        extended.expires_at,
        wanted.expires_at.map(|end| end + SignedDuration::from_mins(15))
    );
}

#[test]
fn preset_that_asks_for_its_date_opens_the_composer() {
    let mut app = Fixture::connected(MONDAY, None);
    let effects = app.click("holiday");
    assert_eq!(effects, [Effect::OpenWindow(Page::Status)]);
    assert_eq!(app.snapshot().compose.expect("composing").title, "В отпуске");
    app.person(Command::ComposeTaken);
    assert!(app.snapshot().compose.is_none());
}

#[test]
fn click_while_the_keyring_is_slow_goes_out_once_connected() {
    let mut app = Fixture::connected(MONDAY, None);
    let saved = match &app.person(Command::ChangeSettings(status_core::SettingsPatch {
        tray_limit: Some(5),
        ..Default::default()
    }))[..]
    {
        [Effect::SaveSettings(saved)] => saved.as_ref().clone(),
        other => panic!("{other:?}"),
    };
    let mut app = Fixture::new(MONDAY);
    app.state = support::fresh(saved);
    app.act(Action::TokenIs(Some(account().id), TokenState::Slow));
    assert_eq!(app.click("away"), []);
    let file = Outbox { last_id: 41, ..Outbox::default() };
    app.connect(file);
    let outbox = saved_outbox(&app.effects).expect("saved");
    assert_eq!(outbox.intent.expect("kept").id, 42, "ids never repeat");
    assert!(put_of(&app.answer_fetch(Ok(None))).is_some());
}

#[test]
fn answers_to_older_requests_are_ignored() {
    let mut app = Fixture::connected(MONDAY, None);
    app.skip_secs(5);
    app.person(Command::Refresh);
    let look = app.last_ticket(false);
    let wanted = put_of(&app.click("away")).expect("a click overtakes a look");
    assert_eq!(app.act(Action::StatusFetched(look, Ok(Some(phone_status("старое"))))), []);
    app.answer_write(Ok(Some(wanted.clone())));
    let write = app.last_ticket(true);
    assert_eq!(app.act(Action::StatusWritten(write, Ok(None))), []);
    assert_eq!(app.shown_title().as_deref(), Some("Отошёл"));
}

#[test]
fn another_server_means_connecting_again() {
    let mut app = Fixture::connected(MONDAY, None);
    let effects = app.person(Command::ChangeSettings(status_core::SettingsPatch {
        server: Some("https://pachca.example.com/api/shared/v1".to_owned()),
        ..Default::default()
    }));
    assert!(effects.contains(&Effect::ForgetAccount(account().id)));
    assert!(app.snapshot().account.is_none());
    assert_eq!(app.state.saved().accounts, []);
    assert_eq!(requests(&app.act(Action::Woke)), 0);
}

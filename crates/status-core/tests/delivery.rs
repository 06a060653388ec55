//! What happens between a click and the server, one story each.

mod support;

use jiff::{SignedDuration, ToSpan};
use status_core::{
    Account, AccountId, Action, Effect, Extension, Failure, FailureKind, FetchReason, Link, Notice,
    Outbox, Page, PendingPhase, Status, TokenState,
};
use support::{
    Desk, ambiguous, deletes, failure, looks, phone_status, put_of, requests, saved_outbox, told,
};

const MONDAY: &str = "2026-11-23T12:00:00+03:00[Europe/Moscow]";

#[test]
fn first_click_is_saved_and_sent_at_once() {
    let mut desk = Desk::connected(MONDAY, None);
    let effects = desk.click("away");
    assert!(
        matches!(effects.as_slice(), [Effect::SaveOutbox(..), Effect::PutStatus(..)]),
        "{effects:?}"
    );
    let sent = put_of(&effects).expect("sent");
    assert_eq!(
        sent.away_message.as_ref().map(status_core::AwayMessage::as_str),
        Some("Отошёл, вернусь в 12:30.")
    );
    let pending = desk.snapshot().pending.expect("pending");
    assert_eq!((pending.phase, pending.saved), (PendingPhase::Sending, false));
    assert_eq!(desk.shown_title(), None, "not shown before the server confirmed it");

    desk.act(Action::OutboxSaved { id: 1, saved: true });
    assert!(desk.snapshot().pending.is_some_and(|pending| pending.saved));
    desk.answer_write(Ok(Some(sent)));
    assert_eq!(desk.shown_title().as_deref(), Some("Отошёл"));
    assert!(desk.snapshot().pending.is_none());
    assert_eq!(told(&desk.effects), Vec::<&str>::new(), "what goes well is not announced");
}

#[test]
fn hundred_clicks_in_a_second_are_few_writes_and_the_last_wins() {
    let mut desk = Desk::connected(MONDAY, None);
    let names = ["away", "lunch", "remote", "focus"];
    let mut writes = Vec::new();
    for click in 0..100_usize {
        let mut effects = desk.click(names[click % 4]);
        desk.skip(SignedDuration::from_millis(5));
        if let Some(sent) = put_of(&effects) {
            writes.push(sent.clone());
            effects = desk.answer_write(Ok(Some(sent)));
        }
        assert_eq!(put_of(&effects), None, "nothing is sent in the middle of a burst");
        desk.skip(SignedDuration::from_millis(5));
        let due =
            desk.state.next_deadline(&desk.moment()).is_some_and(|due| due <= desk.now.timestamp());
        if due && let Some(sent) = put_of(&desk.act(Action::Tick)) {
            writes.push(sent.clone());
            desk.answer_write(Ok(Some(sent)));
        }
    }
    if desk.snapshot().pending.is_some() {
        let last = put_of(&desk.tick()).expect("the last click goes out");
        writes.push(last.clone());
        desk.answer_write(Ok(Some(last)));
    }
    assert!(writes.len() <= 4, "{} writes", writes.len());
    assert_eq!(desk.shown_title().as_deref(), Some("Не беспокоить"));
    assert!(desk.snapshot().pending.is_none());
}

#[test]
fn newer_click_waits_for_the_write_on_the_wire_and_replaces_older_ones() {
    let mut desk = Desk::connected(MONDAY, None);
    let first = put_of(&desk.click("away")).expect("sent");
    desk.skip_secs(2);
    assert_eq!(put_of(&desk.click("lunch")), None);
    assert_eq!(put_of(&desk.click("focus")), None);
    let next = desk.answer_write(Ok(Some(first)));
    assert_eq!(put_of(&next).expect("the newest").title.as_str(), "Не беспокоить");
}

#[test]
fn away_click_is_sent_after_reconnect() {
    let mut desk = Desk::connected(MONDAY, None);
    let wanted = put_of(&desk.click("away")).expect("sent");
    desk.answer_write(Err(failure(FailureKind::Offline)));
    let snapshot = desk.snapshot();
    assert!(matches!(
        snapshot.link,
        Link::Trouble { failure: FailureKind::Offline, retry: Some(_) }
    ));
    assert!(snapshot.pending.is_some_and(|pending| pending.phase == PendingPhase::Waiting));

    let woke = desk.act(Action::Woke);
    assert_eq!(requests(&woke), 0, "a network that came back gets a moment");
    assert!(looks(&desk.tick()), "it is looked at first");
    let effects = desk.answer_look(Ok(None));
    assert_eq!(put_of(&effects), Some(wanted.clone()));
    let effects = desk.answer_write(Ok(Some(wanted)));
    assert_eq!(told(&effects), ["notification-delivered-title"]);
    assert_eq!(desk.shown_title().as_deref(), Some("Отошёл"));
}

#[test]
fn click_survives_a_crash_and_goes_out_after_restart() {
    let mut desk = Desk::connected(MONDAY, None);
    let wanted = put_of(&desk.click("away")).expect("sent");
    let outbox = saved_outbox(&desk.effects).expect("saved");
    let file = serde_json::to_string(&outbox).expect("json");

    let mut desk = Desk::new(MONDAY);
    desk.connect(serde_json::from_str::<Outbox>(&file).expect("outbox"));
    assert!(desk.snapshot().pending.is_some_and(|pending| pending.saved));
    assert!(looks(&desk.effects));
    assert_eq!(put_of(&desk.answer_look(Ok(None))), Some(wanted));
}

#[test]
fn click_after_a_crash_takes_what_the_crash_cut_off_for_our_own() {
    let mut desk = Desk::connected(MONDAY, None);
    let cut_off = put_of(&desk.click("away")).expect("sent");
    let file = saved_outbox(&desk.effects).expect("saved");

    let mut desk = Desk::new(MONDAY);
    desk.connect(file);
    // The first look does not get through, so the click waits; meanwhile the server shows what had arrived.
    desk.answer_look(Err(failure(FailureKind::Offline)));
    desk.click("lunch");
    desk.skip_secs(60);
    desk.act(Action::Retry);
    let effects = desk.answer_look(Ok(Some(cut_off)));
    assert!(desk.snapshot().conflict.is_none(), "nobody else changed anything");
    assert_eq!(put_of(&effects).expect("sent").title.as_str(), "На обеде");
}

#[test]
fn write_that_a_middleman_answered_for_may_have_arrived() {
    let mut desk = Desk::connected(MONDAY, None);
    let arrived = put_of(&desk.click("away")).expect("sent");
    desk.answer_write(Err(failure(FailureKind::NotPachca)));
    desk.click("lunch");
    desk.skip_secs(60);
    desk.act(Action::Retry);
    let effects = desk.answer_look(Ok(Some(arrived)));
    assert!(desk.snapshot().conflict.is_none(), "nobody else changed anything");
    assert_eq!(put_of(&effects).expect("sent").title.as_str(), "На обеде");
}

#[test]
fn write_that_arrived_without_an_answer_is_not_repeated() {
    let mut desk = Desk::connected(MONDAY, None);
    let wanted = put_of(&desk.click("away")).expect("sent");
    assert!(looks(&desk.answer_write(Err(ambiguous()))), "compared at once");
    let effects = desk.answer_look(Ok(Some(wanted)));
    assert_eq!(requests(&effects), 0);
    assert!(desk.snapshot().pending.is_none());
    assert_eq!(desk.shown_title().as_deref(), Some("Отошёл"));
}

#[test]
fn write_that_got_lost_is_repeated_after_a_look() {
    let mut desk = Desk::connected(MONDAY, None);
    let wanted = put_of(&desk.click("away")).expect("sent");
    for pause in [1, 2, 4] {
        desk.answer_write(Err(ambiguous()));
        assert_eq!(put_of(&desk.answer_look(Ok(None))), None, "not without a pause");
        let before = desk.now.clone();
        assert!(looks(&desk.tick()));
        assert_eq!(desk.now, before.checked_add(pause.seconds()).expect("in range"));
        assert_eq!(put_of(&desk.answer_look(Ok(None))), Some(wanted.clone()));
    }
    desk.answer_write(Err(ambiguous()));
    assert!(matches!(desk.snapshot().link, Link::Trouble { .. }), "then the slow timer takes over");
    assert!(desk.snapshot().pending.is_some());
}

#[test]
fn lost_clear_does_not_delete_what_the_phone_set_since() {
    let mut desk = Desk::connected(MONDAY, Some(phone_status("было")));
    assert!(deletes(&desk.act(Action::ClearStatus)));
    desk.answer_write(Err(ambiguous()));
    let effects = desk.answer_look(Ok(Some(phone_status("новое"))));
    assert_eq!(told(&effects), ["notification-conflict-title"]);
    assert_eq!(requests(&effects), 0);
    let conflict = desk.snapshot().conflict.expect("a decision");
    assert_eq!(conflict.theirs.expect("theirs").title, "новое");

    desk.act(Action::ResolveConflict(false));
    assert!(desk.snapshot().pending.is_none());
    assert_eq!(desk.shown_title().as_deref(), Some("новое"));
}

#[test]
fn ours_goes_over_theirs_once_the_person_says_so() {
    let mut desk = Desk::connected(MONDAY, None);
    desk.click("focus");
    desk.answer_write(Err(failure(FailureKind::Offline)));
    desk.act(Action::Refresh(FetchReason::Asked));
    desk.skip_secs(6);
    desk.act(Action::Refresh(FetchReason::Asked));
    desk.answer_look(Ok(Some(phone_status("телефон"))));
    assert!(desk.snapshot().conflict.is_some());
    let effects = desk.act(Action::ResolveConflict(true));
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
    let mut desk = Desk::connected(MONDAY, Some(before.clone()));
    let wanted = put_of(&desk.click("focus")).expect("sent");
    let merged = Status {
        expires_at: before.expires_at,
        away_message: before.away_message.clone(),
        ..wanted.clone()
    };
    assert!(deletes(&desk.answer_write(Ok(Some(merged.clone())))));
    assert_eq!(put_of(&desk.answer_write(Ok(None))), Some(wanted));
    let effects = desk.answer_write(Ok(Some(merged)));
    assert_eq!(requests(&effects), 0, "once is enough");
    let shown = desk.snapshot().status.status.expect("shown");
    assert!(shown.ends.is_some(), "what is shown is what the server says");
    assert_eq!(desk.snapshot().undo.expect("undo").previous.expect("previous").title, "Отошёл");
}

#[test]
fn status_whose_end_passed_while_waiting_is_never_sent() {
    let mut desk = Desk::connected(MONDAY, None);
    desk.click("away");
    desk.answer_write(Err(failure(FailureKind::Offline)));
    desk.skip_secs(29 * 60 + 1);
    let effects = desk.act(Action::Woke);
    assert_eq!(told(&effects), ["notification-waited-title"]);
    assert!(
        desk.snapshot()
            .notices
            .contains(&Notice::WaitedTooLong { title: "Отошёл".to_owned() })
    );
    desk.tick();
    assert_eq!(requests(&desk.answer_look(Ok(None))), 0);
}

#[test]
fn endless_status_that_waited_over_a_day_is_asked_about() {
    let mut desk = Desk::connected(MONDAY, None);
    desk.click("focus");
    desk.answer_write(Err(failure(FailureKind::Offline)));
    desk.skip_secs(25 * 3600);
    desk.act(Action::Tick);
    let effects = desk.answer_look(Ok(None));
    assert_eq!(told(&effects), ["notification-late-title"]);
    assert!(desk.snapshot().conflict.is_some_and(|conflict| conflict.late));
    assert!(put_of(&desk.act(Action::ResolveConflict(true))).is_some());
}

#[test]
fn refused_status_stays_visible_and_is_not_repeated() {
    let mut desk = Desk::connected(MONDAY, None);
    desk.click("away");
    let effects = desk.answer_write(Err(failure(FailureKind::WrongEmoji)));
    assert_eq!(told(&effects), ["notification-refused-title"]);
    assert!(desk.snapshot().pending.is_some_and(|pending| pending.phase == PendingPhase::Refused));
    desk.run(SignedDuration::from_mins(3));
    assert_eq!(put_of(&desk.effects[2..]), None);
    desk.act(Action::DismissProblem);
    assert!(desk.snapshot().pending.is_none() && desk.snapshot().problem.is_none());
}

#[test]
fn retry_after_is_waited_out_however_often_one_clicks() {
    let mut desk = Desk::connected(MONDAY, None);
    desk.click("away");
    let quiet = Failure { retry_after_seconds: Some(7), ..failure(FailureKind::RateLimited) };
    desk.answer_write(Err(quiet));
    let from = desk.now.timestamp();
    for _ in 0..50 {
        desk.skip(SignedDuration::from_millis(100));
        assert_eq!(requests(&desk.click("lunch")), 0);
        assert_eq!(requests(&desk.act(Action::Refresh(FetchReason::Asked))), 0);
    }
    assert!(matches!(desk.snapshot().link, Link::Paused { .. }));
    assert!(looks(&desk.tick()));
    let waited = desk.now.timestamp().duration_since(from).as_secs_f64();
    assert!((7.0..=8.5).contains(&waited), "{waited}");
    assert_eq!(put_of(&desk.answer_look(Ok(None))).expect("sent").title.as_str(), "На обеде");
}

#[test]
fn refused_token_stops_everything_and_heals_by_itself() {
    let mut desk = Desk::connected(MONDAY, None);
    let wanted = put_of(&desk.click("lunch")).expect("sent");
    desk.answer_write(Err(failure(FailureKind::TokenRejected)));
    assert!(
        matches!(desk.tick().as_slice(), [Effect::CheckToken]),
        "confirmed once, after five seconds"
    );
    let effects = desk.act(Action::TokenIs(TokenState::Rejected));
    assert_eq!(told(&effects), ["notification-token-title"]);
    assert!(desk.snapshot().pending.is_some(), "the wish is kept");

    desk.effects.clear();
    let from = desk.now.timestamp();
    desk.run(SignedDuration::from_mins(20));
    assert_eq!(requests(&desk.effects), 1, "one probe in twenty minutes");
    assert!(desk.now.timestamp() > from);
    desk.skip_secs(11);
    assert!(matches!(desk.click("lunch").as_slice(), [Effect::SaveOutbox(..), Effect::CheckToken]));
    assert_eq!(requests(&desk.click("lunch")), 0, "but not twice in ten seconds");

    let effects = desk.act(Action::AccountIs(support::account()));
    assert_eq!(desk.snapshot().token, TokenState::Kept);
    assert!(looks(&effects));
    let sent = put_of(&desk.answer_look(Ok(None))).expect("sent");
    assert_eq!(sent.title, wanted.title);
}

#[test]
fn a_name_that_cannot_be_read_again_is_kept() {
    let mut desk = Desk::connected("2026-11-23T12:00:00+03:00[Europe/Moscow]", None);
    let nameless = Account { name: String::new(), role: String::new(), ..support::account() };
    desk.act(Action::AccountIs(Account { scopes: vec!["profile:read".into()], ..nameless }));
    let account = desk.snapshot().account.expect("connected");
    assert_eq!((account.name.as_str(), account.role.as_str()), ("Анна", "user"));
    assert_eq!(account.scopes, ["profile:read"], "what was read counts");

    let stranger = AccountId { user_id: 13, ..account.id.clone() };
    desk.act(Action::AccountIs(Account { id: stranger, ..account.clone() }));
    assert_eq!(desk.snapshot().account, Some(account), "somebody else's answer changes nothing");
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
            let mut desk = Desk::connected("2026-11-23T12:00:00+03:00[Europe/Moscow]", None);
            desk.jitter = jitter;
            desk.click("focus");
            desk.answer_write(Err(trouble.clone()));
            desk.effects.clear();
            let end = desk.now.checked_add(24.hours()).expect("in range");
            while desk.now < end {
                if looks(&desk.tick()) {
                    desk.answer_look(Err(trouble.clone()));
                }
            }
            let requests = requests(&desk.effects) + on_top;
            assert!(requests <= 120, "{requests} after {trouble:?} with jitter {jitter}");
            let pending = desk.snapshot().pending.expect("the click waits on");
            assert_eq!(pending.phase, PendingPhase::Waiting, "{trouble:?}");
        }
    }
}

#[test]
fn idle_hour_stays_under_75_requests_even_when_checking_each_minute() {
    let mut desk = Desk::connected(MONDAY, None);
    desk.jitter = 0.0;
    desk.act(Action::ChangeSettings(status_core::SettingsPatch {
        check_interval_minutes: Some(1),
        ..Default::default()
    }));
    desk.effects.clear();
    let end = desk.now.checked_add(1.hour()).expect("in range");
    while desk.now < end {
        if looks(&desk.tick()) {
            desk.answer_look(Ok(None));
        }
    }
    assert!(requests(&desk.effects) <= 75);
    let saves =
        desk.effects.iter().filter(|effect| matches!(effect, Effect::SaveOutbox(..))).count();
    assert!(saves <= 1, "the disk is left alone while nothing changes");
}

#[test]
fn status_ends_at_its_second_and_is_looked_at_once() {
    let mut desk = Desk::connected(MONDAY, None);
    let wanted = put_of(&desk.click("away")).expect("sent");
    desk.answer_write(Ok(Some(wanted.clone())));
    desk.effects.clear();
    while desk.now.timestamp() < wanted.expires_at.expect("ends") {
        if looks(&desk.tick()) {
            desk.answer_look(Ok(Some(wanted.clone())));
        }
    }
    assert_eq!(Some(desk.now.timestamp()), wanted.expires_at);
    assert_eq!(desk.shown_title(), None, "cleared, although the server still returns it");
    desk.effects.clear();
    desk.run(SignedDuration::from_mins(2));
    assert_eq!(requests(&desk.effects), 0);
}

#[test]
fn failed_look_keeps_the_last_known_status_marked_stale() {
    let mut desk = Desk::connected(MONDAY, Some(phone_status("телефон")));
    desk.skip_secs(5);
    desk.act(Action::Refresh(FetchReason::Asked));
    desk.answer_look(Err(failure(FailureKind::NotPachca)));
    let status = desk.snapshot().status;
    assert!(status.stale && status.known);
    assert_eq!(status.status.expect("kept").title, "телефон");
}

#[test]
fn undo_brings_back_the_exact_status_while_ours_is_there() {
    let before = Status::observed("🏡", "Дома", "2026-11-23T15:00:00Z".parse().ok(), false, None);
    let mut desk = Desk::connected(MONDAY, Some(before.clone()));
    let wanted = put_of(&desk.click("away")).expect("sent");
    desk.answer_write(Ok(Some(wanted.clone())));
    assert!(desk.snapshot().undo.is_some());
    let mut other =
        Desk { state: desk.state.clone(), now: desk.now.clone(), jitter: 0.5, effects: Vec::new() };

    desk.skip_secs(2);
    assert_eq!(put_of(&desk.act(Action::Undo)), Some(before));

    other.skip_secs(5);
    other.act(Action::Refresh(FetchReason::Asked));
    other.answer_look(Ok(Some(phone_status("телефон"))));
    assert!(other.snapshot().undo.is_none(), "not over what the phone set");
    assert_eq!(requests(&other.act(Action::Undo)), 0);
}

#[test]
fn undo_of_a_status_that_has_ended_meanwhile_clears() {
    let before = Status::observed("🏡", "Дома", "2026-11-23T09:05:00Z".parse().ok(), false, None);
    let mut desk = Desk::connected(MONDAY, Some(before));
    let wanted = put_of(&desk.click("away")).expect("sent");
    desk.answer_write(Ok(Some(wanted)));
    desk.skip_secs(6 * 60);
    assert!(desk.snapshot().undo.expect("offered").previous.is_none());
    assert!(deletes(&desk.act(Action::Undo)));
    desk.skip_secs(5 * 60);
    assert!(desk.snapshot().undo.is_none(), "ten minutes are over");
}

#[test]
fn extending_moves_the_end_and_keeps_the_message() {
    let mut desk = Desk::connected(MONDAY, None);
    let wanted = put_of(&desk.click("away")).expect("sent");
    desk.answer_write(Ok(Some(wanted.clone())));
    desk.skip_secs(5);
    let extended =
        put_of(&desk.act(Action::Extend(Extension::Minutes { minutes: 15 }))).expect("sent");
    assert_eq!(extended.away_message, wanted.away_message);
    assert_eq!(
        extended.expires_at,
        wanted.expires_at.map(|end| end + SignedDuration::from_mins(15))
    );
}

#[test]
fn preset_that_asks_for_its_date_opens_the_composer() {
    let mut desk = Desk::connected(MONDAY, None);
    let effects = desk.click("holiday");
    assert_eq!(effects, [Effect::OpenWindow(Page::Status)]);
    assert_eq!(desk.snapshot().compose.expect("composing").title, "В отпуске");
    desk.act(Action::ComposeTaken);
    assert!(desk.snapshot().compose.is_none());
}

#[test]
fn click_while_the_keyring_is_slow_goes_out_once_connected() {
    let mut desk = Desk::connected(MONDAY, None);
    let saved = match &desk.act(Action::ChangeSettings(status_core::SettingsPatch {
        tray_limit: Some(5),
        ..Default::default()
    }))[..]
    {
        [Effect::SaveSettings(saved)] => saved.as_ref().clone(),
        other => panic!("{other:?}"),
    };
    let mut desk = Desk::new(MONDAY);
    desk.state = support::fresh(saved);
    desk.act(Action::TokenIs(TokenState::Slow));
    assert_eq!(desk.click("away"), []);
    let file = Outbox { last_id: 41, ..Outbox::default() };
    desk.connect(file);
    let outbox = saved_outbox(&desk.effects).expect("saved");
    assert_eq!(outbox.intent.expect("kept").id, 42, "ids never repeat");
    assert!(put_of(&desk.answer_look(Ok(None))).is_some());
}

#[test]
fn answers_to_older_requests_are_ignored() {
    let mut desk = Desk::connected(MONDAY, None);
    desk.skip_secs(5);
    desk.act(Action::Refresh(FetchReason::Asked));
    let look = desk.last_ticket(false);
    let wanted = put_of(&desk.click("away")).expect("a click overtakes a look");
    assert_eq!(desk.act(Action::StatusFetched(look, Ok(Some(phone_status("старое"))))), []);
    desk.answer_write(Ok(Some(wanted.clone())));
    let write = desk.last_ticket(true);
    assert_eq!(desk.act(Action::StatusWritten(write, Ok(None))), []);
    assert_eq!(desk.shown_title().as_deref(), Some("Отошёл"));
}

#[test]
fn another_server_means_connecting_again() {
    let mut desk = Desk::connected(MONDAY, None);
    let effects = desk.act(Action::ChangeSettings(status_core::SettingsPatch {
        server: Some("https://pachca.example.com/api/shared/v1".to_owned()),
        ..Default::default()
    }));
    assert!(effects.contains(&Effect::ForgetConnection));
    assert!(desk.snapshot().account.is_none());
    assert_eq!(desk.state.expected_account(), None);
    assert_eq!(requests(&desk.act(Action::Woke)), 0);
}

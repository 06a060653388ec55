//! The tray in its main states, as text.

mod support;

use std::fmt::Write as _;

use jiff::SignedDuration;
use status_core::{
    Action, Arg, Failure, FailureKind, FetchReason, MenuItem, SettingsPatch, Status, Text,
    TokenState, Tray,
};
use support::{Desk, ambiguous, failure, phone_status, put_of};

const MONDAY: &str = "2026-11-23T12:00:00+03:00[Europe/Moscow]";

fn words(text: &Text) -> String {
    let args: Vec<String> = text
        .args
        .iter()
        .map(|(name, arg)| match arg {
            Arg::Str(text) => format!("{name}={text}"),
            Arg::Num(number) => format!("{name}={number}"),
            Arg::When(when) => format!("{name}={:?} {}", when.day, when.time),
        })
        .collect();
    if args.is_empty() {
        text.id.to_owned()
    } else {
        format!("{} {{{}}}", text.id, args.join(", "))
    }
}

fn draw_items(drawn: &mut String, items: &[MenuItem], depth: usize) {
    let indent = "  ".repeat(depth);
    for item in items {
        let line = match item {
            MenuItem::Separator => "---".to_owned(),
            MenuItem::Action { text, enabled: true, .. } => words(text),
            MenuItem::Action { text, enabled: false, .. } => format!("({})", words(text)),
            MenuItem::Check { text, checked, .. } => {
                format!("[{}] {}", if *checked { "x" } else { " " }, words(text))
            }
            MenuItem::Submenu { text, .. } => format!("{} >", words(text)),
        };
        writeln!(drawn, "{indent}{line}").expect("a string takes everything");
        if let MenuItem::Submenu { items, .. } = item {
            draw_items(drawn, items, depth + 1);
        }
    }
}

fn draw(desk: &Desk) -> String {
    let tray = Tray::of(&desk.snapshot());
    let mut drawn = format!("icon {:?}\ntooltip {}\n", tray.icon, words(&tray.tooltip));
    draw_items(&mut drawn, &tray.menu, 0);
    drawn
}

fn with_away() -> Desk {
    let mut desk = Desk::connected(MONDAY, None);
    let wanted = put_of(&desk.click("away")).expect("sent");
    desk.answer_write(Ok(Some(wanted)));
    desk
}

#[test]
fn not_connected() {
    let mut desk = Desk::new(MONDAY);
    desk.act(Action::TokenIs(TokenState::Missing));
    insta::assert_snapshot!(draw(&desk));
}

#[test]
fn keyring_locked() {
    let mut desk = Desk::new(MONDAY);
    desk.act(Action::TokenIs(TokenState::Locked));
    insta::assert_snapshot!(draw(&desk));
}

#[test]
fn nobody_can_be_asked_whose_token_it_is() {
    let mut desk = Desk::new(MONDAY);
    desk.act(Action::NotReached(FailureKind::Tls));
    insta::assert_snapshot!(draw(&desk));
}

#[test]
fn no_status() {
    insta::assert_snapshot!(draw(&Desk::connected(MONDAY, None)));
}

#[test]
fn away_is_set() {
    insta::assert_snapshot!(draw(&with_away()));
}

#[test]
fn on_its_way() {
    let mut desk = Desk::connected(MONDAY, None);
    desk.click("lunch");
    insta::assert_snapshot!(draw(&desk));
}

#[test]
fn waiting_for_the_network() {
    let mut desk = with_away();
    desk.skip_secs(5);
    desk.act(Action::ClearStatus);
    desk.answer_write(Err(failure(FailureKind::Offline)));
    insta::assert_snapshot!(draw(&desk));
}

#[test]
fn last_look_failed() {
    let mut desk = with_away();
    desk.skip_secs(60);
    desk.act(Action::Refresh(FetchReason::Asked));
    desk.answer_look(Err(failure(FailureKind::NotPachca)));
    insta::assert_snapshot!(draw(&desk));
}

#[test]
fn asked_to_keep_still() {
    let mut desk = Desk::connected(MONDAY, None);
    desk.click("focus");
    desk.answer_write(Err(Failure {
        retry_after_seconds: Some(120),
        ..failure(FailureKind::RateLimited)
    }));
    insta::assert_snapshot!(draw(&desk));
}

#[test]
fn changed_elsewhere() {
    let mut desk = Desk::connected(MONDAY, None);
    desk.click("lunch");
    desk.answer_write(Err(ambiguous()));
    desk.answer_look(Ok(Some(phone_status("С телефона"))));
    insta::assert_snapshot!(draw(&desk));
}

#[test]
fn refused_for_want_of_a_scope() {
    let mut desk = Desk::connected(MONDAY, None);
    desk.click("lunch");
    let scope = Some("profile_status:write".to_owned());
    desk.answer_write(Err(Failure { scope, ..failure(FailureKind::ScopeMissing) }));
    insta::assert_snapshot!(draw(&desk));
}

#[test]
fn token_rejected() {
    let mut desk = with_away();
    desk.act(Action::TokenIs(TokenState::Rejected));
    insta::assert_snapshot!(draw(&desk));
}

#[test]
fn more_presets_than_fit_and_a_status_from_elsewhere() {
    let status =
        Status::observed("🍔", "На обеде", "2026-11-23T10:00:00Z".parse().ok(), true, None);
    let mut desk = Desk::connected(MONDAY, Some(status));
    desk.act(Action::ChangeSettings(SettingsPatch {
        tray_limit: Some(2),
        ..SettingsPatch::default()
    }));
    desk.skip(SignedDuration::from_mins(1));
    insta::assert_snapshot!(draw(&desk));
}

//! The tray in its main states, as text.

mod support;

use std::fmt::Write as _;

use jiff::SignedDuration;
use status_core::{
    Action, Arg, Command, Failure, FailureKind, MenuItem, SettingsPatch, Status, Text, TokenState,
    Tray,
};
use support::{Fixture, account, ambiguous, failure, phone_status, put_of};

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

fn draw(app: &Fixture) -> String {
    let tray = Tray::of(&app.snapshot());
    let mut drawn = format!("icon {:?}\ntooltip {}\n", tray.icon, words(&tray.tooltip));
    draw_items(&mut drawn, &tray.menu, 0);
    drawn
}

fn with_away() -> Fixture {
    let mut app = Fixture::connected(MONDAY, None);
    let wanted = put_of(&app.click("away")).expect("sent");
    app.answer_write(Ok(Some(wanted)));
    app
}

#[test]
fn not_connected() {
    let mut app = Fixture::new(MONDAY);
    app.act(Action::TokenIs(None, TokenState::Missing));
    insta::assert_snapshot!(draw(&app));
}

#[test]
fn keyring_locked() {
    let mut app = Fixture::new(MONDAY);
    app.act(Action::TokenIs(None, TokenState::Locked));
    insta::assert_snapshot!(draw(&app));
}

#[test]
fn nobody_can_be_asked_whose_token_it_is() {
    let mut app = Fixture::new(MONDAY);
    app.act(Action::NotReached(FailureKind::Tls));
    insta::assert_snapshot!(draw(&app));
}

#[test]
fn no_status() {
    insta::assert_snapshot!(draw(&Fixture::connected(MONDAY, None)));
}

#[test]
fn away_is_set() {
    insta::assert_snapshot!(draw(&with_away()));
}

#[test]
fn on_its_way() {
    let mut app = Fixture::connected(MONDAY, None);
    app.click("lunch");
    insta::assert_snapshot!(draw(&app));
}

#[test]
fn waiting_for_the_network() {
    let mut app = with_away();
    app.skip_secs(5);
    app.person(Command::ClearStatus);
    app.answer_write(Err(failure(FailureKind::Offline)));
    insta::assert_snapshot!(draw(&app));
}

#[test]
fn last_look_failed() {
    let mut app = with_away();
    app.skip_secs(60);
    app.person(Command::Refresh);
    app.answer_fetch(Err(failure(FailureKind::NotPachca)));
    insta::assert_snapshot!(draw(&app));
}

#[test]
fn asked_to_keep_still() {
    let mut app = Fixture::connected(MONDAY, None);
    app.click("focus");
    app.answer_write(Err(Failure {
        retry_after_seconds: Some(120),
        ..failure(FailureKind::RateLimited)
    }));
    insta::assert_snapshot!(draw(&app));
}

#[test]
fn changed_elsewhere() {
    let mut app = Fixture::connected(MONDAY, None);
    app.click("lunch");
    app.answer_write(Err(ambiguous()));
    app.answer_fetch(Ok(Some(phone_status("С телефона"))));
    insta::assert_snapshot!(draw(&app));
}

#[test]
fn refused_for_want_of_a_scope() {
    let mut app = Fixture::connected(MONDAY, None);
    app.click("lunch");
    let scope = Some("profile_status:write".to_owned());
    app.answer_write(Err(Failure { scope, ..failure(FailureKind::ScopeMissing) }));
    insta::assert_snapshot!(draw(&app));
}

#[test]
fn token_rejected() {
    let mut app = with_away();
    app.act(Action::TokenIs(Some(account().id), TokenState::Rejected));
    insta::assert_snapshot!(draw(&app));
}

#[test]
fn more_presets_than_fit_and_a_status_from_elsewhere() {
    let status =
        Status::observed("🍔", "На обеде", "2026-11-23T10:00:00Z".parse().ok(), true, None);
    let mut app = Fixture::connected(MONDAY, Some(status));
    app.person(Command::ChangeSettings(SettingsPatch {
        tray_limit: Some(2),
        ..SettingsPatch::default()
    }));
    app.skip(SignedDuration::from_mins(1));
    insta::assert_snapshot!(draw(&app));
}

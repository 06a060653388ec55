//! More of everything than anybody means: clicks, changes from elsewhere, odd texts, silent keyrings.

use std::{
    sync::{Arc, Condvar, Mutex, atomic::Ordering},
    time::{Duration, Instant},
};

use pachca_client::Token;
use pachca_sandbox::{Fault, Status};
use status_core::{
    AccountId, Cause, Command, Expiry, FailureKind, PendingPhase, Preset, PresetId, TokenState,
};
use status_runtime::{CredentialStore, DrawnItem, StoreError};

use crate::app::{PATIENCE, TestApp, draft, preset};

/// Texts that look like markup, code, formats or directions; one JSON string a line.
const TEXTS: &str = include_str!("../corpus/texts.jsonl");

fn texts() -> Vec<String> {
    TEXTS
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
        .collect()
}

#[tokio::test]
async fn of_ten_thousand_clicks_the_last_one_wins_and_few_are_sent() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    let started = Instant::now();
    for click in 0..10_000 {
        engine.command(Command::SetStatus(draft(&format!("click {click}"))), Cause::Person);
    }
    app.wait_for_status(Some("click 9999")).await;
    screen
        .shows("the last click", |now| {
            now.pending.is_none()
                && now.status.status.as_ref().is_some_and(|status| status.title == "click 9999")
        })
        .await;
    let seconds = usize::try_from(started.elapsed().as_secs()).expect("seconds");
    assert!(app.puts().len() <= 4 + 2 * seconds, "{} writes in {seconds} s", app.puts().len());
}

#[tokio::test]
async fn clicks_during_throttling_reach_the_server_once_and_only_the_last_one() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    app.sandbox.fault(Fault::retry_after("2"));
    let started = Instant::now();
    for click in 0..100 {
        engine.command(Command::SetStatus(draft(&format!("click {click}"))), Cause::Person);
    }
    app.wait_for_status(Some("click 99")).await;
    assert!(started.elapsed() >= Duration::from_secs(2), "the pause is kept");
    screen.shows("all is said", |now| now.pending.is_none()).await;
    let written: Vec<_> = app.puts().into_iter().filter(|put| put.status == Some(200)).collect();
    assert!(written.len() <= 2, "{} writes got through", written.len());
}

#[tokio::test]
async fn thirty_changes_on_the_phone_are_followed_and_never_answered_with_a_write() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    for change in 0..30 {
        let title = format!("phone {change}");
        app.sandbox.set_status(Status::new("📱", title.as_str()));
        // As when the window is opened; more often than once a second is not looked, so tell it until it does.
        while engine.snapshot().status.status.as_ref().is_none_or(|status| status.title != title) {
            engine.command(Command::Refresh, Cause::Person);
            tokio::time::sleep(Duration::from_millis(50)).await;
            screen.shows("anything", |_| true).await;
        }
    }
    assert_eq!(app.puts().len(), 0, "looking changes nothing");
}

#[tokio::test]
async fn a_lowered_role_is_explained_and_heals_without_a_restart() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    app.sandbox.set_role("guest");
    engine.command(preset("away"), Cause::Person);
    let refused = |now: &status_core::Snapshot| {
        now.pending.as_ref().is_some_and(|pending| pending.phase == PendingPhase::Refused)
    };
    let shown = screen.shows("refused", refused).await;
    let problem = shown.problem.as_ref().expect("a reason");
    assert!(matches!(problem.failure.kind, FailureKind::RoleForbids), "{problem:?}");
    assert!(shown.account.is_some(), "still connected");
    app.sandbox.set_role("user");
    engine.command(preset("away"), Cause::Person);
    app.wait_for_status(Some("Отошёл")).await;
    screen.shows("well again", |now| now.pending.is_none() && now.problem.is_none()).await;
}

#[tokio::test]
async fn a_desktop_that_panics_while_it_draws_and_notifies_stops_no_click() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    screen.panics.store(true, Ordering::SeqCst);
    engine.command(preset("away"), Cause::Person);
    app.wait_for_status(Some("Отошёл")).await;
    // Refused, which is to be notified of.
    app.sandbox.set_role("guest");
    engine.command(preset("lunch"), Cause::Person);
    let refused = |record: &pachca_sandbox::RecordedRequest| record.status == Some(403);
    app.sandbox.wait_for(refused, PATIENCE).await.expect("it was sent");
    app.sandbox.set_role("user");
    screen.panics.store(false, Ordering::SeqCst);
    engine.command(preset("lunch"), Cause::Person);
    app.wait_for_status(Some("На обеде")).await;
    screen.shows("drawn again", |now| now.pending.is_none() && now.problem.is_none()).await;
}

#[tokio::test]
async fn odd_texts_reach_the_server_and_come_back_as_they_were_typed() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    let mut messages = vec![String::new()];
    for text in texts() {
        let last = messages.last_mut().expect("never empty");
        if last.chars().count() + text.chars().count() > 1_000 {
            messages.push(format!("a {text} z"));
        } else {
            last.extend(["a ", &text, " z"]);
        }
    }
    for (number, message) in messages.iter().enumerate() {
        let title = format!("texts {number}");
        let mut wanted = draft(&title);
        (wanted.is_away, wanted.away_message) = (true, message.clone());
        wanted.expiry = Expiry::Never;
        engine.command(Command::SetStatus(wanted), Cause::Person);
        app.wait_for_status(Some(&title)).await;
        assert_eq!(app.sandbox.state().status.expect("set").away_message.as_ref(), Some(message));
        let shown = screen.shows("it is back", |now| {
            now.pending.is_none()
                && now.status.status.as_ref().is_some_and(|status| status.title == title)
        });
        assert_eq!(
            shown.await.status.status.as_ref().and_then(|status| status.away_message.as_ref()),
            Some(message)
        );
    }
}

#[tokio::test]
async fn odd_texts_stay_one_line_of_the_menu() {
    let app = TestApp::new().await;
    let (engine, screen) = app.connected().await;
    for preset in engine.snapshot().presets.clone() {
        engine.command(Command::DeletePreset(preset.preset.id), Cause::Person);
    }
    let mut tried = 0;
    for text in texts() {
        if text.trim().is_empty() || text.trim().chars().count() > 50 {
            continue;
        }
        tried += 1;
        let saved = Preset { id: PresetId("odd".to_owned()), draft: draft(&text), in_tray: true };
        engine.command(Command::SavePreset(saved), Cause::Person);
        screen
            .shows("the preset", |now| {
                now.presets.iter().any(|view| view.preset.draft.title == text)
            })
            .await;
        let labels = labels(&screen.tray().items);
        for label in &labels {
            assert!(!label.chars().any(char::is_control), "{text:?} is drawn as {label:?}");
            let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}');
            assert!(!label.contains(turns), "{text:?} turns the line: {label:?}");
            assert_eq!(
                label.replace("&&", "").matches('&').count(),
                0,
                "{text:?} becomes a mnemonic: {label:?}"
            );
        }
    }
    assert!(tried >= 60, "{tried} texts fit a title");
}

fn labels(items: &[DrawnItem]) -> Vec<String> {
    let mut found = Vec::new();
    for item in items {
        match item {
            DrawnItem::Separator => {}
            DrawnItem::Action { label, .. } | DrawnItem::Check { label, .. } => {
                found.push(label.clone());
            }
            DrawnItem::Submenu { label, items, .. } => {
                found.push(label.clone());
                found.extend(labels(items));
            }
        }
    }
    found
}

/// A store behind a prompt that nobody answers until it is told to.
struct Prompt {
    answered: Mutex<bool>,
    bell: Condvar,
    token: Token,
}

impl CredentialStore for Prompt {
    fn load(&self, _: &AccountId) -> Result<Token, StoreError> {
        let mut answered = self.answered.lock().expect("not poisoned");
        while !*answered {
            answered = self.bell.wait(answered).expect("not poisoned");
        }
        Ok(self.token.clone())
    }
    fn save(&self, _: &AccountId, _: &Token) -> Result<(), StoreError> {
        Ok(())
    }
    fn delete(&self, _: &AccountId) -> Result<(), StoreError> {
        Ok(())
    }
    fn name(&self) -> &'static str {
        "prompt"
    }
}

#[tokio::test]
async fn a_thousand_clicks_before_an_open_keyring_prompt_end_in_the_last_one() {
    let app = TestApp::new().await;
    app.was_connected();
    let token = Token::parse(pachca_sandbox::DEMO_TOKEN).expect("visible ASCII");
    let prompt = Arc::new(Prompt { answered: Mutex::new(false), bell: Condvar::new(), token });
    let started = Instant::now();
    let (engine, screen) = app.start_with(prompt.clone(), None);
    assert!(started.elapsed() < Duration::from_secs(3), "the start waits for no prompt");
    for click in 0..1_000 {
        engine.command(Command::SetStatus(draft(&format!("click {click}"))), Cause::Person);
    }
    let kept = |now: &status_core::Snapshot| {
        now.pending.as_ref().is_some_and(|pending| {
            pending.saved
                && pending.wanted.as_ref().is_some_and(|status| status.title == "click 999")
        })
    };
    screen.shows("the last click is on disk", kept).await;
    screen.shows("the prompt is said to be open", |now| now.token == TokenState::Slow).await;
    assert_eq!(app.sandbox.requests().len(), 0, "nothing is sent without the token");
    *prompt.answered.lock().expect("not poisoned") = true;
    prompt.bell.notify_all();
    app.wait_for_status(Some("click 999")).await;
    assert_eq!(app.puts().len(), 1);
}

#[tokio::test]
async fn an_engine_with_an_open_prompt_and_a_waiting_click_ends_at_once() {
    let app = TestApp::new().await;
    app.was_connected();
    let token = Token::parse(pachca_sandbox::DEMO_TOKEN).expect("visible ASCII");
    let prompt = Arc::new(Prompt { answered: Mutex::new(false), bell: Condvar::new(), token });
    let (engine, screen) = app.start_with(prompt, None);
    engine.command(preset("away"), Cause::Person);
    screen
        .shows("the click is on disk", |now| {
            now.pending.as_ref().is_some_and(|pending| pending.saved)
        })
        .await;
    let started = Instant::now();
    assert!(engine.flush(Duration::from_secs(2)), "everything is written");
    drop(engine);
    assert!(started.elapsed() < Duration::from_secs(2), "the way out waits for no prompt");
    // The next start, with an open keyring, brings the click to the server.
    let (_engine, _screen) = app.start();
    app.wait_for_status(Some("Отошёл")).await;
}

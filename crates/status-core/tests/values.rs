//! Texts, presets, ids: what may be kept and what is refused.

mod support;

use proptest::prelude::*;
use status_core::preset::{self, EntryFault, ImportError};
use status_core::{
    AwayMessage, Command, Day, Draft, Emoji, Expiry, Extension, Invalid, MenuId, Preset, PresetId,
    Recent, SettingsPatch, Title, When,
};
use support::{Fixture, at, default_presets};

const MONDAY: &str = "2026-11-23T12:00:00+03:00[Europe/Moscow]";

#[test]
fn emoji_people_use_are_accepted() {
    for emoji in [
        "🍔",
        "🏖️",
        "🏖",
        "❤️",
        "👩🏽‍💻",
        "👨‍👩‍👧‍👦",
        "🇷🇺",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "1️⃣",
        "#⃣",
        "☕",
        "✈️",
        " 🎯 ",
        "👍🏿",
        "🏳️‍🌈",
        "🫠",
    ] {
        assert!(Emoji::parse(emoji).is_ok(), "{emoji}");
    }
}

#[test]
fn what_is_not_one_emoji_is_refused() {
    assert_eq!(Emoji::parse("  "), Err(Invalid::EmojiMissing));
    for text in [
        "a",
        "1",
        "#",
        ":beach:",
        "🍔🍔",
        "🍔a",
        "❤\u{FE0E}",
        "🇷",
        "é",
        "\u{200D}",
        "🍔\u{200D}",
        "x\u{301}",
    ] {
        assert_eq!(Emoji::parse(text), Err(Invalid::EmojiNotEmoji), "{text:?}");
    }
    let chain = "👩\u{200D}".repeat(5000) + "👩";
    assert_eq!(Emoji::parse(&chain), Err(Invalid::EmojiNotEmoji));
}

#[test]
fn texts_are_counted_in_code_points() {
    assert!(Title::parse(&"🍔".repeat(50)).is_ok());
    assert_eq!(Title::parse(&"я".repeat(51)), Err(Invalid::TitleTooLong));
    assert_eq!(Title::parse(" \n"), Err(Invalid::TitleMissing));
    assert_eq!(AwayMessage::parse(""), Ok(None));
    assert!(AwayMessage::parse(&"я".repeat(1024)).is_ok());
    assert_eq!(AwayMessage::parse(&"я".repeat(1025)), Err(Invalid::AwayMessageTooLong));
}

#[test]
fn preview_fills_in_what_it_knows_and_keeps_the_rest() {
    let mut app = Fixture::new(MONDAY);
    let draft = Draft {
        emoji: "🌙".to_owned(),
        title: "Вечер".to_owned(),
        expiry: Expiry::NextWorkingMorning,
        is_away: true,
        away_message: "Отвечу {date} после {time}, {name} {".to_owned(),
    };
    let preview = app.preview(&draft);
    assert_eq!(preview.away_message, "Отвечу 24 ноября после 09:00, {name} {");
    assert_eq!(preview.problems, []);
    assert_eq!(
        preview.ends.map(|when| (when.day, when.time)),
        Some((Day::Tomorrow, "09:00".to_owned()))
    );

    let wrong =
        Draft { emoji: "x".to_owned(), title: String::new(), expiry: Expiry::AskDate, ..draft };
    let preview = app.preview(&wrong);
    assert_eq!(
        preview.problems,
        [Invalid::EmojiNotEmoji, Invalid::TitleMissing, Invalid::DateMissing]
    );
}

#[test]
fn moments_are_said_from_today() {
    let now = at(MONDAY);
    let say = |text: &str, hour12| {
        let when = When::new(text.parse().expect("an instant"), &now, hour12);
        (when.day, when.time)
    };
    assert_eq!(say("2026-11-23T20:59:00Z", false), (Day::Today, "23:59".to_owned()));
    assert_eq!(say("2026-11-23T21:00:00Z", true), (Day::Tomorrow, "12:00 AM".to_owned()));
    assert_eq!(say("2026-11-22T20:59:00Z", true), (Day::Yesterday, "11:59 PM".to_owned()));
    assert_eq!(say("2026-12-31T09:00:00Z", true), (Day::ThisYear, "12:00 PM".to_owned()));
    assert_eq!(say("2027-01-01T09:00:00Z", false), (Day::OtherYear, "12:00".to_owned()));
}

#[test]
fn presets_survive_the_trip_through_a_file() {
    let presets = default_presets();
    assert_eq!(preset::import(&preset::export(&presets)), Ok(presets));
}

#[test]
fn wrong_entry_is_named_and_nothing_is_imported() {
    let broken = |change: &str, to: &str| {
        let text = preset::export(&default_presets()).replacen(change, to, 1);
        preset::import(&text).expect_err("refused")
    };
    let ImportError::Entry { index, title, fault } = broken("\"🍔\"", "\":burger:\"") else {
        panic!("an entry")
    };
    assert_eq!((index, title.as_deref()), (1, Some("На обеде")));
    assert_eq!(fault, EntryFault::Invalid(Invalid::EmojiNotEmoji));
    assert_eq!(
        broken("\"lunch\"", "\"away\"").to_string(),
        "entry 2 («На обеде»): an earlier entry has the same id"
    );
    assert!(matches!(
        broken("\"in_tray\"", "\"in_try\""),
        ImportError::Entry { index: 0, fault: EntryFault::Shape(_), .. }
    ));
    assert!(matches!(
        broken("\"away\"", "\"Away!\""),
        ImportError::Entry { fault: EntryFault::Id, .. }
    ));
    assert_eq!(broken("\"version\": 1", "\"version\": 2"), ImportError::Newer(2));
    assert_eq!(broken("\"presets\"", "\"others\""), ImportError::NotPresets);
    assert_eq!(preset::import("[]"), Err(ImportError::NotPresets));
    assert_eq!(preset::import("{\n  x"), Err(ImportError::NotJson { line: 2, column: 3 }));
}

#[test]
fn list_edits_do_what_they_say_and_can_be_taken_back() {
    let mut app = Fixture::new(MONDAY);
    let ids = |app: &Fixture| -> Vec<String> {
        app.snapshot().presets.into_iter().map(|view| view.preset.id.0).collect()
    };
    let id = |id: &str| PresetId(id.to_owned());
    let original = ids(&app);
    app.person(Command::DuplicatePreset(id("away")));
    assert_eq!(ids(&app)[..2], ["away", "away-2"]);
    app.person(Command::MovePreset(id("away-2"), 99));
    assert_eq!(ids(&app).last().map(String::as_str), Some("away-2"));
    app.person(Command::DeletePreset(id("away-2")));
    assert_eq!(ids(&app), original);
    app.person(Command::UndoPresets);
    assert_eq!(ids(&app).last().map(String::as_str), Some("away-2"));
    app.person(Command::RestoreDefaultPresets);
    assert!(app.snapshot().presets_are_default && app.snapshot().presets_can_undo);
    app.person(Command::UndoPresets);
    assert!(!app.snapshot().presets_are_default);

    let many: Vec<Preset> = (0..200)
        .map(|number| Preset { id: PresetId(format!("p{number}")), ..default_presets().remove(0) })
        .collect();
    let before = ids(&app);
    app.person(Command::ImportPresets(many));
    assert_eq!(ids(&app), before, "too many: nothing is imported");
}

#[test]
fn last_five_composed_statuses_are_kept_without_presets() {
    let mut app = Fixture::connected(MONDAY, None);
    let draft = |title: &str| Draft {
        emoji: "🎲".to_owned(),
        title: title.to_owned(),
        expiry: Expiry::Never,
        is_away: false,
        away_message: String::new(),
    };
    app.person(Command::SetStatus(default_presets().remove(0).draft));
    for title in ["1", "2", "3", "4", "5", "6", "3"] {
        app.person(Command::SetStatus(draft(title)));
    }
    let titles: Vec<String> =
        app.snapshot().recents.into_iter().map(|Recent(draft)| draft.title).collect();
    assert_eq!(titles, ["3", "6", "5", "4", "2"]);
    app.person(Command::RemoveRecent(Recent(draft("6"))));
    assert_eq!(app.snapshot().recents.len(), 4);
}

#[test]
fn settings_stay_in_their_ranges() {
    let mut app = Fixture::new(MONDAY);
    let patch = SettingsPatch {
        tray_limit: Some(0),
        check_interval_minutes: Some(9999),
        shortcut_open: Some(" ".to_owned()),
        ..SettingsPatch::default()
    };
    app.person(Command::ChangeSettings(patch));
    let settings = app.snapshot().settings;
    assert_eq!(
        (settings.tray_limit, settings.check_interval_minutes, settings.shortcut_open),
        (1, 60, None)
    );
    assert_eq!(app.person(Command::ChangeSettings(SettingsPatch::default())), []);
}

fn menu_ids() -> impl Strategy<Value = MenuId> {
    prop_oneof![
        "[a-z0-9-]{1,40}".prop_map(|id| MenuId::Preset(PresetId(id))),
        (1_u32..=527_040).prop_map(|minutes| MenuId::Extend(Extension::Minutes { minutes })),
        prop::sample::select(vec![
            MenuId::Current,
            MenuId::Extend(Extension::EndOfWorkday),
            MenuId::Clear,
            MenuId::Undo,
            MenuId::CancelPending,
            MenuId::ApplyOurs,
            MenuId::KeepTheirs,
            MenuId::Retry,
            MenuId::CustomStatus,
            MenuId::ChangeAvatar,
            MenuId::OpenWindow,
            MenuId::Connect,
            MenuId::Settings,
            MenuId::Quit,
            MenuId::Inert("more"),
        ]),
    ]
}

proptest! {
    #[test]
    fn menu_ids_survive_the_trip_through_the_desktop(id in menu_ids()) {
        prop_assert_eq!(id.to_string().parse::<MenuId>(), Ok(id));
    }

    #[test]
    fn only_our_own_text_is_a_menu_id(text in "\\PC{0,20}|(preset|extend|inert):\\PC{0,12}") {
        if let Ok(id) = text.parse::<MenuId>() {
            prop_assert_eq!(id.to_string(), text);
        }
    }

    #[test]
    fn import_never_panics(text in "\\PC{0,200}") {
        prop_assert!(preset::import(&text).is_err());
    }

    #[test]
    fn cut_file_is_refused(cut in 0_usize..2000) {
        let text = preset::export(&default_presets());
        let end = text.char_indices().map(|(index, _)| index).nth(cut).unwrap_or(0);
        prop_assert!(preset::import(&text[..end]).is_err());
    }

    #[test]
    fn kept_texts_are_within_limits(text in "\\PC{0,80}") {
        if let Ok(title) = Title::parse(&text) {
            prop_assert!((1..=50).contains(&title.as_str().chars().count()));
        }
    }
}

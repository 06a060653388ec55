use std::collections::BTreeSet;

use jiff::Timestamp;

use super::*;

const SOURCES: [(&str, &str); 2] = [
    ("ru", include_str!("../../../../locales/ru.ftl")),
    ("en", include_str!("../../../../locales/en.ftl")),
];

/// Not compiled in, and held to the same rules.
const WINDOW: [(&str, &str); 2] = [
    ("window.ru", include_str!("../../../../locales/window.ru.ftl")),
    ("window.en", include_str!("../../../../locales/window.en.ftl")),
];

fn ids(source: &str) -> BTreeSet<&str> {
    source
        .lines()
        .filter_map(|line| line.split_once(" ="))
        .map(|(id, _)| id)
        .filter(|id| id.starts_with(|c: char| c.is_ascii_alphabetic()) && !id.contains(' '))
        .collect()
}

fn arguments(source: &str, id: &str) -> BTreeSet<String> {
    let start = source.find(&format!("\n{id} =")).expect("the sentence is there") + 1;
    let rest = &source[start..];
    // A message ends where a line begins with anything but white space or a closing brace.
    let end = rest
        .match_indices('\n')
        .map(|(at, _)| at)
        .find(|&at| !rest[at + 1..].starts_with([' ', '}', '\n']))
        .unwrap_or(rest.len());
    rest[..end]
        .split('$')
        .skip(1)
        .map(|tail| tail.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn both_languages_parse_and_have_the_same_sentences_with_the_same_arguments() {
    for files in [SOURCES, WINDOW] {
        for (name, source) in files {
            let errors = FluentResource::try_new(source.to_owned()).err().map(|(_, errors)| errors);
            assert_eq!(errors, None, "{name}.ftl");
            let listed = source
                .lines()
                .filter(|line| {
                    line.contains(" =") && line.starts_with(|c: char| c.is_ascii_lowercase())
                })
                .count();
            assert_eq!(listed, ids(source).len(), "a sentence of {name}.ftl is there twice");
        }
        let [(_, russian), (_, english)] = files;
        assert_eq!(ids(russian), ids(english));
        for id in ids(russian) {
            assert_eq!(arguments(russian, id), arguments(english, id), "{id}");
        }
    }
}

#[test]
fn everything_the_core_can_say_has_words_in_both_languages() {
    for lang in [Lang::Ru, Lang::En] {
        for (id, _) in status_core::TEXTS {
            assert!(Words::new(lang).has(id), "{lang:?} lacks {id}");
        }
    }
}

/// The generated declarations list every variant, so that a new one without a sentence is noticed here.
#[test]
fn every_code_has_a_sentence_in_both_languages() {
    let unions = [
        ("error", include_str!("../../../../ui/src/bindings/ErrorCode.ts")),
        ("failure", include_str!("../../../../ui/src/bindings/FailureKind.ts")),
        ("invalid", include_str!("../../../../ui/src/bindings/Invalid.ts")),
        ("token", include_str!("../../../../ui/src/bindings/TokenState.ts")),
        ("notice", include_str!("../../../../ui/src/bindings/Notice.ts")),
    ];
    for (section, declaration) in unions {
        let declared = declaration.split_once("export type").expect("a type").1;
        let codes: Vec<&str> = declared
            .split('"')
            .skip(1)
            .step_by(2)
            .filter(|word| *word != "kind" && !word.starts_with('.'))
            .collect();
        assert!(codes.len() > 4, "{section}: {codes:?}");
        for code in codes {
            for lang in [Lang::Ru, Lang::En] {
                let id = format!("{section}-{code}");
                assert!(Words::new(lang).has(&id), "{lang:?} lacks {id}");
            }
        }
    }
}

#[test]
fn no_sentence_asks_for_an_argument_the_core_does_not_give() {
    let when = When {
        at: Timestamp::UNIX_EPOCH,
        day: Day::Today,
        time: "18:00".to_owned(),
        day_of_month: 24,
        month: 11,
        year: 2026,
    };
    for (lang, source) in SOURCES {
        let words = Words::new(if lang == "ru" { Lang::Ru } else { Lang::En });
        for (id, names) in status_core::TEXTS {
            for asked in arguments(source, id) {
                assert!(names.contains(&asked.as_str()), "{lang} {id} asks for {asked}");
            }
            let arg = |name: &&'static str| match *name {
                "minutes" | "hours" => (*name, Arg::Num(15)),
                "until" | "when" => (*name, Arg::When(when.clone())),
                _ => (*name, Arg::Str("🍔".to_owned())),
            };
            let said = words.text(&Text { id, args: names.iter().map(arg).collect() });
            assert!(!said.contains(['{', '$', '\n']) && !said.is_empty(), "{lang} {id}: {said}");
        }
    }
}

#[test]
fn russian_counts_and_says_moments_as_people_do() {
    let words = Words::new(Lang::Ru);
    let when = |day| When {
        at: Timestamp::UNIX_EPOCH,
        day,
        time: "9:00".to_owned(),
        day_of_month: 24,
        month: 11,
        year: 2027,
    };
    let extend = |minutes| {
        words.text(&Text {
            id: "menu-extend-minutes",
            args: vec![("minutes", Arg::Num(minutes)), ("until", Arg::When(when(Day::Today)))],
        })
    };
    assert_eq!(extend(15), "На 15 минут · до 9:00");
    assert_eq!(extend(1), "На 1 минуту · до 9:00");
    assert_eq!(extend(22), "На 22 минуты · до 9:00");
    let until: Vec<String> = [Day::Today, Day::Tomorrow, Day::ThisYear, Day::OtherYear]
        .into_iter()
        .map(|day| words.until(&when(day)))
        .collect();
    assert_eq!(
        until,
        ["до 9:00", "до завтра, 9:00", "до 24 ноября, 9:00", "до 24 ноября 2027 г., 9:00"]
    );
    assert_eq!(words.when(&when(Day::Today)), "сегодня в 9:00");
    assert_eq!(Words::new(Lang::En).when(&when(Day::ThisYear)), "24 November at 9:00");
}

#[test]
fn default_presets_are_ready_to_use_in_both_languages() {
    for lang in [Lang::Ru, Lang::En] {
        let wording = Words::new(lang).wording();
        assert_eq!(wording.default_presets.len(), 11);
        assert_eq!(wording.default_presets.iter().filter(|preset| preset.in_tray).count(), 6);
        for preset in &wording.default_presets {
            assert_eq!(preset.check(), Ok(()), "{}", preset.draft.title);
            assert!(
                !preset.draft.title.starts_with("preset-")
                    && !preset.draft.away_message.starts_with("preset-")
            );
        }
        assert!(wording.default_presets[0].draft.away_message.contains("{time}"));
        assert!(wording.default_presets[5].draft.away_message.contains("{date}"));
    }
    assert_eq!(Words::new(Lang::Ru).wording().months[10], "ноября");
}

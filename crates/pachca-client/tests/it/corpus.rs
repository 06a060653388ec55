//! The fuzzers' seeds, and what can be made of them, as ordinary tests.

use std::{fs, path::Path};

use pachca_client::Token;

#[path = "../../../../fuzz/checks/answers.rs"]
mod answers;
#[path = "../../../../fuzz/checks/retry_after.rs"]
mod retry_after;

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let files = fs::read_dir(folder).unwrap();
    files.map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
}

#[test]
fn every_answer_of_the_corpus_is_read_or_refused_without_a_panic() {
    let seeds = seeds("answers");
    assert!(seeds.len() >= 40);
    for seed in &seeds {
        answers::check(seed);
    }
}

#[test]
fn an_answer_changed_anywhere_never_panics() {
    for seed in seeds("answers").iter().filter(|seed| seed.len() < 2_000) {
        for place in 0..seed.len() {
            answers::check(&seed[..place]);
            for change in [b'"', b'0', b'{', b'\\', 0xff] {
                let mut changed = seed.clone();
                changed[place] = change;
                answers::check(&changed);
            }
        }
    }
}

#[test]
fn every_pause_of_the_corpus_is_bounded() {
    let seeds = seeds("retry_after");
    assert!(seeds.len() >= 35);
    for seed in &seeds {
        retry_after::check(seed);
        for place in 0..seed.len().min(64) {
            retry_after::check(&seed[..place]);
            retry_after::check(&seed[place..]);
        }
    }
}

#[test]
fn no_text_of_the_corpus_becomes_a_header_it_should_not() {
    let good = ["a", "sandbox-token-0000", "ABC.def-123_~+/=", "!\"#$%&'()*,:;<>?@[]^`{|}"];
    for text in good {
        assert_eq!(Token::parse(text).unwrap().expose(), text);
        assert_eq!(Token::parse(&format!(" \n{text}\r\n\t")).unwrap().expose(), text);
    }
    // What comes along when a token is pasted is taken off.
    let around = [
        "a\0",
        "Bearer a",
        "Authorization: Bearer a",
        "a\u{7f}",
        "a\u{80}",
        "a\u{200b}",
        "\u{202e}a",
        "a\u{fe0f}",
    ];
    for text in around {
        assert_eq!(Token::parse(text).unwrap().expose(), "a", "{text:?}");
    }
    let bad = [
        "",
        " ",
        "\n",
        "\0",
        "a b",
        "a\tb",
        "a\nb",
        "a\r\nb",
        "a\r\nHost: evil.example",
        "bearer\ta",
        "a\u{a0}b",
        "\u{feff}a\u{feff}b",
        "a\u{2028}b",
        "токен",
        "а",
        "🔑",
        "a\u{301}",
        "a\u{ad}b",
        "ａ",
        "١٢٣",
        "a\x0bb",
        "a\x1bb",
    ];
    assert!(bad.len() + around.len() >= 30);
    for text in bad {
        assert!(Token::parse(text).is_err(), "{text:?}");
    }
    assert!(Token::parse(&"x".repeat(10_240)).is_err());
}

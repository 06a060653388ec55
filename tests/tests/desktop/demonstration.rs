//! The first command of the README, as somebody runs it who has nothing: no display, no session, no token.

use std::process::{Command, Output};

use anyhow::Result;
use pachca_status_tests::program;

/// The program that `cargo xtask run` starts without a display, on a computer that speaks `language`.
fn demonstrate(language: &str, more: &[(&str, &str)]) -> Result<(Output, tempfile::TempDir)> {
    let folder = tempfile::tempdir()?;
    let mut demo = Command::new(env!("CARGO_BIN_EXE_demo"));
    demo.arg(folder.path().join("window.png")).env_clear().current_dir(&folder);
    demo.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    demo.env("PACHCA_STATUS_BIN", program()?);
    let output =
        demo.env("HOME", folder.path()).env("LANG", language).envs(more.to_vec()).output()?;
    Ok((output, folder))
}

fn shows(language: &str, words: &[&str]) -> Result<()> {
    let (output, folder) = demonstrate(language, &[])?;
    let told = String::from_utf8(output.stdout)?;
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    for words in words {
        assert!(told.contains(words), "no «{words}» in:\n{told}");
    }
    assert!(std::fs::metadata(folder.path().join("window.png"))?.len() > 10_000, "a picture");
    Ok(())
}

#[test]
fn it_shows_the_main_job_in_english() -> Result<()> {
    shows(
        "en_US.UTF-8",
        &["(«No status»)", "The tray says: 🚶 Away · ", "The tray says: No status"],
    )
}

#[test]
fn it_shows_the_main_job_in_russian() -> Result<()> {
    shows(
        "ru_RU.UTF-8",
        &["(«Без статуса»)", "The tray says: 🚶 Отошёл · ", "The tray says: Без статуса"],
    )
}

#[test]
fn what_fails_is_one_sentence_and_where_the_log_is() -> Result<()> {
    let missing = [("PACHCA_STATUS_BIN", "/nonexistent/app"), ("RUST_BACKTRACE", "1")];
    let (output, folder) = demonstrate("en_US.UTF-8", &missing)?;
    let said = String::from_utf8(output.stderr)?;
    let log = folder.path().join("window.log");
    assert!(!output.status.success());
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("/nonexistent/app is not built"), "{said}");
    assert!(said.contains(&log.display().to_string()), "{said}");
    assert!(std::fs::read_to_string(log)?.contains("/nonexistent/app"), "the log says it too");
    Ok(())
}

//! Completion of the command line for the shells, from what the program itself says about its words.

use std::path::Path;

use anyhow::{Result, ensure};
use clap::{Arg, ArgAction, Command};
use clap_complete::{Shell, generate};

use super::tree::Tree;
use crate::cmd::{command, read};

/// The program's name, as it is typed.
const NAME: &str = "pachca-status";

/// Adds them. `zsh` is the folder in which this kind of package keeps zsh's.
pub(super) fn add(tree: &Tree, program: &Path, zsh: &str) -> Result<()> {
    let help = read(&mut command(&program.display().to_string(), ["--help"]))?;
    let words = described(&help);
    ensure!(words.get_arguments().next().is_some(), "--help names no word:\n{help}");
    for (shell, path) in [
        (Shell::Bash, format!("usr/share/bash-completion/completions/{NAME}")),
        (Shell::Zsh, format!("usr/share/zsh/{zsh}/_{NAME}")),
        (Shell::Fish, format!("usr/share/fish/vendor_completions.d/{NAME}.fish")),
    ] {
        tree.write(&path, written(&words, shell))?;
    }
    Ok(())
}

/// The lines of the help that begin with a word to type.
fn described(help: &str) -> Command {
    let words = help.lines().filter_map(|line| {
        let (word, meaning) = line.trim_start().strip_prefix("--")?.split_once("  ")?;
        let (word, meaning) = (word.to_owned(), meaning.trim().to_owned());
        Some(Arg::new(word.clone()).long(word).help(meaning).action(ArgAction::SetTrue))
    });
    // Its own help and version are among them.
    Command::new(NAME).disable_help_flag(true).disable_version_flag(true).args(words)
}

fn written(words: &Command, shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    generate(shell, &mut words.clone(), NAME, &mut script);
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELP: &str = "\
Sets your status.

Usage: pachca-status [--hidden]

      --hidden   start in the tray, without a window
      --help     say this

Environment:
  PACHCA_TOKEN    not a word";

    #[test]
    fn every_word_of_the_help_is_completed_in_every_shell_and_nothing_else() {
        let words = described(HELP);
        let names = words.get_arguments().filter_map(Arg::get_long).collect::<Vec<_>>();
        assert_eq!(names, ["hidden", "help"]);
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            let script = String::from_utf8(written(&words, shell)).unwrap();
            assert!(script.contains("hidden") && script.contains("help"), "{shell}: {script}");
            assert!(!script.contains("TOKEN"), "{shell}: {script}");
        }
        let fish = String::from_utf8(written(&words, Shell::Fish)).unwrap();
        assert!(fish.contains("-l hidden -d 'start in the tray, without a window'"), "{fish}");
    }
}

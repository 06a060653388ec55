//! Writes the completions of the command line into a folder, for packages: `pachca-status.bash`, `_pachca-status` (zsh) and
//! `pachca-status.fish`.

use std::{env, io};

use clap_complete::{Shell, generate_to};

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).ok_or(io::ErrorKind::InvalidInput)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        generate_to(shell, &mut status_app::cli::command(), "pachca-status", &folder)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_is_completed_in_every_shell() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            let mut script = Vec::new();
            clap_complete::generate(
                shell,
                &mut status_app::cli::command(),
                "pachca-status",
                &mut script,
            );
            let script = String::from_utf8(script).unwrap();
            for flag in ["hidden", "version", "help"] {
                assert!(script.contains(flag), "{shell}: {flag}: {script}");
            }
            assert!(!script.contains("TOKEN"), "{shell}: {script}");
        }
    }
}

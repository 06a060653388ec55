//! The command line.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

/// What the command line asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Request {
    /// Start. `hidden` when the system starts it at login: nobody is waiting for a window.
    Start {
        hidden: bool,
    },
    Version,
    Help,
}

/// The program's arguments; help, completions and the man page come from here.
pub fn command() -> Command {
    let flag = |name, help| Arg::new(name).long(name).help(help).action(ArgAction::SetTrue);
    Command::new("pachca-status")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Sets your Pachca status from the tray. Started again, it shows its window.")
        .after_help(
            "\
Environment:
  PACHCA_TOKEN    use this access token for this run; it is not stored
  PACHCA_API_URL  use this server for this run: the base address of its API",
        )
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("hidden", "start in the tray, without a window"))
        .arg(flag("version", "say the version").short('V'))
        .arg(flag("help", "say this").short('h'))
}

/// Reads the arguments. The error is a sentence for the person who typed them.
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Request, String> {
    // macOS adds the process serial number when an app is opened from the Finder.
    let args = args.into_iter().filter(|arg| !arg.to_string_lossy().starts_with("-psn_"));
    let mut hidden = false;
    for arg in args {
        // One at a time: the first that settles what is asked for wins over what follows.
        match command().no_binary_name(true).try_get_matches_from([&arg]) {
            Ok(given) if given.get_flag("version") => return Ok(Request::Version),
            Ok(given) if given.get_flag("help") => return Ok(Request::Help),
            Ok(given) if given.get_flag("hidden") => hidden = true,
            _ => {
                // Escaped: whatever was typed stays on one line.
                let arg = arg.to_string_lossy();
                return Err(format!("{:?} is not known here; see pachca-status --help.", &*arg));
            }
        }
    }
    Ok(Request::Start { hidden })
}

/// What `--help` says.
pub(crate) fn help() -> String {
    command().render_help().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Request, String> {
        super::parse(args.iter().map(OsString::from))
    }

    #[test]
    fn without_arguments_it_starts() {
        assert_eq!(parse(&[]), Ok(Request::Start { hidden: false }));
        assert_eq!(parse(&["-psn_0_12345"]), Ok(Request::Start { hidden: false }));
    }

    #[test]
    fn login_starts_it_hidden() {
        assert_eq!(parse(&["--hidden"]), Ok(Request::Start { hidden: true }));
    }

    #[test]
    fn version_and_help_win_over_the_rest() {
        assert_eq!(parse(&["--hidden", "--version"]), Ok(Request::Version));
        assert_eq!(parse(&["--help", "--nonsense"]), Ok(Request::Help));
    }

    #[test]
    fn an_unknown_argument_is_named_in_one_sentence() {
        let sentence = parse(&["--token=abc\n"]).unwrap_err();
        assert_eq!(sentence, r#""--token=abc\n" is not known here; see pachca-status --help."#);
        for unknown in ["", "x", "--", "--hid", "--hidden=yes", "-x"] {
            assert!(parse(&[unknown]).is_err(), "{unknown:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn arguments_that_are_not_text_are_refused() {
        use std::os::unix::ffi::OsStringExt;
        assert!(super::parse([OsString::from_vec(vec![0xff, b'x'])]).is_err());
    }

    #[test]
    fn the_help_names_every_flag_and_variable() {
        let help = help();
        for word in ["--hidden", "--version", "--help", "PACHCA_TOKEN", "PACHCA_API_URL"] {
            assert!(help.contains(word), "{word}: {help}");
        }
    }
}

//! The command line: three words, nothing else.

use std::ffi::OsString;

/// What the command line asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Request {
    /// Start. `hidden` when the system starts it at login: nobody is waiting for a window.
    Start {
        /// Without a window, if there is a tray.
        hidden: bool,
    },
    /// Say the version and end.
    Version,
    /// Say what the words mean and end.
    Help,
}

/// What `--help` says.
pub(crate) const HELP: &str = "\
Sets your Pachca status from the tray. Started again, it shows its window.

Usage: pachca-status [--hidden]

      --hidden   start in the tray, without a window
      --version  say the version
      --help     say this

Environment:
  PACHCA_TOKEN    use this access token for this run; it is not stored
  PACHCA_API_URL  use this server for this run: the base address of its API";

/// Reads the words after the program's name. The error is a sentence for the person who typed them.
pub(crate) fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Request, String> {
    let mut request = Request::Start { hidden: false };
    for word in words {
        request = match (word.to_str(), request) {
            (Some("--version" | "-V"), _) => return Ok(Request::Version),
            (Some("--help" | "-h"), _) => return Ok(Request::Help),
            (Some("--hidden"), _) => Request::Start { hidden: true },
            // macOS adds the process serial number when an app is opened from the Finder.
            (Some(other), same) if other.starts_with("-psn_") => same,
            // Escaped: whatever was typed stays on one line.
            _ => {
                let word = word.to_string_lossy();
                return Err(format!("{:?} is not known here; see pachca-status --help.", &*word));
            }
        };
    }
    Ok(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_words(words: &[&str]) -> Result<Request, String> {
        parse(words.iter().map(OsString::from))
    }

    #[test]
    fn without_words_it_starts() {
        assert_eq!(parse_words(&[]), Ok(Request::Start { hidden: false }));
    }

    #[test]
    fn login_starts_it_hidden() {
        assert_eq!(parse_words(&["--hidden"]), Ok(Request::Start { hidden: true }));
    }

    #[test]
    fn version_and_help_win_over_the_rest() {
        assert_eq!(parse_words(&["--hidden", "--version"]), Ok(Request::Version));
        assert_eq!(parse_words(&["--help", "--nonsense"]), Ok(Request::Help));
    }

    #[test]
    fn an_unknown_word_is_named_in_one_sentence() {
        let sentence = parse_words(&["--token=abc\n"]).unwrap_err();
        assert_eq!(sentence, r#""--token=abc\n" is not known here; see pachca-status --help."#);
    }

    #[cfg(unix)]
    #[test]
    fn words_that_are_not_text_are_refused() {
        use std::os::unix::ffi::OsStringExt;
        assert!(parse([OsString::from_vec(vec![0xff, b'x'])]).is_err());
    }
}

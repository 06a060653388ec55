//! The access token, as a value that cannot be printed.

use std::fmt;

use bytes::Bytes;
use secrecy::zeroize::{Zeroize, Zeroizing};
use secrecy::{ExposeSecret, SecretString};

/// Longest token accepted, in bytes. The secret stores of all systems hold this much.
const MAX_LENGTH: usize = 512;

/// A Pachca access token.
///
/// It has no `Display` and no `Serialize`, its `Debug` shows nothing, and its memory is wiped on drop.
#[derive(Clone)]
pub struct Token(SecretString);

impl Token {
    /// Takes a token as a person pastes it, with what came along: white space, quotation marks and characters without
    /// a shape around it, and the name of the header or scheme in front of it.
    ///
    /// # Errors
    /// When nothing is left, when it is longer than 512 characters, or when a character inside is not visible ASCII.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let text = bare(text);
        if text.is_empty() {
            return Err(TokenError::Empty);
        }
        if text.len() > MAX_LENGTH {
            return Err(TokenError::TooLong);
        }
        if text.chars().any(is_invisible) {
            return Err(TokenError::InvisibleCharacter);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TokenError::BadCharacter);
        }
        Ok(Self(SecretString::from(text)))
    }

    /// The same, and wipes the text it came in.
    ///
    /// # Errors
    /// As [`Token::parse`].
    pub fn take(mut text: String) -> Result<Self, TokenError> {
        let token = Self::parse(&text);
        text.zeroize();
        token
    }

    /// What an `Authorization` header says. The bytes are wiped when the last who holds them lets go.
    pub(crate) fn bearer(&self) -> Bytes {
        const SCHEME: &[u8] = b"Bearer ";
        // Room for all of it at once: growing would leave a copy behind.
        let mut value = Zeroizing::new(Vec::with_capacity(SCHEME.len() + self.expose().len()));
        value.extend_from_slice(SCHEME);
        value.extend_from_slice(self.expose().as_bytes());
        Bytes::from_owner(Wiped(value))
    }

    /// The secret itself. Only for an `Authorization` header or a secret store; never for a log, an error or a window.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// The token in what was pasted. Nothing that can be part of a token is taken off.
fn bare(text: &str) -> &str {
    let mut text = text.trim_matches(is_junk);
    for name in ["authorization:", "token:", "bearer "] {
        if let Some((head, rest)) = text.split_at_checked(name.len())
            && head.eq_ignore_ascii_case(name)
        {
            text = rest.trim_matches(is_junk);
        }
    }
    text
}

/// White space, quotation marks, and characters that nobody sees: byte order marks, joiners, direction marks.
fn is_junk(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '"' | '\'' | '`' | '«' | '»' | '“' | '”' | '„' | '‘' | '’')
        || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

struct Wiped(Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Why a text is not a token. Does not repeat the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TokenError {
    /// Nothing but white space.
    #[error("the token is empty")]
    Empty,
    /// More than 512 characters.
    #[error("the token is longer than 512 characters")]
    TooLong,
    /// A character without a shape inside the token, such as a zero-width space.
    #[error("the token has a character inside that cannot be seen")]
    InvisibleCharacter,
    /// A space, a line break, or a character outside ASCII inside the token.
    #[error(
        "the token has a character that no token has: a space, a line break, or a letter outside ASCII"
    )]
    BadCharacter,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_along_with_a_pasted_token_is_taken_off() {
        for pasted in [
            " \tabc-DEF_123\r\n",
            "\u{feff}abc-DEF_123\u{200b}",
            "\u{200b} \u{2060}abc-DEF_123\u{ad}",
            "Bearer abc-DEF_123",
            "authorization: BEARER  abc-DEF_123",
            "«abc-DEF_123»",
            "Authorization: \"Bearer abc-DEF_123\"",
        ] {
            assert_eq!(Token::parse(pasted).unwrap().expose(), "abc-DEF_123", "{pasted:?}");
        }
        assert_eq!(Token::parse("bearer").unwrap().expose(), "bearer", "may be one");
    }

    #[test]
    fn what_cannot_be_a_token_is_refused_by_name() {
        for (text, expected) in [
            ("", TokenError::Empty),
            (" \n\t ", TokenError::Empty),
            ("abc def", TokenError::BadCharacter),
            ("Bearer Bearer abc", TokenError::BadCharacter),
            ("ab\u{200b}c", TokenError::InvisibleCharacter),
            ("ab\u{2066}c", TokenError::InvisibleCharacter),
            ("abc\r\nX-Injected: 1", TokenError::BadCharacter),
            ("ab\0c", TokenError::BadCharacter),
            ("токен", TokenError::BadCharacter),
            ("ab\u{7f}c", TokenError::BadCharacter),
        ] {
            assert_eq!(Token::parse(text).unwrap_err(), expected, "{text:?}");
        }
        assert_eq!(Token::parse(&"x".repeat(513)).unwrap_err(), TokenError::TooLong);
        assert_eq!(Token::parse(&"x".repeat(512)).unwrap().expose().len(), 512);
    }

    #[test]
    fn debug_output_does_not_contain_the_token() {
        let token = Token::parse("canary-token").unwrap();
        assert!(!format!("{token:?} {:?}", Some(&token)).contains("canary"));
    }
}

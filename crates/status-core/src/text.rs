//! Sentences as values: which one, and what goes into it. `locales` has the words.

use serde::Serialize;

use crate::When;

/// A language the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Russian.
    Ru,
    /// English.
    En,
}

/// What goes into a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Words from outside; rendered with bidi isolation.
    Str(String),
    /// A number, for plural forms.
    Num(i64),
    /// A moment; rendered with the message `when` (or `until`, when the argument is named `until`).
    When(When),
}

/// A sentence of `locales/*.ftl`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The message's id.
    pub id: &'static str,
    /// Its arguments.
    pub args: Vec<(&'static str, Arg)>,
}

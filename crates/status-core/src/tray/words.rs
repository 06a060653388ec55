//! Sentences about a status.

use crate::snapshot::StatusView;
use crate::text::{Arg, Text};

/// A sentence about a status, or another one about «no status».
pub(super) fn about(
    status: Option<&StatusView>,
    with: &'static str,
    without: &'static str,
) -> Text {
    status.map_or_else(
        || Text::plain(without),
        |status| Text::new(with, named(&status.emoji, &status.title)),
    )
}

/// The same, with another sentence for a status that ends.
pub(super) fn about_until(
    status: Option<&StatusView>,
    with: &'static str,
    with_until: &'static str,
    without: &'static str,
) -> Text {
    match status.and_then(|status| Some((status, status.ends.clone()?))) {
        Some((status, ends)) => {
            let mut args = named(&status.emoji, &status.title);
            args.push(("until", Arg::When(ends)));
            Text::new(with_until, args)
        }
        None => about(status, with, without),
    }
}

pub(super) fn named(emoji: &str, title: &str) -> Vec<(&'static str, Arg)> {
    vec![("emoji", Arg::Str(emoji.to_owned())), ("title", Arg::Str(title.to_owned()))]
}

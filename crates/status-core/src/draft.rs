//! A status as somebody composes it: texts not yet checked, the end still a rule.

use serde::{Deserialize, Serialize};

use jiff::{Timestamp, ZonedDateTime};

use crate::expiry::Expiry;
use crate::status::{AwayMessage, Emoji, Invalid, Status, Title};
use crate::when::{When, clock_time};
use crate::working_hours::WorkingHours;

/// What the composer, a preset or a recent status holds before it is set.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Draft {
    /// One emoji character.
    pub emoji: String,
    /// Up to 50 characters.
    pub title: String,
    /// When it ends.
    pub expiry: Expiry,
    /// «Away» mode.
    pub is_away: bool,
    /// Up to 1024 characters; `{time}` and `{date}` become the end of the status when it is set.
    pub away_message: String,
}

/// What a draft would come to if it were set now. The composer shows it as the person types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct DraftPreview {
    /// When it would end; `None` when it never ends or the rule cannot be resolved.
    pub ends: Option<When>,
    /// The away message with its placeholders filled in.
    pub away_message: String,
    /// Characters in the title, counted as the server counts them.
    pub title_length: usize,
    /// Characters in the filled-in away message.
    pub away_message_length: usize,
    /// Everything that keeps it from being set, in the order of the fields. Empty: it can be set.
    pub problems: Vec<Invalid>,
}

/// What resolving a draft needs to know besides the draft.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) now: &'a ZonedDateTime,
    pub(crate) hours: &'a WorkingHours,
    /// See [`Wording::months`](crate::Wording::months).
    pub(crate) months: &'a [String; 12],
    pub(crate) hour12: bool,
}

impl Draft {
    /// The status it comes to now, or everything that is wrong with it in the order of the fields.
    pub(crate) fn resolve(&self, context: Context<'_>) -> Result<Status, Vec<Invalid>> {
        let emoji = Emoji::parse(&self.emoji);
        let title = Title::parse(&self.title);
        let end = self.expiry.resolve(context.now, context.hours);
        let away_message = self.message_for(end.ok().flatten(), context);
        match (emoji, title, end, away_message) {
            (Ok(emoji), Ok(title), Ok(expires_at), Ok(away_message)) => {
                Ok(Status { emoji, title, expires_at, is_away: self.is_away, away_message })
            }
            (emoji, title, end, message) => {
                Err([emoji.err(), title.err(), end.err(), message.err()]
                    .into_iter()
                    .flatten()
                    .collect())
            }
        }
    }

    pub(crate) fn preview(&self, context: Context<'_>) -> DraftPreview {
        let end = self.expiry.resolve(context.now, context.hours).ok().flatten();
        let away_message = self.filled_message(end, context);
        DraftPreview {
            ends: end.map(|end| When::new(end, context.now, context.hour12)),
            title_length: self.title.trim().chars().count(),
            away_message_length: away_message.trim().chars().count(),
            away_message,
            problems: self.resolve(context).err().unwrap_or_default(),
        }
    }

    /// The away message of a status that ends then.
    pub(crate) fn message_for(
        &self,
        end: Option<Timestamp>,
        context: Context<'_>,
    ) -> Result<Option<AwayMessage>, Invalid> {
        if self.is_away { AwayMessage::parse(&self.filled_message(end, context)) } else { Ok(None) }
    }

    /// Fills in `{time}` and `{date}`. Without an end there is nothing to fill in; other braces stay as typed.
    fn filled_message(&self, end: Option<Timestamp>, context: Context<'_>) -> String {
        let Some(end) = end else { return self.away_message.clone() };
        let local = end.to_zoned_datetime(context.now.time_zone().clone());
        let month =
            usize::try_from(local.month() - 1).ok().and_then(|month| context.months.get(month));
        let date = format!("{} {}", local.day(), month.map_or("", String::as_str));
        // One pass, so that what was filled in is never looked at again.
        let mut filled = String::with_capacity(self.away_message.len() + 16);
        let mut rest = self.away_message.as_str();
        while let Some(brace) = rest.find('{') {
            let (before, from_brace) = rest.split_at(brace);
            filled.push_str(before);
            rest = if let Some(after) = from_brace.strip_prefix("{time}") {
                filled.push_str(&clock_time(&local, context.hour12));
                after
            } else if let Some(after) = from_brace.strip_prefix("{date}") {
                filled.push_str(&date);
                after
            } else {
                filled.push('{');
                from_brace.strip_prefix('{').unwrap_or_default()
            };
        }
        filled.push_str(rest);
        filled
    }
}

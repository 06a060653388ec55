//! Whatever a server answers is read as what the API promises or refused.

use pachca_client::{Avatar, PropertyDefinition, StatusUpdate, TokenInfo, User, UserStatus};
use serde_json::Value;

/// Reads the bytes as each kind of answer.
pub(crate) fn check(bytes: &[u8]) {
    let status = serde_json::from_slice::<UserStatus>(bytes).ok();
    // One unreadable field never costs the rest.
    if let Ok(Value::Object(fields)) = serde_json::from_slice(bytes) {
        let is_status = fields.contains_key("emoji") || fields.contains_key("title");
        assert_eq!(status.is_some(), is_status);
    }
    let ancient = |end: jiff::Timestamp| end < jiff::Timestamp::UNIX_EPOCH;
    // What the server shows can be sent back to it, as undo does; but never what has ended.
    if let Some(status) = status.filter(|status| !status.expires_at.is_some_and(ancient)) {
        let update = StatusUpdate {
            emoji: status.emoji.clone(),
            title: status.title.clone(),
            expires_at: status.expires_at,
            is_away: status.is_away,
            away_message: status.away_message.clone(),
        };
        let sent = serde_json::to_vec(&update).expect("a status is JSON");
        let back: UserStatus = serde_json::from_slice(&sent).expect("what is sent can be read");
        assert_eq!(
            (&back.emoji, &back.title, back.is_away),
            (&status.emoji, &status.title, status.is_away)
        );
        assert_eq!(
            back.expires_at.map(jiff::Timestamp::as_millisecond),
            status.expires_at.map(jiff::Timestamp::as_millisecond)
        );
    }
    if let Ok(user) = serde_json::from_slice::<User>(bytes) {
        assert!(!format!("{user:?}").is_empty());
    }
    let _ = serde_json::from_slice::<TokenInfo>(bytes);
    let _ = serde_json::from_slice::<Vec<PropertyDefinition>>(bytes);
    let _ = serde_json::from_slice::<Avatar>(bytes);
}

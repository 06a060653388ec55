//! A rule for the end of a status comes to a moment ahead, or is refused.

use jiff::{SignedDuration, ZonedDateTime};
use serde_json::Value;
use status_core::{Expiry, WorkingHours};

/// Two years: a date may be asked for, and a minute count may be a leap year.
const FAR: SignedDuration = SignedDuration::from_hours(24 * 367);

/// Reads the bytes as `{"now": …, "hours": …, "expiry": …}` and resolves the rule.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(case) = serde_json::from_slice::<Value>(bytes) else { return };
    let Ok(expiry) = serde_json::from_value::<Expiry>(case["expiry"].clone()) else { return };
    let Some(now) = case["now"].as_str().and_then(|now| now.parse::<ZonedDateTime>().ok()) else {
        return;
    };
    let hours = serde_json::from_value::<WorkingHours>(case["hours"].clone()).unwrap_or_default();
    match expiry.resolve(&now, &hours) {
        Ok(Some(end)) => {
            assert!(end > now.timestamp(), "{expiry:?} at {now} ends at {end}");
            assert_eq!(end.subsec_nanosecond(), 0, "{end}");
            if !matches!(expiry, Expiry::At { .. }) {
                assert!(
                    end.duration_since(now.timestamp()) < FAR,
                    "{expiry:?} at {now} ends at {end}"
                );
            }
        }
        Ok(None) => assert_eq!(expiry, Expiry::Never),
        Err(invalid) => assert!(!invalid.to_string().is_empty()),
    }
}

//! Whatever stands in `Retry-After` is a bounded pause or none.

use std::time::{Duration, SystemTime};

use pachca_client::testing::{LONGEST_SPOKEN, retry_after};

/// Reads the bytes as the header, with and without a `Date` beside it.
pub(crate) fn check(bytes: &[u8]) {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000);
    let later = now + Duration::from_mins(1);
    for date in [None, Some(now), Some(later), Some(SystemTime::UNIX_EPOCH)] {
        if let Some(pause) = retry_after(bytes, date, now) {
            assert!(pause <= LONGEST_SPOKEN);
        }
    }
    // Seconds mean the same whatever the clocks say.
    if !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit) {
        assert!(retry_after(bytes, None, now).is_some());
        assert_eq!(retry_after(bytes, Some(later), now), retry_after(bytes, None, now));
    }
}

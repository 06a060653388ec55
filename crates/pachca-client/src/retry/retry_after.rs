//! `Retry-After`: how long a server wants to be left alone (RFC 9110 §10.2.3).

use std::time::{Duration, SystemTime};

/// The longest pause that is reported: a year. What asks for more has no meaning, and no calendar has to hold it.
pub const LONGEST_SPOKEN: Duration = Duration::from_hours(366 * 24);

/// Reads the header: digits are seconds, anything else an HTTP date.
///
/// A date is measured against `date`, the `Date` header of the same answer, so that a wrong clock on this machine does
/// not matter; without one, against `now`. A date that has passed is a pause of zero. `None` when it is neither: then
/// the usual pause applies.
pub fn retry_after(value: &[u8], date: Option<SystemTime>, now: SystemTime) -> Option<Duration> {
    let text = std::str::from_utf8(value).ok()?.trim_matches([' ', '\t']);
    if text.is_empty() {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit is a number all the same, and a very long one.
        let seconds = text.parse().unwrap_or(u64::MAX);
        return Some(Duration::from_secs(seconds).min(LONGEST_SPOKEN));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    Some(until.duration_since(date.unwrap_or(now)).unwrap_or_default().min(LONGEST_SPOKEN))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: SystemTime = SystemTime::UNIX_EPOCH;

    fn at(text: &str) -> SystemTime {
        httpdate::parse_http_date(text).unwrap()
    }

    #[test]
    fn seconds_and_dates_are_understood_and_nonsense_is_not() {
        let date = at("Mon, 23 Nov 2026 12:00:00 GMT");
        for (value, expected) in [
            ("0", Some(0)),
            ("1", Some(1)),
            (" 120\t", Some(120)),
            ("007", Some(7)),
            ("7200", Some(7200)),
            ("99999999999999999999", Some(LONGEST_SPOKEN.as_secs())),
            ("1000000000", Some(LONGEST_SPOKEN.as_secs())),
            ("Mon, 23 Nov 2026 12:02:00 GMT", Some(120)),
            ("Monday, 23-Nov-26 12:02:00 GMT", Some(120)),
            ("Mon Nov 23 12:02:00 2026", Some(120)),
            ("Mon, 23 Nov 2026 11:00:00 GMT", Some(0)),
            ("Fri, 31 Dec 1999 23:59:59 GMT", Some(0)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(LONGEST_SPOKEN.as_secs())),
            ("-5", None),
            ("+5", None),
            ("1.5", None),
            ("1e9", None),
            ("abc", None),
            ("", None),
            (" ", None),
            ("10, 20", None),
            ("10s", None),
            ("٣", None),
        ] {
            let read = retry_after(value.as_bytes(), Some(date), NOW);
            assert_eq!(read.map(|wait| wait.as_secs()), expected, "{value:?}");
        }
    }

    #[test]
    fn a_date_is_measured_by_the_servers_clock_when_it_says_what_time_it_is() {
        let value = b"Mon, 23 Nov 2026 12:00:30 GMT";
        let ours_is_a_day_ahead = at("Tue, 24 Nov 2026 12:00:00 GMT");
        let theirs = at("Mon, 23 Nov 2026 12:00:00 GMT");
        assert_eq!(
            retry_after(value, Some(theirs), ours_is_a_day_ahead),
            Some(Duration::from_secs(30))
        );
        assert_eq!(retry_after(value, None, theirs), Some(Duration::from_secs(30)));
        assert_eq!(retry_after(value, None, ours_is_a_day_ahead), Some(Duration::ZERO));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn any_bytes_give_a_bounded_pause_or_none(value in prop::collection::vec(any::<u8>(), 0..64), with_date: bool) {
            let date = with_date.then(|| at("Mon, 23 Nov 2026 12:00:00 GMT"));
            if let Some(wait) = retry_after(&value, date, NOW) {
                prop_assert!(wait <= LONGEST_SPOKEN);
            }
        }

        #[test]
        fn any_digits_give_at_least_the_pause_they_name(seconds: u64) {
            let read = retry_after(seconds.to_string().as_bytes(), None, NOW).unwrap();
            prop_assert_eq!(read, Duration::from_secs(seconds).min(LONGEST_SPOKEN));
        }

        #[test]
        fn any_future_date_gives_the_time_until_it(seconds in 0u64..100_000_000) {
            let date = at("Mon, 23 Nov 2026 12:00:00 GMT");
            let text = httpdate::fmt_http_date(date + Duration::from_secs(seconds));
            let read = retry_after(text.as_bytes(), Some(date), NOW).unwrap();
            prop_assert_eq!(read, Duration::from_secs(seconds).min(LONGEST_SPOKEN));
        }
    }
}

//! Instants as the API writes and reads them.

use jiff::Timestamp;

/// `YYYY-MM-DDThh:mm:ss.sssZ`, the one form the API answers with.
pub(crate) fn wire(instant: Timestamp) -> String {
    format!("{instant:.3}")
}

/// ISO-8601 in UTC: date, `T`, time with seconds, an optional fraction, then `Z` or `+00:00` (what Python writes).
///
/// Stricter than the parser below: no other offset, no lower case, no blank for `T`.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    let local = text.strip_suffix('Z').or_else(|| text.strip_suffix("+00:00"))?;
    let (whole, fraction) = local.split_at_checked(19)?;
    let shape_fits =
        whole.bytes().zip(b"dddd-dd-ddTdd:dd:dd").all(|(given, wanted)| match wanted {
            b'd' => given.is_ascii_digit(),
            _ => given == *wanted,
        });
    let fraction_fits = fraction.is_empty()
        || fraction.strip_prefix('.').is_some_and(|digits| {
            (1..=9).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
        });
    (shape_fits && fraction_fits).then(|| format!("{local}Z").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utc_with_and_without_milliseconds_is_read_and_written_back_with_them() {
        for text in
            ["2024-04-08T10:00:00.000Z", "2024-04-08T10:00:00Z", "2024-04-08T10:00:00+00:00"]
        {
            let instant = parse(text).expect(text);
            assert_eq!(wire(instant), "2024-04-08T10:00:00.000Z");
        }
    }

    #[test]
    fn anything_that_is_not_utc_or_not_a_date_is_refused() {
        for text in [
            "",
            "завтра",
            "2024-04-08",
            "2024-04-08T10:00Z",
            "2024-04-08 10:00:00Z",
            "2024-04-08T10:00:00",
            "2024-04-08T10:00:00+03:00",
            "2024-02-30T10:00:00Z",
            "2024-04-08T25:00:00Z",
            "2024-04-08T10:00:00.Z",
            "2024-04-08t10:00:00z",
            "1712570400",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}

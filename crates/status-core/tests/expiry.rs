//! When a status ends, across clock changes, night shifts and the calendar's corners.

mod support;

use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, Timestamp, ZonedDateTime, tz::TimeZone};
use proptest::prelude::*;
use status_core::{Expiry, Invalid, WorkingHours};
use support::at;

fn hours(start: i8, end: i8) -> WorkingHours {
    let hour = |hour| Time::constant(hour, 0, 0, 0);
    WorkingHours { start: hour(start), end: hour(end), ..WorkingHours::default() }
}

fn check(now: &str, rule: Expiry, hours: &WorkingHours, expected: &str) {
    let now = at(now);
    let end =
        rule.resolve(&now, hours).unwrap_or_else(|error| panic!("{rule:?} at {now}: {error}"));
    let end = end.expect("it ends").to_zoned_datetime(now.time_zone().clone());
    assert_eq!(end, at(expected), "{rule:?} at {now}");
}

const DAY: fn() -> WorkingHours = || hours(9, 18);

#[test]
#[expect(clippy::too_many_lines, reason = "one row after the other")]
fn rules_come_to_the_expected_moments() {
    let day = DAY();
    let table: &[(&str, Expiry, &str)] = &[
        // A Monday in Moscow.
        (
            "2026-11-23T12:00:00+03:00[Europe/Moscow]",
            Expiry::Minutes { minutes: 30 },
            "2026-11-23T12:30:00+03:00[Europe/Moscow]",
        ),
        (
            "2026-11-23T12:00:00.4+03:00[Europe/Moscow]",
            Expiry::Minutes { minutes: 30 },
            "2026-11-23T12:30:01+03:00[Europe/Moscow]",
        ),
        (
            "2026-11-23T12:00:00+03:00[Europe/Moscow]",
            Expiry::EndOfWorkday,
            "2026-11-23T18:00:00+03:00[Europe/Moscow]",
        ),
        (
            "2026-11-23T18:00:00+03:00[Europe/Moscow]",
            Expiry::EndOfWorkday,
            "2026-11-24T18:00:00+03:00[Europe/Moscow]",
        ),
        (
            "2026-11-23T07:00:00+03:00[Europe/Moscow]",
            Expiry::EndOfWorkday,
            "2026-11-23T18:00:00+03:00[Europe/Moscow]",
        ),
        (
            "2026-11-28T12:00:00+03:00[Europe/Moscow]",
            Expiry::EndOfWorkday,
            "2026-11-30T18:00:00+03:00[Europe/Moscow]",
        ),
        (
            "2026-11-23T23:59:59+03:00[Europe/Moscow]",
            Expiry::EndOfDay,
            "2026-11-24T00:00:00+03:00[Europe/Moscow]",
        ),
        (
            "2026-11-23T00:00:00+03:00[Europe/Moscow]",
            Expiry::EndOfDay,
            "2026-11-24T00:00:00+03:00[Europe/Moscow]",
        ),
        (
            "2026-11-27T19:00:00+03:00[Europe/Moscow]",
            Expiry::TomorrowMorning,
            "2026-11-28T09:00:00+03:00[Europe/Moscow]",
        ),
        (
            "2026-11-27T19:00:00+03:00[Europe/Moscow]",
            Expiry::NextWorkingMorning,
            "2026-11-30T09:00:00+03:00[Europe/Moscow]",
        ),
        (
            "2026-11-24T00:30:00+03:00[Europe/Moscow]",
            Expiry::NextWorkingMorning,
            "2026-11-24T09:00:00+03:00[Europe/Moscow]",
        ),
        // Leap day and the turn of the year.
        (
            "2028-02-28T20:00:00+03:00[Europe/Moscow]",
            Expiry::TomorrowMorning,
            "2028-02-29T09:00:00+03:00[Europe/Moscow]",
        ),
        (
            "2028-02-28T20:00:00+03:00[Europe/Moscow]",
            Expiry::EndOfDay,
            "2028-02-29T00:00:00+03:00[Europe/Moscow]",
        ),
        (
            "2026-12-31T20:00:00+03:00[Europe/Moscow]",
            Expiry::NextWorkingMorning,
            "2027-01-01T09:00:00+03:00[Europe/Moscow]",
        ),
        // New York, the night clocks go forward and the night they go back: a day of 23 and of 25 hours.
        (
            "2026-03-07T20:00:00-05:00[America/New_York]",
            Expiry::TomorrowMorning,
            "2026-03-08T09:00:00-04:00[America/New_York]",
        ),
        (
            "2026-03-08T01:30:00-05:00[America/New_York]",
            Expiry::Minutes { minutes: 60 },
            "2026-03-08T03:30:00-04:00[America/New_York]",
        ),
        (
            "2026-03-08T00:30:00-05:00[America/New_York]",
            Expiry::EndOfDay,
            "2026-03-09T00:00:00-04:00[America/New_York]",
        ),
        (
            "2026-11-01T00:30:00-04:00[America/New_York]",
            Expiry::EndOfDay,
            "2026-11-02T00:00:00-05:00[America/New_York]",
        ),
        (
            "2026-11-01T01:30:00-04:00[America/New_York]",
            Expiry::Minutes { minutes: 60 },
            "2026-11-01T01:30:00-05:00[America/New_York]",
        ),
        // A quarter of an hour off, half an hour of daylight saving, the other side of the date line.
        (
            "2026-11-23T12:00:00+05:45[Asia/Kathmandu]",
            Expiry::EndOfWorkday,
            "2026-11-23T18:00:00+05:45[Asia/Kathmandu]",
        ),
        (
            "2026-04-04T20:00:00+11:00[Australia/Lord_Howe]",
            Expiry::TomorrowMorning,
            "2026-04-05T09:00:00+10:30[Australia/Lord_Howe]",
        ),
        (
            "2026-11-23T12:00:00+13:00[Pacific/Apia]",
            Expiry::EndOfDay,
            "2026-11-24T00:00:00+13:00[Pacific/Apia]",
        ),
        // The day Samoa skipped: the 29th is followed by the 31st.
        (
            "2011-12-29T20:00:00-10:00[Pacific/Apia]",
            Expiry::EndOfDay,
            "2011-12-31T00:00:00+14:00[Pacific/Apia]",
        ),
    ];
    for (now, rule, expected) in table {
        check(now, *rule, &day, expected);
    }
}

#[test]
fn local_times_that_do_not_exist_or_come_twice() {
    let at_local = |text: &str| Expiry::At { at: text.parse::<DateTime>().expect("a local time") };
    let table = [
        (
            "2026-03-07T12:00:00-05:00[America/New_York]",
            "2026-03-08T02:30:00",
            "2026-03-08T03:00:00-04:00[America/New_York]",
        ),
        (
            "2026-03-07T12:00:00-05:00[America/New_York]",
            "2026-03-08T02:00:00",
            "2026-03-08T03:00:00-04:00[America/New_York]",
        ),
        (
            "2026-10-31T12:00:00-04:00[America/New_York]",
            "2026-11-01T01:30:00",
            "2026-11-01T01:30:00-04:00[America/New_York]",
        ),
        (
            "2026-10-03T12:00:00+10:30[Australia/Lord_Howe]",
            "2026-10-04T02:15:00",
            "2026-10-04T02:30:00+11:00[Australia/Lord_Howe]",
        ),
        (
            "2011-12-29T12:00:00-10:00[Pacific/Apia]",
            "2011-12-30T15:00:00",
            "2011-12-31T00:00:00+14:00[Pacific/Apia]",
        ),
    ];
    for (now, local, expected) in table {
        check(now, at_local(local), &DAY(), expected);
    }
}

#[test]
fn night_shifts_end_on_the_next_day() {
    let night = hours(22, 6);
    check(
        "2026-11-23T23:00:00+03:00[Europe/Moscow]",
        Expiry::EndOfWorkday,
        &night,
        "2026-11-24T06:00:00+03:00[Europe/Moscow]",
    );
    check(
        "2026-11-24T02:00:00+03:00[Europe/Moscow]",
        Expiry::EndOfWorkday,
        &night,
        "2026-11-24T06:00:00+03:00[Europe/Moscow]",
    );
    check(
        "2026-11-28T02:00:00+03:00[Europe/Moscow]",
        Expiry::EndOfWorkday,
        &night,
        "2026-11-28T06:00:00+03:00[Europe/Moscow]",
    );
    check(
        "2026-11-28T07:00:00+03:00[Europe/Moscow]",
        Expiry::EndOfWorkday,
        &night,
        "2026-12-01T06:00:00+03:00[Europe/Moscow]",
    );
    check(
        "2026-11-28T07:00:00+03:00[Europe/Moscow]",
        Expiry::NextWorkingMorning,
        &night,
        "2026-11-30T22:00:00+03:00[Europe/Moscow]",
    );
}

#[test]
fn without_working_days_every_day_is_one() {
    let every = WorkingHours { days: [false; 7], ..DAY() };
    check(
        "2026-11-28T12:00:00+03:00[Europe/Moscow]",
        Expiry::EndOfWorkday,
        &every,
        "2026-11-28T18:00:00+03:00[Europe/Moscow]",
    );
}

#[test]
fn impossible_ends_are_named() {
    let now = at("2026-11-23T12:00:00+03:00[Europe/Moscow]");
    let resolve = |rule: Expiry| rule.resolve(&now, &DAY());
    assert_eq!(resolve(Expiry::Never), Ok(None));
    assert_eq!(resolve(Expiry::AskDate), Err(Invalid::DateMissing));
    assert_eq!(resolve(Expiry::Minutes { minutes: 0 }), Err(Invalid::MinutesOutOfRange));
    assert_eq!(resolve(Expiry::Minutes { minutes: 527_041 }), Err(Invalid::MinutesOutOfRange));
    assert_eq!(resolve(Expiry::At { at: now.datetime() }), Err(Invalid::EndInThePast));
    assert_eq!(resolve(Expiry::At { at: DateTime::MIN }), Err(Invalid::DateMissing));
}

fn moments() -> impl Strategy<Value = ZonedDateTime> {
    let zones = prop::sample::select(vec![
        "Europe/Moscow",
        "America/New_York",
        "Asia/Kathmandu",
        "Pacific/Apia",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
        "Africa/Cairo",
        "UTC",
    ]);
    (zones, 1_000_000_000_i64..2_200_000_000).prop_map(|(zone, second)| {
        let zone = TimeZone::get(zone).expect("a known zone");
        Timestamp::from_second(second).expect("in range").to_zoned_datetime(zone)
    })
}

fn rules() -> impl Strategy<Value = Expiry> {
    prop_oneof![
        (1_u32..=527_040).prop_map(|minutes| Expiry::Minutes { minutes }),
        Just(Expiry::EndOfWorkday),
        Just(Expiry::EndOfDay),
        Just(Expiry::TomorrowMorning),
        Just(Expiry::NextWorkingMorning),
    ]
}

proptest! {
    #[test]
    fn an_end_is_always_ahead_and_not_absurdly_far(
        now in moments(), rule in rules(), start in 0_i8..24, end in 0_i8..24, days in any::<[bool; 7]>(),
    ) {
        let hours = WorkingHours { days, ..hours(start, end) };
        let resolved = rule.resolve(&now, &hours).expect("a relative rule always resolves").expect("it ends");
        prop_assert!(resolved > now.timestamp());
        let longest = match rule {
            Expiry::Minutes { minutes } => SignedDuration::from_mins(i64::from(minutes)) + SignedDuration::from_secs(1),
            Expiry::EndOfDay => SignedDuration::from_hours(50),
            _ => SignedDuration::from_hours(24 * 9),
        };
        prop_assert!(resolved.duration_since(now.timestamp()) <= longest);
    }

    #[test]
    fn any_local_time_resolves_without_panic(
        now in moments(), year in -9999_i16..=9999, month in 1_i8..=12, day in 1_i8..=28, hour in 0_i8..24, minute in 0_i8..60,
    ) {
        let local = jiff::civil::Date::new(year, month, day).expect("a date").at(hour, minute, 0, 0);
        if let Ok(Some(end)) = (Expiry::At { at: local }).resolve(&now, &DAY()) {
            prop_assert!(end > now.timestamp());
            let back = end.to_zoned_datetime(now.time_zone().clone()).datetime();
            prop_assert!(back >= local, "a skipped time becomes a later one, never an earlier");
        }
    }
}

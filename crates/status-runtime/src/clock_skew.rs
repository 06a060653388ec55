//! How far this computer's clock is from the server's.

use std::sync::Mutex;

use jiff::SignedDuration;
use pachca_client::RequestRecord;
use status_core::{Action, Notice};

use crate::sync::lock;

/// A clock off by more than this makes statuses end at the wrong time.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(120);
/// Two readings agree, and two clocks of one computer ran alike, within this.
const AGREEMENT: SignedDuration = SignedDuration::from_secs(5);
/// The offset moves by a second here and there; only a real change is worth saying.
const NEWS: SignedDuration = SignedDuration::from_secs(60);

/// What the API's own answers said of the time. Two in a row have to agree: one may be a gateway's, or was written while
/// the computer slept.
#[derive(Default)]
pub(crate) struct ClockSkew(Mutex<Readings>);

#[derive(Default)]
struct Readings {
    /// The last answer's, not yet believed.
    last: Option<SignedDuration>,
    /// How far the computer is ahead, when that matters.
    ahead: SignedDuration,
    told: Option<Notice>,
}

impl ClockSkew {
    /// How far the computer is ahead of the server; zero while that does not matter.
    pub(crate) fn ahead(&self) -> SignedDuration {
        lock(&self.0).ahead
    }

    /// Takes up an answer's `Date`, written to the second between sending and the answer. Answers what there is to say.
    pub(crate) fn compare(&self, record: &RequestRecord) -> Vec<Action> {
        let Some(server_time) = record.server_time else { return Vec::new() };
        let took = SignedDuration::try_from(record.duration).unwrap_or(SignedDuration::MAX);
        let by_wall = record.finished.duration_since(record.started);
        if (by_wall - took).abs() > AGREEMENT {
            // A sleep, or somebody who set the clock, lies in between.
            return Vec::new();
        }
        let ahead = record.started.duration_since(server_time);
        let mut readings = lock(&self.0);
        let before = readings.last.replace(ahead);
        if before.is_none_or(|before| (before - ahead).abs() > AGREEMENT + took) {
            return Vec::new();
        }
        let off = ahead.abs() > TOLERANCE + took;
        let ahead =
            if off { SignedDuration::from_secs(ahead.as_secs()) } else { SignedDuration::ZERO };
        readings.ahead = ahead;
        let known = match &readings.told {
            Some(Notice::ClockOff { seconds }) => SignedDuration::from_secs(*seconds),
            _ => SignedDuration::ZERO,
        };
        if (known - ahead).abs() < NEWS && known.is_zero() == ahead.is_zero() {
            return Vec::new();
        }
        let over = readings.told.take().map(Action::NoticeOver);
        readings.told = off.then_some(Notice::ClockOff { seconds: ahead.as_secs() });
        over.into_iter().chain(readings.told.clone().map(Action::Noticed)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::Timestamp;

    use super::*;

    /// An answer of an hour ago that took a second, from a server whose clock says `off` seconds less than ours.
    fn answer(off: i64, slept: i64) -> RequestRecord {
        let started: Timestamp = "2026-11-23T09:00:00Z".parse().expect("a moment");
        RequestRecord {
            started,
            finished: started + SignedDuration::from_secs(1 + slept),
            duration: Duration::from_secs(1),
            method: "GET",
            path: "/profile/status",
            attempt: 1,
            status: Some(200),
            failure: None,
            reason: None,
            request_id: None,
            server_time: Some(started - SignedDuration::from_secs(off)),
        }
    }

    fn ahead(answers: &[RequestRecord]) -> i64 {
        let skew = ClockSkew::default();
        for answer in answers {
            skew.compare(answer);
        }
        skew.ahead().as_secs()
    }

    #[test]
    fn the_servers_clock_is_believed_when_two_answers_agree_and_not_across_a_sleep() {
        assert_eq!(ahead(&[answer(3600, 0)]), 0, "one answer is no proof");
        assert_eq!(ahead(&[answer(3600, 0), answer(3601, 0)]), 3600 + 1);
        assert_eq!(ahead(&[answer(3600, 0), answer(-90_000_000, 0)]), 0, "they disagree");
        assert_eq!(ahead(&[answer(3600, 10_800), answer(3600, 10_800)]), 0, "slept in between");
        assert_eq!(ahead(&[answer(60, 0), answer(60, 0)]), 0, "too little to matter");
        let back = [answer(3600, 0), answer(3600, 0), answer(0, 0), answer(0, 0)];
        assert_eq!(ahead(&back), 0, "somebody set the clock right");
    }

    #[test]
    fn what_is_said_of_the_clock_is_said_once_and_taken_back() {
        let skew = ClockSkew::default();
        assert_eq!(skew.compare(&answer(3600, 0)), []);
        let off = Notice::ClockOff { seconds: 3600 };
        assert_eq!(skew.compare(&answer(3600, 0)), [Action::Noticed(off.clone())]);
        assert_eq!(skew.compare(&answer(3604, 0)), []);
        skew.compare(&answer(0, 0));
        assert_eq!(skew.compare(&answer(0, 0)), [Action::NoticeOver(off)]);
    }
}

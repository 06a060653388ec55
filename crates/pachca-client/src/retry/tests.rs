//! The policy against a model, without a network and without waiting.

use std::fmt::Write as _;
use std::time::Duration;

use proptest::prelude::*;

use super::*;

const S: Duration = Duration::from_secs(1);
const SERVER_ERROR: FailureClass = FailureClass::Status { code: 500, asked: None };

fn policy(seed: u64) -> Policy {
    Policy::new(S, S, seed)
}

fn status(code: u16, asked: Option<u64>) -> FailureClass {
    FailureClass::Status { code, asked: asked.map(Duration::from_secs) }
}

#[test]
fn the_exact_pauses_of_one_seed_are_known() {
    let mut policy = policy(2026);
    let mut text = String::new();
    for (name, failure) in [
        ("500", SERVER_ERROR),
        ("connect", FailureClass::NotSent),
        ("429", status(429, None)),
        ("429 asks 3 s", status(429, Some(3))),
        ("503 asks 20 s", status(503, Some(20))),
        ("429 asks 21 s", status(429, Some(21))),
        ("429 asks 3 h", status(429, Some(3 * 3600))),
    ] {
        policy.budget = RetryBudget::default();
        for repeats_made in 0..4 {
            policy.breaker = CircuitBreaker::default();
            let decision = policy.decide(Tick::ZERO, Rules::READ, repeats_made, failure);
            writeln!(
                text,
                "{name:14} #{repeats_made} repeat {:?} still {:?}",
                decision.repeat_after, decision.keep_still
            )
            .unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn only_what_can_heal_by_itself_is_repeated() {
    let repeated = |rules| -> Vec<u16> {
        let repeats = |&code: &u16| {
            policy(1).decide(Tick::ZERO, rules, 0, status(code, None)).repeat_after.is_some()
        };
        (100..1000).filter(repeats).collect()
    };
    assert_eq!(repeated(Rules::WRITE), [408, 429, 500, 502, 503, 504]);
    assert_eq!(repeated(Rules::UPLOAD), [429, 503], "a picture is costly to send");
}

#[test]
fn a_lost_answer_is_repeated_for_reads_and_never_for_writes() {
    for rules in [Rules::READ, Rules::WRITE, Rules::UPLOAD, Rules::REMOVE_AVATAR] {
        let repeated = |repeats_made, failure| {
            policy(1).decide(Tick::ZERO, rules, repeats_made, failure).repeat_after.is_some()
        };
        assert_eq!(repeated(0, FailureClass::Lost), rules == Rules::READ, "{rules:?}");
        assert!(!repeated(0, FailureClass::Final));
        assert!(repeated(0, FailureClass::NotSent));
        assert!(!repeated(rules.repeats, FailureClass::NotSent));
    }
}

#[test]
fn a_long_pause_is_told_in_full_and_the_gate_lets_a_person_try_after_two_hours() {
    let mut policy = policy(1);
    let decision = policy.decide(Tick::ZERO, Rules::READ, 0, status(429, Some(24 * 3600)));
    assert_eq!(decision.repeat_after, None);
    assert!(decision.keep_still.unwrap() >= Duration::from_hours(24));
    let last = policy.breaker.entry(CircuitBreaker::LONGEST.saturating_sub(S));
    assert!(matches!(last, Entry::Refused(left) if left > Duration::from_hours(22)), "{last:?}");
    assert_eq!(policy.breaker.entry(CircuitBreaker::LONGEST), Entry::Probe);
}

/// A day of failures, with a caller that comes back like the product does: after 30 s, doubling to 15 min.
fn requests_in_a_day(failure: FailureClass) -> u32 {
    let day = Tick::from_hours(24);
    let mut policy = policy(7);
    let (mut now, mut rest, mut requests) = (Tick::ZERO, Duration::from_secs(30), 0);
    while now < day {
        let mut repeats_made = 0;
        loop {
            match policy.breaker.entry(now) {
                Entry::Refused(..) | Entry::Behind => break,
                Entry::Wait(wait) => now += wait,
                Entry::Allowed | Entry::Probe => {}
            }
            if let Err(wait) = policy.bucket.take(now) {
                now += wait;
                continue;
            }
            policy.breaker.enter(now);
            requests += 1;
            let decision = policy.decide(now, Rules::READ, repeats_made, failure);
            policy.breaker.probe_passed();
            let Some(pause) = decision.repeat_after else { break };
            now += pause;
            repeats_made += 1;
        }
        now += rest;
        rest = (rest * 2).min(Duration::from_mins(15));
    }
    requests
}

#[test]
fn a_server_that_is_down_for_a_day_gets_at_most_120_requests() {
    for failure in [
        SERVER_ERROR,
        FailureClass::NotSent,
        FailureClass::Lost,
        status(429, None),
        status(429, Some(1)),
        status(429, Some(60)),
        status(503, Some(3600)),
        status(429, Some(999_999)),
    ] {
        let requests = requests_in_a_day(failure);
        assert!((1..=120).contains(&requests), "{requests} requests for {failure:?}");
    }
}

fn any_failure() -> impl Strategy<Value = FailureClass> {
    let throttled = prop::sample::select(vec![429, 503, 500]);
    prop_oneof![
        (100u16..600, prop::option::of(0u64..20_000)).prop_map(|(code, asked)| status(code, asked)),
        (throttled, prop::option::of(0u64..60)).prop_map(|(code, asked)| status(code, asked)),
        Just(FailureClass::NotSent),
        Just(FailureClass::Lost),
        Just(FailureClass::Final),
    ]
}

#[derive(Debug, Clone)]
enum Event {
    Rest(u64),
    Success,
    Failure(Rules, u8, FailureClass),
}

fn any_event() -> impl Strategy<Value = Event> {
    use Rules as R;
    let rules = vec![R::READ, R::WRITE, R::UPLOAD, R::REMOVE_AVATAR, R::ONCE];
    prop_oneof![
        (0u64..30_000).prop_map(Event::Rest),
        Just(Event::Success),
        (prop::sample::select(rules), 0u8..5, any_failure())
            .prop_map(|(rules, made, failure)| Event::Failure(rules, made, failure)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_policy_keeps_its_promises_whatever_happens(seed: u64, events in prop::collection::vec(any_event(), 1..50)) {
        let mut policy = policy(seed);
        let mut now = Tick::ZERO;
        let mut closed_until = Tick::ZERO;
        let mut money = i32::from(RetryBudget::FULL);
        for event in events {
            match event {
                Event::Rest(milliseconds) => now += Duration::from_millis(milliseconds),
                Event::Success => {
                    policy.succeeded();
                    money = (money + 1).min(i32::from(RetryBudget::FULL));
                }
                Event::Failure(rules, made, failure) => {
                    let decision = policy.decide(now, rules, made, failure);
                    let throttled = matches!(
                        failure,
                        FailureClass::Status { code: 429, .. } | FailureClass::Status { code: 503, asked: Some(_) }
                    );
                    let asked = match failure {
                        FailureClass::Status { asked: Some(asked), .. } if throttled => Some(asked),
                        _ => None,
                    };
                    prop_assert_eq!(decision.keep_still.is_some(), throttled);
                    if let Some(pause) = decision.repeat_after {
                        prop_assert!(made < rules.repeats, "never more than the rules allow");
                        prop_assert!(asked.is_none_or(|asked| asked <= LONGEST_WAIT_WITHIN_CALL));
                        let backoff = S * (1 << made);
                        prop_assert!(pause >= backoff / 2, "never sooner than half the pause");
                        prop_assert!(pause <= (backoff * 3 / 2).max(asked.unwrap_or_default()) + S);
                        money -= i32::from(if throttled { RetryBudget::THROTTLED } else { RetryBudget::REPEAT });
                    }
                    if let Some(wait) = decision.keep_still {
                        prop_assert!(asked.is_none_or(|asked| wait >= asked), "a pause is never shortened");
                        closed_until = closed_until.max(now + wait.min(CircuitBreaker::LONGEST));
                    }
                }
            }
            prop_assert!(money >= 0);
            prop_assert_eq!(i32::from(policy.budget.0), money);
            let may_go = matches!(policy.breaker.entry(now), Entry::Allowed | Entry::Probe);
            prop_assert_eq!(may_go, now >= closed_until, "nothing goes out while the gate is closed");
        }
    }
}

//! Every time limit and cap in one place.

use std::time::Duration;

/// Largest JSON answer that is read, in bytes.
pub const MAX_JSON: usize = 1024 * 1024;
/// How much of a refusal's body is read, in bytes.
pub const MAX_REFUSAL: usize = 64 * 1024;
/// Largest picture that is fetched, in bytes.
pub const MAX_IMAGE: usize = 5 * 1024 * 1024;

/// How long things may take. The defaults are the product's; tests make them short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Name look-up, TCP and TLS together: 5 s.
    pub connect: Duration,
    /// Longest silence while an answer is awaited or read: 10 s. Does not apply while an upload is on its way.
    pub silence: Duration,
    /// One attempt, body included: 15 s.
    pub attempt: Duration,
    /// One attempt of an upload: 60 s.
    pub upload_attempt: Duration,
    /// A call with all its attempts and pauses: 30 s.
    pub call: Duration,
    /// An upload with all its attempts and pauses: 120 s.
    pub upload_call: Duration,
    /// A call that gets no connection is given up after this, however many attempts are left: 15 s.
    pub offline: Duration,
    /// The first pause before a repeat, before it is spread: 1 s. It doubles each time.
    pub first_pause: Duration,
    /// Up to this much is added to the pause a server asks for, so that clients do not return together: 1 s.
    pub spread: Duration,
    /// When the wall clock runs ahead of the monotonic one by more than this within a call, the computer has slept: 5 s.
    pub asleep: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            silence: Duration::from_secs(10),
            attempt: Duration::from_secs(15),
            upload_attempt: Duration::from_mins(1),
            call: Duration::from_secs(30),
            upload_call: Duration::from_mins(2),
            offline: Duration::from_secs(15),
            first_pause: Duration::from_secs(1),
            spread: Duration::from_secs(1),
            asleep: Duration::from_secs(5),
        }
    }
}

//! Names of requests: of those to the server, and of those whose outcome somebody waits for.

/// Ties the server's answer to its request; answers to older tickets are ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Ticket(pub u64);

/// Names a command whose [`Outcome`](crate::Outcome) somebody waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub u64);

//! What the tests and fuzzers of this workspace reach into the client by. Not part of its interface.

pub use crate::limits::{Limits, MAX_IMAGE, MAX_JSON, MAX_REFUSAL};
pub use crate::resolver::{Lookup, Resolver};
pub use crate::retry::{LONGEST_SPOKEN, retry_after};

use crate::client::ClientBuilder;

/// Settings that tests need and a program does not.
pub trait TestSettings {
    /// Other time limits than the product's.
    #[must_use]
    fn limits(self, limits: Limits) -> Self;
    /// Looks names up in another way than the system does.
    #[must_use]
    fn resolver(self, resolver: Resolver) -> Self;
    /// Makes the pauses between repeats the same in each run.
    #[must_use]
    fn seed(self, seed: u64) -> Self;
}

impl TestSettings for ClientBuilder {
    fn limits(mut self, limits: Limits) -> Self {
        self.connecting.limits = limits;
        self
    }

    fn resolver(mut self, resolver: Resolver) -> Self {
        self.connecting.resolver = Some(resolver);
        self
    }

    fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }
}

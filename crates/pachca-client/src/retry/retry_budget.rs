//! How many repeats are worth it while a server is down.

/// At most [`RetryBudget::FULL`]. When it is used up, calls are still made, but not repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RetryBudget(pub(super) u8);

impl RetryBudget {
    pub(crate) const FULL: u8 = 100;
    /// What a repeat after a failure costs.
    pub(crate) const REPEAT: u8 = 14;
    /// What a repeat costs after the server asked for a pause.
    pub(crate) const THROTTLED: u8 = 5;

    /// `false`, and nothing paid, when there is not enough.
    pub(crate) fn pay(&mut self, cost: u8) -> bool {
        let left = self.0.checked_sub(cost);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }

    /// A success gives one back.
    pub(crate) fn earn(&mut self) {
        self.0 = (self.0 + 1).min(Self::FULL);
    }
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self(Self::FULL)
    }
}

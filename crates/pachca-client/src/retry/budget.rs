//! How many repeats are worth it while a server is down.

/// 100 at most. When it is used up, calls are still made, but not repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget(u8);

impl Budget {
    /// What it holds at the start, and at most.
    pub const FULL: u8 = 100;
    /// A repeat after a failure costs this much.
    pub const REPEAT: u8 = 14;
    /// A repeat after the server asked for a pause costs this much.
    pub const THROTTLE: u8 = 5;

    /// Pays for a repeat; `false`, and nothing paid, when there is not enough.
    pub fn pay_for_repeat(&mut self) -> bool {
        self.pay(Self::REPEAT)
    }

    /// Pays for a repeat after a throttle; `false`, and nothing paid, when there is not enough.
    pub fn pay_for_throttle(&mut self) -> bool {
        self.pay(Self::THROTTLE)
    }

    /// A success gives one back.
    pub fn earn(&mut self) {
        self.0 = (self.0 + 1).min(Self::FULL);
    }

    /// What is left.
    pub fn left(&self) -> u8 {
        self.0
    }

    fn pay(&mut self, cost: u8) -> bool {
        match self.0.checked_sub(cost) {
            Some(left) => {
                self.0 = left;
                true
            }
            None => false,
        }
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(Self::FULL)
    }
}

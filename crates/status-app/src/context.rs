//! What almost everything in the shell holds.

#[cfg(not(target_os = "linux"))]
use std::sync::Arc;

use status_core::Page;
use status_runtime::Engine;

#[cfg(not(target_os = "linux"))]
use crate::toolkit::Toolkit;
use crate::{event::Events, sync::Shared};

/// The engine, the shell's events, and what goes with them.
#[derive(Clone)]
pub struct Context {
    pub engine: Engine,
    pub events: Events,
    /// The page the window was last asked to open on.
    pub(crate) page: Shared<Page>,
    #[cfg(not(target_os = "linux"))]
    pub(crate) toolkit: Arc<dyn Toolkit>,
}

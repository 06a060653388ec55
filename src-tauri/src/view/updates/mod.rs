//! Newer versions of the program: looked for when the person asks or has asked for it in the preferences, shown with
//! their notes, installed by a click, and only when they carry the makers' signature.

#[cfg_attr(feature = "updates", path = "signed.rs")]
#[cfg_attr(not(feature = "updates"), path = "none.rs")]
mod system;

#[cfg(feature = "updates")]
mod offer;

pub(crate) use system::{install, know, look, prepare, view};

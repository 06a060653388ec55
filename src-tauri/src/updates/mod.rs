//! Newer versions of the program: looked for when the person asks or has asked for it in the preferences, shown with
//! their notes, installed by a click, and only when they carry the makers' signature.

#[cfg(not(feature = "updates"))]
mod none;
#[cfg(feature = "updates")]
mod offer;
#[cfg(feature = "updates")]
mod signed;

#[cfg(not(feature = "updates"))]
pub(crate) use self::none::{install, know, look, prepare, view};
#[cfg(feature = "updates")]
pub(crate) use self::signed::{install, know, look, prepare, view};

//! Linux: the app needs no window system. It speaks to the panel over the session bus, and its window is another program.

use std::{
    process::ExitCode,
    sync::{Arc, mpsc},
};

use crate::{
    desktop::Desktop,
    instance::{First, Hold},
};

/// Runs until it is over.
pub(crate) fn run(first: First, begin: impl FnOnce(&Arc<Desktop>)) -> ExitCode {
    let (over, told) = mpsc::channel();
    let desktop = Desktop::new(Hold::new(first), over);
    begin(&desktop);
    told.recv().expect("the desktop holds the other end")
}

//! Links that leave the app, by way of the system's browser.

use std::io;
#[cfg(target_os = "linux")]
use std::{
    os::unix::process::CommandExt as _,
    process::{Child, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use status_runtime::{ErrorCode, IpcError};

use crate::executor;
#[cfg(target_os = "linux")]
use crate::platform::env;

/// A program that has no browser to open says so within this time.
#[cfg(target_os = "linux")]
const SOON: Duration = Duration::from_millis(500);

/// Opens a checked address. The browser is on its own from there.
pub(crate) async fn open(address: String) -> Result<(), IpcError> {
    let opened = executor::spawn_blocking(move || hand_over(&address)).await;
    match opened {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => {
            log::warn!("no browser opens: {}", error.kind());
            Err(IpcError::with_detail(ErrorCode::LinkRefused, error.kind().to_string()))
        }
        Err(_) => Err(ErrorCode::Ending.into()),
    }
}

/// Gives the address to the system's browser. Windows and macOS say themselves whether they took it.
#[cfg(not(target_os = "linux"))]
fn hand_over(address: &str) -> io::Result<()> {
    open::that_detached(address)
}

/// Gives the address to the first program that takes it: those that cannot say so soon. One that is still there after
/// that is the browser itself.
#[cfg(target_os = "linux")]
fn hand_over(address: &str) -> io::Result<()> {
    let mut failure = io::ErrorKind::NotFound.into();
    for mut command in open::commands(address) {
        env::for_another(&mut command);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        match command.spawn().and_then(taken) {
            Ok(()) => return Ok(()),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

/// Whether a program that opens addresses has done it, or is at it.
#[cfg(target_os = "linux")]
fn taken(mut program: Child) -> io::Result<()> {
    let (tell, told) = mpsc::channel();
    // Waits as long as the program runs: nobody else would see it off.
    thread::Builder::new().name("browser".to_owned()).spawn(move || tell.send(program.wait()))?;
    match told.recv_timeout(SOON) {
        Ok(Ok(status)) if !status.success() => Err(io::ErrorKind::Other.into()),
        Ok(Err(error)) => Err(error),
        Ok(Ok(_)) | Err(_) => Ok(()),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process::Command;

    use super::taken;

    #[test]
    fn a_program_that_gives_up_at_once_has_not_taken_the_address() {
        assert!(Command::new("true").spawn().and_then(taken).is_ok());
        assert!(Command::new("false").spawn().and_then(taken).is_err());
        assert!(Command::new("/nonexistent").spawn().and_then(taken).is_err());
    }
}

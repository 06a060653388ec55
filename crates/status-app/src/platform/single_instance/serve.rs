//! What the first start does with a connection, whatever it comes through.

use std::{io, path::Path, time::Duration};

use tokio::io::{AsyncRead, AsyncWrite};

use crate::ipc::protocol::{self, FromSecondStart, SECOND_START, ToSecondStart};

/// Longest wait for the first app to reply. A wedged one does not hold up the second for longer.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// Most second starts that are listened to at one time.
pub(super) const AT_ONCE: usize = 8;

/// Hears one second start out.
pub(super) async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    activate: impl Fn() + Sync,
) {
    let serving = async {
        let request = protocol::read_one::<FromSecondStart>(&mut stream, SECOND_START).await?;
        if let Some((FromSecondStart::Activate, _)) = request {
            activate();
            protocol::write_one(&mut stream, &ToSecondStart::Activated, &[], SECOND_START).await?;
        }
        io::Result::Ok(())
    };
    match tokio::time::timeout(PATIENCE, serving).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => log::info!("a second start was not understood: {error}"),
        Err(_) => log::info!("a second start said nothing"),
    }
}

/// A short name of the folder that is the same in every process of one person, and another for another.
pub(super) fn folder_name(folder: &Path) -> String {
    // FNV-1a: it only has to be stable between versions and spread well; nothing secret depends on it.
    let hash = folder
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("pachca-status-{hash:016x}")
}

//! What many tests do first.

use anyhow::Result;
use pachca_status_tests::{Desktop, Launch, TOKEN, Window};

/// Pastes the token and waits until the account is there.
pub(crate) async fn connect(window: &Window) -> Result<()> {
    window.fill("token-input", TOKEN).await?;
    window.click("connect-button").await?;
    window.sees("account-chip").await?;
    window.sees_no("token-input").await
}

/// The program with a token from the environment, its window opened by a left click.
pub(crate) async fn with_window(desktop: &Desktop) -> Result<Window> {
    // The driver waits for the window, which opens when somebody clicks.
    let launch = Launch::with_token(TOKEN);
    let (window, clicked) =
        tokio::join!(desktop.launch_with_window(&launch), desktop.tray.activate());
    clicked?;
    window
}

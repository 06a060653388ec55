//! Sets one's own status for an hour: `set_status 🎧 Focus`.
//! Needs `PACHCA_TOKEN` with `profile_status:write`; `PACHCA_API_URL` for another server.

use std::time::Duration;

use anyhow::Context;
use pachca_client::{Client, StatusUpdate};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let mut words = std::env::args().skip(1);
    let emoji = words.next().context("say an emoji and a title")?;
    let title = words.collect::<Vec<_>>().join(" ");
    let update = StatusUpdate {
        expires_at: Some(jiff::Timestamp::now() + Duration::from_hours(1)),
        ..StatusUpdate::new(emoji, title)
    };
    let status = Client::from_env()?.set_status(&update).await?;
    println!("{} {}", status.emoji, status.title);
    Ok(())
}

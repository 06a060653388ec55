//! Shows one's own status. Needs `PACHCA_TOKEN` with `profile_status:read`; `PACHCA_API_URL` for another server.

use pachca_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let now = jiff::Timestamp::now();
    // A status whose end has passed is still returned for a while.
    match Client::from_env()?
        .status()
        .await?
        .filter(|status| status.expires_at.is_none_or(|end| end > now))
    {
        Some(status) => {
            println!("{} {}", status.emoji, status.title);
            if let Some(end) = status.expires_at {
                println!("until {end}");
            }
            if status.is_away {
                println!("away: {}", status.away_message.as_deref().unwrap_or("—"));
            }
        }
        None => println!("no status"),
    }
    Ok(())
}

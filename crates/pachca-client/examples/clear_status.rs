//! Removes one's own status. Needs `PACHCA_TOKEN` with `profile_status:write`; `PACHCA_API_URL` for another server.

use pachca_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let client = Client::from_env()?;
    match client.clear_status().await {
        Ok(()) => println!("no status"),
        // The answer was lost on the way, so the status may be gone or not: look.
        Err(error) if error.may_have_arrived() => println!("now: {:?}", client.status().await?),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

//! Removes one's own picture. Needs `PACHCA_TOKEN` with `profile_avatar:write`; `PACHCA_API_URL` for another server.

use pachca_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    Client::from_env()?.delete_avatar().await?;
    println!("no picture");
    Ok(())
}

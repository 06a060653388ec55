//! Shows what the token may do. Needs `PACHCA_TOKEN`, whatever its scopes; `PACHCA_API_URL` for another server.

use pachca_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let info = Client::from_env()?.token_info().await?;
    println!(
        "{} of user {}",
        info.name.as_deref().unwrap_or("a token without a name"),
        info.user_id
    );
    for scope in info.scopes {
        println!("- {scope}");
    }
    Ok(())
}

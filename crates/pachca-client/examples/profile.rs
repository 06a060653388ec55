//! Shows one's own profile. Needs `PACHCA_TOKEN` with `profile:read`; `PACHCA_API_URL` for another server.

use pachca_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let user = Client::from_env()?.profile().await?;
    println!("{} {}", user.first_name.unwrap_or_default(), user.last_name.unwrap_or_default());
    println!("@{} (id {})", user.nickname, user.id);
    for property in user.custom_properties {
        println!("{}: {}", property.name, property.value.as_deref().unwrap_or("—"));
    }
    Ok(())
}

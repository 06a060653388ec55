//! Lists the fields the workspace added to its people.
//! Needs `PACHCA_TOKEN` with `custom_properties:read`; `PACHCA_API_URL` for another server.

use pachca_client::{Client, EntityType};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    for property in Client::from_env()?.custom_properties(EntityType::User).await? {
        println!("{} {} ({})", property.id, property.name, property.data_type);
    }
    Ok(())
}

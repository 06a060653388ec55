//! Sends a picture: `set_avatar picture.png`.
//! Needs `PACHCA_TOKEN` with `profile_avatar:write`; `PACHCA_API_URL` for another server.

use std::path::PathBuf;

use anyhow::{Context, bail};
use pachca_client::{AvatarUpload, Client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let path: PathBuf = std::env::args_os().nth(1).context("name a picture")?.into();
    let content_type = match path.extension().and_then(|extension| extension.to_str()) {
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        _ => bail!("a .png or a .jpg"),
    };
    let upload = AvatarUpload {
        bytes: std::fs::read(&path)?.into(),
        file_name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        content_type: content_type.into(),
    };
    let avatar = Client::from_env()?
        .set_avatar(upload, |sent, total| eprint!("\r{} %", sent * 100 / total.max(1)))
        .await?;
    println!("\n{}", avatar.image_url);
    Ok(())
}

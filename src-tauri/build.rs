//! Declares the window's commands to Tauri: each becomes a permission that a capability has to grant.

include!("src/view/list.rs");

fn main() {
    let commands = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands))
        .expect("tauri.conf.json, capabilities and icons are in order");
}

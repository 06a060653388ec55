//! What the window may do, held still: a change of the policy has to be a change of these tests.

use std::collections::BTreeSet;

use serde_json::Value;

use status_app::{WINDOWS_APP_ID, ipc::request::commands};

fn config() -> Value {
    serde_json::from_str(include_str!("../tauri.conf.json")).expect("it is JSON")
}

fn capability() -> Value {
    serde_json::from_str(include_str!("../capabilities/window.json")).expect("it is JSON")
}

#[test]
fn the_page_runs_only_its_own_scripts_and_talks_only_to_the_app() {
    let config = config();
    let policy = config["app"]["security"]["csp"].as_str().expect("a policy is set");
    let directives: BTreeSet<&str> = policy.split("; ").collect();
    let expected = [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self' ipc: http://ipc.localhost",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "frame-src 'none'",
        "object-src 'none'",
    ];
    assert_eq!(directives, BTreeSet::from(expected));
    for loose in ["unsafe", "*", "https:", "wasm", "blob:"] {
        assert!(!policy.contains(loose), "{loose} in {policy}");
    }
}

#[test]
fn nothing_loosens_the_policy_from_the_side() {
    let config = config();
    let security = config["app"]["security"].as_object().unwrap();
    let known: BTreeSet<&str> = security.keys().map(String::as_str).collect();
    assert_eq!(known, BTreeSet::from(["csp", "freezePrototype", "capabilities"]));
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["capabilities"], serde_json::json!(["window"]));
    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert_eq!(
        config["app"]["windows"],
        serde_json::json!([]),
        "the window is made when it is asked for"
    );
    assert!(config["build"].get("devUrl").is_none(), "the page is always the one that ships");
}

#[test]
fn the_release_has_no_developer_tools() {
    let workspace = include_str!("../../Cargo.toml");
    let manifest = include_str!("../Cargo.toml");
    for text in [workspace, manifest] {
        let loose =
            text.lines().find(|line| line.starts_with("tauri") && line.contains("devtools"));
        assert_eq!(loose, None);
    }
}

#[test]
fn on_windows_it_is_one_persons_program_without_a_console() {
    assert_eq!(config()["bundle"]["windows"]["nsis"]["installMode"], "currentUser");
    let program = include_str!("../src/main.rs");
    assert!(
        program.contains(r#"#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]"#)
    );
}

/// The installers register this name for the entry in the start menu, and Windows shows that entry's name and icon.
#[test]
fn notifications_of_windows_carry_the_name_the_installers_register() {
    assert_eq!(config()["identifier"], WINDOWS_APP_ID);
}

#[test]
fn on_macos_it_lives_in_the_menu_bar_and_asks_the_system_for_nothing() {
    let properties = include_str!("../Info.plist");
    let (_, after) = properties.split_once("<key>LSUIElement</key>").expect("no Dock icon");
    assert!(after.trim_start().starts_with("<true/>"));
    let macos = &config()["bundle"]["macOS"];
    assert_eq!(macos["hardenedRuntime"], true);
    assert!(
        macos.get("entitlements").is_none(),
        "each would open something of the hardened runtime"
    );
}

#[test]
fn the_window_may_call_exactly_the_declared_commands_and_hear_events() {
    let capability = capability();
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert!(capability.get("remote").is_none(), "nothing but our own page");
    let granted =
        serde_json::json!(["core:event:allow-listen", "core:event:allow-unlisten", "default"]);
    assert_eq!(capability["permissions"], granted);
    // What the build script has told Tauri that `default` is.
    let manifests: Value =
        serde_json::from_str(include_str!("../gen/schemas/acl-manifests.json")).unwrap();
    let default = &manifests["__app-acl__"]["default_permission"]["permissions"];
    let names = |name: &Value| name.as_str().unwrap().to_owned();
    let allowed: BTreeSet<String> = default.as_array().unwrap().iter().map(names).collect();
    let expected =
        commands().iter().map(|command| format!("allow-{}", command.replace('_', "-"))).collect();
    assert_eq!(allowed, expected);
}

/// Its names for them are generated, and compared with the list whenever the window's types are.
#[test]
fn the_bridge_of_the_page_names_no_command_by_itself() {
    let bridge = include_str!("../../ui/src/ipc.js");
    assert!(bridge.contains("bindings/command-table.js"));
    assert!(!bridge.contains("invoke('") && !bridge.contains("invoke(\""), "{bridge}");
}

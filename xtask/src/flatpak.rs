//! What a Flatpak is built from: the manifest, and lists of everything the lock files name, so that the build needs no
//! network.
//!
//! Both package managers are given folders that look as their own downloads would: crates as a vendored source,
//! JavaScript packages unpacked in `node_modules`. Format: flatpak-manifest(5).

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail, ensure};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::{
    cmd::{answers, command, read, root, step, target},
    dist::{self, Release},
    machine, ui,
};

/// The manifest, named after the package.
const MANIFEST: &str = "dev.pachca_status.PachcaStatus.yml";

/// The only place crates come from.
const CRATES: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Where cargo's files lie during the build. `CARGO_HOME` in the manifest leads there.
const VENDORED: &str = r#"[source.crates-io]
replace-with = "vendored-sources"

[source.vendored-sources]
directory = "/run/build/pachca-status/cargo/vendor"
"#;

/// Writes the manifest of the commit that is checked out and its lists of sources.
pub(crate) fn write() -> Result<()> {
    step("machine", machine::can_build)?;
    // Licence texts of the window's libraries are taken from there.
    step("window: packages", ui::install)?;
    let folder = target().join("flatpak");
    let manifest = step("manifest", || {
        fs::create_dir_all(&folder)?;
        let list = |name: &str, sources: Vec<Value>| {
            eprintln!("   {name}: {} sources", sources.len());
            fs::write(folder.join(name), serde_json::to_string_pretty(&sources)?)
                .with_context(|| name.to_owned())
        };
        list("cargo-sources.json", crates(&fs::read_to_string(root().join("Cargo.lock"))?)?)?;
        let lock = fs::read(root().join("ui/package-lock.json"))?;
        list("npm-sources.json", modules(&serde_json::from_slice(&lock)?)?)?;
        fs::write(folder.join("THIRD-PARTY"), dist::notices()?)?;
        let manifest = folder.join(MANIFEST);
        fs::write(&manifest, filled(&Release::here()?)?)?;
        Ok(manifest)
    })?;
    if answers("flatpak-builder", &["--version"]) {
        step("flatpak-builder reads it", || understood(&manifest))?;
    }
    println!("{}", manifest.display());
    Ok(())
}

fn template() -> PathBuf {
    root().join("packaging/flatpak").join(MANIFEST)
}

fn filled(release: &Release) -> Result<String> {
    let commit = read(&mut command("git", ["rev-parse", "HEAD"]))?;
    Ok(fs::read_to_string(template())?
        .replace("@REPOSITORY@", &root().display().to_string())
        .replace("@COMMIT@", commit.trim())
        .replace("@RELEASE@", &release.version)
        .replace("@DAY@", &release.date("+%F")?))
}

/// Unknown words are only warned of.
fn understood(manifest: &Path) -> Result<()> {
    let mut builder = command("flatpak-builder", ["--show-manifest", "--state-dir"]);
    let answer = builder.arg(manifest.with_file_name("state")).arg(manifest).output()?;
    let said = String::from_utf8_lossy(&answer.stderr);
    ensure!(answer.status.success() && said.trim().is_empty(), "flatpak-builder says:\n{said}");
    Ok(())
}

/// Every crate of the lock file, as `cargo vendor` would lay it out, and the setting that sends cargo there.
fn crates(lock: &str) -> Result<Vec<Value>> {
    let mut sources = Vec::new();
    for package in lock.split("[[package]]").skip(1) {
        let field = |name: &str| {
            let start = format!("{name} = \"");
            package.lines().find_map(|line| line.strip_prefix(&start)?.strip_suffix('"'))
        };
        // Ours have no source.
        let Some(source) = field("source") else { continue };
        let (name, version) = (field("name"), field("version"));
        let name = name.context("a locked crate has a name")?;
        let version = version.context("a locked crate has a version")?;
        let Some(sum) = field("checksum").filter(|_| source == CRATES) else {
            bail!("{name} comes from {source}, which no list can name");
        };
        let folder = format!("cargo/vendor/{name}-{version}");
        sources.push(json!({
            "type": "archive",
            "archive-type": "tar-gzip",
            "url": format!("https://static.crates.io/crates/{name}/{name}-{version}.crate"),
            "sha256": sum,
            "dest": folder,
        }));
        sources.push(json!({
            "type": "inline",
            "contents": json!({ "package": sum, "files": {} }).to_string(),
            "dest": folder,
            "dest-filename": ".cargo-checksum.json",
        }));
    }
    sources.push(json!({
        "type": "inline",
        "contents": VENDORED,
        "dest": "cargo",
        "dest-filename": "config.toml",
    }));
    Ok(sources)
}

/// Every JavaScript package that Linux with glibc can use, where npm would have unpacked it.
fn modules(lock: &Value) -> Result<Vec<Value>> {
    let packages = lock["packages"].as_object().context("package-lock.json has no packages")?;
    let mut sources = Vec::new();
    for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
        let suits = |field: &str, ours: &str| {
            package[field].as_array().is_none_or(|all| all.iter().any(|one| one == ours))
        };
        if !suits("os", "linux") || !suits("libc", "glibc") {
            continue;
        }
        // Machines as npm and as Flatpak call them.
        let machines: Vec<&str> = [("x64", "x86_64"), ("arm64", "aarch64")]
            .into_iter()
            .filter_map(|(npm, flatpak)| suits("cpu", npm).then_some(flatpak))
            .collect();
        if machines.is_empty() {
            continue;
        }
        let name = path.rsplit("node_modules/").next().unwrap_or(path);
        let file = name.rsplit('/').next().unwrap_or(name);
        let version = package["version"].as_str().context("a locked package has a version")?;
        let mut source = json!({
            "type": "archive",
            "archive-type": "tar-gzip",
            "url": format!("https://registry.npmjs.org/{name}/-/{file}-{version}.tgz"),
            "sha512": sum(package["integrity"].as_str().unwrap_or_default())
                .with_context(|| format!("{name} has no SHA-512 sum"))?,
            "dest": format!("ui/{path}"),
        });
        if machines.len() == 1 {
            source["only-arches"] = json!(machines);
        }
        sources.push(source);
    }
    Ok(sources)
}

/// npm writes sums in Base64, Flatpak in hexadecimal digits.
fn sum(integrity: &str) -> Result<String> {
    let encoded = integrity.strip_prefix("sha512-").context("not a SHA-512 sum")?;
    let bytes = BASE64_STANDARD.decode(encoded)?;
    ensure!(bytes.len() == 64, "a SHA-512 sum has 64 bytes");
    Ok(bytes.iter().fold(String::new(), |digits, byte| format!("{digits}{byte:02x}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archives(sources: &[Value]) -> usize {
        sources.iter().filter(|source| source["type"] == "archive").count()
    }

    #[test]
    fn every_crate_of_our_lock_file_is_in_the_list_with_its_sum() {
        let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
        let sources = crates(&lock).unwrap();
        assert_eq!(archives(&sources), lock.matches("\nchecksum = ").count());
        assert!(archives(&sources) > 100);
        // Beside each its sum in cargo's own form, and the setting.
        assert_eq!(sources.len(), archives(&sources) * 2 + 1);
    }

    #[test]
    fn a_crate_from_elsewhere_is_refused() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"git+https://example.com/a\"\n";
        assert!(crates(lock).unwrap_err().to_string().contains("git+https://example.com/a"));
    }

    #[test]
    fn everything_the_window_is_built_with_is_in_the_list_for_both_machines() {
        let lock = fs::read(root().join("ui/package-lock.json")).unwrap();
        let sources = modules(&serde_json::from_slice(&lock).unwrap()).unwrap();
        let vite = sources.iter().find(|source| source["dest"] == "ui/node_modules/vite").unwrap();
        assert!(vite["only-arches"].is_null());
        for machine in ["x86_64", "aarch64"] {
            let native = sources.iter().filter(|source| source["only-arches"] == json!([machine]));
            assert!(native.count() > 0, "{machine}");
        }
        let foreign = |source: &&Value| {
            let place = source["dest"].as_str().unwrap();
            ["win32", "darwin", "musl"].iter().any(|system| place.contains(system))
        };
        assert_eq!(sources.iter().find(foreign), None);
    }

    #[test]
    fn a_package_inside_a_package_and_a_scope_have_their_own_addresses() {
        let integrity = format!("sha512-{}", BASE64_STANDARD.encode([0xab; 64]));
        let package = json!({ "version": "2.0.0", "integrity": integrity });
        let lock = json!({ "packages": {
            "": {},
            "node_modules/a/node_modules/@scope/b": package,
        } });
        let sources = modules(&lock).unwrap();
        assert_eq!(sources[0]["url"], "https://registry.npmjs.org/@scope/b/-/b-2.0.0.tgz");
        assert_eq!(sources[0]["dest"], "ui/node_modules/a/node_modules/@scope/b");
        assert_eq!(sources[0]["sha512"], "ab".repeat(64));
    }

    #[test]
    fn the_sandbox_is_opened_no_further_than_is_needed() {
        let manifest = fs::read_to_string(template()).unwrap();
        let opened = manifest.lines().filter_map(|line| line.strip_prefix("  - --"));
        assert_eq!(
            opened.collect::<Vec<_>>(),
            [
                "share=network",
                "socket=wayland",
                "socket=fallback-x11",
                "share=ipc",
                "device=dri",
                "talk-name=org.kde.StatusNotifierWatcher",
                "talk-name=org.freedesktop.secrets",
                "talk-name=org.freedesktop.Notifications",
                "persist=.local/state",
            ]
        );
        assert!(!manifest.contains("build-args"), "the build has no network");
    }
}

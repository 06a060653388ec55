//! Draws every icon file from the sources in `icons/src`, or checks that the committed files are what they draw.

mod draw;
mod family;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser;

/// Draw the icons from `icons/src`.
#[derive(Parser)]
struct Arguments {
    /// Write nothing; fail when a committed file differs from what its source draws.
    #[arg(long)]
    check: bool,
    /// The folder that holds `src` and takes the drawn files.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../icons"))]
    icons: PathBuf,
}

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let drawn = family::draw(&arguments.icons.join("src"))?;
    if arguments.check {
        let stale = stale_files(&arguments.icons, &drawn)?;
        for path in &stale {
            eprintln!("icons/{} is not what its source draws", path.display());
        }
        return Ok(if stale.is_empty() {
            println!("{} icon files match their sources", drawn.len());
            ExitCode::SUCCESS
        } else {
            eprintln!("run `cargo xtask icons` and commit the result");
            ExitCode::FAILURE
        });
    }
    let stale = stale_files(&arguments.icons, &drawn)?;
    for path in &stale {
        let target = arguments.icons.join(path);
        match drawn.get(path) {
            Some(bytes) => {
                let folder = target.parent().expect("a joined path has a parent");
                std::fs::create_dir_all(folder)?;
                std::fs::write(&target, bytes).with_context(|| target.display().to_string())?;
            }
            None => std::fs::remove_file(&target).with_context(|| target.display().to_string())?,
        }
    }
    println!("{} icon files, {} written", drawn.len(), stale.len());
    Ok(ExitCode::SUCCESS)
}

/// The files that differ from `drawn`, are missing, or are there without a source.
fn stale_files(icons: &Path, drawn: &BTreeMap<PathBuf, Vec<u8>>) -> anyhow::Result<Vec<PathBuf>> {
    let mut stale: Vec<PathBuf> = drawn
        .iter()
        .filter(|(path, bytes)| std::fs::read(icons.join(path)).ok().as_ref() != Some(*bytes))
        .map(|(path, _)| path.clone())
        .collect();
    let mut folders = vec![icons.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let path = entry.path();
            let inside = path.strip_prefix(icons).expect("found under this folder").to_path_buf();
            if entry.file_type()?.is_dir() {
                if inside != Path::new("src") {
                    folders.push(path);
                }
            } else if !drawn.contains_key(&inside) {
                stale.push(inside);
            }
        }
    }
    Ok(stale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn icons() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../icons")
    }

    #[test]
    fn the_committed_icons_are_what_the_sources_draw() {
        let drawn = family::draw(&icons().join("src")).unwrap();
        assert_eq!(stale_files(&icons(), &drawn).unwrap(), Vec::<PathBuf>::new());
    }

    #[test]
    fn a_changed_a_missing_and_a_foreign_file_are_each_noticed() {
        let folder = std::env::temp_dir().join(format!("icons-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("tray")).unwrap();
        std::fs::write(folder.join("changed.png"), b"old").unwrap();
        std::fs::write(folder.join("same.png"), b"same").unwrap();
        std::fs::write(folder.join("tray/foreign.png"), b"?").unwrap();
        let drawn = [("changed.png", "new"), ("missing.png", "new"), ("same.png", "same")]
            .map(|(path, bytes)| (PathBuf::from(path), bytes.as_bytes().to_vec()))
            .into();
        let stale = stale_files(&folder, &drawn);
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            stale.unwrap(),
            ["changed.png", "missing.png", "tray/foreign.png"].map(PathBuf::from)
        );
    }
}

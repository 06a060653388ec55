//! Looks for a secret where it must not be.

use std::{
    io,
    path::{Path, PathBuf},
};

/// Every regular file below `folder` that has `secret` in it: as it is, or as UTF-16 (little endian), as web engines
/// and keyrings on other systems store text.
///
/// # Errors
/// A folder that cannot be listed. Files that vanish meanwhile, sockets and pipes are passed over.
pub fn files_holding(secret: &str, folder: &Path) -> io::Result<Vec<PathBuf>> {
    let plain = secret.as_bytes().to_vec();
    let wide = secret.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                let Ok(content) = std::fs::read(entry.path()) else { continue };
                if [&plain, &wide]
                    .iter()
                    .any(|secret| content.windows(secret.len()).any(|part| part == &secret[..]))
                {
                    found.push(entry.path());
                }
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_secret_is_found_in_every_form() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::write(deep.join("plain"), "xx canary-1 xx").unwrap();
        std::fs::write(deep.join("other"), "canary-2").unwrap();
        let wide = "canary-1".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        std::fs::write(folder.path().join("wide"), wide).unwrap();
        let mut found = files_holding("canary-1", folder.path()).unwrap();
        found.sort();
        assert_eq!(found, [deep.join("plain"), folder.path().join("wide")]);
    }
}

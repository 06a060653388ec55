//! An `AppImage`: the program in one file of the person's own, mounted while it runs.

use std::path::{Path, PathBuf};

/// The file this program was started from, if it is one.
pub fn file() -> Option<PathBuf> {
    let variable = |name| std::env::var_os(name).map(PathBuf::from);
    found(variable("APPIMAGE"), variable("APPDIR"), &std::env::current_exe().ok()?)
}

/// Both variables are inherited by whatever is started from within: only a program below the mounted folder is meant.
fn found(image: Option<PathBuf>, mounted: Option<PathBuf>, program: &Path) -> Option<PathBuf> {
    let mounted = mounted?;
    // A relative or empty folder would contain everything.
    let inside =
        mounted.is_absolute() && mounted.parent().is_some() && program.starts_with(mounted);
    image.filter(|image| inside && image.is_absolute())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(image: &str, mounted: &str, program: &str) -> Option<PathBuf> {
        super::found(Some(image.into()), Some(mounted.into()), Path::new(program))
    }

    #[test]
    fn the_file_of_an_image_is_known() {
        let (image, program) =
            ("/home/anna/Pachca.AppImage", "/tmp/.mount_x/usr/bin/pachca-status");
        assert_eq!(found(image, "/tmp/.mount_x", program), Some(image.into()));
    }

    #[test]
    fn a_program_that_another_image_started_is_not_that_image() {
        let image = "/home/anna/Terminal.AppImage";
        assert_eq!(found(image, "/tmp/.mount_y", "/usr/bin/pachca-status"), None);
        for folder in ["/", "", "usr"] {
            assert_eq!(found(image, folder, "/usr/bin/pachca-status"), None, "{folder:?}");
        }
        assert_eq!(super::found(Some(image.into()), None, Path::new("/usr/bin/x")), None);
    }
}

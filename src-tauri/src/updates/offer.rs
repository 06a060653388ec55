//! Whether this copy of the program may replace itself.

use tauri::utils::config::BundleType;

/// What the decision is made from.
#[derive(Debug, Clone)]
pub(super) struct Installed {
    /// There is a public key to check signatures with, and somewhere to ask.
    pub(super) configured: bool,
    /// The package it came in, as the bundler noted in it.
    pub(super) bundle: Option<BundleType>,
    /// It runs from an `AppImage`: one file, the person's own.
    pub(super) image: bool,
    /// Flatpak, Snap, Homebrew and the like look after it.
    pub(super) looked_after: bool,
}

/// Only what the person installed by themselves replaces itself: a package of the system is the package manager's, an
/// MSI the administrator's, and a program that somebody compiled is theirs.
pub(super) fn is_made(copy: &Installed) -> bool {
    let own = match copy.bundle {
        Some(BundleType::Nsis | BundleType::App) => true,
        Some(BundleType::AppImage) | None => copy.image,
        Some(_) => false,
    };
    copy.configured && own && !copy.looked_after
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMAGE: Installed =
        Installed { configured: true, bundle: None, image: true, looked_after: false };

    fn from(bundle: BundleType) -> Installed {
        Installed { bundle: Some(bundle), image: false, ..IMAGE }
    }

    #[test]
    fn what_the_person_installed_alone_is_offered_updates() {
        assert!(is_made(&IMAGE));
        assert!(is_made(&Installed { bundle: Some(BundleType::AppImage), ..IMAGE }));
        assert!(is_made(&from(BundleType::Nsis)));
        assert!(is_made(&from(BundleType::App)));
    }

    #[test]
    fn a_package_managers_copy_is_left_to_it() {
        for bundle in [BundleType::Deb, BundleType::Rpm, BundleType::Msi] {
            assert!(!is_made(&from(bundle.clone())), "{bundle:?}");
            // Started from within somebody else's AppImage it is still a package.
            assert!(!is_made(&Installed { image: true, ..from(bundle) }));
        }
        assert!(!is_made(&Installed { looked_after: true, ..IMAGE }), "Flatpak and Snap");
        assert!(!is_made(&Installed { looked_after: true, ..from(BundleType::App) }), "Homebrew");
        assert!(
            !is_made(&Installed { image: false, ..IMAGE }),
            "compiled by hand, or .deb and .rpm of ours"
        );
    }

    #[test]
    fn without_a_key_nothing_is_offered() {
        for copy in [IMAGE, from(BundleType::Nsis), from(BundleType::App)] {
            assert!(!is_made(&Installed { configured: false, ..copy }));
        }
    }
}

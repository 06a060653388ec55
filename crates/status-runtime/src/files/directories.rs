//! Where files belong on each system.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The product's own folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directories {
    /// Settings: what a person would want on their next computer.
    pub config: PathBuf,
    /// Outbox and log: what belongs to this computer.
    pub state: PathBuf,
}

/// The product's folders by the rules of this system, or `None` when it does not even say where home is.
///
/// Linux: XDG Base Directory Specification 0.8. Windows: roaming and local application data. macOS: Application Support.
pub fn system_directories() -> Option<Directories> {
    from_environment(|name| env::var_os(name).map(PathBuf::from), env::home_dir())
}

fn from_environment(
    variable: impl Fn(&str) -> Option<PathBuf>,
    home: Option<PathBuf>,
) -> Option<Directories> {
    // The specification: a relative path in these variables is invalid and to be ignored.
    let absolute = |name: &str| variable(name).filter(|path| path.is_absolute());
    let home = home.filter(|path| path.is_absolute());
    let below_home = |path: &str| home.as_deref().map(|home: &Path| home.join(path));
    let (config, state) = if cfg!(target_os = "windows") {
        (absolute("APPDATA")?, absolute("LOCALAPPDATA")?)
    } else if cfg!(target_os = "macos") {
        (below_home("Library/Application Support")?, below_home("Library/Application Support")?)
    } else {
        (
            absolute("XDG_CONFIG_HOME").or_else(|| below_home(".config"))?,
            absolute("XDG_STATE_HOME").or_else(|| below_home(".local/state"))?,
        )
    };
    Some(Directories { config: config.join("pachca-status"), state: state.join("pachca-status") })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn folders_follow_the_xdg_rules() {
        let home = Some(PathBuf::from("/home/anna"));
        let plain = from_environment(|_| None, home.clone()).expect("home is known");
        assert_eq!(plain.config, Path::new("/home/anna/.config/pachca-status"));
        assert_eq!(plain.state, Path::new("/home/anna/.local/state/pachca-status"));

        let set = from_environment(|name| Some(PathBuf::from("/x").join(name)), None)
            .expect("variables are set");
        assert_eq!(set.config, Path::new("/x/XDG_CONFIG_HOME/pachca-status"));
        assert_eq!(set.state, Path::new("/x/XDG_STATE_HOME/pachca-status"));

        let relative =
            from_environment(|_| Some(PathBuf::from("config")), home).expect("home is known");
        assert_eq!(relative.config, Path::new("/home/anna/.config/pachca-status"));
        assert_eq!(from_environment(|_| None, None), None);
    }
}

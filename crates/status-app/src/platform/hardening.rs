//! Keeps the token in memory from being written to a core dump or read by a debugger of the same user.

/// Asks the system for it. What it does not grant is not needed to work.
#[cfg(unix)]
pub fn harden() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    // The soft limit only: a browser we start may raise it again.
    let limit = Rlimit { current: Some(0), maximum: getrlimit(Resource::Core).maximum };
    if let Err(error) = setrlimit(Resource::Core, limit) {
        log::info!("core dumps stay on: {error}");
    }
    #[cfg(target_os = "linux")]
    if is_closed()
        && let Err(error) =
            rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)
    {
        log::info!("other programs of this user may look into the memory: {error}");
    }
}

/// A debug build is there to be debugged, unless a test wants to see what a released program does.
#[cfg(target_os = "linux")]
fn is_closed() -> bool {
    !cfg!(debug_assertions) || std::env::var_os("PACHCA_CLOSED").is_some()
}

/// Windows writes no dump of a program that does not ask for one.
#[cfg(windows)]
pub fn harden() {}

#[cfg(all(test, unix))]
mod tests {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    #[test]
    fn a_crash_leaves_no_core_dump() {
        // Core dumps are on before, however the tests were started: as far as this process may have them at all.
        let most = getrlimit(Resource::Core).maximum;
        setrlimit(Resource::Core, Rlimit { current: most, maximum: most }).expect("allowed");
        assert_eq!(getrlimit(Resource::Core).current, most);
        super::harden();
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
    }
}

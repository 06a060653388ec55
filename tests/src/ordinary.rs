//! Tests about what one person's programs may do to each other: the administrator may do anything, so they are no test.

use std::{env, fs, os::unix::fs::PermissionsExt as _, path::Path, process::Command};

use rustix::process::getuid;

use crate::app::{WINDOW_PROGRAM, program};

/// `nobody`, on every Linux.
const NOBODY: &str = "65534";

/// Runs `test` as somebody who is not the administrator: here, or, where the administrator runs the tests, as `nobody`
/// in a process of its own. `name` is the whole name of the test.
///
/// # Panics
/// When the test fails there.
pub fn as_an_ordinary_person(name: &str, test: impl FnOnce()) {
    if !getuid().is_root() {
        test();
        return;
    }
    // Copies, because the folder of the build may be closed to others.
    let folder = tempfile::Builder::new().prefix("ps-person-").tempdir().expect("a folder");
    open_to_all(folder.path());
    let place = |from: &Path| {
        let to = folder.path().join(from.file_name().expect("a program has a name"));
        fs::copy(from, &to).expect("it can be copied");
        open_to_all(&to);
        to
    };
    let temporary = folder.path().join("tmp");
    fs::create_dir(&temporary).expect("a folder");
    fs::set_permissions(&temporary, fs::Permissions::from_mode(0o1777)).expect("it is ours");
    let test = place(&env::current_exe().expect("this test"));
    let program = program().expect("the program is built");
    place(&program.with_file_name(WINDOW_PROGRAM));
    let app = place(&program);
    let output = again(&test, name)
        .env("PACHCA_STATUS_BIN", app)
        .env("TMPDIR", &temporary)
        .current_dir(&temporary)
        .output()
        .expect("setpriv is there");
    let said =
        [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    // One, not none: a name that is no test's would pass.
    let passed = output.status.success() && said[0].contains("1 passed");
    assert!(passed, "as nobody: {}\n{}\n{}", output.status, said[0], said[1]);
}

fn again(test: &Path, name: &str) -> Command {
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"])
        .args(["--pdeathsig", "KILL", "--"])
        .arg(test)
        .args(["--exact", name, "--nocapture"])
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap_or_default());
    command
}

fn open_to_all(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it is ours");
}

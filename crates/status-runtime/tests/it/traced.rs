//! What the engine asks of the system when it saves, and in which order. A power cut keeps what was synced, and nothing
//! else for certain.

use std::{fs, path::Path, process::Command};

use status_core::{Cause, SettingsPatch};

use crate::app::{PATIENCE, TestApp, preset};

const CHILD: &str = "STATUS_RUNTIME_TEST_IS_TRACED";

/// A system call of one thread: what it does to which path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Call {
    Write(String),
    Sync(String),
    Rename(String, String),
}

/// Reads a line such as `fsync(9</folder/.settings.json.x.tmp>) = 0`. A call that failed did nothing.
fn call(line: &str) -> Option<Call> {
    let (name, rest) = line.split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    if result.starts_with('-') {
        return None;
    }
    let open = || Some(arguments.split_once('<')?.1.split_once('>')?.0.to_owned());
    if name.starts_with("rename") {
        let mut paths = arguments.split('"').skip(1).step_by(2).map(str::to_owned);
        return Some(Call::Rename(paths.next()?, paths.next()?));
    }
    Some(if name.ends_with("sync") { Call::Sync(open()?) } else { Call::Write(open()?) })
}

fn is_temporary(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "tmp")
}

/// The calls of each thread of the child, in order.
fn trace(name: &str) -> Vec<Vec<Call>> {
    let folder = tempfile::tempdir().expect("a folder for tests");
    let output = Command::new("strace")
        .args(["-ff", "-y", "-qq", "-s", "8", "-e", "signal=none"])
        .args(["-e", "trace=/^(f(data)?sync|p?writev?(64|2)?|rename(at2?)?)$"])
        .arg("-o")
        .arg(folder.path().join("calls"))
        .arg(std::env::current_exe().expect("this test"))
        .args(["--exact", name, "--nocapture"])
        .env(CHILD, "1")
        .output()
        .expect("strace is installed");
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    fs::read_dir(folder.path())
        .expect("one file for each thread")
        .map(|file| {
            let text = fs::read_to_string(file.expect("an entry").path()).expect("text");
            text.lines().filter_map(call).collect()
        })
        .collect()
}

#[tokio::test]
async fn content_is_on_disk_before_it_is_renamed_and_its_name_after_it() {
    const NAME: &str = "traced::content_is_on_disk_before_it_is_renamed_and_its_name_after_it";
    if std::env::var_os(CHILD).is_some() {
        let app = TestApp::new().await;
        let (engine, screen) = app.connected().await;
        engine.command(preset("away"), Cause::Person);
        app.wait_for_status(Some("Отошёл")).await;
        let patch = SettingsPatch { check_interval_minutes: Some(17), ..SettingsPatch::default() };
        engine.command(status_core::Command::ChangeSettings(patch), Cause::Person);
        screen.shows("changed", |now| now.settings.check_interval_minutes == 17).await;
        engine.settle().await;
        assert!(engine.flush(PATIENCE));
        return;
    }
    let (mut settings, mut outboxes, mut backups) = (0, 0, 0);
    for calls in trace(NAME) {
        for (number, renamed) in calls.iter().enumerate() {
            let Call::Rename(from, to) = renamed else { continue };
            let folder = Path::new(to).parent().expect("a file lies in a folder");
            let synced_folder = Call::Sync(folder.display().to_string());
            let next = &calls[number + 1..];
            // Whatever is written afterwards, the name comes first.
            let until_written = next
                .iter()
                .take_while(|later| !matches!(later, Call::Write(path) if is_temporary(path)));
            assert!(
                until_written.clone().any(|later| *later == synced_folder),
                "{renamed:?}: {next:?}"
            );
            let file = Path::new(to).file_name().expect("a name").to_string_lossy().into_owned();
            match &*file {
                // A second name of the file that is there, which was synced when it was written.
                "settings.json.bak" => {
                    backups += 1;
                    continue;
                }
                "settings.json" => settings += 1,
                name if name.starts_with("outbox-") => outboxes += 1,
                _ => panic!("nobody renames to {to}"),
            }
            let before = &calls[..number];
            let last = |what: Call| before.iter().rposition(|earlier| *earlier == what);
            let (written, synced) =
                (last(Call::Write(from.clone())), last(Call::Sync(from.clone())));
            assert!(written.is_some() && written < synced, "{renamed:?}: {before:?}");
        }
    }
    assert!(settings >= 1 && outboxes >= 1 && backups >= 1, "{settings} {outboxes} {backups}");
}

#[test]
fn a_line_of_the_trace_is_a_call() {
    for (line, expected) in [
        (
            "write(9</a/.b.tmp>, \"{\\n \\\"\"..., 20) = 20",
            Some(Call::Write("/a/.b.tmp".to_owned())),
        ),
        ("fsync(10</a>) = 0", Some(Call::Sync("/a".to_owned()))),
        (
            "renameat2(AT_FDCWD</x>, \"/a/.b.tmp\", AT_FDCWD</x>, \"/a/b\", 0) = 0",
            Some(Call::Rename("/a/.b.tmp".to_owned(), "/a/b".to_owned())),
        ),
        ("rename(\"/a/.b.tmp\", \"/a/b\") = -1 EACCES (Permission denied)", None),
        ("+++ exited with 0 +++", None),
    ] {
        assert_eq!(call(line), expected, "{line}");
    }
}

#[cfg(unix)]
use std::process::Command;
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::mpsc,
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use status_core::{
    AccountId, Baseline, Intent, Language, Notice, Outbox, SavedAccount, SavedSettings, Status,
    Theme,
};

use super::{
    Lock, OutboxFolder, SettingsFile, Writer, Written,
    atomic::{self, Step},
};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder for tests")
}

fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().expect("a moment")
}

fn account() -> AccountId {
    AccountId { origin: "https://api.pachca.com".to_owned(), user_id: 12 }
}

/// Settings that differ from the defaults in every part.
fn chosen() -> SavedSettings {
    let mut saved = SavedSettings { secrets: vec![account()], ..SavedSettings::default() };
    saved.settings.language = Language::En;
    saved.settings.theme = Theme::Dark;
    saved.settings.check_interval_minutes = 17;
    // Three presets show what eleven would, and a file that is cut at every byte is not too long.
    let mut presets = crate::Words::new(status_core::Lang::Ru).wording().default_presets;
    presets.truncate(3);
    saved.presets = Some(presets);
    saved
}

fn waiting(id: u64) -> Outbox {
    let wanted =
        Status::observed("🍔", format!("Обед {id}"), None, true, Some("вернусь".to_owned()));
    let intent = json!({"id": id, "wanted": wanted, "baseline": null, "asked_at": now(), "preset": null, "ambiguous": false});
    let intent: Intent = serde_json::from_value(intent).expect("an intent");
    Outbox { intent: Some(intent), last_id: id, ..Outbox::default() }
}

fn saved_file(folder: &Path, settings: &SavedSettings) -> PathBuf {
    let (mut file, _, _) = SettingsFile::open(folder, now());
    file.save(settings).expect("a folder that can be written");
    folder.join("settings.json")
}

fn asides(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().contains(".damaged-"))
        .collect();
    found.sort();
    found
}

#[test]
fn settings_come_back_as_they_were_saved_and_are_nobody_elses() {
    let folder = folder();
    let path = saved_file(folder.path(), &chosen());
    let (_, read, notices) = SettingsFile::open(folder.path(), now());
    assert_eq!((read, notices), (chosen(), vec![]));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o600);
        let inner = folder.path().join("made").join("by us");
        saved_file(&inner, &chosen());
        assert_eq!(fs::metadata(&inner).expect("the folder").permissions().mode() & 0o777, 0o700);
    }
    let text = fs::read_to_string(path).expect("text");
    assert!(text.contains("\"version\": 2"), "{text}");
}

#[test]
fn a_file_cut_at_any_byte_is_set_aside_and_the_backup_is_used() {
    let folder = folder();
    let path = saved_file(folder.path(), &chosen());
    // The second save makes the first one the backup.
    saved_file(folder.path(), &chosen());
    let (whole, backup) =
        (fs::read(&path).expect("content"), fs::read(atomic::backup_of(&path)).expect("a backup"));
    for end in 0..whole.len() - 2 {
        fs::write(&path, &whole[..end]).expect("written");
        fs::write(atomic::backup_of(&path), &backup).expect("written");
        let moment = now() + SignedDuration::from_millis(i64::try_from(end).expect("a small file"));
        let (_, read, notices) = SettingsFile::open(folder.path(), moment);
        assert_eq!(read, chosen(), "cut at {end}");
        let [Notice::FileDamaged { path: aside, restored: true }] = &notices[..] else {
            panic!("cut at {end}: {notices:?}");
        };
        assert_eq!(fs::read(aside).expect("the damaged file"), &whole[..end], "cut at {end}");
        assert_eq!(
            SettingsFile::open(folder.path(), now()).1,
            chosen(),
            "written in its place at once"
        );
    }
    assert_eq!(asides(folder.path()).len(), 3, "the newest three are kept");
}

#[test]
fn damage_without_a_backup_means_defaults_and_the_file_is_kept() {
    for damage in [
        "",
        "\0\0\0\0",
        "[",
        "[]",
        "null",
        "{}",
        "{\"version\":\"one\"}",
        "{\"version\":0}",
        "{\"version\":-1}",
        "not json",
    ] {
        let folder = folder();
        fs::write(folder.path().join("settings.json"), damage).expect("written");
        let (mut file, read, notices) = SettingsFile::open(folder.path(), now());
        assert_eq!(read, SavedSettings::default(), "{damage}");
        let [Notice::FileDamaged { path: aside, restored: false }] = &notices[..] else {
            panic!("{damage}: {notices:?}")
        };
        assert_eq!(fs::read_to_string(aside).expect("kept"), damage);
        file.save(&chosen()).expect("a fresh file");
        assert_eq!(SettingsFile::open(folder.path(), now()).1, chosen());
    }
}

#[test]
fn one_bad_field_does_not_take_the_others_with_it() {
    let folder = folder();
    let path = saved_file(folder.path(), &chosen());
    let mut json: Value = serde_json::from_slice(&fs::read(&path).expect("content")).expect("JSON");
    json["settings"]["theme"] = json!("glittering");
    json["settings"]["working_hours"]["start"] = json!("half past");
    json["presets"][2]["title"] = json!(42);
    let damaged = serde_json::to_vec(&json).expect("JSON");
    fs::write(&path, &damaged).expect("written");

    let (_, read, notices) = SettingsFile::open(folder.path(), now());
    let mut expected = chosen();
    expected.settings.theme = Theme::System;
    expected.presets.as_mut().expect("presets").remove(2);
    assert_eq!(read, expected);
    let [Notice::FileDamaged { path: aside, restored: true }] = &notices[..] else {
        panic!("{notices:?}")
    };
    assert_eq!(fs::read(aside).expect("kept"), damaged, "nothing is lost");
}

#[test]
fn what_a_newer_version_wrote_is_read_and_never_written_over() {
    let folder = folder();
    let path = saved_file(folder.path(), &chosen());
    let mut json: Value = serde_json::from_slice(&fs::read(&path).expect("content")).expect("JSON");
    json["version"] = json!(3);
    json["settings"]["theme"] = json!("sepia");
    let newer = serde_json::to_vec(&json).expect("JSON");
    fs::write(&path, &newer).expect("written");
    let (file, read, notices) = SettingsFile::open(folder.path(), now());
    assert_eq!(read.settings.check_interval_minutes, 17);
    assert!(file.is_read_only());
    assert_eq!(notices, [Notice::FileFromNewerVersion { path: path.display().to_string() }]);
    assert_eq!(fs::read(&path).expect("content"), newer);
}

#[test]
fn files_of_the_first_version_are_read_with_everything_in_them() {
    let folder = folder();
    let id = AccountId { origin: "http://127.0.0.1:4555".to_owned(), user_id: 12 };
    let path = folder.path().join("settings.json");
    fs::write(&path, include_str!("v1/settings.json")).expect("written");
    let (mut file, saved, notices) = SettingsFile::open(folder.path(), now());
    assert_eq!(notices, []);
    assert_eq!(saved.accounts, [SavedAccount { id: id.clone(), server: None }]);
    assert_eq!(saved.secrets, std::slice::from_ref(&id), "its token is found again");
    assert_eq!(saved.settings, status_core::Settings::default());
    file.save(&saved).expect("saved");
    let (_, again, notices) = SettingsFile::open(folder.path(), now());
    assert_eq!((again, notices), (saved, vec![]));

    let mut outboxes = OutboxFolder::new(folder.path());
    fs::write(outboxes.path(&id), include_str!("v1/outbox.json")).expect("written");
    let (outbox, notices) = outboxes.load(&id, now());
    assert_eq!(notices, []);
    let intent = outbox.intent.as_ref().expect("what waits is still there");
    assert_eq!(intent.status.as_ref().map(|status| status.title.as_str()), Some("Фокус"));
    assert!(intent.ambiguous && intent.refused.is_none());
    let seen = outbox.seen.as_ref().expect("it was seen").0.clone();
    assert_eq!(intent.baseline, Baseline::Known(seen.clone()));
    let may_show = intent.may_show.iter().map(|written| written.status.clone());
    assert_eq!(may_show.collect::<Vec<_>>(), [seen, None]);
    assert!(outbox.undo.is_some());
    outboxes.save(&id, &outbox).expect("saved");
    assert_eq!(outboxes.load(&id, now()), (outbox, vec![]));
}

#[test]
fn fields_nobody_here_knows_survive_a_rewrite() {
    let folder = folder();
    let path = saved_file(folder.path(), &chosen());
    let mut json: Value = serde_json::from_slice(&fs::read(&path).expect("content")).expect("JSON");
    json["colour_of_the_moon"] = json!("silver");
    json["settings"]["depth"] = json!({"of": "the sea"});
    json["presets"][1]["sound"] = json!("gong");
    fs::write(&path, serde_json::to_vec(&json).expect("JSON")).expect("written");
    let (mut file, mut read, notices) = SettingsFile::open(folder.path(), now());
    assert_eq!(notices, []);
    read.settings.theme = Theme::Light;
    file.save(&read).expect("written");
    let json: Value = serde_json::from_slice(&fs::read(&path).expect("content")).expect("JSON");
    assert_eq!(json["colour_of_the_moon"], "silver");
    assert_eq!(json["settings"]["depth"]["of"], "the sea");
    assert_eq!(json["presets"][1]["sound"], "gong");
    assert_eq!(json["settings"]["theme"], "light");
}

#[cfg(unix)]
#[test]
fn a_link_a_folder_or_a_pipe_in_the_files_place_is_left_alone() {
    let make: [fn(&Path); 3] = [
        |path| {
            let target = path.with_extension("elsewhere");
            fs::write(&target, "{\"version\":1}").expect("written");
            std::os::unix::fs::symlink(target, path).expect("a link");
        },
        |path| fs::create_dir(path).expect("a folder"),
        |path| assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success()),
    ];
    for make in make {
        let folder = folder();
        let path = folder.path().join("settings.json");
        make(&path);
        let kind = fs::symlink_metadata(&path).expect("it is there").file_type();
        let (mut file, read, notices) = SettingsFile::open(folder.path(), now());
        assert_eq!(read, SavedSettings::default());
        assert!(matches!(&notices[..], [Notice::CannotSave { .. }]), "{notices:?}");
        assert!(file.is_read_only());
        file.save(&chosen()).expect_err("even if it is tried");
        assert_eq!(fs::symlink_metadata(&path).expect("still there").file_type(), kind);
    }
}

#[test]
fn brackets_without_end_are_damage_and_no_crash() {
    for deep in ["[".repeat(1_000_000), "{\"settings\":".repeat(200_000)] {
        let folder = folder();
        fs::write(folder.path().join("settings.json"), deep).expect("written");
        let (_, read, notices) = SettingsFile::open(folder.path(), now());
        assert_eq!(read, SavedSettings::default());
        assert!(matches!(&notices[..], [Notice::FileDamaged { .. }]), "{notices:?}");
    }
}

#[test]
fn a_file_of_five_megabytes_is_set_aside_unread() {
    let folder = folder();
    fs::write(folder.path().join("settings.json"), vec![b' '; 5 * 1024 * 1024]).expect("written");
    let (_, read, notices) = SettingsFile::open(folder.path(), now());
    assert_eq!(read, SavedSettings::default());
    assert!(matches!(&notices[..], [Notice::FileDamaged { restored: false, .. }]), "{notices:?}");
}

#[test]
fn a_write_that_fails_anywhere_leaves_the_old_file_or_the_new_one() {
    let folder = folder();
    let path = saved_file(folder.path(), &chosen());
    let old = fs::read(&path).expect("content");
    let new = b"{\"version\":1,\"new\":true}\n";
    for failing in [Step::Created, Step::Written, Step::Synced, Step::BackedUp, Step::Renamed] {
        fs::write(&path, &old).expect("written");
        let mut seen = Vec::new();
        atomic::write(&path, new, true, |step| {
            seen.push(step);
            if step == failing { Err(io::Error::other("the disk is full")) } else { Ok(()) }
        })
        .expect_err("it was made to fail");
        assert_eq!(seen.last(), Some(&failing));
        let found = fs::read(&path).expect("content");
        let expected: &[u8] = if failing == Step::Renamed { new } else { &old };
        assert_eq!(found, expected, "{failing:?}");
    }
}

#[test]
fn a_folder_of_any_name_will_do() {
    let long = "x".repeat(200);
    // Windows itself takes no double quotation mark in a name.
    let quotes = if cfg!(windows) { "%20 'quotes' $HOME" } else { "%20 \"quotes\" 'and' $HOME" };
    for name in ["Папка с пробелами и ёлкой", quotes, "🏖️/e\u{301}", &*long]
    {
        let folder = folder();
        let place = folder.path().join(name).join("config");
        saved_file(&place, &chosen());
        let (_, read, notices) = SettingsFile::open(&place, now());
        assert_eq!((read, notices), (chosen(), vec![]), "{name}");
        let outboxes = OutboxFolder::new(&place);
        outboxes.save(&account(), &waiting(1)).expect("written");
        assert_eq!(
            OutboxFolder::new(&place).load(&account(), now()),
            (waiting(1), vec![]),
            "{name}"
        );
    }
}

/// The test runs itself as the process that is killed.
#[cfg(unix)]
#[test]
fn killing_the_writer_at_any_moment_leaves_a_whole_file() {
    const CHILD: &str = "STATUS_RUNTIME_TEST_WRITE_FOREVER_IN";
    if let Some(folder) = std::env::var_os(CHILD) {
        let (mut file, mut settings, _) = SettingsFile::open(Path::new(&folder), now());
        loop {
            settings.settings.check_interval_minutes =
                settings.settings.check_interval_minutes % 60 + 1;
            file.save(&settings).expect("a folder that can be written");
        }
    }
    let folder = folder();
    let path = saved_file(folder.path(), &chosen());
    let number = |text: String| text.parse().expect("PACHCA_STATUS_WRITER_KILLS is a number");
    let kills: u32 = std::env::var("PACHCA_STATUS_WRITER_KILLS").map_or(60, number);
    for round in 0..kills {
        let before = fs::metadata(&path).and_then(|file| file.modified()).expect("the file");
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args([
                "--exact",
                "files::tests::killing_the_writer_at_any_moment_leaves_a_whole_file",
                "--nocapture",
            ])
            .env(CHILD, folder.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("a child");
        // Killed while it writes: at the first sign of a write, and a little later each time.
        while fs::metadata(&path).and_then(|file| file.modified()).expect("the file") == before {
            std::thread::yield_now();
        }
        std::thread::sleep(Duration::from_micros(u64::from(round % 60) * 97));
        child.kill().expect("it runs");
        child.wait().expect("it ends");
        let (file, read, notices) = SettingsFile::open(folder.path(), now());
        assert_eq!(notices, [], "round {round}");
        assert_eq!(read.presets, chosen().presets, "round {round}");
        file.sweep();
    }
    let left = fs::read_dir(folder.path()).expect("the folder").count();
    assert_eq!(left, 2, "the file and its backup, and nothing half done");
}

#[test]
fn an_outbox_comes_back_and_a_damaged_one_is_kept_and_not_believed() {
    let folder = folder();
    let mut outboxes = OutboxFolder::new(folder.path());
    assert_eq!(outboxes.load(&account(), now()), (Outbox::default(), vec![]));
    outboxes.save(&account(), &waiting(7)).expect("written");
    assert_eq!(OutboxFolder::new(folder.path()).load(&account(), now()), (waiting(7), vec![]));

    let path = outboxes.path(&account());
    let whole = fs::read(&path).expect("content");
    for end in 0..whole.len() - 2 {
        fs::write(&path, &whole[..end]).expect("written");
        let (read, notices) = OutboxFolder::new(folder.path()).load(&account(), now());
        assert_eq!(read, Outbox::default(), "cut at {end}");
        assert!(
            matches!(&notices[..], [Notice::FileDamaged { restored: false, .. }]),
            "cut at {end}: {notices:?}"
        );
    }
}

#[test]
fn only_one_process_may_write() {
    let folder = folder();
    let held = Lock::take(folder.path()).expect("nobody else has it");
    assert!(held.is_some());
    assert!(Lock::take(folder.path()).is_err());
    drop(held);
    assert!(Lock::take(folder.path()).expect("it is free again").is_some());
}

fn writer(folder: &Path) -> (Writer, mpsc::Receiver<Written>) {
    let (report, reports) = mpsc::channel();
    let (settings, _, _) = SettingsFile::open(folder, now());
    let writer = Writer::start(settings, OutboxFolder::new(folder), None, move |written| {
        // The test may be over.
        let _ = report.send(written);
    });
    (writer, reports)
}

#[test]
fn of_a_burst_only_the_last_wish_has_to_be_written() {
    let folder = folder();
    let (writer, reports) = writer(folder.path());
    for id in 1..=1000 {
        assert!(writer.outbox(account(), waiting(id)));
    }
    assert!(writer.flush(Duration::from_secs(30)));
    let reports: Vec<Written> = reports.try_iter().collect();
    assert_eq!(
        reports.last(),
        Some(&Written::Outbox { account: account(), id: 1000, saved: true })
    );
    assert_eq!(OutboxFolder::new(folder.path()).load(&account(), now()).0, waiting(1000));
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_said_once_and_mended_when_it_can() {
    let folder = folder();
    // A file where the folder should be: fails for everybody, root included.
    let place = folder.path().join("state");
    fs::write(&place, "in the way").expect("written");
    let (writer, reports) = writer(&place);
    assert!(writer.outbox(account(), waiting(1)));
    assert!(writer.flush(Duration::from_secs(30)));
    assert!(writer.outbox(account(), waiting(2)));
    assert!(writer.flush(Duration::from_secs(30)));
    let said: Vec<Written> = reports.try_iter().collect();
    assert_eq!(
        said.iter().filter(|written| matches!(written, Written::Failing(_))).count(),
        1,
        "{said:?}"
    );
    assert!(said.contains(&Written::Outbox { account: account(), id: 2, saved: false }));

    fs::remove_file(&place).expect("removed");
    assert!(writer.outbox(account(), waiting(3)));
    assert!(writer.flush(Duration::from_secs(30)));
    let said: Vec<Written> = reports.try_iter().collect();
    assert!(said.contains(&Written::Outbox { account: account(), id: 3, saved: true }), "{said:?}");
    assert!(said.iter().any(|written| matches!(written, Written::Mended(_))), "{said:?}");
}

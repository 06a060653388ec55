//! The app is killed, or its disk is full: a child process runs an engine, and a parent is not kind to it.

use std::{
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use pachca_client::Token;
use pachca_sandbox::{DEMO_TOKEN, Fault};
#[cfg(unix)]
use status_core::{AccountId, Cause, Notice, Snapshot};
use status_runtime::{CredentialStore, MemoryStore};

use crate::app::{self, TestApp, draft};

const FOLDER: &str = "STATUS_RUNTIME_TEST_FOLDER";
const SERVER: &str = "STATUS_RUNTIME_TEST_SERVER";
const ORIGIN: &str = "STATUS_RUNTIME_TEST_ORIGIN";
const USER: &str = "STATUS_RUNTIME_TEST_USER";

/// How often the app is killed, unless `PACHCA_STATUS_KILLS` says another number.
const KILLS: u32 = 50;

/// An engine in a process of its own. It sets each status written to it, and says what became of it.
struct App {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl App {
    /// Runs this very test program again, with `test` as the child's part.
    fn start(setup: &TestApp, test: &str) -> Self {
        Self::spawn(Command::new(std::env::current_exe().expect("this test")), setup, test)
    }

    #[cfg(unix)]
    /// The same where not a byte more can be written to a file.
    fn start_on_a_full_disk(setup: &TestApp, test: &str) -> Self {
        let mut command = Command::new("sh");
        // Ignoring the signal turns it into an error of each write, which is what a full disk gives.
        command.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""]);
        command.arg(std::env::current_exe().expect("this test"));
        Self::spawn(command, setup, test)
    }

    fn spawn(mut command: Command, setup: &TestApp, test: &str) -> Self {
        let account = setup.account();
        let mut child = command
            .args(["--exact", test, "--nocapture"])
            .env(FOLDER, setup.folder.path())
            .env(SERVER, setup.sandbox.base_url())
            .env(ORIGIN, account.origin)
            .env(USER, account.user_id.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a child");
        let input = child.stdin.take().expect("piped");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        Self { child, input, output }
    }

    fn click(&mut self, title: &str) {
        writeln!(self.input, "{title}").expect("the child listens");
    }

    /// Waits until the child has said this.
    fn says(&mut self, what: &str) {
        let mut line = String::new();
        while self.output.read_line(&mut line).expect("text") > 0 {
            if line.contains(what) {
                return;
            }
            line.clear();
        }
        panic!("the child ended without saying {what}");
    }
}

impl Drop for App {
    /// SIGKILL on unix: nothing of the child's runs any more.
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The child's part: an engine that sets what it reads, until it is killed.
async fn app(promise: impl Fn(&Snapshot, &str) -> bool) {
    let variable = |name: &str| std::env::var(name).expect("the parent sets it");
    let user_id = variable(USER).parse().expect("a number");
    let account = AccountId { origin: variable(ORIGIN), user_id };
    let store = MemoryStore::new();
    store.save(&account, &Token::parse(DEMO_TOKEN).expect("visible ASCII")).expect("memory works");
    let folder = PathBuf::from(variable(FOLDER));
    let (engine, screen) = app::start(&folder, &variable(SERVER), Arc::new(store), None);
    let (titles, mut clicks) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for title in std::io::stdin().lines() {
            let _ = titles.send(title.expect("text"));
        }
    });
    while let Some(title) = clicks.recv().await {
        engine.command(status_core::Command::SetStatus(draft(&title)), Cause::Person);
        let shown = screen.shows("the promise", |now| promise(now, &title)).await;
        if shown.pending.is_none() {
            // The server was faster than the disk. Killed now, the file would not know what the server shows, and the
            // next click without network would rightly be asked about.
            engine.settle().await;
            engine.flush(app::PATIENCE);
        }
        println!("promised {title};");
    }
}

fn kills() -> u32 {
    let number = |text: String| text.parse().expect("PACHCA_STATUS_KILLS is a number");
    std::env::var("PACHCA_STATUS_KILLS").map_or(KILLS, number)
}

fn is_child() -> bool {
    std::env::var_os(FOLDER).is_some()
}

fn shows(now: &Snapshot, title: &str) -> bool {
    now.pending.is_none() && now.status.status.as_ref().is_some_and(|status| status.title == title)
}

#[tokio::test]
async fn killing_the_app_after_a_click_loses_no_click_it_showed_as_saved() {
    const NAME: &str = "killed::killing_the_app_after_a_click_loses_no_click_it_showed_as_saved";
    if is_child() {
        let saved = |now: &Snapshot, title: &str| {
            now.pending.as_ref().is_some_and(|pending| {
                pending.saved && pending.wanted.as_ref().is_some_and(|wanted| wanted.title == title)
            })
        };
        return app(|now, title| saved(now, title) || shows(now, title)).await;
    }
    let setup = TestApp::new().await;
    setup.was_connected();
    let mut app = App::start(&setup, NAME);
    for round in 0..kills() {
        let title = format!("click {round}");
        if round % 2 == 0 {
            setup.sandbox.fault(Fault::reset().on_path("/profile/status").forever());
        }
        app.click(&title);
        app.says(&format!("promised {title};"));
        // At the moment of the promise, and a little later each time.
        std::thread::sleep(Duration::from_micros(u64::from(round % KILLS) * 331));
        drop(app);
        setup.sandbox.clear_faults();
        app = App::start(&setup, NAME);
        setup.wait_for_status(Some(&title)).await;
    }
    let damaged =
        std::fs::read_dir(setup.folder.path().join("state")).expect("the folder").filter(|entry| {
            entry
                .as_ref()
                .is_ok_and(|entry| entry.file_name().to_string_lossy().contains("damaged"))
        });
    assert_eq!(damaged.count(), 0, "no kill damaged a file");
}

#[cfg(unix)]
#[tokio::test]
async fn on_a_full_disk_a_click_still_arrives_and_the_old_files_stay_whole() {
    const NAME: &str = "killed::on_a_full_disk_a_click_still_arrives_and_the_old_files_stay_whole";
    if is_child() {
        let said = |now: &Snapshot| {
            now.notices.iter().any(|notice| matches!(notice, Notice::CannotSave { .. }))
        };
        return app(|now, title| shows(now, title) && said(now)).await;
    }
    let setup = TestApp::new().await;
    setup.was_connected();
    let settings = setup.folder.path().join("config/settings.json");
    let before = std::fs::read(&settings).expect("written");
    let mut app = App::start_on_a_full_disk(&setup, NAME);
    app.click("no room");
    app.says("promised no room;");
    setup.wait_for_status(Some("no room")).await;
    drop(app);
    assert_eq!(std::fs::read(&settings).expect("still there"), before);
    // With room again the next start works as if nothing had happened.
    let (_engine, screen) = setup.start();
    let shown = screen.shows("the status", |now| shows(now, "no room")).await;
    assert_eq!(shown.notices, []);
}

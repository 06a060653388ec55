//! A app to sit at: a sandbox, a folder, a keyring, an engine, and a screen that shows what the engine draws.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use pachca_client::Token;
use pachca_sandbox::{DEMO_TOKEN, RecordedRequest, Sandbox, SandboxOptions};
use status_core::{AccountId, Command, Draft, Expiry, Lang, Locale, Page, PresetId, Snapshot};
use status_runtime::{
    Clock, CredentialStore, DrawnTray, Engine, EngineOptions, Host, MemoryStore, UploadProgress,
    View,
};
use tempfile::TempDir;
use tokio::{runtime::Handle, sync::watch};

/// Long enough for every retry, short enough for a test that hangs to end.
pub(crate) const PATIENCE: Duration = Duration::from_secs(45);

/// What the engine drew, said and asked for.
pub(crate) struct Screen {
    views: OnceLock<watch::Receiver<Arc<View>>>,
    pub(crate) said: Mutex<Vec<(String, String)>>,
    pub(crate) opened: Mutex<Vec<Page>>,
    pub(crate) progress: watch::Sender<Option<UploadProgress>>,
    /// What the desktop refuses.
    pub(crate) refuses_shortcut: Mutex<Option<String>>,
    /// Drawing and notifying panics.
    pub(crate) panics: AtomicBool,
}

impl Screen {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            views: OnceLock::new(),
            said: Mutex::default(),
            opened: Mutex::default(),
            progress: watch::Sender::new(None),
            refuses_shortcut: Mutex::default(),
            panics: AtomicBool::new(false),
        })
    }

    /// Waits until the screen shows this.
    pub(crate) async fn shows(
        &self,
        what: &str,
        mut fits: impl FnMut(&Snapshot) -> bool,
    ) -> Arc<Snapshot> {
        let mut views = self.views();
        let seen = tokio::time::timeout(PATIENCE, views.wait_for(|view| fits(&view.snapshot)));
        match seen.await {
            Ok(shown) => shown.expect("the engine is there").snapshot.clone(),
            Err(late) => panic!("never seen, {late}: {what}; last: {:#?}", self.views().borrow()),
        }
    }

    /// Looks at this engine.
    pub(crate) fn watch(&self, engine: &Engine) {
        assert!(self.views.set(engine.views()).is_ok(), "a screen shows one engine");
    }

    fn views(&self) -> watch::Receiver<Arc<View>> {
        self.views.get().expect("an engine is watched").clone()
    }

    /// The tray as it was drawn last.
    pub(crate) fn tray(&self) -> DrawnTray {
        self.views().borrow().tray.clone()
    }
}

impl Host for Screen {
    fn notify(&self, title: &str, body: &str, _: Page) {
        assert!(!self.panics.load(Ordering::SeqCst), "nobody shows notifications");
        self.said.lock().expect("not poisoned").push((title.to_owned(), body.to_owned()));
    }
    fn open_window(&self, page: Page) {
        self.opened.lock().expect("not poisoned").push(page);
    }
    fn set_start_at_login(&self, _: bool) -> Result<(), String> {
        Err("read-only home".to_owned())
    }
    fn set_shortcuts(&self, open: Option<&str>, clear: Option<&str>) -> Result<(), String> {
        let refused = self.refuses_shortcut.lock().expect("not poisoned").clone();
        match refused {
            Some(refused) if [open, clear].contains(&Some(refused.as_str())) => Err(refused),
            _ => Ok(()),
        }
    }
    fn upload_progress(&self, progress: UploadProgress) {
        self.progress.send_replace(Some(progress));
    }
    fn tray_host_present(&self) -> Option<bool> {
        Some(true)
    }
}

/// Everything for one test.
pub(crate) struct TestApp {
    pub(crate) sandbox: Sandbox,
    pub(crate) folder: TempDir,
    pub(crate) store: Arc<MemoryStore>,
}

impl TestApp {
    pub(crate) async fn new() -> Self {
        Self::with(SandboxOptions { empty: true, ..SandboxOptions::default() }).await
    }

    pub(crate) async fn with(options: SandboxOptions) -> Self {
        let sandbox = Sandbox::start(options).await.expect("a free port on loopback");
        Self {
            sandbox,
            folder: tempfile::tempdir().expect("a folder for tests"),
            store: Arc::new(MemoryStore::new()),
        }
    }

    /// Starts an engine that knows nobody.
    pub(crate) fn start(&self) -> (Engine, Arc<Screen>) {
        self.start_with(self.store.clone(), None)
    }

    /// Starts an engine with another keyring, or with `PACHCA_TOKEN`.
    pub(crate) fn start_with(
        &self,
        store: Arc<dyn CredentialStore>,
        token: Option<&str>,
    ) -> (Engine, Arc<Screen>) {
        start(self.folder.path(), &self.sandbox.base_url(), store, token)
    }

    /// Starts an engine with the sandbox's token already connected.
    pub(crate) async fn connected(&self) -> (Engine, Arc<Screen>) {
        let (engine, screen) = self.start();
        engine.connect(DEMO_TOKEN.to_owned(), false).await.expect("the sandbox knows its token");
        screen
            .shows("the status is known", |snapshot| {
                snapshot.account.is_some() && snapshot.status.known
            })
            .await;
        (engine, screen)
    }

    pub(crate) fn account(&self) -> AccountId {
        let user_id = self.sandbox.state().profile["id"].as_i64().expect("a profile has an id");
        AccountId { origin: self.sandbox.origin(), user_id }
    }

    /// Writes the files of somebody who was connected before, and keeps the token in the keyring.
    pub(crate) fn was_connected(&self) {
        let token = Token::parse(DEMO_TOKEN).expect("visible ASCII");
        self.store.save(&self.account(), &token).expect("the store works");
        let settings = serde_json::json!({"version": 1, "account": self.account()});
        let folder = self.folder.path().join("config");
        std::fs::create_dir_all(&folder).expect("made");
        std::fs::write(folder.join("settings.json"), settings.to_string()).expect("written");
    }

    pub(crate) async fn wait_for_status(&self, title: Option<&str>) {
        let fits = |state: &pachca_sandbox::SandboxState| {
            state.status.as_ref().map(|status| status.title.as_str()) == title
        };
        self.sandbox.wait_for_state(fits, PATIENCE).await.expect("the sandbox gets the status");
    }

    pub(crate) fn puts(&self) -> Vec<RecordedRequest> {
        self.sandbox
            .requests()
            .into_iter()
            .filter(|request| request.is("PUT", "/profile/status"))
            .collect()
    }
}

pub(crate) fn start(
    folder: &Path,
    base_url: &str,
    store: Arc<dyn CredentialStore>,
    token: Option<&str>,
) -> (Engine, Arc<Screen>) {
    let screen = Screen::new();
    let options = EngineOptions {
        config_dir: folder.join("config"),
        state_dir: folder.join("state"),
        api_url: Some(base_url.to_owned()),
        token: token.map(str::to_owned),
        store,
        locale: Locale { lang: Lang::Ru, hour12: false },
        versions: vec![("Pachca Status".to_owned(), "0.1.0".to_owned())],
        clock: Clock::system(),
    };
    let engine = Engine::start(options, screen.clone(), &Handle::current());
    screen.watch(&engine);
    (engine, screen)
}

pub(crate) fn preset(id: &str) -> Command {
    Command::ApplyPreset(PresetId(id.to_owned()))
}

pub(crate) fn draft(title: &str) -> Draft {
    Draft {
        emoji: "🎧".to_owned(),
        title: title.to_owned(),
        expiry: Expiry::Minutes { minutes: 30 },
        is_away: false,
        away_message: String::new(),
    }
}

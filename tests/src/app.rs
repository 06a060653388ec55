//! The program under test as a child.

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
};

use anyhow::{Result, bail};
use rustix::process::Signal;

use crate::process::Process;

/// Which server the program is told to talk to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Server {
    /// The workspace of the desktop.
    Sandbox,
    /// This one.
    Elsewhere(String),
    /// None: the one it knows by itself.
    Usual,
}

/// How to start it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    pub token: Option<String>,
    pub server: Server,
    pub arguments: Vec<String>,
    pub environment: Vec<(String, String)>,
    /// What to start in place of the program itself.
    pub program: Option<PathBuf>,
}

impl Launch {
    /// As somebody starts it who has not connected yet, or has before: the token is in the keyring or nowhere.
    pub fn plain() -> Self {
        Self {
            token: None,
            server: Server::Sandbox,
            arguments: Vec::new(),
            environment: Vec::new(),
            program: None,
        }
    }

    /// With a token in the environment.
    pub fn with_token(token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..Self::plain() }
    }

    /// With a real token, for another server than the desktop's own.
    pub fn elsewhere(token: &str, address: Option<&str>) -> Self {
        let server = address.map_or(Server::Usual, |address| Server::Elsewhere(address.to_owned()));
        Self { server, ..Self::with_token(token) }
    }

    /// With this argument too.
    #[must_use]
    pub fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// With this variable too.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// By starting this: a copy of the program elsewhere, or something that starts it.
    #[must_use]
    pub fn by(mut self, program: &Path) -> Self {
        self.program = Some(program.to_owned());
        self
    }

    pub(crate) fn program(&self) -> Result<PathBuf> {
        self.program.clone().map_or_else(program, Ok)
    }

    pub(crate) fn apply(&self, command: &mut Command, sandbox: &str) {
        if let Some(token) = &self.token {
            command.env("PACHCA_TOKEN", token);
        }
        match &self.server {
            Server::Sandbox => _ = command.env("PACHCA_API_URL", sandbox),
            Server::Elsewhere(address) => _ = command.env("PACHCA_API_URL", address),
            Server::Usual => {}
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
    }
}

/// The running program. It ends with this value.
#[derive(Debug)]
pub struct App {
    pub(crate) process: Process,
}

impl App {
    pub fn pid(&self) -> u32 {
        self.process.pid()
    }

    /// Waits until it has ended by itself.
    pub async fn exited(&mut self) -> Result<ExitStatus> {
        self.process.exited().await
    }

    /// Ends it as a power cut would.
    pub fn kill(mut self) {
        self.process.kill();
    }

    /// Lets it crash, with a core dump if it may leave one, and waits until it is gone.
    pub async fn crash(mut self) -> Result<()> {
        self.process.signal(Signal::ABORT)?;
        let status = self.exited().await?;
        anyhow::ensure!(!status.success(), "it survives");
        Ok(())
    }

    /// Asks it to end, as the system does at shutdown.
    pub fn terminate(&self) -> Result<()> {
        self.process.signal(Signal::TERM)
    }
}

/// What the program of the window is called, which lies beside the program.
pub const WINDOW_PROGRAM: &str = "pachca-status-window";

/// The same as lists of processes show it.
pub const WINDOW_PROCESS: &str = "pachca-window";

/// Copies the program to `place` and the program of its window beside it, each in one step as package managers do.
pub fn install(place: &Path) -> Result<()> {
    let (program, window) = (program()?, place.with_file_name(WINDOW_PROGRAM));
    for (from, to) in [(program.with_file_name(WINDOW_PROGRAM), window.as_path()), (program, place)]
    {
        let fresh = to.with_extension("fresh");
        std::fs::copy(from, &fresh)?;
        std::fs::rename(fresh, to)?;
    }
    Ok(())
}

/// The program under test: `PACHCA_STATUS_BIN`, or the debug build beside this test.
pub fn program() -> Result<PathBuf> {
    let built = || {
        // target/debug/deps/it-…, or target/debug/<a binary of this package>
        let this = std::env::current_exe()?;
        let folder = this.ancestors().skip(1).find(|folder| !folder.ends_with("deps"));
        anyhow::Ok(folder.map(|folder| folder.join("pachca-status")).unwrap_or_default())
    };
    let program = std::env::var_os("PACHCA_STATUS_BIN")
        .map_or_else(built, |program| Ok(PathBuf::from(program)))?;
    if !program.is_file() {
        bail!("{} is not built; `cargo xtask test` builds it", program.display());
    }
    Ok(program)
}

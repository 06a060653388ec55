//! Child processes that never outlive their test.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Read as _},
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
};

use anyhow::{Context as _, Result, bail};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
    process::{Pid, PidfdFlags, Signal, kill_process_group, pidfd_open},
};

use crate::PATIENCE;

/// A child in a process group of its own. The whole group ends with it, and with the test, even if the test is killed.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    /// Kept open: a child that writes to a closed pipe would die of it.
    stdout: Option<BufReader<ChildStdout>>,
}

/// A command that ends when the thread that starts it does (`setpriv` replaces itself with the program).
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program).env_clear();
    command
}

impl Process {
    /// Starts `command`; what it says on standard error goes to `log`.
    pub(crate) fn start(name: &str, command: &mut Command, log: &Path) -> Result<Self> {
        let errors = File::options().create(true).append(true).open(log)?;
        let mut child = command
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .with_context(|| format!("{name} cannot be started; is its package installed?"))?;
        let stdout = child.stdout.take().map(BufReader::new);
        Ok(Self { name: name.to_owned(), child, stdout })
    }

    /// Starts `command`; everything it says goes to `log`.
    ///
    /// # Errors
    /// It cannot be started, or the log cannot be written.
    pub fn start_logged(name: &str, command: &mut Command, log: &Path) -> Result<Self> {
        let output = File::options().create(true).append(true).open(log)?;
        let child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .with_context(|| format!("{name} cannot be started"))?;
        Ok(Self { name: name.to_owned(), child, stdout: None })
    }

    /// The first line it prints: how these programs say that they are ready.
    pub(crate) fn first_line(&mut self) -> Result<String> {
        let stdout = self.stdout.as_mut().context("its output is not piped")?;
        let mut line = String::new();
        if stdout.read_line(&mut line)? == 0 {
            let status = self.child.wait()?;
            bail!("{} ended at once: {status}", self.name);
        }
        Ok(line.trim().to_owned())
    }

    /// Waits for the first byte it writes, for those that say nothing more.
    pub(crate) fn first_byte(&mut self) -> Result<()> {
        let stdout = self.stdout.as_mut().context("its output is not piped")?;
        stdout.read_exact(&mut [0]).with_context(|| format!("{} ended at once", self.name))
    }

    /// Its standard input, once.
    pub(crate) fn take_stdin(&mut self) -> Option<std::process::ChildStdin> {
        self.child.stdin.take()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// It lasts too long.
    pub async fn exited(&mut self) -> Result<ExitStatus> {
        let pid = Pid::from_child(&self.child);
        if let Some(status) = self.child.try_wait()? {
            return Ok(status);
        }
        ended(pid).await.with_context(|| self.name.clone())?;
        Ok(self.child.wait()?)
    }

    /// Sends a signal to the process alone.
    pub(crate) fn signal(&self, signal: Signal) -> Result<()> {
        Ok(rustix::process::kill_process(Pid::from_child(&self.child), signal)?)
    }

    /// Asks it to end, so that it can put away what it has laid about, and makes sure that it does.
    pub(crate) fn end(&mut self) {
        let pid = Pid::from_child(&self.child);
        let asked = pidfd_open(pid, PidfdFlags::empty()).and_then(|descriptor| {
            rustix::process::pidfd_send_signal(&descriptor, Signal::TERM)?;
            poll(
                &mut [PollFd::new(&descriptor, PollFlags::IN)],
                Some(&Timespec { tv_sec: 5, tv_nsec: 0 }),
            )
        });
        let _ = asked;
        self.kill();
    }

    /// Ends the whole group at once, as a power cut would, and reaps it.
    pub(crate) fn kill(&mut self) {
        // The group lives as long as anybody in it does, also after its leader.
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Waits until a process has ended, whoever its parent is.
pub(crate) async fn ended(pid: Pid) -> Result<()> {
    let descriptor = match pidfd_open(pid, PidfdFlags::empty()) {
        Ok(descriptor) => descriptor,
        Err(Errno::SRCH) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let ended = tokio::task::spawn_blocking(move || {
        // A process descriptor becomes readable when the process ends.
        let mut waiting = [PollFd::new(&descriptor, PollFlags::IN)];
        anyhow::Ok(poll(&mut waiting, Some(&Timespec::try_from(PATIENCE)?))? > 0)
    });
    if !ended.await?? {
        bail!("waited {PATIENCE:?} for its end");
    }
    Ok(())
}

/// Every process that has `marker` in its environment: what belongs to one desktop, wherever it has moved to.
pub(crate) fn marked(marker: &str) -> Vec<(Pid, String)> {
    let Ok(entries) = std::fs::read_dir("/proc") else { return Vec::new() };
    entries
        .flatten()
        .filter_map(|entry| {
            let pid = Pid::from_raw(entry.file_name().to_str()?.parse().ok()?)?;
            let environment = std::fs::read(entry.path().join("environ")).ok()?;
            let found = environment.windows(marker.len()).any(|part| part == marker.as_bytes());
            let name = std::fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
            found.then(|| (pid, name.trim().to_owned()))
        })
        .collect()
}

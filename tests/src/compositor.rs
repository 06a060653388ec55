//! A Wayland desktop that nobody looks at: sway, which is asked for its windows over its own socket
//! (<https://man.archlinux.org/man/sway-ipc.7>).

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::UnixStream,
};

use crate::{
    Launch,
    process::{Process, command},
    within,
};

/// Says where it can be reached once it can.
const CONFIG: &str = "xwayland disable\nexec echo $WAYLAND_DISPLAY $SWAYSOCK\n";

const COMMAND: u32 = 0;
const SUBSCRIBE: u32 = 2;
const TREE: u32 = 4;

/// A running compositor. It starts only for somebody who is not the administrator.
#[derive(Debug)]
pub struct Compositor {
    display: String,
    socket: PathBuf,
    _process: Process,
}

/// A window as the desktop knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaylandWindow {
    pub title: String,
    /// By what name the desktop looks for its entry and icon.
    pub entry: String,
}

impl Compositor {
    pub(crate) fn start(runtime: &Path, logs: &Path) -> Result<Self> {
        let config = runtime.join("sway.conf");
        std::fs::write(&config, CONFIG)?;
        let mut sway = command("sway");
        sway.arg("--config").arg(&config);
        sway.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        sway.env("HOME", runtime).env("XDG_RUNTIME_DIR", runtime);
        // No screen, no graphics card, no keyboard.
        sway.env("WLR_BACKENDS", "headless").env("WLR_RENDERER", "pixman");
        sway.env("WLR_LIBINPUT_NO_DEVICES", "1");
        let mut process = Process::start("sway", &mut sway, &logs.join("sway.log"))?;
        let ready = process.first_line()?;
        let (display, socket) = ready.split_once(' ').context("sway says two things")?;
        Ok(Self { display: display.to_owned(), socket: socket.into(), _process: process })
    }

    /// The same launch in this session.
    pub fn session(&self, launch: Launch) -> Launch {
        launch
            .variable("WAYLAND_DISPLAY", &self.display)
            .variable("XDG_SESSION_TYPE", "wayland")
            .variable("GDK_BACKEND", "wayland")
    }

    /// Waits until the windows are as `accept` wants them.
    pub async fn wait_for(
        &self,
        what: &str,
        accept: impl Fn(&[WaylandWindow]) -> bool,
    ) -> Result<Vec<WaylandWindow>> {
        within(what, async {
            let mut news = UnixStream::connect(&self.socket).await?;
            let heard = ask(&mut news, SUBSCRIBE, r#"["window"]"#).await?;
            ensure!(heard["success"] == true, "{heard}");
            loop {
                let mut now = UnixStream::connect(&self.socket).await?;
                let windows = windows(&ask(&mut now, TREE, "").await?);
                if accept(&windows) {
                    return Ok(windows);
                }
                answer(&mut news).await?;
            }
        })
        .await
    }

    /// Closes every window, as a person does with its button.
    pub async fn close(&self) -> Result<()> {
        let mut stream = UnixStream::connect(&self.socket).await?;
        let done = ask(&mut stream, COMMAND, r#"[app_id=".*"] kill"#).await?;
        ensure!(done[0]["success"] == true, "{done}");
        Ok(())
    }
}

/// Sends a message and reads what comes back.
async fn ask(stream: &mut UnixStream, kind: u32, words: &str) -> Result<Value> {
    let mut message = b"i3-ipc".to_vec();
    message.extend(u32::try_from(words.len())?.to_ne_bytes());
    message.extend(kind.to_ne_bytes());
    message.extend(words.as_bytes());
    stream.write_all(&message).await?;
    answer(stream).await
}

async fn answer(stream: &mut UnixStream) -> Result<Value> {
    let mut head = [0; 14];
    stream.read_exact(&mut head).await?;
    let length = u32::from_ne_bytes([head[6], head[7], head[8], head[9]]);
    let mut body = vec![0; usize::try_from(length)?];
    stream.read_exact(&mut body).await?;
    Ok(serde_json::from_slice(&body)?)
}

/// Every window in a tree of outputs, workspaces and containers.
fn windows(node: &Value) -> Vec<WaylandWindow> {
    let text = |key: &str| node[key].as_str().map(ToOwned::to_owned);
    let own = text("app_id")
        .map(|entry| WaylandWindow { title: text("name").unwrap_or_default(), entry });
    let children = ["nodes", "floating_nodes"].into_iter().filter_map(|key| node[key].as_array());
    own.into_iter().chain(children.flatten().flat_map(windows)).collect()
}

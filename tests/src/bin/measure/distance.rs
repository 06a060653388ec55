//! Clicks over TLS to a server far away. After a quiet hour its connection is gone, and a click must not wait until
//! there is a new one: it is opened when the menu is about to be shown.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use pachca_status_tests::{Desktop, Launch, PATIENCE, TOKEN, Vouched};
use serde_json::{Map, Value, json};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, copy_bidirectional},
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
};
use tokio_rustls::TlsAcceptor;

use crate::{run::on_a_desktop, statistics::figures};

/// What a person needs at least from the menu's appearance to the click.
const READING: Duration = Duration::from_secs(1);

pub(crate) async fn measure(runs: usize) -> Result<Value> {
    on_a_desktop(async |desktop| {
        let mut found = Map::new();
        for (name, round_trip) in [("latency_50ms", 50), ("latency_300ms", 300)] {
            let round_trip = Duration::from_millis(round_trip);
            found.insert(name.into(), far_away(desktop, runs, round_trip).await?);
        }
        Ok(Value::Object(found))
    })
    .await
}

async fn far_away(desktop: &mut Desktop, runs: usize, round_trip: Duration) -> Result<Value> {
    let Vouched { authority, config } = Vouched::new()?;
    let way = Way::open(desktop.sandbox().address(), round_trip, config.into()).await?;
    let address = format!("https://{}{}", way.address, pachca_sandbox::API_PREFIX);
    let launch = Launch::elsewhere(TOKEN, Some(&address))
        .argument("--hidden")
        .variable("SSL_CERT_FILE", &authority.path().to_string_lossy());
    desktop.sandbox().clear_status();
    let app = desktop.launch_to_tray(&launch).await?;
    desktop.tray.wait_until_known().await?;
    let (mut warm, mut read, mut at_once) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..runs {
        let presets = [["Lunch", "Focus", "Away"], ["Focus", "Away", "Lunch"]][run % 2];
        // A connection from just now.
        quiet().await;
        warm.push(click(desktop, presets[0]).await?);
        // A quiet hour, and a person who opens the menu, reads, and clicks.
        way.let_go();
        quiet().await;
        desktop.tray.open_menu().await?;
        tokio::time::sleep(READING).await;
        read.push(click(desktop, presets[1]).await?);
        // A quiet hour, and a click that nothing announces.
        way.let_go();
        quiet().await;
        at_once.push(click(desktop, presets[2]).await?);
    }
    app.kill();
    desktop.tray.wait_gone().await?;
    Ok(json!({
        "connection_of_just_now": figures("ms", &warm),
        "quiet_hour_menu_then_click": figures("ms", &read),
        "quiet_hour_click_at_once": figures("ms", &at_once),
    }))
}

/// Longer than the least pause between two looks at the server.
async fn quiet() {
    tokio::time::sleep(Duration::from_millis(1500)).await;
}

/// Milliseconds from the click to the request at the server.
async fn click(desktop: &Desktop, preset: &str) -> Result<f64> {
    let before = desktop.sandbox().mark();
    let click = Instant::now();
    desktop.tray.click_preset(preset).await?;
    let request = desktop
        .sandbox()
        .wait_for_after(before, |request| request.is("PUT", "/profile/status"), PATIENCE)
        .await
        .context("the click reaches the workspace")?;
    let shown = |words: &str| words.contains(preset) && !words.contains("Sending");
    desktop.tray.wait_for("the answer is shown", |item| shown(&item.tooltip)).await?;
    Ok(request.at.duration_since(click).as_secs_f64() * 1000.0)
}

/// A long way to the workspace, with TLS at its end.
struct Way {
    address: SocketAddr,
    generation: watch::Sender<u32>,
}

impl Way {
    async fn open(workspace: SocketAddr, round_trip: Duration, tls: TlsAcceptor) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (generation, generations) = watch::channel(0);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let (tls, mut generations) = (tls.clone(), generations.clone());
                generations.mark_unchanged();
                tokio::spawn(async move {
                    tokio::select! {
                        _ = generations.changed() => {}
                        _ = travel(near, tls, workspace, round_trip) => {}
                    }
                });
            }
        });
        Ok(Self { address, generation })
    }

    /// Closes every connection, as a server does with one that has long been quiet.
    fn let_go(&self) {
        self.generation.send_modify(|generation| *generation += 1);
    }
}

async fn travel(
    near: TcpStream,
    tls: TlsAcceptor,
    workspace: SocketAddr,
    round_trip: Duration,
) -> Result<()> {
    near.set_nodelay(true)?;
    // On this machine a connection is there at once; at a distance only after a round trip.
    let there = Instant::now() + round_trip;
    let (here, far) = tokio::io::duplex(1 << 16);
    let (from_near, to_near) = near.into_split();
    let (from_far, to_far) = tokio::io::split(here);
    let server = async {
        let mut stream = tls.accept(far).await?;
        let mut workspace = TcpStream::connect(workspace).await?;
        workspace.set_nodelay(true)?;
        copy_bidirectional(&mut stream, &mut workspace).await?;
        anyhow::Ok(())
    };
    tokio::try_join!(
        carry(from_near, to_far, round_trip / 2, there),
        carry(from_far, to_near, round_trip / 2, there),
        server,
    )?;
    Ok(())
}

/// Hands on what comes, each piece after `delay`, and none that sets out before `open`.
async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    delay: Duration,
    open: Instant,
) -> Result<()> {
    let (sender, mut pieces) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let read = async {
        let mut buffer = vec![0; 1 << 14];
        loop {
            let length = from.read(&mut buffer).await?;
            if length == 0 {
                break;
            }
            let _ = sender.send((Instant::now().max(open) + delay, buffer[..length].to_vec()));
        }
        drop(sender);
        anyhow::Ok(())
    };
    let write = async {
        while let Some((due, piece)) = pieces.recv().await {
            tokio::time::sleep_until(due.into()).await;
            to.write_all(&piece).await?;
        }
        to.shutdown().await?;
        anyhow::Ok(())
    };
    tokio::try_join!(read, write)?;
    Ok(())
}

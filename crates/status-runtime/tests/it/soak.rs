//! Random clicks, faults, phone changes, crashes and restarts, for as long as wanted: nothing may get lost.
//!
//! An ordinary test for twenty seconds; `cargo xtask soak` runs the same for minutes or hours. Every run prints its
//! seed. Times of the network are real, so a seed repeats what is done, not how the answers fall.

use std::{
    fmt, fs,
    time::{Duration, Instant},
};

use pachca_sandbox::{Effect, Fault, Status};
use status_core::{
    Action, Cause, Command, Link, Notice, PendingPhase, Resolution, Snapshot, Text, TokenState,
};
use status_runtime::Words;

use crate::{
    app::{TestApp, draft},
    place::Running,
};

/// Computers that are driven side by side. Each mostly waits.
const PLACES: u64 = 4;
/// A quiet point that is not reached in this time is a loss: longer than the client's and the core's longest pauses
/// after the faults below.
const QUIET_WITHIN: Duration = Duration::from_secs(100);
/// Titles of notifications that tell the person a wish did not come true as it was meant.
const TELLS: [&str; 4] = [
    "notification-conflict-title",
    "notification-late-title",
    "notification-refused-title",
    "notification-waited-title",
];

/// Numbers that look random and repeat with their seed (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn chance(&mut self, one_in: u64) -> bool {
        self.roll(one_in) == 0
    }

    fn millis(&mut self, at_most: u64) -> Duration {
        Duration::from_millis(self.roll(at_most))
    }
}

/// What a run came to.
#[derive(Debug, Default)]
struct Figures {
    clicks: u64,
    faults: u64,
    phone_changes: u64,
    crashes: u64,
    quiet_points: u64,
    told: u64,
    requests: u64,
    lost: Vec<String>,
}

impl Figures {
    fn add(&mut self, other: Self) {
        self.clicks += other.clicks;
        self.faults += other.faults;
        self.phone_changes += other.phone_changes;
        self.crashes += other.crashes;
        self.quiet_points += other.quiet_points;
        self.told += other.told;
        self.requests += other.requests;
        self.lost.extend(other.lost);
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "clicks {}, faults {}, phone changes {}, crashes {}, quiet points {}, decisions left to the person {}, requests {}, intents lost {}",
            self.clicks,
            self.faults,
            self.phone_changes,
            self.crashes,
            self.quiet_points,
            self.told,
            self.requests,
            self.lost.len()
        )
    }
}

/// What somebody asked for: a title, or «no status».
type Wish = Option<String>;

struct World {
    name: String,
    dice: Dice,
    app: TestApp,
    running: Option<Running>,
    /// What the status may come to be: the newest wish, last; before it those that a crash may bring back, because the
    /// newest was not promised (on disk) yet.
    wishes: Vec<Wish>,
    crashed: bool,
    /// The phone changed the status after the newest wish, to this.
    phone: Option<Wish>,
    /// The phone changed the status since the last quiet point: only then may the person be asked whose is to stay.
    phone_was_used: bool,
    /// Notifications before the newest wish.
    heard: usize,
    planned: u64,
    count: u64,
    /// What happened since the last quiet point, for whoever has to find out why something got lost.
    story: Vec<String>,
    figures: Figures,
}

impl World {
    async fn new(seed: u64, number: u64) -> Self {
        let app = TestApp::new().await;
        app.was_connected();
        let running = Running::start(&app);
        running
            .screen
            .shows("the status is known", |now| now.status.known && now.token == TokenState::Kept)
            .await;
        let wishes = vec![title(&app)];
        Self {
            name: format!("place {number}"),
            dice: Dice(seed ^ number.wrapping_mul(0xA076_1D64_78BD_642F)),
            app,
            running: Some(running),
            wishes,
            crashed: false,
            phone: None,
            phone_was_used: false,
            heard: 0,
            planned: 0,
            count: 0,
            story: Vec::new(),
            figures: Figures::default(),
        }
    }

    fn running(&self) -> &Running {
        self.running.as_ref().expect("an engine runs except within a crash")
    }

    async fn live(mut self, until: Instant) -> Figures {
        while Instant::now() < until && self.figures.lost.is_empty() {
            for _ in 0..=self.dice.roll(12) {
                self.event().await;
            }
            self.quiet().await;
        }
        self.figures
    }

    async fn event(&mut self) {
        match self.dice.roll(20) {
            0..=5 => self.click(),
            6 => self.clear(),
            7..=10 => self.fault(),
            11 => self.phone_changes(),
            12 => self.crash().await,
            13 => self.running().engine.send(Action::Woke),
            14 => drop(self.running().engine.command(Command::Refresh, Cause::Person)),
            _ => tokio::time::sleep(self.dice.millis(900)).await,
        }
    }

    fn wish(&mut self, wish: Wish) {
        self.figures.clicks += 1;
        self.heard = self.running().said().len();
        // Should a crash lose this wish, what was there before it stays.
        self.wishes.extend(self.phone.take());
        self.story.push(format!("wished {wish:?}"));
        self.wishes.push(wish);
    }

    fn click(&mut self) {
        self.count += 1;
        let title = format!("wish {}", self.count);
        let mut draft = draft(&title);
        if self.dice.chance(3) {
            draft.is_away = true;
            draft.away_message = format!("back at {{time}} ({})", self.count);
        }
        self.wish(Some(title));
        self.running().engine.command(Command::SetStatus(draft), Cause::Person);
    }

    fn clear(&mut self) {
        self.wish(None);
        self.running().engine.command(Command::ClearStatus, Cause::Person);
    }

    fn phone_changes(&mut self) {
        self.count += 1;
        self.figures.phone_changes += 1;
        self.phone_was_used = true;
        self.story.push("the phone changes it".to_owned());
        if self.dice.chance(4) {
            self.app.sandbox.clear_status();
            self.phone = Some(None);
        } else {
            let title = format!("phone {}", self.count);
            self.app.sandbox.set_status(Status::new("📱", title.as_str()));
            self.phone = Some(Some(title));
        }
    }

    fn fault(&mut self) {
        let dice = &mut self.dice;
        let millis = 100 + dice.roll(1500);
        let fault = match dice.roll(20) {
            0 => Fault::status(500),
            1 => Fault::status(502),
            2 => Fault::status(503),
            3 => Fault::status(504),
            4 => Fault::retry_after((1 + dice.roll(3)).to_string()),
            5 | 6 => Fault::reset(),
            7 | 8 => Fault::reset_after_apply(),
            9 => Fault::new(Effect::Close),
            10 => Fault::new(Effect::Close).applied(),
            11 => Fault::new(Effect::Stall { millis: Some(millis) }),
            12 => Fault::latency(Duration::from_millis(millis)),
            13 => Fault::new(Effect::Truncate {
                bytes: usize::try_from(dice.roll(40)).expect("small"),
            }),
            14 => Fault::new(Effect::CutAnswer {
                bytes: usize::try_from(dice.roll(200)).expect("small"),
            }),
            15 => Fault::html_200(),
            16 => Fault::new(Effect::Garbage { bytes: "not http at all\r\n\r\n".into() }),
            17 => Fault::new(Effect::WrongContentType { content_type: "text/html".to_owned() }),
            18 => Fault::answer(
                401,
                &[("content-type", "application/json")],
                r#"{"error":"invalid_token","error_description":"x"}"#,
            ),
            _ => Fault::new(Effect::HugeBody { bytes: Some(2 * 1024 * 1024) }),
        };
        let fault = match dice.roll(4) {
            0 => fault,
            1 => fault.on("GET", "/profile/status"),
            _ => fault.on_path("/profile/status"),
        };
        // Now and then nothing gets through at all until the next quiet point.
        let (fault, times) = if dice.chance(12) {
            (Fault::reset().forever(), 1)
        } else {
            let times = 1 + dice.roll(4);
            (fault.times(u32::try_from(times).expect("small")), times)
        };
        self.planned += times;
        self.story.push(format!("{fault:?}"));
        self.app.sandbox.fault(fault);
    }

    /// The newest wish is on disk or done: from here on no crash may lose it.
    fn promised(&self, snapshot: &Snapshot) -> bool {
        let newest = self.wishes.last().expect("never empty").as_deref();
        match &snapshot.pending {
            Some(pending) => {
                pending.saved
                    && pending.wanted.as_ref().map(|status| status.title.as_str()) == newest
            }
            None => {
                snapshot.status.known
                    && snapshot.status.status.as_ref().map(|status| status.title.as_str()) == newest
            }
        }
    }

    /// Nothing gets through any more, and a click waits on disk.
    async fn strand(&mut self) {
        self.planned += 1;
        self.app.sandbox.fault(Fault::reset().on_path("/profile/status").forever());
        self.click();
        let started = Instant::now();
        while started.elapsed() < QUIET_WITHIN {
            self.running().caught_up().await;
            if self.promised(&self.running().snapshot()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.lose("a click was never shown as saved");
    }

    async fn crash(&mut self) {
        self.figures.crashes += 1;
        let looked = match self.dice.roll(3) {
            // In the middle of anything: nobody has looked at what was promised.
            0 => false,
            1 => {
                self.running().caught_up().await;
                true
            }
            _ => {
                self.strand().await;
                true
            }
        };
        if looked && self.promised(&self.running().snapshot()) {
            self.settle();
        } else {
            self.crashed = true;
        }
        self.story.push(format!("crash, promised: {}", !self.crashed));
        self.running.take().expect("an engine runs").crash();
        loop {
            let running = Running::start(&self.app);
            let held = running
                .snapshot()
                .notices
                .iter()
                .any(|notice| matches!(notice, Notice::CannotSave { .. }));
            running.caught_up().await;
            let held = held
                || running
                    .snapshot()
                    .notices
                    .iter()
                    .any(|notice| matches!(notice, Notice::CannotSave { .. }));
            if !held {
                self.running = Some(running);
                break;
            }
            // A killed process lets go of its lock at once; here its writing thread may still be at work.
            running.crash();
        }
        self.heard = 0;
    }

    /// Only the newest wish counts from here on.
    fn settle(&mut self) {
        let newest = self.wishes.pop().expect("never empty");
        self.wishes = vec![newest];
        self.crashed = false;
    }

    /// The faults end, and what is wanted has to come true, or the person has to know.
    async fn quiet(&mut self) {
        let left: u64 = self
            .app
            .sandbox
            .state()
            .faults
            .iter()
            .map(|fault| u64::from(fault.times.unwrap_or(0)))
            .sum();
        self.figures.faults += self.planned.saturating_sub(left);
        self.planned = 0;
        self.app.sandbox.clear_faults();
        let started = Instant::now();
        self.running().engine.send(Action::Woke);
        loop {
            self.running().engine.command(Command::Retry, Cause::Person);
            self.running().caught_up().await;
            tokio::time::sleep(Duration::from_millis(500)).await;
            self.running().caught_up().await;
            let snapshot = self.running().snapshot();
            if self.answer_questions(&snapshot) {
                continue;
            }
            let shown = snapshot.status.status.as_ref().map(|status| status.title.clone());
            let settled = snapshot.pending.is_none()
                && snapshot.token.usable()
                && matches!(snapshot.link, Link::Online);
            if settled && !snapshot.status.stale && shown == title(&self.app) {
                break;
            }
            if started.elapsed() > QUIET_WITHIN {
                self.lose(&format!("never quiet: {snapshot:#?}"));
                return;
            }
        }
        self.judge();
        self.figures.quiet_points += 1;
        self.figures.requests += u64::try_from(self.app.sandbox.requests().len()).expect("a count");
        self.app.sandbox.forget_requests();
        self.undo_sometimes();
    }

    /// Decides what the engine leaves to the person; says whether there was anything to decide.
    fn answer_questions(&mut self, snapshot: &Snapshot) -> bool {
        if let Some(conflict) = &snapshot.conflict {
            self.figures.told += 1;
            if !self.phone_was_used {
                self.lose(&format!("asked about our own change: {conflict:?}"));
            }
            let ours = self.dice.chance(2);
            let decided = if ours { &conflict.ours } else { &conflict.theirs };
            self.wishes = vec![decided.as_ref().map(|status| status.title.clone())];
            (self.crashed, self.phone) = (false, None);
            self.running().engine.command(
                Command::ResolveConflict(if ours { Resolution::Ours } else { Resolution::Theirs }),
                Cause::Person,
            );
            return true;
        }
        if snapshot.pending.as_ref().is_some_and(|pending| pending.phase == PendingPhase::Refused) {
            self.figures.told += 1;
            self.wishes = vec![title(&self.app)];
            self.running().engine.command(Command::CancelPending, Cause::Person);
            return true;
        }
        false
    }

    fn judge(&mut self) {
        let server = title(&self.app);
        let newest = self.wishes.last().expect("never empty");
        let wished = if self.crashed { self.wishes.contains(&server) } else { *newest == server };
        let by_phone = self.phone.as_ref() == Some(&server);
        let words = Words::new(self.running().snapshot().lang);
        let tells = TELLS.map(|id| words.text(&Text { id, args: Vec::new() }));
        let told =
            self.running().said().iter().skip(self.heard).any(|(title, _)| tells.contains(title));
        if !wished && !by_phone && !told {
            self.lose(&format!(
                "wished {:?} (crashed {}), the server shows {server:?}",
                self.wishes, self.crashed
            ));
        }
        self.figures.told += u64::from(told && !wished && !by_phone);
        self.wishes = vec![server];
        (self.crashed, self.phone, self.phone_was_used) = (false, None, false);
        self.story.clear();
    }

    fn undo_sometimes(&mut self) {
        let snapshot = self.running().snapshot();
        if let Some(undo) = &snapshot.undo
            && self.dice.chance(3)
        {
            self.wish(undo.previous.as_ref().map(|status| status.title.clone()));
            self.running().engine.command(Command::Undo, Cause::Person);
        }
    }

    fn lose(&mut self, what: &str) {
        let story = self.story.join("\n  ");
        self.figures.lost.push(format!(
            "{}, quiet point {}: {what}\n  {story}",
            self.name, self.figures.quiet_points
        ));
    }
}

/// The title on the server; `None` is «no status».
fn title(app: &TestApp) -> Wish {
    let state = app.sandbox.state();
    let now = state.now;
    state
        .status
        .filter(|status| status.expires_at.is_none_or(|end| end > now))
        .map(|status| status.title)
}

/// A line of `/proc/self/status` in KiB; `None` where there is no such file.
fn memory(field: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(field))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn open_files() -> usize {
    fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}

/// `None` means the ordinary length; anything else has to be a number.
fn setting(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name}={text} is no number")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clicks_faults_crashes_and_restarts_lose_nothing() {
    let length =
        setting("PACHCA_STATUS_SOAK_SECONDS").map_or(Duration::from_secs(20), Duration::from_secs);
    let seed = setting("PACHCA_STATUS_SOAK_SEED").unwrap_or_else(|| {
        let now =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
        now.as_secs()
    });
    println!("soak: {PLACES} places for {} s, seed {seed}", length.as_secs());
    let until = Instant::now() + length;
    let mut worlds = tokio::task::JoinSet::new();
    for number in 0..PLACES {
        let world = World::new(seed, number).await;
        worlds.spawn(world.live(until));
    }
    // Everything is loaded and every pool is warm after a tenth of the time; growth is measured from there.
    tokio::time::sleep(length / 10).await;
    let (memory_at_start, files_at_start) = (memory("VmRSS:"), open_files());
    let mut figures = Figures::default();
    while let Some(world) = worlds.join_next().await {
        figures.add(world.expect("no world panics"));
    }
    let (memory_at_end, files_at_end) = (memory("VmRSS:"), open_files());
    println!("soak: {figures}");
    println!(
        "soak: memory {memory_at_start:?} → {memory_at_end:?} KiB, open files {files_at_start} → {files_at_end}, seed {seed}"
    );
    assert!(figures.lost.is_empty(), "seed {seed}:\n{}", figures.lost.join("\n"));
    assert!(figures.quiet_points >= PLACES, "{figures}");
}

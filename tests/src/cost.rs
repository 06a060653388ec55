//! What a process costs, as the kernel counts it.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

/// One look at `/proc/PID`.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Written to, and of this process alone.
    pub private_dirty_kib: u64,
    /// Of this process alone.
    pub private_kib: u64,
    /// The same, and its share of what it has in common with others.
    pub pss_kib: u64,
    pub threads: u64,
    /// Processor time used, in clock ticks (hundredths of a second on Linux).
    pub ticks: u64,
}

impl Cost {
    /// Of this process now.
    ///
    /// # Errors
    /// The process has ended.
    pub fn of(pid: u32) -> Result<Self> {
        let folder = Path::new("/proc").join(pid.to_string());
        let rollup =
            fs::read_to_string(folder.join("smaps_rollup")).context("the program has ended")?;
        let kib = |key: &str| number_of(&rollup, key);
        let threads = fs::read_dir(folder.join("task"))?.count() as u64;
        let stat = fs::read_to_string(folder.join("stat"))?;
        // The name in parentheses may hold anything; fields 14 and 15 are counted after it.
        let after = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
        let field = |index: usize| {
            after.split(' ').nth(index).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0)
        };
        Ok(Self {
            private_dirty_kib: kib("Private_Dirty:"),
            private_kib: kib("Private_Dirty:") + kib("Private_Clean:"),
            pss_kib: kib("Pss:"),
            threads,
            ticks: field(11) + field(12),
        })
    }

    pub fn to_json(self) -> Value {
        json!({
            "private_dirty_mib": mib(self.private_dirty_kib),
            "private_mib": mib(self.private_kib),
            "pss_mib": mib(self.pss_kib),
            "threads": self.threads,
        })
    }
}

/// Times each thread was put on a processor after waiting by its own wish: number, name, count.
#[derive(Debug, Default)]
pub struct Wakeups(BTreeMap<u32, (String, u64)>);

impl Wakeups {
    /// Of this process since it began.
    ///
    /// # Errors
    /// The process has ended.
    pub fn of(pid: u32) -> Result<Self> {
        let mut found = BTreeMap::new();
        let threads = fs::read_dir(Path::new("/proc").join(pid.to_string()).join("task"));
        for thread in threads.context("the program has ended")?.flatten() {
            let read =
                |name: &str| fs::read_to_string(thread.path().join(name)).unwrap_or_default();
            let Ok(number) = thread.file_name().to_string_lossy().parse() else { continue };
            let count = number_of(&read("status"), "voluntary_ctxt_switches:");
            found.insert(number, (read("comm").trim().to_owned(), count));
        }
        Ok(Self(found))
    }

    /// By name of the thread, since `before`. A thread that has ended meanwhile took its count with it.
    pub fn since(&self, before: &Self) -> BTreeMap<&str, u64> {
        let mut found = BTreeMap::new();
        for (number, (name, count)) in &self.0 {
            let earlier = before.0.get(number).map_or(0, |(_, count)| *count);
            *found.entry(name.as_str()).or_default() += count.saturating_sub(earlier);
        }
        found
    }
}

pub fn mib(kib: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "memory of one machine")]
    let mib = kib as f64 / 1024.0;
    (mib * 100.0).round() / 100.0
}

fn number_of(text: &str, key: &str) -> u64 {
    text.lines()
        .find_map(|line| line.strip_prefix(key))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|value| value.parse().ok())
        .unwrap_or(0)
}

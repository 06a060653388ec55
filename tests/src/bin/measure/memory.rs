//! What a process costs, as the kernel counts it.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

/// One look at `/proc/PID`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) private_dirty_kib: u64,
    pub(crate) private_kib: u64,
    pub(crate) pss_kib: u64,
    pub(crate) threads: u64,
    /// Times any of its threads was put on a processor after waiting by its own wish.
    pub(crate) wakeups: u64,
    /// Processor time used, in clock ticks (hundredths of a second on Linux).
    pub(crate) ticks: u64,
}

impl Cost {
    pub(crate) fn of(pid: u32) -> Result<Self> {
        let folder = Path::new("/proc").join(pid.to_string());
        let rollup =
            fs::read_to_string(folder.join("smaps_rollup")).context("the program has ended")?;
        let kib = |key: &str| number(&rollup, key);
        let mut wakeups = 0;
        let mut threads = 0;
        for thread in fs::read_dir(folder.join("task"))?.flatten() {
            // A thread may end between the listing and the look.
            let Ok(status) = fs::read_to_string(thread.path().join("status")) else { continue };
            wakeups += number(&status, "voluntary_ctxt_switches:");
            threads += 1;
        }
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
            wakeups,
            ticks: field(11) + field(12),
        })
    }

    pub(crate) fn to_json(self) -> Value {
        json!({
            "private_dirty_mib": mib(self.private_dirty_kib),
            "private_mib": mib(self.private_kib),
            "pss_mib": mib(self.pss_kib),
            "threads": self.threads,
        })
    }
}

/// Voluntary switches of each thread, by its name.
pub(crate) fn wakeups_by_thread(pid: u32) -> Result<BTreeMap<String, u64>> {
    let mut found = BTreeMap::new();
    for thread in fs::read_dir(Path::new("/proc").join(pid.to_string()).join("task"))?.flatten() {
        let read = |name: &str| fs::read_to_string(thread.path().join(name)).unwrap_or_default();
        *found.entry(read("comm").trim().to_owned()).or_default() +=
            number(&read("status"), "voluntary_ctxt_switches:");
    }
    Ok(found)
}

/// Mebibytes with two decimals.
pub(crate) fn mib(kib: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "memory of one machine")]
    let mib = kib as f64 / 1024.0;
    (mib * 100.0).round() / 100.0
}

fn number(text: &str, key: &str) -> u64 {
    text.lines()
        .find_map(|line| line.strip_prefix(key))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|value| value.parse().ok())
        .unwrap_or(0)
}

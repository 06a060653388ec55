//! `cargo xtask bench`: the release program measured, and the figures put into `docs/benchmarks.md`.

mod page;

use std::{
    fs,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde_json::{Value, json};

use crate::{
    cmd::{self, cargo, command, os_release, read, root, run, step, target, whole},
    dist, machine, ui,
};

const PARTS: [&str; 7] = ["start", "clicks", "window", "idle", "endurance", "avatar", "engine"];

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Fewer repetitions, and the document stays as it is: a look, not a measurement.
    #[arg(long)]
    quick: bool,
    /// A shell command that sets a status once, measured beside; it finds `PACHCA_TOKEN` and `PACHCA_API_URL`.
    #[arg(long, value_name = "COMMAND")]
    peer: Option<String>,
    /// Compile everything once more from nothing, and say how long it took: some ten minutes.
    #[arg(long)]
    cold: bool,
    /// Only these parts: start, clicks, window, idle, endurance, avatar, engine.
    #[arg(value_parser = PARTS)]
    parts: Vec<String>,
}

pub(crate) fn bench(options: &Options) -> Result<()> {
    step("machine", || {
        machine::can_build()?;
        machine::can_bring_up_a_desktop()
    })?;
    ui::ready()?;
    let is_wanted =
        |part: &str| options.parts.is_empty() || options.parts.iter().any(|name| name == part);
    step("release build", || run(&mut release()))?;
    step("instruments", || run(&mut whole(&["build", "--bin", "measure"])))?;
    // A program that has just been written is dirty to the kernel until it is on the disk.
    step("disk", || run(&mut command::<&str>("sync", [])))?;
    let mut found = step("measurements", || measure(options))?;
    if is_wanted("avatar") {
        found["avatar"] = step("avatar", avatar)?;
    }
    if is_wanted("engine") {
        found["engine"] = step("engine", engine)?;
    }
    found["size"] = step("sizes", sizes)?;
    if options.cold {
        found["size"]["cold_release_build_seconds"] = step("cold build", cold)?.into();
    }
    if let (Some(peer), Some(own)) = (
        found.pointer("/peer/to_wire/median").and_then(Value::as_f64),
        found.pointer("/clicks/loopback/to_wire/median").and_then(Value::as_f64),
    ) {
        found["peer"]["times_slower_to_wire"] = rounded(peer / own).into();
    }
    found["machine"] = machine_facts()?;
    let file = target().join("bench.json");
    fs::write(&file, format!("{found:#}\n"))?;
    let figures = page::written(&found);
    println!("{figures}\n{}", file.display());
    if options.quick || !options.parts.is_empty() {
        return Ok(());
    }
    page::fill(&root().join("docs/benchmarks.md"), &figures)
}

/// The program as `cargo xtask dist` compiles it.
fn release() -> Command {
    let mut build =
        cargo(["build", "--release", "--locked", "-p", "status-app", "-p", "status-tauri"]);
    build.args(dist::FEATURES);
    build
}

/// How long that takes from nothing, in seconds. What was compiled is thrown away.
fn cold() -> Result<u64> {
    let folder = target().join("cold");
    dist::remove(&folder)?;
    let begin = Instant::now();
    run(release().arg("--target-dir").arg(&folder))?;
    let seconds = begin.elapsed().as_secs();
    dist::remove(&folder)?;
    Ok(seconds)
}

/// A photo from the file to the wire.
fn avatar() -> Result<Value> {
    let output =
        read(&mut cargo(["bench", "--locked", "-p", "status-runtime", "--bench", "avatar"]))?;
    let json = output.find('{').map_or("", |begin| &output[begin..]);
    let mut found: Value = serde_json::from_str(json).context("the avatar bench prints JSON")?;
    for (_, figure) in found.as_object_mut().into_iter().flatten() {
        if let Some(values) = figure.as_array() {
            *figure = figures("ms", values.iter().filter_map(Value::as_f64).collect());
        }
    }
    let mib = |key: &str| found[key].as_f64().context("the avatar bench tells its memory");
    let growth = mib("private_dirty_after_crops_mib")? - mib("private_dirty_warm_mib")?;
    found["growth_by_crops_mib"] = rounded(growth).into();
    Ok(found)
}

/// What deciding costs: the medians that Criterion leaves beside its reports.
fn engine() -> Result<Value> {
    run(&mut cargo(["bench", "--locked", "-p", "status-core", "--bench", "engine"]))?;
    let mut found = json!({});
    for entry in fs::read_dir(target().join("criterion/engine"))? {
        let folder = entry?.path().join("new");
        let Ok(estimates) = fs::read(folder.join("estimates.json")) else { continue };
        let estimates: Value = serde_json::from_slice(&estimates)?;
        let benchmark: Value = serde_json::from_slice(&fs::read(folder.join("benchmark.json"))?)?;
        let name = benchmark["function_id"].as_str().context("a benchmark has a name")?;
        let median = &estimates["median"];
        let micros = |value: &Value| (value.as_f64().unwrap_or_default() / 10.0).round() / 100.0;
        let interval = &median["confidence_interval"];
        found[name] = json!({
            "unit": "µs", "n": "95 %", "median": micros(&median["point_estimate"]),
            "min": micros(&interval["lower_bound"]), "max": micros(&interval["upper_bound"]),
        });
    }
    Ok(found)
}

fn figures(unit: &str, mut values: Vec<f64>) -> Value {
    values.sort_by(f64::total_cmp);
    let at = |value: Option<&f64>| value.copied().map(rounded);
    json!({
        "unit": unit, "n": values.len(), "median": at(values.get(values.len() / 2)),
        "min": at(values.first()), "max": at(values.last()),
    })
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn measure(options: &Options) -> Result<Value> {
    // Broken off with this program, it takes its desktop down before it ends.
    let mut measure = command("setpriv", ["--pdeathsig", "TERM", "--"]);
    measure
        .arg(target().join("debug/measure"))
        .args(&options.parts)
        .env("PACHCA_STATUS_BIN", target().join("release/pachca-status"))
        .stderr(Stdio::inherit());
    if options.quick {
        measure.arg("--quick");
    }
    if let Some(peer) = &options.peer {
        measure.args(["--peer", peer]);
    }
    let output = measure.output()?;
    if !output.status.success() {
        bail!("the measurement failed ({}); what it said is above", output.status);
    }
    serde_json::from_slice(&output.stdout).context("the measurement prints JSON")
}

fn sizes() -> Result<Value> {
    let size = |name| fs::metadata(target().join("release").join(name)).map(|file| file.len());
    let (program, window) = (size("pachca-status")?, size(dist::WINDOW_PROGRAM)?);
    let mut bundle = 0;
    for entry in fs::read_dir(root().join("ui/dist/assets"))? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|kind| kind == "js" || kind == "css") {
            bundle += entry.metadata()?.len();
        }
    }
    let tree = read(&mut cargo([
        "tree",
        "--locked",
        "-p",
        "status-app",
        "-e",
        "normal",
        "--prefix",
        "none",
    ]))?;
    let mut crates: Vec<&str> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    crates.sort_unstable();
    crates.dedup();
    let package = |kind: &str| package(kind).map(megabytes);
    let (deb, rpm) = (package("deb"), package("rpm"));
    Ok(json!({
        "binary_mb": megabytes(program + window),
        "program_mb": megabytes(program),
        "window_program_mb": megabytes(window),
        "deb_mb": deb,
        "rpm_mb": rpm,
        "largest_package_mb": deb.into_iter().chain(rpm).reduce(f64::max),
        "installed_mb": dist::installed_size()?.map(megabytes),
        "ui_script_and_style_kb": rounded(megabytes(bundle) * 1000.0),
        "crates": crates.len(),
    }))
}

/// Bytes of the package of this kind that `cargo xtask dist` has made; the largest where there are several.
fn package(kind: &str) -> Option<u64> {
    let entries = fs::read_dir(root().join("dist")).ok()?.flatten();
    let packages = entries.filter(|entry| entry.path().extension().is_some_and(|end| end == kind));
    packages.filter_map(|entry| Some(entry.metadata().ok()?.len())).max()
}

fn megabytes(bytes: u64) -> f64 {
    rounded(cmd::megabytes(bytes))
}

fn machine_facts() -> Result<Value> {
    let processor = fs::read_to_string("/proc/cpuinfo")
        .unwrap_or_default()
        .lines()
        .find_map(|line| {
            line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name.to_owned())
        })
        .unwrap_or_default();
    let system = os_release("PRETTY_NAME").unwrap_or_default();
    let rustc = read(&mut command("rustc", ["--version"]))?;
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let date = read(command("date", ["--utc", "+%-d %B %Y"]).env("LC_ALL", "C"))?;
    Ok(json!({
        "date": date.trim(), "processor": processor, "cores": cores, "system": system, "rustc": rustc.trim(),
    }))
}

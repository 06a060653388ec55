//! `cargo xtask bench`: the release program measured, and the figures put into `docs/benchmarks.md`.

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde_json::{Value, json};

use crate::{
    dist, machine,
    step::{cargo, command, read, root, run, step, target, whole},
    ui,
};

/// What can be measured on its own.
const PARTS: [&str; 7] = ["start", "clicks", "window", "idle", "endurance", "avatar", "engine"];

/// How `cargo xtask bench` is to be run.
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

/// Measures, prints, and fills the document.
pub(crate) fn bench(options: &Options) -> Result<()> {
    step("machine", || {
        machine::can_build()?;
        machine::can_bring_up_a_desktop()
    })?;
    step("window", || {
        ui::install()?;
        ui::build()
    })?;
    let is_wanted =
        |part: &str| options.parts.is_empty() || options.parts.iter().any(|name| name == part);
    step("release build", || run(&mut release()))?;
    step("instruments", || run(&mut whole(&["build", "--bin", "measure"])))?;
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
    found["machine"] = machine_facts()?;
    let file = target().join("bench.json");
    fs::write(&file, format!("{found:#}\n"))?;
    let tables = tables(&found);
    println!("{tables}\n{}", file.display());
    if options.quick || !options.parts.is_empty() {
        return Ok(());
    }
    fill(&root().join("docs/benchmarks.md"), &tables)
}

/// The program as `cargo xtask dist` compiles it.
fn release() -> Command {
    cargo(["build", "--release", "--locked", "-p", "pachca-status"])
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
    let rounded = |value: Option<&f64>| value.map(|value| (value * 10.0).round() / 10.0);
    json!({
        "unit": unit, "n": values.len(), "median": rounded(values.get(values.len() / 2)),
        "min": rounded(values.first()), "max": rounded(values.last()),
    })
}

fn measure(options: &Options) -> Result<Value> {
    let mut measure = command(&target().join("debug/measure").to_string_lossy(), &options.parts);
    measure
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
        bail!("the measurement failed ({})", output.status);
    }
    serde_json::from_slice(&output.stdout).context("the measurement prints JSON")
}

fn sizes() -> Result<Value> {
    let binary = fs::metadata(target().join("release/pachca-status"))?.len();
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
        "pachca-status",
        "-e",
        "normal",
        "--prefix",
        "none",
    ]))?;
    let mut crates: Vec<&str> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    crates.sort_unstable();
    crates.dedup();
    let packages: Vec<Value> = fs::read_dir(root().join("dist"))
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| {
            let path = entry.path();
            path.extension().is_some_and(|extension| extension == "deb" || extension == "rpm")
        })
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            Some(json!({ "name": name, "bytes": entry.metadata().ok()?.len() }))
        })
        .collect();
    Ok(json!({
        "binary_bytes": binary, "ui_script_and_style_bytes": bundle, "crates": crates.len(), "packages": packages,
    }))
}

fn machine_facts() -> Result<Value> {
    let processor = fs::read_to_string("/proc/cpuinfo")
        .unwrap_or_default()
        .lines()
        .find_map(|line| {
            line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name.to_owned())
        })
        .unwrap_or_default();
    let system = fs::read_to_string("/etc/os-release")
        .unwrap_or_default()
        .lines()
        .find_map(|line| {
            line.strip_prefix("PRETTY_NAME=").map(|name| name.trim_matches('"').to_owned())
        })
        .unwrap_or_default();
    let rustc = read(&mut command("rustc", ["--version"]))?;
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    Ok(json!({ "processor": processor, "cores": cores, "system": system, "rustc": rustc.trim() }))
}

/// Every number of the output that is a figure, one line each, in the order it was measured.
fn tables(found: &Value) -> String {
    let mut text = String::new();
    for (part, figures) in found.as_object().into_iter().flatten() {
        let _ =
            write!(text, "\n### {part}\n\n| what | median | min … max | n |\n|---|---|---|---|\n");
        rows(&mut text, "", figures);
    }
    text
}

fn rows(text: &mut String, name: &str, value: &Value) {
    match value {
        Value::Object(fields) if fields.contains_key("median") => {
            let unit = fields["unit"].as_str().unwrap_or_default();
            let (median, min, max, n) =
                (&fields["median"], &fields["min"], &fields["max"], &fields["n"]);
            let _ = writeln!(text, "| {name} | {median} {unit} | {min} … {max} | {n} |");
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                let words = key.replace('_', " ");
                rows(
                    text,
                    &if name.is_empty() { words } else { format!("{name}: {words}") },
                    value,
                );
            }
        }
        Value::Array(values) => values.iter().for_each(|value| rows(text, name, value)),
        Value::String(words) => _ = writeln!(text, "| {name} | {words} | | |"),
        other => _ = writeln!(text, "| {name} | {other} | | |"),
    }
}

/// Puts the tables between the two marks of the document.
fn fill(document: &Path, tables: &str) -> Result<()> {
    const BEGIN: &str = "<!-- figures -->";
    const END: &str = "<!-- /figures -->";
    let text = fs::read_to_string(document).with_context(|| document.display().to_string())?;
    let (head, rest) =
        text.split_once(BEGIN).context("the document marks where the figures begin")?;
    let (_, tail) = rest.split_once(END).context("the document marks where the figures end")?;
    fs::write(document, format!("{head}{BEGIN}\n{tables}\n{END}{tail}"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::tables;

    #[test]
    fn every_figure_gets_a_line() {
        let found = json!({ "start": { "icon": { "unit": "ms", "median": 2.5, "min": 1, "max": 4, "n": 3 }, "threads": 7 } });
        let text = tables(&found);
        assert!(text.contains("### start"));
        assert!(text.contains("| icon | 2.5 ms | 1 … 4 | 3 |"));
        assert!(text.contains("| threads | 7 | | |"));
    }
}

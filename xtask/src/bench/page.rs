//! The figures as people read them: what was aimed for beside what was measured, then everything in nine groups.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context as _, Result};
use serde_json::Value;

/// What is aimed for: words, where the figure is, the limit, its unit.
const TARGETS: &[(&str, &str, Limit, &str)] = &[
    ("start → tray icon, median", "/start/icon_registered/median", AtMost(250.0), "ms"),
    ("click → request on the wire, median", "/clicks/loopback/to_wire/median", AtMost(5.0), "ms"),
    ("the same, worst", "/clicks/loopback/to_wire/max", AtMost(15.0), "ms"),
    ("idle, private dirty memory", "/idle/private_dirty_mib", AtMost(24.0), "MiB"),
    (
        "the same after the window was closed",
        "/window/opening/private_dirty_after_closing_mib",
        AtMost(28.0),
        "MiB",
    ),
    (
        "left above idle after the window was closed",
        "/window/opening/above_idle_after_closing_mib",
        AtMost(4.0),
        "MiB",
    ),
    ("idle, wake-ups", "/idle/wakeups_per_second", AtMost(0.2), "a second"),
    ("growth by 1,000 clicks", "/endurance/growth_by_clicks_mib", AtMost(NOTHING), "MiB"),
    (
        "growth by the second hundred of 200 openings of the window",
        "/endurance/growth_by_the_second_half_of_the_windows_mib",
        AtMost(NOTHING),
        "MiB",
    ),
    ("growth by 500 avatars", "/avatar/growth_by_crops_mib", AtMost(NOTHING), "MiB"),
    (
        "faster to the wire than a client started for each click",
        "/peer/times_slower_to_wire",
        AtLeast(25.0),
        "times",
    ),
    ("package", "/size/largest_package_mb", AtMost(5.0), "MB"),
    ("binary, with the program of the window", "/size/binary_mb", AtMost(14.0), "MB"),
];

/// What an allocator leaves lying about here and there, MiB. A leak is more.
const NOTHING: f64 = 0.5;

/// A figure: its words, where it is, its unit.
type Row = (&'static str, &'static str, &'static str);

/// The groups with their titles.
const GROUPS: &[(&str, &[Row])] = &[
    (
        "Start",
        &[
            ("start → icon in the tray", "/start/icon_registered", "ms"),
            ("start → first confirmed status shown", "/start/status_confirmed", "ms"),
        ],
    ),
    (
        "A click",
        &[
            ("click → request on the wire", "/clicks/loopback/to_wire", "ms"),
            ("click → confirmed and menu updated", "/clicks/loopback/to_confirmed_menu", "ms"),
            ("every answer 50 ms later: to the wire", "/clicks/latency_50ms/to_wire", "ms"),
            ("every answer 50 ms later: confirmed", "/clicks/latency_50ms/to_confirmed_menu", "ms"),
            ("every answer 300 ms later: to the wire", "/clicks/latency_300ms/to_wire", "ms"),
            (
                "every answer 300 ms later: confirmed",
                "/clicks/latency_300ms/to_confirmed_menu",
                "ms",
            ),
            (
                "TLS, 50 ms round trip, connection of just now: click → at the server",
                "/distance/latency_50ms/connection_of_just_now",
                "ms",
            ),
            (
                "the same after a quiet hour, menu opened a second before",
                "/distance/latency_50ms/quiet_hour_menu_then_click",
                "ms",
            ),
            (
                "the same after a quiet hour, nothing announces the click",
                "/distance/latency_50ms/quiet_hour_click_at_once",
                "ms",
            ),
            (
                "TLS, 300 ms round trip, connection of just now: click → at the server",
                "/distance/latency_300ms/connection_of_just_now",
                "ms",
            ),
            (
                "the same after a quiet hour, menu opened a second before",
                "/distance/latency_300ms/quiet_hour_menu_then_click",
                "ms",
            ),
            (
                "the same after a quiet hour, nothing announces the click",
                "/distance/latency_300ms/quiet_hour_click_at_once",
                "ms",
            ),
        ],
    ),
    (
        "The window",
        &[
            ("first: asked for → on the screen", "/window/opening/first_shown", "ms"),
            ("first: asked for → drawn and usable", "/window/opening/first_usable", "ms"),
            ("later: asked for → on the screen", "/window/opening/later_shown", "ms"),
            ("later: asked for → drawn and usable", "/window/opening/later_usable", "ms"),
            (
                "the page's own clock: first contentful paint",
                "/window/page/first_contentful_paint_ms",
                "ms",
            ),
            ("the page's own clock: usable", "/window/page/usable_ms", "ms"),
            ("private dirty before", "/window/opening/private_dirty_before_mib", "MiB"),
            (
                "private dirty of the app while it is open",
                "/window/opening/private_dirty_open_mib",
                "MiB",
            ),
            (
                "the window's program, while it is there",
                "/window/opening/window_program_mib",
                "MiB",
            ),
            ("WebKit's web process, while it is there", "/window/opening/web_process_mib", "MiB"),
            (
                "WebKit's network process, while it is there",
                "/window/opening/network_process_mib",
                "MiB",
            ),
            (
                "private dirty after closing",
                "/window/opening/private_dirty_after_closing_mib",
                "MiB",
            ),
            (
                "processes of the window after closing",
                "/window/opening/processes_after_closing",
                "",
            ),
        ],
    ),
    (
        "A minute of idling: connected, no window",
        &[
            ("private dirty", "/idle/private_dirty_mib", "MiB"),
            ("private", "/idle/private_mib", "MiB"),
            ("proportional (PSS)", "/idle/pss_mib", "MiB"),
            ("threads", "/idle/threads", ""),
            ("wake-ups", "/idle/wakeups_per_second", "a second"),
            ("processor time", "/idle/cpu_seconds", "s"),
            ("requests", "/idle/requests", ""),
            ("web processes", "/idle/web_processes", ""),
        ],
    ),
    (
        "Much use",
        &[
            (
                "private dirty after 20 clicks and 5 openings",
                "/endurance/private_dirty_warm_mib",
                "MiB",
            ),
            ("growth by 1,000 clicks more", "/endurance/growth_by_clicks_mib", "MiB"),
            ("requests for these clicks", "/endurance/requests_for_the_clicks", ""),
            ("growth by 200 openings more", "/endurance/growth_by_windows_mib", "MiB"),
            (
                "of this by the second hundred",
                "/endurance/growth_by_the_second_half_of_the_windows_mib",
                "MiB",
            ),
            ("growth by 500 avatars after the first 20", "/avatar/growth_by_crops_mib", "MiB"),
            ("threads before", "/endurance/threads_warm", ""),
            ("threads after", "/endurance/threads_at_the_end", ""),
        ],
    ),
    (
        "Size",
        &[
            ("program", "/size/program_mb", "MB"),
            ("program of the window", "/size/window_program_mb", "MB"),
            ("package (.deb)", "/size/deb_mb", "MB"),
            ("package (.rpm)", "/size/rpm_mb", "MB"),
            ("installed", "/size/installed_mb", "MB"),
            ("script and style of the window", "/size/ui_script_and_style_kb", "kB"),
            ("crates in the program", "/size/crates", ""),
            ("release build from nothing", "/size/cold_release_build_seconds", "s"),
        ],
    ),
    (
        "An avatar: a photo of 12 megapixels",
        &[
            ("file → preview", "/avatar/file_to_preview_ms", "ms"),
            ("crop → encoded, sent, confirmed", "/avatar/crop_to_uploaded_ms", "ms"),
            ("most memory above rest", "/avatar/peak_above_rest_mib", "MiB"),
        ],
    ),
    (
        "Deciding, without input or output (95 % interval)",
        &[
            ("a click and its answer", "/engine/a click and its answer", "µs"),
            ("snapshot, 6 presets", "/engine/snapshot, 6 presets", "µs"),
            ("snapshot, 100 presets", "/engine/snapshot, 100 presets", "µs"),
            ("tray of it, 6 presets", "/engine/tray of a snapshot, 6 presets", "µs"),
            ("tray of it, 100 presets", "/engine/tray of a snapshot, 100 presets", "µs"),
            ("as JSON for the window, 6 presets", "/engine/snapshot as JSON, 6 presets", "µs"),
            ("as JSON for the window, 100 presets", "/engine/snapshot as JSON, 100 presets", "µs"),
        ],
    ),
    (
        "Another client, started for each click",
        &[
            ("start → request on the wire", "/peer/to_wire", "ms"),
            ("start → end", "/peer/whole", "ms"),
            ("slower to the wire", "/peer/times_slower_to_wire", "times"),
        ],
    ),
];

/// On which side of the limit the figure is to be.
#[derive(Debug, Clone, Copy)]
enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

use Limit::{AtLeast, AtMost};

impl Limit {
    fn value(self) -> f64 {
        match self {
            AtMost(limit) | AtLeast(limit) => limit,
        }
    }

    fn holds(self, figure: f64) -> bool {
        match self {
            AtMost(limit) => figure <= limit,
            AtLeast(limit) => figure >= limit,
        }
    }

    fn words(self) -> &'static str {
        match self {
            AtMost(_) => "at most",
            AtLeast(_) => "at least",
        }
    }
}

/// Everything that was measured, as a part of a page.
pub(super) fn written(found: &Value) -> String {
    let mut text = String::new();
    let machine = |key: &str| found["machine"][key].as_str().unwrap_or("unknown").to_owned();
    let _ = writeln!(
        text,
        "Measured on {}: {} cores of {}, {}, {}.\n",
        machine("date"),
        found["machine"]["cores"],
        machine("processor"),
        machine("system"),
        machine("rustc"),
    );
    targets(&mut text, found);
    for (number, (title, rows)) in GROUPS.iter().enumerate() {
        group(&mut text, number + 1, title, rows, found);
    }
    if let Some(command) = found.pointer("/peer/command").and_then(Value::as_str) {
        let _ = writeln!(text, "\nThe other client: `{command}`");
    }
    text
}

fn targets(text: &mut String, found: &Value) {
    text.push_str("| what | target | measured | |\n|---|---|---|---|\n");
    let mut missed = Vec::new();
    for (words, pointer, limit, unit) in TARGETS {
        let aim = format!("{} {} {unit}", limit.words(), limit.value());
        let row = match found.pointer(pointer).and_then(Value::as_f64) {
            None => format!("| {words} | {aim} | | not measured |"),
            Some(figure) if limit.holds(figure) => {
                format!("| {words} | {aim} | {} {unit} | reached |", short(figure))
            }
            Some(figure) => {
                missed.push(format!("{words}: {} {unit} ({aim})", short(figure)));
                format!("| {words} | {aim} | {} {unit} | **not reached** |", short(figure))
            }
        };
        let _ = writeln!(text, "{row}");
    }
    if missed.is_empty() {
        text.push_str("\nEvery target that was measured is reached.\n");
    } else {
        let _ = writeln!(text, "\nNot reached: {}.", missed.join("; "));
    }
}

/// One table, without what was not measured; nothing at all when that is everything.
fn group(text: &mut String, number: usize, title: &str, rows: &[Row], found: &Value) {
    let measured: Vec<_> = rows
        .iter()
        .filter_map(|(words, pointer, unit)| {
            let value = found.pointer(pointer).filter(|value| !value.is_null())?;
            Some((words, value, unit))
        })
        .collect();
    let _ = write!(text, "\n### {number}. {title}\n\n");
    if measured.is_empty() {
        text.push_str("Not measured in this run.\n");
        return;
    }
    let spread = measured.iter().any(|(_, value, _)| value.is_object());
    text.push_str(if spread {
        "| what | median | min … max | n |\n|---|---|---|---|\n"
    } else {
        "| what | |\n|---|---|\n"
    });
    for (words, value, unit) in measured {
        let figure = |value: &Value| value.as_f64().map_or_else(|| value.to_string(), short);
        let with_unit = |value: &Value| format!("{} {unit}", figure(value)).trim().to_owned();
        let _ = if value.is_object() {
            let (min, max) = (figure(&value["min"]), figure(&value["max"]));
            let n = value["n"].as_str().map_or_else(|| value["n"].to_string(), str::to_owned);
            let between = if n == "1" { String::new() } else { format!("{min} … {max}") };
            writeln!(text, "| {words} | {} | {between} | {n} |", with_unit(&value["median"]))
        } else if spread {
            writeln!(text, "| {words} | {} | | |", with_unit(value))
        } else {
            writeln!(text, "| {words} | {} |", with_unit(value))
        };
    }
}

/// As many digits as say something.
fn short(figure: f64) -> String {
    let digits = match figure.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    };
    let text = format!("{figure:.digits$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Puts the figures between the two marks of the document.
pub(super) fn fill(document: &Path, figures: &str) -> Result<()> {
    const BEGIN: &str = "<!-- figures -->";
    const END: &str = "<!-- /figures -->";
    let text = fs::read_to_string(document).with_context(|| document.display().to_string())?;
    let (head, rest) =
        text.split_once(BEGIN).context("the document marks where the figures begin")?;
    let (_, tail) = rest.split_once(END).context("the document marks where the figures end")?;
    fs::write(document, format!("{head}{BEGIN}\n\n{figures}\n{END}{tail}"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{short, written};

    #[test]
    fn a_target_stands_beside_its_figure_and_what_is_not_reached_is_said() {
        let text = written(&json!({
            "start": { "icon_registered": { "median": 131.04, "min": 101.0, "max": 219.6, "n": 20 } },
            "idle": { "wakeups_per_second": 0.72, "threads": 10 },
        }));
        assert!(text.contains("| start → tray icon, median | at most 250 ms | 131 ms | reached |"));
        assert!(text.contains(
            "| idle, wake-ups | at most 0.2 a second | 0.72 a second | **not reached** |"
        ));
        assert!(
            text.contains("Not reached: idle, wake-ups: 0.72 a second (at most 0.2 a second).")
        );
        assert!(text.contains("| package | at most 5 MB | | not measured |"));
        assert!(text.contains("| start → icon in the tray | 131 ms | 101 … 220 | 20 |"));
        assert!(text.contains("| threads | 10 |"));
        assert!(
            text.contains(
                "### 8. Deciding, without input or output (95 % interval)\n\nNot measured"
            )
        );
    }

    #[test]
    fn a_figure_has_as_many_digits_as_say_something() {
        let figures = [0.004, 0.17, 2.8, 12.44, 131.04, 10.0, 100.0, -0.001];
        assert_eq!(figures.map(short), ["0", "0.17", "2.8", "12.4", "131", "10", "100", "0"]);
    }
}

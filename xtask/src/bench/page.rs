//! The figures as people read them: what was aimed for beside what was measured, then everything in groups.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context as _, Result};
use serde_json::Value;

/// Targets and groups of rows: a row is its words, where its figure is, and its unit.
const FIGURES: &str = include_str!("figures.txt");

/// The groups with their titles, the targets first.
fn groups() -> Vec<(&'static str, Vec<[&'static str; 3]>)> {
    let row = |line: &'static str| {
        let mut cells = line.split('|').map(str::trim);
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    };
    let groups = FIGURES.split("## ").skip(1).map(|group| {
        let (title, rows) = group.split_once('\n').unwrap_or((group, ""));
        (title, rows.lines().filter(|line| !line.is_empty()).map(row).collect())
    });
    groups.collect()
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
    for (number, (title, rows)) in groups().into_iter().enumerate() {
        if number == 0 {
            targets(&mut text, &rows, found);
        } else {
            group(&mut text, number, title, &rows, found);
        }
    }
    if let Some(command) = found.pointer("/peer/command").and_then(Value::as_str) {
        let _ = writeln!(text, "\nThe other client: `{command}`");
    }
    text
}

fn targets(text: &mut String, rows: &[[&str; 3]], found: &Value) {
    text.push_str("| what | target | measured | |\n|---|---|---|---|\n");
    let mut missed = Vec::new();
    for [words, pointer, aim] in rows {
        let (at_least, limit) = (aim.starts_with("at least "), aim.split(' ').nth(2));
        let limit: f64 = limit.and_then(|limit| limit.parse().ok()).unwrap_or_default();
        let unit = aim.splitn(4, ' ').nth(3).unwrap_or_default();
        let measured = found.pointer(pointer).and_then(Value::as_f64);
        let figure = measured.map(|figure| format!("{} {unit}", short(figure)));
        let reached =
            measured.map(|figure| if at_least { figure >= limit } else { figure <= limit });
        if let (Some(figure), Some(false)) = (&figure, reached) {
            missed.push(format!("{words}: {figure} ({aim})"));
        }
        let verdict = match reached {
            None => "not measured",
            Some(true) => "reached",
            Some(false) => "**not reached**",
        };
        let figure = figure.map(|figure| format!(" {figure}")).unwrap_or_default();
        let _ = writeln!(text, "| {words} | {aim} |{figure} | {verdict} |");
    }
    if missed.is_empty() {
        text.push_str("\nEvery target that was measured is reached.\n");
    } else {
        let _ = writeln!(text, "\nNot reached: {}.", missed.join("; "));
    }
}

/// One table, without what was not measured; nothing at all when that is everything.
fn group(text: &mut String, number: usize, title: &str, rows: &[[&str; 3]], found: &Value) {
    let measured: Vec<_> = rows
        .iter()
        .filter_map(|[words, pointer, unit]| {
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

//! Licences of everything we build on, Rust and JavaScript, against a list of those we can live with.

use std::fs;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::cmd::root;

/// Those of `deny.toml`: permissive, or weak copyleft for files we do not change.
fn fine() -> impl Iterator<Item = &'static str> {
    let list = include_str!("../../deny.toml").split_once("\nallow = [").unwrap_or_default().1;
    list.lines().take_while(|line| *line != "]").filter_map(|line| line.split('"').nth(1))
}

/// Fails when something carries a licence that is not on the list, or none.
pub(crate) fn check(metadata: &Value) -> Result<()> {
    let mut wrong = Vec::new();
    let packages = metadata["packages"].as_array().context("cargo metadata has no packages")?;
    for package in packages {
        let (name, licence) = (&package["name"], package["license"].as_str());
        if !licence.is_some_and(is_fine) {
            wrong.push(format!("{name} (Rust): {}", licence.unwrap_or("no licence named")));
        }
    }
    let lock: Value = serde_json::from_slice(&fs::read(root().join("ui/package-lock.json"))?)?;
    let modules = lock["packages"].as_object().context("package-lock.json has no packages")?;
    for (name, module) in modules {
        let licence = module["license"].as_str();
        if !licence.is_some_and(is_fine) {
            wrong.push(format!("{name} (JavaScript): {}", licence.unwrap_or("no licence named")));
        }
    }
    if !wrong.is_empty() {
        bail!("licences to be looked at:\n   {}", wrong.join("\n   "));
    }
    eprintln!("   {} crates and {} JavaScript packages", packages.len(), modules.len());
    Ok(())
}

/// Whether an SPDX expression leaves us a choice that is fine: one side of an OR, both sides of an AND.
fn is_fine(expression: &str) -> bool {
    // `MIT/Apache-2.0` is how old manifests say OR.
    let expression = expression.replace('/', " OR ");
    let expression = strip(expression.trim());
    if let Some((left, right)) = split(expression, " OR ") {
        return is_fine(left) || is_fine(right);
    }
    if let Some((left, right)) = split(expression, " AND ") {
        return is_fine(left) && is_fine(right);
    }
    fine().any(|licence| licence == expression)
}

/// Without parentheses around the whole.
fn strip(expression: &str) -> &str {
    let inner = expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    match inner {
        Some(inner) if depths(inner).all(|(_, depth)| depth >= 0) => strip(inner.trim()),
        _ => expression,
    }
}

/// At the first `word` that is not inside parentheses.
fn split<'a>(expression: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let (at, _) = depths(expression)
        .find(|(at, depth)| *depth == 0 && expression[*at..].starts_with(word))?;
    Some((&expression[..at], &expression[at + word.len()..]))
}

/// How many parentheses are open at each byte.
fn depths(expression: &str) -> impl Iterator<Item = (usize, i32)> {
    expression.char_indices().scan(0, |depth, (at, character)| {
        match character {
            '(' => *depth += 1,
            ')' => *depth -= 1,
            _ => {}
        }
        Some((at, *depth))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_that_is_fine_is_enough() {
        for expression in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0 OR MIT",
            "(MIT OR GPL-2.0) AND Unicode-3.0",
            "((MIT))",
            "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
        ] {
            assert!(is_fine(expression), "{expression}");
        }
    }

    #[test]
    fn everything_that_has_to_be_kept_must_be_fine() {
        for expression in
            ["GPL-3.0", "", "MIT AND GPL-3.0", "(MIT OR ISC) AND (GPL-2.0 OR AGPL-3.0)", "MITT"]
        {
            assert!(!is_fine(expression), "{expression}");
        }
    }
}

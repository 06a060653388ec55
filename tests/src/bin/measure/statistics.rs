//! Median and spread.

use serde_json::{Value, json};

/// What a list of measured values comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Summary {
    pub(crate) median: f64,
    pub(crate) min: f64,
    pub(crate) max: f64,
    pub(crate) p95: f64,
}

impl Summary {
    /// Of at least one value; all zero without any.
    pub(crate) fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |part: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "a few hundred values"
            )]
            let index = ((sorted.len().saturating_sub(1)) as f64 * part).round() as usize;
            sorted.get(index).copied().map_or(0.0, |value| (value * 1000.0).round() / 1000.0)
        };
        Self { median: at(0.5), min: at(0.0), max: at(1.0), p95: at(0.95) }
    }
}

/// Values with a unit, as they stand in the output.
pub(crate) fn figures(unit: &str, values: &[f64]) -> Value {
    let summary = Summary::of(values);
    json!({
        "unit": unit, "n": values.len(), "median": summary.median, "min": summary.min, "max": summary.max,
        "p95": summary.p95,
    })
}

#[cfg(test)]
mod tests {
    use super::Summary;

    #[test]
    fn the_middle_value_is_the_median() {
        let summary = Summary::of(&[5.0, 1.0, 3.0]);
        assert_eq!(summary, Summary { median: 3.0, min: 1.0, max: 5.0, p95: 5.0 });
    }
}

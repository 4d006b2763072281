//! How a benchmark says what it measured. What is measured, and against what, stands in each program of `src/bin`.

pub mod markup;
pub mod papers;
pub mod recorder;
pub mod town;

/// One figure: a line of JSON on standard output. Progress and everything else goes to standard error.
pub fn figure(bench: &str, figure: &str, value: f64, goal: f64, against: &str) {
    // Three digits behind the point: more would pretend to a precision that a shared machine does not have.
    let value = (value * 1000.0).round() / 1000.0;
    println!(
        "{}",
        serde_json::json!({ "bench": bench, "figure": figure, "value": value, "goal": goal, "against": against })
    );
}

/// The measurement below which `percent` of them lie, by nearest rank; `None` when nothing was measured.
pub fn percentile(measured: &[f64], percent: f64) -> Option<f64> {
    let mut sorted = measured.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (percent / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn percentiles_are_measurements_by_nearest_rank() {
        let measured: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(percentile(&measured, 50.0), Some(50.0));
        assert_eq!(percentile(&measured, 99.0), Some(99.0));
        assert_eq!(percentile(&[3.0], 99.0), Some(3.0));
        assert_eq!(percentile(&[], 50.0), None);
    }
}

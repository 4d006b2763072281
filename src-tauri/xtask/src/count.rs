//! What a suite says about itself: counts read from the output of Rust's test runner and of vitest.

use std::ops::AddAssign;

/// How many tests passed, failed and were left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

impl Count {
    /// From "test result: ok. 3 passed; 0 failed; 1 ignored; ..." of Rust's test runner; `None` for any other line.
    pub fn of_rust(line: &str) -> Option<Self> {
        let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let mut count = Self::default();
        for part in numbers.split("; ") {
            count.put(part, &[("passed", Kind::Passed), ("failed", Kind::Failed), ("ignored", Kind::Skipped)]);
        }
        Some(count)
    }

    /// From "Tests  1 failed | 11 passed | 2 skipped (14)" of vitest's summary; `None` for any other line.
    pub fn of_vitest(line: &str) -> Option<Self> {
        let plain = without_colours(line);
        let numbers = plain.trim_start().strip_prefix("Tests ")?;
        let mut count = Self::default();
        for part in numbers.split('(').next()?.split('|') {
            let kinds = [
                ("passed", Kind::Passed),
                ("failed", Kind::Failed),
                ("skipped", Kind::Skipped),
                ("todo", Kind::Skipped),
            ];
            count.put(part, &kinds);
        }
        Some(count)
    }

    /// Whether it proves something: at least one test, all of them run, none failed.
    pub fn good(self) -> bool {
        self.passed > 0 && self.failed == 0 && self.skipped == 0
    }

    fn put(&mut self, part: &str, kinds: &[(&str, Kind)]) {
        let mut words = part.split_whitespace();
        let (Some(Ok(number)), Some(word)) = (words.next().map(str::parse::<u32>), words.next()) else { return };
        match kinds.iter().find(|(name, _)| *name == word).map(|(_, kind)| kind) {
            Some(Kind::Passed) => self.passed += number,
            Some(Kind::Failed) => self.failed += number,
            Some(Kind::Skipped) => self.skipped += number,
            None => {}
        }
    }
}

enum Kind {
    Passed,
    Failed,
    Skipped,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

fn without_colours(line: &str) -> String {
    let mut plain = String::new();
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(letter);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn rust_counts_are_read() {
        let said = "test result: FAILED. 31 passed; 2 failed; 1 ignored; 0 measured; 5 filtered out; finished in 0.10s";
        assert_eq!(Count::of_rust(said), Some(Count { passed: 31, failed: 2, skipped: 1 }));
        assert_eq!(Count::of_rust("test store::saves ... ok"), None);
    }

    #[test]
    fn vitest_counts_are_read_with_and_without_colours() {
        let said = "      Tests  1 failed | 11 passed | 2 skipped | 1 todo (15)";
        assert_eq!(Count::of_vitest(said), Some(Count { passed: 11, failed: 1, skipped: 3 }));
        let coloured =
            "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m7 passed\u{1b}[39m\u{1b}[22m\u{1b}[90m (7)\u{1b}[39m";
        assert_eq!(Count::of_vitest(coloured), Some(Count { passed: 7, failed: 0, skipped: 0 }));
        assert_eq!(Count::of_vitest(" Test Files  3 passed (3)"), None);
    }

    #[test]
    fn nothing_run_or_something_left_out_is_not_good() {
        assert!(!Count::default().good());
        assert!(!Count { passed: 3, failed: 0, skipped: 1 }.good());
        assert!(!Count { passed: 3, failed: 1, skipped: 0 }.good());
        assert!(Count { passed: 3, failed: 0, skipped: 0 }.good());
    }

    #[test]
    fn the_line_is_as_the_readme_says() {
        assert_eq!(Count { passed: 12, failed: 0, skipped: 0 }.to_string(), "12 passed, 0 failed, 0 skipped");
    }
}

//! `cargo xtask test`: everything is built once, every suite runs, and the last lines say what each of them counted.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::count::Count;
use crate::place::npm;
use crate::setup;
use crate::shell::{lines, step};
use crate::suites::{self, Program, SCREEN, UNIT, WITH_A_TRUST_SERVER, WITHOUT_THE_APP};
use crate::{test_packages, trust_server};

/// Runs the named suites, or all of them; a suite that failed, left something out or ran nothing fails the whole, after the others ran.
pub fn test(wanted: &[&str]) -> Result<ExitCode> {
    let all = suites::names()?;
    if let Some(unknown) = wanted.iter().find(|name| !all.iter().any(|suite| suite == *name)) {
        bail!("there is no suite `{unknown}`; there are: {}", all.join(" "));
    }
    let chosen: Vec<&str> =
        all.iter().map(String::as_str).filter(|suite| wanted.is_empty() || wanted.contains(suite)).collect();
    setup::everything()?;
    if chosen.iter().any(|suite| WITH_A_TRUST_SERVER.contains(suite)) {
        trust_server::ready()?;
        test_packages::ready()?;
    }
    Ok(report(&outcomes(&chosen)))
}

/// What one suite came to, and why it is not good when it is not.
struct Outcome<'a> {
    suite: &'a str,
    count: Count,
    wrong: Vec<String>,
}

fn outcomes<'a>(chosen: &[&'a str]) -> Vec<Outcome<'a>> {
    let screen = setup::screen().map_err(|error| format!("{error:#}"));
    let in_rust: Vec<&str> = chosen.iter().copied().filter(|suite| *suite != SCREEN).collect();
    let programs =
        if in_rust.is_empty() { Ok(Vec::new()) } else { suites::build(&in_rust).map_err(|error| format!("{error:#}")) };
    let app = if in_rust.iter().any(|suite| !WITHOUT_THE_APP.contains(suite)) {
        screen.clone().and_then(|()| suites::app().map_err(|error| format!("{error:#}"))).map(Some)
    } else {
        Ok(None)
    };
    let mut outcomes = Vec::new();
    for &suite in chosen {
        step(&format!("Suite {suite}"));
        let started = Instant::now();
        let mut outcome = Outcome { suite, count: Count::default(), wrong: Vec::new() };
        let ran = if suite == SCREEN {
            screen.clone().map_err(anyhow::Error::msg).and_then(|()| in_node(&mut outcome))
        } else {
            let app = if WITHOUT_THE_APP.contains(&suite) { Ok(None) } else { app.as_ref().map(Option::as_deref) };
            match (&programs, app) {
                (Ok(programs), Ok(app)) => run_programs(programs, app, &mut outcome),
                (Err(error), _) | (_, Err(error)) => Err(anyhow::Error::msg(error.clone())),
            }
        };
        if let Err(error) = ran {
            outcome.wrong.push(format!("{error:#}"));
        }
        judge(&mut outcome);
        step(&format!("Suite {suite}: {} in {:.0} s", outcome.count, started.elapsed().as_secs_f32()));
        outcomes.push(outcome);
    }
    outcomes
}

/// Every reason that is not a failed test counts as one failure, so that the counts and the exit code agree.
fn judge(outcome: &mut Outcome) {
    if outcome.count == Count::default() && outcome.wrong.is_empty() {
        outcome.wrong.push("it ran no tests".to_owned());
    }
    outcome.count.failed += u32::try_from(outcome.wrong.len()).unwrap_or(u32::MAX);
}

fn run_programs(programs: &[Program], app: Option<&Path>, outcome: &mut Outcome) -> Result<()> {
    for program in programs.iter().filter(|program| program.suite == outcome.suite) {
        if outcome.suite == UNIT {
            step(&format!("  {}", program.target));
        }
        let mut said = Count::default();
        let ended = lines(&mut program.command(app)?, |line| {
            println!("{line}");
            said += Count::of_rust(line).unwrap_or_default();
        })?;
        if !ended.success() && said.failed == 0 {
            outcome.wrong.push(format!("{} ended with {ended}", program.target));
        }
        outcome.count += said;
    }
    Ok(())
}

fn in_node(outcome: &mut Outcome) -> Result<()> {
    for script in ["check", "test"] {
        let mut said = Count::default();
        let ended = lines(npm()?.args(["run", "--silent", script]), |line| {
            println!("{line}");
            said += Count::of_vitest(line).unwrap_or_default();
        })?;
        if !ended.success() && said.failed == 0 {
            outcome.wrong.push(format!("`npm run {script}` ended with {ended}"));
        }
        outcome.count += said;
    }
    Ok(())
}

fn report(outcomes: &[Outcome]) -> ExitCode {
    let mut total = Count::default();
    println!();
    for Outcome { suite, count, wrong } in outcomes {
        println!("{suite:<13} {count}");
        for reason in wrong {
            println!("              {reason}");
        }
        total += *count;
    }
    println!("{total}");
    if outcomes.iter().all(|outcome| outcome.count.good()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::{Count, Outcome, judge};

    #[test]
    fn a_suite_that_ran_nothing_is_a_failure_of_its_own() {
        let mut outcome = Outcome { suite: "journeys", count: Count::default(), wrong: Vec::new() };
        judge(&mut outcome);
        assert_eq!(outcome.count, Count { passed: 0, failed: 1, skipped: 0 });
        assert_eq!(outcome.wrong, ["it ran no tests"]);
    }

    #[test]
    fn a_suite_that_broke_off_is_counted_as_failed() {
        let passed = Count { passed: 4, failed: 0, skipped: 0 };
        let mut outcome =
            Outcome { suite: "unit", count: passed, wrong: vec!["store ended with signal 11".to_owned()] };
        judge(&mut outcome);
        assert!(!outcome.count.good());
        assert_eq!(outcome.count, Count { failed: 1, ..passed });
    }
}

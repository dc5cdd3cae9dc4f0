//! One line a check.

use std::process::ExitCode;
use std::time::Instant;

/// What a check that did not fail came to.
pub(crate) enum Outcome {
    /// The count that it stands for.
    Counted(String),
    /// Why it could not be run.
    Skipped(String),
}

/// Prints the lines, and keeps whether one of them failed.
#[derive(Default)]
pub(crate) struct Report {
    failed: bool,
}

impl Report {
    /// Runs one check and prints its line; the details of a failure come before it.
    pub(crate) fn check(&mut self, name: &str, check: impl FnOnce() -> anyhow::Result<Outcome>) {
        let (start, mut details) = (Instant::now(), String::new());
        let (status, count) = match check() {
            Ok(Outcome::Counted(count)) => ("ok", count),
            Ok(Outcome::Skipped(why)) => ("SKIPPED:", why),
            Err(error) => {
                self.failed = true;
                details = format!("{error:#}\n");
                ("FAILED", "see above".to_owned())
            }
        };
        // At once, for checks of another thread print, too.
        println!("{details}{status:<8} {name:<26} {count:<64} {:>6.1} s", start.elapsed().as_secs_f32());
    }

    /// What another thread reported.
    pub(crate) fn join(&mut self, other: Report) {
        self.failed |= other.failed;
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(u8::from(self.failed))
    }
}

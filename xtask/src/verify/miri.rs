//! The fast tests in Miri, on 64 bits, on 32, and on a big-endian machine.

use super::{NIGHTLY, nightly};
use crate::report::{Outcome, Report};
use crate::tools;
use anyhow::{Context as _, ensure};
use std::process::Command;

/// And what each says of itself.
const TARGETS: [(&str, &str); 3] =
    [("x86_64-unknown-linux-gnu", "little 64"), ("i686-unknown-linux-gnu", "little 32"), ("s390x-unknown-linux-gnu", "big 64")];

/// Nothing that starts another program; the readings of a number as the device gets them, too.
const TESTS: [&str; 2] = [
    "--package endotype --all-features --test reading --test receipts --test snapshot --test types",
    "--package endotype-capi --test memory",
];

/// What would take minutes in Miri: many cases, whole stays, every bit and every field of a snapshot.
const SKIPPED: [&str; 16] = [
    "a_changed_",
    "a_content_that_no_charting_leads_to",
    "a_logged_event_acts_on_a_snapshot",
    "a_score_names_what_decided_it",
    "an_amount_beyond_a_u32",
    "an_end_comes_back",
    "any_bytes_never_panic",
    "below_reaches_down_to_the_floor",
    "every_flipped_bit_is_found",
    "every_item_in_every_unit",
    "explain_says_why",
    "never_across_a_cut_off",
    "noise_is_refused",
    "receipts_of_",
    "what_a_writer_gets_wrong",
    "whatever_was_charted_comes_back",
];

fn miri(words: &str, target: &str) -> anyhow::Result<Command> {
    let mut miri = tools::command(&format!("cargo +{NIGHTLY} miri {words} --quiet --target {target} --target-dir"));
    // The tests read files of the project.
    miri.arg(tools::target()?.join("miri")).env("MIRIFLAGS", "-Zmiri-disable-isolation").env_remove("RUSTUP_TOOLCHAIN");
    Ok(miri)
}

/// The target is what it is taken for, and a byte behind its memory is refused.
fn control(target: &str, is: &str) -> anyhow::Result<()> {
    let run = || miri("run --manifest-path xtask/images/undefined/Cargo.toml", target);
    let said = tools::stdout(&mut run()?)?;
    ensure!(said.trim() == is, "{target} is {said}");
    let refused = tools::stdout(run()?.args(["--", "behind"])).err().map(|error| format!("{error:#}")).unwrap_or_default();
    ensure!(refused.contains("error: Undefined Behavior"), "{target}: the control is not refused: {refused}");
    Ok(())
}

pub(super) fn run(report: &mut Report) {
    // Its library is built from the source.
    if let Some(why) = nightly("miri").or_else(|| nightly("rust-src")) {
        report.check("miri", || Ok(Outcome::Skipped(why)));
        return;
    }
    for (target, is) in TARGETS {
        report.check(&format!("miri: {}", target.split('-').next().unwrap_or(target)), || {
            control(target, is)?;
            let mut tests = 0;
            for suite in TESTS {
                let mut miri = miri(&format!("test {suite}"), target)?;
                miri.arg("--").args(SKIPPED.iter().flat_map(|name| ["--skip", name]));
                let said = tools::stdout(&mut miri)?;
                tests += tools::passed(&said).with_context(|| target.to_owned())?[1];
            }
            Ok(Outcome::Counted(format!("{tests} tests, {is} bits; the control refused")))
        });
    }
}

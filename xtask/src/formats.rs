//! What HL7 and ASTM cost a device: bytes beside what the rules crate takes by itself, and no path to a panic.

use crate::no_panic::{FORBIDDEN, Image};
use crate::report::{Outcome, Report};
use crate::{embedded, tools};
use anyhow::ensure;

const IMAGE: &str = "xtask/images/formats";
const TARGET: &str = "thumbv6m-none-eabi";
const LEVELS: [&str; 2] = ["s", "z"];
/// Bytes of text and rodata at most, each format alone and both.
const MOST: [(&str, u64); 3] = [("hl7", 4_096), ("astm", 4_096), ("hl7,astm", 4_700)];

/// `short`: not the builds, of which `verify` has more.
pub(crate) fn run(report: &mut Report, short: bool) {
    report.check("formats", || {
        if let Some(why) = embedded::missing(&[TARGET.to_owned()]) {
            return Ok(Outcome::Skipped(why));
        }
        crate::no_panic::controls(IMAGE)?;
        let readme = std::fs::read_to_string(tools::root().join("README.md"))?;
        let mut said = Vec::new();
        for (features, most) in MOST {
            let mut least = u64::MAX;
            for level in LEVELS {
                let [without, with] = [size("", level)?, size(features, level)?];
                ensure!(with > without + 1_000, "{features}: {with} bytes, {without} without it");
                least = least.min(with - without);
            }
            ensure!(least <= most, "{features}: {least} bytes, at most {most}");
            ensure!(readme.contains(&format!(" {least} ")), "README.md does not say {least}, of {features}");
            said.push(format!("{features} {least}"));
        }
        Ok(Outcome::Counted(format!("{} bytes on {TARGET}, no panic, controls found", said.join(", "))))
    });
    if short {
        return;
    }
    report.check("formats, targets", || {
        let targets = embedded::targets()?;
        if let Some(why) = embedded::missing(&targets) {
            return Ok(Outcome::Skipped(why));
        }
        for target in &targets {
            tools::stdout(tools::command("cargo build --quiet --package endotype-formats --lib --target").arg(target))?;
        }
        Ok(Outcome::Counted(format!("{} of {} builds", targets.len(), targets.len())))
    });
}

/// An image that links without a panic, and names nothing that is forbidden.
fn size(features: &str, level: &str) -> anyhow::Result<u64> {
    let image = Image::build(IMAGE, features, Some(level))?;
    image.links()?;
    let map = image.map()?;
    for (what, is) in FORBIDDEN {
        let found: Vec<_> = map.symbols.iter().filter(|name| is(name)).map(String::as_str).collect();
        ensure!(found.is_empty(), "{what} in the image: {}", found.join(", "));
    }
    Ok(map.bytes)
}

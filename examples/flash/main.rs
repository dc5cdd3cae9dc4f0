//! What it costs to lose nothing: bytes and erases by what is kept and how often, at one event a minute.
//!
//! `cargo run --release --example flash`

mod nor;
#[allow(dead_code, reason = "nothing is restored here; tests/power.rs does")]
mod store;

use anyhow::Context;
use endotype::published::SOFA_1996;
use endotype::{Event, How};
use nor::Nor;
use store::{Bed, Store, Text};

const PAGE: usize = 4_096;
const PAGES: usize = 16;
const ENDURANCE: f64 = 100_000.0;
const DAYS: u32 = 9;
const MINUTES: u32 = 1_440;

/// When what is kept.
struct Plan {
    name: &'static str,
    events: bool,
    /// The whole state after so many events, and when a day closes.
    every: u32,
    lost: &'static str,
}

const PLANS: [Plan; 6] = [
    Plan { name: "state, each event", events: false, every: 1, lost: "nothing" },
    Plan { name: "state, each hour", events: false, every: 60, lost: "an hour" },
    Plan { name: "event; state each 20", events: true, every: 20, lost: "nothing" },
    Plan { name: "event; state each 60", events: true, every: 60, lost: "nothing" },
    Plan { name: "event; state each 240", events: true, every: 240, lost: "nothing" },
    Plan { name: "event; state each day", events: true, every: u32::MAX, lost: "nothing" },
];

/// The shipped events one after another, one a minute, but for those that end a stay.
fn charted() -> anyhow::Result<Vec<[String; 3]>> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/mimic-iv-demo-stays.csv");
    let mut events = Vec::new();
    for record in csv::Reader::from_path(file).context(file)?.records() {
        let record = record?;
        let field = |at| record.get(at).unwrap_or("").to_owned();
        let [item, value, unit] = [field(2), field(3), field(4)];
        if !["death", "discharge"].contains(&item.as_str()) {
            events.push([item, unit, value]);
        }
    }
    Ok(events)
}

/// Bytes and erases of so many days.
fn run(plan: &Plan, charted: &[[String; 3]], days: u32) -> anyhow::Result<[u32; 2]> {
    let mut flash = Nor::<{ PAGES * PAGE }, PAGE>::ERASED;
    let mut store = Store::new(&mut flash, 0..(PAGES * PAGE) as u32, [0; 16]);
    let mut bed = Bed::new(&SOFA_1996, How::DEFAULT);
    let failed = |error| anyhow::anyhow!("{error:?}");
    store.begin(bed.kept()?).map_err(failed)?;
    for (minute, [item, unit, value]) in (0..days * MINUTES).zip(charted.iter().cycle()) {
        if minute == bed.window.day_end() {
            bed.close_day()?;
            store.state(bed.kept()?).map_err(failed)?;
        }
        bed.window.push(bed.rules, minute, &Event::read(item, unit, value)?)?;
        let text: Text<'_> = [item, unit, value];
        match plan.events {
            true => store.event(minute, text).map_err(failed)?,
            false => store.at.since += 1,
        }
        if store.at.is_due(plan.every) {
            store.state(bed.kept()?).map_err(failed)?;
        }
    }
    drop(store);
    Ok([flash.written, flash.erased])
}

fn main() -> anyhow::Result<()> {
    let charted = charted()?;
    println!("One event a minute, pages of {PAGE} bytes, a ring of {PAGES}; an erase for every page that is filled.\n");
    println!("| kept | bytes an event | KiB a day | erases a day | of each page | years to {ENDURANCE} | lost at most |");
    println!("|---|---|---|---|---|---|---|");
    for plan in &PLANS {
        // Behind the first round of a new flash.
        let [before, behind] = [run(plan, &charted, DAYS)?, run(plan, &charted, 2 * DAYS)?];
        let [bytes, erased] = [0, 1].map(|at| f64::from(behind[at] - before[at]) / f64::from(DAYS));
        let a_page = erased / PAGES as f64;
        println!(
            "| {} | {:.1} | {:.0} | {erased:.1} | {a_page:.2} | {:.0} | {} |",
            plan.name,
            bytes / f64::from(MINUTES),
            bytes / 1_024.0,
            ENDURANCE / a_page / 365.25,
            plan.lost
        );
    }
    Ok(())
}

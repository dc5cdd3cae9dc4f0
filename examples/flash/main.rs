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
/// The largest ring: two banks of eight pages.
const BYTES: usize = 16 * PAGE;
const ENDURANCE: f64 = 100_000.0;
const DAYS: u32 = 9;
const MINUTES: u32 = 1_440;

/// What is kept when, and in how many pages a bank.
struct Plan {
    name: &'static str,
    pages: u32,
    /// The state after so many minutes; none: each event, and the state when the bank is full and when a day closes.
    every: Option<u32>,
    lost: &'static str,
}

const PLANS: [Plan; 6] = [
    Plan { name: "state each minute", pages: 1, every: Some(1), lost: "a minute" },
    Plan { name: "state each hour", pages: 1, every: Some(60), lost: "an hour" },
    Plan { name: "each event, and the state when there is no room", pages: 1, every: None, lost: "nothing" },
    Plan { name: "the same", pages: 2, every: None, lost: "nothing" },
    Plan { name: "the same", pages: 4, every: None, lost: "nothing" },
    Plan { name: "the same", pages: 8, every: None, lost: "nothing" },
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

/// Bytes and erases of so many days, and the most events behind a state.
fn run(plan: &Plan, charted: &[[String; 3]], days: u32) -> anyhow::Result<[u32; 3]> {
    let mut flash = Nor::<BYTES, PAGE>::ERASED;
    let bank = plan.pages * PAGE as u32;
    let mut store = Store::new(&mut flash, [0..bank, bank..2 * bank], [0; 16]);
    let mut bed = Bed::new(&SOFA_1996, How::DEFAULT);
    let failed = |error| anyhow::anyhow!("{error:?}");
    store.state(bed.kept()?).map_err(failed)?;
    let (mut since, mut most) = (0, 0);
    for (minute, [item, unit, value]) in (0..days * MINUTES).zip(charted.iter().cycle()) {
        if minute == bed.window.day_end() {
            bed.close_day()?;
            store.state(bed.kept()?).map_err(failed)?;
            since = 0;
        }
        bed.push(minute, &Event::read(item, unit, value)?)?;
        since += 1;
        let text: Text<'_> = [item, unit, value];
        let kept = match plan.every {
            None => store.event(minute, text).map_err(failed)?,
            Some(every) => since < every,
        };
        if !kept {
            store.state(bed.kept()?).map_err(failed)?;
            since = 0;
        }
        most = since.max(most);
    }
    Ok([flash.written, flash.erased, most])
}

fn main() -> anyhow::Result<()> {
    let charted = charted()?;
    println!("One event a minute by one edition, two banks of pages of {PAGE} bytes:\n");
    println!(
        "| kept | pages a bank | bytes an event | KiB a day | erases a day | of each page | years to {ENDURANCE} | events to replay | lost at most |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for plan in &PLANS {
        // Nine days behind the first nine of a new flash, when the course is full.
        let [before, behind] = [run(plan, &charted, DAYS)?, run(plan, &charted, 2 * DAYS)?];
        let [bytes, erased] = [0, 1].map(|at| f64::from(behind[at] - before[at]) / f64::from(DAYS));
        let a_page = erased / f64::from(2 * plan.pages);
        println!(
            "| {} | {} | {:.1} | {:.0} | {erased:.1} | {a_page:.2} | {:.0} | {} | {} |",
            plan.name,
            plan.pages,
            bytes / f64::from(MINUTES),
            bytes / 1_024.0,
            ENDURANCE / a_page / 365.25,
            if plan.every.is_some() { 0 } else { behind[2] },
            plan.lost
        );
    }
    Ok(())
}

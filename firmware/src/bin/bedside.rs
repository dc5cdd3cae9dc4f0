//! The plain loop: event by event, in the order of charting.

#![no_std]
#![no_main]

use firmware::{Bedside, log, stays::Chart};

#[cfg(target_arch = "arm")]
use cortex_m_rt::entry;
#[cfg(target_arch = "riscv32")]
use riscv_rt::entry;

#[entry]
fn main() -> ! {
    let mut bedside = Bedside::default();
    let mut chart = Chart::START;
    log::finish(chart.try_for_each(|charted| bedside.take(&charted?)).and_then(|()| bedside.end()))
}

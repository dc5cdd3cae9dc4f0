//! The bedside screen of `../examples/bedside` through a tour of the charts: of each screen the checksum of its pixels, as the host prints it.

#![no_std]
#![no_main]

#[path = "../../../examples/bedside/band.rs"]
mod band;
#[path = "../../../examples/bedside/bed.rs"]
mod bed;
#[path = "../../../examples/bedside/screen.rs"]
mod screen;

use bed::{Bed, Edition, Tour};
use firmware::log;
use firmware::stays::{Chart, Refused};

#[cfg(target_arch = "arm")]
use cortex_m_rt::entry;
#[cfg(target_arch = "riscv32")]
use riscv_rt::entry;

fn show(bed: &Bed<'_>) {
    // A float, which must be found in the image of the control.
    let minute = if cfg!(feature = "control-screen") { (bed.minute() as f32 * 0.9) as u32 } else { bed.minute() };
    match bed.show(band::checksum) {
        Ok(sum) => log::screen(bed.patient(), minute, sum),
        Err(error) => log::finish(Err(Refused { patient: "", minute: bed.minute(), error })),
    }
}

const EDITION: Edition = if cfg!(feature = "control-screen") { bed::SECOND } else { bed::FIRST };

fn tour() -> Result<(), Refused> {
    let mut tour = Tour::default();
    for charted in Chart::START {
        let charted = charted?;
        let (patient, minute) = (charted.patient, charted.minute);
        let taken = tour.take((patient, minute, &charted.event, charted.text), EDITION, show);
        taken.map_err(|error| Refused { patient, minute, error })?;
    }
    tour.end(show);
    Ok(())
}

#[entry]
fn main() -> ! {
    log::finish(tour())
}

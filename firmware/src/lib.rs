//! A bedside monitor's loop: charted events in, one decision a patient-day and edition out, as the host's `replay --rules both`
//! prints it.
//!
//! | room | what is in it |
//! |---|---|
//! | [`stays`] | the charts that are compiled in, read event by event |
//! | [`monitor`] | one patient: an event, what it changed, the day's lines |
//! | [`Bedside`] | patients one after another, and what is logged of them |
//! | `power` | the power fails, and what was stored goes on |
//! | [`log`] | where it goes, and how the image ends |

#![no_std]
#![forbid(unsafe_code)]

mod line;
pub mod log;
pub mod monitor;
#[cfg(feature = "power")]
pub mod power;
pub mod stays;

use endotype::Error;
use monitor::{EDITIONS, Monitor};
use stays::{Charted, Refused};

/// The bed, with one patient at a time in it.
#[derive(Default)]
pub struct Bedside {
    monitor: Option<Monitor>,
    stays: u32,
    days: u32,
}

impl Bedside {
    /// One event; a new patient's first one ends the stay before it.
    pub fn take(&mut self, charted: &Charted) -> Result<(), Refused> {
        if self.monitor.as_ref().is_none_or(|monitor| monitor.patient() != charted.patient) {
            self.leave()?;
            self.monitor = Some(Monitor::new(charted.patient));
            self.stays += 1;
        }
        self.feed(charted).map_err(|error| charted.refused(error))
    }

    /// The chart is over.
    pub fn end(&mut self) -> Result<(), Refused> {
        self.leave()?;
        log::end(self.stays, self.days);
        Ok(())
    }

    fn feed(&mut self, charted: &Charted) -> Result<(), Error> {
        let Some(monitor) = &mut self.monitor else { return Ok(()) };
        while monitor.day_is_over(charted.minute) {
            monitor.close_day(|line| log::line(line.text()))?;
            self.days += 1;
        }
        let changes = monitor.push(charted)?;
        for (edition, change) in EDITIONS.iter().zip(changes.totals) {
            if let Some([from, to]) = change {
                log::total(charted, edition.name(), from, to);
            }
        }
        if let Some([from, to]) = changes.class {
            log::class(charted, from.name(), to.name());
        }
        if monitor.has_left() {
            monitor.close_day(|line| log::line(line.text()))?;
            self.days += 1;
        }
        Ok(())
    }

    /// The open day of a patient whose chart breaks off; death and discharge have closed theirs.
    fn leave(&mut self) -> Result<(), Refused> {
        if let Some(mut monitor) = self.monitor.take().filter(|monitor| !monitor.has_left()) {
            let (patient, minute) = (monitor.patient(), monitor.minute());
            monitor.so_far(|line| log::line(line.text())).map_err(|error| Refused { patient, minute, error })?;
            self.days += 1;
        }
        Ok(())
    }
}

//! A device whose power fails at random bytes of its flash, beside one that goes through and declares the same outages: after each
//! restart, at each midnight and at the end of each stay both must be in one state. Flash is NOR in RAM, all that a restart keeps.

#[path = "../../examples/flash/nor.rs"]
mod nor;
#[path = "../../examples/flash/store.rs"]
mod store;

use crate::line::Line;
use crate::log;
use crate::monitor::{EDITIONS, Edition};
use crate::stays::{Chart, Charted, Refused};
use endotype::{Error, SofaRules, Window};
use nor::{Fault, Nor};
use store::{Bed, Store};

/// Four pages of 1 KiB, as the micro:bit has them.
const BYTES: usize = 4 * 1024;
type Flash = Nor<BYTES, 1024>;
const EVERY: u32 = 20;

/// The power fails after up to so many bytes.
const APART: u32 = 1 << 14;

/// Marsaglia's xorshift: the same stops on every target.
struct Dice(u32);

impl Dice {
    fn roll(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 & (APART - 1)
    }
}

/// One patient on both devices.
struct Beds {
    broken: Bed,
    unbroken: Bed,
    key: [u8; 16],
    clock: u32,
}

struct Power {
    flash: Flash,
    at: store::Mark,
    dice: Dice,
    stops: u32,
    /// Of the next patient.
    number: u32,
}

fn fails(outcome: Result<(), sequential_storage::Error<Fault>>) -> bool {
    match outcome {
        Ok(()) => false,
        Err(sequential_storage::Error::Storage { value: Fault::Cut }) => true,
        Err(_) => panic!("the flash refuses"),
    }
}

impl Power {
    /// Whether the power failed while this was written.
    fn fails(
        &mut self,
        key: [u8; 16],
        write: impl FnOnce(&mut Store<&mut Flash>) -> Result<(), sequential_storage::Error<Fault>>,
    ) -> bool {
        let mut store = Store::new(&mut self.flash, 0..BYTES as u32, key);
        store.at = self.at;
        let failed = fails(write(&mut store));
        self.at = store.at;
        failed
    }

    /// Everything but the flash is gone; what it holds goes on at this minute. False if nothing was stored yet.
    fn restart(&mut self, key: [u8; 16], bed: &mut Bed, now: u32) -> Result<bool, Error> {
        loop {
            self.stops += 1;
            (self.flash.until_cut, self.at) = (None, store::Mark::default());
            if !self.restore(key, bed, now)? {
                return Ok(false);
            }
            self.flash.until_cut = Some(self.dice.roll());
            if !self.begin(key, bed)? {
                return Ok(true);
            }
        }
    }

    // Each by itself, so that their copies are not on the stack of 16 KB at once.
    #[inline(never)]
    fn restore(&mut self, key: [u8; 16], bed: &mut Bed, now: u32) -> Result<bool, Error> {
        let mut store = Store::new(&mut self.flash, 0..BYTES as u32, key);
        let kept = store.restore(bed.rules).unwrap_or_else(|_| panic!("the flash refuses"));
        self.at = store.at;
        kept.map_or(Ok(false), |kept| bed.resume(kept, now).map(|()| true))
    }

    /// Whether the power failed.
    #[inline(never)]
    fn begin(&mut self, key: [u8; 16], bed: &Bed) -> Result<bool, Error> {
        let kept = bed.kept()?;
        Ok(self.fails(key, |store| store.begin(kept)))
    }

    #[inline(never)]
    fn state(&mut self, key: [u8; 16], bed: &Bed) -> Result<bool, Error> {
        let kept = bed.kept()?;
        Ok(self.fails(key, |store| store.state(kept)))
    }
}

/// An outage that is declared, of which nothing comes after the end.
fn declare(window: &mut Window, rules: &SofaRules, now: u32) -> Result<(), Error> {
    if cfg!(feature = "control-power") {
        return Ok(());
    }
    match window.resume(rules, now) {
        Ok(()) | Err(Error::AfterEnd) => Ok(()),
        Err(error) => Err(error),
    }
}

impl Beds {
    fn admit(&mut self, power: &mut Power) -> Result<(), Error> {
        while power.begin(self.key, &self.broken)? {
            if power.restart(self.key, &mut self.broken, 0)? {
                declare(&mut self.unbroken.window, self.unbroken.rules, 0)?;
                break;
            }
            power.flash.until_cut = Some(power.dice.roll());
        }
        self.same()
    }

    #[inline(never)]
    fn same(&self) -> Result<(), Error> {
        let [broken, unbroken] = [&self.broken, &self.unbroken];
        let same = broken.window == unbroken.window && broken.course == unbroken.course && broken.carried == unbroken.carried;
        assert!(same, "another state than without a stop");
        Ok(())
    }

    /// Back on the broken device; how many events its flash has seen.
    fn restart(&mut self, power: &mut Power, now: u32) -> Result<u32, Error> {
        assert!(power.restart(self.key, &mut self.broken, now)?, "the state is lost");
        Ok(power.at.events)
    }

    fn close_day(&mut self, power: &mut Power, now: u32) -> Result<(), Error> {
        loop {
            let (day, days) = (self.broken.window.day(), self.broken.course.len());
            let ended = self.broken.window.end().is_some();
            let score = self.broken.close_day()?;
            if !power.state(self.key, &self.broken)? {
                assert!(self.unbroken.close_day()? == score, "another day than without a stop");
                return self.same();
            }
            self.restart(power, now)?;
            let closed = if ended { self.broken.course.len() > days } else { self.broken.window.day() > day };
            if closed {
                self.unbroken.close_day()?;
            }
            declare(&mut self.unbroken.window, self.unbroken.rules, now)?;
            self.same()?;
            if closed {
                return Ok(());
            }
        }
    }

    fn take(&mut self, power: &mut Power, charted: &Charted) -> Result<(), Error> {
        let Charted { minute, event, .. } = charted;
        while *minute >= self.broken.window.day_end() {
            self.close_day(power, *minute)?;
        }
        self.clock = self.clock.max(*minute);
        loop {
            let seen = power.at.events;
            self.broken.window.push(self.broken.rules, *minute, event)?;
            let (item, unit) = charted.named;
            let failed = power.fails(self.key, |store| store.event(*minute, [item, unit, charted.text]));
            // Nobody was told of one that was not stored, so it is charted again.
            let stored = !failed || self.restart(power, self.clock)? > seen;
            if stored {
                self.unbroken.window.push(self.unbroken.rules, *minute, event)?;
            }
            if failed {
                declare(&mut self.unbroken.window, self.unbroken.rules, self.clock)?;
                self.same()?;
            }
            if stored {
                break;
            }
        }
        if power.at.is_due(EVERY) && power.state(self.key, &self.broken)? {
            self.restart(power, self.clock)?;
            declare(&mut self.unbroken.window, self.unbroken.rules, self.clock)?;
            self.same()?;
        }
        if self.unbroken.window.end().is_some() {
            self.close_day(power, self.clock)?;
        }
        Ok(())
    }
}

struct Counted {
    stays: u32,
    days: u32,
    events: u32,
}

/// The next patient's events, one of which was read already; the first one of the patient behind.
#[inline(never)]
fn stay(
    power: &mut Power,
    edition: &'static Edition,
    first: Charted,
    chart: &mut Chart,
    counted: &mut Counted,
) -> Result<Option<Charted>, Refused> {
    let bed = Bed::new(edition.rules(), edition.how());
    let mut key = *b"pseudonym no.   ";
    if let Some(last) = key.last_chunk_mut() {
        *last = power.number.to_le_bytes();
    }
    power.number += 1;
    let mut beds = Beds { broken: bed.clone(), unbroken: bed, key, clock: 0 };
    beds.admit(power).map_err(|error| first.refused(error))?;
    let mut charted = first;
    loop {
        beds.take(power, &charted).map_err(|error| charted.refused(error))?;
        counted.events += 1;
        let next = chart.next().transpose()?;
        match next {
            Some(next) if next.patient == charted.patient => charted = next,
            _ => {
                beds.same().map_err(|error| charted.refused(error))?;
                counted.stays += 1;
                counted.days += beds.unbroken.window.day();
                return Ok(next);
            }
        }
    }
}

/// Every stay by every edition.
pub fn run() -> Result<(), Refused> {
    let mut power = Power { flash: Flash::ERASED, at: store::Mark::default(), dice: Dice(2_463_534_242), stops: 0, number: 0 };
    power.flash.until_cut = Some(power.dice.roll());
    for edition in &EDITIONS {
        let (stops, written, erased) = (power.stops, power.flash.written, power.flash.erased);
        let mut counted = Counted { stays: 0, days: 0, events: 0 };
        let mut chart = Chart::START;
        let mut next = chart.next().transpose()?;
        while let Some(first) = next {
            next = stay(&mut power, edition, first, &mut chart, &mut counted)?;
        }
        let mut line = Line::default();
        line.field(edition.name());
        for (what, count) in [
            ("stays", counted.stays),
            ("days", counted.days),
            ("events", counted.events),
            ("stops", power.stops - stops),
            ("bytes written", power.flash.written - written),
            ("pages erased", power.flash.erased - erased),
        ] {
            line.field(what);
            line.number(count);
        }
        log::line(line.text());
    }
    Ok(())
}

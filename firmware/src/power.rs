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

/// Two banks of two pages of 1 KiB, as the micro:bit has them.
const BANK: u32 = 2 * 1024;
type Flash = Nor<{ 2 * BANK as usize }, 1024>;

fn open(flash: &mut Flash, key: [u8; 16]) -> Store<&mut Flash> {
    Store::new(flash, [0..BANK, BANK..2 * BANK], key)
}

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
    /// That the other device has not declared yet.
    outages: u32,
}

struct Power {
    flash: Flash,
    at: store::Mark,
    dice: Dice,
    stops: u32,
    /// Of the next patient.
    number: u32,
}

/// None if the power failed.
fn done<T>(outcome: Result<T, sequential_storage::Error<Fault>>) -> Option<T> {
    match outcome {
        Ok(done) => Some(done),
        Err(sequential_storage::Error::Storage { value: Fault::Cut }) => None,
        Err(_) => panic!("the flash refuses"),
    }
}

impl Power {
    /// Whether the power failed while this was written.
    #[inline(never)]
    fn state(&mut self, key: [u8; 16], bed: &Bed) -> Result<bool, Error> {
        let kept = bed.kept()?;
        let mut store = open(&mut self.flash, key);
        store.at = self.at;
        let stored = store.state(kept);
        self.at = store.at;
        Ok(done(stored).is_none())
    }

    /// The same of an event, or of the state where it finds no room.
    fn event(&mut self, key: [u8; 16], bed: &Bed, charted: &Charted) -> Result<bool, Error> {
        match self.append(key, charted) {
            Some(true) => Ok(false),
            Some(false) => self.state(key, bed),
            None => Ok(true),
        }
    }

    #[inline(never)]
    fn append(&mut self, key: [u8; 16], charted: &Charted) -> Option<bool> {
        let (item, unit) = charted.named;
        let mut store = open(&mut self.flash, key);
        store.at = self.at;
        let stored = store.event(charted.minute, [item, unit, charted.text]);
        self.at = store.at;
        done(stored)
    }

    /// Everything but the flash is gone; what it holds goes on at this minute. How often it came back, none if nothing was stored yet.
    fn restart(&mut self, key: [u8; 16], bed: &mut Bed, now: u32) -> Result<u32, Error> {
        let (mut back, mut turn) = (0, None);
        loop {
            self.stops += 1;
            (self.flash.until_cut, self.at) = (None, store::Mark::default());
            if !self.restore(key, bed, now)? {
                return Ok(0);
            }
            // Cut off once more, it came back only if that was stored.
            back += u32::from(turn != Some(self.at.turn));
            turn = Some(self.at.turn);
            self.flash.until_cut = Some(self.dice.roll());
            if !self.state(key, bed)? {
                return Ok(back);
            }
        }
    }

    // Each by itself, so that their copies are not on the stack of 16 KB at once.
    #[inline(never)]
    fn restore(&mut self, key: [u8; 16], bed: &mut Bed, now: u32) -> Result<bool, Error> {
        let mut store = open(&mut self.flash, key);
        let kept = store.restore(bed.rules).unwrap_or_else(|_| panic!("the flash refuses"));
        self.at = store.at;
        kept.map_or(Ok(false), |kept| bed.resume(kept, now).map(|()| true))
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
        while power.state(self.key, &self.broken)? {
            if self.restart(power, 0)? {
                self.declare(0)?;
                break;
            }
            power.flash.until_cut = Some(power.dice.roll());
        }
        self.same()
    }

    #[inline(never)]
    fn same(&self) -> Result<(), Error> {
        let [broken, unbroken] = [&self.broken, &self.unbroken];
        let same = broken.window == unbroken.window
            && broken.course == unbroken.course
            && broken.carried == unbroken.carried
            && broken.immune == unbroken.immune;
        assert!(same, "another state than without a stop");
        Ok(())
    }

    /// Back on the broken device, if anything was stored.
    fn restart(&mut self, power: &mut Power, now: u32) -> Result<bool, Error> {
        self.outages = power.restart(self.key, &mut self.broken, now)?;
        Ok(self.outages > 0)
    }

    /// The same outages on the other.
    fn declare(&mut self, now: u32) -> Result<(), Error> {
        for _ in 0..self.outages {
            declare(&mut self.unbroken.window, self.unbroken.rules, now)?;
        }
        self.outages = 0;
        self.same()
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
            assert!(self.restart(power, now)?, "the state is lost");
            let closed = if ended { self.broken.course.len() > days } else { self.broken.window.day() > day };
            if closed {
                self.unbroken.close_day()?;
            }
            self.declare(now)?;
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
            self.broken.push(*minute, event)?;
            let failed = power.event(self.key, &self.broken, charted)?;
            // Nobody was told of one that was not stored, so it is charted again.
            assert!(!failed || self.restart(power, self.clock)?, "the state is lost");
            let stored = power.at.events > seen;
            if stored {
                self.unbroken.push(*minute, event)?;
            }
            self.declare(self.clock)?;
            if stored {
                break;
            }
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
    let bed = Bed::new(edition.rules, edition.how);
    let mut key = *b"pseudonym no.   ";
    if let Some(last) = key.last_chunk_mut() {
        *last = power.number.to_le_bytes();
    }
    power.number += 1;
    let mut beds = Beds { broken: bed.clone(), unbroken: bed, key, clock: 0, outages: 0 };
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

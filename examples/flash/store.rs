//! What a device keeps in NOR flash, so that a pulled plug takes nothing: the whole state in one bank, behind it each event when it was
//! taken; once the bank is full, when a day closes, or when the device is back, the state goes to the other bank. What was kept last is so
//! never erased before what is to replace it is whole, however often the power fails. `no_std`, for an integrator to copy; tests, firmware
//! and example run this file.
//!
//! A record is `S` or `E`, the state's turn (4 bytes), the events so far (4), and the snapshot, or the event's minute (4) and its item,
//! unit and value as charted with a 0 between them. An event counts only behind the event before it, so that damage ends in an earlier
//! state and never in a mixture.

#![allow(unreachable_pub, reason = "a module of an example, of a test and of the firmware")]

use core::future::Future;
use core::ops::Range;
use core::pin::pin;
use core::task::{Context, Poll, Waker};
use embedded_storage_async::nor_flash::NorFlash;
use endotype::{Carried, Course, Event, How, Immune, Snapshot, SofaRules, Window};
use sequential_storage::Error;
use sequential_storage::cache::{Cache, Uncached};
use sequential_storage::queue::{QueueConfig, QueueStorage};

/// Nine days decide the endpoint.
pub type Kept = Snapshot<9, 7>;

const HEAD: usize = 9;
const STATE: u8 = b'S';
const EVENT: u8 = b'E';

/// An event as charted: item, unit, value.
pub type Text<'a> = [&'a str; 3];

/// As flash controllers want it: aligned, and whole words of up to 32 bytes.
#[repr(align(4))]
struct Buffer([u8; Buffer::BYTES]);

impl Buffer {
    const BYTES: usize = (HEAD + Kept::MAX).next_multiple_of(32);
}

/// A patient in a bed, by one edition.
#[derive(Clone)]
pub struct Bed {
    pub rules: &'static SofaRules,
    pub how: How,
    pub window: Window,
    pub course: Course<9>,
    pub carried: Carried,
    pub immune: Immune<7>,
}

impl Bed {
    pub fn new(rules: &'static SofaRules, how: How) -> Bed {
        let (window, course) = (Window::new(rules), Course::new(rules.id()));
        Bed { rules, how, window, course, carried: Carried::NONE, immune: Immune::new() }
    }

    pub fn kept(&self) -> Result<Kept, endotype::Error> {
        Kept::of(&self.window, &self.course, self.carried, &self.immune)
    }

    /// One event; a refused one changes nothing.
    pub fn push(&mut self, minute: u32, event: &Event) -> Result<(), endotype::Error> {
        let mut immune = self.immune;
        immune.push(minute, event)?;
        self.window.push(self.rules, minute, event)?;
        self.immune = immune;
        Ok(())
    }

    /// The open day enters the course; nine days do.
    pub fn close_day(&mut self) -> Result<endotype::Score, endotype::Error> {
        let score = self.window.close_day(self.rules)?.score(self.rules, self.how, self.carried);
        self.carried = score.carried();
        match self.course.push(&score) {
            Ok(()) | Err(endotype::Error::CourseFull) => {}
            Err(error) => return Err(error),
        }
        if let Some(end) = self.window.end() {
            self.course.end(end)?;
        }
        Ok(score)
    }

    /// Back at this minute, on the day that it lies in, nothing that holds known.
    pub fn resume(&mut self, kept: Kept, now: u32) -> Result<(), endotype::Error> {
        (self.window, self.course, self.carried, self.immune) = kept.resume(self.rules, now)?;
        Ok(())
    }
}

pub struct Store<F: NorFlash> {
    flash: F,
    banks: [Range<u32>; 2],
    buffer: Buffer,
    key: [u8; 16],
    pub at: Mark,
}

/// Where the log stands.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Mark {
    /// States that were ever written.
    pub turn: u32,
    /// That the stored state has seen: the next to be charted is the one behind them.
    pub events: u32,
    /// Where the last state is.
    pub second: bool,
}

type Bank<'a, F> = QueueStorage<&'a mut F, Cache<Uncached, Uncached, Uncached>>;

impl<F: NorFlash> Store<F> {
    /// Two banks of whole pages, each with room for a snapshot and some events.
    pub const fn new(flash: F, banks: [Range<u32>; 2], key: [u8; 16]) -> Store<F> {
        Store { flash, banks, buffer: Buffer([0; Buffer::BYTES]), key, at: Mark { turn: 0, events: 0, second: false } }
    }

    fn push(&mut self, kind: u8, length: usize, erase: bool) -> Result<(), Error<F::Error>> {
        let [a, b, c, d] = self.at.turn.to_le_bytes();
        let [e, f, g, h] = self.at.events.to_le_bytes();
        let record = self.buffer.0.get_mut(..HEAD + length).ok_or(Error::ItemTooBig)?;
        if let Some(head) = record.first_chunk_mut() {
            *head = [kind, a, b, c, d, e, f, g, h];
        }
        let mut bank = bank(&mut self.flash, &self.banks, self.at.second);
        if erase {
            now(bank.erase_all())?;
        }
        now(bank.push(record, false))
    }

    /// Behind an event that the window took, before anybody is told of it; false if the bank is full, and the state must be kept instead.
    pub fn event(&mut self, minute: u32, text: Text<'_>) -> Result<bool, Error<F::Error>> {
        let [item, unit, value] = text.map(str::as_bytes);
        let minute = minute.to_le_bytes();
        let mut room = self.buffer.0.iter_mut().skip(HEAD);
        let mut length = 0;
        for byte in [&minute[..], item, &[0], unit, &[0], value].into_iter().flatten() {
            *room.next().ok_or(Error::ItemTooBig)? = *byte;
            length += 1;
        }
        self.at.events += 1;
        match self.push(EVENT, length, false) {
            Err(Error::FullStorage) => Ok(false),
            outcome => outcome.map(|()| true),
        }
    }

    /// The whole state: when a patient comes, when an event found no room, when a day was closed, and when the device is back.
    pub fn state(&mut self, kept: Kept) -> Result<(), Error<F::Error>> {
        let room = self.buffer.0.get_mut(HEAD..).ok_or(Error::ItemTooBig)?;
        let length = kept.to_bytes(&self.key, room).map_err(|_| Error::ItemTooBig)?;
        (self.at.turn, self.at.second) = (self.at.turn + 1, !self.at.second);
        self.push(STATE, length, true)
    }

    /// What is stored of this patient by these rules, none if nothing is. Keep its state again before an event.
    pub fn restore(&mut self, rules: &SofaRules) -> Result<Option<Kept>, Error<F::Error>> {
        let (mut found, mut at, mut latest) = (None::<Kept>, Mark::default(), 0);
        let key = self.key;
        for second in [false, true] {
            let mut bank = bank(&mut self.flash, &self.banks, second);
            let mut whole = false;
            let mut records = match now(bank.iter()) {
                Ok(records) => records,
                // As an erase that was cut leaves it.
                Err(Error::Corrupted { .. }) => continue,
                Err(error) => return Err(error),
            };
            while let Some(record) = now(records.next(&mut self.buffer.0))? {
                let Some((head, stored)) = record.split_first_chunk() else { continue };
                let [kind, a, b, c, d, e, f, g, h]: [u8; HEAD] = *head;
                let (turn, events) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
                latest = turn.max(latest);
                match (kind, &mut found) {
                    (STATE, _) if turn > at.turn => {
                        if let Ok(kept) = Kept::from_bytes(stored, &key, rules) {
                            (found, at, whole) = (Some(kept), Mark { turn, events, second }, true);
                        }
                    }
                    (EVENT, Some(kept)) if whole => {
                        whole = turn == at.turn
                            && events == at.events + 1
                            && read(stored).is_some_and(|(minute, event)| kept.push(rules, minute, &event).is_ok());
                        at.events += u32::from(whole);
                    }
                    _ => {}
                }
            }
        }
        self.at = Mark { turn: latest, ..at };
        Ok(found)
    }
}

fn bank<'a, F: NorFlash>(flash: &'a mut F, [first, second]: &[Range<u32>; 2], is_second: bool) -> Bank<'a, F> {
    let range = if is_second { second } else { first };
    QueueStorage::new(flash, QueueConfig::new(range.clone()), Cache::new_uncached())
}

/// An event as it was stored.
fn read(stored: &[u8]) -> Option<(u32, Event)> {
    let (minute, text) = stored.split_first_chunk()?;
    let mut words = core::str::from_utf8(text).ok()?.split('\0');
    let event = Event::read(words.next()?, words.next()?, words.next()?).ok()?;
    Some((u32::from_le_bytes(*minute), event))
}

/// A driver that waits needs an executor; flash in RAM is ready at once.
fn now<T>(job: impl Future<Output = T>) -> T {
    let mut job = pin!(job);
    loop {
        if let Poll::Ready(done) = job.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}

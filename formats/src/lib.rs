//! Results as HL7 v2 `OBX` segments and ASTM E1394 (LIS2) `R` records carry them, to events of the rules crate [`endotype`].
//!
//! Not a library of either standard: the records that carry these numbers, exactly, and everything else refused by name. `no_std`, no heap,
//! no float, no division, no panic, no `unsafe`; a line of at most [`LINE`] bytes is kept, and nothing else grows.
//!
//! ```
//! use endotype::{Window, published::SOFA_1996};
//! use endotype_formats::{Change, Error, Hl7, Time};
//!
//! let start = Time::read(b"202601150000+0100")?; // of the patient's day 1
//! let mut reader = Hl7::new();
//! let mut window = Window::new(&SOFA_1996);
//! let mut rebuild = false;
//! for line in [
//!     &b"MSH|^~\\&|ANALYSER||WARD||20260115103500+0100||ORU^R01|1|P|2.5.1"[..],
//!     b"PID|1||4711^^^HOSPITAL",
//!     b"OBR|1|||58410-2^CBC^LN|||202601151012+0100",
//!     b"OBX|1|NM|777-3^Platelets^LN||88|10*9/L|150-400|L|||F",
//!     b"OBX|2|SN|2276-4^Ferritin^LN||>^2000|ng/mL|30-400|H|||F",
//!     b"OBX|3|NM|777-3^Platelets^LN||98|10*9/L|150-400|L|||C",
//! ] {
//!     match reader.line(line) {
//!         None => {}                                                  // a record that is no result
//!         Some(Err(refused)) => panic!("{refused}"),                  // say so, and go on
//!         Some(Ok(result)) if result.patient != b"4711" => {}         // another patient's: not this window's
//!         Some(Ok(result)) => match result.change {
//!             Change::Final(event) => window.push(&SOFA_1996, result.time.since(start)?, &event).unwrap(),
//!             // A window is a join, and takes no point back: build it again from what you keep.
//!             Change::Preliminary(_) | Change::Corrected(_) | Change::Withdrawn => rebuild = true,
//!         },
//!     }
//! }
//! assert!(rebuild); // the platelets were 98
//! # Ok::<(), Error>(())
//! ```
//!
//! What is corrected or withdrawn: [`Change`]. What is refused: [`Error`]. Which codes: [`CODES`].

#![no_std]
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic, clippy::integer_division, clippy::modulo_arithmetic, clippy::indexing_slicing)]
#![deny(clippy::unwrap_used, clippy::expect_used)]

mod astm;
mod codes;
mod error;
mod fields;
mod hl7;
mod reader;
mod result;
mod status;
mod time;

pub use astm::{Astm, AstmFormat};
pub use codes::{CODES, Code};
pub use error::{Error, Record, Refused};
pub use hl7::{Hl7, Hl7Format};
pub use reader::{LINE, PATIENT, Reader};
pub use status::{Meaning, STATUSES_ASTM, STATUSES_HL7};
pub use time::Time;

use endotype::{Event, Marker};

/// A result, as its record says it.
///
/// ```
/// use endotype_formats::{Astm, Error, Time};
/// let mut reader = Astm::new();
/// for line in [&b"H|\\^&"[..], b"P|1|4711", b"O|1|||^^^CBC|||20260115101259"] {
///     assert!(reader.line(line).is_none());
/// }
/// let result = reader.line(b"R|1|731-0^^LN|0.9|10*3/uL||L||F").unwrap().unwrap();
/// assert_eq!((result.item, result.value, result.unit), ("lymphocytes", "0.9", "10*9/L"));
/// assert_eq!(result.time.since(Time::read(b"202601150000")?), Ok(612));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Observation<'a> {
    /// Whose it is: PID-3.1 or P-3, its escapes decoded; never empty.
    pub patient: &'a [u8],
    /// When it was observed; its minute is that since the start of this patient's day 1 ([`Time::since`]).
    pub time: Time,
    /// The rules crate's name of the item.
    pub item: &'a str,
    /// The value in the words of [`Event::read`]; empty of what was withdrawn.
    pub value: &'a str,
    /// The unit in the words of [`Event::read`]; empty of what was withdrawn.
    pub unit: &'a str,
    /// What it does to what was known.
    pub change: Change,
}

/// What a result does to what was known of its patient, item and minute.
///
/// Serial markers take all four, by [`Observation::marker`]. A [`Window`](endotype::Window) is a join: it takes a first result, and can not take a
/// point back. So of a day with anything but `Final` a device builds the window again, from the events that it keeps for this: the example
/// `flash` of the rules crate keeps such a log. Events of one item and minute are then what stands for it: a `Corrected` one
/// and a `Final` one after a `Preliminary` one alone, after `Withdrawn` none. A closed day is amended, or stays and says so.
///
/// ```
/// use endotype::{Day, Event, Window, published::SOFA_1996};
/// use endotype_formats::Change;
///
/// /// What the device keeps of a result: minute, item, and what it was.
/// type Kept = (u32, &'static str, Change);
///
/// fn take(log: &mut Vec<Kept>, minute: u32, item: &'static str, change: Change) {
///     let same = |kept: &Kept| (kept.0, kept.1) == (minute, item);
///     let is_replaced = |kept: &Kept| match change {
///         Change::Corrected(_) | Change::Withdrawn => true,
///         Change::Final(_) | Change::Preliminary(_) => matches!(kept.2, Change::Preliminary(_)),
///     };
///     log.retain(|kept| !same(kept) || !is_replaced(kept));
///     let is_late = matches!(change, Change::Preliminary(_)) && log.iter().any(same); // behind a final one
///     if change != Change::Withdrawn && !is_late {
///         log.push((minute, item, change));
///     }
/// }
///
/// fn rebuilt(log: &[Kept]) -> Result<Day, endotype::Error> {
///     let mut window = Window::new(&SOFA_1996);
///     for (minute, _, change) in log {
///         if let Change::Final(event) | Change::Preliminary(event) | Change::Corrected(event) = change {
///             window.push(&SOFA_1996, *minute, event)?;
///         }
///     }
///     window.so_far(&SOFA_1996)
/// }
///
/// let read = |value| Event::read("platelets", "10*9/L", value).unwrap();
/// let mut log = Vec::new();
/// take(&mut log, 612, "platelets", Change::Preliminary(read("40")));
/// take(&mut log, 612, "platelets", Change::Final(read("48")));
/// assert_eq!(log, [(612, "platelets", Change::Final(read("48")))]);
/// take(&mut log, 612, "platelets", Change::Corrected(read("148")));
/// assert_eq!(log, [(612, "platelets", Change::Corrected(read("148")))]);
/// assert!(rebuilt(&log).is_ok());
/// take(&mut log, 612, "platelets", Change::Withdrawn);
/// assert!(log.is_empty());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    /// A final result.
    Final(Event),
    /// A result that a final one will replace.
    Preliminary(Event),
    /// In place of what there was.
    Corrected(Event),
    /// What there was does not hold; there may have been nothing.
    Withdrawn,
}

impl Observation<'_> {
    /// The event for the serial markers ([`Immune`](endotype::Immune), [`Series`](endotype::Series)), which amend and withdraw; none of another
    /// item that was withdrawn.
    ///
    /// A withdrawal of what was never there is refused by them ([`NoSample`](endotype::Error::NoSample)), which is no fault.
    ///
    /// ```
    /// use endotype::Immune;
    /// use endotype_formats::Hl7;
    /// let mut reader = Hl7::new();
    /// let mut immune = Immune::<7>::new();
    /// for (line, last) in [
    ///     (&b"MSH|^~\\&"[..], None),
    ///     (b"PID|||4711", None),
    ///     (b"OBX|1|NM|2276-4^^LN||9800|ng/mL|||||F|||202601151012", Some("9800")),
    ///     (b"OBX|1|NM|2276-4^^LN||980|ng/mL|||||C|||202601151012", Some("980")),
    ///     (b"OBX|1|NM|2276-4^^LN|||||||| W|||202601151012", None),
    /// ] {
    ///     let line: Vec<u8> = line.iter().copied().filter(|b| *b != b' ').collect();
    ///     if let Some(event) = reader.line(&line).and_then(|result| result.unwrap().marker()) {
    ///         immune.push(612, &event).unwrap();
    ///     }
    ///     let held = immune.ferritin.last(612).map(|sample| sample.reading);
    ///     assert_eq!(held, last.map(|text| endotype::Reading::read(text).unwrap()));
    /// }
    /// ```
    pub fn marker(&self) -> Option<Event> {
        match self.change {
            Change::Final(event) | Change::Preliminary(event) | Change::Corrected(event) => Some(event),
            Change::Withdrawn => Marker::read(self.item).ok().map(Event::Withdrawn),
        }
    }
}

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

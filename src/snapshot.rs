//! State <-> bytes: the layout of a snapshot, byte by byte.
//!
//! Every number is little-endian, whatever the host. A snapshot is a header, sections in this order, and a checksum:
//!
//! | at | bytes | what |
//! |---|---|---|
//! | 0 | 4 | `ENDO` |
//! | 4 | 2 | version of the layout: 1 |
//! | 6 | 2 | bytes of the snapshot, all of them |
//! | 8 | 16 | the caller's key of the patient |
//! | 24 | 4 | id of the rule set |
//! | 28 | 594 | section 1, the window |
//! | 622 | 16 + 4 a day | section 2, the course |
//! | behind it | 16 + 12 a sample | section 3, the serial markers |
//! | the last 4 | 4 | CRC-32 (ISO-HDLC) of everything before it |
//!
//! A section begins with its number (1 byte), a 0 (1), and how many bytes follow (2). Section 1 has always 590:
//!
//! | bytes | what |
//! |---|---|
//! | 2, 2 | number of the open day; the clock's minute in it |
//! | 1 | 0 open, 1 dead, 2 discharged; 3 and 4 the same with the last day closed |
//! | 4 each | limits of FiO2, support, weight, infusions |
//! | 16 each | what holds: FiO2, weight, support, the eight infusions. Its ends (4, 4), until when (4), and as it certainly and as it possibly is, of an infusion's run how long it lasted and how long it has stopped (1, 1, 1, 1) |
//! | 2 each | what was charted, and which rates are per minute, by the place above; flags on, known, ever charted |
//! | 4 each | since when hypovolaemia, sedation and unavailable drugs are as they are |
//! | 4, 1 | minute and points of the last Glasgow Coma Scale before sedation |
//! | 8 each | gases that wait for the end of their minute: mm\[Hg\], kPa, SpO2 |
//! | 1, 4 | the lactate that waits, 0 none; the points that wait |
//! | 4, 4, 4 | the open day: points by organ, beside them, of devices, five bits an organ |
//! | 8 | its urine |
//! | 4 each | what decided each of the six organs |
//! | 1, 1, 1, 1 | infection; of shock the lactate, with a vasopressor, filled |
//! | 8 each | the 24 hours of the day: points by organ, urine |
//! | 4 each | urine of the 24 hours of the day before |
//! | 1 | points of its urine by weight |
//!
//! Section 2: what is carried from the day before (4, 4), the end (1: 0 none, 1 death, 2 discharge), a 0 (1), the number of days (2), and each
//! day's totals as a set, bit 31 if amended (4); 0 is a gap.
//!
//! Section 3: the minute of the first dose (4), 0 without one; the drug (1: 0 none, then as in [`Dose::ALL`](crate::Dose::ALL)); the samples of
//! ferritin, and of HLA-DR (1, 1); a 0 (1); what was remarked last: the minute in the lowest 23 bits, the remarks from bit 23 on, all 23 ones
//! and no remark if nothing was (4); and each sample, the earliest first, ferritin before HLA-DR: minute and remarks likewise, bit 31 if
//! corrected (4), and its ends in half-ticks (4, 4).
//!
//! A version that was ever released is read for ever; its golden files are in `tests/snapshots`. What the numbers mean belongs to the
//! version: if that changes, it is another one.

use crate::course::Course;
use crate::error::Error;
use crate::event::Event;
use crate::immune::Immune;
use crate::reading::Met;
use crate::sofa::SofaRules;
use crate::window::{Carried, Window};

const MAGIC: [u8; 4] = *b"ENDO";
const VERSION: u16 = 1;
const HEADER: usize = 28;
const SECTION: usize = 4;
const COURSE: usize = 12;
const DAY: usize = 4;
const CHECKSUM: usize = 4;

/// The sections by their numbers.
const WINDOW_SECTION: u8 = 1;
const COURSE_SECTION: u8 = 2;
const IMMUNE_SECTION: u8 = 3;

/// Of everything before it; without a table, which would be 1 KiB.
pub(crate) fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    const CRC: crc::Crc<u32, crc::NoTable> = crc::Crc::<u32, crc::NoTable>::new(&crc::CRC_32_ISO_HDLC);
    CRC.checksum(bytes).to_le_bytes()
}

/// One walk over the state, which writes it or reads it: the layout stands in one place.
pub(crate) trait Pass {
    /// Writes the value, or reads it.
    fn bytes<const L: usize>(&mut self, value: &mut [u8; L]);

    /// Nothing that is written is ever refused.
    fn refuse(&mut self, why: Error);

    #[inline(never)]
    fn byte(&mut self, value: &mut u8) {
        let mut bytes = [*value];
        self.bytes(&mut bytes);
        [*value] = bytes;
    }

    #[inline(never)]
    fn half(&mut self, value: &mut u16) {
        let mut bytes = value.to_le_bytes();
        self.bytes(&mut bytes);
        *value = u16::from_le_bytes(bytes);
    }

    #[inline(never)]
    fn word(&mut self, value: &mut u32) {
        let mut bytes = value.to_le_bytes();
        self.bytes(&mut bytes);
        *value = u32::from_le_bytes(bytes);
    }

    #[inline(never)]
    fn ends(&mut self, ends: &mut [i32; 2]) {
        for end in ends {
            let mut word = end.cast_unsigned();
            self.word(&mut word);
            *end = word.cast_signed();
        }
    }

    /// A number that is one of `0..=most`.
    #[inline(never)]
    fn code(&mut self, mut code: u8, most: u8) -> u8 {
        self.byte(&mut code);
        if code > most {
            self.refuse(Error::Impossible);
        }
        code
    }

    fn met(&mut self, met: Met) -> Met {
        Met::numbered(self.code(met as u8, 2))
    }

    /// Three in a byte, two bits each.
    fn mets(&mut self, mets: [Met; 3]) -> [Met; 3] {
        let [a, b, c] = mets.map(|met| met as u8);
        let code = self.code(a | b << 2 | c << 4, 0b10_10_10);
        [code & 3, code >> 2 & 3, code >> 4 & 3].map(|met| {
            if met == 3 {
                self.refuse(Error::Impossible);
            }
            Met::numbered(met)
        })
    }

    fn flag(&mut self, flag: &mut bool) {
        *flag = self.code(u8::from(*flag), 1) == 1;
    }

    /// The head of a section; how many bytes follow it.
    fn section(&mut self, number: u8, length: usize) -> usize {
        let (mut head, mut length) = (u16::from(number), length as u16);
        self.half(&mut head);
        self.half(&mut length);
        if head != u16::from(number) {
            self.refuse(Error::Impossible);
        }
        usize::from(length)
    }
}

/// What does not fit is not written; who calls has seen to it.
pub(crate) struct Writer<'a>(pub(crate) &'a mut [u8]);

impl Pass for Writer<'_> {
    fn bytes<const L: usize>(&mut self, value: &mut [u8; L]) {
        if let Some((head, rest)) = core::mem::take(&mut self.0).split_first_chunk_mut() {
            (*head, self.0) = (*value, rest);
        }
    }

    fn refuse(&mut self, _: Error) {}
}

/// Beyond the end it reads what is there already, and refuses it.
pub(crate) struct Reader<'a> {
    left: &'a [u8],
    refused: Option<Error>,
}

impl<'a> Reader<'a> {
    pub(crate) const fn of(bytes: &'a [u8]) -> Self {
        Reader { left: bytes, refused: None }
    }

    /// Whether everything was read, and nothing refused.
    pub(crate) fn end(&self) -> Result<(), Error> {
        match self.refused {
            Some(why) => Err(why),
            None if self.left.is_empty() => Ok(()),
            None => Err(Error::Impossible),
        }
    }
}

impl Pass for Reader<'_> {
    fn bytes<const L: usize>(&mut self, value: &mut [u8; L]) {
        match self.left.split_first_chunk() {
            Some((head, rest)) => (*value, self.left) = (*head, rest),
            None => self.refuse(Error::Impossible),
        }
    }

    fn refuse(&mut self, why: Error) {
        self.refused.get_or_insert(why);
    }
}

/// The whole state of one patient, as it is kept in flash or handed to another device; [`resume`](Self::resume) is the only way
/// back to a window, so that nobody goes on as if nobody had been away.
///
/// What stands in the bytes is the caller's key of the patient, too: a pseudonym of 128 bits, never a name. The checksum finds damage; it is
/// no signature, and nothing is encrypted.
///
/// ```
/// use endotype::{Carried, Course, Error, Event, Immune, Snapshot, Window, published::{SOFA_1996, SOFA_2}};
/// let (mut window, course) = (Window::new(&SOFA_1996), Course::<9>::new(SOFA_1996.id()));
/// window.push(&SOFA_1996, 30, &Event::read("platelets", "10*9/L", "90")?)?;
/// let key = *b"pseudonym no. 12";
/// let mut flash = [0; Snapshot::<9, 7>::MAX];
/// let length = Snapshot::<9, 7>::of(&window, &course, Carried::NONE, &Immune::new())?.to_bytes(&key, &mut flash)?;
/// let stored = &flash[..length];
///
/// let snapshot = Snapshot::<9, 7>::from_bytes(stored, &key, &SOFA_1996)?;
/// let (window, ..) = snapshot.resume(&SOFA_1996, 300)?; // the minute at which the device is back
/// assert_eq!(window.day(), 1);
///
/// let refused = |bytes, key, rules| Snapshot::<9, 7>::from_bytes(bytes, key, rules).err();
/// assert_eq!(refused(stored, b"pseudonym no. 13", &SOFA_1996), Some(Error::OtherPatient));
/// assert_eq!(refused(stored, &key, &SOFA_2), Some(Error::RulesDiffer));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Snapshot<const N: usize, const S: usize> {
    window: Window,
    course: Course<N>,
    carried: Carried,
    immune: Immune<S>,
}

impl<const N: usize, const S: usize> Snapshot<N, S> {
    /// The most bytes that one takes.
    pub const MAX: usize = Self::bytes(N, 2 * S);

    /// Of so many days and samples.
    const fn bytes(days: usize, samples: usize) -> usize {
        let immune = SECTION + Immune::<S>::BYTES + Immune::<S>::SAMPLE * samples;
        HEADER + SECTION + Window::BYTES + SECTION + COURSE + DAY * days + immune + CHECKSUM
    }

    /// A copy of what there is; the course and what was carried are those of the window's rules.
    ///
    /// ```
    /// use endotype::{Carried, Course, Error, Immune, Snapshot, Window, published::{SOFA_1996, SOFA_2}};
    /// let snapshot = Snapshot::<9, 7>::of(&Window::new(&SOFA_1996), &Course::new(SOFA_2.id()), Carried::NONE, &Immune::new());
    /// assert_eq!(snapshot, Err(Error::RulesDiffer));
    /// ```
    pub fn of(window: &Window, course: &Course<N>, carried: Carried, immune: &Immune<S>) -> Result<Self, Error> {
        if window.rules() != course.rules() {
            return Err(Error::RulesDiffer);
        }
        Ok(Snapshot { window: *window, course: course.clone(), carried, immune: *immune })
    }

    /// Writes it with the patient's key; how many bytes it took, at most [`MAX`](Self::MAX).
    ///
    /// ```
    /// use endotype::{Carried, Course, Error, Immune, Snapshot, Window, published::SOFA_1996};
    /// let snapshot = Snapshot::<9, 7>::of(&Window::new(&SOFA_1996), &Course::new(SOFA_1996.id()), Carried::NONE, &Immune::new())?;
    /// assert_eq!(snapshot.to_bytes(&[7; 16], &mut [0; 100]), Err(Error::NoRoom { needed: 658 }));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn to_bytes(mut self, key: &[u8; 16], out: &mut [u8]) -> Result<usize, Error> {
        let length = Self::bytes(self.course.len(), self.immune.stored());
        let room = out.get_mut(..length).and_then(|out| out.split_last_chunk_mut());
        let (body, sum) = room.ok_or(Error::NoRoom { needed: length as u32 })?;
        let mut writer = Writer(&mut *body);
        writer.bytes(&mut { MAGIC });
        writer.half(&mut { VERSION });
        writer.half(&mut (length as u16));
        writer.bytes(&mut { *key });
        writer.word(&mut self.window.rules().number());
        self.walk(&mut writer);
        *sum = checksum(body);
        Ok(length)
    }

    /// Reads one; what is not exactly what [`to_bytes`](Self::to_bytes) wrote for this patient and these rules is refused.
    ///
    /// A content that no charting leads to is refused, too, field by field and against the clock; that the hours add up to the day is left
    /// to the checksum.
    ///
    /// ```
    /// use endotype::{Error, Snapshot, published::SOFA_1996};
    /// let read = |bytes: &[u8]| Snapshot::<9, 7>::from_bytes(bytes, &[7; 16], &SOFA_1996).err();
    /// assert_eq!(read(b"a letter"), Some(Error::NotOurs));
    /// assert_eq!(read(b"ENDO\x02\x00"), Some(Error::UnknownVersion { found: 2 }));
    /// assert_eq!(read(b"ENDO\x01\x00\x92\x02"), Some(Error::WrongLength { expected: 658 }));
    /// ```
    pub fn from_bytes(bytes: &[u8], key: &[u8; 16], rules: &SofaRules) -> Result<Self, Error> {
        let (magic, rest) = bytes.split_first_chunk().ok_or(Error::NotOurs)?;
        if *magic != MAGIC {
            return Err(Error::NotOurs);
        }
        let (version, rest) = rest.split_first_chunk().ok_or(Error::NotOurs)?;
        if u16::from_le_bytes(*version) != VERSION {
            return Err(Error::UnknownVersion { found: u32::from(u16::from_le_bytes(*version)) });
        }
        let expected = rest.first_chunk().map_or(Self::MAX, |length| usize::from(u16::from_le_bytes(*length)));
        let wrong = Error::WrongLength { expected: expected as u32 };
        let (body, sum) = bytes.split_last_chunk().filter(|_| bytes.len() == expected).ok_or(wrong)?;
        let (header, sections) = body.split_at_checked(HEADER).ok_or(wrong)?;
        if *sum != checksum(body) {
            return Err(Error::Checksum);
        }
        let (header, rule_id) = header.split_last_chunk().ok_or(wrong)?;
        if header.last_chunk() != Some(key) {
            return Err(Error::OtherPatient);
        }
        if u32::from_le_bytes(*rule_id) != rules.id().number() {
            return Err(Error::RulesDiffer);
        }
        let (window, course) = (Window::new(rules), Course::new(rules.id()));
        let mut snapshot = Snapshot { window, course, carried: Carried::NONE, immune: Immune::new() };
        let mut reader = Reader::of(sections);
        snapshot.walk(&mut reader);
        reader.end()?;
        if snapshot.window.is_possible(rules) && snapshot.carried.is_possible() { Ok(snapshot) } else { Err(Error::Impossible) }
    }

    /// Every section in its place; another one follows behind the last.
    fn walk(&mut self, pass: &mut impl Pass) {
        if pass.section(WINDOW_SECTION, Window::BYTES) != Window::BYTES {
            pass.refuse(Error::Impossible);
        }
        self.window.walk(pass);
        let length = pass.section(COURSE_SECTION, COURSE + DAY * self.course.len());
        self.carried.walk(pass);
        self.course.walk(pass);
        if length != COURSE + DAY * self.course.len() {
            pass.refuse(Error::Impossible);
        }
        let length = pass.section(IMMUNE_SECTION, Immune::<S>::BYTES + Immune::<S>::SAMPLE * self.immune.stored());
        self.immune.walk(pass);
        if length != Immune::<S>::BYTES + Immune::<S>::SAMPLE * self.immune.stored() {
            pass.refuse(Error::Impossible);
        }
    }

    /// Takes an event that the device logged behind this snapshot, as [`Window::push`] and [`Immune::push`] did before the outage.
    ///
    /// ```
    /// use endotype::{Carried, Course, Event, Immune, Snapshot, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// let mut snapshot = Snapshot::<9, 7>::of(&window, &Course::new(SOFA_1996.id()), Carried::NONE, &Immune::new())?;
    /// let logged = Event::read("platelets", "10*9/L", "90")?;
    /// window.push(&SOFA_1996, 30, &logged)?;
    /// snapshot.push(&SOFA_1996, 30, &logged)?;
    /// assert_eq!(snapshot, Snapshot::of(&window, &Course::new(SOFA_1996.id()), Carried::NONE, &Immune::new())?);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn push(&mut self, rules: &SofaRules, minute: u32, event: &Event) -> Result<(), Error> {
        let mut immune = self.immune;
        immune.push(minute, event)?;
        self.window.push(rules, minute, event)?;
        self.immune = immune;
        Ok(())
    }

    /// Joins what it has scored into another device's window of the same patient, as [`Window::merge`]; what held on its own device holds
    /// nowhere else.
    ///
    /// ```
    /// use endotype::{Carried, Course, Event, Item, Immune, Snapshot, Window, published::SOFA_1996};
    /// let (mut monitor, mut analyser) = (Window::new(&SOFA_1996), Window::new(&SOFA_1996));
    /// analyser.push(&SOFA_1996, 30, &Event::read("platelets", "10*9/L", "90")?)?;
    /// let exported = Snapshot::<9, 7>::of(&analyser, &Course::new(SOFA_1996.id()), Carried::NONE, &Immune::new())?;
    /// exported.merge_into(&SOFA_1996, &mut monitor)?;
    /// assert!(monitor.so_far(&SOFA_1996)?.points(Item::Platelets).is_some());
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn merge_into(&self, rules: &SofaRules, window: &mut Window) -> Result<(), Error> {
        window.merge(rules, &self.window)
    }

    /// The state at the minute at which the device is back, by its own clock: from the minute behind the last event on nothing that holds
    /// is known until it is charted again ([`Window::resume`]).
    ///
    /// After death or discharge there is nothing to resume, and the state is as it was.
    ///
    /// ```
    /// use endotype::{Carried, Course, Error, Event, Immune, Snapshot, Window, published::SOFA_1996};
    /// let (mut window, course) = (Window::new(&SOFA_1996), Course::<9>::new(SOFA_1996.id()));
    /// window.push(&SOFA_1996, 60, &Event::read("fio2", "%", "40")?)?;
    /// let snapshot = Snapshot::<9, 7>::of(&window, &course, Carried::NONE, &Immune::new())?;
    /// assert_eq!(snapshot.clone().resume(&SOFA_1996, 59).err(), Some(Error::ClockBack { by: 1 }));
    /// let (resumed, ..) = snapshot.resume(&SOFA_1996, 90)?;
    /// window.resume(&SOFA_1996, 90)?;
    /// assert_eq!(resumed, window);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn resume(mut self, rules: &SofaRules, now: u32) -> Result<(Window, Course<N>, Carried, Immune<S>), Error> {
        match self.window.resume(rules, now) {
            Ok(()) | Err(Error::AfterEnd) => Ok((self.window, self.course, self.carried, self.immune)),
            Err(error) => Err(error),
        }
    }
}

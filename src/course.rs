//! Closed days -> change, endpoint, response.

use crate::cutoffs::Total;
use crate::error::Error;
use crate::reading::Met;
use crate::snapshot::Pass;
use crate::sofa::RuleId;
use crate::window::Score;
use heapless::Vec;

/// The closed days of a patient, from day 1 on, at most `N`: day by day a total, or a declared gap.
///
/// Full, it refuses further days and keeps the ones that it has; the daily score goes on without it.
///
/// ```
/// use endotype::{Course, Error, Total, published::SOFA_1996};
/// let mut course = Course::<3>::new(SOFA_1996.id());
/// course.push_total(1, Total::only(9))?;
/// assert_eq!(course.push_total(3, Total::only(7)), Err(Error::DayOutOfOrder { expected: 2 }));
/// course.gap(2)?;
/// course.push_total(3, Total::only(7))?;
/// assert_eq!(course.change(3)?.ends(), [-2, -2]);
/// assert_eq!(course.push_total(4, Total::only(7)), Err(Error::CourseFull));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Course<const N: usize> {
    rules: RuleId,
    days: Vec<Entry, N>,
    end: Option<End>,
}

/// A day of the course: bits 0 to 24 the total, none of them for a gap; bit 31 set once amended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Entry(u32);

impl Entry {
    const AMENDED: u32 = 1 << 31;

    const fn total(self) -> Option<Total> {
        match self.0 & Total::ALL.0 {
            0 => None,
            set => Some(Total(set)),
        }
    }
}

/// How a course ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum End {
    /// Later days count as the endpoint says.
    Death,
    /// Later days are gaps.
    Discharge,
}

/// A difference of two totals: its lowest and highest value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Change {
    lo: i8,
    hi: i8,
}

impl Change {
    /// From an earlier total to a later one, end by end.
    ///
    /// ```
    /// use endotype::{Change, Total};
    /// assert_eq!(Change::between(Total::only(9), Total::ALL).ends(), [-9, 15]);
    /// ```
    pub const fn between(from: Total, to: Total) -> Change {
        let ([from_lo, from_hi], [to_lo, to_hi]) = (from.ends(), to.ends());
        Change { lo: to_lo as i8 - from_hi as i8, hi: to_hi as i8 - from_lo as i8 }
    }

    /// The lowest and the highest change; negative is a fall of SOFA.
    ///
    /// ```
    /// use endotype::{Change, Total};
    /// assert_eq!(Change::between(Total::only(9), Total::only(6)).ends(), [-3, -3]);
    /// ```
    pub const fn ends(self) -> [i8; 2] {
        [self.lo, self.hi]
    }
}

impl<const N: usize> Course<N> {
    /// An empty course of one rule set.
    ///
    /// ```
    /// use endotype::{Course, published::SOFA_1996};
    /// assert!(Course::<28>::new(SOFA_1996.id()).is_empty());
    /// ```
    pub const fn new(rules: RuleId) -> Self {
        Course { rules, days: Vec::new(), end: None }
    }

    /// The rule set of its days.
    ///
    /// ```
    /// use endotype::{Course, published::SOFA_1996};
    /// assert_eq!(Course::<28>::new(SOFA_1996.id()).rules(), SOFA_1996.id());
    /// ```
    pub const fn rules(&self) -> RuleId {
        self.rules
    }

    /// How many days it holds, declared gaps included.
    ///
    /// ```
    /// use endotype::{Course, published::SOFA_1996};
    /// assert_eq!(Course::<28>::new(SOFA_1996.id()).len(), 0);
    /// ```
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether it holds no day.
    ///
    /// ```
    /// use endotype::{Course, published::SOFA_1996};
    /// assert!(Course::<28>::new(SOFA_1996.id()).is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    fn append(&mut self, day: u32, entry: Entry) -> Result<(), Error> {
        if self.end.is_some() {
            return Err(Error::AfterEnd);
        }
        let expected = self.days.len() as u32 + 1;
        if day < expected || day > expected && !self.days.is_full() {
            return Err(Error::DayOutOfOrder { expected });
        }
        self.days.push(entry).map_err(|_| Error::CourseFull)
    }

    /// Adds a closed day's score.
    ///
    /// Refuses an open day, another rule set, a day out of order, and any day once full or ended.
    ///
    /// ```
    /// use endotype::{Carried, Course, Error, How, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// let mut course = Course::<28>::new(SOFA_1996.id());
    /// let open = window.so_far(&SOFA_1996)?.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
    /// assert_eq!(course.push(&open), Err(Error::DayOpen));
    /// let closed = window.close_day(&SOFA_1996)?.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
    /// course.push(&closed)?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn push(&mut self, score: &Score) -> Result<(), Error> {
        if !score.closed {
            return Err(Error::DayOpen);
        }
        if score.rules != self.rules {
            return Err(Error::RulesDiffer);
        }
        self.push_total(score.day, score.total())
    }

    /// Adds a closed day's total of this course's rule set, where the score itself is not at hand.
    ///
    /// ```
    /// use endotype::{Course, Error, Total, published::SOFA_1996};
    /// let mut course = Course::<28>::new(SOFA_1996.id());
    /// assert_eq!(course.push_total(2, Total::only(9)), Err(Error::DayOutOfOrder { expected: 1 }));
    /// ```
    pub fn push_total(&mut self, day: u32, total: Total) -> Result<(), Error> {
        self.append(day, Entry(total.0))
    }

    /// Declares that a day was not scored; a gap is never inferred.
    ///
    /// ```
    /// use endotype::{Course, published::SOFA_1996};
    /// let mut course = Course::<28>::new(SOFA_1996.id());
    /// course.gap(1)?;
    /// assert_eq!(course.total(1)?, None);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn gap(&mut self, day: u32) -> Result<(), Error> {
        self.append(day, Entry(0))
    }

    /// Ends the course behind its last day.
    ///
    /// ```
    /// use endotype::{Course, End, Error, Total, published::SOFA_1996};
    /// let mut course = Course::<28>::new(SOFA_1996.id());
    /// course.push_total(1, Total::only(12))?;
    /// course.end(End::Death)?;
    /// assert_eq!(course.push_total(2, Total::only(12)), Err(Error::AfterEnd));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn end(&mut self, end: End) -> Result<(), Error> {
        if self.end.is_some() {
            return Err(Error::AfterEnd);
        }
        self.end = Some(end);
        Ok(())
    }

    /// Corrects a day or fills a gap, and records that it did.
    ///
    /// ```
    /// use endotype::{Course, Error, Total, published::SOFA_1996};
    /// let mut course = Course::<28>::new(SOFA_1996.id());
    /// course.push_total(1, Total::only(9))?;
    /// course.amend(1, Total::only(8))?;
    /// assert_eq!((course.total(1)?, course.amended(1)?), (Some(Total::only(8)), true));
    /// assert_eq!(course.amend(2, Total::only(8)), Err(Error::NoSuchDay));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn amend(&mut self, day: u32, total: Total) -> Result<(), Error> {
        let entry = (day as usize).checked_sub(1).and_then(|i| self.days.get_mut(i)).ok_or(Error::NoSuchDay)?;
        *entry = Entry(total.0 | Entry::AMENDED);
        Ok(())
    }

    /// For snapshots; reads into an empty course.
    pub(crate) fn walk(&mut self, pass: &mut impl Pass) {
        let end = match self.end {
            None => 0,
            Some(End::Death) => 1,
            Some(End::Discharge) => 2,
        };
        self.end = match pass.code(end, 2) {
            0 => None,
            1 => Some(End::Death),
            _ => Some(End::Discharge),
        };
        pass.code(0, 0);
        let mut days = self.days.len() as u16;
        pass.half(&mut days);
        for day in 0..usize::from(days) {
            let mut entry = self.days.get(day).map_or(0, |entry| entry.0);
            pass.word(&mut entry);
            if entry & !(Entry::AMENDED | Total::ALL.0) != 0 || entry == Entry::AMENDED {
                pass.refuse(Error::Impossible);
            }
            if day >= self.days.len() && self.days.push(Entry(entry)).is_err() {
                return pass.refuse(Error::CourseFull);
            }
        }
    }

    fn read(&mut self, day: u32, entry: Entry) -> Result<(), Error> {
        if day != self.days.len() as u32 + 1 {
            return Err(Error::Impossible);
        }
        self.days.push(entry).map_err(|_| Error::Impossible)
    }

    /// Some of its days, as the ends of their totals, the first of them as day 1.
    pub(crate) fn part(&self, first: u8, last: u8) -> Course<15> {
        let mut part = Course { rules: self.rules, days: Vec::new(), end: self.end };
        for day in first..=last {
            let Ok(entry) = self.day(u32::from(day)) else { break };
            let total = entry.total().map_or(0, |total| Total::span(total.ends()[0], total.ends()[1]).0);
            let _ = part.days.push(Entry(total));
        }
        part
    }

    fn day(&self, day: u32) -> Result<Entry, Error> {
        (day as usize).checked_sub(1).and_then(|i| self.days.get(i)).copied().ok_or(Error::NoSuchDay)
    }

    /// A day's total, none for a gap.
    ///
    /// ```
    /// use endotype::{Course, Error, published::SOFA_1996};
    /// assert_eq!(Course::<28>::new(SOFA_1996.id()).total(1), Err(Error::NoSuchDay));
    /// ```
    pub fn total(&self, day: u32) -> Result<Option<Total>, Error> {
        Ok(self.day(day)?.total())
    }

    /// Whether a day was amended.
    ///
    /// ```
    /// use endotype::{Course, Total, published::SOFA_1996};
    /// let mut course = Course::<28>::new(SOFA_1996.id());
    /// course.push_total(1, Total::only(9))?;
    /// assert!(!course.amended(1)?);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn amended(&self, day: u32) -> Result<bool, Error> {
        Ok(self.day(day)?.0 & Entry::AMENDED != 0)
    }

    /// A day's total minus that of day 1; 0 on day 1, anything for a gap.
    ///
    /// ```
    /// use endotype::{Course, Total, published::SOFA_1996};
    /// let mut course = Course::<28>::new(SOFA_1996.id());
    /// course.push_total(1, Total::only(9))?;
    /// course.push_total(2, Total::ALL)?;
    /// assert_eq!([course.change(1)?.ends(), course.change(2)?.ends()], [[0, 0], [-9, 15]]);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn change(&self, day: u32) -> Result<Change, Error> {
        let to = self.total(day)?.unwrap_or(Total::ALL);
        match day {
            1 => Ok(Change { lo: 0, hi: 0 }),
            _ => Ok(Change::between(self.total(1)?.unwrap_or(Total::ALL), to)),
        }
    }
}

/// How an endpoint takes a day that was not scored.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Gap {
    /// As the last day before it that was scored; any total if there is none.
    Carry,
    /// As any total.
    Open,
}

/// An endpoint as data: the total of a first day minus the mean of the days behind it.
///
/// ```
/// use endotype::{Endpoint, published::{IMMUNOSEP_DAY9, SOFA_1996}};
/// /// Fall by day 5, of a site's own.
/// static DAY5: Endpoint = Endpoint { last: 5, ..IMMUNOSEP_DAY9 };
/// assert_eq!(DAY5.rules, SOFA_1996.id());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Endpoint {
    /// The day that the others are compared with.
    pub first: u8,
    /// The last of the days behind it that enter the mean, at most 127 days later.
    pub last: u8,
    /// The fall that is required, in tenths of a point.
    pub fall_tenths: u8,
    /// What each day after death scores.
    pub after_death: u8,
    /// How a day that was not scored is taken.
    pub gap: Gap,
    /// The rule set that it is bound to.
    pub rules: RuleId,
}

/// What a course says to an endpoint.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Response {
    /// Whether the required fall is reached, whatever the days that are still open bring.
    pub met: Met,
    /// The fall's lowest and highest value, times the number of days in the mean.
    pub fall: [i32; 2],
    /// Days in the mean.
    pub days: u8,
    /// Of these: scored from readings.
    pub scored: u8,
    /// Of these: carried from the last scored day.
    pub carried: u8,
    /// Of these: after death.
    pub dead: u8,
}

impl Endpoint {
    /// Whether the course responds, as far as its days decide it.
    ///
    /// Days that are not in the course yet are 0 to 24 each; after death they score as the endpoint says; after discharge they
    /// are gaps. A day carried from the first day cancels against it. Refuses a course of another rule set.
    ///
    /// ```
    /// use endotype::{Course, End, Met, Total, published::{IMMUNOSEP_DAY9, SOFA_1996}};
    /// let mut course = Course::<9>::new(SOFA_1996.id());
    /// course.push_total(1, Total::ALL)?;
    /// course.end(End::Discharge)?;
    /// let response = IMMUNOSEP_DAY9.response(&course)?;
    /// // Day 1 is unknown and carried through: the fall is 0, not -192 to 192.
    /// assert_eq!((response.met, response.fall, response.carried), (Met::No, [0, 0], 8));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn response<const N: usize>(&self, course: &Course<N>) -> Result<Response, Error> {
        if course.rules != self.rules {
            return Err(Error::RulesDiffer);
        }
        let total = |day: u8| course.total(u32::from(day));
        let first = total(self.first).ok().flatten();
        let mut response = Response { met: Met::Unknown, fall: [0, 0], days: 0, scored: 0, carried: 0, dead: 0 };
        // The last scored day: how many uncarried days rest on it is all that its ends are weighed by.
        let (mut source, mut of_first) = (first, first.is_some());
        let mut day = self.first;
        while day < self.last {
            day += 1;
            response.days += 1;
            let seen = total(day);
            let total = match (seen, course.end) {
                (Ok(Some(scored)), _) => {
                    response.scored += 1;
                    (source, of_first) = (Some(scored), false);
                    scored
                }
                (Err(_), Some(End::Death)) => {
                    response.dead += 1;
                    response.add(first, Total::only(self.after_death));
                    continue;
                }
                (Ok(None), _) | (Err(_), Some(End::Discharge)) => match (self.gap, source) {
                    (Gap::Carry, Some(carried)) => {
                        response.carried += 1;
                        if of_first {
                            continue;
                        }
                        carried
                    }
                    _ => Total::ALL,
                },
                (Err(_), None) => Total::ALL,
            };
            response.add(first, total);
        }
        let required = i32::from(self.fall_tenths) * i32::from(response.days);
        let [lo, hi] = response.fall;
        response.met = Met::of(10 * lo >= required, 10 * hi >= required);
        Ok(response)
    }
}

/// Five bits that are no total: a gap, and a day that is not there yet.
const GAP: u32 = 31;
const NOT_YET: u32 = 30;

impl Endpoint {
    /// For receipts, with the days that it reads.
    pub(crate) fn walk(&mut self, course: &mut Course<15>, pass: &mut impl Pass) {
        for number in [&mut self.first, &mut self.last, &mut self.fall_tenths, &mut self.after_death] {
            pass.byte(number);
        }
        let end = course.end.map_or(0, |end| 1 + end as u8);
        let code = pass.code(u8::from(self.gap == Gap::Open) | end << 1, 5);
        self.gap = if code & 1 == 1 { Gap::Open } else { Gap::Carry };
        course.end = match code >> 1 {
            0 => None,
            1 => Some(End::Death),
            _ => Some(End::Discharge),
        };
        let days = self.last.checked_sub(self.first).map_or(0, |days| u32::from(days) + 1);
        for first in [1, 4, 7, 10, 13] {
            let mut word = 0;
            for (day, bit) in (first..).zip([0, 10, 20]) {
                let [lo, hi] = match course.total(day) {
                    Ok(Some(total)) => total.ends().map(u32::from),
                    Ok(None) => [GAP; 2],
                    Err(_) => [NOT_YET; 2],
                };
                word |= (lo | hi << 5) << bit;
            }
            pass.word(&mut word);
            for (day, bit) in (first..).zip([0, 10, 20]) {
                let [lo, hi] = [word >> bit & 31, word >> (bit + 5) & 31];
                let read = match [lo, hi] {
                    [NOT_YET, NOT_YET] => continue,
                    [GAP, GAP] => Ok(0),
                    [lo, hi] if lo <= hi && hi <= 24 => Ok(Total::span(lo as u8, hi as u8).0),
                    _ => Err(Error::Impossible),
                };
                // Being written, the course has the day already.
                let known = course.total(day).is_ok();
                let added = read.and_then(|entry| if known { Ok(()) } else { course.read(day, Entry(entry)) });
                if added.is_err() || day > days {
                    pass.refuse(Error::Impossible);
                }
            }
            if word >> 30 != 0 {
                pass.refuse(Error::Impossible);
            }
        }
        if self.first == 0 || days == 0 || days > 15 {
            pass.refuse(Error::Impossible);
        }
    }
}

impl Change {
    pub(crate) fn walk(&mut self, pass: &mut impl Pass) {
        for end in [&mut self.lo, &mut self.hi] {
            let mut byte = end.cast_unsigned();
            pass.byte(&mut byte);
            *end = byte.cast_signed();
        }
    }
}

impl Response {
    /// Of what is not read yet.
    pub(crate) const fn blank() -> Response {
        Response { met: Met::Unknown, fall: [0, 0], days: 0, scored: 0, carried: 0, dead: 0 }
    }

    pub(crate) fn walk(&mut self, endpoint: &Endpoint, pass: &mut impl Pass) {
        self.met = pass.met(self.met);
        for fall in &mut self.fall {
            let mut half = (*fall as i16).cast_unsigned();
            pass.half(&mut half);
            *fall = i32::from(half.cast_signed());
        }
        self.days = endpoint.last.saturating_sub(endpoint.first);
        for count in [&mut self.scored, &mut self.carried, &mut self.dead] {
            pass.byte(count);
        }
    }

    fn add(&mut self, first: Option<Total>, day: Total) {
        let [lo, hi] = &mut self.fall;
        let ends = Change::between(day, first.unwrap_or(Total::ALL)).ends();
        *lo += i32::from(ends[0]);
        *hi += i32::from(ends[1]);
    }
}

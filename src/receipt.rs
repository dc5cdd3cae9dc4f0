//! A decision and what decided it, in at most 48 bytes, for a device's own log.
//!
//! Every number is little-endian. A receipt begins with its kind (1 byte; below 16 in this version), the id of its rule set (4) and its minute
//! (4); it ends with the CRC-32 (ISO-HDLC) of all before it (4). A set of totals is its lowest and its highest (1, 1).
//!
//! | kind | bytes | between |
//! |---|---|---|
//! | 1 | 47 | a day's score: bits 0 closed, 1 and 2 what was missing (open, normal, carry), 3 infusions unknown, 4 and 5 vasoactive drugs unavailable (1); day (2); what was taken of the items, by organ and beside (4, 4), and of devices (4); drugs and states never charted (1, 1); of each organ the deciding item and its minute (2 each); result: points by organ (4), which of them are assumed (1) |
//! | 2 | 30 | an endotype: ferritin (4, 4) and HLA-DR (4, 4) in half-ticks; result: classes (1) |
//! | 3 | 46 | an endpoint: first and last day, fall in tenths, points after death (1 each), bit 0 whether gaps stay open and from bit 1 on the end (1); days first to last, three a word of ten bits each, five for the lowest and five for the highest, 31 a gap, 30 not yet (4 each, five words); result: met (1), fall (2, 2), of its days scored, carried, dead (1 each) |
//! | 4 | 21 | a change: day (2), totals from and to; result: lowest and highest (1, 1) |
//! | 5 | 26 | Sepsis-3: day (2); id of the total's rules (4); infection and admission, two bits each, bit 4 infusions unknown (1); total; the SOFA before, 255 unknown (1); of shock lactate, with a vasopressor, filled, two bits each (1); drugs never charted (1); result: sepsis and shock, two bits each (1) |
//!
//! What is derived again is the result from these inputs: a score's organs and total from the points of the items that were taken, not the
//! points from the chart; which organs are assumed, and the deciding items and their minutes, are stated and lead to the chart.

use crate::course::{Change, Course, Endpoint, Gap, Response};
use crate::cutoffs::Total;
use crate::endotype::{Classification, Criteria};
use crate::error::Error;
use crate::published::SEPSIS_3;
use crate::quantity::{Ferritin, MhlaDr, Quantity};
use crate::reading::{Met, Reading};
use crate::sepsis::Prior;
use crate::snapshot::{Pass, Reader, Writer, checksum};
use crate::sofa::{RuleId, SofaRules};
use crate::window::{Day, How, Infusions, Score};

/// A decision with what decided it.
///
/// Whose it is is the log's: a receipt names no patient.
///
/// ```
/// use endotype::{Error, Reading, Receipt, published::{IMMUNOSEP, SOFA_1996}};
/// let receipt = Receipt::endotype(&IMMUNOSEP, Reading::read("> 2000")?, Reading::read("3000")?);
/// let mut log = [0; Receipt::MAX];
/// let length = receipt.to_bytes(77, &mut log);
///
/// let (minute, read) = Receipt::from_bytes(&log[..length])?;
/// assert_eq!((minute, read.rules()), (77, IMMUNOSEP.id()));
/// assert_eq!(read.follows(&SOFA_1996, &IMMUNOSEP), Ok(()));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Receipt {
    /// A day's score, of which the day keeps what was taken: read again, its urine, infection and admission are unknown.
    Score {
        /// The day, with what decided each organ.
        day: Day,
        /// What was declared of everything that was not charted.
        how: How,
        /// The score.
        score: Score,
    },
    /// An endotype; [`Receipt::endotype`].
    Endotype {
        /// The criteria.
        rules: RuleId,
        /// The ferritin that was read.
        ferritin: Reading<Ferritin>,
        /// The HLA-DR that was read.
        mhla_dr: Reading<MhlaDr>,
        /// The classes that they leave.
        class: Classification,
    },
    /// An endpoint; [`Receipt::endpoint`].
    Endpoint {
        /// The endpoint.
        endpoint: Endpoint,
        /// The days that it reads, as the ends of their totals, its first one as day 1.
        course: Course<15>,
        /// What they say.
        response: Response,
    },
    /// A change since day 1; [`Receipt::change`].
    Change {
        /// The rule set of the totals.
        rules: RuleId,
        /// The day.
        day: u32,
        /// The ends of day 1's total.
        from: Total,
        /// The ends of the day's.
        to: Total,
        /// The change.
        change: Change,
    },
    /// Sepsis and septic shock by Sepsis-3; [`Receipt::sepsis`].
    Sepsis {
        /// The day, of which infection, admission and the circulatory part of shock are kept.
        day: Day,
        /// What was declared of infusions that were never charted.
        infusions: Infusions,
        /// The ends of the day's total.
        total: Total,
        /// The SOFA before.
        prior: Prior,
        /// Sepsis.
        sepsis: Met,
        /// Septic shock.
        shock: Met,
    },
}

const SCORE: u8 = 1;
const ENDOTYPE: u8 = 2;
const ENDPOINT: u8 = 3;
const CHANGE: u8 = 4;
const SEPSIS: u8 = 5;

/// By kind, the bytes that it takes.
const LENGTHS: [usize; 5] = [47, 30, 46, 21, 26];

const SEPSIS_3_ID: RuleId = SEPSIS_3.id();

/// Days of an endpoint's receipt.
const MOST_DAYS: u8 = 15;

fn walk_total(total: &mut Total, pass: &mut impl Pass) {
    let [mut lo, mut hi] = total.ends();
    pass.byte(&mut lo);
    pass.byte(&mut hi);
    if lo > hi || hi > 24 {
        return pass.refuse(Error::Impossible);
    }
    *total = Total::span(lo, hi);
}

fn walk_reading<Q: Quantity>(reading: &mut Reading<Q>, pass: &mut impl Pass) {
    pass.ends(&mut reading.ends);
    if Reading::<Q>::from_ends(reading.ends).is_err() {
        pass.refuse(Error::Impossible);
    }
}

impl Receipt {
    /// The most bytes that one takes.
    pub const MAX: usize = 48;

    /// Of two readings; the class is what the criteria say.
    ///
    /// ```
    /// use endotype::{Reading, Receipt, published::IMMUNOSEP};
    /// let receipt = Receipt::endotype(&IMMUNOSEP, Reading::UNKNOWN, Reading::UNKNOWN);
    /// assert!(matches!(receipt, Receipt::Endotype { class, .. } if class.single().is_none()));
    /// ```
    pub const fn endotype(criteria: &Criteria, ferritin: Reading<Ferritin>, mhla_dr: Reading<MhlaDr>) -> Receipt {
        Receipt::Endotype { rules: criteria.id(), ferritin, mhla_dr, class: criteria.classify(ferritin, mhla_dr) }
    }

    /// Of an endpoint of at most 15 days, and what a course says to it.
    ///
    /// ```
    /// use endotype::{Course, Endpoint, Error, Receipt, Total, published::{IMMUNOSEP_DAY9, SOFA_1996}};
    /// let mut course = Course::<28>::new(SOFA_1996.id());
    /// course.push_total(1, Total::only(9))?;
    /// let receipt = Receipt::endpoint(&IMMUNOSEP_DAY9, &course)?;
    /// assert!(matches!(receipt, Receipt::Endpoint { response, .. } if response.days == 8));
    /// let long = Endpoint { last: 28, ..IMMUNOSEP_DAY9 };
    /// assert_eq!(Receipt::endpoint(&long, &course), Err(Error::NoRoom { needed: 66 }));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn endpoint<const N: usize>(endpoint: &Endpoint, course: &Course<N>) -> Result<Receipt, Error> {
        let response = endpoint.response(course)?;
        let days = u32::from(endpoint.last.saturating_sub(endpoint.first)) + 1;
        if days > u32::from(MOST_DAYS) {
            // Three days a word: a third, by a multiplication that is exact below 128.
            return Err(Error::NoRoom { needed: 26 + 4 * (((days + 2) * 43) >> 7) });
        }
        Ok(Receipt::Endpoint { endpoint: *endpoint, course: course.part(endpoint.first, endpoint.last), response })
    }

    /// Of the change of a day since day 1.
    ///
    /// ```
    /// use endotype::{Course, Error, Receipt, Total, published::SOFA_1996};
    /// let mut course = Course::<28>::new(SOFA_1996.id());
    /// assert_eq!(Receipt::change(&course, 1), Err(Error::NoSuchDay));
    /// course.push_total(1, Total::only(9))?;
    /// assert!(Receipt::change(&course, 1).is_ok());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn change<const N: usize>(course: &Course<N>, day: u32) -> Result<Receipt, Error> {
        let change = course.change(day)?;
        let total = |day| Ok(course.total(day)?.unwrap_or(Total::ALL));
        Ok(Receipt::Change { rules: course.rules(), day, from: total(1)?, to: total(day)?, change })
    }

    /// Of a day and its total, by [`SEPSIS_3`].
    ///
    /// ```
    /// use endotype::{Infusions, Met, Prior, Receipt, Total, Window, published::SOFA_1996};
    /// let day = Window::new(&SOFA_1996).so_far(&SOFA_1996)?;
    /// let receipt = Receipt::sepsis(&day, Infusions::Complete, Total::only(9), Prior::Unknown);
    /// assert!(matches!(receipt, Receipt::Sepsis { sepsis: Met::Unknown, .. }));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn sepsis(day: &Day, infusions: Infusions, total: Total, prior: Prior) -> Receipt {
        let sepsis = SEPSIS_3.sepsis(day.infection(), day.emergency(), total, prior);
        let shock = SEPSIS_3.shock(sepsis, day.circulatory_shock(infusions));
        Receipt::Sepsis { day: *day, infusions, total, prior, sepsis, shock }
    }

    /// The rule set that decided: of sepsis the published one's, of an endpoint and a change that of its totals.
    ///
    /// ```
    /// use endotype::{Reading, Receipt, published::IMMUNOSEP};
    /// assert_eq!(Receipt::endotype(&IMMUNOSEP, Reading::UNKNOWN, Reading::UNKNOWN).rules(), IMMUNOSEP.id());
    /// ```
    pub const fn rules(&self) -> RuleId {
        match self {
            Receipt::Score { day, .. } => day.rules(),
            Receipt::Endotype { rules, .. } | Receipt::Change { rules, .. } => *rules,
            Receipt::Endpoint { endpoint, .. } => endpoint.rules,
            Receipt::Sepsis { .. } => SEPSIS_3_ID,
        }
    }

    const fn kind(&self) -> u8 {
        match self {
            Receipt::Score { .. } => SCORE,
            Receipt::Endotype { .. } => ENDOTYPE,
            Receipt::Endpoint { .. } => ENDPOINT,
            Receipt::Change { .. } => CHANGE,
            Receipt::Sepsis { .. } => SEPSIS,
        }
    }

    /// Writes it, decided at this minute; how many bytes it took.
    ///
    /// ```
    /// use endotype::{Carried, How, Receipt, Window, published::SOFA_1996};
    /// let day = Window::new(&SOFA_1996).close_day(&SOFA_1996)?;
    /// let score = day.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
    /// assert_eq!(Receipt::Score { day, how: How::DEFAULT, score }.to_bytes(1_440, &mut [0; Receipt::MAX]), 47);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn to_bytes(mut self, mut minute: u32, out: &mut [u8; Receipt::MAX]) -> usize {
        let (kind, mut rules) = (self.kind(), self.rules());
        let length = LENGTHS.get(usize::from(kind - 1)).copied().unwrap_or(0);
        if let Some((body, sum)) = out.get_mut(..length).and_then(|out| out.split_last_chunk_mut()) {
            let mut writer = Writer(&mut *body);
            writer.byte(&mut { kind });
            rules.walk(&mut writer);
            writer.word(&mut minute);
            self.walk(&mut writer);
            *sum = checksum(body);
        }
        length
    }

    /// Reads one, and the minute at which it was decided.
    ///
    /// ```
    /// use endotype::{Error, Receipt};
    /// assert_eq!(Receipt::from_bytes(b"\x07"), Err(Error::NotOurs));
    /// assert_eq!(Receipt::from_bytes(b"\x02"), Err(Error::WrongLength { expected: 30 }));
    /// assert_eq!(Receipt::from_bytes(&[4; 21]), Err(Error::Checksum));
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<(u32, Receipt), Error> {
        let (&kind, _) = bytes.split_first().ok_or(Error::NotOurs)?;
        if kind > 15 {
            return Err(Error::UnknownVersion { found: 1 + (u32::from(kind) >> 4) });
        }
        let expected = LENGTHS.get(usize::from(kind).wrapping_sub(1)).copied().ok_or(Error::NotOurs)?;
        let wrong = Error::WrongLength { expected: expected as u32 };
        let (body, sum) = bytes.split_last_chunk().filter(|_| bytes.len() == expected).ok_or(wrong)?;
        if *sum != checksum(body) {
            return Err(Error::Checksum);
        }
        let mut reader = Reader::of(body);
        let (mut rules, mut minute) = (RuleId::NONE, 0);
        reader.byte(&mut { kind });
        rules.walk(&mut reader);
        reader.word(&mut minute);
        let mut receipt = Receipt::blank(kind, rules);
        receipt.walk(&mut reader);
        reader.end()?;
        // Only one text of bytes says one thing.
        if receipt.rules() == rules { Ok((minute, receipt)) } else { Err(Error::Impossible) }
    }

    /// To be read into.
    fn blank(kind: u8, rules: RuleId) -> Receipt {
        let day = Day::blank(rules);
        match kind {
            SCORE => Receipt::Score { day, how: How::DEFAULT, score: Score::blank(rules) },
            ENDOTYPE => {
                Receipt::Endotype { rules, ferritin: Reading::UNKNOWN, mhla_dr: Reading::UNKNOWN, class: Classification::blank() }
            }
            ENDPOINT => Receipt::Endpoint {
                endpoint: Endpoint { first: 0, last: 0, fall_tenths: 0, after_death: 0, gap: Gap::Carry, rules },
                course: Course::new(rules),
                response: Response::blank(),
            },
            CHANGE => Receipt::Change {
                rules,
                day: 0,
                from: Total::ALL,
                to: Total::ALL,
                change: Change::between(Total::ALL, Total::ALL),
            },
            _ => Receipt::Sepsis {
                day,
                infusions: Infusions::Complete,
                total: Total::ALL,
                prior: Prior::Unknown,
                sepsis: Met::Unknown,
                shock: Met::Unknown,
            },
        }
    }

    fn walk(&mut self, pass: &mut impl Pass) {
        match self {
            Receipt::Score { day, how, score } => day.walk_score(how, score, pass),
            Receipt::Endotype { ferritin, mhla_dr, class, .. } => {
                walk_reading(ferritin, pass);
                walk_reading(mhla_dr, pass);
                class.walk(pass);
            }
            Receipt::Endpoint { endpoint, course, response } => {
                endpoint.walk(course, pass);
                response.walk(endpoint, pass);
            }
            Receipt::Change { day, from, to, change, .. } => {
                let mut number = *day as u16;
                pass.half(&mut number);
                *day = u32::from(number);
                walk_total(from, pass);
                walk_total(to, pass);
                change.walk(pass);
            }
            Receipt::Sepsis { day, infusions, total, prior, sepsis, shock } => {
                day.walk_infection(infusions, pass);
                walk_total(total, pass);
                let mut before = match prior {
                    Prior::Unknown => u8::MAX,
                    Prior::Sofa(before) => *before,
                };
                pass.byte(&mut before);
                *prior = if before == u8::MAX { Prior::Unknown } else { Prior::Sofa(before) };
                day.walk_shock(pass);
                let [its_sepsis, its_shock, none] = pass.mets([*sepsis, *shock, Met::No]);
                (*sepsis, *shock) = (its_sepsis, its_shock);
                if none != Met::No {
                    pass.refuse(Error::Impossible);
                }
            }
        }
    }

    /// Whether the result follows from what decided it, by the rules of its id.
    ///
    /// ```
    /// use endotype::{Error, Met, Reading, Receipt, published::{IMMUNOSEP, SOFA_2, SOFA_1996}};
    /// let receipt = Receipt::endotype(&IMMUNOSEP, Reading::read("4421")?, Reading::UNKNOWN);
    /// assert_eq!(receipt.follows(&SOFA_1996, &IMMUNOSEP), Ok(()));
    /// let Receipt::Endotype { rules, ferritin, mhla_dr, .. } = receipt else { unreachable!() };
    /// let class = IMMUNOSEP.classify(Reading::read("4420")?, mhla_dr);
    /// let forged = Receipt::Endotype { rules, ferritin, mhla_dr, class };
    /// assert_eq!(forged.follows(&SOFA_1996, &IMMUNOSEP), Err(Error::DoesNotFollow));
    /// let day = endotype::Window::new(&SOFA_2).so_far(&SOFA_2)?;
    /// let score = day.score(&SOFA_2, endotype::How::DEFAULT, endotype::Carried::NONE);
    /// let receipt = Receipt::Score { day, how: endotype::How::DEFAULT, score };
    /// assert_eq!(receipt.follows(&SOFA_1996, &IMMUNOSEP), Err(Error::RulesDiffer));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn follows(&self, sofa: &SofaRules, criteria: &Criteria) -> Result<(), Error> {
        let same = match self {
            Receipt::Score { day, .. } if day.rules() != sofa.id() => return Err(Error::RulesDiffer),
            Receipt::Score { day, how, score } => score.agrees(day, sofa, *how),
            Receipt::Endotype { rules, .. } if *rules != criteria.id() => return Err(Error::RulesDiffer),
            Receipt::Endotype { ferritin, mhla_dr, class, .. } => criteria.classify(*ferritin, *mhla_dr) == *class,
            Receipt::Endpoint { endpoint, course, response } => {
                let days = endpoint.last.saturating_sub(endpoint.first) + 1;
                let part = Endpoint { first: 1, last: days, ..*endpoint };
                part.response(course) == Ok(*response)
            }
            Receipt::Change { day: 1, change, .. } => change.ends() == [0, 0],
            Receipt::Change { from, to, change, .. } => Change::between(*from, *to) == *change,
            Receipt::Sepsis { day, infusions, total, prior, sepsis, shock } => {
                matches!(Receipt::sepsis(day, *infusions, *total, *prior),
                    Receipt::Sepsis { sepsis: again, shock: shock_again, .. } if again == *sepsis && shock_again == *shock)
            }
        };
        if same { Ok(()) } else { Err(Error::DoesNotFollow) }
    }
}

//! Times of the records, and minutes of the patient.

use crate::Error;
use endotype::Window;

/// A minute of the calendar: of an observation, or the start of a patient's day 1.
///
/// Written `YYYYMMDDHHMM[SS[.S[S[S[S]]]]][+/-ZZZZ]`, of the years 1900 to 2199; seconds are dropped. Coarser than a minute is refused.
///
/// ```
/// use endotype_formats::{Error, Time};
/// assert_eq!(Time::read(b"20260115101259"), Time::read(b"202601151012"));
/// assert_eq!(Time::read(b"20260115"), Err(Error::CoarseTime));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Time {
    /// From 1 on, of 1 January 1900; 0: none.
    pub(crate) day: i32,
    /// Of the day.
    minute: i16,
    pub(crate) zone: Zone,
}

/// Minutes east of Greenwich and a day, or 0: none.
pub(crate) type Zone = i16;
/// Greenwich.
const GREENWICH: i32 = 1_440;

/// Takes off digits, into numbers of two digits each; how many there were.
#[inline(never)]
fn digits(text: &mut &[u8], pairs: &mut [i32]) -> usize {
    let mut count = 0;
    while let [digit @ b'0'..=b'9', rest @ ..] = *text {
        let Some(pair) = pairs.get_mut(count >> 1) else { break };
        *pair = *pair * 10 + i32::from(digit - b'0');
        (*text, count) = (rest, count + 1);
    }
    count
}

impl Time {
    /// Before it is read.
    pub(crate) const NONE: Time = Time { day: 0, minute: 0, zone: 0 };

    /// From its text.
    pub fn read(text: &[u8]) -> Result<Time, Error> {
        let mut time = Time::NONE;
        time.take(text).map(|()| time)
    }

    /// Reads it; of one coarser than a minute only the zone.
    #[inline(never)]
    pub(crate) fn take(&mut self, mut text: &[u8]) -> Result<(), Error> {
        let (mut pairs, mut east) = ([0; 7], [0; 2]);
        *self = Time::NONE;
        let count = digits(&mut text, &mut pairs);
        if let ([b'.', fraction @ ..], 14) = (text, count) {
            text = fraction;
            if digits(&mut text, &mut [0; 2]) == 0 {
                return Err(Error::NotATime);
            }
        }
        if let [sign @ (b'+' | b'-'), zone @ ..] = text {
            text = zone;
            let places = digits(&mut text, &mut east);
            let [hours, minutes] = east;
            let east = hours * 60 + minutes;
            // The furthest island is 14 hours ahead.
            if places != 4 || minutes > 59 || east > 840 {
                return Err(Error::NotATime);
            }
            self.zone = (GREENWICH + if *sign == b'+' { east } else { -east }) as Zone;
        }
        if !text.is_empty() {
            return Err(Error::NotATime);
        }
        if matches!(count, 4 | 6 | 8 | 10) {
            return Err(Error::CoarseTime);
        }
        let [century, year, mut month, day, hour, minute, second] = pairs;
        // The hundredth year is a leap year in every fourth century.
        let leap = (if year == 0 { century } else { year }) & 3 == 0;
        let length = if month == 2 { 28 + i32::from(leap) } else { 30 + ((month + (month >> 3)) & 1) };
        let is_date = matches!(century, 19..=21) && matches!(month, 1..=12) && 1 <= day && day <= length;
        if !matches!(count, 12 | 14) || !is_date || hour > 23 || minute > 59 || second > 59 {
            return Err(Error::NotATime);
        }
        // A year from March on ends with its leap day; 1900 has none, 2000 has one, 2100 has none.
        let mut years = (century - 19) * 100 + year;
        if month < 3 {
            (years, month) = (years - 1, month + 12);
        }
        let leap_days = (years >> 2) + i32::from(years < 0) - i32::from(years >= 200);
        self.day = years * 365 + leap_days + ((month * 979 - 1_031) >> 5) + day;
        self.minute = (hour * 60 + minute) as i16;
        Ok(())
    }

    /// The minute of a patient whose day 1 starts then, as the rules crate counts.
    ///
    /// With a zone on one side and none on the other it is refused: nothing is guessed. A change of summer time is in the zones, or is not
    /// seen.
    ///
    /// ```
    /// use endotype_formats::{Error, Time};
    /// let start = Time::read(b"202601150000+0100")?;
    /// assert_eq!(Time::read(b"202601150912+0000")?.since(start), Ok(612));
    /// assert_eq!(Time::read(b"202601151012")?.since(start), Err(Error::Zone));
    /// assert_eq!(Time::read(b"202601142359+0100")?.since(start), Err(Error::BeforeStart));
    /// # Ok::<(), Error>(())
    /// ```
    pub const fn since(self, start: Time) -> Result<u32, Error> {
        if (self.zone == 0) != (start.zone == 0) {
            return Err(Error::Zone);
        }
        let [own, first] = [self.minute as i32 - self.zone as i32, start.minute as i32 - start.zone as i32];
        let minute = (self.day - start.day) * 1_440 + own - first;
        if minute < 0 {
            Err(Error::BeforeStart)
        } else if minute.cast_unsigned() > Window::LAST_MINUTE {
            Err(Error::MinuteOutOfRange)
        } else {
            Ok(minute.cast_unsigned())
        }
    }

    /// Midnight before it, in its own zone.
    ///
    /// ```
    /// use endotype_formats::{Error, Time};
    /// assert_eq!(Time::read(b"202601151012+0100")?.midnight(), Time::read(b"202601150000+0100")?);
    /// # Ok::<(), Error>(())
    /// ```
    pub const fn midnight(self) -> Time {
        Time { minute: 0, ..self }
    }
}

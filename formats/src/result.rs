//! What both formats make of a result.

use crate::codes::{MOLAR, find, is_none_or, is_one};
use crate::fields::{Fields, cut, nth};
use crate::reader::Message;
use crate::status::Meaning;
use crate::{Change, Error, Time};
use endotype::Event;

/// How a format writes a result: which field says what.
pub(crate) struct Form {
    /// The value's.
    pub(crate) at: u8,
    pub(crate) unit: u8,
    pub(crate) flag: u8,
    pub(crate) status: u8,
    pub(crate) time: u8,
    /// Whether the group's time counts before the record's own.
    pub(crate) group_first: bool,
    pub(crate) statuses: &'static [(u8, Meaning)],
    /// A LOINC code or the name of an item, and whether it is LOINC.
    pub(crate) code: for<'a> fn(&Fields<'a>) -> (&'a [u8], bool),
    /// Adds the value of an item, in the words of [`Event::read`].
    pub(crate) value: fn(&Fields<'_>, &mut Text),
}

/// The field of the code, in either format.
const CODE: u8 = 3;

/// What the rules crate is to read, and one byte of what is too long. No item has so long a name.
pub(crate) type Text = heapless::String<{ LONGEST + 1 }>;
/// The longest unit or value in bytes.
const LONGEST: usize = 47;

/// Adds to a text; what is not ASCII is in no name, unit or number, nor is what takes its place.
#[inline(never)]
pub(crate) fn write(bytes: &[u8], text: &mut Text) {
    for b in bytes {
        let _ = text.push(if b.is_ascii() { char::from(*b) } else { '?' });
    }
}

impl Form {
    /// When a result was observed, and what it does; nothing of a record that has none. A refusal is noted.
    pub(crate) fn observe(&self, message: &mut Message, fields: &Fields<'_>) -> Option<(Time, Change)> {
        let status = if let [status] = fields.only(self.status) { *status } else { 0 };
        let (mut meaning, mut error) = (Meaning::NotVerified, Error::Status);
        for (code, its) in self.statuses {
            if *code == status {
                (meaning, error) = (*its, Error::NotVerified);
            }
        }
        match meaning {
            Meaning::NoResult => return None,
            Meaning::NotVerified => fields.refuse(self.status, error),
            _ => {}
        }
        let mut time = message.time;
        if time.day == 0 || !self.group_first {
            fields.time(self.time, &mut time);
        }
        if time.day == 0 {
            fields.refuse(self.time, Error::NoTime);
        }
        if time.zone == 0 {
            time.zone = message.zone;
        }
        if message.patient.is_empty() {
            fields.refuse(0, Error::NoPatient);
        }
        let [name, unit, value] = &mut message.texts;
        name.clear();
        unit.clear();
        value.clear();
        let (code, is_loinc) = (self.code)(fields);
        write(if is_loinc { find(code) } else { code }, name);
        if meaning != Meaning::Withdrawn {
            let mut its = fields.component(self.unit, 1);
            if !is_none_or(fields.component(self.unit, 3), b"UCUM") {
                fields.refuse(self.unit, Error::UnitSystem);
            }
            if is_one(its, b"10*3/uL") {
                // The same number.
                its = b"10*9/L";
            }
            write(its, unit);
            (self.value)(fields, value);
            if let Some(sign) = self.limit(fields, value) {
                value.clear();
                write(&[sign], value);
                (self.value)(fields, value);
            }
            if unit.len() > LONGEST {
                fields.refuse(self.unit, Error::TooLong);
            }
            if value.len() > LONGEST {
                fields.refuse(self.at, Error::TooLong);
            }
        }
        let mut change = Change::Withdrawn;
        match Event::read(name, unit, value) {
            Err(endotype::Error::UnknownItem) => fields.refuse(CODE, Error::UnknownCode),
            // Of what is withdrawn only whether there is such an item.
            _ if meaning == Meaning::Withdrawn => {}
            Err(error) => {
                let of_unit = matches!(error, endotype::Error::UnknownUnit | endotype::Error::MolarFerritin);
                let named = if of_unit && is_loinc { Error::UnitOfCode } else { Error::of_rules(error) };
                fields.refuse(if of_unit { self.unit } else { self.at }, named);
            }
            Ok(event) => {
                if is_loinc && is_one(unit.as_bytes(), b"umol/L") != is_one(code, MOLAR) {
                    fields.refuse(self.unit, Error::UnitOfCode);
                }
                change = match meaning {
                    Meaning::Preliminary => Change::Preliminary(event),
                    Meaning::Corrected => Change::Corrected(event),
                    _ => Change::Final(event),
                }
            }
        }
        Some((time, change))
    }

    /// The sign that the flag "off the instrument's scale" puts before a number without one.
    fn limit(&self, fields: &Fields<'_>, value: &str) -> Option<u8> {
        let value = value.as_bytes();
        let mut before = match value {
            [] => return None,
            [sign @ (b'<' | b'=' | b'>'), ..] => *sign,
            _ => 0,
        };
        // Before an interval no sign is read.
        let is_plain = before == 0;
        let [_, component, repeat, ..] = fields.by;
        let mut flags = fields.raw(self.flag);
        while !flags.is_empty() {
            let [sign @ (b'<' | b'>'), more @ ..] = nth(cut(&mut flags, repeat), component, 0) else { continue };
            if !more.is_empty() {
                fields.refuse(self.flag, Error::Flag);
            }
            if before != 0 && before != *sign {
                fields.refuse(self.flag, Error::OffScale);
            }
            before = *sign;
        }
        if is_plain && before != 0 { Some(before) } else { None }
    }
}

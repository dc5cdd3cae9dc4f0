//! What both formats make of a result.

use crate::codes::{find, has, is_none_or};
use crate::fields::{Fields, nth};
use crate::reader::Message;
use crate::status::Meaning;
use crate::{Change, Error, Observation, Refused, Time};
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
    /// The value of an item: comparator, number or word, the upper end of an interval.
    pub(crate) value: for<'a> fn(&Fields<'a>, &[u8]) -> [&'a [u8]; 3],
}

/// The field of the code, in either format.
const CODE: u8 = 3;

/// What the rules crate is to read.
pub(crate) type Text = heapless::String<TEXT>;
/// The longest of a name, a unit or a value in bytes.
const TEXT: usize = 47;

impl Form {
    pub(crate) fn observe<'a>(&self, message: &'a mut Message, fields: &Fields<'a>) -> Option<Result<Observation<'a>, Refused>> {
        let status = fields.only(self.status);
        let mut meaning = Meaning::NotVerified;
        let mut error = Error::Status;
        for (code, its) in self.statuses {
            if status == [*code] {
                (meaning, error) = (*its, Error::NotVerified);
            }
        }
        match meaning {
            Meaning::NoResult => return None,
            Meaning::NotVerified => fields.refuse(self.status, error),
            _ => {}
        }
        let time = self.time(message, fields);
        if message.patient_length == 0 {
            fields.refuse(0, Error::NoPatient);
        }
        let (mut item, is_loinc) = (self.code)(fields);
        let mut unit = fields.component(self.unit, 1);
        let is_withdrawn = meaning == Meaning::Withdrawn;
        if is_loinc {
            let group = find(item);
            if group.is_empty() {
                fields.refuse(CODE, Error::UnknownCode);
            }
            if !is_withdrawn && !has(nth(group, b'|', 1), unit) {
                fields.refuse(self.unit, Error::UnitOfCode);
            }
            item = nth(group, b'|', 0);
        }
        let [mut comparator, mut low, mut high] = [&[][..]; 3];
        if is_withdrawn {
            unit = &[];
        } else {
            if !is_none_or(b"UCUM", fields.component(self.unit, 3)) {
                fields.refuse(self.unit, Error::UnitSystem);
            }
            [comparator, low, high] = (self.value)(fields, item);
            comparator = self.limit(fields, comparator, low, high);
        }
        let [name, of_value, text] = &mut message.texts;
        for text in [&mut *name, of_value, text] {
            text.clear();
        }
        fields.write(CODE, name, item);
        fields.write(self.unit, of_value, unit);
        fields.write(self.at, text, comparator);
        fields.write(self.at, text, low);
        if !high.is_empty() {
            fields.write(self.at, text, b"..");
            fields.write(self.at, text, high);
        }
        let mut event = Event::read(name, of_value, text);
        if event.is_err() && of_value == "10*3/uL" {
            // The same number in 10*9/L, whatever the item.
            of_value.clear();
            fields.write(self.unit, of_value, b"10*9/L");
            event = Event::read(name, of_value, text);
        }
        let change = match (event, meaning) {
            (Err(endotype::Error::UnknownItem), _) => {
                fields.refuse(CODE, Error::UnknownCode);
                Change::Withdrawn
            }
            // Of what is withdrawn only whether there is such an item.
            (_, Meaning::Withdrawn) => Change::Withdrawn,
            (Err(error), _) => {
                let of_unit = matches!(error, endotype::Error::UnknownUnit | endotype::Error::MolarFerritin);
                fields.refuse(if of_unit { self.unit } else { self.at }, Error::of_rules(error));
                Change::Withdrawn
            }
            (Ok(event), Meaning::Preliminary) => Change::Preliminary(event),
            (Ok(event), Meaning::Corrected) => Change::Corrected(event),
            (Ok(event), _) => Change::Final(event),
        };
        let message: &'a Message = message;
        let [item, unit, value] = &message.texts;
        let patient = message.patient.get(..message.patient_length).unwrap_or(&[]);
        Some(match fields.fault.get() {
            Some(refused) => Err(refused),
            None => Ok(Observation { patient, time, item, value, unit, change }),
        })
    }

    /// The time of the record or of its group, whichever the format means.
    fn time(&self, message: &Message, fields: &Fields<'_>) -> Time {
        let own = fields.only(self.time);
        let time = match message.time {
            Some(time) if self.group_first || own.is_empty() => Ok(time),
            _ if own.is_empty() => Err(Error::NoTime),
            _ => Time::read(own),
        };
        fields.known(self.time, time).unwrap_or(Time::REFUSED).or_zone(message.zone)
    }

    /// The comparator, which the flag that says "off the instrument's scale" is for a number without one.
    fn limit<'a>(&self, fields: &Fields<'a>, comparator: &'a [u8], low: &'a [u8], high: &[u8]) -> &'a [u8] {
        let [_, component, repeat, ..] = fields.by;
        let mut limit = comparator;
        for flag in fields.raw(self.flag).split(|&b| b == repeat) {
            let flag = nth(flag, component, 0);
            if !matches!(flag, [b'<' | b'>', ..]) || low.is_empty() {
                continue;
            }
            if flag.len() > 1 {
                fields.refuse(self.flag, Error::Flag);
            }
            // What the number has in front, by itself or by another flag.
            let before = limit.first().or(low.first().filter(|b| matches!(b, b'<' | b'=' | b'>')));
            let is_interval = !high.is_empty() || low.windows(2).any(|pair| pair == b"..");
            if is_interval || before.is_some_and(|sign| Some(sign) != flag.first()) {
                fields.refuse(self.flag, Error::OffScale);
            } else if before.is_none() {
                limit = flag;
            }
        }
        if limit == b"=" { &[] } else { limit }
    }
}

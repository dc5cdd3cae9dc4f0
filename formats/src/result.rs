//! What both formats make of a result.

use crate::codes::{find, has};
use crate::fields::{Fields, nth};
use crate::reader::Message;
use crate::status::Meaning;
use crate::{Change, Error, Observation, Refused, Time};
use endotype::Event;

/// How a format writes a result: which field says what.
pub(crate) struct Form {
    pub(crate) value: u8,
    pub(crate) unit: u8,
    pub(crate) flag: u8,
    pub(crate) status: u8,
    pub(crate) time: u8,
    /// Whether the group's time counts before the record's own.
    pub(crate) group_first: bool,
    pub(crate) statuses: &'static [(u8, Meaning)],
    /// A LOINC code or the name of an item, and whether it is LOINC.
    pub(crate) code: for<'a> fn(&Fields<'a>) -> (&'a [u8], bool),
    /// Writes the value as the rules crate reads it.
    pub(crate) write: fn(&Fields<'_>, &mut Text<'_>, &[u8]),
}

/// The field of the code, in either format.
const CODE: u8 = 3;

/// A value as the rules crate reads it, being put together; before it there is room for a comparator.
pub(crate) struct Text<'a> {
    bytes: &'a mut [u8],
    end: usize,
}

impl Text<'_> {
    /// Takes some more, without the blanks around it; what there is no room for is refused at the end.
    pub(crate) fn put(&mut self, text: &[u8]) {
        let text = text.trim_ascii();
        let end = self.end.saturating_add(text.len());
        for (place, byte) in self.bytes.iter_mut().skip(self.end).zip(text) {
            *place = *byte;
        }
        self.end = end;
    }
}

#[inline(never)]
fn text(bytes: &[u8]) -> &str {
    core::str::from_utf8(bytes).unwrap_or("\u{fffd}")
}

impl Form {
    pub(crate) fn observe<'a>(&self, message: &'a mut Message, fields: &Fields<'a>) -> Option<Result<Observation<'a>, Refused>> {
        let status = fields.only(self.status);
        let known = self.statuses.iter().find(|(code, _)| status == [*code]);
        let meaning = match known {
            Some((_, Meaning::NoResult)) => return None,
            Some((_, meaning)) => *meaning,
            None => {
                fields.refuse(self.status, Error::Status);
                Meaning::Withdrawn
            }
        };
        if meaning == Meaning::NotVerified {
            fields.refuse(self.status, Error::NotVerified);
        }
        let observation = self.result(message, fields, meaning);
        Some(match fields.fault.get() {
            Some(refused) => Err(refused),
            None => Ok(observation),
        })
    }

    fn result<'a>(&self, message: &'a mut Message, fields: &Fields<'a>, meaning: Meaning) -> Observation<'a> {
        let time = self.time(message, fields);
        let patient = message.patient.get(..message.patient_length).unwrap_or(&[]);
        if patient.is_empty() {
            fields.refuse(0, Error::NoPatient);
        }
        let (code, is_loinc) = (self.code)(fields);
        let (mut item, mut units) = (code, None);
        if is_loinc {
            match find(code) {
                Some([of, its]) => (item, units) = (of, Some(its)),
                None => fields.refuse(CODE, Error::UnknownCode),
            }
        }
        let mut observation = Observation { patient, time, item: text(item), value: "", unit: "", change: Change::Withdrawn };
        let is_withdrawn = meaning == Meaning::Withdrawn;
        if !is_withdrawn {
            let unit = fields.component(self.unit, 1);
            if !matches!(fields.component(self.unit, 3), [] | b"UCUM") {
                fields.refuse(self.unit, Error::UnitSystem);
            }
            if units.is_some_and(|units| !has(units, unit)) {
                fields.refuse(self.unit, Error::UnitOfCode);
            }
            let mut written = Text { bytes: &mut message.value, end: 1 };
            (self.write)(fields, &mut written, item);
            let end = written.end;
            if end > message.value.len() {
                fields.refuse(self.value, Error::TooLong);
            }
            let start = self.start(fields, &mut message.value, end);
            observation.unit = text(unit);
            observation.value = text(message.value.get(start..end).unwrap_or(&[]));
        }
        // Of what is withdrawn only whether there is such an item.
        let mut event = Event::read(observation.item, observation.unit, observation.value);
        if event == Err(endotype::Error::UnknownUnit) && observation.unit == "10*3/uL" {
            // The same number in 10*9/L, whatever the item.
            observation.unit = "10*9/L";
            event = Event::read(observation.item, observation.unit, observation.value);
        }
        match (event, meaning) {
            (Ok(event), Meaning::Preliminary) => observation.change = Change::Preliminary(event),
            (Ok(event), Meaning::Corrected) => observation.change = Change::Corrected(event),
            (Ok(event), Meaning::Final) => observation.change = Change::Final(event),
            (Err(endotype::Error::UnknownItem), _) => fields.refuse(CODE, Error::UnknownCode),
            (Err(error), _) if !is_withdrawn => {
                let of_unit = matches!(error, endotype::Error::UnknownUnit | endotype::Error::MolarFerritin);
                fields.refuse(if of_unit { self.unit } else { self.value }, Error::Value(error));
            }
            _ => {}
        }
        observation
    }

    /// The time of the record or of its group, whichever the format means.
    fn time(&self, message: &Message, fields: &Fields<'_>) -> Time {
        let own = fields.only(self.time);
        let time = match message.time {
            Some(time) if self.group_first || own.is_empty() => Ok(time),
            _ if own.is_empty() => Err(Error::NoTime),
            _ => Time::read(own),
        };
        fields.known(self.time, time).unwrap_or(Time::NONE).or_zone(message.zone)
    }

    /// Where the value begins once the flag that says "off the instrument's scale" has made it a limit.
    fn start(&self, fields: &Fields<'_>, bytes: &mut [u8], end: usize) -> usize {
        let [_, component, repeat, ..] = fields.by.0;
        let mut side = None;
        for flag in fields.raw(self.flag).split(|&b| b == repeat) {
            match nth(flag, component, 0) {
                [sign @ (b'<' | b'>')] if side.is_none_or(|side| side == *sign) => side = Some(*sign),
                [b'<' | b'>'] => fields.refuse(self.flag, Error::OffScale),
                [b'<' | b'>', ..] => fields.refuse(self.flag, Error::Flag),
                _ => {}
            }
        }
        let Some([room, value @ ..]) = bytes.get_mut(..end) else { return 1 };
        match (value.first(), side) {
            (Some(b'='), None) => 2,
            (None, _) | (_, None) => 1,
            (Some(sign), Some(side)) if *sign == side => 1,
            (Some(first), Some(side)) => {
                if matches!(first, b'<' | b'>' | b'=') || has_interval(value) {
                    fields.refuse(self.flag, Error::OffScale);
                }
                *room = side;
                0
            }
        }
    }
}

pub(crate) fn has_interval(value: &[u8]) -> bool {
    value.windows(2).any(|pair| pair == b"..")
}

//! HL7 v2: the segments `MSH`, `PID`, `OBR`, `OBX`.

use crate::codes::has;
use crate::fields::{Delimiters, Fields};
use crate::reader::{Format, Grammar, Reader};
use crate::result::{Form, Text, has_interval};
use crate::status::STATUSES_HL7;
use crate::{Error, Record};

/// The format of [`Hl7`]; no value has it.
#[derive(Clone, Copy, Debug)]
pub enum Hl7Format {}

/// Reads HL7 v2 messages that carry `OBX` segments.
///
/// Of `MSH` the delimiters, and of MSH-7 the zone, which is that of every time without one; of `PID` the identifier (PID-3.1); of `OBR` the time
/// (OBR-7); of `OBX` fields 2, 3, 5, 6, 8, 11, 14. Every other segment is read over. What a result is:
///
/// | field | is read as |
/// |---|---|
/// | OBX-2, OBX-5 | `NM` a number; `SN` with its comparator, `-` an interval; `ST` and `CWE` only of items that are words. Empty, or `""`: charted, not known |
/// | OBX-3 | the first of its two codes whose system is `LN`, by [`CODES`](crate::CODES), or `99ENDO`, the name of an item |
/// | OBX-6 | a UCUM unit |
/// | OBX-8 | `<` and `>`, off the instrument's scale, make a plain number a limit; any other changes nothing |
/// | OBX-11 | by [`STATUSES_HL7`] |
/// | OBX-14 | when it was observed; without it OBR-7. Not OBX-19, when it was analysed |
///
/// ```
/// use endotype::{Event, Reading};
/// use endotype_formats::{Change, Error, Hl7, Time};
/// let start = Time::read(b"202601150000+0100")?;
/// let mut reader = Hl7::new();
/// let mut results = 0;
/// for &byte in b"MSH|^~\\&|LAB|||| 20260115103000+0100\rPID|1||4711\rOBR|1|||26436-6^Lab^LN|||202601151012+0100\r\
///     OBX|1|NM|2276-4^Ferritin^LN||2000|ng/mL||>|||F\r".iter().filter(|b| **b != b' ') {
///     let Some(result) = reader.push(byte) else { continue };
///     let observation = result.unwrap();
///     assert_eq!((observation.patient, observation.time.since(start)), (&b"4711"[..], Ok(612)));
///     assert_eq!(observation.change, Change::Final(Event::Ferritin(Reading::read("> 2000").unwrap()))); // off the scale
///     results += 1;
/// }
/// assert_eq!(results, 1);
/// # Ok::<(), Error>(())
/// ```
pub type Hl7 = Reader<Hl7Format>;

impl Format for Hl7Format {
    #[allow(private_interfaces)]
    const GRAMMAR: &'static Grammar = &Grammar {
        names: b"MSH PID OBR OBX",
        records: [Record::Msh, Record::Pid, Record::Obr, Record::Obx, Record::Line],
        name: 3,
        delimiters: |field, text| match *text {
            [component, repeat, escape, sub] | [component, repeat, escape, sub, _] => {
                Some(Delimiters([field, component, repeat, escape, sub]))
            }
            _ => None,
        },
        zone: Some(7),
        patient: 3,
        order: 7,
        first: 0,
        escapes: b"FSRET",
        form: Form { value: 5, unit: 6, flag: 8, status: 11, time: 14, group_first: false, statuses: STATUSES_HL7, code, write },
    };
}

fn code<'a>(fields: &Fields<'a>) -> (&'a [u8], bool) {
    for first in [1, 4] {
        let system = fields.component(3, first + 2);
        if has(b"LN 99ENDO", system) {
            return (fields.component(3, first), system.len() == 2);
        }
    }
    fields.refuse(3, Error::CodingSystem);
    (&[], false)
}

fn write(fields: &Fields<'_>, text: &mut Text<'_>, item: &[u8]) {
    const VALUE: u8 = 5;
    if matches!(fields.once(VALUE), b"" | b"\"\"") {
        return;
    }
    let kind = fields.only(2);
    let is_words = has(b"support first_dose specimen withdrawn", item);
    if kind == b"NM" {
        text.put(plain(fields, fields.only(VALUE)));
    } else if kind == b"SN" {
        let [comparator, low, separator, high] = [1, 2, 3, 4].map(|n| fields.component(VALUE, n));
        text.put(comparator);
        text.put(plain(fields, low));
        let is_interval = comparator.is_empty() && separator == b"-";
        if is_interval {
            text.put(b"..");
            text.put(plain(fields, high));
        }
        let is_limit = comparator.is_empty() || has(b"= < <= > >=", comparator);
        let is_single = separator.is_empty() && high.is_empty();
        if !is_limit || !(is_interval || is_single) {
            fields.refuse(VALUE, Error::Comparator);
        }
        if !fields.component(VALUE, 5).is_empty() {
            fields.refuse(VALUE, Error::Components);
        }
    } else if kind == b"ST" && is_words {
        text.put(fields.only(VALUE));
    } else if kind == b"CWE" && is_words {
        text.put(fields.component(VALUE, 1));
    } else {
        fields.refuse(2, Error::ValueType);
    }
}

/// A number without a comparator in it, which is SN's to say.
fn plain<'a>(fields: &Fields<'_>, number: &'a [u8]) -> &'a [u8] {
    if number.iter().any(|b| matches!(b, b'<' | b'=' | b'>')) || has_interval(number) {
        fields.refuse(5, Error::Value(endotype::Error::NotANumber));
    }
    number
}

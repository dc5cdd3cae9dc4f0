//! HL7 v2: the segments `MSH`, `PID`, `OBR`, `OBX`.

use crate::codes::{is_none_or, is_one};
use crate::fields::Fields;
use crate::reader::{Format, Grammar, Reader};
use crate::result::{Form, Text, write};
use crate::status::STATUSES_HL7;
use crate::{Error, Record};

/// The format of [`Hl7`]; no value has it.
#[derive(Clone, Copy, Debug)]
pub enum Hl7Format {}

/// Reads HL7 v2 messages that carry `OBX` segments.
///
/// Of `MSH` the delimiters, whether it is production (MSH-11), and of MSH-7 the zone, which is that of every time without one; of `PID` the identifier (PID-3.1); of `OBR` the time
/// (OBR-7); of `OBX` fields 2, 3, 5, 6, 8, 11, 14. Every other segment is read over. What a result is:
///
/// | field | is read as |
/// |---|---|
/// | OBX-2, OBX-5 | `NM` a number; `SN` with its comparator, of which `=` is none, `-` an interval; `ST` and `CWE` only of words. Empty, or `""`: charted, not known |
/// | OBX-3 | the first of its two codes whose system is `LN`, by [`CODES`](crate::CODES), or `99ENDO`, the name of an item |
/// | OBX-6 | a UCUM unit |
/// | OBX-8 | `<` and `>`, off the instrument's scale, make a plain number a limit; any other changes nothing |
/// | OBX-11 | by [`STATUSES_HL7`] |
/// | OBX-14 | when it was observed; without it OBR-7, of all of its group. HL7 means by both the time that matters to the patient: when it was measured, or the specimen collected. Not OBX-19, when it was analysed |
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
        names: b" MSH PID OBR OBX",
        records: [Record::Line, Record::Msh, Record::Pid, Record::Obr, Record::Obx],
        name: 3,
        delimiters: 5,
        repeats_first: false,
        zone: 7,
        processing: 11,
        patient: 3,
        action: 0,
        order: 7,
        first: 0,
        escapes: b"FSRETP",
        form: Form { at: 5, unit: 6, flag: 8, status: 11, time: 14, group_first: false, statuses: STATUSES_HL7, code, value },
    };
}

fn code<'a>(fields: &Fields<'a>) -> (&'a [u8], bool) {
    let known = b"LN 99ENDO";
    let first = if is_one(fields.component(3, 3), known) { 1 } else { 4 };
    let system = fields.component(3, first + 2);
    if !is_one(system, known) {
        fields.refuse(3, Error::CodingSystem);
    }
    (fields.component(3, first), system.len() == 2)
}

/// The field of the value.
const VALUE: u8 = 5;

fn value(fields: &Fields<'_>, into: &mut Text) {
    if is_none_or(fields.once(VALUE), b"\"\"") {
        return;
    }
    let part = |component| fields.component(VALUE, component);
    let kind = fields.only(2);
    let first = part(1);
    if !is_one(kind, b"SN") {
        let is_word = first.first() >= Some(&b'A');
        if !is_one(kind, if is_word { b"NM ST CWE" } else { b"NM" }) {
            fields.refuse(2, Error::ValueType);
        }
        write(if is_one(kind, b"CWE") { first } else { fields.only(VALUE) }, into);
        return;
    }
    let (separator, high) = (part(3), part(4));
    let (signs, between) = if high.is_empty() { (&b"= < <= > >="[..], &b""[..]) } else { (&b""[..], &b"-"[..]) };
    if !is_none_or(first, signs) || separator != between {
        fields.refuse(VALUE, Error::Comparator);
    }
    if !part(5).is_empty() {
        fields.refuse(VALUE, Error::Components);
    }
    if !is_one(first, b"=") {
        write(first, into);
    }
    write(part(2), into);
    if !high.is_empty() {
        write(b"..", into);
        write(high, into);
    }
}

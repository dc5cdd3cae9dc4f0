//! ASTM E1394 and LIS2: the records `H`, `P`, `O`, `R`, `L`.

use crate::codes::is_none_or;
use crate::fields::Fields;
use crate::reader::{Format, Grammar, Reader};
use crate::result::{Form, Text, write};
use crate::status::STATUSES_ASTM;
use crate::{Error, Record};

/// The format of [`Astm`]; no value has it.
#[derive(Clone, Copy, Debug)]
pub enum AstmFormat {}

/// Reads ASTM E1394 (LIS2) messages that carry `R` records.
///
/// Of `H` the delimiters and whether it is production (H-12); of `P` the identifier (P-3); of `O` the time (O-8) and whether the specimen is a
/// control (O-12), whose results are no patient's; of `R` fields 3, 4, 5, 7, 9, 13; behind `L` nothing holds. Every
/// other record is read over. The link's frames (E1381: `STX`, number, `ETX` or `ETB`, checksum) are to be taken off before: answering them is
/// the driver's. What a result is:
///
/// | field | is read as |
/// |---|---|
/// | R-3 | component 1 a LOINC code by [`CODES`](crate::CODES), its system (component 3) `LN` or empty, or of `99ENDO` an item's name; without component 1 component 4, the manufacturer's, is an item's name |
/// | R-4 | a number, with its comparator; empty: charted, not known |
/// | R-5 | a UCUM unit |
/// | R-7 | `<` and `>`, off the instrument's scale, make a plain number a limit; any other changes nothing |
/// | R-9 | by [`STATUSES_ASTM`] |
/// | O-8 | when the specimen was collected; without it R-13, when the test was completed, which is later by the turnaround |
///
/// ```
/// use endotype::{Event, Reading};
/// use endotype_formats::{Astm, Change, Error, Time};
/// let mut reader = Astm::new();
/// for line in [&b"H|\\^&"[..], b"P|1|4711", b"O|1|||^^^FER|||202601151012"] {
///     assert!(reader.line(line).is_none());
/// }
/// let observation = reader.line(b"R|1|2276-4^Ferritin^LN|>2000|ng/mL||H||F||||202601151055").unwrap().unwrap();
/// assert_eq!((observation.patient, observation.time, observation.value), (&b"4711"[..], Time::read(b"202601151012")?, ">2000"));
/// assert_eq!(observation.change, Change::Final(Event::Ferritin(Reading::read("> 2000").unwrap())));
/// # Ok::<(), Error>(())
/// ```
pub type Astm = Reader<AstmFormat>;

impl Format for AstmFormat {
    #[allow(private_interfaces)]
    const GRAMMAR: &'static Grammar = &Grammar {
        names: b"L H P O R",
        records: [Record::L, Record::H, Record::P, Record::O, Record::R],
        name: 1,
        delimiters: 3,
        repeats_first: true,
        zone: 0,
        processing: 12,
        patient: 3,
        action: 12,
        order: 8,
        first: 1,
        escapes: b"FSRE",
        form: Form { at: 4, unit: 5, flag: 7, status: 9, time: 13, group_first: true, statuses: STATUSES_ASTM, code, value },
    };
}

fn code<'a>(fields: &Fields<'a>) -> (&'a [u8], bool) {
    match (fields.component(3, 1), fields.component(3, 3)) {
        (b"", _) => (fields.component(3, 4), false),
        (code, system) => {
            if !is_none_or(system, b"LN 99ENDO") {
                fields.refuse(3, Error::CodingSystem);
            }
            (code, system.len() <= 2)
        }
    }
}

fn value(fields: &Fields<'_>, into: &mut Text) {
    write(fields.only(4), into);
}

//! What a result status makes of a result, as data.

/// What is to be done with a record.
///
/// ```
/// use endotype_formats::{Meaning, STATUSES_ASTM, STATUSES_HL7};
/// let withdrawn = |table: &[(u8, Meaning)]| table.iter().filter(|row| row.1 == Meaning::Withdrawn).count();
/// assert_eq!((withdrawn(STATUSES_HL7), withdrawn(STATUSES_ASTM)), (3, 1));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// A final result.
    Final,
    /// A result that a final one of the same item and minute will replace.
    Preliminary,
    /// Takes the place of the results of its item and minute.
    Corrected,
    /// Takes back the results of its item and minute.
    Withdrawn,
    /// Carries no result: the record is read over.
    NoResult,
    /// Nobody has verified it, or it is in doubt: refused.
    NotVerified,
}

/// The statuses of OBX-11, HL7 table 0085; any other is refused.
///
/// A, B and V repeat the whole result, so they replace it. X comes for a result that was never there as for one that was.
///
/// ```
/// use endotype_formats::{Meaning, STATUSES_HL7};
/// assert!(STATUSES_HL7.contains(&(b'W', Meaning::Withdrawn)));
/// ```
pub static STATUSES_HL7: &[(u8, Meaning)] = &[
    (b'F', Meaning::Final),       // final results
    (b'C', Meaning::Corrected),   // a correction, replaces a final result
    (b'A', Meaning::Corrected),   // amended for the patient's demographics
    (b'B', Meaning::Corrected),   // appended, the values unchanged
    (b'V', Meaning::Corrected),   // verified, the values unchanged
    (b'P', Meaning::Preliminary), // preliminary results
    (b'D', Meaning::Withdrawn),   // deletes the record
    (b'W', Meaning::Withdrawn),   // the original was wrong, as of another patient
    (b'X', Meaning::Withdrawn),   // results can not be obtained
    (b'I', Meaning::NoResult),    // specimen in the laboratory, results pending
    (b'N', Meaning::NoResult),    // not asked
    (b'O', Meaning::NoResult),    // order detail only
    (b'U', Meaning::NoResult),    // final now, what was sent as preliminary stands
    (b'R', Meaning::NotVerified), // entered, not verified
    (b'S', Meaning::NotVerified), // partial
];

/// The statuses of R-9, ASTM E1394 and LIS2; any other is refused. W is not HL7's: the validity is in doubt.
///
/// ```
/// use endotype_formats::{Meaning, STATUSES_ASTM};
/// assert!(STATUSES_ASTM.contains(&(b'W', Meaning::NotVerified)));
/// ```
pub static STATUSES_ASTM: &[(u8, Meaning)] = &[
    (b'F', Meaning::Final),       // final results
    (b'V', Meaning::Corrected),   // verified by the operator: as sent, or as verified
    (b'R', Meaning::Corrected),   // was transmitted before: the same again
    (b'C', Meaning::Corrected),   // correction of what was transmitted before
    (b'Q', Meaning::Corrected),   // answers a query: the same again, if it was sent
    (b'P', Meaning::Preliminary), // preliminary results
    (b'X', Meaning::Withdrawn),   // can not be done
    (b'I', Meaning::NoResult),    // in the instrument, results pending
    (b'N', Meaning::NoResult),    // a new order
    (b'S', Meaning::NotVerified), // partial
    (b'W', Meaning::NotVerified), // warning: the validity is questionable
];

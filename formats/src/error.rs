//! One numbered error for everything that the readers refuse, and where it was.

macro_rules! errors {
    ($( $(#[doc = $doc:literal])* $name:ident = $code:literal, $message:literal; )+ @ $( $of_rules:ident = $rules_code:literal, )+) => {
        /// Why a record was refused; the next one is read properly.
        ///
        /// From 129 on the rules crate's own, 128 and its number.
        ///
        /// ```
        /// use endotype_formats::Error;
        /// assert_eq!(Error::UnknownCode.code(), 20);
        /// assert_eq!(Error::Sign.code(), 128 + endotype::Error::Sign.code());
        /// assert_eq!(Error::Sign.message(), endotype::Error::Sign.message());
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum Error {
            $( $(#[doc = $doc])* $name = $code, )+
            $( #[doc = concat!("[`", stringify!($of_rules), "`](endotype::Error::", stringify!($of_rules), ").")] $of_rules = $rules_code, )+
            /// Another one of a later release of the rules crate.
            OfRules = 255,
        }

        impl Error {
            /// The error's number; it never changes between releases.
            pub const fn code(self) -> u8 {
                self as u8
            }

            /// What was found and what was expected, one line.
            pub const fn message(self) -> &'static str {
                match self {
                    $( Error::$name => $message, )+
                    $( Error::$of_rules => endotype::Error::$of_rules.message(), )+
                    Error::OfRules => "refused by the rules crate",
                }
            }

            /// The rules crate's error, which the readers pass on.
            ///
            /// ```
            /// use endotype_formats::Error;
            /// assert_eq!(Error::of_rules(endotype::Error::OutOfRange), Error::OutOfRange);
            /// ```
            pub const fn of_rules(error: endotype::Error) -> Error {
                match error {
                    $( endotype::Error::$of_rules => Error::$of_rules, )+
                    _ => Error::OfRules,
                }
            }
        }
    };
}

errors! {
    /// An `OBX` of 600 bytes.
    TooLong = 1, "longer than the buffer: a record has at most 512 bytes, an identifier of a patient 32, a value 47";
    /// `STX` before an `H` record: the frames of ASTM E1381 are the link's, take them off first.
    Control = 2, "a control byte: expected text between line ends, the link's frames taken off";
    /// The input ends, or a message begins, within a line.
    Truncated = 3, "the record has no end";
    /// `hello`.
    NotARecord = 4, "not a record: expected a name of three capitals (HL7) or H, P, O, R, C, M, Q, S, L (ASTM), then the field separator";
    /// An `OBX` before any `MSH`, or behind one that was refused.
    NoHeader = 5, "no MSH or H record before it that was understood";
    /// `MSH|^^\&|`, `MSH|^~`.
    Delimiters = 6, "delimiters: expected three to five (HL7) or three (ASTM) different ones behind the field separator, none of which a number, a code or a unit is written with";
    /// A result of a message whose `PID` has no PID-3, or was refused.
    NoPatient = 7, "no patient: expected an identifier in PID-3 (HL7) or P-3 (ASTM)";
    /// MSH-11 `T`, H-12 `Q`; O-12 `Q`, a control specimen.
    NotProduction = 8, "a message of a test, of training or of quality control: expected P or nothing, and no control specimen";
    /// `12~13` in a field that is used.
    Repeated = 10, "a field that repeats: expected one value";
    /// `44^21` as a number.
    Components = 11, "more components than the field may have";
    /// `\X0D\` in a patient's identifier, any escape in a code, a unit, a number or a time.
    Escape = 12, "an escape that is not one of those of the five delimiters, or stands where no delimiter can";
    /// OBX-2 `TX`; `ST` with platelets.
    ValueType = 13, "a value type that the item does not have: expected NM or SN, of a word ST or CWE";
    /// SN `<>^5`, `^1^:^128`.
    Comparator = 14, "a comparator or a separator that is no limit and no interval: expected <, <=, >, >=, = or nothing, and - or nothing";
    /// Flag `>` beside `<5`.
    OffScale = 15, "the flag < or >, off the instrument's scale, contradicts the value's comparator or another flag";
    /// Flag `>>`.
    Flag = 16, "a flag that begins with < or > and is neither";
    /// OBX-11 empty, or `Z`.
    Status = 17, "a result status that is not in the table";
    /// OBX-11 `R`, R-9 `W`.
    NotVerified = 18, "a result that nobody has verified, or that is in doubt";
    /// `MDC_PULS_OXIM_SAT_O2^^MDC`.
    CodingSystem = 19, "a code of another coding system: expected LN (LOINC) or 99ENDO (an item's name)";
    /// LOINC `2705-2`, oxygen in venous blood.
    UnknownCode = 20, "a code that is not in the table";
    /// `1975-2`, bilirubin as mass, in `umol/L`.
    UnitOfCode = 21, "a unit that this code does not have";
    /// Unit `mmHg^^L`.
    UnitSystem = 22, "a unit of another system: expected UCUM or none";
    /// `2026-01-15 10:30`, `202602300000`.
    NotATime = 30, "not a time: expected YYYYMMDDHHMM, then SS, .S to .SSSS and +ZZZZ or -ZZZZ as known";
    /// `20260115`.
    CoarseTime = 31, "a time coarser than a minute";
    /// `202601151030+0100` where the start has no zone, or the other way round.
    Zone = 32, "a time zone on one side only, in the record's time or in the start's";
    /// A result of the day before the patient's day 1.
    BeforeStart = 33, "a time before the patient's day 1";
    /// Neither OBX-14 nor OBR-7; neither O-8 nor R-13.
    NoTime = 34, "no time of observation in the record or its group";
    @
    NotANumber = 129, Sign = 130, Exponent = 131, OutOfRange = 132, Backwards = 133, NotWhole = 134, Nothing = 135, UnknownUnit = 138,
    MolarFerritin = 139, NotAFlag = 140, NotASupport = 141, NotADose = 142, NotOne = 143, MinuteOutOfRange = 152, NotARemark = 172,
    NotAMarker = 173,
}

impl core::fmt::Display for Error {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.message())
    }
}

impl core::error::Error for Error {}

macro_rules! records {
    ($( $name:ident $text:literal, )+) => {
        /// The records that are read.
        ///
        /// ```
        /// assert_eq!(endotype_formats::Record::Obx.name(), "OBX");
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Record {
            $( #[doc = concat!("`", $text, "`.")] $name, )+
            /// A line that is no record, or none that is read.
            Line,
        }

        impl Record {
            /// As it is written.
            pub const fn name(self) -> &'static str {
                match self { $( Record::$name => $text, )+ Record::Line => "line" }
            }
        }
    };
}

records! {
    Msh "MSH", Pid "PID", Obr "OBR", Obx "OBX", H "H", P "P", O "O", R "R", L "L",
}

/// A record that was refused: why, and in which field.
///
/// ```
/// use endotype_formats::{Error, Hl7, Record};
/// let mut reader = Hl7::new();
/// let refused = reader.line(b"OBX|1|NM|777-3^^LN||90|10*9/L|||||F").unwrap().unwrap_err();
/// assert_eq!((refused.error, refused.record, refused.field), (Error::NoHeader, Record::Obx, 0));
/// assert!(refused.to_string().starts_with("OBX: no MSH or H record"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(align(4))] // copied as one word
pub struct Refused {
    /// Why.
    pub error: Error,
    /// In which record.
    pub record: Record,
    /// In which of its fields, as the standard numbers them; 0 is the record as a whole.
    pub field: u8,
}

impl core::fmt::Display for Refused {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.field {
            0 => write!(f, "{}: {}", self.record.name(), self.error),
            field => write!(f, "{}-{field}: {}", self.record.name(), self.error),
        }
    }
}

impl core::error::Error for Refused {}

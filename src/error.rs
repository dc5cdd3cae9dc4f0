//! One numbered error for everything that the crate refuses.

macro_rules! errors {
    ($( $(#[doc = $doc:literal])* $name:ident $({ $($field:ident : $what:literal),+ })? = $code:literal, $message:literal; )+) => {
        /// Why an input was refused; a refused input changes nothing.
        ///
        /// [`code`](Error::code) is the status that the C interface returns; the number of a retired error is never used again.
        ///
        /// ```
        /// use endotype::{Error, Reading, quantity::Platelets};
        /// assert_eq!(Reading::<Platelets>::read("-5"), Err(Error::Sign));
        /// assert_eq!(Error::Sign.code(), 2);
        /// assert_eq!(Error::Sign.message(), "a sign: expected a decimal without one, as 0.08");
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[non_exhaustive]
        pub enum Error {
            $( $(#[doc = $doc])* $name $({ $(#[doc = $what] $field: u32),+ })?, )+
        }

        impl Error {
            /// The error's number, 1 to 255; it never changes between releases.
            pub const fn code(self) -> u8 {
                match self { $( Error::$name $({ $($field: _),+ })? => $code, )+ }
            }

            /// What was found and what was expected, one line.
            pub const fn message(self) -> &'static str {
                match self { $( Error::$name $({ $($field: _),+ })? => $message, )+ }
            }
        }
    };
}

errors! {
    /// `"abc"`, `".5"`, `"5."`, `"< "`.
    NotANumber = 1, "not a number: expected a decimal as 4421 or 0.08, censored as <12, <=12, >2000, >=40000, a range as 4300..4500, or nothing for not known";
    /// `"-5"`, `"+5"`, and a negative `f32`.
    Sign = 2, "a sign: expected a decimal without one, as 0.08";
    /// `"1e3"`.
    Exponent = 3, "an exponent: expected a decimal written out, as 1000";
    /// FiO2 `"120"` %: not a value that the quantity's row in [`quantity`](crate::quantity) may report.
    OutOfRange = 4, "outside the reportable range";
    /// `"4500..4300"`.
    Backwards = 5, "a range written backwards: expected the lower end first, as 4300..4500";
    /// A Glasgow Coma Scale of `"13.5"`.
    NotWhole = 6, "not a whole score";
    /// `"<0"`: no value of the quantity is left.
    Nothing = 7, "no value of the reportable range is left";
    /// `f32::NAN`, `f32::INFINITY`.
    NotFinite = 8, "not a finite number";
    /// Item `"procalcitonin"`.
    UnknownItem = 9, "an item that is not known";
    /// Platelets in `"mg/dL"`.
    UnknownUnit = 10, "a unit that this item does not have";
    /// Ferritin in `"pmol/L"`.
    MolarFerritin = 11, "ferritin in pmol/L is refused: its factor to ng/mL is an assumption, report ng/mL or ug/L";
    /// Flag `rrt` with value `"yes"`.
    NotAFlag = 12, "expected 0 or 1";
    /// Support `"tent"`.
    NotASupport = 13, "expected none, oxygen, hfnc, cpap, niv, imv, home_vent, ecmo_vv or ecmo_va";
    /// First dose `"aspirin"`.
    NotADose = 14, "expected anakinra, interferon_gamma, placebo or other";
    /// Event `death` with value `"0"`.
    NotOne = 15, "expected 1";
    /// A limit `"7"` that does not say on which side.
    NotACutoff = 16, "expected <, <=, > or >= and a reportable amount on a tick, as < 7";
    /// FiO2 at minute 90 after an event of minute 100.
    ClockBack { by: "Minutes that the event lies before the latest one." } = 20, "what holds, and an event, can not go back in time";
    /// A creatinine of yesterday after yesterday was closed.
    DayClosed { by: "Minutes that the event lies before the open day." } = 21, "a late result for a day that is closed";
    /// An event of minute 1500 while day 1 is open.
    DayNotClosed { ends: "The first minute after the open day." } = 22, "an event of a later day: close the open day first";
    /// Anything after `death` or `discharge`.
    AfterEnd = 23, "an event after death or discharge";
    /// Minute 5,256,001, ten years after the origin.
    MinuteOutOfRange = 24, "expected a minute from 0 to 5256000";
    /// A SOFA-1996 day pushed into a course of another rule set, or an endpoint asked of one.
    RulesDiffer = 30, "another rule set than the one that it is bound to";
    /// Day 5 pushed after day 3.
    DayOutOfOrder { expected: "The day that comes next." } = 31, "a day out of order: declare the days between as gaps";
    /// The 29th day of a `Course<28>`.
    CourseFull = 32, "the course is full; the daily score goes on without it";
    /// Day 9 of a course of four days.
    NoSuchDay = 33, "no such day in the course";
    /// A day that is not closed pushed into a course, or windows of two days merged.
    DayOpen = 34, "only a closed day enters a course";
    /// Two windows whose open days differ merged.
    DaysDiffer = 35, "the two windows are not at the same day";
    /// A ferritin of 900 in a minute that has one of 800.
    SampleDiffers = 40, "another result of the same minute: correct that one, or withdraw it";
    /// A correction, or a withdrawal, of a minute without a sample.
    NoSample = 41, "no sample of this minute";
    /// The eighth sample of a `Series<Ferritin, 7>`.
    SeriesFull = 42, "the series is full: withdraw a sample that is no longer needed";
    /// A second first dose.
    DoseGiven = 43, "the first dose was charted before";
    /// Specimen `"late"`.
    NotARemark = 44, "expected undiluted, hemolysis, icterus, lipemia, specimen_age, stain_time, turnaround or lyse_no_wash";
    /// Withdrawn `"lactate"`.
    NotAMarker = 45, "expected ferritin or mhla_dr";
    /// `b"a letter"` read as a snapshot or a receipt.
    NotOurs = 50, "neither a snapshot nor a receipt";
    /// A snapshot of a later release.
    UnknownVersion { found: "The version that it names." } = 51, "a version that this release does not read";
    /// A snapshot of which the last byte is missing.
    WrongLength { expected: "Bytes that it should have." } = 52, "another length than it says or needs";
    /// A snapshot with one bit flipped.
    Checksum = 53, "damaged: the checksum does not fit";
    /// A snapshot of the patient who had the bed before.
    OtherPatient = 54, "a snapshot of another patient";
    /// A clock at minute 1500 of a day, with a checksum that fits.
    Impossible = 55, "a content that no charting leads to";
    /// A snapshot written into 100 bytes.
    NoRoom { needed: "Bytes that it takes." } = 56, "too little room for what is to be written";
    /// A receipt of a total of 9 whose organs add up to 8.
    DoesNotFollow = 57, "the result does not follow from what it was decided by";
}

impl core::fmt::Display for Error {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.message())
    }
}

impl core::error::Error for Error {}

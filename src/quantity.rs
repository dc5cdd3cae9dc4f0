//! The one table of quantities: name, UCUM unit, ticks per unit, reportable range.
//!
//! Everything else about a quantity derives from its row. A tick is the finest decimal that a row keeps exactly; a value
//! finer than that is kept as "strictly between these two ticks" (see [`Reading`](crate::Reading)). US and SI columns of one
//! analyte are two quantities, because the printed cut-offs are not conversions of one another. The LOINC codes are for the reader:
//! nothing here is matched by them, and a test holds them to the table of `endotype-formats`.

/// How a quantity behaves below its smallest reported value, the third word of its row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Scale {
    /// `<x` reaches down to 0.
    Amount,
    /// `<x` is running: it reaches down to 0, without 0.
    Rate,
    /// Whole points; `<x` reaches down to the least score.
    Score,
}

mod sealed {
    pub trait Sealed {}
}

/// A row of the table in [`quantity`](self), as a type that no value has.
pub trait Quantity: sealed::Sealed + Copy + Eq + core::hash::Hash + core::fmt::Debug + 'static {
    /// The quantity's name.
    const NAME: &'static str;
    /// Its unit in UCUM.
    const UNIT: &'static str;
    /// Ticks in one unit, a power of ten.
    const TICKS: u32;
    /// The least and the most that may be reported, in whole units, both included.
    const RANGE: [u32; 2];
    /// How it behaves at its low end.
    const SCALE: Scale;
}

macro_rules! quantities {
    ($( $(#[doc = $doc:literal])* $name:ident $text:literal $unit:literal $ticks:literal $scale:ident $least:literal $most:literal )+) => {
        $(
            $(#[doc = $doc])*
            #[doc = concat!("\n\n", $text, ", `", $unit, "`, ", $ticks, " ticks a unit, reportable ", $least, " to ", $most, ".")]
            #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
            pub enum $name {}
            impl sealed::Sealed for $name {}
            impl Quantity for $name {
                const NAME: &'static str = $text;
                const UNIT: &'static str = $unit;
                const TICKS: u32 = $ticks;
                const RANGE: [u32; 2] = [$least, $most];
                const SCALE: Scale = Scale::$scale;
            }
        )+

        /// One row of the table as data, for listings and tests.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        pub struct Row {
            /// The quantity's name.
            pub name: &'static str,
            /// Its unit in UCUM.
            pub unit: &'static str,
            /// Ticks in one unit.
            pub ticks: u32,
            /// The reportable range in whole units, both ends included.
            pub range: [u32; 2],
            /// How it behaves at its low end.
            pub scale: Scale,
        }

        /// Every row of the table.
        ///
        /// ```
        /// let row = endotype::quantity::TABLE.iter().find(|r| r.name == "ferritin").unwrap();
        /// assert_eq!((row.unit, row.ticks, row.range), ("ng/mL", 1_000, [0, 1_000_000]));
        /// ```
        pub static TABLE: &[Row] = &[
            $( Row { name: $text, unit: $unit, ticks: $ticks, range: [$least, $most], scale: Scale::$scale }, )+
        ];
    };
}

quantities! {
    // type             name                      unit            ticks      scale     least  most
    /// Arterial oxygen partial pressure, LOINC 2703-7.
    PaO2                "pao2"                    "mm[Hg]"        1_000      Amount    0      1_000
    /// Arterial oxygen partial pressure in SI.
    PaO2KPa             "pao2"                    "kPa"           1_000      Amount    0      150
    /// Fraction of inspired oxygen as a percentage, LOINC 3150-0.
    FiO2                "fio2"                    "%"             1_000      Amount    15     100
    /// Oxygen saturation by pulse oximetry, LOINC 59408-5.
    SpO2                "spo2"                    "%"             1_000      Amount    0      100
    /// PaO2/FiO2 as printed in SOFA; only a rule row has this unit, nobody charts it.
    PfRatio             "pao2/fio2"               "mm[Hg]"        1          Amount    0      10_000
    /// PaO2/FiO2 in SI.
    PfRatioKPa          "pao2/fio2"               "kPa"           10         Amount    0      1_000
    /// SpO2/FiO2, a percentage over a fraction, as printed in SOFA-2; only a rule row has this unit.
    SfRatio             "spo2/fio2"               "%"             1          Amount    0      10_000
    /// Platelet count, LOINC 777-3.
    Platelets           "platelets"               "10*9/L"        1_000      Amount    0      10_000
    /// Total bilirubin, LOINC 1975-2.
    Bilirubin           "bilirubin"               "mg/dL"         1_000      Amount    0      200
    /// Total bilirubin in SI, LOINC 14631-6.
    BilirubinSi         "bilirubin"               "umol/L"        1_000      Amount    0      5_000
    /// Creatinine, LOINC 2160-0.
    Creatinine          "creatinine"              "mg/dL"         1_000      Amount    0      100
    /// Creatinine in SI, LOINC 14682-9.
    CreatinineSi        "creatinine"              "umol/L"        1_000      Amount    0      10_000
    /// Mean arterial pressure, LOINC 8478-0.
    Map                 "map"                     "mm[Hg]"        1_000      Amount    0      500
    /// Systolic pressure, LOINC 8480-6.
    Sbp                 "sbp"                     "mm[Hg]"        1_000      Amount    0      500
    /// Respiratory rate, LOINC 9279-1.
    RespiratoryRate     "respiratory_rate"        "/min"          1_000      Amount    0      200
    /// An infusion's rate by weight, in millionths.
    DoseRate            "rate by weight"          "ug/kg/min"     1_000_000  Rate      0      1_000
    /// An infusion's rate, compared against the weight that holds.
    MassRate            "rate"                    "ug/min"        1_000      Rate      0      100_000
    /// The rate of an infusion of which only on or off matters, in whatever unit it is charted.
    AnyRate             "rate in any unit"        "{any}/{time}"  1          Rate      0      1_000_000
    /// Body weight, LOINC 29463-7.
    Weight              "weight"                  "kg"            1_000      Amount    1      1_000
    /// Glasgow Coma Scale, LOINC 9269-2.
    Gcs                 "gcs"                     "{score}"       1          Score     3      15
    /// Motor response of the Glasgow Coma Scale, LOINC 9268-4.
    GcsMotor            "gcs_motor"               "{score}"       1          Score     1      6
    /// Urine volume, LOINC 9187-6.
    Urine               "urine"                   "mL"            1_000      Amount    0      100_000
    /// Urine by weight and time; only a rule row has this unit.
    UrineRate           "urine rate"              "mL/kg/h"       10         Amount    0      100
    /// Potassium, LOINC 2823-3.
    Potassium           "potassium"               "mmol/L"        1_000      Amount    0      20
    /// Bicarbonate, LOINC 1963-8.
    Bicarbonate         "bicarbonate"             "mmol/L"        1_000      Amount    0      100
    /// Lactate, LOINC 2524-7.
    Lactate             "lactate"                 "mmol/L"        1_000      Amount    0      100
    /// Arterial pH, LOINC 2744-1.
    Ph                  "ph"                      "[pH]"          1_000      Amount    0      14
    /// Ferritin, LOINC 2276-4; 1 ug/L is 1 ng/mL.
    Ferritin            "ferritin"                "ng/mL"         1_000      Amount    0      1_000_000
    /// Monocyte HLA-DR as antibodies bound per cell.
    MhlaDr              "mhla_dr"                 "{AB}/{cell}"   1_000      Amount    0      1_000_000
    /// HLA-DR positive monocytes; never used for an ImmunoSep class.
    MhlaDrPositive      "mhla_dr_positive"        "%"             1_000      Amount    0      100
    /// Lymphocyte count, LOINC 731-0.
    Lymphocytes         "lymphocytes"             "10*9/L"        1_000_000  Amount    0      1_000
    /// Neutrophil count, LOINC 751-8.
    Neutrophils         "neutrophils"             "10*9/L"        1_000_000  Amount    0      1_000
    /// Lymphocytes among leucocytes, LOINC 736-9.
    LymphocytesFraction "lymphocytes_fraction"    "%"             1_000      Amount    0      100
    /// Natural killer cells, followed against the laboratory's own interval.
    NkCells             "nk_cells"                "10*9/L"        1_000_000  Amount    0      1_000
    /// Dendritic cells, as they.
    DendriticCells      "dendritic_cells"         "10*9/L"        1_000_000  Amount    0      1_000
    /// B cells, as they.
    BCells              "b_cells"                 "10*9/L"        1_000_000  Amount    0      1_000
    /// T cells, as they.
    TCells              "t_cells"                 "10*9/L"        1_000_000  Amount    0      1_000
    /// Haemoglobin, LOINC 718-7.
    Hemoglobin          "hemoglobin"              "g/dL"          1_000      Amount    0      30
    /// Age, LOINC 30525-0.
    Age                 "age"                     "a"             1_000      Amount    0      150
}

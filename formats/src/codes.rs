//! The one table of codes: LOINC to item and units.

use crate::fields::{cut, nth};
use endotype::published::Evidence;

/// A row of [`CODES`].
///
/// ```
/// use endotype_formats::{CODES, Code};
/// let molar = |code: &&Code| code.item == "creatinine" && code.units == ["umol/L"];
/// assert_eq!(CODES.iter().filter(molar).map(|code| code.loinc).collect::<Vec<_>>(), ["14682-9"]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Code {
    /// The LOINC code.
    pub loinc: &'static str,
    /// The item of the rules crate.
    pub item: &'static str,
    /// The UCUM units that the code may come in.
    pub units: &'static [&'static str],
    /// Whether code and name were read in a source (A) or only recalled (R).
    pub evidence: Evidence,
    /// The code's name there.
    pub name: &'static str,
}

macro_rules! codes {
    (
        $( $item:literal $units:tt { $loinc:literal $evidence:ident $name:literal $( $more:literal $its:ident $called:literal )* } )+
        @ $( $molar:literal { $of_moles:literal $mole_evidence:ident $mole_name:literal } )+
    ) => {
        /// Every LOINC code that is read, with the units that it may come in; other codes, and other units, are refused.
        ///
        /// A code has a property: `1975-2` is bilirubin as mass, `14631-6` as moles, so each has its own unit. Where the code was read
        /// stands in the table's comments.
        ///
        /// ```
        /// use endotype_formats::CODES;
        /// let ferritin = CODES.iter().find(|code| code.loinc == "2276-4").unwrap();
        /// assert_eq!((ferritin.item, ferritin.units), ("ferritin", &["ng/mL", "ug/L"][..]));
        /// ```
        pub static CODES: &[Code] = &[
            $(
                Code { loinc: $loinc, item: $item, units: &$units, evidence: Evidence::$evidence, name: $name },
                $( Code { loinc: $more, item: $item, units: &$units, evidence: Evidence::$its, name: $called }, )*
            )+
            $( Code { loinc: $of_moles, item: $molar, units: &["umol/L"], evidence: Evidence::$mole_evidence, name: $mole_name }, )+
        ];

        /// The items, as the readers look them up: a pointer for each code would cost twice what the code does.
        static ITEMS: &[u8] = concat!($( " ", $item, )+ $( " ", $molar ),+).as_bytes();
        /// Their codes as numbers, and which is the first of the next item.
        static NUMBERS: &[u32] = &[
            $( NEXT | number($loinc.as_bytes()), $( number($more.as_bytes()), )* )+
            $( NEXT | number($of_moles.as_bytes()), )+
        ];
        /// The codes in moles of what is there as mass too.
        pub(crate) static MOLAR: &[u8] = concat!($( $of_moles, " " ),+).as_bytes();
    };
}

/// The first code of an item.
const NEXT: u32 = 1 << 31;

/// Digits and a hyphen as a number, each text its own; 0 is none, or one of more than seven bytes.
#[inline(never)]
const fn number(mut loinc: &[u8]) -> u32 {
    let mut number = 0;
    // To the base 14, in which no digit is 0.
    while let [b @ b'-'..=b'9', rest @ ..] = loinc {
        if number >= 14_u32.pow(6) {
            break;
        }
        number = number * 14 + (*b - b',') as u32;
        loinc = rest;
    }
    if loinc.is_empty() { number } else { 0 }
}

/// Whether a text is one of these words.
#[inline(never)]
pub(crate) fn is_one(word: &[u8], mut words: &[u8]) -> bool {
    while !words.is_empty() {
        if cut(&mut words, b' ') == word {
            return true;
        }
    }
    false
}

/// Whether a text is empty, or one of these words.
#[inline(never)]
pub(crate) fn is_none_or(text: &[u8], words: &[u8]) -> bool {
    text.is_empty() || is_one(text, words)
}

/// The item of a code; empty if there is none.
pub(crate) fn find(loinc: &[u8]) -> &'static [u8] {
    let number = number(loinc);
    let mut item = 0;
    for one in NUMBERS {
        if one & NEXT != 0 {
            item += 1;
        }
        if one & !NEXT == number {
            return nth(ITEMS, b' ', item);
        }
    }
    &[]
}

// Where a code was read (A), each searched on 2026-11-28 with its name beside it:
//   value sets and profiles of GECCO and the Medical Informatics Initiative (FHIR): blood gases, FiO2, lactate;
//   US Core and the FHIR core profiles (vital signs);
//   the OMOP listings of LOINC concepts, and Regenstrief's "top 2000" list as a public program keeps it: chemistry, counts, cell markers;
//   MIMIC's d_labitems mapping (FiO2 setting of a ventilator, lymphocytes, CD3);
//   the pathology list of an HL7 library (CD16+CD56+, CD19, CD3).
// Not taken: oxygen and pH of venous, capillary or unnamed blood (2705-2, 11558-4); 24-hour urine, which has no minute (9188-4);
// lymphocytes as a share of another count; haemoglobin in moles (59260-0).
codes! {
    // The property is a pressure, so either unit of pressure goes.
    "pao2" ["mm[Hg]", "kPa"] {
        "2703-7" A "Oxygen [Partial pressure] in Arterial blood"
        "19255-9" A "Oxygen [Partial pressure] adjusted to patient's actual temperature in Arterial blood"
    }
    "fio2" ["%", "1"] {
        "3150-0" A "Inhaled oxygen concentration"
        "19994-3" A "Oxygen/Inspired gas setting [Volume Fraction] Ventilator"
    }
    // 2708-6 names the arterial blood, not the method: FHIR puts it on every pulse oximetry. A gas analyser may send its own saturation
    // under it; beside a PaO2 of the same minute SOFA-2 does not look at it.
    "spo2" ["%"] {
        "59408-5" A "Oxygen saturation in Arterial blood by Pulse oximetry"
        "2708-6" A "Oxygen saturation in Arterial blood"
    }
    "platelets" ["10*9/L", "10*3/uL"] {
        "777-3" A "Platelets [#/volume] in Blood by Automated count"
        "26515-7" A "Platelets [#/volume] in Blood"
        "778-1" R "Platelets [#/volume] in Blood by Manual count"
    }
    "bilirubin" ["mg/dL"] {
        "1975-2" A "Bilirubin.total [Mass/volume] in Serum or Plasma"
    }
    "creatinine" ["mg/dL"] {
        "2160-0" A "Creatinine [Mass/volume] in Serum or Plasma"
        "38483-4" A "Creatinine [Mass/volume] in Blood"
    }
    "map" ["mm[Hg]"] {
        "8478-0" A "Mean blood pressure"
        "76214-6" A "Invasive Mean blood pressure"
    }
    "sbp" ["mm[Hg]"] {
        "8480-6" A "Systolic blood pressure"
        "76215-3" A "Invasive Systolic blood pressure"
    }
    "respiratory_rate" ["/min"] {
        "9279-1" A "Respiratory rate"
    }
    "gcs" ["{score}"] {
        "9269-2" A "Glasgow coma score total"
    }
    "gcs_motor" ["{score}"] {
        "9268-4" A "Glasgow coma score motor"
    }
    "urine" ["mL"] {
        "9187-6" A "Urine output"
    }
    "weight" ["kg"] {
        "29463-7" A "Body weight"
    }
    "potassium" ["mmol/L"] {
        "2823-3" A "Potassium [Moles/volume] in Serum or Plasma"
        "6298-4" A "Potassium [Moles/volume] in Blood"
    }
    "bicarbonate" ["mmol/L"] {
        "1963-8" A "Bicarbonate [Moles/volume] in Serum or Plasma"
        "1960-4" A "Bicarbonate [Moles/volume] in Arterial blood"
    }
    "lactate" ["mmol/L"] {
        "2524-7" A "Lactate [Moles/volume] in Serum or Plasma"
        "32693-4" A "Lactate [Moles/volume] in Blood"
        "2518-9" A "Lactate [Moles/volume] in Arterial blood"
    }
    "ph" ["[pH]"] {
        "2744-1" A "pH of Arterial blood"
    }
    "ferritin" ["ng/mL", "ug/L"] {
        "2276-4" A "Ferritin [Mass/volume] in Serum or Plasma"
        "20567-4" A "Ferritin [Mass/volume] in Serum or Plasma by Immunoassay"
        "24373-3" A "Ferritin [Mass/volume] in Blood"
    }
    "lymphocytes" ["10*9/L", "10*3/uL", "/uL"] {
        "731-0" A "Lymphocytes [#/volume] in Blood by Automated count"
        "26474-7" A "Lymphocytes [#/volume] in Blood"
    }
    "neutrophils" ["10*9/L", "10*3/uL", "/uL"] {
        "751-8" A "Neutrophils [#/volume] in Blood by Automated count"
        "26499-4" A "Neutrophils [#/volume] in Blood"
    }
    "lymphocytes_fraction" ["%"] {
        "736-9" A "Lymphocytes/100 leukocytes in Blood by Automated count"
        "26478-8" A "Lymphocytes/100 leukocytes in Blood"
    }
    "nk_cells" ["10*9/L", "10*3/uL", "/uL"] {
        "20402-4" A "CD16+CD56+ cells [#/volume] in Blood"
    }
    "b_cells" ["10*9/L", "10*3/uL", "/uL"] {
        "8116-6" A "CD19 cells [#/volume] in Blood"
    }
    "t_cells" ["10*9/L", "10*3/uL", "/uL"] {
        "8122-4" A "CD3 cells [#/volume] in Blood"
    }
    "hemoglobin" ["g/dL", "g/L"] {
        "718-7" A "Hemoglobin [Mass/volume] in Blood"
    }
    "age" ["a"] {
        "30525-0" A "Age"
    }
    @
    "bilirubin" {
        "14631-6" A "Bilirubin.total [Moles/volume] in Serum or Plasma"
    }
    "creatinine" {
        "14682-9" A "Creatinine [Moles/volume] in Serum or Plasma"
    }
}

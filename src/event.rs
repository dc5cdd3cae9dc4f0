//! Charted events: one item at one minute.

use crate::error::Error;
use crate::quantity::*;
use crate::reading::{ANY, Reading, scaled};

/// An enum whose variants have names in charted events.
macro_rules! named {
    ($(#[doc = $doc:literal])* $name:ident, $refused:ident: $( $(#[doc = $vdoc:literal])* $variant:ident = $text:literal, )+) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        pub enum $name { $( $(#[doc = $vdoc])* $variant, )+ }

        impl $name {
            /// Every one, in the order of declaration.
            pub const ALL: &'static [$name] = &[ $( $name::$variant, )+ ];

            /// The name in charted events.
            pub const fn name(self) -> &'static str {
                match self { $( $name::$variant => $text, )+ }
            }

            /// From its name in charted events.
            pub fn read(name: &str) -> Result<$name, Error> {
                match name { $( $text => Ok($name::$variant), )+ _ => Err(Error::$refused) }
            }
        }
    };
}

named! {
    /// What supports the patient's breathing; which of them count is the rule set's ([`SofaRows::support`](crate::SofaRows::support)).
    ///
    /// ```
    /// use endotype::{Error, Support};
    /// assert_eq!(Support::read("niv"), Ok(Support::Niv));
    /// assert_eq!(Support::read("tent"), Err(Error::NotASupport));
    /// ```
    Support, NotASupport:
    /// Room air.
    None = "none",
    /// Oxygen without pressure.
    Oxygen = "oxygen",
    /// High-flow nasal cannula.
    Hfnc = "hfnc",
    /// Continuous positive airway pressure.
    Cpap = "cpap",
    /// Non-invasive ventilation.
    Niv = "niv",
    /// Invasive mechanical ventilation.
    Imv = "imv",
    /// Long-term home ventilation.
    HomeVent = "home_vent",
    /// Veno-venous ECMO.
    EcmoVv = "ecmo_vv",
    /// Veno-arterial ECMO.
    EcmoVa = "ecmo_va",
}

named! {
    /// A vasoactive infusion.
    ///
    /// ```
    /// use endotype::Infusion;
    /// assert_eq!(Infusion::read("norepinephrine").map(Infusion::name), Ok("norepinephrine"));
    /// ```
    Infusion, UnknownItem:
    /// Norepinephrine, as base.
    Norepinephrine = "norepinephrine",
    /// Epinephrine.
    Epinephrine = "epinephrine",
    /// Dopamine.
    Dopamine = "dopamine",
    /// Dobutamine.
    Dobutamine = "dobutamine",
    /// Vasopressin; only on or off matters.
    Vasopressin = "vasopressin",
    /// Phenylephrine; only on or off matters.
    Phenylephrine = "phenylephrine",
    /// Milrinone; only on or off matters.
    Milrinone = "milrinone",
    /// Any other vasoactive drug; only on or off matters.
    OtherVasoactive = "other_vasoactive",
}

named! {
    /// A state that holds until it is charted again.
    ///
    /// ```
    /// use endotype::Flag;
    /// assert_eq!(Flag::read("infection"), Ok(Flag::Infection));
    /// ```
    Flag, UnknownItem:
    /// Balloon pump, LVAD, microaxial pump, VA-ECMO.
    MechanicalCirculatorySupport = "mechanical_circulatory_support",
    /// Renal replacement therapy.
    Rrt = "rrt",
    /// Sedated.
    Sedated = "sedated",
    /// A drug for delirium is given.
    DeliriumDrug = "delirium_drug",
    /// Ventilation is unavailable, or limited by a ceiling of treatment.
    VentilationUnavailable = "ventilation_unavailable",
    /// Vasoactive drugs are unavailable, or limited by a ceiling of treatment.
    VasoactivesUnavailable = "vasoactives_unavailable",
    /// Hypovolaemia that is not corrected.
    Hypovolemia = "hypovolemia",
    /// Infection, suspected or proven.
    Infection = "infection",
    /// COVID-19.
    Covid19 = "covid19",
    /// Admitted through the emergency department.
    EmergencyAdmission = "emergency_admission",
}

named! {
    /// The first dose of a trial drug.
    ///
    /// ```
    /// use endotype::{Dose, Error};
    /// assert_eq!(Dose::read("placebo"), Ok(Dose::Placebo));
    /// assert_eq!(Dose::read("aspirin"), Err(Error::NotADose));
    /// ```
    Dose, NotADose:
    /// Anakinra.
    Anakinra = "anakinra",
    /// Interferon gamma.
    InterferonGamma = "interferon_gamma",
    /// Placebo.
    Placebo = "placebo",
    /// Another drug.
    Other = "other",
}

named! {
    /// What the laboratory remarks of a specimen; what follows from it is the assay's ([`Checks`](crate::Checks)).
    ///
    /// ```
    /// use endotype::{Error, Remark};
    /// assert_eq!(Remark::read("hemolysis"), Ok(Remark::Hemolysis));
    /// assert_eq!(Remark::read("late"), Err(Error::NotARemark));
    /// ```
    Remark, NotARemark:
    /// Measured without dilution.
    Undiluted = "undiluted",
    /// Haemolysis index over the assay's limit.
    Hemolysis = "hemolysis",
    /// Icterus index over the assay's limit.
    Icterus = "icterus",
    /// Lipaemia index over the assay's limit.
    Lipemia = "lipemia",
    /// Older than the assay allows when it was measured.
    SpecimenAge = "specimen_age",
    /// Stained later than the assay allows.
    StainTime = "stain_time",
    /// Reported later than the laboratory allows.
    Turnaround = "turnaround",
    /// HLA-DR by lyse-no-wash.
    LyseNoWash = "lyse_no_wash",
}

named! {
    /// The two markers of an endotype.
    ///
    /// ```
    /// use endotype::{Error, Marker};
    /// assert_eq!(Marker::read("mhla_dr"), Ok(Marker::MhlaDr));
    /// assert_eq!(Marker::read("procalcitonin"), Err(Error::NotAMarker));
    /// ```
    Marker, NotAMarker:
    /// Ferritin.
    Ferritin = "ferritin",
    /// Monocyte HLA-DR.
    MhlaDr = "mhla_dr",
}

named! {
    /// A criterion of the trial's, in or out; what each means stands in [`published::TRIAL_CRITERIA`](crate::published::TRIAL_CRITERIA).
    ///
    /// ```
    /// use endotype::{Criterion, Error};
    /// assert_eq!(Criterion::read("meningitis"), Ok(Criterion::Meningitis));
    /// assert_eq!(Criterion::read("blue_eyes"), Err(Error::UnknownItem));
    /// ```
    Criterion, UnknownItem:
    /// At least 18 years old.
    Adult = "adult",
    /// No pregnancy is wanted during the study, where it concerns the patient.
    Contraception = "contraception",
    /// Pneumonia, or primary bacteraemia.
    LungOrBloodstreamInfection = "lung_or_bloodstream_infection",
    /// Sepsis by Sepsis-3.
    Sepsis = "sepsis",
    /// One of the two endotypes.
    Endotype = "endotype",
    /// First dose less than 72 h from the classification of sepsis.
    Within72H = "within_72_h",
    /// Pyelonephritis.
    Pyelonephritis = "pyelonephritis",
    /// Intra-abdominal infection.
    IntraAbdominalInfection = "intra_abdominal_infection",
    /// Meningitis.
    Meningitis = "meningitis",
    /// Skin infection.
    SkinInfection = "skin_infection",
    /// Malignancy of stage IV.
    StageIvMalignancy = "stage_iv_malignancy",
    /// Too few neutrophils.
    Neutropenia = "neutropenia",
    /// A decision not to resuscitate.
    DoNotResuscitate = "do_not_resuscitate",
    /// Bacteraemia by coagulase-negative staphylococci, skin commensals, or a catheter.
    ContaminantBacteremia = "contaminant_bacteremia",
    /// Consent denied.
    ConsentDenied = "consent_denied",
    /// COVID-19 in another class than mals.
    Covid19WithoutMals = "covid19_without_mals",
    /// Steroids.
    Steroids = "steroids",
    /// Tuberculosis.
    Tuberculosis = "tuberculosis",
    /// HIV.
    Hiv = "hiv",
    /// Pregnancy.
    Pregnancy = "pregnancy",
    /// Immunodeficiency.
    Immunodeficiency = "immunodeficiency",
    /// Lupus.
    Lupus = "lupus",
    /// Multiple sclerosis.
    MultipleSclerosis = "multiple_sclerosis",
}

impl Criterion {
    /// Whether it is charted, by its own name; the others are decided from what is.
    ///
    /// ```
    /// use endotype::Criterion;
    /// assert!(Criterion::Hiv.is_charted() && !Criterion::Neutropenia.is_charted());
    /// ```
    pub const fn is_charted(self) -> bool {
        use Criterion::*;
        !matches!(self, Adult | Sepsis | Endotype | Within72H | Neutropenia | Covid19WithoutMals)
    }
}

/// The rate of an infusion; 0 stops it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Rate {
    /// By weight, ug/kg/min.
    ByWeight(Reading<DoseRate>),
    /// Per minute, ug/min: compared against the weight that holds.
    PerMinute(Reading<MassRate>),
    /// In another unit: on or off. A drug that is scored by its dose then runs at an unknown rate.
    Any(Reading<AnyRate>),
}

impl Rate {
    /// Its ends by weight, or per minute; of a rate in another unit only whether it runs.
    pub(crate) const fn dosed(self) -> ([i32; 2], bool) {
        match self {
            Rate::ByWeight(r) => (r.ends(), false),
            Rate::PerMinute(r) => (r.ends(), true),
            Rate::Any(r) if r.is_unknown() => (r.ends(), false),
            Rate::Any(r) => (running(r.ends()), false),
        }
    }
}

/// A salt in which norepinephrine is dosed; rules and events take the base.
///
/// 1 mg of base is 2 mg of bitartrate monohydrate, 1.89 mg of anhydrous bitartrate, or 1.22 mg of hydrochloride (SOFA-2, footnote k,
/// [doi 10.1001/jama.2025.20516](https://doi.org/10.1001/jama.2025.20516)).
///
/// ```
/// use endotype::{Event, Infusion, Rate, Reading, Salt};
/// let charted = Rate::ByWeight(Reading::read("0.4")?);
/// let base = Salt::BitartrateMonohydrate.base(charted);
/// assert_eq!(base, Rate::ByWeight(Reading::read("0.2")?));
/// let event = Event::Infusion(Infusion::Norepinephrine, base);
/// // 0.1 / 1.22 is no decimal: strictly between two millionths, so that no cut-off is met by rounding.
/// assert_eq!(Salt::Hydrochloride.base(Rate::ByWeight(Reading::read("0.1")?)), Rate::ByWeight(Reading::read("0.0819675")?));
/// # Ok::<(), endotype::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Salt {
    /// Bitartrate monohydrate.
    BitartrateMonohydrate,
    /// Anhydrous bitartrate.
    BitartrateAnhydrous,
    /// Hydrochloride.
    Hydrochloride,
}

impl Salt {
    /// Hundredths of a milligram that hold 1 mg of base.
    const fn hundredths(self) -> u32 {
        match self {
            Salt::BitartrateMonohydrate => 200,
            Salt::BitartrateAnhydrous => 189,
            Salt::Hydrochloride => 122,
        }
    }

    /// The rate of the base in a rate of this salt, exact against every cut-off; a rate in another unit stays on or off.
    ///
    /// ```
    /// use endotype::{Infusion, Points, Rate, Reading, Salt, published::SOFA_2};
    /// let points = |x| SOFA_2.infusion(Infusion::Norepinephrine, Salt::BitartrateAnhydrous.base(Rate::ByWeight(Reading::read(x).unwrap())), Reading::UNKNOWN);
    /// assert_eq!([points("0.378"), points("0.378001")], [Points::only(2), Points::only(3)]);
    /// ```
    pub const fn base(self, rate: Rate) -> Rate {
        match rate {
            Rate::ByWeight(r) => Rate::ByWeight(Reading::of(self.ends(r.ends))),
            Rate::PerMinute(r) => Rate::PerMinute(Reading::of(self.ends(r.ends))),
            Rate::Any(r) => Rate::Any(r),
        }
    }

    const fn ends(self, ends: [i32; 2]) -> [i32; 2] {
        scaled(ends, [100; 2], [self.hundredths(); 2])
    }
}

/// A rate of which only whether it runs is known.
pub(crate) const fn running([lo, hi]: [i32; 2]) -> [i32; 2] {
    [(lo > 0) as i32, if hi > 0 { ANY[1] - 1 } else { 0 }]
}

/// When an item counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Kind {
    /// At its own minute; may be charted late, while its day is open.
    Measured,
    /// From its minute until the next of its item; never late.
    Holds,
    /// Once; never late.
    Happens,
}

macro_rules! measured_events {
    ($( $name:literal { $( $unit:literal $ticks:literal $variant:ident $(($doc:literal))? ),+ $(,)? } )+) => {
        /// What was charted: one item's reading, state or occurrence.
        ///
        /// [`Reading::UNKNOWN`] is "charted, without a value": it scores nothing and ends nothing that holds.
        ///
        /// ```
        /// use endotype::{Error, Event, Reading};
        /// assert_eq!(Event::read("fio2", "1", "0.4"), Event::read("fio2", "%", "40"));
        /// assert_eq!(Event::read("platelets", "10*3/uL", ""), Ok(Event::Platelets(Reading::UNKNOWN)));
        /// assert_eq!(Event::read("ferritin", "pmol/L", "9932"), Err(Error::MolarFerritin));
        /// assert_eq!(Event::read("rrt", "", "yes"), Err(Error::NotAFlag));
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        pub enum Event {
            $( $( $(#[doc = $doc] $variant(Reading<$variant>),)? )+ )+
            /// A vasoactive infusion's new rate.
            Infusion(Infusion, Rate),
            /// What supports the patient's breathing from now on.
            Support(Support),
            /// A state from now on.
            Flag(Flag, bool),
            /// The first dose of a trial drug.
            FirstDose(Dose),
            /// The laboratory's remark on the samples of its minute.
            Specimen(Remark),
            /// The laboratory withdrew the marker's result of its minute.
            Withdrawn(Marker),
            /// Whether a charted criterion of the trial's is so, from now on.
            Criterion(Criterion, bool),
            /// The patient was classified as septic.
            SepsisClassified,
            /// Admission to intensive care.
            IcuAdmission,
            /// Death: closes its day and ends the charting.
            Death,
            /// Discharge: closes its day and ends the charting.
            Discharge,
        }

        /// Every item that [`Event::read`] takes, with the units that it may be charted in.
        ///
        /// ```
        /// use endotype::ITEMS;
        /// assert!(ITEMS.contains(&("ferritin", &["ng/mL", "ug/L"])));
        /// ```
        pub static ITEMS: &[(&str, &[&str])] = &[
            $( ($name, &[ $( $unit ),+ ]), )+
            ("norepinephrine", DOSE_UNITS), ("epinephrine", DOSE_UNITS), ("dopamine", DOSE_UNITS), ("dobutamine", DOSE_UNITS),
            ("vasopressin", ANY_RATE), ("phenylephrine", ANY_RATE), ("milrinone", ANY_RATE), ("other_vasoactive", ANY_RATE),
            ("support", NO_UNIT), ("mechanical_circulatory_support", NO_UNIT), ("rrt", NO_UNIT), ("sedated", NO_UNIT),
            ("delirium_drug", NO_UNIT), ("ventilation_unavailable", NO_UNIT), ("vasoactives_unavailable", NO_UNIT),
            ("hypovolemia", NO_UNIT), ("infection", NO_UNIT), ("covid19", NO_UNIT), ("emergency_admission", NO_UNIT),
            ("specimen", NO_UNIT), ("withdrawn", NO_UNIT), ("contraception", NO_UNIT), ("lung_or_bloodstream_infection", NO_UNIT),
            ("pyelonephritis", NO_UNIT), ("intra_abdominal_infection", NO_UNIT), ("meningitis", NO_UNIT), ("skin_infection", NO_UNIT),
            ("stage_iv_malignancy", NO_UNIT), ("do_not_resuscitate", NO_UNIT), ("contaminant_bacteremia", NO_UNIT),
            ("consent_denied", NO_UNIT), ("steroids", NO_UNIT), ("tuberculosis", NO_UNIT), ("hiv", NO_UNIT), ("pregnancy", NO_UNIT),
            ("immunodeficiency", NO_UNIT), ("lupus", NO_UNIT), ("multiple_sclerosis", NO_UNIT),
            ("sepsis_classified", NO_UNIT), ("icu_admission", NO_UNIT), ("first_dose", NO_UNIT), ("death", NO_UNIT),
            ("discharge", NO_UNIT),
        ];

        fn read_measured(item: &str, unit: &str, value: &str) -> Result<Event, Error> {
            match item {
                $( $name => match unit {
                    $( $unit => Ok(Event::$variant(Reading::read_in::<$ticks>(value.as_bytes())?)), )+
                    _ => Err(Error::UnknownUnit),
                }, )+
                _ => Err(Error::UnknownItem),
            }
        }
    };
}

const DOSE_UNITS: &[&str] = &["ug/kg/min", "ug/min"];
const ANY_RATE: &[&str] = &["any rate, as ug/kg/min, ug/min, [U]/h"];
const NO_UNIT: &[&str] = &["none"];

measured_events! {
    // item               { unit, its size in ticks of the quantity, the quantity }
    "pao2"                { "mm[Hg]" 1_000 PaO2 ("Arterial oxygen, paired with the FiO2 and the support that hold."), "kPa" 1_000 PaO2KPa ("Arterial oxygen in SI.") }
    "fio2"                { "%" 1_000 FiO2 ("Inspired oxygen from now on."), "1" 100_000 FiO2 }
    "spo2"                { "%" 1_000 SpO2 ("Pulse oximetry.") }
    "platelets"           { "10*9/L" 1_000 Platelets ("Platelets."), "10*3/uL" 1_000 Platelets }
    "bilirubin"           { "mg/dL" 1_000 Bilirubin ("Total bilirubin."), "umol/L" 1_000 BilirubinSi ("Total bilirubin in SI.") }
    "creatinine"          { "mg/dL" 1_000 Creatinine ("Creatinine."), "umol/L" 1_000 CreatinineSi ("Creatinine in SI.") }
    "map"                 { "mm[Hg]" 1_000 Map ("Mean arterial pressure.") }
    "sbp"                 { "mm[Hg]" 1_000 Sbp ("Systolic pressure.") }
    "respiratory_rate"    { "/min" 1_000 RespiratoryRate ("Respiratory rate.") }
    "gcs"                 { "{score}" 1 Gcs ("Glasgow Coma Scale; unknown is not assessable.") }
    "gcs_motor"           { "{score}" 1 GcsMotor ("Its motor response.") }
    "urine"               { "mL" 1_000 Urine ("Urine, added up.") }
    "weight"              { "kg" 1_000 Weight ("Body weight from now on.") }
    "potassium"           { "mmol/L" 1_000 Potassium ("Potassium.") }
    "bicarbonate"         { "mmol/L" 1_000 Bicarbonate ("Bicarbonate.") }
    "lactate"             { "mmol/L" 1_000 Lactate ("Lactate.") }
    "ph"                  { "[pH]" 1_000 Ph ("Arterial pH.") }
    "ferritin"            { "ng/mL" 1_000 Ferritin ("Ferritin."), "ug/L" 1_000 Ferritin }
    "mhla_dr"             { "{AB}/{cell}" 1_000 MhlaDr ("Monocyte HLA-DR.") }
    "mhla_dr_positive"    { "%" 1_000 MhlaDrPositive ("HLA-DR positive monocytes.") }
    "lymphocytes"         { "10*9/L" 1_000_000 Lymphocytes ("Lymphocytes."), "/uL" 1_000 Lymphocytes }
    "neutrophils"         { "10*9/L" 1_000_000 Neutrophils ("Neutrophils."), "/uL" 1_000 Neutrophils }
    "lymphocytes_fraction" { "%" 1_000 LymphocytesFraction ("Lymphocytes among leucocytes.") }
    "nk_cells"            { "10*9/L" 1_000_000 NkCells ("Natural killer cells."), "/uL" 1_000 NkCells }
    "dendritic_cells"     { "10*9/L" 1_000_000 DendriticCells ("Dendritic cells."), "/uL" 1_000 DendriticCells }
    "b_cells"             { "10*9/L" 1_000_000 BCells ("B cells."), "/uL" 1_000 BCells }
    "t_cells"             { "10*9/L" 1_000_000 TCells ("T cells."), "/uL" 1_000 TCells }
    "hemoglobin"          { "g/dL" 1_000 Hemoglobin ("Haemoglobin."), "g/L" 100 Hemoglobin }
    "age"                 { "a" 1_000 Age ("Age.") }
}

/// A rate has a time in its last denominator.
fn is_rate(unit: &str) -> bool {
    ["/s", "/min", "/h", "/d"].iter().any(|per| unit.ends_with(per))
}

impl Event {
    /// From an item's name, its value as charted and the value's UCUM unit, as in the replay format.
    ///
    /// ```
    /// use endotype::{Error, Event, Flag};
    /// assert_eq!(Event::read("sedated", "", "1"), Ok(Event::Flag(Flag::Sedated, true)));
    /// assert_eq!(Event::read("creatinine", "mmol/L", "0.1"), Err(Error::UnknownUnit));
    /// ```
    pub fn read(item: &str, unit: &str, value: &str) -> Result<Event, Error> {
        let infusion = Infusion::read(item);
        if let Ok(drug @ (Infusion::Norepinephrine | Infusion::Epinephrine | Infusion::Dopamine | Infusion::Dobutamine)) =
            infusion
        {
            let rate = match unit {
                "ug/kg/min" => Rate::ByWeight(Reading::read(value)?),
                "ug/min" => Rate::PerMinute(Reading::read(value)?),
                _ => return Err(Error::UnknownUnit),
            };
            return Ok(Event::Infusion(drug, rate));
        }
        if let Ok(drug) = infusion {
            return if is_rate(unit) {
                Ok(Event::Infusion(drug, Rate::Any(Reading::read(value)?)))
            } else {
                Err(Error::UnknownUnit)
            };
        }
        if let ("ferritin", "pmol/L") = (item, unit) {
            return Err(Error::MolarFerritin);
        }
        let event = match (item, Flag::read(item)) {
            (_, Ok(flag)) => match value {
                "0" => Event::Flag(flag, false),
                "1" => Event::Flag(flag, true),
                _ => return Err(Error::NotAFlag),
            },
            ("support", _) => Event::Support(Support::read(value)?),
            ("first_dose", _) => Event::FirstDose(Dose::read(value)?),
            ("specimen", _) => Event::Specimen(Remark::read(value)?),
            ("withdrawn", _) => Event::Withdrawn(Marker::read(value)?),
            ("sepsis_classified", _) if value == "1" => Event::SepsisClassified,
            ("icu_admission", _) if value == "1" => Event::IcuAdmission,
            ("death", _) if value == "1" => Event::Death,
            ("discharge", _) if value == "1" => Event::Discharge,
            ("sepsis_classified" | "icu_admission" | "death" | "discharge", _) => return Err(Error::NotOne),
            _ => match (Criterion::read(item), value) {
                (Ok(criterion), "0" | "1") if criterion.is_charted() => Event::Criterion(criterion, value == "1"),
                (Ok(criterion), _) if criterion.is_charted() => return Err(Error::NotAFlag),
                _ => return read_measured(item, unit, value),
            },
        };
        if unit.is_empty() { Ok(event) } else { Err(Error::UnknownUnit) }
    }

    /// When the item counts.
    ///
    /// ```
    /// use endotype::{Event, Kind};
    /// assert_eq!(Event::read("weight", "kg", "80").map(|e| e.kind()), Ok(Kind::Holds));
    /// assert_eq!(Event::Death.kind(), Kind::Happens);
    /// ```
    pub const fn kind(&self) -> Kind {
        match self {
            Event::FiO2(_) | Event::Weight(_) | Event::Infusion(..) | Event::Support(_) | Event::Flag(..) => Kind::Holds,
            Event::Criterion(..) => Kind::Holds,
            Event::FirstDose(_) | Event::SepsisClassified | Event::IcuAdmission | Event::Death | Event::Discharge => {
                Kind::Happens
            }
            _ => Kind::Measured,
        }
    }
}

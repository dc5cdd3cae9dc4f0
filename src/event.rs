//! Charted events: one item at one minute.

use crate::error::Error;
use crate::quantity::*;
use crate::reading::{ANY, Reading};

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
        if crate::reading::is_any(&ends) { ends } else { [self.end(ends[0], ends[0] & 1), self.end(ends[1], -(ends[1] & 1))] }
    }

    /// One end, which lies so many half-ticks inside its tick.
    const fn end(self, end: i32, inside: i32) -> i32 {
        // Long division, bit by bit: Cortex-M0 has no other.
        let (ticks, per) = (((end - inside) >> 1).cast_unsigned(), self.hundredths());
        let (mut base, mut rest, mut bit) = (0, 0, u32::BITS);
        while bit > 0 {
            bit -= 1;
            (base, rest) = (base << 1, (rest << 1) + 100 * (ticks >> bit & 1));
            while rest >= per {
                (base, rest) = (base + 1, rest - per);
            }
        }
        let tick = 2 * base;
        if rest == 0 { tick + inside } else { tick + 1 }
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
            ("first_dose", NO_UNIT), ("death", NO_UNIT), ("discharge", NO_UNIT),
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
    "hemoglobin"          { "g/dL" 1_000 Hemoglobin ("Haemoglobin."), "g/L" 100 Hemoglobin }
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
            ("death", _) if value == "1" => Event::Death,
            ("discharge", _) if value == "1" => Event::Discharge,
            ("death" | "discharge", _) => return Err(Error::NotOne),
            _ => return read_measured(item, unit, value),
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
            Event::FirstDose(_) | Event::Death | Event::Discharge => Kind::Happens,
            _ => Kind::Measured,
        }
    }
}

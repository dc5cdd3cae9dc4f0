//! Nothing but numbers and citations: check this room against the papers.
//!
//! A row is four cut-offs, mildest first; a value scores as many points as it passes; equal neighbours jump over the points
//! between, and `never` is a cut-off that no value passes. All are published research criteria. The ImmunoSep trial showed no
//! mortality benefit; practice should not change on one trial.

use crate::course::{Endpoint, Gap};
use crate::cutoffs::{Cutoff, Cutoffs};
use crate::endotype::{Criteria, CriteriaRows};
use crate::event::Support;
use crate::second::{SecondRows, UrineSpan};
use crate::sepsis::{Qsofa, Sepsis3};
use crate::sofa::{RuleId, SofaRows, SofaRules, Supports};

/// SOFA as printed in 1996: Vincent JL et al., Intensive Care Med 1996;22:707-710, [doi 10.1007/BF01709751](https://doi.org/10.1007/BF01709751).
///
/// What the print leaves open, and how it is closed here:
///
/// - *Holes* (bilirubin 1.95 mg/dL, exactly 12.0; creatinine exactly 5.0): half-open, each step begins at its printed lower
///   number; the tops in umol/L stay strict, as printed (> 204, > 440).
/// - *Dopamine 5.0* scores 2 (<= 5), as in 1996; Sepsis-3's reprint ("< 5", "5.1-15") leaves it in a hole.
/// - *US and SI columns* are not conversions of one another (171 umol/L is 1.93 mg/dL: 2 points or 1); a value is scored in the
///   column of the unit that it was reported in.
/// - *Respiratory support* is not defined: positive pressure or ECMO, so neither oxygen nor high-flow oxygen (inferred).
///   Without it P/F below 200 scores 2.
/// - *At least 1 h*: a rate counts from the minute that completes 60 minutes of its run; a stop of up to 5 minutes, a syringe
///   change, does not break the run (inferred).
/// - *Drugs* are not summed; dose 0 is no drug; vasopressin, phenylephrine and milrinone are not scored.
/// - *Sedation*: a charted GCS is scored as charted; one that can not be assessed is not 15.
///
/// ```
/// use endotype::{Points, Reading, published::SOFA_1996};
/// let creatinine = |us: &str| SOFA_1996.rows().creatinine.points(Reading::read(us).unwrap());
/// assert_eq!(["1.1", "1.2", "1.95", "2.0", "3.5", "5.0"].map(|x| creatinine(x).single().unwrap()), [0, 1, 1, 2, 3, 4]);
/// ```
pub static SOFA_1996: SofaRules = SofaRules::new(&SOFA_1996_ROWS);

#[rustfmt::skip]
static SOFA_1996_ROWS: SofaRows = SofaRows {
    //                             1          2          3          4 points
    pf:             Cutoffs::new(["< 400",   "< 300",   "< 200",   "< 100"]),
    pf_kpa:         Cutoffs::new(["< 53.3",  "< 40",    "< 26.7",  "< 13.3"]),
    support:        Supports::of(&[Support::Cpap, Support::Niv, Support::Imv, Support::HomeVent, Support::EcmoVv, Support::EcmoVa]),
    unsupported:    2,
    platelets:      Cutoffs::new(["< 150",   "< 100",   "< 50",    "< 20"]),
    bilirubin:      Cutoffs::new([">= 1.2",  ">= 2.0",  ">= 6.0",  ">= 12.0"]),
    bilirubin_si:   Cutoffs::new([">= 20",   ">= 33",   ">= 102",  "> 204"]),
    map:            Cutoffs::new(["< 70",    "never",   "never",   "never"]),
    norepinephrine: Cutoffs::new(["> 0",     "> 0",     "> 0",     "> 0.1"]),
    epinephrine:    Cutoffs::new(["> 0",     "> 0",     "> 0",     "> 0.1"]),
    dopamine:       Cutoffs::new(["> 0",     "> 0",     "> 5",     "> 15"]),
    dobutamine:     Cutoffs::new(["> 0",     "> 0",     "never",   "never"]),
    other:          0,
    run:            60,
    stop:           5,
    gcs:            Cutoffs::new(["< 15",    "< 13",    "< 10",    "< 6"]),
    creatinine:     Cutoffs::new([">= 1.2",  ">= 2.0",  ">= 3.5",  ">= 5.0"]),
    creatinine_si:  Cutoffs::new([">= 110",  ">= 171",  ">= 300",  "> 440"]),
    urine:          Cutoffs::new(["< 500",   "< 500",   "< 500",   "< 200"]),
};

/// SOFA-2: Ranzani OT et al., JAMA 2025, [doi 10.1001/jama.2025.20516](https://doi.org/10.1001/jama.2025.20516); Moreno R et al.,
/// JAMA Netw Open 2025, [doi 10.1001/jamanetworkopen.2025.45040](https://doi.org/10.1001/jamanetworkopen.2025.45040).
///
/// The rows rest on four transcriptions that agree on the cut-offs, not on the paper's own page; a correction of its tables, doi
/// 10.1001/jamanetworkopen.2025.60466, was not at hand (one program cites it for "the ratio is unitless"). What is left open, and how it is
/// closed here:
///
/// - *Edges*: the worse side is inclusive for ratios and platelets (P/F 300 scores 1), the better one for bilirubin and creatinine
///   (1.2 mg/dL scores 0), MAP (70 scores 0) and doses (0.2 scores 2).
/// - *kPa and umol/L* have cut-offs of their own, as printed (40, 30, 20, 10; 20.6, 51.3, 102.6, 205; 110, 170, 300), never converted.
/// - *P/F or SpO2/FiO2*: by moment, a saturation below 98 % in a minute without a PaO2. Programs that look at the day prefer any P/F of it.
/// - *ECMO* is scored by its indication; veno-venous stands for respiratory, veno-arterial for circulatory failure (inferred).
/// - *Without a row*: ECMO, mechanical support, RRT and its criteria are 4, a drug for delirium is at least 1, any other drug beside
///   norepinephrine or epinephrine one point more, at most 4; carried is nothing of these.
/// - *Transient changes* of the ratio under 1 h: a single gas can not show them; what is transient is left out by who charts.
/// - *MAP between the steps* while drugs are unavailable (60-69 next to 70): < 70, < 60, < 50, < 40. Drugs that run nevertheless count, too.
/// - *Run and stop* of an infusion, as for 1996 (inferred). Norepinephrine as base, see [`Salt`](crate::Salt).
/// - *Motor response*: where the same minute has no Glasgow Coma Scale; programs differ, some take the worse of both.
/// - *Sedation*: the last Glasgow Coma Scale before it; none counts 0, as an assumption. Some programs add hours after it, the paper none.
/// - *Urine*: mean rates between two chartings at least 6, 12 or 24 h apart, from this day or the one before.
/// - *RRT's criteria*: creatinine or urine, potassium, pH and bicarbonate of one day, whatever their minutes. More than 6 h is from 361
///   minutes on.
///
/// ```
/// use endotype::{Points, Reading, published::{SOFA_1996, SOFA_2}};
/// let platelets = |count| [&SOFA_1996, &SOFA_2].map(|rules| rules.rows().platelets.points(Reading::read(count).unwrap()).single());
/// assert_eq!([platelets("150"), platelets("80"), platelets("50")], [[Some(0), Some(1)], [Some(2), Some(3)], [Some(2), Some(4)]]);
/// ```
pub static SOFA_2: SofaRules = SofaRules::second(&SOFA_2_ROWS, &SOFA_2_MORE);

#[rustfmt::skip]
static SOFA_2_ROWS: SofaRows = SofaRows {
    //                             1          2          3          4 points
    pf:             Cutoffs::new(["<= 300",  "<= 225",  "<= 150",  "<= 75"]),
    pf_kpa:         Cutoffs::new(["<= 40",   "<= 30",   "<= 20",   "<= 10"]),
    support:        Supports::of(&[Support::Hfnc, Support::Cpap, Support::Niv, Support::Imv, Support::HomeVent, Support::EcmoVv, Support::EcmoVa]),
    unsupported:    2,
    platelets:      Cutoffs::new(["<= 150",  "<= 100",  "<= 80",   "<= 50"]),
    bilirubin:      Cutoffs::new(["> 1.2",   "> 3.0",   "> 6.0",   "> 12.0"]),
    bilirubin_si:   Cutoffs::new(["> 20.6",  "> 51.3",  "> 102.6", "> 205"]),
    map:            Cutoffs::new(["< 70",    "never",   "never",   "never"]),
    // These two are added up; with any other drug it is one point more.
    norepinephrine: Cutoffs::new(["> 0",     "> 0",     "> 0.2",   "> 0.4"]),
    epinephrine:    Cutoffs::new(["> 0",     "> 0",     "> 0.2",   "> 0.4"]),
    // As the only drug.
    dopamine:       Cutoffs::new(["> 0",     "> 0",     "> 20",    "> 40"]),
    dobutamine:     Cutoffs::new(["> 0",     "> 0",     "never",   "never"]),
    other:          2,
    run:            60,
    stop:           5,
    gcs:            Cutoffs::new(["< 15",    "< 13",    "< 9",     "< 6"]),
    creatinine:     Cutoffs::new(["> 1.2",   "> 2.0",   "> 3.5",   "never"]),
    creatinine_si:  Cutoffs::new(["> 110",   "> 170",   "> 300",   "never"]),
    // By weight, below.
    urine:          Cutoffs::NEVER,
};

/// The rows of [`SOFA_2`] that 1996 does not have.
///
/// ```
/// use endotype::{Points, Reading, published::SOFA_2_MORE};
/// assert_eq!(SOFA_2_MORE.gcs_motor.points(Reading::read("4").unwrap()), Points::only(2));
/// ```
#[rustfmt::skip]
pub static SOFA_2_MORE: SecondRows = SecondRows {
    //                              1          2          3          4 points
    sf:              Cutoffs::new(["<= 300",  "<= 250",  "<= 200",  "<= 120"]),
    spo2:            Cutoff::new("< 98"),
    ecmo:            Supports::of(&[Support::EcmoVv, Support::EcmoVa]),
    circulatory:     Supports::of(&[Support::EcmoVa]),
    map_unavailable: Cutoffs::new(["< 70",    "< 60",    "< 50",    "< 40"]),
    gcs_motor:       Cutoffs::new(["< 6",     "< 5",     "< 4",     "< 3"]),
    //                              mL/kg/h  minutes  points
    urine:           [
        UrineSpan::new("< 0.5",     6 * 60,  1),
        UrineSpan::new("< 0.5",    12 * 60,  2),
        UrineSpan::new("< 0.3",    24 * 60,  3),
        UrineSpan::new("<= 0",     12 * 60,  3),
    ],
    rrt_urine:       UrineSpan::new("< 0.3", 6 * 60 + 1, 4),
    potassium:       Cutoff::new(">= 6.0"),
    ph:              Cutoff::new("<= 7.20"),
    bicarbonate:     Cutoff::new("<= 12"),
};

/// The endotypes of the ImmunoSep trial: Giamarellos-Bourboulis EJ et al., JAMA 2025,
/// [doi 10.1001/jama.2025.24175](https://doi.org/10.1001/jama.2025.24175), NCT04990232.
///
/// Ferritin > 4420 ng/mL is MALS, whatever the HLA-DR; otherwise HLA-DR < 5000 receptors per monocyte is immunoparalysis;
/// otherwise unclassified. Exactly 4420 is not MALS, exactly 5000 not immunoparalysis.
///
/// ```
/// use endotype::{Endotype::*, Reading, published::IMMUNOSEP};
/// let class = |f, h| IMMUNOSEP.classify(Reading::read(f).unwrap(), Reading::read(h).unwrap()).single();
/// assert_eq!([class("4420", "4999"), class("4421", "4999"), class("4420", "5000")], [Some(Immunoparalysis), Some(Mals), Some(Unclassified)]);
/// ```
pub static IMMUNOSEP: Criteria = Criteria::new(CriteriaRows { ferritin: Cutoff::new("> 4420"), mhla_dr: Cutoff::new("< 5000") });

/// The trial's primary endpoint: SOFA of day 1 minus the mean of days 2 to 9 at least 1.4; exactly `8*S1 - sum(S2..S9) >= 12`.
///
/// Days after death score 24, missing days carry the last one forward. Bound to SOFA-1996 by its rule id. Source as
/// [`IMMUNOSEP`]; the article's ">= 1.4" and the statistical plan's "> 1.4" are one predicate on whole scores.
///
/// ```
/// use endotype::{Course, Met, Total, published::{IMMUNOSEP_DAY9, SOFA_1996}};
/// let mut course = Course::<9>::new(SOFA_1996.id());
/// for (day, total) in [(1, 9), (2, 9), (3, 9), (4, 8), (5, 8), (6, 7), (7, 7), (8, 6), (9, 6)] {
///     course.push_total(day, Total::only(total))?;
/// }
/// // 8*9 - 60 = 12: a fall of 1.5. One point less would be 11/8 = 1.375, which prints as 1.4 and is no response.
/// assert_eq!(IMMUNOSEP_DAY9.response(&course)?.met, Met::Yes);
/// # Ok::<(), endotype::Error>(())
/// ```
pub static IMMUNOSEP_DAY9: Endpoint =
    Endpoint { first: 1, last: 9, fall_tenths: 14, after_death: 24, gap: Gap::Carry, rules: SOFA_1996.id() };

/// As [`IMMUNOSEP_DAY9`], over days 2 to 15; exactly `14*S1 - sum(S2..S15) >= 20`.
///
/// ```
/// use endotype::published::{IMMUNOSEP_DAY9, IMMUNOSEP_DAY15};
/// assert_eq!([IMMUNOSEP_DAY9.last, IMMUNOSEP_DAY15.last], [9, 15]);
/// ```
pub static IMMUNOSEP_DAY15: Endpoint =
    Endpoint { first: 1, last: 15, fall_tenths: 14, after_death: 24, gap: Gap::Carry, rules: SOFA_1996.id() };

/// Sepsis-3: Singer M et al., JAMA 2016;315:801, [doi 10.1001/jama.2016.0287](https://doi.org/10.1001/jama.2016.0287).
///
/// Sepsis is infection and an acute rise of SOFA of at least 2; septic shock is sepsis, a vasopressor and a lactate > 2 mmol/L
/// with hypovolaemia corrected.
///
/// ```
/// use endotype::{Met, Reading, published::SEPSIS_3};
/// assert_eq!(SEPSIS_3.lactate.met(Reading::read("2").unwrap()), Met::No);
/// ```
pub static SEPSIS_3: Sepsis3 = Sepsis3 { rise: 2, lactate: Cutoff::new("> 2") };

/// qSOFA: as [`SEPSIS_3`]. Respiratory rate of at least 22, Glasgow Coma Scale below 15, systolic pressure of at most 100; positive at
/// two of three.
///
/// ```
/// use endotype::{Met, Reading, published::QSOFA};
/// assert_eq!(QSOFA.sbp.met(Reading::read("100").unwrap()), Met::Yes);
/// ```
pub static QSOFA: Qsofa =
    Qsofa { respiratory_rate: Cutoff::new(">= 22"), gcs: Cutoff::new("< 15"), sbp: Cutoff::new("<= 100"), positive: 2 };

/// Where a rule set is printed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Source {
    /// Short name, as `sofa-1996`.
    pub name: &'static str,
    /// Authors, journal, DOI.
    pub citation: &'static str,
}

/// Where the rule set with this id is printed; none for a local one. Apart from the rows, so that a device that never asks does
/// not carry the text.
///
/// ```
/// use endotype::published::{SOFA_1996, source};
/// assert_eq!(source(SOFA_1996.id()).map(|source| source.name), Some("sofa-1996"));
/// ```
pub fn source(id: RuleId) -> Option<Source> {
    const SEPSIS: RuleId = SEPSIS_3.id();
    let named = |name, citation| Some(Source { name, citation });
    match id {
        _ if id == SOFA_1996.id() => {
            named("sofa-1996", "Vincent JL et al., Intensive Care Med 1996;22:707-710, doi 10.1007/BF01709751")
        }
        _ if id == SOFA_2.id() => named(
            "sofa-2",
            "Ranzani OT et al., JAMA 2025, doi 10.1001/jama.2025.20516; Moreno R et al., JAMA Netw Open 2025, doi 10.1001/jamanetworkopen.2025.45040",
        ),
        _ if id == IMMUNOSEP.id() => {
            named("immunosep", "Giamarellos-Bourboulis EJ et al., JAMA 2025, doi 10.1001/jama.2025.24175")
        }
        SEPSIS => named("sepsis-3", "Singer M et al., JAMA 2016;315:801, doi 10.1001/jama.2016.0287"),
        _ => None,
    }
}

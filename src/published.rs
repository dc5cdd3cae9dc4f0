//! Nothing but numbers and citations: check this room against the papers.
//!
//! A row is four cut-offs, mildest first; a value scores as many points as it passes; equal neighbours jump over the points
//! between, and `never` is a cut-off that no value passes. All are published research criteria. The ImmunoSep trial showed no
//! mortality benefit; practice should not change on one trial.

use crate::course::{Endpoint, Gap};
use crate::cutoffs::{Cutoff, Cutoffs};
use crate::eligibility::{Arm, CriterionRow, Trial};
use crate::endotype::{Criteria, CriteriaRows, Endotype};
use crate::event::{Criterion, Dose, Support};
use crate::immune::Restoration;
use crate::plausible::{Bias, Limit, Method};
use crate::quantity::{Lymphocytes, MhlaDr};
use crate::second::{SecondRows, UrineSpan};
use crate::sepsis::{Qsofa, Sepsis3};
use crate::series::{Apart, OnDays, Slope, Stays, Twice};
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

/// How well a rule is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Evidence {
    /// Stated by the registry, the published abstract, or the printed table.
    A,
    /// Read second-hand: from a protocol, a supplement, or transcriptions of a table.
    B,
    /// Recalled, not found in a source.
    R,
    /// Inferred.
    I,
}

/// When a patient of the trial counted as restored, a rule of its own: of mals, ferritin fell by at least 15 % from that at entry; of
/// immunoparalysis, HLA-DR > 8000 and ferritin < 4420. Source as [`IMMUNOSEP`], second-hand (B).
///
/// Entry at 5000 and exit at 8000 leave a band between them (inferred). After the first dose the entry rule is not asked again: the drug
/// moves the marker (inferred).
///
/// ```
/// use endotype::{Met, Reading, published::RESTORATION};
/// assert_eq!(RESTORATION.ferritin_fell(Reading::read("8500").unwrap(), Reading::read("10000").unwrap()), Met::Yes);
/// ```
pub static RESTORATION: Restoration = Restoration::new(15, Cutoff::new("> 8000"), Cutoff::new("< 4420"));

/// Stages of HLA-DR, of which a value passes as many as it is severe: competent from 15000 on, impaired below, severe up to 8000,
/// immunoparalysis below 5000; [doi 10.3389/fimmu.2023.1130214](https://doi.org/10.3389/fimmu.2023.1130214), the last as ImmunoSep and PROVIDE.
///
/// ```
/// use endotype::{Reading, published::{MHLA_DR_STAGES, MHLA_DR_STAGE_NAMES}};
/// let stage = |text| MHLA_DR_STAGE_NAMES[MHLA_DR_STAGES.points(Reading::read(text).unwrap()).single().unwrap() as usize];
/// assert_eq!(["15000", "14999", "8001", "8000", "5000", "4999"].map(stage), ["competent", "impaired", "impaired", "severe", "severe", "immunoparalysis"]);
/// ```
pub static MHLA_DR_STAGES: Cutoffs<MhlaDr> = Cutoffs::new(["< 15000", "<= 8000", "< 5000", "never"]);

/// The names of [`MHLA_DR_STAGES`], by how many cut-offs are passed.
///
/// ```
/// assert_eq!(endotype::published::MHLA_DR_STAGE_NAMES[0], "competent");
/// ```
pub static MHLA_DR_STAGE_NAMES: [&str; 4] = ["competent", "impaired", "severe", "immunoparalysis"];

/// HLA-DR below 8000: higher mortality and ICU infection in 1,023 patients (Lyon);
/// [doi 10.1007/s00134-025-08110-w](https://doi.org/10.1007/s00134-025-08110-w).
///
/// ```
/// use endotype::{Met, Reading, published::LYON};
/// assert_eq!(LYON.met(Reading::read("8000").unwrap()), Met::No);
/// ```
pub static LYON: Cutoff<MhlaDr> = Cutoff::new("< 8000");

/// Entry of the GM-CSF trial: HLA-DR below 8000 on two consecutive days; Meisel C et al., AJRCCM 2009;180:640.
///
/// ```
/// use endotype::{Need, Series, published::MEISEL, quantity::MhlaDr};
/// assert_eq!(MEISEL.answer(&Series::<MhlaDr, 7>::new(), None, 0).need, Need::Sample);
/// ```
pub static MEISEL: Twice<MhlaDr> = Twice::new(Cutoff::new("< 8000"), Apart::NextDay, None);

/// HLA-DR below 8000 on days 5 to 7 from ICU admission: ICU-acquired infection in a surgical ICU; de Roquetaillade C et al., Ann Intensive
/// Care 2022;12:39, [doi 10.1186/s13613-022-01010-y](https://doi.org/10.1186/s13613-022-01010-y). Several samples of these days must agree (inferred).
///
/// ```
/// use endotype::{Need, Series, published::PERSISTENT, quantity::MhlaDr};
/// assert_eq!(PERSISTENT.answer(&Series::<MhlaDr, 7>::new(), None, 0).need, Need::Origin);
/// ```
pub static PERSISTENT: OnDays<MhlaDr> = OnDays::new(Cutoff::new("< 8000"), [5, 7]);

/// HLA-DR that falls from the first sample (days 1 to 3 from ICU admission) to the second (days 5 to 10); source as [`PERSISTENT`].
///
/// ```
/// use endotype::{Need, Series, published::SLOPE, quantity::MhlaDr};
/// assert_eq!(SLOPE.answer(&Series::<MhlaDr, 7>::new(), None, 0).need, Need::Origin);
/// ```
pub static SLOPE: Slope = Slope::new([1, 3], [5, 10]);

/// Lymphocytes of at most 900/uL twice, at least 12 h apart, the second at least 48 h after sepsis; IRIS-7C and D, NCT03821038.
///
/// ```
/// use endotype::{Need, Series, published::IRIS_7, quantity::Lymphocytes};
/// assert_eq!(IRIS_7.answer(&Series::<Lymphocytes, 7>::new(), Some(0), 0).need, Need::Sample);
/// ```
pub static IRIS_7: Twice<Lymphocytes> = Twice::new(Cutoff::new("<= 0.9"), Apart::Minutes(12 * 60), Some(48 * 60));

/// Lymphocytes of at most 0.6 10\*9/L on day 4 from the diagnosis of sepsis; Drewry AM et al., Shock 2014,
/// [doi 10.1097/SHK.0000000000000234](https://doi.org/10.1097/SHK.0000000000000234).
///
/// ```
/// use endotype::{Need, Series, published::DREWRY, quantity::Lymphocytes};
/// assert_eq!(DREWRY.answer(&Series::<Lymphocytes, 7>::new(), Some(0), 0).need, Need::Sample);
/// ```
pub static DREWRY: OnDays<Lymphocytes> = OnDays::new(Cutoff::new("<= 0.6"), [4, 4]);

/// Ferritin that by day 3 has fallen by less than 15 %: over 90 % sensitive for a bad 10-day outcome; Kyriazopoulou E et al., BMC Med 2017,
/// [doi 10.1186/s12916-017-0930-5](https://doi.org/10.1186/s12916-017-0930-5). From the first sample before day 3 to those of day 3 (inferred).
///
/// ```
/// use endotype::{Need, Series, published::KYRIAZOPOULOU, quantity::Ferritin};
/// assert_eq!(KYRIAZOPOULOU.answer(&Series::<Ferritin, 7>::new(), Some(0), 0).need, Need::Sample);
/// ```
pub static KYRIAZOPOULOU: Stays = Stays::new(15, 3);

/// HLA-DR is stained within 4 h, on ice in EDTA; Docke WD et al., Clin Chem 2005, [doi 10.1373/clinchem.2005.052639](https://doi.org/10.1373/clinchem.2005.052639),
/// second-hand (B). Which way a later stain errs is not said, so either: inferred, which is what the row's label is of.
///
/// ```
/// assert_eq!(endotype::published::STAIN_TIME.most, 240);
/// ```
pub const STAIN_TIME: Limit = Limit { most: 4 * 60, bias: Bias::Either, evidence: Evidence::I };

/// Lyse-no-wash reads about 18 % above lyse-wash; source as [`STAIN_TIME`]. Which of the two the trial's 5000 is of is not known, so both stay
/// open (inferred).
///
/// ```
/// use endotype::{Reading, published::LYSE_NO_WASH, quantity::MhlaDr};
/// assert_eq!(LYSE_NO_WASH.other(Reading::<MhlaDr>::read("1180").unwrap()), Reading::read("1000..1180").unwrap());
/// ```
pub const LYSE_NO_WASH: Method = Method::new([1_000, 1_180], Evidence::I);

/// Who was in the trial: the numbers. Registry NCT04990232; another source says 1000 neutrophils per mm3 instead of the registry's 1500.
/// Less than 72 h is strict.
///
/// ```
/// use endotype::{Met, Reading, published::IMMUNOSEP_TRIAL};
/// assert_eq!(IMMUNOSEP_TRIAL.age.met(Reading::read("18").unwrap()), Met::Yes);
/// assert_eq!(IMMUNOSEP_TRIAL.neutrophils.met(Reading::read("1.5").unwrap()), Met::No);
/// ```
pub static IMMUNOSEP_TRIAL: Trial = Trial { age: Cutoff::new(">= 18"), neutrophils: Cutoff::new("< 1.5"), within: 72 * 60 };

/// Who was in the trial: the criteria, one row each, in the order of [`Criterion::ALL`]. Registry NCT04990232 (A); of those recalled (R) the
/// details were not found: they enter as the integrator's yes or no, and are never filled in.
///
/// ```
/// use endotype::published::{Evidence, TRIAL_CRITERIA};
/// assert_eq!(TRIAL_CRITERIA.iter().filter(|row| row.evidence == Evidence::R).count(), 7);
/// ```
#[rustfmt::skip]
pub static TRIAL_CRITERIA: [CriterionRow; 23] = [
    row(Criterion::Adult,                      true,  Evidence::A, "at least 18 years old"),
    row(Criterion::Contraception,              true,  Evidence::A, "women: no pregnancy is wanted during the study; so, too, for whom it does not concern"),
    row(Criterion::LungOrBloodstreamInfection, true,  Evidence::A, "community-acquired, hospital-acquired or ventilator-associated pneumonia, or primary bacteraemia"),
    row(Criterion::Sepsis,                     true,  Evidence::A, "Sepsis-3: SOFA of at least 2 when admitted with infection through the emergency department, or a rise of at least 2 in hospital"),
    row(Criterion::Endotype,                   true,  Evidence::A, "mals or immunoparalysis"),
    row(Criterion::Within72H,                  true,  Evidence::A, "less than 72 h from the classification of sepsis to the first dose"),
    row(Criterion::Pyelonephritis,             false, Evidence::A, "pyelonephritis"),
    row(Criterion::IntraAbdominalInfection,    false, Evidence::A, "intra-abdominal infection"),
    row(Criterion::Meningitis,                 false, Evidence::A, "meningitis"),
    row(Criterion::SkinInfection,              false, Evidence::A, "skin infection"),
    row(Criterion::StageIvMalignancy,          false, Evidence::A, "malignancy of stage IV"),
    row(Criterion::Neutropenia,                false, Evidence::A, "fewer than 1500 neutrophils per mm3"),
    row(Criterion::DoNotResuscitate,           false, Evidence::A, "a decision not to resuscitate"),
    row(Criterion::ContaminantBacteremia,      false, Evidence::A, "bacteraemia by coagulase-negative staphylococci or skin commensals, or catheter-related"),
    row(Criterion::ConsentDenied,              false, Evidence::A, "consent denied"),
    row(Criterion::Covid19WithoutMals,         false, Evidence::A, "COVID-19 in another class than mals"),
    row(Criterion::Steroids,                   false, Evidence::R, "steroids, dose not found"),
    row(Criterion::Tuberculosis,               false, Evidence::R, "tuberculosis"),
    row(Criterion::Hiv,                        false, Evidence::R, "HIV"),
    row(Criterion::Pregnancy,                  false, Evidence::R, "pregnancy"),
    row(Criterion::Immunodeficiency,           false, Evidence::R, "immunodeficiency"),
    row(Criterion::Lupus,                      false, Evidence::R, "lupus"),
    row(Criterion::MultipleSclerosis,          false, Evidence::R, "multiple sclerosis"),
];

const fn row(criterion: Criterion, takes_in: bool, evidence: Evidence, words: &'static str) -> CriterionRow {
    CriterionRow { criterion, takes_in, evidence, words }
}

/// The trial's active arms, double dummy; drug and endotype A, doses B; the placebo arm of either had both dummies. Renal dosing, stop
/// rules and platelet limits were not found. A description of a trial that showed no mortality benefit, not a prescription.
///
/// ```
/// use endotype::{Endotype, published::IMMUNOSEP_ARMS};
/// assert_eq!(IMMUNOSEP_ARMS.map(|arm| arm.endotype), [Endotype::Mals, Endotype::Immunoparalysis]);
/// ```
pub static IMMUNOSEP_ARMS: [Arm; 2] = [
    Arm {
        endotype: Endotype::Mals,
        drug: Dose::Anakinra,
        active: "anakinra 200 mg IV every 8 h",
        dummy: "saline 0.5 mL SC every 48 h",
        days: 15,
        evidence: Evidence::A,
        dose_evidence: Evidence::B,
    },
    Arm {
        endotype: Endotype::Immunoparalysis,
        drug: Dose::InterferonGamma,
        active: "recombinant human interferon gamma 100 ug SC every 48 h",
        dummy: "saline 20 mL IV every 8 h",
        days: 15,
        evidence: Evidence::A,
        dose_evidence: Evidence::B,
    },
];

/// Where a rule set is printed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Source {
    /// Short name, as `sofa-1996`.
    pub name: &'static str,
    /// Authors, journal, DOI.
    pub citation: &'static str,
    /// How well its rows are known.
    pub evidence: Evidence,
}

/// Where the rule set with this id is printed; none for a local one. Apart from the rows, so that a device that never asks does
/// not carry the text.
///
/// ```
/// use endotype::published::{SOFA_1996, source};
/// assert_eq!(source(SOFA_1996.id()).map(|source| source.name), Some("sofa-1996"));
/// ```
pub fn source(id: RuleId) -> Option<Source> {
    let named = |name, evidence, citation| Some(Source { name, citation, evidence });
    const SEPSIS: RuleId = SEPSIS_3.id();
    match id {
        _ if id == SOFA_1996.id() => {
            named("sofa-1996", Evidence::A, "Vincent JL et al., Intensive Care Med 1996;22:707-710, doi 10.1007/BF01709751")
        }
        _ if id == SOFA_2.id() => named(
            "sofa-2",
            Evidence::B,
            "Ranzani OT et al., JAMA 2025, doi 10.1001/jama.2025.20516; Moreno R et al., JAMA Netw Open 2025, doi 10.1001/jamanetworkopen.2025.45040",
        ),
        _ if id == IMMUNOSEP.id() => named("immunosep", Evidence::A, IMMUNOSEP_PAPER),
        _ if id == RESTORATION.id() => named("immunosep-restoration", Evidence::B, IMMUNOSEP_PAPER),
        _ if id == MEISEL.id() => named("meisel-2009", Evidence::B, "Meisel C et al., AJRCCM 2009;180:640"),
        _ if id == PERSISTENT.id() => named("mhla-dr-persistent", Evidence::A, ROQUETAILLADE),
        _ if id == SLOPE.id() => named("mhla-dr-slope", Evidence::A, ROQUETAILLADE),
        _ if id == IRIS_7.id() => named("iris-7", Evidence::B, "IRIS-7C and D, NCT03821038"),
        _ if id == DREWRY.id() => {
            named("drewry-2014", Evidence::B, "Drewry AM et al., Shock 2014, doi 10.1097/SHK.0000000000000234")
        }
        _ if id == KYRIAZOPOULOU.id() => {
            named("kyriazopoulou-2017", Evidence::B, "Kyriazopoulou E et al., BMC Med 2017, doi 10.1186/s12916-017-0930-5")
        }
        SEPSIS => named("sepsis-3", Evidence::A, "Singer M et al., JAMA 2016;315:801, doi 10.1001/jama.2016.0287"),
        _ => None,
    }
}

const IMMUNOSEP_PAPER: &str = "Giamarellos-Bourboulis EJ et al., JAMA 2025, doi 10.1001/jama.2025.24175";
const ROQUETAILLADE: &str = "de Roquetaillade C et al., Ann Intensive Care 2022;12:39, doi 10.1186/s13613-022-01010-y";

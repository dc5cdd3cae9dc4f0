//! What `cargo xtask prove` proves: the crate's own functions, one symbol each, with sets as their bits.
//!
//! A number that stands for no value of an enum is none, as everywhere in the crate: `Support` and `Infusion` by their place in `ALL`,
//! point sets by their bits.

use endotype::published::*;
use endotype::quantity::*;
use endotype::*;

/// A row's points, one entry each.
macro_rules! rows {
    ($($name:ident: $quantity:ident = $row:expr;)+) => {
        entries! {
            #[cfg(feature = "prove")]
            $( fn $name(reading: &Reading<$quantity>) -> u8 { $row.points(*reading).bits() } )+
        }
    };
}

rows! {
    row_1996_platelets: Platelets = SOFA_1996.rows().platelets;
    row_1996_bilirubin: Bilirubin = SOFA_1996.rows().bilirubin;
    row_1996_bilirubin_si: BilirubinSi = SOFA_1996.rows().bilirubin_si;
    row_1996_map: Map = SOFA_1996.rows().map;
    row_1996_norepinephrine: DoseRate = SOFA_1996.rows().norepinephrine;
    row_1996_epinephrine: DoseRate = SOFA_1996.rows().epinephrine;
    row_1996_dopamine: DoseRate = SOFA_1996.rows().dopamine;
    row_1996_dobutamine: DoseRate = SOFA_1996.rows().dobutamine;
    row_1996_gcs: Gcs = SOFA_1996.rows().gcs;
    row_1996_creatinine: Creatinine = SOFA_1996.rows().creatinine;
    row_1996_creatinine_si: CreatinineSi = SOFA_1996.rows().creatinine_si;
    row_1996_urine: Urine = SOFA_1996.rows().urine;
    row_2_platelets: Platelets = SOFA_2.rows().platelets;
    row_2_bilirubin: Bilirubin = SOFA_2.rows().bilirubin;
    row_2_bilirubin_si: BilirubinSi = SOFA_2.rows().bilirubin_si;
    row_2_map: Map = SOFA_2.rows().map;
    row_2_map_unavailable: Map = SOFA_2_MORE.map_unavailable;
    row_2_dopamine: DoseRate = SOFA_2.rows().dopamine;
    row_2_gcs: Gcs = SOFA_2.rows().gcs;
    row_2_gcs_motor: GcsMotor = SOFA_2_MORE.gcs_motor;
    row_2_creatinine: Creatinine = SOFA_2.rows().creatinine;
    row_2_creatinine_si: CreatinineSi = SOFA_2.rows().creatinine_si;
    row_mhla_dr_stages: MhlaDr = MHLA_DR_STAGES;
}

/// Whether a cut-off is met, one entry each.
macro_rules! cutoffs {
    ($($name:ident: $quantity:ident = $cutoff:expr;)+) => {
        entries! {
            #[cfg(feature = "prove")]
            $( fn $name(reading: &Reading<$quantity>) -> u8 { $cutoff.met(*reading) as u8 } )+
        }
    };
}

cutoffs! {
    cutoff_immunosep_ferritin: Ferritin = IMMUNOSEP.rows().ferritin;
    cutoff_immunosep_mhla_dr: MhlaDr = IMMUNOSEP.rows().mhla_dr;
    cutoff_restoration_ferritin: Ferritin = RESTORATION.cutoffs().0;
    cutoff_restoration_mhla_dr: MhlaDr = RESTORATION.cutoffs().1;
    cutoff_lyon: MhlaDr = LYON;
    cutoff_trial_age: Age = IMMUNOSEP_TRIAL.age;
    cutoff_trial_neutrophils: Neutrophils = IMMUNOSEP_TRIAL.neutrophils;
    cutoff_sepsis_lactate: Lactate = SEPSIS_3.lactate;
    cutoff_qsofa_respiratory_rate: RespiratoryRate = QSOFA.respiratory_rate;
    cutoff_qsofa_gcs: Gcs = QSOFA.gcs;
    cutoff_qsofa_sbp: Sbp = QSOFA.sbp;
    cutoff_2_spo2: SpO2 = SOFA_2_MORE.spo2;
    cutoff_2_potassium: Potassium = SOFA_2_MORE.potassium;
    cutoff_2_ph: Ph = SOFA_2_MORE.ph;
    cutoff_2_bicarbonate: Bicarbonate = SOFA_2_MORE.bicarbonate;
}

fn support(number: u32) -> Option<Support> {
    Support::ALL.get(number as usize).copied()
}

fn met_of(number: u32) -> Met {
    match number {
        0 => Met::No,
        1 => Met::Unknown,
        _ => Met::Yes,
    }
}

/// Whether urine of so many minutes is low enough, one entry each.
macro_rules! spans {
    ($($name:ident = $span:expr;)+) => {
        entries! {
            #[cfg(feature = "prove")]
            $(
                fn $name(urine: &Reading<Urine>, weight: &Reading<Weight>, minutes: u32) -> u8 {
                    $span.met(*urine, minutes, *weight) as u8
                }
            )+
        }
    };
}

spans! {
    urine_2_low = SOFA_2_MORE.urine[0];
    urine_2_lower = SOFA_2_MORE.urine[1];
    urine_2_lowest = SOFA_2_MORE.urine[2];
    urine_2_none = SOFA_2_MORE.urine[3];
    urine_2_rrt = SOFA_2_MORE.rrt_urine;
}

entries! {
    #[cfg(feature = "prove")]
    fn respiration_1996_mmhg(pao2: &Reading<PaO2>, fio2: &Reading<FiO2>, number: u32) -> u8 {
        SOFA_1996.respiration(Gas::MmHg(*pao2), *fio2, support(number)).bits()
    }
    fn respiration_1996_kpa(pao2: &Reading<PaO2KPa>, fio2: &Reading<FiO2>, number: u32) -> u8 {
        SOFA_1996.respiration(Gas::KPa(*pao2), *fio2, support(number)).bits()
    }
    fn respiration_2_mmhg(pao2: &Reading<PaO2>, fio2: &Reading<FiO2>, number: u32) -> u8 {
        SOFA_2.respiration(Gas::MmHg(*pao2), *fio2, support(number)).bits()
    }
    fn respiration_2_kpa(pao2: &Reading<PaO2KPa>, fio2: &Reading<FiO2>, number: u32) -> u8 {
        SOFA_2.respiration(Gas::KPa(*pao2), *fio2, support(number)).bits()
    }
    fn respiration_2_spo2(spo2: &Reading<SpO2>, fio2: &Reading<FiO2>, number: u32) -> u8 {
        SOFA_2.respiration(Gas::SpO2(*spo2), *fio2, support(number)).bits()
    }

    fn infusion_1996_by_weight(rate: &Reading<DoseRate>, number: u32) -> u8 {
        let Some(&drug) = Infusion::ALL.get(number as usize) else { return 0 };
        SOFA_1996.infusion(drug, Rate::ByWeight(*rate), Reading::UNKNOWN).bits()
    }
    fn infusion_1996_per_minute(rate: &Reading<MassRate>, weight: &Reading<Weight>, number: u32) -> u8 {
        let Some(&drug) = Infusion::ALL.get(number as usize) else { return 0 };
        SOFA_1996.infusion(drug, Rate::PerMinute(*rate), *weight).bits()
    }
    fn infusion_1996_any(rate: &Reading<AnyRate>, number: u32) -> u8 {
        let Some(&drug) = Infusion::ALL.get(number as usize) else { return 0 };
        SOFA_1996.infusion(drug, Rate::Any(*rate), Reading::UNKNOWN).bits()
    }
    fn infusions_1996(rates: &[Reading<DoseRate>; 4]) -> u8 {
        let [norepinephrine, epinephrine, dopamine, dobutamine] = rates.map(Rate::ByWeight);
        let running = [
            (Infusion::Norepinephrine, norepinephrine),
            (Infusion::Epinephrine, epinephrine),
            (Infusion::Dopamine, dopamine),
            (Infusion::Dobutamine, dobutamine),
        ];
        SOFA_1996.infusions(&running, Reading::UNKNOWN).bits()
    }
    fn infusions_2_by_weight(rates: &[Reading<DoseRate>; 3], other: &Reading<AnyRate>) -> u8 {
        let [norepinephrine, epinephrine, dopamine] = rates.map(Rate::ByWeight);
        let running = [
            (Infusion::Norepinephrine, norepinephrine),
            (Infusion::Epinephrine, epinephrine),
            (Infusion::Dopamine, dopamine),
            (Infusion::Vasopressin, Rate::Any(*other)),
        ];
        SOFA_2.infusions(&running, Reading::UNKNOWN).bits()
    }

    fn cardiovascular_1996(map: u32, infusions: u32) -> u8 {
        let Some(infusions) = Points::from_bits(infusions as u8) else { return 0 };
        SOFA_1996.cardiovascular(Points::from_bits(map as u8), infusions).bits()
    }
    fn cardiovascular_2(map: u32, infusions: u32) -> u8 {
        let Some(infusions) = Points::from_bits(infusions as u8) else { return 0 };
        SOFA_2.cardiovascular(Points::from_bits(map as u8), infusions).bits()
    }
    fn renal_1996(creatinine: u32, urine: u32) -> u8 {
        SOFA_1996.renal(Points::from_bits(creatinine as u8), Points::from_bits(urine as u8)).bits()
    }
    fn renal_2(creatinine: u32, urine: u32) -> u8 {
        SOFA_2.renal(Points::from_bits(creatinine as u8), Points::from_bits(urine as u8)).bits()
    }
    // Creatinine's points in the lowest byte, above them whether urine is low enough.
    fn renal_2_rrt(kidney: u32, potassium: &Reading<Potassium>, ph: &Reading<Ph>, bicarbonate: &Reading<Bicarbonate>) -> u8 {
        let Some(creatinine) = Points::from_bits(kidney as u8) else { return 3 };
        SOFA_2_MORE.needs_rrt(creatinine, met_of(kidney >> 8), *potassium, *ph, *bicarbonate) as u8
    }

    fn total(lanes: u32) -> u32 {
        let mut organs = [Points::ALL; 6];
        for (place, organ) in organs.iter_mut().enumerate() {
            let Some(points) = Points::from_bits((lanes >> (5 * place) & 31) as u8) else { return 0 };
            *organ = points;
        }
        Sofa::from(organs).total().bits()
    }
    fn total_at_least(total: u32, least: u32) -> u8 {
        Total::from_bits(total).map_or(3, |total| total.at_least(least as u8) as u8)
    }
    // A course of so many days, of which a total of no bits is a gap; how it ended, 1 dead, 2 discharged, in the lowest byte, above it the
    // fall that is required, in tenths. What the trial's endpoint says of it up to day 3: whether it is met, the fall's ends; 0 where
    // there is no answer.
    fn endpoint_day3(totals: &[u32; 3], days: u32, how: u32, out: &mut [i32; 3]) -> u8 {
        let endpoint = Endpoint { last: 3, fall_tenths: (how >> 8) as u8, ..IMMUNOSEP_DAY9 };
        let mut course = Course::<9>::new(SOFA_1996.id());
        for (day, total) in (1..=days).zip(totals) {
            let added = match Total::from_bits(*total) {
                Some(total) => course.push_total(day, total),
                None => course.gap(day),
            };
            if added.is_err() {
                return 0;
            }
        }
        let ended = match how as u8 {
            1 => course.end(End::Death),
            2 => course.end(End::Discharge),
            _ => Ok(()),
        };
        match (ended, endpoint.response(&course)) {
            (Ok(()), Ok(response)) => {
                *out = [response.met as i32, response.fall[0], response.fall[1]];
                1
            }
            _ => 0,
        }
    }
}

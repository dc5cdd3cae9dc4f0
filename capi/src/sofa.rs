//! One organ at one moment, sets of points and totals, Sepsis-3.

use crate::numbers::{self, ITEM, MET, NONE, SALT, pick, pick_or_none};
use crate::reading::{Numbered, endo_reading};
use crate::state::{Kept, Out, State};
use crate::status::Refused;
use crate::text::{endo_text, slice};
use endotype::published::{MHLA_DR_STAGES, QSOFA, SEPSIS_3, SOFA_2, SOFA_1996};
use endotype::quantity::*;
use endotype::{Gas, Infusion, Item, Points, Prior, Rate, Reading, Sofa, SofaRules, Support, edges};

pub type endo_rules = State<&'static SofaRules, 1>;

impl Kept for &'static SofaRules {
    const KIND: u32 = 2;
}

/// A constant each, so that an image links the edition that it names and not the other.
#[unsafe(no_mangle)]
pub static endo_sofa_1996: endo_rules = State::new(&SOFA_1996);
#[unsafe(no_mangle)]
pub static endo_sofa_2: endo_rules = State::new(&SOFA_2);

/// An infusion that counts.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct endo_infusion {
    pub rate: endo_reading,
    pub drug: u8,
    pub reserved: [u8; 3],
}

/// Where the points of a row change.
#[repr(C)]
pub struct endo_edge {
    pub item: endo_text,
    pub unit: endo_text,
    pub ticks: u32,
    pub last: i32,
    pub first: i32,
    pub points_last: u8,
    pub points_first: u8,
    pub reserved: [u8; 2],
}

/// What qSOFA says.
#[repr(C)]
pub struct endo_screen {
    pub met: u8,
    pub respiratory_rate: u8,
    pub gcs: u8,
    pub sbp: u8,
    /// Bits 0 to 2.
    pub needed: u8,
}

/// A rate by weight, per minute, or in another unit.
pub fn rate(reading: endo_reading) -> Result<Rate, Refused> {
    match reading.quantity {
        DoseRate::NUMBER => Ok(Rate::ByWeight(reading.typed()?)),
        MassRate::NUMBER => Ok(Rate::PerMinute(reading.typed()?)),
        AnyRate::NUMBER => Ok(Rate::Any(reading.typed()?)),
        _ => Err(Refused::QUANTITY),
    }
}

pub fn charted(rate: Rate) -> endo_reading {
    match rate {
        Rate::ByWeight(reading) => endo_reading::of(reading),
        Rate::PerMinute(reading) => endo_reading::of(reading),
        Rate::Any(reading) => endo_reading::of(reading),
    }
}

/// More than eight drugs there are not.
const MOST: usize = Infusion::ALL.len();

functions! {
    fn endo_rules_id(rules: Option<&endo_rules>, out: Out<'_, u32>) {
        given!(rules, out);
        let id = rules.get()?.id().number();
        out.write(id);
    }

    fn endo_rules_edge(rules: Option<&endo_rules>, n: u32, out: Out<'_, endo_edge>) {
        given!(rules, out);
        let edge = edges(rules.get()?).nth(n as usize).ok_or(Refused::NO_SUCH)?;
        out.write(endo_edge {
            item: edge.item.into(),
            unit: edge.unit.into(),
            ticks: edge.ticks,
            last: edge.last,
            first: edge.first,
            points_last: edge.points[0],
            points_first: edge.points[1],
            reserved: [0; 2],
        });
    }

    fn endo_row_points(rules: Option<&endo_rules>, item: u8, reading: endo_reading, out: Out<'_, u8>) {
        given!(rules, out);
        let rows = rules.get()?.rows();
        let points = match pick(&ITEM, item)? {
            Item::Platelets => rows.platelets.points(reading.typed()?),
            Item::Bilirubin if reading.is::<BilirubinSi>() => rows.bilirubin_si.points(reading.typed()?),
            Item::Bilirubin => rows.bilirubin.points(reading.typed()?),
            Item::Map => rows.map.points(reading.typed()?),
            Item::Gcs => rows.gcs.points(reading.typed()?),
            Item::Creatinine if reading.is::<CreatinineSi>() => rows.creatinine_si.points(reading.typed()?),
            Item::Creatinine => rows.creatinine.points(reading.typed()?),
            // The second edition's is by weight and over hours.
            Item::Urine if rules.get()?.more().is_none() => rows.urine.points(reading.typed()?),
            Item::GcsMotor => rules.get()?.more().ok_or(Refused::NUMBER)?.gcs_motor.points(reading.typed()?),
            _ => return Err(Refused::NUMBER),
        };
        out.write(points.bits());
    }

    fn endo_respiration(rules: Option<&endo_rules>, gas: endo_reading, fio2: endo_reading, support: u8, out: Out<'_, u8>) {
        given!(rules, out);
        let gas = match gas.quantity {
            PaO2::NUMBER => Gas::MmHg(gas.typed()?),
            PaO2KPa::NUMBER => Gas::KPa(gas.typed()?),
            SpO2::NUMBER => Gas::SpO2(gas.typed()?),
            _ => return Err(Refused::QUANTITY),
        };
        let points = rules.get()?.respiration(gas, fio2.typed()?, pick_or_none(Support::ALL, support)?);
        out.write(points.bits());
    }

    fn endo_infusions_points(rules: Option<&endo_rules>, infusion: *const endo_infusion, count: usize, weight: endo_reading, out: Out<'_, u8>) {
        given!(rules, out);
        let infusions = slice(infusion, count, MOST)?;
        let rules = rules.get()?;
        let mut running = [(Infusion::Norepinephrine, Rate::Any(Reading::UNKNOWN)); MOST];
        for (place, infusion) in running.iter_mut().zip(infusions) {
            *place = (pick(Infusion::ALL, infusion.drug)?, rate(infusion.rate)?);
        }
        let running = running.get(..count).ok_or(Refused::SIZE)?;
        out.write(rules.infusions(running, weight.typed()?).bits());
    }

    fn endo_cardiovascular(rules: Option<&endo_rules>, map: u8, infusions: u8, out: Out<'_, u8>) {
        given!(rules, out);
        let points = rules.get()?.cardiovascular(numbers::points_or_none(map)?, numbers::points(infusions)?);
        out.write(points.bits());
    }

    fn endo_renal(rules: Option<&endo_rules>, creatinine: u8, urine: u8, out: Out<'_, u8>) {
        given!(rules, out);
        let points = rules.get()?.renal(numbers::points_or_none(creatinine)?, numbers::points_or_none(urine)?);
        out.write(points.bits());
    }

    fn endo_sofa_total(organs: Option<&[u8; 6]>, out: Out<'_, u32>) {
        given!(organs, out);
        let mut points = [Points::ALL; 6];
        for (points, bits) in points.iter_mut().zip(organs) {
            *points = numbers::points(*bits)?;
        }
        out.write(Sofa::from(points).total().bits());
    }

    fn endo_points_join(one: u8, other: u8, out: Out<'_, u8>) {
        given!(out);
        out.write(numbers::points(one)?.join(numbers::points(other)?).bits());
    }

    fn endo_points_ends(points: u8, lo: Out<'_, u8>, hi: Out<'_, u8>) {
        given!(lo, hi);
        let ends = numbers::points(points)?.ends();
        lo.write(ends[0]);
        hi.write(ends[1]);
    }

    fn endo_total_ends(total: u32, lo: Out<'_, u8>, hi: Out<'_, u8>) {
        given!(lo, hi);
        let ends = numbers::total(total)?.ends();
        lo.write(ends[0]);
        hi.write(ends[1]);
    }

    fn endo_total_at_least(total: u32, least: u8, out: Out<'_, u8>) {
        given!(out);
        out.write(numbers::total(total)?.at_least(least) as u8);
    }

    fn endo_salt_base(salt: u8, charted_rate: endo_reading, out: Out<'_, endo_reading>) {
        given!(out);
        let base = pick(&SALT, salt)?.base(rate(charted_rate)?);
        out.write(charted(base));
    }

    fn endo_mhla_dr_stage(mhla_dr: endo_reading, out: Out<'_, u8>) {
        given!(out);
        out.write(MHLA_DR_STAGES.points(mhla_dr.typed()?).bits());
    }

    fn endo_sepsis(infection: u8, emergency: u8, total: u32, prior: u8, out: Out<'_, u8>) {
        given!(out);
        let prior = match prior {
            NONE => Prior::Unknown,
            0..=24 => Prior::Sofa(prior),
            _ => return Err(Refused::NUMBER),
        };
        let met = SEPSIS_3.sepsis(pick(&MET, infection)?, pick(&MET, emergency)?, numbers::total(total)?, prior);
        out.write(met as u8);
    }

    fn endo_shock(sepsis: u8, circulatory: u8, out: Out<'_, u8>) {
        given!(out);
        out.write(SEPSIS_3.shock(pick(&MET, sepsis)?, pick(&MET, circulatory)?) as u8);
    }

    fn endo_qsofa(respiratory_rate: endo_reading, gcs: endo_reading, sbp: endo_reading, out: Out<'_, endo_screen>) {
        given!(out);
        let screen = QSOFA.screen(respiratory_rate.typed()?, gcs.typed()?, sbp.typed()?);
        let needed = screen.needed().iter().rev().fold(0, |bits, &one| bits << 1 | u8::from(one));
        out.write(endo_screen {
            met: screen.met as u8,
            respiratory_rate: screen.respiratory_rate as u8,
            gcs: screen.gcs as u8,
            sbp: screen.sbp as u8,
            needed,
        });
    }
}

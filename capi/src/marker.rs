//! The endotype criteria: with or without guard bands, and the classes that they leave.

use crate::numbers::NONE;
use crate::reading::{Numbered, endo_reading};
use crate::state::{Kept, Out, State};
use crate::status::Refused;
use endotype::published::IMMUNOSEP;
use endotype::quantity::{Ferritin, MhlaDr, Quantity};
use endotype::{Amount, Classification, Criteria, Endotype, Imprecision, Met, Needs};

pub type endo_criteria = State<Criteria, 5>;

impl Kept for Criteria {
    const KIND: u32 = 1;
}

#[unsafe(no_mangle)]
pub static endo_immunosep: endo_criteria = State::new(IMMUNOSEP);

/// What the criteria leave possible.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct endo_class {
    /// Bit n: class n is possible.
    pub classes: u8,
    pub single: u8,
    pub hyperinflammation: u8,
    pub immunoparalysis: u8,
}

impl From<Classification> for endo_class {
    fn from(class: Classification) -> endo_class {
        endo_class {
            classes: Endotype::ALL.iter().fold(0, |bits, &one| bits | u8::from(class.allows(one)) << one as u8),
            single: class.single().map_or(NONE, |class| class as u8),
            hyperinflammation: class.hyperinflammation() as u8,
            immunoparalysis: class.immunoparalysis() as u8,
        }
    }
}

/// What would settle an open class.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct endo_needs {
    pub ferritin: u8,
    pub mhla_dr: u8,
}

impl From<Needs> for endo_needs {
    fn from(needs: Needs) -> endo_needs {
        endo_needs { ferritin: needs.ferritin as u8, mhla_dr: needs.mhla_dr as u8 }
    }
}

/// How an assay scatters.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct endo_imprecision {
    pub absolute: u32,
    pub per_mille: u16,
    pub coverage: u16,
}

impl endo_imprecision {
    /// What the crate refuses at compile time is refused here before it is asked.
    fn of<Q: Quantity>(&self) -> Result<Imprecision<Q>, Refused> {
        let narrow = u32::from(self.per_mille) * u32::from(self.coverage) < 100_000;
        if narrow && self.absolute <= Q::RANGE[1] * Q::TICKS {
            Ok(Imprecision::new(self.per_mille, Amount::Ticks(self.absolute), self.coverage))
        } else {
            Err(Refused::SETTING)
        }
    }
}

functions! {
    fn endo_classify(criteria: Option<&endo_criteria>, ferritin: endo_reading, mhla_dr: endo_reading, out: Out<'_, endo_class>) {
        given!(criteria, out);
        let class = criteria.get()?.classify(ferritin.typed()?, mhla_dr.typed()?);
        out.write(class.into());
    }

    fn endo_needs_of(criteria: Option<&endo_criteria>, ferritin: endo_reading, mhla_dr: endo_reading, out: Out<'_, endo_needs>) {
        given!(criteria, out);
        let needs = criteria.get()?.needs(ferritin.typed()?, mhla_dr.typed()?);
        out.write(needs.into());
    }

    fn endo_criteria_guarded(ferritin: Option<&endo_imprecision>, mhla_dr: Option<&endo_imprecision>, out: Out<'_, endo_criteria>) {
        given!(ferritin, mhla_dr, out);
        let (ferritin, mhla_dr) = (ferritin.of::<Ferritin>()?, mhla_dr.of::<MhlaDr>()?);
        out.write(State::new(IMMUNOSEP.guarded(ferritin, mhla_dr)));
    }

    fn endo_criteria_id(criteria: Option<&endo_criteria>, out: Out<'_, u32>) {
        given!(criteria, out);
        let id = criteria.get()?.id().number();
        out.write(id);
    }

    fn endo_criteria_edge(criteria: Option<&endo_criteria>, quantity: u8, last: Out<'_, i32>, first: Out<'_, i32>) {
        given!(criteria, last, first);
        let rows = criteria.get()?.rows();
        let edge = match quantity {
            Ferritin::NUMBER => rows.ferritin.edge(),
            MhlaDr::NUMBER => rows.mhla_dr.edge(),
            _ => return Err(Refused::QUANTITY),
        };
        last.write(edge[0]);
        first.write(edge[1]);
    }

    fn endo_criterion_met(criteria: Option<&endo_criteria>, reading: endo_reading, out: Out<'_, u8>) {
        given!(criteria, out);
        let rows = criteria.get()?.rows();
        let met: Met = match reading.quantity {
            Ferritin::NUMBER => rows.ferritin.met(reading.typed()?),
            MhlaDr::NUMBER => rows.mhla_dr.met(reading.typed()?),
            _ => return Err(Refused::QUANTITY),
        };
        out.write(met as u8);
    }
}

//! Charted events as plain data: a queue may carry them, each call looks at them again.

use crate::numbers::{self, pick, yes_or_no};
use crate::reading::{Numbered, endo_reading};
use crate::sofa::{charted, rate};
use crate::state::Out;
use crate::status::Refused;
use crate::text::ascii;
use endotype::quantity::Ferritin;
use endotype::{Criterion, Dose, Event, Flag, Infusion, Marker, Reading, Remark, Support};

/// One charted item.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct endo_event {
    pub reading: endo_reading,
    pub kind: u8,
    pub which: u8,
    pub is_so: u8,
    pub reserved: u8,
}

/// What an event is of: the numbers of the header's `ENDO_EVENT_`.
pub const EVENT: [&str; 12] = [
    "Reading",
    "Infusion",
    "Support",
    "Flag",
    "FirstDose",
    "Specimen",
    "Withdrawn",
    "Criterion",
    "SepsisClassified",
    "IcuAdmission",
    "Death",
    "Discharge",
];

/// In the place of a reading that an event does not have.
const NO_READING: endo_reading = {
    let [lo, hi] = Reading::<Ferritin>::UNKNOWN.ends();
    endo_reading { lo, hi, quantity: numbers::NONE, reserved: [0; 3] }
};

macro_rules! measured {
    ($($variant:ident)+) => {
        fn measured(reading: &endo_reading) -> Result<Event, Refused> {
            match reading.quantity {
                $( endotype::quantity::$variant::NUMBER => Ok(Event::$variant(reading.typed()?)), )+
                _ => Err(Refused::QUANTITY),
            }
        }

        impl From<Event> for endo_event {
            fn from(event: Event) -> endo_event {
                let state = |kind, which, is_so| endo_event { reading: NO_READING, kind, which, is_so: u8::from(is_so), reserved: 0 };
                match event {
                    $( Event::$variant(reading) => endo_event { reading: endo_reading::of(reading), ..state(0, 0, false) }, )+
                    Event::Infusion(drug, rate) => endo_event { reading: charted(rate), ..state(1, drug as u8, false) },
                    Event::Support(support) => state(2, support as u8, false),
                    Event::Flag(flag, is_so) => state(3, flag as u8, is_so),
                    Event::FirstDose(dose) => state(4, dose as u8, false),
                    Event::Specimen(remark) => state(5, remark as u8, false),
                    Event::Withdrawn(marker) => state(6, marker as u8, false),
                    Event::Criterion(criterion, is_so) => state(7, criterion as u8, is_so),
                    Event::SepsisClassified => state(8, 0, false),
                    Event::IcuAdmission => state(9, 0, false),
                    Event::Death => state(10, 0, false),
                    Event::Discharge => state(11, 0, false),
                }
            }
        }
    };
}

measured! {
    PaO2 PaO2KPa FiO2 SpO2 Platelets Bilirubin BilirubinSi Creatinine CreatinineSi Map Sbp RespiratoryRate Gcs GcsMotor Urine Weight Potassium
    Bicarbonate Lactate Ph Ferritin MhlaDr MhlaDrPositive Lymphocytes Neutrophils LymphocytesFraction NkCells DendriticCells BCells TCells
    Hemoglobin Age
}

impl endo_event {
    pub fn get(&self) -> Result<Event, Refused> {
        let which = self.which;
        Ok(match self.kind {
            0 => measured(&self.reading)?,
            1 => Event::Infusion(pick(Infusion::ALL, which)?, rate(self.reading)?),
            2 => Event::Support(pick(Support::ALL, which)?),
            3 => Event::Flag(pick(Flag::ALL, which)?, yes_or_no(self.is_so)?),
            4 => Event::FirstDose(pick(Dose::ALL, which)?),
            5 => Event::Specimen(pick(Remark::ALL, which)?),
            6 => Event::Withdrawn(pick(Marker::ALL, which)?),
            7 => match pick(Criterion::ALL, which)? {
                criterion if criterion.is_charted() => Event::Criterion(criterion, yes_or_no(self.is_so)?),
                _ => return Err(Refused::NUMBER),
            },
            8 => Event::SepsisClassified,
            9 => Event::IcuAdmission,
            10 => Event::Death,
            11 => Event::Discharge,
            _ => return Err(Refused::NUMBER),
        })
    }

    fn checked(self) -> Result<endo_event, Refused> {
        self.get().map(|_| self)
    }
}

functions! {
    fn endo_event_reading(reading: endo_reading, out: Out<'_, endo_event>) {
        given!(out);
        out.write(endo_event { reading, kind: 0, which: 0, is_so: 0, reserved: 0 }.checked()?);
    }

    fn endo_event_infusion(drug: u8, rate: endo_reading, out: Out<'_, endo_event>) {
        given!(out);
        out.write(endo_event { reading: rate, kind: 1, which: drug, is_so: 0, reserved: 0 }.checked()?);
    }

    fn endo_event_state(kind: u8, which: u8, is_so: u8, out: Out<'_, endo_event>) {
        given!(out);
        // Those with a reading have calls of their own.
        let kind = if kind < 2 { numbers::NONE } else { kind };
        out.write(endo_event { reading: NO_READING, kind, which, is_so, reserved: 0 }.checked()?);
    }

    fn endo_event_text(
        item: *const u8,
        item_length: usize,
        unit: *const u8,
        unit_length: usize,
        value: *const u8,
        value_length: usize,
        out: Out<'_, endo_event>,
    ) {
        given!(out);
        if item.is_null() || unit.is_null() || value.is_null() {
            return Err(Refused::NULL);
        }
        let (item, unit) = (ascii(item, item_length)?, ascii(unit, unit_length)?);
        let event = Event::read(item, unit, ascii(value, value_length)?)?;
        out.write(event.into());
    }

    fn endo_event_kind(event: Option<&endo_event>, out: Out<'_, u8>) {
        given!(event, out);
        let kind = event.get()?.kind();
        out.write(kind as u8);
    }
}

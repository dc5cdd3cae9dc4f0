//! What a number, a status and a rule's id are called, and this release.

use crate::numbers::{ITEM, NEED, pick};
use crate::state::{Out, VERSION};
use crate::status::Refused;
use crate::text::endo_text;
use endotype::published::{self, MHLA_DR_STAGE_NAMES};
use endotype::*;

/// Where a rule is printed.
#[repr(C)]
pub struct endo_source {
    pub name: endo_text,
    pub citation: endo_text,
    pub evidence: u8,
    pub reserved: [u8; 3],
}

/// The enumerations that have names, by the numbers of the header's `ENDO_NAMES_`.
pub const NAMES: [&str; 12] =
    ["Organ", "Endotype", "Support", "Infusion", "Flag", "Dose", "Remark", "Marker", "Criterion", "Item", "Need", "Stage"];

fn name(of: u8, number: u8) -> Result<&'static str, Refused> {
    Ok(match of {
        0 => pick(&Organ::ALL, number)?.name(),
        1 => pick(&Endotype::ALL, number)?.name(),
        2 => pick(Support::ALL, number)?.name(),
        3 => pick(Infusion::ALL, number)?.name(),
        4 => pick(Flag::ALL, number)?.name(),
        5 => pick(Dose::ALL, number)?.name(),
        6 => pick(Remark::ALL, number)?.name(),
        7 => pick(Marker::ALL, number)?.name(),
        8 => pick(Criterion::ALL, number)?.name(),
        9 => match pick(&ITEM, number)? {
            // Which one has a number of its own.
            Item::Infusion(_) => "infusion",
            item => item.name(),
        },
        10 => pick(&NEED, number)?.name(),
        11 => pick(&MHLA_DR_STAGE_NAMES, number)?,
        _ => return Err(Refused::NUMBER),
    })
}

/// Every error, with what it carries set to 0.
pub const ERRORS: &[Error] = &[
    Error::NotANumber,
    Error::Sign,
    Error::Exponent,
    Error::OutOfRange,
    Error::Backwards,
    Error::NotWhole,
    Error::Nothing,
    Error::NotFinite,
    Error::UnknownItem,
    Error::UnknownUnit,
    Error::MolarFerritin,
    Error::NotAFlag,
    Error::NotASupport,
    Error::NotADose,
    Error::NotOne,
    Error::NotACutoff,
    Error::ClockBack { by: 0 },
    Error::DayClosed { by: 0 },
    Error::DayNotClosed { ends: 0 },
    Error::AfterEnd,
    Error::MinuteOutOfRange,
    Error::RulesDiffer,
    Error::DayOutOfOrder { expected: 0 },
    Error::CourseFull,
    Error::NoSuchDay,
    Error::DayOpen,
    Error::DaysDiffer,
    Error::SampleDiffers,
    Error::NoSample,
    Error::SeriesFull,
    Error::DoseGiven,
    Error::NotARemark,
    Error::NotAMarker,
    Error::NotOurs,
    Error::UnknownVersion { found: 0 },
    Error::WrongLength { expected: 0 },
    Error::Checksum,
    Error::OtherPatient,
    Error::Impossible,
    Error::NoRoom { needed: 0 },
    Error::DoesNotFollow,
];

fn message(status: u8) -> Option<&'static str> {
    if status == 0 {
        return Some("done");
    }
    let ours = ERRORS.iter().find(|error| error.code() == status).map(|error| error.message());
    ours.or_else(|| Refused::ALL.iter().find(|(refused, _)| refused.0 == status).map(|(_, message)| *message))
}

/// The rules that have a source.
fn ids() -> [RuleId; 11] {
    use published::*;
    const SEPSIS: RuleId = SEPSIS_3.id();
    [
        SEPSIS,
        SOFA_1996.id(),
        SOFA_2.id(),
        IMMUNOSEP.id(),
        RESTORATION.id(),
        MEISEL.id(),
        PERSISTENT.id(),
        SLOPE.id(),
        IRIS_7.id(),
        DREWRY.id(),
        KYRIAZOPOULOU.id(),
    ]
}

/// `ENDO_VERSION` as the library has it.
#[unsafe(no_mangle)]
pub extern "C" fn endo_version() -> u32 {
    VERSION
}

functions! {
    fn endo_name(of: u8, number: u8, out: Out<'_, endo_text>) {
        given!(out);
        out.write(name(of, number)?.into());
    }

    fn endo_message(status: u8, out: Out<'_, endo_text>) {
        given!(out);
        out.write(message(status).ok_or(Refused::NUMBER)?.into());
    }

    fn endo_source_of(rule: u32, out: Out<'_, endo_source>) {
        given!(out);
        let id = ids().into_iter().find(|id| id.number() == rule).ok_or(Refused::NO_SUCH)?;
        let source = published::source(id).ok_or(Refused::NO_SUCH)?;
        out.write(endo_source {
            name: source.name.into(),
            citation: source.citation.into(),
            evidence: source.evidence as u8,
            reserved: [0; 3],
        });
    }
}

//! C numbers to Rust enums: by a list, so that a number which is not in it is refused.

use crate::status::Refused;
use endotype::published::Evidence;
use endotype::quantity::Scale;
use endotype::*;

/// No value, where a number may have none.
pub const NONE: u8 = 255;
pub const NO_MINUTE: u32 = u32::MAX;

pub const MET: [Met; 3] = [Met::No, Met::Unknown, Met::Yes];
pub const MISSING: [Missing; 3] = [Missing::Open, Missing::Normal, Missing::Carry];
pub const INFUSIONS: [Infusions; 2] = [Infusions::Complete, Infusions::Unknown];
pub const GAP: [Gap; 2] = [Gap::Carry, Gap::Open];
pub const END: [End; 2] = [End::Death, End::Discharge];
pub const KIND: [Kind; 3] = [Kind::Measured, Kind::Holds, Kind::Happens];
pub const SALT: [Salt; 3] = [Salt::BitartrateMonohydrate, Salt::BitartrateAnhydrous, Salt::Hydrochloride];
pub const BIAS: [Bias; 3] = [Bias::Raises, Bias::Lowers, Bias::Either];
pub const TREND: [Trend; 4] = [Trend::Unknown, Trend::Falling, Trend::Steady, Trend::Rising];
pub const FILED: [Filed; 5] = [Filed::Last, Filed::Late, Filed::Duplicate, Filed::Corrected, Filed::Blank];
pub const LEVEL: [Level; 4] = [Level::Low, Level::Normal, Level::High, Level::Unknown];
pub const NEED: [Need; 7] =
    [Need::Nothing, Need::Sample, Need::Repeat, Need::Dilution, Need::FirstDose, Need::Entry, Need::Origin];
pub const EVIDENCE: [Evidence; 4] = [Evidence::A, Evidence::B, Evidence::R, Evidence::I];
pub const SCALE: [Scale; 3] = [Scale::Amount, Scale::Rate, Scale::Score];
/// What stands for each infusion is beside it: the drug has a number of its own.
pub const ITEM: [Item; 16] = [
    Item::PaO2,
    Item::SpO2,
    Item::Ecmo,
    Item::Platelets,
    Item::Bilirubin,
    Item::Map,
    Item::Infusion(Infusion::Norepinephrine),
    Item::MechanicalSupport,
    Item::Circulation,
    Item::Gcs,
    Item::GcsMotor,
    Item::DeliriumDrug,
    Item::Creatinine,
    Item::Urine,
    Item::Rrt,
    Item::RrtCriteria,
];

pub fn pick<T: Copy>(list: &[T], number: u8) -> Result<T, Refused> {
    list.get(usize::from(number)).copied().ok_or(Refused::NUMBER)
}

/// Where 255 is none.
pub fn pick_or_none<T: Copy>(list: &[T], number: u8) -> Result<Option<T>, Refused> {
    if number == NONE { Ok(None) } else { pick(list, number).map(Some) }
}

pub fn yes_or_no(number: u8) -> Result<bool, Refused> {
    pick(&[false, true], number)
}

/// Item and drug.
pub fn item(number: u8, drug: u8) -> Result<Item, Refused> {
    match pick(&ITEM, number)? {
        Item::Infusion(_) => Ok(Item::Infusion(pick(Infusion::ALL, drug)?)),
        item => Ok(item),
    }
}

pub fn number_of(item: Item) -> [u8; 2] {
    let drug = if let Item::Infusion(drug) = item { drug as u8 } else { NONE };
    let item = if drug == NONE { item } else { Item::Infusion(Infusion::Norepinephrine) };
    [ITEM.iter().position(|&one| one == item).map_or(NONE, |at| at as u8), drug]
}

pub fn points(bits: u8) -> Result<Points, Refused> {
    Points::from_bits(bits).ok_or(Refused::SET)
}

/// Where no bit is none.
pub fn points_or_none(bits: u8) -> Result<Option<Points>, Refused> {
    if bits == 0 { Ok(None) } else { points(bits).map(Some) }
}

pub fn total(bits: u32) -> Result<Total, Refused> {
    Total::from_bits(bits).ok_or(Refused::SET)
}

pub fn minute(at: u32) -> Option<u32> {
    (at != NO_MINUTE).then_some(at)
}

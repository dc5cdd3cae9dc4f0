//! Events -> hours -> 24 hours: pairing, what holds, urine, witness. The only state besides the course.

use crate::course::End;
use crate::cutoffs::{Lanes, Points, RawCutoffs, Total};
use crate::error::Error;
use crate::event::{Event, Flag, Infusion, Kind, Rate};
use crate::published::SEPSIS_3;
use crate::quantity::*;
use crate::reading::{ANY, Met, Reading, is_any};
use crate::second::{Circulation, LastGcs, SecondRows, by_steps, rrt_criteria, saturation, scored};
use crate::sofa::{Organ, RuleId, Sofa, SofaRows, SofaRules};

mod state;

/// Minutes of a day.
pub(crate) const DAY: u32 = 1_440;

/// What decided an organ's points.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Item {
    /// Arterial oxygen.
    PaO2,
    /// Pulse oximetry, where there is no arterial oxygen.
    SpO2,
    /// ECMO, which is scored by itself.
    Ecmo,
    /// Platelets.
    Platelets,
    /// Bilirubin.
    Bilirubin,
    /// Mean arterial pressure.
    Map,
    /// An infusion.
    Infusion(Infusion),
    /// Mechanical support of the circulation.
    MechanicalSupport,
    /// Of pressure and infusions the worst: a rolling window does not keep which.
    Circulation,
    /// Glasgow Coma Scale.
    Gcs,
    /// Its motor response, where it can not be assessed.
    GcsMotor,
    /// A drug for delirium.
    DeliriumDrug,
    /// Creatinine.
    Creatinine,
    /// The sum of the urine, or its mean rate by weight.
    Urine,
    /// Renal replacement therapy.
    Rrt,
    /// The criteria of renal replacement therapy.
    RrtCriteria,
}

impl Item {
    /// The organ that it scores.
    ///
    /// ```
    /// use endotype::{Item, Organ};
    /// assert_eq!(Item::Urine.organ(), Organ::Renal);
    /// ```
    pub const fn organ(self) -> Organ {
        match self {
            Item::PaO2 | Item::SpO2 | Item::Ecmo => Organ::Respiration,
            Item::Platelets => Organ::Coagulation,
            Item::Bilirubin => Organ::Liver,
            Item::Map | Item::Infusion(_) | Item::MechanicalSupport | Item::Circulation => Organ::Cardiovascular,
            Item::Gcs | Item::GcsMotor | Item::DeliriumDrug => Organ::Brain,
            Item::Creatinine | Item::Urine | Item::Rrt | Item::RrtCriteria => Organ::Renal,
        }
    }

    /// Its number: the organ's, and eight times which of the organ's items; [`BESIDE`] are those that have a lane of their own.
    const fn number(self) -> u32 {
        self.organ() as u32
            + match self {
                Item::PaO2 | Item::Platelets | Item::Bilirubin | Item::Circulation | Item::Gcs | Item::Creatinine => 0,
                Item::Map | Item::Urine | Item::SpO2 | Item::GcsMotor => BESIDE,
                Item::Ecmo | Item::DeliriumDrug | Item::Rrt => 2 * BESIDE,
                Item::RrtCriteria => 3 * BESIDE,
                Item::Infusion(drug) => FIRST_INFUSION + 8 * drug as u32,
                Item::MechanicalSupport => FIRST_INFUSION + 64,
            }
    }

    fn numbered(number: u32) -> Item {
        const MAP: u32 = Item::Map.number();
        const URINE: u32 = Item::Urine.number();
        const SPO2: u32 = Item::SpO2.number();
        const ECMO: u32 = Item::Ecmo.number();
        const MOTOR: u32 = Item::GcsMotor.number();
        const DELIRIUM: u32 = Item::DeliriumDrug.number();
        const RRT: u32 = Item::Rrt.number();
        const CRITERIA: u32 = Item::RrtCriteria.number();
        const MECHANICAL: u32 = Item::MechanicalSupport.number();
        match number {
            SPO2 => Item::SpO2,
            ECMO => Item::Ecmo,
            MOTOR => Item::GcsMotor,
            DELIRIUM => Item::DeliriumDrug,
            RRT => Item::Rrt,
            CRITERIA => Item::RrtCriteria,
            MECHANICAL => Item::MechanicalSupport,
            0 => Item::PaO2,
            1 => Item::Platelets,
            2 => Item::Bilirubin,
            4 => Item::Gcs,
            5 => Item::Creatinine,
            MAP => Item::Map,
            URINE => Item::Urine,
            _ => {
                let drug = (number >> 3).checked_sub(FIRST_INFUSION >> 3).and_then(|drug| Infusion::ALL.get(drug as usize));
                drug.map_or(Item::Circulation, |&drug| Item::Infusion(drug))
            }
        }
    }

    /// The item's name in charted events.
    ///
    /// ```
    /// use endotype::{Infusion, Item};
    /// assert_eq!(Item::Infusion(Infusion::Dopamine).name(), "dopamine");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Item::PaO2 => PaO2::NAME,
            Item::SpO2 => SpO2::NAME,
            Item::Ecmo => "support",
            Item::Platelets => Platelets::NAME,
            Item::Bilirubin => Bilirubin::NAME,
            Item::Map => Map::NAME,
            Item::Infusion(drug) => drug.name(),
            Item::MechanicalSupport => Flag::MechanicalCirculatorySupport.name(),
            Item::Circulation => "circulation",
            Item::Gcs => Gcs::NAME,
            Item::GcsMotor => GcsMotor::NAME,
            Item::DeliriumDrug => Flag::DeliriumDrug.name(),
            Item::Creatinine => Creatinine::NAME,
            Item::Urine => Urine::NAME,
            Item::Rrt => Flag::Rrt.name(),
            Item::RrtCriteria => "rrt criteria",
        }
    }
}

/// The numbers of an organ's second item, and of the first infusion.
const BESIDE: u32 = 8;
const FIRST_INFUSION: u32 = 16;

/// What decided an organ's points, and when.
///
/// Of all that was scored, the one with the highest lower end, then the highest upper end, then the earliest.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Witness {
    /// The deciding item.
    pub item: Item,
    /// Its minute; of urine the minute up to which it was summed; in a rolling window the first minute of the hour.
    pub minute: u32,
}

/// A witness as a number, so that the worst of many is the largest, in whatever order they come.
///
/// From the top: the lowest and all up to the highest of its points, how many minutes it lies before the end of the day, its item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Rank(u32);

impl Rank {
    /// Below every other; not 0, so that six of them are stored one by one.
    const NONE: Rank = Rank(1);
    const MINUTE: u32 = 7;
    const POINTS: u32 = Rank::MINUTE + 12;

    /// Its minute counts from the day before the open day.
    const fn of(item: u32, minute: u32, points: Points) -> Rank {
        let set = points.0 as u32;
        let lowest = set & set.wrapping_neg();
        let up_to_highest = set | set >> 1 | set >> 2 | set >> 3 | set >> 4;
        Rank((lowest << 5 | up_to_highest) << Rank::POINTS | (2 * DAY - minute) << Rank::MINUTE | item)
    }

    fn see(&mut self, other: Rank) {
        if other.0 > self.0 {
            *self = other;
        }
    }

    /// Of a day that begins with this minute.
    fn witness(self, dawn: u32) -> Option<Witness> {
        let before_the_end = self.0 >> Rank::MINUTE & 0xfff;
        let item = Item::numbered(self.0 & 0x7f);
        (self != Rank::NONE).then_some(Witness { item, minute: dawn + DAY - before_the_end })
    }
}

/// Urine beyond every cut-off, and far from the end of an `i32`.
const CAP: i32 = 2_000_000_000;

/// A sum of urine, exact at open ends; [`Reading::UNKNOWN`] while none was charted.
fn add_urine(sum: &mut Reading<Urine>, more: Reading<Urine>) {
    if sum.is_unknown() {
        *sum = more;
    } else if !more.is_unknown() {
        // Two open ends add to the open end of the sum, one half-tick inside it.
        sum.ends[0] = CAP.min(sum.ends[0].saturating_add(more.ends[0]) - (sum.ends[0] & more.ends[0] & 1));
        sum.ends[1] = CAP.min(sum.ends[1].saturating_add(more.ends[1])) + (sum.ends[1] & more.ends[1] & 1);
    }
}

/// The urine of an hour, from the top: its lower end in half-ticks (22 bits), how much higher the upper end lies (4), and the minute of
/// the hour's last charting (6).
///
/// An upper end too far off may be taken for any, unless the lower one is 0, and more than two litres for at least two litres. For a heavy
/// patient a cut-off by weight may lie there (300 kg, 24 h: 2160 mL): the points are then open, which is sound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct HourlyUrine(u32);

impl HourlyUrine {
    const NONE: HourlyUrine = HourlyUrine(u32::MAX);
    const MOST: i32 = 0x3f_fffe;
    const ANY: u32 = 0xf;
    /// Down to 0: then the upper end stands in the lower one's place.
    const FROM_0: u32 = 0xe;
    /// All but the minute.
    const VOLUME: u32 = !0x3f;

    fn of(reading: Reading<Urine>, minute: u32) -> HourlyUrine {
        let [lo, hi] = reading.ends;
        let (end, wider) = match (hi - lo).cast_unsigned() {
            _ if lo > Self::MOST => (Self::MOST, Self::ANY),
            wider if wider < Self::FROM_0 => (lo, wider),
            _ if lo == 0 && hi <= Self::MOST => (hi, Self::FROM_0),
            _ => (lo, Self::ANY),
        };
        HourlyUrine(end.cast_unsigned() << 10 | wider << 6 | minute)
    }

    fn read(self) -> Reading<Urine> {
        let lo = (self.0 >> 10).cast_signed();
        match self.0 >> 6 & Self::ANY {
            _ if self == Self::NONE => Reading::UNKNOWN,
            Self::ANY => Reading::of([lo, CAP]),
            Self::FROM_0 => Reading::of([0, lo]),
            wider => Reading::of([lo, lo + wider.cast_signed()]),
        }
    }

    /// With what was charted at another minute of the hour.
    fn and(self, more: Reading<Urine>, minute: u32) -> HourlyUrine {
        if more.is_unknown() {
            return self;
        }
        let mut urine = self.read();
        let minute = if urine.is_unknown() { minute } else { minute.max(self.minute()) };
        add_urine(&mut urine, more);
        HourlyUrine::of(urine, minute)
    }

    /// Joins what another window has of the same hour; what that adds to a sum, the lower end of one that differs aside.
    fn merge(&mut self, theirs: HourlyUrine) -> Reading<Urine> {
        let (urine, more) = (self.read(), theirs.read());
        if more.is_unknown() {
            return Reading::UNKNOWN;
        }
        if urine.is_unknown() {
            *self = theirs;
            return more;
        }
        let minute = self.minute().max(theirs.minute());
        if (self.0 ^ theirs.0) & Self::VOLUME == 0 {
            *self = HourlyUrine(self.0 & Self::VOLUME | minute);
            return Reading::UNKNOWN;
        }
        *self = HourlyUrine::of(Reading::of([urine.ends[0].max(more.ends[0]), CAP]), minute);
        Reading::of([0, CAP])
    }

    const fn charted(self) -> bool {
        self.0 != Self::NONE.0
    }

    /// The minute of the hour in which urine was charted last.
    const fn minute(self) -> u32 {
        self.0 & !Self::VOLUME
    }
}

/// An hour: the points of each organ by what was scored in it, and its urine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Hour {
    organs: Lanes,
    urine: HourlyUrine,
}

impl Hour {
    const EMPTY: Hour = Hour { organs: Lanes::EMPTY, urine: HourlyUrine::NONE };
}

/// Beside the lanes: a pressure was charted; a GCS was, as not assessable.
const PRESSURE: Lanes = Lanes(1 << 30);
const NO_GCS: Lanes = Lanes(1 << 31);

/// The first bit of an item's lane, by its number.
const fn lane(item: u32) -> u32 {
    5 * (item & 7)
}

/// A run of an infusion, in minutes since its first, brief stops included; 0 is no run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Run {
    lasted: u8,
    stopped: u8,
}

impl Run {
    const NONE: Run = Run { lasted: 0, stopped: 0 };

    fn counts(self, running: bool, rules: &SofaRules) -> bool {
        running && self.lasted.saturating_add(1) >= rules.rows().run
    }

    /// So many minutes on.
    fn after(self, running: bool, minutes: u32, rules: &SofaRules) -> Run {
        let lasted = u32::from(rules.rows().run).min(u32::from(self.lasted) + minutes);
        let stopped = if running { 0 } else { u32::from(self.stopped) + minutes };
        if !running && (self.lasted == 0 || stopped > u32::from(rules.rows().stop)) {
            Run::NONE
        } else {
            Run { lasted: lasted as u8, stopped: stopped as u8 }
        }
    }

    /// In how many minutes it will begin to count, if it will.
    fn begins(self, running: bool, rules: &SofaRules) -> u32 {
        match (u32::from(rules.rows().run)).saturating_sub(1 + u32::from(self.lasted)) {
            minutes if running && minutes > 0 => minutes,
            _ => u32::MAX,
        }
    }
}

/// How long an item may hold, in minutes; without a limit until its next, or an outage.
///
/// ```
/// use endotype::Limits;
/// let limits = Limits { fio2: 480, ..Limits::NONE };
/// assert_eq!(limits.infusion, u32::MAX);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Limits {
    /// FiO2.
    pub fio2: u32,
    /// Respiratory support.
    pub support: u32,
    /// Weight.
    pub weight: u32,
    /// The rate of an infusion.
    pub infusion: u32,
}

impl Limits {
    /// No limit.
    pub const NONE: Limits = Limits { fio2: u32::MAX, support: u32::MAX, weight: u32::MAX, infusion: u32::MAX };
}

/// A number that holds, and of an infusion's rate the run as it certainly and as it possibly is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Hold {
    ends: [i32; 2],
    /// The first minute at which it no longer holds.
    until: u32,
    runs: [Run; 2],
}

impl Hold {
    const OFF: Hold = Hold { ends: [0; 2], until: u32::MAX, runs: [Run::NONE; 2] };

    /// Whether an infusion counts.
    fn counts(&self, rules: &SofaRules) -> Met {
        let [must, may] = self.runs;
        Met::of(must.counts(self.ends[0] > 0, rules), may.counts(self.ends[1] > 0, rules))
    }

    /// The runs of an infusion so many minutes on.
    fn runs_after(&self, minutes: u32, rules: &SofaRules) -> [Run; 2] {
        let [must, may] = self.runs;
        [must.after(self.ends[0] > 0, minutes, rules), may.after(self.ends[1] > 0, minutes, rules)]
    }

    /// For how many minutes whether it counts can not change.
    fn steady(&self, rules: &SofaRules) -> u32 {
        let [must, may] = self.runs;
        must.begins(self.ends[0] > 0, rules).min(may.begins(self.ends[1] > 0, rules))
    }
}

/// What holds that is a number: the places of the first three, before the infusions.
const FIO2: usize = 0;
const WEIGHT: usize = 1;
const SUPPORT: usize = 2;
const INFUSIONS: usize = 3;

/// What holds, and what waits for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Held {
    holds: [Hold; INFUSIONS + 8],
    /// By place, whether it was ever charted, and whether a rate is per minute instead of by weight.
    charted: u16,
    per_minute: u16,
    flags: u16,
    flags_known: u16,
    flags_charted: u16,
    /// Hypovolaemia, if it holds, has held from this minute on.
    dry_since: u32,
    /// Since when nothing changed of whether the patient is sedated, and of whether vasoactive drugs are unavailable.
    sedated_since: u32,
    unavailable_since: u32,
    last_gcs: LastGcs,
    /// What was measured in the clock's own minute and needs what holds in it, which a later line of that minute may change:
    /// the lowest gas in mm\[Hg\] and in kPa, the lowest SpO2, whether a lactate was high, and the points of what else does.
    gases: [[i32; 2]; 3],
    lactate: Option<Met>,
    pending: Lanes,
}

/// The place of an SpO2 among the gases that wait.
const SPO2: usize = 2;

/// The lanes of what waits: a pressure by either of its rows, a Glasgow Coma Scale, its motor response. [`NO_GCS`] stands beside them.
const PENDING_MAP: u32 = 0;
const PENDING_STEPS: u32 = 5;
const PENDING_GCS: u32 = 10;
const PENDING_MOTOR: u32 = 15;

impl Held {
    const fn nothing() -> Held {
        let mut holds = [Hold::OFF; INFUSIONS + 8];
        (holds[FIO2].ends, holds[WEIGHT].ends, holds[SUPPORT].ends) = (ANY, ANY, ANY);
        Held {
            holds,
            charted: 0,
            per_minute: 0,
            flags: 0,
            flags_known: 0,
            flags_charted: 0,
            dry_since: 0,
            sedated_since: 0,
            unavailable_since: 0,
            last_gcs: LastGcs::NONE,
            gases: [ANY; 3],
            lactate: None,
            pending: Lanes::EMPTY,
        }
    }

    fn clear(&mut self) {
        for (place, hold) in self.holds.iter_mut().enumerate() {
            *hold = Hold { ends: if place < INFUSIONS { ANY } else { [0; 2] }, ..Hold::OFF };
        }
        (self.charted, self.per_minute, self.last_gcs) = (0, 0, LastGcs::NONE);
        self.unflag(0);
        self.flags_charted = 0;
        self.unwait();
    }

    /// From this minute on no state is known.
    // Inlined where the minute is 0, it would be a call of memset.
    #[inline(never)]
    fn unflag(&mut self, minute: u32) {
        (self.flags, self.flags_known, self.dry_since) = (0, 0, 0);
        (self.sedated_since, self.unavailable_since) = (minute, minute);
    }

    fn unwait(&mut self) {
        (self.lactate, self.pending) = (None, Lanes::EMPTY);
        for gas in &mut self.gases {
            *gas = ANY;
        }
    }

    /// A state, where one that was never charted is not true: [`How`] asks for the rest.
    const fn state(&self, flag: Flag) -> Met {
        if self.flags_charted >> flag as u16 & 1 == 0 { Met::No } else { self.flag(flag) }
    }

    const fn flag(&self, flag: Flag) -> Met {
        let bit = 1 << flag as u16;
        Met::of(self.flags & bit != 0, self.flags & bit != 0 || self.flags_known & bit == 0)
    }

    const fn was_charted(&self, place: usize) -> bool {
        self.charted >> place & 1 == 1
    }

    /// For how many minutes whether each infusion counts can not change.
    fn steady(&self, rules: &SofaRules) -> u32 {
        self.holds.iter().skip(INFUSIONS).fold(u32::MAX, |minutes, hold| minutes.min(hold.steady(rules)))
    }

    fn next_end(&self) -> u32 {
        self.holds.iter().fold(u32::MAX, |end, hold| end.min(hold.until))
    }

    /// What is no longer known is unknown until it is charted again; an infusion never charted stays what the caller declares of
    /// those.
    fn forget(&mut self, until: u32) {
        for (place, hold) in self.holds.iter_mut().enumerate() {
            if hold.until <= until && self.charted >> place & 1 == 1 {
                (hold.ends, hold.until) = (ANY, u32::MAX);
            }
        }
    }

    /// What the minute of the clock, and those after it in which nothing changes, add to the day and to the hour's organs.
    fn settle(&self, rules: &SofaRules, clock: u32, dawn: u32, today: &mut Today, hour: &mut Lanes) -> LastGcs {
        let (held, at, last_gcs) = (self, clock + DAY - dawn, self.last_gcs);
        let mut moment = Moment { held, rules, clock, at, today, hour, last_gcs };
        let pressor = (rules.code.moment)(&mut moment);
        let last_gcs = moment.last_gcs;
        today.infected |= self.flag(Flag::Infection) == Met::Yes;
        let filled = !self.flag(Flag::Hypovolemia);
        if let Some(high) = self.lactate {
            today.shock.lactate(high, filled, pressor);
        }
        if filled != Met::No {
            today.shock.filled = today.shock.filled.or(if pressor == Met::No { Met::Unknown } else { Met::Yes });
        }
        last_gcs
    }
}

type Infused = fn(&SofaRows, &[(Infusion, Rate)], &[i32; 2]) -> Points;

/// What the editions do differently.
pub(crate) struct Code {
    /// The infusions of one moment.
    pub(crate) infusions: Infused,
    /// Scores a moment; whether a vasopressor counts in it.
    moment: fn(&mut Moment<'_>) -> Met,
    /// Takes a measured event of its own; false if the event is none of those.
    measured: fn(&mut Window, &SofaRules, u32, &Event) -> bool,
    /// Completes the day with its urine.
    urine: fn(&Window, &SofaRules, &mut Day),
    /// Completes a score with what is not carried.
    score: fn(&Day, &SofaRules, How, &Carried, Lanes) -> Lanes,
}

impl Code {
    pub(crate) const FIRST: Code = Code {
        infusions: SofaRows::each_infusion,
        moment: |moment| moment.first(),
        measured: |_, _, _, _| false,
        urine: Window::sum_of_urine,
        score: Day::first,
    };
    pub(crate) const SECOND: Code = Code {
        infusions: SofaRows::together,
        moment: |moment| moment.second(),
        measured: Window::second,
        urine: Window::spans_of_urine,
        score: Day::second,
    };
}

/// Two rule sets differ by their rows, which tell the edition, too.
impl PartialEq for Code {
    fn eq(&self, _: &Code) -> bool {
        true
    }
}

impl Eq for Code {}

impl core::fmt::Debug for Code {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Code")
    }
}

/// Some minutes in which nothing changes, and where they are scored.
struct Moment<'a> {
    held: &'a Held,
    rules: &'a SofaRules,
    /// The first of them, and counted from the day before.
    clock: u32,
    at: u32,
    today: &'a mut Today,
    hour: &'a mut Lanes,
    last_gcs: LastGcs,
}

impl Moment<'_> {
    fn first(&mut self) -> Met {
        let held = self.held;
        let [_, weight, support, infusions @ ..] = &held.holds;
        self.gases(self.supported(&support.ends));
        let mut pressor = Met::No;
        for (&drug, infusion) in Infusion::ALL.iter().zip(infusions) {
            let Some((counts, per_minute)) = self.counts(drug, infusion) else { continue };
            pressor = pressor.or(pressor_if(drug, counts));
            let mut points = self.rules.rows().dose(drug, &infusion.ends, per_minute, &weight.ends);
            if counts == Met::Unknown {
                points = points.or(Points::only(0));
            }
            if points != Points::only(0) {
                self.score(Item::Infusion(drug), points);
            }
        }
        pressor
    }

    fn score(&mut self, item: Item, points: Points) {
        self.today.score(self.hour, item.number(), self.at, points);
    }

    fn supported(&self, support: &[i32; 2]) -> Met {
        if is_any(support) { Met::Unknown } else { self.rules.rows().supported_by(support[0].cast_unsigned()) }
    }

    /// Whether an infusion that may count does, and whether its rate is per minute.
    fn counts(&self, drug: Infusion, infusion: &Hold) -> Option<(Met, bool)> {
        let place = INFUSIONS + drug as usize;
        let counts = infusion.counts(self.rules);
        (self.held.was_charted(place) && counts != Met::No).then_some((counts, self.held.per_minute >> place & 1 == 1))
    }

    /// The gases that wait, with the FiO2 of their minute.
    fn gases(&mut self, supported: Met) {
        let held = self.held;
        let fio2 = &held.holds[FIO2].ends;
        for (gas, kpa) in held.gases.iter().zip([false, true]) {
            if !is_any(gas) {
                self.oxygen(Item::PaO2, self.rules.rows().oxygen(gas, kpa, fio2, supported));
            }
        }
    }

    fn oxygen(&mut self, item: Item, points: Points) {
        self.score(item, points);
        if !is_any(&self.held.holds[FIO2].ends) {
            self.today.beside = self.today.beside.join(Lanes::only(Organ::Respiration.lane(), points));
        }
    }

    fn second(&mut self) -> Met {
        let Some(more) = self.rules.more() else { return Met::No };
        let held = self.held;
        let [fio2, weight, support, infusions @ ..] = &held.holds;
        let supported = self.supported(&support.ends).or(held.state(Flag::VentilationUnavailable));
        self.gases(supported);
        let [gas, gas_kpa, spo2] = &held.gases;
        if is_any(gas) && is_any(gas_kpa) && !is_any(spo2) {
            match saturation(self.rules.rows(), more, spo2, &fio2.ends, supported) {
                (points, Met::Yes) => self.oxygen(Item::SpO2, points),
                (points, Met::Unknown) => self.today.maybe(self.hour, Item::SpO2, self.at, points),
                (_, Met::No) => {}
            }
        }
        let [mut ecmo, mut mechanical] = [Met::No, held.state(Flag::MechanicalCirculatorySupport)];
        if held.was_charted(SUPPORT) {
            let is = |supports: crate::sofa::Supports| match is_any(&support.ends) {
                true => Met::Unknown,
                false if supports.has(support.ends[0].cast_unsigned()) => Met::Yes,
                false => Met::No,
            };
            (ecmo, mechanical) = (is(more.ecmo), mechanical.or(is(more.circulatory)));
        }
        self.device(Item::Ecmo, ecmo, 4);
        let pressor = self.infusions(infusions, &weight.ends);
        if mechanical != Met::No {
            self.score(Item::MechanicalSupport, possibly(mechanical, 4));
            self.unseen(possibly(mechanical, 4));
        }
        self.pressure();
        self.brain();
        self.device(Item::DeliriumDrug, held.state(Flag::DeliriumDrug), 1);
        self.device(Item::Rrt, held.state(Flag::Rrt), 4);
        pressor
    }

    fn infusions(&mut self, infusions: &[Hold], weight: &[i32; 2]) -> Met {
        let (mut circulation, mut pressor, mut witness) = (Circulation::NONE, Met::No, None);
        for (&drug, infusion) in Infusion::ALL.iter().zip(infusions) {
            let Some((counts, per_minute)) = self.counts(drug, infusion) else { continue };
            pressor = pressor.or(pressor_if(drug, counts));
            circulation.take(drug, &infusion.ends, per_minute, counts);
            witness = witness.or(Some(drug));
        }
        if let Some(drug) = witness {
            let points = circulation.points(self.rules.rows(), weight);
            self.score(Item::Infusion(drug), points);
            self.unseen(if circulation.with_dopamine() { self.with_unseen(circulation, weight) } else { points });
        }
        pressor
    }

    /// Drugs that were never charted may make dopamine less.
    fn with_unseen(&self, mut circulation: Circulation, weight: &[i32; 2]) -> Points {
        for &drug in Infusion::ALL {
            if !self.held.was_charted(INFUSIONS + drug as usize) {
                circulation.take(drug, &ANY, false, Met::Unknown);
            }
        }
        circulation.points(self.rules.rows(), weight)
    }

    fn unseen(&mut self, points: Points) {
        self.today.beside = self.today.beside.join(Lanes::only(UNSEEN, points));
    }

    /// What scores by itself and is not carried: beside the organ in the day, with it in the hour.
    fn device(&mut self, item: Item, met: Met, points: u8) {
        match met {
            Met::No => {}
            Met::Unknown => self.today.maybe(self.hour, item, self.at, Points::only(points)),
            Met::Yes => {
                let scored = Lanes::only(item.organ().lane(), Points::only(points));
                self.today.devices = self.today.devices.join(scored);
                self.today.see(item.number(), self.at, Points::only(points));
                *self.hour = self.hour.join(scored);
            }
        }
    }

    fn pressure(&mut self) {
        let pending = self.held.pending;
        if let (Some(points), Some(steps)) = (pending.get(PENDING_MAP), pending.get(PENDING_STEPS)) {
            let points = by_steps(self.held.state(Flag::VasoactivesUnavailable), points, steps);
            self.score(Item::Map, points);
            *self.hour = self.hour.join(PRESSURE);
            self.today.organs = self.today.organs.join(PRESSURE);
            self.today.beside = self.today.beside.join(Lanes::only(Organ::Cardiovascular.lane(), points));
        }
    }

    fn brain(&mut self) {
        let pending = self.held.pending;
        let (item, charted) = match pending.get(PENDING_GCS) {
            Some(points) => (Item::Gcs, Some(points)),
            None => (Item::GcsMotor, pending.get(PENDING_MOTOR)),
        };
        let sedated = self.held.state(Flag::Sedated);
        if sedated != Met::Yes && pending.0 & NO_GCS.0 != 0 {
            *self.hour = self.hour.join(NO_GCS);
            self.today.organs = self.today.organs.join(NO_GCS);
        }
        match (sedated, charted) {
            (Met::No, Some(points)) => {
                self.score(item, points);
                self.last_gcs.see(self.clock, points);
            }
            (Met::No, None) => {}
            (Met::Yes, _) if self.last_gcs.points == Points(0) => {}
            (Met::Yes, _) => self.score(Item::Gcs, self.last_gcs.points),
            (Met::Unknown, charted) => {
                let LastGcs { points: last, .. } = self.last_gcs;
                if last != Points(0) {
                    self.today.maybe(self.hour, Item::Gcs, self.at, last);
                }
                let Some(points) = charted else { return };
                if last == Points(0) {
                    self.today.maybe(self.hour, item, self.at, points);
                } else {
                    self.score(item, points.or(last));
                }
                self.last_gcs = LastGcs { minute: self.clock, points: points.or(last) };
            }
        }
    }
}

/// The points, or 0 as well.
const fn possibly(met: Met, points: u8) -> Points {
    match met {
        Met::Yes => Points::only(points),
        Met::Unknown => Points::only(points).or(Points::only(0)),
        Met::No => Points::only(0),
    }
}

/// The lanes of coagulation, liver and the circulation, which have nothing beside and no device, taken for RRT's criteria.
const LOW_URINE: u32 = Organ::Coagulation.lane();
const UNSEEN: u32 = Organ::Liver.lane();
const POTASSIUM: u32 = Organ::Coagulation.lane();
const PH: u32 = Organ::Liver.lane();
const BICARBONATE: u32 = Organ::Cardiovascular.lane();
const CRITERIA: Lanes =
    Lanes((Points::ALL.0 as u32) << POTASSIUM | (Points::ALL.0 as u32) << PH | (Points::ALL.0 as u32) << BICARBONATE);

/// What a day has come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Today {
    /// As the hours': of each organ what was scored, the urine aside.
    organs: Lanes,
    /// In the organs' lanes: gases whose FiO2 is known, pressures, urine. In that of [`LOW_URINE`]: urine as low as RRT's criteria ask; of
    /// [`UNSEEN`]: the circulation without its pressure, whatever drugs run that were never charted.
    beside: Lanes,
    /// In the organs' lanes: what scores by itself and is not carried. In those of [`POTASSIUM`], [`PH`] and [`BICARBONATE`]: whether they
    /// were as RRT's criteria ask.
    devices: Lanes,
    urine: Reading<Urine>,
    witnesses: [Rank; 6],
    /// Infection at any minute.
    infected: bool,
    shock: Shock,
}

impl Today {
    const fn nothing() -> Today {
        Today {
            organs: Lanes::EMPTY,
            beside: Lanes::EMPTY,
            devices: Lanes::EMPTY,
            urine: Reading::UNKNOWN,
            witnesses: [Rank::NONE; 6],
            infected: false,
            shock: Shock::NOTHING,
        }
    }

    fn clear(&mut self) {
        (self.organs, self.beside, self.devices, self.urine) = (Lanes::EMPTY, Lanes::EMPTY, Lanes::EMPTY, Reading::UNKNOWN);
        (self.infected, self.shock) = (false, Shock::NOTHING);
        for witness in &mut self.witnesses {
            *witness = Rank::NONE;
        }
    }

    /// RRT's criteria, by what is taken of creatinine and urine.
    fn criteria(&self, taken: &Carried, missing: Met) -> Met {
        let met = |lanes: Lanes, lane: u32| lanes.get(lane).map_or(missing, scored);
        let failing = met(taken.0, Organ::Renal.lane()).or(met(taken.1, LOW_URINE));
        let acid = met(self.devices, PH).and(met(self.devices, BICARBONATE));
        rrt_criteria(failing, met(self.devices, POTASSIUM), acid)
    }

    /// Joins what was scored elsewhere of the same day, the urine aside.
    fn join(&mut self, other: &Today) {
        self.organs = self.organs.join(other.organs);
        self.beside = self.beside.join(other.beside);
        self.devices = self.devices.join(other.devices);
        for (mine, theirs) in self.witnesses.iter_mut().zip(&other.witnesses) {
            mine.see(*theirs);
        }
        self.infected |= other.infected;
        self.shock = self.shock.join(other.shock);
    }

    fn see(&mut self, item: u32, minute: u32, points: Points) {
        if let Some(witness) = self.witnesses.get_mut((item & 7) as usize) {
            witness.see(Rank::of(item, minute, points));
        }
    }

    /// What may be scored, or not: the organ stays as it is without it, not measured if it is not.
    fn maybe(&mut self, hour: &mut Lanes, item: Item, minute: u32, points: Points) {
        let points = points.or(Points::only(0));
        self.devices = self.devices.join(Lanes::only(item.organ().lane(), points));
        self.see(item.number(), minute, points);
        // An hour has no place for it, and is left open.
        *hour = hour.join(Lanes::only(item.organ().lane(), Points::ALL));
    }

    /// An item of an organ, in the day and in its hour; its minute counts from the day before.
    fn score(&mut self, hour: &mut Lanes, item: u32, minute: u32, points: Points) {
        let scored = Lanes::only(lane(item), points);
        *hour = hour.join(scored);
        self.organs = self.organs.join(scored);
        self.see(item, minute, points);
    }
}

/// What a day has seen of the circulatory part of septic shock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Shock {
    /// A lactate was high without hypovolaemia in its minute; none while no lactate was charted.
    lactate: Option<Met>,
    /// And a charted vasopressor counted in that minute.
    with_pressor: Met,
    /// In some minute there may have been no hypovolaemia: not, or without a charted vasopressor that may have counted, or with one.
    filled: Met,
}

impl Shock {
    const NOTHING: Shock = Shock { lactate: None, with_pressor: Met::No, filled: Met::No };

    fn lactate(&mut self, high: Met, filled: Met, pressor: Met) {
        self.lactate = Some(self.lactate.unwrap_or(Met::No).or(high.and(filled)));
        self.with_pressor = self.with_pressor.or(high.and(filled).and(pressor));
    }

    fn join(self, other: Shock) -> Shock {
        Shock {
            lactate: match (self.lactate, other.lactate) {
                (Some(mine), Some(theirs)) => Some(mine.or(theirs)),
                (mine, theirs) => mine.or(theirs),
            },
            with_pressor: self.with_pressor.or(other.with_pressor),
            filled: self.filled.or(other.filled),
        }
    }
}

/// The last 24 hours of one patient, and what holds: charted events in, a day out.
///
/// Minutes count from the patient's day 1 by the caller's own clock, which never goes back; day n is minutes `1440*(n-1)` up to
/// but not including `1440*n`. Measured values, and urine, may come late while their day is open. Of the events of one minute,
/// those that hold act first, whatever their order. Plain old data: copy it, send it, keep one a patient.
///
/// ```
/// use endotype::{Carried, Event, How, Organ, Window, published::SOFA_1996};
/// let mut window = Window::new(&SOFA_1996);
/// for (minute, item, value, unit) in [(5, "fio2", "40", "%"), (5, "support", "imv", ""), (9, "pao2", "80", "mm[Hg]"), (30, "platelets", "49", "10*9/L")] {
///     window.push(&SOFA_1996, minute, &Event::read(item, unit, value)?)?;
/// }
/// let so_far = window.so_far(&SOFA_1996)?.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
/// assert_eq!(so_far.sofa().organ(Organ::Respiration).single(), Some(2));
/// assert_eq!(so_far.total().ends(), [5, 18]);
/// let day = window.close_day(&SOFA_1996)?;
/// assert_eq!(day.witness(Organ::Coagulation).map(|w| w.minute), Some(30));
/// # Ok::<(), endotype::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Window {
    rules: RuleId,
    limits: Limits,
    /// The latest minute that was heard of; still going on.
    clock: u32,
    /// The first minute of the open day, and the day's number.
    dawn: u32,
    day: u32,
    end: Option<End>,
    closed: bool,
    held: Held,
    today: Today,
    /// By the hour of the day: up to the clock's of today, behind it of yesterday.
    hours: [Hour; 24],
    /// The urine of yesterday's hours, and any points up to the most that it came to by weight.
    urine_before: [HourlyUrine; 24],
    urine_points: Points,
}

/// The last 24 hours take at most this, what holds aside.
const _: () = assert!(size_of::<[Hour; 24]>() + size_of::<Today>() <= 256);

/// What an infusion that counts, or may, says of a vasopressor: of another drug it is not known whether it is one.
const fn pressor_if(drug: Infusion, counts: Met) -> Met {
    match drug {
        Infusion::Norepinephrine | Infusion::Epinephrine | Infusion::Dopamine => counts,
        Infusion::Vasopressin | Infusion::Phenylephrine => counts,
        Infusion::OtherVasoactive => counts.and(Met::Unknown),
        Infusion::Dobutamine | Infusion::Milrinone => Met::No,
    }
}

/// The hour of a minute of the day, by a multiplication that is exact below 43,691 (Cortex-M0 has no division).
const fn hour_of(minute_of_day: u32) -> usize {
    (minute_of_day.wrapping_mul(34_953) >> 21) as usize
}

const fn minute_of_hour(minute_of_day: u32) -> u32 {
    minute_of_day - hour_of(minute_of_day) as u32 * 60
}

impl Window {
    /// The last minute that an event may have, ten years after the origin.
    pub const LAST_MINUTE: u32 = 5_256_000;

    /// A window of day 1, in which nothing holds and nothing was measured.
    ///
    /// ```
    /// use endotype::{Window, published::SOFA_1996};
    /// assert_eq!(Window::new(&SOFA_1996).day_end(), 1_440);
    /// ```
    pub const fn new(rules: &SofaRules) -> Window {
        Window {
            rules: rules.id(),
            limits: Limits::NONE,
            clock: 0,
            dawn: 0,
            day: 1,
            end: None,
            closed: false,
            held: Held::nothing(),
            today: Today::nothing(),
            hours: [Hour::EMPTY; 24],
            urine_before: [HourlyUrine::NONE; 24],
            urine_points: Points(0),
        }
    }

    /// As [`new`](Self::new) in the same place, for the next patient; the limits stay.
    ///
    /// ```
    /// use endotype::{Event, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// window.push(&SOFA_1996, 10, &Event::Death)?;
    /// window.clear();
    /// assert_eq!(window, Window::new(&SOFA_1996));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn clear(&mut self) {
        (self.clock, self.dawn, self.day, self.end, self.closed) = (0, 0, 1, None, false);
        self.held.clear();
        self.today.clear();
        for (hour, urine) in self.hours.iter_mut().zip(&mut self.urine_before) {
            (*hour, *urine) = (Hour::EMPTY, HourlyUrine::NONE);
        }
        self.urine_points = Points(0);
    }

    /// The same, where what holds may hold only so long.
    ///
    /// ```
    /// use endotype::{Limits, Window, published::SOFA_1996};
    /// let window = Window::new(&SOFA_1996).with_limits(Limits { fio2: 480, ..Limits::NONE });
    /// ```
    pub const fn with_limits(self, limits: Limits) -> Window {
        Window { limits, ..self }
    }

    /// The first minute after the open day: an event of it, or a later one, needs [`close_day`](Self::close_day) first.
    ///
    /// ```
    /// use endotype::{Error, Event, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// assert_eq!(window.push(&SOFA_1996, 1_440, &Event::read("map", "mm[Hg]", "65")?), Err(Error::DayNotClosed { ends: 1_440 }));
    /// # Ok::<(), Error>(())
    /// ```
    pub const fn day_end(&self) -> u32 {
        self.dawn + DAY
    }

    /// The open day's number, from 1.
    ///
    /// ```
    /// use endotype::{Window, published::SOFA_1996};
    /// assert_eq!(Window::new(&SOFA_1996).day(), 1);
    /// ```
    pub const fn day(&self) -> u32 {
        self.day
    }

    /// The latest minute that it heard of, 0 before any: what holds, and an event, can not lie before it.
    ///
    /// ```
    /// use endotype::{Event, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// window.push(&SOFA_1996, 12, &Event::read("gcs", "{score}", "13")?)?;
    /// assert_eq!(window.clock(), 12);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn clock(&self) -> u32 {
        self.clock
    }

    /// Death or discharge, once charted.
    ///
    /// ```
    /// use endotype::{End, Event, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// window.push(&SOFA_1996, 600, &Event::Death)?;
    /// assert_eq!(window.end(), Some(End::Death));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn end(&self) -> Option<End> {
        self.end
    }

    fn bound_to(&self, rules: &SofaRules) -> Result<(), Error> {
        if rules.id() == self.rules { Ok(()) } else { Err(Error::RulesDiffer) }
    }

    /// Whether an event could be pushed; nothing changes.
    fn check(&self, rules: &SofaRules, minute: u32, kind: Kind) -> Result<(), Error> {
        self.bound_to(rules)?;
        if self.end.is_some() {
            return Err(Error::AfterEnd);
        }
        if minute > Window::LAST_MINUTE {
            return Err(Error::MinuteOutOfRange);
        }
        if minute >= self.day_end() {
            return Err(Error::DayNotClosed { ends: self.day_end() });
        }
        match kind {
            Kind::Measured if minute < self.dawn => Err(Error::DayClosed { by: self.dawn - minute }),
            Kind::Holds | Kind::Happens if minute < self.clock => Err(Error::ClockBack { by: self.clock - minute }),
            _ => Ok(()),
        }
    }

    /// Takes one charted event; a refused one changes nothing.
    ///
    /// Late is earlier than the latest minute so far: a late PaO2 is scored with FiO2 and support unknown.
    ///
    /// ```
    /// use endotype::{Error, Event, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// window.push(&SOFA_1996, 100, &Event::read("fio2", "%", "40")?)?;
    /// assert_eq!(window.push(&SOFA_1996, 90, &Event::read("fio2", "%", "50")?), Err(Error::ClockBack { by: 10 }));
    /// window.push(&SOFA_1996, 90, &Event::read("platelets", "10*9/L", "80")?)?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn push(&mut self, rules: &SofaRules, minute: u32, event: &Event) -> Result<(), Error> {
        self.check(rules, minute, event.kind())?;
        let late = minute < self.clock;
        if !late {
            self.run_to(rules, minute);
        }
        if (rules.code.measured)(self, rules, minute, event) {
            return Ok(());
        }
        let rows = rules.rows();
        match event {
            Event::Platelets(x) => self.measured(minute, Item::Platelets, rows.platelets.raw(), &x.ends),
            Event::Bilirubin(x) => self.measured(minute, Item::Bilirubin, rows.bilirubin.raw(), &x.ends),
            Event::BilirubinSi(x) => self.measured(minute, Item::Bilirubin, rows.bilirubin_si.raw(), &x.ends),
            Event::Map(x) => self.measured(minute, Item::Map, rows.map.raw(), &x.ends),
            Event::Creatinine(x) => self.measured(minute, Item::Creatinine, rows.creatinine.raw(), &x.ends),
            Event::CreatinineSi(x) => self.measured(minute, Item::Creatinine, rows.creatinine_si.raw(), &x.ends),
            Event::Gcs(x) => self.measured(minute, Item::Gcs, rows.gcs.raw(), &x.ends),
            Event::PaO2(x) => self.gas(rules, minute, &x.ends, false),
            Event::PaO2KPa(x) => self.gas(rules, minute, &x.ends, true),
            Event::Lactate(x) if !x.is_unknown() => {
                let high = SEPSIS_3.lactate.met(*x);
                if late {
                    let dry = self.held.flag(Flag::Hypovolemia) == Met::Yes && minute >= self.held.dry_since;
                    self.today.shock.lactate(high, Met::of(false, !dry), Met::Unknown);
                } else {
                    self.held.lactate = Some(self.held.lactate.unwrap_or(Met::No).or(high));
                }
            }
            Event::Urine(x) => {
                if let Some(hour) = self.hours.get_mut(hour_of(minute - self.dawn)) {
                    hour.urine = hour.urine.and(*x, minute_of_hour(minute - self.dawn));
                }
                add_urine(&mut self.today.urine, *x);
            }
            Event::FiO2(x) => self.hold(minute, FIO2, self.limits.fio2, &x.ends),
            Event::Weight(x) => self.hold(minute, WEIGHT, self.limits.weight, &x.ends),
            Event::Support(x) => self.hold(minute, SUPPORT, self.limits.support, &[*x as i32; 2]),
            &Event::Infusion(drug, rate) => {
                let (place, (ends, per_minute)) = (INFUSIONS + drug as usize, rate.dosed());
                if !is_any(&ends) {
                    self.held.per_minute = self.held.per_minute & !(1 << place) | u16::from(per_minute) << place;
                }
                self.hold(minute, place, self.limits.infusion, &ends);
            }
            &Event::Flag(flag, on) => {
                let held = &mut self.held;
                if flag == Flag::Hypovolemia && held.flag(flag) != Met::Yes {
                    held.dry_since = minute;
                }
                // What was never charted was off.
                if held.state(flag) != Met::of(on, on) {
                    match flag {
                        Flag::Sedated => held.sedated_since = minute,
                        Flag::VasoactivesUnavailable => held.unavailable_since = minute,
                        _ => {}
                    }
                }
                self.held.flags_charted |= 1 << flag as u16;
                self.held.flags_known |= 1 << flag as u16;
                self.held.flags = self.held.flags & !(1 << flag as u16) | u16::from(on) << flag as u16;
            }
            Event::Death => self.end = Some(End::Death),
            Event::Discharge => self.end = Some(End::Discharge),
            _ => {}
        }
        Ok(())
    }

    fn score(&mut self, minute: u32, item: u32, points: Points) {
        if let Some(hour) = self.hours.get_mut(hour_of(minute - self.dawn)) {
            self.today.score(&mut hour.organs, item, minute + DAY - self.dawn, points);
        }
    }

    fn maybe(&mut self, minute: u32, item: Item, points: Points) {
        if let Some(hour) = self.hours.get_mut(hour_of(minute - self.dawn)) {
            self.today.maybe(&mut hour.organs, item, minute + DAY - self.dawn, points);
        }
    }

    fn note(&mut self, minute: u32, flag: Lanes) {
        if let Some(hour) = self.hours.get_mut(hour_of(minute - self.dawn)) {
            hour.organs = hour.organs.join(flag);
            self.today.organs = self.today.organs.join(flag);
        }
    }

    fn measured(&mut self, minute: u32, item: Item, row: &RawCutoffs, ends: &[i32; 2]) {
        if is_any(ends) {
            if item == Item::Gcs {
                self.note(minute, NO_GCS);
            }
            return;
        }
        let points = row.points(ends);
        self.score(minute, item.number(), points);
        if item == Item::Map {
            self.note(minute, PRESSURE);
            self.today.beside = self.today.beside.join(Lanes::only(Organ::Cardiovascular.lane(), points));
        }
    }

    fn gas(&mut self, rules: &SofaRules, minute: u32, gas: &[i32; 2], kpa: bool) {
        if is_any(gas) {
            return;
        }
        if minute < self.clock {
            return self.score(minute, Item::PaO2.number(), rules.rows().oxygen(gas, kpa, &ANY, Met::Unknown));
        }
        self.gas_waits(usize::from(kpa), gas);
    }

    fn gas_waits(&mut self, which: usize, gas: &[i32; 2]) {
        if let Some(lowest) = self.held.gases.get_mut(which) {
            *lowest = if is_any(lowest) { *gas } else { [gas[0].min(lowest[0]), gas[1].min(lowest[1])] };
        }
    }

    /// What SOFA-2 measures, and 1996 does not or not with what holds.
    fn second(&mut self, rules: &SofaRules, minute: u32, event: &Event) -> bool {
        let Some(more) = rules.more() else { return false };
        match event {
            Event::SpO2(x) => self.saturation(rules, more, minute, &x.ends),
            Event::Map(x) if !x.is_unknown() => {
                let [points, steps] = [rules.rows().map.points(*x), more.map_unavailable.points(*x)];
                if minute < self.clock {
                    self.late_pressure(minute, points, steps);
                } else {
                    self.waits(Lanes::only(PENDING_MAP, points));
                    self.waits(Lanes::only(PENDING_STEPS, steps));
                }
            }
            Event::Gcs(x) if x.is_unknown() => self.no_gcs(minute),
            Event::Gcs(x) => self.gcs(minute, Item::Gcs, rules.rows().gcs.points(*x)),
            Event::GcsMotor(x) if !x.is_unknown() => self.gcs(minute, Item::GcsMotor, more.gcs_motor.points(*x)),
            Event::Potassium(x) => self.criterion(POTASSIUM, more.potassium.raw(), &x.ends),
            Event::Ph(x) => self.criterion(PH, more.ph.raw(), &x.ends),
            Event::Bicarbonate(x) => self.criterion(BICARBONATE, more.bicarbonate.raw(), &x.ends),
            _ => return false,
        }
        true
    }

    fn waits(&mut self, scored: Lanes) {
        self.held.pending = self.held.pending.join(scored);
    }

    fn saturation(&mut self, rules: &SofaRules, more: &SecondRows, minute: u32, ends: &[i32; 2]) {
        if is_any(ends) {
            return;
        }
        if minute >= self.clock {
            return self.gas_waits(SPO2, ends);
        }
        match saturation(rules.rows(), more, ends, &ANY, Met::Unknown) {
            (points, Met::Yes) => self.score(minute, Item::SpO2.number(), points),
            (points, Met::Unknown) => self.maybe(minute, Item::SpO2, points),
            (_, Met::No) => {}
        }
    }

    fn late_pressure(&mut self, minute: u32, points: Points, steps: Points) {
        let unavailable =
            if minute < self.held.unavailable_since { Met::Unknown } else { self.held.state(Flag::VasoactivesUnavailable) };
        let points = by_steps(unavailable, points, steps);
        self.score(minute, Item::Map.number(), points);
        self.note(minute, PRESSURE);
        self.today.beside = self.today.beside.join(Lanes::only(Organ::Cardiovascular.lane(), points));
    }

    /// Whether the patient was sedated in a minute that is over.
    fn sedated_late(&self, minute: u32) -> Met {
        if minute < self.held.sedated_since { Met::Unknown } else { self.held.state(Flag::Sedated) }
    }

    fn no_gcs(&mut self, minute: u32) {
        if minute >= self.clock {
            self.waits(NO_GCS);
        } else if self.sedated_late(minute) != Met::Yes {
            self.note(minute, NO_GCS);
        }
    }

    fn gcs(&mut self, minute: u32, item: Item, points: Points) {
        if minute >= self.clock {
            return self.waits(Lanes::only(if item == Item::Gcs { PENDING_GCS } else { PENDING_MOTOR }, points));
        }
        match self.sedated_late(minute) {
            Met::Yes => {}
            Met::Unknown => self.maybe(minute, item, points),
            Met::No => {
                self.score(minute, item.number(), points);
                self.held.last_gcs.see(minute, points);
            }
        }
    }

    fn criterion(&mut self, lane: u32, row: RawCutoffs, ends: &[i32; 2]) {
        if !is_any(ends) {
            self.today.devices = self.today.devices.join(Lanes::only(lane, row.points(ends)));
        }
    }

    #[inline(never)]
    fn hold(&mut self, minute: u32, place: usize, limit: u32, ends: &[i32; 2]) {
        if let (Some(hold), false) = (self.held.holds.get_mut(place), is_any(ends)) {
            // It holds in its own minute at least.
            (hold.ends, hold.until) = (*ends, minute.saturating_add(limit.max(1)));
            self.held.charted |= 1 << place;
        }
    }

    /// Completes the minutes from the clock up to, not including, `to`, which lies in the open day or ends it.
    fn run_to(&mut self, rules: &SofaRules, to: u32) {
        while self.clock < to {
            let minute = self.clock - self.dawn;
            let hour = hour_of(minute);
            let hour_end = self.dawn + (hour as u32 + 1) * 60;
            let next = to.min(hour_end).min(self.held.next_end()).min(self.clock.saturating_add(self.held.steady(rules)));
            if let Some(hour) = self.hours.get_mut(hour) {
                self.held.last_gcs = self.held.settle(rules, self.clock, self.dawn, &mut self.today, &mut hour.organs);
            }
            for infusion in &mut self.held.holds {
                infusion.runs = infusion.runs_after(next - self.clock, rules);
            }
            self.held.unwait();
            self.clock = next;
            self.held.forget(next);
            if next == hour_end {
                if let Some(entered) = self.hours.get_mut(hour + 1) {
                    *entered = Hour::EMPTY;
                }
            }
        }
    }

    /// The day so far, the clock's own minute included: the worst of what was charted until now, which later events may raise.
    ///
    /// What can still only grow is read so: of the urine only the lower end is known.
    ///
    /// ```
    /// use endotype::{Event, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// window.push(&SOFA_1996, 10, &Event::read("urine", "mL", "300")?)?;
    /// assert!(!window.so_far(&SOFA_1996)?.closed());
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn so_far(&self, rules: &SofaRules) -> Result<Day, Error> {
        self.bound_to(rules)?;
        Ok(self.read(rules, &self.today, false))
    }

    /// The hour of the clock and the 23 before it, across midnight; not a day of a course.
    ///
    /// Its urine is a lower bound, its witnesses are exact only to the hour, and a PaO2 without its FiO2 counts as what it may be,
    /// whatever the caller declares. Under SOFA-2 RRT's criteria are those of today, and urine by weight scores up to the worse of today
    /// and yesterday.
    ///
    /// ```
    /// use endotype::{Carried, Event, How, Organ, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// window.push(&SOFA_1996, 1_400, &Event::read("platelets", "10*9/L", "90")?)?;
    /// window.close_day(&SOFA_1996)?;
    /// window.push(&SOFA_1996, 1_500, &Event::read("map", "mm[Hg]", "80")?)?;
    /// let rolling = window.rolling(&SOFA_1996)?.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
    /// assert_eq!(rolling.sofa().organ(Organ::Coagulation).single(), Some(2));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn rolling(&self, rules: &SofaRules) -> Result<Day, Error> {
        self.bound_to(rules)?;
        let this_hour = hour_of(self.clock - self.dawn);
        let mut last = Today { infected: self.today.infected, shock: self.today.shock, ..Today::nothing() };
        for (hour, kept) in self.hours.iter().enumerate() {
            let minute = hour as u32 * 60 + if hour > this_hour { 0 } else { DAY };
            last.organs = last.organs.join(kept.organs);
            add_urine(&mut last.urine, kept.urine.read());
            for organ in Organ::ALL {
                if let Some(points) = kept.organs.get(lane(organ as u32)) {
                    last.see(organ as u32, minute, points);
                }
            }
        }
        // Its urine by weight may have been worse yesterday.
        last.beside = Lanes(last.organs.0 & u32::from(Points::ALL.0)).join(Lanes::only(Organ::Renal.lane(), self.urine_points));
        last.devices = Lanes(self.today.devices.0 & CRITERIA.0);
        Ok(self.read(rules, &last, false))
    }

    /// Ends the open day and opens the next: its minutes run to its end, or to the minute of death or discharge.
    ///
    /// After death or discharge there is one day to close, and then none.
    ///
    /// ```
    /// use endotype::{Error, Event, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// let day = window.close_day(&SOFA_1996)?;
    /// assert_eq!((day.number(), day.closed(), window.day()), (1, true, 2));
    /// window.push(&SOFA_1996, 2_000, &Event::Death)?;
    /// assert_eq!(window.close_day(&SOFA_1996)?.number(), 2);
    /// assert_eq!(window.close_day(&SOFA_1996), Err(Error::AfterEnd));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn close_day(&mut self, rules: &SofaRules) -> Result<Day, Error> {
        self.bound_to(rules)?;
        if self.closed {
            return Err(Error::AfterEnd);
        }
        if self.dawn > Window::LAST_MINUTE {
            return Err(Error::MinuteOutOfRange);
        }
        if self.end.is_some() {
            self.closed = true;
            return Ok(self.read(rules, &self.today, true));
        }
        // The day's last minute is read as the clock's own, so that nothing of it is told twice.
        self.run_to(rules, self.day_end() - 1);
        let day = self.read(rules, &self.today, true);
        self.run_to(rules, self.day_end());
        for (before, hour) in self.urine_before.iter_mut().zip(&self.hours) {
            *before = hour.urine;
        }
        if rules.more().is_some() {
            self.urine_points = day.points(Item::Urine).map_or(Points(0), Points::up_to_highest);
        }
        (self.dawn, self.day) = (self.clock, self.day + 1);
        self.today.clear();
        if let Some(first) = self.hours.first_mut() {
            *first = Hour::EMPTY;
        }
        Ok(day)
    }

    /// After an outage: from the minute behind the last event on, nothing that holds is known until it is charted again.
    ///
    /// Drugs that were charted may have run, or not. Moves the clock to `now`, or to the last minute of the open day if `now` lies
    /// in a later one: close the days between as ever.
    ///
    /// ```
    /// use endotype::{Carried, Error, Event, How, Organ, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// window.push(&SOFA_1996, 0, &Event::read("norepinephrine", "ug/kg/min", "0.05")?)?;
    /// window.push(&SOFA_1996, 30, &Event::read("map", "mm[Hg]", "75")?)?;
    /// window.resume(&SOFA_1996, 300)?;
    /// let score = window.so_far(&SOFA_1996)?.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
    /// assert_eq!(score.sofa().organ(Organ::Cardiovascular).ends(), [0, 4]);
    /// assert_eq!(window.resume(&SOFA_1996, 299), Err(Error::ClockBack { by: 1 }));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn resume(&mut self, rules: &SofaRules, now: u32) -> Result<(), Error> {
        self.check(rules, now.min(self.day_end() - 1), Kind::Holds)?;
        if now > Window::LAST_MINUTE {
            return Err(Error::MinuteOutOfRange);
        }
        // In the last minute of a day there is no minute behind it yet: then this one, too, is unknown.
        self.run_to(rules, (self.clock + 1).min(self.day_end() - 1).min(now));
        self.held.forget(u32::MAX);
        self.held.unflag(self.clock);
        self.run_to(rules, now.min(self.day_end() - 1));
        Ok(())
    }

    /// Joins what another window of the same patient, rules and day has scored: two tasks, or two devices.
    ///
    /// Merge as often as you like: what both saw counts once. The other's latest minute, in which more may come, brings only what
    /// needs nothing that holds; merge again when it is over. An hour's urine that both charted alike is that urine; charted
    /// differently, at least the larger. What holds, and which infusions were never charted, stays this window's own, so merge into
    /// the one that charts them. Moves the clock to the other's if that is ahead; refused once either has ended.
    ///
    /// ```
    /// use endotype::{Carried, Event, How, Organ, Window, published::SOFA_1996};
    /// let (mut monitor, mut analyser) = (Window::new(&SOFA_1996), Window::new(&SOFA_1996));
    /// monitor.push(&SOFA_1996, 10, &Event::read("map", "mm[Hg]", "65")?)?;
    /// analyser.push(&SOFA_1996, 12, &Event::read("platelets", "10*9/L", "90")?)?;
    /// monitor.merge(&SOFA_1996, &analyser)?;
    /// let score = monitor.so_far(&SOFA_1996)?.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
    /// assert_eq!(score.sofa().organ(Organ::Coagulation).single(), Some(2));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn merge(&mut self, rules: &SofaRules, other: &Window) -> Result<(), Error> {
        if rules.id() != self.rules || other.rules != self.rules {
            return Err(Error::RulesDiffer);
        }
        if other.day != self.day {
            return Err(Error::DaysDiffer);
        }
        if self.end.is_some() || other.end.is_some() {
            return Err(Error::AfterEnd);
        }
        self.run_to(rules, other.clock);
        let (here, there) = (hour_of(self.clock - self.dawn), hour_of(other.clock - other.dawn));
        let mut least = Reading::UNKNOWN;
        for (at, (mine, theirs)) in self.hours.iter_mut().zip(&other.hours).enumerate() {
            // Behind the other's clock its hours are yesterday's, while this window's may be today's.
            if at <= there || at > here {
                mine.organs = mine.organs.join(theirs.organs);
                let added = mine.urine.merge(theirs.urine);
                if at <= here {
                    add_urine(&mut self.today.urine, added);
                }
            }
            if at <= here {
                add_urine(&mut least, mine.urine.read());
            }
        }
        for (mine, theirs) in self.urine_before.iter_mut().zip(&other.urine_before) {
            mine.merge(*theirs);
        }
        // What an hour rose to can not be added to a sum that is open at its end.
        let urine = &mut self.today.urine;
        urine.ends[0] = urine.ends[0].max(least.ends[0]);
        self.today.join(&other.today);
        Ok(())
    }

    /// A day as it stands with the clock's own minute, in which nothing more may come.
    fn read(&self, rules: &SofaRules, today: &Today, closed: bool) -> Day {
        let held = &self.held;
        let support = !held.charted >> SUPPORT & 1;
        let mut day = Day {
            number: self.day,
            closed,
            rules: self.rules,
            uncharted: !(held.charted >> INFUSIONS) as u8,
            unflagged: !held.flags_charted as u8 & 0x3f | (support as u8) << UNSUPPORTED,
            infection: held.flag(Flag::Infection),
            emergency: held.flag(Flag::EmergencyAdmission),
            unavailable: held.state(Flag::VasoactivesUnavailable),
            today: *today,
        };
        let mut hour = Lanes::EMPTY;
        held.settle(rules, self.clock, self.dawn, &mut day.today, &mut hour);
        if day.today.infected {
            day.infection = Met::Yes;
        }
        (rules.code.urine)(self, rules, &mut day);
        day
    }

    /// 1996: the sum of the day.
    fn sum_of_urine(&self, rules: &SofaRules, day: &mut Day) {
        if !day.today.urine.is_unknown() {
            // While the day is not over its sum can only grow.
            let [lo, hi] = day.today.urine.ends;
            let points = rules.rows().urine.raw().points(&[lo, if day.closed { hi } else { CAP }]);
            self.urinated(day, points);
        }
    }

    fn urinated(&self, day: &mut Day, points: Points) {
        day.today.beside = day.today.beside.join(Lanes::only(Organ::Renal.lane(), points));
        day.today.see(Item::Urine.number(), self.clock + DAY - self.dawn, points);
    }

    /// SOFA-2: the mean rate by weight, over spans that end in this day.
    fn spans_of_urine(&self, rules: &SofaRules, day: &mut Day) {
        let Some(more) = rules.more() else { return };
        let weight = &self.held.holds[WEIGHT].ends;
        let (mut points, mut low) = (None, None);
        for last in 0..=hour_of(self.clock - self.dawn) {
            let ends = self.urine_of(last + 24);
            if !ends.charted() {
                continue;
            }
            let (mut sum, mut shortest) = (ends.read(), 0);
            for first in (0..last + 24).rev() {
                let begins = self.urine_of(first);
                if !begins.charted() {
                    continue;
                }
                let minutes = (last + 24 - first) as u32 * 60 + ends.minute() - begins.minute();
                for span in more.urine.iter().filter(|span| (shortest + 1..=minutes).contains(&span.minutes())) {
                    let met = span.below(&sum.ends, minutes, weight);
                    points = Some(points.unwrap_or(Points::only(0)).join(span.points_if(met)));
                }
                if (shortest + 1..=minutes).contains(&more.rrt_urine.minutes()) {
                    let met = more.rrt_urine.below(&sum.ends, minutes, weight);
                    low = Some(low.unwrap_or(Points::only(0)).join(more.rrt_urine.points_if(met)));
                }
                shortest = minutes;
                add_urine(&mut sum, begins.read());
            }
        }
        // While the day is not over more urine may come.
        let known = |points: Points| if day.closed { points } else { points.up_to_highest() };
        // A span of less than the criteria's is not one of them.
        if let Some(low) = low.or(points.map(|_| Points::only(0))) {
            day.today.beside = day.today.beside.join(Lanes::only(LOW_URINE, known(low)));
        }
        if let Some(points) = points {
            self.urinated(day, known(points));
        }
        if day.today.criteria(&Carried(day.today.organs, day.today.beside), Met::Unknown) == Met::Yes {
            day.today.see(Item::RrtCriteria.number(), self.clock + DAY - self.dawn, Points::only(4));
        }
    }

    /// Of an hour of yesterday, or of today from 24 on.
    fn urine_of(&self, hour: usize) -> HourlyUrine {
        match hour.checked_sub(24) {
            Some(today) => self.hours.get(today).map_or(HourlyUrine::NONE, |hour| hour.urine),
            None => self.urine_before.get(hour).map_or(HourlyUrine::NONE, |&urine| urine),
        }
    }
}

/// How a score takes what was not measured.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Missing {
    /// As any points.
    Open,
    /// As normal; counted. A PaO2 without its FiO2 is then not scored.
    Normal,
    /// As the day before, carried or not, else normal; counted. Infusions are never carried.
    Carry,
}

/// What the caller declares of infusions that were never charted; under SOFA-2 of devices and states, too: ECMO, mechanical support, RRT,
/// sedation, a drug for delirium, ventilation or vasoactive drugs unavailable.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Infusions {
    /// They are not running, in use, true: the charting is complete.
    Complete,
    /// They may be.
    Unknown,
}

/// What the caller declares of everything that was not charted.
///
/// ```
/// use endotype::{How, Infusions, Missing};
/// assert_eq!(How::DEFAULT, How { missing: Missing::Open, infusions: Infusions::Complete });
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct How {
    /// Of what was not measured.
    pub missing: Missing,
    /// Of infusions never charted.
    pub infusions: Infusions,
}

impl How {
    /// Nothing is assumed of what was not measured; the charting of infusions is complete.
    pub const DEFAULT: How = How { missing: Missing::Open, infusions: Infusions::Complete };
}

/// The points that a day hands on under [`Missing::Carry`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Carried(Lanes, Lanes);

impl Carried {
    /// Of the day before day 1: none, so normal.
    pub const NONE: Carried = Carried(Lanes::EMPTY, Lanes::EMPTY);
}

const UNSUPPORTED: u32 = 7;

/// What was charted in a day, or in the last 24 hours, before anything is assumed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Day {
    number: u32,
    closed: bool,
    rules: RuleId,
    /// Of each infusion whether it was never charted; of each of SOFA-2's flags, and at [`UNSUPPORTED`] of support.
    uncharted: u8,
    unflagged: u8,
    infection: Met,
    emergency: Met,
    /// Vasoactive drugs, as it holds at the end of the day.
    unavailable: Met,
    today: Today,
}

/// Beyond this a copy is a call of memcpy, which takes half as much as all the rest.
const _: () = assert!(size_of::<Day>() <= 64);

impl Day {
    /// The day's number, from 1.
    ///
    /// ```
    /// use endotype::{Window, published::SOFA_1996};
    /// assert_eq!(Window::new(&SOFA_1996).so_far(&SOFA_1996)?.number(), 1);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// Whether the day is over.
    ///
    /// ```
    /// use endotype::{Window, published::SOFA_1996};
    /// assert!(Window::new(&SOFA_1996).close_day(&SOFA_1996)?.closed());
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn closed(&self) -> bool {
        self.closed
    }

    /// The rule set that it was scored by.
    ///
    /// ```
    /// use endotype::{Window, published::SOFA_1996};
    /// assert_eq!(Window::new(&SOFA_1996).so_far(&SOFA_1996)?.rules(), SOFA_1996.id());
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn rules(&self) -> RuleId {
        self.rules
    }

    /// The urine charted, mL; unknown if none was.
    ///
    /// ```
    /// use endotype::{Event, Reading, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// window.push(&SOFA_1996, 10, &Event::read("urine", "mL", "300")?)?;
    /// window.push(&SOFA_1996, 70, &Event::read("urine", "mL", "0.5")?)?;
    /// assert_eq!(window.so_far(&SOFA_1996)?.urine(), Reading::read("300.5")?);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn urine(&self) -> Reading<Urine> {
        self.today.urine
    }

    /// The worst points of one item by itself, none if it was not scored.
    ///
    /// Those of infusions are kept together with the pressure's, as [`Item::Circulation`].
    ///
    /// ```
    /// use endotype::{Event, Item, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// window.push(&SOFA_1996, 10, &Event::read("creatinine", "mg/dL", "3.5")?)?;
    /// let day = window.so_far(&SOFA_1996)?;
    /// assert_eq!(day.points(Item::Creatinine).and_then(|p| p.single()), Some(3));
    /// assert_eq!(day.points(Item::Urine), None);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn points(&self, item: Item) -> Option<Points> {
        let Today { organs, beside, .. } = &self.today;
        match item {
            Item::Infusion(_) => None,
            Item::Map | Item::Urine => beside.get(lane(item.number())),
            Item::Gcs if organs.get(lane(item.number())).is_none() && organs.0 & NO_GCS.0 != 0 => Some(Points::ALL),
            _ => organs.get(lane(item.number())),
        }
    }

    /// What decided an organ, none if nothing was scored.
    ///
    /// ```
    /// use endotype::{Event, Item, Organ, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// window.push(&SOFA_1996, 10, &Event::read("gcs", "{score}", "14")?)?;
    /// window.push(&SOFA_1996, 70, &Event::read("gcs", "{score}", "9")?)?;
    /// let witness = window.so_far(&SOFA_1996)?.witness(Organ::Brain).unwrap();
    /// assert_eq!((witness.item, witness.minute), (Item::Gcs, 70));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn witness(&self, organ: Organ) -> Option<Witness> {
        self.today.witnesses.get(organ as usize)?.witness((self.number - 1) * DAY)
    }

    /// Infection at any minute of the day.
    ///
    /// ```
    /// use endotype::{Met, Window, published::SOFA_1996};
    /// assert_eq!(Window::new(&SOFA_1996).so_far(&SOFA_1996)?.infection(), Met::Unknown);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn infection(&self) -> Met {
        self.infection
    }

    /// Admission through the emergency department, as it holds at the end of the day.
    ///
    /// ```
    /// use endotype::{Event, Met, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// window.push(&SOFA_1996, 0, &Event::read("emergency_admission", "", "0")?)?;
    /// assert_eq!(window.so_far(&SOFA_1996)?.emergency(), Met::No);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn emergency(&self) -> Met {
        self.emergency
    }

    /// The circulatory part of septic shock: in one minute a lactate above 2 mmol/L, a vasopressor that counts, no hypovolaemia.
    ///
    /// A late lactate leaves the vasopressor of its minute unknown. While no lactate was charted it is unknown, or no if in no minute
    /// the other two were possible.
    ///
    /// ```
    /// use endotype::{Event, Infusions, Met, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// for (minute, item, unit, value) in [(0, "norepinephrine", "ug/kg/min", "0.05"), (0, "hypovolemia", "", "0"), (59, "lactate", "mmol/L", "2.1")] {
    ///     window.push(&SOFA_1996, minute, &Event::read(item, unit, value)?)?;
    /// }
    /// assert_eq!(window.so_far(&SOFA_1996)?.circulatory_shock(Infusions::Complete), Met::Yes);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn circulatory_shock(&self, infusions: Infusions) -> Met {
        let Shock { lactate, with_pressor, filled } = self.today.shock;
        let unseen = match infusions {
            Infusions::Complete => false,
            Infusions::Unknown => {
                Infusion::ALL.iter().any(|&drug| self.never_charted(drug) && pressor_if(drug, Met::Yes) != Met::No)
            }
        };
        match lactate {
            Some(high) => with_pressor.or(high.and(Met::of(false, unseen))),
            None => Met::of(false, filled == Met::Yes || unseen && filled != Met::No),
        }
    }

    const fn never_charted(&self, drug: Infusion) -> bool {
        self.uncharted >> drug as u8 & 1 == 1
    }

    /// The score, with what the caller declares of everything that was not charted.
    ///
    /// `before` is what the day before carried ([`Score::carried`]), read under [`Missing::Carry`] only. The rules must be the
    /// day's own; those of another set give nothing but unknown points.
    ///
    /// ```
    /// use endotype::{Carried, Event, How, Missing, Organ, Window, published::SOFA_1996};
    /// let mut window = Window::new(&SOFA_1996);
    /// window.push(&SOFA_1996, 10, &Event::read("platelets", "10*9/L", "90")?)?;
    /// let day = window.close_day(&SOFA_1996)?;
    /// let open = day.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
    /// let normal = day.score(&SOFA_1996, How { missing: Missing::Normal, ..How::DEFAULT }, Carried::NONE);
    /// assert_eq!((open.total().ends(), open.assumed()), ([2, 19], 0));
    /// assert_eq!((normal.total().ends(), normal.assumed()), ([2, 2], 5));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub fn score(&self, rules: &SofaRules, how: How, before: Carried) -> Score {
        let (open, _) = self.organs(rules, How { missing: Missing::Open, ..how }, Carried::NONE);
        let (sofa, carried) = self.organs(rules, how, before);
        let assumed = |organ: &&Organ| sofa.organ(**organ).ends() != open.organ(**organ).ends();
        let assumed = Organ::ALL.iter().filter(assumed).fold(0, |assumed, &organ| assumed | 1 << organ as u8);
        Score { day: self.number, closed: self.closed, rules: self.rules, sofa, assumed, carried }
    }

    fn organs(&self, rules: &SofaRules, how: How, before: Carried) -> (Sofa, Carried) {
        if rules.id() != self.rules {
            return (Sofa(Lanes::ALL), Carried::NONE);
        }
        let Today { mut organs, beside, .. } = self.today;
        if organs.0 & NO_GCS.0 != 0 {
            organs = organs.filled(Lanes::only(Organ::Brain.lane(), Points::ALL));
        }
        // A PaO2 without its FiO2 says nothing that is normal.
        if how.missing == Missing::Normal {
            organs = Lanes(organs.0 & !u32::from(Points::ALL.0) | beside.0 & u32::from(Points::ALL.0));
        }
        // No infusion is none that counts, whatever is assumed of the rest.
        organs = organs.filled(Lanes::only(Organ::Cardiovascular.lane(), Points::only(0)));
        let taken = |scored: Lanes, before: Lanes| match how.missing {
            Missing::Open => scored,
            Missing::Normal => scored.filled(Lanes::NORMAL),
            Missing::Carry => scored.filled(before).filled(Lanes::NORMAL),
        };
        let carried = Carried(taken(organs, before.0), taken(beside, before.1));
        let pressure = match carried.1.get(Organ::Cardiovascular.lane()) {
            None if organs.0 & PRESSURE.0 == 0 => rules.rows().map.raw().points(&ANY),
            None => Points::only(0),
            Some(points) => points,
        };
        let open = Lanes::only(Organ::Renal.lane(), rules.open_renal);
        let urine = carried.1.filled(open).0 & Lanes::only(Organ::Renal.lane(), Points::ALL).0;
        let beside = Lanes(urine).join(Lanes::only(Organ::Cardiovascular.lane(), pressure));
        let sofa = Lanes(carried.0.filled(open).filled(Lanes::ALL).join(beside).0 & Lanes::ALL.0);
        (Sofa((rules.code.score)(self, rules, how, &carried, sofa)), carried)
    }

    /// 1996: infusions that were never charted.
    fn first(&self, rules: &SofaRules, how: How, _: &Carried, sofa: Lanes) -> Lanes {
        let mut sofa = sofa;
        if how.infusions == Infusions::Unknown {
            for &drug in Infusion::ALL.iter().filter(|&&drug| self.never_charted(drug)) {
                let points = rules.rows().dose(drug, &ANY, false, &ANY);
                sofa = sofa.join(Lanes::only(Organ::Cardiovascular.lane(), points));
            }
        }
        sofa
    }

    /// SOFA-2: devices, the criteria of RRT, and what was never charted.
    fn second(&self, _: &SofaRules, how: How, carried: &Carried, sofa: Lanes) -> Lanes {
        let Today { organs, devices, .. } = &self.today;
        let never = |flag: Flag| how.infusions == Infusions::Unknown && self.unflagged >> flag as u16 & 1 == 1;
        let unsedated = if never(Flag::Sedated) { Lanes::only(Organ::Brain.lane(), Points::ALL) } else { Lanes::EMPTY };
        let mut sofa = Lanes(sofa.0 | unsedated.0).join(Lanes(devices.0 & !CRITERIA.0));
        let mut join = |organ: Organ, points: Points| sofa = sofa.join(Lanes::only(organ.lane(), points));
        // Whatever pressure it was, its own steps may apply.
        if self.unavailable != Met::No && organs.0 & PRESSURE.0 == 0 && carried.1.get(Organ::Cardiovascular.lane()).is_none() {
            join(Organ::Cardiovascular, Points::ALL);
        }
        if how.infusions == Infusions::Unknown {
            if self.unflagged >> UNSUPPORTED & 1 == 1 || never(Flag::VentilationUnavailable) {
                join(Organ::Respiration, Points::ALL);
            }
            if self.uncharted != 0 || never(Flag::MechanicalCirculatorySupport) || never(Flag::VasoactivesUnavailable) {
                join(Organ::Cardiovascular, Points::ALL);
            }
            if never(Flag::DeliriumDrug) {
                join(Organ::Brain, Points::span(0, 1));
            }
            if never(Flag::Rrt) {
                join(Organ::Renal, Points::only(0).or(Points::only(4)));
            }
            if self.uncharted != 0 {
                // The pressure may be carried, drugs are not.
                let known = |lanes: Lanes, lane: u32| lanes.get(lane).unwrap_or(Points::only(0));
                let drugs = known(self.today.beside, UNSEEN);
                let points = known(carried.1, Organ::Cardiovascular.lane()).join(drugs).join(Points::ALL);
                sofa.0 |= Lanes::only(Organ::Cardiovascular.lane(), points).0;
            }
        }
        let missing = if how.missing == Missing::Open { Met::Unknown } else { Met::No };
        let renal = Lanes::only(Organ::Renal.lane(), Points::only(4)).0;
        match self.today.criteria(carried, missing) {
            Met::No => sofa,
            Met::Unknown => Lanes(sofa.0 | renal),
            Met::Yes => sofa.join(Lanes(renal)),
        }
    }
}

/// A day's SOFA, with what was assumed for it counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Score {
    pub(crate) day: u32,
    pub(crate) closed: bool,
    pub(crate) rules: RuleId,
    sofa: Sofa,
    assumed: u8,
    carried: Carried,
}

impl Score {
    /// The points of each organ.
    ///
    /// ```
    /// use endotype::{Carried, How, Organ, Points, Window, published::SOFA_1996};
    /// let score = Window::new(&SOFA_1996).so_far(&SOFA_1996)?.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
    /// assert_eq!(score.sofa().organ(Organ::Cardiovascular), Points::span(0, 1));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn sofa(&self) -> &Sofa {
        &self.sofa
    }

    /// The total.
    ///
    /// ```
    /// use endotype::{Carried, How, Window, published::SOFA_1996};
    /// let score = Window::new(&SOFA_1996).so_far(&SOFA_1996)?.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
    /// assert_eq!(score.total().ends(), [0, 21]);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn total(&self) -> Total {
        self.sofa.total()
    }

    /// How many organs' points differ from those with nothing assumed of what was not measured.
    ///
    /// ```
    /// use endotype::{Carried, How, Missing, Window, published::SOFA_1996};
    /// let how = How { missing: Missing::Normal, ..How::DEFAULT };
    /// assert_eq!(Window::new(&SOFA_1996).so_far(&SOFA_1996)?.score(&SOFA_1996, how, Carried::NONE).assumed(), 6);
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn assumed(&self) -> u32 {
        self.assumed.count_ones()
    }

    /// Whether one organ's points rest on an assumption.
    ///
    /// ```
    /// use endotype::{Carried, How, Organ, Window, published::SOFA_1996};
    /// let score = Window::new(&SOFA_1996).so_far(&SOFA_1996)?.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
    /// assert!(!score.is_assumed(Organ::Liver));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn is_assumed(&self, organ: Organ) -> bool {
        self.assumed >> organ as u8 & 1 == 1
    }

    /// What this day hands on to the next under [`Missing::Carry`].
    ///
    /// ```
    /// use endotype::{Carried, Event, How, Missing, Organ, Window, published::SOFA_1996};
    /// let how = How { missing: Missing::Carry, ..How::DEFAULT };
    /// let mut window = Window::new(&SOFA_1996);
    /// window.push(&SOFA_1996, 10, &Event::read("platelets", "10*9/L", "90")?)?;
    /// let first = window.close_day(&SOFA_1996)?.score(&SOFA_1996, how, Carried::NONE);
    /// let second = window.close_day(&SOFA_1996)?.score(&SOFA_1996, how, first.carried());
    /// assert_eq!(second.sofa().organ(Organ::Coagulation).single(), Some(2));
    /// # Ok::<(), endotype::Error>(())
    /// ```
    pub const fn carried(&self) -> Carried {
        self.carried
    }
}

//! Events -> hours -> 24 hours: pairing, what holds, urine, witness. The only state besides the course.

use crate::course::End;
use crate::cutoffs::{Lanes, Points, Total};
use crate::error::Error;
use crate::event::{Event, Flag, Infusion, Kind, Rate, Support};
use crate::published::SEPSIS_3;
use crate::quantity::*;
use crate::reading::{Met, Reading};
use crate::sofa::{Gas, Organ, RuleId, Sofa, SofaRules};

/// Minutes of a day.
const DAY: u32 = 1_440;

/// What an hour keeps a point set of, and the lane that it lies in.
#[derive(Clone, Copy)]
enum Part {
    /// PaO2 with the FiO2 that holds.
    PaO2,
    /// PaO2 whose FiO2 is not known.
    Unpaired,
    Platelets,
    Bilirubin,
    Map,
    Infusions,
    Gcs,
    /// Charted as not assessable.
    NoGcs,
    Creatinine,
    Urine,
}

/// What decided an organ's points.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Item {
    /// Arterial oxygen.
    PaO2,
    /// Platelets.
    Platelets,
    /// Bilirubin.
    Bilirubin,
    /// Mean arterial pressure.
    Map,
    /// An infusion; in a rolling window which one is not kept.
    Infusion(Option<Infusion>),
    /// Glasgow Coma Scale.
    Gcs,
    /// Creatinine.
    Creatinine,
    /// The sum of the urine.
    Urine,
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
            Item::PaO2 => Organ::Respiration,
            Item::Platelets => Organ::Coagulation,
            Item::Bilirubin => Organ::Liver,
            Item::Map | Item::Infusion(_) => Organ::Cardiovascular,
            Item::Gcs => Organ::Brain,
            Item::Creatinine | Item::Urine => Organ::Renal,
        }
    }

    const fn part(self) -> Part {
        match self {
            Item::PaO2 => Part::PaO2,
            Item::Platelets => Part::Platelets,
            Item::Bilirubin => Part::Bilirubin,
            Item::Map => Part::Map,
            Item::Infusion(_) => Part::Infusions,
            Item::Gcs => Part::Gcs,
            Item::Creatinine => Part::Creatinine,
            Item::Urine => Part::Urine,
        }
    }

    /// The item's name in charted events.
    ///
    /// ```
    /// use endotype::{Infusion, Item};
    /// assert_eq!(Item::Infusion(Some(Infusion::Dopamine)).name(), "dopamine");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Item::PaO2 => PaO2::NAME,
            Item::Platelets => Platelets::NAME,
            Item::Bilirubin => Bilirubin::NAME,
            Item::Map => Map::NAME,
            Item::Infusion(Some(drug)) => drug.name(),
            Item::Infusion(None) => "infusion",
            Item::Gcs => Gcs::NAME,
            Item::Creatinine => Creatinine::NAME,
            Item::Urine => Urine::NAME,
        }
    }
}

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
    points: Points,
}

impl Witness {
    /// A total order, so that the worst of many is the same in whatever order they come.
    fn rank(self) -> (u8, u8, u32, Item, u8) {
        let [lo, hi] = self.points.ends();
        (lo, hi, !self.minute, self.item, self.points.0)
    }
}

/// The witness of each organ, worst first come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Witnesses([Option<Witness>; 6]);

impl Witnesses {
    const NONE: Witnesses = Witnesses([None; 6]);

    fn see(&mut self, witness: Witness) {
        if let Some(kept) = self.0.get_mut(witness.item.organ() as usize) {
            match kept {
                Some(kept) if kept.rank() >= witness.rank() => {}
                _ => *kept = Some(witness),
            }
        }
    }

    fn get(&self, organ: Organ) -> Option<Witness> {
        self.0.get(organ as usize).copied().flatten()
    }
}

/// Urine beyond every cut-off, and far from the end of an `i32`.
const CAP: i32 = 2_000_000_000;

/// A sum of urine, exact at open ends; [`Reading::UNKNOWN`] while none was charted.
fn add_urine(sum: Reading<Urine>, more: Reading<Urine>) -> Reading<Urine> {
    if sum.is_unknown() {
        return more;
    }
    if more.is_unknown() {
        return sum;
    }
    // Two open ends add to the open end of the sum, one half-tick inside it.
    let lo = sum.lo.saturating_add(more.lo) - (sum.lo & more.lo & 1);
    let hi = sum.hi.saturating_add(more.hi).min(CAP) + (sum.hi & more.hi & 1);
    Reading::of([lo.min(CAP), hi])
}

/// An hour: the point sets of what was scored in it, and its urine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Hour {
    parts: Lanes,
    urine: Reading<Urine>,
}

impl Hour {
    const EMPTY: Hour = Hour { parts: Lanes::EMPTY, urine: Reading::UNKNOWN };
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

    /// So many minutes on: the run then, and how many minutes in it begins to count, if it does.
    fn step(self, running: bool, minutes: u32, rules: &SofaRules) -> (Run, Option<u32>) {
        let enough = u32::from(rules.rows().run);
        let lasted = (u32::from(self.lasted) + minutes).min(enough);
        if running {
            let counts = if lasted == enough { Some(enough.saturating_sub(u32::from(self.lasted) + 1)) } else { None };
            return (Run { lasted: lasted as u8, stopped: 0 }, counts);
        }
        let stopped = u32::from(self.stopped) + minutes;
        let broken = self.lasted == 0 || stopped > u32::from(rules.rows().stop);
        (if broken { Run::NONE } else { Run { lasted: lasted as u8, stopped: stopped as u8 } }, None)
    }
}

/// An infusion as it holds: its rate, and the run as it certainly and as it possibly is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Drip {
    rate: Rate,
    charted: bool,
    until: u32,
    must: Run,
    may: Run,
}

/// What an infusion scores in a stretch of minutes.
#[derive(Clone, Copy)]
struct Stretch {
    must: Run,
    may: Run,
    /// Whether it counts in one of them, and how many minutes in.
    counts: Met,
    after: u32,
}

impl Drip {
    const OFF: Drip =
        Drip { rate: Rate::ByWeight(Reading::of([0, 0])), charted: false, until: u32::MAX, must: Run::NONE, may: Run::NONE };

    fn over(self, minutes: u32, rules: &SofaRules) -> Stretch {
        let [lo, hi] = self.rate.ends();
        let (must, surely) = self.must.step(lo > 0, minutes, rules);
        let (may, possibly) = self.may.step(hi > 0, minutes, rules);
        Stretch { must, may, counts: Met::of(surely.is_some(), possibly.is_some()), after: surely.or(possibly).unwrap_or(0) }
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

/// The first minute at which what was charted no longer holds; it holds in its own minute at least.
const fn until(minute: u32, limit: u32) -> u32 {
    minute.saturating_add(if limit == 0 { 1 } else { limit })
}

/// What holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Held {
    fio2: Reading<FiO2>,
    fio2_until: u32,
    support: Option<Support>,
    support_until: u32,
    weight: Reading<Weight>,
    weight_until: u32,
    drips: [Drip; 8],
    flags: u16,
    flags_known: u16,
    /// Hypovolaemia, if it holds, has held from this minute on.
    dry_since: u32,
}

impl Held {
    const NOTHING: Held = Held {
        fio2: Reading::UNKNOWN,
        fio2_until: u32::MAX,
        support: None,
        support_until: u32::MAX,
        weight: Reading::UNKNOWN,
        weight_until: u32::MAX,
        drips: [Drip::OFF; 8],
        flags: 0,
        flags_known: 0,
        dry_since: 0,
    };

    const fn flag(&self, flag: Flag) -> Met {
        let bit = 1 << flag as u16;
        Met::of(self.flags & bit != 0, self.flags & bit != 0 || self.flags_known & bit == 0)
    }

    fn next_end(&self) -> u32 {
        let ends = self.fio2_until.min(self.support_until).min(self.weight_until);
        self.drips.iter().fold(ends, |end, drip| end.min(drip.until))
    }

    /// What has held as long as it may is unknown from now on.
    fn expire(&mut self, now: u32) {
        if self.fio2_until <= now {
            (self.fio2, self.fio2_until) = (Reading::UNKNOWN, u32::MAX);
        }
        if self.support_until <= now {
            (self.support, self.support_until) = (None, u32::MAX);
        }
        if self.weight_until <= now {
            (self.weight, self.weight_until) = (Reading::UNKNOWN, u32::MAX);
        }
        for drip in &mut self.drips {
            if drip.until <= now {
                (drip.rate, drip.until) = (Rate::ByWeight(Reading::UNKNOWN), u32::MAX);
            }
        }
    }

    /// Everything is unknown until it is charted again; an infusion never charted stays what the caller declares of those.
    fn forget(&mut self) {
        let drips = self.drips;
        *self = Held::NOTHING;
        for (drip, before) in self.drips.iter_mut().zip(drips) {
            if before.charted {
                *drip = Drip { rate: Rate::ByWeight(Reading::UNKNOWN), ..before };
            }
        }
    }
}

/// What was measured in the clock's own minute and needs what holds in it, which a later line of that minute may change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Now {
    pao2: Option<Reading<PaO2>>,
    pao2_kpa: Option<Reading<PaO2KPa>>,
    lactate: Option<Met>,
}

impl Now {
    const NOTHING: Now = Now { pao2: None, pao2_kpa: None, lactate: None };
}

/// What a day keeps besides its hours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Today {
    witnesses: Witnesses,
    /// Infection at any minute.
    infected: bool,
    shock: Shock,
}

impl Today {
    const NOTHING: Today = Today { witnesses: Witnesses::NONE, infected: false, shock: Shock::NOTHING };
}

/// What a day has seen of the circulatory part of septic shock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Shock {
    /// A lactate was high without hypovolaemia in its minute; none while no lactate was charted.
    lactate: Option<Met>,
    /// And a charted vasopressor counted in that minute.
    with_pressor: Met,
    /// In some minute there may have been no hypovolaemia.
    filled: bool,
    /// And in that minute a charted vasopressor may have counted.
    filled_with_pressor: bool,
}

impl Shock {
    const NOTHING: Shock = Shock { lactate: None, with_pressor: Met::No, filled: false, filled_with_pressor: false };

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
            filled: self.filled | other.filled,
            filled_with_pressor: self.filled_with_pressor | other.filled_with_pressor,
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
    now: Now,
    today: Today,
    /// By the hour of the day: up to the clock's of today, behind it of yesterday.
    hours: [Hour; 24],
}

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

/// Where a stretch of minutes is scored into.
struct Sink<'a> {
    parts: &'a mut Lanes,
    witnesses: &'a mut Witnesses,
}

impl Sink<'_> {
    fn score(&mut self, part: Part, item: Item, minute: u32, points: Points) {
        *self.parts = self.parts.with(part as u32, points);
        self.witnesses.see(Witness { item, minute, points });
    }
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
            held: Held::NOTHING,
            now: Now::NOTHING,
            today: Today::NOTHING,
            hours: [Hour::EMPTY; 24],
        }
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

    /// Whether an event could be pushed; nothing changes.
    fn check(&self, rules: &SofaRules, minute: u32, kind: Kind) -> Result<(), Error> {
        if rules.id() != self.rules {
            return Err(Error::RulesDiffer);
        }
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
        match *event {
            Event::PaO2(pao2) if !pao2.is_unknown() => {
                if late {
                    self.unpaired(rules, minute, Gas::MmHg(pao2));
                } else {
                    self.now.pao2 = Some(self.now.pao2.map_or(pao2, |other| other.lower(pao2)));
                }
            }
            Event::PaO2KPa(pao2) if !pao2.is_unknown() => {
                if late {
                    self.unpaired(rules, minute, Gas::KPa(pao2));
                } else {
                    self.now.pao2_kpa = Some(self.now.pao2_kpa.map_or(pao2, |other| other.lower(pao2)));
                }
            }
            Event::Lactate(lactate) if !lactate.is_unknown() => {
                let high = SEPSIS_3.lactate.met(lactate);
                if late {
                    let dry = self.held.flag(Flag::Hypovolemia) == Met::Yes && minute >= self.held.dry_since;
                    self.today.shock.lactate(high, Met::of(false, !dry), Met::Unknown);
                } else {
                    self.now.lactate = Some(self.now.lactate.unwrap_or(Met::No).or(high));
                }
            }
            Event::Platelets(x) => self.measured(minute, Item::Platelets, x, rules.rows().platelets.points(x)),
            Event::Bilirubin(x) => self.measured(minute, Item::Bilirubin, x, rules.rows().bilirubin.points(x)),
            Event::BilirubinSi(x) => self.measured(minute, Item::Bilirubin, x, rules.rows().bilirubin_si.points(x)),
            Event::Map(x) => self.measured(minute, Item::Map, x, rules.rows().map.points(x)),
            Event::Creatinine(x) => self.measured(minute, Item::Creatinine, x, rules.rows().creatinine.points(x)),
            Event::CreatinineSi(x) => self.measured(minute, Item::Creatinine, x, rules.rows().creatinine_si.points(x)),
            Event::Gcs(x) => {
                self.measured(minute, Item::Gcs, x, rules.rows().gcs.points(x));
                if x.is_unknown() {
                    self.sink(minute, |sink| *sink.parts = sink.parts.with(Part::NoGcs as u32, Points::ALL));
                }
            }
            Event::Urine(x) => {
                if let Some(hour) = self.hours.get_mut(hour_of(minute - self.dawn)) {
                    hour.urine = add_urine(hour.urine, x);
                }
            }
            Event::FiO2(x) if !x.is_unknown() => {
                (self.held.fio2, self.held.fio2_until) = (x, until(minute, self.limits.fio2));
            }
            Event::Weight(x) if !x.is_unknown() => {
                (self.held.weight, self.held.weight_until) = (x, until(minute, self.limits.weight));
            }
            Event::Support(x) => {
                (self.held.support, self.held.support_until) = (Some(x), until(minute, self.limits.support));
            }
            Event::Infusion(drug, rate) if !rate.is_unknown() => {
                if let Some(drip) = self.held.drips.get_mut(drug as usize) {
                    *drip = Drip { rate, charted: true, until: until(minute, self.limits.infusion), ..*drip };
                }
            }
            Event::Flag(flag, on) => {
                if flag == Flag::Hypovolemia && self.held.flag(flag) != Met::Yes {
                    self.held.dry_since = minute;
                }
                let bit = 1 << flag as u16;
                self.held.flags_known |= bit;
                self.held.flags = self.held.flags & !bit | if on { bit } else { 0 };
            }
            Event::Death => self.end = Some(End::Death),
            Event::Discharge => self.end = Some(End::Discharge),
            _ => {}
        }
        Ok(())
    }

    fn sink(&mut self, minute: u32, score: impl FnOnce(&mut Sink<'_>)) {
        if let Some(hour) = self.hours.get_mut(hour_of(minute - self.dawn)) {
            score(&mut Sink { parts: &mut hour.parts, witnesses: &mut self.today.witnesses });
        }
    }

    fn measured<Q: Quantity>(&mut self, minute: u32, item: Item, reading: Reading<Q>, points: Points) {
        if !reading.is_unknown() {
            self.sink(minute, |sink| sink.score(item.part(), item, minute, points));
        }
    }

    fn unpaired(&mut self, rules: &SofaRules, minute: u32, gas: Gas) {
        let points = rules.respiration(gas, Reading::UNKNOWN, None);
        self.sink(minute, |sink| sink.score(Part::Unpaired, Item::PaO2, minute, points));
    }

    /// Scores the next so many minutes, in which nothing changes: the pending gases of the first one, and the infusions.
    fn score_stretch(&self, rules: &SofaRules, minutes: u32, sink: &mut Sink<'_>) {
        let part = if self.held.fio2.is_unknown() { Part::Unpaired } else { Part::PaO2 };
        let gases = [self.now.pao2.map(Gas::MmHg), self.now.pao2_kpa.map(Gas::KPa)];
        for gas in gases.into_iter().flatten() {
            let points = rules.respiration(gas, self.held.fio2, self.held.support);
            sink.score(part, Item::PaO2, self.clock, points);
        }
        for (drug, drip) in Infusion::ALL.iter().zip(&self.held.drips) {
            let stretch = drip.over(minutes, rules);
            if stretch.counts == Met::No {
                continue;
            }
            let dosed = rules.infusion(*drug, drip.rate, self.held.weight);
            let points = if stretch.counts == Met::Yes { dosed } else { dosed.or(Points::only(0)) };
            if points != Points::only(0) {
                sink.score(Part::Infusions, Item::Infusion(Some(*drug)), self.clock + stretch.after, points);
            }
        }
    }

    /// Whether a charted vasopressor counts in one of the next so many minutes.
    fn pressor(&self, rules: &SofaRules, minutes: u32) -> Met {
        let counting = Infusion::ALL.iter().zip(&self.held.drips).map(|(&drug, drip)| (drug, drip.over(minutes, rules).counts));
        counting.fold(Met::No, |met, (drug, counts)| met.or(pressor_if(drug, counts)))
    }

    /// What the next so many minutes, in which nothing changes, add to the day: lactates to the first one.
    fn settle(&self, rules: &SofaRules, minutes: u32, today: &mut Today) {
        today.infected |= self.held.flag(Flag::Infection) == Met::Yes;
        let filled = !self.held.flag(Flag::Hypovolemia);
        if let Some(high) = self.now.lactate {
            today.shock.lactate(high, filled, self.pressor(rules, 1));
        }
        if filled != Met::No {
            today.shock.filled = true;
            today.shock.filled_with_pressor |= self.pressor(rules, minutes) != Met::No;
        }
    }

    /// Completes the minutes from the clock up to, not including, `to`, which lies in the open day or ends it.
    fn run_to(&mut self, rules: &SofaRules, to: u32) {
        while self.clock < to {
            let hour = hour_of(self.clock - self.dawn);
            let hour_end = self.dawn + (hour as u32 + 1) * 60;
            let next = to.min(hour_end).min(self.held.next_end());
            let minutes = next - self.clock;
            let mut today = self.today;
            self.settle(rules, minutes, &mut today);
            let mut parts = self.hours.get(hour).map_or(Lanes::EMPTY, |hour| hour.parts);
            self.score_stretch(rules, minutes, &mut Sink { parts: &mut parts, witnesses: &mut today.witnesses });
            if let Some(hour) = self.hours.get_mut(hour) {
                hour.parts = parts;
            }
            self.today = today;
            for drip in &mut self.held.drips {
                let stretch = drip.over(minutes, rules);
                (drip.must, drip.may) = (stretch.must, stretch.may);
            }
            self.now = Now::NOTHING;
            self.clock = next;
            self.held.expire(next);
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
        let hours = self.hours.iter().take(hour_of(self.clock - self.dawn) + 1);
        self.read(rules, hours, self.today.witnesses, false)
    }

    /// The hour of the clock and the 23 before it, across midnight; not a day of a course.
    ///
    /// Its urine is a lower bound, and its witnesses are exact only to the hour.
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
        let this_hour = hour_of(self.clock - self.dawn);
        let mut witnesses = Witnesses::NONE;
        for (hour, kept) in self.hours.iter().enumerate() {
            let minute = self.dawn + hour as u32 * 60;
            // An hour of yesterday; on day 1 there is none, and its slot is empty.
            let minute = if hour > this_hour { minute.saturating_sub(DAY) } else { minute };
            for (part, item) in [
                (Part::PaO2, Item::PaO2),
                (Part::Unpaired, Item::PaO2),
                (Part::Platelets, Item::Platelets),
                (Part::Bilirubin, Item::Bilirubin),
                (Part::Map, Item::Map),
                (Part::Infusions, Item::Infusion(None)),
                (Part::Gcs, Item::Gcs),
                (Part::Creatinine, Item::Creatinine),
            ] {
                if let Some(points) = kept.parts.get(part as u32) {
                    witnesses.see(Witness { item, minute, points });
                }
            }
        }
        self.read(rules, self.hours.iter(), witnesses, false)
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
        if rules.id() != self.rules {
            return Err(Error::RulesDiffer);
        }
        if self.closed {
            return Err(Error::AfterEnd);
        }
        if self.dawn > Window::LAST_MINUTE {
            return Err(Error::MinuteOutOfRange);
        }
        if self.end.is_some() {
            self.closed = true;
            let hours = self.hours.iter().take(hour_of(self.clock - self.dawn) + 1);
            return self.read(rules, hours, self.today.witnesses, true);
        }
        // The day's last minute is read as the clock's own, so that nothing of it is told twice.
        self.run_to(rules, self.day_end() - 1);
        let day = self.read(rules, self.hours.iter(), self.today.witnesses, true);
        self.run_to(rules, self.day_end());
        (self.dawn, self.day) = (self.clock, self.day + 1);
        self.today = Today::NOTHING;
        if let Some(first) = self.hours.first_mut() {
            *first = Hour::EMPTY;
        }
        day
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
        self.held.forget();
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
        for (at, (mine, theirs)) in self.hours.iter_mut().zip(other.hours).enumerate() {
            // Behind the other's clock its hours are yesterday's, while this window's may be today's.
            if at > there && at <= here {
                continue;
            }
            mine.parts = mine.parts.join(theirs.parts);
            mine.urine = match (mine.urine.is_unknown(), theirs.urine.is_unknown()) {
                (true, _) => theirs.urine,
                (_, true) => mine.urine,
                _ if mine.urine == theirs.urine => mine.urine,
                _ => Reading::of([mine.urine.lo.max(theirs.urine.lo), CAP]),
            };
        }
        for organ in Organ::ALL {
            if let Some(witness) = other.today.witnesses.get(organ) {
                self.today.witnesses.see(witness);
            }
        }
        self.today.infected |= other.today.infected;
        self.today.shock = self.today.shock.join(other.today.shock);
        Ok(())
    }

    fn read<'a>(
        &'a self,
        rules: &SofaRules,
        hours: impl Iterator<Item = &'a Hour>,
        witnesses: Witnesses,
        closed: bool,
    ) -> Result<Day, Error> {
        if rules.id() != self.rules {
            return Err(Error::RulesDiffer);
        }
        let mut today = Today { witnesses, ..self.today };
        let (mut parts, mut urine) = (Lanes::EMPTY, Reading::UNKNOWN);
        for hour in hours {
            parts = parts.join(hour.parts);
            urine = add_urine(urine, hour.urine);
        }
        self.score_stretch(rules, 1, &mut Sink { parts: &mut parts, witnesses: &mut today.witnesses });
        self.settle(rules, 1, &mut today);
        if !urine.is_unknown() {
            // While the day is not over its sum can only grow.
            let sum = if closed { urine } else { Reading::of([urine.lo, CAP]) };
            let points = rules.rows().urine.points(sum);
            let mut sink = Sink { parts: &mut parts, witnesses: &mut today.witnesses };
            sink.score(Part::Urine, Item::Urine, self.clock, points);
        }
        let mut uncharted = 0;
        for (drug, drip) in Infusion::ALL.iter().zip(&self.held.drips) {
            uncharted |= u8::from(!drip.charted) << *drug as u8;
        }
        Ok(Day {
            number: self.day,
            closed,
            rules: self.rules,
            parts,
            urine,
            uncharted,
            today,
            infection: self.infection(&today),
            emergency: self.held.flag(Flag::EmergencyAdmission),
        })
    }

    fn infection(&self, today: &Today) -> Met {
        match self.held.flag(Flag::Infection) {
            _ if today.infected => Met::Yes,
            held => held,
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

/// What the caller declares of infusions that were never charted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Infusions {
    /// They are not running: the charting is complete.
    Complete,
    /// They may be running.
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
pub struct Carried(Lanes);

impl Carried {
    /// Of the day before day 1: none, so normal.
    pub const NONE: Carried = Carried(Lanes::EMPTY);
}

/// What was charted in a day, or in the last 24 hours, before anything is assumed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Day {
    number: u32,
    closed: bool,
    rules: RuleId,
    parts: Lanes,
    urine: Reading<Urine>,
    /// Of each infusion whether it was never charted, one bit each.
    uncharted: u8,
    today: Today,
    infection: Met,
    emergency: Met,
}

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
        self.urine
    }

    /// The worst points of one item by itself, none if it was not scored; of infusions those of all that count.
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
        match item {
            Item::PaO2 => match (self.part(Part::PaO2), self.part(Part::Unpaired)) {
                (Some(paired), Some(unpaired)) => Some(paired.join(unpaired)),
                (None, unpaired) => unpaired,
                (paired, None) => paired,
            },
            Item::Gcs => match self.part(Part::Gcs) {
                None => self.part(Part::NoGcs),
                scored => scored,
            },
            _ => self.part(item.part()),
        }
    }

    const fn part(&self, part: Part) -> Option<Points> {
        self.parts.get(part as u32)
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
        self.today.witnesses.get(organ)
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
        let Shock { lactate, with_pressor, filled, filled_with_pressor } = self.today.shock;
        let unseen = match infusions {
            Infusions::Complete => false,
            Infusions::Unknown => {
                Infusion::ALL.iter().any(|&drug| self.never_charted(drug) && pressor_if(drug, Met::Yes) != Met::No)
            }
        };
        match lactate {
            Some(high) => with_pressor.or(high.and(Met::of(false, unseen))),
            None => Met::of(false, filled_with_pressor || unseen && filled),
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
        let mut assumed = 0;
        for organ in Organ::ALL {
            assumed |= u8::from(sofa.organ(organ).ends() != open.organ(organ).ends()) << organ as u8;
        }
        Score { day: self.number, closed: self.closed, rules: self.rules, sofa, assumed, carried }
    }

    fn organs(&self, rules: &SofaRules, how: How, before: Carried) -> (Sofa, Carried) {
        if rules.id() != self.rules {
            return (Sofa::from([Points::ALL; 6]), Carried::NONE);
        }
        let mut infusions = self.part(Part::Infusions).unwrap_or(Points::only(0));
        if how.infusions == Infusions::Unknown {
            for drug in Infusion::ALL.iter().filter(|&&drug| self.never_charted(drug)) {
                infusions = infusions.join(rules.infusion(*drug, Rate::ByWeight(Reading::UNKNOWN), Reading::UNKNOWN));
            }
        }
        let mut carried = Lanes::EMPTY;
        let mut taken = |item: Item| {
            let scored = match (item, how.missing) {
                // A PaO2 without its FiO2 says nothing that is normal.
                (Item::PaO2, Missing::Normal) => self.part(Part::PaO2),
                _ => self.points(item),
            };
            let lane = item.part() as u32;
            let points = scored.or(match how.missing {
                Missing::Open => None,
                Missing::Normal => Some(Points::only(0)),
                Missing::Carry => Some(before.0.get(lane).unwrap_or(Points::only(0))),
            })?;
            carried = carried.with(lane, points);
            Some(points)
        };
        let sofa = Sofa::from([
            taken(Item::PaO2).unwrap_or(Points::ALL),
            taken(Item::Platelets).unwrap_or(Points::ALL),
            taken(Item::Bilirubin).unwrap_or(Points::ALL),
            rules.cardiovascular(taken(Item::Map), infusions),
            taken(Item::Gcs).unwrap_or(Points::ALL),
            rules.renal(taken(Item::Creatinine), taken(Item::Urine)),
        ]);
        (sofa, Carried(carried))
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

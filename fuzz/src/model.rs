//! REPLAY.md read once more, minute by minute, with collections that grow without a bound: what a `Window` must come to.
//!
//! A set of points is its bits. Where the crate is wider than the text on purpose, it is said here.

use crate::control;
use crate::paper::{self, FIRST, POSITIVE, Row, Rows, SECOND, Span, side};
use endotype::quantity::*;
use endotype::{
    End, Error, Event, Flag, How, Infusion, Infusions, Item, Kind, Limits, Met, Missing, Organ, Rate, Reading, Support,
};
use std::collections::{BTreeMap, BTreeSet};

type Ends = [i32; 2];
pub type Set = u8;

const DAY: u32 = 1_440;
const LAST_MINUTE: u32 = 5_256_000;
const ALL: Set = 0b1_1111;
const NIL: Set = 1;
/// Urine beyond every cut-off, as the crate counts it.
const CAP: i32 = 2_000_000_000;

/// Every maximum of a member of one and a member of the other.
pub fn join(a: Set, b: Set) -> Set {
    let pairs = (0..5).flat_map(|x| (0..5).map(move |y| (x, y)));
    pairs.filter(|(x, y)| a >> x & b >> y & 1 == 1).fold(0, |all, (x, y)| all | 1 << x.max(y))
}

fn worst(sets: impl IntoIterator<Item = Set>) -> Option<Set> {
    sets.into_iter().reduce(join)
}

fn capped(set: Set) -> Set {
    if set > 0b111 { set & 0b11 | 0b100 } else { set }
}

fn up_to_highest(set: Set) -> Set {
    (0..5).filter(|points| set >> points != 0).map(|points| 1 << points).sum()
}

fn met_of(always: bool, ever: bool) -> Met {
    if always {
        Met::Yes
    } else if ever {
        Met::Unknown
    } else {
        Met::No
    }
}

fn passes(values: &Span, words: &str) -> Met {
    let (inside, outside) = (values.meets(&side(words, true)), values.meets(&side(words, false)));
    met_of(inside && !outside, inside)
}

/// Points if it is so, none if not, either if that is not known.
fn points_if(met: Met, points: Set) -> Set {
    match met {
        Met::Yes => points,
        Met::Unknown => points | NIL,
        Met::No => NIL,
    }
}

fn known<Q: Quantity>(reading: Reading<Q>) -> Option<Span> {
    (!reading.is_unknown()).then(|| Span::of::<Q>(reading.ends()))
}

#[derive(Clone, Copy)]
struct Until<T> {
    what: T,
    until: u32,
}

/// A run of an infusion: its first minute, and the last in which it was on.
#[derive(Clone, Copy, Default)]
struct Run(Option<(u32, u32)>);

impl Run {
    /// Whether it counts in this minute.
    fn minute(&mut self, minute: u32, on: bool) -> bool {
        let long = if control() { 60 } else { 59 };
        if !on {
            return false;
        }
        let first = match self.0 {
            Some((first, last)) if minute - (last + 1) <= 5 => first,
            _ => minute,
        };
        self.0 = Some((first, minute));
        minute >= first + long
    }
}

#[derive(Clone, Copy, PartialEq)]
struct Rated {
    /// None while it is charted and not known.
    rate: Option<Rate>,
    /// Of the last known rate.
    per_minute: bool,
}

type Counting = (Infusion, Rated, Met);
type Circulated = (Vec<(Infusion, Set)>, Option<Set>);

#[derive(Clone, Copy)]
struct Drug {
    rated: Rated,
    until: u32,
    surely: Run,
    maybe: Run,
}

impl Rated {
    /// What it may be while it runs, by weight or by minute.
    fn values(&self) -> Span {
        match self.rate {
            Some(Rate::ByWeight(x)) => Span::of::<DoseRate>(x.ends()).cut(&POSITIVE),
            Some(Rate::PerMinute(x)) => Span::of::<MassRate>(x.ends()).cut(&POSITIVE),
            Some(Rate::Any(_)) | None => POSITIVE,
        }
    }

    fn ends(&self) -> Ends {
        match self.rate {
            Some(Rate::ByWeight(x)) => x.ends(),
            Some(Rate::PerMinute(x)) => x.ends(),
            Some(Rate::Any(x)) => x.ends(),
            None => [0, 1],
        }
    }
}

/// What a state was in a minute: at its end, and whatever was told in it.
#[derive(Clone)]
struct Told {
    last: Met,
    all: Vec<Met>,
}

/// What was scored: its part, and whether it counts under `--missing normal`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Ratio { with_fio2: bool },
    Platelets,
    Bilirubin,
    Map,
    Drugs,
    Gcs,
    Creatinine,
}

/// Of one day everything that was scored; twice the same is the same.
#[derive(Clone, Default)]
struct Log {
    scored: BTreeSet<(Part, Set)>,
    /// Beside what was scored: certain (devices), or with 0 in it (what may be scored, or not).
    beside: BTreeSet<(u8, Set)>,
    /// The circulation without its pressure, if drugs never charted run, too.
    unseen: BTreeSet<Set>,
    no_gcs: bool,
    criteria: BTreeMap<u8, Met>,
    infected: bool,
    /// High, filled, vasopressor, of each lactate.
    lactates: BTreeSet<[Met; 3]>,
    /// Filled and vasopressor of each minute in which there may have been no hypovolaemia.
    filled: Option<Met>,
    /// And its earliest minute.
    witnesses: BTreeMap<(Item, Set), u32>,
    urine: Vec<Ends>,
}

impl Log {
    fn witness(&mut self, item: Item, minute: u32, set: Set) {
        let first = self.witnesses.entry((item, set)).or_insert(minute);
        *first = minute.min(*first);
    }

    fn score(&mut self, part: Part, item: Item, minute: u32, set: Set) {
        self.scored.insert((part, set));
        self.witness(item, minute, set);
    }

    fn maybe(&mut self, item: Item, minute: u32, set: Set) {
        self.beside.insert((item.organ() as u8, set | NIL));
        self.witness(item, minute, set | NIL);
    }

    fn device(&mut self, item: Item, minute: u32, met: Met, set: Set) {
        match met {
            Met::No => {}
            Met::Unknown => self.maybe(item, minute, set),
            Met::Yes => {
                self.beside.insert((item.organ() as u8, set));
                self.witness(item, minute, set);
            }
        }
    }

    fn criterion(&mut self, number: u8, met: Met) {
        let before = self.criteria.get(&number).copied().unwrap_or(Met::No);
        self.criteria.insert(number, before.or(met));
    }
}

/// What is taken of each part of a day, and handed on.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Parts {
    ratio: Option<Set>,
    platelets: Option<Set>,
    bilirubin: Option<Set>,
    map: Option<Set>,
    gcs: Option<Set>,
    creatinine: Option<Set>,
    urine: Option<Set>,
    low_urine: Option<Met>,
}

/// A day as it stands.
pub struct Look {
    second: bool,
    rows: &'static Rows,
    log: Log,
    urine: Option<Set>,
    low_urine: Option<Met>,
    /// Its sum in half-ticks.
    pub volume: Option<[i64; 2]>,
    pub infection: Met,
    pub emergency: Met,
    unavailable: Met,
    charted_drugs: Vec<Infusion>,
    charted_flags: Vec<Flag>,
    charted_support: bool,
}

#[derive(Clone)]
pub struct Model {
    second: bool,
    rows: &'static Rows,
    limits: Limits,
    pub clock: u32,
    dawn: u32,
    pub day: u32,
    pub end: Option<End>,
    closed: bool,
    fio2: Option<Until<Span>>,
    weight: Option<Until<Span>>,
    /// None is not charted, and none within it charted and not known.
    support: Option<Until<Option<Support>>>,
    drugs: BTreeMap<Infusion, Drug>,
    flags: BTreeMap<Flag, Option<bool>>,
    told: BTreeMap<Flag, Vec<(u32, Told)>>,
    /// What was measured in the clock's own minute and needs what holds in it.
    waiting: Vec<Event>,
    /// Nothing has changed since the minute before, in which these counted.
    quiet: bool,
    counted: Vec<Counting>,
    log: Log,
    /// Hour, minute, volume.
    urine: Vec<(u32, u32, Ends)>,
    last_gcs: Option<(u32, Set)>,
}

impl Model {
    pub fn new(second: bool, limits: Limits) -> Model {
        Model {
            second,
            rows: if second { &SECOND } else { &FIRST },
            limits,
            clock: 0,
            dawn: 0,
            day: 1,
            end: None,
            closed: false,
            fio2: None,
            weight: None,
            support: None,
            drugs: BTreeMap::new(),
            flags: BTreeMap::new(),
            told: BTreeMap::new(),
            waiting: Vec::new(),
            quiet: false,
            counted: Vec::new(),
            log: Log::default(),
            urine: Vec::new(),
            last_gcs: None,
        }
    }

    pub fn day_end(&self) -> u32 {
        self.dawn + DAY
    }

    fn check(&self, minute: u32, kind: Kind) -> Result<(), Error> {
        match kind {
            _ if self.end.is_some() => Err(Error::AfterEnd),
            _ if minute > LAST_MINUTE => Err(Error::MinuteOutOfRange),
            _ if minute >= self.day_end() => Err(Error::DayNotClosed { ends: self.day_end() }),
            Kind::Measured if minute < self.dawn => Err(Error::DayClosed { by: self.dawn - minute }),
            Kind::Holds | Kind::Happens if minute < self.clock => Err(Error::ClockBack { by: self.clock - minute }),
            _ => Ok(()),
        }
    }

    // ---- what holds

    /// As [`endotype::Met`], unknown before its first line and while it is not known.
    fn flag(&self, flag: Flag) -> Met {
        match self.flags.get(&flag) {
            Some(Some(on)) => Met::from(*on),
            Some(None) | None => Met::Unknown,
        }
    }

    /// The same, but not true before its first line.
    fn state(&self, flag: Flag) -> Met {
        if self.flags.contains_key(&flag) { self.flag(flag) } else { Met::No }
    }

    fn tell(&mut self, flag: Flag, now: Met) {
        let clock = self.clock;
        let told = self.told.entry(flag).or_default();
        match told.last_mut() {
            Some((minute, told)) if *minute == clock => {
                told.last = now;
                told.all.push(now);
            }
            _ => told.push((clock, Told { last: now, all: vec![now] })),
        }
    }

    /// A state from a late line's minute up to now, if it was one and the same.
    ///
    /// Wider than the text: what held for no time is a change, too, and so is an outage of a state that was never charted.
    fn since(&self, flag: Flag, minute: u32, before: Met) -> Met {
        let told = self.told.get(&flag).map_or(&[][..], Vec::as_slice);
        let at = told.iter().rev().find(|(at, _)| *at <= minute).map_or(before, |(_, told)| told.last);
        let later = told.iter().filter(|(at, _)| *at > minute).flat_map(|(_, told)| &told.all);
        if later.clone().all(|&one| one == at) { at } else { Met::Unknown }
    }

    fn supported(&self) -> Met {
        let advanced = match self.support {
            None | Some(Until { what: None, .. }) => Met::Unknown,
            Some(Until { what: Some(support), .. }) => {
                use Support::*;
                Met::from(match support {
                    Support::None | Oxygen => false,
                    Hfnc => self.second,
                    Cpap | Niv | Imv | HomeVent | EcmoVv | EcmoVa => true,
                })
            }
        };
        if self.second { advanced.or(self.state(Flag::VentilationUnavailable)) } else { advanced }
    }

    // ---- points of one moment

    fn ratio(&self, row: &Row, values: &Span, fio2: Option<Span>, supported: Met) -> Set {
        let fio2 = fio2.unwrap_or(Span::of::<FiO2>([42_000, 200_000]));
        let set = paper::points(row, &values.over(&fio2).times(100, 1));
        match supported {
            Met::Yes => set,
            Met::No => capped(set),
            Met::Unknown => set | capped(set),
        }
    }

    /// The sum of their doses; those per minute share one weight.
    fn dose(&self, drugs: &[&Rated]) -> Span {
        let weight = self.weight.map(|held| held.what);
        let sum = |spans: Vec<Span>| spans.into_iter().reduce(|a, b| a.plus(&b));
        // Of a dose that is not known only that it runs.
        let by_minute = |drug: &&&Rated| drug.per_minute && drug.rate.is_some() && weight.is_some();
        let masses = sum(drugs.iter().filter(by_minute).map(|drug| drug.values()).collect());
        let direct = drugs.iter().filter(|drug| !by_minute(drug));
        let direct = sum(direct.map(|drug| if drug.per_minute { POSITIVE } else { drug.values() }).collect());
        let masses = masses.zip(weight).map(|(sum, weight)| sum.over(&weight));
        match (direct, masses) {
            (Some(a), Some(b)) => a.plus(&b),
            (a, b) => a.or(b).unwrap_or(POSITIVE),
        }
    }

    fn each(&self, infusion: Infusion, drug: &Rated) -> Set {
        let row = match infusion {
            Infusion::Norepinephrine | Infusion::Epinephrine => &self.rows.norepinephrine,
            Infusion::Dopamine => &self.rows.dopamine,
            Infusion::Dobutamine => &self.rows.dobutamine,
            _ => return NIL,
        };
        paper::points(row, &self.dose(&[drug]))
    }

    /// Of a set of drugs that count.
    fn these(&self, counting: &[(Infusion, Rated)]) -> Set {
        let summed = |drug: Infusion| matches!(drug, Infusion::Norepinephrine | Infusion::Epinephrine);
        let sum: Vec<_> = counting.iter().filter(|(drug, _)| summed(*drug)).map(|(_, drug)| drug).collect();
        let others: Vec<_> = counting.iter().filter(|(drug, _)| !summed(*drug)).collect();
        if !sum.is_empty() {
            let set = paper::points(&self.rows.norepinephrine, &self.dose(&sum));
            return if others.is_empty() { set } else { (set << 1 | set & 0b1_0000) & ALL };
        }
        match others[..] {
            [] => NIL,
            [(Infusion::Dopamine, dopamine)] => paper::points(&self.rows.dopamine, &self.dose(&[dopamine])),
            _ => 0b100,
        }
    }

    /// Of drugs that count or may, every possible set.
    fn together(&self, drugs: &[Counting]) -> Set {
        let mut possible = 0;
        for chosen in 0..1_u32 << drugs.len() {
            let counts = |at: usize| chosen >> at & 1 == 1;
            if drugs.iter().enumerate().any(|(at, (_, _, met))| *met == Met::Yes && !counts(at)) {
                continue;
            }
            let counting: Vec<_> = (0..drugs.len()).filter(|&at| counts(at)).map(|at| (drugs[at].0, drugs[at].1)).collect();
            possible |= self.these(&counting);
        }
        possible
    }

    // ---- time

    /// The clock's own minute is over.
    fn minute(&mut self) {
        self.settle();
        self.clock += 1;
        let now = self.clock;
        let ends = [self.fio2.map(|held| held.until), self.weight.map(|held| held.until), self.support.map(|held| held.until)];
        let ends = ends.into_iter().flatten().chain(self.drugs.values().map(|drug| drug.until));
        self.quiet &= ends.into_iter().all(|until| until != now);
        self.fio2 = self.fio2.filter(|held| now < held.until);
        self.weight = self.weight.filter(|held| now < held.until);
        if let Some(held) = self.support.as_mut().filter(|held| now >= held.until) {
            held.what = None;
        }
        for drug in self.drugs.values_mut().filter(|drug| now >= drug.until) {
            drug.rated.rate = None;
        }
    }

    fn run_to(&mut self, minute: u32) {
        while self.clock < minute {
            self.minute();
        }
    }

    /// Scores the clock's minute; one that is as the one before adds nothing to the day.
    fn settle(&mut self) {
        let minute = self.clock;
        let counting = self.counting();
        let same = self.quiet && self.waiting.is_empty() && self.counted == counting;
        if same {
            return;
        }
        self.quiet = self.waiting.is_empty();
        self.counted = counting;
        let waiting = std::mem::take(&mut self.waiting);
        let mut log = std::mem::take(&mut self.log);
        self.gases(&waiting, &mut log);
        let pressor = self.circulation(&mut log);
        if self.second {
            let ecmo = |which: &[Support]| match self.support {
                None => Met::No,
                Some(Until { what: None, .. }) => Met::Unknown,
                Some(Until { what: Some(support), .. }) => Met::from(which.contains(&support)),
            };
            log.device(Item::Ecmo, minute, ecmo(&[Support::EcmoVv, Support::EcmoVa]), 1 << 4);
            let mechanical = self.state(Flag::MechanicalCirculatorySupport).or(ecmo(&[Support::EcmoVa]));
            if mechanical != Met::No {
                log.score(Part::Drugs, Item::MechanicalSupport, minute, points_if(mechanical, 1 << 4));
                log.unseen.insert(points_if(mechanical, 1 << 4));
            }
            for event in &waiting {
                if let Event::Map(x) = event {
                    let set = self.pressure(*x, self.state(Flag::VasoactivesUnavailable));
                    log.score(Part::Map, Item::Map, minute, set);
                }
            }
            self.brain(&waiting, &mut log);
            log.device(Item::DeliriumDrug, minute, self.state(Flag::DeliriumDrug), 1 << 1);
            log.device(Item::Rrt, minute, self.state(Flag::Rrt), 1 << 4);
        }
        log.infected |= self.flag(Flag::Infection) == Met::Yes;
        let filled = !self.flag(Flag::Hypovolemia);
        for event in &waiting {
            if let Event::Lactate(x) = event {
                log.lactates.insert([passes(&known(*x).unwrap(), "> 2"), filled, pressor]);
            }
        }
        if filled != Met::No {
            log.filled = Some(log.filled.unwrap_or(Met::No).or(pressor));
        }
        self.log = log;
    }

    fn gases(&self, waiting: &[Event], log: &mut Log) {
        let (fio2, supported) = (self.fio2.map(|held| held.what), self.supported());
        let with_fio2 = fio2.is_some();
        // Several of one kind in one minute share its FiO2 and support: the lowest ends.
        let lowest = |ends: &dyn Fn(&Event) -> Option<Ends>| {
            waiting.iter().filter_map(ends).reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1])])
        };
        let mm = lowest(&|event| if let Event::PaO2(x) = event { Some(x.ends()) } else { None });
        let kpa = lowest(&|event| if let Event::PaO2KPa(x) = event { Some(x.ends()) } else { None });
        let spo2 = lowest(&|event| if let Event::SpO2(x) = event { Some(x.ends()) } else { None });
        let mm = mm.map(|ends| (&self.rows.pf, Span::of::<PaO2>(ends)));
        let kpa = kpa.map(|ends| (&self.rows.pf_kpa, Span::of::<PaO2KPa>(ends)));
        for (row, values) in mm.iter().chain(&kpa) {
            log.score(Part::Ratio { with_fio2 }, Item::PaO2, self.clock, self.ratio(row, values, fio2, supported));
        }
        if let (Some(lowest), None, None) = (spo2, mm, kpa) {
            self.saturation(&Span::of::<SpO2>(lowest), self.clock, fio2, supported, log);
        }
    }

    fn saturation(&self, values: &Span, minute: u32, fio2: Option<Span>, supported: Met, log: &mut Log) {
        let below = values.cut(&side("< 98", true));
        if below.is_empty() {
            return;
        }
        let set = self.ratio(&self.rows.sf, &below, fio2, supported);
        if values.meets(&side("< 98", false)) {
            log.maybe(Item::SpO2, minute, set);
        } else {
            log.score(Part::Ratio { with_fio2: fio2.is_some() }, Item::SpO2, minute, set);
        }
    }

    /// Infusions that count in the clock's minute, or may.
    fn counting(&mut self) -> Vec<Counting> {
        let minute = self.clock;
        let mut counting = Vec::new();
        for (&infusion, drug) in &mut self.drugs {
            let [lo, hi] = drug.rated.ends();
            let surely = drug.surely.minute(minute, lo > 0);
            if drug.maybe.minute(minute, hi > 0) {
                counting.push((infusion, drug.rated, met_of(surely, true)));
            }
        }
        counting
    }

    /// What they score; whether a vasopressor counts.
    fn circulation(&mut self, log: &mut Log) -> Met {
        let (minute, counting) = (self.clock, self.counted.clone());
        let pressor = counting.iter().fold(Met::No, |any, &(infusion, _, met)| {
            use Infusion::*;
            any.or(match infusion {
                Norepinephrine | Epinephrine | Dopamine | Vasopressin | Phenylephrine => met,
                OtherVasoactive => met.and(Met::Unknown),
                Dobutamine | Milrinone => Met::No,
            })
        });
        if !counting.is_empty() {
            let (scored, unseen) = self.circulate(&counting);
            for (infusion, set) in scored {
                log.score(Part::Drugs, Item::Infusion(infusion), minute, set);
            }
            log.unseen.extend(unseen);
        }
        pressor
    }

    /// What infusions that count, or may, score; and with those that were never charted.
    fn circulate(&self, counting: &[Counting]) -> Circulated {
        if !self.second {
            let each = counting.iter().map(|&(infusion, drug, met)| {
                let set = self.each(infusion, &drug);
                (infusion, if met == Met::Unknown { set | NIL } else { set })
            });
            return (each.filter(|(_, set)| *set != NIL).collect(), None);
        }
        let set = self.together(counting);
        let scored = vec![(counting[0].0, set)];
        if counting.iter().all(|(infusion, ..)| *infusion != Infusion::Dopamine) {
            return (scored, Some(set));
        }
        let uncharted = Infusion::ALL.iter().filter(|infusion| !self.drugs.contains_key(infusion));
        let uncharted = uncharted.map(|&infusion| (infusion, Rated { rate: None, per_minute: false }, Met::Unknown));
        let all: Vec<_> = counting.iter().copied().chain(uncharted).collect();
        (scored, Some(self.together(&all)))
    }

    fn pressure(&self, x: Reading<Map>, unavailable: Met) -> Set {
        let values = known(x).unwrap();
        let [plain, steps] = [&self.rows.map, &self.rows.map_unavailable].map(|row| paper::points(row, &values));
        match unavailable {
            Met::No => plain,
            Met::Yes => steps,
            Met::Unknown => plain | steps,
        }
    }

    fn brain(&mut self, waiting: &[Event], log: &mut Log) {
        let minute = self.clock;
        let (mut gcs, mut motor, mut unassessable) = (Vec::new(), Vec::new(), false);
        for event in waiting {
            match event {
                Event::Gcs(x) => match known(*x) {
                    Some(values) => gcs.push(paper::points(&self.rows.gcs, &values)),
                    None => unassessable = true,
                },
                Event::GcsMotor(x) => motor.push(paper::points(&self.rows.gcs_motor, &known(*x).unwrap())),
                _ => {}
            }
        }
        let charted = worst(gcs).map(|set| (Item::Gcs, set)).or(worst(motor).map(|set| (Item::GcsMotor, set)));
        let sedated = self.state(Flag::Sedated);
        log.no_gcs |= unassessable && sedated != Met::Yes;
        let last = self.last_gcs.map(|(_, set)| set);
        match sedated {
            Met::No => {
                if let Some((item, set)) = charted {
                    log.score(Part::Gcs, item, minute, set);
                    self.assessed(minute, set);
                }
            }
            Met::Yes => {
                if let Some(last) = last {
                    log.score(Part::Gcs, Item::Gcs, minute, last);
                }
            }
            // One of the two is so: as charted, or the last.
            Met::Unknown => {
                if let Some(last) = last {
                    log.maybe(Item::Gcs, minute, last);
                }
                if let Some((item, set)) = charted {
                    let either = set | last.unwrap_or(0);
                    if last.is_some() {
                        log.score(Part::Gcs, item, minute, either)
                    } else {
                        log.maybe(item, minute, set)
                    }
                    self.last_gcs = Some((minute, either));
                }
            }
        }
    }

    /// The last is the latest minute; several of one minute are joined.
    fn assessed(&mut self, minute: u32, set: Set) {
        self.last_gcs = match self.last_gcs {
            Some((at, before)) if at == minute => Some((at, join(before, set))),
            Some((at, before)) if at > minute => Some((at, before)),
            _ => Some((minute, set)),
        };
    }

    // ---- calls

    pub fn push(&mut self, minute: u32, event: &Event) -> Result<(), Error> {
        self.check(minute, event.kind())?;
        let late = minute < self.clock;
        self.run_to(minute);
        self.quiet = false;
        let rows = self.rows;
        let until = |limit: u32| minute.saturating_add(limit.max(1));
        let mut plain = |part: Part, item: Item, row: &Row, values: Option<Span>| {
            if let Some(values) = values {
                self.log.score(part, item, minute, paper::points(row, &values));
            }
        };
        match *event {
            Event::Platelets(x) => plain(Part::Platelets, Item::Platelets, &rows.platelets, known(x)),
            Event::Bilirubin(x) => plain(Part::Bilirubin, Item::Bilirubin, &rows.bilirubin, known(x)),
            Event::BilirubinSi(x) => plain(Part::Bilirubin, Item::Bilirubin, &rows.bilirubin_si, known(x)),
            Event::Creatinine(x) => plain(Part::Creatinine, Item::Creatinine, &rows.creatinine, known(x)),
            Event::CreatinineSi(x) => plain(Part::Creatinine, Item::Creatinine, &rows.creatinine_si, known(x)),
            Event::Map(x) if !self.second => plain(Part::Map, Item::Map, &rows.map, known(x)),
            Event::Gcs(x) if !self.second && !x.is_unknown() => plain(Part::Gcs, Item::Gcs, &rows.gcs, known(x)),
            Event::Gcs(_) if !self.second => self.log.no_gcs = true,
            Event::Urine(x) => {
                if !x.is_unknown() {
                    self.log.urine.push(x.ends());
                    self.urine.push((minute / 60, minute, x.ends()));
                }
            }
            Event::Potassium(x) if self.second => known(x).iter().for_each(|x| self.log.criterion(0, passes(x, ">= 6"))),
            Event::Ph(x) if self.second => known(x).iter().for_each(|x| self.log.criterion(1, passes(x, "<= 7.2"))),
            Event::Bicarbonate(x) if self.second => known(x).iter().for_each(|x| self.log.criterion(2, passes(x, "<= 12"))),
            Event::FiO2(x) => {
                if let Some(what) = known(x) {
                    self.fio2 = Some(Until { what, until: until(self.limits.fio2) });
                }
            }
            Event::Weight(x) => {
                if let Some(what) = known(x) {
                    self.weight = Some(Until { what, until: until(self.limits.weight) });
                }
            }
            Event::Support(x) => self.support = Some(Until { what: Some(x), until: until(self.limits.support) }),
            Event::Infusion(drug, rate) => {
                let unknown = match rate {
                    Rate::ByWeight(x) => x.is_unknown(),
                    Rate::PerMinute(x) => x.is_unknown(),
                    Rate::Any(x) => x.is_unknown(),
                };
                if !unknown {
                    let before = self.drugs.get(&drug);
                    let [surely, maybe] = before.map_or([Run(None); 2], |drug| [drug.surely, drug.maybe]);
                    let per_minute = matches!(rate, Rate::PerMinute(_));
                    let rated = Rated { rate: Some(rate), per_minute };
                    self.drugs.insert(drug, Drug { rated, until: until(self.limits.infusion), surely, maybe });
                }
            }
            Event::Flag(flag, on) => {
                self.flags.insert(flag, Some(on));
                self.tell(flag, Met::from(on));
            }
            Event::Death => self.end = Some(End::Death),
            Event::Discharge => self.end = Some(End::Discharge),
            // The rest needs what holds in its minute.
            Event::PaO2(x) if x.is_unknown() => {}
            Event::PaO2KPa(x) if x.is_unknown() => {}
            Event::SpO2(x) if x.is_unknown() => {}
            Event::Map(x) if x.is_unknown() => {}
            Event::GcsMotor(x) if x.is_unknown() => {}
            Event::Lactate(x) if x.is_unknown() => {}
            Event::SpO2(_) | Event::GcsMotor(_) if !self.second => {}
            Event::PaO2(_)
            | Event::PaO2KPa(_)
            | Event::SpO2(_)
            | Event::Map(_)
            | Event::Gcs(_)
            | Event::GcsMotor(_)
            | Event::Lactate(_) => {
                if late {
                    self.late(minute, event);
                } else {
                    self.waiting.push(*event);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn late(&mut self, minute: u32, event: &Event) {
        let mut log = std::mem::take(&mut self.log);
        let (rows, sedated) = (self.rows, self.since(Flag::Sedated, minute, Met::No));
        let mut assess = |item: Item, set: Set, log: &mut Log| match sedated {
            Met::Yes => {}
            Met::Unknown => log.maybe(item, minute, set),
            Met::No => {
                log.score(Part::Gcs, item, minute, set);
                self.assessed(minute, set);
            }
        };
        match *event {
            Event::Gcs(x) => match known(x) {
                Some(values) => assess(Item::Gcs, paper::points(&rows.gcs, &values), &mut log),
                None => log.no_gcs |= sedated != Met::Yes,
            },
            Event::GcsMotor(x) => assess(Item::GcsMotor, paper::points(&rows.gcs_motor, &known(x).unwrap()), &mut log),
            Event::Map(x) => {
                let set = self.pressure(x, self.since(Flag::VasoactivesUnavailable, minute, Met::No));
                log.score(Part::Map, Item::Map, minute, set);
            }
            Event::PaO2(x) => {
                let set = self.ratio(&self.rows.pf, &known(x).unwrap(), None, Met::Unknown);
                log.score(Part::Ratio { with_fio2: false }, Item::PaO2, minute, set);
            }
            Event::PaO2KPa(x) => {
                let set = self.ratio(&self.rows.pf_kpa, &known(x).unwrap(), None, Met::Unknown);
                log.score(Part::Ratio { with_fio2: false }, Item::PaO2, minute, set);
            }
            Event::SpO2(x) => self.saturation(&known(x).unwrap(), minute, None, Met::Unknown, &mut log),
            Event::Lactate(x) => {
                // Known to meet hypovolaemia only if that began by its minute and still holds.
                let dry = self.since(Flag::Hypovolemia, minute, Met::Unknown) == Met::Yes;
                log.lactates.insert([passes(&known(x).unwrap(), "> 2"), met_of(false, !dry), Met::Unknown]);
            }
            _ => unreachable!(),
        }
        self.log = log;
    }

    pub fn resume(&mut self, now: u32) -> Result<(), Error> {
        let today = now.min(self.day_end() - 1);
        self.check(today, Kind::Holds)?;
        if now > LAST_MINUTE {
            return Err(Error::MinuteOutOfRange);
        }
        // The last minute that was told of is still known.
        self.run_to(today.min(self.clock + 1));
        self.quiet = false;
        (self.fio2, self.weight) = (None, None);
        if let Some(held) = &mut self.support {
            held.what = None;
        }
        for drug in self.drugs.values_mut() {
            drug.rated.rate = None;
        }
        for on in self.flags.values_mut() {
            *on = None;
        }
        for &flag in Flag::ALL {
            self.tell(flag, Met::Unknown);
            // Not true before its first line, an outage or not.
            if !self.flags.contains_key(&flag) && flag != Flag::Hypovolemia {
                self.tell(flag, Met::No);
            }
        }
        self.run_to(today);
        Ok(())
    }

    pub fn close_day(&mut self) -> Result<Look, Error> {
        if self.closed {
            return Err(Error::AfterEnd);
        }
        if self.end.is_some() {
            self.closed = true;
            return Ok(self.look(true));
        }
        self.run_to(self.day_end() - 1);
        let day = self.look(true);
        self.run_to(self.day_end());
        (self.dawn, self.day) = (self.clock, self.day + 1);
        (self.log, self.quiet) = (Log::default(), false);
        // A span begins in this day or in the one before.
        let yesterday = self.dawn - DAY;
        self.urine.retain(|(_, minute, _)| *minute >= yesterday);
        Ok(day)
    }

    // ---- urine

    fn hours(&self) -> BTreeMap<u32, (u32, Ends)> {
        let mut hours = BTreeMap::<u32, (u32, Ends)>::new();
        for &(hour, minute, more) in &self.urine {
            hours
                .entry(hour)
                .and_modify(|(last, sum)| (*last, *sum) = ((*last).max(minute), add(*sum, more)))
                .or_insert((minute, more));
        }
        for (_, volume) in hours.values_mut() {
            // Of an hour charted as a range that begins above 0 only the lower end is kept, and above two litres as much.
            const MOST: i32 = 0x3f_fffe;
            let [lo, hi] = *volume;
            if lo > MOST {
                *volume = [MOST, CAP];
            } else if hi - lo >= 14 && (lo > 0 || hi > MOST) {
                *volume = [lo, CAP];
            }
        }
        hours
    }

    /// Of each hour of today with urine the shortest span of at least so many minutes that ends there: its urine, its minutes.
    fn spans(&self, least: u32) -> Vec<(Ends, u32)> {
        let hours = self.hours();
        let mut spans = Vec::new();
        for (&hour, &(end, _)) in hours.iter().filter(|(_, (end, _))| *end >= self.dawn) {
            let start = hours.iter().filter(|(_, (start, _))| *start + least <= end).max_by_key(|(_, (start, _))| *start);
            let Some((&first, &(start, _))) = start else { continue };
            let urine = hours.range(first + 1..=hour).map(|(_, (_, volume))| *volume).reduce(add).unwrap();
            spans.push((urine, end - start));
        }
        spans
    }

    fn slow(&self, least: u32, words: &str) -> Option<Met> {
        let slow = |(urine, minutes): (Ends, u32)| match self.weight {
            _ if urine[1] == 0 => Met::Yes,
            None => Met::Unknown,
            Some(held) => passes(&Span::of::<Urine>(urine).over(&held.what).times(60, i128::from(minutes)), words),
        };
        self.spans(least).into_iter().map(slow).reduce(Met::or)
    }

    fn by_weight(&self, closed: bool) -> (Option<Set>, Option<Met>) {
        let mut sets: Vec<Set> = Vec::new();
        for (hours, words, points) in [(6, "< 0.5", 1), (12, "< 0.5", 2), (24, "< 0.3", 3)] {
            for (urine, minutes) in self.spans(60 * hours) {
                let met = match self.weight {
                    _ if urine[1] == 0 => Met::Yes,
                    None => Met::Unknown,
                    Some(held) => passes(&Span::of::<Urine>(urine).over(&held.what).times(60, i128::from(minutes)), words),
                };
                sets.push(points_if(met, 1 << points));
            }
        }
        for (urine, _) in self.spans(60 * 12) {
            sets.push(points_if(met_of(urine[1] == 0, urine[0] == 0), 1 << 3));
        }
        let set = worst(sets);
        let low = self.slow(361, "< 0.3").or(set.map(|_| Met::No));
        // While the day is not over more urine may come.
        if closed { (set, low) } else { (set.map(up_to_highest), low.map(|low| low.and(Met::Unknown))) }
    }

    // ---- a day

    pub fn look(&self, closed: bool) -> Look {
        let mut now = self.clone();
        now.quiet = false;
        now.settle();
        let clock = now.clock;
        let volume = now
            .log
            .urine
            .iter()
            .map(|ends| ends.map(i64::from))
            .reduce(|a, b| [a[0] + b[0] - (a[0] & b[0] & 1), a[1] + b[1] + (a[1] & b[1] & 1)]);
        let (urine, low_urine) = if now.second {
            now.by_weight(closed)
        } else {
            let set = volume.map(|[lo, hi]| {
                let top = i64::from(CAP);
                let ends = [lo.min(top), if closed { hi.min(top) } else { top }].map(|end| end as i32);
                paper::points(&now.rows.urine, &Span::of::<Urine>(ends))
            });
            (set, None)
        };
        if let Some(set) = urine {
            now.log.witness(Item::Urine, clock, set);
        }
        let mut look = Look {
            second: now.second,
            rows: now.rows,
            urine,
            low_urine,
            volume,
            infection: if now.log.infected { Met::Yes } else { now.flag(Flag::Infection) },
            emergency: now.flag(Flag::EmergencyAdmission),
            unavailable: now.state(Flag::VasoactivesUnavailable),
            charted_drugs: now.drugs.keys().copied().collect(),
            charted_flags: now.flags.keys().copied().collect(),
            charted_support: now.support.is_some(),
            log: now.log,
        };
        let parts = look.scored(Missing::Open);
        if look.second && look.criteria(&parts, Met::Unknown) == Met::Yes {
            look.log.witness(Item::RrtCriteria, clock, 1 << 4);
        }
        look
    }
}

/// A sum, exact at ends that are not reached.
fn add(a: Ends, b: Ends) -> Ends {
    let sum = |x: i32, y: i32| CAP.min(x.saturating_add(y));
    [sum(a[0], b[0]) - (a[0] & b[0] & 1), sum(a[1], b[1]) + (a[1] & b[1] & 1)]
}

impl Look {
    fn part(&self, wanted: impl Fn(Part) -> bool) -> Option<Set> {
        worst(self.log.scored.iter().filter(|(part, _)| wanted(*part)).map(|(_, set)| *set))
    }

    /// What was scored of each part.
    fn scored(&self, missing: Missing) -> Parts {
        Parts {
            // Without its FiO2 it says nothing that is normal.
            ratio: self.part(|part| match part {
                Part::Ratio { with_fio2 } => with_fio2 || missing != Missing::Normal,
                _ => false,
            }),
            platelets: self.part(|part| part == Part::Platelets),
            bilirubin: self.part(|part| part == Part::Bilirubin),
            map: self.part(|part| part == Part::Map),
            gcs: self.part(|part| part == Part::Gcs).or(self.log.no_gcs.then_some(ALL)),
            creatinine: self.part(|part| part == Part::Creatinine),
            urine: self.urine,
            low_urine: self.low_urine,
        }
    }

    fn criteria(&self, taken: &Parts, missing: Met) -> Met {
        let creatinine = taken.creatinine.map_or(missing, |set| met_of(set & NIL == 0, set > NIL));
        let failing = creatinine.or(taken.low_urine.unwrap_or(missing));
        let [potassium, ph, bicarbonate] = [0, 1, 2].map(|number| self.log.criteria.get(&number).copied().unwrap_or(missing));
        failing.and(potassium.or(ph.and(bicarbonate)))
    }

    /// The points of each organ, and what is handed on.
    pub fn organs(&self, how: How, before: &Parts) -> ([Set; 6], Parts) {
        let scored = self.scored(how.missing);
        let take = |scored: Option<Set>, before: Option<Set>| match how.missing {
            Missing::Open => scored,
            Missing::Normal => scored.or(Some(NIL)),
            Missing::Carry => scored.or(before).or(Some(NIL)),
        };
        let taken = Parts {
            ratio: take(scored.ratio, before.ratio),
            platelets: take(scored.platelets, before.platelets),
            bilirubin: take(scored.bilirubin, before.bilirubin),
            map: take(scored.map, before.map),
            gcs: take(scored.gcs, before.gcs),
            creatinine: take(scored.creatinine, before.creatinine),
            urine: take(scored.urine, before.urine),
            low_urine: match how.missing {
                Missing::Open => scored.low_urine,
                Missing::Normal => scored.low_urine.or(Some(Met::No)),
                Missing::Carry => scored.low_urine.or(before.low_urine).or(Some(Met::No)),
            },
        };
        let unknown = how.infusions == Infusions::Unknown;
        let never = |flag: Flag| unknown && !self.charted_flags.contains(&flag);
        let uncharted: Vec<_> = Infusion::ALL.iter().filter(|drug| unknown && !self.charted_drugs.contains(drug)).collect();
        let open_renal = if self.second { 0b1111 } else { ALL };
        let drugs = self.part(|part| part == Part::Drugs).unwrap_or(NIL);
        let mut organs = [
            taken.ratio.unwrap_or(ALL),
            taken.platelets.unwrap_or(ALL),
            taken.bilirubin.unwrap_or(ALL),
            join(drugs, taken.map.unwrap_or(0b11)),
            taken.gcs.unwrap_or(ALL),
            join(taken.creatinine.unwrap_or(open_renal), taken.urine.unwrap_or(open_renal)),
        ];
        if !self.second {
            for drug in uncharted {
                let row = match drug {
                    Infusion::Norepinephrine | Infusion::Epinephrine => &self.rows.norepinephrine,
                    Infusion::Dopamine => &self.rows.dopamine,
                    Infusion::Dobutamine => &self.rows.dobutamine,
                    _ => continue,
                };
                organs[3] = join(organs[3], NIL | paper::points(row, &POSITIVE));
            }
            return (organs, taken);
        }
        let at = |organ: Organ| organ as usize;
        if never(Flag::Sedated) {
            organs[at(Organ::Brain)] = ALL;
        }
        for &(organ, set) in &self.log.beside {
            let organ = &mut organs[usize::from(organ)];
            *organ = join(*organ, set);
        }
        let mut may = |organ: Organ, set: Set| organs[at(organ)] = join(organs[at(organ)], set);
        if self.unavailable != Met::No && taken.map.is_none() {
            may(Organ::Cardiovascular, ALL);
        }
        if unknown && !self.charted_support || never(Flag::VentilationUnavailable) {
            may(Organ::Respiration, ALL);
        }
        if !uncharted.is_empty() || never(Flag::MechanicalCirculatorySupport) || never(Flag::VasoactivesUnavailable) {
            may(Organ::Cardiovascular, ALL);
        }
        if never(Flag::DeliriumDrug) {
            may(Organ::Brain, 0b11);
        }
        if never(Flag::Rrt) {
            may(Organ::Renal, 0b1_0001);
        }
        if !uncharted.is_empty() {
            // Dopamine may count as low as drugs that were never charted would make it.
            let unseen = worst(self.log.unseen.iter().copied()).unwrap_or(NIL);
            organs[at(Organ::Cardiovascular)] |= join(join(taken.map.unwrap_or(NIL), unseen), ALL);
        }
        let renal = &mut organs[at(Organ::Renal)];
        match self.criteria(&taken, if how.missing == Missing::Open { Met::Unknown } else { Met::No }) {
            Met::No => {}
            Met::Unknown => *renal |= 1 << 4,
            Met::Yes => *renal = join(*renal, 1 << 4),
        }
        (organs, taken)
    }

    pub fn shock(&self, infusions: Infusions) -> Met {
        use Infusion::*;
        let pressors = [Norepinephrine, Epinephrine, Dopamine, Vasopressin, Phenylephrine, OtherVasoactive];
        let unseen = infusions == Infusions::Unknown && pressors.iter().any(|drug| !self.charted_drugs.contains(drug));
        let pressor = |charted: Met| charted.or(met_of(false, unseen));
        if self.log.lactates.is_empty() {
            // It may have been high in any minute.
            return self.log.filled.map_or(Met::No, |charted| pressor(charted).and(Met::Unknown));
        }
        self.log.lactates.iter().fold(Met::No, |any, &[high, filled, charted]| any.or(high.and(filled).and(pressor(charted))))
    }

    /// The items that may have decided an organ, and their minute.
    pub fn witnesses(&self, organ: Organ) -> Option<(Vec<Item>, u32)> {
        let key = |(set, minute): (Set, u32)| (set.trailing_zeros(), set.ilog2(), std::cmp::Reverse(minute));
        let of_organ = self.log.witnesses.iter().filter(|((item, _), _)| item.organ() == organ);
        let of_organ = of_organ.map(|(&(item, set), &minute)| (item, key((set, minute))));
        let best = of_organ.clone().map(|(_, key)| key).max()?;
        Some((of_organ.filter(|(_, key)| *key == best).map(|(item, _)| item).collect(), best.2.0))
    }
}

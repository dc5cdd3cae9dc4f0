//! The window's state, walked field by field, and whether charting can lead to it.

use super::*;
use crate::event::{Support, running};
use crate::quantity::Quantity;
use crate::snapshot::Pass;

/// 0 is none.
fn walk_maybe(value: &mut Option<Met>, pass: &mut impl Pass) {
    let code = pass.code(value.map_or(0, |value| value as u8 + 1), 3);
    *value = code.checked_sub(1).map(Met::numbered);
}

impl Lanes {
    fn walk(&mut self, pass: &mut impl Pass) {
        pass.word(&mut self.0);
    }

    /// Nothing beside these bits.
    const fn within(self, bits: u32) -> bool {
        self.0 & !bits == 0
    }
}

impl Points {
    /// None, or a set of 0 to 4.
    const fn is_set(self) -> bool {
        self.0 <= Points::ALL.0
    }
}

const fn lane_of(organ: Organ) -> u32 {
    (Points::ALL.0 as u32) << organ.lane()
}

/// A reading of at most so many half-ticks; `<x` reaches down to 0.
const fn is_reading([lo, hi]: [i32; 2], most: i32) -> bool {
    is_any(&[lo, hi]) && lo == ANY[0] || 0 <= lo && lo <= hi && hi <= most
}

/// The most half-ticks of a quantity.
const fn most<Q: Quantity>() -> i32 {
    2 * (Q::RANGE[1] * Q::TICKS).cast_signed()
}

impl HourlyUrine {
    /// As it would be written again.
    fn is_possible(self) -> bool {
        self == HourlyUrine::NONE || self.minute() < 60 && HourlyUrine::of(self.read(), self.minute()) == self
    }
}

impl Rank {
    /// Of this organ, in a minute of the day up to the clock's.
    fn is_possible(self, organ: usize, minute_of_day: u32) -> bool {
        let number = self.0 & 0x7f;
        let before_the_end = self.0 >> Rank::MINUTE & 0xfff;
        let (lowest, up_to_highest) = (self.0 >> (Rank::POINTS + 5), self.0 >> Rank::POINTS & 0x1f);
        let item = Item::numbered(number);
        let summed_up = matches!(item, Item::Circulation | Item::Urine | Item::RrtCriteria);
        let in_time = before_the_end <= DAY && before_the_end + minute_of_day >= DAY;
        let points = lowest.is_power_of_two() && lowest & up_to_highest != 0 && (up_to_highest + 1).is_power_of_two();
        self == Rank::NONE || item.number() == number && item.organ() as usize == organ && !summed_up && in_time && points
    }
}

impl Hold {
    fn walk(&mut self, pass: &mut impl Pass) {
        pass.ends(&mut self.ends);
        pass.word(&mut self.until);
        for run in &mut self.runs {
            pass.byte(&mut run.lasted);
            pass.byte(&mut run.stopped);
        }
    }

    fn is_possible(&self, place: usize, held: &Held, rules: &SofaRules, clock: u32) -> bool {
        if !held.was_charted(place) {
            // Runs are counted of whatever holds, also where nobody asks.
            let never = Hold { ends: if place < INFUSIONS { ANY } else { [0; 2] }, runs: self.runs, ..Hold::OFF };
            return *self == never && self.ran(rules) && (place < INFUSIONS || self.runs == Hold::OFF.runs);
        }
        let until = if is_any(&self.ends) { self.until == u32::MAX } else { self.until > clock };
        let most = match place {
            FIO2 => most::<FiO2>(),
            WEIGHT => most::<Weight>(),
            SUPPORT => Support::ALL.len() as i32 - 1,
            _ if held.per_minute >> place & 1 == 1 => most::<MassRate>(),
            _ => most::<DoseRate>(),
        };
        // A rate of which only that it runs is known.
        let on_or_off = held.per_minute >> place & 1 == 0 && [running([0, 1]), running([1, 1])].contains(&self.ends);
        let ends = is_reading(self.ends, most) || place >= INFUSIONS && on_or_off;
        let sharp = place != SUPPORT || self.ends[0] == self.ends[1] || is_any(&self.ends);
        until && ends && sharp && self.ran(rules)
    }

    /// A run that certainly goes on possibly does, too.
    fn ran(&self, rules: &SofaRules) -> bool {
        let [must, may] = self.runs;
        let each = self.runs.iter().all(|run| {
            let within = run.lasted <= rules.rows().run && run.stopped <= rules.rows().stop;
            within && (run.lasted > 0 || *run == Run::NONE)
        });
        let both = must.lasted <= may.lasted && (must.lasted == 0 || must.stopped >= may.stopped);
        each && both
    }
}

impl Held {
    fn walk(&mut self, pass: &mut impl Pass) {
        for hold in &mut self.holds {
            hold.walk(pass);
        }
        for bits in [&mut self.charted, &mut self.per_minute, &mut self.flags, &mut self.flags_known, &mut self.flags_charted] {
            pass.half(bits);
        }
        for since in [&mut self.dry_since, &mut self.sedated_since, &mut self.unavailable_since] {
            pass.word(since);
        }
        pass.word(&mut self.last_gcs.minute);
        pass.byte(&mut self.last_gcs.points.0);
        for gas in &mut self.gases {
            pass.ends(gas);
        }
        walk_maybe(&mut self.lactate, pass);
        self.pending.walk(pass);
    }

    fn is_possible(&self, rules: &SofaRules, clock: u32) -> bool {
        let holds = self.holds.iter().enumerate().all(|(place, hold)| hold.is_possible(place, self, rules, clock));
        let places = self.charted >> self.holds.len() == 0
            && self.per_minute & !self.charted == 0
            && self.per_minute & ((1 << INFUSIONS) - 1) == 0;
        let flags = self.flags_charted >> Flag::ALL.len() == 0
            && self.flags_known & !self.flags_charted == 0
            && self.flags & !self.flags_known == 0;
        let since = [self.dry_since, self.sedated_since, self.unavailable_since].iter().all(|since| *since <= clock);
        let LastGcs { minute, points } = self.last_gcs;
        let gcs = points.is_set() && minute <= clock && (points != Points(0) || minute == 0);
        let mosts = [most::<PaO2>(), most::<PaO2KPa>(), most::<SpO2>()];
        let gases = self.gases.iter().zip(mosts).all(|(gas, most)| is_reading(*gas, most));
        let pending = self.pending.within(NO_GCS.0 | 0xf_ffff)
            && self.pending.get(PENDING_MAP).is_some() == self.pending.get(PENDING_STEPS).is_some();
        // What 1996 has no use for.
        let second = rules.more().is_some()
            || self.pending == Lanes::EMPTY && self.last_gcs == LastGcs::NONE && self.gases.get(SPO2).is_some_and(is_any);
        holds && places && flags && since && gcs && gases && pending && second
    }
}

impl Today {
    fn walk(&mut self, pass: &mut impl Pass) {
        self.organs.walk(pass);
        self.beside.walk(pass);
        self.devices.walk(pass);
        pass.ends(&mut self.urine.ends);
        for witness in &mut self.witnesses {
            pass.word(&mut witness.0);
        }
        pass.flag(&mut self.infected);
        walk_maybe(&mut self.shock.lactate, pass);
        self.shock.with_pressor = pass.met(self.shock.with_pressor);
        self.shock.filled = pass.met(self.shock.filled);
    }

    fn is_possible(&self, rules: &SofaRules, minute_of_day: u32) -> bool {
        let second = rules.more().is_some();
        let beside = lane_of(Organ::Respiration) | lane_of(Organ::Cardiovascular);
        let lanes = if second {
            // The lane of what low urine is told by is a day's, not the window's.
            self.beside.within(beside | (Points::ALL.0 as u32) << UNSEEN) && self.devices.within(Lanes::ALL.0)
        } else {
            self.beside.within(beside) && self.devices == Lanes::EMPTY
        };
        let witnesses = self.witnesses.iter().enumerate().all(|(organ, witness)| witness.is_possible(organ, minute_of_day));
        lanes && witnesses && is_reading(self.urine.ends, CAP + 1)
    }
}

impl Carried {
    pub(crate) fn walk(&mut self, pass: &mut impl Pass) {
        self.0.walk(pass);
        self.1.walk(pass);
    }

    pub(crate) fn is_possible(&self) -> bool {
        self.1.within(Lanes::ALL.0)
    }
}

impl Window {
    /// What [`walk`](Self::walk) takes.
    pub(crate) const BYTES: usize =
        5 + 4 * 4 + 16 * (INFUSIONS + 8) + 2 * 5 + 4 * 3 + 5 + 8 * 3 + 5 + (12 + 8 + 24 + 4) + 8 * 24 + 4 * 24 + 1;

    pub(crate) const fn rules(&self) -> RuleId {
        self.rules
    }

    pub(crate) fn walk(&mut self, pass: &mut impl Pass) {
        // As a day and a minute of it, which leave no clock that lies elsewhere.
        let (mut day, mut minute) = (self.day as u16, (self.clock - self.dawn) as u16);
        pass.half(&mut day);
        pass.half(&mut minute);
        let last = Window::LAST_MINUTE + DAY;
        self.day = u32::from(day);
        self.dawn = u32::from(day).saturating_sub(1) * DAY;
        self.clock = self.dawn + u32::from(minute);
        if day == 0 || self.dawn > last || u32::from(minute) >= DAY {
            pass.refuse(Error::Impossible);
        }
        let end = match self.end {
            None => 0,
            Some(End::Death) => 1,
            Some(End::Discharge) => 2,
        };
        let end = pass.code(end + if self.closed { 2 } else { 0 }, 4);
        (self.end, self.closed) = match end {
            0 => (None, false),
            1 | 3 => (Some(End::Death), end == 3),
            _ => (Some(End::Discharge), end == 4),
        };
        for limit in [&mut self.limits.fio2, &mut self.limits.support, &mut self.limits.weight, &mut self.limits.infusion] {
            pass.word(limit);
        }
        self.held.walk(pass);
        self.today.walk(pass);
        for hour in &mut self.hours {
            hour.organs.walk(pass);
            pass.word(&mut hour.urine.0);
        }
        for urine in &mut self.urine_before {
            pass.word(&mut urine.0);
        }
        pass.byte(&mut self.urine_points.0);
    }

    /// Every field by itself, and against the clock, the rules and the day.
    pub(crate) fn is_possible(&self, rules: &SofaRules) -> bool {
        let minute = self.clock - self.dawn;
        let now = hour_of(minute);
        let hours = self.hours.iter().enumerate().all(|(at, hour)| {
            let in_time = at != now || !hour.urine.charted() || hour.urine.minute() <= minute_of_hour(minute);
            // Before the first day there is none.
            hour.urine.is_possible() && in_time && (self.day > 1 || at <= now || *hour == Hour::EMPTY)
        });
        let before = self.urine_before.iter().all(|urine| urine.is_possible() && (self.day > 1 || *urine == HourlyUrine::NONE));
        let by_weight = self.urine_points.is_set()
            && self.urine_points == self.urine_points.up_to_highest()
            && (self.urine_points == Points(0) || self.day > 1 && rules.more().is_some());

        hours && before && by_weight && self.held.is_possible(rules, self.clock) && self.today.is_possible(rules, minute)
    }
}

impl Day {
    /// For receipts: of what is not read yet.
    pub(crate) fn blank(rules: RuleId) -> Day {
        Day {
            number: 0,
            closed: false,
            rules,
            uncharted: 0,
            unflagged: 0,
            infection: Met::Unknown,
            emergency: Met::Unknown,
            unavailable: Met::Unknown,
            today: Today::nothing(),
        }
    }

    fn walk_number(&mut self, pass: &mut impl Pass) {
        let mut number = self.number as u16;
        pass.half(&mut number);
        self.number = u32::from(number);
        if number == 0 {
            pass.refuse(Error::Impossible);
        }
    }

    /// What was taken of the items, from which the organs follow, and what is only stated.
    pub(crate) fn walk_score(&mut self, how: &mut How, score: &mut Score, pass: &mut impl Pass) {
        let missing = match how.missing {
            Missing::Open => 0,
            Missing::Normal => 1,
            Missing::Carry => 2,
        };
        let unknown = u8::from(how.infusions == Infusions::Unknown);
        let code = pass.code(u8::from(self.closed) | missing << 1 | unknown << 3 | (self.unavailable as u8) << 4, 0b10_1111);
        self.closed = code & 1 == 1;
        how.missing = match code >> 1 & 3 {
            0 => Missing::Open,
            1 => Missing::Normal,
            _ => Missing::Carry,
        };
        how.infusions = if code >> 3 & 1 == 1 { Infusions::Unknown } else { Infusions::Complete };
        self.unavailable = Met::numbered(code >> 4);
        if code >> 1 & 3 == 3 {
            pass.refuse(Error::Impossible);
        }
        self.walk_number(pass);
        // What fills an empty lane fills it again alike, but drugs are never carried.
        let unseen = (Points::ALL.0 as u32) << UNSEEN;
        let Carried(mut organs, beside) = score.carried;
        let mut beside = Lanes(beside.0 & !unseen | self.today.beside.0 & unseen);
        for lanes in [&mut organs, &mut beside, &mut self.today.devices] {
            lanes.walk(pass);
        }
        (self.today.organs, self.today.beside, score.carried) = (organs, beside, Carried(organs, beside));
        if !beside.within(Lanes::ALL.0) || !self.today.devices.within(Lanes::ALL.0) {
            pass.refuse(Error::Impossible);
        }
        pass.byte(&mut self.uncharted);
        pass.byte(&mut self.unflagged);
        for (organ, witness) in self.today.witnesses.iter_mut().enumerate() {
            witness.walk_short(organ as u32, self.number, pass);
        }
        score.sofa.0.walk(pass);
        score.assumed = pass.code(score.assumed, 0x3f);
        (score.day, score.closed) = (self.number, self.closed);
        if !score.sofa.0.within(Lanes::ALL.0) || score.sofa.0.empty() != 0 {
            pass.refuse(Error::Impossible);
        }
    }

    /// Of Sepsis-3 what comes before the total.
    pub(crate) fn walk_infection(&mut self, infusions: &mut Infusions, pass: &mut impl Pass) {
        self.walk_number(pass);
        self.rules.walk(pass);
        let unknown = if *infusions == Infusions::Unknown { Met::Unknown } else { Met::No };
        let [infection, emergency, unknown] = pass.mets([self.infection, self.emergency, unknown]);
        (self.infection, self.emergency) = (infection, emergency);
        *infusions = if unknown == Met::Unknown { Infusions::Unknown } else { Infusions::Complete };
        if unknown == Met::Yes {
            pass.refuse(Error::Impossible);
        }
    }

    pub(crate) fn walk_shock(&mut self, pass: &mut impl Pass) {
        let Shock { lactate, with_pressor, filled } = &mut self.today.shock;
        let (maybe, pressor, may_be_filled) = (lactate.map_or(0, |high| high as u8 + 1), *with_pressor as u8, *filled as u8);
        let code = pass.code(maybe | pressor << 2 | may_be_filled << 4, 0b10_1011);
        *lactate = (code & 3).checked_sub(1).map(Met::numbered);
        (*with_pressor, *filled) = (Met::numbered(code >> 2 & 3), Met::numbered(code >> 4 & 3));
        if code >> 2 & 3 == 3 {
            pass.refuse(Error::Impossible);
        }
        pass.byte(&mut self.uncharted);
    }
}

impl Rank {
    /// Which of the organ's items, and how many minutes before the end of the day; 0 is none. Its points are asked of no receipt.
    fn walk_short(&mut self, organ: u32, day: u32, pass: &mut impl Pass) {
        let mut short = match *self {
            Rank::NONE => 0,
            Rank(rank) => (rank >> Rank::MINUTE & 0xfff) as u16 | ((rank & 0x7f) >> 3 << 12) as u16,
        };
        pass.half(&mut short);
        let (before_the_end, number) = (u32::from(short) & 0xfff, u32::from(short) >> 12 << 3 | organ);
        if short == 0 {
            *self = Rank::NONE;
        } else if before_the_end == 0 || before_the_end > day.min(2) * DAY || Item::numbered(number).number() != number {
            pass.refuse(Error::Impossible);
        } else {
            *self = Rank(before_the_end << Rank::MINUTE | number);
        }
    }
}

impl Score {
    /// For receipts: of what is not read yet.
    pub(crate) fn blank(rules: RuleId) -> Score {
        Score { day: 0, closed: false, rules, sofa: Sofa(Lanes::EMPTY), assumed: 0, carried: Carried::NONE }
    }

    /// Whether a day that is made of what was taken has these organs.
    pub(crate) fn agrees(&self, day: &Day, rules: &SofaRules, how: How) -> bool {
        let unseen = (Points::ALL.0 as u32) << UNSEEN;
        let Carried(organs, beside) = self.carried;
        let beside = Lanes(beside.0 & !unseen | day.today.beside.0 & unseen);
        let taken = Day { today: Today { organs, beside, ..day.today }, ..*day };
        taken.score(rules, how, Carried::NONE).sofa == self.sofa && self.rules == day.rules && self.day == day.number
    }
}

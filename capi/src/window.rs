//! The window of one patient, its days, their scores.

use crate::event::endo_event;
use crate::numbers::{self, END, INFUSIONS, MISSING, NONE, pick};
use crate::reading::endo_reading;
use crate::sofa::endo_rules;
use crate::state::{Kept, Out, State};
use crate::status::Refused;
use endotype::{Carried, Day, How, Limits, Organ, Score, Window};

pub type endo_window = State<Window, 80>;
pub type endo_day = State<Day, 10>;
pub type endo_score = State<Score, 6>;
pub type endo_carried = State<Carried, 2>;

impl Kept for Window {
    const KIND: u32 = 3;
}

impl Kept for Day {
    const KIND: u32 = 4;
}

impl Kept for Score {
    const KIND: u32 = 5;
}

impl Kept for Carried {
    const KIND: u32 = 6;
}

/// How long an item may hold, in minutes.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct endo_limits {
    pub fio2: u32,
    pub support: u32,
    pub weight: u32,
    pub infusion: u32,
}

/// What a day says by itself.
#[repr(C)]
pub struct endo_day_info {
    pub number: u32,
    pub rules: u32,
    pub urine: endo_reading,
    pub closed: u8,
    pub infection: u8,
    pub emergency: u8,
    pub reserved: u8,
}

/// What decided an organ's points.
#[repr(C)]
pub struct endo_witness {
    pub minute: u32,
    pub item: u8,
    pub drug: u8,
    pub reserved: [u8; 2],
}

/// A score in the open.
#[repr(C)]
pub struct endo_score_info {
    pub total: u32,
    pub organs: [u8; 6],
    /// Bit n: organ n rests on an assumption.
    pub assumed: u8,
    pub reserved: u8,
}

/// Nothing is kept of it.
pub fn carried(before: Option<&endo_carried>) -> Result<Carried, Refused> {
    before.map_or(Ok(Carried::NONE), |before| before.get().copied())
}

functions! {
    fn endo_window_init(window: Out<'_, endo_window>, rules: Option<&endo_rules>, limits: Option<&endo_limits>) {
        given!(window, rules);
        let limits = limits.map_or(Limits::NONE, |limits| Limits {
            fio2: limits.fio2,
            support: limits.support,
            weight: limits.weight,
            infusion: limits.infusion,
        });
        window.write(State::new(Window::new(rules.get()?).with_limits(limits)));
    }

    fn endo_window_clear(window: Option<&mut endo_window>) {
        given!(window);
        window.get_mut()?.clear();
    }

    fn endo_window_push(window: Option<&mut endo_window>, rules: Option<&endo_rules>, minute: u32, event: Option<&endo_event>) {
        given!(window, rules, event);
        let window = window.get_mut()?;
        window.push(rules.get()?, minute, &event.get()?)?;
    }

    fn endo_window_clock(window: Option<&endo_window>, out: Out<'_, u32>) {
        given!(window, out);
        out.write(window.get()?.clock());
    }

    fn endo_window_day_end(window: Option<&endo_window>, out: Out<'_, u32>) {
        given!(window, out);
        out.write(window.get()?.day_end());
    }

    fn endo_window_day(window: Option<&endo_window>, out: Out<'_, u32>) {
        given!(window, out);
        out.write(window.get()?.day());
    }

    fn endo_window_end(window: Option<&endo_window>, out: Out<'_, u8>) {
        given!(window, out);
        let end = window.get()?.end();
        out.write(end.map_or(NONE, |end| END.iter().position(|&one| one == end).map_or(NONE, |at| at as u8)));
    }

    fn endo_window_so_far(window: Option<&endo_window>, rules: Option<&endo_rules>, out: Out<'_, endo_day>) {
        given!(window, rules, out);
        let day = window.get()?.so_far(rules.get()?)?;
        out.write(State::new(day));
    }

    fn endo_window_rolling(window: Option<&endo_window>, rules: Option<&endo_rules>, out: Out<'_, endo_day>) {
        given!(window, rules, out);
        let day = window.get()?.rolling(rules.get()?)?;
        out.write(State::new(day));
    }

    fn endo_window_close_day(window: Option<&mut endo_window>, rules: Option<&endo_rules>, out: Out<'_, endo_day>) {
        given!(window, rules, out);
        let window = window.get_mut()?;
        let day = window.close_day(rules.get()?)?;
        out.write(State::new(day));
    }

    fn endo_window_resume(window: Option<&mut endo_window>, rules: Option<&endo_rules>, now: u32) {
        given!(window, rules);
        let window = window.get_mut()?;
        window.resume(rules.get()?, now)?;
    }

    fn endo_window_merge(window: *mut endo_window, rules: Option<&endo_rules>, other: *const endo_window) {
        given!(rules);
        if window.is_null() || other.is_null() {
            return Err(Refused::NULL);
        }
        // SAFETY: not NULL, and by the header readable; a shared borrow that ends here.
        let other = unsafe { &*other }.get().copied()?;
        // SAFETY: as above, and in use by this call only; `other` is a copy, since the two may be one.
        let window = unsafe { &mut *window }.get_mut()?;
        window.merge(rules.get()?, &other)?;
    }

    fn endo_day_read(day: Option<&endo_day>, out: Out<'_, endo_day_info>) {
        given!(day, out);
        let day = day.get()?;
        out.write(endo_day_info {
            number: day.number(),
            rules: day.rules().number(),
            urine: endo_reading::of(day.urine()),
            closed: u8::from(day.closed()),
            infection: day.infection() as u8,
            emergency: day.emergency() as u8,
            reserved: 0,
        });
    }

    fn endo_day_points(day: Option<&endo_day>, item: u8, drug: u8, out: Out<'_, u8>) {
        given!(day, out);
        let points = day.get()?.points(numbers::item(item, drug)?).ok_or(Refused::NO_SUCH)?;
        out.write(points.bits());
    }

    fn endo_day_witness(day: Option<&endo_day>, organ: u8, out: Out<'_, endo_witness>) {
        given!(day, out);
        let witness = day.get()?.witness(pick(&Organ::ALL, organ)?).ok_or(Refused::NO_SUCH)?;
        let [item, drug] = numbers::number_of(witness.item);
        out.write(endo_witness { minute: witness.minute, item, drug, reserved: [0; 2] });
    }

    fn endo_day_shock(day: Option<&endo_day>, infusions: u8, out: Out<'_, u8>) {
        given!(day, out);
        let met = day.get()?.circulatory_shock(pick(&INFUSIONS, infusions)?);
        out.write(met as u8);
    }

    fn endo_day_score(
        day: Option<&endo_day>,
        rules: Option<&endo_rules>,
        missing: u8,
        infusions: u8,
        before: Option<&endo_carried>,
        out: Out<'_, endo_score>,
    ) {
        given!(day, rules, out);
        let how = How { missing: pick(&MISSING, missing)?, infusions: pick(&INFUSIONS, infusions)? };
        let (day, rules) = (day.get()?, rules.get()?);
        if day.rules() != rules.id() {
            return Err(endotype::Error::RulesDiffer.into());
        }
        out.write(State::new(day.score(rules, how, carried(before)?)));
    }

    fn endo_score_read(score: Option<&endo_score>, out: Out<'_, endo_score_info>) {
        given!(score, out);
        let score = score.get()?;
        out.write(endo_score_info {
            total: score.total().bits(),
            organs: Organ::ALL.map(|organ| score.sofa().organ(organ).bits()),
            assumed: Organ::ALL.iter().fold(0, |bits, &organ| bits | u8::from(score.is_assumed(organ)) << organ as u8),
            reserved: 0,
        });
    }

    fn endo_score_carried(score: Option<&endo_score>, out: Out<'_, endo_carried>) {
        given!(score, out);
        let carried = score.get()?.carried();
        out.write(State::new(carried));
    }
}

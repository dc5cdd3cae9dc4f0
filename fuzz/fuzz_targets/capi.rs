//! Random calls of the C interface, under address sanitizer: states in memory of exactly their size, NULL, foreign and stale memory included.
//!
//! Every call: NULL is said before anything else, a refusal is named and writes nothing, and what windows, days, scores, courses and markers
//! answer is what the Rust crate answers.
#![no_main]

use arbitrary::{Result, Unstructured};
use endotype::published::{IMMUNOSEP_DAY9, IMMUNOSEP_DAY15, SOFA_2, SOFA_1996};
use endotype::{
    Carried, Course, Day, Error, Event, Flag, Gap, How, ITEMS, Immune, Infusions, Limits, Missing, Organ, Score, SofaRules,
    Support, Total, Window,
};
use endotype_c::course::*;
use endotype_c::event::*;
use endotype_c::immune::*;
use endotype_c::keep::*;
use endotype_c::marker::*;
use endotype_c::names::*;
use endotype_c::reading::*;
use endotype_c::sofa::*;
use endotype_c::state::{Kept, State};
use endotype_c::status::Refused;
use endotype_c::window::*;
use endotype_fuzz::{control, one};
use libfuzzer_sys::fuzz_target;
use std::mem::MaybeUninit;

const UNTOUCHED: u8 = 0xa5;
const NULL: u8 = Refused::NULL.0;
const STATE: u8 = Refused::STATE.0;

/// Memory of its own, of exactly this size.
fn memory<T>() -> Box<MaybeUninit<T>> {
    let mut place = Box::<T>::new_uninit();
    // SAFETY: as many bytes as there are.
    unsafe { place.as_mut_ptr().cast::<u8>().write_bytes(UNTOUCHED, size_of::<T>()) };
    // SAFETY: `MaybeUninit` may be anything.
    unsafe { Box::from_raw(Box::into_raw(place).cast()) }
}

fn untouched<T>(place: &MaybeUninit<T>) -> bool {
    // SAFETY: `memory` has written every byte, and a refused call none.
    let bytes = unsafe { std::slice::from_raw_parts(place.as_ptr().cast::<u8>(), size_of::<T>()) };
    bytes.iter().all(|&byte| byte == UNTOUCHED)
}

/// A call with one output, or with none where it should be.
fn call<T>(u: &mut Unstructured, call: impl FnOnce(Option<&mut MaybeUninit<T>>) -> u8) -> Result<(u8, Option<T>)> {
    if u.ratio(1_u8, 40_u8)? {
        let status = call(None);
        assert_eq!(status, NULL);
        return Ok((status, None));
    }
    let mut place = memory::<T>();
    let status = call(Some(&mut place));
    named(status);
    if status != 0 {
        assert!(untouched(&place), "status {status} and something is written");
        return Ok((status, None));
    }
    // SAFETY: done, so written.
    Ok((0, Some(unsafe { place.assume_init_read() })))
}

fn named(status: u8) {
    let mut text = MaybeUninit::uninit();
    assert_eq!(endo_message(status, Some(&mut text)), 0, "status {status} has no name");
}

fn code<T>(done: std::result::Result<T, Error>) -> u8 {
    // The control: one refusal has another number.
    done.map_or_else(|error| if control() && error == Error::NoSuchDay { 34 } else { error.code() }, |_| 0)
}

/// A state in the caller's memory, and what the crate has in its place.
struct Slot<T: Kept, const N: usize> {
    place: Box<MaybeUninit<State<T, N>>>,
    model: Option<T>,
}

/// What a pointer leads to.
#[derive(Clone, Copy, PartialEq)]
enum To {
    Null,
    Foreign,
    Slot(usize),
}

fn to(u: &mut Unstructured) -> Result<To> {
    Ok(match u.int_in_range(0..=31_u8)? {
        0 => To::Null,
        1 => To::Foreign,
        at => To::Slot(usize::from(at & 1)),
    })
}

/// Two of one type.
struct Pool<T: Kept, const N: usize> {
    slots: [Slot<T, N>; 2],
    foreign: Box<MaybeUninit<State<T, N>>>,
}

impl<T: Kept + Clone, const N: usize> Pool<T, N> {
    /// Foreign memory: a state of another type as far as it goes.
    fn new(stale: &[u8]) -> Self {
        let slot = || Slot { place: memory(), model: None };
        let mut foreign = memory::<State<T, N>>();
        let bytes = stale.len().min(size_of::<State<T, N>>());
        // SAFETY: as many bytes as both have.
        unsafe { foreign.as_mut_ptr().cast::<u8>().copy_from(stale.as_ptr(), bytes) };
        Pool { slots: [slot(), slot()], foreign }
    }

    fn get(&self, to: To) -> Option<&State<T, N>> {
        // SAFETY: words and a union of bytes, which may be any.
        match to {
            To::Null => None,
            To::Foreign => Some(unsafe { self.foreign.assume_init_ref() }),
            To::Slot(at) => Some(unsafe { self.slots[at].place.assume_init_ref() }),
        }
    }

    fn get_mut(&mut self, to: To) -> Option<&mut State<T, N>> {
        // SAFETY: as above.
        match to {
            To::Null => None,
            To::Foreign => Some(unsafe { self.foreign.assume_init_mut() }),
            To::Slot(at) => Some(unsafe { self.slots[at].place.assume_init_mut() }),
        }
    }

    fn out(&mut self, to: To) -> Option<&mut MaybeUninit<State<T, N>>> {
        match to {
            To::Slot(at) => Some(&mut self.slots[at].place),
            _ => None,
        }
    }

    fn model(&self, to: To) -> std::result::Result<&T, u8> {
        match to {
            To::Null => Err(NULL),
            To::Foreign => Err(STATE),
            To::Slot(at) => self.slots[at].model.as_ref().ok_or(STATE),
        }
    }

    fn set(&mut self, to: To, status: u8, model: Option<T>) {
        if let (To::Slot(at), 0) = (to, status) {
            self.slots[at].model = model;
        }
    }

    fn put(&mut self, at: usize, state: State<T, N>, model: T) {
        self.slots[at] = Slot { place: Box::new(MaybeUninit::new(state)), model: Some(model) };
    }
}

struct World {
    windows: Pool<Window, 80>,
    days: Pool<Day, 10>,
    scores: Pool<Score, 6>,
    carried: Pool<Carried, 2>,
    courses: Pool<Course<28>, 20>,
    immunes: Pool<Immune<7>, 26>,
    series: Pool<AnySeries, 24>,
    watches: Pool<AnyWatch, 4>,
    snapshots: Pool<Whole, 128>,
    bytes: Vec<u8>,
}

/// NULL before anything else, then the first that is no state.
fn first<const N: usize>(found: [std::result::Result<(), u8>; N]) -> Option<u8> {
    let all = found.into_iter().filter_map(std::result::Result::err);
    all.clone().find(|&status| status == NULL).or_else(|| all.into_iter().next())
}

type Rules = (Option<&'static endo_rules>, std::result::Result<&'static SofaRules, u8>);

fn rules(u: &mut Unstructured) -> Result<Rules> {
    Ok(match u.int_in_range(0..=15_u8)? {
        0 => (None, Err(NULL)),
        1..=5 => (Some(&endo_sofa_2), Ok(&SOFA_2)),
        _ => (Some(&endo_sofa_1996), Ok(&SOFA_1996)),
    })
}

fn reading(u: &mut Unstructured) -> Result<endo_reading> {
    let quantity = u.int_in_range(0..=41_u8)?;
    reading_of(u, quantity)
}

fn reading_of(u: &mut Unstructured, quantity: u8) -> Result<endo_reading> {
    let raw =
        endo_reading { lo: u.int_in_range(-1..=20_000_000)?, hi: i32::from(u.arbitrary::<u16>()?), quantity, reserved: [0; 3] };
    let (in_ticks, a, b) = (u.int_in_range(0..=2_u8)?, u.int_in_range(0..=20_000_u32)?, u.int_in_range(0..=20_000_u32)?);
    let (_, made) = match u.int_in_range(0..=8_u8)? {
        0 => return Ok(raw),
        1 => call(u, |out| endo_reading_below(quantity, in_ticks, a, out))?,
        2 => call(u, |out| endo_reading_at_most(quantity, in_ticks, a, out))?,
        3 => call(u, |out| endo_reading_above(quantity, in_ticks, a, out))?,
        4 => call(u, |out| endo_reading_at_least(quantity, in_ticks, a, out))?,
        5 => call(u, |out| endo_reading_between(quantity, in_ticks, a, b, out))?,
        6 => call(u, |out| endo_reading_float(quantity, f32::from_bits(a << 16 | b), out))?,
        7 => {
            let text = u.bytes(u.len().min(6))?;
            call(u, |out| endo_reading_text(quantity, text.as_ptr(), text.len(), out))?
        }
        _ => call(u, |out| endo_reading_exact(quantity, in_ticks, a, out))?,
    };
    Ok(made.unwrap_or(raw))
}

/// An event, and what it is if it is one.
fn event(u: &mut Unstructured) -> Result<(endo_event, std::result::Result<Event, u8>)> {
    if u.ratio(1_u8, 8_u8)? {
        let [kind, which, is_so, reserved] = u.arbitrary()?;
        let made = endo_event { reading: reading(u)?, kind: kind % 13, which: which % 24, is_so: is_so % 3, reserved };
        let mut place = MaybeUninit::uninit();
        let status = endo_event_kind(Some(&made), Some(&mut place));
        let is = made.get().map_err(|refused| refused.0);
        assert_eq!(status, is.err().unwrap_or(0));
        return Ok((made, is));
    }
    let event = match u.int_in_range(0..=3_u8)? {
        0 => Event::Flag(*one(Flag::ALL, u.arbitrary()?), u.arbitrary()?),
        1 => Event::Support(*one(Support::ALL, u.arbitrary()?)),
        _ => {
            let (item, units) = one(ITEMS, u.arbitrary()?);
            let unit = match *one(units, u.arbitrary()?) {
                "none" => "",
                unit if unit.starts_with("any rate") => "[U]/h",
                unit => unit,
            };
            let value = *one(
                &["1", "0", "6", "15", "40", "90", "300", "5000", "6000", "<50", ">20", "", "imv", "anakinra", "ferritin"],
                u.arbitrary()?,
            );
            let (status, made) = call(u, |out| {
                endo_event_text(item.as_ptr(), item.len(), unit.as_ptr(), unit.len(), value.as_ptr(), value.len(), out)
            })?;
            let read = Event::read(item, unit, value);
            assert!(status == NULL || status == code(read));
            match (made, read) {
                (Some(made), Ok(event)) => {
                    assert_eq!(made, endo_event::from(event));
                    event
                }
                _ => Event::Sbp(endotype::Reading::UNKNOWN),
            }
        }
    };
    Ok((event.into(), Ok(event)))
}

fn minute(u: &mut Unstructured, clock: u32) -> Result<u32> {
    Ok(match u.int_in_range(0..=7_u8)? {
        0 => u.arbitrary()?,
        1 => clock.saturating_sub(u32::from(u.arbitrary::<u8>()?)),
        _ => clock.saturating_add(u32::from(u.arbitrary::<u8>()?)),
    })
}

fn total(u: &mut Unstructured) -> Result<u32> {
    Ok(if u.ratio(1_u8, 8_u8)? {
        u.arbitrary()?
    } else {
        Total::only(u.int_in_range(0..=24)?).bits() | Total::only(u.int_in_range(0..=24)?).bits()
    })
}

const HOW: [Missing; 3] = [Missing::Open, Missing::Normal, Missing::Carry];
const INFUSIONS: [Infusions; 2] = [Infusions::Complete, Infusions::Unknown];

impl World {
    fn new() -> World {
        // What stands in foreign memory: a course.
        let mut course = memory::<endo_course>();
        assert_eq!(endo_course_init(Some(&mut course), Some(&endo_sofa_1996)), 0);
        let window = State::<Window, 80>::new(Window::new(&SOFA_1996));
        // SAFETY: copied into `MaybeUninit` memory only.
        let bytes = |at: *const u8, size: usize| unsafe { std::slice::from_raw_parts(at.cast::<u8>(), size) }.to_vec();
        let (course, window) = (bytes(course.as_ptr().cast(), 64), bytes((&raw const window).cast(), 8));
        World {
            windows: Pool::new(&course),
            days: Pool::new(&window),
            scores: Pool::new(&course),
            carried: Pool::new(&window),
            courses: Pool::new(&window),
            immunes: Pool::new(&course),
            series: Pool::new(&course),
            watches: Pool::new(&window),
            snapshots: Pool::new(&course),
            bytes: Vec::new(),
        }
    }

    fn step(&mut self, u: &mut Unstructured) -> Result<()> {
        match u.int_in_range(0..=15_u8)? {
            0..=4 => self.window(u),
            5 | 6 => self.day(u),
            7 | 8 => self.course(u),
            9 | 10 => self.immune(u),
            11 => self.serial(u),
            12 | 13 => self.keep(u),
            14 => receipts(u, self),
            _ => moment(u),
        }
    }

    fn window(&mut self, u: &mut Unstructured) -> Result<()> {
        let (to, (rules, known)) = (to(u)?, rules(u)?);
        let clock = self.windows.model(to).map_or(0, Window::clock);
        match u.int_in_range(0..=15_u8)? {
            0 => {
                let limits = endo_limits {
                    fio2: u.arbitrary()?,
                    support: u.arbitrary::<u8>()?.into(),
                    weight: 0,
                    infusion: u.arbitrary::<u16>()?.into(),
                };
                let given: bool = u.arbitrary()?;
                let status = endo_window_init(self.windows.out(to), rules, given.then_some(&limits));
                let out = if matches!(to, To::Slot(_)) { Ok(()) } else { Err(NULL) };
                assert_eq!(status, first([out, known.map(|_| ())]).unwrap_or(0));
                let endo_limits { fio2, support, weight, infusion } = limits;
                let limits = if given { Limits { fio2, support, weight, infusion } } else { Limits::NONE };
                self.windows.set(to, status, known.ok().map(|rules| Window::new(rules).with_limits(limits)));
            }
            1 => {
                let status = endo_window_clear(self.windows.get_mut(to));
                let mut model = self.windows.model(to).cloned();
                assert_eq!(status, model.as_ref().err().copied().unwrap_or(0));
                if let Ok(window) = &mut model {
                    window.clear();
                }
                self.windows.set(to, status, model.ok());
            }
            2 => {
                let now = minute(u, clock)?;
                let status = endo_window_resume(self.windows.get_mut(to), rules, now);
                let mut model = self.windows.model(to).cloned();
                let expected = first([model.as_ref().map(drop).map_err(|e| *e), known.map(drop)]);
                let expected = expected.unwrap_or_else(|| code(model.as_mut().unwrap().resume(known.unwrap(), now)));
                assert_eq!(status, expected);
                self.windows.set(to, status, model.ok());
            }
            3 => {
                // The two may be one.
                let other = self::to(u)?;
                let at = |pool: &mut Pool<Window, 80>, to| pool.get_mut(to).map_or(std::ptr::null_mut(), std::ptr::from_mut);
                let (a, b) = (at(&mut self.windows, to), at(&mut self.windows, other));
                let status = endo_window_merge(a, rules, b);
                let (mut model, theirs) = (self.windows.model(to).cloned(), self.windows.model(other).cloned());
                let expected =
                    first([model.as_ref().map(drop).map_err(|e| *e), theirs.as_ref().map(drop).map_err(|e| *e), known.map(drop)]);
                let expected = expected.unwrap_or_else(|| code(model.as_mut().unwrap().merge(known.unwrap(), &theirs.unwrap())));
                assert_eq!(status, expected);
                self.windows.set(to, status, model.ok());
            }
            4..=6 => {
                let which = u.int_in_range(0..=2_u8)?;
                let window = self.windows.get_mut(to);
                let (status, day) = match which {
                    0 => call(u, |out| endo_window_so_far(window.as_deref(), rules, out))?,
                    1 => call(u, |out| endo_window_rolling(window.as_deref(), rules, out))?,
                    _ => call(u, |out| endo_window_close_day(window, rules, out))?,
                };
                let mut model = self.windows.model(to).cloned();
                let expected = first([model.as_ref().map(drop).map_err(|e| *e), known.map(drop)]);
                let mut their = None;
                if status == NULL {
                    return Ok(());
                }
                let expected = expected.unwrap_or_else(|| {
                    let (window, rules) = (model.as_mut().unwrap(), known.unwrap());
                    let day = match which {
                        0 => window.so_far(rules),
                        1 => window.rolling(rules),
                        _ => window.close_day(rules),
                    };
                    their = day.ok();
                    code(day)
                });
                assert_eq!(status, expected);
                self.windows.set(to, status, model.ok());
                if let (Some(day), Some(their)) = (day, their) {
                    self.days.put(usize::from(u.int_in_range(0..=1_u8)?), day, their);
                }
            }
            7 => {
                let window = self.windows.get(to);
                let model = self.windows.model(to);
                for (answer, expected) in [
                    (call(u, |out| endo_window_clock(window, out))?, model.map(Window::clock)),
                    (call(u, |out| endo_window_day(window, out))?, model.map(Window::day)),
                    (call(u, |out| endo_window_day_end(window, out))?, model.map(Window::day_end)),
                ] {
                    assert!(answer.0 == NULL || answer == (expected.err().unwrap_or(0), expected.ok()));
                }
                call(u, |out| endo_window_end(window, out))?;
            }
            _ => {
                let ((event, is), minute) = (event(u)?, minute(u, clock)?);
                let given = u.ratio(39_u8, 40_u8)?;
                let window = self.windows.get_mut(to);
                let status = endo_window_push(window, rules, minute, given.then_some(&event));
                named(status);
                let mut model = self.windows.model(to).cloned();
                let pointer = if given { Ok(()) } else { Err(NULL) };
                let expected = first([model.as_ref().map(drop).map_err(|e| *e), known.map(drop), pointer]);
                match (expected, is) {
                    (Some(expected), _) => assert_eq!(status, expected),
                    (None, Ok(event)) => {
                        assert_eq!(status, code(model.as_mut().unwrap().push(known.unwrap(), minute, &event)));
                        self.windows.set(to, status, model.ok());
                    }
                    (None, Err(refused)) => assert_eq!(status, refused),
                }
            }
        }
        Ok(())
    }

    fn day(&mut self, u: &mut Unstructured) -> Result<()> {
        let (to, (rules, known), before) = (to(u)?, rules(u)?, to(u)?);
        let (day, model) = (self.days.get(to), self.days.model(to));
        match u.int_in_range(0..=5_u8)? {
            0 => drop(call(u, |out| endo_day_read(day, out))?),
            1 => {
                let (item, drug) = (u.int_in_range(0..=17_u8)?, u.int_in_range(0..=9_u8)?);
                call(u, |out| endo_day_points(day, item, drug, out))?;
            }
            2 => {
                let organ = u.int_in_range(0..=6_u8)?;
                let (status, witness) = call(u, |out| endo_day_witness(day, organ, out))?;
                if let (Ok(day), Some(witness)) = (model, witness) {
                    assert_eq!(day.witness(Organ::ALL[usize::from(organ)]).map(|w| w.minute), Some(witness.minute), "{status}");
                }
            }
            3 => drop(call(u, |out| endo_day_shock(day, u8::from(before == To::Null), out))?),
            4 => {
                let (score, mut info) = (self.scores.get(to), None);
                let (status, read) = call(u, |out| endo_score_read(score, out))?;
                if let Ok(score) = self.scores.model(to) {
                    info = Some((score.total().bits(), Organ::ALL.map(|organ| score.sofa().organ(organ).bits())));
                }
                assert!(status != 0 || read.map(|read| (read.total, read.organs)) == info);
                let (_, carried) = call(u, |out| endo_score_carried(score, out))?;
                if let (Some(carried), Ok(score)) = (carried, self.scores.model(to)) {
                    let model = score.carried();
                    self.carried.put(usize::from(u.int_in_range(0..=1_u8)?), carried, model);
                }
            }
            _ => {
                let (missing, infusions) = (u.int_in_range(0..=3_u8)?, u.int_in_range(0..=2_u8)?);
                let carried = self.carried.get(before);
                let (status, score) = call(u, |out| endo_day_score(day, rules, missing, infusions, carried, out))?;
                let before = if before == To::Null { Ok(Carried::NONE) } else { self.carried.model(before).copied() };
                let how = HOW.get(usize::from(missing)).zip(INFUSIONS.get(usize::from(infusions)));
                if let (Some(score), Ok(day), Ok(rules), Ok(before), Some((&missing, &infusions))) =
                    (score, model, known, before, how)
                {
                    let model = day.score(rules, How { missing, infusions }, before);
                    self.scores.put(usize::from(u.int_in_range(0..=1_u8)?), score, model);
                } else {
                    assert!(status != 0);
                }
            }
        }
        Ok(())
    }

    fn course(&mut self, u: &mut Unstructured) -> Result<()> {
        let (to, (rules, known)) = (to(u)?, rules(u)?);
        let mut model = self.courses.model(to).cloned();
        let next = model.as_ref().map_or(1, |course| course.len() as u32 + 1);
        let day = if u.ratio(1_u8, 4_u8)? { u.int_in_range(0..=30_u32)? } else { next };
        let bits = total(u)?;
        let is_total = Total::from_bits(bits).ok_or(Refused::SET.0);
        let state = model.as_ref().map(drop).map_err(|e| *e);
        let which = u.int_in_range(0..=11_u8)?;
        let (status, expected) = match which {
            0 => {
                let status = endo_course_init(self.courses.out(to), rules);
                let out = if matches!(to, To::Slot(_)) { Ok(()) } else { Err(NULL) };
                model = known.map(|rules| Course::new(rules.id()));
                (status, first([out, known.map(drop)]).unwrap_or(0))
            }
            1 | 2 => {
                let from = self::to(u)?;
                let status = endo_course_push(self.courses.get_mut(to), self.scores.get(from));
                let score = self.scores.model(from).cloned();
                let expected = first([state, score.as_ref().map(drop).map_err(|e| *e)]);
                (status, expected.unwrap_or_else(|| code(model.as_mut().unwrap().push(&score.unwrap()))))
            }
            3 | 4 => {
                let status = endo_course_push_total(self.courses.get_mut(to), day, bits);
                let expected = first([state]).or(is_total.err());
                (status, expected.unwrap_or_else(|| code(model.as_mut().unwrap().push_total(day, is_total.unwrap()))))
            }
            5 => {
                let status = endo_course_gap(self.courses.get_mut(to), day);
                (status, first([state]).unwrap_or_else(|| code(model.as_mut().unwrap().gap(day))))
            }
            6 => {
                let end = u.int_in_range(0..=2_u8)?;
                let status = endo_course_end(self.courses.get_mut(to), end);
                let ends = [endotype::End::Death, endotype::End::Discharge];
                let refused = first([state]).or((end > 1).then_some(Refused::NUMBER.0));
                (status, refused.unwrap_or_else(|| code(model.as_mut().unwrap().end(ends[usize::from(end)]))))
            }
            7 => {
                let status = endo_course_amend(self.courses.get_mut(to), day, bits);
                let expected = first([state]).or(is_total.err());
                (status, expected.unwrap_or_else(|| code(model.as_mut().unwrap().amend(day, is_total.unwrap()))))
            }
            8 => {
                let course = self.courses.get(to);
                let (status, found) = call(u, |out| endo_course_total(course, day, out))?;
                let expected = first([state]).unwrap_or_else(|| code(model.as_ref().unwrap().total(day)));
                if let (Some(found), Ok(course)) = (found, &model) {
                    assert_eq!(found, course.total(day).unwrap().map_or(0, |total| total.bits()));
                }
                (status, if status == NULL { NULL } else { expected })
            }
            9 => {
                let (course, mut lo) = (self.courses.get(to), memory());
                let (status, hi) = call(u, |out| endo_course_change(course, day, Some(&mut lo), out))?;
                let expected = first([state]).unwrap_or_else(|| code(model.as_ref().unwrap().change(day)));
                if let (Some(hi), Ok(course)) = (hi, &model) {
                    // SAFETY: done, so written.
                    assert_eq!([unsafe { lo.assume_init_read() }, hi], course.change(day).unwrap().ends());
                }
                (status, if status == NULL { NULL } else { expected })
            }
            10 => {
                let (course, which) = (self.courses.get(to), u.int_in_range(0..=1_u8)?);
                let (status, found) = call(u, |out| endo_response_of(which, course, out))?;
                let response =
                    model.as_ref().map(|course| [&IMMUNOSEP_DAY9, &IMMUNOSEP_DAY15][usize::from(which)].response(course));
                let expected = first([state]).unwrap_or_else(|| code(*response.as_ref().unwrap()));
                if let (Some(found), Ok(Ok(response))) = (found, response) {
                    assert_eq!(([found.fall_lo, found.fall_hi], found.met), (response.fall, response.met as u8));
                }
                (status, if status == NULL { NULL } else { expected })
            }
            _ => {
                let [a, b, c, d, gap]: [u8; 5] = u.arbitrary()?;
                let local = endo_endpoint { first: a, last: b, fall_tenths: c, after_death: d % 32, gap: gap % 3 };
                let course = self.courses.get(to);
                let (status, found) = call(u, |out| endo_response_local(Some(&local), rules, course, out))?;
                if let (Some(found), Ok(course), Ok(rules)) = (found, &model, known) {
                    let gap = [Gap::Carry, Gap::Open][usize::from(gap % 3)];
                    let local =
                        endotype::Endpoint { first: a, last: b, fall_tenths: c, after_death: d % 32, gap, rules: rules.id() };
                    let response = local.response(course).unwrap();
                    assert_eq!(([found.fall_lo, found.fall_hi], found.met), (response.fall, response.met as u8));
                }
                (status, status)
            }
        };
        named(status);
        assert_eq!(status, expected, "course call {which}");
        self.courses.set(to, status, model.ok());
        Ok(())
    }

    fn immune(&mut self, u: &mut Unstructured) -> Result<()> {
        let to = to(u)?;
        let around = u.arbitrary::<u16>()?.into();
        let now = minute(u, around)?;
        let immune = self.immunes.get_mut(to);
        let limit = |u: &mut Unstructured| {
            Ok(endo_limit {
                most: u.arbitrary::<u8>()?.into(),
                is_set: u.arbitrary::<u8>()? % 2,
                bias: u.arbitrary::<u8>()? % 4,
                reserved: [0; 2],
            })
        };
        let checks = |u: &mut Unstructured| -> Result<endo_checks> {
            Ok(endo_checks {
                hemolysis: limit(u)?,
                icterus: limit(u)?,
                lipemia: limit(u)?,
                specimen_age: limit(u)?,
                stain_time: limit(u)?,
                turnaround: limit(u)?,
                fell_within: u.arbitrary::<u16>()?.into(),
                lyse_no_wash_least: *one(&[0, 1_000, 500, 499], u.arbitrary()?),
                lyse_no_wash_most: *one(&[0, 1_180, 2_000, 2_001], u.arbitrary()?),
                fell_factor: u.arbitrary()?,
                undiluted: u.arbitrary::<u8>()? % 3,
                reserved: [0; 2],
            })
        };
        match u.int_in_range(0..=7_u8)? {
            0 => {
                let status = endo_immune_init(self.immunes.out(to));
                assert_eq!(status, if matches!(to, To::Slot(_)) { 0 } else { NULL });
                self.immunes.set(to, status, Some(Immune::new()));
            }
            1..=4 => {
                let (event, is) = event(u)?;
                let (status, _) = call(u, |out| endo_immune_push(immune, now, Some(&event), out))?;
                if status == NULL {
                    return Ok(());
                }
                let mut model = self.immunes.model(to).cloned();
                let late = if now > Window::LAST_MINUTE { Some(Error::MinuteOutOfRange.code()) } else { None };
                match (late.or(model.as_ref().err().copied()), is) {
                    (Some(expected), _) => assert_eq!(status, expected),
                    (None, Ok(event)) => {
                        assert_eq!(status, code(model.as_mut().unwrap().push(now, &event)));
                        self.immunes.set(to, status, model.ok());
                    }
                    (None, Err(refused)) => assert_eq!(status, refused),
                }
            }
            5 => {
                let (immune, marker, n) = (self.immunes.get(to), u.int_in_range(0..=2_u8)?, u.int_in_range(0..=8_u32)?);
                call(u, |out| endo_immune_sample(immune, marker, n, out))?;
                let mut dose = memory();
                call(u, |out| endo_immune_first_dose(immune, out, Some(&mut dose)))?;
            }
            _ => {
                let rules = endo_immune_rules {
                    gap: u.arbitrary::<u16>()?.into(),
                    age: u.arbitrary::<u16>()?.into(),
                    ferritin: checks(u)?,
                    mhla_dr: checks(u)?,
                };
                let (criteria, immune) = (Some(&endo_immunosep), self.immunes.get(to));
                call(u, |out| endo_immune_entry(immune, criteria, Some(&rules), now, out))?;
                call(u, |out| endo_immune_restored(immune, criteria, Some(&rules), now, out))?;
                call(u, |out| endo_immune_switched(immune, criteria, Some(&rules), now, out))?;
                call(u, |out| endo_immune_axes(immune, criteria, Some(&rules), now, out))?;
                call(u, |out| endo_immune_stage(immune, criteria, Some(&rules), now, out))?;
                let [undiluted, lyse_no_wash]: [u8; 2] = u.arbitrary()?;
                let specimen = endo_specimen {
                    hemolysis: now,
                    icterus: now % 300,
                    lipemia: u32::MAX,
                    age: 5,
                    stain: 6,
                    turnaround: 7,
                    undiluted: undiluted % 4,
                    lyse_no_wash: lyse_no_wash % 4,
                    reserved: [0; 2],
                };
                call(u, |out| endo_remarks(Some(&rules.ferritin), Some(&specimen), out))?;
            }
        }
        Ok(())
    }

    /// Series and watches: without a model, for memory's sake.
    fn serial(&mut self, u: &mut Unstructured) -> Result<()> {
        let (to, minute, remarks) = (to(u)?, u.int_in_range(0..=20_u32)? * 700, u.arbitrary::<u16>()? % 600);
        let quantity = *one(&[27_u8, 28, 30, 31, 37, 7, 99], u.arbitrary()?);
        let reading = reading_of(u, quantity)?;
        match u.int_in_range(0..=9_u8)? {
            0 => named(endo_series_init(self.series.out(to), quantity)),
            1..=3 => drop({
                let series = self.series.get_mut(to);
                call(u, |out| endo_series_push(series, minute, reading, remarks, out))?
            }),
            4 => drop({
                let series = self.series.get_mut(to);
                call(u, |out| endo_series_correct(series, minute, reading, remarks, out))?
            }),
            5 => drop({
                let series = self.series.get_mut(to);
                call(u, |out| endo_series_withdraw(series, minute, out))?
            }),
            6 => named(endo_series_remark(self.series.get_mut(to), minute, remarks)),
            7 => {
                let (series, rule, origin) =
                    (self.series.get(to), u.int_in_range(0..=6_u8)?, if u.arbitrary()? { u32::MAX } else { 700 });
                call(u, |out| endo_series_sample(series, minute % 16, out))?;
                call(u, |out| endo_series_last(series, minute, out))?;
                call(u, |out| endo_series_trend(series, minute, out))?;
                call(u, |out| endo_series_answer(series, rule, origin, minute, out))?;
            }
            8 => named(endo_watch_init(self.watches.out(to), quantity)),
            _ => {
                let words = *one(&["< 7", "< 50", "7", "> 1", ""], u.arbitrary()?);
                let watch = self.watches.get_mut(to);
                call(u, |out| endo_watch_see(watch, words.as_ptr(), words.len(), minute, reading, minute / 2, out))?;
                let watch = self.watches.get(to);
                call(u, |out| endo_watch_baseline(watch, out))?;
            }
        }
        Ok(())
    }

    fn keep(&mut self, u: &mut Unstructured) -> Result<()> {
        let (to, other, (rules, known)) = (to(u)?, to(u)?, rules(u)?);
        let key = [7; KEY];
        match u.int_in_range(0..=5_u8)? {
            0 | 1 => {
                let (window, course, immune, before) =
                    (self.windows.get(to), self.courses.get(other), self.immunes.get(other), self.carried.get(to));
                let mut length = memory();
                let (status, bytes) =
                    call(u, |out| endo_snapshot_write(window, course, before, immune, Some(&key), out, Some(&mut length)))?;
                if let Some(bytes) = bytes {
                    // SAFETY: done, so written.
                    self.bytes = bytes[..unsafe { length.assume_init_read() } as usize].to_vec();
                } else {
                    assert!(untouched(&length), "{status}");
                }
            }
            2 => {
                if !self.bytes.is_empty() && u.ratio(1_u8, 4_u8)? {
                    let at = u.choose_index(self.bytes.len())?;
                    self.bytes[at] ^= u.arbitrary::<u8>()?;
                }
                let status = endo_snapshot_read(self.snapshots.out(to), self.bytes.as_ptr(), self.bytes.len(), Some(&key), rules);
                if let (Ok(rules), To::Slot(_)) = (known, to) {
                    let read = Whole::from_bytes(&self.bytes, &key, rules);
                    assert_eq!(status, code(read.as_ref().map_err(|error| *error)));
                    self.snapshots.set(to, status, read.ok());
                } else {
                    assert_eq!(status, NULL);
                }
            }
            3 => {
                let ((event, is), minute) = (event(u)?, minute(u, 700)?);
                let status = endo_snapshot_push(self.snapshots.get_mut(to), rules, minute, Some(&event));
                let mut model = self.snapshots.model(to).cloned();
                let expected = first([model.as_ref().map(drop).map_err(|e| *e), known.map(drop)]);
                match (expected, is) {
                    (Some(expected), _) => assert_eq!(status, expected),
                    (None, Ok(event)) => {
                        assert_eq!(status, code(model.as_mut().unwrap().push(known.unwrap(), minute, &event)));
                        self.snapshots.set(to, status, model.ok());
                    }
                    (None, Err(refused)) => assert_eq!(status, refused),
                }
            }
            4 => {
                let status = endo_snapshot_merge_into(self.snapshots.get(to), rules, self.windows.get_mut(other));
                let (snapshot, mut model) = (self.snapshots.model(to).cloned(), self.windows.model(other).cloned());
                let expected = first([
                    snapshot.as_ref().map(drop).map_err(|e| *e),
                    known.map(drop),
                    model.as_ref().map(drop).map_err(|e| *e),
                ]);
                let expected =
                    expected.unwrap_or_else(|| code(snapshot.unwrap().merge_into(known.unwrap(), model.as_mut().unwrap())));
                assert_eq!(status, expected);
                self.windows.set(other, status, model.ok());
            }
            _ => {
                let (now, at) = (minute(u, 700)?, usize::from(u.int_in_range(0..=1_u8)?));
                let (mut window, mut course, mut carried, mut immune) = (memory(), memory(), memory(), memory());
                let status = endo_snapshot_resume(
                    self.snapshots.get(to),
                    rules,
                    now,
                    Some(&mut window),
                    Some(&mut course),
                    Some(&mut carried),
                    Some(&mut immune),
                );
                let snapshot = self.snapshots.model(to).cloned();
                let expected = first([snapshot.as_ref().map(drop).map_err(|e| *e), known.map(drop)]);
                match expected.map_or_else(|| snapshot.unwrap().resume(known.unwrap(), now).map_err(|error| error.code()), Err) {
                    Err(expected) => {
                        assert_eq!(status, expected);
                        assert!(untouched(&window) && untouched(&course) && untouched(&carried) && untouched(&immune));
                    }
                    Ok(models) => {
                        assert_eq!(status, 0);
                        // SAFETY: done, so written.
                        unsafe {
                            self.windows.put(at, window.assume_init_read(), models.0);
                            self.courses.put(at, course.assume_init_read(), models.1);
                            self.carried.put(at, carried.assume_init_read(), models.2);
                            self.immunes.put(at, immune.assume_init_read(), models.3);
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

fn receipts(u: &mut Unstructured, world: &mut World) -> Result<()> {
    let (to, (rules, _), minute, total) = (to(u)?, rules(u)?, u.arbitrary()?, total(u)?);
    let (day, course, mut length) = (world.days.get(to), world.courses.get(to), memory());
    let (a, b): (u8, u8) = (u.int_in_range(0..=3)?, u.int_in_range(0..=2)?);
    let (ferritin, mhla_dr) = (reading_of(u, 27)?, reading_of(u, 28)?);
    let (status, bytes) = match u.int_in_range(0..=4_u8)? {
        0 => call(u, |out| endo_receipt_score(day, rules, a, b, None, minute, out, Some(&mut length)))?,
        1 => call(u, |out| endo_receipt_class(Some(&endo_immunosep), ferritin, mhla_dr, minute, out, Some(&mut length)))?,
        2 => call(u, |out| endo_receipt_endpoint(b, course, minute, out, Some(&mut length)))?,
        3 => call(u, |out| endo_receipt_change(course, u32::from(a) + 1, minute, out, Some(&mut length)))?,
        _ => {
            call(u, |out| endo_receipt_sepsis(day, b, total, if a == 3 { 255 } else { a * 12 }, minute, out, Some(&mut length)))?
        }
    };
    let Some(bytes) = bytes else {
        assert!(untouched(&length), "{status}");
        return Ok(());
    };
    // SAFETY: done, so written.
    let length = usize::from(unsafe { length.assume_init_read() });
    let rules = if bytes[0] == 1 { rules } else { Some(&endo_sofa_1996) };
    // Read where there is nothing behind it.
    let exact = bytes[..length].to_vec().into_boxed_slice();
    let (status, read) = call(u, |out| endo_receipt_check(exact.as_ptr(), exact.len(), rules, Some(&endo_immunosep), out))?;
    assert!(status == NULL || status == 0 && read.unwrap().minute == minute, "a receipt that was written is refused: {status}");
    Ok(())
}

/// What keeps nothing.
fn moment(u: &mut Unstructured) -> Result<()> {
    let (rules, _) = rules(u)?;
    let (one_reading, other) = (reading(u)?, reading(u)?);
    let [a, b, c]: [u8; 3] = u.arbitrary()?;
    let [n, m]: [u32; 2] = u.arbitrary()?;
    match u.int_in_range(0..=17_u8)? {
        0 => drop(call(u, |out| endo_rules_edge(rules, n % 128, out))?),
        1 => drop(call(u, |out| endo_row_points(rules, a % 18, one_reading, out))?),
        2 => drop(call(u, |out| endo_respiration(rules, one_reading, other, a % 12, out))?),
        3 => {
            let drugs: Box<[_]> = (0..a % 10)
                .map(|at| endo_infusion {
                    rate: if at & 1 == 0 { one_reading } else { other },
                    drug: (b.wrapping_add(at)) % 9,
                    reserved: [0; 3],
                })
                .collect();
            let weight = reading_of(u, 18)?;
            call(u, |out| endo_infusions_points(rules, drugs.as_ptr(), drugs.len(), weight, out))?;
        }
        4 => drop(call(u, |out| endo_cardiovascular(rules, a % 40, b % 40, out))?),
        5 => drop(call(u, |out| endo_renal(rules, a % 40, b % 40, out))?),
        6 => drop(call(u, |out| endo_sofa_total(Some(&[a % 33, b % 33, c % 33, 1, 2, 31]), out))?),
        7 => {
            call(u, |out| endo_points_join(a % 40, b % 40, out))?;
            call(u, |out| endo_total_at_least(n, a % 30, out))?;
        }
        8 => drop(call(u, |out| endo_salt_base(a % 4, one_reading, out))?),
        9 => {
            call(u, |out| endo_sepsis(a % 4, b % 4, n, c, out))?;
            call(u, |out| endo_shock(a % 4, b % 4, out))?;
        }
        10 => {
            let (x, y, z) = (reading_of(u, 14)?, reading_of(u, 19)?, reading_of(u, 13)?);
            call(u, |out| endo_qsofa(x, y, z, out))?;
        }
        11 => {
            call(u, |out| endo_name(a % 14, b, out))?;
            call(u, |out| endo_source_of(n, out))?;
            call(u, |out| endo_quantity(a, out))?;
        }
        12 => {
            let (x, y) = (reading_of(u, 27)?, reading_of(u, 28)?);
            let scatter = endo_imprecision { absolute: n % 2_000_000_000, per_mille: a.into(), coverage: m as u16 % 2_000 };
            let (_, criteria) = call(u, |out| endo_criteria_guarded(Some(&scatter), Some(&scatter), out))?;
            for criteria in [Some(&endo_immunosep), criteria.as_ref()] {
                call(u, |out| endo_classify(criteria, x, y, out))?;
                call(u, |out| endo_needs_of(criteria, x, y, out))?;
                call(u, |out| endo_criterion_met(criteria, x, out))?;
                call(u, |out| endo_criteria_id(criteria, out))?;
            }
        }
        13 => {
            let words = u.bytes(u.len().min(8))?.to_vec().into_boxed_slice();
            call(u, |out| endo_cutoff_met(words.as_ptr(), words.len(), one_reading, out))?;
        }
        14 => drop(call(u, |out| endo_reference_level(one_reading, other, reading_like(one_reading, other), out))?),
        15 => drop(call(u, |out| endo_reading_either(one_reading, other, out))?),
        16 => {
            let candidate = endo_candidate {
                age: reading_of(u, 38)?,
                neutrophils: reading_of(u, 31)?,
                ferritin: reading_of(u, 27)?,
                mhla_dr: reading_of(u, 28)?,
                sepsis_classified: n,
                entry: m,
                yes: n & 0xff_ffff,
                no: if a & 1 == 0 { 0 } else { m },
                sepsis: b % 4,
                covid19: c % 4,
                reserved: [0; 2],
            };
            call(u, |out| endo_would_take(Some(&candidate), Some(&endo_immunosep), out))?;
        }
        _ => {
            call(u, |out| endo_criterion_of(a, out))?;
            call(u, |out| endo_arm_of(b % 4, out))?;
            call(u, |out| endo_mhla_dr_stage(one_reading, out))?;
        }
    }
    Ok(())
}

fn reading_like(one: endo_reading, other: endo_reading) -> endo_reading {
    endo_reading { hi: other.hi, ..one }
}

fuzz_target!(|data: &[u8]| {
    let mut u = Unstructured::new(data);
    let mut world = World::new();
    for _ in 0..100 {
        if u.is_empty() || world.step(&mut u).is_err() {
            break;
        }
    }
});

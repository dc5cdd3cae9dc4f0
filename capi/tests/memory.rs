//! What C may hand over, from Rust, so that Miri sees it: `cargo +nightly miri test -p endotype-capi --test memory`.

mod out;

use endotype::quantity::*;
use endotype::{Amount, Reading};
use endotype_c::course::*;
use endotype_c::event::*;
use endotype_c::immune::*;
use endotype_c::keep::*;
use endotype_c::marker::*;
use endotype_c::reading::*;
use endotype_c::sofa::*;
use endotype_c::status::Refused;
use endotype_c::window::*;
use out::out;
use std::mem::MaybeUninit;
use std::ptr;

const OK: u8 = 0;

fn text(quantity: u8, words: &str) -> endo_reading {
    out(|out| endo_reading_text(quantity, words.as_ptr(), words.len(), out))
}

/// Memory of so many bytes of one value, as C's memset leaves it.
fn memory<T>(byte: u8) -> Box<MaybeUninit<T>> {
    let mut place = Box::<MaybeUninit<T>>::new_uninit();
    // SAFETY: as many bytes as there are.
    unsafe {
        ptr::write_bytes(place.as_mut_ptr().cast::<u8>(), byte, size_of::<T>());
        place.assume_init()
    }
}

#[test]
fn r211_memory_that_nobody_initialised_is_refused_and_not_written() {
    for byte in [0x00, 0x45, 0xa5, 0xff] {
        let mut window = memory::<endo_window>(byte);
        // SAFETY: `endo_window` is words and a union of bytes: any bytes are one.
        let window = unsafe { window.assume_init_mut() };
        let event = out(|out| endo_event_reading(text(Platelets::NUMBER, "88"), out));
        assert_eq!(endo_window_push(Some(window), Some(&endo_sofa_1996), 0, Some(&event)), Refused::STATE.0);
        assert_eq!(endo_window_clear(Some(window)), Refused::STATE.0);
        assert_eq!(endo_window_merge(window, Some(&endo_sofa_1996), window), Refused::STATE.0);
        let mut day = MaybeUninit::uninit();
        assert_eq!(endo_window_so_far(Some(window), Some(&endo_sofa_1996), Some(&mut day)), Refused::STATE.0);
        let mut immune = memory::<endo_immune>(byte);
        // SAFETY: as above.
        assert_eq!(endo_immune_clear(Some(unsafe { immune.assume_init_mut() })), Refused::STATE.0);
    }
}

#[test]
fn r211_a_state_of_another_type_is_refused() {
    let course: endo_course = out(|out| endo_course_init(out, Some(&endo_sofa_1996)));
    let mut window = memory::<endo_window>(0);
    // SAFETY: a course is smaller than a window, whose bytes may be anything.
    let window = unsafe {
        ptr::copy_nonoverlapping((&raw const course).cast::<u8>(), window.as_mut_ptr().cast::<u8>(), size_of::<endo_course>());
        window.assume_init_mut()
    };
    assert_eq!(endo_window_clear(Some(window)), Refused::STATE.0);
}

#[test]
fn r213_a_stay_from_the_first_event_to_the_snapshot_and_back() {
    let rules = Some(&endo_sofa_1996);
    let mut window: endo_window = out(|out| endo_window_init(out, rules, None));
    let mut course: endo_course = out(|out| endo_course_init(out, rules));
    let mut immune: endo_immune = out(|out| endo_immune_init(out));
    for (minute, quantity, words) in [(12, Platelets::NUMBER, "88"), (15, Gcs::NUMBER, "13"), (60, Ferritin::NUMBER, "6000")] {
        let event = out(|out| endo_event_reading(text(quantity, words), out));
        assert_eq!(endo_window_push(Some(&mut window), rules, minute, Some(&event)), OK);
        out(|out| endo_immune_push(Some(&mut immune), minute, Some(&event), out));
    }
    // The two may be one.
    let both = &raw mut window;
    assert_eq!(endo_window_merge(both, rules, both), OK);
    let day = out(|out| endo_window_close_day(Some(&mut window), rules, out));
    let score = out(|out| endo_day_score(Some(&day), rules, 0, 0, None, out));
    assert_eq!(endo_course_push(Some(&mut course), Some(&score)), OK);
    assert_eq!(out(|out| endo_course_length(Some(&course), out)), 1);
    let key = [7; KEY];
    let mut length = MaybeUninit::uninit();
    let bytes =
        out(|out| endo_snapshot_write(Some(&window), Some(&course), None, Some(&immune), Some(&key), out, Some(&mut length)));
    // SAFETY: written with the bytes.
    let length = unsafe { length.assume_init() } as usize;
    let snapshot = out(|out| endo_snapshot_read(out, bytes.as_ptr(), length, Some(&key), rules));
    let (mut back, mut course, mut immune) = (MaybeUninit::uninit(), MaybeUninit::uninit(), MaybeUninit::uninit());
    let resume = |carried: Option<&mut MaybeUninit<endo_carried>>| {
        endo_snapshot_resume(Some(&snapshot), rules, 1_500, Some(&mut back), Some(&mut course), carried, Some(&mut immune))
    };
    out(resume);
    // SAFETY: written with what was carried.
    assert_eq!(out(|out| endo_window_day(Some(unsafe { back.assume_init_ref() }), out)), 2);
    let infusions = [endo_infusion { rate: text(MassRate::NUMBER, "8"), drug: 0, reserved: [0; 3] }; 2];
    let weight = text(Weight::NUMBER, "80");
    assert_eq!(out(|out| endo_infusions_points(rules, infusions.as_ptr(), 2, weight, out)), 0b0_1000);
    assert_eq!(out(|out| endo_cutoff_met("< 90".as_ptr(), 4, weight, out)), 2);
    let class = out(|out| endo_classify(Some(&endo_immunosep), text(Ferritin::NUMBER, "4421"), text(MhlaDr::NUMBER, ""), out));
    assert_eq!(class.single, 0);
}

/// The builders of C, which know a quantity by its number, against those of Rust, which know it by its type.
#[test]
fn r213_every_amount_is_the_reading_that_rust_makes() {
    fn check<Q: Numbered>(step: u32) -> u32 {
        let [least, most] = Q::RANGE;
        let edges = [0, least, most, most / 2, 1].into_iter().flat_map(|unit| {
            let (units, ticks) = (unit, unit.saturating_mul(Q::TICKS));
            [(0, units), (0, units.wrapping_sub(1)), (0, units + 1), (1, ticks), (1, ticks.wrapping_sub(1)), (1, ticks + 1)]
        });
        let mut compared = 0;
        for (in_ticks, amount) in edges.chain([(0, u32::MAX), (1, u32::MAX)]).step_by(step as usize) {
            let rust = if in_ticks == 1 { Amount::Ticks(amount) } else { Amount::Units(amount) };
            let mut compare = |c: &dyn Fn(endotype_c::state::Out<'_, endo_reading>) -> u8,
                               rust: Result<Reading<Q>, endotype::Error>| {
                let mut place = MaybeUninit::uninit();
                let status = c(Some(&mut place));
                assert_eq!(status, rust.map_or_else(|error| error.code(), |_| OK), "{} {amount} {in_ticks}", Q::NAME);
                if let Ok(reading) = rust {
                    // SAFETY: done, so written.
                    let found = unsafe { place.assume_init() };
                    assert_eq!(found, endo_reading::of(reading), "{} {amount} {in_ticks}", Q::NAME);
                    assert_eq!(out(|out| endo_reading_ends(Q::NUMBER, found.lo, found.hi, out)), found);
                }
                compared += 1;
            };
            let q = Q::NUMBER;
            compare(&|out| endo_reading_exact(q, in_ticks, amount, out), Reading::exact(rust));
            compare(&|out| endo_reading_below(q, in_ticks, amount, out), Reading::below(rust));
            compare(&|out| endo_reading_at_most(q, in_ticks, amount, out), Reading::at_most(rust));
            compare(&|out| endo_reading_above(q, in_ticks, amount, out), Reading::above(rust));
            compare(&|out| endo_reading_at_least(q, in_ticks, amount, out), Reading::at_least(rust));
            compare(&|out| endo_reading_between(q, in_ticks, amount, amount, out), Reading::between(rust, rust));
        }
        compared
    }
    let step = if cfg!(miri) { 7 } else { 1 };
    let mut compared = 0;
    macro_rules! each {
        ($($quantity:ident)+) => { $( compared += check::<$quantity>(step); )+ };
    }
    each! {
        PaO2 PaO2KPa FiO2 SpO2 PfRatio PfRatioKPa SfRatio Platelets Bilirubin BilirubinSi Creatinine CreatinineSi Map Sbp RespiratoryRate
        DoseRate MassRate AnyRate Weight Gcs GcsMotor Urine UrineRate Potassium Bicarbonate Lactate Ph Ferritin MhlaDr MhlaDrPositive
        Lymphocytes Neutrophils LymphocytesFraction NkCells DendriticCells BCells TCells Hemoglobin Age
    }
    println!("{compared} amounts");
    assert!(cfg!(miri) || compared == 39 * 32 * 6, "{compared}");
}

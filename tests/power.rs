//! The plug is pulled at every byte that goes to flash, on real stays: what was acknowledged is there, nothing is half, and the device goes on.

#[path = "../examples/flash/nor.rs"]
mod nor;
mod stays;
#[path = "../examples/flash/store.rs"]
mod store;

use endotype::published::{SOFA_2, SOFA_1996};
use endotype::{How, Missing, SofaRules};
use nor::{Fault, Nor};
use sequential_storage::Error;
use stays::Stay;
use std::ops::AddAssign;
use store::{Bed, Kept, Mark, Store, Text};

/// Two banks of two pages of 1 KiB, as of a small microcontroller, so that a stay goes round many times and erases are cut, too.
const PAGE: usize = 1024;
const BANK: u32 = 2 * PAGE as u32;
const BYTES: usize = 4 * PAGE;
type Flash = Nor<BYTES, PAGE>;
type Outcome = Result<(), Error<Fault>>;
const KEY: [u8; 16] = *b"pseudonym no. 12";

fn open_for(flash: &mut Flash, key: [u8; 16]) -> Store<&mut Flash> {
    Store::new(flash, [0..BANK, BANK..2 * BANK], key)
}

fn open(flash: &mut Flash) -> Store<&mut Flash> {
    open_for(flash, KEY)
}

fn bed(rules: &'static SofaRules) -> Bed {
    let missing = if rules.more().is_some() { Missing::Carry } else { Missing::Open };
    Bed::new(rules, How { missing, ..How::DEFAULT })
}

/// What a device writes for one thing that happened.
enum Job<'a> {
    Event(u32, Text<'a>),
    /// A patient came, or a day was closed.
    State,
}

struct Step<'a> {
    job: Job<'a>,
    /// Events stored before it and behind it, and the states.
    events: [u32; 2],
    before: Option<Kept>,
    after: Kept,
    /// The minute at which a device that fails here is back.
    back: u32,
}

impl Step<'_> {
    fn write(&self, store: &mut Store<&mut Flash>) -> Outcome {
        match self.job {
            Job::Event(minute, text) if store.event(minute, text)? => Ok(()),
            _ => store.state(self.after.clone()),
        }
    }
}

/// Everything that a device writes in a stay, or in its first so many events.
fn steps<'a>(stay: &'a Stay, rules: &'static SofaRules, most: usize) -> Vec<Step<'a>> {
    let mut bed = bed(rules);
    let mut steps: Vec<Step<'a>> = Vec::new();
    let (mut events, mut clock) = (0, 0);
    let mut add = |job, bed: &Bed, clock: u32| {
        let before = steps.last().map(|step: &Step<'_>| step.after.clone());
        let from = events;
        events += u32::from(matches!(job, Job::Event(..)));
        let back = (clock + 10).min(bed.window.day_end() - 1);
        steps.push(Step { job, events: [from, events], before, after: bed.kept().unwrap(), back });
    };
    add(Job::State, &bed, clock);
    for (minute, [item, unit, value], event) in stay.events.iter().take(most) {
        while *minute >= bed.window.day_end() {
            clock = bed.window.day_end();
            bed.close_day().unwrap();
            add(Job::State, &bed, clock);
        }
        bed.push(*minute, event).unwrap();
        clock = clock.max(*minute);
        add(Job::Event(*minute, [item, unit, value]), &bed, clock);
        if bed.window.end().is_some() {
            bed.close_day().unwrap();
            add(Job::State, &bed, clock);
        }
    }
    steps
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Count {
    stays: u32,
    events: u32,
    /// Bytes at which the power failed, and of these where a state that the step changes was there already.
    cuts: u32,
    after: u32,
    /// Pages erased on the way.
    erased: u32,
}

/// What the tests below count: stays and events as the charts have them, the rest recorded, so that the sums in the README stay true.
const SHORT: Count = Count { stays: 10, events: 892, cuts: 205_528, after: 1_140, erased: 124 };
const LONGER: Count = Count { stays: 4, events: 1_067, cuts: 139_708, after: 1_684, erased: 74 };
const FIRST_EVENTS: Count = Count { stays: 26, events: 312, cuts: 83_024, after: 542, erased: 52 };
const END_OF_THE_LONGEST: Count = Count { stays: 1, events: 62, cuts: 7_712, after: 92, erased: 4 };
const SECOND_CUTS: u32 = 46_560;

#[test]
fn power_figures_are_those_of_the_readme() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let cuts: u32 = [SHORT, LONGER, FIRST_EVENTS, END_OF_THE_LONGEST].iter().map(|count| count.cuts).sum();
    for figure in [cuts, SECOND_CUTS, 2 * 8 * BYTES as u32] {
        let said = format!("{},{:03}", figure / 1_000, figure % 1_000);
        assert!(readme.contains(&said), "README.md does not say {said}");
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, more: Count) {
        self.stays += more.stays;
        self.events += more.events;
        self.cuts += more.cuts;
        self.after += more.after;
        self.erased += more.erased;
    }
}

/// The step, and how many bytes it writes and erases.
fn written(before: &Flash, mark: Mark, step: &Step<'_>) -> (Flash, Mark, u32) {
    let mut flash = before.clone();
    let mut store = open(&mut flash);
    store.at = mark;
    step.write(&mut store).unwrap();
    let mark = store.at;
    let bytes = flash.written - before.written + PAGE as u32 * (flash.erased - before.erased);
    (flash, mark, bytes)
}

/// What is left if the power fails so many bytes into the step.
fn torn(before: &Flash, mark: Mark, step: &Step<'_>, until: u32) -> Flash {
    let mut flash = Flash { until_cut: Some(until), ..before.clone() };
    let mut store = open(&mut flash);
    store.at = mark;
    let failed = step.write(&mut store);
    assert!(matches!(failed, Err(Error::Storage { value: Fault::Cut })), "{failed:?} {until}");
    Flash { until_cut: None, ..flash }
}

/// The state before or behind the step, as it was; whether the one behind.
fn found(store: &mut Store<&mut Flash>, step: &Step<'_>, rules: &SofaRules) -> (Option<Kept>, bool) {
    let kept = store.restore(rules).unwrap();
    let events = store.at.events;
    let after = kept.as_ref() == Some(&step.after) && events == step.events[1];
    assert!(after || kept == step.before && events == step.events[0], "neither before nor after: {kept:?}");
    (kept, after)
}

/// Back after an outage, the state is stored again.
fn goes_on(store: &mut Store<&mut Flash>, kept: Option<Kept>, step: &Step<'_>, rules: &'static SofaRules) -> Kept {
    // Nothing is stored before the first snapshot of a patient is.
    let mut bed = bed(rules);
    if let Some(kept) = kept {
        bed.resume(kept, step.back).unwrap();
    }
    let on = bed.kept().unwrap();
    store.state(on.clone()).unwrap();
    on
}

/// Cuts each of the steps of a stay at each of its bytes, behind those of its first so many events.
fn cut_everywhere(stay: &Stay, rules: &'static SofaRules, behind: u32, most: usize) -> Count {
    let steps = steps(stay, rules, most);
    let (mut flash, mut mark) = (Flash::ERASED, Mark::default());
    let mut count = Count { stays: 1, ..Count::default() };
    for step in &steps {
        let (whole, next, bytes) = written(&flash, mark, step);
        if step.events[0] < behind {
            (flash, mark) = (whole, next);
            continue;
        }
        for until in 0..bytes {
            let mut torn = torn(&flash, mark, step, until);
            let mut store = open(&mut torn);
            let (kept, after) = found(&mut store, step, rules);
            let on = goes_on(&mut store, kept, step, rules);
            assert_eq!(open(&mut torn).restore(rules).unwrap(), Some(on), "what it went on from");
            count.cuts += 1;
            count.after += u32::from(after && step.before.as_ref() != Some(&step.after));
        }
        count.events += u32::from(matches!(step.job, Job::Event(..)));
        count.erased += whole.erased - flash.erased;
        (flash, mark) = (whole, next);
    }
    count
}

fn cut_all(stays: &[Stay], rules: &'static SofaRules, most: usize) -> Count {
    let mut count = Count::default();
    for stay in stays {
        count += cut_everywhere(stay, rules, 0, most);
    }
    println!("{count:?}");
    count
}

/// Stays by their length in events.
fn of_length(events: std::ops::Range<usize>) -> Vec<Stay> {
    stays::shipped().into_iter().filter(|stay| events.contains(&stay.events.len())).collect()
}

/// Real ones of a day, the made-up courses with their death and discharge, and four scenarios of nine days with serial markers.
#[test]
fn r196_power_fails_at_every_byte_of_ten_whole_stays() {
    let count = cut_all(&of_length(0..120), &SOFA_1996, usize::MAX);
    assert_eq!(count, SHORT);
}

/// Of one to four days, by the edition that has more to keep.
#[test]
fn r196_power_fails_at_every_byte_of_longer_stays() {
    let count = cut_all(&of_length(145..345), &SOFA_2, usize::MAX);
    assert_eq!(count, LONGER);
}

#[test]
fn r196_power_fails_at_every_byte_of_the_first_events_of_every_stay() {
    let count = cut_all(&stays::shipped(), &SOFA_2, 12);
    assert_eq!(count, FIRST_EVENTS);
}

/// The longest stay of 14 days, when the course has long been full: its last events.
#[test]
fn r196_power_fails_at_every_byte_of_the_end_of_the_longest_stay() {
    let count = cut_everywhere(&of_length(1_700..1_800)[0], &SOFA_1996, 1_650, usize::MAX);
    println!("{count:?}");
    assert_eq!(count, END_OF_THE_LONGEST);
}

/// Once more while the device comes back: what it found, or what it went on from.
#[test]
fn r196_power_fails_again_while_the_device_comes_back() {
    let stays = of_length(0..60);
    let mut cuts = 0;
    let (mut flash, mut mark) = (Flash::ERASED, Mark::default());
    for (at, step) in steps(&stays[0], &SOFA_1996, usize::MAX).iter().enumerate() {
        let (whole, next, bytes) = written(&flash, mark, step);
        // Every byte of coming back, for some of the bytes at which the device went.
        let some = (at as u32..bytes).step_by(331).filter(|_| at.is_multiple_of(4));
        for until in some {
            let once = torn(&flash, mark, step, until);
            let mut twice = once.clone();
            let (kept, _) = found(&mut open(&mut twice), step, &SOFA_1996);
            let mut store = open(&mut twice);
            let kept_again = store.restore(&SOFA_1996).unwrap();
            assert_eq!(kept, kept_again);
            let on = goes_on(&mut store, kept.clone(), step, &SOFA_1996);
            let again = twice.written - once.written + PAGE as u32 * (twice.erased - once.erased);
            for until in 0..again {
                let mut flash = Flash { until_cut: Some(until), ..once.clone() };
                let mut store = open(&mut flash);
                // An erase that was cut is repeated when the flash is read.
                let cut = store.restore(&SOFA_1996).and_then(|_| store.state(on.clone()));
                assert!(matches!(cut, Err(Error::Storage { value: Fault::Cut })), "{cut:?}");
                flash.until_cut = None;
                let mut store = open(&mut flash);
                let last = store.restore(&SOFA_1996).unwrap();
                assert!(last == kept || last.as_ref() == Some(&on), "{last:?}");
                goes_on(&mut store, last, step, &SOFA_1996);
                cuts += 1;
            }
        }
        (flash, mark) = (whole, next);
    }
    println!("{cuts} second cuts");
    assert_eq!(cuts, SECOND_CUTS);
}

/// Each bit of the flash, used or not: the last state or an earlier one, never one that there was not; and the device goes on.
#[test]
fn r197_power_bits_flip_in_the_flash() {
    let [mut last, mut earlier] = [0; 2];
    for (stay, rules) in of_length(0..60).iter().zip([&SOFA_1996, &SOFA_2]) {
        let steps = steps(stay, rules, 33);
        let (mut flash, mut mark) = (Flash::ERASED, Mark::default());
        for step in &steps {
            (flash, mark, _) = written(&flash, mark, step);
        }
        let end = &steps[steps.len() - 1];
        assert_eq!(open(&mut flash).restore(rules).unwrap().as_ref(), Some(&end.after));
        // The flash as a whole, and so every bit of every snapshot and event that is stored in it.
        for bit in 0..8 * BYTES {
            let mut flipped = flash.clone();
            flipped.cells[bit / 8] ^= 1 << (bit % 8);
            let mut store = open(&mut flipped);
            let kept = store.restore(rules).unwrap().unwrap_or_else(|| panic!("bit {bit}: nothing"));
            if kept == end.after {
                last += 1;
            } else {
                let known = steps.iter().any(|step| step.after == kept && step.events[1] == store.at.events);
                assert!(known, "bit {bit}: a state that there never was");
                earlier += 1;
            }
            store.state(end.after.clone()).unwrap();
            assert_eq!(open(&mut flipped).restore(rules).unwrap().as_ref(), Some(&end.after), "bit {bit}");
        }
    }
    println!("{last} last, {earlier} earlier");
    assert_eq!((last, earlier), (49_248, 16_288));
}

/// The bed's next patient, and the same patient by other rules: nothing of theirs.
#[test]
fn r191_power_comes_back_to_another_patient_or_other_rules() {
    let stays = of_length(0..60);
    let mut flash = Flash::ERASED;
    let mut mark = Mark::default();
    for step in &steps(&stays[0], &SOFA_1996, 25) {
        (flash, mark, _) = written(&flash, mark, step);
    }
    let other = *b"pseudonym no. 13";
    assert_eq!(open_for(&mut flash, other).restore(&SOFA_1996).unwrap(), None);
    assert_eq!(open(&mut flash).restore(&SOFA_2).unwrap(), None);
    let first = open(&mut flash).restore(&SOFA_1996).unwrap();
    assert!(first.is_some());

    // The next patient's events are not the first one's, also where only they are left behind the first one's snapshot.
    let mut next = open_for(&mut flash, other);
    next.restore(&SOFA_1996).unwrap();
    let empty = bed(&SOFA_1996).kept().unwrap();
    next.state(empty.clone()).unwrap();
    next.event(5, ["platelets", "10*9/L", "19"]).unwrap();
    assert_eq!(open(&mut flash).restore(&SOFA_1996).unwrap(), first);
    let theirs = open_for(&mut flash, other).restore(&SOFA_1996).unwrap();
    assert!(theirs.is_some() && theirs != Some(empty));
}

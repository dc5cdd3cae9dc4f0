//! Serial markers: samples on every side of every rule, in every order, up to a full series.

use crate::call::{at, call, call_out};
use crate::edges::reading;
use endotype::quantity::{Hemoglobin, Lymphocytes};
use endotype::*;
use inputs::Interval;

// SAFETY of all calls below: each passes what the entry of that name takes.

struct Device {
    immune: Immune<7>,
    lymphocytes: Series<Lymphocytes, 7>,
    watch: Watch<Hemoglobin>,
}

impl Device {
    fn new() -> Device {
        Device { immune: Immune::new(), lymphocytes: Series::new(), watch: Watch::new() }
    }

    fn push(&mut self, minute: u32, event: &Event, remarks: Remarks) {
        let words = [core::ptr::from_mut(&mut self.immune) as usize, minute as usize, at(event), at(&remarks)];
        unsafe { call(entries::immune_push as *const () as usize, words) };
    }

    fn look(&self, now: u32) {
        let _: Entry = unsafe { call_out(entries::immune_entry as *const () as usize, [at(&self.immune), now as usize, 0]) };
        let _: [Met; 5] = unsafe { call_out(entries::immune_after as *const () as usize, [at(&self.immune), now as usize, 0]) };
        unsafe { call(entries::immune_stage as *const () as usize, [at(&self.immune), now as usize, 0, 0]) };
    }

    /// Six answers do not fit into registers: the first word is where they go, the fifth would go onto the stack, so `now` is the origin.
    fn rules(&self, origin: Option<u32>) {
        let mut met = [Met::No; 6];
        let words = [core::ptr::from_mut(&mut met) as usize, at(&self.immune), at(&self.lymphocytes), at(&origin)];
        unsafe { call(entries::immune_rules as *const () as usize, words) };
    }
}

/// The two markers of one input, a day apart from the last.
fn samples(device: &mut Device, minute: u32, [ferritin, mhla_dr]: [Interval; 2], remarks: Remarks) {
    device.push(minute, &Event::Ferritin(reading(ferritin)), remarks);
    device.push(minute + 5, &Event::MhlaDr(reading(mhla_dr)), remarks);
}

fn remarks(n: u32) -> Remarks {
    Remark::ALL.iter().filter(|remark| n >> **remark as u32 & 1 == 1).fold(Remarks::NONE, |all, remark| all.with(*remark))
}

fn see(device: &mut Device, minute: u32, reading: Reading<Hemoglobin>, dose: Option<u32>) {
    let mut signal: Option<Signal<Hemoglobin>> = None;
    // The fifth word goes onto the stack; a signal is larger than two registers, so its place is the first.
    let words = [core::ptr::from_mut(&mut signal) as usize, core::ptr::from_mut(&mut device.watch) as usize, minute as usize, at(&reading)];
    let _ = dose;
    unsafe { call(entries::watch as *const () as usize, words) };
}

pub fn courses(n: u32) {
    for n in 0..n {
        let mut device = Device::new();
        for day in 0..4 {
            samples(&mut device, day * 1_440 + 100, inputs::markers(4 * n + day), remarks(n + day));
            if day == 1 {
                device.push(1_700, &Event::FirstDose(Dose::Other), Remarks::NONE);
            }
            device.look(day * 1_440 + 200);
        }
    }
}

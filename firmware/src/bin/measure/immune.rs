//! Serial markers up to a full series, under every entry that reads them. Only counted: what they answer is tested elsewhere.

use crate::call::{at, call, call_out, to};
use crate::edges::reading;
use endotype::published::IMMUNOSEP_TRIAL;
use endotype::quantity::{Hemoglobin, Lymphocytes};
use endotype::*;

/// A device's state, and what it asks the rules over time.
struct Device {
    asked: (Immune<7>, Series<Lymphocytes, 7>, Option<u32>, u32),
    watch: Watch<Hemoglobin>,
}

// SAFETY of all calls below: each passes what the entry of that name takes.
impl Device {
    fn new() -> Device {
        Device { asked: (Immune::new(), Series::new(), Some(60), 0), watch: Watch::new() }
    }

    fn push(&mut self, minute: u32, event: &Event) {
        let words = [to(&mut self.asked.0), minute as usize, at(event), 0];
        unsafe { call(entries::immune_push as *const () as usize, words) };
    }

    fn look(&mut self, now: u32) {
        self.asked.3 = now;
        let immune = at(&self.asked.0);
        let (mut after, mut over_time) = ([Met::No; 5], [Met::No; 6]);
        let entry: Entry = unsafe { call_out(entries::immune_entry as *const () as usize, [immune, now as usize, 0]) };
        let candidate = Candidate { class: Some(entry.class), sepsis_classified: Some(60), entry: now, ..Candidate::UNKNOWN };
        let mut eligibility = IMMUNOSEP_TRIAL.would_take(&Candidate::UNKNOWN);
        unsafe {
            call(entries::immune_after as *const () as usize, [immune, now as usize, to(&mut after), 0]);
            call(entries::immune_stage as *const () as usize, [immune, now as usize, 0, 0]);
            call(entries::immune_rules as *const () as usize, [at(&self.asked), to(&mut over_time), 0, 0]);
            call(entries::would_take as *const () as usize, [at(&candidate), to(&mut eligibility), 0, 0]);
        }
    }

    fn see(&mut self, minute: u32, reading: Reading<Hemoglobin>, dose: Option<u32>) {
        let (seen, mut signal) = ((minute, reading, dose), None::<Signal<Hemoglobin>>);
        unsafe { call(entries::watch as *const () as usize, [to(&mut self.watch), at(&seen), to(&mut signal), 0]) };
    }
}

/// Courses of seven days, the inputs that crowd the edges as their samples, the latest first in every second one.
pub fn courses(n: u32) {
    for n in 0..n {
        let mut device = Device::new();
        for day in 0..7 {
            let day = if n % 2 == 0 { day } else { 6 - day };
            let ([ferritin, mhla_dr], minute) = (inputs::markers(7 * n + day), day * 1_440 + 100);
            for (at, n) in [(minute, n + day), (minute + 5, n)] {
                for remark in Remark::ALL.iter().filter(|remark| n >> **remark as u32 & 1 == 1) {
                    device.push(at, &Event::Specimen(*remark));
                }
                let event = if at == minute { Event::Ferritin(reading(ferritin)) } else { Event::MhlaDr(reading(mhla_dr)) };
                device.push(at, &event);
            }
            let cells = Reading::exact(Amount::Ticks(500_000 + 100_000 * day)).unwrap_or(Reading::UNKNOWN);
            let _ = device.asked.1.push(minute, cells, Remarks::NONE);
            if day == 1 {
                device.push(1_700, &Event::FirstDose(Dose::Other));
            }
            let hemoglobin = Reading::exact(Amount::Ticks(6_000 + 200 * day)).unwrap_or(Reading::UNKNOWN);
            device.see(minute, hemoglobin, Some(1_700));
            device.look(minute + 60);
        }
        // Full: another is refused, one of the same minute is not.
        device.push(20_000, &Event::Ferritin(reading(inputs::markers(n)[0])));
        device.push(100, &Event::Ferritin(reading(inputs::markers(n)[0])));
        device.look(6 * 1_440 + 1_400);
        let specimen = Specimen { hemolysis: Some(n), ..Specimen::UNKNOWN };
        let mut remarks = Remarks::NONE;
        unsafe { call(entries::remarks as *const () as usize, [at(&specimen), to(&mut remarks), 0, 0]) };
    }
}

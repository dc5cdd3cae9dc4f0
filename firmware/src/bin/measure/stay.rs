//! The window and the course: the real stays, and what costs the most.

use crate::call::{at, call, call_out, to};
use endotype::published::SOFA_1996;
use endotype::*;
use entries::Shown;
use firmware::stays::{Chart, Charted};
use semihosting::println;

/// A device's state, each call of it counted.
struct Device {
    window: Window,
    course: Course<28>,
    carried: Carried,
    how: How,
}

// SAFETY of all calls below: each passes what the entry of that name takes.
impl Device {
    fn new(missing: Missing) -> Device {
        Device {
            window: Window::new(&SOFA_1996),
            course: Course::new(SOFA_1996.id()),
            carried: Carried::NONE,
            how: How { missing, infusions: Infusions::Unknown },
        }
    }

    fn push(&mut self, minute: u32, event: &Event) -> u8 {
        unsafe { call(entries::push as *const () as usize, [to(&mut self.window), minute as usize, at(event), 0]) as u8 }
    }

    fn look(&self) {
        let [so_far, rolling] = [entries::so_far as *const () as usize, entries::rolling as *const () as usize];
        for organ in Organ::ALL {
            for entry in [so_far, rolling] {
                let mut shown: Shown = [0; 3];
                // The fourth word of an entry that returns through its first goes onto the stack; so it takes them as one.
                let arguments = (&self.window, &self.how, &self.carried, organ);
                unsafe { call(entry, [to(&mut shown), at(&arguments), 0, 0]) };
            }
        }
        let (total, prior, infusions) = (Total::only(5), Prior::Sofa(2), Infusions::Unknown);
        unsafe { call(entries::septic as *const () as usize, [at(&self.window), at(&total), at(&prior), at(&infusions)]) };
    }

    fn close_day(&mut self) -> u8 {
        let words = [to(&mut self.window), to(&mut self.course), at(&self.how), to(&mut self.carried)];
        let status = unsafe { call(entries::close_day as *const () as usize, words) as u8 };
        let day = self.course.len() as u32;
        // Two words of a result come back in registers on some processors; so it is written where it is told.
        let mut change: Result<Change, Error> = Err(Error::NoSuchDay);
        unsafe { call(entries::course_change as *const () as usize, [at(&self.course), day as usize, to(&mut change), 0]) };
        let _: Result<Response, Error> = unsafe { call_out(entries::response as *const () as usize, [at(&self.course), 0, 0]) };
        status
    }

    fn end(&mut self) {
        let (end, total) = (End::Discharge, Total::only(3));
        let course = to(&mut self.course);
        unsafe {
            call(entries::course_gap as *const () as usize, [course, self.course.len() + 1, 0, 0]);
            call(entries::course_amend as *const () as usize, [course, 1, at(&total), 0]);
            call(entries::course_end as *const () as usize, [course, at(&end), 0, 0]);
        }
    }

    fn resume(&mut self, now: u32) {
        unsafe { call(entries::resume as *const () as usize, [to(&mut self.window), now as usize, 0, 0]) };
    }

    fn merge(&mut self, other: &Window) {
        unsafe { call(entries::merge as *const () as usize, [to(&mut self.window), at(other), 0, 0]) };
    }

    fn clear(&mut self) {
        unsafe { call(entries::clear as *const () as usize, [to(&mut self.window), 0, 0, 0]) };
    }
}

fn read_event(charted: &Charted) {
    let (item, unit) = charted.named;
    let arguments = (&item, &unit, &charted.text);
    let mut event = Ok(Event::Death);
    unsafe {
        call(
            entries::read_event as *const () as usize,
            [core::ptr::from_mut::<Result<Event, Error>>(&mut event) as usize, at(arguments.0), at(arguments.1), at(arguments.2)],
        )
    };
}

pub fn stays() {
    let mut events = 0;
    for missing in [Missing::Open, Missing::Carry] {
        let mut device = Device::new(missing);
        let mut patient = "";
        for charted in Chart::START.flatten() {
            if charted.patient != patient {
                device.end();
                device = Device::new(missing);
                patient = charted.patient;
            }
            read_event(&charted);
            while charted.minute >= device.window.day_end() && device.close_day() == 0 {}
            device.push(charted.minute, &charted.event);
            events += 1;
            if events % 8 == 0 {
                device.look();
            }
        }
    }
    println!("{events} events of the stays");
}

/// Eight infusions that count, charted per minute or open, and every item in each hour.
fn busy(minute: u32, device: &mut Device) {
    let open = "0.05..20";
    for (item, unit, value) in [
        ("weight", "kg", "79.9..80.1"),
        ("fio2", "%", "39.5..40.5"),
        ("support", "", "imv"),
        ("norepinephrine", "ug/min", "8"),
        ("epinephrine", "ug/min", "0..9"),
        ("dopamine", "ug/kg/min", open),
        ("dobutamine", "ug/min", "0..1"),
        ("vasopressin", "[U]/h", "0..2"),
        ("phenylephrine", "ug/min", "0..2"),
        ("milrinone", "ug/min", "0..2"),
        ("other_vasoactive", "ug/min", "0..2"),
        ("hypovolemia", "", "0"),
        ("infection", "", "1"),
        ("pao2", "mm[Hg]", "60..90"),
        ("pao2", "kPa", "8..12"),
        ("lactate", "mmol/L", "1..3"),
        ("platelets", "10*9/L", "15..160"),
        ("gcs", "{score}", "3..15"),
        ("bilirubin", "mg/dL", "0.1..13"),
        ("map", "mm[Hg]", "60..80"),
        ("creatinine", "umol/L", "80..500"),
        ("urine", "mL", "10..20"),
    ] {
        if let Ok(event) = Event::read(item, unit, value) {
            device.push(minute, &event);
        }
    }
}

/// A day of everything, then silence; an outage; two devices; a stay of 28 days.
pub fn worst() {
    for missing in [Missing::Open, Missing::Normal, Missing::Carry] {
        let mut device = Device::new(missing);
        for hour in 0..24 {
            busy(hour * 60 + 7, &mut device);
            device.look();
        }
        device.close_day();
        busy(1_440, &mut device);
        // The longest that one event has to catch up with: the whole day behind it.
        device.push(2_879, &Event::Map(Reading::UNKNOWN));
        device.look();
        device.close_day();
        busy(2_880, &mut device);
        device.resume(4_319);
        device.close_day();
        let mut other = Device::new(missing);
        for _ in 0..3 {
            other.close_day();
        }
        for hour in 0..24 {
            busy(4_320 + hour * 60 + 30, &mut other);
        }
        busy(4_320, &mut device);
        device.merge(&other.window);
        device.merge(&other.window);
        while device.close_day() == 0 {}
        device.look();
        device.end();
        device.clear();
    }
}

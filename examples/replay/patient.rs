//! One patient after the other through the crate's public API.

use crate::Settings;
use crate::chart::{Chart, Line};
use crate::report::{Decision, Report};
use anyhow::bail;
use endotype::published::{IMMUNOSEP, SEPSIS_3};
use endotype::quantity::{Ferritin, MhlaDr};
use endotype::{Carried, Change, Course, Day, End, Error, Event, Met, Reading, Total, Window};
use std::collections::HashSet;

/// The last line of a marker: its reading, and the text as charted.
struct Marker<Q> {
    reading: Reading<Q>,
    text: String,
    charted: bool,
}

impl<Q: endotype::quantity::Quantity> Marker<Q> {
    const NONE: Marker<Q> = Marker { reading: Reading::UNKNOWN, text: String::new(), charted: false };

    fn see(&mut self, reading: Reading<Q>, text: &str) {
        self.charted = true;
        if !reading.is_unknown() {
            (self.reading, self.text) = (reading, text.trim().to_owned());
        }
    }
}

struct Patient {
    name: String,
    window: Window,
    course: Course<9>,
    first: Option<Total>,
    carried: Carried,
    ferritin: Marker<Ferritin>,
    mhla_dr: Marker<MhlaDr>,
}

impl Patient {
    fn new(name: &str, settings: &Settings) -> Patient {
        Patient {
            name: name.to_owned(),
            window: Window::new(settings.rules),
            course: Course::new(settings.rules.id()),
            first: None,
            carried: Carried::NONE,
            ferritin: Marker::NONE,
            mhla_dr: Marker::NONE,
        }
    }

    fn take(&mut self, line: &Line<'_>, settings: &Settings, report: &mut Report) -> anyhow::Result<()> {
        let (minute, event) = line.read()?;
        if self.window.end().is_some() {
            return Err(line.refused(Error::AfterEnd));
        }
        while minute >= self.window.day_end() {
            let day = self.window.close_day(settings.rules)?;
            self.decide(&day, settings, report)?;
        }
        self.window.push(settings.rules, minute, &event).map_err(|error| line.refused(error))?;
        match event {
            Event::Ferritin(reading) => self.ferritin.see(reading, line.value),
            Event::MhlaDr(reading) => self.mhla_dr.see(reading, line.value),
            Event::Death | Event::Discharge => {
                let day = self.window.close_day(settings.rules)?;
                self.decide(&day, settings, report)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// The last day, unless death or discharge closed it.
    fn finish(&mut self, settings: &Settings, report: &mut Report) -> anyhow::Result<()> {
        if self.window.end().is_none() {
            let day = if settings.last_day_closed {
                self.window.close_day(settings.rules)?
            } else {
                self.window.so_far(settings.rules)?
            };
            self.decide(&day, settings, report)?;
        }
        report.patient_ends()
    }

    fn decide(&mut self, day: &Day, settings: &Settings, report: &mut Report) -> anyhow::Result<()> {
        let score = day.score(settings.rules, settings.how, self.carried);
        let total = score.total();
        if day.closed() {
            self.carried = score.carried();
            match self.course.push(&score) {
                // Nine days decide the endpoint; the daily score goes on.
                Ok(()) | Err(Error::CourseFull) => {}
                Err(error) => bail!("patient {}: day {}: {error}", self.name, day.number()),
            }
            if let (Some(end @ (End::Death | End::Discharge)), true) = (self.window.end(), day.closed()) {
                self.course.end(end)?;
            }
        }
        let change = match self.first {
            Some(first) => Change::between(first, total).ends(),
            None => [0, 0],
        };
        self.first.get_or_insert(total);
        if day.number() > settings.days {
            return Ok(());
        }
        let sepsis = SEPSIS_3.sepsis(day.infection(), day.emergency(), total, settings.prior);
        let shock = SEPSIS_3.shock(sepsis, day.circulatory_shock(settings.how.infusions));
        let response = self.course_response(settings)?;
        let marked = self.ferritin.charted || self.mhla_dr.charted;
        report.day(&Decision {
            patient: &self.name,
            day,
            score: &score,
            rules: settings.name,
            change,
            sepsis,
            shock,
            ferritin: &self.ferritin.text,
            mhla_dr: &self.mhla_dr.text,
            class: marked.then(|| IMMUNOSEP.classify(self.ferritin.reading, self.mhla_dr.reading)),
            response,
        })
    }

    fn course_response(&self, settings: &Settings) -> anyhow::Result<Met> {
        Ok(settings.endpoint.response(&self.course)?.met)
    }
}

/// Replays a whole chart; what closed before a malformed line stays reported.
pub(crate) fn replay(mut chart: Chart, settings: &Settings, report: &mut Report) -> anyhow::Result<()> {
    let mut seen = HashSet::new();
    let mut current: Option<Patient> = None;
    while let Some(line) = chart.next()? {
        if current.as_ref().is_none_or(|patient| patient.name != line.patient) {
            if !seen.insert(line.patient.to_owned()) {
                bail!("line {}: patient {} comes back; the lines of one patient stand together", line.number, line.patient);
            }
            // A malformed line begins no patient, so it is read before the one before it ends.
            line.read()?;
            if let Some(mut patient) = current.take() {
                patient.finish(settings, report)?;
            }
            current = Some(Patient::new(line.patient, settings));
        }
        if let Some(patient) = &mut current {
            patient.take(&line, settings, report)?;
        }
    }
    match current {
        Some(mut patient) => patient.finish(settings, report),
        None => Ok(()),
    }
}

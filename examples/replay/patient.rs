//! One patient after the other through the crate's public API.

use crate::chart::{Chart, Line};
use crate::report::{Decision, Report};
use crate::{Edition, Settings, immune};
use anyhow::bail;
use endotype::published::{IMMUNOSEP, SEPSIS_3};
use endotype::quantity::{Ferritin, MhlaDr};
use endotype::{Carried, Change, Course, Day, End, Error, Event, Met, Reading, Receipt, Total, Window};
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

/// What one edition makes of a patient.
struct Scored<'a> {
    edition: &'a Edition,
    window: Window,
    course: Course<9>,
    first: Option<Total>,
    carried: Carried,
    /// The latest minute that was heard of.
    minute: u32,
}

struct Patient<'a> {
    name: String,
    settings: &'a Settings,
    scored: Vec<Scored<'a>>,
    ferritin: Marker<Ferritin>,
    mhla_dr: Marker<MhlaDr>,
    /// What `--immune` asks, and what it follows.
    immune: Option<(&'a immune::Followed, immune::Course)>,
}

impl<'a> Scored<'a> {
    fn new(edition: &'a Edition) -> Scored<'a> {
        Scored {
            edition,
            window: Window::new(edition.rules),
            course: Course::new(edition.rules.id()),
            first: None,
            carried: Carried::NONE,
            minute: 0,
        }
    }

    /// The last day, unless death or discharge closed it.
    fn last_day(&mut self, settings: &Settings) -> Result<Option<Day>, Error> {
        match (self.window.end(), settings.last_day_closed) {
            (Some(_), _) => Ok(None),
            (None, true) => self.window.close_day(self.edition.rules).map(Some),
            (None, false) => self.window.so_far(self.edition.rules).map(Some),
        }
    }
}

impl<'a> Patient<'a> {
    fn new(name: &str, settings: &'a Settings) -> Patient<'a> {
        let scored = settings.editions.iter().map(Scored::new).collect();
        Patient {
            name: name.to_owned(),
            settings,
            scored,
            ferritin: Marker::NONE,
            mhla_dr: Marker::NONE,
            immune: settings.immune.as_ref().map(|asked| (asked, immune::Course::new())),
        }
    }

    fn take(&mut self, line: &Line<'_>, report: &mut Report) -> anyhow::Result<()> {
        let (minute, event) = line.read()?;
        if self.scored.iter().any(|scored| scored.window.end().is_some()) {
            return Err(line.refused(Error::AfterEnd));
        }
        if let Some((_, course)) = &self.immune {
            course.check(minute, &event, line)?;
        }
        while self.scored.iter().any(|scored| minute >= scored.window.day_end()) {
            self.close_day(report)?;
        }
        for scored in &mut self.scored {
            scored.window.push(scored.edition.rules, minute, &event).map_err(|error| line.refused(error))?;
            scored.minute = minute.max(scored.minute);
        }
        if let Some((asked, course)) = &mut self.immune {
            course.take(asked, minute, &event, line)?;
        }
        match event {
            Event::Ferritin(reading) => self.ferritin.see(reading, line.value),
            Event::MhlaDr(reading) => self.mhla_dr.see(reading, line.value),
            Event::Death | Event::Discharge => self.close_day(report)?,
            _ => {}
        }
        Ok(())
    }

    fn close_day(&mut self, report: &mut Report) -> anyhow::Result<()> {
        self.decide(report, |scored, _| scored.window.close_day(scored.edition.rules).map(Some))
    }

    fn finish(&mut self, report: &mut Report) -> anyhow::Result<()> {
        self.decide(report, Scored::last_day)?;
        report.patient_ends()
    }

    /// What each edition says of the day that it gives, or what the markers say of it.
    fn decide(
        &mut self,
        report: &mut Report,
        day: impl Fn(&mut Scored<'a>, &Settings) -> Result<Option<Day>, Error>,
    ) -> anyhow::Result<()> {
        let (name, settings) = (&self.name, self.settings);
        for (edition, scored) in self.scored.iter_mut().enumerate() {
            let Some(day) = day(scored, settings)? else { continue };
            let over = day.closed() && scored.window.end().is_none();
            let sepsis = scored.decide(&day, (name, &self.ferritin, &self.mhla_dr), settings, report)?;
            if let (Some((asked, course)), 0) = (&mut self.immune, edition) {
                let fields = course.decide(asked, name, &day, over, sepsis);
                if day.number() <= settings.days {
                    report.markers(name, &fields)?;
                }
            }
        }
        Ok(())
    }
}

impl Scored<'_> {
    fn decide(
        &mut self,
        day: &Day,
        (name, ferritin, mhla_dr): (&str, &Marker<Ferritin>, &Marker<MhlaDr>),
        settings: &Settings,
        report: &mut Report,
    ) -> anyhow::Result<Met> {
        let edition = self.edition;
        let score = day.score(edition.rules, edition.how, self.carried);
        let total = score.total();
        if day.closed() {
            self.carried = score.carried();
            match self.course.push(&score) {
                // Nine days decide the endpoint; the daily score goes on.
                Ok(()) | Err(Error::CourseFull) => {}
                Err(error) => bail!("patient {name}: day {}: {error}", day.number()),
            }
            if let Some(end @ (End::Death | End::Discharge)) = self.window.end() {
                self.course.end(end)?;
            }
        }
        let change = match self.first {
            Some(first) => Change::between(first, total).ends(),
            None => [0, 0],
        };
        self.first.get_or_insert(total);
        let sepsis = SEPSIS_3.sepsis(day.infection(), day.emergency(), total, settings.prior);
        if day.number() > settings.days || settings.immune.is_some() {
            return Ok(sepsis);
        }
        let shock = SEPSIS_3.shock(sepsis, day.circulatory_shock(edition.how.infusions));
        let response = edition.endpoint.map(|endpoint| endpoint.response(&self.course)).transpose()?;
        let marked = ferritin.charted || mhla_dr.charted;
        if let Some(receipts) = &settings.receipts {
            let minute = if day.closed() && self.window.end().is_none() { 1_440 * day.number() } else { self.minute };
            let how = edition.how;
            receipts.add(name, minute, Receipt::Score { day: *day, how, score })?;
            receipts.add(name, minute, Receipt::sepsis(day, how.infusions, total, settings.prior))?;
            if let Ok(receipt) = Receipt::change(&self.course, day.number()) {
                receipts.add(name, minute, receipt)?;
            }
            if let Some(endpoint) = &edition.endpoint {
                receipts.add(name, minute, Receipt::endpoint(endpoint, &self.course)?)?;
            }
            if marked {
                receipts.add(name, minute, Receipt::endotype(&IMMUNOSEP, ferritin.reading, mhla_dr.reading))?;
            }
        }
        report.day(&Decision {
            patient: name,
            day,
            score: &score,
            rules: edition.name,
            change,
            sepsis,
            shock,
            ferritin: &ferritin.text,
            mhla_dr: &mhla_dr.text,
            class: marked.then(|| IMMUNOSEP.classify(ferritin.reading, mhla_dr.reading)),
            response: response.map(|response| response.met),
        })?;
        Ok(sepsis)
    }
}

/// Replays a whole chart; what closed before a malformed line stays reported.
pub(crate) fn replay(mut chart: Chart, settings: &Settings, report: &mut Report) -> anyhow::Result<()> {
    let mut seen = HashSet::new();
    let mut current: Option<Patient<'_>> = None;
    while let Some(line) = chart.next()? {
        if current.as_ref().is_none_or(|patient| patient.name != line.patient) {
            if !seen.insert(line.patient.to_owned()) {
                bail!("line {}: patient {} comes back; the lines of one patient stand together", line.number, line.patient);
            }
            // A malformed line begins no patient, so it is read before the one before it ends.
            line.read()?;
            if let Some(mut patient) = current.take() {
                patient.finish(report)?;
            }
            current = Some(Patient::new(line.patient, settings));
        }
        if let Some(patient) = &mut current {
            patient.take(&line, report)?;
        }
    }
    match current {
        Some(mut patient) => patient.finish(report),
        None => Ok(()),
    }
}

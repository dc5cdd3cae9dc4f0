//! A bed: charted events in, a screen out; and the tour through charts that a device and the host make alike.

use crate::screen::{DAY, Sample, Screen, Worst};
use endotype::published::{IMMUNOSEP, SOFA_2, SOFA_1996, source};
use endotype::quantity::{Ferritin, MhlaDr, Quantity};
use endotype::{Carried, Error, Event, How, Missing, Organ, Reading, SofaRules, Window};

/// The last sample with a value.
#[derive(Clone, Copy)]
struct Marker<'a, Q> {
    reading: Reading<Q>,
    sample: Option<Sample<'a>>,
}

impl<'a, Q: Quantity> Marker<'a, Q> {
    const NONE: Marker<'a, Q> = Marker { reading: Reading::UNKNOWN, sample: None };

    fn see(&mut self, reading: Reading<Q>, text: &'a str, minute: u32) {
        if !reading.is_unknown() {
            *self = Marker { reading, sample: Some(Sample { text: text.trim_ascii(), minute }) };
        }
    }
}

/// An edition as the replay takes it.
#[derive(Clone, Copy)]
pub(crate) struct Edition {
    rules: &'static SofaRules,
    how: How,
}

pub(crate) const FIRST: Edition = Edition { rules: &SOFA_1996, how: How::DEFAULT };
/// Its footnote b: what was not measured is as it was.
#[allow(dead_code, reason = "a device names one edition")]
pub(crate) const SECOND: Edition = Edition { rules: &SOFA_2, how: How { missing: Missing::Carry, ..How::DEFAULT } };

/// One patient.
pub(crate) struct Bed<'a> {
    edition: Edition,
    patient: &'a str,
    minute: u32,
    window: Window,
    carried: Carried,
    ferritin: Marker<'a, Ferritin>,
    mhla_dr: Marker<'a, MhlaDr>,
    resumed: Option<u32>,
}

impl<'a> Bed<'a> {
    pub(crate) fn new(patient: &'a str, edition: Edition) -> Bed<'a> {
        Bed {
            edition,
            patient,
            minute: 0,
            window: Window::new(edition.rules),
            carried: Carried::NONE,
            ferritin: Marker::NONE,
            mhla_dr: Marker::NONE,
            resumed: None,
        }
    }

    #[allow(dead_code, reason = "the host's title")]
    pub(crate) fn minute(&self) -> u32 {
        self.minute
    }

    pub(crate) fn patient(&self) -> &'a str {
        self.patient
    }

    /// Closes what days are over by this minute.
    fn run_to(&mut self, minute: u32) -> Result<(), Error> {
        let Edition { rules, how } = self.edition;
        while minute >= self.window.day_end() {
            self.carried = self.window.close_day(rules)?.score(rules, how, self.carried).carried();
        }
        self.minute = self.minute.max(minute);
        Ok(())
    }

    pub(crate) fn push(&mut self, minute: u32, event: &Event, text: &'a str) -> Result<(), Error> {
        self.run_to(minute)?;
        self.window.push(self.edition.rules, minute, event)?;
        match *event {
            Event::Ferritin(reading) => self.ferritin.see(reading, text, minute),
            Event::MhlaDr(reading) => self.mhla_dr.see(reading, text, minute),
            _ => {}
        }
        Ok(())
    }

    /// The device was away until now.
    pub(crate) fn resume(&mut self, now: u32) -> Result<(), Error> {
        self.run_to(now)?;
        self.resumed = Some(now);
        self.window.resume(self.edition.rules, now)
    }

    /// What is made of the screen of now.
    pub(crate) fn show<R>(&self, show: impl FnOnce(&Screen<'_>) -> R) -> Result<R, Error> {
        let Edition { rules, how } = self.edition;
        let (last, today) = (self.window.rolling(rules)?, self.window.so_far(rules)?);
        let score = last.score(rules, how, self.carried);
        let lowest = |organ| score.sofa().organ(organ).ends()[0];
        let organ = Organ::ALL.into_iter().rev().max_by_key(|&organ| lowest(organ)).filter(|&organ| lowest(organ) > 0);
        let worst = organ.and_then(|organ| {
            // The last 24 hours are kept by the hour; what today has that is as bad is known to the minute.
            let same = today.score(rules, how, self.carried).sofa().organ(organ).ends()[0] == lowest(organ);
            let exact = today.witness(organ).filter(|_| same).map(|witness| (witness, true));
            let (witness, to_the_minute) = exact.or(last.witness(organ).map(|witness| (witness, false)))?;
            Some(Worst { organ, witness, to_the_minute })
        });
        let (ferritin, mhla_dr) = (self.ferritin.reading, self.mhla_dr.reading);
        let screen = Screen {
            patient: self.patient,
            minute: self.minute,
            endotype: IMMUNOSEP.classify(ferritin, mhla_dr),
            needs: IMMUNOSEP.needs(ferritin, mhla_dr),
            ferritin: self.ferritin.sample,
            mhla_dr: self.mhla_dr.sample,
            rules: source(rules.id()).map_or("", |source| source.name),
            score: &score,
            worst,
            resumed: self.resumed,
        };
        Ok(show(&screen))
    }
}

/// A screen of every patient before anything is charted, one each day, one before and one behind an outage, one at the end.
#[allow(dead_code, reason = "for who compares")]
#[derive(Default)]
pub(crate) struct Tour<'a> {
    bed: Option<Bed<'a>>,
    next: u32,
}

#[allow(dead_code, reason = "for who compares")]
impl<'a> Tour<'a> {
    pub(crate) fn take(
        &mut self,
        (patient, minute, event, text): (&'a str, u32, &Event, &'a str),
        edition: Edition,
        mut show: impl FnMut(&Bed<'a>),
    ) -> Result<(), Error> {
        if self.bed.as_ref().is_none_or(|bed| bed.patient() != patient) {
            self.end(&mut show);
            self.next = DAY;
            show(self.bed.insert(Bed::new(patient, edition)));
        }
        let Some(bed) = &mut self.bed else { return Ok(()) };
        if minute >= self.next {
            show(bed);
            if bed.resumed.is_none() {
                bed.resume(minute)?;
                show(bed);
            }
        }
        while self.next <= minute {
            self.next += DAY;
        }
        bed.push(minute, event, text)
    }

    pub(crate) fn end(&mut self, mut show: impl FnMut(&Bed<'a>)) {
        if let Some(bed) = self.bed.take() {
            show(&bed);
        }
    }
}

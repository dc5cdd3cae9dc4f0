//! One patient: an event in, what it changed out; a day closed, its line out.

use crate::line::Line;
use crate::stays::Charted;
use endotype::published::{IMMUNOSEP, IMMUNOSEP_DAY9, SEPSIS_3, SOFA_1996, source};
use endotype::quantity::{Ferritin, MhlaDr, Quantity};
use endotype::{
    Carried, Change, Classification, Course, Day, Endotype, Error, Event, How, Met, Organ, Prior, Reading, Score, Total, Window,
};

/// The last reading of a marker with a value, and its text as charted.
struct Marker<Q> {
    reading: Reading<Q>,
    text: &'static str,
    charted: bool,
}

impl<Q: Quantity> Marker<Q> {
    const NONE: Marker<Q> = Marker { reading: Reading::UNKNOWN, text: "", charted: false };

    fn see(&mut self, reading: Reading<Q>, text: &'static str) {
        self.charted = true;
        if !reading.is_unknown() {
            (self.reading, self.text) = (reading, text.trim_ascii());
        }
    }
}

/// What an event changed, from one decided value to another; what is open in between is no change.
pub struct Changes {
    pub total: Option<[u8; 2]>,
    pub class: Option<[Endotype; 2]>,
}

/// One patient's window and course, and what was last decided.
pub struct Monitor {
    patient: &'static str,
    minute: u32,
    window: Window,
    course: Course<9>,
    first: Option<Total>,
    carried: Carried,
    ferritin: Marker<Ferritin>,
    mhla_dr: Marker<MhlaDr>,
    total: Option<u8>,
    class: Option<Endotype>,
}

/// Keeps what is decided now, and says from what it changed.
fn changed<T: Copy + PartialEq>(last: &mut Option<T>, now: Option<T>) -> Option<[T; 2]> {
    let now = now?;
    let from = last.replace(now)?;
    (from != now).then_some([from, now])
}

const fn word(met: Met) -> &'static str {
    match met {
        Met::No => "no",
        Met::Unknown => "unknown",
        Met::Yes => "yes",
    }
}

impl Monitor {
    pub fn new(patient: &'static str) -> Monitor {
        Monitor {
            patient,
            minute: 0,
            window: Window::new(&SOFA_1996),
            course: Course::new(SOFA_1996.id()),
            first: None,
            carried: Carried::NONE,
            ferritin: Marker::NONE,
            mhla_dr: Marker::NONE,
            total: None,
            class: None,
        }
    }

    pub fn patient(&self) -> &'static str {
        self.patient
    }

    /// The minute of the last event.
    pub fn minute(&self) -> u32 {
        self.minute
    }

    /// Whether the open day must be closed before an event of this minute.
    pub fn day_is_over(&self, minute: u32) -> bool {
        minute >= self.window.day_end()
    }

    /// Whether death or discharge was charted: its day is then closed at once.
    pub fn has_left(&self) -> bool {
        self.window.end().is_some()
    }

    /// One event of the open day.
    pub fn push(&mut self, charted: &Charted) -> Result<Changes, Error> {
        self.window.push(&SOFA_1996, charted.minute, &charted.event)?;
        self.minute = charted.minute;
        match charted.event {
            Event::Ferritin(reading) => self.ferritin.see(reading, charted.text),
            Event::MhlaDr(reading) => self.mhla_dr.see(reading, charted.text),
            _ => {}
        }
        let score = self.window.so_far(&SOFA_1996)?.score(&SOFA_1996, How::DEFAULT, self.carried);
        let class = self.class().and_then(Classification::single);
        Ok(Changes { total: changed(&mut self.total, score.total().single()), class: changed(&mut self.class, class) })
    }

    /// Closes the open day.
    pub fn close_day(&mut self) -> Result<Line, Error> {
        let day = self.window.close_day(&SOFA_1996)?;
        self.decide(&day)
    }

    /// The open day as it is.
    pub fn so_far(&mut self) -> Result<Line, Error> {
        let day = self.window.so_far(&SOFA_1996)?;
        self.decide(&day)
    }

    /// None while neither marker was charted.
    fn class(&self) -> Option<Classification> {
        let charted = self.ferritin.charted || self.mhla_dr.charted;
        charted.then(|| IMMUNOSEP.classify(self.ferritin.reading, self.mhla_dr.reading))
    }

    fn decide(&mut self, day: &Day) -> Result<Line, Error> {
        let score = day.score(&SOFA_1996, How::DEFAULT, self.carried);
        if day.closed() {
            self.enter(&score)?;
        }
        self.total = score.total().single().or(self.total);
        let line = self.line(day, &score);
        self.first.get_or_insert(score.total());
        line
    }

    /// A closed day enters the course.
    fn enter(&mut self, score: &Score) -> Result<(), Error> {
        self.carried = score.carried();
        match self.course.push(score) {
            // Nine days decide the endpoint; the daily score goes on.
            Ok(()) | Err(Error::CourseFull) => {}
            Err(error) => return Err(error),
        }
        self.window.end().map_or(Ok(()), |end| self.course.end(end))
    }

    fn line(&self, day: &Day, score: &Score) -> Result<Line, Error> {
        let total = score.total();
        let change = self.first.map_or([0, 0], |first| Change::between(first, total).ends());
        let sepsis = SEPSIS_3.sepsis(day.infection(), day.emergency(), total, Prior::Unknown);
        let shock = SEPSIS_3.shock(sepsis, day.circulatory_shock(How::DEFAULT.infusions));
        let mut line = Line::default();
        line.field(self.patient);
        line.number(day.number());
        line.field(if day.closed() { "yes" } else { "no" });
        line.field(source(SOFA_1996.id()).map_or("", |source| source.name));
        for organ in Organ::ALL {
            line.ends(score.sofa().organ(organ).ends().map(i32::from));
        }
        line.ends(total.ends().map(i32::from));
        line.number(score.assumed());
        line.ends(change.map(i32::from));
        line.field(word(sepsis));
        line.field(word(shock));
        line.charted(self.ferritin.text);
        line.charted(self.mhla_dr.text);
        match self.class() {
            Some(class) => line.either(class.classes().map(Endotype::name)),
            None => line.charted(""),
        }
        line.field(word(IMMUNOSEP_DAY9.response(&self.course)?.met));
        Ok(line)
    }
}

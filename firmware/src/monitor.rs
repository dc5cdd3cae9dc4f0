//! One patient under both editions: an event in, what it changed out; a day closed, a line of each out.

use crate::line::Line;
use crate::stays::Charted;
use endotype::published::{
    IMMUNOSEP, IMMUNOSEP_DAY9, LYSE_NO_WASH, MHLA_DR_STAGE_NAMES, RESTORATION, SEPSIS_3, SOFA_2, SOFA_1996, source,
};
use endotype::quantity::{Ferritin, MhlaDr, Quantity};
use endotype::{
    Carried, Change, Checks, Classification, Course, Day, Endotype, Endpoint, Error, Event, How, Immune, ImmuneRules, Met,
    Missing, Organ, Prior, Reading, Score, SofaRules, Total, Window,
};

/// Minutes of a day.
const DAY: u32 = 1_440;

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

/// An edition as this bedside decides by it.
pub struct Edition {
    pub(crate) rules: &'static SofaRules,
    /// The trial's is bound to 1996.
    endpoint: Option<&'static Endpoint>,
    pub(crate) how: How,
}

impl Edition {
    pub fn name(&self) -> &'static str {
        source(self.rules.id()).map_or("", |source| source.name)
    }
}

/// In the order of their lines, as the host's `--rules both`.
pub static EDITIONS: [Edition; 2] = [
    Edition { rules: &SOFA_1996, endpoint: Some(&IMMUNOSEP_DAY9), how: How::DEFAULT },
    // Its footnote b: what was not measured is as it was.
    Edition { rules: &SOFA_2, endpoint: None, how: How { missing: Missing::Carry, ..How::DEFAULT } },
];

/// What an event changed, from one decided value to another; what is open in between is no change.
pub struct Changes {
    /// By edition.
    pub totals: [Option<[u8; 2]>; EDITIONS.len()],
    pub class: Option<[Endotype; 2]>,
}

/// What one edition makes of a patient: window and course, and what was last decided.
struct Scored {
    edition: &'static Edition,
    window: Window,
    course: Course<9>,
    first: Option<Total>,
    carried: Carried,
    total: Option<u8>,
}

struct Markers {
    ferritin: Marker<Ferritin>,
    mhla_dr: Marker<MhlaDr>,
}

/// As the host's `--immune --gap 1440 --age 2880`.
static IMMUNE: ImmuneRules = ImmuneRules {
    criteria: &IMMUNOSEP,
    restoration: &RESTORATION,
    gap: 1_440,
    age: 2_880,
    ferritin: Checks { undiluted: true, ..Checks::OFF },
    mhla_dr: Checks { lyse_no_wash: Some(LYSE_NO_WASH), ..Checks::OFF },
};

/// One patient under every edition.
pub struct Monitor {
    patient: &'static str,
    minute: u32,
    immune: Immune<7>,
    scored: [Scored; EDITIONS.len()],
    markers: Markers,
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

impl Markers {
    /// None while neither marker was charted.
    fn class(&self) -> Option<Classification> {
        let charted = self.ferritin.charted || self.mhla_dr.charted;
        charted.then(|| IMMUNOSEP.classify(self.ferritin.reading, self.mhla_dr.reading))
    }
}

impl Monitor {
    pub fn new(patient: &'static str) -> Monitor {
        Monitor {
            patient,
            minute: 0,
            immune: Immune::new(),
            scored: EDITIONS.each_ref().map(Scored::new),
            markers: Markers { ferritin: Marker::NONE, mhla_dr: Marker::NONE },
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
        self.scored.iter().any(|scored| minute >= scored.window.day_end())
    }

    /// Whether death or discharge was charted: its day is then closed at once.
    pub fn has_left(&self) -> bool {
        self.scored.iter().any(|scored| scored.window.end().is_some())
    }

    /// One event of the open day.
    pub fn push(&mut self, charted: &Charted) -> Result<Changes, Error> {
        let mut totals = [None; EDITIONS.len()];
        for (scored, total) in self.scored.iter_mut().zip(&mut totals) {
            *total = scored.push(charted)?;
        }
        self.minute = charted.minute;
        self.immune.push(charted.minute, &charted.event)?;
        match charted.event {
            Event::Ferritin(reading) => self.markers.ferritin.see(reading, charted.text),
            Event::MhlaDr(reading) => self.markers.mhla_dr.see(reading, charted.text),
            _ => {}
        }
        let class = self.markers.class().and_then(Classification::single);
        Ok(Changes { totals, class: changed(&mut self.class, class) })
    }

    /// Closes the open day; each edition's line.
    pub fn close_day(&mut self, line: impl Fn(&Line)) -> Result<(), Error> {
        self.decide(Window::close_day, line)
    }

    /// The open day as it is; each edition's line.
    pub fn so_far(&mut self, line: impl Fn(&Line)) -> Result<(), Error> {
        self.decide(|window, rules| window.so_far(rules), line)
    }

    fn decide(&mut self, day: fn(&mut Window, &SofaRules) -> Result<Day, Error>, line: impl Fn(&Line)) -> Result<(), Error> {
        for scored in &mut self.scored {
            let day = day(&mut scored.window, scored.edition.rules)?;
            line(&scored.decide(&day, self.patient, &self.markers)?);
            if scored.edition.endpoint.is_some() {
                let over = day.closed() && scored.window.end().is_none();
                let now = if over { scored.window.day_end() - DAY - 1 } else { self.minute };
                line(&markers(&self.immune, self.patient, &day, now));
            }
        }
        Ok(())
    }
}

/// What the host's `--immune` prints in the same columns.
fn markers(immune: &Immune<7>, patient: &'static str, day: &Day, now: u32) -> Line {
    let (entry, axes) = (immune.entry(&IMMUNE, now), immune.axes(&IMMUNE, now));
    let any = immune.ferritin.last(entry.minute).is_some() || immune.mhla_dr.last(entry.minute).is_some();
    let mut line = Line::default();
    line.field(patient);
    line.number(day.number());
    line.field(if day.closed() { "yes" } else { "no" });
    match any {
        true => line.either(entry.class.classes().map(Endotype::name)),
        false => line.charted(""),
    }
    for minute in [entry.ferritin, entry.mhla_dr] {
        match minute {
            Some(minute) => line.number(minute),
            None => line.charted(""),
        }
    }
    match immune.stage(&IMMUNE, now) {
        Some(stage) => line.either((0..).zip(MHLA_DR_STAGE_NAMES).filter(|(n, _)| stage.contains(*n)).map(|(_, name)| name)),
        None => line.charted(""),
    }
    for answer in [immune.restored(&IMMUNE, now), immune.switched(&IMMUNE, now)] {
        line.field(answer.map_or("-", |answer| word(answer.met)));
    }
    for met in [axes.both, axes.inflamed, axes.paralysed] {
        line.field(word(met));
    }
    line
}

impl Scored {
    fn new(edition: &'static Edition) -> Scored {
        Scored {
            edition,
            window: Window::new(edition.rules),
            course: Course::new(edition.rules.id()),
            first: None,
            carried: Carried::NONE,
            total: None,
        }
    }

    /// What the event changed of the total.
    fn push(&mut self, charted: &Charted) -> Result<Option<[u8; 2]>, Error> {
        let &Edition { rules, how, .. } = self.edition;
        self.window.push(rules, charted.minute, &charted.event)?;
        let score = self.window.so_far(rules)?.score(rules, how, self.carried);
        Ok(changed(&mut self.total, score.total().single()))
    }

    fn decide(&mut self, day: &Day, patient: &'static str, markers: &Markers) -> Result<Line, Error> {
        let score = day.score(self.edition.rules, self.edition.how, self.carried);
        if day.closed() {
            self.enter(&score)?;
        }
        self.total = score.total().single().or(self.total);
        let line = self.line(day, &score, patient, markers);
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

    fn line(&self, day: &Day, score: &Score, patient: &'static str, markers: &Markers) -> Result<Line, Error> {
        let total = score.total();
        let change = self.first.map_or([0, 0], |first| Change::between(first, total).ends());
        let sepsis = SEPSIS_3.sepsis(day.infection(), day.emergency(), total, Prior::Unknown);
        let shock = SEPSIS_3.shock(sepsis, day.circulatory_shock(self.edition.how.infusions));
        let mut line = Line::default();
        line.field(patient);
        line.number(day.number());
        line.field(if day.closed() { "yes" } else { "no" });
        line.field(self.edition.name());
        for organ in Organ::ALL {
            line.ends(score.sofa().organ(organ).ends().map(i32::from));
        }
        line.ends(total.ends().map(i32::from));
        line.number(score.assumed());
        line.ends(change.map(i32::from));
        line.field(word(sepsis));
        line.field(word(shock));
        line.charted(markers.ferritin.text);
        line.charted(markers.mhla_dr.text);
        match markers.class() {
            Some(class) => line.either(class.classes().map(Endotype::name)),
            None => line.charted(""),
        }
        match self.edition.endpoint {
            Some(endpoint) => line.field(word(endpoint.response(&self.course)?.met)),
            None => line.charted(""),
        }
        Ok(line)
    }
}

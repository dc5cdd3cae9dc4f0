//! The charts that are compiled in.

use endotype::{Error, Event};

/// One event's row: its item and unit in `ITEMS`, the minutes since the row before it, the length of its value's text.
struct Row(u8, i16, u8);

/// One patient's chart, the texts of the values behind one another.
struct Stay {
    patient: &'static str,
    rows: &'static [Row],
    values: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/stays.rs"));

/// An event as it comes off the wire; the line of a day quotes the text of a marker.
#[derive(Clone, Copy)]
pub struct Charted {
    pub patient: &'static str,
    pub minute: u32,
    /// Item and unit.
    pub named: (&'static str, &'static str),
    pub event: Event,
    pub text: &'static str,
}

/// What endotype refused, and where in the chart.
#[derive(Clone, Copy)]
pub struct Refused {
    pub patient: &'static str,
    pub minute: u32,
    pub error: Error,
}

impl Charted {
    pub(crate) fn refused(&self, error: Error) -> Refused {
        Refused { patient: self.patient, minute: self.minute, error }
    }
}

/// Every chart, event by event, in the order of charting.
pub struct Chart {
    stay: usize,
    row: usize,
    minute: u32,
    values: &'static str,
}

impl Chart {
    pub const START: Chart = Chart { stay: 0, row: 0, minute: 0, values: STAYS[0].values };

    fn next_stay(&mut self) -> Option<&'static Stay> {
        let next = STAYS.get(self.stay + 1)?;
        *self = Chart { stay: self.stay + 1, row: 0, minute: 0, values: next.values };
        Some(next)
    }

    fn read(&mut self, patient: &'static str, row: &Row) -> Result<Charted, Refused> {
        let &Row(item, after, length) = row;
        self.row += 1;
        self.minute = self.minute.wrapping_add_signed(i32::from(after));
        let minute = self.minute;
        let refused = |error| Refused { patient, minute, error };
        let (item, unit) = ITEMS.get(usize::from(item)).copied().ok_or(refused(Error::UnknownItem))?;
        let (text, values) = self.values.split_at_checked(usize::from(length)).ok_or(refused(Error::NotANumber))?;
        self.values = values;
        let event = Event::read(item, unit, text).map_err(refused)?;
        Ok(Charted { patient, minute, named: (item, unit), event, text })
    }
}

impl Iterator for Chart {
    type Item = Result<Charted, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        let stay = STAYS.get(self.stay)?;
        let stay = if self.row < stay.rows.len() { stay } else { self.next_stay()? };
        let row = stay.rows.get(self.row)?;
        Some(self.read(stay.patient, row))
    }
}

//! The input as HL7 or ASTM messages: the whole file is there, so what was corrected or withdrawn is so before anything is fed.

use anyhow::{Context, anyhow};
use endotype_formats::{Astm, Change, Error, Hl7, Observation, Refused, Time};

/// A charted event, as a line of CSV has it.
pub(crate) struct Row {
    pub(crate) number: u64,
    pub(crate) patient: String,
    pub(crate) minute: String,
    pub(crate) item: String,
    pub(crate) value: String,
    pub(crate) unit: String,
}

/// A result that stands so far.
struct Kept {
    time: Time,
    is_preliminary: bool,
    row: Row,
}

/// The results of a patient, in the order in which they came.
struct Patient {
    name: String,
    kept: Vec<Kept>,
}

#[derive(Default)]
struct Patients(Vec<Patient>);

impl Patients {
    fn take(&mut self, number: u64, result: Result<Observation<'_>, Refused>) -> anyhow::Result<()> {
        let result = result.map_err(|refused| anyhow!("line {number}: {refused}"))?;
        let name = std::str::from_utf8(result.patient).with_context(|| format!("line {number}: the patient is not UTF-8"))?;
        let at = self.0.iter().position(|patient| patient.name == name).unwrap_or_else(|| {
            self.0.push(Patient { name: name.to_owned(), kept: Vec::new() });
            self.0.len() - 1
        });
        let row = Row {
            number,
            patient: name.to_owned(),
            minute: String::new(),
            item: result.item.to_owned(),
            value: result.value.to_owned(),
            unit: result.unit.to_owned(),
        };
        self.0[at].take(result.time, result.change, row);
        Ok(())
    }
}

impl Patient {
    /// In the place of what it replaces.
    fn take(&mut self, time: Time, change: Change, row: Row) {
        let is_preliminary = matches!(change, Change::Preliminary(_));
        let same = |kept: &Kept| kept.row.item == row.item && kept.time.since(time) == Ok(0);
        let is_replaced = |kept: &Kept| same(kept) && (kept.is_preliminary || !matches!(change, Change::Final(_)));
        if is_preliminary && self.kept.iter().any(|kept| same(kept) && !kept.is_preliminary) {
            return;
        }
        let place = self.kept.iter().position(is_replaced).unwrap_or(self.kept.len());
        self.kept.retain(|kept| !is_replaced(kept));
        if change != Change::Withdrawn {
            self.kept.insert(place, Kept { time, is_preliminary, row });
        }
    }

    /// Midnight before the earliest.
    fn start(&self) -> Option<Time> {
        let earliest = self.kept.iter().map(|kept| kept.time).reduce(|earliest, time| match time.since(earliest) {
            Err(Error::BeforeStart) => time,
            _ => earliest,
        });
        earliest.map(Time::midnight)
    }

    fn rows(self, start: Option<Time>) -> anyhow::Result<Vec<Row>> {
        let Some(start) = start.or(self.start()) else { return Ok(Vec::new()) };
        let rows = self.kept.into_iter().map(|Kept { time, row, .. }| {
            let minute = time.since(start).with_context(|| format!("line {}: {}", row.number, row.item))?;
            Ok(Row { minute: minute.to_string(), ..row })
        });
        rows.collect()
    }
}

/// A reader of either format.
pub(crate) enum Reader {
    Hl7(Hl7),
    Astm(Astm),
}

impl Reader {
    fn push(&mut self, byte: u8) -> Option<Result<Observation<'_>, Refused>> {
        match self {
            Reader::Hl7(reader) => reader.push(byte),
            Reader::Astm(reader) => reader.push(byte),
        }
    }

    fn end(&mut self) -> Option<Result<Observation<'_>, Refused>> {
        match self {
            Reader::Hl7(reader) => reader.end(),
            Reader::Astm(reader) => reader.end(),
        }
    }

    /// The events that stand at the end, patient by patient.
    pub(crate) fn read(mut self, text: &[u8], start: Option<Time>) -> anyhow::Result<Vec<Row>> {
        let mut patients = Patients::default();
        let (mut number, mut before) = (1, 0);
        for &byte in text {
            if let Some(result) = self.push(byte) {
                patients.take(number, result)?;
            }
            number += u64::from(byte == b'\r' || byte == b'\n' && before != b'\r');
            before = byte;
        }
        if let Some(result) = self.end() {
            patients.take(number, result)?;
        }
        let rows: anyhow::Result<Vec<_>> = patients.0.into_iter().map(|patient| patient.rows(start)).collect();
        Ok(rows?.into_iter().flatten().collect())
    }
}

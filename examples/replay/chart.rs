//! The input: CSV with a header, one charted event a line; or messages that carry such events.

use crate::messages::{Reader, Row};
use anyhow::{Context, bail};
use clap::ValueEnum;
use csv::ByteRecord;
use endotype::{Error, Event, ITEMS, Window, quantity};
use endotype_formats::{Astm, Hl7, Time};
use std::fs::File;
use std::io::{BufReader, IsTerminal, Read};
use std::path::Path;

const HEADER: [&str; 5] = ["patient", "minute", "item", "value", "unit"];
/// Files from this size on show their progress.
const LONG: u64 = 1 << 20;

/// How a chart is written.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Input {
    Csv,
    Hl7,
    Astm,
}

impl Input {
    /// By the file's name.
    fn of(path: &Path) -> Input {
        let name = path.with_extension(path.extension().filter(|e| *e != "gz").unwrap_or_default());
        match name.extension().and_then(|extension| extension.to_str()) {
            Some("hl7") => Input::Hl7,
            Some("astm") => Input::Astm,
            _ => Input::Csv,
        }
    }
}

/// A chart being read.
pub(crate) enum Chart {
    Csv { csv: csv::Reader<Box<dyn Read>>, record: ByteRecord },
    Messages { rows: std::vec::IntoIter<Row>, row: Option<Row> },
}

/// One line of it, not interpreted yet.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) number: u64,
    pub(crate) patient: &'a str,
    minute: &'a str,
    pub(crate) item: &'a str,
    pub(crate) value: &'a str,
    pub(crate) unit: &'a str,
}

pub(crate) fn open(path: &Path, input: Option<Input>, start: Option<Time>) -> anyhow::Result<Chart> {
    let raw: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        if length >= LONG && std::io::stderr().is_terminal() {
            let bar = indicatif::ProgressBar::new(length);
            Box::new(bar.wrap_read(file))
        } else {
            Box::new(file)
        }
    };
    let mut text: Box<dyn Read> = if path.extension().is_some_and(|e| e == "gz") {
        Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(raw)))
    } else {
        raw
    };
    let reader = match input.unwrap_or_else(|| Input::of(path)) {
        Input::Csv => None,
        Input::Hl7 => Some(Reader::Hl7(Hl7::new())),
        Input::Astm => Some(Reader::Astm(Astm::new())),
    };
    if let Some(reader) = reader {
        let mut bytes = Vec::new();
        text.read_to_end(&mut bytes)?;
        return Ok(Chart::Messages { rows: reader.read(&bytes, start)?.into_iter(), row: None });
    }
    if start.is_some() {
        bail!("--start is for HL7 and ASTM: minutes of CSV are counted from it already");
    }
    let mut csv = csv::ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(1 << 16).from_reader(text);
    let mut record = ByteRecord::new();
    let found = csv.read_byte_record(&mut record)?;
    if !found || record.iter().ne(HEADER.iter().map(|name| name.as_bytes())) {
        bail!("line 1: expected the header {}", HEADER.join(","));
    }
    Ok(Chart::Csv { csv, record })
}

impl Chart {
    /// The next line, none at the end.
    pub(crate) fn next(&mut self) -> anyhow::Result<Option<Line<'_>>> {
        let (csv, record) = match self {
            Chart::Messages { rows, row } => {
                *row = rows.next();
                return Ok(row.as_ref().map(Row::line));
            }
            Chart::Csv { csv, record } => (csv, record),
        };
        if !csv.read_byte_record(record)? {
            return Ok(None);
        }
        let number = record.position().map_or(0, csv::Position::line);
        if record.len() != HEADER.len() {
            bail!("line {number}: {} fields, expected {}: {}", record.len(), HEADER.len(), HEADER.join(","));
        }
        let field =
            |at: usize| std::str::from_utf8(&record[at]).with_context(|| format!("line {number}: {} is not UTF-8", HEADER[at]));
        Ok(Some(Line { number, patient: field(0)?, minute: field(1)?, item: field(2)?, value: field(3)?, unit: field(4)? }))
    }
}

impl Row {
    fn line(&self) -> Line<'_> {
        let Row { number, patient, minute, item, value, unit } = self;
        Line { number: *number, patient, minute, item, value, unit }
    }
}

impl Line<'_> {
    /// The minute and the event, or what is wrong with them.
    pub(crate) fn read(&self) -> anyhow::Result<(u32, Event)> {
        let minute = self.minute.bytes().all(|b| b.is_ascii_digit()).then(|| self.minute.parse().ok()).flatten();
        let Some(minute) = minute.filter(|&minute: &u32| minute <= Window::LAST_MINUTE) else {
            bail!("line {}: minute `{}`, {}", self.number, self.minute, Error::MinuteOutOfRange);
        };
        match Event::read(self.item, self.unit, self.value) {
            Ok(event) => Ok((minute, event)),
            Err(error) => Err(self.refused(error)),
        }
    }

    /// An error of the crate, with where and what.
    pub(crate) fn refused(&self, error: Error) -> anyhow::Error {
        let Line { number, item, value, unit, .. } = self;
        let more = match error {
            Error::UnknownItem => {
                let items: Vec<_> = ITEMS.iter().map(|(item, _)| *item).collect();
                format!("; expected one of {}", items.join(", "))
            }
            Error::UnknownUnit => {
                let units = ITEMS.iter().find(|(name, _)| name == item).map_or(&[][..], |(_, units)| units);
                format!("; expected {}", units.join(" or "))
            }
            Error::OutOfRange => quantity::TABLE
                .iter()
                .filter(|row| row.name == *item || row.unit == *unit && row.name.contains("rate"))
                .fold(String::new(), |text, row| format!("{text}; {} to {} {}", row.range[0], row.range[1], row.unit)),
            Error::ClockBack { by } => format!("; this one by {by} minutes"),
            Error::DayClosed { by } => format!("; this one {by} minutes before the open day"),
            _ => String::new(),
        };
        anyhow::anyhow!("line {number}: {item} `{value}` unit `{unit}` at minute {}: {error}{more}", self.minute)
    }
}

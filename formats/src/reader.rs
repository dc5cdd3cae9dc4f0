//! Bytes to lines, lines to records, and what a message says of the records behind it.

use crate::fields::{Delimiters, Fields, nth};
use crate::result::Form;
use crate::{Error, Observation, Record, Refused, Time};
use core::cell::Cell;
use core::marker::PhantomData;

/// The longest record in bytes, without its line end.
pub const LINE: usize = 512;
/// The longest identifier of a patient in bytes, its escapes decoded.
pub const PATIENT: usize = 32;
/// The longest value in bytes, with room for a comparator before it.
pub(crate) const VALUE: usize = 48;

mod sealed {
    /// How a format is written.
    pub trait Format {
        #[doc(hidden)]
        #[allow(private_interfaces)]
        const GRAMMAR: &'static super::Grammar;
    }
}

pub(crate) use sealed::Format;

/// What a record is for: its place in the list of names.
const HEADER: usize = 0;
const PATIENT_RECORD: usize = 1;
const ORDER: usize = 2;
const RESULT: usize = 3;
const END: usize = 4;

/// What a format's records are, and where they say what the reader needs.
pub(crate) struct Grammar {
    /// The names of the records, in the order of the roles.
    pub(crate) names: &'static [u8],
    pub(crate) records: [Record; 5],
    /// How long a name is.
    pub(crate) name: usize,
    /// The delimiters, from the field separator and what stands behind the first one.
    pub(crate) delimiters: fn(u8, &[u8]) -> Option<Delimiters>,
    /// The field of the header whose zone is the message's, if that is a rule of the format.
    pub(crate) zone: Option<u8>,
    pub(crate) patient: u8,
    /// The order's time.
    pub(crate) order: u8,
    /// Number of the first field of every record but the header, which HL7 counts otherwise.
    pub(crate) first: u8,
    /// What stands for the delimiters between two escape characters, in their order.
    pub(crate) escapes: &'static [u8; 5],
    pub(crate) form: Form,
}

/// What the message has said so far.
#[derive(Clone, Copy)]
pub(crate) struct Message {
    delimiters: Option<Delimiters>,
    /// Of the message's own time, for those that name none.
    pub(crate) zone: Option<i32>,
    pub(crate) patient: [u8; PATIENT],
    /// 0: none that was understood.
    pub(crate) patient_length: usize,
    /// Of the order's group.
    pub(crate) time: Option<Time>,
    /// The value as the rules crate reads it, from 1 on; at 0 there is room for a comparator.
    pub(crate) value: [u8; VALUE],
}

#[derive(Clone, Copy)]
struct Line {
    bytes: [u8; LINE],
    length: usize,
    /// What is wrong with it as a whole, if it is one that is used.
    fault: Option<Error>,
}

impl Line {
    fn text(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or(&[])
    }

    fn put(&mut self, byte: u8) {
        if byte < b' ' || byte == 0x7F {
            self.fault = self.fault.or(Some(Error::Control));
        }
        match self.bytes.get_mut(self.length) {
            Some(place) => {
                *place = byte;
                self.length += 1;
            }
            None => self.fault = Some(Error::TooLong),
        }
    }
}

impl Message {
    const fn new() -> Message {
        Message { delimiters: None, zone: None, patient: [0; PATIENT], patient_length: 0, time: None, value: [0; VALUE] }
    }

    /// A message begins, or what came was no record: nothing said before holds any longer.
    fn forget(&mut self) {
        (self.delimiters, self.zone) = (None, None);
        self.forget_patient();
    }

    fn forget_patient(&mut self) {
        (self.patient_length, self.time) = (0, None);
    }

    /// A line that is not empty.
    fn take<'a>(&'a mut self, line: &'a Line, grammar: &Grammar) -> Option<Result<Observation<'a>, Refused>> {
        let text = line.text();
        let (name, behind) = text.split_at_checked(grammar.name).unwrap_or((&[], text));
        let mut role = HEADER;
        while role <= END && nth(grammar.names, b' ', role as u8) != name {
            role += 1;
        }
        let record = grammar.records.get(role).copied().unwrap_or(Record::Line);
        let separator = behind.first().copied().unwrap_or(b'|');
        let separated = match self.delimiters {
            Some(Delimiters([field, ..])) if role != HEADER => separator == field || behind.is_empty(),
            _ => separator.is_ascii_punctuation(),
        };
        let is_capital = name.first().is_some_and(u8::is_ascii_uppercase);
        let is_record = separated && is_capital && name.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        match role {
            // What is no record was perhaps another patient's.
            _ if !is_record => self.forget(),
            HEADER => self.forget(),
            PATIENT_RECORD => self.forget_patient(),
            ORDER => self.time = None,
            RESULT => {}
            END => {
                self.forget();
                return None;
            }
            _ => return None,
        }
        let is_header = role == HEADER;
        let mut fault = line.fault;
        if is_header {
            self.delimiters = (grammar.delimiters)(separator, nth(text, separator, 1)).filter(Delimiters::are_distinct);
        }
        if fault.is_none() && !is_record {
            fault = Some(Error::NotARecord);
        }
        let Some((by, None)) = self.delimiters.map(|by| (by, fault)) else {
            let error = fault.unwrap_or(if is_header { Error::Delimiters } else { Error::NoHeader });
            return Some(Err(Refused { error, record, field: 0 }));
        };
        let first = if is_header { 1 } else { grammar.first };
        let fields = Fields { line: text, by, record, first, fault: Cell::new(None) };
        match role {
            HEADER => {
                if let Some(field) = grammar.zone {
                    self.zone = fields.known(field, Time::zone_of(fields.only(field))).flatten();
                }
            }
            PATIENT_RECORD => self.patient_length = fields.decode(grammar.patient, grammar.escapes, &mut self.patient),
            ORDER => {
                let time = fields.only(grammar.order);
                if !time.is_empty() {
                    self.time = fields.known(grammar.order, Time::read(time));
                }
            }
            RESULT => return grammar.form.observe(self, &fields),
            _ => {}
        }
        let refused = fields.fault.get();
        if is_header && refused.is_some() {
            self.delimiters = None;
        }
        refused.map(Err)
    }
}

/// Reads the records of one format, byte by byte or line by line: [`Hl7`](crate::Hl7), [`Astm`](crate::Astm).
///
/// What a record says of those behind it (delimiters, patient, time) holds until the next of its kind. A record that is refused says
/// nothing: results behind a refused patient are refused too, and behind a line that is no record all are, until the next header.
///
/// A byte within a line is stored. At its end the line, of at most [`LINE`] bytes, is searched some thirty times: no byte takes more.
#[derive(Clone, Copy)]
pub struct Reader<F> {
    stream: Stream,
    format: PhantomData<F>,
}

/// A reader, whatever the format.
#[derive(Clone, Copy)]
struct Stream {
    message: Message,
    line: Line,
    /// The line was handed out, and goes with the next byte.
    ended: bool,
}

impl<F: Format> Reader<F> {
    /// A reader of one stream, before its first byte.
    pub const fn new() -> Self {
        let stream = Stream { message: Message::new(), line: Line { bytes: [0; LINE], length: 0, fault: None }, ended: false };
        Reader { stream, format: PhantomData }
    }

    /// The next byte; a result, or a refusal, at the end of its record.
    ///
    /// CR, LF and both end a line. The bytes around an MLLP message, 0x0B and 0x1C, begin and end a message.
    pub fn push(&mut self, byte: u8) -> Option<Result<Observation<'_>, Refused>> {
        self.stream.push(byte, F::GRAMMAR)
    }

    /// A whole line, with or without its end.
    pub fn line(&mut self, line: &[u8]) -> Option<Result<Observation<'_>, Refused>> {
        self.stream.line(line, F::GRAMMAR)
    }

    /// The end of the input, or of a connection: a line without an end is refused, and the next message begins with its header.
    pub fn end(&mut self) -> Option<Result<Observation<'_>, Refused>> {
        self.stream.end()
    }
}

impl<F: Format> Default for Reader<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl Stream {
    fn push(&mut self, byte: u8, grammar: &Grammar) -> Option<Result<Observation<'_>, Refused>> {
        self.begin();
        match byte {
            b'\r' | b'\n' => self.record(grammar),
            0x0B | 0x1C => self.end(),
            _ => {
                self.line.put(byte);
                None
            }
        }
    }

    fn line(&mut self, line: &[u8], grammar: &Grammar) -> Option<Result<Observation<'_>, Refused>> {
        (self.line.length, self.line.fault) = (0, None);
        let end = line.iter().rposition(|b| !matches!(b, b'\r' | b'\n'));
        for &byte in line.iter().take(end.map_or(0, |last| last.saturating_add(1))) {
            self.line.put(byte);
        }
        self.record(grammar)
    }

    fn end(&mut self) -> Option<Result<Observation<'_>, Refused>> {
        self.begin();
        self.ended = true;
        self.message.forget();
        (self.line.length > 0).then_some(Err(Refused { error: Error::Truncated, record: Record::Line, field: 0 }))
    }

    /// Clears the line that was handed out.
    fn begin(&mut self) {
        if self.ended {
            (self.line.length, self.line.fault, self.ended) = (0, None, false);
        }
    }

    fn record(&mut self, grammar: &Grammar) -> Option<Result<Observation<'_>, Refused>> {
        self.ended = true;
        if self.line.length == 0 { None } else { self.message.take(&self.line, grammar) }
    }
}

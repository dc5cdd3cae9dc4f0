//! Bytes to lines, lines to records, and what a message says of the records behind it.

use crate::codes::is_none_or;
use crate::fields::{Delimiters, Fields, are_distinct, is_allowed, nth};
use crate::result::{Form, Text};
use crate::time::Zone;
use crate::{Error, Observation, Record, Refused, Time};
use core::cell::Cell;
use core::marker::PhantomData;

/// The longest record in bytes, without its line end.
///
/// ```
/// use endotype_formats::{Error, Hl7, LINE};
/// let mut reader = Hl7::new();
/// let long = [b"OBX|".as_slice(), &[b'x'; LINE]].concat();
/// assert_eq!(reader.line(&long).unwrap().unwrap_err().error, Error::TooLong);
/// let note = [b"NTE|".as_slice(), &[b'x'; LINE]].concat();
/// assert!(reader.line(&note).is_none()); // is not read anyway
/// ```
pub const LINE: usize = 512;
/// The longest identifier of a patient in bytes, its escapes decoded.
///
/// ```
/// use endotype_formats::{Astm, Error, PATIENT};
/// let mut reader = Astm::new();
/// assert!(reader.line(b"H|\\^&").is_none());
/// let long = [b"P|1|".as_slice(), &[b'4'; PATIENT + 1]].concat();
/// assert_eq!(reader.line(&long).unwrap().unwrap_err().error, Error::TooLong);
/// ```
pub const PATIENT: usize = 32;

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
const END: u8 = 0;
const HEADER: u8 = 1;
const PATIENT_RECORD: u8 = 2;
const ORDER: u8 = 3;
const RESULT: u8 = 4;

/// What a format's records are, and where they say what the reader needs.
pub(crate) struct Grammar {
    /// The names of the records, in the order of the roles.
    pub(crate) names: &'static [u8],
    pub(crate) records: [Record; 5],
    /// How long a name is.
    pub(crate) name: usize,
    /// How many delimiters may stand behind the first field separator; three must.
    pub(crate) delimiters: usize,
    /// Whether that of repetitions stands before that of components.
    pub(crate) repeats_first: bool,
    /// The field of the header whose zone is the message's; 0 where that is no rule of the format.
    pub(crate) zone: u8,
    /// The field of the header that says whether this is no exercise.
    pub(crate) processing: u8,
    pub(crate) patient: u8,
    /// The field of the order that says whether its specimen is a control, if there is one; else 0.
    pub(crate) action: u8,
    /// The order's time.
    pub(crate) order: u8,
    /// Number of the first field of every record but the header, which HL7 counts otherwise.
    pub(crate) first: u8,
    /// What stands for the delimiters between two escape characters, in their order.
    pub(crate) escapes: &'static [u8],
    pub(crate) form: Form,
}

/// The identifier of a patient.
pub(crate) type Patient = heapless::Vec<u8, PATIENT>;

/// What the message has said so far.
#[derive(Clone)]
pub(crate) struct Message {
    /// None that were understood: all 0.
    delimiters: Delimiters,
    /// Of the message's own time, for those that name none.
    pub(crate) zone: Zone,
    /// Empty: none that was understood.
    pub(crate) patient: Patient,
    /// Of the order's group.
    pub(crate) time: Time,
    /// Item, unit and value of the last result as the rules crate reads them.
    pub(crate) texts: [Text; 3],
}

#[derive(Clone)]
struct Line {
    text: heapless::Vec<u8, LINE>,
    /// What is wrong with it as a whole, if it is one that is used.
    fault: Option<Error>,
}

impl Line {
    fn put(&mut self, byte: u8) {
        if byte < b' ' || byte == 0x7F {
            self.fault = Some(Error::Control);
        }
        if self.text.push(byte).is_err() {
            self.fault = Some(Error::TooLong);
        }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.fault = None;
    }
}

impl Message {
    const fn new() -> Message {
        let texts = [Text::new(), Text::new(), Text::new()];
        Message { delimiters: [0; 6], zone: 0, patient: Patient::new(), time: Time::NONE, texts }
    }

    /// A line that is not empty.
    #[inline(never)]
    fn take(&mut self, line: &Line, grammar: &Grammar) -> Option<Result<Observation<'_>, Refused>> {
        let text = line.text.as_slice();
        let [field, ..] = self.delimiters;
        let separator = text.get(grammar.name).copied().unwrap_or(field);
        let name = text.get(..grammar.name).unwrap_or(text);
        let mut role = END;
        while role <= RESULT && nth(grammar.names, b' ', role) != name {
            role += 1;
        }
        let record = grammar.records.get(usize::from(role)).copied().unwrap_or(Record::Line);
        let is_header = role == HEADER;
        let is_record = name.len() == grammar.name
            && (separator == field || (is_header || field == 0) && is_allowed(separator))
            && matches!(name, [b'A'..=b'Z', ..])
            && name.iter().all(|b| matches!(b, b'A'..=b'Z' | b'0'..=b'9'));
        if !is_record {
            // Perhaps another patient's.
            role = END;
        } else if role > RESULT {
            return None;
        }
        // A record ends what was said on its own level and below.
        if role < RESULT {
            self.time.day = 0;
        }
        if role < ORDER {
            self.patient.clear();
        }
        if role < PATIENT_RECORD {
            self.delimiters = [0; 6];
        }
        if is_record && role == END {
            return None;
        }
        if role == HEADER {
            let given = nth(text, separator, 1);
            let [first, others @ ..] = &mut self.delimiters;
            for (place, b) in others.iter_mut().zip(given) {
                *place = *b;
            }
            *first = separator;
            if given.len() < 3 || given.len() > grammar.delimiters || !are_distinct(&self.delimiters) {
                self.delimiters = [0; 6];
            }
            if grammar.repeats_first {
                self.delimiters.swap(1, 2);
            }
        }
        let [field, ..] = self.delimiters;
        let first = if is_header { 1 } else { grammar.first };
        let fields = Fields { line: text, by: self.delimiters, record, first, fault: Cell::new(None) };
        if let Some(error) = line.fault {
            fields.refuse(0, error);
        } else if !is_record {
            fields.refuse(0, Error::NotARecord);
        } else if field == 0 {
            fields.refuse(0, if is_header { Error::Delimiters } else { Error::NoHeader });
        }
        let mut result = None;
        if fields.fault.get().is_none() {
            match role {
                HEADER => {
                    if !is_none_or(fields.component(grammar.processing, 1), b"P") {
                        fields.refuse(grammar.processing, Error::NotProduction);
                    }
                    if grammar.zone > 0 {
                        let mut time = Time::NONE;
                        let sent = fields.only(grammar.zone);
                        // Itself it may be coarse, or missing.
                        if !sent.is_empty() && time.take(sent) == Err(Error::NotATime) {
                            fields.refuse(grammar.zone, Error::NotATime);
                        }
                        self.zone = time.zone;
                    }
                }
                PATIENT_RECORD => fields.decode(grammar.patient, grammar.escapes, &mut self.patient),
                ORDER => {
                    if grammar.action > 0 && fields.raw(grammar.action).contains(&b'Q') {
                        fields.refuse(grammar.action, Error::NotProduction);
                        self.patient.clear();
                    }
                    fields.time(grammar.order, &mut self.time);
                }
                _ => result = grammar.form.observe(self, &fields),
            }
        }
        if let Some(refused) = fields.fault.get() {
            if is_header {
                self.delimiters = [0; 6];
            }
            return Some(Err(refused));
        }
        let (time, change) = result?;
        let [item, unit, value] = &self.texts;
        Some(Ok(Observation { patient: &self.patient, time, item, value, unit, change }))
    }
}

/// Reads the records of one format, byte by byte or line by line: [`Hl7`](crate::Hl7), [`Astm`](crate::Astm).
///
/// What a record says of those behind it (delimiters, patient, time) holds until the next of its kind. A record that is refused says
/// nothing: results behind a refused patient are refused too, and behind a line that is no record all are, until the next header.
///
/// A byte within a line is stored. At its end the line, of at most [`LINE`] bytes, is searched some thirty times: no byte takes more.
#[derive(Clone)]
pub struct Reader<F> {
    stream: Stream,
    format: PhantomData<F>,
}

/// A reader, whatever the format.
#[derive(Clone)]
struct Stream {
    message: Message,
    line: Line,
}

impl<F: Format> Reader<F> {
    /// A reader of one stream, before its first byte.
    ///
    /// ```
    /// use endotype_formats::Hl7;
    /// static READER: Hl7 = Hl7::new();
    /// assert!(READER.clone().end().is_none());
    /// ```
    pub const fn new() -> Self {
        let stream = Stream { message: Message::new(), line: Line { text: heapless::Vec::new(), fault: None } };
        Reader { stream, format: PhantomData }
    }

    /// The next byte; a result, or a refusal, at the end of its record.
    ///
    /// CR, LF and both end a line. The bytes around an MLLP message, 0x0B and 0x1C, begin and end a message.
    ///
    /// ```
    /// use endotype_formats::{Error, Hl7, Record, Refused};
    /// let mut reader = Hl7::new();
    /// let refusals = b"\x0bMSH|^~\\&\rPID|||1~2\r\x1c\r".iter().filter_map(|&byte| reader.push(byte).map(|said| said.unwrap_err()));
    /// assert_eq!(refusals.collect::<Vec<_>>(), [Refused { error: Error::Repeated, record: Record::Pid, field: 3 }]);
    /// ```
    pub fn push(&mut self, byte: u8) -> Option<Result<Observation<'_>, Refused>> {
        self.stream.push(byte, F::GRAMMAR)
    }

    /// A whole line, with or without its end.
    ///
    /// ```
    /// use endotype_formats::Hl7;
    /// let mut reader = Hl7::new();
    /// assert!(reader.line(b"MSH|^~\\&\r\n").is_none() && reader.line(b"PID|||4711").is_none());
    /// let result = reader.line(b"OBX|1|NM|9279-1^^LN||24|/min|||||F|||202601151012").unwrap().unwrap();
    /// assert_eq!((result.item, result.value, result.unit), ("respiratory_rate", "24", "/min"));
    /// ```
    pub fn line(&mut self, line: &[u8]) -> Option<Result<Observation<'_>, Refused>> {
        self.stream.line(line, F::GRAMMAR)
    }

    /// The end of the input, or of a connection: a line without an end is refused, and the next message begins with its header.
    ///
    /// ```
    /// use endotype_formats::{Error, Hl7};
    /// let mut reader = Hl7::new();
    /// assert!(b"MSH|^~\\&\rPID|||47".iter().all(|&byte| reader.push(byte).is_none()));
    /// assert_eq!(reader.end().unwrap().unwrap_err().error, Error::Truncated);
    /// ```
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
        self.line.clear();
        let end = line.iter().rposition(|b| !matches!(b, b'\r' | b'\n'));
        for &byte in line.iter().take(end.map_or(0, |last| last.saturating_add(1))) {
            self.line.put(byte);
        }
        self.record(grammar)
    }

    fn end(&mut self) -> Option<Result<Observation<'_>, Refused>> {
        self.message.delimiters = [0; 6];
        let is_cut = !self.line.text.is_empty();
        self.line.clear();
        if is_cut { Some(Err(Refused { error: Error::Truncated, record: Record::Line, field: 0 })) } else { None }
    }

    fn record(&mut self, grammar: &Grammar) -> Option<Result<Observation<'_>, Refused>> {
        let said = if self.line.text.is_empty() { None } else { self.message.take(&self.line, grammar) };
        self.line.clear();
        said
    }
}

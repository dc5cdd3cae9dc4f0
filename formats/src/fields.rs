//! A record as its fields.

use crate::result::Text;
use crate::{Error, Record, Refused};
use core::cell::Cell;

/// What separates the parts of a record: field, component, repetition, escape, subcomponent, and what HL7 truncates with.
///
/// 0 is one that there is not; no record that is used has it in it.
pub(crate) type Delimiters = [u8; 6];

/// Different ones, with which no number, code, unit or time is written.
///
/// So an escape can mean nothing in those, and needs no decoding there.
pub(crate) fn are_distinct(delimiters: &Delimiters) -> bool {
    let mut rest = &delimiters[..];
    while let [b, behind @ ..] = rest {
        let allowed =
            matches!(b, b'!' | b'#' | b'$' | b'&'..=b')' | b',' | b':' | b';' | b'?' | b'@' | b'\\' | b'^' | b'`' | b'|' | b'~');
        if *b != 0 && (!allowed || behind.iter().any(|other| other == b)) {
            return false;
        }
        rest = behind;
    }
    true
}

/// A record, split where it is asked; what is wrong with it is noted, and what was asked for is then empty.
pub(crate) struct Fields<'a> {
    pub(crate) line: &'a [u8],
    pub(crate) by: Delimiters,
    pub(crate) record: Record,
    /// The number of the first: HL7 counts from 0, but in `MSH`, whose first is the separator itself.
    pub(crate) first: u8,
    /// The first fault.
    pub(crate) fault: Cell<Option<Refused>>,
}

/// The part at a place, from 0; empty if there are not so many.
pub(crate) fn nth(mut text: &[u8], by: u8, mut at: u8) -> &[u8] {
    loop {
        let end = text.iter().position(|&b| b == by);
        let Some((part, [_, rest @ ..])) = end.and_then(|end| text.split_at_checked(end)) else {
            return if at == 0 { text } else { &[] };
        };
        if at == 0 {
            return part;
        }
        (text, at) = (rest, at - 1);
    }
}

impl<'a> Fields<'a> {
    // Called some thirty times.
    #[inline(never)]
    pub(crate) fn refuse(&self, field: u8, error: Error) {
        if self.fault.get().is_none() {
            self.fault.set(Some(Refused { error, record: self.record, field }));
        }
    }

    /// What was read of a field, unless that was refused.
    pub(crate) fn known<T>(&self, field: u8, read: Result<T, Error>) -> Option<T> {
        read.inspect_err(|error| self.refuse(field, *error)).ok()
    }

    /// As it stands; missing fields are empty.
    pub(crate) fn raw(&self, field: u8) -> &'a [u8] {
        nth(self.line, self.by[0], field.wrapping_sub(self.first))
    }

    /// The only repetition of a field.
    pub(crate) fn once(&self, field: u8) -> &'a [u8] {
        self.without(field, self.raw(field), 2, Error::Repeated)
    }

    /// A text in which one of the delimiters may not be.
    fn without(&self, field: u8, text: &'a [u8], delimiter: usize, error: Error) -> &'a [u8] {
        let delimiter = self.by.get(delimiter);
        if text.iter().any(|b| Some(b) == delimiter) {
            self.refuse(field, error);
            return &[];
        }
        text
    }

    /// One of the components of a field, from 1.
    pub(crate) fn component(&self, field: u8, component: u8) -> &'a [u8] {
        let text = nth(self.once(field), self.by[1], component.wrapping_sub(1));
        self.without(field, self.without(field, text, 4, Error::Components), 3, Error::Escape)
    }

    /// A field of one component.
    pub(crate) fn only(&self, field: u8) -> &'a [u8] {
        self.without(field, self.once(field), 1, Error::Components);
        self.component(field, 1)
    }

    /// Adds to a text; what is not ASCII is in no name, unit or number, nor is what takes its place.
    pub(crate) fn write(&self, field: u8, text: &mut Text, bytes: &[u8]) {
        for b in bytes {
            if text.push(if b.is_ascii() { char::from(*b) } else { '?' }).is_err() {
                self.refuse(field, Error::TooLong);
            }
        }
    }

    /// A text with its escapes decoded, as long as it then is.
    ///
    /// `codes` stand for the delimiters, in their order.
    pub(crate) fn decode(&self, field: u8, codes: &[u8], into: &mut [u8]) -> usize {
        let [_, component, _, escape, sub, _] = self.by;
        let mut rest = nth(self.once(field), component, 0);
        let mut length = 0;
        while let &[mut b, ref behind @ ..] = rest {
            rest = behind;
            if b == sub {
                self.refuse(field, Error::Components);
            }
            if b == escape {
                b = 0;
                if let &[code, end, ref behind @ ..] = rest {
                    for (known, delimiter) in codes.iter().zip(self.by) {
                        if *known == code && end == escape {
                            b = delimiter;
                        }
                    }
                    rest = behind;
                }
                if b == 0 {
                    self.refuse(field, Error::Escape);
                }
            }
            match into.get_mut(length) {
                Some(place) => *place = b,
                None => self.refuse(field, Error::TooLong),
            }
            length += 1;
        }
        if self.fault.get().is_some() { 0 } else { length }
    }
}

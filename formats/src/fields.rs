//! A record as its fields.

use crate::{Error, Record, Refused};
use core::cell::Cell;

/// What separates the parts of a record: field, component, repetition, escape, subcomponent.
///
/// ASTM has no subcomponent: 0, which no record that is used has in it.
#[derive(Clone, Copy)]
pub(crate) struct Delimiters(pub(crate) [u8; 5]);

impl Delimiters {
    /// Different ones, with which no number, code, unit or time is written.
    ///
    /// So an escape can mean nothing in those, and needs no decoding there.
    pub(crate) fn are_distinct(&self) -> bool {
        let mut rest = &self.0[..];
        while let [b, behind @ ..] = rest {
            let allowed = matches!(
                b,
                0 | b'!' | b'#' | b'$' | b'&'..=b')' | b',' | b':' | b';' | b'?' | b'@' | b'\\' | b'^' | b'`' | b'|' | b'~'
            );
            if !allowed || behind.iter().any(|other| other == b) {
                return false;
            }
            rest = behind;
        }
        true
    }
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
        nth(self.line, self.by.0[0], field.wrapping_sub(self.first))
    }

    /// The only repetition of a field.
    pub(crate) fn once(&self, field: u8) -> &'a [u8] {
        self.without(field, self.raw(field), 2, Error::Repeated)
    }

    /// A text in which one of the delimiters may not be.
    #[inline(never)]
    fn without(&self, field: u8, text: &'a [u8], delimiter: usize, error: Error) -> &'a [u8] {
        let delimiter = self.by.0.get(delimiter);
        if text.iter().any(|b| Some(b) == delimiter) {
            self.refuse(field, error);
            return &[];
        }
        text
    }

    /// One of the components of a field, from 1.
    pub(crate) fn component(&self, field: u8, component: u8) -> &'a [u8] {
        let text = nth(self.once(field), self.by.0[1], component.wrapping_sub(1));
        self.without(field, self.without(field, text, 4, Error::Components), 3, Error::Escape)
    }

    /// A field of one component.
    pub(crate) fn only(&self, field: u8) -> &'a [u8] {
        self.without(field, self.once(field), 1, Error::Components);
        self.component(field, 1)
    }

    /// A text with its escapes decoded, as long as it then is.
    ///
    /// `codes` stand for the delimiters, in their order.
    pub(crate) fn decode(&self, field: u8, codes: &[u8; 5], into: &mut [u8]) -> usize {
        let Delimiters(by) = self.by;
        let [_, component, _, escape, sub] = by;
        let mut rest = nth(self.once(field), component, 0);
        let mut length = 0;
        while let &[mut b, ref behind @ ..] = rest {
            rest = behind;
            if b == sub {
                self.refuse(field, Error::Components);
            }
            if b == escape {
                let decoded = match *rest {
                    [code, end, ref behind @ ..] if end == escape => {
                        rest = behind;
                        codes.iter().zip(by).find(|(known, _)| **known == code)
                    }
                    _ => None,
                };
                match decoded {
                    Some((_, delimiter)) => b = delimiter,
                    None => self.refuse(field, Error::Escape),
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

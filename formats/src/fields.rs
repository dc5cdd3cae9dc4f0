//! A record as its fields.

use crate::reader::Patient;
use crate::{Error, Record, Refused, Time};
use core::cell::Cell;

/// What separates the parts of a record: field, component, repetition, escape, subcomponent, and what HL7 truncates with.
///
/// 0 is one that there is not; no record that is used has it in it.
pub(crate) type Delimiters = [u8; 6];

/// With these no number, code, unit or time is written.
const ALLOWED: &[u8; 17] = b"!#$&'(),:;?@\\^`|~";

/// Whether it can be a delimiter.
pub(crate) fn is_allowed(delimiter: u8) -> bool {
    nth(ALLOWED, delimiter, 0).len() < ALLOWED.len()
}

/// Different ones, with which no number, code, unit or time is written.
///
/// So an escape can mean nothing in those, and needs no decoding there.
pub(crate) fn are_distinct(delimiters: &Delimiters) -> bool {
    let mut left = *ALLOWED;
    delimiters.iter().all(|b| *b == 0 || left.iter_mut().find(|one| *one == b).map(|one| *one = 0).is_some())
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

/// Takes off the first part and its separator.
#[inline(never)]
pub(crate) fn cut<'a>(text: &mut &'a [u8], by: u8) -> &'a [u8] {
    let whole = *text;
    let end = whole.iter().position(|&b| b == by).unwrap_or(whole.len());
    *text = whole.get(end + 1..).unwrap_or(&[]);
    whole.get(..end).unwrap_or(&[])
}

/// The part at a place, from 0; empty if there are not so many.
#[inline(never)]
pub(crate) fn nth(mut text: &[u8], by: u8, at: u8) -> &[u8] {
    for _ in 0..at {
        cut(&mut text, by);
    }
    cut(&mut text, by)
}

impl<'a> Fields<'a> {
    // Called some thirty times.
    #[inline(never)]
    pub(crate) fn refuse(&self, field: u8, error: Error) {
        if self.fault.get().is_none() {
            self.fault.set(Some(Refused { error, record: self.record, field }));
        }
    }

    /// Reads the time of a field, if there is one.
    pub(crate) fn time(&self, field: u8, into: &mut Time) {
        let text = self.only(field);
        if text.is_empty() {
            return;
        }
        if let Err(error) = into.take(text) {
            self.refuse(field, error);
        }
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
        let delimiter = self.by.get(delimiter).copied().unwrap_or(0);
        if nth(text, delimiter, 0).len() < text.len() {
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

    /// A text with its escapes decoded.
    ///
    /// `codes` stand for the delimiters, in their order.
    pub(crate) fn decode(&self, field: u8, codes: &[u8], into: &mut Patient) {
        let [_, component, _, escape, ..] = self.by;
        let mut rest = self.without(field, nth(self.once(field), component, 0), 4, Error::Components);
        while let &[mut b, ref behind @ ..] = rest {
            rest = behind;
            if b == escape {
                b = 0;
                if let &[code, end, ref behind @ ..] = rest {
                    // Its place is as many codes behind the first.
                    let known = self.by.get(nth(codes, code, 0).len());
                    b = if end == escape { known.copied().unwrap_or(0) } else { 0 };
                    rest = behind;
                }
                if b == 0 {
                    self.refuse(field, Error::Escape);
                }
            }
            if into.push(b).is_err() {
                self.refuse(field, Error::TooLong);
            }
        }
        if self.fault.get().is_some() {
            into.clear();
        }
    }
}

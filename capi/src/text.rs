//! Text that comes in, and text that goes out.

use crate::status::Refused;
use core::ffi::c_char;

/// Bytes that are not terminated.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct endo_text {
    pub at: *const c_char,
    pub length: usize,
}

impl From<&'static str> for endo_text {
    fn from(text: &'static str) -> endo_text {
        endo_text { at: text.as_ptr().cast(), length: text.len() }
    }
}

/// No text of charts is longer.
pub const MOST: usize = 255;

/// What the caller has so many of, for the time of the call; integers, so that any bytes are some.
pub(crate) fn slice<'a, T: Copy>(at: *const T, count: usize, most: usize) -> Result<&'a [T], Refused> {
    if at.is_null() {
        return Err(Refused::NULL);
    }
    if count > most {
        return Err(Refused::SIZE);
    }
    // SAFETY: `at` is not NULL, and the header asks for `count` readable ones there; the count is bounded, every value of their fields is an
    // integer, and the slice does not outlive the call.
    Ok(unsafe { core::slice::from_raw_parts(at, count) })
}

/// The caller's ASCII.
pub(crate) fn ascii<'a>(at: *const u8, length: usize) -> Result<&'a str, Refused> {
    core::str::from_utf8(slice(at, length, MOST)?).map_err(|_| endotype::Error::NotANumber.into())
}

//! Opaque memory of the caller's.

use crate::status::Refused;
use core::mem::{ManuallyDrop, MaybeUninit};

/// What a call writes to: it may be anything before.
pub type Out<'a, T> = Option<&'a mut MaybeUninit<T>>;

/// A type that is kept in opaque memory.
pub trait Kept {
    /// Its number; never used again.
    const KIND: u32;
}

/// This release, as the header's `ENDO_VERSION`.
pub const VERSION: u32 = {
    const fn number(text: &str) -> u32 {
        let (mut number, mut part, mut bytes) = (0, 0, text.as_bytes());
        while let [byte, rest @ ..] = bytes {
            match byte {
                b'.' => (number, part) = (number << 8 | part, 0),
                digit => part = part * 10 + (*digit - b'0') as u32,
            }
            bytes = rest;
        }
        number << 8 | part
    }
    number(env!("CARGO_PKG_VERSION"))
};

/// Two words that only this library writes, then a `T`, and room for what a later release adds, in all `8 + 8 * N` bytes.
///
/// The words say which type it is and which release wrote it. They are looked at in every call, so that zeroed, foreign or stale memory is
/// refused, never read as a `T`.
#[repr(C, align(8))]
pub struct State<T: Kept, const N: usize> {
    head: [u32; 2],
    body: Body<T, N>,
}

#[repr(C)]
union Body<T, const N: usize> {
    value: ManuallyDrop<T>,
    _reserved: [MaybeUninit<u64>; N],
}

impl<T: Kept, const N: usize> State<T, N> {
    const HEAD: [u32; 2] = {
        assert!(size_of::<T>() <= 8 * N && align_of::<T>() <= 8 && size_of::<Self>() == 8 + 8 * N);
        let kind = 0x454e_0000 | T::KIND;
        [kind, !kind ^ VERSION]
    };

    pub const fn new(value: T) -> Self {
        State { head: Self::HEAD, body: Body { value: ManuallyDrop::new(value) } }
    }

    fn check(&self) -> Result<(), Refused> {
        if self.head == Self::HEAD { Ok(()) } else { Err(Refused::STATE) }
    }

    pub fn get(&self) -> Result<&T, Refused> {
        self.check()?;
        // SAFETY: the head of this `T` is written by `new` only, together with a `T`; the header asks the caller to write to the
        // memory by this library's functions only, or to copy it whole. Both words fit by accident once in 2^64.
        Ok(unsafe { &self.body.value })
    }

    pub fn get_mut(&mut self) -> Result<&mut T, Refused> {
        self.check()?;
        // SAFETY: as in `get`; the caller's pointer is the only one in use during the call, as the header says.
        Ok(unsafe { &mut self.body.value })
    }
}

//! NOR flash in RAM: a write only clears bits and needs a blank word, an erase takes a page, and the power may fail at any byte.

#![allow(unreachable_pub, reason = "a module of an example, of a test and of the firmware")]

use embedded_storage_async::nor_flash::{ErrorType, NorFlash, NorFlashError, NorFlashErrorKind, ReadNorFlash};

#[derive(Clone)]
pub struct Nor<const BYTES: usize, const PAGE: usize> {
    pub cells: [u8; BYTES],
    /// Bytes written or erased until the power fails.
    pub until_cut: Option<u32>,
    /// What was done so far: bytes written, pages erased.
    pub written: u32,
    pub erased: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The power failed.
    Cut,
    /// A word that was written since its page was erased.
    NotBlank,
    OutOfBounds,
    NotAligned,
}

const WORD: usize = 4;

impl<const BYTES: usize, const PAGE: usize> Nor<BYTES, PAGE> {
    pub const ERASED: Self = Nor { cells: [0xff; BYTES], until_cut: None, written: 0, erased: 0 };

    fn tick(&mut self) -> Result<(), Fault> {
        match &mut self.until_cut {
            Some(0) => Err(Fault::Cut),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn place(&self, at: u32, length: usize, unit: usize) -> Result<usize, Fault> {
        let at = at as usize;
        match (at.checked_rem(unit), length.checked_rem(unit)) {
            _ if at.checked_add(length).is_none_or(|end| end > BYTES) => Err(Fault::OutOfBounds),
            (Some(0), Some(0)) => Ok(at),
            _ => Err(Fault::NotAligned),
        }
    }
}

impl NorFlashError for Fault {
    fn kind(&self) -> NorFlashErrorKind {
        match self {
            Fault::OutOfBounds => NorFlashErrorKind::OutOfBounds,
            Fault::NotAligned => NorFlashErrorKind::NotAligned,
            Fault::Cut | Fault::NotBlank => NorFlashErrorKind::Other,
        }
    }
}

impl<const BYTES: usize, const PAGE: usize> ErrorType for Nor<BYTES, PAGE> {
    type Error = Fault;
}

impl<const BYTES: usize, const PAGE: usize> ReadNorFlash for Nor<BYTES, PAGE> {
    const READ_SIZE: usize = WORD;

    async fn read(&mut self, at: u32, bytes: &mut [u8]) -> Result<(), Fault> {
        let at = self.place(at, bytes.len(), WORD)?;
        bytes.copy_from_slice(self.cells.get(at..at + bytes.len()).ok_or(Fault::OutOfBounds)?);
        Ok(())
    }

    fn capacity(&self) -> usize {
        BYTES
    }
}

impl<const BYTES: usize, const PAGE: usize> NorFlash for Nor<BYTES, PAGE> {
    const WRITE_SIZE: usize = WORD;
    const ERASE_SIZE: usize = PAGE;

    async fn erase(&mut self, from: u32, to: u32) -> Result<(), Fault> {
        let at = self.place(from, to.saturating_sub(from) as usize, PAGE)?;
        for cell in at..to as usize {
            self.tick()?;
            if let Some(cell) = self.cells.get_mut(cell) {
                *cell = 0xff;
            }
            self.erased += u32::from(cell.checked_rem(PAGE) == Some(0));
        }
        Ok(())
    }

    async fn write(&mut self, at: u32, bytes: &[u8]) -> Result<(), Fault> {
        let at = self.place(at, bytes.len(), WORD)?;
        for (word, offset) in bytes.chunks_exact(WORD).zip((at..).step_by(WORD)) {
            if self.cells.get(offset..offset + WORD) != Some(&[0xff; WORD]) {
                return Err(Fault::NotBlank);
            }
            for (byte, cell) in word.iter().zip(offset..) {
                self.tick()?;
                if let Some(cell) = self.cells.get_mut(cell) {
                    *cell &= byte;
                }
                self.written += 1;
            }
        }
        Ok(())
    }
}

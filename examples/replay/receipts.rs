//! A line a decision: the patient, and the receipt in hex, for `examples/explain.rs`.

use anyhow::Context;
use endotype::Receipt;
use std::cell::RefCell;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

pub(crate) struct Receipts(RefCell<BufWriter<File>>);

impl Receipts {
    pub(crate) fn create(file: &Path) -> anyhow::Result<Receipts> {
        let created = File::create(file).with_context(|| file.display().to_string())?;
        Ok(Receipts(RefCell::new(BufWriter::new(created))))
    }

    pub(crate) fn add(&self, patient: &str, minute: u32, receipt: Receipt) -> anyhow::Result<()> {
        let mut bytes = [0; Receipt::MAX];
        let length = receipt.to_bytes(minute, &mut bytes);
        let hex: String = bytes.iter().take(length).map(|byte| format!("{byte:02x}")).collect();
        writeln!(self.0.borrow_mut(), "{patient} {hex}").context("the receipts")
    }
}

//! Device logs: the format strings stay on the host.

use crate::stays::{Charted, Refused};
use {cortex_m as _, defmt_semihosting as _};

pub fn line(text: &str) {
    defmt::info!("{=str}", text);
}

pub fn total(at: &Charted, edition: &str, from: u8, to: u8) {
    defmt::info!("{=str} minute {=u32}: {=str} total {=u8} -> {=u8}", at.patient, at.minute, edition, from, to);
}

pub fn class(at: &Charted, from: &str, to: &str) {
    defmt::info!("{=str} minute {=u32}: class {=str} -> {=str}", at.patient, at.minute, from, to);
}

pub fn screen(patient: &str, minute: u32, sum: u32) {
    defmt::info!("{=str},{=u32},{=u32:08x}", patient, minute, sum);
}

pub fn end(stays: u32, days: u32) {
    defmt::info!("end: {=u32} stays, {=u32} days", stays, days);
}

pub(super) fn refused(at: &Refused) {
    defmt::error!("{=str} minute {=u32}: refused: {}", at.patient, at.minute, at.error);
}

pub(super) fn panicked(file: &str, line: u32) {
    defmt::error!("panicked at {=str}:{=u32}", file, line);
}

//! The same lines as text.

use crate::stays::{Charted, Refused};
use riscv as _;
use semihosting::println;

pub fn line(text: &str) {
    println!("{text}");
}

pub fn total(at: &Charted, edition: &str, from: u8, to: u8) {
    println!("{} minute {}: {edition} total {from} -> {to}", at.patient, at.minute);
}

pub fn class(at: &Charted, from: &str, to: &str) {
    println!("{} minute {}: class {from} -> {to}", at.patient, at.minute);
}

pub fn screen(patient: &str, minute: u32, sum: u32) {
    println!("{patient},{minute},{sum:08x}");
}

pub fn end(stays: u32, days: u32) {
    println!("end: {stays} stays, {days} days");
}

pub(super) fn refused(at: &Refused) {
    println!("{} minute {}: refused: {:?}", at.patient, at.minute, at.error);
}

pub(super) fn panicked(file: &str, line: u32) {
    println!("panicked at {file}:{line}");
}

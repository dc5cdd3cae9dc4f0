//! The state as bytes and back, and decisions as bytes that say what decided them.

use crate::course::{DAYS, ENDPOINTS, endo_course};
use crate::event::endo_event;
use crate::immune::{SAMPLES, endo_immune};
use crate::marker::endo_criteria;
use crate::numbers::{self, INFUSIONS, MISSING, NONE, pick};
use crate::reading::endo_reading;
use crate::sofa::endo_rules;
use crate::state::{Kept, Out, State};
use crate::status::Refused;
use crate::text::slice;
use crate::window::{carried, endo_carried, endo_day, endo_window};
use core::mem::MaybeUninit;
use endotype::{Error, How, Prior, Receipt, Snapshot};

pub type Whole = Snapshot<DAYS, SAMPLES>;
pub type endo_snapshot = State<Whole, 128>;

impl Kept for Whole {
    const KIND: u32 = 11;
}

/// Room for a snapshot (and for what a later release adds to one), for a receipt; bytes of the patient's key.
pub const MOST: usize = 1024;
pub const RECEIPT: usize = Receipt::MAX;
pub const KEY: usize = 16;

/// The kinds of receipts, from 1.
pub const RECEIPTS: [&str; 5] = ["Score", "Class", "Endpoint", "Change", "Sepsis"];

/// A receipt that was read.
#[repr(C)]
pub struct endo_receipt {
    pub rules: u32,
    pub minute: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
}

fn kind(receipt: &Receipt) -> u8 {
    match receipt {
        Receipt::Score { .. } => 1,
        Receipt::Endotype { .. } => 2,
        Receipt::Endpoint { .. } => 3,
        Receipt::Change { .. } => 4,
        Receipt::Sepsis { .. } => 5,
    }
}

/// What a receipt does not need is 0.
fn write(receipt: Receipt, minute: u32, out: &mut MaybeUninit<[u8; RECEIPT]>, length: &mut MaybeUninit<u8>) {
    let out = out.write([0; RECEIPT]);
    length.write(receipt.to_bytes(minute, out) as u8);
}

functions! {
    fn endo_snapshot_write(
        window: Option<&endo_window>,
        course: Option<&endo_course>,
        before: Option<&endo_carried>,
        immune: Option<&endo_immune>,
        key: Option<&[u8; 16]>,
        out: Out<'_, [u8; 1024]>,
        length: Out<'_, u32>,
    ) {
        given!(window, course, immune, key, out, length);
        let snapshot = Snapshot::of(window.get()?, course.get()?, carried(before)?, immune.get()?)?;
        // There is room, so this does not fail.
        length.write(snapshot.to_bytes(key, out.write([0; MOST]))? as u32);
    }

    fn endo_snapshot_read(
        snapshot: Out<'_, endo_snapshot>,
        at: *const u8,
        size: usize,
        key: Option<&[u8; 16]>,
        rules: Option<&endo_rules>,
    ) {
        given!(snapshot, key, rules);
        let read = Whole::from_bytes(slice(at, size, MOST)?, key, rules.get()?)?;
        snapshot.write(State::new(read));
    }

    fn endo_snapshot_push(
        snapshot: Option<&mut endo_snapshot>,
        rules: Option<&endo_rules>,
        minute: u32,
        event: Option<&endo_event>,
    ) {
        given!(snapshot, rules, event);
        let snapshot = snapshot.get_mut()?;
        snapshot.push(rules.get()?, minute, &event.get()?)?;
    }

    fn endo_snapshot_merge_into(
        snapshot: Option<&endo_snapshot>,
        rules: Option<&endo_rules>,
        window: Option<&mut endo_window>,
    ) {
        given!(snapshot, rules, window);
        snapshot.get()?.merge_into(rules.get()?, window.get_mut()?)?;
    }

    fn endo_snapshot_resume(
        snapshot: Option<&endo_snapshot>,
        rules: Option<&endo_rules>,
        now: u32,
        window: Out<'_, endo_window>,
        course: Out<'_, endo_course>,
        handed_on: Out<'_, endo_carried>,
        immune: Out<'_, endo_immune>,
    ) {
        given!(snapshot, rules, window, course, handed_on, immune);
        let resumed = snapshot.get()?.clone().resume(rules.get()?, now)?;
        window.write(State::new(resumed.0));
        course.write(State::new(resumed.1));
        handed_on.write(State::new(resumed.2));
        immune.write(State::new(resumed.3));
    }

    fn endo_receipt_score(
        day: Option<&endo_day>,
        rules: Option<&endo_rules>,
        missing: u8,
        infusions: u8,
        before: Option<&endo_carried>,
        minute: u32,
        out: Out<'_, [u8; 48]>,
        length: Out<'_, u8>,
    ) {
        given!(day, rules, out, length);
        let how = How { missing: pick(&MISSING, missing)?, infusions: pick(&INFUSIONS, infusions)? };
        let (day, rules) = (*day.get()?, rules.get()?);
        if day.rules() != rules.id() {
            return Err(Error::RulesDiffer.into());
        }
        let score = day.score(rules, how, carried(before)?);
        write(Receipt::Score { day, how, score }, minute, out, length);
    }

    fn endo_receipt_class(
        criteria: Option<&endo_criteria>,
        ferritin: endo_reading,
        mhla_dr: endo_reading,
        minute: u32,
        out: Out<'_, [u8; 48]>,
        length: Out<'_, u8>,
    ) {
        given!(criteria, out, length);
        let receipt = Receipt::endotype(criteria.get()?, ferritin.typed()?, mhla_dr.typed()?);
        write(receipt, minute, out, length);
    }

    fn endo_receipt_endpoint(
        endpoint: u8,
        course: Option<&endo_course>,
        minute: u32,
        out: Out<'_, [u8; 48]>,
        length: Out<'_, u8>,
    ) {
        given!(course, out, length);
        let receipt = Receipt::endpoint(pick(&ENDPOINTS, endpoint)?, course.get()?)?;
        write(receipt, minute, out, length);
    }

    fn endo_receipt_change(course: Option<&endo_course>, day: u32, minute: u32, out: Out<'_, [u8; 48]>, length: Out<'_, u8>) {
        given!(course, out, length);
        let receipt = Receipt::change(course.get()?, day)?;
        write(receipt, minute, out, length);
    }

    fn endo_receipt_sepsis(
        day: Option<&endo_day>,
        infusions: u8,
        total: u32,
        prior: u8,
        minute: u32,
        out: Out<'_, [u8; 48]>,
        length: Out<'_, u8>,
    ) {
        given!(day, out, length);
        let prior = match prior {
            NONE => Prior::Unknown,
            0..=24 => Prior::Sofa(prior),
            _ => return Err(Refused::NUMBER),
        };
        let receipt = Receipt::sepsis(day.get()?, pick(&INFUSIONS, infusions)?, numbers::total(total)?, prior);
        write(receipt, minute, out, length);
    }

    fn endo_receipt_check(
        at: *const u8,
        size: usize,
        rules: Option<&endo_rules>,
        criteria: Option<&endo_criteria>,
        out: Out<'_, endo_receipt>,
    ) {
        given!(rules, criteria, out);
        let (minute, receipt) = Receipt::from_bytes(slice(at, size, MOST)?)?;
        receipt.follows(rules.get()?, criteria.get()?)?;
        out.write(endo_receipt { rules: receipt.rules().number(), minute, kind: kind(&receipt), reserved: [0; 3] });
    }
}

/// As the array types of the functions above say.
const _: () = assert!(Whole::MAX <= MOST && MOST == 1024 && RECEIPT == 48 && KEY == 16);

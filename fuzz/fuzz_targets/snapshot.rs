//! Any bytes as a snapshot or a receipt, as they are and with a header and a checksum that fit: what is accepted is written again as the same
//! bytes, and everything that can be done with it can be done.
#![no_main]

use endotype::published::{IMMUNOSEP, IMMUNOSEP_DAY9, SOFA_2, SOFA_1996};
use endotype::{Carried, Error, Event, How, Infusions, Missing, Organ, Prior, Receipt, Snapshot, SofaRules, Window};
use endotype_fuzz::control;
use libfuzzer_sys::fuzz_target;

const KEY: [u8; 16] = *b"pseudonym no. 12";
type Kept = Snapshot<9, 7>;

/// CRC-32 (ISO-HDLC), bit by bit.
fn checksum(bytes: &[u8]) -> [u8; 4] {
    let crc = bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    });
    (!crc).to_le_bytes()
}

fn sealed(body: &[u8]) -> Vec<u8> {
    [body, &checksum(body)].concat()
}

fn snapshot(bytes: &[u8], rules: &SofaRules) {
    let Ok(read) = Kept::from_bytes(bytes, &KEY, rules) else { return };
    let mut again = vec![0; Kept::MAX];
    let length = read.clone().to_bytes(&KEY, &mut again).unwrap();
    if control() && length > 700 {
        again[650] ^= 1;
    }
    assert!(bytes == &again[..length], "written again it is another");
    assert_eq!(read.clone().to_bytes(&KEY, &mut again[..length - 1]), Err(Error::NoRoom { needed: length as u32 }));
    assert_eq!(Kept::from_bytes(bytes, &[0; 16], rules), Err(Error::OtherPatient));
    lived(&read, rules);
}

/// A patient's next hours.
fn lived(read: &Kept, rules: &SofaRules) {
    let mut logged = read.clone();
    let events = [
        ("platelets", "10*9/L", "49"),
        ("norepinephrine", "ug/min", "8"),
        ("urine", "mL", "30"),
        ("gcs", "{score}", "9"),
        ("sedated", "", "1"),
    ];
    let mut merged = Window::new(rules);
    let _ = read.merge_into(rules, &mut merged);
    for (minute, (item, unit, value)) in events.into_iter().enumerate() {
        let _ = logged.push(rules, minute as u32 * 200, &Event::read(item, unit, value).unwrap());
    }
    for now in [0, 700, 1_439, 5_256_000] {
        let Ok((mut window, mut course, carried, immune)) = logged.clone().resume(rules, now) else { continue };
        let clock = window.clock();
        for (item, unit, value) in events {
            let _ = window.push(rules, clock.max(now), &Event::read(item, unit, value).unwrap());
            let _ = window.push(rules, clock.saturating_sub(60), &Event::read(item, unit, value).unwrap());
        }
        for day in
            [window.so_far(rules), window.rolling(rules), window.close_day(rules), window.close_day(rules)].into_iter().flatten()
        {
            for missing in [Missing::Open, Missing::Normal, Missing::Carry] {
                for infusions in [Infusions::Complete, Infusions::Unknown] {
                    let how = How { missing, infusions };
                    let score = day.score(rules, how, carried);
                    let organs = Organ::ALL.map(|organ| score.sofa().organ(organ).ends());
                    assert_eq!(score.total().ends(), [0, 1].map(|end| organs.iter().map(|ends| ends[end]).sum::<u8>()));
                    let _ = course.push(&score);
                    written(Receipt::Score { day, how, score }, rules);
                    written(Receipt::sepsis(&day, infusions, score.total(), Prior::Unknown), rules);
                }
            }
        }
        let _ = IMMUNOSEP_DAY9.response(&course);
        // What goes on is kept, too.
        let kept = Kept::of(&window, &course, Carried::NONE, &immune).unwrap();
        let mut bytes = vec![0; Kept::MAX];
        let length = kept.clone().to_bytes(&KEY, &mut bytes).unwrap();
        assert_eq!(Kept::from_bytes(&bytes[..length], &KEY, rules), Ok(kept));
    }
}

/// A receipt of a decision that was made reads back, and follows.
fn written(receipt: Receipt, rules: &SofaRules) {
    let mut bytes = [0; Receipt::MAX];
    let length = receipt.clone().to_bytes(7, &mut bytes);
    let (minute, read) = Receipt::from_bytes(&bytes[..length]).unwrap();
    assert_eq!(minute, 7);
    assert_eq!(read.follows(rules, &IMMUNOSEP), Ok(()), "{receipt:?}");
}

fn receipt(bytes: &[u8]) {
    let Ok((minute, read)) = Receipt::from_bytes(bytes) else { return };
    let mut again = [0; Receipt::MAX];
    let length = read.clone().to_bytes(minute, &mut again);
    if control() {
        again[5] ^= 1;
    }
    assert!(bytes == &again[..length], "written again it is another: {read:?}");
    for rules in [&SOFA_1996, &SOFA_2] {
        let _ = read.follows(rules, &IMMUNOSEP);
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((&how, bytes)) = data.split_first() else { return };
    for rules in [&SOFA_1996, &SOFA_2] {
        snapshot(bytes, rules);
    }
    receipt(bytes);
    // Behind the header, with one that fits.
    let rules = if how & 1 == 0 { &SOFA_1996 } else { &SOFA_2 };
    if how & 2 == 0 {
        let sections = bytes.get(28..).unwrap_or(bytes);
        let sections = sections.strip_suffix_of(4);
        let length = (28 + sections.len() + 4) as u16;
        let header = [&b"ENDO\x01\0"[..], &length.to_le_bytes(), &KEY, &rules.id().number().to_le_bytes()].concat();
        snapshot(&sealed(&[&header[..], sections].concat()), rules);
    } else {
        let body = bytes.strip_suffix_of(4);
        receipt(&sealed(body));
        // Of a rule set that is known.
        if let Some((kind, rest)) = body.split_first() {
            let id = if *kind == 2 { IMMUNOSEP.id() } else { rules.id() };
            let rest = rest.get(4..).unwrap_or(rest);
            receipt(&sealed(&[&[*kind][..], &id.number().to_le_bytes(), rest].concat()));
        }
    }
});

trait Shorter {
    /// Without so many bytes at its end, if it has as many.
    fn strip_suffix_of(&self, bytes: usize) -> &Self;
}

impl Shorter for [u8] {
    fn strip_suffix_of(&self, bytes: usize) -> &[u8] {
        &self[..self.len().saturating_sub(bytes)]
    }
}

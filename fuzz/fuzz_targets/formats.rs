//! Any bytes into both readers of results: byte by byte as line by line, what is accepted reads the same when it is written again, and
//! what it says is what the rules crate reads of its words.
#![no_main]

use endotype::{Event, ITEMS};
use endotype_formats::{Astm, Change, Hl7, LINE, Observation, Refused};
use endotype_fuzz::control;
use libfuzzer_sys::fuzz_target;

/// What was said, apart from the reader.
#[derive(Clone, PartialEq, Debug)]
struct Said {
    patient: Vec<u8>,
    item: String,
    value: String,
    unit: String,
    change: Change,
}

type Answer = Option<Result<Said, Refused>>;

fn said(answer: Option<Result<Observation<'_>, Refused>>) -> Answer {
    answer.map(|result| {
        result.map(|o| Said {
            patient: o.patient.to_vec(),
            item: o.item.to_owned(),
            value: o.value.to_owned(),
            unit: o.unit.to_owned(),
            change: o.change,
        })
    })
}

/// An `OBX` or an `R` that says it again.
fn written(said: &Said, hl7: bool) -> String {
    let Said { item, value, unit, change, .. } = said;
    let status = match change {
        Change::Final(_) => 'F',
        Change::Preliminary(_) => 'P',
        Change::Corrected(_) => 'C',
        Change::Withdrawn => 'X',
    };
    // The control: a limit is written as a number.
    let value = if control() { value.trim_start_matches('>') } else { value };
    if !hl7 {
        return format!("R|1|^^^{item}|{value}|{unit}||||{status}||||202601151012");
    }
    let is_word = value.trim_start().starts_with(|c: char| c.is_ascii_alphabetic());
    let number = value.trim_start_matches(['<', '>', '=']);
    let (kind, value) = match (is_word, value.split_once("..")) {
        (true, _) => ("ST", value.to_owned()),
        (false, Some((low, high))) => ("SN", format!("^{low}^-^{high}")),
        (false, None) => ("SN", format!("{}^{number}", &value[..value.len() - number.len()])),
    };
    format!("OBX|1|{kind}|{item}^^99ENDO||{value}|{unit}|||||{status}|||202601151012")
}

fn check(said: &Said, hl7: bool) {
    let Said { patient, item, value, unit, change } = said;
    assert!(!patient.is_empty() && ITEMS.iter().any(|(known, _)| known == item), "{said:?}");
    if let Change::Final(event) | Change::Preliminary(event) | Change::Corrected(event) = change {
        assert_eq!(Event::read(item, unit, value), Ok(*event), "{said:?}");
    }
    let line = written(said, hl7);
    let again = if hl7 {
        let mut reader = Hl7::new();
        assert!(reader.line(b"MSH|^~\\&").is_none() && reader.line(b"PID|||1").is_none());
        self::said(reader.line(line.as_bytes()))
    } else {
        let mut reader = Astm::new();
        assert!(reader.line(b"H|\\^&").is_none() && reader.line(b"P|1|1").is_none());
        self::said(reader.line(line.as_bytes()))
    };
    let Some(Ok(again)) = again else { panic!("{said:?} is refused as {line}: {again:?}") };
    assert_eq!((&again.item, again.change), (item, *change), "{said:?} as {line}");
}

macro_rules! read {
    ($reader:ty, $hl7:literal, $data:ident) => {
        let (mut by_byte, mut by_line) = (<$reader>::new(), <$reader>::new());
        let mut line = Vec::new();
        for &byte in $data {
            let answer = said(by_byte.push(byte));
            match byte {
                b'\r' | b'\n' => {
                    assert_eq!(answer, said(by_line.line(&line)), "{}", String::from_utf8_lossy(&line));
                    line.clear();
                }
                // The blocks of a message are the stream's, not a line's.
                0x0B | 0x1C => {
                    assert_eq!(answer.is_some(), !line.is_empty());
                    let _ = by_line.end();
                    line.clear();
                }
                _ => {
                    assert!(answer.is_none());
                    line.push(byte);
                }
            }
            match answer {
                Some(Ok(answer)) => check(&answer, $hl7),
                Some(Err(refused)) => assert!(refused.error.code() > 0 && refused.error.code() < 255, "{refused}"),
                None => {}
            }
        }
        assert_eq!(by_byte.end().is_some(), !line.is_empty());
        assert!(line.len() <= LINE || said(by_line.line(&line)).is_none_or(|answer| answer.is_err()));
    };
}

fuzz_target!(|data: &[u8]| {
    read!(Hl7, true, data);
    read!(Astm, false, data);
});

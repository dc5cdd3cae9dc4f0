//! Bytes, lines, line ends, frames, lengths; and what is written again reads the same.

mod common;

use common::{astm, hl7, said};
use endotype_formats::{Astm, Change, Error, Hl7, LINE, Record, Refused, Time};
use proptest::prelude::*;

const MESSAGE: [&str; 4] = ["MSH|^~\\&|LAB", "PID|1||4711", "OBR|1||||||202601151012", "OBX|1|NM|777-3^^LN||88|10*9/L|||||F"];

/// All that a stream says, byte by byte.
fn bytes(stream: &[u8]) -> Vec<Result<String, String>> {
    let mut reader = hl7();
    let mut all: Vec<_> = stream.iter().filter_map(|byte| reader.push(*byte).map(|result| said(Some(result)))).collect();
    all.extend(reader.end().map(|result| said(Some(result))));
    all
}

#[test]
fn every_line_end() {
    let good = vec![Ok("platelets 88 10*9/L final at 612".to_owned())];
    for end in ["\r", "\n", "\r\n", "\n\n", "\r\r\n\r"] {
        assert_eq!(bytes((MESSAGE.join(end) + end).as_bytes()), good, "{end:?}");
        let mut reader = hl7();
        let results: Vec<_> =
            MESSAGE.iter().filter_map(|line| reader.line(format!("{line}{end}").as_bytes()).map(|r| said(Some(r)))).collect();
        assert_eq!(results, good, "{end:?}");
    }
    assert!(hl7().line(b"").is_none() && hl7().line(b"\r\n").is_none() && hl7().end().is_none());
}

/// Cut at any byte nothing is read that was not sent.
#[test]
fn r245_a_truncated_message_is_refused_or_says_nothing() {
    let whole = MESSAGE.join("\r") + "\r";
    for cut in 0..whole.len() {
        let results = bytes(&whole.as_bytes()[..cut]);
        assert!(results.iter().all(|result| *result == Err("line Truncated".to_owned())), "{cut}: {results:?}");
        assert_eq!(results.len(), usize::from(!whole[..cut].is_empty() && !whole[..cut].ends_with('\r')));
        // And with a line end where it was cut.
        let results = bytes(&[&whole.as_bytes()[..cut], b"\r"].concat());
        let good = Ok("platelets 88 10*9/L final at 612".to_owned());
        assert!(results.iter().all(|result| result.is_err() || cut + 1 == whole.len() && *result == good), "{cut}: {results:?}");
    }
}

/// 0x0B MESSAGE 0x1C 0x0D, as over a network.
#[test]
fn messages_in_their_blocks() {
    let block = |text: &str| format!("\u{b}{text}\u{1c}\r");
    let good = || Ok("platelets 88 10*9/L final at 612".to_owned());
    let message = MESSAGE.join("\r") + "\r";
    assert_eq!(bytes((block(&message) + &block(&message)).as_bytes()), [good(), good()]);
    // A message that is cut by the next, or by its own end; nothing of it holds.
    let cut = format!("\u{b}{}", MESSAGE[..2].join("\r"));
    assert_eq!(bytes((cut.clone() + &block(&message)).as_bytes()), [Err("line Truncated".to_owned()), good()]);
    assert_eq!(bytes((cut + "\r\u{1c}\r" + MESSAGE[3] + "\r").as_bytes()), [Err("OBX NoHeader".to_owned())]);
    assert_eq!(bytes(b"\x1c\r"), []);
}

#[test]
fn r245_a_longer_line_is_refused_and_the_next_is_read() {
    let good = Ok("platelets 88 10*9/L final at 612".to_owned());
    let long = |length: usize| format!("{}|{}", MESSAGE[3], "x".repeat(length - MESSAGE[3].len() - 1));
    for (length, first) in
        [(LINE, good.clone()), (LINE + 1, Err("OBX TooLong".to_owned())), (100_000, Err("OBX TooLong".to_owned()))]
    {
        let stream = [MESSAGE[0], MESSAGE[1], MESSAGE[2], &long(length), MESSAGE[3], ""].join("\r");
        assert_eq!(bytes(stream.as_bytes()), [first, good.clone()], "{length}");
    }
    // One that is not read may be as long as it likes.
    let note = format!("NTE|1||{}", "x".repeat(100_000));
    assert_eq!(bytes([MESSAGE[0], MESSAGE[1], MESSAGE[2], &note, MESSAGE[3], ""].join("\r").as_bytes()), [good]);
    // A patient in a line that is too long is nobody's.
    let patient = format!("PID|1||4712|{}", "x".repeat(LINE));
    let refused = |why: &str| Err(why.to_owned());
    let stream = [MESSAGE[0], MESSAGE[1], &patient, MESSAGE[2], MESSAGE[3], ""].join("\r");
    assert_eq!(bytes(stream.as_bytes()), [refused("PID TooLong"), refused("OBX NoPatient")]);
    assert_eq!(bytes(["x".repeat(LINE + 1).as_str(), ""].join("\r").as_bytes()), [refused("line TooLong")]);
}

#[test]
fn a_refusal_says_where() {
    let mut reader = hl7();
    assert!(reader.line(b"MSH|^~\\&").is_none() && reader.line(b"PID|||1").is_none());
    let refused = reader.line(b"OBX|1|NM|777-3^^LN||90|mg/dL|||||F|||202601150100").unwrap().unwrap_err();
    assert_eq!(refused, Refused { error: Error::UnitOfCode, record: Record::Obx, field: 6 });
    assert_eq!(refused.to_string(), "OBX-6: a unit that this code does not have");
    assert_eq!(Refused { field: 0, ..refused }.to_string(), "OBX: a unit that this code does not have");
}

/// What the serial markers take, which amend and withdraw; and the midnight from which a stay without a start is counted.
#[test]
fn r242_markers_are_amended_and_withdrawn() {
    let mut reader = Hl7::default();
    assert!(reader.line(b"MSH|^~\\&").is_none() && reader.line(b"PID|||1").is_none());
    let ferritin = |value| Some(endotype::Event::Ferritin(endotype::Reading::read(value).unwrap()));
    for (line, event) in [
        ("2276-4^^LN||900|ng/mL|||||F", ferritin("900")),
        ("2276-4^^LN||900|ng/mL|||||P", ferritin("900")),
        ("2276-4^^LN||901|ng/mL|||||C", ferritin("901")),
        ("2276-4^^LN||||||||X", Some(endotype::Event::Withdrawn(endotype::Marker::Ferritin))),
        ("mhla_dr^^99ENDO||||||||W", Some(endotype::Event::Withdrawn(endotype::Marker::MhlaDr))),
        ("777-3^^LN||||||||X", None),
    ] {
        let result = reader.line(format!("OBX|1|NM|{line}|||202601151012+0100").as_bytes()).unwrap().unwrap();
        assert_eq!(result.marker(), event, "{line}");
        assert_eq!(result.time.since(result.time.midnight()), Ok(612));
        assert_eq!(result.time.midnight(), Time::read(b"202601150000+0100").unwrap());
    }
}

/// A reader is plain data, as everything that a task hands to another.
#[test]
fn readers_are_plain_data() {
    fn plain<T: Clone + Send + Sync + 'static>() {}
    plain::<Hl7>();
    plain::<Astm>();
    plain::<Time>();
    plain::<Change>();
    plain::<Refused>();
    plain::<Error>();
    assert!(size_of::<Hl7>() <= LINE + 288, "{}", size_of::<Hl7>());
}

/// A result as either format writes it.
fn written(code: &str, value: &str, unit: &str, minute: u32) -> [String; 2] {
    let (hour, minute) = (minute / 60, minute % 60);
    let (comparator, number) = value.split_at(value.find(|c: char| c.is_ascii_digit()).unwrap_or(0));
    let number = number.split_once("..").map_or(number.to_owned(), |(low, high)| format!("{low}^-^{high}"));
    [
        format!("OBX|1|SN|{code}^^LN||{comparator}^{number}|{unit}|||||F|||20260115{hour:02}{minute:02}"),
        format!("R|1|{code}|{value}|{unit}||||F||||20260115{hour:02}{minute:02}"),
    ]
}

proptest! {
    #[test]
    fn written_again_it_reads_the_same(
        row in 0..endotype_formats::CODES.len(),
        comparator in prop::sample::select(vec!["", "<", "<=", ">", ">="]),
        number in (16_u32..30, 0_u32..1_000),
        minute in 0_u32..1_440,
    ) {
        let code = &endotype_formats::CODES[row];
        let value = format!("{comparator}{}.{:03}", number.0, number.1);
        let mut both = Vec::new();
        let [obx, r] = written(code.loinc, &value, code.units[0], minute);
        let mut reader = hl7();
        for line in ["MSH|^~\\&", "PID|||1", &obx] {
            both.extend(reader.line(line.as_bytes()).map(|result| said(Some(result))));
        }
        let mut reader = astm();
        for line in ["H|\\^&", "P|1|1", &r] {
            both.extend(reader.line(line.as_bytes()).map(|result| said(Some(result))));
        }
        let event = endotype::Event::read(code.item, code.units[0], &value);
        prop_assert_eq!(both.len(), 2);
        for said in both {
            match (&said, event) {
                (Ok(said), Ok(_)) => prop_assert_eq!(said, &format!("{} {value} {} final at {minute}", code.item, code.units[0])),
                (Err(said), Err(error)) => prop_assert!(said.ends_with(&format!("{error:?}")), "{}", said),
                _ => prop_assert!(false, "{said:?} {event:?}"),
            }
        }
    }

    /// Any bytes, in any pieces: byte by byte as line by line, and never a panic.
    #[test]
    fn bytes_and_lines_say_the_same(
        lines in prop::collection::vec(prop::sample::select(MESSAGE.iter().chain(["OBX|1|SN|", "NTE|", "x", "PID|||2~"].iter()).copied().collect::<Vec<_>>()), 0..12),
        noise in prop::collection::vec((any::<prop::sample::Index>(), 0x20_u8..=255), 0..6),
    ) {
        let mut lines: Vec<Vec<u8>> = lines.iter().map(|line| line.as_bytes().to_vec()).collect();
        for (at, byte) in noise {
            if !lines.is_empty() {
                let line = at.index(lines.len());
                let place = at.index(lines[line].len());
                lines[line][place] = byte;
            }
        }
        let mut by_line = hl7();
        let by_line: Vec<_> = lines.iter().filter_map(|line| by_line.line(line).map(|result| said(Some(result)))).collect();
        prop_assert_eq!(by_line, bytes(&[lines.join(&b'\r'), b"\r".to_vec()].concat()));
    }
}

//! One result behind the records that it needs, as text.

#![allow(dead_code, reason = "each test file uses a part")]

use endotype_formats::{Astm, Change, Error, Hl7, Refused, Time};

/// A result in words, its minute from the start of 15 January 2026.
pub(crate) fn said(result: Option<Result<endotype_formats::Observation<'_>, Refused>>) -> Result<String, String> {
    said_from(b"202601150000", result)
}

/// A result in words: item, value, unit, what is done with it, minute.
pub(crate) fn said_from(
    start: &[u8],
    result: Option<Result<endotype_formats::Observation<'_>, Refused>>,
) -> Result<String, String> {
    match result {
        None => Ok("nothing".to_owned()),
        Some(Err(Refused { error, record, field })) => Err(match field {
            0 => format!("{} {error:?}", record.name()),
            _ => format!("{}-{field} {error:?}", record.name()),
        }),
        Some(Ok(o)) => {
            let minute = o.time.since(Time::read(start).unwrap()).map_err(|error| format!("{error:?}"))?;
            let what = match o.change {
                Change::Final(_) => "final",
                Change::Preliminary(_) => "preliminary",
                Change::Corrected(_) => "corrected",
                Change::Withdrawn => "withdrawn",
            };
            Ok(format!("{} {} {} {what} at {minute}", o.item, o.value, o.unit).split_whitespace().collect::<Vec<_>>().join(" "))
        }
    }
}

pub(crate) fn hl7() -> Hl7 {
    Hl7::new()
}

pub(crate) fn astm() -> Astm {
    Astm::new()
}

/// What becomes of an `OBX` at minute 612 of patient 4711.
pub(crate) fn obx(line: &str) -> Result<String, String> {
    after(&["MSH|^~\\&|LAB", "PID|1||4711", "OBR|1||||||202601151012"], line)
}

/// The last line, behind lines that say nothing.
pub(crate) fn after(lines: &[&str], last: &str) -> Result<String, String> {
    let mut reader = hl7();
    for line in lines {
        assert!(reader.line(line.as_bytes()).is_none(), "{line}");
    }
    said(reader.line(last.as_bytes()))
}

/// What becomes of an `R` at minute 612 of patient 4711.
pub(crate) fn r(line: &str) -> Result<String, String> {
    after_astm(&["H|\\^&|||LAB", "P|1|4711", "O|1|S1||^^^FER||202601150900|202601151012"], line)
}

pub(crate) fn after_astm(lines: &[&str], last: &str) -> Result<String, String> {
    let mut reader = astm();
    for line in lines {
        assert!(reader.line(line.as_bytes()).is_none(), "{line}");
    }
    said(reader.line(last.as_bytes()))
}

/// A table of lines and what becomes of them.
pub(crate) fn check(read: impl Fn(&str) -> Result<String, String>, table: &[(&str, Result<&str, &str>)]) {
    for (line, expected) in table {
        let found = read(line);
        assert_eq!(found.as_deref().map_err(String::as_str), *expected, "{line}");
    }
}

/// Every error is named in the tests by its variant; here its number and its message.
pub(crate) fn is_numbered(error: Error, code: u8) {
    assert_eq!(error.code(), code);
    assert!(!error.message().is_empty() && error.to_string() == error.message());
}

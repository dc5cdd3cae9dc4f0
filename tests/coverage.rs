//! Every public function is called in a test or in an example, every error is provoked in one, and numbers of errors stay.

use endotype::Error;
use std::fs;
use std::path::Path;

/// The Rust files of a folder of the crate, by path.
fn sources(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    // This file names every error, so it can not be a witness.
    let rust = paths.filter(|path| path.extension().is_some_and(|end| end == "rs") && !path.ends_with("coverage.rs"));
    rust.map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// The lines of the examples that are run: those that must not compile call nothing.
fn examples(source: &str) -> String {
    let (mut lines, mut within, mut runs) = (String::new(), false, false);
    for line in source.lines().map(str::trim_start) {
        let Some(text) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else { continue };
        if let Some(language) = text.trim_start().strip_prefix("```") {
            (within, runs) = (!within, !within && language.is_empty());
        } else if runs {
            lines.extend([text, "\n"]);
        }
    }
    lines
}

/// Everything that is run: the tests without their comments, and the examples of the documentation.
fn run() -> String {
    let tests = sources("tests").join("\n");
    let mut all = String::new();
    all.extend(tests.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]));
    all.extend(sources("src").iter().map(|source| examples(source)));
    all
}

const fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Whether `name(` is in the text as a whole word, and not as the name of a function that the text defines.
fn is_called(name: &str, text: &str) -> bool {
    text.match_indices(&format!("{name}(")).any(|(at, _)| {
        let before = text.split_at(at).0;
        !before.ends_with(is_word) && !before.ends_with("fn ")
    })
}

/// Whether the text has `Error::Name` or, where all variants are imported, `Err(Name`.
fn is_provoked(variant: &str, text: &str) -> bool {
    ["Error::", "Err("]
        .iter()
        .map(|before| format!("{before}{variant}"))
        .any(|name| text.match_indices(&name).any(|(at, _)| !text.split_at(at + name.len()).1.starts_with(is_word)))
}

fn public_functions() -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for source in sources("src") {
        for line in source.lines().map(str::trim_start) {
            let Some(rest) = line.strip_prefix("pub fn ").or_else(|| line.strip_prefix("pub const fn ")) else { continue };
            names.extend(rest.split(|c| !is_word(c)).next().map(str::to_string));
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn every_public_function_is_called() {
    let (names, run) = (public_functions(), run());
    for known in ["new", "push", "from_f32", "read_bytes", "edges", "close_day"] {
        assert!(names.iter().any(|name| name == known), "the scan does not find {known}");
    }
    let missing: Vec<_> = names.iter().filter(|name| !is_called(name, &run)).collect();
    assert!(missing.is_empty(), "public, and called in no test and no example: {missing:?}");
}

#[test]
fn what_is_not_called_is_found() {
    assert!(!is_called("score_by_guessing", &run()));
    // Part of a word, a definition, a name without a call.
    let text = "append(1); fn classify(x: u8) {} let total = course.total; push_total(2)";
    assert_eq!(["end", "classify", "total", "push"].map(|name| is_called(name, text)), [false; 4]);
    assert_eq!(["append", "push_total"].map(|name| is_called(name, text)), [true; 2]);
    // Of the examples, only what is run.
    let before = "/// a()\n/// ```\n/// b();\n/// ```\n/// c()\n/// ```compile_fail\n/// d();\n/// ```\n";
    let behind = "fn e() {}\n    /// ```\n    /// f();\n    /// ```";
    let run = examples(&format!("{before}{behind}"));
    assert_eq!(["a", "b", "c", "d", "e", "f"].map(|name| is_called(name, &run)), [false, true, false, false, false, true]);
}

/// The number of every error, as released: a row is added, never changed, and never removed.
#[rustfmt::skip]
const CODES: &[(u8, &str, Error)] = &[
    (1, "NotANumber", Error::NotANumber),
    (2, "Sign", Error::Sign),
    (3, "Exponent", Error::Exponent),
    (4, "OutOfRange", Error::OutOfRange),
    (5, "Backwards", Error::Backwards),
    (6, "NotWhole", Error::NotWhole),
    (7, "Nothing", Error::Nothing),
    (8, "NotFinite", Error::NotFinite),
    (9, "UnknownItem", Error::UnknownItem),
    (10, "UnknownUnit", Error::UnknownUnit),
    (11, "MolarFerritin", Error::MolarFerritin),
    (12, "NotAFlag", Error::NotAFlag),
    (13, "NotASupport", Error::NotASupport),
    (14, "NotADose", Error::NotADose),
    (15, "NotOne", Error::NotOne),
    (16, "NotACutoff", Error::NotACutoff),
    (20, "ClockBack", Error::ClockBack { by: 1 }),
    (21, "DayClosed", Error::DayClosed { by: 1 }),
    (22, "DayNotClosed", Error::DayNotClosed { ends: 1 }),
    (23, "AfterEnd", Error::AfterEnd),
    (24, "MinuteOutOfRange", Error::MinuteOutOfRange),
    (30, "RulesDiffer", Error::RulesDiffer),
    (31, "DayOutOfOrder", Error::DayOutOfOrder { expected: 1 }),
    (32, "CourseFull", Error::CourseFull),
    (33, "NoSuchDay", Error::NoSuchDay),
    (34, "DayOpen", Error::DayOpen),
    (35, "DaysDiffer", Error::DaysDiffer),
    (40, "SampleDiffers", Error::SampleDiffers),
    (41, "NoSample", Error::NoSample),
    (42, "SeriesFull", Error::SeriesFull),
    (43, "DoseGiven", Error::DoseGiven),
    (44, "NotARemark", Error::NotARemark),
    (45, "NotAMarker", Error::NotAMarker),
    (50, "NotOurs", Error::NotOurs),
    (51, "UnknownVersion", Error::UnknownVersion { found: 1 }),
    (52, "WrongLength", Error::WrongLength { expected: 1 }),
    (53, "Checksum", Error::Checksum),
    (54, "OtherPatient", Error::OtherPatient),
    (55, "Impossible", Error::Impossible),
    (56, "NoRoom", Error::NoRoom { needed: 1 }),
    (57, "DoesNotFollow", Error::DoesNotFollow),
];

/// Number and name of every row of the errors, as `Name { .. } = 7, "message";` in the source.
fn declared(source: &str) -> Vec<(u8, String)> {
    let rows =
        source.lines().map(str::trim).filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()) && line.ends_with("\";"));
    rows.filter_map(|line| {
        let name: String = line.chars().take_while(|&c| is_word(c)).collect();
        let (_, code) = line.split_once(" = ")?;
        Some((code.split(',').next()?.parse().ok()?, name))
    })
    .collect()
}

/// The first number that is 0 or that two rows share.
fn clash(rows: &[(u8, String)]) -> Option<u8> {
    let mut codes: Vec<u8> = rows.iter().map(|row| row.0).collect();
    codes.sort_unstable();
    let twice = codes.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
    codes.first().copied().filter(|&code| code == 0).or(twice)
}

#[test]
fn r012_numbers_of_errors_are_unique_not_0_and_as_released() {
    let declared = declared(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/error.rs")).unwrap());
    assert_eq!(clash(&declared), None);
    let released: Vec<_> = CODES.iter().map(|&(code, name, _)| (code, name.to_string())).collect();
    assert_eq!(declared, released, "a new error needs its row in CODES");
    for &(code, name, error) in CODES {
        assert_eq!((error.code(), format!("{error:?}").split(' ').next()), (code, Some(name)));
        assert!(!error.message().is_empty() && error.to_string() == error.message(), "{name}");
    }
    let row = |code| (code, String::new());
    assert_eq!([clash(&[row(0), row(1)]), clash(&[row(1), row(2), row(1)]), clash(&[row(1), row(2)])], [Some(0), Some(1), None]);
}

#[test]
fn r012_every_error_is_provoked() {
    let run = run();
    let missing: Vec<_> = CODES.iter().map(|row| row.1).filter(|name| !is_provoked(name, &run)).collect();
    assert!(missing.is_empty(), "errors in no test and no example: {missing:?}");
    assert_eq!(["NotASquare", "NotWhol", "ign"].map(|name| is_provoked(name, &run)), [false; 3]);
}

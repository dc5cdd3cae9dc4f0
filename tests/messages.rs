//! A stay as HL7 and as ASTM messages decides what its CSV decides; the samples are written here, from the shipped stays.
//!
//! `ENDOTYPE_BLESS=1 cargo test --test messages` writes them.

mod built;

use built::example;
use endotype_formats::CODES;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// A real stay, one with intervals and kPa, one with a dose and criteria, one with a censored ferritin; patients of several files.
const STAYS: [(&str, &str); 4] = [
    ("tests/data/mimic-iv-demo-stays.csv", "27882036"),
    ("tests/data/made-up-markers.csv", "made-up paralysed"),
    ("tests/data/made-up-scenarios.csv", "made-up mals responder"),
    ("tests/data/made-up-scenarios.csv", "made-up censored ferritin"),
];
/// Results a message.
const RESULTS: usize = 24;

/// A charted line.
#[derive(Clone, PartialEq)]
struct Charted {
    minute: u32,
    item: String,
    value: String,
    unit: String,
}

/// The lines of a stay.
fn stay(file: &str, patient: &str) -> Vec<Charted> {
    let text = std::fs::read_to_string(file).unwrap();
    let lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>()).filter(|fields| fields[0] == patient);
    let charted = lines.map(|fields| Charted {
        minute: fields[1].parse().unwrap(),
        item: fields[2].to_owned(),
        value: fields[3].to_owned(),
        unit: fields[4].to_owned(),
    });
    charted.collect()
}

/// All of them as CSV.
fn csv() -> String {
    let mut text = "patient,minute,item,value,unit\n".to_owned();
    for (file, patient) in STAYS {
        for Charted { minute, item, value, unit } in stay(file, patient) {
            writeln!(text, "{patient},{minute},{item},{value},{unit}").unwrap();
        }
    }
    text
}

/// What happens to a result on its way: its status, and what it says until then.
struct Sent<'a> {
    charted: Charted,
    status: &'a str,
}

/// The results as a laboratory sends them: now and then first a wrong one that is corrected later, a preliminary one, one that is withdrawn
/// again, one that is only announced. What stands at the end is what was charted.
fn sent(stay: &[Charted]) -> Vec<Sent<'static>> {
    let mut sent = Vec::new();
    let mut later: Vec<(usize, Sent<'static>)> = Vec::new();
    for (at, charted) in stay.iter().enumerate() {
        while let Some(due) = later.iter().position(|(due, _)| *due <= at) {
            sent.push(later.remove(due).1);
        }
        let alone = stay.iter().filter(|other| (other.minute, &other.item) == (charted.minute, &charted.item)).count() == 1;
        let number =
            charted.value.parse::<f64>().is_ok() && !charted.unit.is_empty() && !["{score}", "%", "1"].contains(&&*charted.unit);
        let other = |value: &str| Charted { value: value.to_owned(), ..charted.clone() };
        let push = |sent: &mut Vec<_>, charted, status| sent.push(Sent { charted, status });
        match at % 12 {
            _ if alone && number && charted.item == "ferritin" => {
                push(&mut sent, other("5.5"), "F");
                later.push((at + 3, Sent { charted: charted.clone(), status: "C" }));
            }
            3 if alone && number => {
                push(&mut sent, other("5.5"), "F");
                later.push((at + 5, Sent { charted: charted.clone(), status: "C" }));
            }
            6 if alone && number => {
                push(&mut sent, other("6.5"), "P");
                push(&mut sent, charted.clone(), "F");
            }
            9 if alone && number => {
                push(&mut sent, other(""), "I");
                push(&mut sent, charted.clone(), "F");
                let wrong = Charted { item: "lactate".to_owned(), unit: "mmol/L".to_owned(), ..other("19") };
                if !stay.iter().any(|line| (line.minute, &line.item) == (charted.minute, &wrong.item)) {
                    push(&mut sent, wrong.clone(), "F");
                    later.push((at + 2, Sent { charted: Charted { value: String::new(), ..wrong }, status: "X" }));
                }
            }
            _ => push(&mut sent, charted.clone(), "F"),
        }
    }
    sent.extend(later.into_iter().map(|(_, sent)| sent));
    sent
}

/// A minute of the stay as a time: day 1 is 30 January 2026.
fn time(minute: i64) -> String {
    let (days, rest) = (minute.div_euclid(1_440) + 29, minute.rem_euclid(1_440));
    let (month, day) = if days < 31 { (1, days + 1) } else { (2, days - 30) };
    assert!(day <= 28 || month == 1);
    format!("2026{month:02}{day:02}{:02}{:02}", rest / 60, rest % 60)
}

/// The LOINC code of an item in a unit; without one the item's own name.
fn code(item: &str, unit: &str) -> Option<&'static endotype_formats::Code> {
    CODES.iter().find(|code| code.item == item && code.units.contains(&unit))
}

fn flag(number: &str) -> &'static str {
    // As a laboratory's: it changes nothing.
    if number.ends_with('5') { "H" } else { "" }
}

fn hl7() -> String {
    let mut text = String::new();
    for (file, patient) in STAYS {
        for (number, message) in sent(&stay(file, patient)).chunks(RESULTS).enumerate() {
            // The zone of the message is that of the times without one.
            let at = time(i64::from(message[0].charted.minute) + 30);
            write!(text, "MSH|^~\\&|LAB|ICU|WARD|ICU|{at}00+0100||ORU^R01^ORU_R01|{number}|P|2.5.1\r").unwrap();
            write!(text, "PID|1||{patient}^^^ICU||Doe^J \\T\\ J\r").unwrap();
            let mut group = None;
            for (set, Sent { charted, status }) in (1..).zip(message) {
                if group != Some(charted.minute) {
                    let collected = time(i64::from(charted.minute));
                    write!(text, "OBR|{set}|||26436-6^Laboratory studies^LN|||{collected}\r").unwrap();
                    group = Some(charted.minute);
                }
                text += &obx(set, charted, status);
            }
        }
    }
    text
}

fn obx(set: u32, charted: &Charted, status: &str) -> String {
    let Charted { minute, item, value, unit } = charted;
    let identifier = match code(item, unit) {
        Some(code) if set.is_multiple_of(3) => format!("{item}^^L^{}^{}^LN", code.loinc, code.name),
        Some(code) => format!("{}^{}^LN", code.loinc, code.name),
        None => format!("{item}^^99ENDO"),
    };
    let limit = ["<=", ">=", "<", ">"].into_iter().find(|sign| value.starts_with(sign));
    let (kind, value, flag) = match (limit, value.split_once("..")) {
        (None, Some((low, high))) => ("SN", format!("^{low}^-^{high}"), ""),
        // Off the instrument's scale, by the flag alone.
        (Some(sign @ ("<" | ">")), _) if set.is_multiple_of(2) => ("NM", value[1..].to_owned(), sign),
        (Some(sign), _) => ("SN", format!("{sign}^{}", &value[sign.len()..]), "H"),
        (None, None) if value.is_empty() => ("NM", String::new(), ""),
        (None, None) if value.starts_with(|c: char| c.is_ascii_digit()) => ("NM", value.clone(), flag(value)),
        (None, None) => ("ST", value.clone(), ""),
    };
    // Its own time, in another zone, on every fifth; else that of the group.
    let own = if set.is_multiple_of(5) { time(i64::from(*minute) - 60) + "30.5+0000" } else { String::new() };
    format!("OBX|{set}|{kind}|{identifier}||{value}|{unit}||{flag}|||{status}|||{own}\r")
}

fn astm() -> String {
    let mut text = String::new();
    for (file, patient) in STAYS {
        for (number, message) in sent(&stay(file, patient)).chunks(RESULTS).enumerate() {
            let at = time(i64::from(message[0].charted.minute) + 30);
            write!(text, "H|\\^&|{number}||ANALYSER|||||||P|LIS2-A2|{at}00\rP|1|{patient}\r").unwrap();
            let mut group = None;
            for (set, Sent { charted: Charted { minute, item, value, unit }, status }) in (1..).zip(message) {
                // Every fifth without a collected specimen, by the time of the result.
                let own = set % 5 == 0;
                if group != Some((*minute, own)) {
                    let collected = if own { String::new() } else { time(i64::from(*minute)) };
                    write!(text, "O|{set}|S{minute}||^^^PANEL|R|{}|{collected}\r", time(i64::from(*minute) - 5)).unwrap();
                    group = Some((*minute, own));
                }
                let identifier = match code(item, unit) {
                    Some(code) => format!("{}^{}^LN^{item}", code.loinc, code.name),
                    None => format!("^^^{item}"),
                };
                let off_scale = value.strip_prefix('>').filter(|number| set % 2 == 0 && !number.starts_with('='));
                let (value, flag) = off_scale.map_or((value.as_str(), flag(value)), |number| (number, ">"));
                let completed = time(i64::from(*minute) + if own { 0 } else { 40 });
                write!(text, "R|{set}|{identifier}|{value}|{unit}||{flag}||{status}||||{completed}\r").unwrap();
            }
            text += "L|1|N\r";
        }
    }
    text
}

fn replay(options: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(example("replay"))
        .args(options)
        .args(["--format", "csv", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// The decision lines of an input.
fn decisions(options: &[&str], input: &str) -> String {
    let output = replay(options, input.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// As `--input` names it, where it is, what writes it.
type Sample = (&'static str, &'static str, fn() -> String);

const SAMPLES: [Sample; 2] = [("hl7", "tests/data/stays.hl7", hl7), ("astm", "tests/data/stays.astm", astm)];

#[test]
fn the_samples_are_what_is_written_here() {
    for (_, file, write) in SAMPLES {
        if std::env::var_os("ENDOTYPE_BLESS").is_some() {
            std::fs::write(file, write()).unwrap();
        }
        assert!(std::fs::read_to_string(file).unwrap() == write(), "{file}: ENDOTYPE_BLESS=1 cargo test --test messages");
    }
    // What they are to hold: late and corrected ones, limits by sign and by flag, intervals, zones, words, nothing.
    let text = hl7();
    for held in
        ["|C|||", "|P|||", "|X|||", "|I|||", "|SN|", "||>|||F", "^-^", "+0000", "|ST|support^^99ENDO", "||{score}|||||F", "LN||"]
    {
        assert!(text.contains(held), "{held}");
    }
}

const OPTIONS: [&[&str]; 6] = [
    &[],
    &["--rules", "both"],
    &["--rules", "sofa-2", "--missing", "open", "--infusions", "unknown", "--last-day", "closed"],
    &["--missing", "normal", "--support", "any", "--baseline", "1", "--days", "2"],
    &["--immune", "--gap", "2880", "--age", "4320"],
    &[
        "--immune",
        "--gap",
        "1440",
        "--age",
        "10000",
        "--cv-ferritin",
        "50",
        "--cv-mhla-dr",
        "100",
        "--coverage",
        "196",
        "--fell",
        "4",
        "--fell-within",
        "1440",
        "--watch-hemoglobin",
        "10",
        "--watch-platelets",
        "150",
    ],
];

#[test]
fn r242_r243_hl7_astm_and_csv_decide_the_same() {
    let chart = csv();
    for options in OPTIONS {
        let expected = decisions(options, &chart);
        assert!(expected.lines().count() > 8);
        for (input, file, _) in SAMPLES {
            let sample = std::fs::read_to_string(file).unwrap();
            let of_format = [options, &["--input", input]].concat();
            assert!(decisions(&of_format, &sample) == expected, "{options:?} {input}");
            // The control: what was corrected, as it was before.
            let wrong = sample.replace("|C|", "|I|");
            assert!(decisions(&of_format, &wrong) != expected, "{options:?} {input}: without the corrections the same");
        }
    }
}

/// By its name, packed, and with the start told.
#[test]
fn a_file_is_read_by_its_extension() {
    let expected = decisions(&[], &csv());
    for (_, file, _) in SAMPLES {
        let output = Command::new(example("replay")).args(["--format", "csv", file]).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "{file}");
    }
    let sample = std::fs::read_to_string("tests/data/stays.hl7").unwrap();
    let told = |start: &str| decisions(&["--input", "hl7", "--start", start], &sample);
    assert_eq!(told("202601300000+0100"), expected);
    assert_eq!(told("202601292300+0000"), expected);
    assert_ne!(told("202601292200+0000"), expected);
    let packed = std::env::temp_dir().join(format!("stays-{}.hl7.gz", std::process::id()));
    let mut gz = flate2::write::GzEncoder::new(std::fs::File::create(&packed).unwrap(), flate2::Compression::fast());
    gz.write_all(sample.as_bytes()).unwrap();
    gz.finish().unwrap();
    let output = Command::new(example("replay")).args(["--format", "csv"]).arg(&packed).output().unwrap();
    std::fs::remove_file(packed).unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
}

/// What stands at the end, of one item and minute.
#[test]
fn r242_what_replaces_what() {
    let line = |value: &str, status: &str| format!("OBX|1|NM|777-3^^LN||{value}|10*9/L|||||{status}|||202601150010\r");
    let of = |results: &[(&str, &str)]| {
        let results: String = results.iter().map(|(value, status)| line(value, status)).collect();
        let other = "OBX|1|NM|2160-0^^LN||1.0|mg/dL|||||F|||202601150000\r";
        let text = decisions(&["--input", "hl7"], &format!("MSH|^~\\&\rPID|||p\r{other}{results}"));
        text.lines().nth(1).unwrap().split(',').nth(5).unwrap().to_owned()
    };
    // Platelets 15 score 4, 80 score 2, 200 score 0.
    for (results, points) in [
        (&[("80", "F")][..], "2"),
        (&[("80", "F"), ("15", "F")], "4"),
        (&[("15", "F"), ("80", "C")], "2"),
        (&[("15", "F"), ("80", "F"), ("200", "C")], "0"),
        (&[("80", "C")], "2"),
        (&[("15", "F"), ("", "X")], "0..4"),
        (&[("", "X")], "0..4"),
        (&[("15", "F"), ("", "W"), ("80", "F")], "2"),
        (&[("15", "F"), ("", "D"), ("80", "C")], "2"),
        (&[("15", "P"), ("80", "F")], "2"),
        (&[("15", "P"), ("80", "P")], "2"),
        (&[("15", "P"), ("80", "P"), ("200", "F")], "0"),
        (&[("80", "F"), ("15", "P")], "2"),
        (&[("15", "P")], "4"),
        (&[("15", "P"), ("", "U")], "4"),
        (&[("15", "I"), ("80", "F")], "2"),
    ] {
        assert_eq!(of(results), points, "{results:?}");
    }
    // One that comes a day late, beside what came in time: in its own hour, so that its day is scored by it.
    let messages = |order: [&str; 2]| {
        let map = "OBX|1|NM|8478-0^^LN||80|mm[Hg]|||||F|||202601152350\r";
        decisions(&["--input", "hl7"], &format!("MSH|^~\\&\rPID|||p\r{}{map}{}", order[0], order[1]))
    };
    let platelets = line("15", "F");
    assert_eq!(messages([&platelets, ""]), messages(["", &platelets]));
    assert!(messages(["", &platelets]).contains("p,1,no,sofa-1996,0..4,4,"));
}

/// Exit status 2, the line, the field, what was expected.
#[test]
fn a_refused_record_stops_the_run_and_says_where() {
    const HEAD: &str = "MSH|^~\\&\r\nPID|||p\r\n\nOBR|1||||||202601150010\r";
    let cases: [(&str, &[&str]); 9] = [
        ("OBX|1|NM|1975-2^^LN||36|umol/L|||||F\r", &["line 5", "OBX-6", "unit that this code does not have"]),
        ("OBX|1|NM|2276-4^^LN||2000|ng/mL||>>|||F\r", &["line 5", "OBX-8", "flag"]),
        ("NTE|1\rOBX|1|NM|2705-2^^LN||40|mm[Hg]|||||F\r", &["line 6", "OBX-3", "not in the table"]),
        ("OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||R\r", &["line 5", "OBX-11", "verified"]),
        (
            "OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F\rOBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F|||202601150010+0100\r",
            &["line 6", "map", "zone"],
        ),
        ("OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F", &["line 5", "no end"]),
        ("hello\r", &["line 5", "not a record"]),
        ("OBX|1|NM|death^^99ENDO||1||||||F\rOBX|2|NM|8478-0^^LN||70|mm[Hg]|||||F|||202601150011\r", &["line 6", "after death"]),
        (
            "OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F|||202601140010\rOBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F|||203701140010\r",
            &["line 6", "map", "5256000"],
        ),
    ];
    for (lines, said) in cases {
        let output = replay(&["--input", "hl7"], format!("{HEAD}{lines}").as_bytes());
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{lines}: {error}");
        for word in said {
            assert!(error.contains(word), "{lines}: `{word}` is not in {error}");
        }
    }
    assert_eq!(replay(&["--input", "hl7"], b"").status.code(), Some(0));
    for (options, input, said) in [
        (&["--input", "hl7", "--start", "20260115"], &b""[..], "coarser than a minute"),
        (&["--input", "csv", "--start", "202601150000"], b"", "--start is for HL7 and ASTM"),
        (
            &["--input", "hl7", "--days", "1"],
            b"MSH|^~\\&\rPID|||\xff\rOBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F|||202601150010\r",
            "not UTF-8",
        ),
    ] {
        let output = replay(options, input);
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        assert!(String::from_utf8(output.stderr).unwrap().contains(said), "{options:?}");
    }
}

/// What stands beside the rows of the rules crate is in the table, as the code of the same item.
#[test]
fn the_codes_named_in_the_rules_crate_are_these() {
    let rows = std::fs::read_to_string("src/quantity.rs").unwrap();
    let mut named = 0;
    for (doc, row) in rows.lines().zip(rows.lines().skip(1)).filter(|(doc, _)| doc.contains("LOINC ")) {
        let loinc = doc.split("LOINC ").nth(1).unwrap().split([';', '.']).next().unwrap();
        let Some(item) = row.split('"').nth(1) else { continue };
        let unit = row.split('"').nth(3).unwrap();
        assert!(CODES.iter().any(|code| (code.loinc, code.item) == (loinc, item) && code.units.contains(&unit)), "{doc}");
        named += 1;
    }
    assert_eq!(named, 25);
}

//! Decisions across releases: `tests/decisions/vN.csv.gz` is what the crate decided on thousands of inputs, and decides still.
//!
//! The inputs are the vectors of `conformance/v1`, the real stays and the made-up courses of `tests/data`. A decision may change only in a
//! release whose "Decision-compatible" line in CHANGELOG.md says no, and which brings a version of the corpus of its own:
//! `cargo test --test decisions -- --ignored bless`. A version that no release has had yet may be deleted and made again.

mod built;

use built::example;
use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Write};
use std::process::{Command, Stdio};

const FOLDER: &str = "tests/decisions";
/// Under these every stay is replayed.
const OPTIONS: [&str; 5] = [
    "--rules both --missing open",
    "--rules both --missing normal --infusions unknown --last-day closed",
    "--rules both --missing carry --support any --baseline 0",
    "--immune --gap 1440 --age 2880",
    "--immune --gap 1440 --age 2880 --cv-ferritin 80 --cv-mhla-dr 150 --coverage 196 --fell 3 --fell-within 2880",
];
const STAYS: [&str; 3] =
    ["tests/data/mimic-iv-demo-stays.csv", "tests/data/made-up-markers.csv", "tests/data/made-up-scenarios.csv"];
const ROWS: [&str; 4] = ["sofa-1996", "sofa-2", "immunosep", "sepsis-3"];
const COURSES: &str = "conformance/v1/courses-charts.csv";

/// Of an input, `HOW` and what it is: what was decided. An input of a chart is also held, by its checksum.
type Decisions = BTreeMap<(String, String), String>;

struct Version {
    number: u32,
    /// That it came with.
    release: String,
    decisions: Decisions,
}

/// Of a file in the replay format the lines of each patient.
struct Charts(HashMap<String, Vec<(String, String)>>);

impl Charts {
    fn read() -> Charts {
        let mut charts = HashMap::new();
        for file in STAYS.into_iter().chain([COURSES]) {
            let mut patients: Vec<(String, String)> = Vec::new();
            for line in std::fs::read_to_string(file).unwrap().lines().skip(1) {
                let patient = line.split(',').next().unwrap();
                if patients.last().is_none_or(|(last, _)| last != patient) {
                    patients.push((patient.to_owned(), String::new()));
                }
                patients.last_mut().unwrap().1 += &format!("{line}\n");
            }
            charts.insert(file.to_owned(), patients);
        }
        Charts(charts)
    }
}

fn said(name: &str, options: &str, input: &str) -> String {
    let mut child = Command::new(example(name))
        .args(options.split_whitespace())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || pipe.write_all(input.as_bytes()).unwrap());
        child.wait_with_output().unwrap()
    });
    assert!(output.status.success(), "{name} {options}");
    String::from_utf8(output.stdout).unwrap()
}

/// Decides rows, `rules|missing|asks|input` each.
fn rows(inputs: &[String]) -> Decisions {
    let mut csv = "id,rules,missing,asks,input\n".to_owned();
    for (at, input) in inputs.iter().enumerate() {
        csv += &format!("{at},{}\n", input.replace('|', ","));
    }
    let said = said("rows", "", &csv);
    let answers: Vec<_> = said.lines().skip(1).map(|line| line.split_once(',').unwrap().1.to_owned()).collect();
    assert_eq!(answers.len(), inputs.len());
    inputs.iter().map(|input| ("rows".to_owned(), input.clone())).zip(answers).collect()
}

/// Decides the charts of patients of one file: of each its checksum, and every line that is printed of it.
fn replayed(options: &str, file: &str, patients: &[&(String, String)]) -> Decisions {
    let chart: String = patients.iter().map(|(_, lines)| lines.as_str()).collect();
    let said = said("replay", &format!("{options} --format csv -"), &format!("patient,minute,item,value,unit\n{chart}"));
    let checksum = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC);
    let mut decisions = Decisions::new();
    for (patient, lines) in patients {
        let input = format!("{file}|{patient}");
        decisions.insert(("chart".to_owned(), input.clone()), format!("{:08x}", checksum.checksum(lines.as_bytes())));
        for (at, line) in said.lines().filter_map(|line| line.strip_prefix(&format!("{patient},"))).enumerate() {
            decisions.insert((options.to_owned(), format!("{input}|{at}")), line.to_owned());
        }
    }
    decisions
}

/// Everything that there is to decide, by the files of this release.
fn all() -> Decisions {
    let mut inputs = Vec::new();
    for name in ROWS {
        for row in csv::Reader::from_path(format!("conformance/v1/{name}.csv")).unwrap().records() {
            let row = row.unwrap();
            inputs.push([&row[4], &row[5], &row[6], &row[7]].join("|"));
        }
    }
    let mut decisions = rows(&inputs);
    let charts = Charts::read();
    for file in STAYS {
        for options in OPTIONS {
            decisions.extend(replayed(options, file, &charts.0[file].iter().collect::<Vec<_>>()));
        }
    }
    let mut asked = BTreeMap::<String, Vec<String>>::new();
    for row in csv::Reader::from_path("conformance/v1/courses.csv").unwrap().records() {
        let row = row.unwrap();
        let patients = asked.entry(row[4].to_owned()).or_default();
        if patients.last().is_none_or(|last| *last != row[0]) {
            patients.push(row[0].to_owned());
        }
    }
    for (options, names) in asked {
        let patients: Vec<_> = charts.0[COURSES].iter().filter(|(patient, _)| names.contains(patient)).collect();
        decisions.extend(replayed(&options, COURSES, &patients));
    }
    decisions
}

/// Decides the inputs of a version again. A patient that is gone has no decisions.
fn again(version: &Version) -> Decisions {
    let keys = || version.decisions.keys();
    let inputs: Vec<_> = keys().filter(|(how, _)| how == "rows").map(|(_, input)| input.clone()).collect();
    let mut decisions = rows(&inputs);
    let charts = Charts::read();
    let mut runs = BTreeMap::<(&str, &str), Vec<&str>>::new();
    for (how, input) in keys().filter(|(how, _)| how.starts_with("--")) {
        let parts: Vec<_> = input.split('|').collect();
        let patients = runs.entry((how, parts[0])).or_default();
        if !patients.contains(&parts[1]) {
            patients.push(parts[1]);
        }
    }
    for ((options, file), names) in runs {
        let Some(patients) = charts.0.get(file) else { continue };
        let patients: Vec<_> = patients.iter().filter(|(patient, _)| names.contains(&patient.as_str())).collect();
        decisions.extend(replayed(options, file, &patients));
    }
    decisions
}

/// By their number.
fn versions() -> Vec<Version> {
    let mut versions = Vec::new();
    for entry in std::fs::read_dir(FOLDER).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let number = name.strip_prefix('v').and_then(|name| name.strip_suffix(".csv.gz")).and_then(|name| name.parse().ok());
        let mut text = String::new();
        flate2::read::GzDecoder::new(std::fs::File::open(&path).unwrap()).read_to_string(&mut text).unwrap();
        let mut lines =
            csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).into_records().map(Result::unwrap);
        let first = lines.next().unwrap();
        assert_eq!(&first[0], "release", "{name}");
        versions.push(Version {
            number: number.unwrap_or_else(|| panic!("{name}: expected vN.csv.gz")),
            release: first[1].to_owned(),
            decisions: lines.map(|line| ((line[0].to_owned(), line[1].to_owned()), line[2].to_owned())).collect(),
        });
    }
    versions.sort_by_key(|version| version.number);
    versions
}

/// What a release says in CHANGELOG.md of its decisions.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Says {
    First,
    Yes,
    No,
}

fn says(changelog: &str, release: &str) -> Result<Says, String> {
    let section = changelog.split("\n## ").skip(1).find(|section| section.split([',', ' ', '\n']).next() == Some(release));
    let section = section.ok_or(format!("CHANGELOG.md has no section {release}"))?;
    let line = section.lines().find_map(|line| line.strip_prefix("Decision-compatible: "));
    match line.and_then(|line| line.split([',', '.', ':', ' ']).next()) {
        Some("first") => Ok(Says::First),
        Some("yes") => Ok(Says::Yes),
        Some("no") => Ok(Says::No),
        _ => Err(format!("CHANGELOG.md, {release}: expected a line `Decision-compatible: first`, `yes` or `no`")),
    }
}

/// Of the inputs of `before` those that are decided otherwise, or not at all.
fn changed(before: &Decisions, now: &Decisions) -> Vec<String> {
    let differing = before.iter().filter(|(input, decision)| now.get(*input) != Some(decision));
    differing
        .map(|((how, input), decision)| {
            let now = now.get(&(how.clone(), input.clone())).map_or("nothing", String::as_str);
            format!("{how}: {input}\n  was {decision}\n  now {now}")
        })
        .collect()
}

/// Whether what changed may have: `now` is the newest version's inputs, decided again by this release.
fn permitted(changelog: &str, release: &str, versions: &[Version], now: &Decisions) -> Result<(), String> {
    let [.., newest] = versions else { return Err(format!("no version in {FOLDER}")) };
    for (at, version) in versions.iter().enumerate() {
        if version.number as usize != at + 1 {
            return Err(format!("v{} where v{} is due", version.number, at + 1));
        }
    }
    for pair in versions.windows(2) {
        let changes = changed(&pair[0].decisions, &pair[1].decisions);
        if !changes.is_empty() && says(changelog, &pair[1].release)? != Says::No {
            return Err(format!(
                "v{}: {} decisions changed, but {} does not say no",
                pair[1].number,
                changes.len(),
                pair[1].release
            ));
        }
    }
    let changes = changed(&newest.decisions, now);
    let says = says(changelog, release)?;
    match (changes.is_empty(), says) {
        (true, Says::No) if newest.release != release => Err(format!("{release} says no, but brings no version of the corpus")),
        (true, _) => Ok(()),
        (false, Says::No) => {
            Err(format!("{} decisions changed, {release} says no: a new version is due\n{}", changes.len(), changes[0]))
        }
        (false, _) => Err(format!("{} decisions changed, {release} does not say no\n{}", changes.len(), changes[0])),
    }
}

fn changelog() -> String {
    std::fs::read_to_string("CHANGELOG.md").unwrap()
}

#[test]
fn every_decision_is_as_it_was() {
    let versions = versions();
    let newest = versions.last().expect("no version of the corpus");
    assert!(newest.decisions.keys().filter(|(how, _)| how != "chart").count() >= 2_000);
    let verdict = permitted(&changelog(), env!("CARGO_PKG_VERSION"), &versions, &again(newest));
    assert_eq!(verdict, Ok(()), "{}", verdict.clone().unwrap_err());
}

/// Edges, real stays and scenarios are in it, each edition and each endotype decided.
#[test]
fn the_corpus_holds_what_it_has_to() {
    // How, input and decision.
    type Of<'a> = &'a dyn Fn(&str, &str, &str) -> bool;
    let versions = versions();
    let decisions = &versions.last().unwrap().decisions;
    let count = |of: Of<'_>| decisions.iter().filter(|((how, i), d)| of(how, i, d)).count();
    let at_least: [(&str, usize, Of<'_>); 8] = [
        ("rows", 3_000, &|how, _, _| how == "rows"),
        ("real days", 400, &|how, input, _| how.starts_with("--rules") && input.contains("mimic")),
        ("scenarios", 300, &|how, input, _| how.starts_with("--") && input.contains("made-up")),
        ("courses", 300, &|how, input, _| how.starts_with("--") && input.starts_with("conformance")),
        ("sofa-2", 1_000, &|_, input, decision| input.starts_with("sofa-2|") || decision.contains(",sofa-2,")),
        ("mals", 50, &|how, _, decision| how == "rows" && decision == "mals"),
        ("open", 200, &|how, _, decision| how == "rows" && (decision.contains("..") || decision.contains('/'))),
        ("unknown", 50, &|how, _, decision| how == "rows" && decision == "unknown"),
    ];
    for (what, least, of) in at_least {
        assert!(count(of) >= least, "{what}: {} of {least}", count(of));
    }
}

/// The rule by which a change is let through, as a table; with one decision, changed from 1 to 2.
#[test]
fn a_changed_decision_needs_both() {
    let of = |decision: &str| Decisions::from([(("rows".to_owned(), "platelets 100".to_owned()), decision.to_owned())]);
    let version = |number, release: &str, decision| Version { number, release: release.to_owned(), decisions: of(decision) };
    let one = || vec![version(1, "0.1.0", "1")];
    let two = |decision| vec![version(1, "0.1.0", "1"), version(2, "0.2.0", decision)];
    let three = || vec![version(1, "0.1.0", "1"), version(2, "0.2.0", "2"), version(3, "0.3.0", "2")];
    let log = |lines: &[(&str, &str)]| {
        let section = |(release, says): &(&str, &str)| format!("\n## {release}, unreleased\n\nDecision-compatible: {says}\n");
        format!("# Changelog\n{}", lines.iter().map(section).collect::<String>())
    };
    let first = ("0.1.0", "first, none before it.");
    let [yes, no] = ["yes.", "no: platelets."].map(|says| log(&[("0.2.0", says), first]));
    let later = log(&[("0.3.0", "yes."), ("0.2.0", "no: platelets."), first]);
    // The changelog, this release, the versions, what is decided now, and whether it may be.
    let table = [
        ("nothing changed", &yes, "0.2.0", one(), "1", true),
        ("changed, the changelog says yes", &yes, "0.2.0", one(), "2", false),
        ("changed, no new version", &no, "0.2.0", one(), "2", false),
        ("changed, a new version, the changelog says yes", &yes, "0.2.0", two("2"), "2", false),
        ("changed, no, and a new version", &no, "0.2.0", two("2"), "2", true),
        ("no, but nothing new", &no, "0.2.0", one(), "1", false),
        ("a new version that is not what is decided", &no, "0.2.0", two("2"), "1", false),
        ("a new version of the same decisions", &yes, "0.2.0", two("1"), "1", true),
        ("a release later", &later, "0.3.0", two("2"), "2", true),
        ("a release later, changed", &later, "0.3.0", two("2"), "1", false),
        ("a release later, more inputs", &later, "0.3.0", three(), "2", true),
        ("a release without a section", &yes, "0.4.0", one(), "1", false),
        ("a version left out", &no, "0.2.0", vec![version(2, "0.2.0", "1")], "1", false),
        ("no version", &yes, "0.2.0", vec![], "1", false),
    ];
    for (what, changelog, release, versions, now, may) in table {
        assert_eq!(permitted(changelog, release, &versions, &of(now)).is_ok(), may, "{what}");
    }
    // An input that is no longer decided is a change, too.
    assert!(permitted(&yes, "0.2.0", &one(), &Decisions::new()).is_err());
}

/// A decision of the real corpus, changed, is found, and so is an input that was.
#[test]
fn a_change_of_the_corpus_is_found() {
    let mut versions = versions();
    let newest = versions.last_mut().unwrap();
    let now = newest.decisions.clone();
    let [row, day, chart] =
        ["rows", "--rules", "chart"].map(|how| newest.decisions.keys().rfind(|(key, _)| key.starts_with(how)).unwrap().clone());
    for key in [row, day, chart] {
        let kept = newest.decisions.insert(key.clone(), "another".to_owned()).unwrap();
        assert_eq!(changed(&newest.decisions, &now).len(), 1, "{key:?}");
        newest.decisions.insert(key, kept);
    }
    assert!(changed(&newest.decisions, &now).is_empty());
}

/// Not a test: makes the next version of the corpus. None is ever written over.
#[test]
#[ignore = "makes the next version of the corpus"]
fn bless() {
    let (versions, release, decisions) = (versions(), env!("CARGO_PKG_VERSION"), all());
    if let Some(newest) = versions.last() {
        let changes = changed(&newest.decisions, &decisions);
        assert!(
            changes.is_empty() || says(&changelog(), release) == Ok(Says::No),
            "{} decisions changed, and CHANGELOG.md does not say no:\n{}",
            changes.len(),
            changes[0]
        );
        assert!(newest.decisions != decisions, "v{} holds all of it already", newest.number);
    }
    let path = format!("{FOLDER}/v{}.csv.gz", versions.len() + 1);
    std::fs::create_dir_all(FOLDER).unwrap();
    let file = std::fs::File::options().write(true).create_new(true).open(&path).unwrap();
    let mut writer = csv::Writer::from_writer(flate2::write::GzEncoder::new(file, flate2::Compression::best()));
    writer.write_record(["release", release, ""]).unwrap();
    for ((how, input), decision) in &decisions {
        writer.write_record([how, input, decision]).unwrap();
    }
    writer.into_inner().unwrap().finish().unwrap();
    println!("{path}: {} decisions", decisions.keys().filter(|(how, _)| how != "chart").count());
}

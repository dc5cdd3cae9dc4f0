//! REQUIREMENTS.md, HAZARDS.md and the tests are one closed set: each requirement is verified, each test's id is a requirement, each hazard is
//! guarded against or left to the integrator by name, and no number stands in a sentence that the crate does not run.

use endotype::published::{IMMUNOSEP, IMMUNOSEP_DAY9, IMMUNOSEP_DAY15, RESTORATION, SEPSIS_3, SOFA_2, SOFA_2_MORE, SOFA_1996};
use endotype::{Endpoint, SofaRules, edges};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A file of the project.
fn file(name: &str) -> String {
    std::fs::read_to_string(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The cells of each row of a table whose first one begins so; what stands in backticks may hold no bar.
fn table<'a>(text: &'a str, first: &str) -> Vec<Vec<&'a str>> {
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix('|'));
    rows.filter(|row| row.starts_with(first)).map(|row| row.split('|').map(str::trim).collect()).collect()
}

/// A test by its name, and whether it is one that runs.
type Test = (String, bool);

/// Functions with an id in their name: of `fn r012_r013_words` both.
fn named(source: &str) -> Vec<Test> {
    let (mut runs, mut found) = (false, Vec::new());
    for line in source.lines().map(str::trim) {
        if line == "#[test]" {
            runs = true;
        } else if line.starts_with("#[ignore") {
            runs = false;
        } else if !line.starts_with("#[") && !line.starts_with("//") {
            let name = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("fn ").and_then(|rest| rest.split('(').next());
            found.extend(name.filter(|name| !ids(name).is_empty()).map(|name| (name.to_owned(), runs)));
            runs = false;
        }
    }
    found
}

/// The ids that a name begins with.
fn ids(name: &str) -> Vec<String> {
    let parts = name.split('_').map_while(|part| part.strip_prefix('r'));
    let numbers = parts.take_while(|part| part.len() == 3 && part.bytes().all(|digit| digit.is_ascii_digit()));
    numbers.map(|number| format!("R-{number}")).collect()
}

/// Every `.rs` below a folder but what was built.
fn walk(folder: &Path, each: &mut impl FnMut(&str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name().into_string().unwrap())).unwrap();
        if path.is_dir() && !name.starts_with('.') && !name.starts_with("target") && name != "mutants.out" {
            walk(&path, each);
        } else if name.ends_with(".rs") {
            each(&std::fs::read_to_string(path).unwrap());
        }
    }
}

/// What the check looks at.
#[derive(Clone)]
struct Tree {
    requirements: String,
    hazards: String,
    soup: String,
    readme: String,
    design: String,
    replay: String,
    tests: Vec<Test>,
    /// `NAME: stage` of `cargo xtask`.
    stages: BTreeSet<String>,
}

fn tree() -> Tree {
    let (mut tests, mut stages) = (Vec::new(), BTreeSet::new());
    walk(Path::new("."), &mut |source| tests.extend(named(source)));
    let arms = file("xtask/src/main.rs");
    let arms = arms.lines().filter_map(|line| Some(line.trim().strip_prefix("[\"")?.split_once("\"] =>")?.0));
    for arm in arms {
        let room = arm.replace('-', "_");
        let source = ["{}.rs", "{}/mod.rs"].map(|path| std::fs::read_to_string(path.replace("{}", &format!("xtask/src/{room}"))));
        let source = source.into_iter().flatten().collect::<String>();
        // Of a name that is put together, its beginning.
        let of = source.split("report.check(").skip(1).filter_map(|rest| rest.trim_start_matches("&format!(").strip_prefix('"'));
        let of = of.filter_map(|rest| rest.split(['"', '{']).next());
        stages.extend(of.map(|stage| format!("{arm}: {}", stage.trim_end_matches([' ', ',', ':']))));
    }
    Tree {
        requirements: file("REQUIREMENTS.md"),
        hazards: file("HAZARDS.md"),
        soup: file("SOUP.md"),
        readme: file("README.md"),
        design: file("DESIGN.md"),
        replay: file("REPLAY.md"),
        tests,
        stages,
    }
}

/// What a sentence says of the rows' numbers, by its id.
fn numbers() -> Vec<(&'static str, Vec<String>)> {
    // A cut-off in words, from the two half-ticks beside its edge: the even one is the printed number.
    let cut = |[last, first]: [i32; 2], ticks: i32| {
        let sign = match (first < last, first % 2 == 0) {
            (true, true) => "<=",
            (true, false) => "<",
            (false, true) => ">=",
            (false, false) => ">",
        };
        let on = if first % 2 == 0 { first } else { last };
        format!("{sign} {}", f64::from(on) / 2.0 / f64::from(ticks))
    };
    let least = |endpoint: &Endpoint| {
        let days = u32::from(endpoint.last - endpoint.first);
        let fall = (days * u32::from(endpoint.fall_tenths)).div_ceil(10);
        vec![format!("day-{} endpoint", endpoint.last), format!("`{days}*S1 - sum >= {fall}`")]
    };
    let [first, second] = [SOFA_1996.rows(), SOFA_2.rows()];
    let (low, high) = RESTORATION.cutoffs();
    let criteria = IMMUNOSEP.rows();
    vec![
        ("R-033", vec![format!("at most `{}` points", first.unsupported)]),
        ("R-039", vec![format!("completes `{}` minutes", first.run), format!("up to `{}` minutes", first.stop)]),
        ("R-051", vec![format!("above `{}` points", second.unsupported)]),
        ("R-052", vec![format!("`{}`", cut(SOFA_2_MORE.spo2.edge(), 1_000))]),
        (
            "R-070",
            vec![
                format!("`ferritin {}`", cut(criteria.ferritin.edge(), 1_000)),
                format!("`mhla_dr {}`", cut(criteria.mhla_dr.edge(), 1_000)),
            ],
        ),
        ("R-110", least(&IMMUNOSEP_DAY9)),
        ("R-111", least(&IMMUNOSEP_DAY15)),
        ("R-113", vec![format!("`{}`", IMMUNOSEP_DAY9.after_death), format!("`{}`", IMMUNOSEP_DAY15.after_death)]),
        ("R-130", vec![format!("at least `{}`", SEPSIS_3.rise)]),
        ("R-131", vec![format!("lactate `{}`", cut(SEPSIS_3.lactate.edge(), 1_000))]),
        (
            "R-155",
            vec![
                format!("at least `{} %`", RESTORATION.percent()),
                format!("`mhla_dr {}`", cut(high.edge(), 1_000)),
                format!("`ferritin {}`", cut(low.edge(), 1_000)),
            ],
        ),
    ]
}

/// Numbers that belong to a name.
const NAMES: [&str; 9] = ["spo2/fio2", "pao2/fio2", "SOFA-1996", "SOFA-2", "Sepsis-3", "PaO2", "SpO2", "FiO2", "64-bit"];

/// The clauses of REPLAY.md: what a day means by either edition, and of the markers.
fn clause<'a>(replay: &'a str, letter: &str) -> Option<&'a str> {
    let title = match letter {
        "A" => "## What a day means (SOFA-1996)",
        "B" => "## What a day means (SOFA-2)",
        "C" => "## Immune markers",
        _ => return None,
    };
    replay.split_once(title)?.1.split("\n## ").next()
}

/// Whether one part of a source can be followed.
fn followed(part: &str, tree: &Tree) -> bool {
    let design = |from: &str, to: &str| tree.design.split_once(from).and_then(|(_, rest)| rest.split(to).next()).unwrap_or("");
    if let Some(idea) = part.strip_prefix("DESIGN idea ") {
        return design("## The idea", "\n## ").contains(&format!("\n{idea}. **"));
    }
    if let Some(law) = part.strip_prefix("DESIGN law: ") {
        let law_of = design("## The law", "\n## ");
        return law_of.contains(&format!("**{law}")) || law_of.contains(&format!("\n{law}"));
    }
    for (name, text) in [("DESIGN", &tree.design), ("README", &tree.readme)] {
        if let Some(words) = part.strip_prefix(name).and_then(|part| part.strip_prefix(" \"")?.strip_suffix('"')) {
            return text.split_whitespace().collect::<Vec<_>>().join(" ").contains(words);
        }
    }
    if let Some(clauses) = part.strip_prefix("REPLAY ") {
        let stands = |clause_of: &str| {
            let number = clause_of.split_once('.').map(|(letter, number)| (clause(&tree.replay, letter), number));
            number.is_some_and(|(text, number)| text.is_some_and(|text| text.contains(&format!("\n{number}. "))))
        };
        return ["input", "output"].contains(&clauses) || clauses.split(" to ").all(stands);
    }
    if let Some(title) = part.strip_prefix("README, ") {
        return tree.readme.contains(&format!("\n## {title}\n"));
    }
    if ["SOUP.md", "conformance/README.md", "xtask/prove/README.md"].contains(&part) {
        return true;
    }
    let label = part.strip_suffix(')').and_then(|part| part.rsplit_once('('));
    label.is_some_and(|(source, label)| {
        !source.trim().is_empty() && label.split(", ").all(|label| ["A", "B", "R", "I"].contains(&label))
    })
}

/// Everything that is not closed.
fn open(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let mut say = |said: String| found.push(said);
    let rows = table(&tree.requirements, "R-");
    let verified: BTreeMap<String, &str> =
        tree.tests.iter().flat_map(|(name, _)| ids(name).into_iter().map(move |id| (id, name.as_str()))).collect();
    let hazards = table(&tree.hazards, "H-");
    for (of, all) in [("requirements", &rows), ("hazards", &hazards)] {
        if all.len() < 2 {
            say(format!("no {of}"));
        }
        for pair in all.windows(2).filter(|pair| pair[0][0] >= pair[1][0]) {
            say(format!("{} stands before {}", pair[0][0], pair[1][0]));
        }
    }
    let mut guarded = BTreeSet::new();
    let mut compared = numbers();
    for row in &rows {
        let &[id, text, source, against, stages] = row.as_slice() else {
            say(format!("{}: not five cells", row[0]));
            continue;
        };
        if !verified.contains_key(id) && stages.is_empty() {
            say(format!("{id}: no test's name carries it"));
        }
        for stage in stages.split(", ").filter(|stage| !stage.is_empty()) {
            let name = stage.strip_prefix("`cargo xtask ").and_then(|stage| stage.strip_suffix('`'));
            if !name.is_some_and(|name| tree.stages.contains(name)) {
                say(format!("{id}: no stage {stage}"));
            }
        }
        for hazard in against.split(", ") {
            guarded.insert(hazard);
            if !hazards.iter().any(|row| row[0] == hazard) {
                say(format!("{id}: no hazard {hazard}"));
            }
        }
        for part in source.split("; ").filter(|part| !followed(part, tree)) {
            say(format!("{id}: the source `{part}` leads nowhere, or has no evidence"));
        }
        let mut left = text.to_owned();
        for (_, said) in compared.extract_if(.., |(of, _)| *of == id) {
            for said in said {
                if !text.contains(&said) {
                    say(format!("{id}: does not say {said}"));
                }
                left = left.replace(&said, "");
            }
        }
        let left = NAMES.iter().fold(left, |left, name| left.replace(name, ""));
        if left.contains(|digit: char| digit.is_ascii_digit()) {
            say(format!("{id}: a number that is compared with no row, in `{left}`"));
        }
        for name in row_names(text).into_iter().filter(|name| !row_exists(name)) {
            say(format!("{id}: no row `{name}`"));
        }
    }
    for (edition, rules) in [("SOFA-1996", &SOFA_1996), ("SOFA-2", &SOFA_2)] {
        let room = tree
            .requirements
            .split_once(&format!("\n## {edition}\n"))
            .map_or("", |(_, rest)| rest.split("\n## ").next().unwrap());
        let items: BTreeSet<_> = edges(rules).map(|edge| edge.item).collect();
        for item in items.into_iter().filter(|item| !room.contains(&format!("`{item}`"))) {
            say(format!("{edition}: no requirement names the row `{item}`"));
        }
    }
    for (id, _) in compared {
        say(format!("{id}: no row, though its numbers are compared"));
    }
    for (name, runs) in &tree.tests {
        for id in ids(name).into_iter().filter(|id| !rows.iter().any(|row| row[0] == id)) {
            say(format!("{name}: no requirement {id}"));
        }
        if !runs {
            say(format!("{name}: is no test that runs"));
        }
    }
    let retired = tree.requirements.split_once("\nRetired so far: ").and_then(|(_, rest)| rest.split(".\n").next());
    match retired {
        None => say("REQUIREMENTS.md does not say which are retired".to_owned()),
        Some(retired) => {
            for id in retired.split(", ").filter(|id| rows.iter().any(|row| row[0] == *id)) {
                say(format!("{id}: was retired"));
            }
        }
    }
    for text in [&tree.soup, &tree.hazards, &tree.readme, &tree.design] {
        for id in text.split("R-").skip(1).filter_map(|rest| rest.get(..3)) {
            if id.bytes().all(|digit| digit.is_ascii_digit()) && !rows.iter().any(|row| row[0] == format!("R-{id}")) {
                say(format!("R-{id}: is named, and is no requirement"));
            }
        }
    }
    for row in &hazards {
        if row.len() != 6 || row.iter().any(|cell| cell.is_empty()) {
            say(format!("{}: not six filled cells", row[0]));
        } else if guarded.contains(row[0]) == row[4].starts_with("Nothing") {
            say(format!("{}: guarded by no requirement, or by one though it says nothing", row[0]));
        }
    }
    found
}

/// The name in backticks behind "the row" or "rows".
fn row_names(text: &str) -> Vec<&str> {
    let behind = text.split("the row `").skip(1).chain(text.split("rows `").skip(1));
    behind.filter_map(|rest| rest.split('`').next()).collect()
}

fn row_exists(name: &str) -> bool {
    let has = |rules: &SofaRules| edges(rules).any(|edge| edge.item == name);
    has(&SOFA_1996) || has(&SOFA_2)
}

#[test]
fn the_set_is_closed() {
    let found = open(&tree());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The controls: each change is found, and by its name.
#[test]
fn what_is_open_is_found() {
    let tree = tree();
    let with = |change: &dyn Fn(&mut Tree)| {
        let mut changed = tree.clone();
        change(&mut changed);
        open(&changed).join("\n")
    };
    let edited = |from: &str, to: &str| {
        with(&|tree| {
            let [requirements, hazards] = [&tree.requirements, &tree.hazards].map(|text| text.replacen(from, to, 1));
            assert!(requirements != tree.requirements || hazards != tree.hazards, "nowhere: {from}");
            (tree.requirements, tree.hazards) = (requirements, hazards);
        })
    };
    let without = |id: &str| with(&|tree| tree.tests.retain(|(name, _)| !ids(name).contains(&id.to_owned())));
    let and = |source: &str| with(&|tree| tree.tests.extend(named(source)));
    #[rustfmt::skip]
    let table = [
        (without("R-001"),                                            "R-001: no test's name carries it"),
        (and("#[test]\nfn r999_what() {"),                            "r999_what: no requirement R-999"),
        (and("#[test]\nfn r001_r998_what() {"),                       "r001_r998_what: no requirement R-998"),
        (and("fn r001_what() {"),                                     "r001_what: is no test that runs"),
        (and("#[test]\n#[ignore = \"slow\"]\nfn r001_what() {"),      "r001_what: is no test that runs"),
        (edited("| R-002 |", "| R-001 |"),                            "R-001 stands before R-001"),
        (edited("| R-002 |", "| R-099 |"),                            "R-099 stands before R-003"),
        (edited("| H-06, H-08 |", "| H-06, H-99 |"),                  "R-001: no hazard H-99"),
        (edited("| H-02 |", "| H-01 |"),                              "H-01 stands before H-01"),
        (edited("Nothing: every value", "Every value"),               "H-09: guarded by no requirement"),
        (edited("| guard bands, as wide", "| Nothing, as wide"),      "H-01: guarded by no requirement, or by one"),
        (edited("no-panic: no-panic", "no-panic: no-such"),           "R-220: no stage `cargo xtask no-panic: no-such`"),
        (edited("`cargo xtask dist: dist`", "by hand"),               "R-229: no stage by hand"),
        (edited("ferritin > 4420", "ferritin > 4421"),                "R-070: does not say `ferritin > 4420`"),
        (edited("day-9 endpoint", "day-8 endpoint"),                  "R-110: a number that is compared with no row"),
        (edited("the worst of them", "the worst of 2"),               "R-021: a number that is compared with no row"),
        (edited("the row `platelets`", "the row `thrombocytes`"),     "R-034: no row `thrombocytes`"),
        (edited("`gcs_motor`", "the motor response"),                 "SOFA-2: no requirement names the row `gcs_motor`"),
        (with(&|tree| tree.soup += "R-997"),                           "R-997: is named, and is no requirement"),
        (edited("so far: none.", "so far: R-014, R-001."),             "R-001: was retired"),
        (edited("Retired so far", "Gone so far"),                      "does not say which are retired"),
        (edited("DESIGN idea 1 |", "DESIGN idea 9 |"),                "R-001: the source `DESIGN idea 9` leads nowhere"),
        (edited("DESIGN law: Exact", "DESIGN law: Roughly"),          "R-020: the source `DESIGN law: Roughly` leads nowhere"),
        (edited("DESIGN \"one numbered", "DESIGN \"one coloured"),     "R-012: the source `DESIGN \"one coloured enum\"` leads nowhere"),
        (edited("README, On the", "README, Off the"),                 "R-223: the source `README, Off the device` leads nowhere"),
        (edited("REPLAY A.7", "REPLAY A.99"),                         "R-040: the source `REPLAY A.99` leads nowhere"),
        (edited("| V96 table (A) |", "| V96 table |"),                "R-030: the source `V96 table` leads nowhere, or has no evidence"),
        (edited("| R-110 |", "| R-109 |"),                            "R-110: no row, though its numbers are compared"),
    ];
    for (said, expected) in table {
        assert!(said.contains(expected), "`{expected}` is not in:\n{said}");
    }
}

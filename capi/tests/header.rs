//! The header against the Rust: every number, size, offset, macro and parameter, its examples, and that nothing public is without a C
//! function. Each comparison is shown to find what differs, on a copy of the header that was changed.

mod declared;
mod layouts;
mod numbers;
mod out;

use declared::{Declared, declared, is_word};
use endotype::{Met, Points, Total};
use out::out;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

fn header() -> String {
    std::fs::read_to_string(folder().join("include/endotype.h")).unwrap()
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The C type of a parameter's Rust type, without blanks.
fn c_type(name: &str, rust: &str) -> String {
    let rust: String = rust.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = |name: &str| match name {
        "u8" => "uint8_t".to_owned(),
        "i8" => "int8_t".to_owned(),
        "u16" => "uint16_t".to_owned(),
        "u32" => "uint32_t".to_owned(),
        "i32" => "int32_t".to_owned(),
        "usize" => "size_t".to_owned(),
        "f32" => "float".to_owned(),
        name => name.to_owned(),
    };
    let inner = |start: &str| rust.strip_prefix(start).and_then(|rest| rest.strip_suffix('>'));
    if rust.starts_with("Out<'_,[u8;") {
        return "uint8_t*".to_owned();
    }
    if let Some(out) = inner("Out<'_,") {
        return plain(out) + "*";
    }
    if let Some(changed) = inner("Option<&mut") {
        return plain(changed) + "*";
    }
    if let Some(bytes) = rust.strip_prefix("Option<&[u8;").and_then(|rest| rest.strip_suffix("]>")) {
        assert!(bytes.parse::<usize>().is_ok(), "{rust}");
        return "constuint8_t*".to_owned();
    }
    if let Some(read) = inner("Option<&'static").or_else(|| inner("Option<&")) {
        return format!("const{}*", plain(read));
    }
    match rust.as_str() {
        // Text, or bytes.
        "*constu8" if name == "at" => "constuint8_t*".to_owned(),
        "*constu8" => "constchar*".to_owned(),
        other => match (other.strip_prefix("*const"), other.strip_prefix("*mut")) {
            (Some(read), _) => format!("const{}*", plain(read)),
            (_, Some(changed)) => plain(changed) + "*",
            _ => plain(other),
        },
    }
}

type Functions = &'static [(&'static str, &'static [(&'static str, &'static str)])];

fn functions() -> Vec<Functions> {
    use endotype_c::*;
    vec![
        course::FUNCTIONS,
        event::FUNCTIONS,
        immune::FUNCTIONS,
        keep::FUNCTIONS,
        marker::FUNCTIONS,
        names::FUNCTIONS,
        reading::FUNCTIONS,
        sofa::FUNCTIONS,
        window::FUNCTIONS,
        &[("endo_version", &[])],
    ]
}

/// Compiles one C text with a header; what it prints, or what the compiler says.
fn compiled(name: &str, header: &str, code: &str) -> Result<String, String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("endotype.h"), header).unwrap();
    std::fs::write(folder.join("main.c"), code).unwrap();
    let flags = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-o", "main", "main.c"];
    let built = Command::new("cc").args(flags).current_dir(&folder).output().expect("a C compiler, as the linker is");
    if !built.status.success() {
        return Err(String::from_utf8_lossy(&built.stderr).into_owned());
    }
    let run = Command::new(folder.join("main")).output().unwrap();
    assert!(run.status.success(), "{name}");
    Ok(String::from_utf8(run.stdout).unwrap())
}

/// The derived macros: an expression, and what it must come to.
fn derived() -> Vec<(String, i64)> {
    let mut all = Vec::new();
    let met = endotype_c::numbers::MET;
    for (a, one) in met.iter().enumerate() {
        all.push((format!("ENDO_MET_NOT({a})"), !*one as i64));
        for (b, other) in met.iter().enumerate() {
            all.push((format!("ENDO_MET_AND({a}, {b})"), one.and(*other) as i64));
            all.push((format!("ENDO_MET_OR({a}, {b})"), Met::or(*one, *other) as i64));
        }
    }
    for n in 0..=4 {
        all.push((format!("ENDO_POINTS({n})"), i64::from(Points::only(n).bits())));
        let set = Points::span(1, 3);
        all.push((format!("ENDO_HAS({}U, {n})", set.bits()), i64::from(set.contains(n))));
    }
    for n in 0..=24 {
        all.push((format!("ENDO_TOTAL({n})"), i64::from(Total::only(n).bits())));
    }
    all.push(("ENDO_POINTS_ALL".to_owned(), i64::from(Points::ALL.bits())));
    all.push(("ENDO_TOTAL_ALL".to_owned(), i64::from(Total::ALL.bits())));
    all
}

/// Everything in which a header differs from the Rust.
fn differences(name: &str, header: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let found = declared(header);
    let mut expected: Vec<(String, i64)> = numbers::expected();
    for constant in &found.constants {
        if !expected.iter().any(|(name, _)| name == constant) {
            wrong.push(format!("{constant}: a number that Rust does not have"));
        }
    }
    expected.retain(|(name, _)| {
        let there = found.constants.contains(name);
        if !there {
            wrong.push(format!("{name}: not in the header"));
        }
        there
    });
    expected.extend(derived());
    let layouts = layouts::expected();
    for (name, _, fields) in &layouts {
        let fields: Vec<String> = fields.iter().map(|(field, ..)| (*field).to_owned()).collect();
        if found.structs.get(*name) != Some(&fields) {
            wrong.push(format!("{name}: {:?}, in Rust {fields:?}", found.structs.get(*name)));
        }
    }
    for name in found.structs.keys().filter(|name| !layouts.iter().any(|(one, ..)| one == name)) {
        wrong.push(format!("{name}: a type that Rust does not have"));
    }
    let mut known = Vec::new();
    for (name, parameters) in functions().into_iter().flatten() {
        known.push(*name);
        let parameters: Vec<(String, String)> =
            parameters.iter().map(|(name, kind)| (c_type(name, kind), (*name).to_owned())).collect();
        // What may be NULL is an Option as well, and told apart where NULL is tried.
        let there = found.functions.get(*name).map(|list| {
            list.iter()
                .map(|(kind, name)| (kind.replace("ENDO_OPTIONAL", "").replace("endo_status", "uint8_t"), name.clone()))
                .collect::<Vec<_>>()
        });
        if there.as_ref() != Some(&parameters) {
            wrong.push(format!("{name}: {there:?}, in Rust {parameters:?}"));
        }
    }
    for name in found.functions.keys().filter(|name| !known.contains(&name.as_str())) {
        wrong.push(format!("{name}: a function that Rust does not have"));
    }
    if !wrong.is_empty() {
        return wrong;
    }
    // The compiler's word on the values.
    let mut code = "#include \"endotype.h\"\n#include <stdio.h>\nint main(void) {\n".to_owned();
    for (name, _) in &expected {
        writeln!(code, "    printf(\"%lld\\n\", (long long)({name}));").unwrap();
    }
    for (name, _, fields) in &layouts {
        writeln!(code, "    printf(\"%zu\\n\", sizeof({name}));").unwrap();
        for (field, ..) in fields {
            writeln!(code, "    printf(\"%zu %zu\\n\", offsetof({name}, {field}), sizeof((({name} *)0)->{field}));").unwrap();
        }
    }
    code += "    return 0;\n}\n";
    let said = match compiled(name, header, &code) {
        Ok(said) => said,
        Err(said) => return vec![format!("does not compile: {said}")],
    };
    let mut lines = said.lines();
    let mut compare = |what: &str, rust: String| {
        let c = lines.next().unwrap_or("nothing");
        if c != rust {
            wrong.push(format!("{what}: {c}, in Rust {rust}"));
        }
    };
    for (name, value) in &expected {
        compare(name, value.to_string());
    }
    for (name, size, fields) in &layouts {
        compare(name, size.to_string());
        for (field, offset, size) in fields {
            compare(&format!("{name}.{field}"), format!("{offset} {size}"));
        }
    }
    wrong
}

#[test]
fn r210_the_header_says_what_rust_does() {
    let found = declared(&header());
    assert!(found.constants.len() > 400 && found.structs.len() > 40 && found.functions.len() > 100);
    let wrong = differences("as-it-is", &header());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!(
        "{} numbers, {} macros, {} types, {} functions",
        found.constants.len(),
        derived().len(),
        found.structs.len(),
        found.functions.len()
    );
}

/// One change each, and what must be found of it.
const CHANGES: [(&str, &str, &str); 11] = [
    ("ENDO_ORGAN_LIVER = 2", "ENDO_ORGAN_LIVER = 7", "ENDO_ORGAN_LIVER: 7"),
    ("ENDO_E_STATE = 103", "ENDO_E_STATE = 102", "ENDO_E_STATE: 102"),
    ("    uint8_t sbp;\n", "", "endo_screen"),
    ("    uint8_t carried;", "    uint16_t carried;", "endo_response"),
    ("    uint32_t since_dose;", "    uint16_t since_dose;", "endo_signal.since_dose"),
    ("#define ENDO_VERSION_MINOR 1", "#define ENDO_VERSION_MINOR 2", "ENDO_VERSION: 512"),
    ("(ENDO_VERSION_MINOR << 8)", "(ENDO_VERSION_MINOR << 7)", "ENDO_VERSION: 128"),
    ("((a) < (b) ? (a) : (b))", "((a) > (b) ? (a) : (b))", "ENDO_MET_AND(0, 1): 1"),
    ("ENDO_IMMUNOSEP_FERRITIN = 8840001", "ENDO_IMMUNOSEP_FERRITIN = 8840000", "ENDO_IMMUNOSEP_FERRITIN: 8840000"),
    ("endo_salt_base(uint8_t salt", "endo_salt_base(uint32_t salt", "endo_salt_base"),
    ("endo_status endo_score_carried(const endo_score *score, endo_carried *out);", "", "endo_score_carried: None"),
];

#[test]
fn r210_a_header_that_differs_is_found() {
    for (at, (from, to, found)) in CHANGES.iter().enumerate() {
        let header = header();
        // The layout of the line does not count.
        let changed = header.replace(from, to);
        assert!(changed != header, "{from} is not in the header");
        let wrong = differences(&format!("changed-{at}"), &changed);
        assert!(wrong.iter().any(|one| one.contains(found)), "{from} -> {to}: {wrong:?}");
    }
    let more = header().replace("enum { ENDO_ORGANS = 6 };", "enum { ENDO_ORGANS = 6, ENDO_ORGANS_MORE = 7 };");
    assert!(differences("more", &more).iter().any(|one| one.starts_with("ENDO_ORGANS_MORE")));
}

/// Every `e.g.` of the comments is compiled, and every function has one.
#[test]
fn r214_the_examples_compile() {
    let header = header();
    let mut code = include_str!("examples.c").to_owned();
    let mut examples = String::new();
    for comment in header.split("/*").skip(1) {
        let comment = comment.split("*/").next().unwrap();
        if let Some((_, example)) = comment.split_once("e.g. ") {
            let example: String = example.lines().map(|line| line.trim().trim_start_matches('*').trim_start()).collect();
            writeln!(examples, "    {{ {example} }}").unwrap();
        }
    }
    for name in declared(&header).functions.keys() {
        assert!(examples.contains(&format!("{name}(")), "{name} has no example");
    }
    code = code.replace("EXAMPLES", &examples);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("examples");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("examples.c"), code).unwrap();
    let mut cc = Command::new("cc");
    cc.args(["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wno-unused-result", "-Werror", "-fsyntax-only", "-I"]);
    let said = cc.arg(super_include()).arg(folder.join("examples.c")).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

fn super_include() -> PathBuf {
    folder().join("include")
}

/// `Type::function` of every public function of the crate.
fn public_functions() -> Vec<String> {
    fn files(folder: &Path, all: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, all);
            } else {
                all.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    files(&folder().join("../src"), &mut paths);
    let mut names = Vec::new();
    for path in paths {
        let mut of = String::new();
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let text = line.trim_start();
            if text.starts_with("impl") && text.ends_with('{') {
                let text = text.split(" for ").last().unwrap().trim_start_matches("impl");
                let text = if text.starts_with('<') { text.split_once("> ").unwrap().1 } else { text.trim_start() };
                of = text.chars().take_while(|&c| is_word(c) || c == '$').collect::<String>().replace("$name", "named");
            }
            let Some(rest) = text.strip_prefix("pub fn ").or_else(|| text.strip_prefix("pub const fn ")) else { continue };
            let name: String = rest.chars().take_while(|&c| is_word(c)).collect();
            names.push(if text.len() == line.len() { name } else { format!("{of}::{name}") });
        }
    }
    names
}

/// Of a list of what C has, and of the crate's functions: what is missing in either.
fn uncovered(list: &str, public: &[String], header: &Declared, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut listed = BTreeMap::new();
    for line in list.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if let Some((rust, c)) = line.split_once(" = ") {
            for name in c.split(' ') {
                if !header.functions.contains_key(name) && !text.contains(&format!("#define {name}(")) {
                    wrong.push(format!("{rust}: no {name} in the header"));
                }
            }
            listed.insert(rust, true);
        } else if let Some((rust, why)) = line.split_once(" - ") {
            assert!(why.len() > 8, "{line}: why?");
            listed.insert(rust, false);
        } else {
            wrong.push(format!("{line}: neither = nor -"));
        }
    }
    wrong.extend(
        public
            .iter()
            .filter(|name| !listed.contains_key(name.as_str()))
            .map(|name| format!("{name}: neither in C nor an exception")),
    );
    wrong.extend(
        listed.keys().filter(|name| !public.iter().any(|one| one == *name)).map(|name| format!("{name}: not in the crate")),
    );
    wrong
}

#[test]
fn r214_what_is_public_in_rust_is_there_in_c() {
    let list = std::fs::read_to_string(folder().join("coverage.txt")).unwrap();
    let (public, text) = (public_functions(), header());
    let found = declared(&text);
    assert!(public.len() > 150, "{public:?}");
    let wrong = uncovered(&list, &public, &found, &text);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // What is not there is found: a new function, one that C lost, one that the crate lost.
    let more = [public.clone(), vec!["Window::forget".to_owned()]].concat();
    assert!(uncovered(&list, &more, &found, &text).iter().any(|one| one.starts_with("Window::forget")));
    let lost = declared(&text.replace("endo_window_merge", "endo_window_join"));
    assert!(uncovered(&list, &public, &lost, &text).iter().any(|one| one.contains("no endo_window_merge")));
    assert_eq!(uncovered(&list, &public[1..], &found, &text).len(), 1);
    let exceptions = list.lines().filter(|line| line.contains(" - ") && !line.starts_with('#')).count();
    println!("{} public functions, {exceptions} of them exceptions", public.len());
}

/// Of a pointer's type the object that it leads to, and whether the call may write to it.
fn pointee(kind: &str) -> Option<(&str, bool)> {
    let kind = kind.strip_prefix("ENDO_OPTIONAL").unwrap_or(kind);
    let object = kind.strip_suffix('*')?;
    Some(object.strip_prefix("const").map_or((object, true), |object| (object, false)))
}

/// A C program that calls every function with each pointer NULL in turn, and with states that nobody initialised: each must be refused, and
/// write nothing. `cargo xtask c` compiles and runs it under sanitizers.
#[test]
fn r212_the_refusals_are_written() {
    let header = header();
    let found = declared(&header);
    let is_opaque = |name: &str| found.structs.get(name).is_some_and(|fields| fields == &["reserved"]);
    let mut code = include_str!("refusals.c").to_owned();
    let (mut calls, mut nulls, mut states) = (String::new(), 0, 0);
    for (name, parameters) in found.functions.iter().filter(|(name, _)| *name != "endo_version") {
        writeln!(calls, "static void try_{name}(void) {{").unwrap();
        let (mut arguments, mut places) = (Vec::new(), Vec::new());
        for (kind, parameter) in parameters {
            match pointee(kind) {
                Some((object, writes)) => {
                    // Texts and lists are longer than one.
                    let many = if parameters.iter().any(|(kind, _)| kind == "size_t") || object == "uint8_t" { 1024 } else { 1 };
                    writeln!(calls, "    static {object} {parameter}[{many}];").unwrap();
                    arguments.push(format!("unless({parameter}, null == {})", places.len()));
                    places.push((parameter, kind.contains("OPTIONAL"), writes, object));
                }
                None if kind == "endo_reading" => arguments.push("any_reading()".to_owned()),
                None if kind == "size_t" => arguments.push("any() % 300U".to_owned()),
                None if kind == "float" => arguments.push("(float)any()".to_owned()),
                None => arguments.push(format!("({})any()", kind.replace("endo_status", "uint8_t"))),
            }
        }
        // A state that a call initialises may be anything before.
        let first_is_out = name.ends_with("_init");
        let takes_state = places.iter().enumerate().any(|(at, (_, optional, writes, object))| {
            is_opaque(object)
                && !optional
                && !(first_is_out && at == 0)
                && !(*writes && at + 1 == places.len() && places.len() > 1)
        });
        states += usize::from(takes_state);
        let required: Vec<usize> = places.iter().enumerate().filter(|(_, place)| !place.1).map(|(at, _)| at).collect();
        nulls += required.len();
        writeln!(
            calls,
            "    static const int nulls[] = {{ {}, -1 }};",
            required.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
        )
        .unwrap();
        let fill: String =
            places.iter().map(|(place, ..)| format!("        fill({place}, sizeof {place}, pattern);\n")).collect();
        let same: String = places.iter().map(|(place, ..)| format!(" && holds({place}, sizeof {place}, pattern)")).collect();
        writeln!(calls, "    for (size_t turn = 0; turn < TURNS; turn++) {{\n        const int null = nulls[turn % (sizeof nulls / sizeof *nulls)];").unwrap();
        writeln!(calls, "        const unsigned char pattern = patterns[turn % sizeof patterns];\n{fill}").unwrap();
        writeln!(calls, "        const endo_status status = {name}({});", arguments.join(", ")).unwrap();
        writeln!(
            calls,
            "        expect(\"{name}\", status, null >= 0, {}, status == ENDO_OK || (1{same}));\n    }}\n}}\n",
            u8::from(takes_state)
        )
        .unwrap();
    }
    code = code.replace("CALLS", &calls);
    let every: String =
        found.functions.keys().filter(|name| *name != "endo_version").map(|name| format!("    try_{name}();\n")).collect();
    code = code.replace("EVERY", &every);
    assert!(nulls > 150 && states > 50, "{nulls} {states}");
    std::fs::write(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("refusals.c"), code).unwrap();
    println!("{nulls} pointers, {states} functions that take a state");
}

/// Rules, endpoints, kinds of events and lists of names are numbers beside code: each by one that is told apart from all others.
#[test]
fn r212_a_number_is_what_its_name_says() {
    use endotype::published::*;
    use endotype::quantity::{Ferritin, Lymphocytes, MhlaDr};
    use endotype_c::reading::Numbered;

    let numbers: BTreeMap<String, i64> = numbers::expected().into_iter().collect();
    let number = |name: &str| *numbers.get(&format!("ENDO_{name}")).unwrap_or_else(|| panic!("{name}")) as u8;
    for (name, quantity, id) in [
        ("RULE_MEISEL", MhlaDr::NUMBER, MEISEL.id()),
        ("RULE_PERSISTENT", MhlaDr::NUMBER, PERSISTENT.id()),
        ("RULE_SLOPE", MhlaDr::NUMBER, SLOPE.id()),
        ("RULE_IRIS_7", Lymphocytes::NUMBER, IRIS_7.id()),
        ("RULE_DREWRY", Lymphocytes::NUMBER, DREWRY.id()),
        ("RULE_KYRIAZOPOULOU", Ferritin::NUMBER, KYRIAZOPOULOU.id()),
    ] {
        let series = out(|out| endotype_c::immune::endo_series_init(out, quantity));
        let answer = out(|out| endotype_c::immune::endo_series_answer(Some(&series), number(name), 0, 0, out));
        assert_eq!(answer.rule, id.number(), "{name}");
    }
    for (name, endpoint) in [("IMMUNOSEP_DAY9", IMMUNOSEP_DAY9), ("IMMUNOSEP_DAY15", IMMUNOSEP_DAY15)] {
        assert_eq!(*endotype_c::course::ENDPOINTS[usize::from(number(name))], endpoint, "{name}");
    }
    for (name, [item, unit, value]) in [
        ("EVENT_READING", ["ferritin", "ng/mL", "900"]),
        ("EVENT_INFUSION", ["dopamine", "ug/kg/min", "5"]),
        ("EVENT_SUPPORT", ["support", "", "imv"]),
        ("EVENT_FLAG", ["rrt", "", "1"]),
        ("EVENT_FIRST_DOSE", ["first_dose", "", "placebo"]),
        ("EVENT_SPECIMEN", ["specimen", "", "hemolysis"]),
        ("EVENT_WITHDRAWN", ["withdrawn", "", "mhla_dr"]),
        ("EVENT_CRITERION", ["hiv", "", "0"]),
        ("EVENT_SEPSIS_CLASSIFIED", ["sepsis_classified", "", "1"]),
        ("EVENT_ICU_ADMISSION", ["icu_admission", "", "1"]),
        ("EVENT_DEATH", ["death", "", "1"]),
        ("EVENT_DISCHARGE", ["discharge", "", "1"]),
    ] {
        let event = endotype_c::event::endo_event::from(endotype::Event::read(item, unit, value).unwrap());
        assert_eq!(event.kind, number(name), "{name}");
    }
    for (name, first) in [
        ("NAMES_ORGAN", endotype::Organ::ALL[0].name()),
        ("NAMES_ENDOTYPE", endotype::Endotype::ALL[0].name()),
        ("NAMES_SUPPORT", endotype::Support::ALL[0].name()),
        ("NAMES_INFUSION", endotype::Infusion::ALL[0].name()),
        ("NAMES_FLAG", endotype::Flag::ALL[0].name()),
        ("NAMES_DOSE", endotype::Dose::ALL[0].name()),
        ("NAMES_REMARK", endotype::Remark::ALL[0].name()),
        ("NAMES_MARKER", endotype::Marker::ALL[0].name()),
        ("NAMES_CRITERION", endotype::Criterion::ALL[0].name()),
        ("NAMES_ITEM", endotype::Item::PaO2.name()),
        ("NAMES_NEED", endotype::Need::Nothing.name()),
        ("NAMES_STAGE", MHLA_DR_STAGE_NAMES[0]),
    ] {
        let text = out(|out| endotype_c::names::endo_name(number(name), 0, out));
        // SAFETY: a text of the library is static and as long as it says.
        let said = unsafe { std::slice::from_raw_parts(text.at.cast::<u8>(), text.length) };
        assert_eq!(said, first.as_bytes(), "{name}");
    }
}

/// The README's C is C that is compiled and run (`cargo xtask c`).
#[test]
fn r214_the_readme_shows_what_is_run() {
    let readme = std::fs::read_to_string(folder().join("../README.md")).unwrap();
    for file in ["cmake/example/example.c", "c/task.c"] {
        let text = std::fs::read_to_string(folder().join(file)).unwrap();
        let shown = text.split_once("/* readme:begin */\n").unwrap().1.split_once("/* readme:end */").unwrap().0;
        assert!(shown.lines().count() > 10 && readme.contains(shown), "README.md does not show {file}:\n{shown}");
    }
}

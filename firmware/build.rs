//! The memory of each board, and the charts as a table in flash.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What `replay` reads without a FILE, in its order, then the scenarios.
const CHARTS: [&str; 3] =
    ["../tests/data/mimic-iv-demo-stays.csv", "../tests/data/made-up-markers.csv", "../tests/data/made-up-scenarios.csv"];
/// A day's line has three such texts; `line::Line` is sized for them.
const LONGEST: usize = 32;

/// The QEMU boards by target: code, data. The micro:bit is the one that is as small in life.
const BOARDS: [(&str, &str, &str); 3] = [
    ("thumbv6m", "ORIGIN = 0x00000000, LENGTH = 256K", "ORIGIN = 0x20000000, LENGTH = 16K"),
    ("thumbv7em", "ORIGIN = 0x00000000, LENGTH = 256K", "ORIGIN = 0x20000000, LENGTH = 64K"),
    ("thumbv8m", "ORIGIN = 0x10000000, LENGTH = 256K", "ORIGIN = 0x38000000, LENGTH = 64K"),
];
const RISCV: &str = "MEMORY { RAM : ORIGIN = 0x80000000, LENGTH = 1M }\n";
const RISCV_REGIONS: [&str; 6] = ["TEXT", "RODATA", "DATA", "BSS", "HEAP", "STACK"];

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// One stay being written: its rows, and the texts of its values behind one another.
#[derive(Default)]
struct Stay {
    patient: String,
    minute: i64,
    rows: String,
    values: String,
}

fn memory(target: &str) -> Option<String> {
    if target.starts_with("riscv32") {
        let regions = RISCV_REGIONS.map(|region| format!("REGION_ALIAS(\"REGION_{region}\", RAM);\n"));
        return Some(RISCV.to_owned() + &regions.concat());
    }
    let (_, flash, ram) = BOARDS.iter().find(|(name, ..)| target.starts_with(name))?;
    Some(format!("MEMORY {{\n  FLASH : {flash}\n  RAM : {ram}\n}}\n"))
}

/// As the host prints it, a text that needs quotes would differ.
fn plain(text: &str) -> Outcome<&str> {
    let safe = text.len() <= LONGEST && text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && !b",\"\\".contains(&byte));
    if safe { Ok(text) } else { Err(format!("`{text}` is too long, or needs quotes").into()) }
}

/// The number of a pair in the order in which the pairs came.
fn number(pairs: &mut BTreeMap<(String, String), u8>, item: &str, unit: &str) -> Outcome<u8> {
    let next = u8::try_from(pairs.len())?;
    Ok(*pairs.entry((plain(item)?.to_owned(), plain(unit)?.to_owned())).or_insert(next))
}

fn read(path: &Path, stays: &mut Vec<Stay>, pairs: &mut BTreeMap<(String, String), u8>) -> Outcome<()> {
    let mut chart = csv::Reader::from_path(path).map_err(|error| format!("{}: {error}", path.display()))?;
    if chart.headers()? != vec!["patient", "minute", "item", "value", "unit"] {
        return Err(format!("{}: another header", path.display()).into());
    }
    for record in chart.records() {
        let record = record?;
        let [patient, minute, item, value, unit] = [0, 1, 2, 3, 4].map(|at| &record[at]);
        if stays.last().is_none_or(|stay| stay.patient != patient) {
            stays.push(Stay { patient: plain(patient)?.to_owned(), ..Stay::default() });
        }
        let stay = stays.last_mut().ok_or("no stay")?;
        let minute: i64 = minute.parse()?;
        // A late result lies before the event that was charted before it.
        let after = i16::try_from(minute - stay.minute)?;
        stay.minute = minute;
        write!(stay.rows, "Row({},{after},{}),", number(pairs, item, unit)?, plain(value)?.len())?;
        stay.values += value;
    }
    Ok(())
}

fn table() -> Outcome<String> {
    let (mut stays, mut pairs) = (Vec::new(), BTreeMap::new());
    for chart in CHARTS {
        println!("cargo:rerun-if-changed={chart}");
        read(Path::new(chart), &mut stays, &mut pairs)?;
    }
    let mut items: Vec<_> = pairs.into_iter().collect();
    items.sort_by_key(|&(_, number)| number);
    let mut code = String::from("static ITEMS: &[(&str, &str)] = &[\n");
    for ((item, unit), _) in items {
        writeln!(code, "    ({item:?}, {unit:?}),")?;
    }
    code += "];\nstatic STAYS: &[Stay] = &[\n";
    for Stay { patient, rows, values, .. } in stays {
        writeln!(code, "    Stay {{ patient: {patient:?}, rows: &[{rows}], values: {values:?} }},")?;
    }
    Ok(code + "];\n")
}

/// The C, compiled for size and for speed: each function's name ends in how.
#[cfg(feature = "measure")]
fn compile_c() {
    const FUNCTIONS: [&str; 9] = [
        "classic_classify",
        "classic_sofa",
        "classic_day9",
        "interval_classify",
        "interval_sofa",
        "interval_day9",
        "float_classify",
        "float_sofa",
        "float_day9",
    ];
    for level in ["s", "2"] {
        let mut build = cc::Build::new();
        build.compiler("arm-none-eabi-gcc").opt_level_str(level).std("c99").debug(false).warnings_into_errors(true);
        for flag in ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion"] {
            build.flag(flag);
        }
        for function in FUNCTIONS {
            build.define(function, format!("{function}_o{level}").as_str());
        }
        for file in ["classic.c", "interval.c", "float.c"] {
            println!("cargo:rerun-if-changed=../benches/c/{file}");
            build.file(format!("../benches/c/{file}"));
        }
        build.compile(&format!("bedside_o{level}"));
    }
}

fn main() -> Outcome<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let target = env::var("TARGET")?;
    let memory = memory(&target).ok_or_else(|| format!("no board for {target}: give --target, see README.md"))?;
    fs::write(out.join("memory.x"), memory)?;
    fs::write(out.join("stays.rs"), table()?)?;
    println!("cargo:rustc-link-search={}", out.display());
    #[cfg(feature = "measure")]
    if target.starts_with("thumb") {
        compile_c();
    }
    if target.starts_with("riscv32") {
        println!("cargo:rustc-link-arg=-Tmemory.x");
    } else {
        println!("cargo:rustc-link-arg-bins=-Tdefmt.x");
    }
    println!("cargo:rustc-link-arg=-Tlink.x");
    println!("cargo:rustc-link-arg-tests=-Tembedded-test.x");
    // The attribute of embedded-test asks for it.
    println!("cargo:rustc-check-cfg=cfg(rust_analyzer)");
    Ok(())
}

//! Compiles the C, and of each constant two controls, one tick to either side, which the check must tell from the original.

use std::fmt::Write as _;
use std::{env, fs, path::Path};

const FUNCTIONS: [&str; 3] = ["classify", "sofa", "day9"];

fn main() {
    let (out, dir) = (env::var("OUT_DIR").unwrap(), Path::new(".."));
    for file in ["bedside.h", "classic.c", "interval.c", "float.c"] {
        println!("cargo::rerun-if-changed=../{file}");
    }
    println!("cargo::rerun-if-changed=build.rs");
    for version in ["classic", "interval", "float"] {
        strict().file(dir.join(format!("{version}.c"))).compile(version);
    }
    let (mut declared, mut listed) = (String::new(), String::new());
    let mut controls = cc::Build::new();
    controls.include("..").std("c99").warnings(false).cargo_warnings(false);
    for version in ["classic", "interval"] {
        let source = fs::read_to_string(dir.join(format!("{version}.c"))).unwrap();
        let mut table = String::new();
        for (i, constant) in constants(&source).into_iter().enumerate() {
            for (side, sign) in [("up", '+'), ("down", '-')] {
                let mut changed = source.clone();
                let literal = &source[constant.clone()];
                let by = if literal.starts_with("0x") {
                    format!("({literal} ^ {})", if sign == '+' { 1 } else { 4 })
                } else {
                    format!("({literal} {sign} 1)")
                };
                changed.replace_range(constant.clone(), &by);
                let name = format!("control_{version}_{i}_{side}");
                for function in FUNCTIONS {
                    changed = changed.replace(&format!("{version}_{function}("), &format!("{name}_{function}("));
                }
                let path = Path::new(&out).join(format!("{name}.c"));
                fs::write(&path, changed).unwrap();
                controls.file(path);
                let line = source[..constant.start].lines().count();
                let _ = writeln!(
                    table,
                    "    Control {{ line: {line}, constant: {i}, change: {by:?}, c: {version}_c!({name}_classify, {name}_sofa, {name}_day9) }},"
                );
                let _ = writeln!(declared, "{version}_declared!({name}_classify, {name}_sofa, {name}_day9);");
            }
        }
        let (upper, kind) = if version == "classic" { ("CLASSIC", "Classic") } else { ("INTERVAL", "Interval") };
        let _ = writeln!(listed, "static {upper}_CONTROLS: &[Control<{kind}>] = &[\n{table}];");
    }
    controls.compile("controls");
    fs::write(Path::new(&out).join("controls.rs"), declared + &listed).unwrap();
}

fn strict() -> cc::Build {
    let mut c = cc::Build::new();
    c.include("..").std("c99").extra_warnings(true).warnings(true).warnings_into_errors(true);
    c.flag("-Wpedantic").flag("-Wconversion").opt_level(2);
    c
}

/// Every number in a table or an enumeration.
fn constants(source: &str) -> Vec<std::ops::Range<usize>> {
    let (mut found, mut inside, mut at) = (Vec::new(), false, 0);
    for line in source.split_inclusive('\n') {
        let opens = line.trim_start().starts_with("static const") && line.contains('=') || line.starts_with("enum {");
        // Behind "=" only: what stands before it are sizes.
        let from = if opens && !line.starts_with("enum") { line.find('=').unwrap() } else { 0 };
        inside |= opens;
        let bytes = line.as_bytes();
        let mut i = from;
        while inside && i < bytes.len() {
            let start = i;
            if bytes[i].is_ascii_alphabetic() || bytes[i] == b'_' {
                while bytes[i].is_ascii_alphanumeric() || bytes[i] == b'_' {
                    i += 1;
                }
            } else if bytes[i].is_ascii_digit() {
                while bytes[i].is_ascii_alphanumeric() {
                    i += 1;
                }
                // Beyond every reading one more or less is the same.
                if !line.contains("NEVER_ABOVE = ") {
                    found.push(at + start..at + i);
                }
            } else {
                i += 1;
            }
        }
        inside &= !line.contains("};");
        at += line.len();
    }
    found
}

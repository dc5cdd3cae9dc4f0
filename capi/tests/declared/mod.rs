//! What the header declares, read from its text.

use std::collections::BTreeMap;

/// Without comments.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("/*") {
        out.push_str(before);
        rest = behind.split_once("*/").unwrap().1;
    }
    out + rest
}

/// What the header declares, as its text says.
#[derive(Default)]
#[allow(dead_code, reason = "not every test reads all of it")]
pub struct Declared {
    pub constants: Vec<String>,
    pub structs: BTreeMap<String, Vec<String>>,
    /// Name, and each parameter's type and name.
    pub functions: BTreeMap<String, Vec<(String, String)>>,
}

/// Macros that are no number.
const MACROS: [&str; 17] = [
    "ENDO_ASSERT",
    "ENDO_OPTIONAL",
    "ENDO_TEXT",
    "ENDO_PRINT",
    "ENDO_MET_AND",
    "ENDO_MET_OR",
    "ENDO_MET_NOT",
    "ENDO_POINTS",
    "ENDO_TOTAL",
    "ENDO_HAS",
    "ENDO_POINTS_ALL",
    "ENDO_TOTAL_ALL",
    "ENDO_LIMITS_NONE",
    "ENDO_LIMIT_OFF",
    "ENDO_CHECKS_OFF",
    "ENDO_SPECIMEN_UNKNOWN",
    "ENDOTYPE_H",
];

pub fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

pub fn declared(header: &str) -> Declared {
    let text = bare(header);
    let mut found = Declared::default();
    let mut code = String::new();
    for line in text.lines() {
        if let Some(define) = line.trim().strip_prefix("#define ") {
            let name: String = define.chars().take_while(|&c| is_word(c)).collect();
            if !MACROS.contains(&name.as_str()) {
                found.constants.push(name);
            }
        } else if !line.trim_start().starts_with(['#', '{']) && !line.starts_with("extern \"C\"") {
            code.push_str(line);
            code.push(' ');
        }
    }
    let mut rest = code.as_str();
    while let Some((_, behind)) = rest.split_once("enum {") {
        let (list, behind) = behind.split_once('}').unwrap();
        found.constants.extend(list.split(',').filter_map(|one| one.split('=').next()).map(|name| name.trim().to_owned()));
        rest = behind;
    }
    let mut rest = code.as_str();
    while let Some((_, behind)) = rest.split_once("typedef struct {") {
        let (list, behind) = behind.split_once('}').unwrap();
        let (name, behind) = behind.split_once(';').unwrap();
        let field = |one: &str| one.split('[').next().unwrap().rsplit([' ', '*']).next().unwrap().to_owned();
        let fields = list.split(';').map(str::trim).filter(|one| !one.is_empty()).map(field);
        found.structs.insert(name.trim().to_owned(), fields.collect());
        rest = behind;
    }
    for statement in code.split(';') {
        let Some((before, parameters)) = statement.trim().trim_end_matches(')').split_once('(') else { continue };
        let Some(name) = before.trim().strip_prefix("endo_status ").or_else(|| before.trim().strip_prefix("uint32_t ")) else {
            continue;
        };
        let parameters = parameters.split(',').map(|one| {
            let one = one.split_whitespace().collect::<Vec<_>>().join(" ");
            let one = one.split('[').next().unwrap_or_default().to_owned() + if one.ends_with(']') { "*" } else { "" };
            let at = one.trim_end_matches('*').rfind(|c| !is_word(c)).map_or(0, |at| at + 1);
            let (kind, name) = one.split_at(at);
            let stars = if name.ends_with('*') { "*" } else { "" };
            (format!("{}{stars}", kind.trim()).replace(' ', ""), name.trim_end_matches('*').to_owned())
        });
        found.functions.insert(name.to_owned(), parameters.filter(|(kind, _)| !kind.is_empty()).collect());
    }
    found
}

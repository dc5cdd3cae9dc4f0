//! Where everything comes from: SOUP.md and deny.toml against what cargo resolves.

use crate::report::{Outcome, Report};
use crate::{dist, tools};
use anyhow::{Context, ensure};
use std::collections::{BTreeMap, BTreeSet};

/// The version that is installed if none is.
const DENY: &str = "0.18.9";
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Name, version, licence.
type Package = [String; 3];

/// A package of the lock file.
#[derive(Clone)]
struct Locked {
    name: String,
    version: String,
    /// None of a package of this workspace.
    source: Option<String>,
    licence: Option<String>,
}

/// What is compared.
#[derive(Clone)]
struct Supply {
    sheet: String,
    deny: String,
    version: String,
    oldest: String,
    channel: String,
    /// What is linked, by where: `device`, a feature, `compiler`.
    linked: BTreeMap<&'static str, BTreeSet<Package>>,
    /// What the SBOM of `dist` lists beside the crate and the compiler's own.
    sbom: BTreeSet<Package>,
    locked: Vec<Locked>,
}

/// Without another program: a second or two.
pub(crate) fn short(report: &mut Report) {
    report.check("supply", || {
        let supply = Supply::read()?;
        let found = supply.faults();
        ensure!(found.is_empty(), "{}", found.join("\n"));
        let core = supply.linked.values().map(BTreeSet::len).sum::<usize>();
        let device = supply.linked["device"].len();
        Ok(Outcome::Counted(format!("{device} packages on a device, {core} with features, {} locked", supply.locked.len())))
    });
}

/// With cargo-deny, and the SBOM that [`dist`] compares from two folders.
pub(crate) fn run(report: &mut Report) {
    short(report);
    report.check("supply: cargo-deny", deny);
    dist::run(report);
}

/// Runs it with a control: with one licence less it must fail.
fn deny() -> anyhow::Result<Outcome> {
    let path = match tools::path_with("cargo-deny", DENY) {
        Ok(path) => path,
        Err(error) => {
            let why = error.root_cause().to_string();
            return Ok(Outcome::Skipped(format!("no cargo-deny {DENY}: {}", why.lines().last().unwrap_or_default())));
        }
    };
    let check = |config: &std::path::Path| {
        let mut run = tools::command("cargo deny --offline --workspace --color never check --config");
        run.arg(config).args(["licenses", "bans", "sources"]).env("PATH", &path).output().context("cargo-deny")
    };
    let config = tools::root().join("deny.toml");
    let checked = check(&config)?;
    let [said, complained] = [&checked.stdout, &checked.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    ensure!(checked.status.success(), "{said}{complained}");
    let less = tools::target()?.join("deny-control.toml");
    std::fs::write(&less, std::fs::read_to_string(&config)?.replace("    \"Unicode-3.0\",\n", ""))?;
    let control = check(&less)?;
    let complaint = String::from_utf8_lossy(&control.stderr).into_owned();
    ensure!(!control.status.success() && complaint.contains("Unicode-3.0"), "a licence less is not found:\n{complaint}");
    let last = said.lines().chain(complained.lines()).rfind(|line| line.contains("ok")).unwrap_or_default().trim().to_owned();
    Ok(Outcome::Counted(format!("{last}; the control is found")))
}

impl Supply {
    fn read() -> anyhow::Result<Supply> {
        let file = |name: &str| std::fs::read_to_string(tools::root().join(name)).with_context(|| name.to_owned());
        let quoted = |text: &str, key: &str| {
            let value = text.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix("= \""));
            value.and_then(|rest| rest.split('"').next()).map(str::to_owned).with_context(|| format!("no {key}"))
        };
        let mut linked = BTreeMap::new();
        let device = tree("")?;
        let [defmt, libm] = [tree("defmt")?, tree("libm")?];
        let only = |all: &Tree, compiled: bool| -> BTreeSet<Package> {
            let new = all.iter().filter(|(package, _)| !device.contains_key(*package));
            new.filter(|(_, for_compiler)| **for_compiler == compiled).map(|(package, _)| package.clone()).collect()
        };
        linked.insert("device", device.keys().cloned().collect());
        linked.insert("defmt", only(&defmt, false));
        linked.insert("libm", only(&libm, false));
        linked.insert("compiler", only(&defmt, true).into_iter().chain(only(&libm, true)).collect());
        let components =
            dist::components(&tools::root())?.into_iter().map(|[name, version, licence, _]| [name, version, licence]);
        Ok(Supply {
            sheet: file("SOUP.md")?,
            deny: file("deny.toml")?,
            version: quoted(&file("Cargo.toml")?, "version")?,
            oldest: quoted(&file("Cargo.toml")?, "rust-version")?,
            channel: quoted(&file("rust-toolchain.toml")?, "channel")?,
            linked,
            sbom: components.filter(|package| !package[0].starts_with("endotype")).collect(),
            locked: locked(
                &file("Cargo.lock")?,
                &tools::stdout(&mut tools::command("cargo metadata --locked --all-features --format-version 1"))?,
            )?,
        })
    }

    /// Everything that differs.
    fn faults(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (what, said) in [
            ("version", format!("| version | {} |", self.version)),
            ("oldest compiler", format!("Rust {} or later", self.oldest)),
            ("compiler", format!("rustc {},", self.channel)),
        ] {
            if !self.sheet.contains(&said) {
                found.push(format!("SOUP.md: another {what} than {said}"));
            }
        }
        let rows = self.sheet.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
        let rows: BTreeSet<_> = rows
            .map(|row| row.split(" | ").map(|cell| cell.trim_end_matches('`').to_owned()).take(4).collect::<Vec<_>>())
            .collect();
        let resolved: BTreeSet<_> = self
            .linked
            .iter()
            .flat_map(|(place, all)| all.iter().map(move |package| [&package[..], &[(*place).to_owned()]].concat()))
            .collect();
        found.extend(resolved.difference(&rows).map(|row| format!("SOUP.md: no row {}", row.join(" | "))));
        found.extend(rows.difference(&resolved).map(|row| format!("SOUP.md: cargo resolves no {}", row.join(" | "))));
        // The C library has readings from floats.
        let in_c: BTreeSet<_> = ["device", "libm"].iter().filter_map(|place| self.linked.get(place)).flatten().cloned().collect();
        if in_c != self.sbom {
            found.push(format!("the SBOM lists {:?}", self.sbom));
        }
        let (allowed, exceptions) = self.allowed();
        for Locked { name, version, source, licence } in &self.locked {
            let Some(source) = source else { continue };
            if source != CRATES_IO {
                found.push(format!("{name} {version}: from {source}"));
            }
            let more = exceptions.get(name);
            let may = |one: &str| allowed.contains(one) || more.is_some_and(|more| more.contains(one));
            if !licence.as_ref().is_some_and(|licence| suffices(licence, &may)) {
                found.push(format!("{name} {version}: {} is not in deny.toml", licence.as_deref().unwrap_or("no licence")));
            }
        }
        for name in exceptions.keys() {
            if resolved.iter().any(|row| row[0] == *name) || !self.locked.iter().any(|package| package.name == *name) {
                found.push(format!("deny.toml: {name} is no exception of a package that stays on the host"));
            }
        }
        if resolved.is_empty() || self.locked.len() < resolved.len() {
            found.push("cargo resolves nothing".to_owned());
        }
        found
    }

    /// Of deny.toml the allow list, and those of the exceptions.
    fn allowed(&self) -> (BTreeSet<&str>, BTreeMap<String, BTreeSet<&str>>) {
        let (mut allowed, mut exceptions) = (BTreeSet::new(), BTreeMap::new());
        let licences = self.deny.split_once("\n[licenses]").map_or("", |(_, rest)| rest.split("\n[").next().unwrap_or(""));
        for line in licences.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            let mut words = line.split('"').skip(1).step_by(2);
            if line.starts_with("{ crate") {
                exceptions.insert(words.next().unwrap_or_default().to_owned(), words.collect());
            } else if line.starts_with('"') {
                allowed.extend(words);
            }
        }
        (allowed, exceptions)
    }
}

/// Packages, and whether only the compiler runs them.
type Tree = BTreeMap<Package, bool>;

/// What the crate depends on for any target with a feature.
fn tree(feature: &str) -> anyhow::Result<Tree> {
    let mut command = tools::command("cargo tree --locked --package endotype --edges normal --no-dedupe --target all");
    read_tree(&tools::stdout(command.args(["--prefix", "depth", "--format", "|{p}|{l}", &format!("--features={feature}")]))?)
}

/// Lines of `DEPTH|NAME vVERSION ...|LICENCE`. What is behind a procedural macro is the compiler's, unless it is reached otherwise, too.
fn read_tree(said: &str) -> anyhow::Result<Tree> {
    let mut tree = Tree::new();
    let mut macros = None;
    for line in said.lines() {
        let [depth, package, licence] = line.split('|').collect::<Vec<_>>()[..] else { anyhow::bail!("cargo tree: {line}") };
        let depth: usize = depth.parse().with_context(|| line.to_owned())?;
        if macros.is_some_and(|from| depth <= from) {
            macros = None;
        }
        if macros.is_none() && package.contains("(proc-macro)") {
            macros = Some(depth);
        }
        let mut words = package.split(' ');
        let [name, version] =
            [words.next(), words.next()].map(|word| word.unwrap_or_default().trim_start_matches('v').to_owned());
        if depth > 0 {
            let compiled = tree.entry([name, version, licence.trim().to_owned()]).or_insert(true);
            *compiled &= macros.is_some();
        }
    }
    Ok(tree)
}

/// The packages of Cargo.lock with the licences that `cargo metadata` names; both must have the same.
fn locked(lock: &str, metadata: &str) -> anyhow::Result<Vec<Locked>> {
    let value = |text: &str, key: &str| Some(text.split_once(key)?.1.split('"').next()?.to_owned());
    // Each package of the metadata begins with name, version and id.
    let packages = metadata.split(r#"{"name":""#).skip(1).filter_map(|rest| {
        let (name, rest) = rest.split_once(r#"","version":""#)?;
        let (version, rest) = rest.split_once(r#"","id":""#)?;
        let licence = rest.split_once(r#""license":"#)?.1.strip_prefix('"').and_then(|rest| rest.split('"').next());
        Some(((name.to_owned(), version.to_owned()), licence.map(str::to_owned)))
    });
    let mut licences: BTreeMap<_, _> = packages.collect();
    let mut all = Vec::new();
    for entry in lock.split("[[package]]").skip(1) {
        let name = value(entry, "name = \"").context("Cargo.lock: no name")?;
        let version = value(entry, "version = \"").context("Cargo.lock: no version")?;
        let licence =
            licences.remove(&(name.clone(), version.clone())).with_context(|| format!("no metadata of {name} {version}"))?;
        all.push(Locked { source: value(entry, "source = \""), name, version, licence });
    }
    ensure!(licences.is_empty(), "not in Cargo.lock: {licences:?}");
    Ok(all)
}

/// Whether an SPDX expression is met by the licences that one may take; `/` is an old OR.
fn suffices(expression: &str, may: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "+WITH+");
    let mut words = spaced.split_whitespace().peekable();
    any_of(&mut words, may) && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words, may: &dyn Fn(&str) -> bool) -> bool {
    let mut met = all_of(words, may);
    while words.next_if_eq(&"OR").is_some() {
        met |= all_of(words, may);
    }
    met
}

fn all_of(words: &mut Words, may: &dyn Fn(&str) -> bool) -> bool {
    let mut met = one(words, may);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, may);
    }
    met
}

fn one(words: &mut Words, may: &dyn Fn(&str) -> bool) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let met = any_of(words, may);
        return words.next_if_eq(&")").is_some() && met;
    }
    words.next().is_some_and(|word| may(&word.replace("+WITH+", " WITH ")))
}

#[test]
fn r228_what_differs_from_the_sheet_or_the_list_is_found() {
    let supply = Supply::read().unwrap();
    assert_eq!(supply.faults(), [""; 0]);
    let with = |change: &dyn Fn(&mut Supply)| {
        let mut changed = supply.clone();
        change(&mut changed);
        changed.faults().join("\n")
    };
    let sheet = |from: &str, to: &str| {
        with(&|supply| {
            assert!(supply.sheet.contains(from), "{from}");
            supply.sheet = supply.sheet.replacen(from, to, 1);
        })
    };
    let deny = |from: &str, to: &str| with(&|supply| supply.deny = supply.deny.replacen(from, to, 1));
    let package = |source: &str, licence: Option<&str>| {
        with(&|supply| {
            supply.locked.push(Locked {
                name: "new".into(),
                version: "1.0.0".into(),
                source: Some(source.into()),
                licence: licence.map(str::to_owned),
            });
        })
    };
    let moved = with(&|supply| {
        let moved = supply.linked["libm"].clone();
        supply.linked.get_mut("device").unwrap().extend(moved);
    });
    #[rustfmt::skip]
    let table = [
        (sheet("| `crc` | 3.4.0", "| `crc` | 3.3.0"),              "SOUP.md: no row crc | 3.4.0 | MIT OR Apache-2.0 | device"),
        (sheet("| `crc` | 3.4.0", "| `crc` | 3.3.0"),              "SOUP.md: cargo resolves no crc | 3.3.0"),
        (sheet("| 0.2.16 | MIT |", "| 0.2.16 | Apache-2.0 |"),     "SOUP.md: no row libm | 0.2.16 | MIT | libm"),
        (sheet("| version | 0.1.0 |", "| version | 0.0.9 |"),      "SOUP.md: another version"),
        (sheet("Rust 1.", "Rust 0."),                              "SOUP.md: another oldest compiler"),
        (sheet("rustc 1.", "rustc 0."),                            "SOUP.md: another compiler"),
        (moved,                                                    "SOUP.md: no row libm | 0.2.16 | MIT | device"),
        (deny("\"Unicode-3.0\",", ""),                             "unicode-ident 1.0.27: (MIT OR Apache-2.0) AND Unicode-3.0 is not in deny.toml"),
        (deny("crate = \"clincalc\"", "crate = \"libm\""),         "clincalc 0.4.0: AGPL-3.0-or-later AND LGPL-3.0-or-later is not in deny.toml"),
        (deny("crate = \"clincalc\"", "crate = \"libm\""),         "deny.toml: libm is no exception"),
        (package("git+https://example.org/new", Some("MIT")),      "new 1.0.0: from git+https://example.org/new"),
        (package(CRATES_IO, None),                                 "new 1.0.0: no licence is not in deny.toml"),
        (with(&|supply| drop(supply.sbom.pop_first())),            "the SBOM lists {[\"crc\""),
        (with(&|supply| supply.linked.clear()),                    "cargo resolves nothing"),
    ];
    for (said, expected) in table {
        assert!(said.contains(expected), "`{expected}` is not in:\n{said}");
    }
    assert_eq!(package(CRATES_IO, Some("MIT")), "");
}

#[test]
fn r228_an_expression_of_licences() {
    let may = |one: &str| ["MIT", "Zlib"].contains(&one);
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("GPL-3.0 / MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("Zlib AND MIT", true),
        ("(GPL-3.0 OR MIT) AND Zlib", true),
        ("(GPL-3.0 OR MIT) AND BSL-1.0", false),
        ("MIT OR GPL-3.0 AND BSL-1.0", true),
        ("MIT WITH LLVM-exception", false),
        ("(MIT", false),
        ("MIT Zlib", false),
        ("", false),
    ] {
        assert_eq!(suffices(expression, &may), expected, "{expression}");
    }
}

#[test]
fn r228_what_only_the_compiler_runs() {
    let said = "0|a v1|MIT\n1|b v1 (proc-macro)|MIT\n2|c v1|MIT\n2|d v1|MIT\n1|d v1|MIT\n";
    let tree = read_tree(said).unwrap();
    let compiled: Vec<_> = tree.iter().map(|(package, compiled)| (package[0].as_str(), *compiled)).collect();
    assert_eq!(compiled, [("b", true), ("c", true), ("d", false)]);
    assert!(read_tree("nonsense").is_err());
    let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n";
    assert!(locked(lock, "").is_err(), "no metadata");
    assert!(locked("", r#"{"name":"a","version":"1.0.0","id":"x","license":"MIT"}"#).is_err(), "not locked");
}

//! The tables in README.md and REPLAY.md are those of the rows that the crate runs; `BLESS=1 cargo test --test readme` writes them.

use endotype::published::{
    DREWRY, IMMUNOSEP, IRIS_7, KYRIAZOPOULOU, LYON, MEISEL, MHLA_DR_STAGE_NAMES, MHLA_DR_STAGES, PERSISTENT, RESTORATION, SLOPE,
    SOFA_2, SOFA_2_MORE, SOFA_1996, TRIAL_CRITERIA, source,
};
use endotype::{Apart, Edge, Event, ITEMS, Kind, SofaRules, edges, quantity};
use std::fmt::Write as _;

/// A cut-off in words, from the two half-ticks beside its edge: the even one is the printed number.
fn words([last, first]: [i32; 2], ticks: u32) -> String {
    let cut = if first % 2 == 0 { first } else { last };
    let sign = match (first < last, first % 2 == 0) {
        (true, true) => "<=",
        (true, false) => "<",
        (false, true) => ">=",
        (false, false) => ">",
    };
    let number = f64::from(cut) / 2.0 / f64::from(ticks);
    format!("{sign} {number}")
}

fn rows_of(rules: &SofaRules, table: &mut String) {
    writeln!(table, "| item | unit | 1 | 2 | 3 | 4 points |\n|---|---|---|---|---|---|").unwrap();
    let all: Vec<Edge> = edges(rules).filter(|edge| edge.item != "urine rate").collect();
    for row in all.chunk_by(|a, b| (a.item, a.unit) == (b.item, b.unit)) {
        let cell = |points: u8| {
            let edge = row.iter().find(|edge| edge.points[1] == points);
            edge.map_or(String::new(), |edge| words([edge.last, edge.first], edge.ticks))
        };
        writeln!(table, "| {} | {} | {} | {} | {} | {} |", row[0].item, row[0].unit, cell(1), cell(2), cell(3), cell(4)).unwrap();
    }
}

/// Urine by weight: a row a span.
fn spans(table: &mut String) {
    let rates: Vec<String> = edges(&SOFA_2)
        .filter(|edge| edge.item == "urine rate")
        .map(|edge| words([edge.last, edge.first], edge.ticks))
        .chain(["none".to_owned()])
        .collect();
    let [six, twelve, day, none] = SOFA_2_MORE.urine;
    let at = [(six, &rates[0]), (twelve, &rates[1]), (day, &rates[2]), (none, &rates[4]), (SOFA_2_MORE.rrt_urine, &rates[3])];
    for (span, rate) in at {
        let cell = |points: u8| if span.points().single() == Some(points) { rate.clone() } else { String::new() };
        writeln!(
            table,
            "| urine over {} min | mL/kg/h | {} | {} | {} | {} |",
            span.minutes(),
            cell(1),
            cell(2),
            cell(3),
            cell(4)
        )
        .unwrap();
    }
}

fn rules_table() -> String {
    let mut table = "SOFA-1996:\n\n".to_owned();
    rows_of(&SOFA_1996, &mut table);
    table += "\nSOFA-2:\n\n";
    rows_of(&SOFA_2, &mut table);
    spans(&mut table);
    let rows = IMMUNOSEP.rows();
    writeln!(table, "\n| endotype criterion | unit | cut-off |\n|---|---|---|").unwrap();
    writeln!(table, "| ferritin | ng/mL | {} |", words(rows.ferritin.edge(), 1_000)).unwrap();
    writeln!(table, "| mhla_dr | {{AB}}/{{cell}} | {} |", words(rows.mhla_dr.edge(), 1_000)).unwrap();
    table
}

/// The rules over time: what they ask, when, and where it is printed.
fn immune_table() -> String {
    let days = |[from, to]: [u8; 2]| if from == to { format!("day {from}") } else { format!("days {from} to {to}") };
    let twice = |cutoff: [i32; 2], ticks, apart: Apart, from: Option<u32>| {
        let apart = match apart {
            Apart::Minutes(minutes) => format!("at least {} h apart", minutes / 60),
            Apart::NextDay => "on two consecutive days".to_owned(),
        };
        let from = from.map_or(String::new(), |minutes| format!(", the later at least {} h after sepsis", minutes / 60));
        format!("{} twice, {apart}{from}", words(cutoff, ticks))
    };
    let (low, high) = RESTORATION.cutoffs();
    let [slope_first, slope_second] = SLOPE.days();
    let [percent, day] = KYRIAZOPOULOU.percent_by_day();
    let stages: Vec<String> = MHLA_DR_STAGES.edges().into_iter().flatten().map(|edge| words(edge, 1_000)).collect();
    let restored = format!(
        "mals: ferritin fell by at least {} %; immunoparalysis: mhla_dr {} and ferritin {}",
        RESTORATION.percent(),
        words(high.edge(), 1_000),
        words(low.edge(), 1_000)
    );
    let mut table = "| rule | marker | asks | evidence | source |\n|---|---|---|---|---|\n".to_owned();
    for (name, marker, asks, id) in [
        ("restoration", "both", restored, RESTORATION.id()),
        ("two days", "mhla_dr", twice(MEISEL.cutoff().edge(), 1_000, MEISEL.apart(), MEISEL.second_from()), MEISEL.id()),
        (
            "persistence",
            "mhla_dr",
            format!("{} on {} from ICU admission", words(PERSISTENT.cutoff().edge(), 1_000), days(PERSISTENT.days())),
            PERSISTENT.id(),
        ),
        (
            "slope",
            "mhla_dr",
            format!("falls from {} to {} from ICU admission", days(slope_first), days(slope_second)),
            SLOPE.id(),
        ),
        ("lymphocytes", "10*9/L", twice(IRIS_7.cutoff().edge(), 1_000_000, IRIS_7.apart(), IRIS_7.second_from()), IRIS_7.id()),
        (
            "lymphocytes",
            "10*9/L",
            format!("{} on {} from sepsis", words(DREWRY.cutoff().edge(), 1_000_000), days(DREWRY.days())),
            DREWRY.id(),
        ),
        ("ferritin stays", "ferritin", format!("fell by less than {percent} % by day {day} from sepsis"), KYRIAZOPOULOU.id()),
    ] {
        let source = source(id).unwrap();
        writeln!(table, "| {name} | {marker} | {asks} | {:?} | {} |", source.evidence, source.citation).unwrap();
    }
    writeln!(
        table,
        "\nStages of mhla_dr: {}, from the mildest to the severest: {} (doi 10.3389/fimmu.2023.1130214). One value {} by itself: higher\nmortality and more ICU infection in 1,023 patients (doi 10.1007/s00134-025-08110-w).",
        stages.join(", "),
        MHLA_DR_STAGE_NAMES.join(", "),
        words(LYON.edge(), 1_000)
    )
    .unwrap();
    table
}

fn items_table() -> String {
    let mut table = "| item | units | kind | reportable |\n|---|---|---|---|\n".to_owned();
    for (item, units) in ITEMS {
        let probe = |unit: &str| {
            ["1", "20", "4", "imv", "placebo", "undiluted", "ferritin"]
                .into_iter()
                .find_map(|value| Event::read(item, unit, value).ok())
        };
        let event = units.iter().copied().chain(["", "[U]/h"]).find_map(probe).unwrap_or_else(|| panic!("{item}"));
        let kind = match event.kind() {
            _ if *item == "urine" => "adds up",
            Kind::Measured => "measured",
            Kind::Holds => "holds",
            Kind::Happens => "happens once",
        };
        let ranges: Vec<String> = quantity::TABLE
            .iter()
            .filter(|row| row.name == *item || row.name.starts_with("rate") && units.contains(&row.unit))
            .map(|row| format!("{} to {} {}", row.range[0], row.range[1], row.unit))
            .collect();
        writeln!(table, "| `{item}` | {} | {kind} | {} |", units.join(", "), ranges.join("; ")).unwrap();
    }
    table
}

/// The text between two markers, and the file with it replaced.
fn section(file: &str, name: &str, expected: &str) {
    let text = std::fs::read_to_string(file).unwrap();
    let (begin, end) = (format!("<!-- {name}:begin -->\n"), format!("<!-- {name}:end -->"));
    let (before, rest) = text.split_once(&begin).unwrap();
    let (found, after) = rest.split_once(&end).unwrap();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(file, format!("{before}{begin}{expected}{end}{after}")).unwrap();
    } else {
        assert_eq!(found, expected, "{file}: the table `{name}` is not that of the rows; BLESS=1 cargo test --test readme");
    }
}

fn criteria_table() -> String {
    let mut table = "| criterion | | evidence | charted | asks |\n|---|---|---|---|---|\n".to_owned();
    for row in &TRIAL_CRITERIA {
        let (side, charted) = (if row.takes_in { "in" } else { "out" }, if row.criterion.is_charted() { "yes" } else { "" });
        writeln!(table, "| `{}` | {side} | {:?} | {charted} | {} |", row.criterion.name(), row.evidence, row.words).unwrap();
    }
    table
}

#[test]
fn r026_tables_are_those_of_the_rows() {
    section("README.md", "rules", &rules_table());
    section("README.md", "immune", &immune_table());
    section("REPLAY.md", "items", &items_table());
    section("REPLAY.md", "criteria", &criteria_table());
}

/// Typed from the papers: the words that the table must hold.
#[test]
fn r026_a_row_reads_as_printed() {
    let table = rules_table();
    for row in [
        "| pao2/fio2 | kPa | < 53.3 | < 40 | < 26.7 | < 13.3 |",
        "| bilirubin | umol/L | >= 20 | >= 33 | >= 102 | > 204 |",
        "| dopamine | ug/kg/min |  | > 0 | > 5 | > 15 |",
        "| urine | mL |  |  | < 500 | < 200 |",
        "| pao2/fio2 | kPa | <= 40 | <= 30 | <= 20 | <= 10 |",
        "| spo2/fio2 | % | <= 300 | <= 250 | <= 200 | <= 120 |",
        "| bilirubin | umol/L | > 20.6 | > 51.3 | > 102.6 | > 205 |",
        "| dopamine | ug/kg/min |  | > 0 | > 20 | > 40 |",
        "| urine over 720 min | mL/kg/h |  | < 0.5 |  |  |",
        "| urine over 720 min | mL/kg/h |  |  | none |  |",
        "| potassium | mmol/L |  |  |  | >= 6 |",
        "| ferritin | ng/mL | > 4420 |",
    ] {
        assert!(table.contains(row), "{row} is not in\n{table}");
    }
    let table = immune_table();
    for row in [
        "| restoration | both | mals: ferritin fell by at least 15 %; immunoparalysis: mhla_dr > 8000 and ferritin < 4420 | B |",
        "| two days | mhla_dr | < 8000 twice, on two consecutive days | B |",
        "| persistence | mhla_dr | < 8000 on days 5 to 7 from ICU admission | A |",
        "| lymphocytes | 10*9/L | <= 0.9 twice, at least 12 h apart, the later at least 48 h after sepsis | B |",
        "| lymphocytes | 10*9/L | <= 0.6 on day 4 from sepsis | B |",
        "| ferritin stays | ferritin | fell by less than 15 % by day 3 from sepsis | B |",
        "Stages of mhla_dr: < 15000, <= 8000, < 5000, from the mildest to the severest: competent, impaired, severe, immunoparalysis (doi",
    ] {
        assert!(table.contains(row), "{row} is not in\n{table}");
    }
}

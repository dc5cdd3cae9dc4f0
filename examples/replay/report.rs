//! The output: one line a patient-day as CSV, or one table a patient.

use crate::immune;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use endotype::{Classification, Day, Item, Met, Organ, Points, Score};
use std::io::{BufWriter, StdoutLock, Write};

const HEADER: [&str; 19] = [
    "patient",
    "day",
    "closed",
    "rules",
    "respiration",
    "coagulation",
    "liver",
    "cardiovascular",
    "brain",
    "renal",
    "total",
    "assumed",
    "change",
    "sepsis",
    "shock",
    "ferritin",
    "mhla_dr",
    "endotype",
    "response",
];

/// What is said of one patient-day.
pub(crate) struct Decision<'a> {
    pub(crate) patient: &'a str,
    pub(crate) day: &'a Day,
    pub(crate) score: &'a Score,
    pub(crate) rules: &'a str,
    pub(crate) change: [i8; 2],
    pub(crate) sepsis: Met,
    pub(crate) shock: Met,
    pub(crate) ferritin: &'a str,
    pub(crate) mhla_dr: &'a str,
    pub(crate) class: Option<Classification>,
    /// None where the endpoint is not defined.
    pub(crate) response: Option<Met>,
}

/// Where decisions go.
pub(crate) enum Report {
    Csv(Box<csv::Writer<StdoutLock<'static>>>),
    Table { out: BufWriter<StdoutLock<'static>>, table: Option<Box<Table>>, both: bool },
}

fn ends<T: PartialEq + std::fmt::Display>([lo, hi]: [T; 2]) -> String {
    if lo == hi { lo.to_string() } else { format!("{lo}..{hi}") }
}

pub(crate) const fn word(met: Met) -> &'static str {
    match met {
        Met::No => "no",
        Met::Unknown => "unknown",
        Met::Yes => "yes",
    }
}

fn or_dash(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.to_owned() }
}

impl Decision<'_> {
    fn fields(&self) -> [String; 19] {
        let organ = |organ| ends(self.score.sofa().organ(organ).ends());
        let classes =
            self.class.map_or("-".to_owned(), |class| class.classes().map(|class| class.name()).collect::<Vec<_>>().join("/"));
        [
            self.patient.to_owned(),
            self.day.number().to_string(),
            if self.day.closed() { "yes" } else { "no" }.to_owned(),
            self.rules.to_owned(),
            organ(Organ::Respiration),
            organ(Organ::Coagulation),
            organ(Organ::Liver),
            organ(Organ::Cardiovascular),
            organ(Organ::Brain),
            organ(Organ::Renal),
            ends(self.score.total().ends()),
            self.score.assumed().to_string(),
            ends(self.change),
            word(self.sepsis).to_owned(),
            word(self.shock).to_owned(),
            or_dash(self.ferritin),
            or_dash(self.mhla_dr),
            classes,
            self.response.map_or("-", word).to_owned(),
        ]
    }

    /// What decided the worst organ, and when.
    fn worst(&self) -> String {
        let worst = Organ::ALL.into_iter().rev().max_by_key(|&organ| self.score.sofa().organ(organ).ends()[0]);
        let witness = worst.and_then(|organ| self.day.witness(organ)).filter(|_| self.score.total().ends()[0] > 0);
        witness.map_or("-".to_owned(), |witness| format!("{} at {}", witness.item.name(), witness.minute))
    }

    /// What would settle what is open: the items that were not measured, or not sharply enough.
    fn missing(&self) -> String {
        let items = |organ| match organ {
            Organ::Respiration => &[Item::PaO2][..],
            Organ::Coagulation => &[Item::Platelets],
            Organ::Liver => &[Item::Bilirubin],
            Organ::Cardiovascular => &[Item::Map],
            Organ::Brain => &[Item::Gcs],
            Organ::Renal => &[Item::Creatinine, Item::Urine],
        };
        let mut missing = Vec::new();
        for organ in Organ::ALL.into_iter().filter(|&organ| self.score.sofa().organ(organ).single().is_none()) {
            for item in items(organ) {
                match (item, self.day.points(*item)) {
                    (Item::Urine, Some(points)) if points.single().is_none() && !self.day.closed() => {
                        missing.push("urine to come".to_owned())
                    }
                    (Item::PaO2, Some(points)) if points.single().is_none() => {
                        let gas = self.day.witness(organ).map_or(Item::PaO2, |witness| witness.item);
                        missing.push(format!("fio2 or support of {}", gas.name()))
                    }
                    (Item::Gcs, Some(Points::ALL)) => missing.push("an assessable gcs".to_owned()),
                    (_, None) => missing.push(item.name().to_owned()),
                    (_, Some(points)) if points.single().is_none() => missing.push(format!("sharper {}", item.name())),
                    (_, Some(_)) => {}
                }
            }
        }
        let unknown = |what: bool, name: &str| what.then(|| name.to_owned());
        let septic = self.sepsis == Met::Unknown;
        missing.extend(unknown(septic && self.day.infection() == Met::Unknown, "infection"));
        missing.extend(unknown(septic && self.day.emergency() == Met::Unknown, "emergency_admission"));
        missing.extend(unknown(septic && self.day.emergency() == Met::No, "the SOFA before this illness"));
        missing.extend(unknown(
            self.sepsis == Met::Yes && self.shock == Met::Unknown,
            "lactate or hypovolemia beside a vasopressor",
        ));
        if let Some(class) = self.class.filter(|class| class.single().is_none()) {
            let marker = |met, name: &str, text: &str| match (met, text) {
                (Met::Unknown, "") => Some(name.to_owned()),
                (Met::Unknown, _) => Some(format!("sharper {name}")),
                _ => None,
            };
            missing.extend(marker(class.hyperinflammation(), "ferritin", self.ferritin));
            missing.extend(marker(class.immunoparalysis(), "mhla_dr", self.mhla_dr));
        }
        missing.join(", ")
    }
}

impl Report {
    pub(crate) fn new(csv: bool, both: bool, markers: bool) -> anyhow::Result<Report> {
        let out = std::io::stdout().lock();
        if csv {
            let mut writer = csv::Writer::from_writer(out);
            if markers {
                writer.write_record(immune::HEADER)?;
            } else {
                writer.write_record(HEADER)?;
            }
            Ok(Report::Csv(Box::new(writer)))
        } else {
            Ok(Report::Table { out: BufWriter::new(out), table: None, both })
        }
    }

    pub(crate) fn day(&mut self, decision: &Decision<'_>) -> anyhow::Result<()> {
        let fields = decision.fields();
        match self {
            Report::Csv(writer) => writer.write_record(&fields)?,
            Report::Table { out, table, both } => {
                let table = match table {
                    Some(table) => table,
                    None => {
                        let rules = if *both { "a line of each edition" } else { decision.rules };
                        writeln!(out, "patient {}, {rules}", decision.patient)?;
                        table.insert(Box::new(new_table(&COLUMNS)))
                    }
                };
                table.add_row(row(decision, &fields, *both));
            }
        }
        Ok(())
    }

    /// A line of `--immune`.
    pub(crate) fn markers(&mut self, patient: &str, fields: &[String; 28]) -> anyhow::Result<()> {
        match self {
            Report::Csv(writer) => writer.write_record(fields)?,
            Report::Table { out, table, .. } => {
                let table = match table {
                    Some(table) => table,
                    None => {
                        writeln!(out, "patient {patient}, immune markers")?;
                        table.insert(Box::new(new_table(&MARKERS)))
                    }
                };
                table.add_row(of_markers(fields));
            }
        }
        Ok(())
    }

    pub(crate) fn patient_ends(&mut self) -> anyhow::Result<()> {
        if let Report::Table { out, table, .. } = self {
            if let Some(table) = table.take() {
                writeln!(out, "{}\n", table.trim_fmt())?;
            }
        }
        Ok(())
    }

    /// Prints what is left, the days of a patient whose chart broke off among it.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.patient_ends()?;
        match self {
            Report::Csv(mut writer) => writer.flush()?,
            Report::Table { mut out, .. } => {
                writeln!(
                    out,
                    "n..m: still open between n and m. *: rests on an assumption. Day marked ...: not over yet.\n\
                     Published research criteria, not a medical device. The ImmunoSep trial showed no mortality benefit."
                )?;
                out.flush()?;
            }
        }
        Ok(())
    }
}

const COLUMNS: [&str; 17] = [
    "day",
    "resp",
    "coag",
    "liver",
    "cardio",
    "brain",
    "renal",
    "total",
    "change",
    "sepsis",
    "shock",
    "ferritin",
    "mHLA-DR",
    "endotype",
    "day-9",
    "worst by",
    "to settle it",
];

const MARKERS: [&str; 14] = [
    "day",
    "ferritin",
    "mHLA-DR",
    "entry",
    "rests on",
    "to settle it",
    "stage",
    "restored",
    "switched",
    "both axes",
    "published rules met",
    "watch",
    "eligible",
    "arm",
];

/// The fields that a reader looks at, some of them together.
fn of_markers(fields: &[String; 28]) -> Vec<String> {
    let of = |name: &str| immune::HEADER.iter().position(|&field| field == name).map_or("", |at| fields[at].as_str());
    let question = |name: &str| if of(name) == "unknown" { "?".to_owned() } else { of(name).to_owned() };
    let rules = ["twice", "persistent", "slope", "lymphocytes", "lymphocytes_day_4", "ferritin_stays"];
    let met: Vec<_> = rules.into_iter().filter(|rule| of(rule) == "yes").collect();
    let axes = ["both", "inflamed", "paralysed"].into_iter().filter(|axis| of(axis) == "yes").collect::<Vec<_>>().join(", ");
    let doubts = if of("doubts") == "-" { String::new() } else { format!(", opened: {}", of("doubts")) };
    let failed = if of("failed") == "-" { String::new() } else { format!(": {}", of("failed")) };
    vec![
        if of("closed") == "yes" { of("day").to_owned() } else { format!("{}...", of("day")) },
        of("ferritin").to_owned(),
        of("mhla_dr").to_owned(),
        of("entry").to_owned(),
        format!("{}, {}{doubts}", of("entry_ferritin"), of("entry_mhla_dr")),
        of("entry_needs").to_owned(),
        of("stage").to_owned(),
        question("restored"),
        question("switched"),
        or_dash(&axes),
        or_dash(&met.join(", ")),
        of("watch").to_owned(),
        question("eligible") + &failed,
        of("arm").to_owned(),
    ]
}

fn new_table(columns: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_header(columns);
    table
}

fn row(decision: &Decision<'_>, fields: &[String; 19], both: bool) -> Vec<Cell> {
    let [_, day, _, _, organs @ .., total, _, change, sepsis, shock, ferritin, mhla_dr, endotype, response] = fields;
    let day = if decision.day.closed() { day.clone() } else { format!("{day}...") };
    let day = if both { format!("{} {day}", decision.rules) } else { day };
    let marked = Organ::ALL.into_iter().zip(organs).map(|(organ, points)| {
        let star = if decision.score.is_assumed(organ) { "*" } else { "" };
        format!("{points}{star}")
    });
    let question = |text: &String| if text == "unknown" { "?".to_owned() } else { text.clone() };
    let rest = [total, change].into_iter().cloned().chain([sepsis, shock].map(question));
    let last =
        [ferritin, mhla_dr, endotype].into_iter().cloned().chain([question(response), decision.worst(), decision.missing()]);
    let cells = std::iter::once(day).chain(marked).chain(rest).chain(last);
    cells
        .enumerate()
        .map(|(at, text)| Cell::new(text).set_alignment(if at < 9 { CellAlignment::Right } else { CellAlignment::Left }))
        .collect()
}

//! The SOFA-2 unit cases of clifpy 2.1.0, row by row: what that program expects against what the replay example decides.
//!
//! A patient has one chart. Its origin lies two days before the first window, so that what was charted before the window is charted here
//! too and can hold or be carried into it: the first window is day 3.

use crate::cohort::{Replay, Row, is_known, read};
use anyhow::{Context, bail, ensure};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::PathBuf;

/// Their window holds both of its ends, 08:00 and 08:00: a day begins a minute later, and so holds the urine charted at its end.
const ORIGIN: &str = "2023-12-30 08:01:00";

/// One organ's cases.
pub(crate) struct Cases {
    pub(crate) check: &'static str,
    /// The first is what they expect, the second their windows.
    pub(crate) files: &'static [&'static str],
    /// Their column of points and ours.
    columns: (&'static str, &'static str),
    /// Charts their tables, in the order of `files` behind the first two.
    chart: fn(&mut Charts, &[Vec<Row>]) -> anyhow::Result<()>,
    rows: usize,
    differences: &'static [Difference],
}

/// Case, hospitalization, our points, and why they are not theirs.
type Difference = (&'static str, &'static str, &'static str, &'static str);

pub(crate) const ORGANS: [Cases; 3] = [
    Cases {
        check: "cohort clifpy brain",
        files: &[
            "clifpy_sofa2/brain/brain_expected.csv",
            "clifpy_sofa2/brain/clif_cohort.csv",
            "clifpy_sofa2/brain/clif_patient_assessments.csv",
            "clifpy_sofa2/brain/clif_medication_admin_continuous.csv",
            "clifpy_sofa2/brain/clif_medication_admin_intermittent.csv",
        ],
        columns: ("sofa2_brain", "brain"),
        chart: brain,
        rows: 31,
        differences: &[
            ("default", "112", "1", "they discard a GCS for 12 h after sedation; the paper names no time after it"),
            ("default", "116", "1", "they take the worse of motor and total; the paper only when the total is not assessable"),
            ("default", "125", "2", "they discard a GCS for 12 h after sedation; the paper names no time after it"),
            ("long_post_sed", "113", "1", "set to discard a GCS for 14 h after sedation; the paper names no time after it"),
        ],
    },
    Cases {
        check: "cohort clifpy kidney",
        files: &[
            "clifpy_sofa2/kidney/kidney_expected.csv",
            "clifpy_sofa2/kidney/clif_cohort.csv",
            "clifpy_sofa2/kidney/clif_labs.csv",
            "clifpy_sofa2/kidney/clif_crrt_therapy.csv",
            "clifpy_sofa2/kidney/clif_vitals.csv",
            "clifpy_sofa2/kidney/net_output.csv",
        ],
        columns: ("sofa2_kidney", "renal"),
        chart: kidney,
        rows: 30,
        differences: &[("creatinine_only", "217", "1", "they take a venous pH for the criteria of RRT; our pH is the arterial")],
    },
    Cases {
        check: "cohort clifpy resp",
        files: &[
            "clifpy_sofa2/resp/resp_expected.csv",
            "clifpy_sofa2/resp/clif_cohort.csv",
            "clifpy_sofa2/resp/clif_labs.csv",
            "clifpy_sofa2/resp/clif_vitals.csv",
            "clifpy_sofa2/resp/clif_respiratory_support.csv",
            "clifpy_sofa2/resp/clif_ecmo_mcs.csv",
        ],
        columns: ("sofa2_resp", "respiration"),
        chart: respiration,
        rows: 33,
        differences: &[
            ("default", "412", "0..2", "they impute FiO2 0.32 from 3 L/min; FiO2 was not charted"),
            ("default", "418", "1", "they drop a PaO2 more than 4 h behind its FiO2; FiO2 holds until charted anew"),
            ("default", "419", "2..3", "they infer the ventilator from its mode; no device was charted"),
            ("default", "425", "4", "they count ECMO only if charted within the window; it holds until the next device"),
            ("short_tolerance", "417", "1", "set to drop a PaO2 more than 1 h behind its FiO2; FiO2 holds until charted anew"),
        ],
    },
];

/// Compares every row that they expect. Without points, ours have to be open. With points, ours have to be the same under the paper's rule
/// for what was not measured, which is `carry`; those that are known without it are counted apart.
pub(crate) fn run(replay: &Replay, cases: &Cases, files: &[PathBuf]) -> anyhow::Result<String> {
    let tables = files.iter().map(|file| read(file)).collect::<anyhow::Result<Vec<_>>>()?;
    let [expected, windows, tables @ ..] = &tables[..] else { bail!("no tables") };
    let mut charts = Charts::default();
    for window in windows {
        // An event of no column, so that a window without any has its day, too.
        charts.add(window, "start_dttm", 1, "covid19,0,")?;
    }
    (cases.chart)(&mut charts, tables)?;
    let chart = charts.csv()?;
    let (their_column, our_column) = cases.columns;
    let open = points(replay, "--rules sofa-2 --missing open --last-day closed", &chart, our_column)?;
    let carried = points(replay, "--rules sofa-2 --missing carry --last-day closed", &chart, our_column)?;

    let (mut known, mut by_carry, mut empty) = (0, 0, 0);
    let (mut differ, mut undocumented) = (String::new(), 0);
    let mut met = vec![false; cases.differences.len()];
    for row in expected {
        let (case, id, theirs) = (row["case"].as_str(), row["hospitalization_id"].as_str(), row[their_column].as_str());
        let day = (id.to_owned(), (minutes(&row["start_dttm"])? + 1) / 1440 + 1);
        let (open, carried) = (&open.get(&day).context("no such day")?[..], &carried.get(&day).context("no such day")?[..]);
        let ours = match theirs {
            "" if !is_known(open) => {
                empty += 1;
                continue;
            }
            "" => open,
            _ if theirs == open => {
                known += 1;
                continue;
            }
            _ if theirs == carried => {
                by_carry += 1;
                continue;
            }
            _ => carried,
        };
        let at = cases.differences.iter().position(|documented| (case, id, ours) == (documented.0, documented.1, documented.2));
        let why = match at {
            Some(at) => {
                met[at] = true;
                cases.differences[at].3
            }
            None => {
                undocumented += 1;
                "NOT DOCUMENTED"
            }
        };
        let theirs = if theirs.is_empty() { "-" } else { theirs };
        writeln!(differ, "         clifpy {our_column:<11} {id} {case:<15} theirs {theirs} ours {ours:<4} {why}")?;
    }
    for ((case, id, ours, why), _) in cases.differences.iter().zip(&met).filter(|(_, met)| !**met) {
        writeln!(differ, "         clifpy {our_column:<11} {id} {case:<15} NO LONGER ours {ours:<4} {why}")?;
    }
    let documented = met.iter().filter(|met| **met).count();
    ensure!(undocumented == 0 && documented == met.len(), "{differ}{undocumented} differences are not documented");
    ensure!(expected.len() == cases.rows, "{} rows, expected {}", expected.len(), cases.rows);
    print!("{differ}");
    let equal = known + by_carry + empty;
    Ok(format!("{equal} of {} rows: {known} known, {by_carry} by carry, {empty} open; {documented} documented", expected.len()))
}

/// Our points by patient and day.
fn points(replay: &Replay, options: &str, chart: &str, column: &str) -> anyhow::Result<HashMap<(String, i64), String>> {
    let mut points = HashMap::new();
    for mut row in replay.decisions_on(options, chart)? {
        let day = row["day"].parse()?;
        points.insert((row.remove("patient").context("patient")?, day), row.remove(column).context("no such column")?);
    }
    Ok(points)
}

/// Of each patient the events: the minute, and item, value and unit as in the chart.
#[derive(Default)]
struct Charts(BTreeMap<String, Vec<(i64, String)>>);

impl Charts {
    /// Charts what a row says, `late` minutes after the time in its column.
    fn add(&mut self, row: &Row, time: &str, late: i64, event: &str) -> anyhow::Result<()> {
        let patient = self.0.entry(row["hospitalization_id"].clone()).or_default();
        patient.push((minutes(&row[time])? + late, event.to_owned()));
        Ok(())
    }

    fn csv(mut self) -> anyhow::Result<String> {
        let mut chart = "patient,minute,item,value,unit\n".to_owned();
        for (patient, events) in &mut self.0 {
            events.sort_by_key(|(minute, _)| *minute);
            for (minute, event) in events {
                writeln!(chart, "{patient},{minute},{event}")?;
            }
        }
        Ok(chart)
    }
}

/// From the origin to `2024-01-01 08:00:00` or, as a spreadsheet left it, `1/1/24 8:00`.
fn minutes(time: &str) -> anyhow::Result<i64> {
    let absolute = |time: &str| {
        let numbers: Vec<i64> = time.split(['-', ' ', ':', '/']).map(str::parse).collect::<Result<_, _>>().ok()?;
        let [year, month, day, hour, minute] = match numbers[..] {
            [year, month, day, hour, minute, 0] => [year, month, day, hour, minute],
            [month, day, year, hour, minute] => [2000 + year, month, day, hour, minute],
            _ => return None,
        };
        // The days of a calendar whose year begins in March, so that the odd February is its last month.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
        Some((days * 24 + hour) * 60 + minute)
    };
    let minutes = |time: &str| absolute(time).with_context(|| format!("{time} is no time"));
    Ok(minutes(time)? - minutes(ORIGIN)?)
}

/// `1` while a drug runs.
fn runs(row: &Row) -> anyhow::Result<u8> {
    match (row["mar_action_category"].as_str(), row["med_dose"].parse::<f64>()?) {
        ("start" | "going" | "given", dose) if dose > 0.0 => Ok(1),
        ("stop", 0.0) => Ok(0),
        (other, dose) => bail!("{other} with a dose of {dose} was never met"),
    }
}

fn brain(charts: &mut Charts, tables: &[Vec<Row>]) -> anyhow::Result<()> {
    for row in &tables[0] {
        let item = match row["assessment_category"].as_str() {
            "gcs_total" => "gcs",
            "gcs_motor" => "gcs_motor",
            other => bail!("{other} was never met"),
        };
        charts.add(row, "recorded_dttm", 0, &format!("{item},{},{{score}}", row["numerical_value"]))?;
    }
    // A given dose holds on: no case says when its effect ends, and none has a window behind it.
    for row in tables[1].iter().chain(&tables[2]) {
        let items = match row["med_category"].as_str() {
            "propofol" => &["sedated"][..],
            "dexmedetomidine" => &["sedated", "delirium_drug"],
            "haloperidol" => &["delirium_drug"],
            other => bail!("{other} was never met"),
        };
        for item in items {
            charts.add(row, "admin_dttm", 0, &format!("{item},{},", runs(row)?))?;
        }
    }
    Ok(())
}

fn kidney(charts: &mut Charts, tables: &[Vec<Row>]) -> anyhow::Result<()> {
    for row in &tables[0] {
        let (item, unit) = match row["lab_category"].as_str() {
            "creatinine" => ("creatinine", "mg/dL"),
            "potassium" => ("potassium", "mmol/L"),
            "bicarbonate" => ("bicarbonate", "mmol/L"),
            "ph_arterial" => ("ph", "[pH]"),
            // Another quantity than the arterial.
            "ph_venous" => continue,
            other => bail!("{other} was never met"),
        };
        charts.add(row, "lab_collect_dttm", 0, &format!("{item},{},{unit}", row["lab_value_numeric"]))?;
    }
    for row in &tables[1] {
        charts.add(row, "recorded_dttm", 0, "rrt,1,")?;
    }
    for row in &tables[2] {
        charts.add(row, "recorded_dttm", 0, &format!("weight,{},kg", row["vital_value"]))?;
    }
    // Without what was flushed in; where more was flushed in than came out, the rest is taken off what comes next.
    let mut owed = HashMap::<&str, i64>::new();
    for row in &tables[3] {
        let owed = owed.entry(&row["hospitalization_id"]).or_default();
        let urine = row["net_output"].parse::<i64>()? + *owed;
        *owed = urine.min(0);
        if urine >= 0 {
            charts.add(row, "recorded_dttm", 0, &format!("urine,{urine},mL"))?;
        }
    }
    Ok(())
}

fn respiration(charts: &mut Charts, tables: &[Vec<Row>]) -> anyhow::Result<()> {
    for row in &tables[0] {
        ensure!(row["lab_category"] == "po2_arterial", "{row:?}");
        charts.add(row, "lab_collect_dttm", 0, &format!("pao2,{},mm[Hg]", row["lab_value_numeric"]))?;
    }
    for row in &tables[1] {
        ensure!(row["vital_category"] == "spo2", "{row:?}");
        charts.add(row, "recorded_dttm", 0, &format!("spo2,{},%", row["vital_value"]))?;
    }
    for row in &tables[2] {
        let (support, fio2) = match (row["device_category"].as_str(), row["fio2_set"].as_str()) {
            ("imv", fio2) => ("imv", fio2),
            ("nasal cannula", fio2) => ("oxygen", fio2),
            // Air is 21 % oxygen.
            ("room air", "") => ("none", "0.21"),
            ("", fio2) => ("", fio2),
            (other, fio2) => bail!("{other} with FiO2 {fio2} was never met"),
        };
        if !support.is_empty() {
            charts.add(row, "recorded_dttm", 0, &format!("support,{support},"))?;
        }
        if !fio2.is_empty() {
            charts.add(row, "recorded_dttm", 0, &format!("fio2,{fio2},1"))?;
        }
    }
    for row in &tables[3] {
        let event = match (row["mcs_group"].as_str(), row["ecmo_configuration_category"].as_str()) {
            ("ecmo", "vv") => "support,ecmo_vv,",
            ("ecmo" | "", "va") => "support,ecmo_va,",
            ("iabp" | "temporary_lvad", "") => "mechanical_circulatory_support,1,",
            (group, ecmo) => bail!("{group} with ECMO {ecmo} was never met"),
        };
        charts.add(row, "recorded_dttm", 0, event)?;
    }
    Ok(())
}

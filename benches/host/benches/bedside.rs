//! The crate on the host, beside clincalc: a classification, a SOFA score, a replayed event.
//!
//! clincalc takes finished floats (P/F, one cardiovascular level, no urine) and gives points; the crate takes readings that may be
//! open (PaO2, FiO2, support, four rates, urine) and gives sets of points. The lines are neighbours, not rivals.

use clincalc::calculators::sofa as clincalc_sofa;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use endotype::published::{IMMUNOSEP, SOFA_1996};
use endotype::{Classification, Event, Gas, Infusion, Points, Rate, Reading, Sofa, Support, Window};

const STAYS: &str = include_str!("../../../tests/data/mimic-iv-demo-stays.csv");
/// The stay with the most events, and the one whose first values are scored below.
const STAY: &str = "22987108";

fn main() {
    divan::main();
}

/// The first charted values of [`STAY`], but for the urine, which the demo does not have, as text.
struct Charted {
    pao2: &'static str,
    fio2: &'static str,
    platelets: &'static str,
    bilirubin: &'static str,
    map: &'static str,
    norepinephrine: &'static str,
    gcs: &'static str,
    creatinine: &'static str,
    urine: &'static str,
}

const CHARTED: Charted = Charted {
    pao2: "26",
    fio2: "100",
    platelets: "394",
    bilirubin: "2.3",
    map: "46",
    norepinephrine: "0.300348",
    gcs: "12",
    creatinine: "4.5",
    urine: "1800",
};

fn read<Q: endotype::quantity::Quantity>(text: &str) -> Reading<Q> {
    Reading::read(text).expect("a charted value")
}

/// All of a patient that SOFA asks for, already read.
#[derive(Clone, Copy)]
struct Bedside {
    gas: Gas,
    fio2: Reading<endotype::quantity::FiO2>,
    platelets: Reading<endotype::quantity::Platelets>,
    bilirubin: Reading<endotype::quantity::Bilirubin>,
    map: Reading<endotype::quantity::Map>,
    rates: [(Infusion, Rate); 4],
    weight: Reading<endotype::quantity::Weight>,
    gcs: Reading<endotype::quantity::Gcs>,
    creatinine: Reading<endotype::quantity::Creatinine>,
    urine: Reading<endotype::quantity::Urine>,
}

impl Bedside {
    fn read(charted: &Charted) -> Bedside {
        let off = Rate::ByWeight(read("0"));
        Bedside {
            gas: Gas::MmHg(read(charted.pao2)),
            fio2: read(charted.fio2),
            platelets: read(charted.platelets),
            bilirubin: read(charted.bilirubin),
            map: read(charted.map),
            rates: [
                (Infusion::Norepinephrine, Rate::ByWeight(read(charted.norepinephrine))),
                (Infusion::Epinephrine, off),
                (Infusion::Dopamine, off),
                (Infusion::Dobutamine, off),
            ],
            weight: read("110"),
            gcs: read(charted.gcs),
            creatinine: read(charted.creatinine),
            urine: read(charted.urine),
        }
    }

    fn sofa(&self) -> Sofa {
        let rows = SOFA_1996.rows();
        let dose = |&(drug, rate): &(Infusion, Rate)| SOFA_1996.infusion(drug, rate, self.weight);
        let drugs = self.rates.iter().map(dose).fold(Points::only(0), Points::join);
        Sofa::from([
            SOFA_1996.respiration(self.gas, self.fio2, Some(Support::Imv)),
            rows.platelets.points(self.platelets),
            rows.bilirubin.points(self.bilirubin),
            SOFA_1996.cardiovascular(Some(rows.map.points(self.map)), drugs),
            rows.gcs.points(self.gcs),
            SOFA_1996.renal(Some(rows.creatinine.points(self.creatinine)), Some(rows.urine.points(self.urine))),
        ])
    }
}

/// What clincalc is told of the same patient: its caller divides PaO2 by FiO2 and picks the level from MAP and doses.
fn clincalc_input(charted: &Charted) -> clincalc_sofa::SofaInput {
    let float = |text: &str| text.parse::<f64>().expect("a charted value");
    clincalc_sofa::SofaInput {
        pao2_fio2: float(charted.pao2) / (float(charted.fio2) / 100.0),
        respiratory_support: true,
        platelets: float(charted.platelets),
        bilirubin: float(charted.bilirubin),
        bilirubin_unit: clincalc_sofa::BilirubinUnit::MgDl,
        cardiovascular: clincalc_sofa::Cardiovascular::HighVasopressors,
        gcs: charted.gcs.parse().expect("a charted value"),
        creatinine: float(charted.creatinine),
        creatinine_unit: clincalc_sofa::CreatinineUnit::MgDl,
    }
}

// A sample of one call would be little more than the timer's 20 ns, which divan chooses for what it finds slow at first.

/// Two readings to the set of classes; clincalc has no such rule.
#[divan::bench(sample_size = 1000)]
fn classification(bencher: Bencher) {
    let markers = (read("4420.5"), read("4999"));
    bencher.bench_local(|| -> Classification {
        let (ferritin, mhla_dr) = black_box(markers);
        IMMUNOSEP.classify(ferritin, mhla_dr)
    });
}

/// Fourteen readings to six sets of points and their total.
#[divan::bench(sample_size = 1000)]
fn sofa_from_readings(bencher: Bencher) {
    let bedside = Bedside::read(&CHARTED);
    bencher.bench_local(|| black_box(&bedside).sofa().total());
}

/// The same from charted decimals, exactly read.
#[divan::bench(sample_size = 1000)]
fn sofa_from_text(bencher: Bencher) {
    bencher.bench_local(|| Bedside::read(black_box(&CHARTED)).sofa().total());
}

/// Seven finished floats to six points, their total and a paragraph for the reader, which is allocated and takes most of the time.
#[divan::bench(sample_size = 1000)]
fn sofa_from_floats_clincalc(bencher: Bencher) {
    let input = clincalc_input(&CHARTED);
    bencher.bench_local(|| clincalc_sofa::compute(black_box(&input)).map(|outcome| outcome.total));
}

/// The same from charted decimals, parsed to floats, P/F divided.
#[divan::bench(sample_size = 1000)]
fn sofa_from_text_clincalc(bencher: Bencher) {
    bencher.bench_local(|| clincalc_sofa::compute(&clincalc_input(black_box(&CHARTED))).map(|outcome| outcome.total));
}

struct Row {
    minute: u32,
    item: &'static str,
    value: &'static str,
    unit: &'static str,
}

fn stay() -> Vec<Row> {
    let rows = STAYS.lines().filter_map(|line| match line.split(',').collect::<Vec<_>>()[..] {
        [STAY, minute, item, value, unit] => Some(Row { minute: minute.parse().expect("a minute"), item, value, unit }),
        _ => None,
    });
    rows.collect()
}

/// A whole real stay from text to its window, midnights included; the items a second are events.
#[divan::bench]
fn stay_read_and_push(bencher: Bencher) {
    let rows = stay();
    bencher.counter(ItemsCount::new(rows.len())).bench_local(|| {
        let mut window = Window::new(&SOFA_1996);
        for Row { minute, item, value, unit } in black_box(&rows) {
            while *minute >= window.day_end() {
                black_box(window.close_day(&SOFA_1996).expect("a day"));
            }
            let event = Event::read(item, unit, value).expect("a charted event");
            window.push(&SOFA_1996, *minute, &event).expect("an event in order");
        }
        window
    });
}

/// Of that, the text alone.
#[divan::bench]
fn stay_read(bencher: Bencher) {
    let rows = stay();
    bencher.counter(ItemsCount::new(rows.len())).bench_local(|| {
        for row in black_box(&rows) {
            black_box(Event::read(row.item, row.unit, row.value).expect("a charted event"));
        }
    });
}

//! Any bytes into every parser: what is accepted is what a naive reader means, is told apart by name, and reads back from what is shown of it.
#![no_main]

use arbitrary::{Result, Unstructured};
use endotype::quantity::*;
use endotype::{Criterion, Cutoff, Dose, Error, Event, Flag, ITEMS, Infusion, Marker, Met, Rate, Reading, Remark, Support};
use endotype_fuzz::naive::meant;
use endotype_fuzz::{control, one};
use libfuzzer_sys::fuzz_target;

/// A half-tick as a decimal; between two ticks one digit more.
fn decimal(half_ticks: i32, ticks_a_unit: u32) -> String {
    // The control: what lies between two ticks is shown as the lower one.
    let (ticks, between) = ((half_ticks / 2).cast_unsigned(), half_ticks & 1 == 1 && !control());
    let places = ticks_a_unit.ilog10() as usize;
    let (whole, rest) = (ticks / ticks_a_unit, ticks % ticks_a_unit);
    match (places, between) {
        (0, false) => format!("{whole}"),
        (0, true) => format!("{whole}.5"),
        (_, false) => format!("{whole}.{rest:0places$}"),
        (_, true) => format!("{whole}.{rest:0places$}5"),
    }
}

/// A reading as a person charts it.
fn shown<Q: Quantity>(reading: Reading<Q>) -> String {
    let [lo, hi] = reading.ends();
    let [least, most] = Q::RANGE.map(|units| (2 * units * Q::TICKS).cast_signed());
    if reading.is_unknown() {
        String::new()
    } else if lo < least {
        // A value below the least that is reported is only known as an upper end.
        if hi & 1 == 1 { format!("<{}", decimal(hi + 1, Q::TICKS)) } else { format!("<={}", decimal(hi, Q::TICKS)) }
    } else if lo == hi {
        decimal(lo, Q::TICKS)
    } else if hi == most && lo & 1 == 1 {
        format!("> {}", decimal(lo - 1, Q::TICKS))
    } else {
        format!("{} .. {}", decimal(lo, Q::TICKS), decimal(hi, Q::TICKS))
    }
}

fn reading<Q: Quantity>(text: &[u8]) {
    let read = Reading::<Q>::read_bytes(text);
    if let Ok(text) = std::str::from_utf8(text) {
        let ends = read.map(|reading| (!reading.is_unknown()).then(|| reading.ends().map(i64::from)));
        assert_eq!(ends.ok(), meant::<Q>(text), "{} {text:?} was read as {read:?}", Q::NAME);
        assert_eq!(Reading::<Q>::read(text), read);
        cutoff::<Q>(text);
    } else {
        assert!(read.is_err());
    }
    let Ok(read) = read else { return };
    let text = shown(read);
    assert_eq!(Reading::<Q>::read(&text), Ok(read), "{} {text:?}", Q::NAME);
    assert_eq!(Reading::<Q>::from_ends(read.ends()), Ok(read));
}

/// A cut-off is met by its own first value and not by the last before it, and reads back from what its edge says.
fn cutoff<Q: Quantity>(words: &str) {
    let Ok(cutoff) = Cutoff::<Q>::read(words) else { return };
    let [last, first] = cutoff.edge();
    let rises = last < first;
    let (sign, at) = match (rises, first & 1 == 1) {
        (true, true) => (">", first - 1),
        (true, false) => (">=", first),
        (false, true) => ("<", first + 1),
        (false, false) => ("<=", first),
    };
    let text = format!("{sign} {}", decimal(at, Q::TICKS));
    assert_eq!(Cutoff::<Q>::read(&text), Ok(cutoff), "{} {words:?} is {text:?}", Q::NAME);
    for (end, met) in [(last, Met::No), (first, Met::Yes)] {
        if let Ok(value) = Reading::<Q>::from_ends([end; 2]) {
            assert_eq!(cutoff.met(value), met, "{} {words:?} {end}", Q::NAME);
        }
    }
    assert_eq!(cutoff.met(Reading::UNKNOWN), Met::Unknown);
}

fn floats(bits: u32) {
    fn check<Q: Quantity>(value: f32) {
        let read = Reading::<Q>::from_f32(value);
        let Ok(reading) = read else { return };
        assert_eq!(Reading::from_ends(reading.ends()), Ok(reading));
        // What it is printed as lies in it.
        let printed = Reading::<Q>::read(&format!("{value}")).unwrap();
        assert!(reading.ends()[0] <= printed.ends()[0] && printed.ends()[1] <= reading.ends()[1], "{} {value}", Q::NAME);
    }
    let value = f32::from_bits(bits);
    check::<Ferritin>(value);
    check::<DoseRate>(value);
    check::<Gcs>(value);
    check::<FiO2>(value);
    check::<Lymphocytes>(value);
    check::<AnyRate>(value);
}

macro_rules! quantities {
    ($run:ident($number:expr, $text:expr): $($name:ident)+) => {{
        let all: &[fn(&[u8])] = &[ $( $run::<$name> ),+ ];
        assert_eq!(all.len(), TABLE.len());
        one(all, $number)($text)
    }};
}

macro_rules! names {
    ($text:expr, $($name:ident $refused:ident)+) => { $(
        match $name::read($text) {
            Ok(read) => assert_eq!(read.name(), $text),
            Err(error) => {
                assert_eq!(error, Error::$refused);
                assert!($name::ALL.iter().all(|one| one.name() != $text));
            }
        }
    )+ };
}

/// Item, unit and value of an event, as it would be charted again.
fn charted(event: &Event, unit: &str) -> Option<(&'static str, String)> {
    macro_rules! measured {
        ($($variant:ident)+) => {
            match event {
                $( Event::$variant(reading) => (shown(*reading), reading_name(*reading)), )+
                Event::Infusion(drug, Rate::ByWeight(x)) => (shown(*x), drug.name()),
                Event::Infusion(drug, Rate::PerMinute(x)) => (shown(*x), drug.name()),
                Event::Infusion(drug, Rate::Any(x)) => (shown(*x), drug.name()),
                Event::Support(x) => (x.name().to_owned(), "support"),
                Event::Flag(x, on) => (u8::from(*on).to_string(), x.name()),
                Event::FirstDose(x) => (x.name().to_owned(), "first_dose"),
                Event::Specimen(x) => (x.name().to_owned(), "specimen"),
                Event::Withdrawn(x) => (x.name().to_owned(), "withdrawn"),
                Event::Criterion(x, on) => (u8::from(*on).to_string(), x.name()),
                Event::SepsisClassified => ("1".to_owned(), "sepsis_classified"),
                Event::IcuAdmission => ("1".to_owned(), "icu_admission"),
                Event::Death => ("1".to_owned(), "death"),
                Event::Discharge => ("1".to_owned(), "discharge"),
            }
        };
    }
    let (text, item) = measured! {
        PaO2 PaO2KPa FiO2 SpO2 Platelets Bilirubin BilirubinSi Creatinine CreatinineSi Map Sbp RespiratoryRate Gcs GcsMotor Urine Weight
        Potassium Bicarbonate Lactate Ph Ferritin MhlaDr MhlaDrPositive Lymphocytes Neutrophils LymphocytesFraction NkCells DendriticCells
        BCells TCells Hemoglobin Age
    };
    // Shown in the quantity's own unit.
    let scaled = [("fio2", "1"), ("hemoglobin", "g/L")].contains(&(item, unit)) || unit == "/uL";
    (!scaled).then_some((item, text))
}

fn reading_name<Q: Quantity>(_: Reading<Q>) -> &'static str {
    Q::NAME
}

fn event(item: &str, unit: &str, value: &str) {
    let read = Event::read(item, unit, value);
    let listed = ITEMS.iter().find(|row| row.0 == item);
    match read {
        Err(Error::UnknownItem) => assert!(listed.is_none(), "{item}"),
        Err(_) => {}
        Ok(event) => {
            let (_, units) = listed.expect("an item of the list");
            let any = units[0].starts_with("any rate");
            assert!(any || units[0] == "none" && unit.is_empty() || units.contains(&unit), "{item} {unit}");
            if let Some((same_item, text)) = charted(&event, unit) {
                assert_eq!(same_item, item);
                assert_eq!(Event::read(item, unit, &text), Ok(event), "{item} {unit} {value:?} is shown as {text:?}");
            }
        }
    }
}

fn parse(u: &mut Unstructured) -> Result<()> {
    match u.arbitrary::<u8>()? % 4 {
        0 => {
            let number = u.arbitrary()?;
            let text = u.bytes(u.len())?;
            quantities!(reading(number, text): PaO2 PaO2KPa FiO2 SpO2 PfRatio PfRatioKPa SfRatio Platelets Bilirubin BilirubinSi Creatinine
                CreatinineSi Map Sbp RespiratoryRate DoseRate MassRate AnyRate Weight Gcs GcsMotor Urine UrineRate Potassium Bicarbonate
                Lactate Ph Ferritin MhlaDr MhlaDrPositive Lymphocytes Neutrophils LymphocytesFraction NkCells DendriticCells BCells TCells
                Hemoglobin Age);
        }
        1 => {
            // The item and the unit of a list, then any value.
            let (item, units) = one(ITEMS, u.arbitrary()?);
            let unit = match *one(units, u.arbitrary()?) {
                "none" => "",
                unit if unit.starts_with("any rate") => "[U]/h",
                unit => unit,
            };
            if let Ok(value) = std::str::from_utf8(u.bytes(u.len())?) {
                event(item, unit, value);
            }
        }
        2 => {
            // Three lines of anything.
            let Ok(text) = std::str::from_utf8(u.bytes(u.len())?) else { return Ok(()) };
            let mut lines = text.splitn(3, '\n');
            let mut line = || lines.next().unwrap_or("");
            let (item, unit, value) = (line(), line(), line());
            names!(item, Support NotASupport Infusion UnknownItem Flag UnknownItem Dose NotADose Remark NotARemark Marker NotAMarker
                Criterion UnknownItem);
            event(item, unit, value);
        }
        _ => floats(u.arbitrary()?),
    }
    Ok(())
}

fuzz_target!(|data: &[u8]| {
    let _ = parse(&mut Unstructured::new(data));
});

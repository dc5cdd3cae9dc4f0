//! The tables, held to the rules crate and to LOINC's own check digit.

mod common;

use common::{is_numbered, obx, r};
use endotype::published::Evidence;
use endotype::{Event, ITEMS};
use endotype_formats::{CODES, Error};
use std::collections::BTreeSet;

/// The last digit of a LOINC code: twice every other digit from the right, added up, to the next ten.
fn check_digit(digits: &str) -> u32 {
    let doubled = digits.bytes().rev().zip([2, 1].into_iter().cycle()).map(|(digit, by)| u32::from(digit - b'0') * by);
    let sum: u32 = doubled.map(|product| product / 10 + product % 10).sum();
    (10 - sum % 10) % 10
}

#[test]
fn r244_codes_have_their_check_digit_once() {
    let mut seen = BTreeSet::new();
    for code in CODES {
        let (digits, check) = code.loinc.split_once('-').unwrap();
        assert_eq!(check_digit(digits).to_string(), check, "{}", code.loinc);
        assert!(seen.insert(code.loinc), "{} twice", code.loinc);
        assert!(matches!(code.evidence, Evidence::A | Evidence::R) && !code.name.is_empty());
    }
    // The control: the code of inhaled oxygen as it is often recalled.
    assert_ne!(check_digit("3150"), 6);
}

/// Each item has each unit, and no code has a unit of another property.
#[test]
fn r240_codes_and_units_are_those_of_the_rules_crate() {
    for code in CODES {
        let (_, units) = ITEMS.iter().find(|(item, _)| *item == code.item).unwrap_or_else(|| panic!("no item {}", code.item));
        for unit in code.units {
            let exact = *unit == "10*3/uL" && units.contains(&"10*9/L");
            assert!(units.contains(unit) || exact, "{} {unit}", code.item);
            let value = if code.item == "fio2" { if *unit == "1" { "0.4" } else { "40" } } else { "5" };
            let expected = if *unit == "10*3/uL" { "10*9/L" } else { *unit };
            let said = Ok(format!("{} {value} {expected} final at 612", code.item));
            assert_eq!(obx(&format!("OBX|1|NM|{}^{}^LN||{value}|{unit}|||||F", code.loinc, code.name)), said);
            assert_eq!(r(&format!("R|1|{}|{value}|{unit}||||F", code.loinc)), said);
        }
        for unit in ["mg/dL", "umol/L", "mm[Hg]", "kPa", "%", "pmol/L", ""] {
            if !code.units.contains(&unit) {
                let refused = Err("OBX-6 UnitOfCode".to_owned());
                assert_eq!(obx(&format!("OBX|1|NM|{}^^LN||20|{unit}|||||F", code.loinc)), refused);
            }
        }
        let molar = ["14631-6", "14682-9"].contains(&code.loinc);
        assert_eq!(molar, code.name.contains("[Moles") && ["bilirubin", "creatinine"].contains(&code.item), "{}", code.name);
        assert_eq!(molar, code.units == ["umol/L"]);
    }
}

/// Every item of the rules crate goes under its own name, so that a whole stay does.
#[test]
fn every_item_goes_by_its_name() {
    for (item, units) in ITEMS {
        let unit = match units[0] {
            "none" => "",
            unit if unit.starts_with("any") => "[U]/h",
            unit => unit,
        };
        let value = match *item {
            "support" => "imv",
            "first_dose" => "placebo",
            "specimen" => "icterus",
            "withdrawn" => "mhla_dr",
            "fio2" => "40",
            "gcs" => "5",
            _ => "1",
        };
        Event::read(item, unit, value).unwrap();
        let kind = if value.parse::<f32>().is_ok() { "NM" } else { "ST" };
        let said = Ok(format!("{item} {value} {unit} final at 612").split_whitespace().collect::<Vec<_>>().join(" "));
        assert_eq!(obx(&format!("OBX|1|{kind}|{item}^^99ENDO||{value}|{unit}|||||F")), said);
        assert_eq!(r(&format!("R|1|^^^{item}|{value}|{unit}||||F")), said);
    }
}

/// The numbers never change.
#[test]
#[rustfmt::skip]
fn every_error_has_its_number() {
    let own = [
        (Error::TooLong, 1), (Error::Control, 2), (Error::Truncated, 3), (Error::NotARecord, 4), (Error::NoHeader, 5),
        (Error::Delimiters, 6), (Error::NoPatient, 7), (Error::NotProduction, 8), (Error::Repeated, 10), (Error::Components, 11), (Error::Escape, 12),
        (Error::ValueType, 13), (Error::Comparator, 14), (Error::OffScale, 15), (Error::Flag, 16), (Error::Status, 17),
        (Error::NotVerified, 18), (Error::CodingSystem, 19), (Error::UnknownCode, 20), (Error::UnitOfCode, 21),
        (Error::UnitSystem, 22), (Error::NotATime, 30), (Error::CoarseTime, 31), (Error::Zone, 32), (Error::BeforeStart, 33),
        (Error::NoTime, 34), (Error::OfRules, 255),
    ];
    for (error, code) in own {
        is_numbered(error, code);
    }
    use endotype::Error as E;
    for error in [
        E::NotANumber, E::Sign, E::Exponent, E::OutOfRange, E::Backwards, E::NotWhole, E::Nothing, E::UnknownUnit, E::MolarFerritin, E::NotAFlag,
        E::NotASupport, E::NotADose, E::NotOne, E::MinuteOutOfRange, E::NotARemark, E::NotAMarker,
    ] {
        is_numbered(Error::of_rules(error), 128 | error.code());
        assert_eq!(Error::of_rules(error).message(), error.message());
    }
    // One that no result can lead to.
    assert_eq!(Error::of_rules(E::AfterEnd), Error::OfRules);
}

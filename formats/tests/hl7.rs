//! `OBX` segments, as truth tables.

mod common;

use common::{after, check, hl7, obx, said, said_from};
use endotype_formats::Time;

type Table<'a> = &'a [(&'a str, Result<&'a str, &'a str>)];

#[test]
#[rustfmt::skip]
fn values() {
    const CASES: Table = &[
        ("OBX|1|NM|777-3^Platelets^LN||88|10*9/L|||||F",     Ok("platelets 88 10*9/L final at 612")),
        ("OBX|1|NM|777-3^^LN|| 88 |10*9/L|||||F",            Ok("platelets 88 10*9/L final at 612")),
        ("OBX|1|SN|2276-4^^LN||>^2000|ng/mL|||||F",          Ok("ferritin >2000 ng/mL final at 612")),
        ("OBX|1|SN|2276-4^^LN||>=^40000|ng/mL|||||F",        Ok("ferritin >=40000 ng/mL final at 612")),
        ("OBX|1|SN|2276-4^^LN||<^12|ug/L|||||F",             Ok("ferritin <12 ug/L final at 612")),
        ("OBX|1|SN|2276-4^^LN||<=^12|ng/mL|||||F",           Ok("ferritin <=12 ng/mL final at 612")),
        ("OBX|1|SN|2276-4^^LN||=^900|ng/mL|||||F",           Ok("ferritin 900 ng/mL final at 612")),
        ("OBX|1|SN|2276-4^^LN||^900|ng/mL|||||F",            Ok("ferritin 900 ng/mL final at 612")),
        ("OBX|1|SN|2276-4^^LN||^4300^-^4500|ng/mL|||||F",    Ok("ferritin 4300..4500 ng/mL final at 612")),
        // Charted, not known.
        ("OBX|1|NM|777-3^^LN|||10*9/L|||||F",                Ok("platelets 10*9/L final at 612")),
        ("OBX|1|NM|777-3^^LN||\"\"|10*9/L|||||F",            Ok("platelets 10*9/L final at 612")),
        ("OBX|1|SN|2276-4^^LN||^^^|ng/mL|||||F",             Ok("ferritin ng/mL final at 612")),
        ("OBX|1||777-3^^LN|||10*9/L|||||F",                  Ok("platelets 10*9/L final at 612")),
        // What is no number, and no limit.
        ("OBX|1|NM|777-3^^LN||many|10*9/L|||||F",            Err("OBX-5 NotANumber")),
        ("OBX|1|NM|777-3^^LN||-5|10*9/L|||||F",              Err("OBX-5 Sign")),
        ("OBX|1|NM|777-3^^LN||1e3|10*9/L|||||F",             Err("OBX-5 Exponent")),
        // A sign that the sender left in a number is not lost.
        ("OBX|1|NM|777-3^^LN||>5|10*9/L|||||F",              Ok("platelets >5 10*9/L final at 612")),
        ("OBX|1|NM|777-3^^LN||>5|10*9/L||<|||F",             Err("OBX-8 OffScale")),
        ("OBX|1|NM|777-3^^LN||=5|10*9/L|||||F",              Err("OBX-5 NotANumber")),
        ("OBX|1|NM|777-3^^LN||20000|10*9/L|||||F",           Err("OBX-5 OutOfRange")),
        ("OBX|1|NM|777-3^^LN||44^21|10*9/L|||||F",           Err("OBX-5 Components")),
        ("OBX|1|NM|777-3^^LN||44&21|10*9/L|||||F",           Err("OBX-5 Components")),
        ("OBX|1|NM|777-3^^LN||44~21|10*9/L|||||F",           Err("OBX-5 Repeated")),
        ("OBX|1|NM|777-3^^LN||\\T\\|10*9/L|||||F",           Err("OBX-5 Escape")),
        ("OBX|1|NM|777-3^^LN||\u{661}|10*9/L|||||F",         Err("OBX-5 NotANumber")),
        ("OBX|1|NM|777-3^^LN||0000000000000000000000000000000000000000000000001|10*9/L|||||F", Err("OBX-5 TooLong")),
        ("OBX|1|SN|2276-4^^LN||<>^5|ng/mL|||||F",            Err("OBX-5 Comparator")),
        ("OBX|1|SN|2276-4^^LN||~^5|ng/mL|||||F",             Err("OBX-5 Repeated")),
        ("OBX|1|SN|2276-4^^LN||^1^:^128|ng/mL|||||F",        Err("OBX-5 Comparator")),
        ("OBX|1|SN|2276-4^^LN||^1^/^128|ng/mL|||||F",        Err("OBX-5 Comparator")),
        ("OBX|1|SN|2276-4^^LN||^2^+|ng/mL|||||F",            Err("OBX-5 Comparator")),
        ("OBX|1|SN|2276-4^^LN||^2^^3|ng/mL|||||F",           Err("OBX-5 Comparator")),
        ("OBX|1|SN|2276-4^^LN||>^1^-^5|ng/mL|||||F",         Err("OBX-5 Comparator")),
        ("OBX|1|SN|2276-4^^LN||>^1^-|ng/mL|||||F",           Err("OBX-5 Comparator")),
        ("OBX|1|SN|2276-4^^LN||^1^-|ng/mL|||||F",            Err("OBX-5 Comparator")),
        ("OBX|1|SN|2276-4^^LN||^^-^5|ng/mL|||||F",           Err("OBX-5 NotANumber")),
        ("OBX|1|SN|2276-4^^LN||^5^-^1|ng/mL|||||F",          Err("OBX-5 Backwards")),
        ("OBX|1|SN|2276-4^^LN||>^>5|ng/mL|||||F",            Err("OBX-5 NotANumber")),
        ("OBX|1|SN|2276-4^^LN||>|ng/mL|||||F",               Err("OBX-5 NotANumber")),
        ("OBX|1|SN|2276-4^^LN||^5^^^9|ng/mL|||||F",          Err("OBX-5 Components")),
    ];
    check(obx, CASES);
}

#[test]
#[rustfmt::skip]
fn value_types() {
    const CASES: Table = &[
        ("OBX|1|ST|support^^99ENDO||imv||||||F",                Ok("support imv final at 612")),
        ("OBX|1|CWE|support^^99ENDO||niv^by mask^L||||||F",     Ok("support niv final at 612")),
        ("OBX|1|ST|first_dose^^99ENDO||anakinra||||||F",        Ok("first_dose anakinra final at 612")),
        ("OBX|1|ST|specimen^^99ENDO||hemolysis||||||F",         Ok("specimen hemolysis final at 612")),
        ("OBX|1|ST|withdrawn^^99ENDO||ferritin||||||F",         Ok("withdrawn ferritin final at 612")),
        ("OBX|1|NM|sedated^^99ENDO||1||||||F",                  Ok("sedated 1 final at 612")),
        ("OBX|1|NM|death^^99ENDO||1||||||F",                    Ok("death 1 final at 612")),
        ("OBX|1|NM|norepinephrine^^99ENDO||0.08|ug/kg/min|||||F", Ok("norepinephrine 0.08 ug/kg/min final at 612")),
        ("OBX|1|NM|vasopressin^^99ENDO||2|[U]/h|||||F",         Ok("vasopressin 2 [U]/h final at 612")),
        ("OBX|1|NM|mhla_dr^^99ENDO||4999|{AB}/{cell}|||||F",    Ok("mhla_dr 4999 {AB}/{cell} final at 612")),
        ("OBX|1|ST|support^^99ENDO||tent||||||F",               Err("OBX-5 NotASupport")),
        ("OBX|1|ST|first_dose^^99ENDO||aspirin||||||F",         Err("OBX-5 NotADose")),
        ("OBX|1|ST|specimen^^99ENDO||late||||||F",              Err("OBX-5 NotARemark")),
        ("OBX|1|ST|withdrawn^^99ENDO||lactate||||||F",          Err("OBX-5 NotAMarker")),
        ("OBX|1|NM|sedated^^99ENDO||2||||||F",                  Err("OBX-5 NotAFlag")),
        ("OBX|1|NM|death^^99ENDO||0||||||F",                    Err("OBX-5 NotOne")),
        ("OBX|1|NM|death^^99ENDO||||||||F",                     Err("OBX-5 NotOne")),
        ("OBX|1|ST|sedated^^99ENDO||1||||||F",                  Err("OBX-2 ValueType")),
        ("OBX|1|ST|777-3^^LN||88|10*9/L|||||F",                 Err("OBX-2 ValueType")),
        ("OBX|1|CWE|777-3^^LN||88|10*9/L|||||F",                Err("OBX-2 ValueType")),
        ("OBX|1|TX|777-3^^LN||88|10*9/L|||||F",                 Err("OBX-2 ValueType")),
        ("OBX|1|CE|support^^99ENDO||imv||||||F",                Err("OBX-2 ValueType")),
        ("OBX|1||777-3^^LN||88|10*9/L|||||F",                   Err("OBX-2 ValueType")),
        ("OBX|1|ST|support^^99ENDO||a^b||||||F",                Err("OBX-5 Components")),
    ];
    check(obx, CASES);
}

/// Off the instrument's scale: 2000 with the flag `>` is not 2000.
#[test]
#[rustfmt::skip]
fn r241_flags() {
    const CASES: Table = &[
        ("OBX|1|NM|2276-4^^LN||2000|ng/mL||>|||F",           Ok("ferritin >2000 ng/mL final at 612")),
        ("OBX|1|NM|2276-4^^LN||5|ng/mL||<|||F",              Ok("ferritin <5 ng/mL final at 612")),
        ("OBX|1|NM|2276-4^^LN||2000|ng/mL||H~>|||F",         Ok("ferritin >2000 ng/mL final at 612")),
        ("OBX|1|NM|2276-4^^LN||2000|ng/mL||>~HH~>|||F",      Ok("ferritin >2000 ng/mL final at 612")),
        ("OBX|1|NM|2276-4^^LN||2000|ng/mL||>^off scale^HL70078|||F", Ok("ferritin >2000 ng/mL final at 612")),
        ("OBX|1|SN|2276-4^^LN||>^2000|ng/mL||>|||F",         Ok("ferritin >2000 ng/mL final at 612")),
        ("OBX|1|SN|2276-4^^LN||>=^2000|ng/mL||>|||F",        Ok("ferritin >=2000 ng/mL final at 612")),
        ("OBX|1|SN|2276-4^^LN||<^5|ng/mL||<|||F",            Ok("ferritin <5 ng/mL final at 612")),
        ("OBX|1|NM|2276-4^^LN|||ng/mL||>|||F",               Ok("ferritin ng/mL final at 612")),
        ("OBX|1|SN|2276-4^^LN||<^5|ng/mL||>|||F",            Err("OBX-8 OffScale")),
        ("OBX|1|SN|2276-4^^LN||>^5|ng/mL||<|||F",            Err("OBX-8 OffScale")),
        ("OBX|1|SN|2276-4^^LN||=^2000|ng/mL||>|||F",         Ok("ferritin >2000 ng/mL final at 612")),
        ("OBX|1|SN|2276-4^^LN||^1^-^5|ng/mL||>|||F",         Err("OBX-5 NotANumber")),
        ("OBX|1|NM|2276-4^^LN||2000|ng/mL||>~<|||F",         Err("OBX-8 OffScale")),
        ("OBX|1|NM|2276-4^^LN||2000|ng/mL||>>|||F",          Err("OBX-8 Flag")),
        ("OBX|1|NM|2276-4^^LN||2000|ng/mL||<L|||F",          Err("OBX-8 Flag")),
        ("OBX|1|NM|sedated^^99ENDO||1|||>|||F",              Err("OBX-5 NotAFlag")),
    ];
    check(obx, CASES);
    for flag in ["", "N", "L", "H", "LL", "HH", "A", "AA", "U", "D", "B", "W", "null", "QCF"] {
        let found = obx(&format!("OBX|1|NM|2276-4^^LN||2000|ng/mL||{flag}|||F"));
        assert_eq!(found.as_deref(), Ok("ferritin 2000 ng/mL final at 612"), "{flag}");
    }
}

#[test]
#[rustfmt::skip]
fn r240_r244_codes_and_units() {
    const CASES: Table = &[
        ("OBX|1|NM|1975-2^^LN||2.1|mg/dL|||||F",             Ok("bilirubin 2.1 mg/dL final at 612")),
        ("OBX|1|NM|14631-6^^LN||36|umol/L|||||F",            Ok("bilirubin 36 umol/L final at 612")),
        ("OBX|1|NM|2705-2^^LN||40|umol/L|||||F",             Err("OBX-3 UnknownCode")),
        ("OBX|1|NM|milrinone^^99ENDO||1|{of a preparation with a long name of its own}/h|||||F", Err("OBX-6 TooLong")),
        ("OBX|1|NM|milrinone^^99ENDO||1|{of a preparation with a long n}/h|||||F", Ok("milrinone 1 {of a preparation with a long n}/h final at 612")),
        ("OBX|1|NM|731-0^^LN||0.9|10*3/uL|||||F",            Ok("lymphocytes 0.9 10*9/L final at 612")),
        ("OBX|1|NM|777-3^^LN||90|10*3/uL^^UCUM|||||F",       Ok("platelets 90 10*9/L final at 612")),
        ("OBX|1|NM|PLT^Platelets^L^777-3^Platelets^LN||90|10*9/L|||||F", Ok("platelets 90 10*9/L final at 612")),
        ("OBX|1|NM|777-3^a \\T\\ b^LN||90|10*9/L|||||F",     Ok("platelets 90 10*9/L final at 612")),
        // The code's property says mass or moles.
        ("OBX|1|NM|1975-2^^LN||36|umol/L|||||F",             Err("OBX-6 UnitOfCode")),
        ("OBX|1|NM|14631-6^^LN||2.1|mg/dL|||||F",            Err("OBX-6 UnitOfCode")),
        ("OBX|1|NM|2276-4^^LN||9932|pmol/L|||||F",           Err("OBX-6 UnitOfCode")),
        ("OBX|1|NM|777-3^^LN||90||||||F",                    Err("OBX-6 UnitOfCode")),
        ("OBX|1|NM|777-3^^LN||90|K/uL|||||F",                Err("OBX-6 UnitOfCode")),
        ("OBX|1|NM|8478-0^^LN||70|mm[Hg]^^ISO+|||||F",       Err("OBX-6 UnitSystem")),
        ("OBX|1|NM|norepinephrine^^99ENDO||1|mg/h|||||F",    Err("OBX-6 UnknownUnit")),
        ("OBX|1|NM|ferritin^^99ENDO||9932|pmol/L|||||F",     Err("OBX-6 MolarFerritin")),
        ("OBX|1|NM|map^^99ENDO||70|10*3/uL|||||F",           Err("OBX-6 UnknownUnit")),
        ("OBX|1|NM|map^^99ENDO||70|\u{e9}|||||F",            Err("OBX-6 UnknownUnit")),
        // Oxygen in venous blood; a check digit that is wrong; nothing.
        ("OBX|1|NM|2705-2^^LN||40|mm[Hg]|||||F",             Err("OBX-3 UnknownCode")),
        ("OBX|1|NM|777-4^^LN||90|10*9/L|||||F",              Err("OBX-3 UnknownCode")),
        ("OBX|1|NM|^^LN||90|10*9/L|||||F",                   Err("OBX-3 UnknownCode")),
        ("OBX|1|NM|777-3 26515-7^^LN||90|10*9/L|||||F",      Err("OBX-3 UnknownCode")),
        ("OBX|1|NM|procalcitonin^^99ENDO||2|ng/mL|||||F",    Err("OBX-3 UnknownCode")),
        ("OBX|1|NM|\u{e9}^^99ENDO||2|ng/mL|||||F",           Err("OBX-3 UnknownCode")),
        ("OBX|1|NM|^^99ENDO||2|ng/mL|||||F",                 Err("OBX-3 UnknownCode")),
        ("OBX|1|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC||97|%|||||F", Err("OBX-3 CodingSystem")),
        ("OBX|1|NM|777-3||90|10*9/L|||||F",                  Err("OBX-3 CodingSystem")),
        ("OBX|1|NM|||90|10*9/L|||||F",                       Err("OBX-3 CodingSystem")),
        ("OBX|1|NM|777-3^^LN~26515-7^^LN||90|10*9/L|||||F",  Err("OBX-3 Repeated")),
        ("OBX|1|NM|777-3&a^^LN||90|10*9/L|||||F",            Err("OBX-3 Components")),
        ("OBX|1|NM|777\\S\\3^^LN||90|10*9/L|||||F",          Err("OBX-3 Escape")),
    ];
    check(obx, CASES);
}

#[test]
#[rustfmt::skip]
fn r242_statuses() {
    let with = |status: &str| obx(&format!("OBX|1|NM|777-3^^LN||88|10*9/L|||||{status}"));
    let table = [
        ("F", Ok("platelets 88 10*9/L final at 612")),
        ("P", Ok("platelets 88 10*9/L preliminary at 612")),
        ("C", Ok("platelets 88 10*9/L corrected at 612")),
        ("A", Ok("platelets 88 10*9/L corrected at 612")),
        ("B", Ok("platelets 88 10*9/L corrected at 612")),
        ("V", Ok("platelets 88 10*9/L corrected at 612")),
        ("D", Ok("platelets withdrawn at 612")),
        ("W", Ok("platelets withdrawn at 612")),
        ("X", Ok("platelets withdrawn at 612")),
        ("I", Ok("nothing")),
        ("N", Ok("nothing")),
        ("O", Ok("nothing")),
        ("U", Ok("nothing")),
        ("R", Err("OBX-11 NotVerified")),
        ("S", Err("OBX-11 NotVerified")),
        ("",  Err("OBX-11 Status")),
        ("Z", Err("OBX-11 Status")),
        ("f", Err("OBX-11 Status")),
        ("FF", Err("OBX-11 Status")),
        ("F~C", Err("OBX-11 Repeated")),
        ("F^x", Err("OBX-11 Components")),
    ];
    for (status, expected) in table {
        assert_eq!(with(status).as_deref().map_err(String::as_str), expected, "{status}");
    }
    assert_eq!(table.iter().filter(|(code, _)| endotype_formats::STATUSES_HL7.iter().any(|(known, _)| code.as_bytes() == [*known])).count(), 15);
    // Of what is taken back neither value nor unit counts, but the item and the minute do.
    const CASES: Table = &[
        ("OBX|1|NM|777-3^^LN||||||||X",                      Ok("platelets withdrawn at 612")),
        ("OBX|1|TX|777-3^^LN||see comment|furlong|||||W",    Ok("platelets withdrawn at 612")),
        ("OBX|1|NM|support^^99ENDO||||||||D",                Ok("support withdrawn at 612")),
        ("OBX|1|NM|2705-2^^LN||||||||X",                     Err("OBX-3 UnknownCode")),
        ("OBX|1|NM|procalcitonin^^99ENDO||||||||X",          Err("OBX-3 UnknownCode")),
        ("OBX|1|NM|777-3^^LN||88|10*9/L",                    Err("OBX-11 Status")),
    ];
    check(obx, CASES);
}

#[test]
#[rustfmt::skip]
fn r243_times() {
    let with = |time: &str| obx(&format!("OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F|||{time}"));
    let at = |minute: u32| Ok(format!("map 70 mm[Hg] final at {minute}"));
    for (time, expected) in [
        ("", at(612)), // OBR-7
        ("202601150000", at(0)),
        ("202601150001", at(1)),
        ("20260115235959", at(1_439)),
        ("20260115235959.9", at(1_439)),
        ("20260115235959.9999", at(1_439)),
        ("202601160000", at(1_440)),
        ("202603010000", at(45 * 1_440)),
        ("202802290000", at(775 * 1_440)),
        ("202803010000", at(776 * 1_440)),
        ("203601120000", at(5_256_000 - 1_440)),
    ] {
        assert_eq!(with(time), expected, "{time}");
    }
    const CASES: Table = &[
        ("202601142359",         Err("BeforeStart")),
        ("190001010000",         Err("BeforeStart")),
        ("203601130001",         Err("MinuteOutOfRange")),
        ("219912312359",         Err("MinuteOutOfRange")),
        ("2026",                 Err("OBX-14 CoarseTime")),
        ("202601",               Err("OBX-14 CoarseTime")),
        ("20260115",             Err("OBX-14 CoarseTime")),
        ("2026011510",           Err("OBX-14 CoarseTime")),
        ("2026011510+0100",      Err("OBX-14 CoarseTime")),
        ("\"\"",                 Err("OBX-14 NotATime")),
        ("20260115101",          Err("OBX-14 NotATime")),
        ("2026011510121",        Err("OBX-14 NotATime")),
        ("202601151012000",      Err("OBX-14 NotATime")),
        ("202601151012.5",       Err("OBX-14 NotATime")),
        ("20260115101200.",      Err("OBX-14 NotATime")),
        ("20260115101200.12345", Err("OBX-14 NotATime")),
        ("20260115101200,5",     Err("OBX-14 NotATime")),
        ("2026-01-15 10:12",     Err("OBX-14 NotATime")),
        ("202601151060",         Err("OBX-14 NotATime")),
        ("202601152400",         Err("OBX-14 NotATime")),
        ("20260115101260",       Err("OBX-14 NotATime")),
        ("202600151012",         Err("OBX-14 NotATime")),
        ("202613151012",         Err("OBX-14 NotATime")),
        ("202601001012",         Err("OBX-14 NotATime")),
        ("202601321012",         Err("OBX-14 NotATime")),
        ("202604311012",         Err("OBX-14 NotATime")),
        ("202602291012",         Err("OBX-14 NotATime")),
        ("210002291012",         Err("OBX-14 NotATime")),
        ("189912312359",         Err("OBX-14 NotATime")),
        ("220001010000",         Err("OBX-14 NotATime")),
        ("202601151012+",        Err("OBX-14 NotATime")),
        ("202601151012+01",      Err("OBX-14 NotATime")),
        ("202601151012+01000",   Err("OBX-14 NotATime")),
        ("202601151012+1500",    Err("OBX-14 NotATime")),
        ("202601151012+0160",    Err("OBX-14 NotATime")),
        ("202601151012Z0100", Err("OBX-14 NotATime")),
        ("202601151012Z",        Err("OBX-14 NotATime")),
        ("202601151012+0100",    Err("Zone")),
        ("202601151012^M",       Err("OBX-14 Components")),
        ("202601151012~202601151013", Err("OBX-14 Repeated")),
    ];
    check(with, CASES);
    // Without a time of its own, and without one of its group.
    let none = after(&["MSH|^~\\&", "PID|||1", "OBR|1"], "OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F");
    assert_eq!(none, Err("OBX-14 NoTime".to_owned()));
    let of_group = after(&["MSH|^~\\&", "PID|||1", "OBR|1||||||202601142359"], "OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F");
    assert_eq!(of_group, Err("BeforeStart".to_owned()));
}

/// Which leap years there are, against a count of days one by one.
#[test]
fn r243_every_day_of_three_centuries() {
    let start = |text: &str| Time::read(text.as_bytes()).unwrap();
    let (mut day, mut since, mut first) = (0_u32, start("190001010000"), 0);
    for year in 1900..2200 {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        for (month, days) in (1..).zip([31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
            for date in 1..=days {
                let time = start(&format!("{year}{month:02}{date:02}0000"));
                if day - first > 3_650 {
                    (since, first) = (time, day);
                }
                assert_eq!(time.since(since), Ok(1_440 * (day - first)), "{year}{month:02}{date:02}");
                day += 1;
            }
        }
    }
    assert_eq!(day, 109_573);
}

#[test]
#[rustfmt::skip]
fn r243_zones() {
    let with = |origin: &str, message: &str, time: &str| {
        let mut reader = hl7();
        for line in [format!("MSH|^~\\&|||||{message}"), "PID|||1".to_owned()] {
            assert!(reader.line(line.as_bytes()).is_none(), "{line}");
        }
        let line = format!("OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F|||{time}");
        said_from(origin.as_bytes(), reader.line(line.as_bytes()))
    };
    let at = |minute: u32| Ok(format!("map 70 mm[Hg] final at {minute}"));
    let zone = || Err("Zone".to_owned());
    for (origin, message, time, expected) in [
        ("202601150000+0100", "",                    "202601150000+0100", at(0)),
        ("202601150000+0100", "",                    "202601142300+0000", at(0)),
        ("202601150000+0100", "",                    "202601142300-0000", at(0)),
        ("202601150000+0100", "",                    "202601150430+0530", at(0)),
        ("202601150000+0100", "",                    "202601141300-1000", at(0)),
        ("202601150000-0330", "",                    "202601150331+0000", at(1)),
        ("202601150000+1400", "",                    "202601141000+0000", at(0)),
        // Summer time begins on 29 March 2026 at 2: the third hour is not there.
        ("202603290000+0100", "",                    "202603290300+0200", at(120)),
        // The message's own zone is that of the times without one.
        ("202601150000+0100", "20260115103000+0100", "202601151012",      at(612)),
        ("202601150000+0100", "20260115+0000",       "202601150912",      at(612)),
        ("202601150000+0100", "20260115103000+0100", "202601150912+0000", at(612)),
        // On one side only.
        ("202601150000+0100", "",                    "202601151012",      zone()),
        ("202601150000+0100", "20260115103000",      "202601151012",      zone()),
        ("202601150000",      "",                    "202601151012+0100", zone()),
        ("202601150000",      "20260115103000+0100", "202601151012",      zone()),
        ("202601150000+0100", "",                    "202601142259+0000", Err("BeforeStart".to_owned())),
    ] {
        assert_eq!(with(origin, message, time), expected, "{origin} {message} {time}");
    }
}

#[test]
#[rustfmt::skip]
fn r245_messages() {
    const RESULT: &str = "OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F|||202601150100";
    let good = Ok("map 70 mm[Hg] final at 60".to_owned());
    let refused = |why: &str| Err(why.to_owned());
    // What the last lines say, of all lines.
    let last = |lines: &[&str]| {
        let mut reader = hl7();
        lines.iter().map(|line| said(reader.line(line.as_bytes()))).collect::<Vec<_>>().pop().unwrap()
    };
    for (lines, expected) in [
        (&["MSH|^~\\&", "PID|||1", RESULT][..], good.clone()),
        (&["MSH|^~\\&#|", "PID|||1", RESULT], good.clone()),
        (&["FHS|^~\\&", "BHS|^~\\&", "MSH|^~\\&", "PID|||1", "PV1|1|I", "NTE|1||note \\.br\\ ~ &", "ZZ1|x", "ORC|NW", "SPM", RESULT], good.clone()),
        (&["MSH|^~\\&", "PID|||1^^^A&1.2&ISO^MR", RESULT], good.clone()),
        // No header, or none that was understood.
        (&[RESULT], refused("OBX NoHeader")),
        (&["PID|||1"], refused("PID NoHeader")),
        (&["OBR|1"], refused("OBR NoHeader")),
        (&["MSH"], refused("MSH Delimiters")),
        (&["MSH|"], refused("MSH Delimiters")),
        (&["MSH|^~"], refused("MSH Delimiters")),
        (&["MSH|^~\\&#!"], refused("MSH Delimiters")),
        (&["MSH|^^\\&"], refused("MSH Delimiters")),
        (&["MSH|^~|x"], refused("MSH Delimiters")),
        (&["MSH|^~\\|x", "PID|||1", RESULT], good.clone()),
        (&["MSH|^~\\."], refused("MSH Delimiters")),
        (&["MSH.^~\\&"], refused("MSH NotARecord")),
        (&["MSHA^~\\&"], refused("MSH NotARecord")),
        (&["MSH|^~\\&|||||yesterday"], refused("MSH-7 NotATime")),
        (&["MSH|^~\\&", "PID|||1", "MSH|^~\\&|||||+0", "PID|||1"], refused("PID NoHeader")),
        // An exercise.
        (&["MSH|^~\\&|||||||ORU^R01|1|P^T", "PID|||1", RESULT], good.clone()),
        (&["MSH|^~\\&|||||||ORU^R01|1|T"], refused("MSH-11 NotProduction")),
        (&["MSH|^~\\&|||||||ORU^R01|1|D", "PID|||1", RESULT], refused("OBX NoHeader")),
        // No patient, or none that was understood: never the one before.
        (&["MSH|^~\\&", RESULT], refused("OBX NoPatient")),
        (&["MSH|^~\\&", "PID", RESULT], refused("OBX NoPatient")),
        (&["MSH|^~\\&", "PID|||1", "MSH|^~\\&", RESULT], refused("OBX NoPatient")),
        (&["MSH|^~\\&", "PID|||1", "PID|||2~3"], refused("PID-3 Repeated")),
        (&["MSH|^~\\&", "PID|||1", "PID|||2~3", RESULT], refused("OBX NoPatient")),
        (&["MSH|^~\\&", "PID|||1", "PID|||2&3", RESULT], refused("OBX NoPatient")),
        (&["MSH|^~\\&", "PID|||2&3"], refused("PID-3 Components")),
        (&["MSH|^~\\&", "PID|||123456789012345678901234567890123"], refused("PID-3 TooLong")),
        (&["MSH|^~\\&", "PID|||12345678901234567890123456789012", RESULT], good.clone()),
        // What is no record says nothing, and what was said before no longer holds.
        (&["MSH|^~\\&", "PID|||1", "hello"], refused("line NotARecord")),
        (&["MSH|^~\\&", "PID|||1", "hello", RESULT], refused("OBX NoHeader")),
        (&["MSH|^~\\&", "PID|||1", "PIdentity|||2", RESULT], refused("OBX NoHeader")),
        (&["MSH|^~\\&", "PID|||1", "OBX^1^NM"], refused("OBX NotARecord")),
        (&["OB"], refused("line NotARecord")),
        (&["1BX|"], refused("line NotARecord")),
        (&["\u{2}MSH|^~\\&"], refused("line Control")),
        (&["MSH|^~\\&", "PID|||1", "OBX|1|NM|8478-0^^LN||70\t|mm[Hg]|||||F"], refused("OBX Control")),
        (&["MSH|^~\\&", "PID|||1\r\nPID|||2"], refused("PID Control")),
        (&["MSH|^~\\&", "PID|||1", "NTE|1||a\tb", RESULT], good.clone()),
        // The group's time holds for the group.
        (&["MSH|^~\\&", "PID|||1", "OBR|1||||||202601150200", RESULT], good.clone()),
        (&["MSH|^~\\&", "PID|||1", "OBR|1||||||2026"], refused("OBR-7 CoarseTime")),
        // A zone is of its own time alone.
        (&["MSH|^~\\&", "PID|||1", "OBR|1||||||202601150100+0100", "OBR|1||||||202601150100", "OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F"], last(&["MSH|^~\\&", "PID|||1", "OBR|1||||||202601150100", "OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F"])),
        (&["MSH|^~\\&", "PID|||1", "OBR|1||||||202601150100+0100", RESULT], good.clone()),
        (&["MSH|^~\\&#", "PID|||\\P\\"], Ok("nothing".to_owned())),
        (&["MSH|^~\\&", "PID|||1", "OBR|1||||||202601150200", "OBR|2", "OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F"], refused("OBX-14 NoTime")),
        (&["MSH|^~\\&", "PID|||1", "OBR|1||||||202601150200", "PID|||2", "OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F"], refused("OBX-14 NoTime")),
        // Other delimiters.
        (&["MSH$:!?;", "PID$$$1", "OBX$1$NM$8478-0::LN$$70$mm[Hg]$$$$$F$$$202601150100"], good.clone()),
        (&["MSH$:!?;", "PID|||1"], refused("PID NotARecord")),
    ] {
        assert_eq!(last(lines), expected, "{lines:?}");
    }
}

/// A patient's identifier, its escapes decoded.
#[test]
#[rustfmt::skip]
fn escapes() {
    for (text, expected) in [
        ("4711", Ok("4711")),
        ("a\\F\\b", Ok("a|b")),
        ("a\\S\\b", Ok("a^b")),
        ("a\\R\\b", Ok("a~b")),
        ("a\\E\\b", Ok("a\\b")),
        ("a\\T\\b", Ok("a&b")),
        ("\\F\\\\F\\", Ok("||")),
        ("\u{e4}", Ok("\u{e4}")),
        ("\\X0D\\", Err("PID-3 Escape")),
        ("\\H\\", Err("PID-3 Escape")),
        ("\\P\\", Err("PID-3 Escape")),
        ("\\.br\\", Err("PID-3 Escape")),
        ("\\F", Err("PID-3 Escape")),
        ("\\", Err("PID-3 Escape")),
        ("\\\\", Err("PID-3 Escape")),
        ("\\Fx", Err("PID-3 Escape")),
    ] {
        let mut reader = hl7();
        assert!(reader.line(b"MSH|^~\\&").is_none());
        let answer = reader.line(format!("PID|||{text}").as_bytes()).map(|refused| said(Some(refused)).unwrap_err());
        match expected {
            Err(why) => assert_eq!(answer.as_deref(), Some(why), "{text}"),
            Ok(patient) => {
                assert_eq!(answer, None, "{text}");
                let result = reader.line(b"OBX|1|NM|8478-0^^LN||70|mm[Hg]|||||F|||202601150100").unwrap().unwrap();
                assert_eq!(result.patient, patient.as_bytes());
            }
        }
    }
}

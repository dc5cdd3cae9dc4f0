//! ASTM records, as truth tables.

mod common;

use common::{after_astm, astm, check, r, said};

type Table<'a> = &'a [(&'a str, Result<&'a str, &'a str>)];

#[test]
#[rustfmt::skip]
fn r240_r241_r244_results() {
    const CASES: Table = &[
        ("R|1|2276-4^Ferritin^LN|2000|ng/mL||N||F",          Ok("ferritin 2000 ng/mL final at 612")),
        ("R|1|2276-4|>2000|ng/mL||||F",                      Ok("ferritin >2000 ng/mL final at 612")),
        ("R|1|2276-4|<= 12|ng/mL||||F",                      Ok("ferritin <= 12 ng/mL final at 612")),
        ("R|1|2276-4||ng/mL||||F",                           Ok("ferritin ng/mL final at 612")),
        ("R|1|2276-4|2000|ng/mL||>||F",                      Ok("ferritin >2000 ng/mL final at 612")),
        ("R|1|2276-4|5|ng/mL||L\\<||F",                      Ok("ferritin <5 ng/mL final at 612")),
        ("R|1|2276-4|>2000|ng/mL||>||F",                     Ok("ferritin >2000 ng/mL final at 612")),
        ("R|1|2276-4|=2000|ng/mL||||F",                      Err("R-4 NotANumber")),
        ("R|1|^^^mhla_dr|4999|{AB}/{cell}||||F",             Ok("mhla_dr 4999 {AB}/{cell} final at 612")),
        ("R|1|mhla_dr^^99ENDO|4999|{AB}/{cell}||||F",        Ok("mhla_dr 4999 {AB}/{cell} final at 612")),
        ("R|1|^^^support|imv|||||F",                         Ok("support imv final at 612")),
        ("R|1|751-8|1.4|10*3/uL||||F",                       Ok("neutrophils 1.4 10*9/L final at 612")),
        ("R|1|2276-4|<5|ng/mL||>||F",                        Err("R-7 OffScale")),
        ("R|1|2276-4|=5|ng/mL||>||F",                        Err("R-7 OffScale")),
        ("R|1|2276-4|5..6|ng/mL||>||F",                      Err("R-4 NotANumber")),
        ("R|1|2276-4|5|ng/mL||>>||F",                        Err("R-7 Flag")),
        ("R|1|2276-4|5\\6|ng/mL||||F",                       Err("R-4 Repeated")),
        ("R|1|2276-4|5^6|ng/mL||||F",                        Err("R-4 Components")),
        ("R|1|2276-4|&F&|ng/mL||||F",                        Err("R-4 Escape")),
        ("R|1|2276-4|high|ng/mL||||F",                       Err("R-4 NotANumber")),
        ("R|1|2276-4|\"\"|ng/mL||||F",                       Err("R-4 NotANumber")),
        ("R|1|2276-4|9932|pmol/L||||F",                      Err("R-5 UnitOfCode")),
        ("R|1|1975-2|36|umol/L||||F",                        Err("R-5 UnitOfCode")),
        ("R|1|2705-2|40|mm[Hg]||||F",                        Err("R-3 UnknownCode")),
        ("R|1|^^^FERR|40|ng/mL||||F",                        Err("R-3 UnknownCode")),
        ("R|1||40|ng/mL||||F",                               Err("R-3 UnknownCode")),
        ("R|1|2276-4^^CPT|40|ng/mL||||F",                    Err("R-3 CodingSystem")),
        ("R|1|procalcitonin^^99ENDO|40|ng/mL||||F",          Err("R-3 UnknownCode")),
    ];
    check(r, CASES);
}

/// W is not HL7's: here the validity is in doubt.
#[test]
#[rustfmt::skip]
fn r242_statuses() {
    let table = [
        ("F", Ok("ferritin 900 ng/mL final at 612")),
        ("P", Ok("ferritin 900 ng/mL preliminary at 612")),
        ("C", Ok("ferritin 900 ng/mL corrected at 612")),
        ("V", Ok("ferritin 900 ng/mL corrected at 612")),
        ("R", Ok("ferritin 900 ng/mL corrected at 612")),
        ("Q", Ok("ferritin 900 ng/mL corrected at 612")),
        ("X", Ok("ferritin withdrawn at 612")),
        ("I", Ok("nothing")),
        ("N", Ok("nothing")),
        ("W", Err("R-9 NotVerified")),
        ("S", Err("R-9 NotVerified")),
        ("M", Err("R-9 Status")),
        ("",  Err("R-9 Status")),
        ("D", Err("R-9 Status")),
    ];
    for (status, expected) in table {
        let found = r(&format!("R|1|2276-4|900|ng/mL||||{status}"));
        assert_eq!(found.as_deref().map_err(String::as_str), expected, "{status}");
    }
    let known = |code: &str| endotype_formats::STATUSES_ASTM.iter().any(|(known, _)| code.as_bytes() == [*known]);
    assert_eq!(table.iter().filter(|(code, _)| known(code)).count(), endotype_formats::STATUSES_ASTM.len());
}

/// The specimen's time, where there is one; else that of the result.
#[test]
#[rustfmt::skip]
fn r243_times() {
    const HEAD: [&str; 2] = ["H|\\^&", "P|1|4711"];
    let with = |order: &str, result: &str| after_astm(&[HEAD[0], HEAD[1], order], &format!("R|1|2276-4|900|ng/mL||||F||||{result}"));
    let at = |minute: u32| Ok(format!("ferritin 900 ng/mL final at {minute}"));
    let refused = |why: &str| Err(why.to_owned());
    for (order, result, expected) in [
        ("O|1|||||202601150900|202601151012", "202601151055", at(612)),
        ("O|1|||||202601150900|202601151012", "",             at(612)),
        ("O|1|||||202601150900|",             "202601151055", at(655)),
        ("O|1",                               "20260115105559", at(655)),
        ("O|1|||||202601150900|",             "",             refused("R-13 NoTime")),
        ("O|1",                               "20260115",     refused("R-13 CoarseTime")),
        ("O|1|||||202601150900|202601142359", "202601151055", refused("BeforeStart")),
        ("O|1|||||202601150900|202601151012+0100", "",        refused("Zone")),
    ] {
        assert_eq!(with(order, result), expected, "{order} {result}");
    }
    assert_eq!(after_astm(&HEAD, "O|1|||||||20260115"), Ok("nothing".to_owned()));
    assert_eq!(after_astm(&HEAD, "O|1||||||20260115"), refused("O-8 CoarseTime"));
    // No rule of this format gives a header's zone to the rest.
    let zone = after_astm(&["H|\\^&||||||||||||20260115103000+0100", HEAD[1]], "R|1|2276-4|900|ng/mL||||F||||202601151055");
    assert_eq!(zone, at(655));
}

#[test]
#[rustfmt::skip]
fn r245_messages() {
    const RESULT: &str = "R|1|2276-4|900|ng/mL||||F||||202601150100";
    let good = Ok("ferritin 900 ng/mL final at 60".to_owned());
    let refused = |why: &str| Err(why.to_owned());
    let last = |lines: &[&str]| {
        let mut reader = astm();
        lines.iter().map(|line| said(reader.line(line.as_bytes()))).collect::<Vec<_>>().pop().unwrap()
    };
    for (lines, expected) in [
        (&["H|\\^&", "P|1|4711", "C|1|I|note", "M|1|x", "Q|1", "S|1", RESULT][..], good.clone()),
        (&["H|\\^&|", "P|1|4711^x", RESULT], good.clone()),
        (&[RESULT], refused("R NoHeader")),
        (&["L|1|N"], Ok("nothing".to_owned())),
        (&["H|\\^&", "P|1|4711", "L|1|N", RESULT], refused("R NoHeader")),
        (&["H"], refused("H Delimiters")),
        (&["H|\\^"], refused("H Delimiters")),
        (&["H|\\^&~"], refused("H Delimiters")),
        (&["H|\\^^"], refused("H Delimiters")),
        (&["H|\\^\u{1}"], refused("H Control")),
        (&["H|\\^&", RESULT], refused("R NoPatient")),
        (&["H|\\^&", "P|1", RESULT], refused("R NoPatient")),
        (&["H|\\^&", "P|1||4711", RESULT], refused("R NoPatient")),
        (&["H|\\^&", "P|1|4711", "P|2|12\\13"], refused("P-3 Repeated")),
        (&["H|\\^&", "P|1|4711", "P|2|12\\13", RESULT], refused("R NoPatient")),
        (&["H|\\^&", "P|1|&X&"], refused("P-3 Escape")),
        (&["H|\\^&", "P|1|&T&"], refused("P-3 Escape")),
        (&["H|\\^&", "P|1|4711", "r|1|2276-4|900|ng/mL||||F"], refused("line NotARecord")),
        (&["H|\\^&", "P|1|4711", "RR|1"], refused("R NotARecord")),
        // An exercise, quality control.
        (&["H|\\^&||||||||||P", "P|1|4711", "O|1|S|||||||||N", RESULT], good.clone()),
        (&["H|\\^&||||||||||Q"], refused("H-12 NotProduction")),
        (&["H|\\^&||||||||||T", "P|1|4711", RESULT], refused("R NoHeader")),
        (&["H|\\^&", "P|1|4711", "O|1|S|||||||||Q"], refused("O-12 NotProduction")),
        (&["H|\\^&", "P|1|4711", "O|1|S|||||||||Q", RESULT], refused("R NoPatient")),
        // The frames of the link are not taken off.
        (&["\u{2}1H|\\^&"], refused("line Control")),
        (&["\u{5}"], refused("line Control")),
        (&["H!,:;", "P!1!4711", "R!1!2276-4!900!ng/mL!!!!F!!!!202601150100"], good.clone()),
    ] {
        assert_eq!(last(lines), expected, "{lines:?}");
    }
    for (text, patient) in [("a&F&b", "a|b"), ("a&S&b", "a^b"), ("a&R&b", "a\\b"), ("a&E&b", "a&b")] {
        let mut reader = astm();
        for line in ["H|\\^&".to_owned(), format!("P|1|{text}")] {
            assert!(reader.line(line.as_bytes()).is_none(), "{line}");
        }
        assert_eq!(reader.line(RESULT.as_bytes()).unwrap().unwrap().patient, patient.as_bytes());
    }
}

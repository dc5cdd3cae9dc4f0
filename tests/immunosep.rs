//! The trial's arithmetic as a user runs it, against figures typed from the project's facts; and wrong counts, to be found.

mod built;

use built::example;
use statistics::{Count, Two};
use std::process::{Command, Output};

#[allow(dead_code, reason = "the example uses the rest of it")]
#[path = "../examples/immunosep/statistics.rs"]
mod statistics;

fn immunosep(options: &[&str]) -> Output {
    Command::new(example("immunosep")).args(options).output().unwrap()
}

fn text() -> String {
    let output = immunosep(&[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// One blank for many.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first table by outcome: the computed line, the published line, the verdict.
fn outcomes(text: &str) -> Vec<[String; 3]> {
    let mut lines = text.lines().skip_while(|line| !line.starts_with(" outcome"));
    let at = lines.next().unwrap().find("verdict").unwrap();
    let mut rows = Vec::<[String; 3]>::new();
    for line in lines.take_while(|line| !line.is_empty()) {
        let (figures, verdict) = line.split_at(at.min(line.len()));
        match (figures.contains(" computed "), figures.contains(" published ")) {
            (true, false) => rows.push([words(figures), String::new(), words(verdict)]),
            (is_both, is_published) => {
                assert!(!is_both, "{line}");
                let row = rows.last_mut().unwrap();
                if is_published {
                    row[1] = words(figures);
                } else {
                    assert_eq!(words(figures), "");
                }
                row[2] = words(&format!("{} {verdict}", row[2]));
            }
        }
    }
    rows
}

/// Figures of facts/immunosep.md section 6; what it does not give was computed apart from this crate, in Python's fractions.
#[rustfmt::skip]
const OUTCOMES: [[&str; 3]; 9] = [
    ["responders, day 9 (primary) computed 35.1 vs 17.9 17.2 (6.8 to 27.2) P = .0015 2.48 (1.42 to 4.32)",
     "46/131 vs 26/145 [A/B] published 35.1 vs 17.9 17.2 (6.8 to 27.2) P = .002 2.48 (1.42 to 4.32)",
     "matches"],
    ["death, 28 days computed 43.5 vs 49.7 -6.1 (-17.6 to 5.6) P = .3349 0.78 (0.49 to 1.26)",
     "57/131 vs 72/145 [A/B] published not printed +6.1 (? to ?) P = .34 not printed",
     "difference is -6.1, not +6.1: the sign is lost, fewer died in the matched arm \
      P is .3349, not .34: rounds to .33; rounded to .335 first it would be .34"],
    ["death, 90 days computed 68.7 vs 67.6 1.1 (-9.9 to 11.9) P = .8973 1.05 (0.63 to 1.75)",
     "90/131 vs 98/145 [A/B] published not printed ? (-9.8 to ?) not printed not printed",
     "lower limit is -9.85, not -9.8: rounds to -9.9, the thousandths are -9.852"],
    ["responders, day 15 computed 39.7 vs 23.4 16.2 (5.3 to 26.8) P = .0042 2.15 (1.28 to 3.61)",
     "52/131 vs 34/145 [A/B] published not printed 16.3 (5.3 to 26.8) P = .004 not printed",
     "difference is 16.25, not 16.3: rounds to 16.2; the rounded percentages, 39.7 - 23.4, give 16.3 the rest matches"],
    ["day 15, 51 as in a sentence computed 38.9 vs 23.4 15.5 (4.6 to 26.0) P = .0062 2.08 (1.24 to 3.50)",
     "51/131 vs 34/145 [A/B] published not printed 16.3 (5.3 to 26.8) P = .004 not printed",
     "difference is 15.5, not 16.3, lower limit is 4.6, not 5.3, upper limit is 26.0, not 26.8, P is .0062, not .004: \
      51 is a sentence's, the table says 52, and these are the figures of 52"],
    ["restoration computed 78.0 vs 48.5 29.5 (12.6 to 44.0) P = .0008 3.76 (1.72 to 8.22)",
     "46/59 vs 32/66 [A/B] published not printed 29.5 (12.6 to 44.0) not printed not printed",
     "matches"],
    ["responders, day 9, MALS computed 48.0 vs 17.4 30.6 (3.9 to 51.8) P = .0339 4.38 (1.16 to 16.64)",
     "12/25 vs 4/23 [A/B] published not printed not printed P = .04 not printed",
     "P is .034, not .04: rounds to .03; which test gives .04 is not known"],
    ["responders, day 9, SIP computed 32.1 vs 18.0 14.0 (2.8 to 25.1) P = .0202 2.15 (1.16 to 3.97)",
     "34/106 vs 22/122 [A/B] published not printed not printed not printed not printed",
     "not printed"],
    ["day 9, no carried patients computed 31.4 vs 14.4 17.0 (6.7 to 27.1) P = .0015 2.72 (1.47 to 5.06)",
     "38/121 vs 19/132 [B] published not printed not printed not printed not printed",
     "not printed"],
];

#[test]
fn r121_every_outcome_matches_or_says_why_not() {
    assert_eq!(outcomes(&text()), OUTCOMES);
}

#[test]
fn the_other_tables_and_the_last_lines() {
    let text = text();
    let lines: Vec<String> = text.lines().map(words).collect();
    for line in [
        "Newcombe's hybrid score, no continuity correction 6.79 to 27.24 6.8 to 27.2 matches",
        "Wald 6.90 to 27.47 6.8 to 27.2 does not fit",
        "Agresti-Caffo 6.72 to 27.23 6.8 to 27.2 does not fit",
        "Miettinen-Nurminen 6.83 to 27.43 6.8 to 27.2 does not fit",
        "analysed, both arms: 131 + 145 [A] 276 276 matches",
        "matched arm, MALS and SIP: 25 + 106 [A/B] 131 131 matches",
        "placebo, MALS and SIP: 23 + 122 [A/B] 145 145 matches",
        "responders of the matched arm, MALS and SIP: 12 + 34 [A/B] 46 46 matches",
        "responders of placebo, MALS and SIP: 4 + 22 [A/B] 26 26 matches",
        "with a serious adverse event, of those analysed: 245/276, % [B] 88.77 88.8 matches",
        "unclassified, of those screened: 355/672, % [B] 52.83 53 matches",
        // One false responder for each SOFA of day 1 from 2 on: below it no sum is 11 or 19 less than 8 or 14 times it.
        "day 9 4825 2139 2162 23 11/8 = 1.375, prints as 1.4",
        "day 15 8425 3749 3772 23 19/14 = 1.357, prints as 1.4",
        "death, 28 days 57/131 vs 72/145: -6.1 (-17.6 to 5.6) points;",
        "death, 90 days 90/131 vs 98/145: 1.1 (-9.9 to 11.9) points.",
        "Published research criteria, not a medical device.",
    ] {
        assert!(lines.iter().any(|found| found == line), "`{line}` is not in {text}");
    }
    assert!(text.contains("The trial showed no mortality benefit"));
}

/// How many pairs respond, counted apart from the crate.
#[test]
fn r121_pairs_that_respond() {
    let respond = |days: i32, least: i32| {
        (0..=24).flat_map(|first| (0..=24 * days).map(move |sum| days * first - sum)).filter(|&fall| fall >= least).count()
    };
    assert_eq!([respond(8, 12), respond(8, 11), respond(14, 20), respond(14, 19)], [2139, 2162, 3749, 3772]);
}

/// A control: one patient more or fewer is found wherever a figure is published. Two counts have none, and 53 % of 672 is too coarse: so are
/// 354 and 356.
#[test]
fn r121_a_wrong_count_is_found() {
    let counts = [
        "46/131", "26/145", "57/131", "72/145", "90/131", "98/145", "52/131", "34/145", "51/131", "46/59", "32/66", "12/25",
        "4/23", "34/106", "22/122", "245/276", "38/121", "19/132", "355/672",
    ];
    for text in counts {
        let count: Count = text.parse().unwrap();
        for are in [count.are - 1, count.are + 1] {
            let other = Count { are, of: count.of }.to_string();
            let output = immunosep(&["--instead", text, &other]);
            let error = String::from_utf8(output.stderr).unwrap();
            let found = !["38/121", "19/132", "355/672"].contains(&text);
            assert_eq!(output.status.code(), Some(if found { 2 } else { 0 }), "{other}: {error}");
            assert_eq!(found, error.contains("published"), "{other}: {error}");
        }
    }
}

/// What is found, and how it is said: a match lost, a known difference that became another or is gone; and what is no count.
#[test]
fn what_is_wrong_is_said() {
    for (count, other, said) in [
        (
            "46/131",
            "47/131",
            "responders, day 9 (primary), difference: 17.2 is published, 17.94683 computed, and no reason is known",
        ),
        ("46/131", "46/130", "analysed, both arms: 130 + 145: 276 is published, 275.00000 computed"),
        ("46/131", "60/131", "Newcombe's hybrid score, no continuity correction: does not fit the published interval"),
        ("12/25", "11/25", "responders, day 9, MALS, P: known to be .034 where .04 is published, but 0.0"),
        ("12/25", "12/26", "responders, day 9, MALS, P: known to be .034 where .04 is published, but 0.03884 computed"),
        ("57/131", "30/131", "death, 28 days: the interval of the difference does not hold 0"),
        ("12/26", "12/25", "12/26 is no count of the trial"),
        ("46/131", "46", "expected a count such as 46/131"),
        ("46/131", "0/131", "more than none"),
        ("46/131", "131/131", "fewer than all"),
    ] {
        let output = immunosep(&["--instead", count, other]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{count} {other}: {error}");
        assert!(error.contains(said), "{count} {other}: `{said}` is not in {error}");
    }
    let output = immunosep(&["--instead", "46/131", "47/131"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("DIFFERS, no reason known"));
}

/// Ways to choose `k` of `n`: exact up to 2^53, to 14 digits beyond.
fn choose(n: u32, k: u32) -> f64 {
    (0..k).fold(1.0, |ways, at| ways * f64::from(n - at) / f64::from(at + 1))
}

/// Fisher's two-sided P by its definition: of all tables of these margins those that are no likelier.
fn enumerated(two: Two) -> f64 {
    let Two { first, second } = two;
    let respond = first.are + second.are;
    let ways = |are: u32| choose(first.of, are) * choose(second.of, respond - are);
    let all: Vec<f64> = (respond.saturating_sub(second.of)..=respond.min(first.of)).map(ways).collect();
    // Equally likely tables differ in their last bits.
    let limit = ways(first.are) * (1.0 + 1e-9);
    all.iter().filter(|&&ways| ways <= limit).sum::<f64>() / all.iter().sum::<f64>()
}

#[test]
fn fisher_is_the_enumeration() {
    let primary = Two::new([46, 131], [26, 145]);
    assert_eq!(format!("{:.7}", primary.fisher()), "0.0015177");
    // Another's: the tea of Fisher's lady, 3 of 4 cups, is 34/70.
    assert!((Two::new([3, 4], [1, 4]).fisher() - 34.0 / 70.0).abs() < 1e-12);
    for two in [
        primary,
        Two::new([57, 131], [72, 145]),
        Two::new([90, 131], [98, 145]),
        Two::new([52, 131], [34, 145]),
        Two::new([51, 131], [34, 145]),
        Two::new([46, 59], [32, 66]),
        Two::new([12, 25], [4, 23]),
        Two::new([34, 106], [22, 122]),
        Two::new([38, 121], [19, 132]),
    ] {
        assert!((two.fisher() - enumerated(two)).abs() < 1e-9, "{two}: {} {}", two.fisher(), enumerated(two));
    }
    for (of, placebo) in (2..=12).flat_map(|of| (2..=12).map(move |placebo| (of, placebo))) {
        for (are, are_of_placebo) in (1..of).flat_map(|are| (1..placebo).map(move |of_placebo| (are, of_placebo))) {
            let two = Two::new([are, of], [are_of_placebo, placebo]);
            assert!((two.fisher() - enumerated(two)).abs() < 1e-9, "{two}: {} {}", two.fisher(), enumerated(two));
        }
    }
}

/// Newcombe's own examples, Stat Med 1998;17:873-890, table II: methods 10, 1 and 6; and Agresti and Caffo's interval of them.
#[test]
fn intervals_are_those_of_newcombes_table_2() {
    let shown = |[lo, hi]: [f64; 2]| format!("{lo:.4} {hi:.4}");
    for (two, newcombe, wald, miettinen_nurminen, agresti_caffo) in [
        (Two::new([56, 70], [48, 80]), "0.0524 0.3339", "0.0575 0.3425", "0.0528 0.3382", "0.0525 0.3358"),
        (Two::new([9, 10], [3, 10]), "0.1705 0.8090", "0.2605 0.9395", "0.1700 0.8406", "0.1600 0.8400"),
        (Two::new([6, 7], [2, 7]), "0.0582 0.8062", "0.1481 0.9947", "0.0342 0.8534", "0.0338 0.8551"),
    ] {
        assert_eq!(shown(two.newcombe()), newcombe, "{two}");
        assert_eq!(shown(two.wald()), wald, "{two}");
        assert_eq!(shown(two.miettinen_nurminen()), miettinen_nurminen, "{two}");
        assert_eq!(shown(two.agresti_caffo()), agresti_caffo, "{two}");
    }
    // Nobody in one group.
    let two = Two::new([5, 56], [0, 29]);
    assert_eq!([shown(two.newcombe()), shown(two.miettinen_nurminen())], ["-0.0381 0.1926", "-0.0326 0.1933"]);
}

/// The README's three figures are the program's.
#[test]
fn the_readme_says_the_same() {
    let (readme, text) = (words(&std::fs::read_to_string("README.md").unwrap()), words(&text()));
    for (said, printed) in [
        ("17.2 points (6.8 to 27.2), P = .0015", "17.2 (6.8 to 27.2) P = .0015"),
        ("-6.1 points, printed as +6.1", "difference is -6.1, not +6.1"),
        ("would add 23 false responders to the 2139 pairs", "day 9 4825 2139 2162 23"),
    ] {
        assert!(readme.contains(said), "{said}");
        assert!(text.contains(printed), "{printed}");
    }
}

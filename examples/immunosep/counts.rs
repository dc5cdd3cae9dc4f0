//! The trial's counts and the figures published beside them: check this file against the paper.

use crate::statistics::{Count, Two};
use Published::{Differs, No, Yes};
use std::fmt::{self, Display};

/// A published figure, character by character as it is printed.
#[derive(Clone, Copy)]
pub(crate) enum Published {
    /// No printed figure is in the facts.
    No,
    /// To be equal to the computed one, rounded as this is.
    Yes(&'static str),
    /// Known to differ: what it is computed to be, and why the print may differ.
    Differs { printed: &'static str, computed: &'static str, why: &'static str },
}

/// What is compared of an outcome, each with the digits that it is shown in.
const FIGURES: [(&str, &str); 9] = [
    ("percent", "0.0"),
    ("percent of placebo", "0.0"),
    ("difference", "0.0"),
    ("lower limit", "0.0"),
    ("upper limit", "0.0"),
    ("P", ".0000"),
    ("odds ratio", "0.00"),
    ("its lower limit", "0.00"),
    ("its upper limit", "0.00"),
];

/// Two arms' counts, matched arm and placebo, with the published figures in the order of [`FIGURES`].
pub(crate) struct Outcome {
    pub(crate) name: &'static str,
    pub(crate) evidence: &'static str,
    arms: Two,
    published: [Published; 9],
}

#[rustfmt::skip]
pub(crate) static PRIMARY: Outcome = Outcome {
    name: "responders, day 9 (primary)", evidence: "A/B", arms: Two::new([46, 131], [26, 145]),
    published: [
        Yes("35.1"), Yes("17.9"), Yes("17.2"), Yes("6.8"), Yes("27.2"), Yes(".002"), Yes("2.48"), Yes("1.42"), Yes("4.32"),
    ],
};

#[rustfmt::skip]
pub(crate) static DEATH_28: Outcome = Outcome {
    name: "death, 28 days", evidence: "A/B", arms: Two::new([57, 131], [72, 145]),
    published: [
        No, No,
        Differs { printed: "+6.1", computed: "-6.1", why: "the sign is lost, fewer died in the matched arm" },
        No, No,
        Differs { printed: ".34", computed: ".3349", why: "rounds to .33; rounded to .335 first it would be .34" },
        No, No, No,
    ],
};

#[rustfmt::skip]
pub(crate) static DEATH_90: Outcome = Outcome {
    name: "death, 90 days", evidence: "A/B", arms: Two::new([90, 131], [98, 145]),
    published: [
        No, No, No,
        Differs { printed: "-9.8", computed: "-9.85", why: "rounds to -9.9, the thousandths are -9.852" },
        No, No, No, No, No,
    ],
};

#[rustfmt::skip]
static DAY_15: Outcome = Outcome {
    name: "responders, day 15", evidence: "A/B", arms: Two::new([52, 131], [34, 145]),
    published: [
        No, No,
        Differs { printed: "16.3", computed: "16.25", why: "rounds to 16.2; the rounded percentages, 39.7 - 23.4, give 16.3" },
        Yes("5.3"), Yes("26.8"), Yes(".004"), No, No, No,
    ],
};

const OF_52: &str = "51 is a sentence's, the table says 52, and these are the figures of 52";

#[rustfmt::skip]
static DAY_15_OF_A_SENTENCE: Outcome = Outcome {
    name: "day 15, 51 as in a sentence", evidence: "A/B", arms: Two::new([51, 131], [34, 145]),
    published: [
        No, No,
        Differs { printed: "16.3", computed: "15.5", why: OF_52 },
        Differs { printed: "5.3", computed: "4.6", why: OF_52 },
        Differs { printed: "26.8", computed: "26.0", why: OF_52 },
        Differs { printed: ".004", computed: ".0062", why: OF_52 },
        No, No, No,
    ],
};

#[rustfmt::skip]
static RESTORATION: Outcome = Outcome {
    name: "restoration", evidence: "A/B", arms: Two::new([46, 59], [32, 66]),
    published: [No, No, Yes("29.5"), Yes("12.6"), Yes("44.0"), No, No, No, No],
};

#[rustfmt::skip]
static MALS: Outcome = Outcome {
    name: "responders, day 9, MALS", evidence: "A/B", arms: Two::new([12, 25], [4, 23]),
    published: [
        No, No, No, No, No,
        Differs { printed: ".04", computed: ".034", why: "rounds to .03; which test gives .04 is not known" },
        No, No, No,
    ],
};

#[rustfmt::skip]
static SIP: Outcome = Outcome {
    name: "responders, day 9, SIP", evidence: "A/B", arms: Two::new([34, 106], [22, 122]),
    published: [No; 9],
};

#[rustfmt::skip]
static CARRIED_LEFT_OUT: Outcome = Outcome {
    name: "day 9, no carried patients", evidence: "B", arms: Two::new([38, 121], [19, 132]),
    published: [No; 9],
};

pub(crate) static OUTCOMES: [&Outcome; 9] =
    [&PRIMARY, &DEATH_28, &DEATH_90, &DAY_15, &DAY_15_OF_A_SENTENCE, &RESTORATION, &MALS, &SIP, &CARRIED_LEFT_OUT];

const SERIOUS: Count = Count { are: 245, of: 276 };
const UNCLASSIFIED: Count = Count { are: 355, of: 672 };

/// A figure about participants that is not one of two proportions.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) computed: f64,
    pub(crate) published: Published,
    pub(crate) evidence: &'static str,
}

/// Shares of patients, and what has to add up.
pub(crate) fn lines(instead: Instead) -> Vec<Line> {
    let sum = |what: &str, parts: [u32; 2], published, evidence| Line {
        name: format!("{what}: {} + {}", parts[0], parts[1]),
        computed: f64::from(parts[0] + parts[1]),
        published,
        evidence,
    };
    let percent = |what: &str, count: Count, published| Line {
        name: format!("{what}: {count}, %"),
        computed: 100.0 * instead.count(count).share(),
        published,
        evidence: "B",
    };
    let [primary, mals, sip] = [&PRIMARY, &MALS, &SIP].map(|outcome| instead.of(outcome));
    vec![
        sum("analysed, both arms", [primary.first.of, primary.second.of], Yes("276"), "A"),
        sum("matched arm, MALS and SIP", [mals.first.of, sip.first.of], Yes("131"), "A/B"),
        sum("placebo, MALS and SIP", [mals.second.of, sip.second.of], Yes("145"), "A/B"),
        sum("responders of the matched arm, MALS and SIP", [mals.first.are, sip.first.are], Yes("46"), "A/B"),
        sum("responders of placebo, MALS and SIP", [mals.second.are, sip.second.are], Yes("26"), "A/B"),
        percent("with a serious adverse event, of those analysed", SERIOUS, Yes("88.8")),
        percent("unclassified, of those screened", UNCLASSIFIED, Yes("53")),
    ]
}

/// One of the trial's counts taken for another.
#[derive(Clone, Copy)]
pub(crate) struct Instead(Option<[Count; 2]>);

impl Instead {
    pub(crate) fn new(counts: Option<&[Count]>) -> anyhow::Result<Instead> {
        let Some(&[count, other]) = counts else { return Ok(Instead(None)) };
        let mut counts =
            OUTCOMES.iter().flat_map(|outcome| [outcome.arms.first, outcome.arms.second]).chain([SERIOUS, UNCLASSIFIED]);
        anyhow::ensure!(counts.any(|known| known == count), "{count} is no count of the trial");
        Ok(Instead(Some([count, other])))
    }

    fn count(self, count: Count) -> Count {
        self.0.filter(|&[of_the_trial, _]| of_the_trial == count).map_or(count, |[_, other]| other)
    }

    /// An outcome's arms.
    pub(crate) fn of(self, outcome: &Outcome) -> Two {
        Two { first: self.count(outcome.arms.first), second: self.count(outcome.arms.second) }
    }
}

/// A number with the decimals of a printed one, with its plus sign if it has one, without a leading zero if it has none.
fn like(printed: &str, number: f64) -> String {
    let decimals = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let plus = if printed.starts_with('+') && number > 0.0 { "+" } else { "" };
    let text = format!("{plus}{number:.decimals$}");
    if printed.starts_with('.') { text.trim_start_matches('0').to_owned() } else { text }
}

impl Published {
    /// Whether a computed number, rounded as this one is printed, is this one.
    pub(crate) fn equals(self, computed: f64) -> bool {
        match self {
            No => false,
            Yes(printed) | Differs { printed, .. } => like(printed, computed) == printed,
        }
    }

    /// Compares; a difference that is not known, or known and not there, is written down as wrong.
    fn compare(self, name: &str, computed: f64, wrong: &mut Vec<String>) -> Compared {
        match self {
            No => Compared::Nothing,
            Yes(_) if self.equals(computed) => Compared::Same,
            Yes(printed) => {
                wrong.push(format!("{name}: {printed} is published, {computed:.5} computed, and no reason is known"));
                Compared::Unexplained
            }
            Differs { computed: known, why, .. } if !self.equals(computed) && like(known, computed) == known => {
                Compared::Explained { computed: known, why }
            }
            Differs { printed, computed: known, .. } => {
                wrong.push(format!("{name}: known to be {known} where {printed} is published, but {computed:.5} computed"));
                Compared::Unexplained
            }
        }
    }

    /// The verdict on a figure alone.
    pub(crate) fn verdict(self, name: &str, computed: f64, wrong: &mut Vec<String>) -> String {
        match self.compare(name, computed, wrong) {
            Compared::Nothing => "not printed".to_owned(),
            Compared::Same => "matches".to_owned(),
            Compared::Explained { computed, why } => format!("{self} printed, {computed} computed: {why}"),
            Compared::Unexplained => UNEXPLAINED.to_owned(),
        }
    }
}

const UNEXPLAINED: &str = "DIFFERS, no reason known";

enum Compared {
    Nothing,
    Same,
    Explained { computed: &'static str, why: &'static str },
    Unexplained,
}

impl Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            No => "?",
            Yes(printed) | Differs { printed, .. } => printed,
        })
    }
}

/// Nine figures in four cells.
fn cells([a, b, difference, lo, hi, p, odds, odds_lo, odds_hi]: [String; 9]) -> [String; 4] {
    [
        format!("{a} vs {b}"),
        format!("{difference} ({lo} to {hi})"),
        format!("P = {p}"),
        format!("{odds} ({odds_lo} to {odds_hi})"),
    ]
}

impl Outcome {
    /// The computed figures as they are shown.
    pub(crate) fn computed(&self, figures: &[f64; 9]) -> [String; 4] {
        cells(std::array::from_fn(|at| like(FIGURES[at].1, figures[at])))
    }

    /// The published ones.
    pub(crate) fn published(&self) -> [String; 4] {
        let none = cells(std::array::from_fn(|_| No.to_string()));
        let mut cells = cells(self.published.map(|published| published.to_string()));
        for (cell, none) in cells.iter_mut().zip(none) {
            if *cell == none {
                *cell = "not printed".to_owned();
            }
        }
        cells
    }

    /// Both limits of the published interval of the difference.
    pub(crate) fn interval(&self) -> [Published; 2] {
        [self.published[3], self.published[4]]
    }

    /// What does not match and why, then whether the rest matches.
    pub(crate) fn verdict(&self, figures: &[f64; 9], wrong: &mut Vec<String>) -> String {
        let (mut same, mut reasons) = (0, Vec::<(Vec<String>, &str)>::new());
        for ((figure, _), (published, &computed)) in FIGURES.into_iter().zip(self.published.into_iter().zip(figures)) {
            let name = format!("{}, {figure}", self.name);
            let (what, why) = match published.compare(&name, computed, wrong) {
                Compared::Nothing => continue,
                Compared::Same => {
                    same += 1;
                    continue;
                }
                Compared::Explained { computed, why } => (format!("{figure} is {computed}, not {published}"), why),
                Compared::Unexplained => (format!("{figure} is {computed:.4}, not {published}"), UNEXPLAINED),
            };
            match reasons.iter_mut().find(|(_, known)| *known == why) {
                Some((figures, _)) => figures.push(what),
                None => reasons.push((vec![what], why)),
            }
        }
        let mut said: Vec<String> = reasons.into_iter().map(|(what, why)| format!("{}: {why}", what.join(", "))).collect();
        match (same, said.is_empty()) {
            (0, true) => said.push("not printed".to_owned()),
            (0, false) => {}
            (_, true) => said.push("matches".to_owned()),
            (_, false) => said.push("the rest matches".to_owned()),
        }
        said.join("\n")
    }
}

//! Two proportions compared: intervals of their difference, Fisher's exact test, the odds ratio.

use anyhow::Context;
use statrs::distribution::{ContinuousCDF, Normal};
use statrs::stats_tests::{Alternative, fishers_exact};
use std::fmt::{self, Display};
use std::str::FromStr;

/// So many patients of so many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Count {
    pub(crate) are: u32,
    pub(crate) of: u32,
}

/// Two counts to be compared; a difference is the first minus the second.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Two {
    pub(crate) first: Count,
    pub(crate) second: Count,
}

impl FromStr for Count {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Count> {
        let (are, of) = text.split_once('/').context("expected a count such as 46/131")?;
        let count = Count { are: are.parse()?, of: of.parse()? };
        // Neither nobody nor everybody: the odds would be 0 or infinite.
        anyhow::ensure!(0 < count.are && count.are < count.of, "expected more than none and fewer than all, such as 46/131");
        Ok(count)
    }
}

impl Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.are, self.of)
    }
}

impl Display for Two {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} vs {}", self.first, self.second)
    }
}

/// The quantile of a two-sided 95 % interval: 1.96.
fn z() -> f64 {
    Normal::standard().inverse_cdf(0.975)
}

impl Count {
    pub(crate) fn share(self) -> f64 {
        f64::from(self.are) / f64::from(self.of)
    }

    /// Wilson's score interval: the proportions from which this count is no more than z standard errors away.
    fn wilson(self) -> [f64; 2] {
        let (n, p, z) = (f64::from(self.of), self.share(), z());
        let centre = p + z * z / (2.0 * n);
        let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        [-half, half].map(|half| (centre + half) / (1.0 + z * z / n))
    }

    /// The variance of a share `p` of so many.
    fn variance(self, p: f64) -> f64 {
        p * (1.0 - p) / f64::from(self.of)
    }

    /// Of the log likelihood of a share `p`, the slope.
    fn slope(self, p: f64) -> f64 {
        f64::from(self.are) / p - f64::from(self.of - self.are) / (1.0 - p)
    }
}

/// Where a falling function passes 0, halved down to the last bit; an end if it does not.
fn root([mut lo, mut hi]: [f64; 2], falling: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..64 {
        let middle = f64::midpoint(lo, hi);
        if falling(middle) > 0.0 { lo = middle } else { hi = middle }
    }
    f64::midpoint(lo, hi)
}

impl Two {
    pub(crate) const fn new([are, of]: [u32; 2], [placebo, of_placebo]: [u32; 2]) -> Two {
        Two { first: Count { are, of }, second: Count { are: placebo, of: of_placebo } }
    }

    pub(crate) fn difference(self) -> f64 {
        self.first.share() - self.second.share()
    }

    /// Newcombe's hybrid score interval without continuity correction: Newcombe RG, Stat Med 1998;17:873-890, method 10.
    pub(crate) fn newcombe(self) -> [f64; 2] {
        let [p, q] = [self.first.share(), self.second.share()];
        let [[p_lo, p_hi], [q_lo, q_hi]] = [self.first.wilson(), self.second.wilson()];
        [p - q - (p - p_lo).hypot(q_hi - q), p - q + (p_hi - p).hypot(q - q_lo)]
    }

    /// Wald's interval: the standard error that the two shares have.
    pub(crate) fn wald(self) -> [f64; 2] {
        let [p, q] = [self.first, self.second];
        let half = z() * (p.variance(p.share()) + q.variance(q.share())).sqrt();
        [self.difference() - half, self.difference() + half]
    }

    /// Agresti and Caffo's interval: Wald's after one more of either kind in each group. Am Stat 2000;54:280-288.
    pub(crate) fn agresti_caffo(self) -> [f64; 2] {
        let [first, second] = [self.first, self.second].map(|count| Count { are: count.are + 1, of: count.of + 2 });
        Two { first, second }.wald()
    }

    /// Miettinen and Nurminen's score interval, Stat Med 1985;4:213-226: the differences from which the counts are no more than z
    /// standard errors away, under the likeliest two shares so far apart, with the variance times N/(N - 1).
    pub(crate) fn miettinen_nurminen(self) -> [f64; 2] {
        let patients = f64::from(self.first.of) + f64::from(self.second.of);
        let away = |apart: f64| {
            let q = root([(-apart).max(0.0), (1.0 - apart).min(1.0)], |q| self.first.slope(q + apart) + self.second.slope(q));
            let variance = self.first.variance(q + apart) + self.second.variance(q);
            (self.difference() - apart) / (variance * patients / (patients - 1.0)).sqrt()
        };
        [root([-1.0, self.difference()], |apart| away(apart) - z()), root([self.difference(), 1.0], |apart| away(apart) + z())]
    }

    /// Fisher's exact test, two-sided: the tables of these margins that are no likelier.
    pub(crate) fn fisher(self) -> f64 {
        let [p, q] = [self.first, self.second];
        let table = [p.are, p.of - p.are, q.are, q.of - q.are].map(u64::from);
        // It refuses only a table that has more patients in a row than in all.
        fishers_exact(&table, Alternative::TwoSided).unwrap_or(f64::NAN)
    }

    /// The odds ratio, with Wald's interval on its logarithm.
    pub(crate) fn odds_ratio(self) -> [f64; 3] {
        let [a, b, c, d] =
            [self.first.are, self.first.of - self.first.are, self.second.are, self.second.of - self.second.are].map(f64::from);
        let (ratio, half) = (a * d / (b * c), z() * (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt());
        [ratio, ratio * (-half).exp(), ratio * half.exp()]
    }

    /// Both percentages, the difference in points with its limits, P, the odds ratio with its limits.
    pub(crate) fn figures(self) -> [f64; 9] {
        let [lo, hi] = self.newcombe();
        let [p, q, difference, lo, hi] = [self.first.share(), self.second.share(), self.difference(), lo, hi].map(|x| 100.0 * x);
        let [odds, odds_lo, odds_hi] = self.odds_ratio();
        [p, q, difference, lo, hi, self.fisher(), odds, odds_lo, odds_hi]
    }
}

//! `defmt::Format` where it can not be derived: types that carry their quantity only in the type.

use crate::course::Course;
use crate::cutoffs::{Cutoff, Cutoffs};
use crate::eligibility::{Signal, Watch};
use crate::guard::{Guarded, Imprecision};
use crate::quantity::Quantity;
use crate::reading::Reading;
#[cfg(feature = "libm")]
use crate::risk::Uncertainty;
use crate::series::{OnDays, Reference, Sample, Series, Twice};
use crate::window::Code;
use defmt::{Format, Formatter, write};

impl<Q: Quantity> Format for Reading<Q> {
    fn format(&self, f: Formatter<'_>) {
        let [lo, hi] = self.ends();
        write!(f, "{=str} {=i32}..{=i32} half-ticks of 1/{=u32} {=str}", Q::NAME, lo, hi, Q::TICKS, Q::UNIT);
    }
}

impl<Q: Quantity> Format for Cutoff<Q> {
    fn format(&self, f: Formatter<'_>) {
        write!(f, "{=str} {=[?]} {=str}", Q::NAME, self.edge(), Q::UNIT);
    }
}

impl<Q: Quantity> Format for Cutoffs<Q> {
    fn format(&self, f: Formatter<'_>) {
        write!(f, "{=str} {} {=str}", Q::NAME, self.raw(), Q::UNIT);
    }
}

impl<Q: Quantity> Format for Imprecision<Q> {
    fn format(&self, f: Formatter<'_>) {
        let Imprecision { per_mille, absolute, coverage, .. } = self;
        write!(f, "{=str} CV {=u16}/1000, {=u32} ticks, coverage {=u16}/100", Q::NAME, per_mille, absolute, coverage);
    }
}

impl<Q: Quantity> Format for Guarded<Q> {
    fn format(&self, f: Formatter<'_>) {
        write!(f, "{=str} surely {=[?]} possibly {=[?]} {=str}", Q::NAME, self.surely, self.possibly, Q::UNIT);
    }
}

#[cfg(feature = "libm")]
impl<Q: Quantity> Format for Uncertainty<Q> {
    fn format(&self, f: Formatter<'_>) {
        write!(f, "{=str} {}", Q::NAME, self.scatter);
    }
}

impl Format for Code {
    fn format(&self, _: Formatter<'_>) {}
}

impl<const N: usize> Format for Course<N> {
    fn format(&self, f: Formatter<'_>) {
        write!(f, "course of {=usize} days of at most {=usize}, rules {}", self.len(), N, self.rules());
    }
}

impl<Q: Quantity> Format for Sample<Q> {
    fn format(&self, f: Formatter<'_>) {
        write!(f, "minute {=u32} {} {} corrected {=bool}", self.minute, self.reading, self.remarks, self.corrected);
    }
}

impl<Q: Quantity, const N: usize> Format for Series<Q, N> {
    fn format(&self, f: Formatter<'_>) {
        write!(f, "{=str}, at most {=usize} samples:", Q::NAME, N);
        for sample in self.samples() {
            write!(f, " {}", sample);
        }
    }
}

impl<Q: Quantity> Format for Reference<Q> {
    fn format(&self, f: Formatter<'_>) {
        write!(f, "reference {}", self.interval());
    }
}

impl<Q: Quantity> Format for Twice<Q> {
    fn format(&self, f: Formatter<'_>) {
        write!(f, "twice {=str} rule {}", Q::NAME, self.id());
    }
}

impl<Q: Quantity> Format for OnDays<Q> {
    fn format(&self, f: Formatter<'_>) {
        write!(f, "on days {=str} rule {}", Q::NAME, self.id());
    }
}

impl<Q: Quantity> Format for Watch<Q> {
    fn format(&self, f: Formatter<'_>) {
        write!(f, "baseline {}", self.baseline());
    }
}

impl<Q: Quantity> Format for Signal<Q> {
    fn format(&self, f: Formatter<'_>) {
        let Signal { met, reading, baseline, minute, since_dose } = self;
        write!(f, "{} at minute {=u32}, {=u32} after the dose: {}, at baseline {}", met, minute, since_dose, reading, baseline);
    }
}

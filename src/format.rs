//! `defmt::Format` where it can not be derived: types that carry their quantity only in the type.

use crate::course::Course;
use crate::cutoffs::{Cutoff, Cutoffs};
use crate::guard::{Guarded, Imprecision};
use crate::quantity::Quantity;
use crate::reading::Reading;
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
        let [per_mille, ticks, coverage] = self.numbers();
        write!(f, "{=str} CV {=u32}/1000, {=u32} ticks, coverage {=u32}/100", Q::NAME, per_mille, ticks, coverage);
    }
}

impl<Q: Quantity> Format for Guarded<Q> {
    fn format(&self, f: Formatter<'_>) {
        write!(f, "{=str} surely {=[?]} possibly {=[?]} {=str}", Q::NAME, self.surely, self.possibly, Q::UNIT);
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

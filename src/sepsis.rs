//! Sepsis-3: sepsis and septic shock, as far as the readings settle them.

use crate::cutoffs::{Cutoff, Total};
use crate::quantity::{Gcs, Lactate, Quantity, RespiratoryRate, Sbp};
use crate::reading::{Met, Reading};
use crate::sofa::{Row, RuleId};

/// The numbers of Sepsis-3; [`SEPSIS_3`](crate::published::SEPSIS_3) is the published set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Sepsis3 {
    /// The rise of SOFA that makes an infection sepsis.
    pub rise: u8,
    /// The lactate of septic shock.
    pub lactate: Cutoff<Lactate>,
}

/// The SOFA before this illness; not the endpoint's day 1: a patient septic on arrival has change 0 and sepsis yes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Prior {
    /// Not known. A total below the rise is then no sepsis, a higher one is open.
    Unknown,
    /// Known, or taken as 0 because no earlier dysfunction is known, as Sepsis-3 allows.
    Sofa(u8),
}

impl Sepsis3 {
    /// The fingerprint of the numbers; call it in a `const`.
    ///
    /// ```
    /// use endotype::{RuleId, Sepsis3, published::SEPSIS_3};
    /// const LOCAL: RuleId = Sepsis3 { rise: 3, ..SEPSIS_3 }.id();
    /// assert_ne!(LOCAL, SEPSIS_3.id());
    /// ```
    pub const fn id(&self) -> RuleId {
        RuleId::of(&[Row::of::<Lactate>(Lactate::NAME, self.lactate.raw())], &[self.rise as u32])
    }

    /// Sepsis: infection, and a total (emergency admission) or a rise over the earlier SOFA (in hospital before) of at least 2.
    ///
    /// With the admission unknown, what both ways say.
    ///
    /// ```
    /// use endotype::{Met::*, Prior, Total, published::SEPSIS_3};
    /// let sepsis = |emergency, total, prior| SEPSIS_3.sepsis(Yes, emergency, Total::only(total), prior);
    /// assert_eq!(sepsis(Yes, 2, Prior::Unknown), Yes);
    /// assert_eq!(sepsis(No, 5, Prior::Sofa(4)), No);
    /// assert_eq!(sepsis(No, 5, Prior::Unknown), Unknown);
    /// assert_eq!(sepsis(Unknown, 1, Prior::Unknown), No);
    /// ```
    pub const fn sepsis(&self, infection: Met, emergency: Met, total: Total, prior: Prior) -> Met {
        let by_total = total.at_least(self.rise);
        let by_rise = match prior {
            Prior::Sofa(before) => total.at_least(before.saturating_add(self.rise)),
            // Whatever the earlier SOFA was, a rise needs at least the total.
            Prior::Unknown => by_total.and(Met::Unknown),
        };
        infection.and(match emergency {
            Met::Yes => by_total,
            Met::No => by_rise,
            Met::Unknown => by_total.agreed(by_rise),
        })
    }

    /// Septic shock: sepsis, and its circulatory part ([`Day::circulatory_shock`](crate::Day::circulatory_shock)).
    ///
    /// ```
    /// use endotype::{Met::*, published::SEPSIS_3};
    /// assert_eq!([SEPSIS_3.shock(Yes, Yes), SEPSIS_3.shock(Yes, Unknown), SEPSIS_3.shock(Unknown, No)], [Yes, Unknown, No]);
    /// ```
    pub const fn shock(&self, sepsis: Met, circulatory: Met) -> Met {
        sepsis.and(circulatory)
    }
}

/// The numbers of qSOFA, the bedside screen of Sepsis-3; [`QSOFA`](crate::published::QSOFA) is the published set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Qsofa {
    /// The respiratory rate that counts.
    pub respiratory_rate: Cutoff<RespiratoryRate>,
    /// The Glasgow Coma Scale that counts.
    pub gcs: Cutoff<Gcs>,
    /// The systolic pressure that counts.
    pub sbp: Cutoff<Sbp>,
    /// How many of the three make it positive.
    pub positive: u8,
}

/// What qSOFA says of three readings.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Screen {
    /// Whether it is positive.
    pub met: Met,
    /// Whether the respiratory rate counts.
    pub respiratory_rate: Met,
    /// Whether the Glasgow Coma Scale does.
    pub gcs: Met,
    /// Whether the systolic pressure does.
    pub sbp: Met,
}

impl Qsofa {
    /// Whether the screen is positive, as far as the readings decide it.
    ///
    /// ```
    /// use endotype::{Met, Reading, published::QSOFA};
    /// let screen = QSOFA.screen(Reading::read("22").unwrap(), Reading::UNKNOWN, Reading::read("101").unwrap());
    /// assert_eq!((screen.met, screen.needed()), (Met::Unknown, [false, true, false]));
    /// let screen = QSOFA.screen(Reading::read("22").unwrap(), Reading::UNKNOWN, Reading::read("100").unwrap());
    /// assert_eq!((screen.met, screen.needed()), (Met::Yes, [false; 3]));
    /// ```
    pub const fn screen(&self, respiratory_rate: Reading<RespiratoryRate>, gcs: Reading<Gcs>, sbp: Reading<Sbp>) -> Screen {
        let each = [self.respiratory_rate.met(respiratory_rate), self.gcs.met(gcs), self.sbp.met(sbp)];
        let (mut surely, mut possibly, mut left) = (0, 0, each.as_slice());
        while let [met, rest @ ..] = left {
            surely += matches!(met, Met::Yes) as u8;
            possibly += !matches!(met, Met::No) as u8;
            left = rest;
        }
        let [respiratory_rate, gcs, sbp] = each;
        Screen { met: Met::of(surely >= self.positive, possibly >= self.positive), respiratory_rate, gcs, sbp }
    }
}

impl Screen {
    /// Of respiratory rate, Glasgow Coma Scale and systolic pressure those that are still needed to decide; none once decided.
    ///
    /// ```
    /// use endotype::{Reading, published::QSOFA};
    /// assert_eq!(QSOFA.screen(Reading::UNKNOWN, Reading::UNKNOWN, Reading::UNKNOWN).needed(), [true; 3]);
    /// ```
    pub const fn needed(&self) -> [bool; 3] {
        let open = matches!(self.met, Met::Unknown);
        [
            open && matches!(self.respiratory_rate, Met::Unknown),
            open && matches!(self.gcs, Met::Unknown),
            open && matches!(self.sbp, Met::Unknown),
        ]
    }
}

//! The ImmunoSep endotypes: two criteria, and the classes that they leave possible.

use crate::cutoffs::Cutoff;
use crate::guard::Imprecision;
use crate::immune::Needs;
use crate::quantity::{Ferritin, MhlaDr, Quantity};
use crate::reading::{Met, Reading};
use crate::snapshot::Pass;
use crate::sofa::{Row, RuleId};

/// A class of the ImmunoSep trial: a published research criterion, not a diagnosis.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Endotype {
    /// Macrophage activation-like syndrome: ferritin above its cut-off, whatever the HLA-DR.
    Mals,
    /// Sepsis-induced immunoparalysis: ferritin not above its cut-off, and HLA-DR below its own.
    Immunoparalysis,
    /// Neither.
    Unclassified,
}

impl Endotype {
    /// Every class, in the order in which they are listed.
    pub const ALL: [Endotype; 3] = [Endotype::Mals, Endotype::Immunoparalysis, Endotype::Unclassified];

    /// The class's name.
    ///
    /// ```
    /// use endotype::Endotype;
    /// assert_eq!(Endotype::ALL.map(Endotype::name), ["mals", "immunoparalysis", "unclassified"]);
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Endotype::Mals => "mals",
            Endotype::Immunoparalysis => "immunoparalysis",
            Endotype::Unclassified => "unclassified",
        }
    }
}

/// The two cut-offs of an endotype rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct CriteriaRows {
    /// Hyperinflammation.
    pub ferritin: Cutoff<Ferritin>,
    /// Immunoparalysis.
    pub mhla_dr: Cutoff<MhlaDr>,
}

/// An endotype rule set; [`IMMUNOSEP`](crate::published::IMMUNOSEP) is the published one.
///
/// ```
/// use endotype::{Endotype, Reading, published::IMMUNOSEP};
/// let class = IMMUNOSEP.classify(Reading::read("900").unwrap(), Reading::read("4999").unwrap());
/// assert_eq!(class.single(), Some(Endotype::Immunoparalysis));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Criteria {
    rows: CriteriaRows,
    id: RuleId,
}

impl Criteria {
    /// From its rows; call it in a `const` or a `static`.
    ///
    /// ```
    /// use endotype::{Criteria, CriteriaRows, Cutoff, published::IMMUNOSEP};
    /// static LOCAL: Criteria = Criteria::new(CriteriaRows { mhla_dr: Cutoff::new("< 8000"), ..*IMMUNOSEP.rows() });
    /// assert_ne!(LOCAL.id(), IMMUNOSEP.id());
    /// ```
    pub const fn new(rows: CriteriaRows) -> Criteria {
        let listed =
            [Row::of::<Ferritin>(Ferritin::NAME, rows.ferritin.raw()), Row::of::<MhlaDr>(MhlaDr::NAME, rows.mhla_dr.raw())];
        Criteria { rows, id: RuleId::of(&listed, &[]) }
    }

    /// The same with a guard band at each cut-off, which costs no instruction: both halves are computed in `const`.
    ///
    /// It is a rule set of its own, with an id of its own; without any imprecision it is the same.
    ///
    /// ```
    /// use endotype::{Amount, Criteria, Imprecision, Reading, published::IMMUNOSEP};
    /// static GUARDED: Criteria = IMMUNOSEP.guarded(Imprecision::new(80, Amount::Ticks(0), 196), Imprecision::new(150, Amount::Ticks(0), 196));
    /// let class = GUARDED.classify(Reading::read("4421").unwrap(), Reading::read("9000").unwrap());
    /// assert_eq!(class.single(), None);
    /// assert_ne!(GUARDED.id(), IMMUNOSEP.id());
    /// ```
    pub const fn guarded(&self, ferritin: Imprecision<Ferritin>, mhla_dr: Imprecision<MhlaDr>) -> Criteria {
        let rows = CriteriaRows { ferritin: self.rows.ferritin.guarded(ferritin), mhla_dr: self.rows.mhla_dr.guarded(mhla_dr) };
        let edges = [rows.ferritin.surely, rows.ferritin.possibly, rows.mhla_dr.surely, rows.mhla_dr.possibly];
        let [a, b, c, d] =
            [edges[0].cast_unsigned(), edges[1].cast_unsigned(), edges[2].cast_unsigned(), edges[3].cast_unsigned()];
        let without_a_band = edges[0] == edges[1] && edges[2] == edges[3];
        let id = if without_a_band { self.id } else { RuleId::of(&[], &[self.id.number(), a, b, c, d]) };
        Criteria { rows, id }
    }

    /// The rows as printed.
    ///
    /// ```
    /// assert_eq!(endotype::published::IMMUNOSEP.rows().mhla_dr.edge(), [10_000_000, 9_999_999]);
    /// ```
    pub const fn rows(&self) -> &CriteriaRows {
        &self.rows
    }

    /// The fingerprint of the rows.
    ///
    /// ```
    /// use endotype::published::IMMUNOSEP;
    /// assert_eq!(IMMUNOSEP.id(), IMMUNOSEP.id());
    /// ```
    pub const fn id(&self) -> RuleId {
        self.id
    }

    /// The classes that the two readings leave possible; exact.
    ///
    /// ```
    /// use endotype::{Endotype::*, Met, Reading, published::IMMUNOSEP};
    /// // Above the analyser's range: nothing is known about 4420, so dilute.
    /// let open = IMMUNOSEP.classify(Reading::read("> 2000").unwrap(), Reading::read("3000").unwrap());
    /// assert_eq!(open.classes().collect::<Vec<_>>(), [Mals, Immunoparalysis]);
    /// assert_eq!((open.hyperinflammation(), open.immunoparalysis()), (Met::Unknown, Met::Yes));
    /// ```
    // Inlined, the criteria of a device are constants in it.
    #[inline(always)]
    pub const fn classify(&self, ferritin: Reading<Ferritin>, mhla_dr: Reading<MhlaDr>) -> Classification {
        let [high, maybe_high] = self.rows.ferritin.passed(ferritin);
        let [low, maybe_low] = self.rows.mhla_dr.passed(mhla_dr);
        let mut second = 0;
        if maybe_low {
            second = IMMUNOPARALYSIS;
        }
        if !low {
            second |= UNCLASSIFIED;
        }
        let mut classes = second << BY_ITSELF;
        if !high {
            classes |= second;
        }
        if maybe_high {
            classes |= MALS;
        }
        Classification(classes)
    }
}

impl Criteria {
    /// What would settle an open class: of each criterion that is open a sample, a dilution or a repeat; nothing once it is decided.
    ///
    /// ```
    /// use endotype::{Need, Reading, published::IMMUNOSEP};
    /// let needs = |f, h| IMMUNOSEP.needs(Reading::read(f).unwrap(), Reading::read(h).unwrap());
    /// assert_eq!((needs(">2000", "").ferritin, needs(">2000", "").mhla_dr), (Need::Dilution, Need::Sample));
    /// assert_eq!((needs("900", "4700..5300").ferritin, needs("900", "4700..5300").mhla_dr), (Need::Nothing, Need::Repeat));
    /// assert_eq!(needs("4421", "").mhla_dr, Need::Nothing); // MALS, whatever the HLA-DR
    /// ```
    pub const fn needs(&self, ferritin: Reading<Ferritin>, mhla_dr: Reading<MhlaDr>) -> Needs {
        match [self.rows.ferritin.met(ferritin), self.rows.mhla_dr.met(mhla_dr)] {
            [Met::Yes, _] | [Met::No, Met::No | Met::Yes] => Needs::NOTHING,
            open => Needs::of(open, ferritin, mhla_dr),
        }
    }
}

/// What the two criteria leave possible.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Classification(u8);

/// The classes that are still possible, and once more without the ferritin those that the HLA-DR decides.
const MALS: u8 = 1;
const IMMUNOPARALYSIS: u8 = 2;
const UNCLASSIFIED: u8 = 4;
const BY_ITSELF: u8 = 2;

impl Classification {
    /// Of what is not read yet.
    pub(crate) const fn blank() -> Classification {
        Classification(0)
    }

    pub(crate) fn walk(&mut self, pass: &mut impl Pass) {
        self.0 = pass.code(self.0, 31);
    }

    /// The ferritin criterion.
    ///
    /// ```
    /// use endotype::{Met, Reading, published::IMMUNOSEP};
    /// assert_eq!(IMMUNOSEP.classify(Reading::read("4420").unwrap(), Reading::UNKNOWN).hyperinflammation(), Met::No);
    /// ```
    pub const fn hyperinflammation(self) -> Met {
        Met::of(self.0 & (IMMUNOPARALYSIS | UNCLASSIFIED) == 0, self.0 & MALS != 0)
    }

    /// The HLA-DR criterion by itself; the class needs a ferritin that is not above its cut-off, too.
    ///
    /// ```
    /// use endotype::{Met, Reading, published::IMMUNOSEP};
    /// assert_eq!(IMMUNOSEP.classify(Reading::UNKNOWN, Reading::read("<5000").unwrap()).immunoparalysis(), Met::Yes);
    /// ```
    pub const fn immunoparalysis(self) -> Met {
        let by_itself = self.0 >> BY_ITSELF;
        Met::of(by_itself & UNCLASSIFIED == 0, by_itself & IMMUNOPARALYSIS != 0)
    }

    /// Whether a class is still possible.
    ///
    /// ```
    /// use endotype::{Endotype, Reading, published::IMMUNOSEP};
    /// let open = IMMUNOSEP.classify(Reading::read("900").unwrap(), Reading::UNKNOWN);
    /// assert!(!open.allows(Endotype::Mals) && open.allows(Endotype::Unclassified));
    /// ```
    pub const fn allows(self, class: Endotype) -> bool {
        self.0 >> class as u8 & 1 == 1
    }

    /// The classes that are still possible: one to three.
    ///
    /// ```
    /// use endotype::{Endotype::*, Reading, published::IMMUNOSEP};
    /// let open = IMMUNOSEP.classify(Reading::UNKNOWN, Reading::read("9000").unwrap());
    /// assert_eq!(open.classes().collect::<Vec<_>>(), [Mals, Unclassified]);
    /// ```
    pub fn classes(self) -> impl Iterator<Item = Endotype> {
        Endotype::ALL.into_iter().filter(move |&class| self.allows(class))
    }

    /// The class that it was and the class that it is, where both are decided and differ: nothing else is a change.
    ///
    /// ```
    /// use endotype::{Endotype::*, Reading, published::IMMUNOSEP};
    /// let class = |f| IMMUNOSEP.classify(Reading::read(f).unwrap(), Reading::read("9000").unwrap());
    /// assert_eq!(class("900").became(class("4421")), Some([Unclassified, Mals]));
    /// assert_eq!([class("900").became(class(">2000")), class("900").became(class("800"))], [None; 2]);
    /// ```
    pub const fn became(self, later: Classification) -> Option<[Endotype; 2]> {
        match (self.single(), later.single()) {
            (Some(from), Some(to)) if from as u8 != to as u8 => Some([from, to]),
            _ => None,
        }
    }

    /// The class, once only one is left.
    ///
    /// ```
    /// use endotype::{Endotype, Reading, published::IMMUNOSEP};
    /// // Above the cut-off the HLA-DR is irrelevant.
    /// assert_eq!(IMMUNOSEP.classify(Reading::read("4421").unwrap(), Reading::UNKNOWN).single(), Some(Endotype::Mals));
    /// assert_eq!(IMMUNOSEP.classify(Reading::UNKNOWN, Reading::UNKNOWN).single(), None);
    /// ```
    pub const fn single(self) -> Option<Endotype> {
        match self.0 & (MALS | IMMUNOPARALYSIS | UNCLASSIFIED) {
            MALS => Some(Endotype::Mals),
            IMMUNOPARALYSIS => Some(Endotype::Immunoparalysis),
            UNCLASSIFIED => Some(Endotype::Unclassified),
            _ => None,
        }
    }
}

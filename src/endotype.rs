//! The ImmunoSep endotypes: two criteria, and the classes that they leave possible.

use crate::cutoffs::Cutoff;
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

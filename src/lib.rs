//! Published sepsis research criteria for the firmware of point-of-care analysers and bedside monitors: the ImmunoSep
//! endotypes and SOFA from charted events, exact at every edge, with an honest "undecided" when the readings do not settle it.
//!
//! `no_std`, no heap, no float, no division, no panic, no `unsafe`. Plain old data throughout: an interrupt queues [`Event`]s, a
//! task feeds them.
//!
//! ```
//! use endotype::published::{IMMUNOSEP, SOFA_1996};
//! use endotype::{Carried, Endotype, Error, Event, How, Organ, Reading, Window};
//!
//! let mut window = Window::new(&SOFA_1996); // one a patient; minutes count from the start of its day 1
//! window.push(&SOFA_1996, 12, &Event::read("platelets", "10*9/L", "88")?)?;
//! window.push(&SOFA_1996, 15, &Event::read("gcs", "{score}", "13")?)?;
//! let day = window.so_far(&SOFA_1996)?;
//! let score = day.score(&SOFA_1996, How::DEFAULT, Carried::NONE);
//! assert_eq!(score.total().ends(), [3, 16]); // 2 + 1, and four organs of which nothing is known yet
//! assert_eq!(day.witness(Organ::Coagulation).unwrap().minute, 12);
//!
//! let class = IMMUNOSEP.classify(Reading::read("> 2000")?, Reading::read("3000")?);
//! assert_eq!(class.single(), None); // ">2000" says nothing about 4420: dilute
//! assert!(!class.allows(Endotype::Unclassified));
//! # Ok::<(), Error>(())
//! ```
//!
//! # Rooms
//!
//! | room | what is in it |
//! |---|---|
//! | [`quantity`] | one table: every quantity's unit, ticks and reportable range |
//! | [`Reading`], [`Met`] | the set of values that a quantity may truly have; yes, no, unknown |
//! | [`Cutoffs`], [`Points`], [`Total`] | four cut-offs in the paper's words; the points that are still possible |
//! | [`SofaRules`], [`Organ`], [`Sofa`] | one organ at one moment, organ by organ |
//! | [`SecondRows`], [`UrineSpan`] | what SOFA-2 scores that 1996 does not |
//! | [`Criteria`], [`Classification`], [`Endotype`] | the two ImmunoSep criteria and the classes that they leave |
//! | [`Imprecision`], [`Guarded`] | guard bands: what an assay's scatter leaves open |
//! | `Uncertainty`, `Chance` | feature `libm`: how probable an answer is, of a reading with a standard uncertainty; never the decision |
//! | [`Series`], [`Twice`], [`OnDays`], [`Slope`], [`Stays`], [`Reference`] | timed samples of one marker, published rules over them, the laboratory's interval |
//! | [`Immune`], [`ImmuneRules`], [`Entry`], [`Restoration`] | class at entry, restoration, switch, state, stage |
//! | [`Checks`], [`Specimen`] | what an analyser gets wrong, and how it opens a reading |
//! | [`Trial`], [`Candidate`], [`Eligibility`], [`Arm`], [`Watch`] | whom the trial would have taken, its arms, a watch since the dose |
//! | [`published`] | nothing but numbers and citations |
//! | [`Event`] | one charted item |
//! | [`Window`], [`Day`], [`Score`] | events, hours, 24 hours: pairing, what holds, urine, witness |
//! | [`Sepsis3`], [`Prior`], [`Qsofa`] | sepsis and septic shock; the bedside screen |
//! | [`Course`], [`Endpoint`], [`Response`] | closed days, change, the trial's endpoint |
//! | [`Snapshot`] | state to and from bytes, for flash and other devices |
//! | [`Receipt`] | a decision and what decided it, for a device's log |
//! | [`Error`] | everything that is refused, numbered |
//!
//! # What it does not do
//!
//! It is not a medical device and recommends no treatment. It classifies by published research criteria; the ImmunoSep trial
//! showed no mortality benefit, its cut-offs await validation, and practice should not change on one trial. It keeps no clock,
//! converts no unit between its US and SI columns, knows no assay's limits but those that it is told, and takes nothing that is missing for normal
//! unless it is told to, and then counts it.
//!
//! # Features
//!
//! None by default. `defmt`: every public type is `defmt::Format`. `libm`: [`Reading`] from a measured `f32`, rounded outward, and the
//! risk of misclassification; the only places with a float.

#![no_std]
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic, clippy::integer_division, clippy::modulo_arithmetic)]

mod course;
mod cutoffs;
mod eligibility;
mod endotype;
mod error;
mod event;
#[cfg(feature = "defmt")]
mod format;
mod guard;
mod immune;
mod plausible;
pub mod published;
pub mod quantity;
mod reading;
mod receipt;
#[cfg(feature = "libm")]
mod risk;
mod second;
mod sepsis;
mod series;
mod snapshot;
mod sofa;
mod window;

pub use course::{Change, Course, End, Endpoint, Gap, Response};
pub use cutoffs::{Cutoff, Cutoffs, Points, Total};
pub use eligibility::{Answers, Arm, Candidate, CriterionRow, Eligibility, Signal, Trial, Watch, arm};
pub use endotype::{Classification, Criteria, CriteriaRows, Endotype};
pub use error::Error;
pub use event::{Criterion, Dose, Event, Flag, ITEMS, Infusion, Kind, Marker, Rate, Remark, Salt, Support};
pub use guard::{Guarded, Imprecision};
pub use immune::{Axes, Entry, Immune, ImmuneRules, Needs, Restoration};
pub use plausible::{Bias, Checks, Fall, Limit, Method, Specimen};
pub use reading::{Amount, Met, Reading};
pub use receipt::Receipt;
#[cfg(feature = "libm")]
pub use risk::{Chance, Uncertainty};
pub use second::{SecondRows, UrineSpan};
pub use sepsis::{Prior, Qsofa, Screen, Sepsis3};
pub use series::{Answer, Apart, Filed, Level, Need, OnDays, Reference, Remarks, Sample, Series, Slope, Stays, Trend, Twice};
pub use snapshot::Snapshot;
pub use sofa::{Edge, Gas, Organ, RuleId, Sofa, SofaRows, SofaRules, Supports, edges};
pub use window::{Carried, Day, How, Infusions, Item, Limits, Missing, Score, Window, Witness};

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

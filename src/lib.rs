#![doc = "placeholder"]
#![no_std]
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic, clippy::integer_division, clippy::modulo_arithmetic)]

mod course;
mod cutoffs;
mod endotype;
mod error;
mod event;
#[cfg(feature = "defmt")]
mod format;
pub mod published;
pub mod quantity;
mod reading;
mod sepsis;
mod sofa;
mod window;

pub use course::{Change, Course, End, Endpoint, Gap, Response};
pub use cutoffs::{Cutoff, Cutoffs, Points, Total};
pub use endotype::{Classification, Criteria, CriteriaRows, Endotype};
pub use error::Error;
pub use event::{Dose, Event, Flag, ITEMS, Infusion, Kind, Rate, Support};
pub use reading::{Amount, Met, Reading};
pub use sepsis::{Prior, Sepsis3};
pub use sofa::{Edge, Gas, Organ, RuleId, Sofa, SofaRows, SofaRules, edges};
pub use window::{Carried, Day, How, Infusions, Item, Limits, Missing, Score, Window, Witness};

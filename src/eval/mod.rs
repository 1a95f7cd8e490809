//! Measures answers on questions whose answers are known.

pub mod data;
pub mod fit;
pub mod known;
pub mod metrics;
pub mod report;
pub mod run;

pub use data::{EvalSet, Labelled};
pub use report::Report;
pub use run::{Outcome, evaluate};

//! Measures answers on questions whose answers are known.

pub mod data;
pub mod fit;
pub mod known;
pub mod metrics;
pub mod plot;
pub mod report;
pub mod run;

pub use data::{EvalSet, Labelled};
pub use report::{InForce, Report};
pub use run::{Outcome, evaluate};

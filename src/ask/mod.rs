//! From a question to a reply, one file a step: query, retrieve, rank, decide, compose.

pub(crate) mod clauses;
pub mod compose;
mod considered;
pub mod context;
pub mod decide;
pub mod engine;
pub mod explain;
pub mod filter;
pub mod forms;
pub mod history;
pub mod hits;
pub mod newer;
pub mod overlap;
pub mod parts;
pub mod query;
pub mod rank;
pub mod ranking;
mod reading;
pub mod retrieve;
pub mod score;
pub mod sentences;
pub mod signals;
pub mod suggest;
pub mod tally;
pub mod tokens;
pub mod vocabulary;
pub mod weights;

//! What people say of replies, and what they asked in vain: `log` keeps it, `group` brings together what is alike, and
//! `misses` says what is to be done about it. `follow` reads a log on, and `lists` keeps what was made of it.

mod export;
mod follow;
mod group;
mod lists;
pub mod log;
mod misses;

pub use export::{EvalFiles, export};
pub use lists::{MissList, MissLists};
pub use log::{FeedbackLog, Logged, Record, Said, Verdict};
pub use misses::{Miss, Misses};

#[cfg(test)]
mod tests;

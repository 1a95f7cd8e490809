//! What a user of the built program sees, one module a subject.

mod answers;
mod ask;
mod bad_input;
mod chat;
mod citations;
#[cfg(unix)]
mod clients;
mod completions;
mod config;
mod determinism;
mod documents;
mod eval;
mod exports;
#[cfg(feature = "server")]
mod feedback;
#[cfg(feature = "server")]
mod grounding;
mod harness;
mod help;
mod hostile_files;
mod index;
#[cfg(feature = "server")]
mod jobs;
mod learn;
mod limits;
mod newcomers;
#[cfg(feature = "documents")]
#[path = "../src/read/package/testing.rs"]
mod office;
#[cfg(feature = "documents")]
mod office_files;
#[cfg(feature = "server")]
mod pages;
mod promises;
mod same_pairs;
#[cfg(feature = "server")]
mod serve;
#[cfg(feature = "server")]
mod server;
mod show;
mod verify;
mod words;

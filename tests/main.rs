//! What a user of the built program sees, one module a subject.

mod answers;
mod ask;
mod bad_input;
#[cfg(feature = "server")]
mod browse;
mod chat;
mod citations;
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
#[cfg(feature = "server")]
mod hostile_requests;
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
mod promises;
mod same_pairs;
#[cfg(feature = "server")]
mod serve;
#[cfg(feature = "server")]
mod server;
mod show;
#[cfg(feature = "server")]
mod suggest;
mod verify;
mod words;

//! What a user of the built program sees, one module a subject.

mod answers;
mod ask;
#[cfg(feature = "server")]
mod azure;
mod bad_input;
mod chat;
mod citations;
#[cfg(unix)]
mod clients;
mod completions;
mod config;
mod determinism;
#[cfg(feature = "server")]
mod dify;
mod documents;
mod eval;
mod exports;
mod harness;
mod help;
mod hostile_files;
mod index;
mod learn;
mod limits;
mod newcomers;
#[cfg(feature = "documents")]
#[path = "../src/read/package/testing.rs"]
mod office;
#[cfg(feature = "documents")]
mod office_files;
#[cfg(feature = "server")]
mod openai;
mod promises;
mod same_pairs;
#[cfg(feature = "server")]
mod serve;
#[cfg(feature = "server")]
mod server;
mod show;
mod verify;
mod words;

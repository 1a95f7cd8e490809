//! What a user of the built program sees, one module a subject.

#[cfg(all(unix, feature = "server"))]
mod adapters;
mod answers;
mod ask;
#[cfg(feature = "server")]
mod azure;
mod bad_input;
#[cfg(feature = "server")]
mod browse;
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
#[cfg(feature = "server")]
mod doors;
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
#[cfg(all(unix, feature = "server"))]
mod mcp;
mod newcomers;
#[cfg(feature = "documents")]
#[path = "../src/read/package/testing.rs"]
mod office;
#[cfg(feature = "documents")]
mod office_files;
#[cfg(feature = "server")]
mod openai;
#[cfg(all(unix, feature = "server"))]
mod openapi;
#[cfg(feature = "server")]
mod overload;
#[cfg(feature = "server")]
mod pages;
mod promises;
#[cfg(all(unix, feature = "server"))]
mod python_client;
#[cfg(all(unix, feature = "server"))]
mod recipes;
mod same_pairs;
#[cfg(feature = "server")]
mod serve;
#[cfg(feature = "server")]
mod server;
#[cfg(unix)]
mod service;
mod show;
#[cfg(feature = "server")]
mod suggest;
mod verify;
mod words;

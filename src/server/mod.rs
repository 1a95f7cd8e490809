//! `faqt serve`: one process that answers over HTTP, in its own shape and in the conventions of others.
//!
//! Every door calls [`App::ask`], which calls `Engine::ask`; a convention's file only changes the clothes.

pub mod api;
mod app;
mod auth;
mod azure;
mod connections;
mod dify;
mod extract;
mod failure;
mod health;
mod ids;
mod jobs;
pub mod keys;
mod limits;
mod linger;
mod links;
mod listen;
pub mod logs;
pub mod mcp;
mod metrics;
mod observe;
mod openai;
mod openapi;
mod page;
mod phrases;
mod recorder;
mod rendered;
mod replies;
mod routes;
mod workers;

pub use app::{App, Opened};
pub use health::check;
pub use listen::serve;
pub use routes::{document, router};

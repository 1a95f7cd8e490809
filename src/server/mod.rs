//! `faqt serve`: one process that answers over HTTP, in its own shape and in the conventions of others.
//!
//! Every door calls [`App::ask`], which calls `Engine::ask`; a convention's file only changes the clothes.

pub mod api;
mod app;
mod auth;
mod extract;
mod failure;
mod health;
mod ids;
mod jobs;
pub mod keys;
mod links;
mod listen;
pub mod logs;
mod metrics;
mod observe;
mod openapi;
mod page;
mod recorder;
mod routes;
mod workers;

pub use app::{App, Opened};
pub use health::check;
pub use listen::serve;
pub use routes::{document, router};

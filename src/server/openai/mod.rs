//! The `OpenAI` API: Chat Completions, Responses, and the list of models.

mod chat;
mod conversation;
mod events;
mod models;
mod options;
mod responses;
mod spoken;

use super::app::App;
use axum::{
    Router,
    routing::{get, post},
};
use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

/// The routes of the convention.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/chat/completions", post(chat::post))
        .route("/v1/responses", post(responses::post))
        .route("/v1/responses/{id}", get(responses::get))
        .route("/v1/models", get(models::list))
        .route("/v1/models/{id}", get(models::get))
}

/// A time in seconds since 1970.
fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

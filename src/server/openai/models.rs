//! `GET /v1/models`: what a client may choose between.

use super::seconds;
use crate::server::{
    app::App,
    failure::{Answered, Failure},
};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// The answer, word for word and nothing else: its sources are annotations.
pub const PLAIN: &str = "faqt";

/// The answer and a line for each source, for clients that show no annotations.
pub const WITH_SOURCES: &str = "faqt-sources";

fn model(id: &str, app: &App) -> Value {
    let created = seconds(app.opened().engine.built());
    json!({"id": id, "object": "model", "created": created, "owned_by": "faqt"})
}

/// All models.
pub async fn list(State(app): State<Arc<App>>) -> Json<Value> {
    let models = [PLAIN, WITH_SOURCES].map(|id| model(id, &app));
    Json(json!({"object": "list", "data": models}))
}

/// One of them.
pub async fn get(State(app): State<Arc<App>>, Path(id): Path<String>) -> Answered<Value> {
    if id == PLAIN || id == WITH_SOURCES {
        return Ok(Json(model(&id, &app)));
    }
    let detail = format!("there is no model of this name: there are {PLAIN} and {WITH_SOURCES}");
    Err(Failure { code: "model_not_found", field: Some("model".to_owned()), ..Failure::not_found(detail) })
}

//! Azure question answering: `POST /language/:query-knowledgebases` and `POST /language/:query-text`.

mod filters;
mod knowledge;
mod offsets;
mod text;

use super::{
    app::App,
    extract::{body_bytes, json},
    failure::{Answered, Failure},
    links::Links,
};
use axum::{
    Json, Router,
    extract::{Path, Request, State},
    routing::post,
};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// The routes of the convention. What is to be done is the last part of the path, with a colon before it, which a
/// router takes for the name of a part.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/language/{operation}", post(operate))
}

async fn operate(State(app): State<Arc<App>>, Path(operation): Path<String>, request: Request) -> Answered<Value> {
    let links = Links::of(request.headers(), &app);
    let body = body_bytes(request, &app).await?;
    match operation.as_str() {
        ":query-knowledgebases" => knowledge::answer(&app, links, json(&body)?).await.map(Json),
        ":query-text" => text::answer(&app, json(&body)?).await.map(Json),
        _ => {
            let detail = "this operation is not known here: there are :query-knowledgebases and :query-text";
            Err(Failure::not_found(detail))
        }
    }
}

/// The sentence of an answer that says most of what was asked.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct AnswerSpan {
    text: String,
    confidence_score: f64,
    /// Where it begins in the answer.
    offset: usize,
    length: usize,
}

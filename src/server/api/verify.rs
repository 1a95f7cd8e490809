//! `/v1/verify`: whether a written answer stands in the sources that it names.

use super::fields::at_most;
use crate::{
    grounding::{Grounding, Source, check},
    server::{app::App, extract::Body, failure::Answered, openapi::Problem},
};
use axum::{Json, extract::State};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The longest answer that is checked.
const LONGEST_TEXT: usize = 16_384;

/// A written answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The answer, with markers such as `[1]`, `[1, 2]` or `[^1]` behind what they bear out.
    #[schema(max_length = 16_384, example = "RAID is no backup [1].")]
    text: String,
    /// What the markers stand for: the blocks of `/v1/context`.
    #[schema(max_items = 100)]
    sources: Vec<Source>,
}

/// Says of each sentence of a written answer whether it stands in the sources that its markers name.
#[utoipa::path(post, path = "/v1/verify", operation_id = "verify", tag = "ask", request_body = Written, responses(
    (status = 200, description = "What was found", body = Grounding),
    Problem,
))]
pub async fn post(State(app): State<Arc<App>>, Body(written): Body<Written>) -> Answered<Grounding> {
    let Written { text, sources } = written;
    at_most("text", Some(&text), LONGEST_TEXT)?;
    app.run(move |opened| check(&opened.engine, &text, &sources)).await.map(Json)
}

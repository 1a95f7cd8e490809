//! `/v1/verify`: whether a written answer stands in the sources that it names.

use super::fields::at_most;
use crate::{
    grounding::{self, Grounding, Source},
    server::{
        app::App,
        extract::Body,
        failure::{Answered, Failure},
        openapi::Problem,
    },
};
use axum::{Json, extract::State};
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The longest answer that is checked.
const LONGEST_TEXT: usize = 16_384;

/// A written answer.
#[derive(Debug, Deserialize, ToSchema, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The answer, with markers such as `[1]`, `[1, 2]` or `[^1]` behind what they bear out.
    #[schema(max_length = 16_384, example = "RAID is no backup [1].")]
    #[schemars(length(max = 16_384))]
    text: String,
    /// What the markers stand for: the blocks of `/v1/context`.
    #[schema(max_items = 100)]
    #[schemars(
        length(max = 100),
        description = "What the markers stand for: marker and id of the blocks of `context`, or of answers of `ask`."
    )]
    sources: Vec<Source>,
}

impl Written {
    /// What is found when it is held against its sources.
    ///
    /// # Errors
    /// 400 for a text that is too long, and as [`grounding::check`].
    pub async fn check(self, app: &App) -> Result<Grounding, Failure> {
        let Self { text, sources } = self;
        at_most("text", Some(&text), LONGEST_TEXT)?;
        app.run(move |opened| grounding::check(&opened.engine, &text, &sources)).await
    }
}

/// Says of each sentence of a written answer whether it stands in the sources that its markers name.
#[utoipa::path(post, path = "/v1/verify", operation_id = "verify", tag = "ask", request_body = Written, responses(
    (status = 200, description = "What was found", body = Grounding),
    Problem,
))]
pub async fn post(State(app): State<Arc<App>>, Body(written): Body<Written>) -> Answered<Grounding> {
    written.check(&app).await.map(Json)
}

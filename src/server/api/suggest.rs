//! `/v1/suggest`: stored questions as one types.

use super::{
    fields::{Condition, at_most, given},
    reads::{Tag, limit},
};
use crate::{
    ask::suggest::{MOST_SUGGESTIONS, SuggestOptions, Suggestion},
    error::Error,
    server::{
        app::App,
        extract::Params,
        failure::Failure,
        openapi::{Problem, Unchanged},
    },
};
use axum::{Json, extract::State, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// The longest text that is taken, in characters.
const LONGEST: usize = 1000;

/// What is typed so far.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// The text; without one the first questions of the articles come, as examples.
    #[serde(default)]
    #[param(max_length = 1000, example = "how do i und")]
    q: String,
    /// How many questions to suggest at most.
    #[serde(default, deserialize_with = "given")]
    #[param(minimum = 1, maximum = 50)]
    limit: Option<usize>,
    /// A condition that the unit of a question must meet; may be given several times.
    #[serde(default)]
    #[param(value_type = Vec<Condition>)]
    filter: Vec<String>,
}

/// Stored questions, the likeliest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestions {
    /// The text as it came.
    query: String,
    /// The questions.
    suggestions: Vec<Suggestion>,
}

/// Suggests stored questions for what is typed so far.
#[utoipa::path(get, path = "/v1/suggest", operation_id = "suggest", tag = "ask", params(Typed), responses(
    (status = 200, description = "The suggestions", body = Suggestions, links(
        ("unit" = (operation_id = "get_unit", parameters(("id" = "$response.body#/suggestions/0/id")))),
    )),
    Unchanged,
    Problem,
))]
pub async fn get(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Params(typed): Params<Typed>,
) -> Result<Response, Failure> {
    let Typed { q, limit: asked, filter } = typed;
    let options = SuggestOptions { filters: filter, ..SuggestOptions::new(q) };
    let options = SuggestOptions { limit: limit(asked, options.limit, MOST_SUGGESTIONS)?, ..options };
    at_most("q", Some(&options.text), LONGEST)?;
    app.run(move |opened| {
        Tag::of(&opened.engine.generation()).answer(&headers, || {
            let suggestions = opened.engine.suggest(&options)?;
            Ok::<_, Error>(Json(Suggestions { query: options.text, suggestions }))
        })
    })
    .await
}

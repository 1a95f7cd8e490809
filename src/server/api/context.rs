//! `/v1/context`: what an assistant should read before it answers in its own words.

use super::{
    ask::Asked,
    fields::{Condition, QuestionText, whole, within},
};
use crate::{
    Context, Question, Turn,
    server::{
        app::App,
        extract::Body,
        failure::{Answered, Failure},
        openapi::Problem,
    },
};
use axum::{Json, extract::State};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// How many tokens, and how many blocks, if nothing says otherwise.
const BUDGET: usize = 2000;
const BLOCKS: usize = 10;

/// The largest budget.
const MOST_TOKENS: usize = 100_000;

/// A question, and how much may be read for it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContextAsked {
    /// The question in plain words.
    #[schema(value_type = QuestionText)]
    pub question: String,
    /// About how many tokens the text may have; 2000 if it is not given.
    #[serde(default, deserialize_with = "whole")]
    #[schema(minimum = 1, maximum = 100_000)]
    pub budget: Option<usize>,
    /// How many blocks to give at most; 10 if it is not given.
    #[serde(default, deserialize_with = "whole")]
    #[schema(minimum = 1, maximum = 50)]
    pub top: Option<usize>,
    /// Conditions that a block must meet, as for `/v1/ask`.
    #[serde(default)]
    #[schema(value_type = Vec<Condition>)]
    pub filter: Vec<String>,
    /// The confidence from which on a unit is given, and the question counts as answered.
    #[schema(minimum = 0, maximum = 1)]
    pub min_confidence: Option<f64>,
    /// What was said before, the oldest first.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub history: Vec<Turn>,
    /// The language that the question is in, such as `en` or `pt-BR`; one that no article is in says nothing.
    #[schema(max_length = 35)]
    pub language: Option<String>,
}

impl ContextAsked {
    /// The question and the budget, checked.
    ///
    /// # Errors
    /// 400 with the field that is wrong.
    pub fn check(self, app: &App) -> Result<(Question, usize), Failure> {
        let Self { question, budget, top, filter, min_confidence, history, language } = self;
        within("budget", budget, 1..=MOST_TOKENS)?;
        let top = top.or(Some(BLOCKS));
        let asked = Asked { top, filter, min_confidence, history, language, ..Asked::new(question) };
        // The threshold of the server is one for answers: an assistant judges for itself.
        Ok((Question { min_confidence, ..asked.check(app)? }, budget.unwrap_or(BUDGET)))
    }
}

/// Gives the best units for a question within a budget of tokens, each with a marker and its citation. Where the
/// question is not answered, the likeliest units are given nevertheless: `answered` tells.
#[utoipa::path(post, path = "/v1/context", operation_id = "context", tag = "ask", request_body = ContextAsked, responses(
    (status = 200, description = "The context", body = Context),
    Problem,
))]
pub async fn post(State(app): State<Arc<App>>, Body(asked): Body<ContextAsked>) -> Answered<Context> {
    let (question, budget) = asked.check(&app)?;
    let context = app.run(move |opened| opened.engine.context(&question, budget)).await?;
    app.considered("context", &context.question, context.answered, &[]);
    Ok(Json(context))
}

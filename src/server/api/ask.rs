//! `/v1/ask`: a question, a reply.

use crate::{
    Question, Reply, Turn,
    ask::{compose::MOST_ANSWERS, filter::Filter},
    server::{
        app::App,
        extract::{Body, Params},
        failure::{Answered, Failure},
        openapi::Problem,
    },
};
use axum::{Json, extract::State};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// A question and how it is to be answered; what is left out is as the server is set up.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The question in plain words.
    #[schema(min_length = 1, max_length = 4096, pattern = r"\S", example = "Is RAID a backup?")]
    pub question: String,
    /// How many answers to give at most.
    #[schema(minimum = 1, maximum = 50)]
    pub top: Option<usize>,
    /// Conditions that an answer must meet, as in `--filter`: `course=rust`, `date>=2026-01`.
    #[serde(default)]
    pub filter: Vec<String>,
    /// The confidence from which on an answer is given.
    #[schema(minimum = 0, maximum = 1)]
    pub min_confidence: Option<f64>,
    /// What was said before, the oldest first.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub history: Vec<Turn>,
    /// Whether the reply is to carry every signal of every candidate.
    #[serde(default)]
    pub explain: bool,
    /// The language that the question is in; one that no article is in says nothing.
    #[schema(max_length = 35, example = "de")]
    pub language: Option<String>,
}

/// The same in the query of an address.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AskedInQuery {
    /// The question in plain words.
    #[param(min_length = 1, max_length = 4096, pattern = r"\S", example = "Is RAID a backup?")]
    q: String,
    /// How many answers to give at most.
    #[param(minimum = 1, maximum = 50)]
    top: Option<usize>,
    /// A condition that an answer must meet; may be given several times.
    #[serde(default)]
    filter: Vec<String>,
    /// The confidence from which on an answer is given.
    #[param(minimum = 0, maximum = 1)]
    min_confidence: Option<f64>,
    /// Whether the reply is to carry every signal of every candidate.
    #[serde(default)]
    explain: bool,
    /// The language that the question is in; one that no article is in says nothing.
    #[param(max_length = 35, example = "de")]
    language: Option<String>,
}

impl From<AskedInQuery> for Asked {
    fn from(query: AskedInQuery) -> Self {
        let AskedInQuery { q, top, filter, min_confidence, explain, language } = query;
        Self { top, filter, min_confidence, explain, language, ..Self::new(q) }
    }
}

impl Asked {
    /// A question alone.
    pub fn new(question: String) -> Self {
        let (filter, history) = (Vec::new(), Vec::new());
        Self { question, top: None, filter, min_confidence: None, history, explain: false, language: None }
    }

    /// The question, checked.
    ///
    /// # Errors
    /// 400 with the field that is wrong.
    pub fn check(self, app: &App) -> Result<Question, Failure> {
        if self.top.is_some_and(|top| !(1..=MOST_ANSWERS).contains(&top)) {
            return Err(Failure::field("top", format!("`top` is not between 1 and {MOST_ANSWERS}")));
        }
        if self.min_confidence.is_some_and(|least| !(0.0..=1.0).contains(&least)) {
            return Err(Failure::field("min_confidence", "`min_confidence` is not between 0 and 1"));
        }
        Filter::parse(&self.filter).map_err(|error| Failure { field: Some("filter".to_owned()), ..error.into() })?;
        let question = app.question(self.question);
        Ok(Question {
            top: self.top.unwrap_or(question.top),
            filters: self.filter,
            min_confidence: self.min_confidence.or(question.min_confidence),
            explain: self.explain,
            history: self.history,
            language: self.language,
            ..question
        })
    }
}

/// Answers a question, or says honestly that there is no answer.
#[utoipa::path(post, path = "/v1/ask", tag = "ask", request_body = Asked, responses(
    (status = 200, body = Reply),
    (status = "default", description = "Not answered", body = Problem, content_type = "application/problem+json"),
))]
pub async fn post(State(app): State<Arc<App>>, Body(asked): Body<Asked>) -> Answered<Reply> {
    let question = asked.check(&app)?;
    app.ask("ask", question).await.map(Json)
}

/// Answers a question that stands in the address.
#[utoipa::path(get, path = "/v1/ask", tag = "ask", params(AskedInQuery), responses(
    (status = 200, body = Reply),
    (status = "default", description = "Not answered", body = Problem, content_type = "application/problem+json"),
))]
pub async fn get(State(app): State<Arc<App>>, Params(asked): Params<AskedInQuery>) -> Answered<Reply> {
    let question = Asked::from(asked).check(&app)?;
    app.ask("ask", question).await.map(Json)
}

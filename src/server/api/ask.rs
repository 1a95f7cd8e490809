//! `/v1/ask`: a question, a reply.

use super::fields::{self, Condition, LONGEST_LANGUAGE, MOST_TURNS, QuestionText};
use crate::{
    Question, Reply,
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
use serde_json::{Map, Value};
use std::sync::Arc;
use utoipa::IntoParams;

/// Makes the body of a request that asks, of what is said of its conditions and of the fields that it has of its own. A
/// struct of what all bodies share cannot be `flatten`ed into them: serde would neither refuse unknown fields then, nor
/// tell the place of a wrong one. To assistants some fields are explained in other words.
macro_rules! asking {
    (
        $(#[$about:meta])*
        pub struct $name:ident {
            $(#[$top:meta])* top,
            $(#[$filter:meta])* filter,
            $(#[$min_confidence:meta])* min_confidence,
            $($own:tt)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, serde::Deserialize, utoipa::ToSchema, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The question in plain words.
            #[schema(value_type = crate::server::api::fields::QuestionText)]
            #[schemars(
                length(min = 1, max = 4096),
                description = "The question or topic in plain words, complete by itself, in the language of the user."
            )]
            pub question: String,
            $(#[$top])*
            #[serde(default, deserialize_with = "crate::server::api::fields::whole")]
            #[schema(minimum = 1, maximum = 50)]
            #[schemars(range(min = 1, max = 50))]
            pub top: Option<usize>,
            $(#[$filter])*
            #[serde(default)]
            #[schema(value_type = Vec<crate::server::api::fields::Condition>)]
            #[schemars(
                description = "Conditions on metadata, all to be met: `course=rust`, `course!=rust`, `date>=2026-01`."
            )]
            pub filter: Vec<String>,
            $(#[$min_confidence])*
            #[schema(minimum = 0, maximum = 1)]
            #[schemars(range(min = 0, max = 1))]
            pub min_confidence: Option<f64>,
            /// What was said before, the oldest first.
            #[serde(default)]
            #[schema(max_items = 100)]
            #[schemars(
                length(max = 100),
                description = "What the user asked before, the oldest first, so that \"and how long?\" is understood."
            )]
            pub history: Vec<crate::Turn>,
            /// The language that the question is in, such as `en` or `pt-BR`; one that no article is in says nothing.
            #[schema(max_length = 35)]
            #[schemars(
                length(max = 35),
                description = "The language of the question as an ISO 639-1 code, where it is known."
            )]
            pub language: Option<String>,
            $($own)*
        }
    };
}
pub(super) use asking;

asking! {
    /// A question and how it is to be answered; what is left out is as the server is set up.
    pub struct Asked {
        /// How many answers to give at most.
        top,
        /// Conditions that an answer must meet, as in `--filter`: `course=rust`, `date>=2026-01`.
        filter,
        /// The confidence from which on an answer is given.
        min_confidence,
        /// Whether the reply is to carry every signal of every candidate.
        #[serde(default)]
        #[schemars(skip)]
        pub explain: bool,
    }
}

/// The same in the query of an address.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AskedInQuery {
    /// The question in plain words.
    #[param(value_type = QuestionText)]
    q: String,
    /// How many answers to give at most.
    #[serde(default, deserialize_with = "fields::given")]
    #[param(minimum = 1, maximum = 50)]
    top: Option<usize>,
    /// A condition that an answer must meet; may be given several times.
    #[serde(default)]
    #[param(value_type = Vec<Condition>)]
    filter: Vec<String>,
    /// The confidence from which on an answer is given.
    #[serde(default, deserialize_with = "fields::given")]
    #[param(minimum = 0, maximum = 1)]
    min_confidence: Option<f64>,
    /// Whether the reply is to carry every signal of every candidate.
    #[serde(default)]
    explain: bool,
    /// The language that the question is in, such as `en` or `pt-BR`; one that no article is in says nothing.
    #[param(max_length = 35)]
    language: Option<String>,
}

impl From<AskedInQuery> for Asked {
    fn from(query: AskedInQuery) -> Self {
        let AskedInQuery { q, top, filter, min_confidence, explain, language } = query;
        Self { top, filter, min_confidence, language, explain, ..Self::new(q) }
    }
}

impl Asked {
    /// A question alone.
    pub fn new(question: String) -> Self {
        let (filter, history) = (Vec::new(), Vec::new());
        Self { question, top: None, filter, min_confidence: None, history, explain: false, language: None }
    }

    /// A question of an object that was read already.
    ///
    /// # Errors
    /// 400 for fields that are wrong.
    pub fn from_fields(fields: Map<String, Value>) -> Result<Self, Failure> {
        Self::deserialize(Value::Object(fields)).map_err(|error| Failure::bad_request(error.to_string()))
    }

    /// The question, checked.
    ///
    /// # Errors
    /// 400 with the field that is wrong.
    pub fn check(self, app: &App) -> Result<Question, Failure> {
        fields::question("question", &self.question)?;
        fields::within("top", self.top, 1..=MOST_ANSWERS)?;
        fields::within("min_confidence", self.min_confidence, 0.0..=1.0)?;
        fields::within("history", Some(self.history.len()), 0..=MOST_TURNS)?;
        fields::at_most("language", self.language.as_deref(), LONGEST_LANGUAGE)?;
        Filter::parse(&self.filter)?;
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
#[utoipa::path(post, path = "/v1/ask", operation_id = "ask", tag = "ask", request_body = Asked, responses(
    (status = 200, description = "The reply", body = Reply, links(
        ("unit" = (operation_id = "get_unit", parameters(("id" = "$response.body#/answers/0/id")))),
        ("article" = (operation_id = "get_article", parameters(("path" = "$response.body#/answers/0/citations/0/source")))),
    )),
    Problem,
))]
pub async fn post(State(app): State<Arc<App>>, Body(asked): Body<Asked>) -> Answered<Reply> {
    let question = asked.check(&app)?;
    app.ask("ask", question).await.map(Json)
}

/// Answers a question that stands in the address.
#[utoipa::path(get, path = "/v1/ask", operation_id = "ask_by_query", tag = "ask", params(AskedInQuery), responses(
    (status = 200, description = "The reply", body = Reply, links(
        ("unit" = (operation_id = "get_unit", parameters(("id" = "$response.body#/answers/0/id")))),
        ("article" = (operation_id = "get_article", parameters(("path" = "$response.body#/answers/0/citations/0/source")))),
    )),
    Problem,
))]
pub async fn get(State(app): State<Arc<App>>, Params(asked): Params<AskedInQuery>) -> Answered<Reply> {
    let question = Asked::from(asked).check(&app)?;
    app.ask("ask", question).await.map(Json)
}

//! The arguments of tools and prompts that the API has not, or has by other names; those of `ask`, `context` and `verify`
//! are its bodies. What a model reads of them are their comments.

use crate::server::api::fields::whole;
use schemars::JsonSchema;
use serde::Deserialize;

/// Arguments of `suggest`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuggestArguments {
    /// The beginning of a question, or some of its words; typing errors do no harm.
    #[schemars(length(max = 4096))]
    pub text: String,
    /// How many questions to give at most; 8 if left out.
    #[serde(default, deserialize_with = "whole")]
    #[schemars(range(min = 1, max = 50))]
    pub limit: Option<usize>,
}

/// Arguments of `search`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchArguments {
    /// What to look for, as a question or in words.
    #[schemars(length(min = 1, max = 4096))]
    pub query: String,
}

/// Arguments of `fetch`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FetchArguments {
    /// The `id` of a result of `search`, or of an answer of `ask`.
    pub id: String,
}

/// Arguments of the prompt `answer_with_citations`.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct QuestionArgument {
    /// The question to answer.
    pub question: String,
}

/// Arguments of the prompt `write_from_sources`.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct TopicArgument {
    /// What to write about.
    pub topic: String,
}

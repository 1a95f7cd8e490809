//! The arguments of tools and prompts. What a model reads of them are their comments.
//!
use super::Faq;
use crate::{
    Question, Turn,
    grounding::Source,
    server::{
        api::{ask::Asked, context::ContextAsked},
        failure::Failure,
    },
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Arguments of `ask`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskArguments {
    /// The question in plain words, complete and by itself, in the language of the user.
    #[schemars(length(min = 1, max = 4096))]
    question: String,
    /// How many answers to give at most; 3 if left out.
    #[schemars(range(min = 1, max = 50))]
    top: Option<usize>,
    /// Conditions on metadata that an answer must meet, all of them: `course=rust`, `course!=rust`, `date>=2026-01`.
    #[serde(default)]
    filter: Vec<String>,
    /// Give an answer only from this confidence on; the fitted threshold if left out.
    #[schemars(range(min = 0, max = 1))]
    min_confidence: Option<f64>,
    /// What the user asked before, the oldest first, so that "and how long?" is understood.
    #[serde(default)]
    #[schemars(length(max = 100))]
    history: Vec<Earlier>,
    /// The language of the question as an ISO 639-1 code, where it is known.
    language: Option<String>,
}

/// An earlier turn of the conversation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    /// What was asked.
    question: String,
    /// The `id` of the answer that was given.
    unit: Option<String>,
    /// The text of the answer that was given, where its id is not known.
    answer: Option<String>,
}

/// Arguments of `context`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContextArguments {
    /// The question or topic to read about, in plain words.
    #[schemars(length(min = 1, max = 4096))]
    question: String,
    /// About how many tokens the text may have; 2000 if left out.
    #[schemars(range(min = 1, max = 100_000))]
    budget: Option<usize>,
    /// How many blocks to give at most; 10 if left out.
    #[schemars(range(min = 1, max = 50))]
    top: Option<usize>,
    /// Conditions on metadata that a block must meet, all of them: `course=rust`, `date>=2026-01`.
    #[serde(default)]
    filter: Vec<String>,
    /// Give a block only from this confidence on.
    #[schemars(range(min = 0, max = 1))]
    min_confidence: Option<f64>,
    /// What the user asked before, the oldest first.
    #[serde(default)]
    #[schemars(length(max = 100))]
    history: Vec<Earlier>,
    /// The language of the question as an ISO 639-1 code, where it is known.
    language: Option<String>,
}

/// Arguments of `verify`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyArguments {
    /// The text to check, with a marker such as `[1]` behind each sentence that a source bears out.
    pub text: String,
    /// What the markers stand for: marker and id of the blocks of `context`, or of answers of `ask`.
    #[schemars(length(max = 100))]
    pub sources: Vec<Source>,
}

/// Arguments of `suggest`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuggestArguments {
    /// The beginning of a question, or some of its words; typing errors do no harm.
    #[schemars(length(max = 4096))]
    pub text: String,
    /// How many questions to give at most; 8 if left out.
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

impl From<Earlier> for Turn {
    fn from(Earlier { question, unit, answer }: Earlier) -> Self {
        Self { question, unit, answer }
    }
}

fn turns(history: Vec<Earlier>) -> Vec<Turn> {
    history.into_iter().map(Turn::from).collect()
}

impl AskArguments {
    /// The question, checked.
    pub fn check(self, faq: &Faq) -> Result<Question, Failure> {
        let Self { question, top, filter, min_confidence, history, language } = self;
        let (filter, history) = (faq.filters(filter), turns(history));
        Asked { top, filter, min_confidence, history, language, ..Asked::new(question) }.check(&faq.app)
    }
}

impl ContextArguments {
    /// All that the articles have on a topic, within a budget of tokens.
    pub fn new(question: String, budget: usize) -> Self {
        Self {
            question,
            budget: Some(budget),
            top: None,
            filter: Vec::new(),
            min_confidence: None,
            history: Vec::new(),
            language: None,
        }
    }

    /// The question and the budget, checked.
    pub fn check(self, faq: &Faq) -> Result<(Question, usize), Failure> {
        let Self { question, budget, top, filter, min_confidence, history, language } = self;
        let (filter, history) = (faq.filters(filter), turns(history));
        ContextAsked { question, budget, top, filter, min_confidence, history, language }.check(&faq.app)
    }
}

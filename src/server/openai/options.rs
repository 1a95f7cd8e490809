//! Our own options in a request of the convention: its key `faqt` (`extra_body={"faqt": {…}}` in the Python package).

use super::{conversation::Conversation, models::WITH_SOURCES};
use crate::{
    Question,
    server::{
        api::{Asked, fields::whole},
        app::App,
        failure::Failure,
    },
};
use serde::Deserialize;

/// How a question is to be answered; what is left out is as the server is set up.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// How many answers stand in the reply beside the text, which has the first.
    #[serde(default, deserialize_with = "whole")]
    top: Option<usize>,
    /// Conditions that an answer must meet.
    #[serde(default)]
    filter: Vec<String>,
    /// The confidence from which on an answer is given.
    min_confidence: Option<f64>,
    /// Whether the reply is to carry every signal of every candidate.
    #[serde(default)]
    explain: bool,
    /// The language of the question.
    pub language: Option<String>,
    /// Whether the text names its sources; else the model that is asked for decides.
    sources: Option<bool>,
}

impl Options {
    /// Whether the text of an answer by this model names its sources.
    pub fn sources(&self, model: &str) -> bool {
        self.sources.unwrap_or(model == WITH_SOURCES)
    }

    /// The question of a conversation with these options.
    ///
    /// # Errors
    /// 400 with the field that is wrong.
    pub fn question(&self, conversation: Conversation, app: &App) -> Result<Question, Failure> {
        let asked = Asked {
            top: self.top,
            filter: self.filter.clone(),
            min_confidence: self.min_confidence,
            history: conversation.history,
            explain: self.explain,
            language: self.language.clone(),
            ..Asked::new(conversation.question)
        };
        asked
            .check(app)
            .map_err(|failure| Failure { field: failure.field.map(|name| format!("faqt.{name}")), ..failure })
    }
}

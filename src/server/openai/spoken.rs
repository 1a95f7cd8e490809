//! A reply as the conventions of `OpenAI` share it: its text, its annotations, its usage.

use super::{
    conversation::{Conversation, words},
    models::PLAIN,
    options::Options,
};
use crate::{
    Reply,
    server::{
        app::App,
        failure::Failure,
        links::Links,
        rendered::{Cited, Manner, Rendered},
    },
};
use axum::http::HeaderMap;
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation as _;

/// A reply that is ready to be dressed.
pub struct Spoken {
    /// The model by the name that the client gave.
    pub model: String,
    /// The text.
    pub rendered: Rendered,
    /// The reply in our own shape.
    pub reply: Reply,
    /// The words of the question with what was said before it.
    pub asked_words: usize,
    /// The words of the text.
    pub said_words: usize,
}

impl Spoken {
    /// Answers the question of a conversation.
    ///
    /// # Errors
    /// As [`App::ask`], and for options that are wrong.
    pub async fn of(
        app: &App,
        headers: &HeaderMap,
        conversation: Conversation,
        model: Option<String>,
        options: &Options,
    ) -> Result<Self, Failure> {
        let model = model.unwrap_or_else(|| PLAIN.to_owned());
        let asked_words = conversation.words;
        let question = options.question(conversation, app)?;
        let reply = app.ask("openai", question).await?;
        let manner = Manner { language: options.language.as_deref(), sources: options.sources(&model) };
        let rendered = Rendered::of(&reply, manner, &Links::of(headers, app));
        let said_words = words(&rendered.text);
        Ok(Self { model, rendered, reply, asked_words, said_words })
    }

    /// The text sentence by sentence, as it is streamed.
    pub fn deltas(&self) -> impl Iterator<Item = &str> {
        self.rendered.text.split_sentence_bounds()
    }

    /// The citations as Chat Completions has them.
    pub fn nested_annotations(&self) -> Vec<Value> {
        let annotation = |cited| json!({"type": "url_citation", "url_citation": place(cited), "faqt": proof(cited)});
        self.rendered.cited.iter().map(annotation).collect()
    }

    /// The citations as Responses has them.
    pub fn flat_annotations(&self) -> Vec<Value> {
        let annotation = |cited| {
            let mut annotation = place(cited);
            annotation["type"] = "url_citation".into();
            annotation["faqt"] = proof(cited);
            annotation
        };
        self.rendered.cited.iter().map(annotation).collect()
    }
}

fn place(cited: &Cited) -> Value {
    json!({"start_index": cited.start, "end_index": cited.end, "url": cited.url, "title": cited.citation.title})
}

/// What the convention has no place for: the lines and bytes above all.
fn proof(cited: &Cited) -> Value {
    json!({"id": cited.id, "confidence": cited.confidence, "citation": cited.citation})
}
